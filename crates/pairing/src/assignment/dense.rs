//! Shortest augmenting paths where nearly every pair may be made: no heap, and loops that compilers turn into
//! operations on several columns at once.

use std::ops::{Add, Sub, SubAssign};

use super::{
    Table,
    state::{BestTwo, End, NONE, State},
    table::Costs,
};

/// The numbers a search counts in. 32 bits are twice as quick wherever they are enough.
pub(super) trait Number:
    Copy + Ord + Default + Add<Output = Self> + Sub<Output = Self> + SubAssign + Into<i64>
{
    /// Further than any sound way.
    const FAR: Self;
    /// A price past this could overflow sums with it.
    const TRUSTED: Self;
    fn of(cost: i64) -> Self;
    /// What the pair costs beyond `base`, which already holds the cost of a pair without points.
    fn reduced(base: Self, scale: Self, points: i32, price: Self) -> Self;
    fn or(self, mask: Self) -> Self;
}

impl Number for i32 {
    const FAR: i32 = i32::MAX;
    const TRUSTED: i32 = 300_000_000;
    fn of(cost: i64) -> i32 {
        i32::try_from(cost).unwrap_or(i32::MAX)
    }
    fn reduced(base: i32, _: i32, points: i32, price: i32) -> i32 {
        // At most 4 · 10⁸ for the base, 10⁹ for a pair that is never made and 3 · 10⁸ for the price: below 2³¹.
        base.wrapping_sub(points).wrapping_sub(price)
    }
    fn or(self, mask: i32) -> i32 {
        self | mask
    }
}

impl Number for i64 {
    const FAR: i64 = i64::MAX;
    const TRUSTED: i64 = i64::MAX / 8;
    fn of(cost: i64) -> i64 {
        cost
    }
    fn reduced(base: i64, scale: i64, points: i32, price: i64) -> i64 {
        let reduced = base.wrapping_sub(scale.wrapping_mul(i64::from(points))).wrapping_sub(price);
        if points < 0 { i64::MAX } else { reduced }
    }
    fn or(self, mask: i64) -> i64 {
        self | mask
    }
}

/// None where the numbers were too small for this table.
pub(super) fn solve<T: Number>(table: &Table, places: &[u32], costs: Costs) -> Option<State<i64>> {
    let Table::Dense { columns: width, points } = table else { return None };
    let rows = table.rows();
    let mut search = Search {
        width: *width,
        points,
        state: State::new(rows, places, costs, T::TRUSTED),
        unpriced: T::of(costs.of_pair(0)),
        scale: T::of(costs.scale),
        alone: T::of(costs.alone),
        distance: vec![T::FAR; *width],
        came_from: vec![NONE; *width],
        closed: vec![T::default(); *width],
        visited: Vec::new(),
        closed_columns: Vec::new(),
    };
    for row in search.quick_rounds() {
        search.augment(row)?;
    }
    let State { costs, column_of, holders, places, row_price, column_price, .. } = search.state;
    let wide = |prices: Vec<T>| prices.into_iter().map(Into::into).collect();
    let (row_price, column_price) = (wide(row_price), wide(column_price));
    Some(State { costs, column_of, holders, places, row_price, column_price, trusted: i64::TRUSTED })
}

struct Search<'a, T> {
    width: usize,
    points: &'a [i32],
    state: State<T>,
    unpriced: T,
    scale: T,
    alone: T,
    distance: Vec<T>,
    came_from: Vec<u32>,
    /// Nought for a column that is still open, else all bits but the sign, so that or-ing it hides a distance.
    closed: Vec<T>,
    visited: Vec<(usize, T)>,
    closed_columns: Vec<usize>,
}

impl<T: Number> Search<'_, T> {
    fn quick_rounds(&mut self) -> Vec<usize> {
        let Search { width, points, unpriced, scale, alone, .. } = *self;
        self.state.quick_rounds(|row, prices| {
            let cells = &points[row * width..(row + 1) * width];
            let mut found = BestTwo { best: alone, second: T::FAR, column: NONE, second_column: NONE };
            for (column, (points, price)) in (0..).zip(cells.iter().zip(prices)) {
                let reduced = T::reduced(unpriced, scale, *points, *price);
                if reduced < found.second {
                    if reduced < found.best {
                        found = BestTwo { best: reduced, second: found.best, column, second_column: found.column };
                    } else {
                        (found.second, found.second_column) = (reduced, column);
                    }
                }
            }
            found
        })
    }

    /// The shortest way from a row that is alone to a free place, or to somebody who is cheapest left alone.
    fn augment(&mut self, start: usize) -> Option<()> {
        self.distance.fill(T::FAR);
        self.closed.fill(T::default());
        self.visited.clear();
        self.closed_columns.clear();
        self.state.row_price[start] = T::default();
        let mut reached = T::default();
        let mut queue = vec![start];
        let (mut alone, mut alone_row) = (T::FAR, start);
        loop {
            let mut nearest = T::FAR;
            for row in queue.drain(..) {
                let price = self.state.row_price[row];
                if reached + self.alone - price < alone {
                    (alone, alone_row) = (reached + self.alone - price, row);
                }
                let base = self.unpriced + reached - price;
                let cells = &self.points[row * self.width..(row + 1) * self.width];
                let lines = Lines {
                    prices: &self.state.column_price,
                    closed: &self.closed,
                    distance: &mut self.distance,
                    came_from: &mut self.came_from,
                };
                nearest = relax(cells, base, self.scale, row as u32, lines);
                self.visited.push((row, reached));
            }
            if alone.min(nearest) > T::TRUSTED {
                return None;
            }
            if alone < nearest {
                return self.finish(start, End::Alone(alone_row), alone);
            }
            reached = nearest;
            let at_hand = self.at_hand(nearest);
            if let Some(column) = at_hand.iter().find(|column| self.state.has_room(**column)) {
                return self.finish(start, End::Column(*column), nearest);
            }
            for column in at_hand {
                self.closed[column] = T::FAR;
                self.closed_columns.push(column);
                queue.extend(self.state.holders[column].iter().map(|row| *row as usize));
            }
        }
    }

    /// The open columns at this distance. Most stretches have none, which is seen without a branch for each column.
    fn at_hand(&self, nearest: T) -> Vec<usize> {
        const STRETCH: usize = 64;
        let mut found = Vec::new();
        for (stretch, distances) in self.distance.chunks(STRETCH).enumerate() {
            if distances.iter().fold(false, |any, distance| any | (*distance == nearest)) {
                let columns = stretch * STRETCH..stretch * STRETCH + distances.len();
                let is_open =
                    |column: &usize| self.distance[*column] == nearest && self.closed[*column] == T::default();
                found.extend(columns.filter(is_open));
            }
        }
        found
    }

    /// Prices change by as much as the way was shorter, and everybody on it moves.
    fn finish(&mut self, start: usize, end: End, length: T) -> Option<()> {
        let mut is_sound = true;
        for (row, reached) in &self.visited {
            let price = self.state.row_price[*row] + (length - *reached);
            self.state.row_price[*row] = price;
            is_sound &= price <= T::TRUSTED;
        }
        for column in &self.closed_columns {
            let price = self.state.column_price[*column] - (length - self.distance[*column]);
            self.state.column_price[*column] = price;
            is_sound &= T::default() - price <= T::TRUSTED;
        }
        self.state.shift(start, end, &self.came_from);
        is_sound.then_some(())
    }
}

struct Lines<'a, T> {
    prices: &'a [T],
    closed: &'a [T],
    distance: &'a mut [T],
    came_from: &'a mut [u32],
}

/// Shortens distances through one row and returns the least of those that are open. It has no branches, so that four
/// columns are worked on at once.
fn relax<T: Number>(cells: &[i32], base: T, scale: T, row: u32, lines: Lines<'_, T>) -> T {
    let mut nearest = T::FAR;
    let wide = cells.len();
    let (prices, closed) = (&lines.prices[..wide], &lines.closed[..wide]);
    let (distance, came_from) = (&mut lines.distance[..wide], &mut lines.came_from[..wide]);
    for column in 0..wide {
        let reduced = T::reduced(base, scale, cells[column], prices[column]);
        let old = distance[column];
        let is_shorter = reduced < old;
        let new = if is_shorter { reduced } else { old };
        distance[column] = new;
        came_from[column] = if is_shorter { row } else { came_from[column] };
        let open = new.or(closed[column]);
        nearest = if open < nearest { open } else { nearest };
    }
    nearest
}
