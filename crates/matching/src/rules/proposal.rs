//! The committee's proposals: both decide, and neither knows of the other before both have.

use jiff::Timestamp;

pub(crate) struct ProposalFacts<'a> {
    pub(crate) state: &'a str,
    pub(crate) now: Timestamp,
    pub(crate) due_at: Option<Timestamp>,
    /// What this person said before; empty for nothing.
    pub(crate) said: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ProposalRefusal {
    #[error("You have answered this proposal already. The other answer is still awaited; we write to you both.")]
    Answered,
    #[error("This proposal is settled. The last letter from us says how.")]
    Settled,
    #[error("The days for this answer are over. The committee goes on looking, and writes to you.")]
    Late,
}

/// Whether this person may answer now.
pub(crate) fn answer_proposal(facts: &ProposalFacts) -> Result<(), ProposalRefusal> {
    if facts.state != "sent" {
        return Err(ProposalRefusal::Settled);
    }
    if !facts.said.is_empty() {
        return Err(ProposalRefusal::Answered);
    }
    if facts.due_at.is_some_and(|due| facts.now > due) {
        return Err(ProposalRefusal::Late);
    }
    Ok(())
}

/// What two answers come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Settled {
    Waiting,
    Form,
    Refused,
}

pub(crate) fn settle(mentee: &str, mentor: &str) -> Settled {
    match (mentee, mentor) {
        ("no", _) | (_, "no") => Settled::Refused,
        ("yes", "yes") => Settled::Form,
        _ => Settled::Waiting,
    }
}
