use jiff::civil::{Date, date};

use super::calendar::Anchors;
use crate::{calendar, cohorts::saturday_from};

/// Three cohorts worked out by hand, step by step.
const COLUMNS: &[(&str, &str, &str, &str)] = &[
    ("mentor_call_opens", "2008-02-05", "2009-02-17", "2026-02-03"),
    ("mentee_call_opens", "2008-02-19", "2009-03-03", "2026-02-17"),
    ("mentor_call_closes", "2008-04-14", "2009-04-27", "2026-04-13"),
    ("mentee_call_closes", "2008-04-21", "2009-05-04", "2026-04-20"),
    ("decisions_sent", "2008-04-23", "2009-05-06", "2026-04-22"),
    ("directory_opens", "2008-04-28", "2009-05-11", "2026-04-27"),
    ("directory_closes", "2008-06-02", "2009-06-15", "2026-06-01"),
    ("assisted_matching_done", "2008-06-09", "2009-06-22", "2026-06-08"),
    ("duos_confirmed", "2008-06-16", "2009-06-29", "2026-06-15"),
    ("training_due", "2008-06-25", "2009-07-08", "2026-06-24"),
    ("orientation", "2008-06-28", "2009-07-11", "2026-06-27"),
    ("check_in_1", "2008-07-08", "2009-07-21", "2026-07-07"),
    ("agreement_due", "2008-07-14", "2009-07-27", "2026-07-13"),
    ("check_in_2", "2008-08-04", "2009-08-17", "2026-08-03"),
    ("rematch_promise_ends", "2008-08-27", "2009-09-09", "2026-08-26"),
    ("check_in_3", "2008-09-26", "2009-10-09", "2026-09-25"),
    ("midway_survey_opens", "2008-11-20", "2009-11-20", "2026-11-19"),
    ("midway_survey_closes", "2008-12-11", "2009-12-11", "2026-12-10"),
    ("interim_report_draft", "2009-01-02", "2009-12-21", "2027-01-08"),
    ("interim_report_due", "2009-01-16", "2010-01-08", "2027-01-22"),
    ("midwinter", "2009-01-23", "2010-01-15", "2027-01-29"),
    ("check_in_5", "2009-02-06", "2010-01-29", "2027-02-12"),
    ("check_in_6", "2009-04-02", "2010-04-02", "2027-04-02"),
    ("final_survey_opens", "2009-04-16", "2010-04-16", "2027-04-16"),
    ("session_ends", "2009-04-30", "2010-04-30", "2027-04-30"),
    ("alumni_invited", "2009-05-01", "2010-05-03", "2027-05-03"),
    ("final_survey_closes", "2009-05-14", "2010-05-14", "2027-05-14"),
    ("final_report_due", "2009-06-15", "2010-06-14", "2027-06-14"),
    ("follow_up_session", "2009-07-11", "2010-06-26", "2027-06-26"),
];

fn expect(anchors: &Anchors, column: impl Fn(&(&str, &'static str, &'static str, &'static str)) -> &'static str) {
    let days = calendar::from_rules(anchors);
    assert_eq!(days.len(), COLUMNS.len());
    for row in COLUMNS {
        assert_eq!(days.get(row.0).map(Date::to_string).as_deref(), Some(column(row)), "{}", row.0);
    }
}

// SET3: the pilot, dated by the public record.
#[test]
fn the_rules_give_every_date_of_the_pilot() {
    let anchors = Anchors {
        saturday: saturday_from(date(2008, 6, 26)),
        midwinter: Some(date(2009, 1, 23)),
        next_saturday: Some(date(2009, 7, 11)),
    };
    expect(&anchors, |row| row.1);
}

// SET3
#[test]
fn the_rules_give_every_date_of_the_second_cohort() {
    let anchors = Anchors {
        saturday: saturday_from(date(2009, 7, 9)),
        midwinter: Some(date(2010, 1, 15)),
        next_saturday: Some(date(2010, 6, 26)),
    };
    expect(&anchors, |row| row.2);
}

// SET3: there is no midwinter meeting any more; the last Friday of January stands in.
#[test]
fn without_a_midwinter_meeting_the_last_friday_of_january_stands_in() {
    let anchors = Anchors { saturday: saturday_from(date(2026, 6, 25)), midwinter: None, next_saturday: None };
    expect(&anchors, |row| row.3);
}

#[test]
fn every_rule_of_the_preset_can_be_read_and_counts_from_what_came_before() {
    let mut seen = Vec::new();
    for step in calendar::steps() {
        let rule: super::rule::Rule = step.rule_text().parse().unwrap();
        if let super::rule::Rule::Offset { from: super::rule::From::Step(id), .. } = &rule {
            assert!(seen.contains(id), "{} counts from {id}, which comes later", step.id);
        }
        seen.push(step.id.clone());
    }
    assert_eq!(seen.len(), 29);
}

#[test]
fn what_is_no_rule_is_refused_with_an_example() {
    for text in ["", "X+3", "S+", "S+x", "min(S)", "T1"] {
        let refusal = text.parse::<super::rule::Rule>().unwrap_err();
        assert!(refusal.to_string().contains("such as S-130"), "{text}");
    }
}

// SET3
#[test]
fn dates_that_contradict_each_other_are_named() {
    let anchors = Anchors { saturday: date(2026, 6, 27), midwinter: None, next_saturday: None };
    let mut days = calendar::from_rules(&anchors);
    assert_eq!(super::calendar::contradictions(&days, &anchors), Vec::<String>::new());
    days.insert("directory_closes".to_owned(), date(2026, 4, 1));
    let words = super::calendar::contradictions(&days, &anchors);
    assert_eq!(words, ["Choosing a mentor ends before it begins (2026-04-27 is after 2026-04-01)."]);
}

proptest::proptest! {
    // SET1: next year's cohort, and the one after, keep the order of the year.
    #[test]
    fn no_annual_meeting_of_may_to_july_gives_a_calendar_that_contradicts_itself(offset in 0i64..60, year in 2008i16..2060) {
        let first = super::calendar::add(date(year, 6, 16), offset % 30);
        let anchors = Anchors { saturday: saturday_from(first), midwinter: None, next_saturday: None };
        let days = calendar::from_rules(&anchors);
        proptest::prop_assert_eq!(super::calendar::contradictions(&days, &anchors), Vec::<String>::new());
    }
}
