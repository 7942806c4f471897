//! The question made ready: people in canonical order, which pairs come into question and what each is worth, who
//! prefers whom.

use crate::{
    Candidates, Input, Lists, Mentee, Mentor, Objective, PAIRS_AT_MOST, Points, Refusal, Score,
    apart::{Apart, Numbered},
    assignment::Table,
    check::check,
    given::Given,
    known::{Dictionary, KnownMentee, KnownMentor},
    lists::{Missing, Ranks},
    locks,
    parts::both,
    refusal::Fault,
    score, table,
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
        let ids = check(input)?;
        let mut mentees: Vec<(usize, &Mentee)> = input.mentees.iter().enumerate().collect();
        let mut mentors: Vec<(usize, &Mentor)> = input.mentors.iter().enumerate().collect();
        mentees.sort_by_cached_key(|(_, it)| (!it.left_out_before, lot(seed, &it.id), &it.id));
        mentors.sort_by_cached_key(|(_, it)| (lot(seed, &it.id), &it.id));
        let (rows, columns) = (numbers(mentees.iter().map(|it| it.0)), numbers(mentors.iter().map(|it| it.0)));

        let of_mentees = || {
            let owners = mentees.iter().map(|(at, it)| (it.called(), *at, it.ranked.as_slice()));
            Ranks::new("mentees", owners, &ids.mentors, &columns)
        };
        let of_mentors = || {
            let owners = mentors.iter().map(|(at, it)| (it.called(), *at, it.ranked.as_slice()));
            Ranks::new("mentors", owners, &ids.mentees, &rows)
        };
        let known = || known(&mentees, &mentors, input);
        let ranks = || both(mentees.len(), of_mentees, of_mentors);
        let (ranks, (known_mentees, known_mentors)) = both(mentees.len(), ranks, known);
        let ((mentee_ranks, mut missing), (mentor_ranks, more)) = ranks;
        missing.extend(more);
        missing.sort_by_key(|it| (it.place.list, it.place.at));

        let mentees: Vec<&Mentee> = mentees.into_iter().map(|it| it.1).collect();
        let mentors: Vec<&Mentor> = mentors.into_iter().map(|it| it.1).collect();
        let people = Numbered { mentees: &mentees, mentors: &mentors, rows: &rows, columns: &columns };
        let apart = Apart::new(input, &ids, &people);
        let given = Given::new(input, &ids, &rows, &columns);
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
            missing,
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
        wants(self.input.lists, &self.mentee_ranks, (row, column), points)
    }

    pub(crate) fn mentor_wants(&self, column: usize, row: usize, points: i32) -> Option<u64> {
        wants(self.input.lists, &self.mentor_ranks, (column, row), points)
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

fn known(
    mentees: &[(usize, &Mentee)],
    mentors: &[(usize, &Mentor)],
    input: &Input,
) -> (Vec<KnownMentee>, Vec<KnownMentor>) {
    let mut dictionary = Dictionary::default();
    let known_mentees = mentees.iter().map(|(_, it)| dictionary.mentee(it, &input.weights)).collect();
    let known_mentors = mentors.iter().map(|(_, it)| dictionary.mentor(it)).collect();
    (known_mentees, known_mentors)
}

fn wants(lists: Lists, ranks: &Ranks, (owner, other): (usize, usize), points: i32) -> Option<u64> {
    let by_score = || {
        let lost = Points::FULL.micro().saturating_sub(points.max(0) as u64);
        lost << 32 | other as u64
    };
    match (ranks.place(owner, other), lists) {
        (Some(place), _) => Some(u64::from(place)),
        (None, Lists::First) => Some(AFTER_THE_LIST | by_score()),
        (None, _) => (!ranks.has_list(owner)).then(by_score),
    }
}

/// Above every place on a list. A score lost stays below it: full points are less than 2^27 millionths.
const AFTER_THE_LIST: u64 = 1 << 62;

/// For each place in the input, the number in canonical order.
fn numbers(order: impl ExactSizeIterator<Item = usize>) -> Vec<u32> {
    let mut numbers = vec![0; order.len()];
    for (at, number) in order.zip(0..) {
        numbers[at] = number;
    }
    numbers
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

pub(crate) fn too_many_pairs(found: usize) -> Result<(), Fault> {
    let refusal = Refusal::TooManyPairs { most: PAIRS_AT_MOST, found };
    if found > PAIRS_AT_MOST { Err(refusal.at(crate::refusal::Place::default())) } else { Ok(()) }
}
