//! The engine against counting every plan there is.

use std::collections::BTreeMap;

use super::*;
use crate::Objective::{BestTotal, MostPairs, Stable};

/// Every way to give mentees acceptable mentors within their capacities.
fn every_plan(input: &Input, acceptable: &dyn Fn(&Mentee, &Mentor) -> bool) -> Vec<BTreeMap<String, String>> {
    let mut plans = vec![BTreeMap::new()];
    for mentee in &input.mentees {
        let mut longer = Vec::new();
        for plan in plans {
            for mentor in input.mentors.iter().filter(|mentor| acceptable(mentee, mentor)) {
                if plan.values().filter(|taken| **taken == mentor.id).count() < mentor.capacity as usize {
                    let mut with = plan.clone();
                    with.insert(mentee.id.clone(), mentor.id.clone());
                    longer.push(with);
                }
            }
            longer.push(plan);
        }
        plans = longer;
    }
    plans
}

fn tenths(input: &Input, mentee: &str, mentor: &str) -> u32 {
    let given = input.scores.iter().find(|given| given.mentee == mentee && given.mentor == mentor).unwrap();
    (given.points / 10.0) as u32
}

fn allowed(input: &Input, mentee: &Mentee, mentor: &Mentor) -> bool {
    let excluded = input.exclusions.iter().any(|pair| pair.mentee == mentee.id && pair.mentor == mentor.id);
    !excluded && tenths(input, &mentee.id, &mentor.id) >= 2
}

fn on_lists(mentee: &Mentee, mentor: &Mentor) -> bool {
    (mentee.ranked.is_empty() || mentee.ranked.contains(&mentor.id))
        && (mentor.ranked.is_empty() || mentor.ranked.contains(&mentee.id))
}

fn value(input: &Input, plan: &BTreeMap<String, String>) -> (usize, u32) {
    (plan.len(), plan.iter().map(|(mentee, mentor)| tenths(input, mentee, mentor)).sum())
}

/// How many of those who were left out before have a mentor.
fn first(input: &Input, plan: &BTreeMap<String, String>) -> usize {
    input.mentees.iter().filter(|mentee| mentee.left_out_before && plan.contains_key(&mentee.id)).count()
}

fn as_map(plan: &Plan) -> BTreeMap<String, String> {
    plan.pairs.iter().map(|pair| (pair.mentee.clone(), pair.mentor.clone())).collect()
}

/// Every list spelled out, so that the oracle need not know how missing lists are filled.
fn with_full_lists(mut input: Input) -> Input {
    let (mentees, mentors) = (input.mentees.clone(), input.mentors.clone());
    for mentee in input.mentees.iter_mut().filter(|mentee| mentee.ranked.is_empty()) {
        mentee.ranked = mentors.iter().map(|mentor| mentor.id.clone()).collect();
    }
    for mentor in input.mentors.iter_mut().filter(|mentor| mentor.ranked.is_empty()) {
        mentor.ranked = mentees.iter().map(|mentee| mentee.id.clone()).collect();
    }
    input
}

/// Whether no two would both rather have each other, from the definition.
fn is_stable(input: &Input, plan: &BTreeMap<String, String>) -> bool {
    let place = |list: &[String], id: &str| list.iter().position(|entry| entry == id).unwrap();
    !input.mentees.iter().any(|mentee| {
        input.mentors.iter().filter(|mentor| allowed(input, mentee, mentor) && on_lists(mentee, mentor)).any(|mentor| {
            let wants =
                plan.get(&mentee.id).is_none_or(|own| place(&mentee.ranked, &mentor.id) < place(&mentee.ranked, own));
            let holders: Vec<&String> =
                plan.iter().filter(|(_, own)| **own == mentor.id).map(|(holder, _)| holder).collect();
            let wanted = holders.len() < mentor.capacity as usize
                || holders.iter().any(|holder| place(&mentor.ranked, &mentee.id) < place(&mentor.ranked, holder));
            mentor.capacity > 0 && wants && wanted
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn no_plan_has_more_pairs_and_none_as_many_with_a_higher_total(input in worlds(5), seed in any::<u64>()) {
        let acceptable = |e: &Mentee, m: &Mentor| {
            allowed(&input, e, m) && (input.lists == Lists::Guide || on_lists(e, m))
        };
        let plans = every_plan(&input, &acceptable);
        let best = plans.iter().map(|plan| value(&input, plan)).max().unwrap();
        let found = as_map(&plan(&input, MostPairs, seed).unwrap());
        prop_assert!(plans.contains(&found));
        prop_assert_eq!(value(&input, &found), best);
        let best_for_first = plans.iter().filter(|plan| value(&input, plan) == best).map(|plan| first(&input, plan)).max();
        prop_assert_eq!(first(&input, &found), best_for_first.unwrap());
    }

    #[test]
    fn no_plan_has_a_higher_total_and_none_the_same_with_more_pairs(input in worlds(5), seed in any::<u64>()) {
        let acceptable = |e: &Mentee, m: &Mentor| {
            allowed(&input, e, m) && (input.lists == Lists::Guide || on_lists(e, m))
        };
        let plans = every_plan(&input, &acceptable);
        let turned = |plan: &BTreeMap<String, String>| { let (pairs, total) = value(&input, plan); (total, pairs) };
        let best = plans.iter().map(turned).max().unwrap();
        let found = as_map(&plan(&input, BestTotal, seed).unwrap());
        prop_assert!(plans.contains(&found));
        prop_assert_eq!(turned(&found), best);
        let best_for_first = plans.iter().filter(|plan| turned(plan) == best).map(|plan| first(&input, plan)).max();
        prop_assert_eq!(first(&input, &found), best_for_first.unwrap());
    }

    #[test]
    fn six_by_six_agrees_with_counting_too(cells in prop::collection::vec((0_u8..=10, 0_u8..4), 36)) {
        let nobody = vec![(vec![], false); 6];
        let one_each = vec![(vec![], 1); 6];
        let input = world(&nobody, &one_each, &cells, false);
        let plans = every_plan(&input, &|e, m| allowed(&input, e, m));
        let best = plans.iter().map(|plan| value(&input, plan)).max().unwrap();
        prop_assert_eq!(value(&input, &as_map(&plan(&input, MostPairs, 5).unwrap())), best);
    }

    #[test]
    fn the_stable_plan_is_stable_and_no_stable_plan_is_better_for_any_mentee(input in worlds(4), seed in any::<u64>()) {
        let input = with_full_lists(input);
        let made = plan(&input, Stable, seed).unwrap();
        prop_assert_eq!(&made.blocking, &vec![]);
        let found = as_map(&made);
        prop_assert!(is_stable(&input, &found));
        let place = |mentee: &Mentee, plan: &BTreeMap<String, String>| {
            plan.get(&mentee.id).map_or(usize::MAX, |own| mentee.ranked.iter().position(|id| id == own).unwrap())
        };
        for other in every_plan(&input, &|e, m| allowed(&input, e, m) && on_lists(e, m)) {
            if is_stable(&input, &other) {
                for mentee in &input.mentees {
                    prop_assert!(place(mentee, &found) <= place(mentee, &other));
                }
            }
        }
    }

    #[test]
    fn a_plan_counts_blocking_pairs_exactly_when_it_is_not_stable(input in worlds(5), seed in any::<u64>()) {
        let mut input = with_full_lists(input);
        input.lists = Lists::Bind;
        let made = plan(&input, BestTotal, seed).unwrap();
        prop_assert_eq!(made.blocking.is_empty(), is_stable(&input, &as_map(&made)));
    }

    // ALG5
    #[test]
    fn the_order_of_the_input_changes_nothing(input in worlds(6), seed in any::<u64>(), turn in 0_usize..6) {
        let mut turned = input.clone();
        turned.mentees.reverse();
        if !turned.mentors.is_empty() {
            let by = turn % turned.mentors.len();
            turned.mentors.rotate_left(by);
        }
        turned.scores.reverse();
        turned.exclusions.reverse();
        for objective in [MostPairs, BestTotal, Stable] {
            prop_assert_eq!(plan(&input, objective, seed), plan(&turned, objective, seed));
        }
    }

    #[test]
    fn the_seed_decides_ties_and_nothing_else(input in worlds(5), a in any::<u64>(), b in any::<u64>()) {
        for objective in [MostPairs, BestTotal] {
            let (a, b) = (plan(&input, objective, a).unwrap(), plan(&input, objective, b).unwrap());
            prop_assert_eq!((a.pairs.len(), a.total), (b.pairs.len(), b.total));
        }
    }

    #[test]
    fn exclusions_capacities_and_the_count_of_people_are_kept_by_every_plan(input in worlds(6), seed in any::<u64>()) {
        for objective in [MostPairs, BestTotal, Stable] {
            let made = plan(&input, objective, seed).unwrap();
            prop_assert_eq!(made.pairs.len() + made.unmatched.len(), input.mentees.len());
            prop_assert_eq!(made.total, made.pairs.iter().map(|pair| pair.score.total).sum());
            for pair in &made.pairs {
                let excluded = |e: &Exclusion| e.mentee == pair.mentee && e.mentor == pair.mentor;
                prop_assert!(!input.exclusions.iter().any(excluded));
                prop_assert!(pair.alternatives.len() <= 2);
                prop_assert!(pair.alternatives.iter().all(|other| other.mentor != pair.mentor));
            }
            for mentor in &input.mentors {
                let held = made.pairs.iter().filter(|pair| pair.mentor == mentor.id).count();
                prop_assert!(held <= mentor.capacity as usize);
            }
        }
    }

    #[test]
    fn why_not_has_an_answer_for_every_pair(input in worlds(4), seed in any::<u64>()) {
        for objective in [MostPairs, BestTotal, Stable] {
            let made = plan(&input, objective, seed).unwrap();
            for (mentee, mentor) in input.mentees.iter().flat_map(|e| input.mentors.iter().map(move |m| (e, m))) {
                let words = why_not(&input, &made, &mentee.id, &mentor.id).unwrap();
                prop_assert!(!words.is_empty() && words.iter().all(|sentence| sentence.ends_with('.')
                    || sentence.ends_with("by lot")), "{:?}", words);
            }
        }
    }
}
