//! Where wrapped data keys are kept.
//!
//! # Design
//! Beside SQLite they have a file of their own, which is backed up apart from the database
//! and kept for less long: an old backup of the database opens nothing whose key is gone
//! here. A new key is on the disk before anything sealed with it, and a destroyed one is
//! off it before the unit of work ends; a unit that is undone leaves a key without use, or
//! texts without a key, and neither tells anything. PostgreSQL keeps them in a table of
//! their own, which an ordinary dump leaves out.

use std::{
    path::Path,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use super::place::Scope;
use crate::{
    sql,
    storage::{Conn, FromRow, Open, Result, Sql, Tx, Value},
    values,
};

pub(crate) struct Vault {
    conn: Mutex<Conn>,
    /// Whether a key was destroyed since the file was last written anew.
    has_holes: AtomicBool,
}

impl Vault {
    /// The file beside a database of SQLite.
    pub(crate) fn beside(open: &Open) -> Result<Self> {
        let mut conn = Conn::open(&file_beside(&open.url), false, if open.durable { "FULL" } else { "OFF" })?;
        conn.batch(
            "PRAGMA secure_delete=ON;
             create table if not exists data_keys (kind text not null, scope text not null, master text not null, wrapped blob not null, created_at text not null, primary key (kind, scope)) strict;",
        )?;
        Ok(Self { conn: Mutex::new(conn), has_holes: AtomicBool::new(false) })
    }

    /// Writes the file anew without the places where destroyed keys stood.
    pub(crate) fn settle(&self) -> Result<()> {
        if !self.has_holes.swap(false, Ordering::SeqCst) {
            return Ok(());
        }
        let mut conn = self.lock();
        conn.batch("VACUUM")?;
        empty_log(&mut conn)
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Conn> {
        self.conn.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `keys.db` beside `duology.db`; another database has a file named after it.
fn file_beside(url: &str) -> String {
    if url == ":memory:" {
        return url.to_owned();
    }
    let path = Path::new(url);
    let name = match path.file_stem().and_then(|it| it.to_str()) {
        None | Some("duology") => "keys.db".to_owned(),
        Some(other) => format!("{other}-keys.db"),
    };
    path.with_file_name(name).display().to_string()
}

sql! {
    FIND => "select master, wrapped from data_keys where kind = $1 and scope = $2";
    ADD => "insert into data_keys (kind, scope, master, wrapped, created_at) values ($1, $2, $3, $4, $5) on conflict (kind, scope) do nothing";
    OVERWRITE => "update data_keys set wrapped = $3 where kind like $1 and scope like $2";
    DROP => "delete from data_keys where kind like $1 and scope like $2";
    IDS => "select scope from data_keys where kind = $1 order by scope";
}

pub(super) fn find(tx: &mut Tx, scope: &Scope) -> Result<Option<(String, Vec<u8>)>> {
    Ok(rows(tx, &FIND, values![scope.kind(), scope.id()])?.into_iter().next())
}

/// False when the scope has a key already.
pub(super) fn add(tx: &mut Tx, scope: &Scope, master: &str, wrapped: Vec<u8>) -> Result<bool> {
    let values = values![scope.kind(), scope.id(), master, wrapped, tx.now()];
    Ok(exec(tx, &ADD, values)? == 1)
}

/// Overwrites and deletes the keys whose kind and scope are like these, and empties the log that may
/// still hold them.
pub(super) fn destroy(tx: &mut Tx, kind: &str, scopes: &str) -> Result<u64> {
    let noise = [tx.keyring().fresh_key(), tx.keyring().fresh_key()].concat();
    exec(tx, &OVERWRITE, values![kind, scopes, noise])?;
    let gone = exec(tx, &DROP, values![kind, scopes])?;
    if let Some(vault) = tx.vault()
        && gone > 0
    {
        vault.has_holes.store(true, Ordering::SeqCst);
        empty_log(&mut vault.lock())?;
    }
    Ok(gone)
}

pub(super) fn ids(tx: &mut Tx, kind: &str) -> Result<Vec<String>> {
    rows(tx, &IDS, values![kind])
}

pub(super) fn rows<T: FromRow>(tx: &mut Tx, sql: &Sql, values: &[Value]) -> Result<Vec<T>> {
    match tx.vault() {
        Some(vault) => vault.lock().rows(sql.sqlite, values),
        None => tx.rows(sql, values),
    }
}

pub(super) fn exec(tx: &mut Tx, sql: &Sql, values: &[Value]) -> Result<u64> {
    match tx.vault() {
        Some(vault) => vault.lock().exec(sql.sqlite, values),
        None => tx.exec(sql, values),
    }
}

/// A reader elsewhere can keep the log for a moment; then `settle` empties it.
fn empty_log(conn: &mut Conn) -> Result<()> {
    conn.rows::<i64>("PRAGMA wal_checkpoint(TRUNCATE)", &[]).map(|_| ())
}
