//! Table `attendance`: who was at an event, noted at the door or typed in later.

use std::collections::BTreeMap;

use care::NewTask;
use duos::Duo;
use jiff::Timestamp;
use platform::{identity, prelude::*};
use policy::{Grant, Opens, of};
use program::{Cohort, calendar, rules::calendar::add};

use crate::{
    events::{self, Event, ORIENTATION},
    letters,
    rules::attendance::{Presence, of_duo},
};

/// How many days somebody has to make up for what they missed.
pub(crate) const MAKE_UP_DAYS: i64 = 14;

sql! {
    NOTE => "insert into attendance (event, person, state, noted_at, noted_by) values ($1, $2, $3, $4, $5) on conflict (event, person) do update set state = excluded.state, noted_at = excluded.noted_at, noted_by = excluded.noted_by";
    OF_EVENT => "select person, state from attendance where event = $1";
    OF_PERSON => "select state from attendance where event = $1 and person = $2";
    NEWEST => "select max(noted_at) as newest from attendance where event = $1";
}

/// Who was there, as far as it is noted.
pub(crate) fn of_event(tx: &mut Tx, _: &impl Opens<of::Event>, event: Id) -> Result<BTreeMap<Id, Presence>, Failure> {
    let rows: Vec<(Id, String)> = tx.rows(&OF_EVENT, values![event])?;
    Ok(rows.into_iter().filter_map(|(person, key)| Some((person, Presence::from_key(&key)?))).collect())
}

/// What is noted of whoever the proof was given to.
pub(crate) fn own(tx: &mut Tx, proof: &Grant<of::Event>, event: Id) -> Result<Option<Presence>, Failure> {
    let state: Option<String> = tx.row(&OF_PERSON, values![event, Id::from(proof.person())])?;
    Ok(state.and_then(|it| Presence::from_key(&it)))
}

/// Who came to the orientation of a cohort, in the room, online or afterwards; nothing while
/// nobody has written the list.
pub fn of_orientation(tx: &mut Tx, proof: &impl Opens<of::Event>, cohort: Id) -> Result<Option<Vec<Id>>, Failure> {
    let Some(event) = events::of_kind(tx, proof, cohort, ORIENTATION)? else { return Ok(None) };
    let seen = of_event(tx, proof, event.id)?;
    let came = seen.iter().filter(|(_, presence)| presence.counts()).map(|(person, _)| *person);
    Ok((!seen.is_empty()).then(|| came.collect()))
}

/// When the list was last written on; `None` while it is empty.
pub(crate) fn newest(tx: &mut Tx, event: Id) -> Result<Option<Timestamp>, Failure> {
    Ok(tx.one(&NEWEST, values![event])?)
}

/// Notes one person. Where the list was complete already, what follows from it is brought up to date.
pub(crate) fn note(tx: &mut Tx, event: &Event, person: Id, presence: Presence, by: Id) -> Result<(), Failure> {
    tx.exec(&NOTE, values![event.id, person, presence.key(), tx.now(), by])?;
    if event.is_orientation() && event.closed_at.is_some() {
        if presence.counts() {
            care::settle_task(tx, &task_key(event, person))?;
        }
        let seen = of_event(tx, &policy::house(), event.id)?;
        for duo in duos::of_person_any(tx, person)?.iter().filter(|it| it.cohort == event.cohort) {
            tell_care(tx, event, duo, &seen)?;
        }
    }
    Ok(())
}

/// The list is complete: who missed the orientation learns how to make up for it, their
/// liaison has a task, and the signals of the duos know. ORI3.
pub(crate) fn complete(tx: &mut Tx, event: &Event, cohort: &Cohort) -> Result<(), Failure> {
    if !events::close(tx, event.id)? || !event.is_orientation() {
        return Ok(());
    }
    let calendar = calendar::of(tx, cohort)?;
    let until = add(event.day(&calendar), MAKE_UP_DAYS);
    let seen = of_event(tx, &policy::house(), event.id)?;
    for duo in duos::in_cohort(tx, cohort.id)?.into_iter().filter(Duo::is_active) {
        if duo.formed_at > event.ends_at {
            continue;
        }
        tell_care(tx, event, &duo, &seen)?;
        for person in duo.people() {
            if seen.get(&person).is_some_and(|it| it.counts()) {
                continue;
            }
            let account = identity::find(tx, person)?.ok_or(Failure::NotFound)?;
            letters::missed(tx, cohort, event, &account, until)?;
            care::add_task_for_liaison(tx, duo.id, NewTask {
                cohort: cohort.id,
                duo: Some(duo.id),
                person: None,
                kind: "orientation",
                title: format!("{} missed the orientation", account.name),
                words: "We missed you on Saturday. There is a way to make up for it in your own time; shall we go through it together?".to_owned(),
                due: until,
                once: task_key(event, person),
            })?;
        }
    }
    Ok(())
}

fn tell_care(tx: &mut Tx, event: &Event, duo: &Duo, seen: &BTreeMap<Id, Presence>) -> Result<(), Failure> {
    let of = |person: Id| seen.get(&person).copied();
    match of_duo(of(duo.mentor), of(duo.mentee), duo.formed_at > event.ends_at) {
        Some(state) => care::note_orientation(tx, duo.id, state),
        None => Ok(()),
    }
}

fn task_key(event: &Event, person: Id) -> String {
    format!("orientation|{}|{person}", event.id)
}
