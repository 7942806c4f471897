//! The question made ready: people in canonical order, which pairs come into question and what each is worth, who
//! prefers whom.

use crate::{
    Candidates, Input, Lists, Mentee, Mentor, Objective, PAIRS_AT_MOST, Points, Refusal, Score,
    apart::Apart,
    assignment::Table,
    check::{Checked, check},
    given::Given,
    known::{KnownMentee, KnownMentor},
    lists::{Missing, Ranks},
    locks,
    parts::both,
    refusal::Fault,
    score, table,
    words::{Reader, Words},
};

pub(crate) struct Pool<'a> {
    pub(crate) input: &'a Input,
    /// In an order that hangs on seed and id alone, those who were left out before first: it decides ties, and the
    /// order of the input does not.
    pub(crate) mentees: Vec<&'a Mentee>,
    pub(crate) mentors: Vec<&'a Mentor>,
    pub(crate) known_mentees: Vec<KnownMentee>,
    pub(crate) known_mentors: Vec<KnownMentor>,
    /// By mentee: the mentor to whom he is locked.
    pub(crate) locked: Vec<Option<usize>>,
    /// By mentor: the places that locks leave.
    pub(crate) places: Vec<u32>,
    /// Which pairs come into question, with their points.
    pub(crate) table: Table,
    pub(crate) rules: Vec<RuleFound>,
    pub(crate) mentee_ranks: Ranks,
    pub(crate) mentor_ranks: Ranks,
    pub(crate) missing: Vec<Missing>,
    pub(crate) apart: Apart,
    /// The committee's own scores.
    pub(crate) given: Given,
}

/// Whom one rule keeps apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct RuleFound {
    pub(crate) pairs: usize,
    pub(crate) mentees: usize,
    pub(crate) mentors: usize,
    /// Of those, who is left with nobody.
    pub(crate) mentees_left: usize,
    pub(crate) mentors_left: usize,
}

impl<'a> Pool<'a> {
    pub(crate) fn new(input: &'a Input, seed: u64, objective: Objective) -> Result<Self, Fault> {
        let Checked { ids, mentee_lists, mentor_lists, scored } = check(input)?;
        let (mentees, mentors) = (input.mentees.as_slice(), input.mentors.as_slice());
        let people = mentees.len() + mentors.len();
        let (mentee_order, mentor_order) = both(
            people,
            || order(mentees, |it| (!it.left_out_before, lot(seed, &it.id), &it.id)),
            || order(mentors, |it| (lot(seed, &it.id), &it.id)),
        );
        let (rows, columns) = (numbers(&mentee_order), numbers(&mentor_order));
        let (mentee_ranks, mentor_ranks) = both(
            people,
            || Ranks::of_mentees(&mentee_lists, &mentee_order, &columns),
            || Ranks::of_mentors(&mentor_lists, &mentor_order, &rows),
        );
        let words = Words::default();
        let (known_mentees, known_mentors) = both(
            people,
            || known(mentees, &mentee_order, &words, |it, reader| KnownMentee::new(it, &input.weights, reader)),
            || known(mentors, &mentor_order, &words, KnownMentor::new),
        );
        let apart = Apart::new(input, &ids, &rows, &columns);
        let given = Given::new(input, &scored, &rows, &columns);
        let mentees: Vec<&Mentee> = mentee_order.iter().map(|at| &mentees[*at as usize]).collect();
        let mentors: Vec<&Mentor> = mentor_order.iter().map(|at| &mentors[*at as usize]).collect();
        let mut pool = Pool {
            input,
            locked: vec![None; mentees.len()],
            places: mentors.iter().map(|it| it.capacity.min(mentees.len() as u32)).collect(),
            mentees,
            mentors,
            known_mentees,
            known_mentors,
            table: Table::sparse([]),
            rules: Vec::new(),
            mentee_ranks,
            mentor_ranks,
            missing: mentee_lists.missing.into_iter().chain(mentor_lists.missing).collect(),
            apart,
            given,
        };
        locks::lock(&mut pool, &ids, &rows, &columns)?;
        table::fill(&mut pool, objective)?;
        Ok(pool)
    }

    /// Whether ranked lists bind for this objective.
    pub(crate) fn binds(&self, objective: Objective) -> bool {
        match self.input.lists {
            Lists::Guide => objective == Objective::Stable,
            Lists::Bind => true,
            Lists::First => false,
        }
    }

    pub(crate) fn names_pairs(&self) -> bool {
        self.input.candidates == Candidates::Scored
    }

    /// Mentees that are still to be paired.
    pub(crate) fn free(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.mentees.len()).filter(|row| self.locked[*row].is_none())
    }

    /// How much this mentee wants this mentor: the less, the more. None who has a list without him, unless lists only
    /// come first. Without a list it is the score that counts, and the canonical order decides ties.
    pub(crate) fn mentee_wants(&self, row: usize, column: usize, points: i32) -> Option<u64> {
        let place = self.mentee_ranks.place(row, column);
        self.wants(place, self.mentee_ranks.has_list(row), column, points)
    }

    pub(crate) fn mentor_wants(&self, column: usize, row: usize, points: i32) -> Option<u64> {
        let place = self.mentor_ranks.place(row, column);
        self.wants(place, self.mentor_ranks.has_list(column), row, points)
    }

    fn wants(&self, place: Option<u32>, has_list: bool, other: usize, points: i32) -> Option<u64> {
        let by_score = || {
            let lost = Points::FULL.micro().saturating_sub(points.max(0) as u64);
            lost << 32 | other as u64
        };
        match (place, self.input.lists) {
            (Some(place), _) => Some(u64::from(place)),
            (None, Lists::First) => Some(AFTER_THE_LIST | by_score()),
            (None, _) => (!has_list).then(by_score),
        }
    }

    /// What a pair is worth, whether or not it may be made.
    pub(crate) fn points(&self, row: usize, column: usize) -> i32 {
        let computed = || score::total(&self.known_mentees[row], &self.known_mentors[column]).micro() as i32;
        self.given.points(row, column).unwrap_or_else(computed)
    }

    pub(crate) fn score(&self, row: usize, column: usize) -> Score {
        match self.given.points(row, column) {
            Some(points) => score::given(Points::from_micro(points as u64)),
            None => {
                let known = (&self.known_mentees[row], &self.known_mentors[column]);
                score::explained(self.mentees[row], self.mentors[column], known)
            }
        }
    }
}

/// The places in the input in canonical order.
fn order<'a, T, K: Ord>(people: &'a [T], key: impl Fn(&'a T) -> K) -> Vec<u32> {
    let mut order: Vec<u32> = (0..people.len() as u32).collect();
    order.sort_by_cached_key(|at| key(&people[*at as usize]));
    order
}

/// For each place in the input, the number in canonical order.
fn numbers(order: &[u32]) -> Vec<u32> {
    let mut numbers = vec![0; order.len()];
    for (at, number) in order.iter().zip(0..) {
        numbers[*at as usize] = number;
    }
    numbers
}

/// People are read in the order of the input, in which they lie in memory, and then put in canonical order.
fn known<'a, T, K: Clone>(
    people: &'a [T],
    order: &[u32],
    words: &'a Words,
    read: impl Fn(&'a T, &mut Reader<'a>) -> K,
) -> Vec<K> {
    let mut reader = Reader::new(words);
    let known: Vec<K> = people.iter().map(|it| read(it, &mut reader)).collect();
    order.iter().map(|at| known[*at as usize].clone()).collect()
}

/// Above every place on a list. A score lost stays below it: full points are less than 2^27 millionths.
const AFTER_THE_LIST: u64 = 1 << 62;

/// A number drawn for this id from this seed: FNV-1a, then the finisher of SplitMix64 to spread it.
fn lot(seed: u64, id: &str) -> u64 {
    let bytes = seed.to_le_bytes().into_iter().chain(id.bytes());
    let hash = bytes
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

pub(crate) fn too_many_pairs(found: usize) -> Result<(), Fault> {
    let refusal = Refusal::TooManyPairs { most: PAIRS_AT_MOST, found };
    if found > PAIRS_AT_MOST { Err(refusal.at(crate::refusal::Place::default())) } else { Ok(()) }
}
