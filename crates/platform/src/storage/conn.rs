//! One connection of either kind.

use std::{collections::HashMap, time::Duration, time::Instant};

use super::{FromRow, Result, Row, Sql, StorageError, Value};

#[expect(clippy::large_enum_variant, reason = "a handful of connections live as long as the house")]
pub enum Conn {
    Sqlite { conn: rusqlite::Connection, texts: HashMap<String, String> },
    Postgres { client: postgres::Client, prepared: HashMap<String, postgres::Statement>, used: Instant },
}

impl Conn {
    /// Opens `postgres://…` or a file of SQLite.
    pub fn open(url: &str, read_only: bool, synchronous: &str) -> Result<Self> {
        if url.starts_with("postgres") {
            let client = postgres::Client::connect(url, postgres::NoTls)?;
            return Ok(Self::Postgres { client, prepared: HashMap::new(), used: Instant::now() });
        }
        let conn = rusqlite::Connection::open(url)?;
        conn.execute_batch(&format!(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous}; PRAGMA foreign_keys=ON;
             PRAGMA busy_timeout=5000; PRAGMA cache_size=-8000; PRAGMA query_only={read_only};
             PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=4000;"
        ))?;
        // Otherwise a statement whose limit is a value is planned anew for every value.
        conn.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        conn.set_prepared_statement_cache_capacity(512);
        Ok(Self::Sqlite { conn, texts: HashMap::new() })
    }

    pub fn is_sqlite(&self) -> bool {
        matches!(self, Self::Sqlite { .. })
    }

    pub(super) fn text_of<'a>(&self, sql: &'a Sql) -> &'a str {
        if self.is_sqlite() { sql.sqlite } else { sql.postgres }
    }

    pub(crate) fn rows<T: FromRow>(&mut self, sql: &str, values: &[Value]) -> Result<Vec<T>> {
        let mut found = Vec::new();
        self.each(sql, values, &mut |row| {
            found.push(T::from_row(row)?);
            Ok(())
        })?;
        Ok(found)
    }

    pub(crate) fn exec(&mut self, sql: &str, values: &[Value]) -> Result<u64> {
        match self {
            Self::Sqlite { conn, texts } => {
                let changed =
                    conn.prepare_cached(sqlite_text(texts, sql))?.execute(rusqlite::params_from_iter(values))?;
                Ok(changed as u64)
            }
            Self::Postgres { client, prepared, .. } => {
                let statement = prepare(client, prepared, sql)?;
                Ok(client.execute(&statement, &postgres_values(values))?)
            }
        }
    }

    pub fn batch(&mut self, sql: &str) -> Result<()> {
        match self {
            Self::Sqlite { conn, .. } => conn.execute_batch(sql)?,
            Self::Postgres { client, .. } => client.batch_execute(sql)?,
        }
        Ok(())
    }

    /// One of the few statements around a unit of work: begin, commit, undo.
    pub(super) fn step(&mut self, sql: &'static str) -> Result<()> {
        match self {
            Self::Sqlite { conn, .. } => drop(conn.prepare_cached(sql)?.execute([])?),
            Self::Postgres { client, .. } => client.batch_execute(sql)?,
        }
        Ok(())
    }

    /// Whether SQLite is between two transactions.
    pub(super) fn is_idle(&self) -> bool {
        matches!(self, Self::Sqlite { conn, .. } if conn.is_autocommit())
    }

    /// Names of the parameters' count and of the columns, as this database prepares a statement.
    pub fn prepared_shape(&mut self, sql: &Sql) -> Result<(usize, Vec<String>)> {
        let text = self.text_of(sql);
        match self {
            Self::Sqlite { conn, texts } => {
                let statement = conn.prepare(sqlite_text(texts, text))?;
                let names = statement.column_names().map(str::to_owned).collect();
                Ok((statement.parameter_count(), names))
            }
            Self::Postgres { client, .. } => {
                let statement = client.prepare(text)?;
                let names = statement.columns().iter().map(|column| column.name().to_owned()).collect();
                Ok((statement.params().len(), names))
            }
        }
    }

    /// A connection to PostgreSQL that idled is probed before use: the server may have
    /// been started anew, or a firewall may have forgotten us.
    pub(super) fn is_broken(&mut self) -> bool {
        let Self::Postgres { client, used, .. } = self else { return false };
        let idled = used.elapsed() > Duration::from_secs(1);
        *used = Instant::now();
        client.is_closed() || (idled && client.is_valid(Duration::from_secs(2)).is_err())
    }

    /// Runs one unit of work: all of it is kept, or nothing. PostgreSQL may ask for
    /// another try after a deadlock, so `work` can run more than once.
    pub(super) fn unit<E: From<StorageError> + Retry>(
        &mut self,
        begin: &'static str,
        work: &mut dyn FnMut(&mut Self) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let mut tries = 0;
        loop {
            self.step(begin)?;
            let outcome = work(self).and_then(|()| self.step("COMMIT").map_err(E::from));
            let Err(error) = outcome else { return Ok(()) };
            if self.step("ROLLBACK").is_err() && !self.is_sqlite() {
                return Err(error);
            }
            tries += 1;
            if tries > 3 || !error.wants_another_try() {
                return Err(error);
            }
        }
    }

    fn each(&mut self, sql: &str, values: &[Value], take: &mut dyn FnMut(&Row) -> Result<()>) -> Result<()> {
        match self {
            Self::Sqlite { conn, texts } => {
                let mut statement = conn.prepare_cached(sqlite_text(texts, sql))?;
                let mut rows = statement.query(rusqlite::params_from_iter(values))?;
                while let Some(row) = rows.next()? {
                    take(&Row::Sqlite(row))?;
                }
            }
            Self::Postgres { client, prepared, .. } => {
                let statement = prepare(client, prepared, sql)?;
                for row in &client.query(&statement, &postgres_values(values))? {
                    take(&Row::Postgres(row))?;
                }
            }
        }
        Ok(())
    }
}

/// Failures that may ask for the unit of work to run again.
pub trait Retry {
    fn wants_another_try(&self) -> bool;
}

impl Retry for StorageError {
    fn wants_another_try(&self) -> bool {
        Self::wants_another_try(self)
    }
}

/// SQLite takes `$1` for a NAMED parameter, numbered by first appearance; `?1` is
/// what we mean. Rewritten once per text.
fn sqlite_text<'a>(texts: &'a mut HashMap<String, String>, sql: &str) -> &'a str {
    if !texts.contains_key(sql) {
        texts.insert(sql.to_owned(), sql.replace('$', "?"));
    }
    texts.get(sql).map_or("", String::as_str)
}

fn prepare(
    client: &mut postgres::Client,
    prepared: &mut HashMap<String, postgres::Statement>,
    sql: &str,
) -> Result<postgres::Statement> {
    if let Some(statement) = prepared.get(sql) {
        return Ok(statement.clone());
    }
    let statement = client.prepare(sql)?;
    prepared.insert(sql.to_owned(), statement.clone());
    Ok(statement)
}

fn postgres_values(values: &[Value]) -> Vec<&(dyn postgres::types::ToSql + Sync)> {
    values.iter().map(|value| value as _).collect()
}
