//! Looking a whole chain through: a pure function of its rows.
//!
//! Invariant: what is found first is named first, so that a fault says where somebody began.

use std::collections::{HashMap, HashSet};

use super::{
    Entry, FORGOTTEN,
    entry::BEGINNING,
    heads::{Anchor, Keys, SignedHead, Tip},
    people::Person,
};
use crate::ids::Id;

/// What is wrong with a chain, in a sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("Entry {0} was changed: it no longer has the hash that it was written with.")]
    Changed(i64),
    #[error("Entry {0} is missing.")]
    Missing(i64),
    #[error("Entry {0} is not in its place.")]
    OutOfPlace(i64),
    #[error("Entry {0} cannot be read: a value in it is not of its kind.")]
    Unreadable(i64),
    #[error("Entry {0} stands after the end of the chain: nobody but this house may add one.")]
    AfterTheEnd(i64),
    #[error("Entries {0} to {1} do not lead to the signed head {2}: they were written anew, or the head was.")]
    NotAsSigned(i64, i64, i64),
    #[error("Entries {0} to {1} do not lead to the head that was written down elsewhere.")]
    NotAsWrittenDown(i64, i64),
    #[error("Entries from {0} on are not as this house left them: the end of the chain is not sealed by its key.")]
    NotSealed(i64),
    #[error("The signed head {0} is missing.")]
    HeadMissing(i64),
    #[error("The signed head {0}, at entry {1}, was not signed by this house.")]
    HeadForged(i64, i64),
    #[error("Entry {0} names somebody whose row in audit_people was changed.")]
    PersonChanged(i64),
    #[error("Entry {0} names somebody whose row in audit_people is gone, and no erasure says why.")]
    PersonGone(i64),
    #[error("Entry {0} erased somebody whose row in audit_people stands again.")]
    PersonBack(i64),
    #[error("A row in audit_people belongs to no entry; the chain itself is whole up to entry {0}.")]
    PersonAdded(i64),
}

impl Fault {
    /// The first bad entry, or the last good one where none is bad.
    pub fn entry(&self) -> i64 {
        match self {
            Self::Changed(seq)
            | Self::Missing(seq)
            | Self::OutOfPlace(seq)
            | Self::Unreadable(seq)
            | Self::AfterTheEnd(seq)
            | Self::NotAsSigned(seq, ..)
            | Self::NotAsWrittenDown(seq, _)
            | Self::NotSealed(seq)
            | Self::HeadMissing(seq)
            | Self::HeadForged(_, seq)
            | Self::PersonChanged(seq)
            | Self::PersonGone(seq)
            | Self::PersonBack(seq)
            | Self::PersonAdded(seq) => *seq,
        }
    }
}

/// What a chain that is whole consists of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    pub entries: i64,
    pub first: i64,
    pub last: i64,
    pub heads: i64,
}

/// Everything beside the entries.
pub(super) struct Around<'a> {
    pub heads: &'a [SignedHead],
    pub people: &'a [Person],
    pub tip: &'a Tip,
    pub anchors: &'a [Anchor],
    pub keys: &'a Keys,
}

/// Takes the entries in order, and says at the end whether the chain is whole.
pub(super) struct Verifier<'a> {
    around: Around<'a>,
    people: HashMap<Id, bool>,
    named: HashSet<Id>,
    /// Whom no row knows, and the first entry that names them.
    unknown: HashMap<Id, i64>,
    erased: HashMap<Id, i64>,
    first: i64,
    seq: i64,
    hash: Vec<u8>,
    /// Signed heads that were passed, and the entry of the last of them.
    passed: usize,
    signed_up_to: i64,
}

impl<'a> Verifier<'a> {
    pub(super) fn new(around: Around<'a>) -> Result<Self, Fault> {
        for (index, head) in (1i64..).zip(around.heads) {
            if head.number != index {
                return Err(Fault::HeadMissing(index));
            }
        }
        let people = around.people.iter().map(|it| (it.pseudonym, it.is_sound())).collect();
        let cut = around.heads.iter().rposition(|it| it.is_cut);
        let (seq, hash) = cut
            .and_then(|at| around.heads.get(at))
            .map_or_else(|| (0, BEGINNING.to_vec()), |head| (head.seq, head.hash.clone()));
        let mut it = Self {
            around,
            people,
            named: HashSet::new(),
            unknown: HashMap::new(),
            erased: HashMap::new(),
            first: seq + 1,
            seq,
            hash,
            passed: 0,
            signed_up_to: 0,
        };
        // What was signed before the cut, and the cut itself, lead to nothing that still
        // stands; that they were signed is looked at all the same.
        for _ in 0..cut.map_or(0, |it| it + 1) {
            it.pass_signature()?;
        }
        it.signed_up_to = seq;
        it.pass_heads()?;
        Ok(it)
    }

    pub(super) fn entry(&mut self, entry: &Entry) -> Result<(), Fault> {
        let expected = self.seq + 1;
        if entry.seq != expected {
            return Err(if entry.seq > expected { self.gap(expected) } else { Fault::OutOfPlace(entry.seq) });
        }
        if expected > self.around.tip.seq {
            return Err(if self.tip_is_ours() { Fault::AfterTheEnd(expected) } else { self.unsealed() });
        }
        let hash = entry.hash_after(&self.hash);
        if hash != *entry.hash {
            return Err(Fault::Changed(expected));
        }
        self.people_of(entry)?;
        self.seq = expected;
        self.hash = hash.to_vec();
        let anchor = self.around.anchors.iter().find(|it| it.seq == expected);
        if anchor.is_some_and(|it| it.hash != self.hash) {
            return Err(Fault::NotAsWrittenDown(self.signed_up_to + 1, expected));
        }
        self.pass_heads()
    }

    /// Looks at everything that stands after the last entry.
    pub(super) fn end(self) -> Result<Verified, Fault> {
        let tip = self.around.tip;
        if let Some(head) = self.around.heads.get(self.passed) {
            return Err(if self.seq < head.seq { Fault::Missing(self.seq + 1) } else { self.unlike(head) });
        }
        if !self.tip_is_ours() {
            return Err(self.unsealed());
        }
        if self.seq < tip.seq {
            return Err(Fault::Missing(self.seq + 1));
        }
        if self.hash != tip.hash {
            return Err(self.unsealed());
        }
        if let Ok(missing @ 1..) = usize::try_from(tip.heads).map(|it| it.saturating_sub(self.around.heads.len())) {
            return Err(Fault::HeadMissing(tip.heads - i64::try_from(missing).unwrap_or(0) + 1));
        }
        if self.around.heads.len() > usize::try_from(tip.heads).unwrap_or(0) {
            return Err(Fault::HeadForged(tip.heads + 1, self.signed_up_to));
        }
        if self.around.anchors.iter().any(|it| it.seq > self.seq) {
            return Err(Fault::Missing(self.seq + 1));
        }
        self.people_at_the_end()?;
        Ok(Verified { entries: self.seq + 1 - self.first, first: self.first, last: self.seq, heads: tip.heads })
    }

    fn people_of(&mut self, entry: &Entry) -> Result<(), Fault> {
        for person in [entry.actor, entry.whose].into_iter().flatten() {
            match self.people.get(&person) {
                Some(true) => {
                    self.named.insert(person);
                }
                Some(false) => return Err(Fault::PersonChanged(entry.seq)),
                None => {
                    self.unknown.entry(person).or_insert(entry.seq);
                }
            }
        }
        if entry.action == FORGOTTEN {
            self.erased.extend(entry.whose.map(|it| (it, entry.seq)));
        }
        Ok(())
    }

    fn people_at_the_end(&self) -> Result<(), Fault> {
        let gone = self.unknown.iter().filter(|(it, _)| !self.erased.contains_key(it)).map(|(_, seq)| *seq).min();
        let back = self.erased.iter().filter(|(it, _)| self.people.contains_key(it)).map(|(_, seq)| *seq).min();
        match (gone, back) {
            (Some(gone), _) => Err(Fault::PersonGone(gone)),
            (None, Some(back)) => Err(Fault::PersonBack(back)),
            (None, None) if self.named.len() < self.around.people.len() => Err(Fault::PersonAdded(self.seq)),
            (None, None) => Ok(()),
        }
    }

    /// Signed heads at the entry just looked at.
    fn pass_heads(&mut self) -> Result<(), Fault> {
        while let Some(head) = self.around.heads.get(self.passed).filter(|it| it.seq <= self.seq) {
            if head.seq != self.seq || head.hash != self.hash {
                return Err(self.unlike(head));
            }
            self.pass_signature()?;
            self.signed_up_to = self.seq;
        }
        Ok(())
    }

    fn pass_signature(&mut self) -> Result<(), Fault> {
        let Some(head) = self.around.heads.get(self.passed) else { return Ok(()) };
        if !self.is_ours(self.passed) {
            return Err(Fault::HeadForged(head.number, head.seq));
        }
        self.passed += 1;
        Ok(())
    }

    /// A head under a key that the keyring no longer has is vouched for by a later one,
    /// which holds its stamp.
    fn is_ours(&self, index: usize) -> bool {
        let heads = self.around.heads;
        let before = index.checked_sub(1).and_then(|it| heads.get(it)).map_or_else(Vec::new, SignedHead::stamp);
        let mut later = heads.iter().skip(index);
        let Some(head) = later.next().filter(|it| it.before == before) else { return false };
        let mut stamp = head.stamp();
        let mut signed = self.around.keys.signed(head);
        for next in later {
            if signed.is_some() || next.before != stamp {
                break;
            }
            stamp = next.stamp();
            signed = self.around.keys.signed(next);
        }
        signed.unwrap_or(false)
    }

    /// A head that is not what the entries lead to: it was changed, or they were.
    fn unlike(&self, head: &SignedHead) -> Fault {
        if self.is_ours(self.passed) {
            Fault::NotAsSigned(self.signed_up_to + 1, head.seq, head.number)
        } else {
            Fault::HeadForged(head.number, head.seq)
        }
    }

    fn gap(&self, expected: i64) -> Fault {
        Fault::Missing(expected)
    }

    fn unsealed(&self) -> Fault {
        Fault::NotSealed(self.signed_up_to + 1)
    }

    fn tip_is_ours(&self) -> bool {
        let tip = self.around.tip;
        let untouched = tip.seq == 0 && tip.heads == 0 && tip.hash == BEGINNING && tip.code.is_empty();
        untouched || self.around.keys.sealed(tip)
    }
}
