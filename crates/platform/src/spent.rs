//! What may count once, such as an answer of another house: spent, it counts no more.

use jiff::Timestamp;

use crate::{
    identity::token_hash,
    sql,
    storage::{Result, Tx},
    values,
};

sql! {
    SPEND => "insert into spent (what_hash, expires_at) values ($1, $2) on conflict (what_hash) do nothing";
    CLEAR => "delete from spent where expires_at <= $1";
}

/// Spends something that would have expired at a moment. False when it was spent before.
pub fn spend(tx: &mut Tx, what: &str, expires_at: Timestamp) -> Result<bool> {
    tx.exec(&CLEAR, values![tx.now()])?;
    Ok(tx.exec(&SPEND, values![token_hash(what), expires_at])? == 1)
}
