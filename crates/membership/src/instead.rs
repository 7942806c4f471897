//! Who decides where a chair has a stake: the deputy, or the other chair.

use platform::{identity, prelude::*};
use policy::Role;

use crate::conflicts::steps_aside;

/// One sentence that tells who decides instead of somebody who has a stake. Nobody of
/// `concerned` does, and nobody who steps aside from one of them.
pub fn who_decides_instead(tx: &mut Tx, cohort: Id, concerned: &[Id]) -> Result<String, Failure> {
    let mut names: Vec<String> = Vec::new();
    for role in [Role::Deputy, Role::Chair] {
        for person in program::holders(tx, role, cohort)? {
            let Some(account) = identity::find(tx, person)? else { continue };
            if !names.contains(&account.name) && !has_a_stake(tx, person, concerned)? {
                names.push(account.name);
            }
        }
    }
    Ok(match names.as_slice() {
        [] => "Nobody decides about what is their own. Appoint a deputy, who then decides here.".to_owned(),
        names => format!("Nobody decides about what is their own. Here {} decides.", names.join(" or ")),
    })
}

fn has_a_stake(tx: &mut Tx, person: Id, concerned: &[Id]) -> Result<bool, Failure> {
    for about in concerned {
        if steps_aside(tx, person, *about)?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}
