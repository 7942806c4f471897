//! A letter's text on a page of the room that sends it: read, judged and kept as on its own
//! page, so that there is one text of each letter.

use platform::prelude::*;

use crate::{
    edit::field_of,
    kinds::Kind,
    rules,
    texts::{self, Text},
};

/// The text as it goes out now.
pub fn text(tx: &mut Tx, kind: &'static Kind) -> Result<Text, Failure> {
    texts::current(tx, kind.name)
}

/// Whether a text can be this letter's; otherwise which of "subject" and "body" is wrong, and why.
pub fn check(kind: &'static Kind, text: &Text) -> Result<(), (&'static str, String)> {
    rules::check(&text.subject, &text.body, &rules::allowed(kind.name))
        .map_err(|refusal| (field_of(&refusal, text), refusal.to_string()))
}

/// Keeps it as the letter's text from now on. False when somebody else was faster.
pub fn keep(tx: &mut Tx, kind: &'static Kind, text: &Text, by: Id) -> Result<bool, Failure> {
    let current = texts::current(tx, kind.name)?;
    if (&current.subject, &current.body) == (&text.subject, &text.body) {
        return Ok(true);
    }
    texts::add(tx, kind.name, text, by)
}

/// The names that may stand in its text, as they are written there.
pub fn names(kind: &'static Kind) -> String {
    rules::allowed(kind.name).iter().map(|name| format!("{{{{{name}}}}}")).collect::<Vec<_>>().join(", ")
}

/// What it is called where people choose among letters.
pub fn title(kind: &'static Kind) -> String {
    crate::titles::title(kind.name)
}
