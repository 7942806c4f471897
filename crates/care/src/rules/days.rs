//! Days that care counts.

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, Weekday},
};
use program::rules::calendar::add;

/// The day that many working days later.
pub fn working_days_after(day: Date, many: u32) -> Date {
    let mut day = day;
    let mut left = many;
    while left > 0 {
        day = add(day, 1);
        if is_weekday(day) {
            left -= 1;
        }
    }
    day
}

pub fn is_weekday(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// For how long what somebody answered to a check-in is theirs to change, unless the next goes
/// out before.
const CHANGES_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Whether an answer to a check-in may still be changed.
pub fn may_be_changed(sent_at: Timestamp, is_followed: bool, now: Timestamp) -> bool {
    !is_followed && now < sent_at + CHANGES_FOR
}

/// The first day of a month that is no Saturday or Sunday.
pub fn first_weekday(of: Date) -> Date {
    let mut day = of.first_of_month();
    while !is_weekday(day) {
        day = add(day, 1);
    }
    day
}

/// The topic letter that is due: its day, and which of the guides it carries, counted
/// from the first month that has one. Only while the session runs.
pub fn topic_letter(today: Date, starts: Date, ends: Date) -> Option<(Date, i64)> {
    let day = first_weekday(today);
    if today < day || day < starts || day > ends {
        return None;
    }
    let mut first = first_weekday(starts);
    if first < starts {
        first = first_weekday(add(starts.last_of_month(), 1));
    }
    let months = i64::from(day.year() - first.year()) * 12 + i64::from(day.month() - first.month());
    Some((day, months + 1))
}

pub fn between(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days())
}
