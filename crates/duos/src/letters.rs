//! The letters of this room. None of them carries a word of what the two wrote, except
//! the words that one chose for the other.

use jiff::civil::Date;
use letters::{Post, Sender, To, Value};
use platform::{identity, prelude::*};
use policy::{may, of};
use program::{Calendar, Cohort, calendar, long_day};

use crate::{access, duos::Duo};

letters::letter! {
    DUO_CONFIRMED => "duo_confirmed",
    audience "both people of a duo",
    trigger "a duo is formed",
    class Essential
}
letters::letter! {
    PLEDGE_DUE => "pledge_due",
    audience "people of a duo who have not signed the pledge",
    trigger "duos are confirmed, and once after a duo is formed later",
    class Essential
}
letters::letter! {
    AGREEMENT_DUE => "agreement_due",
    audience "both people of a duo without a confirmed agreement",
    trigger "three days before the agreement is due, and three days after",
    class Essential
}
letters::letter! {
    AGREEMENT_SIGNED => "agreement_signed",
    audience "both people of a duo",
    trigger "both have confirmed the same version of their agreement",
    class Essential
}
letters::letter! {
    EXIT_TO_PARTNER => "exit_to_partner",
    audience "the partner of someone who ends a duo",
    trigger "one of the two ends a duo",
    class Essential
}
letters::letter! {
    DUO_TAKEN_BACK => "duo_taken_back",
    audience "both people of a duo that was formed by mistake",
    trigger "the chair takes back pairs from a file",
    class Essential
}
letters::letter! {
    EXIT_TO_LIAISON => "exit_to_liaison",
    audience "the liaison of a duo that ends early",
    trigger "one of the two ends a duo",
    class Essential
}

letters::letter! {
    GOING_ON => "going_on",
    audience "both people of a duo",
    trigger "both wish to go on after the session",
    class Essential
}

letters::letter! {
    CONTENT_GOES => "content_goes",
    audience "both people of a duo",
    trigger "thirty days before what a duo wrote is deleted",
    class Essential
}
letters::letter! {
    CONTENT_GONE => "content_gone",
    audience "both people of a duo",
    trigger "what a duo wrote has been deleted",
    class Essential
}

/// Tells both when what they wrote goes, and how to take it along.
pub(crate) fn content_goes(tx: &mut Tx, duo: &Duo, until: Date) -> Result<(), Failure> {
    let cohort = program::the_cohort(tx, duo.cohort)?;
    for person in duo.people() {
        let values = vec![
            ("partner_name", Value::words(duo.name_of(duo.partner_of(person)))),
            ("date", Value::words(long_day(until))),
            ("link", Value::button(tx.url(&duo.path("/export")), "Take it along")),
        ];
        send(tx, duo, &cohort, &CONTENT_GOES, person, "", values)?;
    }
    Ok(())
}

/// Tells both that it is done.
pub(crate) fn content_gone(tx: &mut Tx, duo: &Duo, day: Date) -> Result<(), Failure> {
    let cohort = program::the_cohort(tx, duo.cohort)?;
    for person in duo.people() {
        let values = vec![
            ("partner_name", Value::words(duo.name_of(duo.partner_of(person)))),
            ("date", Value::words(long_day(day))),
        ];
        send(tx, duo, &cohort, &CONTENT_GONE, person, "", values)?;
    }
    Ok(())
}

/// Tells both that they go on.
pub(crate) fn tell_of_going_on(tx: &mut Tx, cohort: &Cohort, duo: &Duo) -> Result<(), Failure> {
    for person in duo.people() {
        let values = vec![
            ("partner_name", Value::words(duo.name_of(duo.partner_of(person)))),
            ("link", Value::button(tx.url(&duo.path("")), "Open your shared page")),
        ];
        send(tx, duo, cohort, &GOING_ON, person, "", values)?;
    }
    Ok(())
}

/// Tells both that they are a duo, and how to reach each other.
pub(crate) fn confirm(tx: &mut Tx, cohort: &Cohort, calendar: &Calendar, duo: &Duo) -> Result<(), Failure> {
    let orientation = long_day(calendar.day("orientation"));
    for person in duo.people() {
        let partner = duo.partner_of(person);
        let role = if person == duo.mentor { "is_mentor" } else { "is_mentee" };
        let mut values = vec![
            ("partner_name", Value::words(duo.name_of(partner))),
            ("partner_contact", Value::words(contact(tx, duo, person)?)),
            ("orientation_date", Value::words(orientation.as_str())),
            (role, Value::yes(true)),
            ("reasons", Value::words(duo.reasons_told(person).collect::<Vec<_>>().join(" "))),
            ("link", Value::button(tx.url(&duo.path("")), "Open your shared page")),
        ];
        values.extend(liaison(duo));
        send(tx, duo, cohort, &DUO_CONFIRMED, person, "formed", values)?;
    }
    Ok(())
}

/// Asks one of the two for the pledge.
pub(crate) fn ask_for_pledge(tx: &mut Tx, cohort: &Cohort, duo: &Duo, person: Id, due: Date) -> Result<(), Failure> {
    let role = if person == duo.mentor { "mentor" } else { "mentee" };
    let values = vec![
        ("role", Value::words(role)),
        ("due", Value::words(long_day(due))),
        ("link", Value::button(tx.url("/pledge"), "Read the pledge")),
    ];
    send(tx, duo, cohort, &PLEDGE_DUE, person, "", values)
}

/// Asks both for their agreement; `round` tells the first reminder from the second.
pub(crate) fn ask_for_agreement(tx: &mut Tx, cohort: &Cohort, duo: &Duo, due: Date, round: i64) -> Result<(), Failure> {
    for person in duo.people() {
        let mut values = vec![
            ("partner_name", Value::words(duo.name_of(duo.partner_of(person)))),
            ("due", Value::words(long_day(due))),
            ("link", Value::button(tx.url(&duo.path("/agreement")), "Open the agreement")),
        ];
        values.extend(signed_by(duo));
        send(tx, duo, cohort, &AGREEMENT_DUE, person, &round.to_string(), values)?;
    }
    Ok(())
}

/// Tells both that a revision of their agreement stands.
pub(crate) fn agreement_stands(tx: &mut Tx, duo: &Duo, revision: i64) -> Result<(), Failure> {
    let cohort = program::the_cohort(tx, duo.cohort)?;
    let today = calendar::of(tx, &cohort)?.today(tx.now());
    for person in duo.people() {
        let mut values = vec![
            ("partner_name", Value::words(duo.name_of(duo.partner_of(person)))),
            ("date", Value::words(long_day(today))),
            ("link", Value::button(tx.url(&duo.path("/agreement")), "Open the agreement")),
        ];
        values.extend(signed_by(duo));
        send(tx, duo, &cohort, &AGREEMENT_SIGNED, person, &revision.to_string(), values)?;
    }
    Ok(())
}

/// Tells the partner in neutral words, and the liaison that it happened.
pub(crate) fn tell_of_taking_back(tx: &mut Tx, duo: &Duo) -> Result<(), Failure> {
    let cohort = program::the_cohort(tx, duo.cohort)?;
    for person in duo.people() {
        let values = vec![("partner_name", Value::words(duo.name_of(duo.partner_of(person))))];
        send(tx, duo, &cohort, &DUO_TAKEN_BACK, person, "", values)?;
    }
    Ok(())
}

pub(crate) fn tell_of_ending(tx: &mut Tx, duo: &Duo, by: Id, words: &str) -> Result<(), Failure> {
    let cohort = program::the_cohort(tx, duo.cohort)?;
    let today = calendar::of(tx, &cohort)?.today(tx.now());
    let mut values = vec![
        ("partner_name", Value::words(duo.name_of(by))),
        ("note", Value::words(words)),
        ("link", Value::button(tx.url(&duo.path("/ending")), "Say what you would like")),
    ];
    values.extend(signed_by(duo));
    send(tx, duo, &cohort, &EXIT_TO_PARTNER, duo.partner_of(by), "", values)?;
    if duo.liaison_email.is_empty() {
        return Ok(());
    }
    let values = vec![
        ("mentor", Value::words(duo.mentor_name.as_str())),
        ("mentee", Value::words(duo.mentee_name.as_str())),
        ("date", Value::words(long_day(today))),
        ("due", Value::words(long_day(crate::rules::plus(today, 5)))),
        ("link", Value::button(tx.url(&format!("/desk/duos/{}", duo.id)), "Open its page")),
    ];
    let to = match identity::find_by_email(tx, &duo.liaison_email)? {
        Some(account) => To::account(&account),
        None => To::address(duo.liaison_name.as_str(), duo.liaison_email.as_str()),
    };
    post(
        tx,
        Post {
            kind: &EXIT_TO_LIAISON,
            to,
            cohort: Some(&cohort),
            about: duo.id,
            once: duo.id.to_string(),
            values,
            sender: None,
            calendar: None,
        },
    )
}

/// One letter about a duo to one of its two people.
fn send(
    tx: &mut Tx,
    duo: &Duo,
    cohort: &Cohort,
    kind: &'static letters::Kind,
    person: Id,
    once: &str,
    values: Vec<(&'static str, Value)>,
) -> Result<(), Failure> {
    let account = identity::find(tx, person)?.ok_or(Failure::NotFound)?;
    let sender = (!duo.liaison_email.is_empty())
        .then(|| Sender { name: duo.liaison_name.clone(), reply_to: duo.liaison_email.clone() });
    let once = format!("{}|{once}", duo.id);
    post(
        tx,
        Post {
            kind,
            to: To::account(&account),
            cohort: Some(cohort),
            about: duo.id,
            once,
            values,
            sender,
            calendar: None,
        },
    )
}

fn post(tx: &mut Tx, letter: Post) -> Result<(), Failure> {
    letters::post(tx, letter).map(|_| ())
}

/// How somebody reaches their partner: the address, and the telephone number if they gave one.
/// A letter tells nobody what its reader could not open.
fn contact(tx: &mut Tx, duo: &Duo, reader: Id) -> Result<String, Failure> {
    let subject = program::subject(tx, reader)?;
    let Some(proof) = policy::grant::<of::PersonDetails, may::Read>(&subject, &access::facts(reader, duo)) else {
        return Ok(String::new());
    };
    let person = membership::the_person(tx, &proof, duo.partner_of(reader))?;
    Ok(if person.phone.is_empty() { person.email } else { format!("{}, {}", person.email, person.phone) })
}

fn liaison(duo: &Duo) -> Vec<(&'static str, Value)> {
    vec![
        ("liaison_name", Value::words(duo.liaison_name.as_str())),
        ("liaison_email", Value::words(duo.liaison_email.as_str())),
    ]
}

/// Whose name stands under a letter until a liaison is appointed.
fn signed_by(duo: &Duo) -> Vec<(&'static str, Value)> {
    let name = if duo.liaison_name.is_empty() { "The mentoring committee" } else { &duo.liaison_name };
    vec![("liaison_name", Value::words(name))]
}
