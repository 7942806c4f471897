//! The question made ready: people in canonical order, which pairs are acceptable, who prefers whom.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
};

use crate::{Input, Lists, Mentee, Mentor, Objective, Points, Refusal, input::PairFacts};

/// A rank of somebody who is not on the list.
pub(crate) const UNLISTED: u32 = u32::MAX;

pub(crate) struct Pool<'a> {
    pub(crate) facts: PairFacts<'a>,
    /// In an order that hangs on seed and id alone: it decides ties, and the order of the input does not.
    pub(crate) mentees: Vec<&'a Mentee>,
    pub(crate) mentors: Vec<&'a Mentor>,
    /// By mentee: the mentor to whom he is locked.
    pub(crate) locked: Vec<Option<usize>>,
    /// By mentor: the places that locks leave.
    pub(crate) places: Vec<usize>,
    /// By mentee and mentor: the score, absent where a rule or the least score forbids the pair.
    pub(crate) points: Vec<Vec<Option<Points>>>,
    /// By mentee and mentor: the place on the mentee's list, from 0.
    pub(crate) mentee_ranks: Vec<Vec<u32>>,
    /// By mentor and mentee: the place on the mentor's list.
    pub(crate) mentor_ranks: Vec<Vec<u32>>,
    /// By rule: the pairs it keeps apart.
    pub(crate) kept_apart: BTreeMap<&'static str, Vec<(usize, usize)>>,
    lists: Lists,
}

impl<'a> Pool<'a> {
    pub(crate) fn new(input: &'a Input, seed: u64) -> Result<Self, Refusal> {
        input.check()?;
        let facts = PairFacts::new(input);
        let mut mentees: Vec<&Mentee> = input.mentees.iter().collect();
        let mut mentors: Vec<&Mentor> = input.mentors.iter().collect();
        mentees.sort_by_key(|mentee| (lot(seed, &mentee.id), &mentee.id));
        mentors.sort_by_key(|mentor| (lot(seed, &mentor.id), &mentor.id));
        let (locked, places) = locks(input, &facts, &mentees, &mentors)?;

        let least = Points::new(input.least);
        let mut kept_apart: BTreeMap<&'static str, Vec<(usize, usize)>> = BTreeMap::new();
        let mut points = vec![vec![None; mentors.len()]; mentees.len()];
        for (row, mentee) in mentees.iter().enumerate() {
            for (column, mentor) in mentors.iter().enumerate() {
                match facts.excluded(mentee, mentor) {
                    Some(reason) => kept_apart.entry(reason.rule()).or_default().push((row, column)),
                    None => points[row][column] = Some(facts.total(mentee, mentor)).filter(|found| *found >= least),
                }
            }
        }
        let mentee_ranks = ranks(
            mentees.iter().map(|mentee| mentee.ranked.as_slice()),
            mentors.iter().map(|mentor| mentor.id.as_str()),
            |row, column| points[row][column],
        );
        let mentor_ranks = ranks(
            mentors.iter().map(|mentor| mentor.ranked.as_slice()),
            mentees.iter().map(|mentee| mentee.id.as_str()),
            |column, row| points[row][column],
        );
        Ok(Pool {
            facts,
            mentees,
            mentors,
            locked,
            places,
            points,
            mentee_ranks,
            mentor_ranks,
            kept_apart,
            lists: input.lists,
        })
    }

    /// Mentees that are still to be paired.
    pub(crate) fn free(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.mentees.len()).filter(|row| self.locked[*row].is_none())
    }

    /// Whether both have the other on their list.
    pub(crate) fn listed(&self, row: usize, column: usize) -> bool {
        self.mentee_ranks[row][column] != UNLISTED && self.mentor_ranks[column][row] != UNLISTED
    }

    /// The score of a pair that this objective may make.
    pub(crate) fn acceptable(&self, objective: Objective, row: usize, column: usize) -> Option<Points> {
        let bind = objective == Objective::Stable || self.lists == Lists::Bind;
        self.points[row][column].filter(|_| !bind || self.listed(row, column))
    }
}

/// The locked mentor of each mentee, and the places left to each mentor.
fn locks(
    input: &Input,
    facts: &PairFacts,
    mentees: &[&Mentee],
    mentors: &[&Mentor],
) -> Result<(Vec<Option<usize>>, Vec<usize>), Refusal> {
    let rows: HashMap<&str, usize> = mentees.iter().enumerate().map(|(at, mentee)| (&*mentee.id, at)).collect();
    let columns: HashMap<&str, usize> = mentors.iter().enumerate().map(|(at, mentor)| (&*mentor.id, at)).collect();
    let mut locked = vec![None; mentees.len()];
    let mut places: Vec<usize> = mentors.iter().map(|mentor| (mentor.capacity as usize).min(mentees.len())).collect();
    // In the order of ids, so that of several refusals always the same one is given.
    let mut pairs: Vec<_> = input.locked.iter().map(|pair| (&pair.mentee, &pair.mentor)).collect();
    pairs.sort();
    for (mentee, mentor) in pairs {
        // Both are in the pool, which the check of the input made sure of.
        let (row, column) = (rows[mentee.as_str()], columns[mentor.as_str()]);
        let (mentee, mentor) = (mentees[row], mentors[column]);
        if locked[row].replace(column).is_some() {
            return Err(Refusal::LockedTwice(mentee.called().to_string()));
        }
        if let Some(reason) = facts.excluded(mentee, mentor) {
            return Err(Refusal::LockedAgainstRule {
                mentee: mentee.called().to_string(),
                mentor: mentor.called().to_string(),
                why: reason.words(),
            });
        }
        match places[column].checked_sub(1) {
            Some(left) => places[column] = left,
            None => return Err(Refusal::LockedPastCapacity(mentor.called().to_string())),
        }
    }
    Ok((locked, places))
}

/// Everybody's preferences: the list where there is one, else all acceptable people by score, ties by lot.
fn ranks<'a>(
    lists: impl Iterator<Item = &'a [String]>,
    others: impl Iterator<Item = &'a str>,
    points: impl Fn(usize, usize) -> Option<Points>,
) -> Vec<Vec<u32>> {
    let others: HashMap<&str, usize> = others.enumerate().map(|(at, id)| (id, at)).collect();
    let rank = |(own, list): (usize, &[String])| {
        let order: Vec<usize> = if list.is_empty() {
            let mut all: Vec<usize> = (0..others.len()).collect();
            all.sort_by_key(|other| (Reverse(points(own, *other)), *other));
            all
        } else {
            list.iter().filter_map(|id| others.get(id.as_str()).copied()).collect()
        };
        let mut ranks = vec![UNLISTED; others.len()];
        for (other, rank) in order.into_iter().filter(|other| points(own, *other).is_some()).zip(0..) {
            ranks[other] = rank;
        }
        ranks
    };
    lists.enumerate().map(rank).collect()
}

/// A number drawn for this id from this seed: FNV-1a, then the finisher of SplitMix64 to spread it.
fn lot(seed: u64, id: &str) -> u64 {
    let bytes = seed.to_le_bytes().into_iter().chain(id.bytes());
    let hash = bytes
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}
