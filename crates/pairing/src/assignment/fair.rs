//! Among equals, those who were left out before come first.

use super::{
    Table,
    state::{NONE, State},
};

/// Prices prove a plan best, and the plans that are just as good are those that use only pairs which cost exactly
/// their prices. So a row in `first` that stays alone looks for a way along such pairs to somebody who is not in
/// `first` and whom it costs nothing to leave alone; everybody on the way moves one on. What one search could not
/// reach from, no later one can either, so each column is looked at once in vain at most.
pub(super) fn prefer(state: &mut State<i64>, table: &Table, first: &[bool]) {
    let mut is_seen = vec![false; state.places.len()];
    let mut came_from = vec![NONE; state.places.len()];
    for start in (0..first.len()).filter(|row| first[*row]) {
        if state.column_of[start] == NONE {
            let mut reached = Vec::new();
            if let Some(end) = find(state, table, first, start, (&mut is_seen, &mut came_from, &mut reached)) {
                state.shift(start, super::state::End::Alone(end), &came_from);
                for column in reached {
                    is_seen[column] = false;
                }
            }
        }
    }
}

fn find(
    state: &State<i64>,
    table: &Table,
    first: &[bool],
    start: usize,
    (is_seen, came_from, reached): (&mut [bool], &mut [u32], &mut Vec<usize>),
) -> Option<usize> {
    let mut queue = vec![start];
    while let Some(row) = queue.pop() {
        for (column, points) in table.row(row) {
            let is_tight = state.costs.of_pair(points) == state.row_price[row] + state.column_price[column];
            if !is_tight || is_seen[column] || state.places[column] == 0 {
                continue;
            }
            is_seen[column] = true;
            came_from[column] = row as u32;
            reached.push(column);
            for holder in state.holders[column].iter().map(|holder| *holder as usize) {
                if !first[holder] && state.row_price[holder] == state.costs.alone {
                    return Some(holder);
                }
                queue.push(holder);
            }
        }
    }
    None
}
