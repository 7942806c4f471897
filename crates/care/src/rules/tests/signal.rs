use jiff::civil::{Date, date};
use program::rules::calendar::add;

use crate::rules::signal::{About, Facts, Orientation, Round, Signal, State, Word, signal};

const START: Date = date(2026, 6, 27);

/// A duo about which nothing is known, so many days after its start.
fn on_day(days: i64) -> Facts {
    Facts {
        today: add(START, days),
        starts: START,
        ends: date(2027, 4, 30),
        last_meeting: None,
        meetings: 0,
        agreement_signed: false,
        goals_set: false,
        rounds: Vec::new(),
        mentor_pulse: None,
        mentee_pulse: None,
        contact_wanted: false,
        undelivered: 0,
        orientation: None,
    }
}

/// A duo that does everything in time.
fn well_on_day(days: i64) -> Facts {
    let last_meeting = Some(add(START, days - 5));
    Facts { last_meeting, meetings: 3, agreement_signed: true, goals_set: true, ..on_day(days) }
}

fn judge(facts: &Facts) -> Signal {
    signal(facts, &crate::signals::of_preset().unwrap())
}

fn light(facts: &Facts, about: About) -> Option<State> {
    judge(facts).facts.into_iter().find(|it| it.about == about).map(|it| it.light)
}

fn words(facts: &Facts, about: About) -> String {
    judge(facts).facts.into_iter().find(|it| it.about == about).map(|it| it.words).unwrap_or_default()
}

// CHK2, first row: the last meeting reported by either.
#[test]
fn the_last_meeting_gives_green_to_35_days_amber_to_60_and_then_red() {
    for (gap, expected) in
        [(0, State::Green), (35, State::Green), (36, State::Amber), (60, State::Amber), (61, State::Red)]
    {
        let facts = Facts { last_meeting: Some(add(START, 100 - gap)), meetings: 2, ..on_day(100) };
        assert_eq!(light(&facts, About::Meetings), Some(expected), "{gap} days");
    }
    let facts = Facts { last_meeting: Some(add(START, 60)), meetings: 2, ..on_day(100) };
    assert_eq!(words(&facts, About::Meetings), "Last met 40 days ago, on 26 Aug 2026; 2 in all.");
}

#[test]
fn no_meeting_by_the_21st_day_is_red_and_silent_and_before_it_is_too_early() {
    assert_eq!(judge(&on_day(20)).word(), Word::TooEarly);
    assert_eq!(judge(&on_day(21)).word(), Word::Silent);
    assert_eq!(words(&on_day(20), About::Meetings), "No meeting yet; the first is expected by 18 Jul 2026.");
}

#[test]
fn a_duo_formed_late_has_its_own_21_days() {
    let facts = Facts { starts: add(START, 50), ..on_day(60) };
    assert_eq!(judge(&facts).word(), Word::TooEarly);
}

fn round(number: i64, mentor: bool, mentee: bool) -> Round {
    Round { number, sent: add(START, number * 20), mentor, mentee }
}

// CHK7, second row: the answers to check-ins.
#[test]
fn silence_of_one_and_of_both_once_and_twice_are_told_apart() {
    use State::{Amber, Green, Red};
    let cases: [(&str, Vec<Round>, Option<State>); 8] = [
        ("no check-in yet", vec![], None),
        ("both answered", vec![round(1, true, true)], Some(Green)),
        ("one silent once", vec![round(1, true, true), round(2, true, false)], Some(Amber)),
        ("one silent twice", vec![round(1, true, false), round(2, true, false)], Some(Red)),
        ("one, then the other", vec![round(1, true, false), round(2, false, true)], Some(Amber)),
        ("both silent once", vec![round(1, true, true), round(2, false, false)], Some(Red)),
        ("both, then one", vec![round(1, false, false), round(2, true, false)], Some(Red)),
        ("silent, then both answered", vec![round(1, false, false), round(2, true, true)], Some(Green)),
    ];
    for (name, rounds, expected) in cases {
        assert_eq!(light(&Facts { rounds, ..well_on_day(100) }, About::CheckIns), expected, "{name}");
    }
    let facts = Facts { rounds: vec![round(1, true, false), round(2, true, false)], ..well_on_day(100) };
    assert_eq!(words(&facts, About::CheckIns), "The mentee answered neither check-in 1 nor check-in 2.");
}

#[test]
fn a_check_in_counts_as_unanswered_after_two_weeks_and_as_answered_at_once() {
    let sent = |days: i64, mentee| vec![Round { number: 1, sent: add(START, 40 - days), mentor: true, mentee }];
    let judged = |days, mentee| light(&Facts { rounds: sent(days, mentee), ..well_on_day(40) }, About::CheckIns);
    assert_eq!(judged(13, false), None);
    assert_eq!(judged(14, false), Some(State::Amber));
    assert_eq!(judged(1, true), Some(State::Green));
}

// Third row: the agreement within 16 days and goals within 45, amber 14 and red 28 days later.
#[test]
fn an_agreement_and_goals_that_are_late_turn_amber_and_then_red() {
    use State::{Amber, Early, Red};
    for (about, due) in [(About::Agreement, 16), (About::Goals, 45)] {
        for (late, expected) in [(0, Early), (13, Early), (14, Amber), (27, Amber), (28, Red)] {
            assert_eq!(light(&on_day(due + late), about), Some(expected), "{about:?}, {late} days late");
        }
        assert_eq!(light(&well_on_day(200), about), Some(State::Green));
    }
    assert_eq!(words(&on_day(17), About::Agreement), "The agreement is not signed yet; one day late.");
    assert_eq!(words(&on_day(30), About::Agreement), "The agreement is not signed yet; 14 days late.");
    assert_eq!(words(&on_day(3), About::Goals), "No goals are set yet; due by 11 Aug 2026.");
}

// Fourth row: "Is this working for you?"
#[test]
fn the_pulse_is_green_from_4_amber_at_3_red_at_2_or_with_a_gap_of_2() {
    use State::{Amber, Green, Red};
    let cases = [
        (None, None, None),
        (Some(4), None, Some(Green)),
        (Some(3), None, Some(Amber)),
        (Some(2), None, Some(Red)),
        (Some(4), Some(5), Some(Green)),
        (Some(3), Some(4), Some(Amber)),
        (Some(5), Some(2), Some(Red)),
        (Some(5), Some(3), Some(Red)),
        (Some(1), Some(1), Some(Red)),
    ];
    for (mentor_pulse, mentee_pulse, expected) in cases {
        let facts = Facts { mentor_pulse, mentee_pulse, ..well_on_day(100) };
        assert_eq!(light(&facts, About::Pulse), expected, "{mentor_pulse:?} {mentee_pulse:?}");
    }
}

#[test]
fn a_low_pulse_needs_a_word_and_is_not_called_silent() {
    let facts = Facts { mentee_pulse: Some(2), ..well_on_day(100) };
    assert_eq!(judge(&facts).word(), Word::NeedsAWord);
}

// Fifth row: "please contact me" is always red.
#[test]
fn a_wish_to_be_contacted_is_red_whatever_else_is_green() {
    let facts = Facts { contact_wanted: true, mentor_pulse: Some(5), mentee_pulse: Some(5), ..well_on_day(100) };
    assert_eq!(judge(&facts).state, State::Red);
    assert_eq!(judge(&Facts { contact_wanted: false, ..facts }).state, State::Green);
}

// Sixth row: letters that come back.
#[test]
fn one_letter_that_came_back_is_amber_and_two_are_red() {
    for (undelivered, expected) in [(0, None), (1, Some(State::Amber)), (2, Some(State::Red))] {
        assert_eq!(light(&Facts { undelivered, ..well_on_day(100) }, About::Letters), expected);
    }
}

// ORI3, seventh row: the orientation.
#[test]
fn the_orientation_is_green_when_attended_amber_when_excused_and_red_when_missed_for_14_days() {
    use Orientation::{Attended, Excused, Missed};
    let cases = [
        (None, 100, None),
        (Some(Attended), 5, Some(State::Green)),
        (Some(Excused), 5, Some(State::Amber)),
        (Some(Missed), 13, Some(State::Early)),
        (Some(Missed), 14, Some(State::Red)),
    ];
    for (orientation, day, expected) in cases {
        assert_eq!(light(&Facts { orientation, ..on_day(day) }, About::Orientation), expected, "{orientation:?}");
    }
}

#[test]
fn the_worst_fact_decides_and_a_signature_alone_is_not_on_track() {
    assert_eq!(judge(&well_on_day(60)).word(), Word::OnTrack);
    assert_eq!(judge(&Facts { agreement_signed: true, ..on_day(10) }).word(), Word::TooEarly);
    let facts = Facts { last_meeting: Some(add(START, 60)), meetings: 1, ..well_on_day(100) };
    assert_eq!(judge(&facts).word(), Word::NeedsAWord);
}

#[test]
fn after_the_end_of_the_session_nothing_gets_worse() {
    let facts = Facts { last_meeting: Some(date(2027, 4, 20)), meetings: 9, ..well_on_day(0) };
    assert_eq!(judge(&Facts { today: date(2027, 9, 1), ..facts }).word(), Word::OnTrack);
}
