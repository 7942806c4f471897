//! What may be shown of the answers to one question on a scale.
//!
//! # Design
//! Counts with a mean beside them can be worked backwards: of 25 answers with three
//! small classes hidden, the mean and its interval leave one solution. So nothing is
//! hidden from a table that is shown; instead
//! * counts are shown in the finest classes of which each holds five or more: all
//!   steps of the scale, else broad classes, else none;
//! * the mean is rounded to the finest step at which no reader who knows these rules
//!   can work out a count of one to four, nor that all answered alike;
//! * the interval is rounded in the same way, and left out where every rounding tells.
//!
//! Each choice depends on what is shown already and on nothing else, so that the choice
//! itself tells nothing. Whether something can be worked out is tried, not assumed: all
//! answers that would give the same page are gone through.

use std::collections::HashMap;

use measures::disclosure::LEAST_K;

/// A scale: what each step weighs, into which classes steps may be put together (the
/// finest first, each later one broader), and to what its mean may be rounded.
pub struct Steps<'a> {
    pub weights: &'a [f64],
    pub classes: &'a [&'a [usize]],
    /// From fine to coarse.
    pub roundings: &'a [f64],
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
    let rounding = page.rounding_of_mean();
    let half = rounding.and_then(|rounding| {
        let place = place(mean, rounding);
        page.rounding_of_half(rounding, place).map(|it| ceiling(half, it) as f64 * it)
    });
    let mean = rounding.map(|rounding| place(mean, rounding) as f64 * rounding);
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

impl Page<'_> {
    fn rounding_of_mean(&self) -> Option<f64> {
        let tells = |rounding: f64| self.tells(&|counts: &[u64]| Some(place(self.mean(counts), rounding)));
        let mut untried = None;
        for rounding in self.steps.roundings.iter().copied() {
            match tells(rounding) {
                Some(false) => return Some(rounding),
                Some(true) => {}
                // With so many answers the finest step already stands for dozens of sums.
                None => untried = untried.or(Some(rounding)),
            }
        }
        untried
    }

    fn rounding_of_half(&self, rounding: f64, at: i64) -> Option<f64> {
        let tells = |width: f64| {
            self.tells(&|counts: &[u64]| {
                let (mean, half) = mean_and_half(counts, self.steps);
                (place(mean, rounding) == at).then(|| ceiling(half, width))
            })
        };
        self.steps.roundings.iter().copied().find(|width| tells(*width) == Some(false))
    }

    fn mean(&self, counts: &[u64]) -> f64 {
        mean_and_half(counts, self.steps).0
    }

    /// Whether showing `figure` as well would tell a count of one to four, or that all
    /// answered alike, on any page that looks like this one. `None` when there are too
    /// many to try.
    fn tells(&self, figure: &dyn Fn(&[u64]) -> Option<i64>) -> Option<bool> {
        let n: u64 = self.counts.iter().sum();
        let mut seen: HashMap<i64, Vec<(u64, u64)>> = HashMap::new();
        let mut tried = 0;
        self.alike(&mut |counts| {
            tried += 1;
            if tried <= MOST_TRIED
                && let Some(figure) = figure(counts)
            {
                let ranges = seen.entry(figure).or_insert_with(|| counts.iter().map(|it| (*it, *it)).collect());
                for (range, count) in ranges.iter_mut().zip(counts) {
                    *range = (range.0.min(*count), range.1.max(*count));
                }
            }
            tried <= MOST_TRIED
        });
        let known = |(low, high): &(u64, u64)| low == high && ((1..LEAST_K).contains(low) || *low == n);
        (tried <= MOST_TRIED).then(|| seen.values().any(|ranges| ranges.iter().any(known)))
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
        roundings: &[0.1, 0.25, 0.5, 1.0],
        factor: 2.1,
    };
    const FOUR: Steps = Steps {
        weights: &[1.0, 2.0, 3.0, 4.0],
        classes: &[&[1, 1, 1, 1], &[2, 2]],
        roundings: &[0.1, 0.25, 0.5, 1.0],
        factor: 2.2,
    };
    const SCORE: Steps = Steps {
        weights: &[-100.0, 0.0, 100.0],
        classes: &[&[1, 1, 1]],
        roundings: &[5.0, 10.0, 25.0, 50.0],
        factor: 1.96,
    };

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
