//! Who decides where a chair has a stake: the deputy, or the other chair.

use platform::{identity, prelude::*};
use policy::Role;

/// One sentence that tells who decides instead. Nobody of `concerned` does: whoever asks,
/// and others whom it is about.
pub fn who_decides_instead(tx: &mut Tx, cohort: Id, concerned: &[Id]) -> Result<String, Failure> {
    let mut names: Vec<String> = Vec::new();
    for role in [Role::Deputy, Role::Chair] {
        for person in program::holders(tx, role, cohort)? {
            let Some(account) = identity::find(tx, person)? else { continue };
            if !concerned.contains(&person) && !names.contains(&account.name) {
                names.push(account.name);
            }
        }
    }
    Ok(match names.as_slice() {
        [] => "Nobody decides about what is their own. Appoint a deputy, who then decides here.".to_owned(),
        names => format!("Nobody decides about what is their own. Here {} decides.", names.join(" or ")),
    })
}
