//! Table `agreements`: every revision of what two people agreed, sealed under their key.

use forms::{Answers, Form};
use jiff::Timestamp;
use platform::{
    keys::{self, Place},
    prelude::*,
    storage::StorageError,
};
use policy::{Grant, may, of};
use serde::{Deserialize, Serialize};

use crate::{access, duos::Duo};

row! {
    pub struct Revision {
        pub revision: i64,
        pub body: Vec<u8>,
        pub saved_by: Id,
        pub saved_at: Timestamp,
        pub mentor_signed_at: Option<Timestamp>,
        pub mentee_signed_at: Option<Timestamp>,
        pub signed_at: Option<Timestamp>,
    }
}

/// What is sealed: the answers together with the form they were given to, so that a
/// later form never changes what two people agreed. AGR5.
#[derive(Deserialize, Serialize)]
pub(crate) struct Body {
    pub form: Form,
    pub answers: Answers,
}

impl Revision {
    /// Whether this person has confirmed it.
    pub(crate) fn is_signed_by(&self, duo: &Duo, person: Id) -> bool {
        let signed = if person == duo.mentor { self.mentor_signed_at } else { self.mentee_signed_at };
        signed.is_some()
    }
}

sealed! {
    BODY => "agreements", "body", "what a duo agreed";
}

sql! {
    NEWEST => "select revision, body, saved_by, saved_at, mentor_signed_at, mentee_signed_at, signed_at from agreements where duo = $1 order by revision desc limit 1";
    STANDING => "select revision, body, saved_by, saved_at, mentor_signed_at, mentee_signed_at, signed_at from agreements where duo = $1 and signed_at is not null order by revision desc limit 1";
    ALL => "select revision, body, saved_by, saved_at, mentor_signed_at, mentee_signed_at, signed_at from agreements where duo = $1 order by revision";
    PUT => "update agreements set body = $3 where duo = $1 and revision = $2";
    ADD => "insert into agreements (duo, revision, body, saved_by, saved_at) values ($1, $2, $3, $4, $5) on conflict (duo, revision) do nothing";
    SIGN_MENTOR => "update agreements set mentor_signed_at = $3 where duo = $1 and revision = $2 and mentor_signed_at is null";
    SIGN_MENTEE => "update agreements set mentee_signed_at = $3 where duo = $1 and revision = $2 and mentee_signed_at is null";
    STANDS => "update agreements set signed_at = $3 where duo = $1 and revision = $2 and signed_at is null and mentor_signed_at is not null and mentee_signed_at is not null";
}

/// The newest revision, confirmed or not.
pub(crate) fn newest(tx: &mut Tx, duo: &Duo) -> Result<Option<Revision>, Failure> {
    Ok(tx.row(&NEWEST, values![duo.id])?)
}

/// The newest revision that both have confirmed.
pub(crate) fn standing(tx: &mut Tx, duo: &Duo) -> Result<Option<Revision>, Failure> {
    Ok(tx.row(&STANDING, values![duo.id])?)
}

/// Opens a revision for one of the two.
pub(crate) fn open(
    tx: &mut Tx,
    _: &Grant<of::Agreement>,
    duo: &Duo,
    revision: &Revision,
) -> Result<Option<Body>, Failure> {
    unseal(tx, duo, revision)
}

/// What both chose to show their liaison: nothing else of the agreement leaves this place
/// without a proof.
pub(crate) fn shared(tx: &mut Tx, duo: &Duo) -> Result<Vec<(String, String)>, Failure> {
    let Some(revision) = standing(tx, duo)? else { return Ok(Vec::new()) };
    let Some(body) = unseal(tx, duo, &revision)? else { return Ok(Vec::new()) };
    let chosen = chosen(&body);
    let is_shared = |key: &str| match chosen {
        Sharing::Nothing => false,
        Sharing::Goals => key.starts_with("goal_") && key.ends_with("_title"),
        Sharing::All => true,
    };
    let fields = body.form.fields().filter(|it| is_shared(&it.key) && body.answers.has(&it.key));
    Ok(fields.map(|it| (it.label.clone(), forms::answer_words(it, &body.answers))).collect())
}

/// How much of it the liaison reads now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sharing {
    Nothing,
    Goals,
    All,
}

pub(crate) fn sharing(tx: &mut Tx, duo: &Duo) -> Result<Sharing, Failure> {
    let Some(revision) = standing(tx, duo)? else { return Ok(Sharing::Nothing) };
    let Some(body) = unseal(tx, duo, &revision)? else { return Ok(Sharing::Nothing) };
    Ok(chosen(&body))
}

fn chosen(body: &Body) -> Sharing {
    let options = body.form.field("sharing").map(|it| it.options.as_slice()).unwrap_or_default();
    match options.iter().position(|it| it == body.answers.text("sharing")) {
        Some(1) => Sharing::Goals,
        Some(2) => Sharing::All,
        _ => Sharing::Nothing,
    }
}

fn unseal(tx: &mut Tx, duo: &Duo, revision: &Revision) -> Result<Option<Body>, Failure> {
    let Some(text) = keys::open(tx, &duo.scope(), &place(duo, revision.saved_by, revision.revision), &revision.body)?
    else {
        return Ok(None);
    };
    serde_json::from_str(&text).map(Some).map_err(unreadable)
}

/// Who wrote which words of an agreement: whoever first saved them.
#[derive(Default)]
pub(crate) struct Written(Vec<(Id, String)>);

impl Written {
    pub(crate) fn has(&self, person: Id, words: &str) -> bool {
        self.0.iter().any(|(by, it)| *by == person && it == words)
    }

    pub(crate) fn others(&self, person: Id) -> impl Iterator<Item = Id> {
        self.0.iter().map(|(by, _)| *by).filter(move |by| *by != person)
    }

    fn note(&mut self, by: Id, words: &str) {
        if !words.is_empty() && !self.0.iter().any(|(_, it)| it == words) {
            self.0.push((by, words.to_owned()));
        }
    }
}

/// What stands where somebody's words were who wished to be forgotten.
pub(crate) const WITHDRAWN: &str = "Withdrawn.";

/// Every revision that still opens, the oldest first, with who wrote what.
fn all(tx: &mut Tx, duo: &Duo) -> Result<(Vec<(Revision, Body)>, Written), Failure> {
    let (mut opened, mut written) = (Vec::new(), Written::default());
    for revision in tx.rows::<Revision>(&ALL, values![duo.id])? {
        let Some(body) = unseal(tx, duo, &revision)? else { continue };
        for field in body.form.fields() {
            written.note(revision.saved_by, body.answers.text(&field.key).trim());
        }
        opened.push((revision, body));
    }
    Ok((opened, written))
}

/// The newest words of one person in the agreement, by question, and who wrote what.
pub(crate) fn written_by(
    tx: &mut Tx,
    own: &Grant<of::Agreement, may::Export>,
    duo: &Duo,
) -> Result<(Vec<(String, String)>, Written), Failure> {
    let person = Id::from(own.person());
    let (opened, written) = all(tx, duo)?;
    let mut said = Vec::new();
    if let Some((_, body)) = opened.last() {
        for field in body.form.fields().filter(|it| written.has(person, body.answers.text(&it.key).trim())) {
            said.push((field.label.clone(), forms::answer_words(field, &body.answers)));
        }
    }
    Ok((said, written))
}

/// Takes one person's words out of every revision. Who confirmed what and when stays.
pub(crate) fn withdraw(tx: &mut Tx, duo: &Duo, person: Id) -> Result<Written, Failure> {
    let (opened, written) = all(tx, duo)?;
    for (revision, mut body) in opened {
        let theirs = |key: &str| written.has(person, body.answers.text(key).trim());
        let gone: Vec<(String, bool)> = body
            .form
            .fields()
            .filter(|it| theirs(&it.key))
            .map(|it| (it.key.clone(), matches!(it.kind, forms::Kind::Text | forms::Kind::Long)))
            .collect();
        for (key, is_text) in gone {
            body.answers.remove(&key);
            if is_text {
                body.answers.set(&key, WITHDRAWN);
            }
        }
        let text = serde_json::to_string(&body).map_err(unreadable)?;
        let place = place(duo, revision.saved_by, revision.revision);
        let sealed = keys::seal(tx, &duo.scope(), &place, &text)?;
        tx.exec(&PUT, values![duo.id, revision.revision, sealed])?;
    }
    Ok(written)
}

/// Keeps a revision. False when the partner kept one with this number a moment ago.
pub(crate) fn add(
    tx: &mut Tx,
    grant: &Grant<of::Agreement, may::Write>,
    duo: &Duo,
    revision: i64,
    body: &Body,
) -> Result<bool, Failure> {
    let by = access::who(grant);
    let text = serde_json::to_string(body).map_err(unreadable)?;
    let sealed = keys::seal(tx, &duo.scope(), &place(duo, by, revision), &text)?;
    Ok(tx.exec(&ADD, values![duo.id, revision, sealed, by, tx.now()])? == 1)
}

/// Confirms a revision for one of the two. True when with it both have.
pub(crate) fn sign(tx: &mut Tx, duo: &Duo, revision: i64, person: Id) -> Result<bool, Failure> {
    let statement = if person == duo.mentor { &SIGN_MENTOR } else { &SIGN_MENTEE };
    tx.exec(statement, values![duo.id, revision, tx.now()])?;
    Ok(tx.exec(&STANDS, values![duo.id, revision, tx.now()])? == 1)
}

fn place(duo: &Duo, by: Id, revision: i64) -> Place {
    BODY.at(duo.id).by(by).revision(revision)
}

fn unreadable(error: serde_json::Error) -> Failure {
    Failure::Storage(StorageError::Other(format!("a sealed agreement is not readable: {error}")))
}
