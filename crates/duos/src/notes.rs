//! Table `duo_notes`: the notebook. Each note, shared or private, is sealed under a key that
//! its author has within this duo: it ends with the duo's time, or with its author's wish,
//! and then the partner reads that it was withdrawn.

use jiff::Timestamp;
use platform::{
    keys::{self, Place, Scope},
    prelude::*,
};

use policy::{Grant, may, of};

use crate::{access, duos::Duo};

row! {
    pub struct Sealed {
        pub id: Id,
        pub author: Id,
        pub kind: String,
        pub body: Vec<u8>,
        pub written_at: Timestamp,
    }
}

/// A note, opened for somebody who may read it.
pub(crate) struct Note {
    pub id: Id,
    pub author: Id,
    pub is_private: bool,
    /// Nothing where it was withdrawn.
    pub text: Option<String>,
    pub written_at: Timestamp,
}

/// What stands where a note was.
pub(crate) const WITHDRAWN: &str = "This note was withdrawn.";

impl Note {
    /// What was written, line by line; nothing where it was withdrawn.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &str> {
        self.text.iter().flat_map(|text| text.lines()).filter(|line| !line.trim().is_empty())
    }
}

sealed! {
    BODY => "duo_notes", "body", "a note in the notebook";
}

sql! {
    READABLE => "select id, author, kind, body, written_at from duo_notes where duo = $1 and (kind = 'shared' or author = $2) order by written_at desc, id desc limit $3";
    WRITTEN_BY => "select id, author, kind, body, written_at from duo_notes where duo = $1 and author = $2 order by written_at, id";
    ADD => "insert into duo_notes (id, duo, author, kind, body, written_at) values ($1, $2, $3, $4, $5, $6)";
    REMOVE => "delete from duo_notes where id = $1 and duo = $2 and author = $3";
}

/// The notes that this person may read, the newest first: the shared ones and their own.
pub(crate) fn readable(
    tx: &mut Tx,
    _: &Grant<of::DuoMessage>,
    own: &Grant<of::PrivateNote>,
    duo: &Duo,
    most: i64,
) -> Result<Vec<Note>, Failure> {
    let person = access::who(own);
    let rows: Vec<Sealed> = tx.rows(&READABLE, values![duo.id, person, most])?;
    opened(tx, duo, rows)
}

/// The notes of one author, shared and private, the oldest first.
pub(crate) fn written_by(
    tx: &mut Tx,
    own: &Grant<of::PrivateNote, may::Export>,
    duo: &Duo,
) -> Result<Vec<Note>, Failure> {
    let rows: Vec<Sealed> = tx.rows(&WRITTEN_BY, values![duo.id, access::who(own)])?;
    opened(tx, duo, rows)
}

fn opened(tx: &mut Tx, duo: &Duo, rows: Vec<Sealed>) -> Result<Vec<Note>, Failure> {
    let mut notes = Vec::new();
    for row in rows {
        let text = keys::open(tx, &scope(duo, row.author), &place(row.id, row.author), &row.body)?;
        let is_private = row.kind == "private";
        notes.push(Note { id: row.id, author: row.author, is_private, text, written_at: row.written_at });
    }
    Ok(notes)
}

pub(crate) fn add(
    tx: &mut Tx,
    grant: &Grant<of::DuoMessage, may::Write>,
    duo: &Duo,
    is_private: bool,
    text: &str,
) -> Result<(), Failure> {
    let author = access::who(grant);
    let id = tx.fresh_id();
    let sealed = keys::seal(tx, &scope(duo, author), &place(id, author), text)?;
    let kind = if is_private { "private" } else { "shared" };
    tx.exec(&ADD, values![id, duo.id, author, kind, sealed, tx.now()])?;
    Ok(())
}

/// Deletes a note of one's own. False where there is none.
pub(crate) fn remove(
    tx: &mut Tx,
    grant: &Grant<of::PrivateNote, may::Delete>,
    duo: &Duo,
    note: Id,
) -> Result<bool, Failure> {
    let author = access::who(grant);
    Ok(tx.exec(&REMOVE, values![note, duo.id, author])? == 1)
}

fn scope(duo: &Duo, author: Id) -> Scope {
    Scope::author(author, duo.id)
}

fn place(note: Id, author: Id) -> Place {
    BODY.at(note).by(author)
}
