//! What decides in this room. Pure.
//!
//! | what                                         | where            |
//! |----------------------------------------------|------------------|
//! | which names, numbers and employers are alike | `names.rs`       |
//! | a member list read from a file               | `roster_file.rs`, `cells.rs` |
//! | a member list compared with the roster       | `roster.rs`      |
//! | who is a member in good standing             | `standing.rs`    |
//! | when a promise is reminded of                | `promises.rs`    |
//! | whose term may end                           | `committee.rs`   |

pub mod cells;
pub mod committee;
pub mod names;
pub mod promises;
pub mod roster;
pub mod roster_file;
pub mod standing;

#[cfg(test)]
mod tests;
