//! Jobs: what the house does by itself.
//!
//! A job finds ids and acts on each in a unit of work of its own. It is thin, may run
//! twice, and asks again inside the unit of work whether there is still something to do:
//! what was found may have been done by another job meanwhile.

use std::{collections::BTreeSet, time::Instant};

use crate::{
    audit::{Acting, Client},
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
    for _ in 0..MOST_ROUNDS {
        let found = find_all(db, jobs);
        let acted: usize = jobs.iter().zip(found).map(|(job, found)| act_on(db, job, found, &mut total)).sum();
        if acted == 0 {
            break;
        }
    }
    total
}

const MOST_ROUNDS: usize = 12;

/// What waits for each job, all found in one unit of work. Where that fails, each job
/// looks by itself, so that one that is broken keeps none of the others from working.
fn find_all(db: &Db, jobs: &[Job]) -> Vec<Vec<Id>> {
    let all = jobs.to_vec();
    let together = db.read(move |tx| all.iter().map(|job| find(tx, job)).collect::<Result<Vec<_>, Failure>>());
    together.unwrap_or_else(|_| jobs.iter().map(|job| find_alone(db, *job)).collect())
}

fn find(tx: &mut Tx, job: &Job) -> Result<Vec<Id>, Failure> {
    let began = Instant::now();
    let found = (job.find)(tx)?;
    tracing::debug!(job = job.name, found = found.len(), micros = began.elapsed().as_micros(), "looked for work");
    Ok(found)
}

fn find_alone(db: &Db, job: Job) -> Vec<Id> {
    db.read(move |tx| find(tx, &job)).unwrap_or_else(|failure| {
        tracing::error!(job = job.name, error = %failure, "a job could not look for its work");
        Vec::new()
    })
}

fn act_on(db: &Db, job: &Job, found: Vec<Id>, total: &mut Run) -> usize {
    let (act, name) = (job.act, job.name);
    let mut acted = 0;
    for id in BTreeSet::from_iter(found) {
        if total.failed.contains(&(job.name, id)) {
            continue;
        }
        match db.write(move |tx| {
            tx.acts(Acting { person: None, client: Client::Job, request: name.to_owned() });
            act(tx, id)
        }) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        settings,
        storage::{StorageError, tests::House},
    };

    const BROKEN: Job = Job { name: "broken", find: |_| Err(Failure::NotFound), act: |_, _| Ok(()) };
    const WRITE: Job = Job { name: "write", find: unwritten, act: write };
    const AFTER: Job = Job { name: "after", find: unfollowed, act: follow };

    fn unwritten(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
        Ok(if settings::get(tx, "written")?.is_none() { vec![Id::from(1)] } else { Vec::new() })
    }

    fn write(tx: &mut Tx, _: Id) -> Result<(), Failure> {
        Ok(settings::set(tx, "written", "yes")?)
    }

    fn unfollowed(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
        let waits = settings::get(tx, "written")?.is_some() && settings::get(tx, "followed")?.is_none();
        Ok(if waits { vec![Id::from(2)] } else { Vec::new() })
    }

    fn follow(tx: &mut Tx, _: Id) -> Result<(), Failure> {
        Ok(settings::set(tx, "followed", "yes")?)
    }

    #[test]
    fn what_one_job_did_is_work_for_the_next_in_the_same_run() {
        let house = House::open("jobs");
        assert_eq!(run(&house.db, &[AFTER, WRITE]), Run { done: 2, failed: Vec::new() });
        assert_eq!(run(&house.db, &[AFTER, WRITE]).done, 0);
        let followed = house.db.read(|tx| settings::get(tx, "followed")).map_err(|it: StorageError| it.to_string());
        assert_eq!(followed, Ok(Some("yes".to_owned())));
    }

    #[test]
    fn a_job_that_cannot_look_keeps_no_other_from_working() {
        let house = House::open("broken_job");
        assert_eq!(run(&house.db, &[BROKEN, WRITE]).done, 1);
    }
}
