//! What decides about surveys. Pure.
//!
//! | question                                              | where          |
//! |-------------------------------------------------------|----------------|
//! | what is due, and whether a day may be moved           | `rules.rs`     |
//! | what may be shown of the answers to one question      | `disclose.rs`  |
//! | the totals of a survey                                | `totals.rs`, `scales.rs` |
//! | the code a person's answers stand under               | `codes.rs`     |

pub mod codes;
pub mod disclose;
pub mod scales;
#[cfg(test)]
mod tests;
pub mod totals;

use jiff::{ToSpan, civil::Date};

/// Days after the opening on which those who have not answered hear from us again.
pub const REMINDER_DAYS: [i64; 3] = [5, 12, 18];
/// Answers and the secret behind their codes are kept this long after the session.
pub const KEPT_DAYS: i64 = 730;
/// Longer than this nobody keeps a survey in mind.
const LONGEST_DAYS: i64 = 90;

/// The reminder that is due, if one is: the newest whose day has come, unless it is out
/// or the survey closes before it. One that was missed is not sent late.
pub fn reminder_due(opened: Date, closes: Date, sent: i64, has_come: impl Fn(Date) -> bool) -> Option<i64> {
    let due = |(number, days): (i64, i64)| {
        let day = later(opened, days);
        (number > sent && day <= closes && has_come(day)).then_some(number)
    };
    (1..).zip(REMINDER_DAYS).filter_map(due).max()
}

/// Whether this reminder is the last one that fits before the close.
pub fn is_last_reminder(opened: Date, closes: Date, number: i64) -> bool {
    let next = usize::try_from(number).ok().and_then(|number| REMINDER_DAYS.get(number));
    next.is_none_or(|days| later(opened, *days) > closes)
}

/// Whether the answers of a session and the secret behind them are to be forgotten.
pub fn is_to_be_forgotten(session_end: Date, today: Date) -> bool {
    today > later(session_end, KEPT_DAYS)
}

/// Why the days of a survey are not changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateRefusal {
    #[error("This survey has closed. Its results stand and are not worked out again.")]
    Closed,
    #[error("This survey is open already, so the day of its opening stays.")]
    AlreadyOpen,
    #[error("A survey opens today or later. Choose a day from today on.")]
    OpensInThePast,
    #[error("A survey closes today or later. Choose a day from today on.")]
    ClosesInThePast,
    #[error("A survey closes after it opens. Choose a later day.")]
    ClosesTooEarly,
    #[error("A survey is open for at most 90 days. Choose an earlier day.")]
    OpenTooLong,
}

/// What is known when the chair wants other days.
pub struct DateFacts<'a> {
    pub state: &'a str,
    pub opens_now: Date,
    pub today: Date,
}

pub fn may_move(facts: &DateFacts, opens: Date, closes: Date) -> Result<(), DateRefusal> {
    let moved = opens != facts.opens_now;
    match facts.state {
        "closed" => Err(DateRefusal::Closed),
        "open" if moved => Err(DateRefusal::AlreadyOpen),
        _ if moved && opens < facts.today => Err(DateRefusal::OpensInThePast),
        _ if closes <= opens => Err(DateRefusal::ClosesTooEarly),
        _ if closes < facts.today => Err(DateRefusal::ClosesInThePast),
        _ if closes > later(opens, LONGEST_DAYS) => Err(DateRefusal::OpenTooLong),
        _ => Ok(()),
    }
}

fn later(day: Date, days: i64) -> Date {
    day.checked_add(days.days()).unwrap_or(Date::MAX)
}
