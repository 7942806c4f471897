//! Which event somebody may see, and who runs it. What is not theirs is not found.

use platform::prelude::*;
use policy::{Facts, Grant, May, Subject, may, of};
use program::{Calendar, Cohort, calendar};

use crate::events::{self, Event};

/// An event with what its pages need, and the proof by which it was opened.
pub(crate) struct Seen<V: May = may::Read> {
    pub event: Event,
    pub cohort: Cohort,
    pub calendar: Calendar,
    pub proof: Grant<of::Event, V>,
}

/// The event in the path, for those who take part in its cohort, and for the committee.
pub(crate) fn theirs(tx: &mut Tx, visit: &Visit) -> Result<Seen, Failure> {
    seen_by(tx, &visit.subject, visit.id("event")?)?.ok_or(Failure::NotFound)
}

/// The event in the path, for the committee that runs it.
pub(crate) fn run_by(tx: &mut Tx, visit: &Visit) -> Result<Seen<may::Write>, Failure> {
    seen_by(tx, &visit.subject, visit.id("event")?)?.ok_or(Failure::NotFound)
}

/// The event that a letter's link names, for whoever got the letter, while they take part.
pub(crate) fn by_link(tx: &mut Tx, event: Id, person: Id) -> Result<Option<Seen>, Failure> {
    let subject = program::subject(tx, person)?;
    seen_by(tx, &subject, event)
}

fn seen_by<V: May>(tx: &mut Tx, subject: &Subject, event: Id) -> Result<Option<Seen<V>>, Failure>
where
    Grant<of::Event, V>: policy::Opens<of::Event>,
{
    let cohort = events::cohort_of(tx, event)?.ok_or(Failure::NotFound)?;
    let Some(proof) = policy::grant(subject, &facts(cohort)) else { return Ok(None) };
    let event = events::find(tx, &proof, event)?.ok_or(Failure::NotFound)?;
    let cohort = program::the_cohort(tx, cohort)?;
    let calendar = calendar::of(tx, &cohort)?;
    Ok(Some(Seen { event, cohort, calendar, proof }))
}

/// Proof that whoever asks may do this with the events of a cohort.
pub(crate) fn proof<V: May>(visit: &Visit, cohort: Id) -> Result<Grant<of::Event, V>, Failure> {
    visit.grant(&facts(cohort))
}

/// Proof that somebody may say whether they come themselves.
pub(crate) fn own(tx: &mut Tx, person: Id, cohort: Id) -> Result<Grant<of::Event, may::Write>, Failure> {
    policy::grant(&program::subject(tx, person)?, &facts(cohort).own(true)).ok_or(Failure::NotFound)
}

/// Whether somebody runs the events of a cohort.
pub(crate) fn runs(visit: &Visit, cohort: Id) -> bool {
    proof::<may::Write>(visit, cohort).is_ok()
}

fn facts(cohort: Id) -> Facts {
    Facts::in_cohort(cohort.number())
}
