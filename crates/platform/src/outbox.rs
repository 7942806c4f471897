//! Outgoing letters. Each is written in the unit of work that causes it and sent later
//! by a job: a change that is undone sends nothing, and nothing is sent twice.
//!
//! What was written is sealed under a key of its month and deleted some weeks later; that
//! it was written, to whom and when, stays longer.

use jiff::{SignedDuration, Timestamp};
use policy::{Grant, of};
use serde::{Deserialize, Serialize};

use crate::{
    ids::Id,
    keys::{self, Scope},
    row, sealed, sql,
    storage::{Result, StorageError, Tx},
    values,
};

/// A letter ready to go.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Which letter it is, by its name.
    pub name: String,
    pub account: Option<Id>,
    pub to_name: String,
    pub to_address: String,
    pub from_name: String,
    /// Empty where answers go to the program's own address.
    pub reply_to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// A calendar file that goes with it.
    pub calendar: Option<String>,
    /// Where one click ends letters of this kind.
    pub unsubscribe: Option<String>,
    pub about: Id,
    /// Two letters with the same key are one letter.
    pub once_key: String,
}

/// A letter as it stands in the outbox. Its body is deleted after some weeks; then the
/// subject and both texts are empty.
#[derive(Clone, Debug)]
pub struct Queued {
    pub id: Id,
    pub letter: String,
    pub to_name: String,
    pub to_address: String,
    pub from_name: String,
    pub reply_to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub calendar: Option<String>,
    pub unsubscribe: Option<String>,
    pub tries: i64,
    pub queued_at: Timestamp,
    pub state: String,
}

impl Queued {
    pub fn has_body(&self) -> bool {
        !self.subject.is_empty()
    }
}

row! {
    struct Line {
        id: Id,
        letter: String,
        to_name: String,
        to_address: String,
        from_name: String,
        reply_to: String,
        body: Option<Vec<u8>>,
        tries: i64,
        queued_at: Timestamp,
        state: String,
    }
}

/// What is sealed of a letter: all that was written, and the links in it.
#[derive(Default, Deserialize, Serialize)]
struct Body {
    subject: String,
    text: String,
    html: String,
    calendar: Option<String>,
    unsubscribe: Option<String>,
}

sealed! {
    BODY => "outbox", "body", "a letter as it was written";
}

sql! {
    INSERT => "insert into outbox (id, letter, account, to_name, to_address, from_name, reply_to, body, about, once_key, queued_at, state, tries, next_try_at, error) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'queued', 0, $11, '') on conflict (once_key) do nothing";
    CLAIM => "update outbox set state = 'claimed', next_try_at = $2, tries = tries + 1 where id in (select id from outbox where state in ('queued', 'claimed') and next_try_at <= $1 order by next_try_at, id limit $3) and state in ('queued', 'claimed') and next_try_at <= $1 returning id";
    FIND => "select id, letter, to_name, to_address, from_name, reply_to, body, tries, queued_at, state from outbox where id = $1";
    SENT => "update outbox set state = 'sent', sent_at = $2, error = '' where id = $1 and state = 'claimed'";
    AGAIN => "update outbox set state = $2, next_try_at = $3, error = $4 where id = $1 and state = 'claimed'";
    NEWEST => "select id, letter, to_name, to_address, from_name, reply_to, body, tries, queued_at, state from outbox order by queued_at desc, id desc limit $1 offset $2";
    OF_ACCOUNT => "select id, letter, to_name, to_address, from_name, reply_to, body, tries, queued_at, state from outbox where account = $1 order by queued_at desc, id desc limit $2";
    AFTER => "select id, letter, to_name, to_address, from_name, reply_to, body, tries, queued_at, state from outbox where id > $1 order by id";
    COUNT => "select count(*) as letters from outbox";
    UNDELIVERED => "select account, count(*) as letters from outbox where state = 'failed' and error <> $1 and account is not null group by account";
    SINCE => "select count(*) as letters from outbox where account = $1 and letter in ($2, $3) and queued_at > $4";
    BY_LETTER => "select letter, count(*) as letters, max(queued_at) as newest from outbox group by letter order by letter";
    WITH_OLD_BODY => "select id from outbox where body is not null and queued_at < $1 order by queued_at limit 1";
    DROP_BODIES => "update outbox set body = null where body is not null and queued_at < $1";
    NEVER_SENT => "update outbox set state = 'failed', error = $2 where state in ('queued', 'claimed') and queued_at < $1";
    WITH_OLD_ADDRESS => "select id from outbox where to_address <> '' and queued_at < $1 order by queued_at limit 1";
    TO => "select id from outbox where account = $1 or lower(to_address) = $2";
    EMPTY_ONE => "update outbox set to_name = '', to_address = '', body = null, error = '', once_key = $2, state = case when state in ('queued', 'claimed') then 'failed' else state end where id = $1";
    EMPTY_SENDER => "update outbox set from_name = $2, reply_to = '' where lower(reply_to) = $1";
    DROP_ADDRESSES => "update outbox set to_name = '', to_address = '' where to_address <> '' and queued_at < $1";
}

/// Why a letter failed that nobody could send before its body was due to be deleted.
const NEVER_SENT_WORDS: &str = "not sent in time";

row! {
    /// How often a letter was written, and when last.
    pub struct Written {
        pub letter: String,
        pub letters: i64,
        pub newest: Timestamp,
    }
}

/// Puts a letter into the outbox; one that is there already stays the only one.
pub fn post(tx: &mut Tx, letter: &Letter) -> Result<bool> {
    let id = tx.fresh_id();
    let body = Body {
        subject: letter.subject.clone(),
        text: letter.text.clone(),
        html: letter.html.clone(),
        calendar: letter.calendar.clone(),
        unsubscribe: letter.unsubscribe.clone(),
    };
    let body = serde_json::to_string(&body).map_err(|error| StorageError::Other(error.to_string()))?;
    let sealed = keys::seal(tx, &Scope::month(tx.now()), &BODY.at(id), &body)?;
    let values = values![
        id,
        &letter.name,
        letter.account,
        &letter.to_name,
        &letter.to_address,
        &letter.from_name,
        &letter.reply_to,
        sealed,
        letter.about,
        &letter.once_key,
        tx.now(),
    ];
    Ok(tx.exec(&INSERT, values)? == 1)
}

/// To whom letters could not be delivered, and how many.
pub fn undelivered(tx: &mut Tx) -> Result<Vec<(Id, i64)>> {
    tx.rows(&UNDELIVERED, values![NEVER_SENT_WORDS])
}

/// How many letters of two kinds were written to an account since a moment.
pub fn written_since(tx: &mut Tx, account: Id, kinds: [&str; 2], since: Timestamp) -> Result<i64> {
    let [one, other] = kinds;
    tx.one(&SINCE, values![account, one, other, since])
}

/// Takes letters to send. Whoever claims one has it for a quarter of an hour; if the
/// process dies meanwhile, the letter is free again and keeps its Message-ID.
pub fn claim(tx: &mut Tx, most: i64) -> Result<Vec<Queued>> {
    let until = tx.now() + SignedDuration::from_mins(15);
    let ids: Vec<Id> = tx.rows(&CLAIM, values![tx.now(), until, most])?;
    let mut letters = Vec::new();
    for id in ids {
        letters.extend(find(tx, id)?);
    }
    Ok(letters)
}

pub fn sent(tx: &mut Tx, id: Id) -> Result<()> {
    tx.exec(&SENT, values![id, tx.now()]).map(|_| ())
}

/// Minutes to wait after the first, second … failed try; then the letter has failed.
const WAIT_MINUTES: [i64; 11] = [1, 5, 15, 30, 60, 120, 240, 480, 960, 1440, 2880];

/// Notes that sending failed: for good, or until a later try.
pub fn failed(tx: &mut Tx, letter: &Queued, error: &str, for_good: bool) -> Result<()> {
    let tries = usize::try_from(letter.tries).unwrap_or(0);
    let wait = WAIT_MINUTES.get(tries.saturating_sub(1)).filter(|_| !for_good);
    let state = if wait.is_some() { "queued" } else { "failed" };
    let next = tx.now() + SignedDuration::from_mins(wait.copied().unwrap_or(0));
    let error: String = error.chars().take(300).collect();
    tx.exec(&AGAIN, values![letter.id, state, next, error]).map(|_| ())
}

pub fn find(tx: &mut Tx, id: Id) -> Result<Option<Queued>> {
    tx.row(&FIND, values![id])?.map(|line| opened(tx, line)).transpose()
}

/// The newest letters first.
pub fn newest(tx: &mut Tx, most: i64, skip: i64) -> Result<Vec<Queued>> {
    let lines = tx.rows(&NEWEST, values![most, skip])?;
    all_opened(tx, lines)
}

/// The letters written after this one, oldest first.
pub fn after(tx: &mut Tx, last: Id) -> Result<Vec<Queued>> {
    let lines = tx.rows(&AFTER, values![last])?;
    all_opened(tx, lines)
}

pub fn of_account(tx: &mut Tx, grant: &Grant<of::SentMail>, most: i64) -> Result<Vec<Queued>> {
    let lines = tx.rows(&OF_ACCOUNT, values![Id::from(grant.person()), most])?;
    all_opened(tx, lines)
}

pub fn count(tx: &mut Tx) -> Result<i64> {
    tx.one(&COUNT, values![])
}

pub fn written(tx: &mut Tx) -> Result<Vec<Written>> {
    tx.rows(&BY_LETTER, values![])
}

/// Whether there are bodies from before a moment: the oldest letter that still has one.
pub fn with_old_body(tx: &mut Tx, before: Timestamp) -> Result<Option<Id>> {
    tx.row(&WITH_OLD_BODY, values![before])
}

/// Deletes what was written before a moment, and the keys of the months that ended before
/// it. A letter that nobody could send until then is not sent any more.
pub fn drop_bodies(tx: &mut Tx, before: Timestamp) -> Result<()> {
    tx.exec(&NEVER_SENT, values![before, NEVER_SENT_WORDS])?;
    tx.exec(&DROP_BODIES, values![before])?;
    for month in keys::scopes(tx, keys::MONTH)? {
        if month.id() < Scope::month(before).id() {
            keys::shred(tx, &month)?;
        }
    }
    Ok(())
}

/// Whether there are letters from before a moment that still say to whom they went.
pub fn with_old_address(tx: &mut Tx, before: Timestamp) -> Result<Option<Id>> {
    tx.row(&WITH_OLD_ADDRESS, values![before])
}

pub fn drop_addresses(tx: &mut Tx, before: Timestamp) -> Result<()> {
    tx.exec(&DROP_ADDRESSES, values![before]).map(|_| ())
}

/// Forgets a person: their letters lose words, name and address, and those that wait are
/// not sent. Letters that they sent to others no longer name them.
pub fn forget(tx: &mut Tx, account: &crate::identity::Account, nobody: &str) -> Result<()> {
    let address = account.email.to_lowercase();
    for id in tx.rows::<Id>(&TO, values![account.id, &address])? {
        tx.exec(&EMPTY_ONE, values![id, format!("forgotten|{id}")])?;
    }
    tx.exec(&EMPTY_SENDER, values![&address, nobody]).map(|_| ())
}

fn all_opened(tx: &mut Tx, lines: Vec<Line>) -> Result<Vec<Queued>> {
    lines.into_iter().map(|line| opened(tx, line)).collect()
}

fn opened(tx: &mut Tx, line: Line) -> Result<Queued> {
    let text = match &line.body {
        Some(sealed) => keys::open(tx, &Scope::month(line.queued_at), &BODY.at(line.id), sealed)?,
        None => None,
    };
    let body: Option<Body> = text.map(|text| serde_json::from_str(&text)).transpose().map_err(unreadable)?;
    let body = body.unwrap_or_default();
    Ok(Queued {
        id: line.id,
        letter: line.letter,
        to_name: line.to_name,
        to_address: line.to_address,
        from_name: line.from_name,
        reply_to: line.reply_to,
        subject: body.subject,
        text: body.text,
        html: body.html,
        calendar: body.calendar,
        unsubscribe: body.unsubscribe,
        tries: line.tries,
        queued_at: line.queued_at,
        state: line.state,
    })
}

fn unreadable(error: serde_json::Error) -> StorageError {
    StorageError::Other(format!("a letter is not readable: {error}"))
}
