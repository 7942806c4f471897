//! Who must not be paired.

use super::*;

fn li() -> Mentor {
    Mentor {
        name: "Li Chen".to_string(),
        employer: Some("Lakeside Library".to_string()),
        mail_domain: Some("lakeside.example".to_string()),
        ..mentor("li", &[])
    }
}

fn ana() -> Mentee {
    Mentee { name: "Ana Ruiz".to_string(), ..mentee("ana", &[]) }
}

#[test]
fn each_hard_rule_keeps_two_people_apart_from_either_side() {
    let cases = [
        (Mentee { id: "li".to_string(), ..ana() }, li(), Reason::SamePerson),
        (Mentee { employer: Some(" lakeside  LIBRARY ".to_string()), ..ana() }, li(), Reason::SameEmployer),
        (Mentee { mail_domain: Some("Lakeside.example".to_string()), ..ana() }, li(), Reason::SameMailDomain),
        (Mentee { supervised_by: texts(&["li"]), ..ana() }, li(), Reason::Confidential),
        (ana(), Mentor { supervised_by: texts(&["ana"]), ..li() }, Reason::Confidential),
        (Mentee { not_with: texts(&["li"]), ..ana() }, li(), Reason::Confidential),
        (Mentee { not_with: texts(&["li chen"]), ..ana() }, li(), Reason::Confidential),
        (Mentee { not_with: texts(&["Lakeside library"]), ..ana() }, li(), Reason::Confidential),
        (ana(), Mentor { not_with: texts(&["ana ruiz"]), ..li() }, Reason::Confidential),
        (Mentee { past_partners: texts(&["li"]), ..ana() }, li(), Reason::PastPartners),
        (ana(), Mentor { past_partners: texts(&["ana"]), ..li() }, Reason::PastPartners),
    ];
    for (mentee, mentor, reason) in cases {
        assert_eq!(excluded(&mentee, &mentor), Some(reason));
    }
}

#[test]
fn two_people_of_whom_nothing_is_known_may_be_paired() {
    assert_eq!(excluded(&ana(), &li()), None);
    let blank = Mentee { employer: Some(" ".to_string()), not_with: texts(&["", " "]), ..ana() };
    assert_eq!(excluded(&blank, &Mentor { employer: Some(String::new()), name: String::new(), ..li() }), None);
}

#[test]
fn everything_sealed_reads_the_same_whoever_asked_and_whatever_for() {
    let sealed = [
        (Mentee { supervised_by: texts(&["li"]), ..ana() }, li()),
        (ana(), Mentor { supervised_by: texts(&["ana"]), ..li() }),
        (Mentee { not_with: texts(&["li chen"]), ..ana() }, li()),
        (ana(), Mentor { not_with: texts(&["ana ruiz"]), ..li() }),
        (Mentee { not_with: texts(&["Lakeside library"]), ..ana() }, li()),
    ];
    let mut told = Vec::new();
    for (mentee, mentor) in sealed {
        let input = Input { mentees: vec![mentee], mentors: vec![li(), mentor], ..Input::default() };
        let input = Input { mentors: input.mentors[1..].to_vec(), ..input };
        for objective in Objective::ALL {
            let made = plan(&input, objective, 0).unwrap();
            assert_eq!(made.pairs, []);
            let why = why_not(&input, &made, "ana", "li").unwrap();
            let explained = explain(&input, "ana", "li").unwrap();
            let left = (made.unmatched[0].words.clone(), made.rules);
            told.push((why, format!("{:?} {:?}", explained.excluded, explained.words), left));
        }
    }
    assert_eq!(told[0].0, ["A confidential rule keeps these two apart."]);
    assert!(told.iter().all(|it| *it == told[0]), "{told:#?}");
}

#[test]
fn an_override_sets_a_rule_aside_but_nobody_becomes_their_own_mentor() {
    let same = |id: &str| Mentee { employer: li().employer, ..mentee(id, &[]) };
    let allow = |id: &str| Override { mentee: id.to_string(), mentor: "li".to_string(), why: "agreed".to_string() };
    let mut input = Input { mentees: vec![same("ana")], mentors: vec![li()], ..Input::default() };
    assert_eq!(plan(&input, Objective::MostPairs, 0).unwrap().pairs, []);
    input.overrides = vec![allow("ana")];
    assert_eq!(pairs(&plan(&input, Objective::MostPairs, 0).unwrap()), [("ana", "li")]);
    input.mentees = vec![same("li")];
    input.overrides = vec![allow("li")];
    assert_eq!(plan(&input, Objective::MostPairs, 0).unwrap().pairs, []);
}

// ALG3
#[test]
fn the_plan_counts_whom_each_rule_keeps_apart() {
    let same = |id: &str| Mentee { employer: li().employer, ..mentee(id, &[]) };
    let input = Input {
        mentees: vec![same("ana"), same("bo"), mentee("cy", &[])],
        mentors: vec![li(), mentor("mo", &[])],
        exclusions: vec![Exclusion { mentee: "cy".into(), mentor: "mo".into(), why: "they are cousins.".into() }],
        ..Input::default()
    };
    let counts = plan(&input, Objective::MostPairs, 0).unwrap().rules;
    let rule = |rule: &str, pairs, mentees, mentors| RuleCount {
        rule: rule.into(),
        pairs,
        mentees,
        mentors,
        mentees_left_with_nobody: 0,
        mentors_left_with_nobody: 0,
    };
    assert_eq!(counts, [rule("excluded by the committee", 1, 1, 1), rule("same employer", 2, 2, 1)]);
}

// ALG3
#[test]
fn a_must_rule_says_whom_it_leaves_with_nobody() {
    let goal = |id: &str, goals: &[&str]| Mentee { goals: texts(goals), ..mentee(id, &[]) };
    let topic = |id: &str, topics: &[&str]| Mentor { topics: texts(topics), ..mentor(id, &[]) };
    let input = Input {
        mentees: vec![goal("ana", &["budgeting"]), goal("bo", &["research"]), goal("cy", &[])],
        mentors: vec![topic("li", &["budgeting"]), topic("mo", &["maps"])],
        must: vec![Must::FirstGoal],
        ..Input::default()
    };
    let made = plan(&input, Objective::MostPairs, 0).unwrap();
    let counts = RuleCount {
        rule: "must name the first goal".into(),
        pairs: 3,
        mentees: 2,
        mentors: 2,
        mentees_left_with_nobody: 1,
        mentors_left_with_nobody: 0,
    };
    assert_eq!(made.rules, [counts]);
    assert_eq!(pairs(&made), [("ana", "li"), ("cy", "mo")]);
    assert_eq!(
        why_not(&input, &made, "bo", "mo").unwrap(),
        ["The mentor does not name the mentee's first goal, which this program asks for."]
    );
}

#[test]
fn every_must_rule_keeps_apart_who_breaks_it_and_nobody_of_whom_it_is_not_known() {
    let whole = (
        Mentee {
            goals: texts(&["budgeting"]),
            kinds_wanted: texts(&["college"]),
            channels: texts(&["video"]),
            hours: vec![1, 2, 3],
            place: texts(&["US"]),
            ..ana()
        },
        Mentor {
            topics: texts(&["maps"]),
            kinds_had: texts(&["school"]),
            channels: texts(&["phone"]),
            hours: vec![3, 4, 5],
            place: texts(&["NZ"]),
            ..mentor("li", &[])
        },
    );
    for must in Must::ALL {
        let apart = |mentee: &Mentee, mentor: &Mentor| {
            let (mentees, mentors) = (vec![mentee.clone()], vec![mentor.clone()]);
            let input = Input { mentees, mentors, must: vec![must], ..Input::default() };
            plan(&input, Objective::MostPairs, 0).unwrap().pairs.is_empty()
        };
        assert!(apart(&whole.0, &whole.1), "{must:?}");
        assert!(!apart(&ana(), &whole.1) && !apart(&whole.0, &mentor("li", &[])), "{must:?}");
    }
}

// SLF7
#[test]
fn who_is_ruled_out_everywhere_reads_that_rules_did_it_and_not_which_about_people() {
    let input = Input {
        mentees: vec![Mentee { employer: li().employer, past_partners: texts(&["mo"]), ..ana() }],
        mentors: vec![li(), mentor("mo", &[])],
        ..Input::default()
    };
    let why = |input: &Input| plan(input, Objective::MostPairs, 0).unwrap().unmatched[0].words.clone();
    assert_eq!(why(&input), "No mentor is left for Ana Ruiz after the rules: kept apart (2).");
    // A wish of her own, or of a mentor, reads the same.
    let ana = Mentee { employer: li().employer, not_with: texts(&["mo"]), ..ana() };
    assert_eq!(why(&Input { mentees: vec![ana], ..input.clone() }), why(&input));
    let other = Mentor { channels: texts(&["phone"]), ..mentor("oz", &[]) };
    let mentees = vec![Mentee { channels: texts(&["video"]), ..input.mentees[0].clone() }];
    let mentors = vec![li(), mentor("mo", &[]), other];
    let input = Input { mentees, mentors, must: vec![Must::Channel], ..Input::default() };
    assert_eq!(
        why(&input),
        "No mentor is left for Ana Ruiz after the rules: kept apart (2), must share a way to meet (1)."
    );
}

proptest! {
    #[test]
    fn a_whole_pool_is_kept_apart_as_its_people_are_two_by_two(
        wishes in prop::collection::vec((prop::collection::vec(0_usize..7, 0..3), 0_usize..5, 0_usize..3), 8),
        overridden in 0_usize..16,
    ) {
        // Names that meet in odd ways: an id of one is a name of another, and capitals differ.
        let called = ["p0", "P1", "p2", "Lake", "lake ", "p0 ", "nobody"];
        let ids = ["p0", "p1", "p2", "lake"];
        let named = |places: &[usize]| places.iter().map(|place| called[*place].to_string()).collect::<Vec<_>>();
        let (mut mentees, mut mentors) = (Vec::new(), Vec::new());
        for (at, (list, which, employer)) in wishes.iter().enumerate() {
            let mut lists = [vec![], vec![], vec![]];
            lists[which % 3] = named(list);
            let [supervised_by, not_with, past_partners] = lists;
            let employer = ["", "Lake", "sea"][*employer].to_string();
            let name = called[(at + which) % 7].to_string();
            if at < 4 {
                let id = ids[at].to_string();
                let it = Mentee { id, name, supervised_by, not_with, past_partners, ..Mentee::default() };
                mentees.push(Mentee { employer: Some(employer), ..it });
            } else {
                let id = format!("{}{}", ids[at - 4], if at % 2 == 0 { "" } else { "x" });
                let it = Mentor { id, name, supervised_by, not_with, past_partners, ..Mentor::default() };
                mentors.push(Mentor { mail_domain: Some(employer.clone()), employer: Some(employer), ..it });
            }
        }
        let (one, other) = (mentees[overridden / 4].id.clone(), mentors[overridden % 4].id.clone());
        let overrides = vec![Override { mentee: one, mentor: other, why: "agreed".into() }];
        let must = vec![Must::Hours];
        let input = Input { mentees, mentors, overrides, must, ..Input::default() };
        let pool = crate::pool::Pool::new(&input, 3, Objective::MostPairs).unwrap();
        for (row, mentee) in pool.mentees.iter().enumerate() {
            for (column, mentor) in pool.mentors.iter().enumerate() {
                let together = explain(&input, &mentee.id, &mentor.id).unwrap().excluded;
                prop_assert_eq!(crate::locks::reason(&pool, row, column), together.clone());
                prop_assert_eq!(pool.table.get(row, column).is_none(), together.is_some());
            }
        }
    }
}
