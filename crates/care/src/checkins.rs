//! Table `checkins`: six letters with four questions to each person of a duo.
//!
//! Invariant: an answer is read by the one who accompanies the duo at this moment, and by
//! nobody else. That the two are in touch and when they met stands in clear, for it is
//! counted; how it goes, the wish for a word and what was written are sealed under the key
//! of this duo's check-ins.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, civil::Date};
use platform::{
    keys::{self, Place, Scope},
    prelude::*,
    storage::StorageError,
};
use policy::{Grant, may, of};
use serde::{Deserialize, Serialize};

use crate::{look::Morning, openings, rules::days};

/// What the answers of a duo are called where people see who has read theirs.
pub(crate) const RECORD: &str = "check-in answers";

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
        pub written_to: Option<Id>,
        /// When its author said it anew.
        pub changed_at: Option<Timestamp>,
        answers: Option<Vec<u8>>,
    }
}

/// That it went out and when it was answered, and nothing of what was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Brief {
    pub duo: Id,
    pub person: Id,
    pub round: i64,
    pub sent_at: Timestamp,
    pub answered_at: Option<Timestamp>,
}

impl From<CheckIn> for Brief {
    fn from(CheckIn { duo, person, round, sent_at, answered_at, .. }: CheckIn) -> Self {
        Self { duo, person, round, sent_at, answered_at }
    }
}

/// What is sealed of an answer.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(crate) struct Given {
    pub pulse: Option<i64>,
    pub contact: bool,
    pub words: String,
}

/// Whether a word is wanted before anything else: it does not work, or they ask for it.
pub(crate) fn wants_a_word(contact: bool, pulse: Option<i64>) -> bool {
    contact || pulse.is_some_and(|it| it <= LOW)
}

/// An answer to "Is this working for you?" that says that it does not.
const LOW: i64 = 2;

/// What somebody answered.
pub(crate) struct Answer {
    pub touch: String,
    pub met_on: Option<Date>,
    pub pulse: Option<i64>,
    pub contact: bool,
    pub words: String,
}

sealed! {
    ANSWERS => "checkins", "answers", "how it goes, as it was told to the liaison";
}

sql! {
    ADD => "insert into checkins (id, cohort, duo, person, round, sent_at) values ($1, $2, $3, $4, $5, $6) on conflict (duo, person, round) do nothing";
    FIND => "select id, cohort, duo, person, round, sent_at, answered_at, touch, met_on, written_to, changed_at, answers from checkins where id = $1";
    OF_DUO => "select id, cohort, duo, person, round, sent_at, answered_at, touch, met_on, written_to, changed_at, answers from checkins where duo = $1 order by round desc, person";
    OF_PERSON => "select id, cohort, duo, person, round, sent_at, answered_at, touch, met_on, written_to, changed_at, answers from checkins where person = $1 order by sent_at, id";
    WAITING_FOR => "select id, cohort, duo, person, round, sent_at, answered_at, touch, met_on, written_to, changed_at, answers from checkins where person = $1 and answered_at is null order by round desc";
    IN_COHORT => "select id, cohort, duo, person, round, sent_at, answered_at, touch, met_on, written_to, changed_at, answers from checkins where cohort = $1 order by duo, round, person";
    UNSENT => "select l.duo from liaisons l where l.cohort = $1 and l.until is null and not exists (select 1 from checkins c where c.duo = l.duo and c.round = $2)";
    ANSWER => "update checkins set answered_at = $2, touch = $3, met_on = $4, written_to = $5, answers = $6 where id = $1 and answered_at is null";
    CHANGE => "update checkins set changed_at = $2, touch = $3, met_on = $4, written_to = $5, answers = $6 where id = $1 and answers is not null";
    FOLLOWED => "select count(*) as later from checkins where duo = $1 and person = $2 and round > $3";
    KEPT_DUOS => "select distinct cohort, duo from checkins where answers is not null order by cohort, duo";
    FORGET => "update checkins set touch = null, met_on = null, answers = null where duo = $1";
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

/// All of a person, the oldest first. For themselves alone.
pub(crate) fn of_person(tx: &mut Tx, person: Id) -> Result<Vec<CheckIn>, Failure> {
    Ok(tx.rows(&OF_PERSON, values![person])?)
}

/// What a person has not answered, the newest first.
pub(crate) fn waiting_for(tx: &mut Tx, person: Id) -> Result<Vec<CheckIn>, Failure> {
    Ok(tx.rows(&WAITING_FOR, values![person])?)
}

pub(crate) fn brief_of_duo(tx: &mut Tx, duo: Id) -> Result<Vec<Brief>, Failure> {
    Ok(of_duo(tx, duo)?.into_iter().rev().map(Brief::from).collect())
}

pub(crate) fn brief_of_cohort(tx: &mut Tx, cohort: Id) -> Result<Vec<Brief>, Failure> {
    Ok(in_cohort(tx, cohort)?.into_iter().map(Brief::from).collect())
}

fn in_cohort(tx: &mut Tx, cohort: Id) -> Result<Vec<CheckIn>, Failure> {
    Ok(tx.rows(&IN_COHORT, values![cohort])?)
}

/// What each of two said last to "Is this working for you?", by duo and person. Nobody
/// reads it here: the house looks by itself whether a duo needs a word.
pub(crate) fn pulses(tx: &mut Tx, _: &Morning, cohort: Id) -> Result<BTreeMap<(Id, Id), i64>, Failure> {
    let mut pulses = BTreeMap::new();
    for checkin in in_cohort(tx, cohort)? {
        if let Some(pulse) = opened(tx, &checkin)?.and_then(|given| given.pulse) {
            pulses.insert((checkin.duo, checkin.person), pulse);
        }
    }
    Ok(pulses)
}

/// Whether somebody asked for a word when they last answered; the house alone knows.
pub(crate) fn asks_for_a_word(tx: &mut Tx, _: &Morning, duo: Id, person: Id) -> Result<bool, Failure> {
    let newest_first = of_duo(tx, duo)?;
    let last = newest_first.iter().find(|it| it.person == person && it.answered_at.is_some());
    let given = last.map(|it| opened(tx, it)).transpose()?.flatten();
    Ok(given.is_some_and(|it| wants_a_word(it.contact, it.pulse)))
}

/// The duos with a liaison that have not had the letter of a round.
pub(crate) fn unsent(tx: &mut Tx, cohort: Id, round: i64) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&UNSENT, values![cohort, round])?)
}

/// Keeps an answer. False when it was answered already.
pub(crate) fn answer(tx: &mut Tx, checkin: &CheckIn, liaison: Option<Id>, answer: &Answer) -> Result<bool, Failure> {
    let sealed = sealed(tx, checkin, answer)?;
    let values = values![checkin.id, tx.now(), &answer.touch, answer.met_on, liaison, sealed];
    Ok(tx.exec(&ANSWER, values)? == 1)
}

/// Keeps what its author says now in the place of what they said. False when it is no longer
/// theirs to change.
pub(crate) fn change(
    tx: &mut Tx,
    _: &Grant<of::CheckinAnswer, may::Write>,
    (checkin, liaison): (&CheckIn, Option<Id>),
    answer: &Answer,
) -> Result<bool, Failure> {
    if !may_be_changed(tx, checkin)? {
        return Ok(false);
    }
    let sealed = sealed(tx, checkin, answer)?;
    let values = values![checkin.id, tx.now(), &answer.touch, answer.met_on, liaison, sealed];
    Ok(tx.exec(&CHANGE, values)? == 1)
}

/// Whether an answer is still its author's to change: it is kept, and the next check-in has
/// not gone out.
pub(crate) fn may_be_changed(tx: &mut Tx, checkin: &CheckIn) -> Result<bool, Failure> {
    let later: i64 = tx.one(&FOLLOWED, values![checkin.duo, checkin.person, checkin.round])?;
    let is_kept = checkin.answers.is_some();
    Ok(is_kept && days::may_be_changed(checkin.sent_at, later > 0, tx.now()))
}

fn sealed(tx: &mut Tx, checkin: &CheckIn, answer: &Answer) -> Result<Vec<u8>, Failure> {
    let given = Given { pulse: answer.pulse, contact: answer.contact, words: answer.words.clone() };
    let text = serde_json::to_string(&given).map_err(unreadable)?;
    Ok(keys::seal(tx, &scope(checkin.duo), &place(checkin), &text)?)
}

/// What was told to the liaison; nothing where nobody has answered, or where the answer is
/// no longer kept.
pub(crate) fn given(tx: &mut Tx, _: &Grant<of::CheckinAnswer>, checkin: &CheckIn) -> Result<Option<Given>, Failure> {
    opened(tx, checkin)
}

/// For those who were shown to be readers, and for the morning's look.
fn opened(tx: &mut Tx, checkin: &CheckIn) -> Result<Option<Given>, Failure> {
    let Some(sealed) = &checkin.answers else { return Ok(None) };
    let text = keys::open(tx, &scope(checkin.duo), &place(checkin), sealed)?;
    text.map(|text| serde_json::from_str(&text).map_err(unreadable)).transpose()
}

/// The duos, with their cohorts, of which answers are still kept.
pub(crate) fn kept_duos(tx: &mut Tx) -> Result<Vec<(Id, Id)>, Failure> {
    Ok(tx.rows(&KEPT_DUOS, values![])?)
}

/// Destroys the key of a duo's answers, and deletes them. That somebody answered stays.
pub(crate) fn forget(tx: &mut Tx, duo: Id) -> Result<(), Failure> {
    keys::shred(tx, &scope(duo))?;
    tx.exec(&FORGET, values![duo])?;
    openings::empty_reasons(tx, duo)
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

/// The key of what the two of a duo tell their liaison.
pub(crate) fn scope(duo: Id) -> Scope {
    Scope::new("checkins", duo)
}

fn place(checkin: &CheckIn) -> Place {
    ANSWERS.at(checkin.id).by(checkin.person)
}

fn unreadable(error: serde_json::Error) -> Failure {
    Failure::Storage(StorageError::Other(format!("an answer to a check-in is not readable: {error}")))
}
