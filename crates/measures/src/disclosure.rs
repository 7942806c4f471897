//! What may be shown of small counts, so that nobody's answer can be worked out.
//!
//! The guarantee, against a reader who knows these rules and the total, and can add and subtract: every hidden cell
//! could still be at least two different numbers. It holds because
//! * at least two cells are hidden, if any is, and their sum is at least k, so that the total gives none away;
//! * the hidden cells are not all alike, and which cells are hidden depends on their counts alone, never on their
//!   order. So the same page would be printed with the hidden counts exchanged among themselves;
//! * where every cell is hidden, the page would be the same if all were in any one of them.
//!
//! It speaks of one table. The same people cut twice can be compared, so breakdowns are given one at a time, and new
//! answers only in batches ([`may_refresh`]).

use crate::{
    Refusal,
    summary::{Summary, summary},
};

/// The smallest k there is; a program may ask for more, never for less.
pub const LEAST_K: u64 = 5;
/// k for tables about who people are, rather than what they say.
pub const DEMOGRAPHIC_K: u64 = 10;

/// A count as readers may see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    Number(u64),
    /// Too small to be shown, or hidden to protect one that is.
    Few,
}

/// A single count that stands alone: its number from k on. Nought is hidden too, for "nobody" speaks of everybody.
pub fn shown(count: u64, k: u64) -> Shown {
    if count >= k.max(LEAST_K) { Shown::Number(count) } else { Shown::Few }
}

/// A table of one row with its total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub cells: Vec<Shown>,
    pub total: Shown,
}

/// What may be shown of `counts` beside their total.
///
/// Cells below k are hidden; then the smallest cells still shown (all of that size) until at least two are hidden,
/// the hidden ones add up to k, and they are not all alike. A total below k hides everything.
pub fn table(counts: &[u64], k: u64) -> Table {
    let k = k.max(LEAST_K);
    let total: u64 = counts.iter().sum();
    if total < k {
        return Table { cells: vec![Shown::Few; counts.len()], total: Shown::Few };
    }
    // Everything below the bar is hidden; the bar rises over one size after the other.
    let mut bar = k;
    while needs_more(counts, bar, k) {
        match counts.iter().filter(|count| **count >= bar).min() {
            Some(smallest) => bar = smallest + 1,
            None => break,
        }
    }
    let cells = counts.iter().map(|count| if *count < bar { Shown::Few } else { Shown::Number(*count) }).collect();
    Table { cells, total: Shown::Number(total) }
}

fn needs_more(counts: &[u64], bar: u64, k: u64) -> bool {
    let mut hidden = counts.iter().filter(|count| **count < bar);
    let Some(first) = hidden.next() else { return false };
    let (mut sum, mut alike) = (*first, true);
    for count in hidden {
        sum += count;
        alike &= count == first;
    }
    // One hidden cell is "alike" too, so it always draws another in.
    alike || sum < k
}

/// A share as readers may see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShownShare {
    /// Whole percent.
    Percent(u8),
    NearlyAll,
    NearlyNone,
    /// The group is smaller than k.
    Few,
}

/// The share `part` of a group of `whole`.
///
/// In a group under ten, all and all but one are both "nearly all", none and one both "nearly none": if the words
/// stood for 100 % alone they would hide nothing. Refuses a part larger than the whole.
pub fn share(part: u64, whole: u64, k: u64) -> Result<ShownShare, Refusal> {
    if part > whole {
        return Err(Refusal::OutOfRange { what: "The part", low: 0.0, high: whole as f64, found: part as f64 });
    }
    Ok(match whole {
        whole if whole < k.max(LEAST_K) => ShownShare::Few,
        ..10 if part + 1 >= whole => ShownShare::NearlyAll,
        ..10 if part <= 1 => ShownShare::NearlyNone,
        _ => ShownShare::Percent((100.0 * part as f64 / whole as f64).round() as u8),
    })
}

/// The mean of a group's answers, from k answers on.
pub fn mean(answers: &[f64], k: u64) -> Result<Summary, Refusal> {
    let needed = usize::try_from(k.max(LEAST_K)).unwrap_or(usize::MAX);
    if answers.len() < needed {
        return Err(Refusal::TooFew { needed, found: answers.len() });
    }
    summary(answers)
}

/// Whether figures shown with `before` answers may be shown again with `now`: only when none came, or at least k,
/// for the difference of two pages is a table too.
pub fn may_refresh(before: u64, now: u64, k: u64) -> bool {
    now == before || now.abs_diff(before) >= k.max(LEAST_K)
}

/// Neighbouring classes put together: their places in the list, and how many they hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    pub classes: std::ops::RangeInclusive<usize>,
    pub count: u64,
}

/// Puts neighbouring classes together until each holds at least k, so that a table has broad classes, not holes.
///
/// From the first class on, each is filled with the next ones until it holds k; what is left over at the end joins
/// the last. For classes without an order of their own, put related ones side by side. Refuses when all together are
/// fewer than k.
///
/// # Design
/// Joining the smallest class to its smaller neighbour would look better balanced, but a reader who knows that rule
/// can work out single classes from what was joined with what. Here he cannot: a class of the sum S could always be
/// (a, 0, …, 0, S − a) with any a below k, and each member could be the one that holds a, or the rest.
pub fn merge_small_classes(counts: &[u64], k: u64) -> Result<Vec<Merged>, Refusal> {
    let k = k.max(LEAST_K);
    let total: u64 = counts.iter().sum();
    if total < k {
        return Err(Refusal::TooFew { needed: k as usize, found: total as usize });
    }
    let mut merged = Vec::new();
    let (mut start, mut count) = (0, 0);
    for (at, found) in counts.iter().enumerate() {
        count += found;
        if count >= k {
            merged.push(Merged { classes: start..=at, count });
            (start, count) = (at + 1, 0);
        }
    }
    if let Some(last) = merged.last_mut().filter(|_| start < counts.len()) {
        last.classes = *last.classes.start()..=counts.len() - 1;
        last.count += count;
    }
    Ok(merged)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::Shown::{Few, Number};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_count_is_shown_from_five_on_whatever_smaller_number_is_asked_for() {
        assert_eq!(shown(5, 5), Number(5));
        assert_eq!(shown(4, 5), Few);
        assert_eq!(shown(0, 5), Few);
        assert_eq!(shown(4, 1), Few);
        assert_eq!(shown(9, DEMOGRAPHIC_K), Few);
    }

    #[test]
    fn a_single_small_cell_takes_the_next_smallest_with_it() {
        let found = table(&[12, 3, 9, 20], 5);
        assert_eq!(found, Table { cells: vec![Number(12), Few, Few, Number(20)], total: Number(44) });
    }

    #[test]
    fn two_empty_cells_do_not_protect_each_other() {
        assert_eq!(table(&[0, 0, 9, 20], 5).cells, vec![Few, Few, Few, Number(20)]);
    }

    #[test]
    fn small_cells_that_are_all_alike_do_not_protect_each_other() {
        // Twelve people hidden in three cells of at most four would be four in each.
        assert_eq!(table(&[4, 4, 4, 6, 9], 5).cells, vec![Few, Few, Few, Few, Number(9)]);
    }

    #[test]
    fn a_table_without_small_cells_is_shown_whole() {
        assert_eq!(table(&[5, 8], 5), Table { cells: vec![Number(5), Number(8)], total: Number(13) });
        assert_eq!(table(&[], 5), Table { cells: vec![], total: Few });
    }

    #[test]
    fn a_total_below_k_is_hidden_with_all_its_cells() {
        assert_eq!(table(&[2, 2], 5), Table { cells: vec![Few, Few], total: Few });
        assert_eq!(table(&[7, 2], 10), Table { cells: vec![Few, Few], total: Few });
    }

    /// Every way to put at most `most` people into `classes` classes.
    fn all_tables(classes: usize, most: u64) -> Vec<Vec<u64>> {
        if classes == 0 {
            return vec![vec![]];
        }
        (0..=most)
            .flat_map(|first| {
                all_tables(classes - 1, most - first).into_iter().map(move |rest| [vec![first], rest].concat())
            })
            .collect()
    }

    /// What a reader who knows the rule can work out: for each page, the values that each cell may have.
    fn possible<P: Ord>(tables: Vec<Vec<u64>>, page: impl Fn(&[u64]) -> P) -> BTreeMap<P, Vec<BTreeSet<u64>>> {
        let mut pages: BTreeMap<P, Vec<BTreeSet<u64>>> = BTreeMap::new();
        for counts in tables {
            let cells = pages.entry(page(&counts)).or_insert_with(|| vec![BTreeSet::new(); counts.len()]);
            for (cell, count) in cells.iter_mut().zip(counts) {
                cell.insert(count);
            }
        }
        pages
    }

    fn page(counts: &[u64]) -> (Vec<Option<u64>>, Option<u64>) {
        let number = |shown: Shown| if let Number(n) = shown { Some(n) } else { None };
        let table = table(counts, 5);
        (table.cells.into_iter().map(number).collect(), number(table.total))
    }

    #[test]
    fn no_reader_who_knows_the_rule_can_work_out_a_hidden_cell() {
        for (classes, most) in [(2, 40), (3, 30), (4, 24), (5, 18)] {
            for ((cells, total), values) in possible(all_tables(classes, most), page) {
                for (cell, values) in cells.iter().zip(values) {
                    assert_eq!(cell.is_some(), values.len() == 1, "{cells:?} of {total:?} gives away {values:?}");
                }
            }
        }
    }

    #[test]
    fn no_reader_who_knows_the_rule_can_work_out_a_merged_class() {
        for (classes, most) in [(2, 30), (3, 26), (4, 20), (5, 16)] {
            let page = |counts: &[u64]| {
                let merged = merge_small_classes(counts, 5).unwrap_or_default();
                merged.into_iter().map(|m| (*m.classes.start(), *m.classes.end(), m.count)).collect::<Vec<_>>()
            };
            for (merged, values) in possible(all_tables(classes, most), page) {
                for (start, end, _) in merged.iter().filter(|(start, end, _)| start < end) {
                    for values in &values[*start..=*end] {
                        assert!(values.len() >= 5, "{merged:?} gives away {values:?}");
                    }
                }
            }
        }
    }

    proptest! {
        #[test]
        fn hidden_cells_never_stand_alone_and_never_add_up_to_less_than_k(
            counts in prop::collection::vec(0_u64..60, 2..12), k in 0_u64..15
        ) {
            let found = table(&counts, k);
            let hidden: Vec<u64> =
                counts.iter().zip(&found.cells).filter(|(_, shown)| **shown == Few).map(|(count, _)| *count).collect();
            let k = k.max(LEAST_K);
            if let Number(total) = found.total {
                prop_assert_eq!(total, counts.iter().sum::<u64>());
                prop_assert!(hidden.is_empty() || hidden.len() >= 2 && hidden.iter().sum::<u64>() >= k);
                let smallest = hidden.first();
                prop_assert!(hidden.is_empty() || hidden.len() == counts.len()
                    || hidden.iter().any(|count| Some(count) != smallest));
            } else {
                prop_assert_eq!(hidden.len(), counts.len());
            }
            for (count, shown) in counts.iter().zip(&found.cells) {
                prop_assert!(*shown == Few || *count >= k && *shown == Number(*count));
            }
        }

        #[test]
        fn exchanging_hidden_counts_prints_the_same_page(
            counts in prop::collection::vec(0_u64..30, 2..8)
        ) {
            let found = table(&counts, 5);
            let hidden: Vec<usize> = (0..counts.len()).filter(|at| found.cells[*at] == Few).collect();
            for pair in hidden.windows(2) {
                let mut exchanged = counts.clone();
                exchanged.swap(pair[0], pair[1]);
                prop_assert_eq!(&table(&exchanged, 5), &found);
            }
        }

        #[test]
        fn merged_classes_keep_everybody_and_are_never_small(counts in prop::collection::vec(0_u64..30, 1..10)) {
            let total: u64 = counts.iter().sum();
            match merge_small_classes(&counts, 5) {
                Err(_) => prop_assert!(total < 5),
                Ok(merged) => {
                    prop_assert!(merged.iter().all(|class| class.count >= 5));
                    let places: Vec<usize> = merged.iter().flat_map(|class| class.classes.clone()).collect();
                    prop_assert_eq!(places, (0..counts.len()).collect::<Vec<_>>());
                    for class in merged {
                        prop_assert_eq!(class.count, counts[class.classes].iter().sum::<u64>());
                    }
                }
            }
        }
    }

    #[test]
    fn in_a_small_group_all_and_all_but_one_read_the_same() {
        assert_eq!(share(9, 9, 5), Ok(ShownShare::NearlyAll));
        assert_eq!(share(8, 9, 5), Ok(ShownShare::NearlyAll));
        assert_eq!(share(7, 9, 5), Ok(ShownShare::Percent(78)));
        assert_eq!(share(1, 9, 5), Ok(ShownShare::NearlyNone));
        assert_eq!(share(0, 9, 5), Ok(ShownShare::NearlyNone));
        assert_eq!(share(10, 10, 5), Ok(ShownShare::Percent(100)));
        assert_eq!(share(4, 4, 5), Ok(ShownShare::Few));
        assert!(share(5, 4, 5).is_err());
    }

    #[test]
    fn a_mean_is_given_from_five_answers_on() {
        assert_eq!(mean(&[4.0; 4], 5), Err(Refusal::TooFew { needed: 5, found: 4 }));
        assert_eq!(mean(&[4.0; 5], 5).map(|summary| summary.mean), Ok(4.0));
    }

    #[test]
    fn figures_are_renewed_only_by_a_batch_that_hides_its_members() {
        assert!(may_refresh(10, 10, 5));
        assert!(!may_refresh(10, 14, 5));
        assert!(may_refresh(10, 15, 5));
        assert!(!may_refresh(10, 9, 5));
    }
}
