//! The best assignment of mentees to places.
//!
//! # Design
//! The Hungarian method with potentials, one shortest augmenting path for each mentee, on dense whole-number costs
//! (Kuhn 1955; Jonker & Volgenant 1987): n²·(places + n) steps. That is fine up to the limit that
//! [`crate::PEOPLE_AT_MOST`] sets; larger pools want a sparse method.

use crate::{Objective, Points, pool::Pool};

/// By mentee: the mentor, or none. Locked mentees have theirs.
pub(crate) fn assign(pool: &Pool, objective: Objective) -> Vec<Option<usize>> {
    let rows: Vec<usize> = pool.free().collect();
    let mentor_of_place: Vec<usize> =
        pool.places.iter().enumerate().flat_map(|(mentor, places)| std::iter::repeat_n(mentor, *places)).collect();
    let people = rows.len() as i64 + 1;
    let full = Points::FULL.micro() as i64;
    // At most 3,000 people at 10⁸ millionths, once more times 3,000: far inside 63 bits.
    let worth = |points: Points| match objective {
        // One more pair outweighs all scores together.
        Objective::MostPairs => points.micro() as i64 + full * people,
        // Among equal totals the one with more pairs.
        _ => points.micro() as i64 * people + 1,
    };
    // Past the places there is a column for each mentee to stay without: it costs nothing, a forbidden pair one.
    let cost = |row: usize, column: usize| match mentor_of_place.get(column) {
        None => 0,
        Some(mentor) => pool.acceptable(objective, rows[row], *mentor).map_or(1, |points| -worth(points)),
    };
    let columns = cheapest(rows.len(), mentor_of_place.len() + rows.len(), cost);
    let mut assigned = pool.locked.clone();
    for (row, column) in rows.into_iter().zip(columns) {
        assigned[row] = mentor_of_place.get(column).copied();
    }
    assigned
}

/// By row, its column in an assignment of least cost. There are at least as many columns as rows.
fn cheapest(rows: usize, columns: usize, cost: impl Fn(usize, usize) -> i64) -> Vec<usize> {
    // Row and column 0 are a place to start from; people and places count from 1.
    let mut row_potential = vec![0_i64; rows + 1];
    let mut column_potential = vec![0_i64; columns + 1];
    let mut row_of = vec![0_usize; columns + 1];
    for row in 1..=rows {
        row_of[0] = row;
        let mut at = 0;
        let mut distance = vec![i64::MAX; columns + 1];
        let mut came_from = vec![0_usize; columns + 1];
        let mut visited = vec![false; columns + 1];
        while row_of[at] != 0 {
            visited[at] = true;
            let from = row_of[at];
            let (mut step, mut next) = (i64::MAX, 0);
            for column in (1..=columns).filter(|column| !visited[*column]) {
                let reduced = cost(from - 1, column - 1) - row_potential[from] - column_potential[column];
                if reduced < distance[column] {
                    (distance[column], came_from[column]) = (reduced, at);
                }
                if distance[column] < step {
                    (step, next) = (distance[column], column);
                }
            }
            for column in 0..=columns {
                if visited[column] {
                    row_potential[row_of[column]] += step;
                    column_potential[column] -= step;
                } else if distance[column] != i64::MAX {
                    distance[column] -= step;
                }
            }
            at = next;
        }
        while at != 0 {
            row_of[at] = row_of[came_from[at]];
            at = came_from[at];
        }
    }
    let mut column_of = vec![0; rows];
    for (column, row) in row_of.iter().enumerate().skip(1).filter(|(_, row)| **row != 0) {
        column_of[row - 1] = column - 1;
    }
    column_of
}
