//! Every guard of the house: what decides who gets what. Where a line changes, its entry
//! changes with it; a test says which entry no longer fits.
//!
//! | guards of | where |
//! |---|---|
//! | the crate `policy`, and who somebody is | `guards/ground.rs` |
//! | duos, their liaisons and the breaking of the glass | `guards/duos.rs` |
//! | desks at which the committee works | `guards/desks.rs` |
//! | applications, matching and all other rooms | `guards/rooms.rs` |
//!
//! Some guards stand in front of one another, so that the test sees nothing while only one
//! of them is missing. Such walls are taken away together, as one entry with several edits.

mod desks;
mod duos;
mod ground;
mod rooms;

use super::edits::{Edit, Guard};

pub fn all() -> Vec<Guard> {
    [ground::GUARDS, duos::GUARDS, desks::GUARDS, rooms::GUARDS].concat()
}

/// A guard that stands in one place.
const fn edit(file: &'static str, from: &'static str, to: &'static str) -> Edit {
    Edit { file, from, to }
}
