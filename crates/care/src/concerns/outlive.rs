//! A concern outlives the account of whoever raised it.

use membership::Stake;
use platform::{identity, keys, prelude::*};
use policy::Role;

use super::{Concern, content, place, scope, unreadable};

sql! {
    RESEAL => "update concerns set content = $2 where id = $1";
}

const HANDLERS: [Role; 5] = [Role::Chair, Role::Deputy, Role::Liaison, Role::Council, Role::Staff];

/// Keeps a concern from those who keep out of its reporter's matters, before it is forgotten
/// who the reporter was: afterwards nobody could tell that they have a stake in it.
pub(crate) fn outlive_reporter(tx: &mut Tx, concern: &Concern) -> Result<(), Failure> {
    let Some(mut content) = content(tx, concern)? else { return Ok(()) };
    for role in HANDLERS {
        for person in program::holders(tx, role, concern.cohort)? {
            if person != concern.reporter && Stake::of(tx, person)?.is_about(concern.reporter) {
                content.keep_from(person);
            }
        }
    }
    let text = serde_json::to_string(&content).map_err(unreadable)?;
    let sealed = keys::seal(tx, &scope(concern.id), &place(concern.id, concern.reporter), &text)?;
    tx.exec(&RESEAL, values![concern.id, sealed])?;
    Ok(())
}

/// Whose it is, for the list of readings; nobody's once the reporter is forgotten, so that
/// the audit does not begin to know them again.
pub(crate) fn whose(tx: &mut Tx, concern: &Concern) -> Result<Vec<Id>, Failure> {
    let reporter = identity::find(tx, concern.reporter)?.filter(|it| !it.email.is_empty());
    Ok(reporter.into_iter().map(|it| it.id).collect())
}
