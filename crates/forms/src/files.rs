//! Table `answer_files`: files that people send with an answer. The answer holds a
//! reference, `file:<id>:<name>`, or a link to where something stands elsewhere.

use std::sync::Arc;

use platform::{
    app::App,
    keys::{self, Scope},
    prelude::*,
    visit::Prepared,
};
use policy::{Grant, of};
use shell::Faults;

use crate::{
    answers::Answers,
    form::{Field, Form, Kind},
    rules::house,
};

pub mod look;

use look::{Clean, Refusal, Type};

/// What somebody may keep with us altogether.
pub const MOST_FILES: usize = 10;
pub const MOST_BYTES_OF_ONE: i64 = 20 * 1024 * 1024;

/// A file that an answer names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    pub id: Id,
    pub name: String,
}

impl Reference {
    pub fn read(answer: &str) -> Option<Self> {
        let (id, name) = answer.strip_prefix("file:")?.split_once(':')?;
        Some(Self { id: Id::parse(id)?, name: name.to_owned() })
    }

    pub fn text(&self) -> String {
        format!("file:{}:{}", self.id, self.name)
    }

    pub fn path(&self) -> String {
        format!("/files/{}", self.id)
    }
}

row! {
    /// A file as it is known without opening it.
    pub struct Kept {
        pub id: Id,
        pub form: String,
        pub about: Id,
        pub field: String,
        pub person: Id,
        pub cohort: Option<Id>,
        pub kind: String,
        pub bytes: i64,
    }
}

impl Kept {
    pub fn kind(&self) -> Option<Type> {
        Type::from_key(&self.kind)
    }
}

/// To which answers files belong.
#[derive(Clone, Copy)]
pub struct Owner {
    pub person: Id,
    pub about: Id,
    pub cohort: Option<Id>,
}

sealed! {
    CONTENT => "answer_files", "content", "a file that somebody sent with an answer";
}

sql! {
    ADD => "insert into answer_files (id, form, about, field, person, cohort, kind, bytes, content, added_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    FIND => "select id, form, about, field, person, cohort, kind, bytes from answer_files where id = $1";
    CONTENT_OF => "select content from answer_files where id = $1";
    OF_ANSWER => "select id, form, about, field, person, cohort, kind, bytes from answer_files where form = $1 and about = $2 order by added_at, id";
    OF_PERSON => "select id, form, about, field, person, cohort, kind, bytes from answer_files where person = $1 order by added_at, id";
    DROP => "delete from answer_files where id = $1";
    FORGET_PERSON => "delete from answer_files where person = $1";
}

/// What was made of the files of a request before its unit of work.
#[derive(Default)]
struct Looked(Vec<(String, String, Result<Clean, Refusal>)>);

/// For doors that take files: pictures are drawn anew while nobody waits for the database.
pub fn prepare(_: &App, visit: &Visit) -> Prepared {
    let one = |file: &platform::fields::File| (file.field.clone(), file.name.clone(), look::look(&file.bytes));
    let looked: Vec<_> = visit.form.files().iter().filter(|it| !it.bytes.is_empty()).map(one).collect();
    Prepared { worked_out: Some(Arc::new(Looked(looked))), ..Prepared::default() }
}

/// Keeps what was sent, and names it in the answers. A file from before stays named where it
/// is this person's own; whatever else claims to be one is left out.
pub fn take(tx: &mut Tx, visit: &Visit, form: &Form, owner: Owner, answers: &mut Answers) -> Result<Faults, Failure> {
    let mut faults = Faults::new();
    if !house::takes_files(&form.name) {
        return Ok(faults);
    }
    let looked = visit.prepared.worked_out.as_ref().and_then(|it| it.downcast_ref::<Looked>());
    for field in form.fields().filter(|field| field.kind == Kind::File) {
        let sent = looked.and_then(|it| it.0.iter().find(|(name, ..)| *name == field.file_key()));
        match sent {
            Some((_, name, Ok(clean))) => match add(tx, form, field, owner, name, clean)? {
                Ok(reference) => answers.set(&field.key, reference.text()),
                Err(words) => faults.add(&field.key, words),
            },
            Some((_, _, Err(refusal))) => faults.add(&field.key, format!("{}: {refusal}", field.label)),
            None => {}
        }
        if let Some(reference) = Reference::read(answers.text(&field.key)) {
            let found = find(tx, reference.id)?;
            let theirs = |it: &Kept| {
                it.person == owner.person && it.about == owner.about && it.form == form.name && it.field == field.key
            };
            if !found.as_ref().is_some_and(theirs) {
                answers.remove(&field.key);
            }
        }
    }
    Ok(faults)
}

/// Keeps one file, or says why not.
pub fn add(
    tx: &mut Tx,
    form: &Form,
    field: &Field,
    owner: Owner,
    name: &str,
    clean: &Clean,
) -> Result<Result<Reference, String>, Failure> {
    let size = i64::try_from(clean.bytes.len()).unwrap_or(i64::MAX);
    let others = of_person(tx, owner.person)?;
    let others: Vec<&Kept> = others
        .iter()
        .filter(|it| !(it.about == owner.about && it.field == field.key && it.form == form.name))
        .collect();
    if others.len() >= MOST_FILES || others.iter().map(|it| it.bytes).sum::<i64>() + size > MOST_BYTES_OF_ONE {
        let most = MOST_BYTES_OF_ONE / 1024 / 1024;
        return Ok(Err(format!("You keep up to {MOST_FILES} files with us, {most} MB together. Take one away first.")));
    }
    let id = tx.fresh_id();
    let place = CONTENT.at(id).by(owner.person);
    let content = keys::seal_bytes(tx, &scope(owner.person, owner.cohort), &place, &clean.bytes)?;
    let kind = clean.kind.key();
    let values =
        values![id, &form.name, owner.about, &field.key, owner.person, owner.cohort, kind, size, content, tx.now()];
    tx.exec(&ADD, values)?;
    Ok(Ok(Reference { id, name: look::name(name, clean.kind) }))
}

pub fn find(tx: &mut Tx, id: Id) -> Result<Option<Kept>, Failure> {
    Ok(tx.row(&FIND, values![id])?)
}

pub fn of_person(tx: &mut Tx, person: Id) -> Result<Vec<Kept>, Failure> {
    Ok(tx.rows(&OF_PERSON, values![person])?)
}

/// By what right a file is opened: it has the readers of what it came with.
pub enum Reader {
    /// Who wrote the answers, and who looks at them.
    Application(Grant<of::Application>),
    Mentor(Grant<of::ProfileMentor>),
    Mentee(Grant<of::ProfileMentee>),
}

/// What is in a file; nothing once its key is gone.
pub fn content(tx: &mut Tx, _: &Reader, file: &Kept) -> Result<Option<Vec<u8>>, Failure> {
    let sealed: Option<Vec<u8>> = tx.row(&CONTENT_OF, values![file.id])?;
    let Some(sealed) = sealed else { return Ok(None) };
    let place = CONTENT.at(file.id).by(file.person);
    Ok(keys::open_bytes(tx, &scope(file.person, file.cohort), &place, &sealed)?)
}

/// A file as an answer: its own type and no other, saved rather than opened where a reader
/// might run what is in it.
pub fn reply(tx: &mut Tx, reader: &Reader, file: &Kept, name: &str) -> Answer {
    let (Some(kind), Some(bytes)) = (file.kind(), content(tx, reader, file)?) else { return Err(Failure::NotFound) };
    Ok(match kind {
        Type::Pdf => Reply::download(name, kind.content_type(), bytes),
        Type::Png | Type::Jpeg => Reply::show(name, kind.content_type(), bytes),
    })
}

/// Deletes what the answers no longer name.
pub(crate) fn prune(tx: &mut Tx, form: &Form, about: Id, answers: &Answers) -> Result<(), Failure> {
    let named: Vec<Id> =
        form.fields().filter_map(|it| Reference::read(answers.text(&it.key))).map(|it| it.id).collect();
    for file in tx.rows::<Kept>(&OF_ANSWER, values![&form.name, about])? {
        if !named.contains(&file.id) {
            tx.exec(&DROP, values![file.id])?;
        }
    }
    Ok(())
}

/// With the answers their files go.
pub(crate) fn forget(tx: &mut Tx, form: &str, about: Id) -> Result<(), Failure> {
    for file in tx.rows::<Kept>(&OF_ANSWER, values![form, about])? {
        tx.exec(&DROP, values![file.id])?;
    }
    Ok(())
}

pub(crate) fn forget_person(tx: &mut Tx, person: Id) -> Result<(), Failure> {
    tx.exec(&FORGET_PERSON, values![person])?;
    Ok(())
}

/// The key of the answers that it belongs to.
fn scope(person: Id, cohort: Option<Id>) -> Scope {
    Scope::author(person, cohort.unwrap_or_default())
}
