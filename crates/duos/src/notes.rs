//! Table `duo_notes`: the notebook. Shared notes are sealed under the duo's key, private
//! ones under their author's; nothing of them is in the database in clear.

use jiff::Timestamp;
use platform::{keys, prelude::*};

use crate::duos::Duo;

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
    pub text: String,
    pub written_at: Timestamp,
}

sql! {
    READABLE => "select id, author, kind, body, written_at from duo_notes where duo = $1 and (kind = 'shared' or author = $2) order by written_at desc, id desc limit $3";
    ADD => "insert into duo_notes (id, duo, author, kind, body, written_at) values ($1, $2, $3, $4, $5, $6)";
    REMOVE => "delete from duo_notes where id = $1 and duo = $2 and author = $3";
}

/// The notes that this person may read, the newest first: the shared ones and their own.
pub(crate) fn readable(tx: &mut Tx, duo: &Duo, person: Id, most: i64) -> Result<Vec<Note>, Failure> {
    let rows: Vec<Sealed> = tx.rows(&READABLE, values![duo.id, person, most])?;
    let mut notes = Vec::new();
    for row in rows {
        let is_private = row.kind == "private";
        let scope = scope(duo, row.author, is_private);
        let text = keys::open(tx, &scope, &place(row.id, row.author), &row.body)?;
        notes.extend(text.map(|text| Note {
            id: row.id,
            author: row.author,
            is_private,
            text,
            written_at: row.written_at,
        }));
    }
    Ok(notes)
}

pub(crate) fn add(tx: &mut Tx, duo: &Duo, author: Id, is_private: bool, text: &str) -> Result<(), Failure> {
    let id = tx.fresh_id();
    let sealed = keys::seal(tx, &scope(duo, author, is_private), &place(id, author), text)?;
    let kind = if is_private { "private" } else { "shared" };
    tx.exec(&ADD, values![id, duo.id, author, kind, sealed, tx.now()])?;
    Ok(())
}

/// Deletes a note of one's own. False where there is none.
pub(crate) fn remove(tx: &mut Tx, duo: &Duo, note: Id, author: Id) -> Result<bool, Failure> {
    Ok(tx.exec(&REMOVE, values![note, duo.id, author])? == 1)
}

fn scope(duo: &Duo, author: Id, is_private: bool) -> String {
    if is_private { format!("author:{author}") } else { duo.scope() }
}

fn place(note: Id, author: Id) -> String {
    format!("duo_notes|body|{note}|{author}")
}
