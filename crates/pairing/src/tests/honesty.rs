//! What a mentee gains by a list that is not true: nothing. And who comes first among equals.

use std::collections::BTreeMap;

use super::*;

/// Every list a mentee could hand in: each order of each choice of mentors, and none at all.
fn every_list(ids: &[&str]) -> Vec<Vec<String>> {
    let mut lists: Vec<Vec<String>> = vec![Vec::new()];
    let mut longest = lists.clone();
    for _ in ids {
        let longer = |list: &Vec<String>| {
            let list = list.clone();
            let more = ids.iter().filter(|id| !list.contains(&id.to_string()));
            more.map(|id| [list.clone(), vec![id.to_string()]].concat()).collect::<Vec<_>>()
        };
        longest = longest.iter().flat_map(longer).collect();
        lists.extend(longest.clone());
    }
    lists
}

/// How good this is for someone with this list: the less, the better. Whoever is not on it is worse than nobody.
fn wish(list: &[String], got: Option<&String>) -> usize {
    got.map_or(list.len(), |got| list.iter().position(|id| id == got).unwrap_or(list.len() + 1))
}

fn partners(input: &Input, seed: u64) -> BTreeMap<String, String> {
    let made = plan(input, Objective::Stable, seed).unwrap();
    made.pairs.into_iter().map(|pair| (pair.mentee, pair.mentor)).collect()
}

#[test]
fn every_list_is_counted_once() {
    assert_eq!(every_list(&["a", "b", "c"]).len(), 1 + 3 + 6 + 6);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn no_mentee_gets_a_better_mentor_by_any_list_that_is_not_true(
        choices in prop::collection::vec(1_usize..16, 4),
        mentors in prop::collection::vec((0_usize..65, 0_u32..3), 3),
        scores in prop::collection::vec(0_u8..4, 12),
        seed in any::<u64>(),
    ) {
        let (mentees_ids, mentor_ids) = (["e0", "e1", "e2", "e3"], ["m0", "m1", "m2"]);
        let (lists, mentor_lists) = (every_list(&mentor_ids), every_list(&mentees_ids));
        let mut input = Input::default();
        for (id, choice) in mentees_ids.iter().zip(&choices) {
            input.mentees.push(Mentee { ranked: lists[*choice].clone(), ..mentee(id, &[]) });
        }
        for (id, (choice, capacity)) in mentor_ids.iter().zip(&mentors) {
            input.mentors.push(Mentor { ranked: mentor_lists[*choice].clone(), capacity: *capacity, ..mentor(id, &[]) });
        }
        // Mentors without a list rank by score, with many ties.
        for (at, points) in scores.iter().enumerate() {
            input.scores.push(given(mentees_ids[at / 3], mentor_ids[at % 3], f64::from(*points) * 25.0));
        }
        let honest = partners(&input, seed);
        for (at, id) in mentees_ids.iter().enumerate() {
            let truth = input.mentees[at].ranked.clone();
            for untrue in &lists {
                let mut changed = input.clone();
                changed.mentees[at].ranked = untrue.clone();
                let got = partners(&changed, seed);
                let (was, is) = (wish(&truth, honest.get(*id)), wish(&truth, got.get(*id)));
                prop_assert!(was <= is, "{id} wishes {truth:?}, says {untrue:?}, gets {:?}", got.get(*id));
            }
        }
    }
}

// SLF8
#[test]
fn of_two_who_fit_alike_the_one_who_was_left_out_before_gets_the_place() {
    for seed in 0..40 {
        let mut input = Input {
            mentees: (0..6).map(|at| mentee(&format!("e{at}"), &[])).collect(),
            mentors: vec![mentor("m0", &[]), mentor("m1", &[])],
            ..Input::default()
        };
        for id in ["e0", "e1", "e2", "e3", "e4", "e5"] {
            input.scores.extend([given(id, "m0", 60.0), given(id, "m1", 60.0)]);
        }
        input.mentees[4].left_out_before = true;
        for objective in Objective::ALL {
            let made = plan(&input, objective, seed).unwrap();
            assert!(made.pairs.iter().any(|pair| pair.mentee == "e4"), "{objective:?} {seed}");
            assert_eq!(made.pairs.len(), 2);
        }
    }
}
