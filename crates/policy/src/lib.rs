//! The access matrix: subject, action → grant or refusal. Pure, and closed by default.
//!
//! | what                               | where        |
//! |------------------------------------|--------------|
//! | who asks: a person and their roles | `subject.rs` |
//! | what may be asked, and by whom     | `actions.rs` |
//! | what a sign-in must be             | `sign_in.rs` |
//!
//! Every door of the house names one action. What a role may do at all is decided
//! here; whose record it is, is decided by loading it through the person who asks:
//! what is not theirs is not found.

#![forbid(unsafe_code)]

mod actions;
mod sign_in;
mod subject;

pub use actions::{Action, Audience};
pub use subject::{Membership, Role, Subject};

/// Proof that an action was allowed to a person. Only `decide` makes one.
#[derive(Debug)]
pub struct Grant {
    action: Action,
    person: Option<u128>,
}

impl Grant {
    pub fn action(&self) -> Action {
        self.action
    }

    pub fn person(&self) -> Option<u128> {
        self.person
    }
}

/// Why an action was not allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("please sign in first")]
    SignInFirst,
    /// Answered like a page that does not exist.
    #[error("not found")]
    NotYours,
}

/// Decides whether a subject may do an action at all.
pub fn decide(subject: &Subject, action: Action) -> Result<Grant, Refusal> {
    let grant = Grant { action, person: subject.person };
    match action.audience() {
        Audience::Public => Ok(grant),
        _ if subject.person.is_none() => Err(Refusal::SignInFirst),
        Audience::SignedIn => Ok(grant),
        Audience::Roles(roles) if subject.holds_any(roles) => Ok(grant),
        Audience::Roles(_) | Audience::Token(_) => Err(Refusal::NotYours),
    }
}

#[cfg(test)]
mod tests;
