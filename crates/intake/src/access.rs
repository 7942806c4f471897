//! What the access matrix is told of applications and nominations, and what opens with the
//! proof that it gives.

use forms::Kept;
use platform::prelude::*;
use policy::{Condition, Facts, Grant, Kind, May, Scope, may, of};
use program::{Calendar, Cohort, calendar};

use crate::{
    applications::Application,
    nominations::{self, Words},
    rules::status::State,
};

/// Until this step reviewers read applications; afterwards the chairs alone do.
pub(crate) const SELECTION_ENDS: &str = "duos_confirmed";
/// From the end of this step on the committee proposes pairs, and may open what is sealed
/// for that.
pub(crate) const CHOOSING_ENDS: &str = "directory_closes";

/// Proof that somebody on the committee may do this with an application. Their own is not
/// there for them, nor that of a colleague or of somebody from whom they step aside; on this side of the house nothing is one's own.
pub(crate) fn of_committee<R: Kind, V: May>(
    tx: &mut Tx,
    visit: &Visit,
    cohort: &Cohort,
    application: &Application,
) -> Result<Grant<R, V>, Failure> {
    let aside = membership::steps_aside_from(tx, visit.person()?)?;
    let facts = phase(tx, cohort)?.conflict(aside.contains(&application.person));
    visit.grant(&facts)
}

/// What is so of every application of a cohort at this moment.
fn phase(tx: &mut Tx, cohort: &Cohort) -> Result<Facts, Failure> {
    let calendar = calendar::of(tx, cohort)?;
    Ok(Facts::in_cohort(cohort.id.number())
        .when(selection_runs(&calendar, tx), Condition::SelectionRuns)
        .when(calendar.is_over(CHOOSING_ENDS, tx.now()), Condition::ListsAreClosed))
}

pub(crate) fn selection_runs(calendar: &Calendar, tx: &Tx) -> bool {
    !calendar.is_over(SELECTION_ENDS, tx.now())
}

/// What is read of those who applied: the list and the number above it by whoever may see that
/// an application is there, the review desk by whoever may read it. Reviewers with the liaison's
/// role do until the duos are confirmed.
pub(crate) fn of_list<V: May>(
    tx: &mut Tx,
    visit: &Visit,
    cohort: &Cohort,
) -> Result<Scope<of::Application, V>, Failure> {
    let facts = phase(tx, cohort)?;
    visit.scope(&facts)
}

/// Whether the person may read the applications of a cohort, but for their own and those
/// of whom they step aside from.
pub(crate) fn may_read_applications(tx: &mut Tx, visit: &Visit, cohort: &Cohort) -> Result<bool, Failure> {
    let facts = phase(tx, cohort)?;
    Ok(visit.grant::<of::Application, may::Read>(&facts).is_ok())
}

/// What somebody wrote when they applied; nothing once it is withdrawn.
pub(crate) fn answers(
    tx: &mut Tx,
    _: &Grant<of::Application>,
    application: &Application,
) -> Result<Option<Kept>, Failure> {
    kept(tx, application)
}

fn kept(tx: &mut Tx, application: &Application) -> Result<Option<Kept>, Failure> {
    match application.state() {
        State::Withdrawn => Ok(None),
        _ => forms::kept(tx, application.form(), application.id),
    }
}

/// The same with what is sealed for the chair.
pub(crate) fn sealed(tx: &mut Tx, _: &Grant<of::RankList>, application: &Application) -> Result<Option<Kept>, Failure> {
    Ok(kept(tx, application)?.filter(Kept::has_sealed))
}

/// The nomination behind an application: there for the committee from the moment in which
/// the nominee accepted, which beginning the application is.
pub(crate) fn nomination(tx: &mut Tx, visit: &Visit, application: &Application) -> Result<Option<Words>, Failure> {
    let Some(nomination) = application.nomination else { return Ok(None) };
    let nomination = nominations::find(tx, nomination)?.filter(|it| it.state == "accepted");
    let facts = Facts::in_cohort(application.cohort.number()).when(nomination.is_some(), Condition::NomineeAccepted);
    let (Some(nomination), Ok(grant)) = (nomination, visit.grant::<of::Nomination, may::Read>(&facts)) else {
        return Ok(None);
    };
    nominations::words(tx, &grant, &nomination).map(Some)
}
