//! Threads that hold connections and run units of work.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use crossbeam_channel::{Receiver, Sender, unbounded};
use tokio::sync::oneshot;

use crate::keys::Vault;

use super::{
    Conn, Result, StorageError,
    conn::Retry,
    migrate,
    tx::{Ground, Tx},
    unit::{Answer, Task, Unit, stopped_halfway},
    writer,
};
use crate::audit;

type Crew = Sender<Box<dyn Unit>>;

/// How to open a database.
#[derive(Clone, Debug)]
pub struct Open {
    /// A file for SQLite, or `postgres://…`.
    pub url: String,
    /// SQLite's readers, or PostgreSQL's connections.
    pub connections: usize,
    /// Whether each commit waits for the disk. Off only while the demo plays its
    /// year, which can be played again.
    pub durable: bool,
}

impl Open {
    pub fn new(url: impl Into<String>) -> Self {
        let url = url.into();
        let connections = if url.starts_with("postgres") { 10 } else { 4 };
        Self { url, connections, durable: true }
    }
}

#[derive(Clone)]
pub struct Db {
    read: Crew,
    write: Crew,
    sqlite: bool,
    asked: Arc<AtomicU64>,
    rehearses: Arc<AtomicBool>,
    pub ground: Ground,
}

impl Db {
    /// Opens the database and brings its schema up to date. Blocks.
    pub fn open(open: &Open, ground: Ground) -> Result<Self> {
        let sqlite = !open.url.starts_with("postgres");
        let sync = if open.durable { "FULL" } else { "OFF" };
        let mut first = Conn::open(&open.url, false, sync)?;
        refuse_damaging_sqlite(&first)?;
        migrate::up(&mut first, &ground)?;
        let vault = if sqlite { Some(Arc::new(Vault::beside(open)?)) } else { None };
        let ground = Ground { vault, ..ground };
        let (read, write) = if sqlite {
            let (write, waiting) = unbounded();
            thread("writer".to_owned(), move || writer::write_on(first, &waiting))?;
            let readers = (0..open.connections).map(|_| Conn::open(&open.url, true, sync)).collect::<Result<_>>()?;
            (crew("reader", readers, &open.url, true, sync)?, write)
        } else {
            let mut conns = vec![first];
            for _ in 1..open.connections {
                conns.push(Conn::open(&open.url, false, sync)?);
            }
            let both = crew("database", conns, &open.url, false, sync)?;
            (both.clone(), both)
        };
        Ok(Self { read, write, sqlite, asked: Arc::default(), rehearses: Arc::default(), ground })
    }

    pub fn is_sqlite(&self) -> bool {
        self.sqlite
    }

    /// Leaves no trace of destroyed data keys in the file that held them. Blocks.
    pub fn settle_keys(&self) -> Result<()> {
        self.ground.vault.as_ref().map_or(Ok(()), |vault| vault.settle())
    }

    /// How many statements all units of work have asked so far.
    pub fn statements(&self) -> u64 {
        self.asked.load(Ordering::Relaxed)
    }

    /// From now on nothing is kept: every unit of work is undone after it has answered.
    /// For tests that try every door and must leave the house as it was.
    pub fn rehearse(&self, rehearses: bool) {
        self.rehearses.store(rehearses, Ordering::SeqCst);
    }

    /// Reads. Whatever the closure tries to change, the database refuses.
    pub fn read<T, E>(&self, work: impl FnMut(&mut Tx) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StorageError> + Retry + Send + 'static,
    {
        self.finish_here(wait(self.start(false, work)))
    }

    /// One unit of work: kept when the closure returns `Ok`, undone when it returns `Err`.
    pub fn write<T, E>(&self, work: impl FnMut(&mut Tx) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StorageError> + Retry + Send + 'static,
    {
        self.finish_here(wait(self.start(true, work)))
    }

    /// The same for callers that must not block their thread.
    pub async fn run<T, E>(
        &self,
        write: bool,
        work: impl FnMut(&mut Tx) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StorageError> + Retry + Send + 'static,
    {
        let (outcome, untold) = self.start(write, work).await.unwrap_or_else(|_| stopped());
        if untold.is_empty() {
            return outcome;
        }
        let (told, _) = self.start(true, move |tx| audit::append(tx, &untold)).await.unwrap_or_else(|_| stopped());
        told.map_err(E::from).and(outcome)
    }

    /// What was read, and what was tried in vain, is told to the audit before the asker
    /// hears anything. When that fails, the asker hears nothing else.
    fn finish_here<T, E: From<StorageError>>(&self, (outcome, untold): Answer<T, E>) -> Result<T, E> {
        if untold.is_empty() {
            return outcome;
        }
        let (told, _) = wait(self.start(true, move |tx| audit::append(tx, &untold)));
        told.map_err(E::from).and(outcome)
    }

    fn start<T, E>(
        &self,
        write: bool,
        work: impl FnMut(&mut Tx) -> Result<T, E> + Send + 'static,
    ) -> oneshot::Receiver<Answer<T, E>>
    where
        T: Send + 'static,
        E: From<StorageError> + Retry + Send + 'static,
    {
        let (crew, begin) = match (write, self.sqlite) {
            (false, true) => (&self.read, "BEGIN"),
            (false, false) => (&self.read, "BEGIN READ ONLY"),
            (true, true) => (&self.write, "BEGIN IMMEDIATE"),
            (true, false) => (&self.write, "BEGIN"),
        };
        let rehearses = write && self.rehearses.load(Ordering::SeqCst);
        let (task, answered) = Task::new(work, self.ground.clone(), (begin, !write), self.asked.clone(), rehearses);
        // A crew lives as long as the `Db`; if it were gone, the receiver would say so.
        let _ = crew.send(Box::new(task));
        answered
    }
}

fn wait<T, E: From<StorageError>>(answer: oneshot::Receiver<Answer<T, E>>) -> Answer<T, E> {
    answer.blocking_recv().unwrap_or_else(|_| stopped())
}

fn stopped<T, E: From<StorageError>>() -> Answer<T, E> {
    (Err(stopped_halfway().into()), Vec::new())
}

fn crew(name: &str, conns: Vec<Conn>, url: &str, read_only: bool, sync: &str) -> Result<Crew> {
    let (sender, receiver) = unbounded();
    for (number, conn) in conns.into_iter().enumerate() {
        let (receiver, url, sync) = (receiver.clone(), url.to_owned(), sync.to_owned());
        let reopen = move || Conn::open(&url, read_only, &sync);
        thread(format!("{name}-{number}"), move || work_on(conn, &receiver, reopen))?;
    }
    Ok(sender)
}

fn thread(name: String, work: impl FnOnce() + Send + 'static) -> Result<()> {
    let started = std::thread::Builder::new().name(name).spawn(work);
    started.map(|_| ()).map_err(|error| StorageError::Other(format!("no thread for the database: {error}")))
}

fn work_on(mut conn: Conn, receiver: &Receiver<Box<dyn Unit>>, reopen: impl Fn() -> Result<Conn>) {
    while let Ok(unit) = receiver.recv() {
        if conn.is_broken()
            && let Ok(fresh) = reopen()
        {
            conn = fresh;
        }
        writer::alone(&mut conn, unit);
    }
}

/// SQLite up to 3.51.2 can damage a database when its log is reset.
fn refuse_damaging_sqlite(conn: &Conn) -> Result<()> {
    if conn.is_sqlite() && rusqlite::version_number() < 3_051_003 {
        let found = rusqlite::version();
        return Err(StorageError::Other(format!(
            "SQLite {found} has a bug that can damage data; 3.51.3 is the oldest that has not"
        )));
    }
    Ok(())
}
