//! Tables `survey_answers`, `survey_drafts` and `survey_secrets`.
//!
//! # Design
//! An answer stands under a random key beside a code: a keyed hash of person and family
//! of surveys, so that answers of the same person at start, middle and end find each
//! other and nobody can say whose they are. The secret of that hash is sealed under a
//! key outside the database and destroyed two years after the session. Nothing here
//! has a time, and no journal line is written when somebody answers.

use forms::Answers;
use platform::{
    keys::{self, Place, Scope},
    prelude::*,
    storage::StorageError,
};
use policy::{Grant, of};

use crate::{plan, rules::codes, surveys, surveys::Survey};

sealed! {
    DRAFT_ANSWERS => "survey_drafts", "sealed", "answers to a survey, begun and not sent";
    CODES => "survey_secrets", "sealed", "the secret that turns people into codes";
}

sql! {
    ADD => "insert into survey_answers (survey, key, pseudonym, data) values ($1, $2, $3, $4)";
    OF_SURVEY => "select pseudonym, data from survey_answers where survey = $1 order by key";
    KEEP_DRAFT => "insert into survey_drafts (survey, key, sealed) values ($1, $2, $3) on conflict (survey, key) do update set sealed = excluded.sealed";
    DRAFT => "select sealed from survey_drafts where survey = $1 and key = $2";
    DROP_DRAFT => "delete from survey_drafts where survey = $1 and key = $2";
    DROP_DRAFTS => "delete from survey_drafts where survey = $1";
    SECRET => "select sealed from survey_secrets where cohort = $1";
    ADD_SECRET => "insert into survey_secrets (cohort, sealed) values ($1, $2) on conflict (cohort) do nothing";
    DROP_SECRET => "delete from survey_secrets where cohort = $1";
    WITH_SECRET => "select cohort from survey_secrets order by cohort";
    FORGET => "delete from survey_answers where survey in (select id from surveys where cohort = $1)";
}

/// What one person answered, under their code.
pub struct Given {
    pub code: Vec<u8>,
    pub answers: Answers,
}

/// Keeps an answer for good. False when the person has answered before.
pub fn give(tx: &mut Tx, survey: &Survey, person: Id, answers: &Answers) -> Result<bool, Failure> {
    tx.lock(survey.id)?;
    if surveys::has_answered(tx, survey.id, person)? != Some(false) {
        return Ok(false);
    }
    let secret = make_secret(tx, survey.cohort)?;
    let code = codes::code(&secret, person, plan::family(&survey.role));
    let key = tx.chance().bytes::<16>().to_vec();
    tx.exec(&ADD, values![survey.id, key, code, answers.to_json()])?;
    tx.exec(&DROP_DRAFT, values![survey.id, codes::draft_key(&secret, survey.id, person)])?;
    surveys::mark_answered(tx, survey.id, person)?;
    Ok(true)
}

/// All answers, in the order of their random keys.
pub fn given(tx: &mut Tx, survey: Id) -> Result<Vec<Given>, Failure> {
    let rows: Vec<(Vec<u8>, String)> = tx.rows(&OF_SURVEY, values![survey])?;
    let read = |(code, data): (Vec<u8>, String)| {
        let broken = || StorageError::Other("an answer to a survey cannot be read".to_owned());
        Ok(Given { code, answers: Answers::from_json(&data).ok_or_else(broken)? })
    };
    rows.into_iter().map(read).collect()
}

/// Keeps what was answered so far, to come back to.
pub fn keep_draft(tx: &mut Tx, survey: &Survey, person: Id, answers: &Answers) -> Result<(), Failure> {
    let secret = make_secret(tx, survey.cohort)?;
    let key = codes::draft_key(&secret, survey.id, person);
    let sealed = keys::seal(tx, &scope(survey.cohort), &draft_place(survey.id, &key), &answers.to_json())?;
    tx.exec(&KEEP_DRAFT, values![survey.id, key, sealed])?;
    Ok(())
}

/// What somebody has begun and not sent, for themselves.
pub fn draft(tx: &mut Tx, proof: &Grant<of::SurveyAnswer>, survey: &Survey) -> Result<Option<Answers>, Failure> {
    let person = Id::from(proof.person());
    let Some(secret) = secret(tx, survey.cohort)? else { return Ok(None) };
    let key = codes::draft_key(&secret, survey.id, person);
    let Some(sealed) = tx.row::<Vec<u8>>(&DRAFT, values![survey.id, key.clone()])? else { return Ok(None) };
    let text = keys::open(tx, &scope(survey.cohort), &draft_place(survey.id, &key), &sealed)?;
    Ok(text.and_then(|text| Answers::from_json(&text)))
}

/// Drops what one person has begun and not sent.
pub fn drop_draft(tx: &mut Tx, survey: &Survey, person: Id) -> Result<(), Failure> {
    let Some(secret) = secret(tx, survey.cohort)? else { return Ok(()) };
    tx.exec(&DROP_DRAFT, values![survey.id, codes::draft_key(&secret, survey.id, person)])?;
    Ok(())
}

/// What was begun and not sent by the close is nobody's answer.
pub fn drop_drafts(tx: &mut Tx, survey: Id) -> Result<(), Failure> {
    tx.exec(&DROP_DRAFTS, values![survey])?;
    Ok(())
}

/// The code of a person, to pair the two sides of a duo in a total.
pub fn code_of(tx: &mut Tx, survey: &Survey, person: Id) -> Result<Option<Vec<u8>>, Failure> {
    let secret = secret(tx, survey.cohort)?;
    Ok(secret.map(|secret| codes::code(&secret, person, plan::family(&survey.role))))
}

pub fn cohorts_with_secret(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&WITH_SECRET, values![])?)
}

/// Destroys the secret behind the codes and the answers under them. The totals stay.
pub fn forget(tx: &mut Tx, cohort: Id) -> Result<(), Failure> {
    keys::shred(tx, &scope(cohort))?;
    tx.exec(&DROP_SECRET, values![cohort])?;
    tx.exec(&FORGET, values![cohort])?;
    journal::record(tx, "survey answers forgotten", cohort, None, Some(cohort))?;
    Ok(())
}

fn secret(tx: &mut Tx, cohort: Id) -> Result<Option<String>, Failure> {
    let Some(sealed) = tx.row::<Vec<u8>>(&SECRET, values![cohort])? else { return Ok(None) };
    Ok(keys::open(tx, &scope(cohort), &secret_place(cohort), &sealed)?)
}

fn make_secret(tx: &mut Tx, cohort: Id) -> Result<String, Failure> {
    if let Some(secret) = secret(tx, cohort)? {
        return Ok(secret);
    }
    let fresh = tx.chance().token();
    let sealed = keys::seal(tx, &scope(cohort), &secret_place(cohort), &fresh)?;
    tx.exec(&ADD_SECRET, values![cohort, sealed])?;
    // Somebody else may have made it a moment ago; then theirs counts.
    let gone = || StorageError::Other("the secret behind the codes cannot be opened".to_owned());
    Ok(secret(tx, cohort)?.ok_or_else(gone)?)
}

fn scope(cohort: Id) -> Scope {
    Scope::new("surveys", cohort)
}

fn secret_place(cohort: Id) -> Place {
    CODES.at(cohort)
}

fn draft_place(survey: Id, key: &[u8]) -> Place {
    DRAFT_ANSWERS.at(format!("{survey}:{}", codes::hex(key)))
}
