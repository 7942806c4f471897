//! A unit of work on its way through a crew: it is run, it ends, and its asker hears
//! how.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use tokio::sync::oneshot;

use super::{
    Conn, Result, StorageError,
    conn::Retry,
    tx::{Ground, Tx},
};
use crate::audit::{self, Gathered};

pub(super) trait Unit: Send {
    /// Runs in a transaction of its own, and answers.
    fn alone(self: Box<Self>, conn: &mut Conn);

    /// Runs in a transaction that others share. True when its changes are to be kept.
    fn among(&mut self, conn: &mut Conn) -> bool;

    /// Answers once the shared transaction has ended; `lost` says why nothing of it
    /// could be kept.
    fn answer(self: Box<Self>, lost: Option<&str>);
}

pub(super) struct Task<W, T, E> {
    work: W,
    ground: Ground,
    begin: &'static str,
    reads: bool,
    asked: Arc<AtomicU64>,
    rehearses: bool,
    outcome: Option<Result<T, E>>,
    /// What is still to be told to the audit before anyone hears of the outcome.
    untold: Vec<Gathered>,
    answer: oneshot::Sender<Answer<T, E>>,
}

/// The outcome of a unit of work, and what the audit must hear of before it is given.
pub(super) type Answer<T, E> = (Result<T, E>, Vec<Gathered>);

impl<W, T, E> Task<W, T, E>
where
    W: FnMut(&mut Tx) -> Result<T, E>,
    E: From<StorageError>,
{
    pub(super) fn new(
        work: W,
        ground: Ground,
        (begin, reads): (&'static str, bool),
        asked: Arc<AtomicU64>,
        rehearses: bool,
    ) -> (Self, oneshot::Receiver<Answer<T, E>>) {
        let (answer, answered) = oneshot::channel();
        (Self { work, ground, begin, reads, asked, rehearses, outcome: None, untold: Vec::new(), answer }, answered)
    }

    fn run(&mut self, conn: &mut Conn) -> Result<T, E> {
        let mut tx = Tx::new(conn, &self.ground, self.reads);
        let mut done = (self.work)(&mut tx);
        let gathered = tx.take_gathered();
        if self.reads {
            self.untold = gathered;
        } else {
            done = done.and_then(|it| Ok(audit::append(&mut tx, &gathered).map(|()| it)?));
            let undone = done.is_err();
            self.untold = gathered.into_iter().filter(|it| undone && it.stays()).collect();
        }
        self.asked.fetch_add(tx.statements(), Ordering::Relaxed);
        done
    }
}

impl<W, T, E> Unit for Task<W, T, E>
where
    W: FnMut(&mut Tx) -> Result<T, E> + Send,
    T: Send,
    E: From<StorageError> + Retry + Send,
{
    fn alone(mut self: Box<Self>, conn: &mut Conn) {
        let mut outcome = None;
        let done = conn.unit(self.begin, &mut |conn| {
            outcome = Some(self.run(conn)?);
            // What is only rehearsed is undone, and answered as if it had been kept.
            if self.rehearses { Err(stopped_halfway().into()) } else { Ok(()) }
        });
        let result = match outcome {
            Some(outcome) if self.rehearses => Ok(outcome),
            outcome => done.and_then(|()| outcome.ok_or_else(|| stopped_halfway().into())),
        };
        // The asker may have hung up; the work is done all the same.
        let _ = self.answer.send((result, self.untold));
    }

    fn among(&mut self, conn: &mut Conn) -> bool {
        let done = self.run(conn);
        let keep = done.is_ok() && !self.rehearses;
        self.outcome = Some(done);
        keep
    }

    fn answer(self: Box<Self>, lost: Option<&str>) {
        let result = match (self.outcome, lost) {
            (Some(Err(refusal)), _) => Err(refusal),
            (_, Some(words)) => Err(StorageError::Other(words.to_owned()).into()),
            (Some(Ok(done)), None) => Ok(done),
            (None, None) => Err(stopped_halfway().into()),
        };
        let _ = self.answer.send((result, self.untold));
    }
}

pub(super) fn stopped_halfway() -> StorageError {
    StorageError::Other("a unit of work stopped halfway and was undone".to_owned())
}
