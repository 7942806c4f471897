//! What is next for a person, from this room: the chairs write, the board reads.

use platform::prelude::*;
use policy::{Action, Role, Subject};
use program::{Cohort, Next, calendar, cohorts, rules::calendar::add};

use crate::{
    draft,
    facts::Kind,
    jobs,
    reports::{self, Head},
};

/// A report is news for this many days.
const NEW_DAYS: i64 = 60;

pub fn next_steps(tx: &mut Tx, visit: &Visit) -> Result<Vec<Next>, Failure> {
    let mut steps = Vec::new();
    steps.extend(to_write(tx, visit)?);
    if visit.holds(Role::Board) {
        steps.extend(to_read(tx, &visit.subject)?);
    }
    Ok(steps)
}

fn to_write(tx: &mut Tx, visit: &Visit) -> Result<Vec<Next>, Failure> {
    let theirs = |it: &&Cohort| it.is_open() && visit.may(Action::SubmitReport, Some(it.id));
    let mut steps = Vec::new();
    for cohort in cohorts::all(tx)?.iter().filter(theirs) {
        let calendar = calendar::of(tx, cohort)?;
        let today = calendar.today(tx.now());
        for kind in Kind::ALL {
            let has_come = today >= jobs::draft_day(&calendar, kind);
            if has_come && reports::head_of(tx, cohort.id, kind)?.is_none() {
                let title = format!("Write and submit the {} {}", kind.words(), cohort.name);
                steps.push(
                    Next::new(title, draft::path(cohort.id, kind), "Open the draft")
                        .saying("The figures are counted. What is missing are your words.")
                        .by(calendar.day(kind.due())),
                );
            }
        }
    }
    Ok(steps)
}

/// The newest report, while it is news.
pub(crate) fn to_read(tx: &mut Tx, subject: &Subject) -> Result<Option<Next>, Failure> {
    let mut newest = None;
    for cohort in cohorts::all(tx)? {
        let Some(scope) = policy::scope(subject, &reports::facts(cohort.id)) else { continue };
        let Some(report) = reports::in_scope(tx, &scope)?.into_iter().next() else { continue };
        if newest.as_ref().is_none_or(|(_, it): &(Cohort, Head)| report.submitted_on > it.submitted_on) {
            newest = Some((cohort, report));
        }
    }
    let Some((cohort, report)) = newest else { return Ok(None) };
    let today = calendar::of(tx, &cohort)?.today(tx.now());
    if today > add(report.submitted_on, NEW_DAYS) {
        return Ok(None);
    }
    let title = format!("The {} {} is here", report.kind()?.words(), cohort.name);
    Ok(Some(Next::new(title, format!("/reports/{}", report.id), "Read the report").saying("It holds totals alone.")))
}
