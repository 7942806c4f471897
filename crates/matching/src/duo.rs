//! Forming a duo from an accepted request or proposal, and what ends with it.

use duos::Duo;
use platform::prelude::*;
use program::Cohort;

use crate::{moves, profiles, proposals, requests, rules::State, wishes};

/// Says in the journal that this room has done its part for a new duo.
const TOLD: &str = "directory told of a duo";

sql! {
    NEWS => "select f.about from journal f where f.what = 'duo formed' and not exists (select 1 from journal t where t.what = 'directory told of a duo' and t.about = f.about)";
}

/// Forms the duo; a refusal is a sentence, and then nothing has changed.
pub(crate) fn form(
    tx: &mut Tx,
    cohort: &Cohort,
    mentor: Id,
    mentee: Id,
    how: &'static str,
    reasons: &[String],
) -> Result<Result<Id, String>, Failure> {
    match duos::form(tx, cohort.id, mentor, mentee, how, reasons)? {
        Ok(duo) => {
            close_for(tx, cohort, duo, mentor, mentee)?;
            Ok(Ok(duo))
        }
        Err(refusal) => Ok(Err(refusal.to_string())),
    }
}

/// Duos that were formed elsewhere, by an import, and are news to the directory.
pub(crate) fn news(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&NEWS, values![])?)
}

pub(crate) fn hear(tx: &mut Tx, duo: Id) -> Result<(), Failure> {
    let Some(Duo { cohort, mentor, mentee, .. }) = duos::duo(tx, duo)? else { return Ok(()) };
    let cohort = program::the_cohort(tx, cohort)?;
    tx.lock(cohort.id)?;
    close_for(tx, &cohort, duo, mentor, mentee)
}

/// The mentor's other requests are over and their mentees told at once; the mentee's other
/// wishes end; proposals that name one of the two come to nothing. SLF5.
fn close_for(tx: &mut Tx, cohort: &Cohort, duo: Id, mentor: Id, mentee: Id) -> Result<(), Failure> {
    if journal::has(tx, TOLD, duo)? {
        return Ok(());
    }
    journal::record(tx, TOLD, duo, None, Some(cohort.id))?;
    profiles::take(tx, cohort.id, mentor)?;
    wishes::clear(tx, cohort.id, mentee)?;
    if let Some(live) = requests::live_of(tx, cohort.id, mentee)?
        && requests::end(tx, &live, State::Withdrawn, "", None)?
    {
        moves::settle(tx, &live)?;
    }
    for request in requests::waiting_for(tx, cohort.id, mentor)? {
        moves::end(tx, cohort, &request, State::Taken, "", None)?;
    }
    for proposal in proposals::live_of(tx, cohort.id, &[mentor, mentee])? {
        proposals::lapse(tx, cohort, &proposal)?;
    }
    Ok(())
}
