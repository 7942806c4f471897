//! What somebody hands over before they can be forgotten.

use platform::prelude::*;

/// What stands in the way, as sentences, each with the page where it is put right.
pub(crate) fn held(tx: &mut Tx, person: Id) -> Result<Vec<(String, &'static str)>, Failure> {
    let mut held = Vec::new();
    if membership::is_needed_as_chair(tx, person)? {
        let words = "Without you nobody would be chair. Please hand the chair over first.";
        held.push((words.to_owned(), "/committee/hand-over"));
    }
    let duos = care::accompanied_by(tx, person)?.len();
    if duos > 0 {
        let many = if duos == 1 { "one duo".to_owned() } else { format!("{duos} duos") };
        held.push((format!("You accompany {many}. Please let the chair hand them over first."), "/desk"));
    }
    Ok(held)
}
