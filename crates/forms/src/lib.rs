//! The committee's forms: what is asked, read kindly, checked, kept and shown.
//!
//! | what                                               | where                      |
//! |----------------------------------------------------|----------------------------|
//! | a form as data, with its sections and fields       | `form.rs`                  |
//! | the form as it stands now, or stood in a version   | `versions.rs`              |
//! | the committee makes and changes its forms          | `editor.rs`, `editor/`, `drafts.rs` |
//! | how a form may be changed; what the program needs  | `rules/change.rs`, `rules/kinds.rs`, `rules/house.rs` |
//! | what somebody answered                             | `answers.rs`               |
//! | from what a browser sent to answers                | `read.rs`                  |
//! | what is wrong with answers, in plain sentences     | `rules.rs`                 |
//! | one section at a time                              | `sections.rs`              |
//! | fields to fill in, answers to read                 | `draw.rs`, `draw/`, `summary.rs` |
//! | files that come with an answer, by what is in them    | `files.rs`, `files/`       |
//! | who can read which answer, in words                | `readers.rs`               |
//! | answers kept, sealed where the form says so        | `kept.rs`                  |
//! | what somebody answered, to take along or let go    | `theirs.rs`                |
//!
//! Invariants: a version of a form never changes once it stands; an answer keeps the
//! version it was given to; a sealed answer is nowhere in clear in the database.

mod answers;
mod drafts;
mod draw;
mod editor;
pub mod files;
mod form;
#[cfg(fuzzing)]
pub mod fuzzed;
#[cfg(test)]
mod journeys;
mod kept;
mod places;
mod read;
mod readers;
mod rules;
mod sections;
mod summary;
mod theirs;
mod versions;

pub use answers::{Answers, Ranked};
pub use draw::fields;
pub use form::{Field, Form, Kind, OnlyIf, Section};
pub use kept::{Keep, Kept, Opener, Stamp, forget, keep, kept, kept_of, last_saved, open_sealed, stamp};
pub use places::{DAY_PARTS, WEEKDAYS, grid_words, style_pairs, zone_words};
pub use read::read;
pub use readers::{LIAISON, REVIEWING, SHOWN, readers_words};
pub use rules::{characters, faults, house::is_own};
pub use sections::{Progress, faults_of, mark, one_section, part_of, progress, whole_section, with_section};
pub use summary::{answer_words, is_read_by, label, shown_answer, summary};
pub use theirs::{mine, said_in};
pub use versions::{as_given, current, edit, names, of_version};

use platform::{doors::Failure, jobs::Job, prelude::*};

/// Forms stand on the pages of the rooms that ask them; here they are made.
pub fn doors() -> Doors {
    editor::doors()
}

pub fn jobs() -> Vec<Job> {
    Vec::new()
}

pub fn next_steps(_: &mut Tx, _: &Visit) -> Result<Vec<program::Next>, Failure> {
    Ok(Vec::new())
}
