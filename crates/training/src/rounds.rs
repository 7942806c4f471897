//! Table `event_rounds`: what was sent about an event, so that it is sent once.

use platform::prelude::*;

sql! {
    TIMES => "select count(*) as times from event_rounds where event = $1 and what = $2";
    ADD => "insert into event_rounds (event, what) values ($1, $2) on conflict (event, what) do nothing";
}

pub(crate) fn was_made(tx: &mut Tx, event: Id, what: &str) -> Result<bool, Failure> {
    Ok(tx.one::<i64>(&TIMES, values![event, what])? > 0)
}

/// Notes a round. False when it was made already.
pub(crate) fn make(tx: &mut Tx, event: Id, what: &str) -> Result<bool, Failure> {
    Ok(tx.exec(&ADD, values![event, what])? == 1)
}
