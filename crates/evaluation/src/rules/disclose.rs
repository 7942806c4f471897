//! What may be shown of the answers to one question on a scale.
//!
//! # Design
//! Counts with a mean beside them can be worked backwards: of 25 answers with three
//! small classes hidden, the mean and its interval leave one solution. So nothing is
//! hidden from a table that is shown; instead
//! * counts are shown in the finest classes of which each holds five or more: all
//!   steps of the scale, else broad classes, else none;
//! * the mean is known only to lie within a band. Bands begin as fine as the scale's
//!   rounding and are put together until no reader who knows these rules can work out
//!   a count of one to four, nor that all answered alike;
//! * half the width of the interval is banded in the same way.
//!
//! Where bands begin and end depends on what is shown already and on nothing else, so
//! that they tell nothing themselves. Whether something can be worked out is tried, not
//! assumed: all answers that would give the same page are gone through.

use std::collections::BTreeMap;

use measures::disclosure::LEAST_K;

/// A scale: what each step weighs, into which classes steps may be put together (the
/// finest first, each later one broader), and to what its mean may be rounded.
pub struct Steps<'a> {
    pub weights: &'a [f64],
    pub classes: &'a [&'a [usize]],
    /// The finest band of a mean.
    pub rounding: f64,
    /// What the standard error is multiplied with: half the width of the interval.
    pub factor: f64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// Classes as first and last step, with the count; empty where none may be shown.
    pub classes: Vec<(usize, usize, u64)>,
    pub mean: Option<f64>,
    /// Half the width of the interval around the mean.
    pub half: Option<f64>,
    /// Whether mean and interval were rounded to protect somebody.
    pub rounded: bool,
}

/// More pages than this are not gone through; what is then shown is coarse enough.
const MOST_TRIED: usize = 60_000;

/// What may be shown of these counts, one for each step. `None` for fewer than five answers.
pub fn shown(counts: &[u64], steps: &Steps) -> Option<Shown> {
    let n: u64 = counts.iter().sum();
    if n < LEAST_K {
        return None;
    }
    let choice = finest(counts, steps.classes);
    let classes = choice.map(|choice| spans(counts, steps.classes[choice])).unwrap_or_default();
    let (mean, half) = mean_and_half(counts, steps);
    if choice == Some(0) {
        return Some(Shown { classes, mean: Some(mean), half: Some(half), rounded: false });
    }
    let page = Page { counts, steps, choice };
    let at = place(mean, steps.rounding);
    let band = page.band(at, &|counts| Some(place(mean_and_half(counts, steps).0, steps.rounding)));
    let half = match band {
        Band::Of(low, high) => page.band(ceiling(half, steps.rounding), &|counts| {
            let (mean, half) = mean_and_half(counts, steps);
            (low..=high).contains(&place(mean, steps.rounding)).then(|| ceiling(half, steps.rounding))
        }),
        _ => Band::Tells,
    };
    let mean = match band {
        Band::Of(low, high) => Some((low + high) as f64 / 2.0 * steps.rounding),
        // With so many answers the finest band already stands for dozens of sums.
        Band::TooMany => Some(at as f64 * steps.rounding),
        Band::Tells => None,
    };
    let half = match half {
        Band::Of(_, high) => Some(high as f64 * steps.rounding),
        _ => None,
    };
    Some(Shown { classes, mean, half, rounded: true })
}

/// The finest classes of which each holds five or more.
fn finest(counts: &[u64], classes: &[&[usize]]) -> Option<usize> {
    classes.iter().position(|sizes| spans(counts, sizes).iter().all(|(_, _, count)| *count >= LEAST_K))
}

fn spans(counts: &[u64], sizes: &[usize]) -> Vec<(usize, usize, u64)> {
    let mut first = 0;
    let span = |size: &usize| {
        let span = (first, first + size - 1, counts[first..first + size].iter().sum());
        first += size;
        span
    };
    sizes.iter().map(span).collect()
}

fn mean_and_half(counts: &[u64], steps: &Steps) -> (f64, f64) {
    let n = counts.iter().sum::<u64>() as f64;
    let weighted = || counts.iter().map(|count| *count as f64).zip(steps.weights);
    let mean = weighted().map(|(count, weight)| count * weight).sum::<f64>() / n;
    let spread = weighted().map(|(count, weight)| count * (weight - mean).powi(2)).sum::<f64>() / n;
    (mean, steps.factor * (spread / n).sqrt())
}

/// Rounding is done on whole steps, so that equal means never fall apart by a hair.
fn place(value: f64, rounding: f64) -> i64 {
    (value / rounding + 0.5 + 1e-9).floor() as i64
}

/// Up to the next step, and at least one: an interval without width would tell that all are alike.
fn ceiling(value: f64, rounding: f64) -> i64 {
    ((value / rounding - 1e-9).ceil() as i64).max(1)
}

/// What a reader sees before the mean, and knows: the rules, the number of answers, the classes.
struct Page<'a> {
    counts: &'a [u64],
    steps: &'a Steps<'a>,
    choice: Option<usize>,
}

/// Between which places a figure is said to lie.
enum Band {
    Of(i64, i64),
    /// Even all bands together would tell something.
    Tells,
    TooMany,
}

impl Page<'_> {
    /// The band around `at` in which a figure is shown beside what this page shows
    /// already. `figure` gives the place of the figure for other counts that look alike,
    /// and nothing for those that do not.
    fn band(&self, at: i64, figure: &dyn Fn(&[u64]) -> Option<i64>) -> Band {
        let mut seen: BTreeMap<i64, Vec<(u64, u64)>> = BTreeMap::new();
        let mut tried = 0;
        self.alike(&mut |counts| {
            tried += 1;
            if let Some(place) = figure(counts) {
                let ranges = seen.entry(place).or_insert_with(|| counts.iter().map(|it| (*it, *it)).collect());
                widen(ranges, counts.iter().map(|it| (*it, *it)));
            }
            tried <= MOST_TRIED
        });
        if tried > MOST_TRIED {
            return Band::TooMany;
        }
        let n = self.counts.iter().sum();
        let bands = bands(seen, n);
        let around = bands.into_iter().find(|(low, high, _)| (*low..=*high).contains(&at));
        match around {
            Some((low, high, ranges)) if !tells(&ranges, n) => Band::Of(low, high),
            _ => Band::Tells,
        }
    }

    /// Goes through all counts that show the same classes, until `look` has seen enough.
    fn alike(&self, look: &mut dyn FnMut(&[u64]) -> bool) {
        let n: u64 = self.counts.iter().sum();
        let classes = self.steps.classes;
        let sizes = classes[self.choice.unwrap_or(classes.len() - 1)];
        let shown: Vec<u64> = spans(self.counts, sizes).iter().map(|span| span.2).collect();
        // Where no classes are shown, the broadest ones would have had one of under five.
        let mut sums = |sums: &[u64]| {
            let fits = if self.choice.is_some() { sums == shown } else { sums.iter().any(|sum| *sum < LEAST_K) };
            !fits
                || fill(sums, sizes, &mut Vec::new(), &mut |counts| {
                    finest(counts, classes) != self.choice || look(counts)
                })
        };
        if self.choice.is_some() {
            sums(&shown);
        } else {
            split(n, sizes.len(), &mut Vec::new(), &mut sums);
        }
    }
}

/// From the least to the most a step can have been chosen, for each step.
type Ranges = Vec<(u64, u64)>;

fn widen(ranges: &mut Ranges, by: impl Iterator<Item = (u64, u64)>) {
    for (range, (low, high)) in ranges.iter_mut().zip(by) {
        *range = (range.0.min(low), range.1.max(high));
    }
}

/// Whether a count of one to four is certain, or that all answered alike.
fn tells(ranges: &Ranges, n: u64) -> bool {
    ranges.iter().any(|(low, high)| low == high && ((1..LEAST_K).contains(low) || *low == n))
}

/// Puts neighbouring places together, from the lowest on, until none tells anything;
/// what is left over joins the last band.
fn bands(seen: BTreeMap<i64, Ranges>, n: u64) -> Vec<(i64, i64, Ranges)> {
    let mut bands: Vec<(i64, i64, Ranges)> = Vec::new();
    let mut is_whole = true;
    for (place, ranges) in seen {
        match bands.last_mut().filter(|_| !is_whole) {
            Some((_, high, band)) => {
                *high = place;
                widen(band, ranges.into_iter());
            }
            None => bands.push((place, place, ranges)),
        }
        is_whole = bands.last().is_none_or(|(_, _, band)| !tells(band, n));
    }
    if !is_whole && let Some((_, high, left_over)) = bands.pop() {
        match bands.last_mut() {
            Some(last) => {
                last.1 = high;
                widen(&mut last.2, left_over.into_iter());
            }
            None => bands.push((i64::MIN, i64::MAX, left_over)),
        }
    }
    bands
}

/// All ways to spread `n` over `parts`. False as soon as `look` has seen enough.
fn split(n: u64, parts: usize, so_far: &mut Vec<u64>, look: &mut dyn FnMut(&[u64]) -> bool) -> bool {
    let from = if parts == 1 { n } else { 0 };
    for first in from..=n {
        so_far.push(first);
        let go_on = if parts == 1 { look(so_far) } else { split(n - first, parts - 1, so_far, look) };
        so_far.pop();
        if !go_on {
            return false;
        }
    }
    true
}

/// All ways to spread each class's sum over its steps.
fn fill(sums: &[u64], sizes: &[usize], so_far: &mut Vec<u64>, look: &mut dyn FnMut(&[u64]) -> bool) -> bool {
    let (Some((sum, sums)), Some((size, sizes))) = (sums.split_first(), sizes.split_first()) else {
        return look(so_far);
    };
    let length = so_far.len();
    split(*sum, *size, &mut Vec::new(), &mut |part| {
        so_far.truncate(length);
        so_far.extend_from_slice(part);
        let go_on = fill(sums, sizes, so_far, look);
        so_far.truncate(length);
        go_on
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    const FIVE: Steps = Steps {
        weights: &[1.0, 2.0, 3.0, 4.0, 5.0],
        classes: &[&[1, 1, 1, 1, 1], &[2, 1, 2], &[3, 2]],
        rounding: 0.1,
        factor: 2.1,
    };
    const FOUR: Steps =
        Steps { weights: &[1.0, 2.0, 3.0, 4.0], classes: &[&[1, 1, 1, 1], &[2, 2]], rounding: 0.1, factor: 2.2 };
    const SCORE: Steps = Steps { weights: &[-100.0, 0.0, 100.0], classes: &[&[1, 1, 1]], rounding: 5.0, factor: 1.96 };

    #[test]
    fn four_answers_show_nothing_and_five_show_a_rounded_mean() {
        assert_eq!(shown(&[0, 0, 1, 2, 1], &FIVE), None);
        let five = shown(&[0, 0, 1, 2, 2], &FIVE).unwrap();
        assert_eq!((five.classes, five.rounded), (vec![], true));
        assert!(five.mean.is_some());
    }

    #[test]
    fn counts_of_five_and_more_are_shown_as_they_are() {
        let found = shown(&[5, 6, 7, 8, 9], &FIVE).unwrap();
        assert_eq!(found.classes, [(0, 0, 5), (1, 1, 6), (2, 2, 7), (3, 3, 8), (4, 4, 9)]);
        assert!(!found.rounded && (found.mean.unwrap() - 115.0 / 35.0).abs() < 1e-9);
    }

    #[test]
    fn small_steps_are_put_together_into_broad_classes() {
        assert_eq!(shown(&[2, 4, 7, 20, 17], &FIVE).unwrap().classes, [(0, 1, 6), (2, 2, 7), (3, 4, 37)]);
        assert_eq!(shown(&[0, 1, 6, 10, 8], &FIVE).unwrap().classes, [(0, 2, 7), (3, 4, 18)]);
        assert_eq!(shown(&[0, 1, 3, 10, 11], &FIVE).unwrap().classes, []);
    }

    #[test]
    fn five_hundred_answers_are_rounded_finely() {
        let found = shown(&[2, 8, 60, 230, 200], &FIVE).unwrap();
        assert_eq!(found.classes, [(0, 1, 10), (2, 2, 60), (3, 4, 430)]);
        assert!((found.mean.unwrap() - 4.2).abs() < 1e-9, "{found:?}");
    }

    /// Every way to answer, grouped by what would be shown of it.
    fn nothing_tells(steps: &Steps, n: u64) {
        let mut pages: BTreeMap<String, Vec<Vec<u64>>> = BTreeMap::new();
        split(n, steps.weights.len(), &mut Vec::new(), &mut |counts| {
            pages.entry(format!("{:?}", shown(counts, steps))).or_default().push(counts.to_vec());
            true
        });
        for (page, all) in pages {
            for step in 0..steps.weights.len() {
                let mut values: Vec<u64> = all.iter().map(|counts| counts[step]).collect();
                values.sort_unstable();
                values.dedup();
                let told = values.len() == 1 && ((1..5).contains(&values[0]) || values[0] == n);
                assert!(!told, "{page} tells that {} chose step {step}: {all:?}", values[0]);
            }
        }
    }

    // SRV5: a reader who knows every rule here, and can try all answers, learns no count
    // of one to four and never that all answered alike.
    #[test]
    fn no_page_tells_a_count_of_one_to_four() {
        for n in 5..=8 {
            nothing_tells(&FIVE, n);
        }
        for n in [9, 10, 11, 12] {
            nothing_tells(&FOUR, n);
        }
        for n in [5, 9, 10, 14, 20, 25] {
            nothing_tells(&SCORE, n);
        }
    }
}
