//! Threads that hold connections and run units of work.

use std::panic::AssertUnwindSafe;

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::{
    Conn, Result, StorageError,
    conn::Retry,
    migrate,
    tx::{Ground, Tx},
};

type Work = Box<dyn FnOnce(&mut Conn) + Send>;

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
    read: Sender<Work>,
    write: Sender<Work>,
    sqlite: bool,
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
        let (read, write) = if sqlite {
            let write = crew("writer", vec![first], &open.url, false, sync)?;
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
        Ok(Self { read, write, sqlite, ground })
    }

    pub fn is_sqlite(&self) -> bool {
        self.sqlite
    }

    /// Reads. Whatever the closure tries to change, the database refuses.
    pub fn read<T, E>(&self, work: impl FnMut(&mut Tx) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StorageError> + Retry + Send + 'static,
    {
        wait(self.start(&self.read, if self.sqlite { "BEGIN" } else { "BEGIN READ ONLY" }, work))
    }

    /// One unit of work: kept when the closure returns `Ok`, undone when it returns `Err`.
    pub fn write<T, E>(&self, work: impl FnMut(&mut Tx) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StorageError> + Retry + Send + 'static,
    {
        wait(self.start(&self.write, if self.sqlite { "BEGIN IMMEDIATE" } else { "BEGIN" }, work))
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
        let (crew, begin) = match (write, self.sqlite) {
            (false, true) => (&self.read, "BEGIN"),
            (false, false) => (&self.read, "BEGIN READ ONLY"),
            (true, true) => (&self.write, "BEGIN IMMEDIATE"),
            (true, false) => (&self.write, "BEGIN"),
        };
        self.start(crew, begin, work).await.unwrap_or_else(|_| Err(panicked().into()))
    }

    fn start<T, E>(
        &self,
        crew: &Sender<Work>,
        begin: &'static str,
        mut work: impl FnMut(&mut Tx) -> Result<T, E> + Send + 'static,
    ) -> tokio::sync::oneshot::Receiver<Result<T, E>>
    where
        T: Send + 'static,
        E: From<StorageError> + Retry + Send + 'static,
    {
        let (answer, answered) = tokio::sync::oneshot::channel();
        let ground = self.ground.clone();
        let job: Work = Box::new(move |conn| {
            let mut outcome = None;
            let done = conn.unit(begin, &mut |conn| {
                outcome = Some(work(&mut Tx::new(conn, &ground))?);
                Ok(())
            });
            let result = done.and_then(|()| outcome.ok_or_else(|| panicked().into()));
            // The asker may have hung up; the work is done all the same.
            let _ = answer.send(result);
        });
        // A crew lives as long as the `Db`; if it were gone, the receiver would say so.
        let _ = crew.send(job);
        answered
    }
}

fn wait<T, E: From<StorageError>>(answer: tokio::sync::oneshot::Receiver<Result<T, E>>) -> Result<T, E> {
    answer.blocking_recv().unwrap_or_else(|_| Err(panicked().into()))
}

fn panicked() -> StorageError {
    StorageError::Other("a unit of work stopped halfway and was undone".to_owned())
}

fn crew(name: &str, conns: Vec<Conn>, url: &str, read_only: bool, sync: &str) -> Result<Sender<Work>> {
    let (sender, receiver) = unbounded::<Work>();
    for (number, conn) in conns.into_iter().enumerate() {
        let (receiver, url, sync) = (receiver.clone(), url.to_owned(), sync.to_owned());
        std::thread::Builder::new()
            .name(format!("{name}-{number}"))
            .spawn(move || work_on(conn, &receiver, || Conn::open(&url, read_only, &sync)))
            .map_err(|error| StorageError::Other(format!("no thread for the database: {error}")))?;
    }
    Ok(sender)
}

fn work_on(mut conn: Conn, receiver: &Receiver<Work>, reopen: impl Fn() -> Result<Conn>) {
    while let Ok(work) = receiver.recv() {
        if conn.is_broken()
            && let Ok(fresh) = reopen()
        {
            conn = fresh;
        }
        if std::panic::catch_unwind(AssertUnwindSafe(|| work(&mut conn))).is_err() {
            let _ = conn.batch("ROLLBACK");
        }
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
