//! Appending, as the last statements of a unit of work.

use std::collections::HashMap;

use super::{ACCOUNT, Entry, Gathered, heads, people};
use crate::{
    ids::Id,
    sql,
    storage::{Result, Tx},
    values,
};

sql! {
    ADD => "insert into audit (seq, at, actor, whose, cohort, action, record, about, by_right, request, client, shown_from, hash) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
}

/// Binds what was gathered to the end of the chain. Nothing else may follow in the unit of
/// work: from here on, others wait for it.
pub(crate) fn append(tx: &mut Tx, gathered: &[Gathered]) -> Result<()> {
    if gathered.is_empty() {
        return Ok(());
    }
    let people = people::of(tx, gathered)?;
    for person in gathered.iter().filter_map(Gathered::forgets) {
        people::forget(tx, person)?;
    }
    let mut tip = heads::hold_tip(tx)?;
    // Whoever is forgotten is named as such after everything else that this unit noted.
    let (last, first): (Vec<_>, Vec<_>) = gathered.iter().partition(|it| it.forgets().is_some());
    for one in first.into_iter().chain(last) {
        let mut entry = entry(one, tip.seq + 1, &people);
        let hash = entry.hash_after(&tip.hash);
        entry.hash = hash.to_vec();
        add(tx, &entry)?;
        tip.seq = entry.seq;
        tip.hash = entry.hash;
    }
    heads::move_tip(tx, &tip)
}

fn add(tx: &mut Tx, it: &Entry) -> Result<()> {
    let values = values![
        it.seq,
        it.at,
        it.actor,
        it.whose,
        it.cohort,
        &it.action,
        &it.record,
        it.about,
        &it.right,
        &it.request,
        &it.client,
        it.shown_from,
        it.hash.clone(),
    ];
    tx.exec(&ADD, values).map(|_| ())
}

/// A record that is a person is never named by its id: it is whose it is.
fn entry(one: &Gathered, seq: i64, people: &HashMap<Id, Id>) -> Entry {
    let of = |person: Option<Id>| person.and_then(|it| people.get(&it).copied());
    let person = of(one.about);
    let whose = of(one.whose).or(person);
    let record = match (one.record, person, one.cohort) {
        ("", Some(_), None) => ACCOUNT,
        (record, ..) => record,
    };
    Entry {
        seq,
        at: one.at,
        actor: of(one.actor),
        whose,
        cohort: one.cohort,
        action: one.action.to_owned(),
        record: record.to_owned(),
        about: one.about.filter(|_| person.is_none()),
        right: one.right.clone(),
        request: one.request.clone(),
        client: one.client.word().to_owned(),
        shown_from: one.shown_from,
        hash: Vec::new(),
    }
}
