//! Programs and cohorts: what runs, when, and who is what in it.
//!
//! | what a person does, or what is kept            | where                              |
//! |------------------------------------------------|------------------------------------|
//! | the program and its cohorts                    | `cohorts.rs`                       |
//! | the calendar, dates from rules                 | `calendar.rs`, `rules/calendar.rs`, `rules/rule.rs` |
//! | who is what, from when to when                 | `memberships.rs`                   |
//! | the preset: a whole program as data            | `preset.rs`, `preset/`             |
//!
//! Invariant: a draft cohort is seen by the committee alone and sends no letter.

pub mod calendar;
pub mod cohorts;
pub mod memberships;
pub mod next;
pub mod preset;
pub mod rules;

pub use calendar::{Calendar, long_day, short_day};
pub use cohorts::{Cohort, Program, cohort, current, program, the_cohort, the_program};
pub use memberships::{enrol, holders, in_cohort, leave, subject};
pub use next::Next;
