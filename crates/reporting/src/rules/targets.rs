//! Whether a target is met, judged from what the reader may know.
//!
//! # Design
//! "21 to 24 of 25, and the target of 90 % is met" would say more than the range alone. So
//! the judgement is made from the ranges: where it would leave a single number of a range
//! that is not given, no judgement is given for any number of that range.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::counts::Count;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Met,
    NotMet,
    /// So near that a judgement would give a small number away.
    Near,
    /// There is nothing to judge yet.
    Open,
}

impl Verdict {
    pub fn words(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not met",
            Self::Near => "about met",
            Self::Open => "–",
        }
    }
}

/// Judges `part` of `whole` against a target in percent. `truly` are the numbers
/// themselves; they decide only where the ranges leave enough open on both sides.
pub fn verdict(part: Count, whole: Count, truly: (u64, u64), percent: u64) -> Verdict {
    let open = [Count::Hidden, Count::Few];
    if open.contains(&whole) || part == Count::Hidden || truly.1 == 0 {
        return Verdict::Open;
    }
    let is_met = |part: u64, whole: u64| part * 100 >= percent * whole;
    let ((low, high), (least, most)) = (part.range(), whole.range());
    let pairs = (least..=most).flat_map(|whole| (low..=high.min(whole)).map(move |part| (part, whole)));
    let (met, missed): (Vec<_>, Vec<_>) = pairs.partition(|(part, whole)| is_met(*part, *whole));
    if met.is_empty() && missed.is_empty() {
        return Verdict::Open;
    }
    if missed.is_empty() {
        return Verdict::Met;
    }
    if met.is_empty() {
        return Verdict::NotMet;
    }
    let leaves_open = |side: &[(u64, u64)]| {
        let parts: BTreeSet<u64> = side.iter().map(|it| it.0).collect();
        let wholes: BTreeSet<u64> = side.iter().map(|it| it.1).collect();
        (low == high || parts.len() > 1) && (least == most || wholes.len() > 1)
    };
    match leaves_open(&met) && leaves_open(&missed) {
        false => Verdict::Near,
        true if is_met(truly.0, truly.1) => Verdict::Met,
        true => Verdict::NotMet,
    }
}
