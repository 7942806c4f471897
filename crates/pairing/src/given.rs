//! The committee's own scores of pairs.

use crate::{Input, Points};

/// By mentee, in the order of mentors; both by their canonical numbers.
pub(crate) struct Given {
    starts: Vec<usize>,
    entries: Vec<(u32, i32)>,
}

impl Given {
    pub(crate) fn new(input: &Input, scored: &[(u32, u32)], rows: &[u32], columns: &[u32]) -> Self {
        let mut starts = vec![0; rows.len() + 1];
        for (mentee, _) in scored {
            starts[rows[*mentee as usize] as usize + 1] += 1;
        }
        for row in 0..rows.len() {
            starts[row + 1] += starts[row];
        }
        let mut next = starts.clone();
        let mut entries = vec![(0, 0); scored.len()];
        for ((mentee, mentor), score) in scored.iter().zip(&input.scores) {
            let at = &mut next[rows[*mentee as usize] as usize];
            entries[*at] = (columns[*mentor as usize], Points::new(score.points).micro() as i32);
            *at += 1;
        }
        for row in 0..rows.len() {
            entries[starts[row]..starts[row + 1]].sort_unstable();
        }
        Given { starts, entries }
    }

    pub(crate) fn of(&self, row: usize) -> &[(u32, i32)] {
        &self.entries[self.starts[row]..self.starts[row + 1]]
    }

    pub(crate) fn points(&self, row: usize, column: usize) -> Option<i32> {
        if self.entries.is_empty() {
            return None;
        }
        let entries = self.of(row);
        let at = entries.binary_search_by_key(&(column as u32), |(column, _)| *column).ok()?;
        Some(entries[at].1)
    }
}
