//! Table `letter_texts`: letters as the program edited them. Versions only grow.

use std::collections::BTreeMap;

use jiff::Timestamp;
use platform::{prelude::*, storage::StorageError};
use program::preset;

/// The version of the preset's own text.
const FIRST: i64 = 1;

row! {
    /// A letter's text as it goes out now.
    #[derive(PartialEq, Eq)]
    pub struct Text {
        pub version: i64,
        pub subject: String,
        pub body: String,
    }
}

row! {
    pub struct Version {
        pub version: i64,
        pub edited_by: Option<String>,
        pub edited_at: Timestamp,
    }
}

sql! {
    NEWEST => "select version, subject, body from letter_texts where letter = $1 order by version desc limit 1";
    ADD => "insert into letter_texts (letter, version, subject, body, edited_by, edited_at) values ($1, $2, $3, $4, $5, $6) on conflict (letter, version) do nothing";
    SUBJECTS => "select t.letter, t.subject from letter_texts t where t.version = (select max(n.version) from letter_texts n where n.letter = t.letter) order by t.letter";
    VERSIONS => "select t.version, a.name, t.edited_at from letter_texts t left join accounts a on a.id = t.edited_by where t.letter = $1 order by t.version desc";
}

pub fn current(tx: &mut Tx, letter: &str) -> Result<Text, Failure> {
    if let Some(text) = tx.row::<Text>(&NEWEST, values![letter])? {
        return Ok(text);
    }
    of_preset(letter).ok_or_else(|| StorageError::Other(format!("the preset has no letter `{letter}`")).into())
}

pub fn of_preset(letter: &str) -> Option<Text> {
    let (subject, body) = preset::letter(letter)?;
    Some(Text { version: FIRST, subject: subject.to_owned(), body: body.to_owned() })
}

/// The subjects of all letters that the program edited, by the letters' names.
pub fn edited_subjects(tx: &mut Tx) -> Result<BTreeMap<String, String>, Failure> {
    Ok(tx.rows::<(String, String)>(&SUBJECTS, values![])?.into_iter().collect())
}

/// Keeps a new version after `version`. False when somebody else was faster.
pub fn add(tx: &mut Tx, letter: &str, text: &Text, by: Id) -> Result<bool, Failure> {
    let current = current(tx, letter)?;
    if current.version != text.version {
        return Ok(false);
    }
    let values = values![letter, text.version + 1, &text.subject, &text.body, by, tx.now()];
    Ok(tx.exec(&ADD, values)? == 1)
}

/// Who edited it when, the newest first.
pub fn versions(tx: &mut Tx, letter: &str) -> Result<Vec<Version>, Failure> {
    Ok(tx.rows(&VERSIONS, values![letter])?)
}
