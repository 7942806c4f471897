//! What chair and deputy may open together, against the rule, and how it is told. Pure.

use jiff::{SignedDuration, Timestamp};
use platform::ids::Id;

/// How long it stays open.
pub const LASTS: SignedDuration = SignedDuration::from_mins(60);
/// How long a question waits for its answer.
pub const WAITS: SignedDuration = SignedDuration::from_hours(7 * 24);
pub const SHORTEST_REASON: usize = 20;
pub const LONGEST_REASON: usize = 1000;
/// For how many days telling the two may be put off, for somebody's safety.
pub const LONGEST_DELAY: i64 = 14;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("Please say why in at least {SHORTEST_REASON} characters: the two people will read it.")]
    TooShort,
    #[error("Please shorten the reason to {LONGEST_REASON} characters.")]
    TooLong,
    #[error("Choose from 1 to {LONGEST_DELAY} days.")]
    Delay,
    #[error("Somebody who is in this duo opens nothing of it.")]
    InTheDuo,
    #[error("Somebody else has to confirm what you asked for yourself.")]
    SamePerson,
    #[error("This question is more than a week old. Please ask again if it still matters.")]
    TooLate,
}

/// Whether somebody may ask. `delay` is the number of days to wait before the two are
/// told, where somebody's safety needs it.
pub fn may_ask(asker: Id, duo: [Id; 2], reason: &str, delay: Option<i64>) -> Result<(), Refusal> {
    let length = reason.trim().chars().count();
    if duo.contains(&asker) {
        return Err(Refusal::InTheDuo);
    }
    match length {
        ..SHORTEST_REASON => return Err(Refusal::TooShort),
        length if length > LONGEST_REASON => return Err(Refusal::TooLong),
        _ => {}
    }
    if delay.is_some_and(|days| !(1..=LONGEST_DELAY).contains(&days)) {
        return Err(Refusal::Delay);
    }
    Ok(())
}

/// Whether somebody may confirm what another asked for.
pub fn may_confirm(
    confirmer: Id,
    duo: [Id; 2],
    (asker, asked_at): (Id, Timestamp),
    now: Timestamp,
) -> Result<(), Refusal> {
    if duo.contains(&confirmer) || duo.contains(&asker) {
        return Err(Refusal::InTheDuo);
    }
    if confirmer == asker {
        return Err(Refusal::SamePerson);
    }
    if !still_waits(asked_at, now) {
        return Err(Refusal::TooLate);
    }
    Ok(())
}

pub fn still_waits(asked_at: Timestamp, now: Timestamp) -> bool {
    now < asked_at + WAITS
}

/// Whether a reader reads at this moment: one of the two who opened it, within the hour.
pub fn is_open_to(reader: Id, openers: [Id; 2], confirmed_at: Timestamp, now: Timestamp) -> bool {
    openers.contains(&reader) && now >= confirmed_at && now < confirmed_at + LASTS
}

/// When the two people are told: at once, unless their safety needs some days.
pub fn tell_at(confirmed_at: Timestamp, delay_days: i64) -> Timestamp {
    confirmed_at + SignedDuration::from_hours(24 * delay_days.clamp(0, LONGEST_DELAY))
}
