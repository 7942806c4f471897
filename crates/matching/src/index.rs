//! The index of words, put in order once things have changed: what was written one mentor
//! at a time lies in many pieces, and every search would look into each.
//!
//! PostgreSQL does this by itself.

use jiff::{SignedDuration, Timestamp};
use platform::{prelude::*, settings, storage::Query};

/// When the index was last put in order.
const DONE: &str = "directory's index in order";
/// How long changes wait: some thousand mentors take a few tenths of a second.
const WAIT: SignedDuration = SignedDuration::from_hours(1);

sql! {
    NEWEST => "select max(changed_at) as newest from profiles";
}

pub(crate) fn is_wanted(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let newest: Option<Timestamp> = if tx.is_sqlite() { tx.one(&NEWEST, values![])? } else { None };
    let Some(newest) = newest else { return Ok(Vec::new()) };
    let done: Option<Timestamp> = settings::get(tx, DONE)?.and_then(|it| it.parse().ok());
    let is_due = done.is_none_or(|done| newest > done && tx.now() >= done + WAIT);
    Ok(if is_due { vec![Id::default()] } else { Vec::new() })
}

pub(crate) fn put_in_order(tx: &mut Tx, _: Id) -> Result<(), Failure> {
    tx.query::<i64>(&Query::new("insert into profile_search (profile_search) values ('optimize')"))?;
    let now = tx.now().to_string();
    Ok(settings::set(tx, DONE, &now)?)
}
