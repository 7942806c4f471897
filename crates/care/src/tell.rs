//! Telling the two people that something of theirs was opened.

use platform::prelude::*;

use crate::{letters, openings};

/// Writes to both. Safe to run twice.
pub(crate) fn tell(tx: &mut Tx, id: Id) -> Result<(), Failure> {
    let is_due = openings::untold(tx)?.contains(&id);
    if !is_due || !openings::note_told(tx, id)? {
        return Ok(());
    }
    let Some(opening) = openings::find(tx, id)? else { return Ok(()) };
    let Some(duo) = duos::duo(tx, opening.duo)? else { return Ok(()) };
    let cohort = program::the_cohort(tx, opening.cohort)?;
    letters::answers_opened(tx, &cohort, &duo, &opening)
}
