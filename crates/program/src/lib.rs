//! Programs and cohorts: what runs, when, and who is what in it.
//!
//! | what a person does, or what is kept            | where                              |
//! |------------------------------------------------|------------------------------------|
//! | the program and its cohorts                    | `cohorts.rs`                       |
//! | the calendar, dates from rules                 | `calendar.rs`, `rules/calendar.rs`, `rules/rule.rs` |
//! | who is what, from when to when                 | `memberships.rs`                   |
//! | the first start                                | `setup.rs`                         |
//! | the program's own pages, edited by the committee | `pages.rs`                       |
//! | all dates, seen and changed                    | `dates.rs`                         |
//! | cohorts opened, closed and begun anew          | `running.rs`                       |
//! | how long what is typed may be                  | `lengths.rs`                       |
//! | what is next for a person                      | `next.rs`                          |
//! | the preset: a whole program as data            | `preset.rs`, `preset/`             |
//!
//! Invariant: a draft cohort is seen by the committee alone and sends no letter.

pub mod calendar;
pub mod cohorts;
pub mod dates;
mod lengths;
pub mod memberships;
pub mod next;
pub mod pages;
pub mod preset;
pub mod rules;
mod running;
pub mod setup;

#[cfg(test)]
mod journeys;

use platform::{
    doors::{Doors, Failure},
    jobs::Job,
    storage::Tx,
    visit::Visit,
};
use policy::Role;

pub use calendar::{Calendar, long_day, short_day};
pub use cohorts::{Cohort, Program, cohort, current, day_of, program, the_cohort, the_program, today};
pub use memberships::{enrol, holders, in_cohort, leave, subject};
pub use next::Next;

pub fn doors() -> Doors {
    setup::doors().merge(pages::doors()).merge(dates::doors()).merge(running::doors())
}

pub fn jobs() -> Vec<Job> {
    running::jobs()
}

/// What is next for the chair about the program itself.
pub fn next_steps(tx: &mut Tx, visit: &Visit) -> Result<Vec<Next>, Failure> {
    let mut steps = Vec::new();
    if !visit.subject.holds_any(&[Role::Chair, Role::Deputy]) {
        return Ok(steps);
    }
    for cohort in cohorts::all(tx)?.iter().filter(|cohort| cohort.is_draft()) {
        let opens = calendar::of(tx, cohort)?.day("mentor_call_opens");
        let href = format!("/cohorts/{}/calendar", cohort.id);
        let title = format!("Look at the dates of cohort {} and open it", cohort.name);
        steps.push(
            Next::new(title, href, "See all dates")
                .saying("Until then nobody sees it and no letter goes out.")
                .by(opens),
        );
    }
    Ok(steps)
}
