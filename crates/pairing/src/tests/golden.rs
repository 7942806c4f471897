//! The worked example: four mentees, three mentors, both answers known.

use super::*;

fn example() -> Input {
    Input {
        mentees: vec![
            mentee("E1", &["M1", "M2"]),
            mentee("E2", &["M1", "M3"]),
            mentee("E3", &["M1", "M2", "M3"]),
            mentee("E4", &["M2"]),
        ],
        mentors: vec![
            mentor("M1", &["E3", "E1", "E2"]),
            mentor("M2", &["E1", "E4", "E3"]),
            mentor("M3", &["E2", "E3"]),
        ],
        scores: vec![
            given("E1", "M1", 60.0),
            given("E1", "M2", 90.0),
            given("E2", "M1", 95.0),
            given("E2", "M3", 40.0),
            given("E3", "M1", 80.0),
            given("E3", "M2", 50.0),
            given("E3", "M3", 85.0),
            given("E4", "M2", 70.0),
        ],
        lists: Lists::Bind,
        ..Input::default()
    }
}

#[test]
fn deferred_acceptance_finds_the_stable_plan_of_the_example() {
    let plan = plan(&example(), Objective::Stable, 1).unwrap();
    assert_eq!(pairs(&plan), [("E1", "M2"), ("E2", "M3"), ("E3", "M1")]);
    assert_eq!(plan.total, Points::new(210.0));
    assert_eq!(plan.blocking, []);
    assert_eq!(plan.unmatched.len(), 1);
    assert_eq!(plan.unmatched[0].mentee, "E4");
    assert_eq!(plan.unmatched[0].words, "The only mentor for E4 has no place left; the nearest, M2, is with E1.");
}

// ALG2
#[test]
fn the_best_total_of_the_example_is_higher_and_two_pairs_would_rather_have_each_other() {
    for objective in [Objective::BestTotal, Objective::MostPairs] {
        let plan = plan(&example(), objective, 1).unwrap();
        assert_eq!(pairs(&plan), [("E1", "M2"), ("E2", "M1"), ("E3", "M3")]);
        assert_eq!(plan.total, Points::new(270.0));
        let blocking: Vec<_> = plan.blocking.iter().map(|pair| (&*pair.mentee, &*pair.mentor)).collect();
        assert_eq!(blocking, [("E1", "M1"), ("E3", "M1")]);
    }
}

// ALG4
#[test]
fn every_pair_comes_with_the_next_two_mentors() {
    let plan = plan(&example(), Objective::BestTotal, 1).unwrap();
    let third = &plan.pairs[2];
    assert_eq!(third.mentee, "E3");
    let alternatives: Vec<_> =
        third.alternatives.iter().map(|other| (&*other.mentor, other.total, other.free)).collect();
    assert_eq!(alternatives, [("M1", Points::new(80.0), false), ("M2", Points::new(50.0), false)]);
}

#[test]
fn most_pairs_gives_up_score_for_one_more_pair_and_best_total_does_not() {
    // A single pair of 100 against two pairs of 30.
    let input = Input {
        mentees: vec![mentee("E1", &[]), mentee("E2", &[])],
        mentors: vec![mentor("M1", &[]), mentor("M2", &[])],
        scores: vec![
            given("E1", "M1", 100.0),
            given("E1", "M2", 30.0),
            given("E2", "M1", 30.0),
            given("E2", "M2", 0.0),
        ],
        least: 10.0,
        ..Input::default()
    };
    assert_eq!(pairs(&plan(&input, Objective::MostPairs, 0).unwrap()), [("E1", "M2"), ("E2", "M1")]);
    assert_eq!(pairs(&plan(&input, Objective::BestTotal, 0).unwrap()), [("E1", "M1")]);
}

// ALG6
#[test]
fn a_locked_pair_stays_and_the_rest_is_planned_around_it() {
    let mut input = example();
    input.locked = vec![lock("E4", "M2")];
    for objective in [Objective::MostPairs, Objective::BestTotal, Objective::Stable] {
        let plan = plan(&input, objective, 3).unwrap();
        let kept = plan.pairs.iter().find(|pair| pair.mentee == "E4").unwrap();
        assert_eq!((kept.mentor.as_str(), kept.locked), ("M2", true));
        assert_eq!(plan.pairs.iter().filter(|pair| pair.mentor == "M2").count(), 1);
    }
}

#[test]
fn empty_pools_give_empty_plans_with_a_reason_for_each_who_waits() {
    for objective in [Objective::MostPairs, Objective::BestTotal, Objective::Stable] {
        let nobody = plan(&Input::default(), objective, 0).unwrap();
        assert_eq!((nobody.pairs, nobody.unmatched, nobody.total), (vec![], vec![], Points::default()));
        let waiting = Input { mentees: vec![mentee("E1", &[])], ..Input::default() };
        let waiting = plan(&waiting, objective, 0).unwrap();
        assert_eq!(waiting.unmatched[0].words, "There is no mentor in the pool.");
        let idle = Input { mentors: vec![mentor("M1", &[])], ..Input::default() };
        let idle = plan(&idle, objective, 0).unwrap();
        // There is nobody to take, so a mentor's places count for nothing.
        assert_eq!((idle.pairs, idle.free_mentors), (vec![], vec![]));
    }
}

// ALG4
#[test]
fn why_not_names_the_partners_and_the_price() {
    let input = example();
    let best = plan(&input, Objective::BestTotal, 1).unwrap();
    assert_eq!(
        why_not(&input, &best, "E3", "M1").unwrap(),
        ["E3 is paired with M3.", "M1 is paired with E2.", "Pairing E3 with M1 would lower the total from 270 to 210.",]
    );
    assert_eq!(why_not(&input, &best, "E3", "M3").unwrap(), ["The plan pairs E3 with M3."]);
    let stable = plan(&input, Objective::Stable, 1).unwrap();
    assert_eq!(
        why_not(&input, &stable, "E1", "M1").unwrap(),
        ["E1 is paired with M2.", "M1 is paired with E3.", "M1 prefers whom the plan gives to E1."]
    );
    assert_eq!(
        why_not(&input, &stable, "E3", "M2").unwrap().last().unwrap(),
        "E3 prefers the mentor whom the plan gives."
    );
    assert_eq!(
        why_not(&input, &stable, "E1", "M3").unwrap()[2..],
        ["M3 is not on E1's list.", "E1 is not on M3's list."]
    );
}

/// A run as the desk keeps one: everything that can decide stands in it.
const RUN: &str = include_str!("../../golden/run.json");
const PLANS: [(Objective, &str); 3] = [
    (Objective::MostPairs, include_str!("../../golden/most-pairs.json")),
    (Objective::BestTotal, include_str!("../../golden/best-total.json")),
    (Objective::Stable, include_str!("../../golden/stable.json")),
];

// ALG5: whoever changes one of these bytes makes `VERSION` grow, and says so to those who keep runs.
#[test]
fn a_run_of_an_earlier_version_is_repeated_to_the_byte() {
    assert_eq!(VERSION, 1);
    for (objective, kept) in PLANS {
        assert_eq!(run_json(RUN.as_bytes(), objective).unwrap(), kept, "{objective:?}");
    }
}

#[test]
fn a_plan_that_was_written_is_read_as_it_was_made() {
    for (objective, kept) in PLANS {
        let file: PairingFile = serde_json::from_str(RUN).unwrap();
        let seed = file.seed;
        let read: Plan = serde_json::from_str(kept).unwrap();
        assert_eq!(read, plan(&file.input(), objective, seed).unwrap());
    }
}
