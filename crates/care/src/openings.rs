//! Table `openings`: what chair and deputy open together, against the rule, for an hour.
//!
//! Invariant: nobody confirms what they asked for. The reason is sealed; the two people of
//! the duo read it once they are told.

use jiff::Timestamp;
use platform::{
    keys::{self, Place},
    prelude::*,
};
use policy::{Grant, of};

use crate::{
    checkins,
    rules::opening::{is_open_to, still_waits, tell_at},
};

/// What can be opened so. Notes, messages, goals, lists and surveys never can.
pub(crate) const CHECK_INS: &str = "check-in answers";

row! {
    #[derive(PartialEq, Eq)]
    pub(crate) struct Opening {
        pub id: Id,
        pub cohort: Id,
        pub duo: Id,
        pub record: String,
        pub about: Id,
        pub asked_by: Id,
        pub asker: String,
        pub asked_at: Timestamp,
        pub reason: Vec<u8>,
        pub delay_days: i64,
        pub confirmed_by: Option<Id>,
        pub confirmer: Option<String>,
        pub confirmed_at: Option<Timestamp>,
        pub dropped_at: Option<Timestamp>,
        pub tell_at: Option<Timestamp>,
        pub told_at: Option<Timestamp>,
    }
}

sealed! {
    REASON => "openings", "reason", "why chair and deputy opened something together";
}

sql! {
    ADD => "insert into openings (id, cohort, duo, record, about, asked_by, asked_at, reason, delay_days) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    FIND => "select o.id, o.cohort, o.duo, o.record, o.about, o.asked_by, a.name, o.asked_at, o.reason, o.delay_days, o.confirmed_by, c.name, o.confirmed_at, o.dropped_at, o.tell_at, o.told_at from openings o join accounts a on a.id = o.asked_by left join accounts c on c.id = o.confirmed_by where o.id = $1";
    OF_DUO => "select o.id, o.cohort, o.duo, o.record, o.about, o.asked_by, a.name, o.asked_at, o.reason, o.delay_days, o.confirmed_by, c.name, o.confirmed_at, o.dropped_at, o.tell_at, o.told_at from openings o join accounts a on a.id = o.asked_by left join accounts c on c.id = o.confirmed_by where o.duo = $1 order by o.asked_at desc, o.id desc";
    WAITING_IN => "select o.id, o.cohort, o.duo, o.record, o.about, o.asked_by, a.name, o.asked_at, o.reason, o.delay_days, o.confirmed_by, c.name, o.confirmed_at, o.dropped_at, o.tell_at, o.told_at from openings o join accounts a on a.id = o.asked_by left join accounts c on c.id = o.confirmed_by where o.cohort = $1 and o.confirmed_at is null and o.dropped_at is null order by o.asked_at";
    CONFIRM => "update openings set confirmed_by = $2, confirmed_at = $3, tell_at = $4 where id = $1 and confirmed_at is null and dropped_at is null and asked_by <> $2";
    DROP => "update openings set dropped_at = $2 where id = $1 and confirmed_at is null and dropped_at is null";
    UNTOLD => "select id from openings where told_at is null and tell_at is not null and tell_at <= $1";
    EMPTY => "update openings set reason = $2 where duo = $1";
    TOLD => "update openings set told_at = $2 where id = $1 and told_at is null";
}

impl Opening {
    pub(crate) fn waits(&self, now: Timestamp) -> bool {
        self.confirmed_at.is_none() && self.dropped_at.is_none() && still_waits(self.asked_at, now)
    }

    pub(crate) fn is_open_to(&self, reader: Id, now: Timestamp) -> bool {
        let (Some(by), Some(at)) = (self.confirmed_by, self.confirmed_at) else { return false };
        is_open_to(reader, [self.asked_by, by], at, now)
    }
}

/// Asks for something to be opened. A question about the same that nobody answered in
/// time is dropped first.
pub(crate) fn add(
    tx: &mut Tx,
    duo: &duos::Duo,
    (record, about): (&str, Id),
    asked_by: Id,
    (reason, delay_days): (&str, i64),
) -> Result<Id, Failure> {
    let now = tx.now();
    for before in of_duo(tx, duo.id)? {
        if before.record == record && before.about == about && !before.waits(now) {
            drop_it(tx, before.id)?;
        }
    }
    let id = tx.fresh_id();
    let sealed = keys::seal(tx, &checkins::scope(duo.id), &place(id, asked_by), reason)?;
    let values = values![id, duo.cohort, duo.id, record, about, asked_by, now, sealed, delay_days];
    tx.exec(&ADD, values)?;
    Ok(id)
}

pub(crate) fn find(tx: &mut Tx, id: Id) -> Result<Option<Opening>, Failure> {
    Ok(tx.row(&FIND, values![id])?)
}

/// All of a duo, the newest first.
pub(crate) fn of_duo(tx: &mut Tx, duo: Id) -> Result<Vec<Opening>, Failure> {
    Ok(tx.rows(&OF_DUO, values![duo])?)
}

/// What somebody else still has to confirm, in a cohort.
pub(crate) fn waiting_in(tx: &mut Tx, cohort: Id) -> Result<Vec<Opening>, Failure> {
    let now = tx.now();
    let waiting: Vec<Opening> = tx.rows(&WAITING_IN, values![cohort])?;
    Ok(waiting.into_iter().filter(|it| it.waits(now)).collect())
}

/// Opens it from this moment on. False where it was answered meanwhile.
pub(crate) fn confirm(tx: &mut Tx, opening: &Opening, by: Id) -> Result<bool, Failure> {
    let now = tx.now();
    Ok(tx.exec(&CONFIRM, values![opening.id, by, now, tell_at(now, opening.delay_days)])? == 1)
}

/// Drops a question that nobody confirmed.
pub(crate) fn drop_it(tx: &mut Tx, id: Id) -> Result<(), Failure> {
    tx.exec(&DROP, values![id, tx.now()])?;
    Ok(())
}

/// Openings of which the two people are to be told by now.
pub(crate) fn untold(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&UNTOLD, values![tx.now()])?)
}

/// Notes that the two are told. False when they were.
pub(crate) fn note_told(tx: &mut Tx, id: Id) -> Result<bool, Failure> {
    Ok(tx.exec(&TOLD, values![id, tx.now()])? == 1)
}

/// The reason that was given; for those who ask and confirm, and for the two once told.
pub(crate) fn reason(tx: &mut Tx, _: &Grant<of::Opening>, opening: &Opening) -> Result<String, Failure> {
    Ok(keys::open(tx, &checkins::scope(opening.duo), &place(opening.id, opening.asked_by), &opening.reason)?
        .unwrap_or_default())
}

/// Why something was opened goes with what was opened.
pub(crate) fn empty_reasons(tx: &mut Tx, duo: Id) -> Result<(), Failure> {
    tx.exec(&EMPTY, values![duo, Vec::<u8>::new()])?;
    Ok(())
}

fn place(id: Id, asked_by: Id) -> Place {
    REASON.at(id).by(asked_by)
}
