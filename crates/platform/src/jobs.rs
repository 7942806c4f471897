//! Jobs: what the house does by itself.
//!
//! A job finds ids and acts on each in a unit of work of its own. It is thin, may run
//! twice, and asks again inside the unit of work whether there is still something to do.

use std::collections::BTreeSet;

use crate::{
    doors::Failure,
    ids::Id,
    storage::{Db, Tx},
};

#[derive(Clone, Copy)]
pub struct Job {
    pub name: &'static str,
    /// What waits to be done, at the time of the unit of work. Reads only.
    pub find: fn(&mut Tx) -> Result<Vec<Id>, Failure>,
    /// Does it for one. Safe to run twice.
    pub act: fn(&mut Tx, Id) -> Result<(), Failure>,
}

/// What a run of all jobs came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    pub done: usize,
    /// Job and id of what failed; it stays to be found again.
    pub failed: Vec<(&'static str, Id)>,
}

/// Runs every job until none finds anything new. Blocks.
pub fn run(db: &Db, jobs: &[Job]) -> Run {
    let mut total = Run::default();
    // What one job does can give another something to do; a few rounds settle it.
    for _ in 0..8 {
        let mut acted = 0;
        for job in jobs {
            acted += run_one(db, job, &mut total);
        }
        if acted == 0 {
            break;
        }
    }
    total
}

fn run_one(db: &Db, job: &Job, total: &mut Run) -> usize {
    let (find, act) = (job.find, job.act);
    let found = db.read(find).unwrap_or_else(|failure| {
        tracing::error!(job = job.name, error = %failure, "a job could not look for its work");
        Vec::new()
    });
    let mut acted = 0;
    for id in BTreeSet::from_iter(found) {
        if total.failed.contains(&(job.name, id)) {
            continue;
        }
        match db.write(move |tx| act(tx, id)) {
            Ok(()) => acted += 1,
            Err(failure) => {
                tracing::error!(job = job.name, %id, error = %failure, "a job failed and will be tried again");
                total.failed.push((job.name, id));
            }
        }
    }
    total.done += acted;
    acted
}
