//! Table `promises`: who promised to join the association, and by when (ELG4).

use jiff::{Timestamp, civil::Date};
use letters::{Post, To, Value};
use platform::{identity, prelude::*};
use policy::{Grant, Lists, Role, of};

use crate::{
    letters::PROMISE_REMINDER,
    people,
    rules::{promises::reminder_due, standing::Standing},
};

row! {
    pub struct Promise {
        pub id: Id,
        pub person: Id,
        pub name: String,
        pub email: String,
        pub cohort: Id,
        pub due: Date,
        /// The last reminder, by its days before; 0 for none.
        pub reminded: i64,
        /// Empty, or `joined`, `time`, `changed`: what the person said since.
        pub answer: String,
        pub note: String,
        pub kept_at: Option<Timestamp>,
    }
}

row! {
    /// What the house needs of a promise to keep it, and to remind of it whoever has not
    /// changed their mind.
    pub(crate) struct Owed {
        id: Id,
        person: Id,
        cohort: Id,
        due: Date,
        reminded: i64,
    }
}

impl Promise {
    pub(crate) fn owed(&self) -> Owed {
        Owed { id: self.id, person: self.person, cohort: self.cohort, due: self.due, reminded: self.reminded }
    }
}

sql! {
    ADD => "insert into promises (id, person, cohort, due, made_at, reminded, answer, note) values ($1, $2, $3, $4, $5, 0, '', '') on conflict (person, cohort) do update set due = excluded.due";
    OWED => "select id, person, cohort, due, reminded from promises where kept_at is null order by due, id";
    OWED_ONE => "select id, person, cohort, due, reminded from promises where id = $1 and kept_at is null and answer <> 'changed'";
    OPEN => "select p.id, p.person, a.name, a.email, p.cohort, p.due, p.reminded, p.answer, p.note, p.kept_at from promises p join accounts a on a.id = p.person where p.kept_at is null order by p.due, a.name, p.id";
    OF_PERSON => "select p.id, p.person, a.name, a.email, p.cohort, p.due, p.reminded, p.answer, p.note, p.kept_at from promises p join accounts a on a.id = p.person where p.person = $1 and p.kept_at is null order by p.due, p.id";
    WAITING => "select id from promises where kept_at is null and reminded <> 7 and due >= $1 and due <= $2";
    REMIND => "update promises set reminded = $2 where id = $1 and kept_at is null and reminded = $3";
    KEEP => "update promises set kept_at = $2 where id = $1 and kept_at is null";
    KEPT_AT => "select id, person, cohort, due, reminded from promises where kept_at = $1 order by id";
    REOPEN => "update promises set kept_at = null where id = $1";
    ANSWER => "update promises set answer = $2, note = $3, answered_at = $4 where id = $1 and kept_at is null";
}

/// Keeps that a person promised to be a member by a day. Promising again moves the day.
pub fn promise(tx: &mut Tx, person: Id, cohort: Id, due: Date) -> Result<(), Failure> {
    let id = tx.fresh_id();
    tx.exec(&ADD, values![id, person, cohort, due, tx.now()])?;
    Ok(())
}

/// Promises of a cohort that are not kept yet, of people who are still in it.
pub fn open_promises(tx: &mut Tx, _: &impl Lists<of::Application>, cohort: Id) -> Result<Vec<Promise>, Failure> {
    let mut open: Vec<Promise> = tx.rows(&OPEN, values![])?;
    let people = people_of(tx, cohort)?;
    open.retain(|it| it.cohort == cohort && people.contains(&it.person));
    Ok(open)
}

/// The promises that whoever the proof was given to has not kept yet, in cohorts they are still in.
pub(crate) fn own(tx: &mut Tx, proof: &Grant<of::MembershipRoster>) -> Result<Vec<Promise>, Failure> {
    let person = Id::from(proof.person());
    let mut open = Vec::new();
    for promise in tx.rows::<Promise>(&OF_PERSON, values![person])? {
        if people_of(tx, promise.cohort)?.contains(&person) {
            open.push(promise);
        }
    }
    Ok(open)
}

pub(crate) fn answer(tx: &mut Tx, promise: Id, answer: &str, note: &str) -> Result<(), Failure> {
    tx.exec(&ANSWER, values![promise, answer, note, tx.now()])?;
    Ok(())
}

/// Marks every promise as kept whose person the roster has as a member now.
pub(crate) fn settle(tx: &mut Tx) -> Result<(), Failure> {
    for promise in tx.rows::<Owed>(&OWED, values![])? {
        keep_if_member(tx, &promise)?;
    }
    Ok(())
}

/// Opens the promises again that a list kept which was undone, where the roster does not
/// have their person any more.
pub(crate) fn unsettle(tx: &mut Tx, kept_at: Timestamp) -> Result<(), Failure> {
    for promise in tx.rows::<Owed>(&KEPT_AT, values![kept_at])? {
        let today = today(tx, promise.cohort)?;
        if !matches!(people::standing(tx, promise.person, today)?, Standing::Member { .. }) {
            tx.exec(&REOPEN, values![promise.id])?;
            journal::record(tx, "promise open again", promise.person, None, Some(promise.cohort))?;
        }
    }
    Ok(())
}

/// Whether the promise is kept, noting it when it is.
pub(crate) fn keep_if_member(tx: &mut Tx, promise: &Owed) -> Result<bool, Failure> {
    let today = today(tx, promise.cohort)?;
    if !matches!(people::standing(tx, promise.person, today)?, Standing::Member { .. }) {
        return Ok(false);
    }
    if tx.exec(&KEEP, values![promise.id, tx.now()])? == 1 {
        journal::record(tx, "promise kept", promise.person, None, Some(promise.cohort))?;
    }
    Ok(true)
}

/// Promises whose next reminder may be due; `remind` looks closer.
pub(crate) fn to_remind(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let today = program::today(tx)?;
    let from = today.yesterday().unwrap_or(today);
    let until = today.saturating_add(jiff::Span::new().days(31));
    let waiting: Vec<Id> = tx.rows(&WAITING, values![from, until])?;
    let mut due = Vec::new();
    for id in waiting {
        if let Some(promise) = tx.row::<Owed>(&OWED_ONE, values![id])?
            && stage(tx, &promise)?.is_some()
        {
            due.push(id);
        }
    }
    Ok(due)
}

/// Reminds one person, unless the roster has them as a member meanwhile.
pub(crate) fn remind(tx: &mut Tx, id: Id) -> Result<(), Failure> {
    let Some(promise) = tx.row::<Owed>(&OWED_ONE, values![id])? else { return Ok(()) };
    let Some(stage) = stage(tx, &promise)? else { return Ok(()) };
    if keep_if_member(tx, &promise)? || tx.exec(&REMIND, values![id, stage, promise.reminded])? == 0 {
        return Ok(());
    }
    let Some(account) = identity::find(tx, promise.person)? else { return Ok(()) };
    let cohort = program::the_cohort(tx, promise.cohort)?;
    let link = tx.url("/my-membership");
    letters::post(
        tx,
        Post {
            kind: &PROMISE_REMINDER,
            to: To::account(&account),
            cohort: Some(&cohort),
            about: id,
            once: stage.to_string(),
            values: vec![("due", Value::words(program::long_day(promise.due))), ("link", Value::link(link))],
            sender: None,
            calendar: None,
        },
    )?;
    Ok(())
}

/// The reminder that is due at this moment: in the morning, in an open cohort that the
/// person is still in.
fn stage(tx: &mut Tx, promise: &Owed) -> Result<Option<i64>, Failure> {
    let Some(cohort) = program::cohort(tx, promise.cohort)?.filter(program::Cohort::is_open) else { return Ok(None) };
    let calendar = program::calendar::of(tx, &cohort)?;
    let today = calendar.today(tx.now());
    let is_morning = tx.now() >= calendar.at(today, 9);
    if !is_morning {
        return Ok(None);
    }
    let Some(stage) = reminder_due(promise.due, today, promise.reminded) else { return Ok(None) };
    // Last, because it reads the whole cohort.
    Ok(people_of(tx, cohort.id)?.contains(&promise.person).then_some(stage))
}

fn today(tx: &mut Tx, cohort: Id) -> Result<Date, Failure> {
    let cohort = program::the_cohort(tx, cohort)?;
    Ok(program::calendar::of(tx, &cohort)?.today(tx.now()))
}

fn people_of(tx: &mut Tx, cohort: Id) -> Result<Vec<Id>, Failure> {
    let mut people = Vec::new();
    for role in [Role::Applicant, Role::Mentee, Role::Mentor] {
        people.extend(program::in_cohort(tx, role, cohort)?);
    }
    Ok(people)
}
