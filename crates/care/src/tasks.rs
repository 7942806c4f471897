//! Table `tasks`: what a liaison or the chair is asked to do, with words to begin from.

use jiff::{Timestamp, civil::Date};
use platform::prelude::*;
use policy::{Grant, Scope, may, of};

use crate::liaisons;

row! {
    /// Whose an open task is, and what it is about; not what it says.
    pub(crate) struct Place {
        pub id: Id,
        pub cohort: Id,
        pub duo: Option<Id>,
        /// Nobody in particular: the chairs.
        pub person: Option<Id>,
    }
}

row! {
    #[derive(PartialEq, Eq)]
    pub struct Task {
        pub id: Id,
        pub cohort: Id,
        pub duo: Option<Id>,
        /// Nobody in particular: the chairs.
        pub person: Option<Id>,
        pub kind: String,
        pub title: String,
        /// A text to begin from; empty for none.
        pub words: String,
        pub due: Date,
        pub made_at: Timestamp,
        pub done_at: Option<Timestamp>,
    }
}

/// The kinds that stand for something of their own elsewhere.
pub(crate) const APPOINT: &str = "appoint";
pub(crate) const CONTACT: &str = "contact";
pub(crate) const WRITE: &str = "write";

pub struct NewTask {
    pub cohort: Id,
    pub duo: Option<Id>,
    pub person: Option<Id>,
    pub kind: &'static str,
    pub title: String,
    pub words: String,
    pub due: Date,
    /// Two tasks with the same key are one task.
    pub once: String,
}

sql! {
    ADD => "insert into tasks (id, cohort, duo, person, kind, title, words, due, once_key, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (once_key) do nothing";
    FIND => "select id, cohort, duo, person, kind, title, words, due, made_at, done_at from tasks where id = $1";
    PLACE => "select id, cohort, duo, person from tasks where id = $1 and done_at is null";
    IN_SCOPE => "select id, cohort, duo, person, kind, title, words, due, made_at, done_at from tasks where person = $1 and cohort = coalesce($2, cohort) and done_at is null order by due, made_at, id";
    OPEN_OF_CHAIRS => "select id, cohort, duo, person, kind, title, words, due, made_at, done_at from tasks where person is null and cohort = $1 and done_at is null order by due, made_at, id";
    OVERDUE => "select person, count(*) as tasks from tasks where cohort = $1 and person is not null and done_at is null and due < $2 group by person";
    DONE => "update tasks set done_at = $2, done_by = $3 where id = $1 and done_at is null";
    DONE_ONCE => "update tasks set done_at = $2 where once_key = $1 and done_at is null";
    DONE_ABOUT => "update tasks set done_at = $2 where duo = $1 and done_at is null";
    DONE_KIND => "update tasks set done_at = $3 where duo = $1 and kind = $2 and done_at is null";
    DELAY => "update tasks set due = $2 where id = $1 and done_at is null";
    PASS_ON => "update tasks set person = $2 where duo = $1 and person is not null and done_at is null";
    TO_CHAIRS => "update tasks set person = null where duo = $1 and person is not null and done_at is null";
    WANTED => "select distinct duo from tasks where cohort = $1 and kind = 'contact' and done_at is null and duo is not null";
}

/// Adds a task; one that is there already stays as it is.
pub fn add(tx: &mut Tx, new: &NewTask) -> Result<bool, Failure> {
    let id = tx.fresh_id();
    let values =
        values![id, new.cohort, new.duo, new.person, new.kind, &new.title, &new.words, new.due, &new.once, tx.now()];
    Ok(tx.exec(&ADD, values)? == 1)
}

/// Adds a task for whoever accompanies the duo; for the chairs, where nobody does.
pub fn add_for_liaison(tx: &mut Tx, duo: Id, new: NewTask) -> Result<bool, Failure> {
    let person = liaisons::of_duo(tx, duo)?.map(|it| it.person);
    add(tx, &NewTask { duo: Some(duo), person, ..new })
}

/// Closes a task by its key, because what it asked for has come about.
pub fn settle(tx: &mut Tx, once: &str) -> Result<(), Failure> {
    tx.exec(&DONE_ONCE, values![once, tx.now()])?;
    Ok(())
}

/// Closes the tasks of one kind about a duo.
pub(crate) fn settle_kind(tx: &mut Tx, duo: Id, kind: &str) -> Result<(), Failure> {
    tx.exec(&DONE_KIND, values![duo, kind, tx.now()])?;
    Ok(())
}

/// Closes everything about a duo that is over.
pub(crate) fn settle_all(tx: &mut Tx, duo: Id) -> Result<(), Failure> {
    tx.exec(&DONE_ABOUT, values![duo, tx.now()])?;
    Ok(())
}

pub(crate) fn place(tx: &mut Tx, id: Id) -> Result<Option<Place>, Failure> {
    Ok(tx.row(&PLACE, values![id])?)
}

pub(crate) fn find(tx: &mut Tx, _: &Grant<of::Task>, id: Id) -> Result<Option<Task>, Failure> {
    Ok(tx.row(&FIND, values![id])?)
}

/// What is open for whoever the right was given to, in its cohort; the most urgent first.
pub(crate) fn in_scope(tx: &mut Tx, scope: &Scope<of::Task, may::Read>) -> Result<Vec<Task>, Failure> {
    Ok(tx.rows(&IN_SCOPE, values![Id::from(scope.person()), scope.cohort().map(Id::from)])?)
}

/// What is open for the chairs of a cohort, the most urgent first; for one of them who has
/// a stake in a duo, without what is about it.
pub fn open_of_chairs(tx: &mut Tx, scope: &Scope<of::Task, may::Read>) -> Result<Vec<Task>, Failure> {
    let mut open = Vec::new();
    for task in tx.rows::<Task>(&OPEN_OF_CHAIRS, values![scope.cohort().map(Id::from)])? {
        if !is_about_their_duo(tx, task.duo, Id::from(scope.person()))? {
            open.push(task);
        }
    }
    Ok(open)
}

/// Whether a task is about a duo in which the person has a stake.
pub(crate) fn is_about_their_duo(tx: &mut Tx, duo: Option<Id>, person: Id) -> Result<bool, Failure> {
    let Some(duo) = duo else { return Ok(false) };
    let stake = membership::Stake::of(tx, person)?;
    Ok(duos::duo(tx, duo)?.is_some_and(|it| stake.is_in(&it.people())))
}

/// How many tasks of each liaison are overdue; not what they are about. LIA5.
pub(crate) fn overdue(tx: &mut Tx, cohort: Id, today: Date) -> Result<Vec<(Id, i64)>, Failure> {
    Ok(tx.rows(&OVERDUE, values![cohort, today])?)
}

/// Marks a task as done. False when somebody was faster.
pub(crate) fn complete(tx: &mut Tx, id: Id, by: Id) -> Result<bool, Failure> {
    Ok(tx.exec(&DONE, values![id, tx.now(), by])? == 1)
}

pub(crate) fn delay(tx: &mut Tx, id: Id, due: Date) -> Result<bool, Failure> {
    Ok(tx.exec(&DELAY, values![id, due])? == 1)
}

/// Gives what is open about a duo to the one who accompanies it now, or to the chairs.
pub(crate) fn pass_on(tx: &mut Tx, duo: Id, to: Option<Id>) -> Result<(), Failure> {
    match to {
        Some(person) => tx.exec(&PASS_ON, values![duo, person])?,
        None => tx.exec(&TO_CHAIRS, values![duo])?,
    };
    Ok(())
}

/// The duos of a cohort in which somebody waits to be contacted.
pub(crate) fn contact_wanted(tx: &mut Tx, cohort: Id) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&WANTED, values![cohort])?)
}
