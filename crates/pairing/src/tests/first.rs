//! Lists that come first: whom somebody ranked is wanted before all others, and nobody is shut out for not being
//! ranked.

use super::*;
use crate::Objective::Stable;

/// Ana wants Mo above all, though Li fits her better; Bo ranked nobody, and fits Mo.
fn example() -> Input {
    Input {
        mentees: vec![mentee("ana", &["mo"]), mentee("bo", &[])],
        mentors: vec![mentor("li", &[]), mentor("mo", &[])],
        scores: vec![
            given("ana", "li", 90.0),
            given("ana", "mo", 60.0),
            given("bo", "li", 30.0),
            given("bo", "mo", 50.0),
        ],
        lists: Lists::First,
        ..Input::default()
    }
}

/// How much one wants the other, from the definition: places on the list, then what the score lacks.
fn wants(list: &[String], id: &str, points: f64) -> (usize, u64) {
    let lacks = (100.0 - points) as u64;
    list.iter().position(|entry| entry == id).map_or((usize::MAX, lacks), |place| (place, 0))
}

/// Pairs of whom each strictly wants the other more than whom the plan gives.
fn would_rather(input: &Input, plan: &Plan) -> usize {
    let points = |e: &str, m: &str| input.scores.iter().find(|it| it.mentee == e && it.mentor == m).unwrap().points;
    let mut found = 0;
    for e in &input.mentees {
        for m in &input.mentors {
            let is_out = input.exclusions.iter().any(|it| it.mentee == e.id && it.mentor == m.id);
            if is_out || points(&e.id, &m.id) < input.least || m.capacity == 0 {
                continue;
            }
            let of_mentee = |other: &str| wants(&e.ranked, other, points(&e.id, other));
            let of_mentor = |other: &str| wants(&m.ranked, other, points(other, &m.id));
            let own = plan.pairs.iter().find(|it| it.mentee == e.id);
            let holders: Vec<&Pair> = plan.pairs.iter().filter(|it| it.mentor == m.id).collect();
            let mentee_would = own.is_none_or(|it| of_mentee(&m.id) < of_mentee(&it.mentor));
            let has_place = holders.len() < m.capacity as usize;
            let mentor_would = has_place || holders.iter().any(|it| of_mentor(&e.id) < of_mentor(&it.mentee));
            found += usize::from(mentee_would && mentor_would);
        }
    }
    found
}

#[test]
fn a_list_goes_before_the_score_and_the_score_before_the_lot() {
    let by_lists = plan(&example(), Stable, 1).unwrap();
    assert_eq!(pairs(&by_lists), [("ana", "mo"), ("bo", "li")]);
    let by_score = Input { lists: Lists::Guide, mentees: vec![mentee("ana", &[]), mentee("bo", &[])], ..example() };
    assert_eq!(pairs(&plan(&by_score, Stable, 1).unwrap()), [("ana", "li"), ("bo", "mo")]);
}

#[test]
fn a_mentee_whose_whole_list_is_gone_is_paired_all_the_same() {
    for (lists, left) in [(Lists::First, 0), (Lists::Bind, 1)] {
        let mut input = example();
        (input.lists, input.mentees[0].ranked) = (lists, texts(&["gone"]));
        assert_eq!(plan(&input, Stable, 1).unwrap().unmatched.len(), left, "{lists:?}");
    }
}

#[test]
fn in_the_other_objectives_the_same_lists_tell_who_would_rather_have_each_other() {
    let mut input = example();
    input.mentors[1].ranked = texts(&["ana"]);
    let made = plan(&input, Objective::BestTotal, 1).unwrap();
    assert_eq!(pairs(&made), [("ana", "li"), ("bo", "mo")]);
    let blocking: Vec<_> = made.blocking.iter().map(|it| (&*it.mentee, &*it.mentor)).collect();
    assert_eq!(blocking, [("ana", "mo")]);
}

#[test]
fn why_not_names_no_list_where_lists_only_come_first() {
    let input = example();
    let made = plan(&input, Stable, 1).unwrap();
    assert_eq!(
        why_not(&input, &made, "ana", "li").unwrap().last().unwrap(),
        "ana prefers the mentor whom the plan gives."
    );
}

/// Written with format 2 on the day it began; the same file has to give the same answer ever after.
#[test]
fn a_kept_file_of_format_two_still_gives_the_same_bytes() {
    let text = serde_json::to_string_pretty(&PairingFile::new(example(), 7)).unwrap();
    assert!(text.contains(r#""format": 2"#) && text.contains(r#""lists": "first""#));
    assert_eq!(text, include_str!("first/question.json").trim_end());
    assert_eq!(run_json(text.as_bytes(), Stable).unwrap(), include_str!("first/answer.json"));
}

/// As a run of format 1 keeps it, lists and all.
#[test]
fn a_kept_file_of_format_one_still_gives_the_same_bytes() {
    let text = include_str!("first/question_1.json");
    assert!(text.contains(r#""format": 1"#) && text.contains(r#""lists": "guide""#));
    assert_eq!(run_json(text.as_bytes(), Stable).unwrap(), include_str!("first/answer_1.json"));
    let first = text.replace(r#""lists": "guide""#, r#""lists": "first""#);
    let refused = run_json(first.as_bytes(), Stable).unwrap_err().to_string();
    assert_eq!(refused, "Lists that come first need format 2; this file has format 1.");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn no_two_would_rather_have_each_other_by_lists_and_then_scores(input in worlds(5), seed in any::<u64>()) {
        let input = Input { lists: Lists::First, ..input };
        let made = plan(&input, Stable, seed).unwrap();
        prop_assert_eq!(would_rather(&input, &made), 0);
    }

    #[test]
    fn who_would_rather_is_counted_as_it_is_defined(input in worlds(4), seed in any::<u64>()) {
        // Without equal scores the lot decides nothing, and the count is the definition's own.
        let mut input = Input { lists: Lists::First, least: 0.0, ..input };
        for (at, score) in input.scores.iter_mut().enumerate() {
            score.points = 2.0 + (at * 7 % 97) as f64;
        }
        let made = plan(&input, Objective::MostPairs, seed).unwrap();
        prop_assert_eq!(made.blocking_pairs, would_rather(&input, &made));
        // Whoever put the same pairs together, they weigh the same.
        let by_hand: Vec<_> = made.pairs.iter().map(|it| (it.mentee.clone(), it.mentor.clone())).collect();
        let weighed = weigh(&input, &by_hand, seed).unwrap();
        prop_assert_eq!((weighed.pairs, weighed.total), (made.pairs.len(), made.total));
        prop_assert_eq!((weighed.blocking_pairs, weighed.blocking), (made.blocking_pairs, made.blocking));
        prop_assert_eq!(weighed.unmatched.len(), made.unmatched.len());
    }
}
