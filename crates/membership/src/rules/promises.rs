//! When somebody who promised to join is reminded.

use jiff::civil::Date;

/// Days before the promise is due on which a reminder goes out.
pub const REMIND_DAYS_BEFORE: [i64; 2] = [30, 7];

/// The reminder that is due today, by its days before, when `reminded` was the last one
/// sent (0 for none). Whoever missed the first gets only the second; after the day, none.
pub fn reminder_due(due: Date, today: Date, reminded: i64) -> Option<i64> {
    let left = due.since(today).map_or(0, |span| i64::from(span.get_days()));
    if left < 0 {
        return None;
    }
    let stage = REMIND_DAYS_BEFORE.into_iter().rev().find(|days| left <= *days)?;
    (reminded == 0 || stage < reminded).then_some(stage)
}
