//! One duo as its liaison sees it: the facts, what was answered to them, how they were in
//! contact. The chair sees the facts alone. Goals, notes and the agreement are not here.

use duos::Duo;
use jiff::civil::Date;
use platform::{audit, identity, prelude::*};
use policy::{Grant, Role, may, of};
use program::{Calendar, calendar, long_day, short_day};
use shell::{Choice, Faults, Input, Style};

use crate::{
    appoint,
    checkins::{self, CheckIn, Given},
    contacts::{self, Contact},
    exit, liaisons,
    pieces::{badge_of, facts_list},
    signals::{self, Standing},
};

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let facts = facts(tx, visit)?;
    let title = format!("Duo {}", facts.standing.duo.number);
    note_readings(tx, &facts);
    Ok(Reply::page(title, page(&facts, &visit.form, &Faults::new())))
}

/// Notes that the liaison was in contact: how and when, never about what. LIA3.
pub fn note_contact(tx: &mut Tx, visit: &Visit) -> Answer {
    let facts = facts(tx, visit)?;
    let grant: Grant<of::ContactNote, may::Write> = visit.grant(&facts.known)?;
    let mut faults = Faults::new();
    let way = visit.form.text("way");
    if !contacts::WAYS.iter().any(|(key, _)| *key == way) {
        faults.add("way", "Choose how you were in contact.");
    }
    let day = visit.form.date("day");
    match day {
        None => faults.add("day", "Enter the day, such as 2027-01-31."),
        Some(day) if day > facts.today => faults.add("day", "That day is still to come."),
        Some(_) => {}
    }
    let Some(day) = day.filter(|_| faults.is_empty()) else {
        note_readings(tx, &facts);
        return Err(Failure::refused("Note a contact", page(&facts, &visit.form, &faults)));
    };
    contacts::add(tx, &grant, facts.standing.duo.id, way, day)?;
    Ok(Reply::go(format!("/desk/duos/{}", facts.standing.duo.id)).saying("Your contact is noted."))
}

/// The liaison steps aside; no reason is asked.
pub fn hand_over(tx: &mut Tx, visit: &Visit) -> Answer {
    let facts = facts(tx, visit)?;
    if !facts.is_liaison {
        return Err(Failure::NotFound);
    }
    appoint::step_aside(tx, &facts.standing.duo)?;
    Ok(Reply::go("/desk")
        .saying(format!("Duo {} is in other hands now. Thank you for stepping aside.", facts.standing.duo.number)))
}

struct Facts {
    standing: Standing,
    /// What the access matrix is told of the duo, seen from whoever asks.
    known: policy::Facts,
    calendar: Calendar,
    today: Date,
    /// What the two chose to show their liaison of the agreement, as labels and words.
    shared: Vec<(String, String)>,
    is_liaison: bool,
    liaison_name: Option<String>,
    /// Answers with their opened words; empty for anyone but the liaison.
    answers: Vec<(CheckIn, Option<Given>)>,
    contacts: Vec<Contact>,
    exit: Option<duos::Exit>,
    addresses: Vec<(String, String)>,
}

/// The duo in the path, for the one who accompanies it now or for the chairs of its
/// cohort; for its own two people, and for whoever
/// steps aside from one of them, it is not there, whatever else they are. LIA6.
fn facts(tx: &mut Tx, visit: &Visit) -> Result<Facts, Failure> {
    let person = visit.person()?;
    let duo = appoint::duo_of_others(tx, visit.id("duo")?, person)?;
    let liaison = liaisons::of_duo(tx, duo.id)?;
    let is_liaison =
        visit.holds_in(Role::Liaison, duo.cohort) && liaison.as_ref().is_some_and(|it| it.person == person);
    let is_chair = visit.holds_in(Role::Chair, duo.cohort) || visit.holds_in(Role::Deputy, duo.cohort);
    if !is_liaison && !is_chair {
        return Err(Failure::NotFound);
    }
    let cohort = program::the_cohort(tx, duo.cohort)?;
    let calendar = calendar::of(tx, &cohort)?;
    let today = calendar.today(tx.now());
    let shared = if is_liaison { duos::shared_with_liaison(tx, visit, duo.id, true)? } else { Vec::new() };
    let known = policy::Facts::in_cohort(duo.cohort.number()).assigned(is_liaison);
    let contacts = match visit.grant(&known) {
        Ok(grant) => contacts::of_duo(tx, &grant, duo.id)?,
        Err(_) => Vec::new(),
    };
    let addresses = if is_liaison { addresses(tx, &duo)? } else { Vec::new() };
    let exit = exit::of_duo(tx, visit, &duo, is_liaison)?;
    let (standing, answers) = match visit.grant(&known) {
        Ok(grant) => {
            let answers = answers(tx, &grant, &duo)?;
            (signals::of_duo_told(tx, &grant, duo, &answers)?, answers)
        }
        Err(_) => (signals::of_duo(tx, duo)?, Vec::new()),
    };
    let liaison_name = liaison.map(|it| it.name);
    Ok(Facts { standing, known, calendar, today, shared, is_liaison, liaison_name, answers, contacts, exit, addresses })
}

/// The two see on their own pages that their liaison has read what they answered, and
/// what they chose to share.
fn note_readings(tx: &mut Tx, facts: &Facts) {
    let duo = &facts.standing.duo;
    let right = || "as the liaison of your duo".to_owned();
    let wrote = |person: &Id| facts.answers.iter().any(|(it, _)| it.person == *person && it.answered_at.is_some());
    let whose: Vec<Id> = duo.people().into_iter().filter(wrote).collect();
    if !whose.is_empty() {
        tx.has_read(audit::Reading { record: checkins::RECORD, about: duo.id, whose, right: right() });
    }
    if !facts.addresses.is_empty() {
        let whose = duo.people().to_vec();
        tx.has_read(audit::Reading { record: "name and mail address", about: duo.id, whose, right: right() });
    }
    if let Some(exit) = &facts.exit {
        exit::note_reading(tx, duo, exit, facts.is_liaison);
    }
    if !facts.shared.is_empty() {
        let whose = duo.people().to_vec();
        tx.has_read(audit::Reading { record: duos::SHARED_RECORD, about: duo.id, whose, right: right() });
    }
}

pub(crate) fn answers(
    tx: &mut Tx,
    grant: &Grant<of::CheckinAnswer>,
    duo: &Duo,
) -> Result<Vec<(CheckIn, Option<Given>)>, Failure> {
    let mut answers = Vec::new();
    for checkin in checkins::of_duo(tx, duo.id)? {
        let given = checkins::given(tx, grant, &checkin)?;
        answers.push((checkin, given));
    }
    Ok(answers)
}

fn addresses(tx: &mut Tx, duo: &Duo) -> Result<Vec<(String, String)>, Failure> {
    let mut addresses = Vec::new();
    for person in duo.people() {
        let account = identity::find(tx, person)?.filter(|it| !it.email.is_empty());
        addresses.extend(account.map(|it| (it.name, it.email)));
    }
    Ok(addresses)
}

fn page(facts: &Facts, typed: &Fields, faults: &Faults) -> Markup {
    let duo = &facts.standing.duo;
    let title = format!("Duo {}", duo.number);
    let lead = format!("{} (mentor) and {} (mentee)", duo.mentor_name, duo.mentee_name);
    let readers = if facts.is_liaison {
        "You read the answers to check-ins as the liaison of this duo, and nobody else does, unless chair and deputy open them together and tell the two. What the two agreed, their goals and their notes are theirs, but for what they chose to share with you."
    } else {
        "You see dates and counts. What the two answer in check-ins is for their liaison; what they agreed, their goals and their notes are theirs alone."
    };
    html! {
        @if facts.is_liaison { (shell::breadcrumbs(&[("/desk", "My duos")], &title)) }
        @else { (shell::breadcrumbs(&[("/", "Home"), (&format!("/cohorts/{}/liaisons", duo.cohort), "Liaisons")], &title)) }
        (shell::page_head_with(&title, &lead, badge_of(&facts.standing.signal)))
        (shell::error_summary(faults))
        @if let Some(exit) = &facts.exit { (exit::card(exit, seen_as(facts))) }
        @if facts.is_liaison {
            (shell::columns(html! { (stands(facts)) (shared(facts)) (check_ins(duo, &facts.calendar, &facts.answers)) }, html! { (contact_card(facts, typed, faults)) (aside(facts)) }))
        } @else {
            (stands(facts))
            p { a href={ "/desk/duos/" (duo.id) "/opening" } { "Somebody may come to harm: ask to open the check-in answers" } }
        }
        (shell::readers_line(&policy::who_can_read_as(policy::Record::CheckinAnswer, seen_as(facts))))
        p.hint { (readers) }
    }
}

fn stands(facts: &Facts) -> Markup {
    shell::card("How it stands", html! { (facts_list(&facts.standing.signal)) (figures(facts)) })
}

fn figures(facts: &Facts) -> Markup {
    let it = &facts.standing.facts;
    let day =
        |at: Option<jiff::Timestamp>| at.map_or_else(|| "not yet".to_owned(), |at| short_day(facts.calendar.today(at)));
    html! {
        (shell::facts(&[
            ("Last met", html! { (it.last_meeting.map_or_else(|| "not yet".to_owned(), short_day)) }),
            ("Meetings", html! { (it.meetings) }),
            ("Agreement signed", html! { (day(it.agreement_signed_at)) }),
            ("Goals set", html! { (day(it.goals_set_at)) }),
            ("Pledges signed", html! { (it.pledges) " of 2" }),
            ("Check-ins answered", html! { (facts.standing.answered) " of " (facts.standing.asked) }),
            ("Liaison", html! { (facts.liaison_name.as_deref().unwrap_or("nobody yet")) }),
        ]))
    }
}

/// As whom the page is read: the liaison of the duo, or else a chair.
fn seen_as(facts: &Facts) -> policy::Column {
    if facts.is_liaison { policy::Column::Liaison } else { policy::Column::Chair }
}

fn shared(facts: &Facts) -> Markup {
    if facts.shared.is_empty() {
        return html! {};
    }
    let rows: Vec<(&str, Markup)> =
        facts.shared.iter().map(|(label, words)| (label.as_str(), html! { (words) })).collect();
    shell::card(
        "What the two share with you",
        html! {
                    (shell::facts(&rows))
                    (shell::readers_line(&policy::who_can_read_as(policy::Record::Agreement, policy::Column::Liaison)))
        p.hint { "Both chose this in their agreement, and may choose otherwise." }
                },
    )
}

/// The answers, round by round, for whoever may read them; those of earlier rounds folded.
pub(crate) fn check_ins(duo: &Duo, calendar: &Calendar, answers: &[(CheckIn, Option<Given>)]) -> Markup {
    let newest = answers.first().map_or(0, |(it, _)| it.round);
    let (latest, earlier): (Vec<_>, Vec<_>) = answers.iter().partition(|(it, _)| it.round == newest);
    shell::card(
        "Answers to check-ins",
        html! {
            @if answers.is_empty() { p { "The first check-in has not gone out yet." } }
            (round(duo, calendar, &latest))
            @if !earlier.is_empty() {
                details {
                    summary { "Earlier check-ins" }
                    (round(duo, calendar, &earlier))
                }
            }
        },
    )
}

fn round(duo: &Duo, calendar: &Calendar, answers: &[&(CheckIn, Option<Given>)]) -> Markup {
    html! {
        div.stack { @for (checkin, given) in answers {
            section.answer {
                h3 { "Check-in " (checkin.round) ", " (duo.name_of(checkin.person)) }
                @match checkin.answered_at {
                    None => { p { "Not answered; sent " (short_day(calendar.today(checkin.sent_at))) "." } }
                    Some(_) => { (answered(checkin, calendar, given.as_ref())) }
                }
            }
        } }
    }
}

fn answered(checkin: &CheckIn, calendar: &Calendar, given: Option<&Given>) -> Markup {
    let Some(given) = given else { return html! { p.muted { "What was answered is no longer kept." } } };
    let pulse = given.pulse.map_or_else(|| "no answer".to_owned(), |it| format!("{it} of 5"));
    html! {
        (shell::facts(&[
            ("In touch since the last check-in", html! { (checkin.touch.as_deref().unwrap_or("no answer")) }),
            ("Last met", html! { (checkin.met_on.map_or_else(|| "no day given".to_owned(), short_day)) }),
            ("Is this working for you?", html! { (pulse) }),
        ]))
        @if let Some(at) = checkin.changed_at { p.muted { "Changed on " (long_day(calendar.today(at))) "." } }
        @if given.contact { p { strong { "Asked you to get in touch." } } }
        @if !given.words.is_empty() { (shell::prose(html! { blockquote { p { (given.words) } } })) }
    }
}

fn contact_card(facts: &Facts, typed: &Fields, faults: &Faults) -> Markup {
    let ways = contacts::WAYS.map(|(key, words)| Choice::new(key, words));
    let today = facts.today.to_string();
    let day = if typed.has("day") { typed.text("day") } else { &today };
    html! {
        (shell::card("Your contacts", html! {
            p {
                "Write to each separately: "
                @for (index, (name, address)) in facts.addresses.iter().enumerate() {
                    @if index > 0 { ", " }
                    a href=(format!("mailto:{address}")) { (name) }
                }
                "."
            }
            @if !facts.contacts.is_empty() {
                ul { @for contact in &facts.contacts { li { (contacts::way_words(&contact.way)) ", " (long_day(contact.day)) } } }
            }
            (shell::form(&format!("/desk/duos/{}/contacts", facts.standing.duo.id), html! {
                (shell::select_field(&Input::new("way", "How were you in contact?").required().value(typed.text("way")).faults(faults), &ways))
                (shell::date_field(&Input::new("day", "On which day?").required().value(day).faults(faults)))
                (shell::actions(shell::button_quiet("Note the contact")))
            }))
        }))
    }
}

fn aside(facts: &Facts) -> Markup {
    html! {
        (shell::card("Step aside", html! {
            p { "The same employer, a friendship, a business tie, or anything else: hand the duo over. You need give no reason. Somebody else is appointed at once, and from that moment you no longer see this page." }
            (shell::actions(shell::post_button(&format!("/desk/duos/{}/hand-over", facts.standing.duo.id), "Pass this duo on", &[], Style::Danger)))
        }))
    }
}
