//! What the house does for events by itself, each thing once.

use jiff::SignedDuration;
use platform::{identity, jobs::Job, prelude::*};
use program::{Calendar, Cohort, calendar, rules::calendar::add};

use crate::{
    attendance,
    events::{self, Event, FOLLOW_UP, ORIENTATION},
    guests, invitations, letters, rounds,
};

pub fn jobs() -> Vec<Job> {
    vec![
        Job { name: "keep events in step with the calendar", find: out_of_step, act: bring_in_step },
        Job { name: "invite to events", find: to_invite, act: invite },
        Job { name: "remind of the orientation", find: to_remind, act: remind },
        Job { name: "complete the orientation's list", find: to_complete, act: complete },
    ]
}

fn open_cohorts(tx: &mut Tx) -> Result<Vec<Cohort>, Failure> {
    Ok(program::cohorts::all(tx)?.into_iter().filter(Cohort::is_open).collect())
}

fn out_of_step(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let mut found = Vec::new();
    for cohort in open_cohorts(tx)? {
        if !events::is_in_step(tx, &cohort)? {
            found.push(cohort.id);
        }
    }
    Ok(found)
}

fn bring_in_step(tx: &mut Tx, cohort: Id) -> Result<(), Failure> {
    tx.lock(cohort)?;
    let cohort = program::the_cohort(tx, cohort)?;
    for event in events::bring_in_step(tx, &cohort)? {
        tell_of_change(tx, &cohort, &event)?;
    }
    Ok(())
}

/// Writes to everyone who was invited and has not declined.
pub(crate) fn tell_of_change(tx: &mut Tx, cohort: &Cohort, event: &Event) -> Result<usize, Failure> {
    let mut told = 0;
    for (person, answer) in invitations::of_event(tx, &policy::house(), event.id)? {
        if answer != "no"
            && event.is_by_calendar()
            && let Some(account) = identity::find(tx, person)?
        {
            letters::invite(tx, cohort, event, &account)?;
            told += 1;
        }
    }
    Ok(told)
}

/// The step of the calendar from which on people are invited.
fn invites_from(event: &Event) -> Option<&'static str> {
    match event.kind.as_str() {
        ORIENTATION => Some("duos_confirmed"),
        FOLLOW_UP => Some("check_in_6"),
        _ => None,
    }
}

fn to_invite(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let mut found = Vec::new();
    for (event, calendar) in upcoming(tx)? {
        let is_time = invites_from(&event).is_some_and(|step| calendar.is_due(step, tx.now()));
        if is_time && !guests::uninvited(tx, &policy::house(), &event)?.is_empty() {
            found.push(event.id);
        }
    }
    Ok(found)
}

fn invite(tx: &mut Tx, event: Id) -> Result<(), Failure> {
    let event = events::find(tx, &policy::house(), event)?.ok_or(Failure::NotFound)?;
    let cohort = program::the_cohort(tx, event.cohort)?;
    for person in guests::uninvited(tx, &policy::house(), &event)? {
        let account = identity::find(tx, person)?.ok_or(Failure::NotFound)?;
        if invitations::add(tx, event.id, person)? {
            letters::invite(tx, &cohort, &event, &account)?;
        }
    }
    Ok(())
}

/// The reminder that is due before an event: how many days before, and its name.
fn reminder(event: &Event, calendar: &Calendar, now: jiff::Timestamp) -> Option<(i64, &'static str)> {
    let day = event.day(calendar);
    let from = |days: i64| now >= calendar.at(add(day, -days), 9);
    match () {
        () if !event.is_orientation() || event.starts_at <= now => None,
        () if from(1) => Some((1, "reminder one day before")),
        () if from(7) => Some((7, "reminder seven days before")),
        () => None,
    }
}

fn to_remind(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let mut found = Vec::new();
    for (event, calendar) in upcoming(tx)? {
        if let Some((_, what)) = reminder(&event, &calendar, tx.now())
            && !rounds::was_made(tx, event.id, what)?
        {
            found.push(event.id);
        }
    }
    Ok(found)
}

fn remind(tx: &mut Tx, event: Id) -> Result<(), Failure> {
    let event = events::find(tx, &policy::house(), event)?.ok_or(Failure::NotFound)?;
    let cohort = program::the_cohort(tx, event.cohort)?;
    let calendar = calendar::of(tx, &cohort)?;
    let Some((days, what)) = reminder(&event, &calendar, tx.now()) else { return Ok(()) };
    if !rounds::make(tx, event.id, what)? {
        return Ok(());
    }
    for (person, answer) in invitations::of_event(tx, &policy::house(), event.id)? {
        if answer != "no"
            && let Some(account) = identity::find(tx, person)?
        {
            letters::remind(tx, &cohort, &event, &account, days)?;
        }
    }
    Ok(())
}

/// Long enough after the last name was noted, the list counts as complete.
const QUIET: SignedDuration = SignedDuration::from_hours(12);

/// From the morning after; a list that nobody has begun waits until it is typed in.
fn to_complete(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let mut found = Vec::new();
    for cohort in open_cohorts(tx)? {
        let calendar = calendar::of(tx, &cohort)?;
        let Some(event) =
            events::of_kind(tx, &policy::house(), cohort.id, ORIENTATION)?.filter(|it| it.closed_at.is_none())
        else {
            continue;
        };
        if tx.now() < calendar.at(add(event.day(&calendar), 1), 9) {
            continue;
        }
        let now = tx.now();
        if attendance::newest(tx, event.id)?.is_some_and(|at| now.duration_since(at) >= QUIET) {
            found.push(event.id);
        }
    }
    Ok(found)
}

fn complete(tx: &mut Tx, event: Id) -> Result<(), Failure> {
    let event = events::find(tx, &policy::house(), event)?.ok_or(Failure::NotFound)?;
    let cohort = program::the_cohort(tx, event.cohort)?;
    attendance::complete(tx, &event, &cohort)
}

/// Events still to come of open cohorts.
fn upcoming(tx: &mut Tx) -> Result<Vec<(Event, Calendar)>, Failure> {
    let mut found = Vec::new();
    for cohort in open_cohorts(tx)? {
        let calendar = calendar::of(tx, &cohort)?;
        let now = tx.now();
        let events = events::in_cohort(tx, &policy::house(), cohort.id)?.into_iter().filter(|it| it.starts_at > now);
        found.extend(events.map(|it| (it, calendar.clone())));
    }
    Ok(found)
}
