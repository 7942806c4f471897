//! A few facts about the house itself, by name.

use crate::{
    sql,
    storage::{Result, Tx},
    values,
};

sql! {
    FIND => "select value from settings where name = $1";
    SET => "insert into settings (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value";
}

pub fn get(tx: &mut Tx, name: &str) -> Result<Option<String>> {
    tx.row(&FIND, values![name])
}

pub fn set(tx: &mut Tx, name: &str, value: &str) -> Result<()> {
    tx.exec(&SET, values![name, value]).map(|_| ())
}
