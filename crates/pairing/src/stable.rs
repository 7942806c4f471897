//! Deferred acceptance, and the pairs that would rather have each other.

use std::collections::BinaryHeap;

use crate::{parts::in_parts, pool::Pool};

/// How many of a mentee's wishes are put in order at a time. Few ask further, and a whole pool need not be sorted.
const WISHES: usize = 32;

/// By mentee: the mentor, or none. Locked mentees have theirs.
///
/// Mentees ask in the order of their lists, mentors hold the best who asked so far: the result is stable, no stable
/// plan is better for any mentee, and no mentee gains by a list that is not true (D. Gale and L. Shapley, American
/// Mathematical Monthly 69 (1962); A. E. Roth, Mathematics of Operations Research 7 (1982)). Equal wishes are put in
/// order by the canonical order of the pool, which is the seed's.
pub(crate) fn stable(pool: &Pool<'_>) -> Vec<Option<usize>> {
    let rows = pool.mentees.len();
    let steps = if rows == 0 { 0 } else { pool.table.row(0).count() * rows };
    let parts = in_parts(rows, steps, |range| {
        let mut wishes = vec![Wishes::default(); range.len()];
        let mut room = Vec::new();
        range.zip(&mut wishes).for_each(|(row, wishes)| wishes.look_further(pool, row, &mut room));
        wishes
    });
    let mut wishes: Vec<Wishes> = parts.into_iter().flatten().collect();
    let mut held = vec![Held::default(); pool.mentors.len()];
    let mut asking: Vec<usize> = pool.free().collect();
    while let Some(row) = asking.pop() {
        let Some((column, wanted)) = wishes[row].next(pool, row) else { continue };
        asking.extend(held[column].hold((wanted, row), pool.places[column]).map(|(_, row)| row));
    }
    let mut paired = pool.locked.clone();
    for (column, held) in held.into_iter().enumerate() {
        for (_, row) in held.least_wanted.into_iter().chain(held.others) {
            paired[row] = Some(column);
        }
    }
    paired
}

/// Whom a mentor holds. Most take one, so one lies at hand.
#[derive(Clone, Default)]
struct Held {
    least_wanted: Option<(u64, usize)>,
    /// The least wanted of them on top.
    others: BinaryHeap<(u64, usize)>,
}

impl Held {
    /// Holds the one who asks, if there is room or if that one is wanted more than another. Tells who is not held.
    fn hold(&mut self, asking: (u64, usize), places: u32) -> Option<(u64, usize)> {
        if places == 0 {
            return Some(asking);
        }
        let least_wanted = self.least_wanted.get_or_insert(asking);
        if *least_wanted == asking {
            return None;
        }
        let is_full = self.others.len() + 1 == places as usize;
        if *least_wanted < asking {
            // The one who asks is wanted less than all.
            if is_full {
                return Some(asking);
            }
            self.others.push(std::mem::replace(least_wanted, asking));
            return None;
        }
        self.others.push(asking);
        if !is_full {
            return None;
        }
        std::mem::replace(&mut self.least_wanted, self.others.pop())
    }
}

/// What a mentee still wishes: the next mentors in order, last first, each with how much he wants this mentee, and how
/// far the order goes.
#[derive(Clone, Default)]
struct Wishes {
    next: Vec<(u32, u64)>,
    up_to: Option<u64>,
    is_empty: bool,
}

impl Wishes {
    /// The next mentor, and how much he wants this mentee.
    fn next(&mut self, pool: &Pool<'_>, row: usize) -> Option<(usize, u64)> {
        if self.next.is_empty() && !self.is_empty {
            self.look_further(pool, row, &mut Vec::new());
        }
        let (column, wanted) = self.next.pop()?;
        Some((column as usize, wanted))
    }

    fn look_further(&mut self, pool: &Pool<'_>, row: usize, wishes: &mut Vec<(u64, u32, u64)>) {
        wishes.clear();
        wishes.extend(pool.table.row(row).filter_map(|(column, points)| {
            let wish = pool.mentee_wants(row, column, points).filter(|wish| self.up_to < Some(*wish))?;
            Some((wish, column as u32, pool.mentor_wants(column, row, points)?))
        }));
        if wishes.len() > WISHES {
            wishes.select_nth_unstable(WISHES - 1);
            wishes.truncate(WISHES);
        } else {
            self.is_empty = true;
        }
        wishes.sort_unstable_by(|a, b| b.cmp(a));
        self.up_to = wishes.first().map(|(wish, ..)| *wish).or(self.up_to);
        self.next = wishes.iter().map(|(_, column, wanted)| (*column, *wanted)).collect();
    }
}

/// Pairs who list each other and would both rather have each other than what the plan gives them. Locked mentees, and
/// places taken by them, are decided and stay out of it.
pub(crate) fn blocking(pool: &Pool<'_>, paired: &[Option<usize>]) -> Vec<(u32, u32)> {
    // By mentor: the least wanted mentee who holds a place. Whom he never listed he would give up for anybody.
    let mut least_wanted = vec![0; pool.mentors.len()];
    let mut taken = vec![0; pool.mentors.len()];
    for row in pool.free() {
        if let Some(column) = paired[row] {
            taken[column] += 1;
            let points = pool.table.get(row, column).unwrap_or_default();
            let wanted = pool.mentor_wants(column, row, points).unwrap_or(u64::MAX);
            least_wanted[column] = wanted.max(least_wanted[column]);
        }
    }
    let has_place = |column: usize| taken[column] < pool.places[column];
    let rows: Vec<usize> = pool.free().collect();
    let steps = rows.first().map_or(0, |row| pool.table.row(*row).count()) * rows.len();
    let parts = in_parts(rows.len(), steps, |range| {
        let mut blocking = Vec::new();
        for row in &rows[range] {
            let own = paired[*row].map_or(u64::MAX, |column| {
                let points = pool.table.get(*row, column).unwrap_or_default();
                pool.mentee_wants(*row, column, points).unwrap_or(u64::MAX)
            });
            for (column, points) in pool.table.row(*row) {
                let would_rather = pool.mentee_wants(*row, column, points).is_some_and(|wish| wish < own);
                if !would_rather {
                    continue;
                }
                let wanted = pool.mentor_wants(column, *row, points);
                if wanted.is_some_and(|wanted| has_place(column) || taken[column] > 0 && wanted < least_wanted[column])
                {
                    blocking.push((*row as u32, column as u32));
                }
            }
        }
        blocking
    });
    parts.concat()
}
