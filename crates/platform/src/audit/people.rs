//! Table `audit_people`: whose a pseudonym is.
//!
//! # Design
//! A pseudonym is the hash of a salt and an id. While its row stands it can be checked
//! that nobody put another person in; once the row is gone, nobody can find the person by
//! trying ids.

use std::collections::{BTreeSet, HashMap};

use super::Gathered;
use crate::{
    ids::Id,
    row, sql,
    storage::{Result, StorageError, Tx, Value},
    values,
};

row! {
    #[derive(PartialEq, Eq)]
    pub struct Person {
        pub pseudonym: Id,
        pub person: Id,
        pub salt: Vec<u8>,
    }
}

sql! {
    KNOWN => "select a.id, p.pseudonym from accounts a left join audit_people p on p.person = a.id where a.id in ($1, $2, $3, $4)";
    KNOWN_OF_MANY => "select a.id, p.pseudonym from accounts a left join audit_people p on p.person = a.id where a.id in ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32)";
    OF_PERSON => "select pseudonym from audit_people where person = $1";
    ADD => "insert into audit_people (pseudonym, person, salt) values ($1, $2, $3) on conflict (person) do nothing";
    FORGET => "delete from audit_people where person = $1";
    ALL => "select pseudonym, person, salt from audit_people";
    LEFT_OVER => "delete from audit_people where pseudonym not in (select actor from audit where actor is not null union select whose from audit where whose is not null)";
}

/// How many are looked up with one statement: in most units of work, and where there are more.
const FEW: usize = 4;
const MANY: usize = 32;

impl Person {
    pub(super) fn is_sound(&self) -> bool {
        self.pseudonym == pseudonym(&self.salt, self.person)
    }
}

fn pseudonym(salt: &[u8], person: Id) -> Id {
    let mut hasher = blake3::Hasher::new();
    hasher.update(salt);
    hasher.update(person.as_bytes());
    let mut short = [0u8; 16];
    hasher.finalize_xof().fill(&mut short);
    Id::from_bytes(short)
}

/// The pseudonyms of everyone in what was gathered; those who have none are given one.
/// What a record is about may be a person too, and is then here as well.
pub(super) fn of(tx: &mut Tx, gathered: &[Gathered]) -> Result<HashMap<Id, Id>> {
    let surely: BTreeSet<Id> = gathered.iter().flat_map(|it| [it.actor, it.whose]).flatten().collect();
    let maybe = gathered.iter().filter_map(|it| it.about);
    let asked: Vec<Id> = surely.iter().copied().chain(maybe).collect::<BTreeSet<Id>>().into_iter().collect();
    let mut known: HashMap<Id, Option<Id>> = surely.into_iter().map(|it| (it, None)).collect();
    let (statement, at_once) = if asked.len() > FEW { (&KNOWN_OF_MANY, MANY) } else { (&KNOWN, FEW) };
    for some in asked.chunks(at_once) {
        let mut slots: Vec<Value> = some.iter().map(|it| Value::Id(*it)).collect();
        slots.resize(at_once, Value::Null);
        known.extend(tx.rows::<(Id, Option<Id>)>(statement, &slots)?);
    }
    let mut people = HashMap::new();
    // In the order of their ids, so that two units of work that add the same people cannot
    // wait for each other.
    let order: BTreeSet<Id> = known.keys().copied().collect();
    for person in order {
        let pseudonym = match known.get(&person).copied().flatten() {
            Some(pseudonym) => pseudonym,
            None => add(tx, person)?,
        };
        people.insert(person, pseudonym);
    }
    Ok(people)
}

fn add(tx: &mut Tx, person: Id) -> Result<Id> {
    if let Some(known) = tx.row(&OF_PERSON, values![person])? {
        return Ok(known);
    }
    let salt = tx.chance().salt::<16>();
    let fresh = pseudonym(&salt, person);
    if tx.exec(&ADD, values![fresh, person, salt.to_vec()])? == 1 {
        return Ok(fresh);
    }
    // Someone else may have given one a moment ago; theirs counts.
    tx.row(&OF_PERSON, values![person])?.ok_or_else(|| StorageError::Other("a pseudonym went missing".to_owned()))
}

pub(super) fn forget(tx: &mut Tx, person: Id) -> Result<()> {
    tx.exec(&FORGET, values![person]).map(|_| ())
}

pub(super) fn all(tx: &mut Tx) -> Result<Vec<Person>> {
    tx.rows(&ALL, values![])
}

/// Lets pseudonyms go that no entry names any more.
pub(super) fn let_left_over_go(tx: &mut Tx) -> Result<()> {
    tx.exec(&LEFT_OVER, values![]).map(|_| ())
}

#[cfg(test)]
pub(super) fn made_for_test(person: Id, salt: [u8; 16]) -> Person {
    Person { pseudonym: pseudonym(&salt, person), person, salt: salt.to_vec() }
}
