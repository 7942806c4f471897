//! Table `duo_wishes`: what somebody would like after a duo has ended early. Read by
//! their liaison and the chair.

use platform::prelude::*;
use policy::{Opens, of};

use crate::duos::Duo;

sql! {
    FIND => "select wish from duo_wishes where duo = $1 and person = $2";
    SAID => "select count(*) as said from duo_wishes where duo = $1 and person = $2";
    KEEP => "insert into duo_wishes (duo, person, wish, said_at) values ($1, $2, $3, $4) on conflict (duo, person) do update set wish = excluded.wish, said_at = excluded.said_at";
}

/// What they would like: "now", "in the next cohort" or "no"; `None` until they said it.
pub fn wish(tx: &mut Tx, _: &impl Opens<of::ExitAnswer>, duo: Id, person: Id) -> Result<Option<String>, Failure> {
    Ok(tx.row(&FIND, values![duo, person])?)
}

/// Whether they have said it.
pub(crate) fn is_said(tx: &mut Tx, duo: Id, person: Id) -> Result<bool, Failure> {
    Ok(tx.one::<i64>(&SAID, values![duo, person])? > 0)
}

pub(crate) fn keep(tx: &mut Tx, duo: &Duo, person: Id, wish: &str) -> Result<(), Failure> {
    tx.exec(&KEEP, values![duo.id, person, wish, tx.now()])?;
    journal::record(tx, "wish after ending", duo.id, Some(person), Some(duo.cohort))?;
    Ok(())
}
