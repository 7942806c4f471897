//! A whole question: the pools, the weights, what is fixed and what is forbidden. It is checked before any work.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::{
    Mentee, Mentor, PartKey, Points, Reason, Score, Weights, excluded,
    people::{HOURS_IN_A_WEEK, Style},
    score,
};

/// The most mentees, and the most mentors, of one plan.
///
/// # Design
/// Assignment works on every pair at once: time grows with the cube of the people and memory with the square
/// (24 bytes a pair, some 200 MB at this limit).
pub const PEOPLE_AT_MOST: usize = 3_000;
/// The most places of all mentors together.
pub const PLACES_AT_MOST: usize = 6_000;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Input {
    pub mentees: Vec<Mentee>,
    pub mentors: Vec<Mentor>,
    pub weights: Weights,
    /// Whether ranked lists bind in the two assignment objectives; in a stable plan they always do.
    pub lists: Lists,
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

/// Why a question is not answered. Each is a sentence for the committee.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refusal {
    #[error("The weight of {part} must be a number between 0 and {most}.")]
    Weight { part: &'static str, most: f64 },
    #[error("All weights are nought, so no pair would be better than another. Give at least one part a weight.")]
    NoWeight,
    #[error("The part that matters most to {0} must be one of the six parts of the score.")]
    MattersMost(String),
    #[error("The least score must be a number between 0 and 100.")]
    Least,
    #[error("The score given to {mentee} and {mentor} must be a number between 0 and 100.")]
    GivenScore { mentee: String, mentor: String },
    #[error("{mentee} and {mentor} stand twice among the {list}.")]
    PairTwice { list: &'static str, mentee: String, mentor: String },
    #[error("A {role} has no id.")]
    NoId { role: &'static str },
    #[error("The id {id} stands twice among the {role}s.")]
    IdTwice { role: &'static str, id: String },
    #[error("{who} ranks {whom} twice. Each name stands once in a list.")]
    RankedTwice { who: String, whom: String },
    #[error("{0} has a working-style answer outside 1 to 5.")]
    Style(String),
    #[error("{0} has a free hour outside 0 to 167.")]
    Hour(String),
    #[error("{0} wants to meet less than once or more than 31 times a month.")]
    Frequency(String),
    #[error("One plan takes at most {most} {what}, and there are {found}.")]
    TooMany { what: &'static str, most: usize, found: usize },
    #[error("{list} name the {role} {id}, who is not in the pool.")]
    Unknown { list: &'static str, role: &'static str, id: String },
    #[error("{0} is locked to two mentors.")]
    LockedTwice(String),
    #[error("{0} is locked to more mentees than this mentor takes.")]
    LockedPastCapacity(String),
    #[error("{mentee} and {mentor} are locked, but a rule keeps them apart: {why} Unlock them or record an override.")]
    LockedAgainstRule { mentee: String, mentor: String, why: String },
    #[error("The file cannot be read: {0}")]
    Unreadable(String),
    #[error("This file has format {0}; this version reads format 1.")]
    Format(u32),
}

impl Input {
    /// Refuses what has no sensible answer. Ids in ranked lists may be of people who are no longer in the pool.
    pub(crate) fn check(&self) -> Result<(), Refusal> {
        self.weights.check()?;
        if !(0.0..=100.0).contains(&self.least) {
            return Err(Refusal::Least);
        }
        let places: usize = self.mentors.iter().map(|mentor| (mentor.capacity as usize).min(self.mentees.len())).sum();
        at_most("mentees", PEOPLE_AT_MOST, self.mentees.len())?;
        at_most("mentors", PEOPLE_AT_MOST, self.mentors.len())?;
        at_most("places", PLACES_AT_MOST, places)?;
        check_ids("mentee", self.mentees.iter().map(|mentee| mentee.id.as_str()))?;
        check_ids("mentor", self.mentors.iter().map(|mentor| mentor.id.as_str()))?;
        for mentee in &self.mentees {
            if mentee.matters_most == Some(PartKey::Given) {
                return Err(Refusal::MattersMost(mentee.called().to_string()));
            }
            check_answers(mentee.called(), &mentee.style, &mentee.hours, mentee.meetings_a_month, &mentee.ranked)?;
        }
        for mentor in &self.mentors {
            check_answers(mentor.called(), &mentor.style, &mentor.hours, mentor.meetings_a_month, &mentor.ranked)?;
        }
        self.check_pairs()
    }

    fn check_pairs(&self) -> Result<(), Refusal> {
        let mentees: HashSet<&str> = self.mentees.iter().map(|mentee| mentee.id.as_str()).collect();
        let mentors: HashSet<&str> = self.mentors.iter().map(|mentor| mentor.id.as_str()).collect();
        let lists = [
            ("Locked pairs", self.locked.iter().map(|pair| (&pair.mentee, &pair.mentor)).collect::<Vec<_>>()),
            ("Exclusions", self.exclusions.iter().map(|pair| (&pair.mentee, &pair.mentor)).collect()),
            ("Overrides", self.overrides.iter().map(|pair| (&pair.mentee, &pair.mentor)).collect()),
            ("Given scores", self.scores.iter().map(|pair| (&pair.mentee, &pair.mentor)).collect()),
        ];
        for (list, pairs) in lists {
            let mut seen = HashSet::new();
            for (mentee, mentor) in pairs {
                if !mentees.contains(mentee.as_str()) {
                    return Err(Refusal::Unknown { list, role: "mentee", id: mentee.clone() });
                }
                if !mentors.contains(mentor.as_str()) {
                    return Err(Refusal::Unknown { list, role: "mentor", id: mentor.clone() });
                }
                if !seen.insert((mentee, mentor)) {
                    let list = if list == "Locked pairs" { "locked pairs" } else { list };
                    return Err(Refusal::PairTwice { list, mentee: mentee.clone(), mentor: mentor.clone() });
                }
            }
        }
        match self.scores.iter().find(|given| !(0.0..=100.0).contains(&given.points)) {
            None => Ok(()),
            Some(given) => Err(Refusal::GivenScore { mentee: given.mentee.clone(), mentor: given.mentor.clone() }),
        }
    }
}

fn at_most(what: &'static str, most: usize, found: usize) -> Result<(), Refusal> {
    if found > most { Err(Refusal::TooMany { what, most, found }) } else { Ok(()) }
}

fn check_ids<'a>(role: &'static str, ids: impl Iterator<Item = &'a str>) -> Result<(), Refusal> {
    let mut seen = HashSet::new();
    for id in ids {
        if id.trim().is_empty() {
            return Err(Refusal::NoId { role });
        }
        if !seen.insert(id) {
            return Err(Refusal::IdTwice { role, id: id.to_string() });
        }
    }
    Ok(())
}

fn check_answers(
    who: &str,
    style: &Style,
    hours: &[u8],
    meetings_a_month: Option<u8>,
    ranked: &[String],
) -> Result<(), Refusal> {
    let who = who.to_string();
    if style.iter().flatten().any(|answer| !(1..=5).contains(answer)) {
        return Err(Refusal::Style(who));
    }
    if hours.iter().any(|hour| *hour >= HOURS_IN_A_WEEK) {
        return Err(Refusal::Hour(who));
    }
    if meetings_a_month.is_some_and(|meetings| !(1..=31).contains(&meetings)) {
        return Err(Refusal::Frequency(who));
    }
    let mut seen = HashSet::new();
    match ranked.iter().find(|whom| !seen.insert(*whom)) {
        Some(whom) => Err(Refusal::RankedTwice { who, whom: whom.clone() }),
        None => Ok(()),
    }
}

/// What the input says of single pairs, found without going through its lists for every pair.
pub(crate) struct PairFacts<'a> {
    weights: &'a Weights,
    exclusions: HashMap<(&'a str, &'a str), &'a str>,
    overrides: HashSet<(&'a str, &'a str)>,
    scores: HashMap<(&'a str, &'a str), Points>,
}

impl<'a> PairFacts<'a> {
    pub(crate) fn new(input: &'a Input) -> Self {
        PairFacts {
            weights: &input.weights,
            exclusions: input.exclusions.iter().map(|e| ((&*e.mentee, &*e.mentor), &*e.why)).collect(),
            overrides: input.overrides.iter().map(|o| (&*o.mentee, &*o.mentor)).collect(),
            scores: input.scores.iter().map(|s| ((&*s.mentee, &*s.mentor), Points::new(s.points))).collect(),
        }
    }

    pub(crate) fn excluded(&self, mentee: &Mentee, mentor: &Mentor) -> Option<Reason> {
        let pair = (mentee.id.as_str(), mentor.id.as_str());
        let reason = excluded(mentee, mentor)
            .or_else(|| self.exclusions.get(&pair).map(|why| Reason::Committee((*why).to_string())))?;
        // A person cannot be their own mentor whatever the chair records.
        let set_aside = reason != Reason::SamePerson && self.overrides.contains(&pair);
        (!set_aside).then_some(reason)
    }

    pub(crate) fn total(&self, mentee: &Mentee, mentor: &Mentor) -> Points {
        let given = self.scores.get(&(mentee.id.as_str(), mentor.id.as_str()));
        given.copied().unwrap_or_else(|| score::total(mentee, mentor, self.weights))
    }

    pub(crate) fn score(&self, mentee: &Mentee, mentor: &Mentor) -> Score {
        match self.scores.get(&(mentee.id.as_str(), mentor.id.as_str())) {
            Some(points) => score::given(*points),
            None => score::score(mentee, mentor, self.weights),
        }
    }
}
