//! Writing a letter, in the unit of work that causes it.

use platform::{identity, outbox, prelude::*, storage::StorageError};
use program::{Cohort, Program};

use crate::{
    facts,
    kinds::{Class, Kind},
    look::{Footer, Rendered, render},
    rules::{self, Run, fill, parse},
    texts::{self, Text},
    unsubscribe,
    values::{Value, Values, folded},
};

/// A letter to write.
pub struct Post<'a> {
    pub kind: &'static Kind,
    pub to: To,
    /// Whose days stand in it; the open one where none is given.
    pub cohort: Option<&'a Cohort>,
    pub about: Id,
    /// With the kind and the recipient it says which letter this is: it is written once.
    pub once: String,
    pub values: Vec<(&'static str, Value)>,
    /// A person who writes in the program's name: a liaison.
    pub sender: Option<Sender>,
    /// A calendar file that goes with it.
    pub calendar: Option<String>,
}

/// Who gets it.
#[derive(Clone, Debug)]
pub struct To {
    account: Option<Id>,
    name: String,
    address: String,
}

impl To {
    pub fn account(account: &Account) -> Self {
        Self { account: Some(account.id), name: account.name.clone(), address: account.email.clone() }
    }

    /// Somebody without an account: a nominee.
    pub fn address(name: impl Into<String>, address: impl Into<String>) -> Self {
        Self { account: None, name: name.into(), address: address.into() }
    }
}

#[derive(Clone, Debug)]
pub struct Sender {
    pub name: String,
    pub reply_to: String,
}

/// Writes a letter into the outbox. False when it is there already, when its cohort is a
/// draft, when the recipient wants no more of its kind, or has left for good.
pub fn post(tx: &mut Tx, post: Post) -> Result<bool, Failure> {
    let kind = post.kind;
    let is_draft = post.cohort.is_some_and(Cohort::is_draft);
    let has_left = post.to.account.is_some() && post.to.address.is_empty();
    if has_left || is_draft && kind.class != Class::Account || is_unwanted(tx, kind, &post.to)? {
        return Ok(false);
    }
    let program = program_or_none_yet(tx)?;
    let current = match post.cohort {
        Some(cohort) => Some(cohort.clone()),
        None => program::current(tx)?,
    };
    let text = texts::current(tx, kind.name)?;
    let (subject, body) = filled(tx, kind, &text, post.values, (&program, current.as_ref()), &post.to.name)?;
    let unsubscribe = match (kind.class.can_be_ended(), post.to.account) {
        (true, Some(account)) => Some(unsubscribe::link(tx, account, kind.class, post.about)?),
        _ => None,
    };
    let footer = footer(tx, kind, &program, &post.to, unsubscribe.clone());
    let rendered = render(subject, body, &footer);
    let recipient = post.to.account.map_or_else(|| identity::email_key(&post.to.address), |id| id.to_string());
    let from_name = match &post.sender {
        Some(sender) => folded(&format!("{}, {}", sender.name, program.name)),
        None => folded(&program.name),
    };
    let letter = outbox::Letter {
        name: kind.name.to_owned(),
        account: post.to.account,
        to_name: folded(&post.to.name),
        to_address: post.to.address,
        from_name,
        reply_to: post.sender.map_or(program.reply_address, |sender| sender.reply_to),
        subject: rendered.subject,
        text: rendered.text,
        html: rendered.html,
        calendar: post.calendar,
        unsubscribe,
        about: post.about,
        once_key: format!("{}|{recipient}|{}", kind.name, post.once),
    };
    Ok(outbox::post(tx, &letter)?)
}

/// A letter as one person would get it, with a text that may not be kept yet. Nothing goes out.
pub fn preview(
    tx: &mut Tx,
    kind: &'static Kind,
    text: &Text,
    to: &To,
    cohort: &Cohort,
    values: Vec<(&'static str, Value)>,
) -> Result<Rendered, Failure> {
    let program = program_or_none_yet(tx)?;
    let (subject, body) = filled(tx, kind, text, values, (&program, Some(cohort)), &to.name)?;
    Ok(render(subject, body, &footer(tx, kind, &program, to, None)))
}

/// Subject and body with everything put in.
fn filled(
    tx: &mut Tx,
    kind: &Kind,
    text: &Text,
    values: Vec<(&'static str, Value)>,
    of: (&Program, Option<&Cohort>),
    name: &str,
) -> Result<(Vec<Run>, Vec<Run>), Failure> {
    let (subject, body) = (parsed(kind, &text.subject)?, parsed(kind, &text.body)?);
    let mut values = given(tx, values);
    let wanted = rules::names(&subject).into_iter().chain(rules::names(&body)).collect();
    facts::add(tx, &mut values, &wanted, of.0, of.1, name)?;
    let mut gaps = rules::unfilled(&subject, &values);
    gaps.extend(rules::unfilled(&body, &values));
    note_gaps(kind, &gaps)?;
    Ok((fill(&subject, &values), fill(&body, &values)))
}

fn is_unwanted(tx: &mut Tx, kind: &Kind, to: &To) -> Result<bool, Failure> {
    match to.account {
        _ if !kind.class.can_be_ended() => Ok(false),
        Some(account) => unsubscribe::has_unsubscribed(tx, account, kind.class),
        // A letter that can be ended needs somebody who can end it.
        None => Err(StorageError::Other(format!("`{}` goes to people with an account alone", kind.name)).into()),
    }
}

/// A letter about an account can be due before the program has a name.
fn program_or_none_yet(tx: &mut Tx) -> Result<Program, Failure> {
    Ok(program::program(tx)?.unwrap_or_else(|| Program {
        id: Id::default(),
        association: "The association".to_owned(),
        name: "Mentoring program".to_owned(),
        preset: String::new(),
        zone: "UTC".to_owned(),
        postal_address: String::new(),
        reply_address: String::new(),
        alternative_contact: String::new(),
    }))
}

fn parsed(kind: &Kind, text: &str) -> Result<Vec<rules::Piece>, Failure> {
    parse(text).map_err(|fault| StorageError::Other(format!("letter `{}`: {fault}", kind.name)).into())
}

/// Only addresses of ours are links; anything else is words, whatever it was called.
fn given(tx: &Tx, values: Vec<(&'static str, Value)>) -> Values {
    let base = tx.url("/");
    let ours = |value: Value| match value {
        Value::Link { url, .. } if !url.is_empty() && !url.starts_with(&base) => Value::Words(url),
        other => other,
    };
    values.into_iter().map(|(name, value)| (name.to_owned(), ours(value))).collect()
}

/// A forgotten value stops a test; for people, a letter with a gap is better than none.
fn note_gaps(kind: &Kind, gaps: &std::collections::BTreeSet<String>) -> Result<(), Failure> {
    if gaps.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = gaps.iter().map(String::as_str).collect();
    let words = format!("letter `{}` lacks a value for {}", kind.name, names.join(", "));
    if cfg!(debug_assertions) {
        return Err(StorageError::Other(words).into());
    }
    tracing::error!("{words}");
    Ok(())
}

fn footer(tx: &Tx, kind: &Kind, program: &Program, to: &To, unsubscribe: Option<String>) -> Footer {
    let name = &program.name;
    let why = match to.account {
        Some(_) => kind.class.why(name),
        None => format!("You get this letter because somebody gave us your address for the {name}, for this alone."),
    };
    let from = if program.postal_address.trim().is_empty() {
        program.association.clone()
    } else {
        format!("{}, {}", program.association, folded(&program.postal_address))
    };
    Footer { from, why, privacy: tx.url(facts::PRIVACY), unsubscribe }
}
