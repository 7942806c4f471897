//! What one can do with a task: done, in seven days, or send its words. LIA2.

use platform::prelude::*;
use policy::Facts;
use program::{calendar, rules::calendar::add, short_day};

use crate::{
    letters::{self, About},
    liaisons,
    tasks::{self, Task},
};

pub fn done(tx: &mut Tx, visit: &Visit) -> Answer {
    let task = theirs(tx, visit)?;
    tasks::complete(tx, task.id, visit.person()?)?;
    Ok(Reply::go(back(&task)).saying("Done, and off your list."))
}

pub fn delay(tx: &mut Tx, visit: &Visit) -> Answer {
    let task = theirs(tx, visit)?;
    let cohort = program::the_cohort(tx, task.cohort)?;
    let today = calendar::of(tx, &cohort)?.today(tx.now());
    let due = add(today.max(task.due), 7);
    tasks::delay(tx, task.id, due)?;
    Ok(Reply::go(back(&task)).saying(format!("Put off until {}.", short_day(due))))
}

/// Sends the task's letter to each of the two, and closes the task.
pub fn send(tx: &mut Tx, visit: &Visit) -> Answer {
    let task = theirs(tx, visit)?;
    let person = visit.person()?;
    let duo = match task.duo {
        Some(duo) if task.kind == tasks::WRITE => duos::duo(tx, duo)?,
        _ => None,
    };
    let duo = duo.filter(duos::Duo::is_active).ok_or(Failure::NotFound)?;
    let liaison = liaisons::of_duo(tx, duo.id)?.filter(|it| it.person == person).ok_or(Failure::NotFound)?;
    if tasks::complete(tx, task.id, person)? {
        let cohort = program::the_cohort(tx, duo.cohort)?;
        let calendar = calendar::of(tx, &cohort)?;
        let about = About { cohort: &cohort, calendar: &calendar, duo: &duo, liaison: &liaison };
        letters::outreach(tx, &about, &task.id.to_string())?;
    }
    let both = format!("{} and {}", duo.mentor_name, duo.mentee_name);
    Ok(Reply::go("/desk").saying(format!("A letter is on its way to {both}, to each separately.")))
}

/// An open task of the person who asks, or of the chairs where they are one. Of their own
/// duo nobody has a task, whatever else they are.
fn theirs(tx: &mut Tx, visit: &Visit) -> Result<Task, Failure> {
    let person = visit.person()?;
    let place = tasks::place(tx, visit.id("task")?)?.ok_or(Failure::NotFound)?;
    let has_stake = tasks::is_about_their_duo(tx, place.duo, person)?;
    let facts = Facts::in_cohort(place.cohort.number()).assigned(place.person == Some(person)).conflict(has_stake);
    let proof = visit.grant(&facts)?;
    // What waits for a liaison is that liaison's to do.
    let is_theirs = place.person.is_none_or(|it| it == person);
    tasks::find(tx, &proof, place.id)?.filter(|_| is_theirs).ok_or(Failure::NotFound)
}

fn back(task: &Task) -> String {
    match task.person {
        Some(_) => "/desk".to_owned(),
        None => format!("/cohorts/{}/liaisons", task.cohort),
    }
}
