//! The day has come: every room lets go, the latest first, and the account is emptied.

use platform::{audit, identity, prelude::*};
use program::mine::SOMEONE;

use crate::{leavings, offices, rooms};

/// Whose seven days are over. Whoever has taken on an office meanwhile hands it over first.
pub(crate) fn due(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let mut due = Vec::new();
    for person in leavings::due(tx)? {
        if holds_nothing(tx, person)? {
            due.push(person);
        }
    }
    Ok(due)
}

fn holds_nothing(tx: &mut Tx, person: Id) -> Result<bool, Failure> {
    Ok(offices::held(tx, person)?.is_empty())
}

pub(crate) fn act(tx: &mut Tx, person: Id) -> Result<(), Failure> {
    let is_due = leavings::open_of(tx, person)?.is_some_and(|it| it.due_at <= tx.now());
    if !is_due || !holds_nothing(tx, person)? {
        return Ok(());
    }
    for room in rooms().iter().rev() {
        (room.forget)(tx, person)?;
    }
    identity::empty(tx, person, SOMEONE)?;
    leavings::done(tx, person)?;
    journal::record(tx, "forgotten by their own wish", person, None, None)?;
    audit::forget(tx, person);
    // Outside the database, for whoever puts an older backup back.
    tracing::info!(%person, "forgotten by their own wish");
    Ok(())
}
