use jiff::civil::{Date, date};

use super::*;

const OPENED: Date = Date::constant(2026, 11, 19);
const CLOSES: Date = Date::constant(2026, 12, 10);

fn due_on(today: Date, sent: i64) -> Option<i64> {
    reminder_due(OPENED, CLOSES, sent, |day| day <= today)
}

// SRV3
#[test]
fn reminders_are_due_on_the_fifth_twelfth_and_eighteenth_day() {
    assert_eq!(due_on(date(2026, 11, 23), 0), None);
    assert_eq!(due_on(date(2026, 11, 24), 0), Some(1));
    assert_eq!(due_on(date(2026, 11, 30), 1), None);
    assert_eq!(due_on(date(2026, 12, 1), 1), Some(2));
    assert_eq!(due_on(date(2026, 12, 7), 2), Some(3));
    assert_eq!(due_on(date(2026, 12, 10), 3), None);
}

#[test]
fn a_reminder_that_was_missed_is_not_sent_late_beside_the_next() {
    assert_eq!(due_on(date(2026, 12, 8), 0), Some(3));
    assert_eq!(due_on(date(2026, 12, 8), 3), None);
}

#[test]
fn no_reminder_comes_after_the_close_and_the_last_one_says_so() {
    let early = date(2026, 12, 2);
    assert_eq!(reminder_due(OPENED, early, 2, |_| true), None);
    assert!(is_last_reminder(OPENED, early, 2) && !is_last_reminder(OPENED, early, 1));
    assert!(is_last_reminder(OPENED, CLOSES, 3) && !is_last_reminder(OPENED, CLOSES, 2));
}

#[test]
fn answers_are_forgotten_two_years_after_the_session() {
    let end = date(2027, 4, 30);
    assert!(!is_to_be_forgotten(end, date(2029, 4, 29)));
    assert!(is_to_be_forgotten(end, date(2029, 4, 30)));
}

#[test]
fn the_days_of_a_survey_move_only_while_that_makes_sense() {
    let facts = |state| DateFacts { state, opens_now: OPENED, today: date(2026, 11, 25) };
    let later = date(2026, 12, 20);
    assert_eq!(may_move(&facts("open"), OPENED, later), Ok(()));
    assert_eq!(may_move(&facts("open"), date(2026, 11, 26), later), Err(DateRefusal::AlreadyOpen));
    assert_eq!(may_move(&facts("closed"), OPENED, later), Err(DateRefusal::Closed));
    assert_eq!(may_move(&facts("planned"), date(2026, 11, 24), later), Err(DateRefusal::OpensInThePast));
    assert_eq!(may_move(&facts("planned"), date(2026, 11, 26), later), Ok(()));
    assert_eq!(may_move(&facts("open"), OPENED, OPENED), Err(DateRefusal::ClosesTooEarly));
    assert_eq!(may_move(&facts("open"), OPENED, date(2026, 11, 24)), Err(DateRefusal::ClosesInThePast));
    assert_eq!(may_move(&facts("open"), OPENED, date(2027, 4, 1)), Err(DateRefusal::OpenTooLong));
}
