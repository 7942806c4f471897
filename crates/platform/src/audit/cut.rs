//! Letting old stretches of the chain go. A signed head stays at the cut, and the chain is
//! looked through from there.

use jiff::{SignedDuration, Timestamp};

use super::{heads, people};
use crate::{
    doors::Failure,
    ids::Id,
    jobs::Job,
    settings, sql,
    storage::{Result, Tx},
    values,
};

/// How many months are kept when nobody chose otherwise; the name of that choice.
const MONTHS: i64 = 24;
const SETTING: &str = "audit months";
const DAYS_OF_A_MONTH: i64 = 31;

pub(super) const LET_GO: Job = Job { name: "let the old audit go", find: overdue, act: let_go };

sql! {
    OLDEST => "select at from audit order by seq limit 1";
    LAST_BEFORE => "select seq, hash from audit where at < $1 order by seq desc limit 1";
    DROP => "delete from audit where seq <= $1";
}

/// A whole month is let go at a time.
fn overdue(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let Some(oldest) = tx.row::<Timestamp>(&OLDEST, values![])? else { return Ok(Vec::new()) };
    let is_time = oldest + days(DAYS_OF_A_MONTH) < kept_since(tx)?;
    Ok(if is_time { vec![Id::default()] } else { Vec::new() })
}

fn let_go(tx: &mut Tx, _: Id) -> Result<(), Failure> {
    let since = kept_since(tx)?;
    if overdue(tx)?.is_empty() {
        return Ok(());
    }
    if let Some((seq, hash)) = tx.row::<(i64, Vec<u8>)>(&LAST_BEFORE, values![since])? {
        heads::sign(tx, seq, &hash, true)?;
        tx.exec(&DROP, values![seq])?;
        people::let_left_over_go(tx)?;
    }
    Ok(())
}

fn kept_since(tx: &mut Tx) -> Result<Timestamp> {
    let chosen = settings::get(tx, SETTING)?.and_then(|it| it.parse().ok()).filter(|it| *it > 0);
    Ok(tx.now() - days(chosen.unwrap_or(MONTHS) * DAYS_OF_A_MONTH))
}

fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * days)
}
