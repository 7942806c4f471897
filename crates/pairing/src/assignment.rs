//! The best assignment of rows (mentees) to columns (mentors), on plain numbers.
//!
//! | file | what it holds |
//! |---|---|
//! | `assignment/table.rs` | which pairs may be made, and what each is worth |
//! | `assignment/state.rs` | who is with whom, prices, first quick rounds |
//! | `assignment/dense.rs` | shortest augmenting paths where nearly every pair may be made |
//! | `assignment/sparse.rs` | the same with a heap, where few may |
//! | `assignment/fair.rs` | among equals, those who were left out before come first |
//!
//! # Design
//! Both ways are the primal-dual method of successive shortest paths: every row and column has a price, no pair is
//! cheaper than the prices of its two, and each row that is still alone takes the shortest way to a free place, on
//! which others may move. Quick rounds before ("augmenting row reduction") settle most rows without any search.
//! Sources: H. W. Kuhn, Naval Research Logistics Quarterly 2 (1955); R. Jonker and A. Volgenant, "A shortest
//! augmenting path algorithm for dense and sparse linear assignment problems", Computing 38 (1987); D. F. Crouse, "On
//! implementing 2D rectangular assignment algorithms", IEEE Transactions on Aerospace and Electronic Systems 52
//! (2016); R. Burkard, M. Dell'Amico and S. Martello, Assignment Problems, SIAM (2012). Written anew from the papers.
//!
//! Each row may also stay alone, at one price for all. That price alone tells the objectives apart, and makes room
//! for more rows than places and for pairs that must not be made. All numbers are whole, so that totals are exact and
//! two machines never disagree.

mod dense;
mod fair;
mod sparse;
mod state;
mod table;

pub use table::Table;

use state::State;
use table::Costs;

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    /// As many pairs as possible; among those plans, the highest total.
    MostPairs,
    /// The highest total; among those plans, the most pairs.
    BestTotal,
}

/// For each row its column, or none. `places` says how many rows a column takes. Among plans that are equal, one with
/// as many of the rows in `first` as possible is taken; beyond that, the order of rows and columns decides.
pub fn assign(table: &Table, places: &[u32], first: &[bool], aim: Aim) -> Vec<Option<usize>> {
    let rows = first.len();
    let open: Vec<usize> = (0..places.len()).filter(|column| places[*column] > 0).collect();
    if rows == 0 || open.is_empty() {
        return vec![None; rows];
    }
    if open.len() < places.len() {
        let part = table.part(&(0..rows).collect::<Vec<_>>(), &open);
        let places: Vec<u32> = open.iter().map(|column| places[*column]).collect();
        let columns = assign(&part, &places, first, aim);
        return columns.into_iter().map(|column| Some(open[column?])).collect();
    }
    let mut state = match table {
        Table::Sparse { .. } => sparse::solve(table, places, Costs::of(aim, rows)),
        Table::Dense { points, .. } => in_few_bits(table, points, places, aim)
            .or_else(|| dense::solve::<i64>(table, places, Costs::of(aim, rows)))
            .unwrap_or_else(|| sparse::solve(table, places, Costs::of(aim, rows))),
    };
    if first.iter().any(|first| *first) {
        fair::prefer(&mut state, table, first);
    }
    state.columns()
}

/// In 32 bits, which is quicker, wherever that is known or turns out to be enough.
fn in_few_bits(table: &Table, points: &[i32], places: &[u32], aim: Aim) -> Option<State<i64>> {
    let rows = table.rows();
    let room: usize = places.iter().map(|places| (*places as usize).min(rows)).sum();
    if points.iter().all(|points| *points >= 0) {
        // Where everybody may be paired with everybody, both aims fill whatever can be filled.
        dense::solve::<i32>(table, places, Costs::complete())
    } else if aim == Aim::MostPairs && rows <= room {
        // Where everybody finds a place, staying alone need not be priced. Whether they do is seen at the end; who may
        // be paired with nobody stays alone in every plan.
        let state = dense::solve::<i32>(table, places, Costs::everybody())?;
        let mut columns = state.columns().into_iter().enumerate();
        columns.all(|(row, column)| column.is_some() || table.row(row).next().is_none()).then_some(state)
    } else {
        None
    }
}
