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
        (Mentee { supervised_by: texts(&["li"]), ..ana() }, li(), Reason::Supervisor),
        (ana(), Mentor { supervised_by: texts(&["ana"]), ..li() }, Reason::Supervisor),
        (Mentee { not_with: texts(&["li"]), ..ana() }, li(), Reason::NotWith),
        (Mentee { not_with: texts(&["li chen"]), ..ana() }, li(), Reason::NotWith),
        (Mentee { not_with: texts(&["Lakeside library"]), ..ana() }, li(), Reason::NotWith),
        (ana(), Mentor { not_with: texts(&["ana ruiz"]), ..li() }, Reason::NotWith),
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
fn the_words_of_a_request_not_to_be_paired_name_neither_side() {
    let words = Reason::NotWith.words();
    assert!(!words.contains("Ana") && !words.contains("mentee") && !words.contains("mentor"));
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
    let expected = [("excluded by the committee", 1, 1, 1), ("same employer", 2, 2, 1)];
    let found: Vec<_> = counts.iter().map(|count| (&*count.rule, count.pairs, count.mentees, count.mentors)).collect();
    assert_eq!(found, expected);
}

// SLF7
#[test]
fn who_is_ruled_out_everywhere_reads_which_rules_did_it() {
    let input = Input {
        mentees: vec![Mentee { employer: li().employer, past_partners: texts(&["mo"]), ..ana() }],
        mentors: vec![li(), mentor("mo", &[])],
        ..Input::default()
    };
    let plan = plan(&input, Objective::MostPairs, 0).unwrap();
    assert_eq!(
        plan.unmatched[0].words,
        "No mentor is left for Ana Ruiz after the rules: duo before (1), same employer (1)."
    );
}
