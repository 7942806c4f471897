//! Bringing the schema up to date, once per migration, in order.

use schema::Dialect;

use super::{Conn, Result, StorageError, Value, tx::Ground, value::timestamp_text};

/// Keeps two processes from migrating PostgreSQL at once.
const MIGRATION_LOCK: i64 = 0x64756f6c6f6779;

pub fn up(conn: &mut Conn, ground: &Ground) -> Result<()> {
    let dialect = if conn.is_sqlite() { Dialect::Sqlite } else { Dialect::Postgres };
    let at = timestamp_text(&ground.clock.now());
    if dialect == Dialect::Postgres {
        conn.batch(&format!("select pg_advisory_lock({MIGRATION_LOCK})"))?;
    }
    let done = all(conn, dialect, &at);
    if dialect == Dialect::Postgres {
        conn.batch(&format!("select pg_advisory_unlock({MIGRATION_LOCK})"))?;
    }
    done
}

fn all(conn: &mut Conn, dialect: Dialect, at: &str) -> Result<()> {
    conn.batch("create table if not exists migrations (name text primary key not null, done_at text not null)")?;
    let done: Vec<String> = conn.rows("select name from migrations", &[])?;
    let known = schema::migrations(dialect);
    if let Some(newer) = done.iter().find(|name| known.iter().all(|it| it.name != name.as_str())) {
        return Err(StorageError::Other(format!(
            "this database was written by a newer Duology (it has {newer}); start that one, or restore a backup"
        )));
    }
    for migration in known.iter().filter(|it| !done.iter().any(|name| name == it.name)) {
        conn.unit(if conn.is_sqlite() { "BEGIN IMMEDIATE" } else { "BEGIN" }, &mut |conn| {
            conn.batch(&migration.sql)?;
            let values = [Value::from(migration.name), Value::from(at)];
            conn.exec("insert into migrations (name, done_at) values ($1, $2)", &values).map(|_| ())
        })
        .map_err(|error: StorageError| StorageError::Other(format!("migration {}: {error}", migration.name)))?;
    }
    Ok(())
}
