//! The plan: pairs with their reasons and alternatives, who is left and why, and the two numbers to judge it by.

use serde::{Deserialize, Serialize};

use crate::{
    Input, Points, Refusal, Score,
    assignment::{self, Aim},
    left,
    parts::{both, in_parts},
    pool::Pool,
    refusal::{Fault, Place},
    stable,
};

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

impl Objective {
    pub const ALL: [Objective; 3] = [Objective::MostPairs, Objective::BestTotal, Objective::Stable];
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    pub objective: Objective,
    pub seed: u64,
    /// Ordered by the mentee's id.
    pub pairs: Vec<Pair>,
    /// Ordered by id.
    pub unmatched: Vec<Unmatched>,
    pub free_mentors: Vec<FreeMentor>,
    pub total: Points,
    /// How many pairs would both rather have each other: how far the plan is from stable.
    pub blocking_pairs: usize,
    /// The first of them by id, [`BLOCKING_SHOWN`] at most.
    pub blocking: Vec<BlockingPair>,
    /// How many each hard rule keeps apart.
    pub rules: Vec<RuleCount>,
    /// What was passed over.
    pub notes: Vec<Note>,
}

/// Nobody reads more of them, and in a large pool there may be millions.
pub const BLOCKING_SHOWN: usize = 1_000;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    pub mentee: String,
    pub mentor: String,
    pub locked: bool,
    pub score: Score,
    /// The two next best mentors for this mentee, whether or not they have a place left.
    pub alternatives: Vec<Alternative>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alternative {
    pub mentor: String,
    pub total: Points,
    /// Whether the plan leaves this mentor a place.
    pub free: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unmatched {
    pub mentee: String,
    pub words: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreeMentor {
    pub mentor: String,
    pub places: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct BlockingPair {
    pub mentee: String,
    pub mentor: String,
}

/// Whom a hard rule keeps apart, and whom the rules leave with nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleCount {
    pub rule: String,
    pub pairs: usize,
    pub mentees: usize,
    pub mentors: usize,
    /// Of these mentees, who may be paired with nobody at all.
    pub mentees_left_with_nobody: usize,
    pub mentors_left_with_nobody: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Of the file, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    pub words: String,
    #[serde(skip)]
    pub(crate) place: Place,
}

/// What an objective comes to, without saying who is with whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub objective: Objective,
    pub pairs: usize,
    pub unmatched: usize,
    pub total: Points,
    pub blocking_pairs: usize,
}

/// The plan for this input. The seed decides ties and nothing else.
pub fn plan(input: &Input, objective: Objective, seed: u64) -> Result<Plan, Refusal> {
    Ok(planned(input, objective, seed)?)
}

/// How many each hard rule keeps apart, without a plan: what a rule would cost can be seen before it is chosen.
pub fn rules(input: &Input, objective: Objective, seed: u64) -> Result<Vec<RuleCount>, Refusal> {
    Ok(rule_counts(&Pool::new(input, seed, objective)?))
}

/// All scores at once: which pairs come into question, in canonical order, and what each is worth.
pub fn table(input: &Input, objective: Objective, seed: u64) -> Result<assignment::Table, Refusal> {
    Ok(Pool::new(input, seed, objective)?.table)
}

/// What each objective would give. One that this pool is too large for is left out.
pub fn outcomes(input: &Input, seed: u64) -> Result<Vec<Outcome>, Refusal> {
    let mut outcomes = Vec::new();
    for objective in Objective::ALL {
        let pool = match Pool::new(input, seed, objective) {
            Err(Fault { refusal: Refusal::TooManyPairs { .. }, .. }) => continue,
            pool => pool?,
        };
        let paired = paired(&pool, objective);
        let pairs = paired.iter().flatten().count();
        let of_row = |(row, column): (usize, &Option<usize>)| Some(pool.points(row, (*column)?) as u64);
        outcomes.push(Outcome {
            objective,
            pairs,
            unmatched: paired.len() - pairs,
            total: Points::from_micro(paired.iter().enumerate().filter_map(of_row).sum()),
            blocking_pairs: blocking(&pool, objective, &paired).len(),
        });
    }
    Ok(outcomes)
}

pub(crate) fn planned(input: &Input, objective: Objective, seed: u64) -> Result<Plan, Fault> {
    let pool = Pool::new(input, seed, objective)?;
    let (paired, by_id) = both(pool.mentees.len(), || paired(&pool, objective), || by_id(&pool));
    let mut places = pool.places.clone();
    for column in pool.free().filter_map(|row| paired[row]) {
        places[column] -= 1;
    }
    let parts = in_parts(by_id.len(), by_id.len() * 1_000, |range| {
        let both = |row: &usize| Some(pair(&pool, *row, paired[*row]?, &places));
        by_id[range].iter().filter_map(both).collect::<Vec<_>>()
    });
    let pairs: Vec<Pair> = parts.into_iter().flatten().collect();
    let holders = left::holders(&pool, &paired);
    let alone = by_id.iter().filter(|row| paired[**row].is_none());
    let unmatched = alone.map(|row| Unmatched {
        mentee: pool.mentees[*row].id.clone(),
        words: left::why(&pool, objective, *row, &holders),
    });
    let unmatched = unmatched.collect();
    let blocking = blocking(&pool, objective, &paired);
    Ok(Plan {
        objective,
        seed,
        total: pairs.iter().map(|pair| pair.score.total).sum(),
        pairs,
        unmatched,
        free_mentors: free_mentors(&pool, &places),
        blocking_pairs: blocking.len(),
        blocking: first_by_id(&pool, blocking),
        rules: rule_counts(&pool),
        notes: notes(&pool),
    })
}

/// Mentees in the order of their ids.
fn by_id(pool: &Pool<'_>) -> Vec<usize> {
    let mut by_id: Vec<(&str, usize)> = pool.mentees.iter().map(|it| it.id.as_str()).zip(0..).collect();
    // Most are told apart by their first bytes, which are numbers here.
    by_id.sort_by_cached_key(|(id, _)| {
        let mut first = [0; 8];
        first.iter_mut().zip(id.bytes()).for_each(|(to, byte)| *to = byte);
        (u64::from_be_bytes(first), *id)
    });
    by_id.into_iter().map(|(_, row)| row).collect()
}

fn paired(pool: &Pool<'_>, objective: Objective) -> Vec<Option<usize>> {
    let aim = match objective {
        Objective::Stable => return stable::stable(pool),
        Objective::MostPairs => Aim::MostPairs,
        Objective::BestTotal => Aim::BestTotal,
    };
    let rows: Vec<usize> = pool.free().collect();
    let first: Vec<bool> = rows.iter().map(|row| pool.mentees[*row].left_out_before).collect();
    if rows.len() == pool.mentees.len() {
        return assignment::assign(&pool.table, &pool.places, &first, aim);
    }
    let part = pool.table.part(&rows, &(0..pool.mentors.len()).collect::<Vec<_>>());
    let mut paired = pool.locked.clone();
    for (row, column) in rows.iter().zip(assignment::assign(&part, &pool.places, &first, aim)) {
        paired[*row] = column;
    }
    paired
}

/// Deferred acceptance leaves none, which is proven and, where assertions are on, looked at; elsewhere they are sought.
fn blocking(pool: &Pool<'_>, objective: Objective, paired: &[Option<usize>]) -> Vec<(u32, u32)> {
    if objective == Objective::Stable {
        debug_assert_eq!(stable::blocking(pool, paired), []);
        return Vec::new();
    }
    stable::blocking(pool, paired)
}

fn pair(pool: &Pool<'_>, row: usize, column: usize, places: &[u32]) -> Pair {
    Pair {
        mentee: pool.mentees[row].id.clone(),
        mentor: pool.mentors[column].id.clone(),
        locked: pool.locked[row].is_some(),
        score: pool.score(row, column),
        alternatives: alternatives(pool, row, column, places),
    }
}

fn alternatives(pool: &Pool<'_>, row: usize, own: usize, places: &[u32]) -> Vec<Alternative> {
    let mut best: [Option<(i32, usize)>; 2] = [None; 2];
    for (column, points) in pool.table.row(row).filter(|(column, _)| *column != own) {
        // Of two with the same points the one that is first in canonical order stays.
        if best[1].is_none_or(|(other, _)| points > other) {
            best[1] = Some((points, column));
            if best[0].is_none_or(|(other, _)| points > other) {
                best.swap(0, 1);
            }
        }
    }
    let alternative = |(points, column): (i32, usize)| Alternative {
        mentor: pool.mentors[column].id.clone(),
        total: Points::from_micro(points as u64),
        free: places[column] > 0,
    };
    best.into_iter().flatten().map(alternative).collect()
}

fn free_mentors(pool: &Pool<'_>, places: &[u32]) -> Vec<FreeMentor> {
    let free = pool.mentors.iter().zip(places).filter(|(_, places)| **places > 0);
    let mut free: Vec<FreeMentor> =
        free.map(|(mentor, places)| FreeMentor { mentor: mentor.id.clone(), places: *places as usize }).collect();
    free.sort_by(|a, b| a.mentor.cmp(&b.mentor));
    free
}

pub(crate) fn first_by_id(pool: &Pool<'_>, mut blocking: Vec<(u32, u32)>) -> Vec<BlockingPair> {
    let ids = |pair: &(u32, u32)| (&pool.mentees[pair.0 as usize].id, &pool.mentors[pair.1 as usize].id);
    if blocking.len() > BLOCKING_SHOWN {
        blocking.select_nth_unstable_by(BLOCKING_SHOWN, |a, b| ids(a).cmp(&ids(b)));
        blocking.truncate(BLOCKING_SHOWN);
    }
    blocking.sort_by(|a, b| ids(a).cmp(&ids(b)));
    let named = blocking.iter().map(ids);
    named.map(|(mentee, mentor)| BlockingPair { mentee: mentee.clone(), mentor: mentor.clone() }).collect()
}

fn rule_counts(pool: &Pool<'_>) -> Vec<RuleCount> {
    let met = pool.rules.iter().zip(&pool.apart.rules).filter(|(found, _)| found.pairs > 0);
    let count = |(found, rule): (&crate::pool::RuleFound, &crate::Reason)| RuleCount {
        rule: rule.rule().to_string(),
        pairs: found.pairs,
        mentees: found.mentees,
        mentors: found.mentors,
        mentees_left_with_nobody: found.mentees_left,
        mentors_left_with_nobody: found.mentors_left,
    };
    let mut counts: Vec<RuleCount> = met.map(count).collect();
    counts.sort_by(|a, b| a.rule.cmp(&b.rule));
    counts
}

fn notes(pool: &Pool<'_>) -> Vec<Note> {
    const SHOWN: usize = 100;
    let words = |who: &str, whom: &str| format!("{who} ranks {whom}, who is not in the pool; the name is passed over.");
    let shown = pool.missing.iter().take(SHOWN);
    let mut notes: Vec<Note> =
        shown.map(|it| Note { line: None, words: words(&it.who, &it.whom), place: it.place }).collect();
    if let Some(more @ 1..) = pool.missing.len().checked_sub(SHOWN) {
        let words = format!("{more} more names on lists are not in the pool and are passed over.");
        notes.push(Note { line: None, words, place: Place::default() });
    }
    notes
}
