//! Counts as readers of a report may see them.
//!
//! # Design
//! A report speaks of groups that lie in each other: of those who applied some are
//! eligible, of those some have a place. Two numbers that differ by less than five would
//! give the group between them away. So a number is shown only where it differs from all
//! others shown by nothing or by five and more; otherwise the reader learns between which
//! numbers it lies, and at least two remain possible. The most important number comes
//! first and is the last to be hidden.

use measures::disclosure::{self, LEAST_K, Shown};
use serde::{Deserialize, Serialize};

/// The smallest group that is shown.
pub const K: u64 = LEAST_K;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Count {
    Number(u64),
    /// It is one of these; both ends belong to it.
    Between(u64, u64),
    /// None to four.
    Few,
    /// Small, or hidden to protect one that is.
    Hidden,
}

impl Count {
    pub fn words(self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Between(0, to) => format!("{to} or fewer"),
            Self::Between(from, to) => format!("{from}–{to}"),
            Self::Few => "fewer than five".to_owned(),
            Self::Hidden => "not shown".to_owned(),
        }
    }

    pub fn number(self) -> Option<u64> {
        if let Self::Number(number) = self { Some(number) } else { None }
    }

    /// How long its bar is: the middle of what it may be.
    pub fn middle(self) -> f64 {
        let (low, high) = self.range();
        (low + high) as f64 / 2.0
    }

    /// All that it may be. What is hidden may be anything, and its bar is nothing.
    pub fn range(self) -> (u64, u64) {
        match self {
            Self::Number(number) => (number, number),
            Self::Between(from, to) => (from, to),
            Self::Few => (0, K - 1),
            Self::Hidden => (0, 0),
        }
    }
}

/// A count that stands alone.
pub fn alone(count: u64) -> Count {
    match disclosure::shown(count, K) {
        Shown::Number(number) => Count::Number(number),
        Shown::Few => Count::Few,
    }
}

/// Groups that lie in each other. `first` names those that should rather be shown, the most
/// important first; those it does not name follow in their order.
pub fn nested(values: &[u64], first: &[usize]) -> Vec<Count> {
    let mut shown: Vec<u64> = Vec::new();
    let rest = (0..values.len()).filter(|at| !first.contains(at));
    for at in first.iter().copied().chain(rest) {
        let value = values[at];
        if value >= K && shown.iter().all(|it| *it == value || it.abs_diff(value) >= K) {
            shown.push(value);
        }
    }
    values.iter().map(|value| place(*value, &shown)).collect()
}

/// A part of a whole that is itself shown.
pub fn part(part: u64, whole: u64) -> Count {
    nested(&[whole, part.min(whole)], &[0])[1]
}

fn place(value: u64, shown: &[u64]) -> Count {
    if shown.contains(&value) {
        return Count::Number(value);
    }
    let below = shown.iter().copied().filter(|it| *it < value).max().unwrap_or(0);
    let near_below = if below == 0 { Count::Few } else { Count::Between(below + 1, below + K - 1) };
    let Some(above) = shown.iter().copied().filter(|it| *it > value).min() else { return near_below };
    if above - below < 2 * K {
        let from = if below == 0 { 0 } else { below + 1 };
        return Count::Between(from, above - 1);
    }
    if above - value < K { Count::Between(above - K + 1, above - 1) } else { near_below }
}

/// Classes that together are everybody, where the total is known.
///
/// Where all would have to be hidden but nearly everybody is in one class, that much is
/// said: it leaves open whether it is all of them.
pub fn classes(counts: &[u64]) -> Vec<Count> {
    let total: u64 = counts.iter().sum();
    let found = disclosure::table(counts, K);
    let all_hidden = found.cells.iter().all(|it| *it == Shown::Few);
    let nearly_all = |count: u64| total >= 2 * K && count + K > total;
    let words = |(shown, count): (&Shown, &u64)| match shown {
        Shown::Number(number) => Count::Number(*number),
        Shown::Few if all_hidden && nearly_all(*count) => Count::Between(total - K + 1, total),
        Shown::Few => Count::Hidden,
    };
    found.cells.iter().zip(counts).map(words).collect()
}

/// How many of a group agree, where the group's own number need not be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Share {
    /// In steps of five percent, so that the size of the group cannot be worked out.
    About(u8),
    /// All, or all but fewer than five.
    NearlyAll,
    /// Nobody, or fewer than five.
    Few,
    /// The group is too small to tell.
    Hidden,
}

impl Share {
    pub fn of(part: u64, whole: u64) -> Self {
        match whole {
            whole if whole < 2 * K => Self::Hidden,
            whole if part + K > whole => Self::NearlyAll,
            _ if part < K => Self::Few,
            _ => Self::About(((part * 200 + whole * 5) / (whole * 10) * 5).min(95) as u8),
        }
    }

    pub fn words(self) -> String {
        match self {
            Self::About(percent) => format!("about {percent} %"),
            Self::NearlyAll => "nearly all".to_owned(),
            Self::Few => "few".to_owned(),
            Self::Hidden => "not shown".to_owned(),
        }
    }
}
