//! The access matrix: subject, action, facts → grant or refusal. Pure, and closed by default.
//!
//! | what                                          | where                |
//! |-----------------------------------------------|----------------------|
//! | who asks: a person and their roles            | `subject.rs`         |
//! | what may be asked at a door, and by whom      | `actions.rs`         |
//! | what is kept about people                     | `records.rs`         |
//! | who may do what with it: the one table        | `access-matrix.csv`  |
//! | the table as rules                            | `matrix.rs`, `phrases.rs` |
//! | what is true of a record and who asks for it  | `facts.rs`           |
//! | the decision, and its proof                   | `grant.rs`           |
//! | the same for lists                            | `scope.rs`           |
//! | what a query of something confidential takes | `opens.rs`           |
//! | what a sign-in must be                       | `sign_in.rs`         |
//! | "Who can read this?"                          | `readers.rs`         |
//! | the page of the table in `docs/`               | `docs.rs`            |
//! | what is seen by whom that does not read       | `seen.rs`            |
//!
//! Two decisions are made. At the door: does anybody who holds these roles do this at all
//! (`admit`)? At the record: may this person, as the facts stand (`grant`)? A query that
//! opens something confidential takes the grant, so a page that forgets to ask does not
//! compile. What overrules the table stands in `grant.rs`: conflicts of interest, former
//! relations and the breaking of the glass; phases, consent and small groups are facts
//! that the table itself names.

#![forbid(unsafe_code)]

mod actions;
mod docs;
mod facts;
mod grant;
mod matrix;
mod opens;
mod phrases;
mod readers;
mod records;
mod scope;
mod seen;
mod sign_in;
mod subject;

pub use actions::{Action, Audience, Need};
pub use docs::{lines_page, page};
pub use facts::{Bound, Bounds, Condition, Conditions, Facts, Verb, Verbs};
pub use grant::{Grant, May, Right, grant, may, right};
pub use matrix::{Column, Rule, content, rules};
pub use opens::{House, Lists, Opens, house};
pub use readers::{who_can_read, who_can_read_as};
pub use records::{Kind, Record, of};
pub use scope::{Scope, scope};
pub use subject::{Membership, Role, Subject};

/// Why somebody does not come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("please sign in first")]
    SignInFirst,
    /// Answered like a page that does not exist.
    #[error("not found")]
    NotYours,
}

/// Decides whether a subject comes through a door: with a cohort, by what they hold there
/// or in the whole program; without one, by what they hold anywhere.
pub fn admit(subject: &Subject, action: Action, cohort: Option<u128>) -> Result<(), Refusal> {
    match action.audience() {
        Audience::Public => Ok(()),
        _ if subject.person.is_none() => Err(Refusal::SignInFirst),
        Audience::SignedIn => Ok(()),
        Audience::Roles(roles) if subject.reaches(roles, cohort) => Ok(()),
        Audience::Participants if subject.takes_part() => Ok(()),
        Audience::Roles(_) | Audience::Participants | Audience::Token(_) => Err(Refusal::NotYours),
    }
}

/// Whether somebody does what an action does, as the facts stand: through its door, and
/// with its record. To show a way only to those whom it leads somewhere.
pub fn allowed(subject: &Subject, action: Action, facts: &Facts) -> bool {
    let leads = |need: Need| right(subject, need.record, need.verb, facts).is_some();
    admit(subject, action, facts.cohort).is_ok() && action.need().is_none_or(leads)
}

#[cfg(test)]
mod tests;
