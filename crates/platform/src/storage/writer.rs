//! The one writer of SQLite.
//!
//! # Design
//! A commit waits for the disk, and that is most of what a small change costs. So units
//! of work that wait for the writer at the same time share one transaction: each runs in
//! a savepoint of its own, so that a refusal or a panic undoes that unit and nothing
//! else, and nobody hears of success before the disk has what everybody wrote. A unit
//! that waits alone has a transaction alone.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::{Duration, Instant},
};

use crossbeam_channel::Receiver;

use super::{Conn, StorageError, unit::Unit};

/// How many share one transaction, and how long those who are done may have to wait for
/// the others.
const MOST_TOGETHER: usize = 64;
const LONGEST_WAIT: Duration = Duration::from_millis(10);

pub(super) fn write_on(mut conn: Conn, receiver: &Receiver<Box<dyn Unit>>) {
    while let Ok(unit) = receiver.recv() {
        if receiver.is_empty() {
            alone(&mut conn, unit);
        } else {
            together(&mut conn, unit, receiver);
        }
    }
}

/// Runs one unit in its own transaction; a panic undoes it.
pub(super) fn alone(conn: &mut Conn, unit: Box<dyn Unit>) {
    if catch_unwind(AssertUnwindSafe(|| unit.alone(conn))).is_err() {
        let _ = conn.step("ROLLBACK");
    }
}

fn together(conn: &mut Conn, first: Box<dyn Unit>, waiting: &Receiver<Box<dyn Unit>>) {
    let mut done = Vec::new();
    let kept = shared(conn, first, waiting, &mut done);
    if kept.is_err() {
        let _ = conn.step("ROLLBACK");
    }
    let lost = kept.err().map(|error| format!("nothing was kept: {error}"));
    for unit in done {
        unit.answer(lost.as_deref());
    }
}

/// Everything in one transaction. An error means that none of it is kept.
fn shared(
    conn: &mut Conn,
    first: Box<dyn Unit>,
    waiting: &Receiver<Box<dyn Unit>>,
    done: &mut Vec<Box<dyn Unit>>,
) -> Result<(), StorageError> {
    let began = Instant::now();
    done.push(first);
    conn.step("BEGIN IMMEDIATE")?;
    while let Some(unit) = done.last_mut() {
        one(conn, unit.as_mut())?;
        if done.len() == MOST_TOGETHER || began.elapsed() > LONGEST_WAIT {
            break;
        }
        match waiting.try_recv() {
            Ok(unit) => done.push(unit),
            Err(_) => break,
        }
    }
    conn.step("COMMIT")
}

fn one(conn: &mut Conn, unit: &mut dyn Unit) -> Result<(), StorageError> {
    conn.step("SAVEPOINT unit")?;
    let keep = catch_unwind(AssertUnwindSafe(|| unit.among(conn))).unwrap_or(false);
    if conn.is_idle() {
        // A full disk, for one, makes SQLite give up the whole transaction by itself.
        return Err(StorageError::Other("the database gave the transaction up".to_owned()));
    }
    if !keep {
        conn.step("ROLLBACK TO unit")?;
    }
    conn.step("RELEASE unit")
}
