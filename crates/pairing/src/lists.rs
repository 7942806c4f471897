//! Ranked lists as numbers, and what they miss.

use crate::{quick::QuickMap, refusal::Place};

/// The lists of one side, each sorted by the other's number so that a place on it is found quickly.
pub(crate) struct Ranks {
    starts: Vec<usize>,
    /// The other, and the place on the list from 0.
    entries: Vec<(u32, u32)>,
    has_list: Vec<bool>,
}

/// A name on a list that is nobody's in the pool.
pub(crate) struct Missing {
    pub(crate) place: Place,
    pub(crate) who: String,
    pub(crate) whom: String,
}

/// Someone with a list: who, their number in the input, the list.
pub(crate) type Owner<'a> = (&'a str, usize, &'a [String]);

impl Ranks {
    /// In the order of `owners`; `others` and `numbers` tell the number of the people who may stand on a list.
    pub(crate) fn new<'a>(
        side: &'static str,
        owners: impl Iterator<Item = Owner<'a>>,
        others: &QuickMap<&str, u32>,
        numbers: &[u32],
    ) -> (Self, Vec<Missing>) {
        let mut missing = Vec::new();
        let mut ranks = Ranks { starts: vec![0], entries: Vec::new(), has_list: Vec::new() };
        for (who, at, list) in owners {
            let start = ranks.entries.len();
            for id in list {
                match others.get(id.as_str()) {
                    Some(at) => ranks.entries.push((numbers[*at as usize], (ranks.entries.len() - start) as u32)),
                    None => missing.push(Missing {
                        place: Place::of(side, at, "ranked"),
                        who: who.to_string(),
                        whom: id.clone(),
                    }),
                }
            }
            ranks.entries[start..].sort_unstable();
            ranks.starts.push(ranks.entries.len());
            ranks.has_list.push(!list.is_empty());
        }
        (ranks, missing)
    }

    pub(crate) fn has_list(&self, owner: usize) -> bool {
        self.has_list[owner]
    }

    /// Whom the list names, by number.
    pub(crate) fn of(&self, owner: usize) -> &[(u32, u32)] {
        &self.entries[self.starts[owner]..self.starts[owner + 1]]
    }

    /// The place on the list, if the other stands on it.
    pub(crate) fn place(&self, owner: usize, other: usize) -> Option<u32> {
        let entries = self.of(owner);
        let at = entries.binary_search_by_key(&(other as u32), |(other, _)| *other).ok()?;
        Some(entries[at].1)
    }

    /// For each of the others, who has them on the list.
    pub(crate) fn turned(&self, others: usize) -> Vec<Vec<u32>> {
        let mut turned = vec![Vec::new(); others];
        for owner in 0..self.has_list.len() {
            for (other, _) in self.of(owner) {
                turned[*other as usize].push(owner as u32);
            }
        }
        turned
    }
}
