//! What hangs on which master key, and wrapping it anew.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{
    cipher::{broken, decrypt, encrypt, print_of},
    keyring::Keyring,
    place::wrapping_place,
    vault,
};
use crate::{
    row, sql,
    storage::{Conn, FromRow, Result, Sql, StorageError, Tx, Value},
    values,
};

row! {
    /// How many data keys of a kind hang on a master key.
    #[derive(PartialEq, Eq)]
    pub struct Hanging {
        pub master: String,
        pub kind: String,
        pub keys: i64,
        pub oldest: Timestamp,
    }
}

row! {
    struct Wrapped {
        kind: String,
        scope: String,
        master: String,
        wrapped: Vec<u8>,
    }
}

sql! {
    STATUS => "select master, kind, count(*) as keys, min(created_at) as oldest from data_keys group by master, kind order by master, kind";
    ELSEWHERE => "select kind, scope, master, wrapped from data_keys where master <> $1 order by kind, scope";
    REWRAP => "update data_keys set master = $4, wrapped = $5 where kind = $1 and scope = $2 and master = $3";
}

pub fn status(tx: &mut Tx) -> Result<Vec<Hanging>> {
    vault::rows(tx, &STATUS, values![])
}

/// Wraps every data key under the newest master key: all of them, or none. Says how many.
pub fn rewrap(tx: &mut Tx) -> Result<u64> {
    let keyring = tx.keyring();
    let Some(vault) = tx.vault() else { return all(keyring, &mut InTx(tx)) };
    let mut conn = vault.lock();
    conn.batch("BEGIN IMMEDIATE")?;
    let done = all(keyring, &mut Beside(&mut conn)).and_then(|done| conn.batch("COMMIT").map(|()| done));
    if done.is_err() {
        conn.batch("ROLLBACK")?;
    }
    done
}

/// The prints of all data keys that there are.
pub(super) fn prints(tx: &mut Tx) -> Result<BTreeSet<Vec<u8>>> {
    let keyring = tx.keyring();
    let all: Vec<Wrapped> = vault::rows(tx, &ELSEWHERE, values![""])?;
    all.iter().map(|it| Ok(print_of(&it.unwrapped(keyring)?).to_vec())).collect()
}

impl Wrapped {
    fn unwrapped(&self, keyring: &Keyring) -> Result<[u8; 32]> {
        let Self { kind, scope, master, wrapped } = self;
        let unwrapping = keyring.named(master).ok_or_else(|| {
            StorageError::Other(format!(
                "the keyring lacks the master key {master}, on which data keys still hang; put it back first"
            ))
        })?;
        decrypt(&unwrapping, &wrapping_place(kind, scope, master), wrapped)?.try_into().map_err(|_| broken())
    }
}

/// Where data keys stand, as far as rewrapping goes.
trait Table {
    fn rows<T: FromRow>(&mut self, sql: &Sql, values: &[Value]) -> Result<Vec<T>>;
    fn exec(&mut self, sql: &Sql, values: &[Value]) -> Result<u64>;
}

struct InTx<'a, 'b>(&'a mut Tx<'b>);
struct Beside<'a>(&'a mut Conn);

impl Table for InTx<'_, '_> {
    fn rows<T: FromRow>(&mut self, sql: &Sql, values: &[Value]) -> Result<Vec<T>> {
        self.0.rows(sql, values)
    }
    fn exec(&mut self, sql: &Sql, values: &[Value]) -> Result<u64> {
        self.0.exec(sql, values)
    }
}

impl Table for Beside<'_> {
    fn rows<T: FromRow>(&mut self, sql: &Sql, values: &[Value]) -> Result<Vec<T>> {
        self.0.rows(sql.sqlite, values)
    }
    fn exec(&mut self, sql: &Sql, values: &[Value]) -> Result<u64> {
        self.0.exec(sql.sqlite, values)
    }
}

fn all(keyring: &Keyring, table: &mut impl Table) -> Result<u64> {
    let (newest, wrapping) = keyring.newest().ok_or_else(broken)?;
    let old: Vec<Wrapped> = table.rows(&ELSEWHERE, values![&newest])?;
    let mut done = 0;
    for it in old {
        let key = it.unwrapped(keyring)?;
        let anew = encrypt(&wrapping, &keyring.nonce(), &wrapping_place(&it.kind, &it.scope, &newest), &key)?;
        done += table.exec(&REWRAP, values![&it.kind, &it.scope, &it.master, &newest, anew])?;
    }
    Ok(done)
}
