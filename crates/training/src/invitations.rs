//! Table `invitations`: who is invited to an event, and what they answered.

use std::collections::BTreeMap;

use platform::prelude::*;
use policy::{Grant, Opens, may, of};

/// The three answers: word of the database, words on the button.
pub(crate) const ANSWERS: [(&str, &str); 3] =
    [("yes", "I come"), ("online", "I take part online"), ("no", "I cannot come")];

sql! {
    ADD => "insert into invitations (event, person, invited_at) values ($1, $2, $3) on conflict (event, person) do nothing";
    OF_EVENT => "select person, coalesce(answer, '') as answer from invitations where event = $1";
    OF_PERSON => "select coalesce(answer, '') as answer from invitations where event = $1 and person = $2";
    ANSWER => "insert into invitations (event, person, invited_at, answer, answered_at) values ($1, $2, $4, $3, $4) on conflict (event, person) do update set answer = excluded.answer, answered_at = excluded.answered_at";
}

/// Notes that somebody is invited. False when they were already.
pub(crate) fn add(tx: &mut Tx, event: Id, person: Id) -> Result<bool, Failure> {
    Ok(tx.exec(&ADD, values![event, person, tx.now()])? == 1)
}

/// Who is invited, each with their answer; an empty one is none yet.
pub(crate) fn of_event(tx: &mut Tx, _: &impl Opens<of::Event>, event: Id) -> Result<BTreeMap<Id, String>, Failure> {
    let rows: Vec<(Id, String)> = tx.rows(&OF_EVENT, values![event])?;
    Ok(rows.into_iter().collect())
}

/// What whoever the proof was given to answered; `None` when they are not invited, empty when
/// they have not answered.
pub(crate) fn own(tx: &mut Tx, proof: &Grant<of::Event>, event: Id) -> Result<Option<String>, Failure> {
    Ok(tx.row(&OF_PERSON, values![event, Id::from(proof.person())])?)
}

/// Keeps an answer; a later one replaces it.
pub(crate) fn answer(
    tx: &mut Tx,
    proof: &Grant<of::Event, may::Write>,
    event: Id,
    answer: &str,
) -> Result<(), Failure> {
    tx.exec(&ANSWER, values![event, Id::from(proof.person()), answer, tx.now()])?;
    Ok(())
}

pub(crate) fn answer_words(answer: &str) -> &'static str {
    match answer {
        "yes" => "comes",
        "online" => "takes part online",
        "no" => "cannot come",
        _ => "no answer yet",
    }
}
