//! No reader who knows the rules, and can add and subtract, works out a small group.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    counts::{Count, Share, classes, nested, part},
    disclose,
    targets::{Verdict, verdict},
};
use crate::{facts::Kind, figures::States, samples};

#[test]
fn a_number_is_shown_where_it_gives_no_small_group_away() {
    let number = Count::Number;
    // Forty-one applied, five were not eligible, eight wait, nobody of the rest is missing.
    assert_eq!(nested(&[41, 36, 25, 25], &[3, 0]), [number(41), number(36), number(25), number(25)]);
    // Two of the places did not lead to a duo: the number of duos stays, that of places does not.
    assert_eq!(nested(&[41, 25, 23], &[2, 0]), [number(41), Count::Between(24, 27), number(23)]);
    assert_eq!(nested(&[30, 28], &[0]), [number(30), Count::Between(26, 29)]);
    assert_eq!(nested(&[30, 3], &[0]), [number(30), Count::Few]);
    assert_eq!(nested(&[7, 6], &[0]), [number(7), Count::Between(0, 6)]);
    assert_eq!(nested(&[4, 0], &[0]), [Count::Few, Count::Few]);
    assert_eq!(part(25, 25), number(25));
}

#[test]
fn counts_are_words_that_can_be_read() {
    assert_eq!(Count::Number(25).words(), "25");
    assert_eq!(Count::Between(21, 24).words(), "21–24");
    assert_eq!(Count::Between(0, 6).words(), "6 or fewer");
    assert_eq!(Count::Few.words(), "fewer than five");
}

/// What a reader can work out: for each page, the numbers that may stand behind it.
fn possible<P: Ord>(all: Vec<Vec<u64>>, page: impl Fn(&[u64]) -> P) -> BTreeMap<P, Vec<Vec<u64>>> {
    let mut pages: BTreeMap<P, Vec<Vec<u64>>> = BTreeMap::new();
    for values in all {
        pages.entry(page(&values)).or_default().push(values);
    }
    pages
}

fn chains(length: usize, most: u64) -> Vec<Vec<u64>> {
    if length == 0 {
        return vec![vec![]];
    }
    (0..=most)
        .flat_map(|first| chains(length - 1, first).into_iter().map(move |rest| [vec![first], rest].concat()))
        .collect()
}

fn distinct(worlds: &[Vec<u64>], of: impl Fn(&[u64]) -> u64) -> BTreeSet<u64> {
    worlds.iter().map(|world| of(world)).collect()
}

#[test]
fn no_group_between_two_numbers_of_a_chain_can_be_worked_out() {
    for (length, most, first) in [(2, 40, &[1][..]), (3, 26, &[2, 0]), (4, 20, &[3, 0]), (5, 16, &[4, 0, 3, 2, 1])] {
        for (page, worlds) in possible(chains(length, most), |values| nested(values, first)) {
            // Near the largest number tried, worlds are missing that would be possible.
            if worlds.iter().any(|world| world[0] + 4 > most) {
                continue;
            }
            for at in 0..length {
                let values = distinct(&worlds, |world| world[at]);
                assert_eq!(page[at].number().is_some(), values.len() == 1, "{page:?} gives away {values:?}");
                let after = |world: &[u64]| world[at] - world.get(at + 1).copied().unwrap_or(0);
                let groups = distinct(&worlds, after);
                assert!(groups.len() > 1 || !groups.iter().any(|it| (1..5).contains(it)), "{page:?}: {groups:?}");
            }
        }
    }
}

#[test]
fn no_class_of_a_whole_can_be_worked_out() {
    let all = |classes: usize, most: u64| -> Vec<Vec<u64>> {
        chains(classes, most)
            .into_iter()
            .map(|chain| (0..classes).map(|at| chain[at] - chain.get(at + 1).copied().unwrap_or(0)).collect())
            .collect()
    };
    for (length, most) in [(2, 40), (3, 26), (5, 15)] {
        let page = |counts: &[u64]| (counts.iter().sum::<u64>(), classes(counts));
        for ((total, shown), worlds) in possible(all(length, most), page) {
            for at in 0..length {
                let values = distinct(&worlds, |world| world[at]);
                // A total below five is never printed; here it only makes the test harder.
                let is_open = shown[at].number().is_none() && total > 0;
                assert!(!is_open || values.len() > 1, "{shown:?} of {total} gives away {values:?}");
            }
        }
    }
}

#[test]
fn a_judgement_gives_no_number_away() {
    for percent in [60, 70, 85, 90] {
        for whole in 5..60 {
            let page = |part: &[u64]| {
                let shown = self::part(part[0], whole);
                (shown, verdict(shown, Count::Number(whole), (part[0], whole), percent))
            };
            for ((shown, judged), worlds) in possible((0..=whole).map(|it| vec![it]).collect(), page) {
                let values = distinct(&worlds, |world| world[0]);
                assert!(shown.number().is_some() || values.len() > 1, "{shown:?} {judged:?}: {values:?}");
                assert_ne!(judged, Verdict::Open);
            }
        }
    }
}

#[test]
fn targets_are_judged_in_words() {
    let judged = |part: u64, whole: u64| verdict(self::part(part, whole), Count::Number(whole), (part, whole), 90);
    assert_eq!(judged(25, 25), Verdict::Met);
    assert_eq!(judged(23, 25), Verdict::Met);
    assert_eq!(judged(20, 25), Verdict::NotMet);
    assert_eq!(judged(9, 10), Verdict::Near);
    assert_eq!(verdict(Count::Hidden, Count::Number(25), (1, 25), 90), Verdict::Open);
    assert_eq!(verdict(Count::Few, Count::Few, (0, 0), 90), Verdict::Open);
}

#[test]
fn the_states_of_duos_and_those_that_ended_protect_each_other() {
    let mut pages: BTreeMap<_, Vec<Vec<u64>>> = BTreeMap::new();
    for world in chains(4, 22) {
        let duos = world[0];
        let states =
            States { on_track: world[3], needs_a_word: world[2] - world[3], silent: world[1] - world[2], too_early: 0 };
        let figures = crate::figures::Figures {
            duos,
            placed: duos,
            states,
            ended: duos - world[1],
            ..samples::empty(Kind::Interim)
        };
        let facts = disclose::facts(&figures);
        let shown: Vec<Count> = facts.states.iter().map(|it| it.count).collect();
        let counts = vec![states.on_track, states.needs_a_word, states.silent, duos - world[1]];
        pages.entry((facts.people.duos, shown, facts.endings.ended)).or_default().push(counts);
    }
    for ((duos, shown, ended), worlds) in pages {
        for at in 0..4 {
            let values = distinct(&worlds, |world| world[at]);
            let is_small = values.iter().any(|it| (1..5).contains(it));
            assert!(!is_small || values.len() > 1, "{duos:?} {shown:?} {ended:?} gives away {values:?}");
        }
    }
}

#[test]
fn shares_are_too_coarse_to_count_with() {
    assert_eq!(Share::of(12, 19), Share::About(65));
    assert_eq!(Share::of(17, 19), Share::NearlyAll);
    assert_eq!(Share::of(19, 19), Share::NearlyAll);
    assert_eq!(Share::of(4, 19), Share::Few);
    assert_eq!(Share::of(4, 9), Share::Hidden);
}

#[test]
fn groups_that_should_lie_in_each_other_do() {
    // Somebody gave the place back after the duo was formed.
    let figures = crate::figures::Figures { placed: 23, eligible: 20, applied: 10, ..samples::figures(Kind::Interim) };
    let facts = disclose::facts(&figures);
    assert_eq!(facts.people.duos, Count::Number(25));
    assert_eq!(facts.people.placed, Count::Number(25));
    assert!(facts.people.applied.range().0 >= 25);
}
