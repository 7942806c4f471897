//! Table `care_rounds`: what was done for a whole cohort on a day, so that it is done once.

use jiff::civil::Date;
use platform::prelude::*;

sql! {
    TIMES => "select count(*) as times from care_rounds where cohort = $1 and what = $2 and day = $3";
    ADD => "insert into care_rounds (cohort, what, day) values ($1, $2, $3) on conflict (cohort, what, day) do nothing";
}

pub(crate) fn was_made(tx: &mut Tx, cohort: Id, what: &str, day: Date) -> Result<bool, Failure> {
    Ok(tx.one::<i64>(&TIMES, values![cohort, what, day])? > 0)
}

/// Notes a round. False when it was made already.
pub(crate) fn make(tx: &mut Tx, cohort: Id, what: &str, day: Date) -> Result<bool, Failure> {
    Ok(tx.exec(&ADD, values![cohort, what, day])? == 1)
}
