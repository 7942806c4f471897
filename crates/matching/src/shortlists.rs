//! Table `shortlists`: whom a mentee keeps in mind. No mentor is ever told. PRF7.

use platform::prelude::*;

sql! {
    HAS => "select count(*) as found from shortlists where cohort = $1 and mentee = $2 and mentor = $3";
    ADD => "insert into shortlists (cohort, mentee, mentor, added_at) values ($1, $2, $3, $4) on conflict (cohort, mentee, mentor) do nothing";
    REMOVE => "delete from shortlists where cohort = $1 and mentee = $2 and mentor = $3";
}

pub(crate) fn has(tx: &mut Tx, cohort: Id, mentee: Id, mentor: Id) -> Result<bool, Failure> {
    Ok(tx.one::<i64>(&HAS, values![cohort, mentee, mentor])? > 0)
}

/// Adds or takes away; says whether the mentor is on the shortlist now.
pub(crate) fn toggle(tx: &mut Tx, cohort: Id, mentee: Id, mentor: Id) -> Result<bool, Failure> {
    if tx.exec(&REMOVE, values![cohort, mentee, mentor])? > 0 {
        return Ok(false);
    }
    tx.exec(&ADD, values![cohort, mentee, mentor, tx.now()])?;
    Ok(true)
}
