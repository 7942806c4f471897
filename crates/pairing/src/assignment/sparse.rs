//! Shortest augmenting paths where few pairs may be made: Dijkstra's search with a heap, which looks no further than
//! the best end found so far.

use std::{cmp::Reverse, collections::BinaryHeap};

use super::{
    Table,
    state::{BestTwo, End, NONE, State},
    table::Costs,
};

pub(super) fn solve(table: &Table, places: &[u32], costs: Costs) -> State<i64> {
    let mut search = Search {
        table,
        state: State::new(table.rows(), places, costs, i64::MAX / 8),
        round: 0,
        seen: vec![0; places.len()],
        is_closed: vec![false; places.len()],
        distance: vec![0; places.len()],
        came_from: vec![NONE; places.len()],
        heap: BinaryHeap::new(),
        visited: Vec::new(),
        closed_columns: Vec::new(),
        length: 0,
        end: End::Alone(0),
    };
    let quick = search.state.quick_rounds(|row, prices| best_two(table, places, costs, row, prices));
    for row in quick {
        search.augment(row);
    }
    search.state
}

fn best_two(table: &Table, places: &[u32], costs: Costs, row: usize, prices: &[i64]) -> BestTwo<i64> {
    let mut found = BestTwo { best: costs.alone, second: i64::MAX, column: NONE, second_column: NONE };
    for (column, points) in table.row(row) {
        if places[column] == 0 {
            continue;
        }
        let reduced = costs.of_pair(points) - prices[column];
        if reduced < found.best {
            let column = column as u32;
            found = BestTwo { best: reduced, second: found.best, column, second_column: found.column };
        } else if reduced < found.second {
            (found.second, found.second_column) = (reduced, column as u32);
        }
    }
    found
}

struct Search<'a> {
    table: &'a Table,
    state: State<i64>,
    /// Columns seen in another round count as unseen, so that nothing need be cleared between searches.
    round: u32,
    seen: Vec<u32>,
    is_closed: Vec<bool>,
    distance: Vec<i64>,
    came_from: Vec<u32>,
    heap: BinaryHeap<Reverse<(i64, u32)>>,
    visited: Vec<(usize, i64)>,
    closed_columns: Vec<usize>,
    /// The best end found so far.
    length: i64,
    end: End,
}

impl Search<'_> {
    fn augment(&mut self, start: usize) {
        self.round += 1;
        self.heap.clear();
        self.visited.clear();
        self.closed_columns.clear();
        self.state.row_price[start] = 0;
        (self.length, self.end) = (self.state.costs.alone, End::Alone(start));
        self.relax(start, 0);
        while let Some(Reverse((reached, column))) = self.heap.pop() {
            let column = column as usize;
            if reached >= self.length {
                break;
            }
            if self.is_closed[column] || reached > self.distance[column] {
                continue;
            }
            self.is_closed[column] = true;
            self.closed_columns.push(column);
            for at in 0..self.state.holders[column].len() {
                let row = self.state.holders[column][at] as usize;
                self.relax(row, reached);
            }
        }
        for (row, reached) in &self.visited {
            self.state.row_price[*row] += self.length - reached;
        }
        for column in &self.closed_columns {
            self.state.column_price[*column] -= self.length - self.distance[*column];
        }
        self.state.shift(start, self.end, &self.came_from);
    }

    fn relax(&mut self, row: usize, reached: i64) {
        self.visited.push((row, reached));
        let costs = self.state.costs;
        let base = reached - self.state.row_price[row];
        if base + costs.alone < self.length {
            (self.length, self.end) = (base + costs.alone, End::Alone(row));
        }
        for (column, points) in self.table.row(row) {
            let reduced = base + costs.of_pair(points) - self.state.column_price[column];
            if self.state.places[column] == 0 || reduced >= self.length {
                continue;
            }
            if self.seen[column] != self.round {
                self.seen[column] = self.round;
                self.is_closed[column] = false;
            } else if self.is_closed[column] || reduced >= self.distance[column] {
                continue;
            }
            self.distance[column] = reduced;
            self.came_from[column] = row as u32;
            if self.state.has_room(column) {
                (self.length, self.end) = (reduced, End::Column(column));
            } else {
                self.heap.push(Reverse((reduced, column as u32)));
            }
        }
    }
}
