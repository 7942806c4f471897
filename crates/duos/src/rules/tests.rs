use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::{
    agreement::{self, AgreementRefusal, RevisionFacts},
    goals::{GoalRefusal, Typed, check},
    next::{NextFacts, NextStep, steps},
    *,
};

fn willing() -> FormFacts {
    FormFacts {
        cohort_is_open: true,
        session_is_over: false,
        same_person: false,
        mentor_is_admitted: true,
        mentee_is_admitted: true,
        mentor_is_full: false,
        mentee_has_duo: false,
    }
}

#[test]
fn a_duo_is_formed_when_nothing_speaks_against_it() {
    assert_eq!(form(&willing()), Ok(()));
}

#[test]
fn each_reason_against_a_duo_has_its_own_sentence() {
    let cases = [
        (FormFacts { cohort_is_open: false, ..willing() }, FormRefusal::NotOpen),
        (FormFacts { session_is_over: true, ..willing() }, FormRefusal::SessionOver),
        (FormFacts { same_person: true, ..willing() }, FormRefusal::SamePerson),
        (FormFacts { mentor_is_admitted: false, ..willing() }, FormRefusal::NotMentor),
        (FormFacts { mentee_is_admitted: false, ..willing() }, FormRefusal::NotMentee),
        (FormFacts { mentor_is_full: true, ..willing() }, FormRefusal::MentorTaken),
        (FormFacts { mentee_has_duo: true, ..willing() }, FormRefusal::MenteeTaken),
    ];
    for (facts, refusal) in cases {
        assert_eq!(form(&facts), Err(refusal));
        assert!(refusal.to_string().ends_with('.'));
    }
}

#[test]
fn only_the_two_end_a_duo_and_only_once() {
    assert_eq!(end(true, true), Ok(()));
    assert_eq!(end(true, false), Err(EndRefusal::Over));
    assert_eq!(end(false, true), Err(EndRefusal::NotTheirs));
}

fn met() -> MeetingFacts {
    MeetingFacts {
        day: Some(date(2026, 7, 10)),
        way_is_known: true,
        minutes: Some(60),
        today: date(2026, 7, 12),
        start: date(2026, 6, 27),
        day_is_taken: false,
        duo_is_active: true,
    }
}

// MTG2
#[test]
fn a_meeting_is_a_past_day_a_way_and_a_length() {
    assert_eq!(meeting(&met()), []);
    assert_eq!(meeting(&MeetingFacts { day: Some(date(2026, 7, 12)), ..met() }), []);
    assert_eq!(meeting(&MeetingFacts { day: Some(date(2026, 7, 13)), ..met() }), [MeetingRefusal::Future]);
    assert_eq!(meeting(&MeetingFacts { day: Some(date(2026, 4, 28)), ..met() }), []);
    assert_eq!(meeting(&MeetingFacts { day: Some(date(2026, 4, 27)), ..met() }), [MeetingRefusal::TooEarly]);
    assert_eq!(meeting(&MeetingFacts { day: None, ..met() }), [MeetingRefusal::NoDay]);
    assert_eq!(meeting(&MeetingFacts { day_is_taken: true, ..met() }), [MeetingRefusal::Taken]);
    assert_eq!(meeting(&MeetingFacts { way_is_known: false, ..met() }), [MeetingRefusal::NoWay]);
    for minutes in [None, Some(0), Some(4), Some(601), Some(-5)] {
        assert_eq!(meeting(&MeetingFacts { minutes, ..met() }), [MeetingRefusal::Length]);
    }
}

#[test]
fn everything_wrong_with_a_meeting_is_said_at_once_except_after_the_end() {
    let wrong = MeetingFacts { day: None, way_is_known: false, minutes: None, ..met() };
    assert_eq!(meeting(&wrong).len(), 3);
    assert_eq!(meeting(&MeetingFacts { duo_is_active: false, ..wrong }), [MeetingRefusal::Over]);
}

#[test]
fn the_guide_follows_the_duo_through_its_year() {
    assert_eq!(guide_of(9, false, 200), "first-meeting");
    assert_eq!(guide_of(7, true, 290), "01");
    assert_eq!(guide_of(12, true, 130), "06");
    assert_eq!(guide_of(1, true, 110), "07");
    assert_eq!(guide_of(4, true, 29), "10");
    assert_eq!(guide_of(4, true, 28), "closing");
}

#[test]
fn a_version_is_saved_on_top_of_the_one_that_was_read() {
    let facts = RevisionFacts { duo_is_active: true, newest: 3, seen: 3 };
    assert_eq!(agreement::save(&facts), Ok(4));
    assert_eq!(agreement::sign(&facts), Ok(()));
    let late = RevisionFacts { seen: 2, ..facts };
    assert_eq!(agreement::save(&late), Err(AgreementRefusal::ChangedMeanwhile));
    assert_eq!(agreement::sign(&late), Err(AgreementRefusal::ChangedMeanwhile));
    let over = RevisionFacts { duo_is_active: false, ..facts };
    assert_eq!(agreement::save(&over), Err(AgreementRefusal::Over));
    assert_eq!(agreement::sign(&over), Err(AgreementRefusal::Over));
    let none = RevisionFacts { newest: 0, seen: 0, ..facts };
    assert_eq!(agreement::sign(&none), Err(AgreementRefusal::Nothing));
    assert_eq!(agreement::save(&none), Ok(1));
}

// AGR6
#[test]
fn the_agreement_is_asked_for_before_and_after_its_day() {
    let due = date(2026, 7, 13);
    let asked = |day| agreement::reminders(day, due);
    assert_eq!([asked(date(2026, 7, 9)), asked(date(2026, 7, 10)), asked(date(2026, 7, 15))], [0, 1, 1]);
    assert_eq!(asked(date(2026, 7, 16)), 2);
}

#[test]
fn a_duo_that_began_late_has_sixteen_days_for_its_agreement() {
    let step = date(2026, 7, 13);
    assert_eq!(agreement::due(step, date(2026, 5, 1)), step);
    assert_eq!(agreement::due(step, date(2026, 9, 1)), date(2026, 9, 17));
}

#[test]
fn a_goal_needs_a_title_and_an_empty_one_is_none() {
    let empty = Typed { title: "", why: "", sign: "", by: "", level: "" };
    assert_eq!(check(&empty), []);
    assert_eq!(check(&Typed { why: "Because", ..empty }), [("title", GoalRefusal::NoTitle)]);
    let long = "x".repeat(201);
    assert_eq!(check(&Typed { title: &long, ..empty }), [("title", GoalRefusal::TooLong(200))]);
    let goal = Typed { title: "Lead a team", by: "tomorrow", level: "3", ..empty };
    assert_eq!(check(&goal), [("by", GoalRefusal::NoDay), ("level", GoalRefusal::NoLevel)]);
    let goal = Typed { by: "2027-01-31", level: "-2", ..goal };
    assert_eq!((check(&goal), goal.level()), (vec![], Some(-2)));
}

fn fresh() -> NextFacts {
    NextFacts {
        today: date(2026, 6, 17),
        is_mentor: true,
        is_active: true,
        formed: date(2026, 6, 13),
        orientation: date(2026, 6, 27),
        session_ends: date(2027, 4, 30),
        agreement_step: date(2026, 7, 13),
        last_meeting: None,
        has_signed_pledge: false,
        agreement_is_begun: false,
        agreement_is_signed: false,
        has_confirmed: false,
        has_goals: false,
        owes_wish: false,
    }
}

fn next(facts: &NextFacts) -> Vec<NextStep> {
    steps(facts).into_iter().map(|(step, _)| step).collect()
}

#[test]
fn the_mentor_writes_first_and_the_mentee_sets_the_date() {
    use NextStep::*;
    assert_eq!(next(&fresh()), [SignPledge, WriteFirst, WriteAgreement, SetGoals]);
    let mentee = NextFacts { is_mentor: false, ..fresh() };
    assert_eq!(next(&mentee), [SignPledge, SetFirstDate, WriteAgreement, SetGoals]);
    let due: Vec<_> = steps(&fresh()).into_iter().map(|(_, due)| due.unwrap()).collect();
    assert_eq!(due, [date(2026, 6, 27), date(2026, 6, 18), date(2026, 7, 13), date(2026, 8, 11)]);
    // Nobody is reminded for months of a greeting that they cannot tick off.
    let later = NextFacts { today: date(2026, 6, 19), ..fresh() };
    assert_eq!(steps(&later)[1], (SetFirstDate, Some(date(2026, 7, 11))));
}

#[test]
fn who_has_confirmed_waits_for_the_other() {
    let begun = NextFacts { agreement_is_begun: true, has_signed_pledge: true, has_goals: true, ..fresh() };
    assert!(next(&begun).contains(&NextStep::ConfirmAgreement));
    assert_eq!(next(&NextFacts { has_confirmed: true, ..begun }), [NextStep::WriteFirst]);
    assert_eq!(next(&NextFacts { agreement_is_signed: true, ..begun }), [NextStep::WriteFirst]);
}

#[test]
fn a_month_without_a_meeting_is_asked_about_and_the_closing_talk_is_planned() {
    let settled = NextFacts {
        has_signed_pledge: true,
        agreement_is_begun: true,
        agreement_is_signed: true,
        has_goals: true,
        last_meeting: Some(date(2026, 9, 1)),
        today: date(2026, 9, 30),
        ..fresh()
    };
    assert_eq!(next(&settled), []);
    assert_eq!(next(&NextFacts { today: date(2026, 10, 1), ..settled }), [NextStep::LogMeeting]);
    let end = NextFacts { today: date(2027, 4, 2), last_meeting: Some(date(2027, 3, 20)), ..settled };
    assert_eq!(next(&end), [NextStep::PlanClosing]);
}

#[test]
fn after_the_end_only_the_one_who_was_left_is_asked_something() {
    let ended = NextFacts { is_active: false, ..fresh() };
    assert_eq!(next(&ended), []);
    assert_eq!(next(&NextFacts { owes_wish: true, ..ended }), [NextStep::SayWish]);
}

fn any_day() -> impl Strategy<Value = Date> {
    (0i64..800).prop_map(|days| plus(date(2026, 1, 1), days))
}

proptest! {
    #[test]
    fn a_logged_meeting_is_never_in_the_future(day in any_day(), today in any_day(), start in any_day()) {
        let facts = MeetingFacts { day: Some(day), today, start, ..met() };
        if meeting(&facts).is_empty() {
            prop_assert!(day <= today && day >= plus(start, -60));
        }
    }

    #[test]
    fn reminders_never_grow_fewer_as_days_go_by(due in any_day(), day in any_day(), later in 0i64..60) {
        prop_assert!(agreement::reminders(day, due) <= agreement::reminders(plus(day, later), due));
    }

    #[test]
    fn days_between_undoes_adding_days(day in any_day(), days in -400i64..400) {
        prop_assert_eq!(days_between(day, plus(day, days)), days);
    }

    #[test]
    fn nobody_is_asked_twice_for_the_same(
        today in any_day(), formed in any_day(), met in proptest::option::of(any_day()), bits in 0u8..128
    ) {
        let bit = |at: u8| bits & (1 << at) != 0;
        let facts = NextFacts {
            today,
            formed,
            last_meeting: met,
            is_mentor: bit(0),
            has_signed_pledge: bit(1),
            agreement_is_begun: bit(2),
            agreement_is_signed: bit(2) && bit(3),
            has_confirmed: bit(2) && bit(4),
            has_goals: bit(5),
            is_active: bit(6),
            ..fresh()
        };
        let mut asked: Vec<String> = next(&facts).iter().map(|it| format!("{it:?}")).collect();
        let many = asked.len();
        asked.sort();
        asked.dedup();
        prop_assert_eq!(asked.len(), many);
        prop_assert!(facts.is_active || asked.is_empty());
    }
}

// SLF5
#[test]
fn the_next_duo_takes_the_lowest_free_slot_and_none_where_there_is_no_room() {
    use super::free_slot;
    assert_eq!((free_slot(&[], 1), free_slot(&[1], 1)), (Some(1), None));
    assert_eq!((free_slot(&[1], 3), free_slot(&[2], 3), free_slot(&[1, 3], 3)), (Some(2), Some(1), Some(2)));
    assert_eq!(free_slot(&[2], 1), None, "who wished to have fewer is not given more");
    assert_eq!(free_slot(&[3], 2), Some(1), "a slot above the wished number counts like any other");
    assert_eq!(free_slot(&[1, 2, 3, 4, 5], 5), None);
}
