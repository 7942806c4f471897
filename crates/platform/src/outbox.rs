//! Outgoing letters. Each is written in the unit of work that causes it and sent later
//! by a job: a change that is undone sends nothing, and nothing is sent twice.

use jiff::{SignedDuration, Timestamp};

use crate::{
    ids::Id,
    row, sql,
    storage::{Result, Tx},
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

row! {
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
}

sql! {
    INSERT => "insert into outbox (id, letter, account, to_name, to_address, from_name, reply_to, subject, body_text, body_html, calendar, unsubscribe, about, once_key, queued_at, state, tries, next_try_at, error) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 'queued', 0, $15, '') on conflict (once_key) do nothing";
    CLAIM => "update outbox set state = 'claimed', next_try_at = $2, tries = tries + 1 where id in (select id from outbox where state in ('queued', 'claimed') and next_try_at <= $1 order by next_try_at, id limit $3) and state in ('queued', 'claimed') and next_try_at <= $1 returning id";
    FIND => "select id, letter, to_name, to_address, from_name, reply_to, subject, body_text, body_html, calendar, unsubscribe, tries, queued_at, state from outbox where id = $1";
    SENT => "update outbox set state = 'sent', sent_at = $2, error = '' where id = $1 and state = 'claimed'";
    AGAIN => "update outbox set state = $2, next_try_at = $3, error = $4 where id = $1 and state = 'claimed'";
    NEWEST => "select id, letter, to_name, to_address, from_name, reply_to, subject, body_text, body_html, calendar, unsubscribe, tries, queued_at, state from outbox order by queued_at desc, id desc limit $1 offset $2";
    OF_ACCOUNT => "select id, letter, to_name, to_address, from_name, reply_to, subject, body_text, body_html, calendar, unsubscribe, tries, queued_at, state from outbox where account = $1 order by queued_at desc, id desc limit $2";
    AFTER => "select id, letter, to_name, to_address, from_name, reply_to, subject, body_text, body_html, calendar, unsubscribe, tries, queued_at, state from outbox where id > $1 order by id";
    COUNT => "select count(*) as letters from outbox";
    UNDELIVERED => "select account, count(*) as letters from outbox where state = 'failed' and account is not null group by account";
    SINCE => "select count(*) as letters from outbox where account = $1 and letter in ($2, $3) and queued_at > $4";
    BY_LETTER => "select letter, count(*) as letters, max(queued_at) as newest from outbox group by letter order by letter";
}

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
    let values = values![
        tx.fresh_id(),
        &letter.name,
        letter.account,
        &letter.to_name,
        &letter.to_address,
        &letter.from_name,
        &letter.reply_to,
        &letter.subject,
        &letter.text,
        &letter.html,
        letter.calendar.clone(),
        letter.unsubscribe.clone(),
        letter.about,
        &letter.once_key,
        tx.now(),
    ];
    Ok(tx.exec(&INSERT, values)? == 1)
}

/// To whom letters could not be delivered, and how many.
pub fn undelivered(tx: &mut Tx) -> Result<Vec<(Id, i64)>> {
    tx.rows(&UNDELIVERED, values![])
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
        letters.extend(tx.row::<Queued>(&FIND, values![id])?);
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
    tx.row(&FIND, values![id])
}

/// The newest letters first.
pub fn newest(tx: &mut Tx, most: i64, skip: i64) -> Result<Vec<Queued>> {
    tx.rows(&NEWEST, values![most, skip])
}

/// The letters written after this one, oldest first.
pub fn after(tx: &mut Tx, last: Id) -> Result<Vec<Queued>> {
    tx.rows(&AFTER, values![last])
}

pub fn of_account(tx: &mut Tx, account: Id, most: i64) -> Result<Vec<Queued>> {
    tx.rows(&OF_ACCOUNT, values![account, most])
}

pub fn count(tx: &mut Tx) -> Result<i64> {
    tx.one(&COUNT, values![])
}

pub fn written(tx: &mut Tx) -> Result<Vec<Written>> {
    tx.rows(&BY_LETTER, values![])
}
