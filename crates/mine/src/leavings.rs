//! Table `leavings`: who asked to be forgotten, and the day on which it is done.

use jiff::{SignedDuration, Timestamp};
use platform::prelude::*;

/// For how long somebody may change their mind.
pub(crate) const WAITS: SignedDuration = SignedDuration::from_hours(7 * 24);

row! {
    #[derive(PartialEq, Eq)]
    pub(crate) struct Leaving {
        pub person: Id,
        pub asked_at: Timestamp,
        pub due_at: Timestamp,
    }
}

sql! {
    ASK => "insert into leavings (person, asked_at, due_at) values ($1, $2, $3) on conflict (person) do nothing";
    OPEN_OF => "select person, asked_at, due_at from leavings where person = $1 and done_at is null";
    DUE => "select person from leavings where done_at is null and due_at <= $1 order by due_at, person";
    STOP => "delete from leavings where person = $1 and done_at is null";
    DONE => "update leavings set done_at = $2 where person = $1 and done_at is null";
}

/// Keeps that somebody asked. False when they had before.
pub(crate) fn ask(tx: &mut Tx, person: Id) -> Result<bool, Failure> {
    let due = tx.now() + WAITS;
    Ok(tx.exec(&ASK, values![person, tx.now(), due])? == 1)
}

pub(crate) fn open_of(tx: &mut Tx, person: Id) -> Result<Option<Leaving>, Failure> {
    Ok(tx.row(&OPEN_OF, values![person])?)
}

pub(crate) fn due(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let now = tx.now();
    Ok(tx.rows(&DUE, values![now])?)
}

pub(crate) fn stop(tx: &mut Tx, person: Id) -> Result<bool, Failure> {
    Ok(tx.exec(&STOP, values![person])? == 1)
}

pub(crate) fn done(tx: &mut Tx, person: Id) -> Result<(), Failure> {
    tx.exec(&DONE, values![person, tx.now()])?;
    Ok(())
}
