//! Table `concerns`: what somebody told a person of their choice in confidence.
//!
//! Invariants: the words, whom they are about and whom the reporter left out are sealed
//! together, under a key of this one concern. Nobody of these two kinds learns that it is
//! there; what is noted beside it is sealed under the same key.

pub(crate) mod access;
pub(crate) mod circle;
pub(crate) mod handle;
pub(crate) mod list;
mod outlive;
pub(crate) mod raise;
pub(crate) mod read;

use jiff::Timestamp;
pub(crate) use outlive::{outlive_reporter, whose};
use platform::{
    keys::{self, Place, Scope},
    prelude::*,
    storage::StorageError,
};
use policy::{Grant, may, of};
use serde::{Deserialize, Serialize};

/// What it is called where people see who has read theirs.
pub(crate) const RECORD: &str = "concern";

row! {
    #[derive(PartialEq, Eq)]
    pub(crate) struct Concern {
        pub id: Id,
        pub cohort: Id,
        pub duo: Option<Id>,
        pub reporter: Id,
        pub reporter_name: String,
        pub addressed: Id,
        pub addressed_name: String,
        pub addressed_as: String,
        pub raised_at: Timestamp,
        pub closed_at: Option<Timestamp>,
        content: Vec<u8>,
    }
}

row! {
    struct Noted {
        id: Id,
        author: Id,
        name: String,
        body: Vec<u8>,
        noted_at: Timestamp,
    }
}

/// What is sealed of it.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(crate) struct Content {
    pub words: String,
    /// Whom it is about.
    named: Vec<String>,
    /// Whom the reporter left out.
    skipped: Vec<String>,
}

impl Content {
    pub(crate) fn new(words: &str, named: &[Id], skipped: &[Id]) -> Self {
        let ids = |people: &[Id]| people.iter().map(Id::to_string).collect();
        Self { words: words.to_owned(), named: ids(named), skipped: ids(skipped) }
    }

    pub(crate) fn named(&self) -> Vec<Id> {
        self.named.iter().filter_map(|it| Id::parse(it)).collect()
    }

    fn keep_from(&mut self, person: Id) {
        if !self.is_kept_from(person) {
            self.skipped.push(person.to_string());
        }
    }

    /// Whether it is not there for a person: it is about them, or they were left out.
    pub(crate) fn is_kept_from(&self, person: Id) -> bool {
        let person = person.to_string();
        self.named.contains(&person) || self.skipped.contains(&person)
    }
}

/// What somebody noted beside it.
pub(crate) struct Note {
    pub name: String,
    pub words: String,
    pub noted_at: Timestamp,
}

sealed! {
    CONTENT => "concerns", "content", "what somebody told in confidence, and about whom";
    BODY => "concern_notes", "body", "what was done about a concern";
}

sql! {
    ADD => "insert into concerns (id, cohort, duo, reporter, addressed, addressed_as, content, raised_at) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    FIND => "select c.id, c.cohort, c.duo, c.reporter, r.name as reporter_name, c.addressed, a.name as addressed_name, c.addressed_as, c.raised_at, c.closed_at, c.content from concerns c join accounts r on r.id = c.reporter join accounts a on a.id = c.addressed where c.id = $1";
    ALL => "select c.id, c.cohort, c.duo, c.reporter, r.name as reporter_name, c.addressed, a.name as addressed_name, c.addressed_as, c.raised_at, c.closed_at, c.content from concerns c join accounts r on r.id = c.reporter join accounts a on a.id = c.addressed order by c.raised_at desc, c.id";
    OF_REPORTER => "select c.id, c.cohort, c.duo, c.reporter, r.name as reporter_name, c.addressed, a.name as addressed_name, c.addressed_as, c.raised_at, c.closed_at, c.content from concerns c join accounts r on r.id = c.reporter join accounts a on a.id = c.addressed where c.reporter = $1 order by c.raised_at desc, c.id";
    CLOSE => "update concerns set closed_at = $2, closed_by = $3 where id = $1 and closed_at is null";
    DUE => "select id from concerns where closed_at < $1 order by id";
    ADD_NOTE => "insert into concern_notes (id, concern, author, body, noted_at) values ($1, $2, $3, $4, $5)";
    NOTES => "select n.id, n.author, a.name, n.body, n.noted_at from concern_notes n join accounts a on a.id = n.author where n.concern = $1 order by n.noted_at, n.id";
    REFER => "insert into concern_referrals (concern, person, referred_by, referred_at) values ($1, $2, $3, $4) on conflict do nothing";
    REFERRED => "select person from concern_referrals where concern = $1 order by referred_at, person";
    MANY => "select count(*) as concerns from concerns where cohort = $1";
    DROP_NOTES => "delete from concern_notes where concern = $1";
    DROP_REFERRALS => "delete from concern_referrals where concern = $1";
    DROP => "delete from concerns where id = $1";
}

/// What is new, before it is sealed.
pub(crate) struct New<'a> {
    pub cohort: Id,
    pub duo: Option<Id>,
    pub reporter: Id,
    pub addressed: Id,
    pub addressed_as: &'static str,
    pub content: &'a Content,
}

/// How many were told in a cohort, whoever they are about.
pub(crate) fn many(tx: &mut Tx, cohort: Id) -> Result<i64, Failure> {
    Ok(tx.one(&MANY, values![cohort])?)
}

pub(crate) fn add(tx: &mut Tx, new: &New) -> Result<Id, Failure> {
    let id = tx.fresh_id();
    let text = serde_json::to_string(new.content).map_err(unreadable)?;
    let sealed = keys::seal(tx, &scope(id), &place(id, new.reporter), &text)?;
    let values = values![id, new.cohort, new.duo, new.reporter, new.addressed, new.addressed_as, sealed, tx.now()];
    tx.exec(&ADD, values)?;
    // Neither a cohort nor a name stands in this line: whom it is about may read the journal.
    journal::record(tx, "concern raised", id, None, None)?;
    Ok(id)
}

pub(crate) fn find(tx: &mut Tx, id: Id) -> Result<Option<Concern>, Failure> {
    Ok(tx.row(&FIND, values![id])?)
}

pub(crate) fn all(tx: &mut Tx) -> Result<Vec<Concern>, Failure> {
    Ok(tx.rows(&ALL, values![])?)
}

pub(crate) fn of_reporter(tx: &mut Tx, person: Id) -> Result<Vec<Concern>, Failure> {
    Ok(tx.rows(&OF_REPORTER, values![person])?)
}

/// What is sealed of it, to judge who may read it; shown to nobody without a grant.
fn content(tx: &mut Tx, concern: &Concern) -> Result<Option<Content>, Failure> {
    let text = keys::open(tx, &scope(concern.id), &place(concern.id, concern.reporter), &concern.content)?;
    text.map(|text| serde_json::from_str(&text).map_err(unreadable)).transpose()
}

/// What was told.
pub(crate) fn told(tx: &mut Tx, _: &Grant<of::Escalation>, concern: &Concern) -> Result<Content, Failure> {
    Ok(content(tx, concern)?.unwrap_or_default())
}

pub(crate) fn notes(tx: &mut Tx, _: &Grant<of::Escalation>, concern: Id) -> Result<Vec<Note>, Failure> {
    let mut notes = Vec::new();
    for it in tx.rows::<Noted>(&NOTES, values![concern])? {
        let words = keys::open(tx, &scope(concern), &BODY.at(it.id).by(it.author), &it.body)?.unwrap_or_default();
        notes.push(Note { name: it.name, words, noted_at: it.noted_at });
    }
    Ok(notes)
}

/// Whether somebody other than the reporter has noted something.
pub(crate) fn is_looked_after(tx: &mut Tx, concern: &Concern) -> Result<bool, Failure> {
    Ok(tx.rows::<Noted>(&NOTES, values![concern.id])?.iter().any(|it| it.author != concern.reporter))
}

pub(crate) fn note(
    tx: &mut Tx,
    grant: &Grant<of::Escalation, may::Write>,
    concern: Id,
    words: &str,
) -> Result<Id, Failure> {
    let (id, author) = (tx.fresh_id(), Id::from(grant.person()));
    let sealed = keys::seal(tx, &scope(concern), &BODY.at(id).by(author), words)?;
    tx.exec(&ADD_NOTE, values![id, concern, author, sealed, tx.now()])?;
    journal::record(tx, "concern noted", concern, None, None)?;
    Ok(id)
}

/// Passes it on to somebody who then reads it too. False where they do already.
pub(crate) fn refer(
    tx: &mut Tx,
    grant: &Grant<of::Escalation, may::Write>,
    concern: Id,
    person: Id,
) -> Result<bool, Failure> {
    let is_new = tx.exec(&REFER, values![concern, person, Id::from(grant.person()), tx.now()])? == 1;
    if is_new {
        journal::record(tx, "concern passed on", concern, None, None)?;
    }
    Ok(is_new)
}

pub(crate) fn referred(tx: &mut Tx, concern: Id) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&REFERRED, values![concern])?)
}

/// False where it was closed before.
pub(crate) fn close(tx: &mut Tx, grant: &Grant<of::Escalation, may::Write>, concern: Id) -> Result<bool, Failure> {
    let is_closed = tx.exec(&CLOSE, values![concern, tx.now(), Id::from(grant.person())])? == 1;
    if is_closed {
        journal::record(tx, "concern closed", concern, None, None)?;
    }
    Ok(is_closed)
}

/// Closed concerns whose time has come. One that is open is never deleted by the clock.
pub(crate) fn due(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let since = program::keeping::concerns_since(tx.now());
    Ok(tx.rows(&DUE, values![since])?)
}

/// Destroys the key of a concern, and deletes it with all that stands beside it.
pub(crate) fn forget(tx: &mut Tx, concern: Id) -> Result<(), Failure> {
    keys::shred(tx, &scope(concern))?;
    for statement in [&DROP_NOTES, &DROP_REFERRALS, &DROP] {
        tx.exec(statement, values![concern])?;
    }
    Ok(())
}

fn scope(concern: Id) -> Scope {
    Scope::new("concern", concern)
}

fn place(concern: Id, reporter: Id) -> Place {
    CONTENT.at(concern).by(reporter)
}

fn unreadable(error: serde_json::Error) -> Failure {
    Failure::Storage(StorageError::Other(format!("a concern is not readable: {error}")))
}
