//! Table `roster_columns`: which column says what, by the first line of a file.

use platform::prelude::*;

use crate::rules::columns::{Columns, header_key};

sql! {
    FIND => "select places from roster_columns where header = $1";
    KEEP => "insert into roster_columns (header, places, changed_at) values ($1, $2, $3) on conflict (header) do update set places = excluded.places, changed_at = excluded.changed_at";
}

/// What was said of a file with this first line.
pub(crate) fn columns(tx: &mut Tx, header: &[String]) -> Result<Option<Columns>, Failure> {
    let places: Option<String> = tx.row(&FIND, values![header_key(header)])?;
    Ok(places.and_then(|it| serde_json::from_str(&it).ok()))
}

pub(crate) fn keep(tx: &mut Tx, header: &[String], columns: &Columns) -> Result<(), Failure> {
    let places = serde_json::to_string(columns).unwrap_or_default();
    tx.exec(&KEEP, values![header_key(header), places, tx.now()])?;
    Ok(())
}
