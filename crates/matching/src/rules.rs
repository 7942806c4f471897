//! Who may ask whom, what an answer does, who is asked next. Plain data in, a decision or
//! a refusal out.

mod ask;
mod capacity;
mod pair_file;
mod proposal;
mod publish;
mod question;
mod step_in;
mod terms;
#[cfg(test)]
mod tests;
pub(crate) mod threshold;

pub(crate) use ask::{AskFacts, AskRefusal, Asking, MentorState, NOTE_AT_MOST, ask, same_employer};
pub(crate) use capacity::{duos_over, mentees_wished};
pub(crate) use pair_file::{Known, LineFault, Named, People, read as read_pairs};
pub(crate) use proposal::{ProposalFacts, ProposalRefusal, Settled, answer_proposal, settle};
pub(crate) use publish::{PublishRefusal, Verdict, mark, publish, sent_words};
pub(crate) use question::{
    QuestionFacts, QuestionRefusal, WORDS_AT_MOST as QUESTION_AT_MOST, ask_question, due, reply,
};
pub(crate) use step_in::{StepIn, StepInRefusal, WHY_AT_MOST, step_in};
pub(crate) use terms::check as check_terms;

use jiff::Timestamp;

/// Under this many mentors per place mentees have too little choice.
pub(crate) const MENTORS_PER_PLACE: f64 = 1.2;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Asked,
    Accepted,
    Declined,
    Lapsed,
    Withdrawn,
    /// The mentor has found another mentee meanwhile.
    Taken,
}

impl State {
    const ALL: [Self; 6] = [Self::Asked, Self::Accepted, Self::Declined, Self::Lapsed, Self::Withdrawn, Self::Taken];

    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Lapsed => "lapsed",
            Self::Withdrawn => "withdrawn",
            Self::Taken => "taken",
        }
    }

    pub(crate) fn from_key(key: &str) -> Self {
        Self::ALL.into_iter().find(|state| state.key() == key).unwrap_or(Self::Withdrawn)
    }
}

pub(crate) struct AnswerFacts {
    pub(crate) state: State,
    pub(crate) now: Timestamp,
    pub(crate) due_at: Timestamp,
    pub(crate) says_yes: bool,
    pub(crate) mentor_paired: bool,
    pub(crate) mentee_paired: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum AnswerRefusal {
    #[error("You have answered this request already, so nothing was changed.")]
    Answered,
    #[error("This request was taken back a moment ago. There is nothing to answer any more.")]
    Withdrawn,
    #[error("The days for this answer are over, and the request has lapsed. Thank you all the same.")]
    Late,
    #[error("You have a mentee for this session already, and no room for another. This request is closed.")]
    MentorPaired,
    #[error("This mentee has found a mentor meanwhile. Thank you for your yes; nothing else is needed.")]
    MenteePaired,
}

/// Whether this answer still counts.
pub(crate) fn answer(facts: &AnswerFacts) -> Result<State, AnswerRefusal> {
    match facts.state {
        State::Asked => {}
        State::Accepted | State::Declined => return Err(AnswerRefusal::Answered),
        State::Withdrawn => return Err(AnswerRefusal::Withdrawn),
        State::Lapsed => return Err(AnswerRefusal::Late),
        State::Taken => return Err(AnswerRefusal::MentorPaired),
    }
    if facts.now > facts.due_at {
        return Err(AnswerRefusal::Late);
    }
    match (facts.says_yes, facts.mentor_paired, facts.mentee_paired) {
        (true, true, _) => Err(AnswerRefusal::MentorPaired),
        (true, _, true) => Err(AnswerRefusal::MenteePaired),
        (true, ..) => Ok(State::Accepted),
        (false, ..) => Ok(State::Declined),
    }
}

/// What is known of one mentor on a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub(crate) mentor_state: MentorState,
    pub(crate) waiting: i64,
}

pub(crate) struct AdvanceFacts<'a> {
    /// Requests that may wait for one mentor.
    pub(crate) waiting_at_most: i64,
    pub(crate) directory_open: bool,
    pub(crate) mentee_paired: bool,
    pub(crate) has_live_request: bool,
    /// In the mentee's order.
    pub(crate) wishes: &'a [Wanted],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Advance {
    /// Nothing to do: somebody is asked, there is a duo, or the time for choosing is over.
    Stay,
    /// Ask the mentor at this place of the list.
    Ask(usize),
    /// Everybody left on the list has as many requests as a mentor may have; wait.
    Wait,
    /// Nobody on the list can be asked any more.
    NobodyLeft,
}

/// Who is asked next. The list's order decides; mentors who cannot be asked are passed over.
pub(crate) fn advance(facts: &AdvanceFacts) -> Advance {
    if !facts.directory_open || facts.mentee_paired || facts.has_live_request {
        return Advance::Stay;
    }
    let open = |wish: &Wanted| wish.mentor_state == MentorState::Free;
    if let Some(place) = facts.wishes.iter().position(|wish| open(wish) && wish.waiting < facts.waiting_at_most) {
        return Advance::Ask(place);
    }
    if facts.wishes.iter().any(open) { Advance::Wait } else { Advance::NobodyLeft }
}

/// The list with one entry a place higher or lower. The one that is asked stays on top.
pub(crate) fn moved<T>(list: Vec<T>, place: usize, up: bool, first_is_asked: bool) -> Vec<T> {
    let mut list = list;
    let other = if up { place.checked_sub(1) } else { place.checked_add(1) };
    let Some(other) = other.filter(|it| *it < list.len() && place < list.len()) else { return list };
    if !(first_is_asked && (place == 0 || other == 0)) {
        list.swap(place, other);
    }
    list
}

/// The days a mentor usually takes to answer: the middle one, and only where there are
/// at least two, so that no single answer can be read from it. PRF6.
pub(crate) fn typical_days(days: &[i64]) -> Option<i64> {
    (days.len() >= 2).then(|| median(days)).flatten()
}

pub(crate) fn median(days: &[i64]) -> Option<i64> {
    let mut sorted = days.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).copied()
}
