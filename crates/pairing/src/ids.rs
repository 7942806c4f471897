//! Who is meant by an id.

use std::hash::{BuildHasher, BuildHasherDefault};

use crate::quick::Quick;

/// The ids of one side, known by their places in the input. A million names are looked up in a large plan, and people
/// lie far apart in memory: so the texts of their ids are kept here, close together.
pub(crate) struct ById {
    texts: String,
    starts: Vec<usize>,
    /// Each where its hash says or in the next slot that was free. At least half stay free.
    slots: Vec<Slot>,
}

/// A place in the input, and half of the id's hash, so that other ids are told apart without their texts.
#[derive(Clone, Copy)]
struct Slot {
    at: u32,
    half: u32,
}

const FREE: Slot = Slot { at: u32::MAX, half: 0 };
/// So many names are looked up together.
const TOGETHER: usize = 16;

impl ById {
    /// Or the first place at which an id stands again.
    pub(crate) fn new<'a>(ids: impl ExactSizeIterator<Item = &'a str>) -> Result<Self, usize> {
        let slots = vec![FREE; (2 * ids.len()).next_power_of_two()];
        let mut by_id = ById { texts: String::new(), starts: vec![0], slots };
        for (at, id) in ids.enumerate() {
            let hash = hash(id);
            let number = by_id.seek(id, hash);
            if by_id.slots[number].at != FREE.at {
                return Err(at);
            }
            by_id.slots[number] = Slot { at: at as u32, half: (hash >> 32) as u32 };
            by_id.texts.push_str(id);
            by_id.starts.push(by_id.texts.len());
        }
        Ok(by_id)
    }

    pub(crate) fn find(&self, id: &str) -> Option<u32> {
        Some(self.slots[self.seek(id, hash(id))].at).filter(|at| *at != FREE.at)
    }

    /// The same for many. What it must wait for, it waits for together: their slots are asked for at once.
    pub(crate) fn find_all<'i>(&self, ids: &'i [String], found: &mut Vec<Result<u32, &'i str>>) {
        for ids in ids.chunks(TOGETHER) {
            let (mut hashes, mut slots) = ([0; TOGETHER], [FREE; TOGETHER]);
            for ((id, hash_of), slot) in ids.iter().zip(&mut hashes).zip(&mut slots) {
                *hash_of = hash(id);
                *slot = self.slots[self.first(*hash_of)];
            }
            for ((id, hash), slot) in ids.iter().zip(hashes).zip(slots) {
                let is_here = slot.half == (hash >> 32) as u32 && slot.at != FREE.at && self.id(slot.at) == id;
                let slot = if is_here { slot } else { self.slots[self.seek(id, hash)] };
                found.push(if slot.at == FREE.at { Err(id.as_str()) } else { Ok(slot.at) });
            }
        }
    }

    fn id(&self, at: u32) -> &str {
        &self.texts[self.starts[at as usize]..self.starts[at as usize + 1]]
    }

    fn first(&self, hash: u64) -> usize {
        hash as usize & (self.slots.len() - 1)
    }

    /// The slot in which this id stands, or would.
    fn seek(&self, id: &str, hash: u64) -> usize {
        let mut number = self.first(hash);
        loop {
            let slot = self.slots[number];
            if slot.at == FREE.at || slot.half == (hash >> 32) as u32 && self.id(slot.at) == id {
                return number;
            }
            number = (number + 1) & (self.slots.len() - 1);
        }
    }
}

fn hash(id: &str) -> u64 {
    BuildHasherDefault::<Quick>::default().hash_one(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_found_at_its_place_and_no_other_id_is() {
        for people in [0, 1, 2, 1_000] {
            let ids: Vec<String> = (0..people).map(|at| format!("e{at}")).collect();
            let by_id = ById::new(ids.iter().map(String::as_str)).expect("unique ids");
            for (at, id) in ids.iter().enumerate() {
                assert_eq!((by_id.find(id), by_id.id(at as u32)), (Some(at as u32), id.as_str()));
            }
            assert_eq!([by_id.find(""), by_id.find("e"), by_id.find("m1")], [None; 3]);
        }
    }

    #[test]
    fn an_id_that_stands_again_is_named_by_its_second_place() {
        assert_eq!(ById::new(["a", "b", "c", "b", "a"].into_iter()).err(), Some(3));
    }
}
