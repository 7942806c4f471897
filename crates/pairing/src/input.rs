//! A whole question: the pools, the weights, what is fixed and what is forbidden.

use serde::{Deserialize, Serialize};

use crate::{Mentee, Mentor, Must, Weights};

/// The most mentees, and the most mentors, of one plan.
pub const PEOPLE_AT_MOST: usize = 100_000;
/// The most pairs that may come into question in one plan: 6,000 by 6,000 where everybody may be paired with everybody.
/// Larger pools name the pairs, by lists that bind or by scores.
pub const PAIRS_AT_MOST: usize = 36_000_000;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Input {
    pub mentees: Vec<Mentee>,
    pub mentors: Vec<Mentor>,
    pub weights: Weights,
    /// What ranked lists decide. In a stable plan they bind unless they come first.
    pub lists: Lists,
    pub candidates: Candidates,
    /// Rules that this program sets for itself.
    pub must: Vec<Must>,
    /// Pairs under this score, 0 to 100, are not made.
    pub least: f64,
    pub locked: Vec<Locked>,
    pub exclusions: Vec<Exclusion>,
    pub overrides: Vec<Override>,
    pub scores: Vec<GivenScore>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lists {
    /// Anybody may be paired with anybody acceptable; the lists tell which pairs would rather have each other.
    #[default]
    Guide,
    /// Who has a list is paired with someone on it, or not at all.
    Bind,
    /// Who has a list wants those on it first, in their order, and then everybody else by score.
    First,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Candidates {
    /// Everybody may be paired with everybody whom no rule keeps apart.
    #[default]
    All,
    /// Only pairs to which the committee gave a score.
    Scored,
}

/// A pair that is decided and stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Locked {
    pub mentee: String,
    pub mentor: String,
}

/// A pair that the committee does not want, with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exclusion {
    pub mentee: String,
    pub mentor: String,
    pub why: String,
}

/// The chair's decision that no rule keeps this pair apart, with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Override {
    pub mentee: String,
    pub mentor: String,
    pub why: String,
}

/// The committee's own score of a pair, 0 to 100, in the place of the computed one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GivenScore {
    pub mentee: String,
    pub mentor: String,
    pub points: f64,
}
