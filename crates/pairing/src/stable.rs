//! Deferred acceptance, and the pairs that would rather have each other.

use crate::pool::{Pool, UNLISTED};

/// By mentee: the mentor, or none. Locked mentees have theirs.
///
/// Mentees ask in the order of their lists, mentors hold the best who asked so far: the result is stable, and no
/// stable plan is better for any mentee (Gale & Shapley 1962).
pub(crate) fn stable(pool: &Pool) -> Vec<Option<usize>> {
    let mut lists: Vec<Vec<usize>> = pool.mentee_ranks.iter().map(|ranks| by_rank_last_first(ranks)).collect();
    let mut held: Vec<Vec<usize>> = vec![Vec::new(); pool.mentors.len()];
    let mut asking: Vec<usize> = pool.free().collect();
    while let Some(row) = asking.pop() {
        let Some(column) = lists[row].pop() else { continue };
        let ranks = &pool.mentor_ranks[column];
        if pool.places[column] == 0 || ranks[row] == UNLISTED {
            asking.push(row);
            continue;
        }
        held[column].push(row);
        if held[column].len() > pool.places[column] {
            held[column].sort_by_key(|row| ranks[*row]);
            asking.extend(held[column].pop());
        }
    }
    let mut paired = pool.locked.clone();
    for (column, rows) in held.into_iter().enumerate() {
        for row in rows {
            paired[row] = Some(column);
        }
    }
    paired
}

/// Pairs who list each other and would both rather have each other than what the plan gives them. Locked mentees, and
/// places taken by them, are decided and stay out of it.
pub(crate) fn blocking(pool: &Pool, paired: &[Option<usize>]) -> Vec<(usize, usize)> {
    // By mentor: the rank of the least wanted mentee who holds a place, if no place is free.
    let mut least_wanted: Vec<Option<u32>> = vec![None; pool.mentors.len()];
    let mut taken = vec![0; pool.mentors.len()];
    for row in pool.free() {
        if let Some(column) = paired[row] {
            taken[column] += 1;
            least_wanted[column] = least_wanted[column].max(Some(pool.mentor_ranks[column][row]));
        }
    }
    let mut blocking = Vec::new();
    for row in pool.free() {
        let own = paired[row].map_or(UNLISTED, |column| pool.mentee_ranks[row][column]);
        for column in 0..pool.mentors.len() {
            let has_place = taken[column] < pool.places[column];
            let would_exchange = least_wanted[column].is_some_and(|rank| pool.mentor_ranks[column][row] < rank);
            let would_rather = pool.mentee_ranks[row][column] < own;
            if pool.listed(row, column) && would_rather && (has_place || would_exchange) {
                blocking.push((row, column));
            }
        }
    }
    blocking
}

fn by_rank_last_first(ranks: &[u32]) -> Vec<usize> {
    let mut listed: Vec<usize> = (0..ranks.len()).filter(|other| ranks[*other] != UNLISTED).collect();
    listed.sort_by_key(|other| std::cmp::Reverse(ranks[*other]));
    listed
}
