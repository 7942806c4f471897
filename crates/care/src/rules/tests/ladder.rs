use jiff::civil::{Date, date};
use program::rules::calendar::add;

use crate::rules::{
    days::{first_weekday, topic_letter, working_days_after},
    ladder::{Climb, Rung, is_quiet, ladder, quiet_since},
    signal::{About, Fact, Signal, State},
};

const MONDAY: Date = date(2026, 9, 7);

/// The rungs climbed when looked at on each of these days since the trouble began.
fn climbed(state: State, days: &[i64]) -> Vec<Option<Rung>> {
    let mut climb = None;
    let mut rungs = Vec::new();
    for day in days {
        let (next, rung) = ladder(state, climb, add(MONDAY, *day));
        climb = next;
        rungs.push(rung);
    }
    rungs
}

#[test]
fn the_ladder_is_climbed_on_days_0_7_14_and_21() {
    let expected =
        [Some(Rung::Watch), None, None, Some(Rung::Write), Some(Rung::TellChair), None, Some(Rung::TalkOptions), None];
    assert_eq!(climbed(State::Amber, &[0, 1, 6, 7, 14, 20, 21, 60]), expected);
    assert_eq!(climbed(State::Red, &[0, 1, 6, 7, 14, 20, 21, 60]), expected);
}

#[test]
fn no_rung_is_skipped_when_nobody_looked_for_a_while() {
    assert_eq!(climbed(State::Amber, &[0, 30, 31]), [Some(Rung::Watch), Some(Rung::Write), Some(Rung::TellChair)]);
}

#[test]
fn a_duo_that_is_well_again_leaves_the_ladder() {
    let climb = Some(Climb { since: MONDAY, rungs: 2 });
    for state in [State::Early, State::Green] {
        assert_eq!(ladder(state, climb, add(MONDAY, 20)), (None, None));
    }
    assert_eq!(ladder(State::Amber, None, add(MONDAY, 30)).1, Some(Rung::Watch));
}

#[test]
fn a_reminder_to_meet_answers_silence_and_nothing_else() {
    let fact = |about, light| Fact { about, light, words: String::new() };
    let signal = |facts: Vec<Fact>| Signal { state: State::Red, facts };
    let gap = fact(About::Meetings, State::Amber);
    assert!(is_quiet(&signal(vec![gap.clone()])));
    assert!(is_quiet(&signal(vec![fact(About::CheckIns, State::Red), fact(About::Agreement, State::Green)])));
    for about in [About::Agreement, About::Pulse, About::Contact] {
        assert!(!is_quiet(&signal(vec![fact(about, State::Red)])));
    }
    let (quiet, well) = (signal(vec![gap]), signal(vec![fact(About::Meetings, State::Green)]));
    assert_eq!(quiet_since(&quiet, None, MONDAY), Some(MONDAY));
    assert_eq!(quiet_since(&quiet, Some(MONDAY), add(MONDAY, 8)), Some(MONDAY));
    assert_eq!(quiet_since(&well, Some(MONDAY), add(MONDAY, 8)), None);
}

#[test]
fn two_working_days_leave_out_the_weekend() {
    let cases = [
        (date(2026, 9, 7), date(2026, 9, 9)),
        (date(2026, 9, 10), date(2026, 9, 14)),
        (date(2026, 9, 12), date(2026, 9, 15)),
    ];
    for (from, expected) in cases {
        assert_eq!(working_days_after(from, 2), expected, "{from}");
    }
}

#[test]
fn the_topic_letter_leaves_on_the_first_weekday_of_each_month_of_the_session() {
    let (starts, ends) = (date(2026, 6, 27), date(2027, 4, 30));
    assert_eq!(first_weekday(date(2026, 8, 20)), date(2026, 8, 3));
    let cases = [
        (date(2026, 6, 30), None),
        (date(2026, 7, 1), Some((date(2026, 7, 1), 1))),
        (date(2026, 8, 2), None),
        (date(2026, 8, 31), Some((date(2026, 8, 3), 2))),
        (date(2027, 1, 4), Some((date(2027, 1, 1), 7))),
        (date(2027, 4, 30), Some((date(2027, 4, 1), 10))),
        (date(2027, 5, 20), None),
    ];
    for (today, expected) in cases {
        assert_eq!(topic_letter(today, starts, ends), expected, "{today}");
    }
}

#[test]
fn a_session_that_begins_on_a_first_weekday_has_its_letter_that_day() {
    assert_eq!(topic_letter(date(2027, 7, 1), date(2027, 7, 1), date(2028, 4, 30)), Some((date(2027, 7, 1), 1)));
}
