//! Ten thousand ways to touch a chain behind the house's back.

use std::fmt::Write;

use jiff::{SignedDuration, Timestamp};

use crate::{
    audit::{
        Entry, FORGOTTEN, Fault, Verified,
        entry::BEGINNING,
        heads::{Anchor, Keys, SignedHead, Tip, sealed_for_test, signed_for_test},
        people::{Person, made_for_test},
        verify::{Around, Verifier},
    },
    chance::Chance,
    ids::Id,
    keys::Keyring,
};

const ENTRIES: i64 = 240;
const ERASED_AT: i64 = 150;
const LAST_HEAD: i64 = 180;

struct Chain {
    keyring: Keyring,
    keys: Keys,
    entries: Vec<Entry>,
    heads: Vec<SignedHead>,
    people: Vec<Person>,
    erased: Person,
    /// The tip after each entry, as an older copy of the file would hold it.
    tips: Vec<Tip>,
}

/// What an attacker left: the whole chain where nothing was touched.
struct Left<'a> {
    entries: Vec<&'a Entry>,
    heads: Vec<SignedHead>,
    people: Vec<Person>,
    tip: Tip,
    anchors: Vec<Anchor>,
}

impl Chain {
    fn of(chance: &Chance) -> Self {
        let keyring = Keyring::fresh();
        let at = Timestamp::constant(1_800_000_000, 0);
        let mut people: Vec<Person> = (0..12).map(|_| made_for_test(chance.id(at), chance.bytes())).collect();
        let mut chain = Self {
            keys: Keys::of(&keyring),
            erased: people.remove(3),
            keyring,
            entries: Vec::new(),
            heads: Vec::new(),
            people,
            tips: Vec::new(),
        };
        for seq in 1..=ENTRIES {
            chain.add(seq, at + SignedDuration::from_secs(17 * seq), chance);
        }
        chain
    }

    fn add(&mut self, seq: i64, at: Timestamp, chance: &Chance) {
        let person = |index: usize| self.people.get(index % self.people.len()).map(|it| it.pseudonym);
        let is_old = seq < ERASED_AT;
        let mut entry = Entry {
            seq,
            at,
            actor: person(chance.below(40)).filter(|_| seq % 5 != 0),
            whose: if is_old && seq % 7 == 0 {
                Some(self.erased.pseudonym)
            } else {
                person(seq.unsigned_abs() as usize)
            },
            cohort: Some(chance.id(at)).filter(|_| seq % 2 == 0),
            action: ["read", "duo formed", "signed in"][chance.below(3)].to_owned(),
            record: ["check-in answer", "profile", ""][chance.below(3)].to_owned(),
            about: Some(chance.id(at)).filter(|_| seq % 3 == 0),
            right: ["as the liaison of this duo", ""][chance.below(2)].to_owned(),
            request: chance.token(),
            client: ["web", "phone", "job"][chance.below(3)].to_owned(),
            shown_from: Some(at + SignedDuration::from_hours(48)).filter(|_| seq % 11 == 0),
            hash: Vec::new(),
        };
        if seq == ERASED_AT {
            entry.action = FORGOTTEN.to_owned();
            entry.whose = Some(self.erased.pseudonym);
        }
        let before = self.entries.last().map_or(BEGINNING.to_vec(), |it| it.hash.clone());
        entry.hash = entry.hash_after(&before).to_vec();
        if seq % 60 == 0 && seq < ENTRIES {
            let number = seq / 60;
            let before = self.heads.last().map(SignedHead::stamp).unwrap_or_default();
            let (master, signature) = (String::new(), Vec::new());
            let head =
                SignedHead { number, seq, hash: entry.hash.clone(), at, is_cut: false, before, master, signature };
            self.heads.push(signed_for_test(&self.keyring, head));
        }
        let (master, code) = (String::new(), Vec::new());
        let heads = self.heads.len() as i64;
        self.tips.push(sealed_for_test(&self.keyring, Tip { seq, hash: entry.hash.clone(), heads, master, code }));
        self.entries.push(entry);
    }

    fn untouched(&self) -> Left<'_> {
        Left {
            entries: self.entries.iter().collect(),
            heads: self.heads.clone(),
            people: self.people.clone(),
            tip: self.tips.last().unwrap().clone(),
            anchors: Vec::new(),
        }
    }
}

impl Left<'_> {
    fn verified(&self, keys: &Keys) -> Result<Verified, Fault> {
        let (heads, people, tip, anchors) = (&self.heads, &self.people, &self.tip, &self.anchors);
        let mut verifier = Verifier::new(Around { heads, people, tip, anchors, keys })?;
        self.entries.iter().try_for_each(|it| verifier.entry(it))?;
        verifier.end()
    }
}

#[test]
fn a_chain_that_nobody_touched_is_whole() {
    let chain = Chain::of(&Chance::seeded(1));
    let whole = chain.untouched().verified(&chain.keys);
    assert_eq!(whole, Ok(Verified { entries: ENTRIES, first: 1, last: ENTRIES, heads: 3 }));
}

#[test]
fn an_end_that_was_written_down_elsewhere_is_compared() {
    let chain = Chain::of(&Chance::seeded(1));
    let mut left = chain.untouched();
    let written: Anchor = chain.heads[1].anchor().to_string().parse().unwrap();
    left.anchors = vec![written];
    assert!(left.verified(&chain.keys).is_ok());
    left.anchors[0].hash[5] ^= 1;
    assert_eq!(left.verified(&chain.keys), Err(Fault::NotAsWrittenDown(61, 120)));
}

#[test]
fn a_chain_is_looked_through_from_its_last_cut() {
    let chain = Chain::of(&Chance::seeded(1));
    let mut left = chain.untouched();
    left.heads.truncate(2);
    let cut = SignedHead { number: 3, is_cut: true, before: left.heads[1].stamp(), ..chain.heads[1].clone() };
    left.heads.push(signed_for_test(&chain.keyring, cut));
    let mut later = left.heads[2].clone();
    later = SignedHead { number: 4, seq: 200, hash: chain.entries[199].hash.clone(), is_cut: false, ..later };
    later.before = left.heads[2].stamp();
    left.heads.push(signed_for_test(&chain.keyring, later));
    left.tip = sealed_for_test(&chain.keyring, Tip { heads: 4, ..left.tip });
    left.entries.drain(..120);
    assert_eq!(left.verified(&chain.keys), Ok(Verified { entries: 120, first: 121, last: ENTRIES, heads: 4 }));
    left.entries.remove(0);
    assert_eq!(left.verified(&chain.keys), Err(Fault::Missing(121)));
}

/// What was done, and which entry must be named: exactly, or at most.
#[derive(Debug)]
enum Named {
    Exactly(i64),
    NotAfter(i64),
    Found,
}

// C-08: edits, deletions, insertions, swaps, truncations, replays, in all four tables.
#[test]
fn each_of_ten_thousand_tamperings_is_found_and_the_first_bad_entry_named() {
    let chance = Chance::seeded(8);
    let chain = Chain::of(&chance);
    let mut said = String::new();
    for round in 0..10_000 {
        let mut fresh = Vec::new();
        let mut left = chain.untouched();
        let (what, named) = match round % 10 {
            0..=3 => edit(&chain, &chance, &mut fresh),
            4 => delete(&chain, &chance, &mut fresh),
            5 => insert_or_swap(&chain, &chance, &mut fresh),
            6 => truncate(&chain, &chance, &mut left),
            7 => write_anew(&chain, &chance, &mut fresh),
            8 => touch_heads(&chance, &mut left),
            _ => touch_people(&chain, &chance, &mut left),
        };
        if !fresh.is_empty() {
            left.entries = fresh.iter().collect();
        }
        let found = left.verified(&chain.keys);
        let is_so = match (&found, named) {
            (Err(fault), Named::Exactly(seq)) => fault.entry() == seq,
            (Err(fault), Named::NotAfter(seq)) => fault.entry() <= seq,
            (Err(_), Named::Found) => true,
            (Ok(_), _) => false,
        };
        if !is_so {
            let _ = writeln!(said, "round {round}: {what}, and it was said: {found:?}");
        }
    }
    assert!(said.is_empty(), "{said}");
}

fn edit(chain: &Chain, chance: &Chance, fresh: &mut Vec<Entry>) -> (String, Named) {
    fresh.clone_from(&chain.entries);
    let index = chance.below(fresh.len());
    let entry = &mut fresh[index];
    let seq = entry.seq;
    let column = chance.below(13);
    let another = |id: &mut Option<Id>| {
        *id = if id.is_some() && chance.below(2) == 0 { None } else { Some(Id::from_bytes(chance.bytes())) };
    };
    match column {
        0 => entry.seq = seq + [1, -1, 1000][chance.below(3)],
        1 => entry.at += SignedDuration::from_micros(1 + chance.below(1_000_000) as i64),
        2 => another(&mut entry.actor),
        3 => another(&mut entry.whose),
        4 => another(&mut entry.cohort),
        5 => entry.action.push('!'),
        6 => entry.record.push('s'),
        7 => another(&mut entry.about),
        8 => entry.right = "as the chair".to_owned(),
        9 => drop(entry.request.pop()),
        10 => entry.client = "command".to_owned(),
        11 => entry.shown_from = if entry.shown_from.is_some() { None } else { Some(entry.at) },
        _ => entry.hash[chance.below(32)] ^= 1 << chance.below(8),
    }
    let named = match column {
        // Whoever looks for an entry finds the place of another first.
        0 => Named::NotAfter(seq),
        _ => Named::Exactly(seq),
    };
    (format!("column {column} of entry {seq} was edited"), named)
}

fn delete(chain: &Chain, chance: &Chance, fresh: &mut Vec<Entry>) -> (String, Named) {
    fresh.clone_from(&chain.entries);
    let from = chance.below(fresh.len());
    let many = 1 + chance.below(5).min(fresh.len() - from - 1);
    fresh.drain(from..from + many);
    let closes_up = chance.below(2) == 0;
    if closes_up {
        fresh.iter_mut().skip(from).for_each(|it| it.seq -= many as i64);
    }
    let seq = from as i64 + 1;
    (format!("{many} entries from {seq} were deleted, renumbered: {closes_up}"), Named::Exactly(seq))
}

fn insert_or_swap(chain: &Chain, chance: &Chance, fresh: &mut Vec<Entry>) -> (String, Named) {
    fresh.clone_from(&chain.entries);
    let (one, other) = (chance.below(fresh.len() - 1), chance.below(fresh.len()));
    if chance.below(2) == 0 {
        let (low, high) = if one < other { (one, other) } else { (other, one.max(other + 1)) };
        fresh.swap(low, high);
        let (seq, far) = (fresh[low].seq, fresh[high].seq);
        fresh[low].seq = far;
        fresh[high].seq = seq;
        return (format!("entries {far} and {seq} were swapped"), Named::Exactly(far));
    }
    let mut added = fresh[one].clone();
    let before = other.checked_sub(1).map_or(BEGINNING.to_vec(), |it| fresh[it].hash.clone());
    added.seq = other as i64 + 1;
    if chance.below(4) == 0 {
        // At the very end, with a hash that fits: anyone can compute one.
        added.seq = ENTRIES + 1;
        added.hash = added.hash_after(&fresh[fresh.len() - 1].hash).to_vec();
        fresh.push(added);
        return ("an entry was added at the end".to_owned(), Named::Exactly(ENTRIES + 1));
    }
    added.right = "added".to_owned();
    let fits = chance.below(2) == 0;
    if fits {
        added.hash = added.hash_after(&before).to_vec();
    }
    fresh.insert(other, added);
    fresh.iter_mut().skip(other + 1).for_each(|it| it.seq += 1);
    let seq = other as i64 + 1;
    // One that fits is itself sound; it is the next that no longer is.
    (format!("an entry was put in at {seq}"), if fits { Named::NotAfter(seq + 1) } else { Named::Exactly(seq) })
}

fn truncate(chain: &Chain, chance: &Chance, left: &mut Left) -> (String, Named) {
    let keep = chance.below(chain.entries.len());
    left.entries.truncate(keep);
    let how = chance.below(4);
    if how > 0 {
        // An older copy of the file has an older tip, rightly sealed.
        left.tip = keep.checked_sub(1).map_or_else(
            || Tip { seq: 0, hash: BEGINNING.to_vec(), heads: 0, master: String::new(), code: Vec::new() },
            |it| chain.tips[it].clone(),
        );
    }
    if how > 1 || keep as i64 >= LAST_HEAD {
        // It has the older heads too: then only what is kept elsewhere can tell.
        left.heads.retain(|it| it.seq <= keep as i64);
        left.anchors.push(Anchor { seq: ENTRIES, hash: chain.entries[chain.entries.len() - 1].hash.clone() });
    }
    (format!("all after {keep} was cut off, {how}"), Named::Exactly(keep as i64 + 1))
}

/// Whoever knows how the chain is made, and has no key, edits and computes all anew.
fn write_anew(chain: &Chain, chance: &Chance, fresh: &mut Vec<Entry>) -> (String, Named) {
    fresh.clone_from(&chain.entries);
    let from = chance.below(fresh.len());
    fresh[from].right = "nobody asked".to_owned();
    let mut before = from.checked_sub(1).map_or(BEGINNING.to_vec(), |it| fresh[it].hash.clone());
    for entry in fresh.iter_mut().skip(from) {
        entry.hash = entry.hash_after(&before).to_vec();
        before.clone_from(&entry.hash);
    }
    // The stretch since the last signed head is named.
    let seq = from as i64 + 1;
    (format!("all from {seq} on was written anew"), Named::Exactly((from as i64 / 60).min(3) * 60 + 1))
}

fn touch_heads(chance: &Chance, left: &mut Left) -> (String, Named) {
    let index = chance.below(left.heads.len());
    let how = chance.below(13);
    let before = left.heads[index].clone();
    let head = &mut left.heads[index];
    match how {
        0 => head.number += 1,
        1 => head.seq += 1,
        2 => head.hash[chance.below(32)] ^= 4,
        3 => head.at += SignedDuration::from_secs(1),
        4 => head.is_cut = true,
        5 => head.master = "ffffffff".to_owned(),
        6 => head.signature[chance.below(64)] ^= 2,
        7 => drop(left.heads.remove(index)),
        8 => {
            let number = left.heads.len() as i64 + 1;
            left.heads.push(SignedHead { number, seq: ENTRIES, ..before.clone() });
        }
        9 => head.before.push(1),
        10 => left.tip.seq += [1, -1][chance.below(2)],
        11 => left.tip.hash[chance.below(32)] ^= 8,
        _ => left.tip.code[chance.below(32)] ^= 16,
    }
    (format!("heads were touched, {how}: {}", before.number), Named::Found)
}

fn touch_people(chain: &Chain, chance: &Chance, left: &mut Left) -> (String, Named) {
    let index = chance.below(left.people.len());
    let first = |it: Id| chain.entries.iter().find(|entry| [entry.actor, entry.whose].contains(&Some(it)));
    let seq = first(left.people[index].pseudonym).map_or(0, |it| it.seq);
    let person = &mut left.people[index];
    let how = chance.below(7);
    let named = match how {
        0 => {
            person.person = Id::from_bytes(chance.bytes());
            Named::Exactly(seq)
        }
        1 => {
            person.salt[chance.below(16)] ^= 1;
            Named::Exactly(seq)
        }
        2 => {
            person.pseudonym = Id::from_bytes(chance.bytes());
            Named::Exactly(seq)
        }
        3 => {
            left.people.remove(index);
            Named::Exactly(seq)
        }
        4 => {
            // Sound in itself, and nobody the chain ever named.
            left.people.push(made_for_test(Id::from_bytes(chance.bytes()), chance.bytes()));
            Named::Exactly(ENTRIES)
        }
        5 => {
            left.people.push(chain.erased.clone());
            Named::Exactly(ERASED_AT)
        }
        _ => {
            // Another person under a sound pseudonym in place of the first.
            *person = made_for_test(Id::from_bytes(chance.bytes()), chance.bytes());
            Named::Exactly(seq)
        }
    };
    (format!("people were touched, {how}"), named)
}
