//! Who is with whom, and the prices that prove it is best.

use super::table::Costs;

/// Nobody, or no place.
pub(super) const NONE: u32 = u32::MAX;

/// # Invariants
/// Prices of columns are never above nought, and nought where a place is free. A pair costs at least the prices of its
/// two, and exactly that if they are together. No row's price is above the cost of being alone, and exactly that where
/// a row is alone after its search.
pub(super) struct State<T> {
    pub(super) costs: Costs,
    pub(super) column_of: Vec<u32>,
    pub(super) holders: Vec<Vec<u32>>,
    pub(super) places: Vec<u32>,
    pub(super) row_price: Vec<T>,
    pub(super) column_price: Vec<T>,
    /// Prices past this are left to the search, which notices where numbers are too small for them.
    pub(super) trusted: T,
}

/// Where a search ends.
#[derive(Clone, Copy)]
pub(super) enum End {
    /// A place is free in this column.
    Column(usize),
    /// This row stays alone.
    Alone(usize),
}

/// The cheapest and the second cheapest choice of a row, prices of columns taken off.
pub(super) struct BestTwo<T> {
    pub(super) best: T,
    pub(super) second: T,
    /// `NONE` where staying alone is best.
    pub(super) column: u32,
    pub(super) second_column: u32,
}

impl<T: Copy + Ord + Default + std::ops::Sub<Output = T> + std::ops::SubAssign> State<T> {
    pub(super) fn new(rows: usize, places: &[u32], costs: Costs, trusted: T) -> Self {
        State {
            costs,
            column_of: vec![NONE; rows],
            holders: vec![Vec::new(); places.len()],
            places: places.to_vec(),
            row_price: vec![T::default(); rows],
            column_price: vec![T::default(); places.len()],
            trusted,
        }
    }

    pub(super) fn has_room(&self, column: usize) -> bool {
        (self.holders[column].len() as u32) < self.places[column]
    }

    pub(super) fn put(&mut self, row: usize, column: usize) {
        self.take_out(row);
        self.column_of[row] = column as u32;
        self.holders[column].push(row as u32);
    }

    pub(super) fn take_out(&mut self, row: usize) {
        let column = std::mem::replace(&mut self.column_of[row], NONE);
        if column != NONE {
            self.holders[column as usize].retain(|holder| *holder as usize != row);
        }
    }

    /// Everybody on the way from `start` moves one on; `came_from` names the row that reached a column.
    pub(super) fn shift(&mut self, start: usize, end: End, came_from: &[u32]) {
        let mut column = match end {
            End::Column(column) => column,
            End::Alone(row) if row == start => return,
            End::Alone(row) => {
                let left = self.column_of[row] as usize;
                self.take_out(row);
                left
            }
        };
        loop {
            let row = came_from[column] as usize;
            let left = self.column_of[row];
            self.put(row, column);
            if row == start {
                return;
            }
            column = left as usize;
        }
    }

    /// Every row takes what is cheapest for it; where that is taken, the price of the place rises by what the next
    /// best choice costs more, and who held it looks again. Returns the rows that still need a search.
    pub(super) fn quick_rounds(&mut self, best_two: impl Fn(usize, &[T]) -> BestTwo<T>) -> Vec<usize> {
        let mut waiting: Vec<usize> = (0..self.column_of.len()).collect();
        for _ in 0..2 {
            let mut left = Vec::new();
            // Two rows may outbid each other for long; a search is quicker then. Measured: with 40 steps a row the
            // searches that remain are a fifth of those after 2.
            let mut steps = 40 * self.column_of.len();
            for first in waiting {
                let mut next = Some(first);
                while let Some(row) = next.take() {
                    let choice = best_two(row, &self.column_price);
                    steps = steps.saturating_sub(1);
                    match self.bid(row, &choice) {
                        Bid::Settled => {}
                        Bid::Outbid(other) if steps > 0 => next = Some(other),
                        Bid::Outbid(other) => left.push(other),
                        Bid::Undecided => left.push(row),
                    }
                }
            }
            waiting = left;
        }
        waiting
    }

    fn bid(&mut self, row: usize, choice: &BestTwo<T>) -> Bid {
        self.row_price[row] = choice.best;
        if choice.column == NONE {
            return Bid::Settled;
        }
        let mut column = choice.column as usize;
        let is_tie = choice.best == choice.second;
        if !self.has_room(column) && is_tie && choice.second_column != NONE {
            column = choice.second_column as usize;
        }
        if self.has_room(column) && (is_tie || self.places[column] > 1) {
            self.put(row, column);
            return Bid::Settled;
        }
        // The price of a place that several hold cannot rise for one of them alone.
        if is_tie || self.places[column] != 1 {
            return Bid::Undecided;
        }
        let rise = choice.second - choice.best;
        if rise > self.trusted || T::default() - (self.column_price[column] - rise) > self.trusted {
            return Bid::Undecided;
        }
        self.row_price[row] = choice.second;
        self.column_price[column] -= rise;
        let other = self.holders[column].first().copied();
        if let Some(other) = other {
            self.take_out(other as usize);
        }
        self.put(row, column);
        other.map_or(Bid::Settled, |other| Bid::Outbid(other as usize))
    }

    pub(super) fn columns(&self) -> Vec<Option<usize>> {
        self.column_of.iter().map(|column| (*column != NONE).then_some(*column as usize)).collect()
    }
}

enum Bid {
    Settled,
    Outbid(usize),
    Undecided,
}
