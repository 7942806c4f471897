//! The plan: pairs with their reasons and alternatives, who is left and why, and the two numbers to judge it by.

use std::{cmp::Reverse, collections::BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{Input, Points, Refusal, Score, assign, pool::Pool, stable};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Objective {
    /// As many pairs as possible; among those plans, the highest total score.
    MostPairs,
    /// The highest total score; among those plans, the most pairs.
    BestTotal,
    /// Stable on the ranked lists, best for mentees. Who has no list ranks everybody acceptable by score.
    Stable,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Plan {
    pub objective: Objective,
    pub seed: u64,
    /// Ordered by the mentee's id.
    pub pairs: Vec<Pair>,
    /// Ordered by id.
    pub unmatched: Vec<Unmatched>,
    pub free_mentors: Vec<FreeMentor>,
    pub total: Points,
    /// Pairs who would both rather have each other; their number is how far the plan is from stable.
    pub blocking: Vec<BlockingPair>,
    /// How many each hard rule keeps apart.
    pub rules: Vec<RuleCount>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pair {
    pub mentee: String,
    pub mentor: String,
    pub locked: bool,
    pub score: Score,
    /// The two next best mentors for this mentee, whether or not they have a place left.
    pub alternatives: Vec<Alternative>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Alternative {
    pub mentor: String,
    pub total: Points,
    /// Whether the plan leaves this mentor a place.
    pub free: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unmatched {
    pub mentee: String,
    pub words: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FreeMentor {
    pub mentor: String,
    pub places: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct BlockingPair {
    pub mentee: String,
    pub mentor: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleCount {
    pub rule: String,
    pub pairs: usize,
    pub mentees: usize,
    pub mentors: usize,
}

/// The plan for this input. The seed decides ties and nothing else.
pub fn plan(input: &Input, objective: Objective, seed: u64) -> Result<Plan, Refusal> {
    let pool = Pool::new(input, seed)?;
    let paired = match objective {
        Objective::MostPairs | Objective::BestTotal => assign::assign(&pool, objective),
        Objective::Stable => stable::stable(&pool),
    };
    let mut places = pool.places.clone();
    for column in pool.free().filter_map(|row| paired[row]) {
        places[column] -= 1;
    }
    let mut pairs = Vec::new();
    let mut unmatched = Vec::new();
    for (row, mentee) in pool.mentees.iter().enumerate() {
        match paired[row] {
            Some(column) => pairs.push(Pair {
                mentee: mentee.id.clone(),
                mentor: pool.mentors[column].id.clone(),
                locked: pool.locked[row].is_some(),
                score: pool.facts.score(mentee, pool.mentors[column]),
                alternatives: alternatives(&pool, objective, row, column, &places),
            }),
            None => unmatched
                .push(Unmatched { mentee: mentee.id.clone(), words: why_unmatched(&pool, objective, row, &paired) }),
        }
    }
    pairs.sort_by(|a, b| a.mentee.cmp(&b.mentee));
    unmatched.sort_by(|a, b| a.mentee.cmp(&b.mentee));
    let total = pairs.iter().map(|pair| pair.score.total).sum();
    let mut blocking: Vec<BlockingPair> = stable::blocking(&pool, &paired)
        .into_iter()
        .map(|(row, column)| BlockingPair {
            mentee: pool.mentees[row].id.clone(),
            mentor: pool.mentors[column].id.clone(),
        })
        .collect();
    blocking.sort();
    let (free_mentors, rules) = (free_mentors(&pool, &places), rule_counts(&pool));
    Ok(Plan { objective, seed, pairs, unmatched, free_mentors, total, blocking, rules })
}

fn alternatives(pool: &Pool, objective: Objective, row: usize, own: usize, places: &[usize]) -> Vec<Alternative> {
    let mut others: Vec<(Reverse<Points>, usize)> = (0..pool.mentors.len())
        .filter(|column| *column != own)
        .filter_map(|column| Some((Reverse(pool.acceptable(objective, row, column)?), column)))
        .collect();
    others.sort();
    let alternative = |(Reverse(total), column): (Reverse<Points>, usize)| Alternative {
        mentor: pool.mentors[column].id.clone(),
        total,
        free: places[column] > 0,
    };
    others.into_iter().take(2).map(alternative).collect()
}

fn why_unmatched(pool: &Pool, objective: Objective, row: usize, paired: &[Option<usize>]) -> String {
    let who = pool.mentees[row].called();
    let columns = 0..pool.mentors.len();
    if pool.mentors.is_empty() {
        return "There is no mentor in the pool.".to_string();
    }
    if columns.clone().all(|column| pool.points[row][column].is_none()) {
        let ruled_out: Vec<String> = pool
            .kept_apart
            .iter()
            .map(|(rule, pairs)| (rule, pairs.iter().filter(|(mentee, _)| *mentee == row).count()))
            .filter(|(_, mentors)| *mentors > 0)
            .map(|(rule, mentors)| format!("{rule} ({mentors})"))
            .collect();
        return match ruled_out.as_slice() {
            [] => format!("No mentor reaches the least score for {who}."),
            rules => format!("No mentor is left for {who} after the rules: {}.", rules.join(", ")),
        };
    }
    let acceptable: Vec<usize> = columns.filter(|column| pool.acceptable(objective, row, *column).is_some()).collect();
    let best = acceptable.iter().max_by_key(|column| (pool.points[row][**column], Reverse(**column)));
    let Some(best) = best else {
        return format!("Nobody whom {who} could be paired with has {who} on the list, or stands on {who}'s.");
    };
    let mentor = pool.mentors[*best];
    let holders: Vec<&str> = (0..paired.len())
        .filter(|holder| paired[*holder] == Some(*best))
        .map(|holder| pool.mentees[holder].called())
        .collect();
    let places = match (acceptable.len(), holders.as_slice()) {
        (1, []) => return format!("{} is the only mentor for {who} and takes nobody now.", mentor.called()),
        (1, _) => format!("The only mentor for {who} has no place left"),
        (count, _) => format!("None of the {count} mentors for {who} has a place left"),
    };
    match holders.as_slice() {
        [] => format!("{places}."),
        // Who holds the place is the committee's to know; this text goes to no mentee.
        holders => format!("{places}; the nearest, {}, is with {}.", mentor.called(), holders.join(", ")),
    }
}

fn free_mentors(pool: &Pool, places: &[usize]) -> Vec<FreeMentor> {
    let mut free: Vec<FreeMentor> = pool
        .mentors
        .iter()
        .zip(places)
        .filter(|(_, places)| **places > 0)
        .map(|(mentor, places)| FreeMentor { mentor: mentor.id.clone(), places: *places })
        .collect();
    free.sort_by(|a, b| a.mentor.cmp(&b.mentor));
    free
}

fn rule_counts(pool: &Pool) -> Vec<RuleCount> {
    pool.kept_apart
        .iter()
        .map(|(rule, pairs)| RuleCount {
            rule: (*rule).to_string(),
            pairs: pairs.len(),
            mentees: pairs.iter().map(|(row, _)| row).collect::<BTreeSet<_>>().len(),
            mentors: pairs.iter().map(|(_, column)| column).collect::<BTreeSet<_>>().len(),
        })
        .collect()
}
