//! Table `meetings`: that a duo met, on which day, how, and how long. No content. MTG2.

use jiff::{Timestamp, civil::Date};
use platform::prelude::*;
use policy::{Grant, Opens, may, of};

use crate::duos::Duo;

row! {
    #[derive(PartialEq, Eq)]
    pub struct Meeting {
        pub id: Id,
        pub duo: Id,
        pub day: Date,
        pub way: String,
        pub minutes: i64,
        /// `logged`; `corrected` by a later row; `removed`.
        pub state: String,
        pub logged_by: Id,
        pub logged_at: Timestamp,
        /// Who corrected or removed it, and when.
        pub changed_by: Option<Id>,
        pub changed_at: Option<Timestamp>,
    }
}

sql! {
    OF_DUO => "select id, duo, day, way, minutes, state, logged_by, logged_at, changed_by, changed_at from meetings where duo = $1 and state = 'logged' order by day desc";
    HISTORY => "select id, duo, day, way, minutes, state, logged_by, logged_at, changed_by, changed_at from meetings where duo = $1 and state <> 'logged' order by changed_at desc, id desc";
    FIND => "select id, duo, day, way, minutes, state, logged_by, logged_at, changed_by, changed_at from meetings where id = $1 and duo = $2 and state = 'logged'";
    ON_DAY => "select id from meetings where duo = $1 and day = $2 and state = 'logged'";
    ADD => "insert into meetings (id, duo, day, way, minutes, state, follows, logged_by, logged_at) values ($1, $2, $3, $4, $5, 'logged', $6, $7, $8) on conflict do nothing";
    CHANGE => "update meetings set state = $2, changed_by = $3, changed_at = $4 where id = $1 and state = 'logged'";
}

/// Proof that one of the two may log a meeting, correct it and take it out.
pub(crate) type Writes = Grant<of::MeetingLog, may::Write>;

/// A meeting as it is logged.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Logged<'a> {
    pub day: Date,
    pub way: &'a str,
    pub minutes: i64,
}

/// The meetings of a duo, the newest first: dates, ways and lengths.
pub(crate) fn of_duo(tx: &mut Tx, _: &impl Opens<of::MeetingLog>, duo: &Duo) -> Result<Vec<Meeting>, Failure> {
    Ok(tx.rows(&OF_DUO, values![duo.id])?)
}

/// What was corrected or removed, the newest first.
pub(crate) fn history(tx: &mut Tx, _: &Grant<of::MeetingLog>, duo: &Duo) -> Result<Vec<Meeting>, Failure> {
    Ok(tx.rows(&HISTORY, values![duo.id])?)
}

pub(crate) fn find(
    tx: &mut Tx,
    _: &impl Opens<of::MeetingLog>,
    duo: &Duo,
    meeting: Id,
) -> Result<Option<Meeting>, Failure> {
    Ok(tx.row(&FIND, values![meeting, duo.id])?)
}

/// The meeting that is logged on a day.
pub(crate) fn on_day(tx: &mut Tx, _: &impl Opens<of::MeetingLog>, duo: &Duo, day: Date) -> Result<Option<Id>, Failure> {
    Ok(tx.row(&ON_DAY, values![duo.id, day])?)
}

/// Logs a meeting. False when one on this day was logged a moment ago.
pub(crate) fn add(tx: &mut Tx, proof: &Writes, duo: &Duo, new: Logged, follows: Option<Id>) -> Result<bool, Failure> {
    let by = Id::from(proof.person());
    let id = tx.fresh_id();
    let values = values![id, duo.id, new.day, new.way, new.minutes, follows, by, tx.now()];
    let added = tx.exec(&ADD, values)? == 1;
    if added && follows.is_none() {
        journal::record(tx, "meeting logged", duo.id, Some(by), Some(duo.cohort))?;
    }
    Ok(added)
}

/// Puts another row in the place of one; the old row stays in the history. MTG5.
pub(crate) fn correct(tx: &mut Tx, proof: &Writes, duo: &Duo, old: Id, new: Logged) -> Result<bool, Failure> {
    let changed = tx.exec(&CHANGE, values![old, "corrected", Id::from(proof.person()), tx.now()])? == 1;
    Ok(changed && add(tx, proof, duo, new, Some(old))?)
}

/// Takes a meeting out of what counts. Its row stays in the history, so this writes and
/// deletes nothing.
pub(crate) fn remove(tx: &mut Tx, proof: &Writes, duo: &Duo, meeting: Id) -> Result<bool, Failure> {
    let by = Id::from(proof.person());
    let removed = tx.exec(&CHANGE, values![meeting, "removed", by, tx.now()])? == 1;
    if removed {
        journal::record(tx, "meeting removed", duo.id, Some(by), Some(duo.cohort))?;
    }
    Ok(removed)
}
