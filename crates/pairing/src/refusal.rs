//! Why a question is not answered, in a sentence, and where in it the reason stands.

/// Each is a sentence for the committee.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refusal {
    #[error("The weight of {part} must be a number between 0 and {most}.")]
    Weight { part: &'static str, most: f64 },
    #[error("All weights are nought, so no pair would be better than another. Give at least one part a weight.")]
    NoWeight,
    #[error("The part that matters most to {0} must be one of the six parts of the score.")]
    MattersMost(String),
    #[error("The least score must be a number between 0 and 100.")]
    Least,
    #[error("The score given to {mentee} and {mentor} must be a number between 0 and 100.")]
    GivenScore { mentee: String, mentor: String },
    #[error("{mentee} and {mentor} stand twice among the {list}.")]
    PairTwice { list: &'static str, mentee: String, mentor: String },
    #[error("A {role} has no id.")]
    NoId { role: &'static str },
    #[error("The id {id} stands twice among the {role}s.")]
    IdTwice { role: &'static str, id: String },
    #[error("{who} ranks {whom} twice. Each name stands once in a list.")]
    RankedTwice { who: String, whom: String },
    #[error("{0} stands on their own list. Nobody can be their own mentor.")]
    RankedSelf(String),
    #[error("{0} has a working-style answer outside 1 to 5.")]
    Style(String),
    #[error("{0} has a free hour outside 0 to 167.")]
    Hour(String),
    #[error("{0} wants to meet less than once or more than 31 times a month.")]
    Frequency(String),
    #[error("One plan takes at most {most} {what}, and there are {found}.")]
    TooMany { what: &'static str, most: usize, found: usize },
    #[error(
        "{found} pairs come into question, and one plan takes at most {most}. Let ranked lists bind, or give scores to the pairs that come into question."
    )]
    TooManyPairs { most: usize, found: usize },
    #[error("The {list} name the {role} {id}, who is not in the pool.")]
    Unknown { list: &'static str, role: &'static str, id: String },
    #[error("The {role} {id} is not in the pool.")]
    NotInPool { role: &'static str, id: String },
    #[error("{0} is locked to two mentors.")]
    LockedTwice(String),
    #[error("{0} is locked to more mentees than this mentor takes.")]
    LockedPastCapacity(String),
    #[error("{mentee} and {mentor} are locked, but a rule keeps them apart: {why} Unlock them or record an override.")]
    LockedAgainstRule { mentee: String, mentor: String, why: String },
    #[error("The file is not as it should be: {0}.")]
    Unreadable(String),
    #[error("The file has {found} bytes; {most} are the most.")]
    TooLong { found: usize, most: usize },
    #[error("This file has format {0}; this version reads formats 1 and 2.")]
    Format(u32),
    #[error("Lists that come first need format 2; this file has format 1.")]
    FirstNeedsFormatTwo,
    /// Any of them, with the line of the file.
    #[error("Line {line}: {refusal}")]
    InLine { line: usize, refusal: Box<Refusal> },
}

/// Where in the question something stands: `mentees`, the fourth, `ranked`. Empty where it is the whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) list: &'static str,
    pub(crate) at: Option<usize>,
    pub(crate) key: &'static str,
}

impl Place {
    pub(crate) fn whole(list: &'static str) -> Self {
        Place { list, ..Place::default() }
    }

    pub(crate) fn of(list: &'static str, at: usize, key: &'static str) -> Self {
        Place { list, at: Some(at), key }
    }
}

/// A refusal and its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fault {
    pub(crate) refusal: Refusal,
    pub(crate) place: Place,
}

impl Refusal {
    pub(crate) fn at(self, place: Place) -> Fault {
        Fault { refusal: self, place }
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        fault.refusal
    }
}
