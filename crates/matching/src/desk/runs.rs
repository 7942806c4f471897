//! Tables `matching_runs` and `matching_run_people`: every question that was put to the
//! engine, and its answer, to be repeated to the byte while they are kept. ALG5.

use jiff::Timestamp;
use pairing::{Outcome, PairingFile, Plan, Refusal};
use platform::{
    keys::{self, Scope},
    prelude::*,
    storage::StorageError,
};
use policy::{Grant, of};
use serde::Deserialize;

use super::{kept_settings, settings::Settings};

row! {
    #[derive(PartialEq, Eq)]
    pub(crate) struct Run {
        pub(crate) id: Id,
        pub(crate) cohort: Id,
        /// Its running number in the cohort.
        pub(crate) number: i64,
        pub(crate) made_by: Id,
        pub(crate) made_by_name: String,
        pub(crate) made_at: Timestamp,
        /// The version of the engine.
        pub(crate) engine: i64,
        settings: String,
        pub(crate) mentees: i64,
        pub(crate) pairs: i64,
        /// Millionths of a point.
        pub(crate) total: i64,
        pub(crate) blocking: i64,
    }
}

sealed! {
    QUESTION => "matching_runs", "question", "what the engine was asked: answers and wishes as a pairing file";
    ANSWER => "matching_runs", "answer", "the plan that came of it, as it was written";
}

sql! {
    ADD => "insert into matching_runs (id, cohort, number, made_by, made_at, engine, settings, mentees, pairs, total, blocking, question, answer) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    ADD_PERSON => "insert into matching_run_people (run, person) values ($1, $2) on conflict do nothing";
    NEXT_NUMBER => "select coalesce(max(number), 0) + 1 as next_number from matching_runs where cohort = $1";
    FIND => "select r.id, r.cohort, r.number, r.made_by, a.name, r.made_at, r.engine, r.settings, r.mentees, r.pairs, r.total, r.blocking from matching_runs r join accounts a on a.id = r.made_by where r.id = $1";
    IN_COHORT => "select r.id, r.cohort, r.number, r.made_by, a.name, r.made_at, r.engine, r.settings, r.mentees, r.pairs, r.total, r.blocking from matching_runs r join accounts a on a.id = r.made_by where r.cohort = $1 order by r.number desc";
    CONTENT => "select question, answer from matching_runs where id = $1";
    OF_PERSON => "select run from matching_run_people where person = $1 order by run";
    COHORTS => "select distinct cohort from matching_runs where question is not null order by cohort";
    RUNS_OF => "select id from matching_runs where cohort = $1 order by number";
    EMPTY => "update matching_runs set question = null, answer = null where id = $1";
    DROP_PEOPLE => "delete from matching_run_people where run = $1";
}

impl Run {
    pub(crate) fn settings(&self) -> Settings {
        serde_json::from_str(&self.settings).unwrap_or_else(|_| Settings::start())
    }

    pub(crate) fn points(&self) -> String {
        pairing::Points::from_micro(u64::try_from(self.total).unwrap_or(0)).to_string()
    }

    pub(crate) fn path(&self) -> String {
        format!("{}/{}", super::runs_path(self.cohort), self.id)
    }
}

/// What was asked, what was answered, and both as bytes.
pub(crate) struct Content {
    pub(crate) file: PairingFile,
    pub(crate) plan: Plan,
    pub(crate) question: String,
    pub(crate) answer: String,
}

/// What stands beside the plan in the answer.
#[derive(Deserialize)]
struct Beside {
    outcomes: Vec<Outcome>,
}

impl Content {
    pub(crate) fn of(question: String, answer: String) -> Result<Self, serde_json::Error> {
        let (file, plan) = (serde_json::from_str(&question)?, serde_json::from_str(&answer)?);
        Ok(Self { file, plan, question, answer })
    }

    /// What each objective would have given.
    pub(crate) fn outcomes(&self) -> Vec<Outcome> {
        serde_json::from_str::<Beside>(&self.answer).map(|it| it.outcomes).unwrap_or_default()
    }
}

/// Keeps a question with its answer.
pub(crate) fn keep(tx: &mut Tx, cohort: Id, by: Id, settings: &Settings, content: &Content) -> Result<Id, Failure> {
    let (id, number) = (tx.fresh_id(), tx.one::<i64>(&NEXT_NUMBER, values![cohort])?);
    let told = serde_json::to_string(settings).map_err(|error| unreadable(&error))?;
    let sealed_question = keys::seal(tx, &scope(id), &QUESTION.at(id), &content.question)?;
    let sealed_answer = keys::seal(tx, &scope(id), &ANSWER.at(id), &content.answer)?;
    let plan = &content.plan;
    let number_of = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let values = values![
        id,
        cohort,
        number,
        by,
        tx.now(),
        i64::from(pairing::VERSION),
        told,
        number_of(content.file.mentees.len()),
        number_of(plan.pairs.len()),
        i64::try_from(plan.total.micro()).unwrap_or(i64::MAX),
        number_of(plan.blocking_pairs),
        sealed_question,
        sealed_answer
    ];
    tx.exec(&ADD, values)?;
    kept_settings::write(tx, cohort, settings)?;
    let mentors = content.file.mentors.iter().map(|it| &it.id);
    for person in content.file.mentees.iter().map(|it| &it.id).chain(mentors).filter_map(|id| Id::parse(id)) {
        tx.exec(&ADD_PERSON, values![id, person])?;
    }
    journal::record(tx, "matching run made", id, Some(by), Some(cohort))?;
    Ok(id)
}

pub(crate) fn find(tx: &mut Tx, id: Id) -> Result<Option<Run>, Failure> {
    Ok(tx.row(&FIND, values![id])?)
}

/// The run in the path, of the cohort in the path.
pub(crate) fn of_path(tx: &mut Tx, visit: &Visit) -> Result<Run, Failure> {
    let cohort = visit.id("cohort")?;
    find(tx, visit.id("run")?)?.filter(|it| it.cohort == cohort).ok_or(Failure::NotFound)
}

/// The newest first.
pub(crate) fn in_cohort(tx: &mut Tx, cohort: Id) -> Result<Vec<Run>, Failure> {
    Ok(tx.rows(&IN_COHORT, values![cohort])?)
}

/// What stands in a run; `None` once it is gone.
pub(crate) fn content(tx: &mut Tx, _: &Grant<of::Proposal>, run: Id) -> Result<Option<Content>, Failure> {
    let found = tx.row::<(Option<Vec<u8>>, Option<Vec<u8>>)>(&CONTENT, values![run])?;
    let Some((Some(question), Some(answer))) = found else { return Ok(None) };
    let question = keys::open(tx, &scope(run), &QUESTION.at(run), &question)?;
    let answer = keys::open(tx, &scope(run), &ANSWER.at(run), &answer)?;
    let content = question.zip(answer).map(|(question, answer)| Content::of(question, answer));
    content.transpose().map_err(|error| unreadable(&error))
}

/// Puts the same question to the engine as it is now.
pub(crate) fn again(content: &Content, settings: &Settings) -> Result<String, Refusal> {
    pairing::run_json(content.question.as_bytes(), settings.objective)
}

pub(crate) fn of_person(tx: &mut Tx, person: Id) -> Result<Vec<Run>, Failure> {
    let mut runs = Vec::new();
    for id in tx.rows::<Id>(&OF_PERSON, values![person])? {
        runs.extend(find(tx, id)?);
    }
    Ok(runs)
}

/// Cohorts with a run whose content is still there.
pub(crate) fn cohorts(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&COHORTS, values![])?)
}

pub(crate) fn forget_in(tx: &mut Tx, cohort: Id) -> Result<(), Failure> {
    for run in tx.rows::<Id>(&RUNS_OF, values![cohort])? {
        forget(tx, run)?;
    }
    Ok(())
}

/// Takes away what was asked and answered. That there was a run, and how it came out in
/// numbers, stays.
pub(crate) fn forget(tx: &mut Tx, run: Id) -> Result<(), Failure> {
    keys::shred(tx, &scope(run))?;
    tx.exec(&EMPTY, values![run])?;
    tx.exec(&DROP_PEOPLE, values![run])?;
    Ok(())
}

fn scope(run: Id) -> Scope {
    Scope::new("run", run)
}

fn unreadable(error: &serde_json::Error) -> Failure {
    Failure::Storage(StorageError::Other(format!("a run of the engine is not readable: {error}")))
}
