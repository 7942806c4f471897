//! What this room has of a person: what they told their liaison, and what they did as one.

use jiff::{Timestamp, civil::Date};
use platform::prelude::*;
use policy::{may, of};
use program::{
    Mine,
    mine::{Asking, Entry, Part, SOMEONE},
};

use crate::{checkins, concerns, contacts};

pub fn mine() -> Mine {
    let tables: &[&str] =
        &["checkins", "liaisons", "contacts", "tasks", "concerns", "concern_notes", "concern_referrals"];
    Mine { title: "Check-ins and accompanying", tables, gather, forget }
}

row! {
    struct Accompanied {
        duo: Id,
        since: Timestamp,
        until: Option<Timestamp>,
    }
}

sql! {
    ACCOMPANIED => "select duo, since, until from liaisons where liaison = $1 order by since, id";
    CONTACTS => "select way, day from contacts where liaison = $1 order by day, id";
    TASKS => "select due, done_at from tasks where person = $1 order by due, id";
    EMPTY => "update checkins set answers = null where person = $1";
    NAMELESS => "update tasks set title = replace(title, $2, $3), words = '' where duo = $1";
    NAMELESS_OWN => "update tasks set title = replace(title, $2, $3), words = '' where person = $1";
    NOBODYS => "update tasks set person = null where person = $1 and done_at is null";
    NO_REASONS => "update liaisons set why = '' where liaison = $1";
}

fn gather(tx: &mut Tx, asking: &Asking) -> Result<Vec<Part>, Failure> {
    let person = asking.person();
    let mut answered = Vec::new();
    for checkin in checkins::of_person(tx, person)? {
        if asking.own::<of::CheckinAnswer, may::Export>(checkin.cohort).is_none() {
            continue;
        }
        let Some(grant) = asking.own(checkin.cohort) else { continue };
        let given = checkins::given(tx, &grant, &checkin)?.unwrap_or_default();
        answered.push(
            Entry::new()
                .with("round", checkin.round)
                .at(asking, "asked", checkin.sent_at)
                .at(asking, "answered", checkin.answered_at)
                .at(asking, "changed", checkin.changed_at)
                .with("in touch", checkin.touch)
                .day("met", checkin.met_on)
                .with("how it goes", given.pulse)
                .with("wish for a word", given.contact.then_some(true))
                .with("words", given.words),
        );
    }
    let mut accompanied = Vec::new();
    for it in tx.rows::<Accompanied>(&ACCOMPANIED, values![person])? {
        let number = duos::duo(tx, it.duo)?.map(|it| it.number);
        let entry = Entry::new().with("duo", number).at(asking, "since", it.since).at(asking, "until", it.until);
        accompanied.push(entry);
    }
    let contacts = tx.rows::<(String, Date)>(&CONTACTS, values![person])?;
    let contacts =
        contacts.into_iter().map(|(way, day)| Entry::new().with("contact", contacts::way_words(&way)).day("day", day));
    let tasks = tx.rows::<(Date, Option<Timestamp>)>(&TASKS, values![person])?;
    let tasks = tasks.into_iter().map(|(due, done)| Entry::new().day("due", due).at(asking, "done", done));
    Ok(vec![
        Part::new("What you told your liaison", answered),
        Part::new("Duos you accompanied", accompanied),
        concerns_told(tx, asking)?,
        Part::new("Contacts you noted", contacts.collect()),
        Part::new("Tasks you had", tasks.collect()).saying(NAMELESS_TASKS),
    ])
}

/// What somebody told in confidence, with what was noted about it. What others told them is
/// those others'.
fn concerns_told(tx: &mut Tx, asking: &Asking) -> Result<Part, Failure> {
    let mut told = Vec::new();
    for concern in concerns::of_reporter(tx, asking.person())? {
        let Some(grant) = asking.own(concern.cohort) else { continue };
        let words = concerns::told(tx, &grant, &concern)?.words;
        let noted = concerns::notes(tx, &grant, concern.id)?;
        let noted: Vec<String> = noted.into_iter().map(|it| format!("{}: {}", it.name, it.words)).collect();
        told.push(
            Entry::new()
                .with("to", concern.addressed_name)
                .at(asking, "raised", concern.raised_at)
                .with("words", words)
                .with("what was done", noted.join("\n\n"))
                .at(asking, "closed", concern.closed_at),
        );
    }
    Ok(Part::new("What you told in confidence", told))
}

const NAMELESS_TASKS: &str =
    "Only the days of your tasks stand here: what they were about concerns the people of the duos.";

/// The words go; that somebody answered, and was in touch, is counted. What they told in
/// confidence stays without their name with those who look after it, for others may be in
/// danger; it ends when its own time has come.
fn forget(tx: &mut Tx, person: Id) -> Result<(), Failure> {
    tx.exec(&EMPTY, values![person])?;
    for concern in concerns::of_reporter(tx, person)? {
        concerns::outlive_reporter(tx, &concern)?;
    }
    tx.exec(&NO_REASONS, values![person])?;
    let Some(account) = platform::identity::find(tx, person)? else { return Ok(()) };
    for duo in duos::of_person_any(tx, person)? {
        tx.exec(&NAMELESS, values![duo.id, &account.name, SOMEONE])?;
    }
    tx.exec(&NAMELESS_OWN, values![person, &account.name, SOMEONE])?;
    tx.exec(&NOBODYS, values![person])?;
    Ok(())
}
