//! Forming a duo from an accepted request or proposal, and what ends with it.

use duos::Duo;
use platform::prelude::*;
use program::Cohort;

use crate::{moves, profiles, proposals, requests, rules::State, who, wishes};

/// Says in the journal that this room has done its part for a new duo.
const TOLD: &str = "directory told of a duo";
/// The same for the end of one, which makes room.
const TOLD_OF_END: &str = "directory told of a duo's end";

sql! {
    NEWS => "select f.about from journal f where f.what = 'duo formed' and not exists (select 1 from journal t where t.what = 'directory told of a duo' and t.about = f.about)";
    NEWS_OF_ENDS => "select distinct e.about from journal e where e.what = 'duo ended' and not exists (select 1 from journal t where t.what = 'directory told of a duo''s end' and t.about = e.about)";
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

/// The mentee's other wishes end and proposals that name the mentee come to nothing. With the
/// mentor's last place the mentor's other requests are over and their mentees told at once. SLF5.
fn close_for(tx: &mut Tx, cohort: &Cohort, duo: Id, mentor: Id, mentee: Id) -> Result<(), Failure> {
    if journal::has(tx, TOLD, duo)? {
        return Ok(());
    }
    journal::record(tx, TOLD, duo, None, Some(cohort.id))?;
    wishes::clear(tx, cohort.id, mentee)?;
    if let Some(live) = requests::live_of(tx, cohort.id, mentee)?
        && requests::end(tx, &live, State::Withdrawn, "", None)?
    {
        moves::settle(tx, &live)?;
    }
    for proposal in proposals::live_of(tx, &policy::house(), cohort.id, &[mentee])? {
        proposals::lapse(tx, cohort, &proposal)?;
    }
    keep_to_room(tx, cohort, mentor)
}

/// Duos that have ended and whose mentor may have room again.
pub(crate) fn news_of_ends(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&NEWS_OF_ENDS, values![])?)
}

pub(crate) fn hear_of_end(tx: &mut Tx, duo: Id) -> Result<(), Failure> {
    let Some(Duo { cohort, mentor, .. }) = duos::duo(tx, duo)? else { return Ok(()) };
    let cohort = program::the_cohort(tx, cohort)?;
    tx.lock(cohort.id)?;
    journal::record(tx, TOLD_OF_END, duo, None, Some(cohort.id))?;
    keep_to_room(tx, &cohort, mentor)
}

/// The directory says what the board says: who has room is offered, and who has none is not.
/// What waits for a mentor beyond the room that is left comes to nothing: all of it with the
/// last place, and proposals that would need more places than there are.
pub(crate) fn keep_to_room(tx: &mut Tx, cohort: &Cohort, mentor: Id) -> Result<(), Failure> {
    let left = duos::slots_left(tx, cohort.id, mentor)?;
    if left > 0 {
        profiles::give_back(tx, cohort.id, mentor)?;
    }
    if left == 0 && who::is_taken(tx, cohort.id, mentor)? {
        profiles::take(tx, cohort.id, mentor)?;
        for request in requests::waiting_for(tx, cohort.id, mentor)? {
            moves::end(tx, cohort, &request, State::Taken, "", None)?;
        }
    }
    let mut proposed = proposals::live_of(tx, &policy::house(), cohort.id, &[mentor])?;
    // What both have been told of stays before what nobody knows.
    proposed.sort_by_key(|it| it.state == "draft");
    for proposal in proposed.iter().skip(usize::try_from(left).unwrap_or(0)) {
        proposals::lapse(tx, cohort, proposal)?;
    }
    Ok(())
}
