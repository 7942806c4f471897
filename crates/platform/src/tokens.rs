//! Tokens: what lets a program of the association in. A token opens one scope and nothing
//! else; only the hash of its secret is kept, and it ends by itself.

use jiff::{SignedDuration, Timestamp};

use crate::{
    identity::token_hash,
    ids::Id,
    row, sql,
    storage::{Result, Tx},
    values,
};

row! {
    pub struct Token {
        pub id: Id,
        pub name: String,
        pub scope: String,
        pub made_by: Option<Id>,
        pub made_by_name: Option<String>,
        pub made_at: Timestamp,
        pub expires_at: Timestamp,
        pub used_at: Option<Timestamp>,
        pub ended_at: Option<Timestamp>,
    }
}

impl Token {
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.ended_at.is_none() && self.expires_at > now
    }
}

/// What every secret begins with, so that one in the wrong place is recognised.
pub const BEGINS_WITH: &str = "duology_";

sql! {
    ADD => "insert into tokens (id, secret_hash, name, scope, made_by, made_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7)";
    OPEN => "select t.id, t.name, t.scope, t.made_by, a.name as made_by_name, t.made_at, t.expires_at, t.used_at, t.ended_at from tokens t left join accounts a on a.id = t.made_by where t.secret_hash = $1 and t.scope = $2 and t.ended_at is null and t.expires_at > $3";
    LIST => "select t.id, t.name, t.scope, t.made_by, a.name as made_by_name, t.made_at, t.expires_at, t.used_at, t.ended_at from tokens t left join accounts a on a.id = t.made_by order by t.made_at desc, t.id";
    USED => "update tokens set used_at = $2 where id = $1";
    END => "update tokens set ended_at = $2, ended_by = $3 where id = $1 and ended_at is null";
}

/// Makes a token and gives its secret, which is shown once and kept nowhere.
pub fn make(tx: &mut Tx, name: &str, scope: &str, by: Id, lasts: SignedDuration) -> Result<String> {
    let secret = format!("{BEGINS_WITH}{}", tx.chance().token());
    let (id, now) = (tx.fresh_id(), tx.now());
    tx.exec(&ADD, values![id, token_hash(&secret), name, scope, by, now, now + lasts])?;
    Ok(secret)
}

/// The token with this secret, if it opens the scope at this moment.
pub fn open(tx: &mut Tx, secret: &str, scope: &str) -> Result<Option<Token>> {
    tx.row(&OPEN, values![token_hash(secret), scope, tx.now()])
}

/// Notes when it was last used.
pub fn note_use(tx: &mut Tx, token: Id) -> Result<()> {
    tx.exec(&USED, values![token, tx.now()]).map(|_| ())
}

/// All of them, the newest first.
pub fn list(tx: &mut Tx) -> Result<Vec<Token>> {
    tx.rows(&LIST, values![])
}

/// Ends a token at once. False when it had ended already.
pub fn end(tx: &mut Tx, token: Id, by: Id) -> Result<bool> {
    Ok(tx.exec(&END, values![token, tx.now(), by])? == 1)
}
