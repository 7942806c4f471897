//! When there are enough mentors for mentees to choose. Pure. SLF8

/// What is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.words())]
pub struct Held {
    pub joined: i64,
    pub wanted: i64,
    /// Whether some take more than one mentee and count as often.
    pub counts_places: bool,
}

impl Held {
    fn words(&self) -> String {
        let Self { joined, wanted, counts_places } = self;
        if *counts_places {
            format!("Mentors have room for {joined} mentees; {wanted} are wanted.")
        } else {
            format!("{joined} of {wanted} mentors have joined.")
        }
    }
}

pub const LONGEST_REASON: usize = 600;
const MOST: i64 = 5000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("Enter a whole number from 0 to {MOST}.")]
    NoNumber,
    #[error("This cohort is closed, so nothing is changed any more.")]
    Closed,
    #[error("Enough mentors have joined, so there is nothing to open.")]
    NotHeld,
    #[error("Please give your reason in a sentence or two, up to {LONGEST_REASON} characters.")]
    NoReason,
}

impl Refusal {
    /// The field at which it is shown.
    pub fn field(self) -> &'static str {
        match self {
            Self::NoNumber => "mentors",
            Self::NoReason => "reason",
            Self::Closed | Self::NotHeld => "",
        }
    }
}

/// Mentors who take more than one mentee count as often.
pub fn held(wanted: i64, mentors: i64, places: i64) -> Option<Held> {
    (places < wanted).then_some(Held { joined: places, wanted, counts_places: places != mentors })
}

pub fn number(wanted: Option<i64>, may_change: bool) -> Result<i64, Refusal> {
    if !may_change {
        return Err(Refusal::Closed);
    }
    wanted.filter(|it| (0..=MOST).contains(it)).ok_or(Refusal::NoNumber)
}

pub fn may_open(is_held: bool, reason: &str) -> Result<(), Refusal> {
    match reason.chars().count() {
        _ if !is_held => Err(Refusal::NotHeld),
        1..=LONGEST_REASON => Ok(()),
        _ => Err(Refusal::NoReason),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // SLF8
    #[test]
    fn matching_waits_for_exactly_as_many_mentors_as_are_wanted() {
        assert_eq!(held(3, 2, 2), Some(Held { joined: 2, wanted: 3, counts_places: false }));
        assert_eq!(held(3, 3, 3), None);
        assert_eq!(held(0, 0, 0), None);
        assert_eq!(held(3, 2, 3), None, "one of the two takes two mentees");
        assert_eq!(held(3, 2, 2).unwrap().to_string(), "2 of 3 mentors have joined.");
        assert_eq!(held(5, 2, 3).unwrap().to_string(), "Mentors have room for 3 mentees; 5 are wanted.");
    }

    // SLF8
    #[test]
    fn the_chair_opens_it_before_that_with_a_reason_alone() {
        assert_eq!(may_open(true, "The others follow next week."), Ok(()));
        assert_eq!(may_open(true, ""), Err(Refusal::NoReason));
        assert_eq!(may_open(true, &"x".repeat(LONGEST_REASON + 1)), Err(Refusal::NoReason));
        assert_eq!(may_open(false, "Why not."), Err(Refusal::NotHeld));
    }

    #[test]
    fn the_number_is_one_that_a_program_can_have() {
        assert_eq!((number(Some(0), true), number(Some(30), true)), (Ok(0), Ok(30)));
        for odd in [None, Some(-1), Some(5001)] {
            assert_eq!(number(odd, true), Err(Refusal::NoNumber));
        }
        assert_eq!(number(Some(3), false), Err(Refusal::Closed));
    }
}
