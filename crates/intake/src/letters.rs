//! The letters of this room, and when each is written.

use ::letters::{Post, To, Value, letter};
use jiff::Timestamp;
use platform::{identity, prelude::*};
use policy::Role;
use program::{Cohort, long_day};

use crate::{
    applications::Application, call::Call, limits::limits, nominations::Nomination, offers::Offer, rules::Verdict,
};

letter! { APPLICATION_RECEIVED => "application_received", audience "the applicant", trigger "a complete and eligible application is submitted", class Essential }
letter! { PLACE_TAKEN => "place_taken", audience "the mentee", trigger "an application takes a place", class Essential }
letter! { WAITING_LIST => "waiting_list", audience "the applicant", trigger "an application joins the waiting list", class Essential }
letter! { WAITING_LIST_ENDED => "waiting_list_ended", audience "who is still waiting", trigger "the last day for offers of places is over", class Essential }
letter! { NOT_ELIGIBLE => "not_eligible", audience "the applicant", trigger "an application is submitted that the rules do not allow", class Essential }
letter! { PLACE_OFFER => "place_offer", audience "the next in line", trigger "a place becomes free", class Essential }
letter! { PLACE_OFFER_REMINDER => "place_offer_reminder", audience "who was offered a place", trigger "48 hours without an answer", class Essential }
letter! { PLACE_PASSED_ON => "place_passed_on", audience "who was offered a place", trigger "they pass it on, or do not answer in time", class Essential }
letter! { APPLICATION_WITHDRAWN => "application_withdrawn", audience "the applicant", trigger "they withdraw", class Essential }
letter! { MENTOR_JOINED => "mentor_joined", audience "the mentor", trigger "a mentor's application is accepted", class Essential }
letter! { NOMINATION_TO_NOMINEE => "nomination_to_nominee", audience "the nominee", trigger "somebody nominates them", class Essential }
letter! { NOMINATION_OF_APPLICANT => "nomination_of_applicant", audience "the nominee", trigger "somebody nominates them who has applied already", class Essential }
letter! { NOMINATION_REMINDER => "nomination_reminder", audience "the nominee", trigger "seven days without an answer", class Essential }
letter! { APPLICATION_DECLINED => "application_declined", audience "whoever could not be taken", trigger "ten minutes after the chair decides so", class Essential }
letter! { DATA_REMOVED => "data_removed", audience "the applicant", trigger "the time for which an application is kept is over", class Essential }

pub(crate) fn removed(
    tx: &mut Tx,
    cohort: &Cohort,
    application: &Application,
    what: &str,
    day: &str,
) -> Result<(), Failure> {
    let values = vec![("what", Value::words(what)), ("date", Value::words(day))];
    write(tx, &DATA_REMOVED, cohort, application, day, values)
}

pub(crate) fn received(tx: &mut Tx, call: &Call, application: &Application, number: i64) -> Result<(), Failure> {
    let values = vec![
        ("role", Value::words(application.role().key())),
        ("number", Value::words(number.to_string())),
        ("link", Value::button(tx.url(&application.path()), "See where it stands")),
    ];
    write(tx, &APPLICATION_RECEIVED, &call.cohort, application, &number.to_string(), values)
}

/// The place is theirs, or they are a mentor now.
pub(crate) fn joined(tx: &mut Tx, cohort: &Cohort, application: &Application) -> Result<(), Failure> {
    let (kind, path) =
        if application.role() == Role::Mentor { (&MENTOR_JOINED, "/profile") } else { (&PLACE_TAKEN, "/lessons") };
    let once = turn(application);
    let values = vec![("link", Value::link(tx.url(path)))];
    write(tx, kind, cohort, application, &once, values)
}

pub(crate) fn waiting(tx: &mut Tx, call: &Call, application: &Application, place: i64) -> Result<(), Failure> {
    let once = turn(application);
    let values = vec![
        ("place", Value::words(place.to_string())),
        ("hours", Value::words(limits().offer_hours.to_string())),
        ("date", Value::words(long_day(call.offers_end()))),
        ("link", Value::button(tx.url(&application.path()), "See where it stands")),
    ];
    write(tx, &WAITING_LIST, &call.cohort, application, &once, values)
}

pub(crate) fn waiting_ended(tx: &mut Tx, call: &Call, application: &Application) -> Result<(), Failure> {
    let values = vec![("link", Value::button(tx.url(&application.path()), "Keep it, or not"))];
    write(tx, &WAITING_LIST_ENDED, &call.cohort, application, &turn(application), values)
}

pub(crate) fn refused(tx: &mut Tx, call: &Call, application: &Application, verdict: &Verdict) -> Result<(), Failure> {
    let until = program::rules::calendar::add(call.calendar.today(tx.now()), limits().appeal_days);
    let once = tx.now().to_string();
    not_eligible(tx, call, application, &verdict.reasons(), until, once)
}

/// The committee looked again and kept to the rule; until the call closes things may change.
pub(crate) fn kept_refused(tx: &mut Tx, call: &Call, application: &Application, reason: &str) -> Result<(), Failure> {
    let once = format!("again {}", tx.now());
    not_eligible(tx, call, application, reason, call.closes(application.role()), once)
}

fn not_eligible(
    tx: &mut Tx,
    call: &Call,
    application: &Application,
    reasons: &str,
    until: jiff::civil::Date,
    once: String,
) -> Result<(), Failure> {
    let values = vec![
        ("reasons", Value::lines(reasons)),
        ("due", Value::words(long_day(until))),
        ("link", Value::button(tx.url(&application.path()), "See where it stands")),
    ];
    write(tx, &NOT_ELIGIBLE, &call.cohort, application, &once, values)
}

pub(crate) fn offered(tx: &mut Tx, call: &Call, application: &Application, offer: &Offer) -> Result<(), Failure> {
    offer_letter(tx, &PLACE_OFFER, call, application, offer)
}

pub(crate) fn offer_reminder(
    tx: &mut Tx,
    call: &Call,
    application: &Application,
    offer: &Offer,
) -> Result<(), Failure> {
    offer_letter(tx, &PLACE_OFFER_REMINDER, call, application, offer)
}

fn offer_letter(
    tx: &mut Tx,
    kind: &'static ::letters::Kind,
    call: &Call,
    application: &Application,
    offer: &Offer,
) -> Result<(), Failure> {
    let lasts = offer.expires_at.duration_since(tx.now());
    let token = platform::links::make(tx, crate::offers::LINK, Some(application.person), offer.id, lasts)?;
    let values = vec![
        ("due", Value::words(until(call, offer.expires_at))),
        ("link", Value::button(tx.url(&format!("/offers/{token}")), "Take the place")),
        ("link_no", Value::button(tx.url(&format!("/offers/{token}?answer=pass")), "Pass it on")),
    ];
    write(tx, kind, &call.cohort, application, &offer.id.to_string(), values)
}

/// A moment in the program's zone: "Monday 23 February 2026, 04:00".
pub(crate) fn until(call: &Call, at: Timestamp) -> String {
    let local = at.to_zoned(call.calendar.zone().clone());
    format!("{}, {}", long_day(local.date()), local.strftime("%H:%M (%Z)"))
}

pub(crate) fn passed_on(tx: &mut Tx, cohort: &Cohort, application: &Application, offer: Id) -> Result<(), Failure> {
    let values = vec![("link", Value::button(tx.url(&application.path()), "See where it stands"))];
    write(tx, &PLACE_PASSED_ON, cohort, application, &offer.to_string(), values)
}

/// APP8: the chair's own words, once for each application.
pub(crate) fn declined(
    tx: &mut Tx,
    cohort: &Cohort,
    application: &Application,
    subject: &str,
    text: &str,
) -> Result<(), Failure> {
    let values = vec![
        ("subject", Value::words(subject)),
        ("text", Value::lines(text)),
        ("link", Value::button(tx.url(&application.path()), "Keep it, or not")),
    ];
    write(tx, &APPLICATION_DECLINED, cohort, application, "declined", values)
}

pub(crate) fn withdrawn(tx: &mut Tx, cohort: &Cohort, application: &Application) -> Result<(), Failure> {
    let once = turn(application);
    let values = vec![("link", Value::link(tx.url("/apply")))];
    write(tx, &APPLICATION_WITHDRAWN, cohort, application, &once, values)
}

fn write(
    tx: &mut Tx,
    kind: &'static ::letters::Kind,
    cohort: &Cohort,
    application: &Application,
    once: &str,
    values: Vec<(&'static str, Value)>,
) -> Result<(), Failure> {
    let account = identity::find(tx, application.person)?.ok_or(Failure::NotFound)?;
    let post = Post {
        kind,
        to: To::account(&account),
        cohort: Some(cohort),
        about: application.id,
        once: format!("{}:{once}", application.id),
        values,
        sender: None,
        calendar: None,
    };
    ::letters::post(tx, post)?;
    Ok(())
}

pub(crate) fn nominated(tx: &mut Tx, call: &Call, nomination: &Nomination) -> Result<bool, Failure> {
    nomination_letter(tx, &NOMINATION_TO_NOMINEE, call, nomination)
}

pub(crate) fn nomination_reminder(tx: &mut Tx, call: &Call, nomination: &Nomination) -> Result<bool, Failure> {
    nomination_letter(tx, &NOMINATION_REMINDER, call, nomination)
}

fn nomination_letter(
    tx: &mut Tx,
    kind: &'static ::letters::Kind,
    call: &Call,
    nomination: &Nomination,
) -> Result<bool, Failure> {
    let text = |it: &Option<String>| it.clone().unwrap_or_default();
    let ends = nomination.ends_at();
    let said = crate::nominations::for_nominee(tx, nomination)?;
    let token =
        platform::links::make(tx, crate::nominations::LINK, None, nomination.id, ends.duration_since(tx.now()))?;
    let due = ends.to_zoned(call.calendar.zone().clone()).date();
    let values = vec![
        ("nominator_name", Value::words(said.nominator)),
        ("role", Value::words(nomination.role.clone())),
        ("why", Value::words(said.reason)),
        ("due", Value::words(long_day(due))),
        ("link", Value::button(tx.url(&format!("/nominations/{token}")), "Fill in the form")),
        ("link_no", Value::button(tx.url(&format!("/nominations/{token}?answer=decline")), "Not now")),
    ];
    let (name, address) = (text(&nomination.name), text(&nomination.address));
    let post = Post {
        kind,
        to: To::address(name, address),
        cohort: Some(&call.cohort),
        about: nomination.id,
        once: nomination.id.to_string(),
        values,
        sender: None,
        calendar: None,
    };
    ::letters::post(tx, post)
}

/// There is nothing to do for whoever has applied already; they hear so once.
pub(crate) fn nominated_applicant(
    tx: &mut Tx,
    call: &Call,
    application: &Application,
    nominator: &str,
) -> Result<(), Failure> {
    let values = vec![
        ("nominator_name", Value::words(nominator)),
        ("role", Value::words(application.role.clone())),
        ("link", Value::button(tx.url(&application.path()), "See where it stands")),
    ];
    write(tx, &NOMINATION_OF_APPLICANT, &call.cohort, application, "nominated", values)
}

/// Whoever withdraws and comes back has another turn, and gets the letters again.
fn turn(application: &Application) -> String {
    application.number.map_or_else(|| "no number".to_owned(), |number| number.to_string())
}
