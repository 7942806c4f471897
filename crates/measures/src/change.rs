//! Before and after, of the same people. It is a change *during* the program; without others to compare with,
//! nothing here says that the program caused it.

use crate::{
    Interval, Refusal,
    distributions::t_two_sided,
    summary::{enough, summary},
};

/// How the same people's answers moved, in the unit of the answers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    pub n: usize,
    /// The mean of after − before.
    pub mean: f64,
    pub sd: f64,
    pub interval: Interval,
    /// Student's t and its two-sided p, absent when everybody moved alike. For files, not for the Board's report.
    pub t: Option<(f64, f64)>,
    /// The mean difference in standard deviations of the differences, absent when everybody moved alike.
    pub d_z: Option<f64>,
}

/// The change from `before` to `after`, where the same place in both lists is the same person.
///
/// Needs two pairs and lists of equal length.
/// Source: the paired t-test (Student 1908); d_z as in Lakens (2013), formula 6.
pub fn change(before: &[f64], after: &[f64]) -> Result<Change, Refusal> {
    let differences = differences(before, after)?;
    let summary = summary(&differences)?;
    let n = summary.n as f64;
    let moved_apart = summary.sd > 0.0;
    let t = moved_apart.then(|| {
        let t = summary.mean / (summary.sd / n.sqrt());
        (t, t_two_sided(t, n - 1.0))
    });
    let d_z = moved_apart.then(|| summary.mean / summary.sd);
    Ok(Change { n: summary.n, mean: summary.mean, sd: summary.sd, interval: summary.interval, t, d_z })
}

/// Up to this many people who changed, Wilcoxon's exact probability is worked out.
pub const WILCOXON_AT_MOST: usize = 50;

/// The exact two-sided p of Wilcoxon's signed-rank test; those who did not change are left out, ties share the mean
/// of their ranks, and the distribution is the one over all signs of exactly these ranks.
///
/// Refuses when nobody changed and when more than [`WILCOXON_AT_MOST`] did: then the t-interval serves.
/// Source: Wilcoxon (1945); for ties, Lehmann, Nonparametrics (1975), §3.2.
pub fn wilcoxon(before: &[f64], after: &[f64]) -> Result<f64, Refusal> {
    let mut changed = differences(before, after)?;
    changed.retain(|difference| *difference != 0.0);
    let n = changed.len();
    if n == 0 {
        return Err(Refusal::NoVariation);
    }
    if n > WILCOXON_AT_MOST {
        return Err(Refusal::TooMany { most: WILCOXON_AT_MOST, found: n });
    }
    let doubled = doubled_ranks(&mut changed);
    let positive: usize =
        changed.iter().zip(&doubled).filter(|(difference, _)| **difference > 0.0).map(|(_, rank)| rank).sum();
    let all: usize = doubled.iter().sum();
    // ways[s]: the share of all signs whose positive ranks add up to s, doubled ranks being whole numbers.
    let mut ways = vec![0.0; all + 1];
    ways[0] = 1.0;
    for rank in doubled {
        for sum in (0..=all).rev() {
            ways[sum] = 0.5 * (ways[sum] + if sum >= rank { ways[sum - rank] } else { 0.0 });
        }
    }
    let smaller = positive.min(all - positive);
    Ok((2.0 * ways[..=smaller].iter().sum::<f64>()).min(1.0))
}

/// Sorts the differences by size and gives twice the rank of each, so that shared ranks stay whole.
fn doubled_ranks(differences: &mut [f64]) -> Vec<usize> {
    differences.sort_by(|a, b| a.abs().total_cmp(&b.abs()));
    let mut ranks = Vec::with_capacity(differences.len());
    // Answers on a scale differ by halves at least; what is closer than this is the same size, rounded twice.
    for tied in differences.chunk_by(|a, b| (a.abs() - b.abs()).abs() < 1e-9) {
        let first = ranks.len() + 1;
        let shared = 2 * first + tied.len() - 1;
        ranks.extend(std::iter::repeat_n(shared, tied.len()));
    }
    ranks
}

fn differences(before: &[f64], after: &[f64]) -> Result<Vec<f64>, Refusal> {
    if before.len() != after.len() {
        return Err(Refusal::Uneven { left: before.len(), right: after.len() });
    }
    enough(before, 0)?;
    enough(after, 0)?;
    Ok(after.iter().zip(before).map(|(after, before)| after - before).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::near;

    const BEFORE: [f64; 8] = [3.0, 2.5, 3.5, 4.0, 2.0, 3.0, 3.5, 2.5];
    const AFTER: [f64; 8] = [4.0, 3.5, 3.5, 4.5, 3.0, 3.0, 4.5, 3.5];

    #[test]
    fn eight_people_before_and_after_give_the_known_change() {
        let found = change(&BEFORE, &AFTER).unwrap();
        assert_eq!(found.n, 8);
        near(found.mean, 0.6875);
        near(found.sd, 0.458_063);
        near(found.interval.low, 0.304_550);
        near(found.interval.high, 1.070_450);
        let (t, p) = found.t.unwrap();
        near(t, 4.245_147);
        near(p, 0.003_816);
        near(found.d_z.unwrap(), 1.500_886);
        near(wilcoxon(&BEFORE, &AFTER).unwrap(), 0.031_25);
    }

    #[test]
    fn people_who_all_move_alike_have_a_change_but_no_t() {
        let found = change(&[1.0, 2.0, 3.0], &[2.0, 3.0, 4.0]).unwrap();
        assert_eq!((found.mean, found.sd, found.t, found.d_z), (1.0, 0.0, None, None));
    }

    #[test]
    fn lists_that_do_not_belong_together_are_refused() {
        assert_eq!(change(&[1.0, 2.0], &[1.0]), Err(Refusal::Uneven { left: 2, right: 1 }));
        assert_eq!(change(&[1.0], &[2.0]), Err(Refusal::TooFew { needed: 2, found: 1 }));
        assert_eq!(change(&[f64::NAN, 1.0], &[1.0, 1.0]), Err(Refusal::NotANumber));
    }

    #[test]
    fn wilcoxon_without_ties_agrees_with_counting_all_signs() {
        // Ranks 1 to 5, of which the first is negative: sums 0 and 1 have one way each, so p is 2 · 2/32.
        let after = [-1.0, 2.0, 3.0, 4.0, 5.0];
        near(wilcoxon(&[0.0; 5], &after).unwrap(), 0.125);
        near(wilcoxon(&after, &[0.0; 5]).unwrap(), 0.125);
    }

    #[test]
    fn wilcoxon_refuses_when_nobody_changed_and_when_too_many_did() {
        assert_eq!(wilcoxon(&[1.0, 2.0], &[1.0, 2.0]), Err(Refusal::NoVariation));
        let many = vec![1.0; WILCOXON_AT_MOST + 1];
        assert_eq!(wilcoxon(&vec![0.0; many.len()], &many), Err(Refusal::TooMany { most: 50, found: 51 }));
        assert!(wilcoxon(&vec![0.0; 50], &many[..50]).unwrap() < 1e-12);
    }
}
