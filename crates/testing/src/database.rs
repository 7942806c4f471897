//! A database of its own for every test, on either kind, gone when the test is over.

use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use platform::storage::{Conn, Open};

#[derive(Clone, Debug)]
pub enum Kind {
    Sqlite,
    /// `postgres://user@host:port`, without a database.
    Postgres {
        server: String,
    },
}

pub struct Database {
    url: String,
    folder: Option<PathBuf>,
    drop_on: Option<(String, String)>,
}

static NUMBER: AtomicU64 = AtomicU64::new(0);

/// Keeps test processes from making the template at once.
const TEMPLATE_LOCK: i64 = 0x74656d706c617465;

impl Database {
    pub fn fresh(kind: Kind) -> Self {
        let name = format!("duology_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::SeqCst));
        match kind {
            Kind::Sqlite => {
                let folder = std::env::temp_dir().join(name);
                std::fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("no folder for a test: {error}"));
                Self { url: folder.join("duology.db").display().to_string(), folder: Some(folder), drop_on: None }
            }
            Kind::Postgres { server } => {
                make(&server, &name);
                Self { url: format!("{server}/{name}"), folder: None, drop_on: Some((server, name)) }
            }
        }
    }

    /// One that stands already, and stays.
    pub fn standing(url: String) -> Self {
        Self { url, folder: None, drop_on: None }
    }

    /// Few connections: many tests run at once.
    pub fn open(&self) -> Open {
        Open { connections: 3, durable: false, ..Open::new(self.url.clone()) }
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn file(&self) -> Option<&Path> {
        self.folder.as_ref().map(|_| Path::new(&self.url))
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            let _ = std::fs::remove_dir_all(folder);
        }
        if let Some((server, name)) = &self.drop_on
            && let Ok(mut conn) = Conn::open(&format!("{server}/postgres"), false, "")
        {
            let _ = conn.batch(&format!("drop database if exists {name} with (force)"));
        }
    }
}

/// Copies a template that already has the schema: a tenth of a second instead of one.
fn make(server: &str, name: &str) {
    let mut conn = Conn::open(&format!("{server}/postgres"), false, "")
        .unwrap_or_else(|error| panic!("{server} does not answer: {error}"));
    let template = format!("duology_template_{:x}", shape());
    let mut run = |sql: String| conn.batch(&sql);
    run(format!("select pg_advisory_lock({TEMPLATE_LOCK})")).unwrap_or_else(|error| panic!("{error}"));
    if run(format!("create database {template}")).is_ok() {
        let mut inside =
            Conn::open(&format!("{server}/{template}"), false, "").unwrap_or_else(|error| panic!("{error}"));
        inside
            .batch("create table migrations (name text primary key not null, done_at text not null)")
            .unwrap_or_else(|error| panic!("{error}"));
        for migration in schema::migrations(schema::Dialect::Postgres) {
            inside.batch(&migration.sql).unwrap_or_else(|error| panic!("{}: {error}", migration.name));
            inside
                .batch(&format!("insert into migrations values ('{}', '2026-01-01')", migration.name))
                .unwrap_or_else(|error| panic!("{error}"));
        }
    }
    run(format!("create database {name} template {template}")).unwrap_or_else(|error| panic!("{error}"));
    run(format!("select pg_advisory_unlock({TEMPLATE_LOCK})")).unwrap_or_else(|error| panic!("{error}"));
}

/// A number that changes when any migration does (FNV-1a).
fn shape() -> u64 {
    let texts = schema::migrations(schema::Dialect::Postgres).into_iter().map(|it| it.sql);
    texts
        .flat_map(String::into_bytes)
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}
