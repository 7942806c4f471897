//! What the committee has decided about choosing and matching goes from a cohort to the one
//! that is begun from it, until that one has its own: the terms of choosing, how many mentors
//! it wants, and what a run counts. SET1

use platform::prelude::*;
use program::{Cohort, cohorts};

use crate::{desk::kept_settings, terms, threshold};

/// Cohorts to which something of the one before still has to come.
pub(crate) fn find(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let mut found = Vec::new();
    for cohort in cohorts::all(tx)?.iter().filter(|it| !it.is_closed()) {
        if waits(tx, cohort)?.is_some() {
            found.push(cohort.id);
        }
    }
    Ok(found)
}

pub(crate) fn act(tx: &mut Tx, cohort: Id) -> Result<(), Failure> {
    tx.lock(cohort)?;
    let cohort = program::the_cohort(tx, cohort)?;
    let Some((before, [terms, mentors, settings])) = waits(tx, &cohort)? else { return Ok(()) };
    if terms {
        let decided = terms::of(tx, before)?;
        terms::write(tx, cohort.id, &decided, None)?;
    }
    if mentors && let Some(wanted) = threshold::wanted(tx, before)? {
        threshold::want(tx, cohort.id, wanted)?;
    }
    if settings && let Some(kept) = kept_settings::of(tx, before)? {
        kept_settings::write(tx, cohort.id, &kept)?;
    }
    Ok(())
}

/// The cohort before, and which of the three stand there and not here.
fn waits(tx: &mut Tx, cohort: &Cohort) -> Result<Option<(Id, [bool; 3])>, Failure> {
    let Some(before) = cohort.begun_from else { return Ok(None) };
    let waits = [
        !terms::are_set(tx, cohort.id)? && terms::are_set(tx, before)?,
        threshold::wanted(tx, cohort.id)?.is_none() && threshold::wanted(tx, before)?.is_some(),
        kept_settings::of(tx, cohort.id)?.is_none() && kept_settings::of(tx, before)?.is_some(),
    ];
    Ok(waits.contains(&true).then_some((before, waits)))
}
