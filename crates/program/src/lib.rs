//! Programs and cohorts: what runs, when, and who is what in it.
//!
//! | what a person does, or what is kept            | where                              |
//! |------------------------------------------------|------------------------------------|
//! | the program and its cohorts                    | `cohorts.rs`                       |
//! | the calendar, dates from rules                 | `calendar.rs`, `rules/calendar.rs`, `rules/rule.rs` |
//! | who is what, from when to when                 | `memberships.rs`                   |
//! | the first start                                | `setup.rs`                         |
//! | the program's own pages, edited by the committee | `pages.rs`                       |
//! | what of the program and cohort a text may name | `facts.rs`, `choosing.rs`          |
//! | how many mentees a mentor takes                | `capacity.rs`                      |
//! | all dates, seen, changed, and taken along      | `dates.rs`, `calendar_file.rs`     |
//! | cohorts opened, closed and begun anew          | `opening.rs`, `running.rs`         |
//! | how long what people wrote is kept             | `keeping.rs`                       |
//! | what is somebody's own, to take along or let go | `mine.rs`                          |
//! | how long what is typed may be                  | `lengths.rs`                       |
//! | what is next for a person; for the chair       | `next.rs`, `chair.rs`              |
//! | the preset: a whole program as data            | `preset.rs`, `preset/`             |
//!
//! Invariant: a draft cohort is seen by the committee alone and sends no letter.

pub mod calendar;
mod calendar_file;
pub mod capacity;
mod chair;
pub mod choosing;
pub mod cohorts;
pub mod dates;
mod facts;
pub mod keeping;
mod lengths;
pub mod memberships;
pub mod mine;
pub mod next;
mod opening;
pub mod pages;
pub mod preset;
pub mod rules;
mod running;
pub mod setup;

#[cfg(test)]
mod journeys;

use platform::{doors::Doors, jobs::Job};

pub use calendar::{Calendar, day_and_time, long_day, short_day};
pub use chair::next_steps;
pub use choosing::Choosing;
pub use cohorts::{Cohort, Program, cohort, current, day_of, program, the_cohort, the_program, today};
pub use memberships::{enrol, holders, in_cohort, leave, named_in_cohort, subject};
pub use mine::Mine;
pub use next::Next;

pub fn doors() -> Doors {
    setup::doors()
        .merge(pages::doors())
        .merge(dates::doors())
        .merge(calendar_file::doors())
        .merge(opening::doors())
        .merge(running::doors())
        .merge(keeping::doors())
}

pub fn jobs() -> Vec<Job> {
    running::jobs()
}
