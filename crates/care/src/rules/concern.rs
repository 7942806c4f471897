//! Whether somebody may raise a concern as they wrote it. Pure.

use jiff::{SignedDuration, Timestamp};
use platform::ids::Id;

pub const LONGEST: usize = 4000;
/// How many one person may have open at a time.
pub const MOST_OPEN: usize = 20;

/// After this time the chairs are asked what is still to be done.
const LONG: SignedDuration = SignedDuration::from_hours(365 * 24);

/// Whether a concern that is open has been so for long.
pub fn is_open_for_long(raised_at: Timestamp, now: Timestamp) -> bool {
    now - LONG > raised_at
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("Please write a few words about what happened.")]
    NoWords,
    #[error("Choose to whom you write.")]
    Nobody,
    #[error("You said that it is about this person. Choose somebody else to write to.")]
    IsAbout,
    #[error("You left this person out. Choose somebody else to write to.")]
    IsLeftOut,
    #[error("You have {MOST_OPEN} concerns open already. Add to one of them, or close what is settled.")]
    TooMany,
}

impl Refusal {
    /// The field that it belongs to.
    pub fn field(self) -> &'static str {
        match self {
            Self::NoWords | Self::TooMany => "words",
            Self::Nobody | Self::IsAbout | Self::IsLeftOut => "to",
        }
    }
}

pub struct Raising<'a> {
    pub words: &'a str,
    pub to: Option<Id>,
    pub named: &'a [Id],
    pub skipped: &'a [Id],
    pub open: usize,
}

/// Every reason that stands against it.
pub fn raise(it: &Raising) -> Vec<Refusal> {
    let to = match it.to {
        None => Some(Refusal::Nobody),
        Some(to) if it.named.contains(&to) => Some(Refusal::IsAbout),
        Some(to) if it.skipped.contains(&to) => Some(Refusal::IsLeftOut),
        Some(_) => None,
    };
    let words = it.words.is_empty().then_some(Refusal::NoWords);
    let many = (it.open >= MOST_OPEN).then_some(Refusal::TooMany);
    to.into_iter().chain(words).chain(many).collect()
}
