//! Stepping in: what the chair may do for one of the two of a request.

use super::State;

/// Characters in the reason.
pub(crate) const WHY_AT_MOST: usize = 300;

/// For whom, and what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StepIn {
    /// The mentor has told the chair yes, by telephone perhaps.
    Yes,
    /// The mentor cannot; the next on the list is asked.
    No,
    /// The mentee would rather not wait.
    TakeBack,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum StepInRefusal {
    #[error("This request was settled a moment ago, so there is nothing to step in for.")]
    Over,
    #[error("Please choose what to do.")]
    Nothing,
    #[error("Write why, in a sentence. Both of them read it.")]
    NoReason,
    #[error("Up to 300 characters, please. A sentence is enough.")]
    LongReason,
}

impl StepInRefusal {
    pub(crate) fn field(self) -> &'static str {
        match self {
            Self::Over => "",
            Self::Nothing => "what",
            Self::NoReason | Self::LongReason => "why",
        }
    }
}

impl StepIn {
    pub(crate) const ALL: [Self; 3] = [Self::Yes, Self::No, Self::TakeBack];

    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::TakeBack => "back",
        }
    }
}

/// Whether the chair may do this to a request in this state, with this reason.
pub(crate) fn step_in(state: State, what: &str, why: &str) -> Result<StepIn, StepInRefusal> {
    if state != State::Asked {
        return Err(StepInRefusal::Over);
    }
    let step = StepIn::ALL.into_iter().find(|it| it.key() == what).ok_or(StepInRefusal::Nothing)?;
    match why.trim().chars().count() {
        0 => Err(StepInRefusal::NoReason),
        1..=WHY_AT_MOST => Ok(step),
        _ => Err(StepInRefusal::LongReason),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // SLF6
    #[test]
    fn whoever_steps_in_says_what_and_why_while_the_request_is_open() {
        assert_eq!(step_in(State::Asked, "yes", "She rang."), Ok(StepIn::Yes));
        assert_eq!(step_in(State::Asked, "no", "On leave."), Ok(StepIn::No));
        assert_eq!(step_in(State::Asked, "back", "He asked us to."), Ok(StepIn::TakeBack));
        assert_eq!(step_in(State::Asked, "", "Why"), Err(StepInRefusal::Nothing));
        assert_eq!(step_in(State::Asked, "yes", "  "), Err(StepInRefusal::NoReason));
        assert_eq!(step_in(State::Asked, "yes", &"é".repeat(301)), Err(StepInRefusal::LongReason));
        for state in [State::Accepted, State::Declined, State::Lapsed, State::Withdrawn, State::Taken] {
            assert_eq!(step_in(state, "yes", "Why"), Err(StepInRefusal::Over));
        }
    }
}
