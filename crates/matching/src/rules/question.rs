//! A question before the answer: one, and both sides have time for it. Pure.

use jiff::civil::Date;

use super::State;

/// Characters in a question, and in its reply.
pub(crate) const WORDS_AT_MOST: usize = 500;
/// Days the mentee has for the reply at least, and the mentor after it.
pub(crate) const DAYS: i64 = 3;

pub(crate) struct QuestionFacts<'a> {
    pub(crate) state: State,
    pub(crate) is_late: bool,
    pub(crate) asked_before: bool,
    pub(crate) words: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum QuestionRefusal {
    #[error("This request does not wait for an answer any more, so nothing was sent.")]
    Over,
    #[error("You have asked a question already, and one is the most: please answer now, or write to each other later.")]
    AskedBefore,
    #[error("This question has its reply already. Thank you.")]
    Replied,
    #[error("Write a sentence or two.")]
    NoWords,
    #[error("That is more than 500 characters. A few sentences are enough.")]
    LongWords,
}

impl QuestionRefusal {
    /// Whether the words are what is wrong, rather than the moment.
    pub(crate) fn is_about_words(self) -> bool {
        matches!(self, Self::NoWords | Self::LongWords)
    }
}

/// Whether the mentor may ask this.
pub(crate) fn ask_question(facts: &QuestionFacts) -> Result<(), QuestionRefusal> {
    open(facts)?;
    if facts.asked_before {
        return Err(QuestionRefusal::AskedBefore);
    }
    words(facts.words)
}

/// Whether the mentee may reply this.
pub(crate) fn reply(facts: &QuestionFacts, replied_before: bool) -> Result<(), QuestionRefusal> {
    open(facts)?;
    if !facts.asked_before {
        return Err(QuestionRefusal::Over);
    }
    if replied_before {
        return Err(QuestionRefusal::Replied);
    }
    words(facts.words)
}

fn open(facts: &QuestionFacts) -> Result<(), QuestionRefusal> {
    if facts.state != State::Asked || facts.is_late { Err(QuestionRefusal::Over) } else { Ok(()) }
}

fn words(words: &str) -> Result<(), QuestionRefusal> {
    match words.trim().chars().count() {
        0 => Err(QuestionRefusal::NoWords),
        1..=WORDS_AT_MOST => Ok(()),
        _ => Err(QuestionRefusal::LongWords),
    }
}

/// The last day for the answer after a question or a reply today: nobody loses a day.
pub(crate) fn due(due: Date, today: Date) -> Date {
    due.max(program::rules::calendar::add(today, DAYS))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn facts(words: &str) -> QuestionFacts<'_> {
        QuestionFacts { state: State::Asked, is_late: false, asked_before: false, words }
    }

    // SLF2
    #[test]
    fn one_question_is_asked_while_the_request_waits() {
        assert_eq!(ask_question(&facts("Which budget?")), Ok(()));
        assert_eq!(ask_question(&facts("  ")), Err(QuestionRefusal::NoWords));
        let long = "x".repeat(WORDS_AT_MOST + 1);
        assert_eq!(ask_question(&facts(&long)), Err(QuestionRefusal::LongWords));
        let again = QuestionFacts { asked_before: true, ..facts("And?") };
        assert_eq!(ask_question(&again), Err(QuestionRefusal::AskedBefore));
        for state in [State::Accepted, State::Declined, State::Lapsed, State::Withdrawn, State::Taken] {
            assert_eq!(ask_question(&QuestionFacts { state, ..facts("Which?") }), Err(QuestionRefusal::Over));
        }
        let late = QuestionFacts { is_late: true, ..facts("Which?") };
        assert_eq!(ask_question(&late), Err(QuestionRefusal::Over));
    }

    #[test]
    fn a_question_has_one_reply() {
        let asked = QuestionFacts { asked_before: true, ..facts("The one for staff.") };
        assert_eq!(reply(&asked, false), Ok(()));
        assert_eq!(reply(&asked, true), Err(QuestionRefusal::Replied));
        assert_eq!(reply(&facts("To nothing"), false), Err(QuestionRefusal::Over));
    }

    #[test]
    fn nobody_loses_a_day_by_a_question() {
        assert_eq!(due(date(2026, 5, 11), date(2026, 5, 5)), date(2026, 5, 11));
        assert_eq!(due(date(2026, 5, 11), date(2026, 5, 10)), date(2026, 5, 13));
    }
}
