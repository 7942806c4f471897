//! Ranked lists as numbers, and what they miss.

use crate::refusal::Place;

/// The lists of one side as they stand in the input: whom each names who is in the pool, most wanted first, by places
/// in the input.
#[derive(Default)]
pub(crate) struct Written {
    ends: Vec<usize>,
    named: Vec<u32>,
    has_list: Vec<bool>,
    pub(crate) missing: Vec<Missing>,
}

/// A name on a list that is nobody's in the pool.
pub(crate) struct Missing {
    pub(crate) place: Place,
    pub(crate) who: String,
    pub(crate) whom: String,
}

impl Written {
    /// The next person's list, on which strangers may stand.
    pub(crate) fn add(&mut self, list: &[Result<u32, &str>], missing: impl Fn(&str) -> Missing) {
        self.has_list.push(!list.is_empty());
        for whom in list {
            match whom {
                Ok(at) => self.named.push(*at),
                Err(stranger) => self.missing.push(missing(stranger)),
            }
        }
        self.ends.push(self.named.len());
    }

    fn of(&self, at: u32) -> &[u32] {
        let at = at as usize;
        &self.named[at.checked_sub(1).map_or(0, |before| self.ends[before])..self.ends[at]]
    }

    fn has_list(&self, owners: &[u32]) -> Vec<bool> {
        owners.iter().map(|at| self.has_list[*at as usize]).collect()
    }
}

/// Lists of one side, by mentee whichever side it is: pairs are looked at for one mentee after another, and what is
/// known of them lies together.
pub(crate) struct Ranks {
    starts: Vec<usize>,
    /// The mentor, in rising order, and the place on the list from 0.
    entries: Vec<(u32, u32)>,
    /// By the one who made the list.
    has_list: Vec<bool>,
}

impl Ranks {
    /// Whom mentees list. `owners` are the places in the input in canonical order, `numbers` the canonical numbers of
    /// those who are named.
    pub(crate) fn of_mentees(written: &Written, owners: &[u32], numbers: &[u32]) -> Self {
        let (mut starts, mut entries) = (vec![0], Vec::with_capacity(written.named.len()));
        for at in owners {
            let start = entries.len();
            entries.extend(written.of(*at).iter().map(|whom| numbers[*whom as usize]).zip(0..));
            entries[start..].sort_unstable_by_key(|(mentor, _)| *mentor);
            starts.push(entries.len());
        }
        Ranks { starts, entries, has_list: written.has_list(owners) }
    }

    /// Who lists a mentee.
    pub(crate) fn of_mentors(written: &Written, owners: &[u32], numbers: &[u32]) -> Self {
        let mut starts = vec![0; numbers.len() + 1];
        for whom in &written.named {
            starts[numbers[*whom as usize] as usize + 1] += 1;
        }
        for row in 0..numbers.len() {
            starts[row + 1] += starts[row];
        }
        let mut next = starts.clone();
        let mut entries = vec![(0, 0); written.named.len()];
        for (at, mentor) in owners.iter().zip(0..) {
            for (whom, place) in written.of(*at).iter().zip(0..) {
                let next = &mut next[numbers[*whom as usize] as usize];
                entries[*next] = (mentor, place);
                *next += 1;
            }
        }
        Ranks { starts, entries, has_list: written.has_list(owners) }
    }

    pub(crate) fn has_list(&self, owner: usize) -> bool {
        self.has_list[owner]
    }

    /// The mentors whom this mentee lists, or who list this mentee.
    pub(crate) fn of(&self, row: usize) -> &[(u32, u32)] {
        &self.entries[self.starts[row]..self.starts[row + 1]]
    }

    /// The place of one on the list of the other, if it is there.
    pub(crate) fn place(&self, row: usize, column: usize) -> Option<u32> {
        let entries = self.of(row);
        let at = entries.binary_search_by_key(&(column as u32), |(mentor, _)| *mentor).ok()?;
        Some(entries[at].1)
    }
}
