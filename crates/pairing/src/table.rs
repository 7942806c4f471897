//! Which pairs come into question: everybody with everybody, those who list each other, or those the committee gave a
//! score. Hard rules and the least score take their pairs out, and are counted.

use std::ops::Range;

use crate::{
    Objective, Points,
    assignment::Table,
    lists::Ranks,
    parts::in_parts,
    pool::{Pool, RuleFound, too_many_pairs},
    refusal::Fault,
};

pub(crate) fn fill(pool: &mut Pool<'_>, objective: Objective) -> Result<(), Fault> {
    let (rows, columns) = (pool.mentees.len(), pool.mentors.len());
    let asked = Asked::of(pool, objective);
    let steps = match &asked {
        Asked::Everybody => rows.saturating_mul(columns),
        Asked::Listed { mentors_without } => (0..rows).map(|row| at_most(pool, mentors_without, row)).sum(),
        Asked::Scored { .. } => (0..rows).map(|row| pool.given.of(row).len()).sum(),
    };
    too_many_pairs(steps)?;
    let is_dense = steps >= rows.saturating_mul(columns) / 3;
    let parts = in_parts(rows, steps, |range| part(pool, &asked, range, is_dense));
    let mut found = Found::new(pool.apart.rules.len(), columns);
    let (mut points, mut listed, mut starts) = (Vec::new(), Vec::new(), vec![0]);
    for part in parts {
        found.add(part.found);
        if points.is_empty() {
            points = part.points
        } else {
            points.extend(part.points)
        };
        starts.extend(part.lengths.into_iter().scan(listed.len(), |end, length| {
            *end += length;
            Some(*end)
        }));
        listed.extend(part.columns);
    }
    pool.table =
        if is_dense { Table::Dense { columns, points } } else { Table::Sparse { starts, columns: listed, points } };
    pool.rules = found.rules();
    Ok(())
}

/// How often each rule keeps this mentee from a mentor.
pub(crate) fn rules_of(pool: &Pool<'_>, objective: Objective, row: usize) -> Vec<(&'static str, usize)> {
    let asked = Asked::of(pool, objective);
    let found = part(pool, &asked, row..row + 1, false).found;
    let named = found.pairs.iter().zip(&pool.apart.rules).filter(|(pairs, _)| **pairs > 0);
    let mut named: Vec<_> = named.map(|(pairs, rule)| (rule.rule(), *pairs)).collect();
    named.sort_unstable();
    named
}

/// How many mentors come into question for this mentee before any rule.
pub(crate) fn asked(pool: &Pool<'_>, objective: Objective, row: usize) -> usize {
    let mut columns = Vec::new();
    Asked::of(pool, objective).columns(pool, row, &mut columns);
    columns.len()
}

enum Asked {
    Everybody,
    Listed { mentors_without: Vec<u32> },
    Scored { binds: bool },
}

impl Asked {
    fn of(pool: &Pool<'_>, objective: Objective) -> Self {
        let binds = pool.binds(objective);
        if pool.names_pairs() {
            Asked::Scored { binds }
        } else if binds {
            let mentors = 0..pool.mentors.len();
            let without = mentors.filter(|it| !pool.mentor_ranks.has_list(*it));
            Asked::Listed { mentors_without: without.map(|it| it as u32).collect() }
        } else {
            Asked::Everybody
        }
    }

    /// The mentors who come into question for a mentee, in order.
    fn columns(&self, pool: &Pool<'_>, row: usize, into: &mut Vec<u32>) {
        into.clear();
        match self {
            Asked::Everybody => into.extend(0..pool.mentors.len() as u32),
            Asked::Scored { .. } => into.extend(pool.given.of(row).iter().map(|(column, _)| *column)),
            Asked::Listed { .. } if pool.mentee_ranks.has_list(row) => {
                into.extend(pool.mentee_ranks.of(row).iter().map(|(column, _)| *column));
            }
            Asked::Listed { mentors_without } => {
                into.extend(pool.mentor_ranks.of(row).iter().map(|(column, _)| *column));
                into.extend(mentors_without);
                into.sort_unstable();
            }
        }
        let binds = !matches!(self, Asked::Everybody | Asked::Scored { binds: false });
        if binds {
            into.retain(|column| {
                let column = *column as usize;
                let on = |ranks: &Ranks, owner| !ranks.has_list(owner) || ranks.place(row, column).is_some();
                on(&pool.mentee_ranks, row) && on(&pool.mentor_ranks, column)
            });
        }
    }
}

/// How many come into question for a mentee by lists.
fn at_most(pool: &Pool<'_>, mentors_without: &[u32], row: usize) -> usize {
    let without = pool.mentor_ranks.of(row).len() + mentors_without.len();
    if pool.mentee_ranks.has_list(row) { pool.mentee_ranks.of(row).len() } else { without }
}

struct Part {
    points: Vec<i32>,
    columns: Vec<u32>,
    lengths: Vec<usize>,
    found: Found,
}

fn part(pool: &Pool<'_>, asked: &Asked, range: Range<usize>, is_dense: bool) -> Part {
    let wide = pool.mentors.len();
    let least = Points::new(pool.input.least).micro() as i32;
    let mut part = Part {
        points: if is_dense { vec![Table::NEVER; range.len() * wide] } else { Vec::new() },
        columns: Vec::new(),
        lengths: Vec::with_capacity(range.len()),
        found: Found::new(pool.apart.rules.len(), wide),
    };
    let mut columns = Vec::new();
    for (at, row) in range.enumerate() {
        asked.columns(pool, row, &mut columns);
        let mut apart = pool.apart.of(row);
        let (mut kept, before) = (0, part.columns.len());
        for column in columns.iter().map(|column| *column as usize) {
            let (mentee, mentor) = (&pool.known_mentees[row], &pool.known_mentors[column]);
            if let Some(rule) = apart.rule(column, mentee, mentor) {
                part.found.keep_apart(rule, column);
                continue;
            }
            let points = pool.points(row, column);
            if points < least {
                continue;
            }
            kept += 1;
            part.found.mentor_has_somebody[column] = true;
            if is_dense {
                part.points[at * wide + column] = points;
            } else {
                part.columns.push(column as u32);
                part.points.push(points);
            }
        }
        part.found.end_row(kept > 0);
        part.lengths.push(part.columns.len() - before);
    }
    part
}

/// Whom each rule keeps apart.
struct Found {
    pairs: Vec<usize>,
    mentees: Vec<usize>,
    mentees_left: Vec<usize>,
    /// Which rules kept the mentee at hand from somebody.
    of_this_row: Vec<bool>,
    /// By rule and mentor; empty until the rule is met.
    mentors: Vec<Vec<bool>>,
    mentor_has_somebody: Vec<bool>,
}

impl Found {
    fn new(rules: usize, mentors: usize) -> Self {
        Found {
            pairs: vec![0; rules],
            mentees: vec![0; rules],
            mentees_left: vec![0; rules],
            of_this_row: vec![false; rules],
            mentors: vec![Vec::new(); rules],
            mentor_has_somebody: vec![false; mentors],
        }
    }

    fn keep_apart(&mut self, rule: usize, column: usize) {
        self.pairs[rule] += 1;
        self.of_this_row[rule] = true;
        let mentors = self.mentor_has_somebody.len();
        let kept = &mut self.mentors[rule];
        if kept.is_empty() {
            kept.resize(mentors, false);
        }
        kept[column] = true;
    }

    fn end_row(&mut self, has_somebody: bool) {
        for (rule, met) in self.of_this_row.iter_mut().enumerate() {
            if std::mem::take(met) {
                self.mentees[rule] += 1;
                self.mentees_left[rule] += usize::from(!has_somebody);
            }
        }
    }

    fn add(&mut self, part: Found) {
        let sum = |all: &mut Vec<usize>, more: Vec<usize>| all.iter_mut().zip(more).for_each(|(a, b)| *a += b);
        sum(&mut self.pairs, part.pairs);
        sum(&mut self.mentees, part.mentees);
        sum(&mut self.mentees_left, part.mentees_left);
        let join = |all: &mut Vec<bool>, more: Vec<bool>| all.iter_mut().zip(more).for_each(|(a, b)| *a |= b);
        join(&mut self.mentor_has_somebody, part.mentor_has_somebody);
        for (all, more) in self.mentors.iter_mut().zip(part.mentors) {
            if all.is_empty() { *all = more } else { join(all, more) }
        }
    }

    fn rules(&self) -> Vec<RuleFound> {
        let rule = |rule: usize| {
            let kept = || self.mentors[rule].iter().zip(&self.mentor_has_somebody).filter(|(kept, _)| **kept);
            RuleFound {
                pairs: self.pairs[rule],
                mentees: self.mentees[rule],
                mentors: kept().count(),
                mentees_left: self.mentees_left[rule],
                mentors_left: kept().filter(|(_, has_somebody)| !**has_somebody).count(),
            }
        };
        (0..self.pairs.len()).map(rule).collect()
    }
}
