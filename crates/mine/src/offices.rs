//! What somebody hands over before they can be forgotten.

use platform::prelude::*;
use policy::Role;

/// What stands in the way, as sentences, each with the page where it is put right.
pub(crate) fn held(tx: &mut Tx, person: Id) -> Result<Vec<(String, &'static str)>, Failure> {
    let mut held = Vec::new();
    let chairs = program::holders(tx, Role::Chair, Id::default())?;
    if chairs == [person] {
        held.push(("You are the only chair. Please hand the chair over first.".to_owned(), "/committee"));
    }
    let duos = care::accompanied_by(tx, person)?.len();
    if duos > 0 {
        let many = if duos == 1 { "one duo".to_owned() } else { format!("{duos} duos") };
        held.push((format!("You accompany {many}. Please let the chair hand them over first."), "/desk"));
    }
    Ok(held)
}
