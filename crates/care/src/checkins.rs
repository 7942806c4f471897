//! Table `checkins`: six letters with four questions to each person of a duo.
//!
//! Invariant: an answer is read by the one who accompanies the duo at this moment, and by
//! nobody else. What was written in words is sealed for the liaison it was written to.

use jiff::{SignedDuration, Timestamp, civil::Date};
use platform::{keys, prelude::*};

row! {
    #[derive(PartialEq, Eq)]
    pub struct CheckIn {
        pub id: Id,
        pub cohort: Id,
        pub duo: Id,
        pub person: Id,
        pub round: i64,
        pub sent_at: Timestamp,
        pub answered_at: Option<Timestamp>,
        pub touch: Option<String>,
        pub met_on: Option<Date>,
        pub pulse: Option<i64>,
        pub contact: Option<bool>,
        pub written_to: Option<Id>,
        pub words: Option<Vec<u8>>,
    }
}

row! {
    /// That it was answered, when, and the one figure that the signals need.
    #[derive(PartialEq, Eq)]
    pub(crate) struct Brief {
        pub duo: Id,
        pub person: Id,
        pub round: i64,
        pub sent_at: Timestamp,
        pub answered_at: Option<Timestamp>,
        pub pulse: Option<i64>,
    }
}

/// What somebody answered.
pub(crate) struct Answer {
    pub touch: String,
    pub met_on: Option<Date>,
    pub pulse: Option<i64>,
    pub contact: bool,
    pub words: String,
}

sql! {
    ADD => "insert into checkins (id, cohort, duo, person, round, sent_at) values ($1, $2, $3, $4, $5, $6) on conflict (duo, person, round) do nothing";
    FIND => "select id, cohort, duo, person, round, sent_at, answered_at, touch, met_on, pulse, contact, written_to, words from checkins where id = $1";
    OF_DUO => "select id, cohort, duo, person, round, sent_at, answered_at, touch, met_on, pulse, contact, written_to, words from checkins where duo = $1 order by round desc, person";
    WAITING_FOR => "select id, cohort, duo, person, round, sent_at, answered_at, touch, met_on, pulse, contact, written_to, words from checkins where person = $1 and answered_at is null order by round desc";
    BRIEF_OF_DUO => "select duo, person, round, sent_at, answered_at, pulse from checkins where duo = $1 order by round";
    BRIEF_OF_COHORT => "select duo, person, round, sent_at, answered_at, pulse from checkins where cohort = $1 order by duo, round";
    UNSENT => "select l.duo from liaisons l where l.cohort = $1 and l.until is null and not exists (select 1 from checkins c where c.duo = l.duo and c.round = $2)";
    ANSWER => "update checkins set answered_at = $2, touch = $3, met_on = $4, pulse = $5, contact = $6, written_to = $7, words = $8 where id = $1 and answered_at is null";
    TO_REMIND => "select id from checkins where answered_at is null and reminded_at is null and sent_at <= $1";
    REMINDED => "update checkins set reminded_at = $2 where id = $1 and reminded_at is null and answered_at is null";
    BY_ROUND => "select round, count(*) as sent, cast(sum(case when answered_at is null then 0 else 1 end) as bigint) as answered from checkins where cohort = $1 group by round order by round";
    FIRST_TOUCH => "select distinct duo from checkins where cohort = $1 and round = 1 and (touch = 'yes' or met_on <= $2)";
}

/// Notes that a check-in goes out. `None` when it has already.
pub(crate) fn add(tx: &mut Tx, cohort: Id, duo: Id, person: Id, round: i64) -> Result<Option<Id>, Failure> {
    let id = tx.fresh_id();
    let added = tx.exec(&ADD, values![id, cohort, duo, person, round, tx.now()])? == 1;
    Ok(added.then_some(id))
}

pub(crate) fn find(tx: &mut Tx, id: Id) -> Result<Option<CheckIn>, Failure> {
    Ok(tx.row(&FIND, values![id])?)
}

/// All of a duo, the newest round first. For its liaison alone.
pub(crate) fn of_duo(tx: &mut Tx, duo: Id) -> Result<Vec<CheckIn>, Failure> {
    Ok(tx.rows(&OF_DUO, values![duo])?)
}

/// What a person has not answered, the newest first.
pub(crate) fn waiting_for(tx: &mut Tx, person: Id) -> Result<Vec<CheckIn>, Failure> {
    Ok(tx.rows(&WAITING_FOR, values![person])?)
}

pub(crate) fn brief_of_duo(tx: &mut Tx, duo: Id) -> Result<Vec<Brief>, Failure> {
    Ok(tx.rows(&BRIEF_OF_DUO, values![duo])?)
}

pub(crate) fn brief_of_cohort(tx: &mut Tx, cohort: Id) -> Result<Vec<Brief>, Failure> {
    Ok(tx.rows(&BRIEF_OF_COHORT, values![cohort])?)
}

/// The duos with a liaison that have not had the letter of a round.
pub(crate) fn unsent(tx: &mut Tx, cohort: Id, round: i64) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&UNSENT, values![cohort, round])?)
}

/// Keeps an answer; the words are sealed for the liaison of the duo. False when it was
/// answered already.
pub(crate) fn answer(tx: &mut Tx, checkin: &CheckIn, liaison: Option<Id>, answer: &Answer) -> Result<bool, Failure> {
    let sealed = match answer.words.as_str() {
        "" => None,
        words => Some(keys::seal(tx, &scope(checkin.duo, liaison), &place(checkin.id), words)?),
    };
    let now = tx.now();
    let values = values![checkin.id, now, &answer.touch, answer.met_on, answer.pulse, answer.contact, liaison, sealed];
    Ok(tx.exec(&ANSWER, values)? == 1)
}

/// What was written, for the liaison of the duo. The caller has made sure that it is they.
pub(crate) fn words(tx: &mut Tx, checkin: &CheckIn) -> Result<String, Failure> {
    let Some(sealed) = &checkin.words else { return Ok(String::new()) };
    let opened = keys::open(tx, &scope(checkin.duo, checkin.written_to), &place(checkin.id), sealed)?;
    Ok(opened.unwrap_or_default())
}

/// Check-ins that have waited for so long without an answer or a reminder.
pub(crate) fn to_remind(tx: &mut Tx, after: SignedDuration) -> Result<Vec<Id>, Failure> {
    let before = tx.now() - after;
    Ok(tx.rows(&TO_REMIND, values![before])?)
}

/// Notes that the one reminder goes out. False when it has, or when an answer came.
pub(crate) fn note_reminder(tx: &mut Tx, id: Id) -> Result<bool, Failure> {
    Ok(tx.exec(&REMINDED, values![id, tx.now()])? == 1)
}

/// Round, how many were asked, how many answered.
pub(crate) fn by_round(tx: &mut Tx, cohort: Id) -> Result<Vec<(i64, i64, i64)>, Failure> {
    Ok(tx.rows(&BY_ROUND, values![cohort])?)
}

/// Duos of which somebody said in the first check-in that they had been in touch, or met by a day.
pub(crate) fn in_touch_by(tx: &mut Tx, cohort: Id, day: Date) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&FIRST_TOUCH, values![cohort, day])?)
}

fn scope(duo: Id, liaison: Option<Id>) -> String {
    format!("checkin:{duo}:{}", liaison.unwrap_or_default())
}

fn place(id: Id) -> String {
    format!("checkins|words|{id}")
}
