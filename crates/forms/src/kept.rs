//! Table `form_answers`: answers kept, one row for each form and what it is about.
//!
//! # Design
//! Nothing that somebody answered is in the database in clear: it stands under a key of
//! its author's own. Answers that a form seals for few never stand beside the others but
//! in a text of their own; whoever reads a row without opening it sees that they are there
//! and nothing of what they say. Where the key is gone, the answers are gone, and the row
//! tells that there were some.

use jiff::Timestamp;
use platform::{
    keys::{self, Place, Scope},
    prelude::*,
    storage::StorageError,
};
use policy::{Grant, of};

use crate::{answers::Answers, files, form::Form};

/// What is to be kept.
pub struct Keep<'a> {
    pub cohort: Option<Id>,
    /// Who answers.
    pub person: Id,
    /// What it is about: an application, a duo, a check-in. With the form's name it says
    /// which answers these are.
    pub about: Id,
    pub answers: &'a Answers,
    /// Handed in, rather than saved as a draft. What was handed in once stays so.
    pub given: bool,
}

/// Answers as they are kept; the sealed ones are not opened.
#[derive(Clone, Debug)]
pub struct Kept {
    pub form_name: String,
    pub version: i64,
    pub cohort: Option<Id>,
    pub person: Id,
    pub about: Id,
    pub answers: Answers,
    pub given_at: Option<Timestamp>,
    pub saved_at: Timestamp,
    /// Their key is gone, and they with it.
    pub is_withdrawn: bool,
    sealed: Option<Vec<u8>>,
}

impl Kept {
    pub fn is_given(&self) -> bool {
        self.given_at.is_some()
    }

    /// Whether there is something that only the author and the chair may open.
    pub fn has_sealed(&self) -> bool {
        self.sealed.is_some()
    }
}

row! {
    /// Of answers that are kept, in which version of the form and when.
    pub struct Stamp {
        pub version: i64,
        pub saved_at: Timestamp,
    }
}

row! {
    struct Line {
        form: String,
        version: i64,
        cohort: Option<Id>,
        person: Id,
        about: Id,
        answers: Option<Vec<u8>>,
        sealed: Option<Vec<u8>>,
        given_at: Option<Timestamp>,
        saved_at: Timestamp,
    }
}

sealed! {
    ANSWERS => "form_answers", "answers", "what somebody answered in a form";
    SEALED => "form_answers", "sealed", "what somebody answered for the chair alone";
}

sql! {
    KEEP => "insert into form_answers (form, about, version, cohort, person, answers, sealed, given_at, saved_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (form, about) do update set version = excluded.version, cohort = excluded.cohort, person = excluded.person, answers = excluded.answers, sealed = excluded.sealed, given_at = coalesce(form_answers.given_at, excluded.given_at), saved_at = excluded.saved_at";
    FIND => "select form, version, cohort, person, about, answers, sealed, given_at, saved_at from form_answers where form = $1 and about = $2";
    STAMP => "select version, saved_at from form_answers where form = $1 and about = $2";
    FORGET => "delete from form_answers where form = $1 and about = $2";
    LEFT_OF => "select count(*) as answers from form_answers where person = $1 and cohort = $2";
    LAST_SAVED => "select count(*) as answers, max(saved_at) as saved from form_answers where form = $1 and cohort = $2";
    NEWEST_OF => "select form, version, cohort, person, about, answers, sealed, given_at, saved_at from form_answers where form = $1 and person = $2 and cohort = $3 order by saved_at desc, about desc limit 1";
}

/// Keeps answers in place of those kept before. What the form seals is sealed.
pub fn keep(tx: &mut Tx, form: &Form, keep: Keep) -> Result<(), Failure> {
    let mut open = keep.answers.clone();
    if keep.given {
        // What somebody answered before they changed what leads to it was never asked of them.
        for field in form.fields().filter(|field| !form.asks(field, keep.answers)) {
            open.remove(&field.key);
        }
    }
    files::prune(tx, form, keep.about, &open)?;
    let mut secret = Answers::new();
    for field in form.fields().filter(|field| field.sealed) {
        if let Some(value) = open.remove(&field.key) {
            secret.set(&field.key, value);
        }
    }
    let scope = scope(keep.person, keep.cohort);
    let at = |field| place(field, &form.name, keep.about, keep.person);
    let sealed = if secret.is_empty() { None } else { Some(keys::seal(tx, &scope, &at(&SEALED), &secret.to_json())?) };
    let answers = keys::seal(tx, &scope, &at(&ANSWERS), &open.to_json())?;
    let given_at = keep.given.then(|| tx.now());
    let values =
        values![&form.name, keep.about, form.version, keep.cohort, keep.person, answers, sealed, given_at, tx.now()];
    tx.exec(&KEEP, values)?;
    Ok(())
}

pub fn kept(tx: &mut Tx, form_name: &str, about: Id) -> Result<Option<Kept>, Failure> {
    let line = tx.row::<Line>(&FIND, values![form_name, about])?;
    line.map(|line| kept_from(tx, line)).transpose()
}

/// What is known of answers without opening them.
pub fn stamp(tx: &mut Tx, form_name: &str, about: Id) -> Result<Option<Stamp>, Failure> {
    Ok(tx.row(&STAMP, values![form_name, about])?)
}

/// The newest answers of a person in a cohort.
pub fn kept_of(tx: &mut Tx, form_name: &str, cohort: Id, person: Id) -> Result<Option<Kept>, Failure> {
    let line = tx.row::<Line>(&NEWEST_OF, values![form_name, person, cohort])?;
    line.map(|line| kept_from(tx, line)).transpose()
}

/// How many answered a form in a cohort, and when one of them was saved last.
pub fn last_saved(tx: &mut Tx, form_name: &str, cohort: Id) -> Result<(i64, Option<Timestamp>), Failure> {
    Ok(tx.one(&LAST_SAVED, values![form_name, cohort])?)
}

/// Deletes answers for good. With the last that a person gave for a cohort, the key goes.
pub fn forget(tx: &mut Tx, form_name: &str, about: Id) -> Result<(), Failure> {
    let Some(line) = tx.row::<Line>(&FIND, values![form_name, about])? else { return Ok(()) };
    tx.exec(&FORGET, values![form_name, about])?;
    files::forget(tx, form_name, about)?;
    let left: i64 = match line.cohort {
        Some(cohort) => tx.one(&LEFT_OF, values![line.person, cohort])?,
        // Without a cohort there is no telling what else the key is for.
        None => 1,
    };
    if left == 0 {
        keys::shred(tx, &scope(line.person, line.cohort))?;
    }
    Ok(())
}

/// By what right sealed answers are opened.
#[derive(Clone, Copy)]
pub enum Opener<'a> {
    /// Whoever wrote them, and nobody else: their form shows them again.
    Author(&'a Grant<of::Application>),
    /// Whoever looks for a pair once the lists are closed. The journal notes it, so this needs
    /// a unit of work that writes and stands behind a button.
    Chair(&'a Grant<of::RankList>),
    /// A rule that answers with yes or no; nobody is shown a word of them.
    Rule,
}

/// All answers with the sealed ones opened.
pub fn open_sealed(tx: &mut Tx, kept: &Kept, by: Opener) -> Result<Answers, Failure> {
    match by {
        Opener::Author(proof) if Id::from(proof.person()) != kept.person => return Err(Failure::NotFound),
        Opener::Chair(proof) => {
            let person = Id::from(proof.person());
            journal::record(tx, "sealed answers opened", kept.about, Some(person), kept.cohort)?;
        }
        Opener::Author(_) | Opener::Rule => {}
    }
    let Some(sealed) = &kept.sealed else { return Ok(kept.answers.clone()) };
    let place = place(&SEALED, &kept.form_name, kept.about, kept.person);
    let scope = scope(kept.person, kept.cohort);
    // Where the author's key is gone, what it sealed is gone with it.
    let Some(text) = keys::open(tx, &scope, &place, sealed)? else { return Ok(kept.answers.clone()) };
    let secret = Answers::from_json(&text).ok_or_else(|| broken(&kept.form_name))?;
    Ok(kept.answers.clone().with(secret))
}

fn kept_from(tx: &mut Tx, line: Line) -> Result<Kept, Failure> {
    let place = place(&ANSWERS, &line.form, line.about, line.person);
    let text = match &line.answers {
        Some(sealed) => keys::open(tx, &scope(line.person, line.cohort), &place, sealed)?,
        None => None,
    };
    let answers = text.as_ref().map(|text| Answers::from_json(text).ok_or_else(|| broken(&line.form))).transpose()?;
    Ok(Kept {
        is_withdrawn: answers.is_none(),
        form_name: line.form,
        version: line.version,
        cohort: line.cohort,
        person: line.person,
        about: line.about,
        answers: answers.unwrap_or_default(),
        given_at: line.given_at,
        saved_at: line.saved_at,
        sealed: line.sealed,
    })
}

/// What a person wrote for a cohort has one key: it ends with that cohort's time, or with
/// the person's wish.
fn scope(person: Id, cohort: Option<Id>) -> Scope {
    Scope::author(person, cohort.unwrap_or_default())
}

fn place(field: &'static keys::Field, form: &str, about: Id, person: Id) -> Place {
    field.at(format!("{form}:{about}")).by(person)
}

fn broken(form: &str) -> StorageError {
    StorageError::Other(format!("the answers to {form} cannot be read"))
}
