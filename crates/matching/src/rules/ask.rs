//! Asking a mentor.

use crate::terms::Terms;
use program::rules::numbers::counted;

/// Characters in a note.
pub(crate) const NOTE_AT_MOST: usize = 600;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MentorState {
    Free,
    Paused,
    /// Has a mentee for this cohort.
    Taken,
    /// Has no profile in the directory.
    Gone,
}

impl MentorState {
    pub(crate) fn from_key(key: &str) -> Self {
        match key {
            "shown" => Self::Free,
            "paused" => Self::Paused,
            "taken" => Self::Taken,
            _ => Self::Gone,
        }
    }
}

pub(crate) struct AskFacts<'a> {
    pub(crate) directory_open: bool,
    pub(crate) mentee_paired: bool,
    pub(crate) has_live_request: bool,
    pub(crate) mentor_state: MentorState,
    pub(crate) waiting: i64,
    pub(crate) same_employer: bool,
    pub(crate) kept_apart: bool,
    pub(crate) asked_before: bool,
    pub(crate) on_list: bool,
    pub(crate) listed: usize,
    pub(crate) terms: Terms,
    pub(crate) note: &'a str,
}

/// What becomes of a wish that is granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asking {
    Now,
    /// Kept on the list until those before have answered.
    Later,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum AskRefusal {
    #[error("Choosing a mentor oneself is not open today. The calendar says from when to when.")]
    Closed,
    #[error("You have a mentor for this session already.")]
    MenteePaired,
    #[error("This mentor has found a mentee meanwhile. Please choose somebody else; nothing is lost.")]
    Taken,
    #[error("This mentor cannot be asked just now. Please choose somebody else.")]
    NotOffered,
    #[error(
        "You two work for the same employer. The program pairs people from different houses, so that both can speak freely."
    )]
    SameEmployer,
    #[error("You have asked this mentor before, and we ask nobody twice. Please choose somebody else.")]
    AskedBefore,
    #[error("This mentor is on your list already.")]
    OnList,
    #[error("Your list has room for {}, and it is full. Take one off to add another.", counted(*.0, "mentor"))]
    ListFull(i64),
    #[error(
        "This mentor has {} waiting already, and that is the most. Please ask somebody else first, or come back in a few days.",
        counted(*.0, "mentee")
    )]
    TooManyWaiting(i64),
    #[error("Write a short note: who you are, and why this mentor.")]
    NoNote,
    #[error("A note has up to 600 characters; yours has more. A few sentences are enough.")]
    LongNote,
}

impl AskRefusal {
    /// Whether the note is what is wrong, rather than the wish.
    pub(crate) fn is_about_note(self) -> bool {
        matches!(self, Self::NoNote | Self::LongNote)
    }
}

/// Whether this mentee may put this mentor on the list, and whether the mentor is asked at once.
pub(crate) fn ask(facts: &AskFacts) -> Result<Asking, AskRefusal> {
    if !facts.directory_open {
        return Err(AskRefusal::Closed);
    }
    if facts.mentee_paired {
        return Err(AskRefusal::MenteePaired);
    }
    match facts.mentor_state {
        MentorState::Free => {}
        MentorState::Taken => return Err(AskRefusal::Taken),
        MentorState::Paused | MentorState::Gone => return Err(AskRefusal::NotOffered),
    }
    // Said like any other absence: nobody learns that somebody wished it so.
    if facts.kept_apart {
        return Err(AskRefusal::NotOffered);
    }
    if facts.same_employer {
        return Err(AskRefusal::SameEmployer);
    }
    if facts.on_list {
        return Err(AskRefusal::OnList);
    }
    if facts.asked_before {
        return Err(AskRefusal::AskedBefore);
    }
    if facts.listed >= facts.terms.room() {
        return Err(AskRefusal::ListFull(facts.terms.wishes));
    }
    let asking = if facts.has_live_request { Asking::Later } else { Asking::Now };
    if asking == Asking::Now && facts.waiting >= facts.terms.waiting {
        return Err(AskRefusal::TooManyWaiting(facts.terms.waiting));
    }
    match facts.note.chars().count() {
        0 => Err(AskRefusal::NoNote),
        length if length > NOTE_AT_MOST => Err(AskRefusal::LongNote),
        _ => Ok(asking),
    }
}

/// Whether two employers' keys name one employer; an unknown employer is nobody's.
pub(crate) fn same_employer(mentee: &str, mentor: &str) -> bool {
    !mentee.is_empty() && mentee == mentor
}
