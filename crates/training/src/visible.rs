//! Which event somebody may see, and who runs it. What is not theirs is not found.

use platform::prelude::*;
use policy::{Role, Subject};
use program::{Calendar, Cohort, calendar};

use crate::{
    events::{self, Event},
    invitations,
};

/// An event with what its pages need.
pub(crate) struct Seen {
    pub event: Event,
    pub cohort: Cohort,
    pub calendar: Calendar,
}

/// The event in the path, for those who take part in its cohort, for who is invited, and
/// for the committee.
pub(crate) fn theirs(tx: &mut Tx, visit: &Visit) -> Result<Seen, Failure> {
    let person = visit.person()?;
    let seen = load(tx, visit.id("event")?)?;
    let takes_part = [Role::Mentee, Role::Mentor].iter().any(|role| visit.holds_in(*role, seen.cohort.id));
    let is_invited = !has_left(visit, seen.cohort.id) && invitations::answer_of(tx, seen.event.id, person)?.is_some();
    if takes_part || runs(visit, seen.cohort.id) || is_invited { Ok(seen) } else { Err(Failure::NotFound) }
}

/// Who has left is no longer invited, whatever was written before.
pub(crate) fn has_left(visit: &Visit, cohort: Id) -> bool {
    left(&visit.subject, cohort)
}

/// The event that a letter's link names, for whoever got the letter, until they have left.
pub(crate) fn by_link(tx: &mut Tx, event: Id, person: Id) -> Result<Option<Seen>, Failure> {
    let seen = load(tx, event)?;
    let subject = program::subject(tx, person)?;
    Ok(Some(seen).filter(|it| !left(&subject, it.cohort.id)))
}

fn left(subject: &Subject, cohort: Id) -> bool {
    let holds = |roles: &[Role]| roles.iter().any(|role| subject.holds_in(*role, cohort.number()));
    subject.former.contains(&cohort.number()) && !holds(&[Role::Mentee, Role::Mentor]) && !holds(RUNNING)
}

/// The event in the path, for the committee that runs it.
pub(crate) fn run_by(tx: &mut Tx, visit: &Visit) -> Result<Seen, Failure> {
    let seen = load(tx, visit.id("event")?)?;
    if runs(visit, seen.cohort.id) { Ok(seen) } else { Err(Failure::NotFound) }
}

pub(crate) fn load(tx: &mut Tx, event: Id) -> Result<Seen, Failure> {
    let event = events::find(tx, event)?.ok_or(Failure::NotFound)?;
    let cohort = program::the_cohort(tx, event.cohort)?;
    let calendar = calendar::of(tx, &cohort)?;
    Ok(Seen { event, cohort, calendar })
}

/// Whether somebody runs the events of a cohort.
pub(crate) fn runs(visit: &Visit, cohort: Id) -> bool {
    RUNNING.iter().any(|role| visit.holds_in(*role, cohort))
}

const RUNNING: &[Role] = &[Role::Chair, Role::Deputy, Role::Liaison, Role::Council];
