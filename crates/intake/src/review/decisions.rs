//! Tables `decisions` and `decided_applications`: what was decided, waits its ten minutes,
//! and takes effect or is undone.

use jiff::{SignedDuration, Timestamp};
use platform::prelude::*;

use crate::rules::review::{Answer, UNDO_MINUTES};

row! {
    pub(crate) struct Decision {
        pub id: Id,
        pub cohort: Id,
        pub answer: String,
        pub subject: String,
        pub body: String,
        pub decided_by: Id,
        pub due_at: Timestamp,
        pub done_at: Option<Timestamp>,
        pub undone_at: Option<Timestamp>,
    }
}

impl Decision {
    pub fn answer(&self) -> Option<Answer> {
        Answer::from_key(&self.answer)
    }

    pub fn is_open(&self) -> bool {
        self.done_at.is_none() && self.undone_at.is_none()
    }
}

row! {
    /// An application about which a decision stands.
    pub(crate) struct Pending {
        pub application: Id,
        pub answer: String,
    }
}

row! {
    /// A decision that has not taken effect.
    pub(crate) struct Standing {
        pub id: Id,
        pub answer: String,
        pub name: String,
        pub due_at: Timestamp,
        pub many: i64,
    }
}

fn words(answer: &str) -> &'static str {
    Answer::from_key(answer).map_or("", Answer::words)
}

impl Pending {
    pub fn words(&self) -> &'static str {
        words(&self.answer)
    }
}

impl Standing {
    pub fn words(&self) -> &'static str {
        words(&self.answer)
    }
}

/// What is to be decided.
pub(crate) struct New<'a> {
    pub cohort: Id,
    pub answer: Answer,
    /// The letter to those who cannot be taken; empty otherwise.
    pub subject: &'a str,
    pub body: &'a str,
    pub by: Id,
}

sql! {
    ADD => "insert into decisions (id, cohort, answer, subject, body, decided_by, decided_at, due_at) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    ADD_ONE => "insert into decided_applications (decision, application, outcome) values ($1, $2, '')";
    FIND => "select id, cohort, answer, subject, body, decided_by, due_at, done_at, undone_at from decisions where id = $1";
    DUE => "select id from decisions where done_at is null and undone_at is null and due_at <= $1 order by due_at, id";
    DONE => "update decisions set done_at = $2 where id = $1 and done_at is null and undone_at is null and due_at <= $2";
    UNDONE => "update decisions set undone_at = $2, undone_by = $3 where id = $1 and done_at is null and undone_at is null and due_at > $2";
    PENDING => "select d.application, e.answer from decided_applications d join decisions e on e.id = d.decision where e.cohort = $1 and d.ended_at is null order by d.application";
    STANDING => "select e.id, e.answer, p.name, e.due_at, count(d.application) as many from decisions e join accounts p on p.id = e.decided_by join decided_applications d on d.decision = e.id where e.cohort = $1 and e.done_at is null and e.undone_at is null group by e.id, e.answer, p.name, e.due_at order by e.due_at, e.id";
    IN_IT => "select d.application from decided_applications d join applications a on a.id = d.application where d.decision = $1 and d.ended_at is null order by a.number nulls last, a.id";
    END => "update decided_applications set ended_at = $3, outcome = $4 where decision = $1 and application = $2 and ended_at is null";
    END_ALL => "update decided_applications set ended_at = $2, outcome = 'undone' where decision = $1 and ended_at is null";
    FORGET => "delete from decided_applications where application = $1 and ended_at is not null";
}

/// Keeps a decision about these applications; it takes effect when its time to undo is over.
pub(crate) fn add(tx: &mut Tx, new: &New, applications: &[Id]) -> Result<Id, Failure> {
    let id = tx.fresh_id();
    let due = tx.now() + SignedDuration::from_mins(UNDO_MINUTES);
    tx.exec(&ADD, values![id, new.cohort, new.answer.key(), new.subject, new.body, new.by, tx.now(), due])?;
    for application in applications {
        tx.exec(&ADD_ONE, values![id, *application])?;
    }
    Ok(id)
}

pub(crate) fn find(tx: &mut Tx, id: Id) -> Result<Option<Decision>, Failure> {
    Ok(tx.row(&FIND, values![id])?)
}

pub(crate) fn due(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let now = tx.now();
    Ok(tx.rows(&DUE, values![now])?)
}

/// False when it was undone, or done by another process.
pub(crate) fn done(tx: &mut Tx, id: Id) -> Result<bool, Failure> {
    Ok(tx.exec(&DONE, values![id, tx.now()])? == 1)
}

/// Everything stays as it was. False when the ten minutes are over.
pub(crate) fn undo(tx: &mut Tx, id: Id, by: Id) -> Result<bool, Failure> {
    if tx.exec(&UNDONE, values![id, tx.now(), by])? == 0 {
        return Ok(false);
    }
    tx.exec(&END_ALL, values![id, tx.now()])?;
    Ok(true)
}

pub(crate) fn pending(tx: &mut Tx, cohort: Id) -> Result<Vec<Pending>, Failure> {
    Ok(tx.rows(&PENDING, values![cohort])?)
}

pub(crate) fn standing(tx: &mut Tx, cohort: Id) -> Result<Vec<Standing>, Failure> {
    Ok(tx.rows(&STANDING, values![cohort])?)
}

/// The applications that a decision is still about, in the order of their numbers.
pub(crate) fn applications_in(tx: &mut Tx, id: Id) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&IN_IT, values![id])?)
}

pub(crate) fn end(tx: &mut Tx, id: Id, application: Id, outcome: &str) -> Result<(), Failure> {
    tx.exec(&END, values![id, application, tx.now(), outcome])?;
    Ok(())
}

/// With the application, what was once decided about it goes.
pub(crate) fn forget(tx: &mut Tx, application: Id) -> Result<(), Failure> {
    tx.exec(&FORGET, values![application])?;
    Ok(())
}
