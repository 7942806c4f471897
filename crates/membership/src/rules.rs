//! What decides in this room. Pure.
//!
//! | what                                         | where            |
//! |----------------------------------------------|------------------|
//! | which names, numbers and employers are alike | `names.rs`       |
//! | which column of a list says what             | `columns.rs`     |
//! | a line of a list, and what would put it right | `roster_file.rs`, `cells.rs`, `fixes.rs` |
//! | a member list compared with the roster       | `roster.rs`      |
//! | who is a member in good standing             | `standing.rs`    |
//! | whom somebody may step aside from             | `conflicts.rs`   |
//! | when a promise is reminded of                | `promises.rs`    |
//! | whose term may end                           | `committee.rs`   |
//! | when the chair may pass to somebody else      | `hand_over.rs`   |

pub mod cells;
pub mod columns;
pub mod committee;
pub mod conflicts;
pub mod fixes;
pub mod hand_over;
pub mod names;
pub mod promises;
pub mod roster;
pub mod roster_file;
pub mod standing;

#[cfg(test)]
mod tests;
