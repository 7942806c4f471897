//! Which pairs may be made, and what each is worth.

use super::Aim;
use crate::Points;

const FULL: i64 = Points::FULL.micro() as i64;

/// Points of the pairs that may be made, in millionths: 0 to 100,000,000.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Table {
    /// A cell for every pair, row by row; [`Table::NEVER`] where the pair must not be made.
    Dense { columns: usize, points: Vec<i32> },
    /// The pairs of a row stand from its start to the next one's, in the order of columns.
    Sparse { starts: Vec<usize>, columns: Vec<u32>, points: Vec<i32> },
}

impl Table {
    /// A pair that must not be made. So far below nought that a sum with it is known at sight, and yet fits 32 bits.
    pub const NEVER: i32 = -1_000_000_000;

    pub fn sparse(rows: impl IntoIterator<Item = Vec<(u32, i32)>>) -> Self {
        let (mut starts, mut columns, mut points) = (vec![0], Vec::new(), Vec::new());
        for mut row in rows {
            row.sort_unstable();
            columns.extend(row.iter().map(|(column, _)| *column));
            points.extend(row.iter().map(|(_, points)| *points));
            starts.push(columns.len());
        }
        Table::Sparse { starts, columns, points }
    }

    pub fn rows(&self) -> usize {
        match self {
            Table::Dense { columns: 0, .. } => 0,
            Table::Dense { columns, points } => points.len() / columns,
            Table::Sparse { starts, .. } => starts.len() - 1,
        }
    }

    /// The pairs of a row that may be made: columns in order, with their points.
    pub fn row(&self, row: usize) -> impl Iterator<Item = (usize, i32)> + '_ {
        let (listed, points) = match self {
            Table::Dense { columns, points } => (None, &points[row * columns..(row + 1) * columns]),
            Table::Sparse { starts, columns, points } => {
                let range = starts[row]..starts[row + 1];
                (Some(&columns[range.clone()]), &points[range])
            }
        };
        let column = move |at: usize| listed.map_or(at, |listed| listed[at] as usize);
        points.iter().enumerate().filter(|(_, points)| **points >= 0).map(move |(at, points)| (column(at), *points))
    }

    /// The points of one pair, if it may be made.
    pub fn get(&self, row: usize, column: usize) -> Option<i32> {
        let points = match self {
            Table::Dense { columns, points } => points[row * columns + column],
            Table::Sparse { starts, columns, points } => {
                let listed = &columns[starts[row]..starts[row + 1]];
                points[starts[row] + listed.binary_search(&(column as u32)).ok()?]
            }
        };
        (points >= 0).then_some(points)
    }

    /// The same with some rows and columns left out, whose numbers close up.
    pub(crate) fn part(&self, rows: &[usize], columns: &[usize]) -> Table {
        match self {
            Table::Dense { columns: width, points } => {
                let cells = rows.iter().flat_map(|row| columns.iter().map(move |column| points[row * width + column]));
                Table::Dense { columns: columns.len(), points: cells.collect() }
            }
            Table::Sparse { .. } => {
                let most = columns.last().map_or(0, |last| last + 1);
                let mut renumbered = vec![u32::MAX; most];
                for (at, column) in columns.iter().enumerate() {
                    renumbered[*column] = at as u32;
                }
                Table::sparse(rows.iter().map(|row| {
                    let kept = self.row(*row).filter_map(|(column, points)| {
                        let column = renumbered.get(column).copied().filter(|column| *column != u32::MAX)?;
                        Some((column, points))
                    });
                    kept.collect()
                }))
            }
        }
    }
}

/// What a pair costs, and what it costs to stay alone. Less is better.
#[derive(Debug, Clone, Copy)]
pub(super) struct Costs {
    pub(super) scale: i64,
    pub(super) alone: i64,
}

impl Costs {
    pub(super) fn of(aim: Aim, rows: usize) -> Self {
        let people = rows as i64 + 1;
        // At most 100,000 people at 10⁸ millionths: 10¹³, and prices stay below twice that. 63 bits hold 9 · 10¹⁸.
        match aim {
            // One more pair outweighs all scores together.
            Aim::MostPairs => Costs { scale: 1, alone: FULL * people },
            // Points count first; a pair without any is still worth a little.
            Aim::BestTotal => Costs { scale: people, alone: FULL * people + 1 },
        }
    }

    /// In a table without gaps a row and a free place are always worth joining, so twice the worst pair is enough.
    pub(super) fn complete() -> Self {
        Costs { scale: 1, alone: 2 * FULL }
    }

    /// Nobody is to stay alone: past what any sound search reaches.
    pub(super) fn everybody() -> Self {
        Costs { scale: 1, alone: 9 * FULL }
    }

    pub(super) fn of_pair(self, points: i32) -> i64 {
        (FULL - i64::from(points)) * self.scale
    }
}
