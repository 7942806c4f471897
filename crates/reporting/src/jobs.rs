//! What the house does by itself: it says when the draft of a report is ready.

use platform::{jobs::Job, prelude::*};
use program::{Cohort, calendar, cohorts, rules::calendar::add};

use crate::{facts::Kind, letters, reports};

/// The final report has no step of its own for its draft: this many days before it is due.
const FINAL_DRAFT_DAYS: i64 = 14;

pub fn jobs() -> Vec<Job> {
    vec![
        Job {
            name: "the draft of the interim report is ready",
            find: |tx| waiting(tx, Kind::Interim),
            act: |tx, cohort| tell(tx, cohort, Kind::Interim),
        },
        Job {
            name: "the draft of the final report is ready",
            find: |tx| waiting(tx, Kind::Final),
            act: |tx, cohort| tell(tx, cohort, Kind::Final),
        },
    ]
}

/// The day from which the committee writes.
pub fn draft_day(calendar: &calendar::Calendar, kind: Kind) -> jiff::civil::Date {
    match kind {
        Kind::Interim => calendar.day("interim_report_draft"),
        Kind::Final => add(calendar.day(kind.due()), -FINAL_DRAFT_DAYS),
    }
}

fn waiting(tx: &mut Tx, kind: Kind) -> Result<Vec<Id>, Failure> {
    let mut found = Vec::new();
    for cohort in cohorts::all(tx)?.iter().filter(|it| it.is_open()) {
        if is_waiting(tx, cohort, kind)? {
            found.push(cohort.id);
        }
    }
    Ok(found)
}

fn is_waiting(tx: &mut Tx, cohort: &Cohort, kind: Kind) -> Result<bool, Failure> {
    let calendar = calendar::of(tx, cohort)?;
    let now = tx.now();
    let is_time = now >= calendar.at(draft_day(&calendar, kind), 9) && !calendar.is_over(kind.due(), now);
    Ok(is_time && reports::head_of(tx, cohort.id, kind)?.is_none() && !journal::has(tx, told(kind), cohort.id)?)
}

fn tell(tx: &mut Tx, cohort: Id, kind: Kind) -> Result<(), Failure> {
    let cohort = program::the_cohort(tx, cohort)?;
    if !cohort.is_open() || !is_waiting(tx, &cohort, kind)? {
        return Ok(());
    }
    letters::draft_ready(tx, &cohort, kind)?;
    journal::record(tx, told(kind), cohort.id, None, Some(cohort.id))?;
    Ok(())
}

fn told(kind: Kind) -> &'static str {
    match kind {
        Kind::Interim => "interim report draft ready",
        Kind::Final => "final report draft ready",
    }
}
