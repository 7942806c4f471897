//! When a duo may say that it goes on after the session. Pure.

use jiff::civil::Date;

/// The last days of a session, in which it may be said.
const DAYS: i64 = 28;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    Early,
    Open,
    /// Both have said it.
    Agreed,
    Late,
}

pub fn moment(today: Date, session_ends: Date, both_wish: bool) -> Moment {
    if both_wish {
        Moment::Agreed
    } else if today > session_ends {
        Moment::Late
    } else if super::days_between(today, session_ends) <= DAYS {
        Moment::Open
    } else {
        Moment::Early
    }
}

/// Whether the house closes a duo today: with its session, or, where both wished to go on,
/// after the follow-up session.
pub fn is_over(today: Date, session_ends: Date, follow_up: Date, both_wish: bool) -> bool {
    today > if both_wish { follow_up.max(session_ends) } else { session_ends }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    // END4
    #[test]
    fn the_last_four_weeks_are_the_time_to_say_it() {
        let ends = date(2027, 4, 30);
        let says = |day: Date| moment(day, ends, false);
        assert_eq!(says(date(2027, 4, 1)), Moment::Early);
        assert_eq!(says(date(2027, 4, 2)), Moment::Open);
        assert_eq!(says(ends), Moment::Open);
        assert_eq!(says(date(2027, 5, 1)), Moment::Late);
        assert_eq!(moment(date(2027, 5, 1), ends, true), Moment::Agreed);
    }

    #[test]
    fn a_duo_closes_with_its_session_or_after_the_follow_up() {
        let (ends, follow_up) = (date(2027, 4, 30), date(2027, 6, 26));
        assert!(!is_over(ends, ends, follow_up, false));
        assert!(is_over(date(2027, 5, 1), ends, follow_up, false));
        assert!(!is_over(follow_up, ends, follow_up, true));
        assert!(is_over(date(2027, 6, 27), ends, follow_up, true));
        // A committee may move the follow-up session before the end; nobody loses days by that.
        assert!(!is_over(ends, ends, date(2027, 4, 1), true));
    }
}
