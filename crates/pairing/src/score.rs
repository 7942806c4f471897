//! How well a mentee and a mentor fit, from 0 to 100, in parts that add up and explain themselves.

use serde::{Deserialize, Serialize};

use crate::{
    Mentee, Mentor, Refusal, fit,
    known::{KnownMentee, KnownMentor},
    reasons,
    refusal::{Fault, Place},
    words::{Reader, Words},
};

/// What each of [`PARTS`] is worth to one mentee, in millionths; together exactly a full score.
pub(crate) type Shares = [u32; 6];

/// Points in millionths, so that sums are exact and two machines never disagree. A hundred points are a full score.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "f64", into = "f64")]
pub struct Points(u64);

impl Points {
    pub const FULL: Points = Points(100_000_000);

    /// From a number such as 63.5. What lies below nought is nought.
    pub fn new(points: f64) -> Self {
        Points((points * 1e6).round() as u64)
    }

    pub fn from_micro(micro: u64) -> Self {
        Points(micro)
    }

    pub const fn micro(self) -> u64 {
        self.0
    }
}

impl From<f64> for Points {
    fn from(points: f64) -> Points {
        Points::new(points)
    }
}

impl From<Points> for f64 {
    fn from(points: Points) -> f64 {
        points.0 as f64 / 1e6
    }
}

impl std::fmt::Display for Points {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let tenths = (self.0 + 50_000) / 100_000;
        if tenths.is_multiple_of(10) {
            write!(f, "{}", tenths / 10)
        } else {
            write!(f, "{}.{}", tenths / 10, tenths % 10)
        }
    }
}

impl std::iter::Sum for Points {
    fn sum<I: Iterator<Item = Points>>(points: I) -> Self {
        Points(points.map(Points::micro).sum())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartKey {
    /// The mentee's goals among the mentor's topics.
    Goals,
    /// The six working-style answers of both.
    Style,
    /// Kinds of organisation wanted and had.
    Organisation,
    /// Channels, frequency, free hours in common.
    Logistics,
    /// Nearness, or an event both will be at.
    Place,
    /// New mentors, and mentees who were left out before, first.
    Rotation,
    /// The committee's own score, which takes the place of all others.
    Given,
}

/// The parts that are computed.
const PARTS: [PartKey; 6] =
    [PartKey::Goals, PartKey::Style, PartKey::Organisation, PartKey::Logistics, PartKey::Place, PartKey::Rotation];

impl PartKey {
    pub fn words(self) -> &'static str {
        match self {
            PartKey::Goals => "goals and topics",
            PartKey::Style => "working style",
            PartKey::Organisation => "kind of organisation",
            PartKey::Logistics => "ways and times to meet",
            PartKey::Place => "place",
            PartKey::Rotation => "experience and rotation",
            PartKey::Given => "the committee's score",
        }
    }
}

/// How much each part counts. Only the proportions matter; nought switches a part off.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Weights {
    pub goals: f64,
    pub style: f64,
    pub organisation: f64,
    pub logistics: f64,
    pub place: f64,
    pub rotation: f64,
}

impl Default for Weights {
    fn default() -> Self {
        Weights { goals: 40.0, style: 20.0, organisation: 15.0, logistics: 15.0, place: 5.0, rotation: 5.0 }
    }
}

/// No weight may be larger: past this it is a slip of the finger, not a wish.
pub const WEIGHT_AT_MOST: f64 = 1000.0;

impl Weights {
    /// In the order of [`PARTS`].
    fn all(&self) -> [f64; 6] {
        [self.goals, self.style, self.organisation, self.logistics, self.place, self.rotation]
    }

    pub(crate) fn check(&self) -> Result<(), Fault> {
        let keys = ["goals", "style", "organisation", "logistics", "place", "rotation"];
        for ((part, weight), key) in PARTS.into_iter().zip(self.all()).zip(keys) {
            if !weight.is_finite() || !(0.0..=WEIGHT_AT_MOST).contains(&weight) {
                let refusal = Refusal::Weight { part: part.words(), most: WEIGHT_AT_MOST };
                return Err(refusal.at(Place { list: "weights", at: None, key }));
            }
        }
        if self.all().iter().sum::<f64>() < 1e-3 {
            return Err(Refusal::NoWeight.at(Place::whole("weights")));
        }
        Ok(())
    }

    /// What each part is worth to this mentee; together exactly a full score.
    pub(crate) fn shares(&self, mentee: &Mentee) -> Shares {
        let mut wanted = self.all();
        if let Some(most) = PARTS.iter().position(|part| mentee.matters_most == Some(*part)) {
            wanted[most] *= 2.0;
        }
        let sum: f64 = wanted.iter().sum();
        let full = Points::FULL.micro() as u32;
        let mut shares = wanted.map(|weight| (weight / sum * f64::from(full)).floor() as u32);
        let left = full.saturating_sub(shares.iter().sum());
        // What rounding leaves goes to the heaviest part, the first of them, where it shows least.
        let heaviest = shares.iter().copied().max().unwrap_or_default();
        if let Some(share) = shares.iter_mut().find(|share| **share == heaviest) {
            *share += left;
        }
        shares
    }
}

/// A score and what it is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    pub total: Points,
    pub parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub key: PartKey,
    /// The most this part can give.
    pub weight: Points,
    pub points: Points,
    /// Why, in sentences that the two may read. Empty where nothing is known or nothing speaks for the pair.
    pub words: Vec<String>,
    /// What is said to those who plan alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aside: Vec<String>,
}

/// How well these two fit. The weights must be in order, as [`crate::plan`] makes sure of; the hard rules are asked
/// separately, of [`crate::excluded`].
pub fn score(mentee: &Mentee, mentor: &Mentor, weights: &Weights) -> Score {
    let words = Words::default();
    let reader = &mut Reader::new(&words);
    let known = (&KnownMentee::new(mentee, weights, reader), &KnownMentor::new(mentor, reader));
    explained(mentee, mentor, known)
}

/// The same where the two are known already.
pub(crate) fn explained(mentee: &Mentee, mentor: &Mentor, known: (&KnownMentee, &KnownMentor)) -> Score {
    let part = |(key, share): (PartKey, u32)| Part {
        key,
        weight: Points(share.into()),
        points: part_points(share, fit::fit(key, known.0, known.1)),
        words: reasons::words(key, mentee, mentor, known),
        aside: reasons::aside(key, mentee, mentor, known),
    };
    let parts: Vec<Part> = PARTS.into_iter().zip(known.0.shares).map(part).collect();
    Score { total: parts.iter().map(|part| part.points).sum(), parts }
}

/// The total alone, without the words: for the millions of pairs that nobody will read about.
pub(crate) fn total(mentee: &KnownMentee, mentor: &KnownMentor) -> Points {
    PARTS.into_iter().zip(mentee.shares).map(|(key, share)| part_points(share, fit::fit(key, mentee, mentor))).sum()
}

/// The score that the committee gave this pair, in the place of the computed one.
pub(crate) fn given(points: Points) -> Score {
    let words = vec![format!("The committee gave this pair {points} of 100 points.")];
    let part = Part { key: PartKey::Given, weight: Points::FULL, points, words, aside: Vec::new() };
    Score { total: points, parts: vec![part] }
}

fn part_points(share: u32, fit: fit::Fit) -> Points {
    Points(u64::from(share) * u64::from(fit.millionths()) / 1_000_000)
}
