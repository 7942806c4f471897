//! Storage: units of work as closures, on SQLite or PostgreSQL.
//!
//! | what                                   | where          |
//! |----------------------------------------|----------------|
//! | a statement, written once              | `statement.rs` |
//! | a value that goes in                   | `value.rs`     |
//! | a row that comes out                   | `row.rs`       |
//! | one connection of either kind          | `conn.rs`      |
//! | threads that hold connections          | `pool.rs`      |
//! | a unit of work on its way to a thread  | `unit.rs`      |
//! | SQLite's writer, which shares commits  | `writer.rs`    |
//! | a unit of work as the rooms see it     | `tx.rs`        |
//! | bringing the schema up to date         | `migrate.rs`   |
//!
//! # Design
//! A unit of work is one closure on one thread. Nothing can be awaited inside it, so
//! no letter is sent and nothing is fetched while the only writer is held, and a
//! client that hangs up cannot cut it in half. SQLite has several readers that
//! cannot write and ONE writer; PostgreSQL has several connections for both.

mod conn;
mod memory;
mod migrate;
mod pool;
mod row;
mod statement;
#[cfg(test)]
pub(crate) mod tests;
mod tx;
mod unit;
mod value;
mod writer;

pub use conn::{Conn, Retry};
pub use memory::Memory;
pub use pool::{Db, Open};
pub use row::{Column, FromRow, Row};
pub use statement::{Query, Sql, all as statements};
pub use tx::{Ground, Tx};
pub use value::Value;

/// What can go wrong below a rule: the database itself.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    #[error("SQLite: {0}")]
    Sqlite(#[from] rusqlite::Error),
    #[error("PostgreSQL: {}", crate::logs::of_postgres(.0))]
    Postgres(#[from] postgres::Error),
    #[error("{0}")]
    Other(String),
}

impl StorageError {
    /// Whether a rule of uniqueness spoke: someone else was faster.
    pub fn is_unique_violation(&self) -> bool {
        match self {
            Self::Sqlite(rusqlite::Error::SqliteFailure(error, _)) => {
                error.code == rusqlite::ErrorCode::ConstraintViolation
            }
            Self::Postgres(error) => error.code() == Some(&postgres::error::SqlState::UNIQUE_VIOLATION),
            _ => false,
        }
    }

    /// Whether PostgreSQL asks for the unit of work to be run again.
    fn wants_another_try(&self) -> bool {
        use postgres::error::SqlState;
        let Self::Postgres(error) = self else { return false };
        error.code().is_some_and(|code| {
            *code == SqlState::T_R_DEADLOCK_DETECTED || *code == SqlState::T_R_SERIALIZATION_FAILURE
        })
    }
}

pub type Result<T, E = StorageError> = std::result::Result<T, E>;
