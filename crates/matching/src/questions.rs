//! Table `request_questions`: what a mentor would like to know first, and the reply.

use jiff::Timestamp;
use platform::{keys, prelude::*};
use policy::{Grant, of};

use crate::requests::{Request, WITHDRAWN};

pub(crate) struct Question {
    pub(crate) words: String,
    /// Empty while there is none.
    pub(crate) reply: String,
    pub(crate) replied_at: Option<Timestamp>,
}

row! {
    struct Line {
        question: Option<Vec<u8>>,
        reply: Option<Vec<u8>>,
        replied_at: Option<Timestamp>,
    }
}

sealed! {
    QUESTION => "request_questions", "question", "what a mentor would like to know first";
    REPLY => "request_questions", "reply", "what a mentee replied";
}

sql! {
    OF_REQUEST => "select question, reply, replied_at from request_questions where request = $1";
    STANDS => "select replied_at from request_questions where request = $1";
    ADD => "insert into request_questions (request, question, asked_at) values ($1, $2, $3) on conflict (request) do nothing";
    ANSWER => "update request_questions set reply = $2, replied_at = $3 where request = $1 and replied_at is null";
    WITHOUT_REPLY => "select q.request from request_questions q join requests r on r.id = q.request where q.replied_at is null and r.state = 'asked'";
    MOVE_DUE => "update requests set due_at = $2 where id = $1 and state = 'asked'";
}

/// That a mentor asked, and whether there is a reply; no words.
pub(crate) struct Stands {
    pub(crate) has_reply: bool,
}

pub(crate) fn stands(tx: &mut Tx, request: Id) -> Result<Option<Stands>, Failure> {
    let line = tx.row::<Option<Timestamp>>(&STANDS, values![request])?;
    Ok(line.map(|replied_at| Stands { has_reply: replied_at.is_some() }))
}

pub(crate) fn of_request(
    tx: &mut Tx,
    _: &Grant<of::MatchRequest>,
    request: &Request,
) -> Result<Option<Question>, Failure> {
    let Some(line) = tx.row::<Line>(&OF_REQUEST, values![request.id])? else { return Ok(None) };
    let words = match &line.question {
        Some(sealed) => keys::open(tx, &request.scope(), &QUESTION.at(request.id).by(request.mentor), sealed)?,
        None => None,
    };
    let reply = match &line.reply {
        Some(sealed) => keys::open(tx, &request.scope(), &REPLY.at(request.id).by(request.mentee), sealed)?,
        None => Some(String::new()),
    };
    let said = |words: Option<String>| words.unwrap_or_else(|| WITHDRAWN.to_owned());
    Ok(Some(Question { words: said(words), reply: said(reply), replied_at: line.replied_at }))
}

/// Requests whose mentors wait for a reply themselves.
pub(crate) fn without_reply(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&WITHOUT_REPLY, values![])?)
}

/// Keeps a question. False when there was one already.
pub(crate) fn ask(tx: &mut Tx, request: &Request, words: &str) -> Result<bool, Failure> {
    let sealed = keys::seal(tx, &request.scope(), &QUESTION.at(request.id).by(request.mentor), words)?;
    if tx.exec(&ADD, values![request.id, sealed, tx.now()])? == 0 {
        return Ok(false);
    }
    journal::record(tx, "question asked", request.id, Some(request.mentor), Some(request.cohort))?;
    Ok(true)
}

/// Keeps the reply. False when there was one already.
pub(crate) fn reply(tx: &mut Tx, request: &Request, words: &str) -> Result<bool, Failure> {
    let sealed = keys::seal(tx, &request.scope(), &REPLY.at(request.id).by(request.mentee), words)?;
    if tx.exec(&ANSWER, values![request.id, sealed, tx.now()])? == 0 {
        return Ok(false);
    }
    journal::record(tx, "question answered", request.id, Some(request.mentee), Some(request.cohort))?;
    Ok(true)
}

/// Gives the answer to a request more time.
pub(crate) fn move_due(tx: &mut Tx, request: Id, due_at: Timestamp) -> Result<(), Failure> {
    tx.exec(&MOVE_DUE, values![request, due_at])?;
    Ok(())
}
