//! Table `application_scores`: what reviewers think of applications, each text sealed under
//! a key of its reviewer's own. Others' are read by whoever has given their own.

use platform::{
    keys::{self, Scope},
    prelude::*,
    storage::StorageError,
};
use policy::{Grant, may, of};
use program::mine::Asking;
use serde::{Deserialize, Serialize};

use crate::applications::Application;

/// Points for each criterion by its name, so that a list that is changed later leaves
/// nothing without its meaning.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
pub(crate) struct Score {
    pub points: Vec<(String, i64)>,
    pub comment: String,
}

impl Score {
    pub fn of(&self, criterion: &str) -> Option<i64> {
        self.points.iter().find(|(name, _)| name == criterion).map(|(_, points)| *points)
    }

    pub fn numbers(&self) -> Vec<i64> {
        self.points.iter().map(|(_, points)| *points).collect()
    }
}

/// One reviewer's, with the name.
pub(crate) struct Given {
    pub name: String,
    pub score: Score,
}

row! {
    struct Line {
        reviewer: Id,
        name: String,
        words: Vec<u8>,
    }
}

sealed! {
    WORDS => "application_scores", "words", "what a reviewer thinks of an application";
}

sql! {
    KEEP => "insert into application_scores (application, reviewer, cohort, words, given_at) values ($1, $2, $3, $4, $5) on conflict (application, reviewer) do update set words = excluded.words, given_at = excluded.given_at";
    OF => "select s.reviewer, p.name, s.words from application_scores s join accounts p on p.id = s.reviewer where s.application = $1 order by s.given_at, s.reviewer";
    SCORED_BY => "select application from application_scores where cohort = $1 and reviewer = $2 order by application";
    COUNTS => "select application, count(*) as reviewers from application_scores where cohort = $1 group by application order by application";
    BY => "select s.application, s.cohort, s.words from application_scores s where s.reviewer = $1 order by s.given_at, s.application";
    REVIEWERS => "select reviewer from application_scores where application = $1 order by reviewer";
    FORGET => "delete from application_scores where application = $1";
    FORGET_BY => "delete from application_scores where reviewer = $1";
}

pub(crate) fn keep(
    tx: &mut Tx,
    grant: &Grant<of::ApplicationScore, may::Write>,
    application: &Application,
    score: &Score,
) -> Result<(), Failure> {
    let reviewer = Id::from(grant.person());
    let text = serde_json::to_string(score).map_err(|error| StorageError::Other(error.to_string()))?;
    let scope = scope(reviewer, application.id);
    let words = keys::seal(tx, &scope, &WORDS.at(application.id).by(reviewer), &text)?;
    tx.exec(&KEEP, values![application.id, reviewer, application.cohort, words, tx.now()])?;
    Ok(())
}

/// One's own, and with it everybody's; nothing of others' before one has given one's own.
pub(crate) fn read(
    tx: &mut Tx,
    grant: &Grant<of::ApplicationScore>,
    application: Id,
) -> Result<(Option<Score>, Vec<Given>), Failure> {
    let me = Id::from(grant.person());
    let lines: Vec<Line> = tx.rows(&OF, values![application])?;
    let Some(at) = lines.iter().position(|it| it.reviewer == me) else { return Ok((None, Vec::new())) };
    let mut all = Vec::new();
    let mut own = None;
    for (place, line) in lines.into_iter().enumerate() {
        let Some(score) = opened(tx, application, line.reviewer, &line.words)? else { continue };
        if place == at {
            own = Some(score.clone());
        }
        all.push(Given { name: line.name, score });
    }
    Ok((own, all))
}

/// The applications of a cohort that somebody has scored.
pub(crate) fn scored_by(tx: &mut Tx, cohort: Id, reviewer: Id) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&SCORED_BY, values![cohort, reviewer])?)
}

/// How many reviewers have scored each application that anybody has.
pub(crate) fn counts(tx: &mut Tx, cohort: Id) -> Result<Vec<(Id, i64)>, Failure> {
    Ok(tx.rows(&COUNTS, values![cohort])?)
}

/// What somebody gave as a reviewer, for themselves: the application and the score.
pub(crate) fn given_by(tx: &mut Tx, asking: &Asking) -> Result<Vec<(Id, Id, Score)>, Failure> {
    let reviewer = asking.person();
    let mut given = Vec::new();
    for (application, cohort, words) in tx.rows::<(Id, Id, Vec<u8>)>(&BY, values![reviewer])? {
        if let Some(score) = opened(tx, application, reviewer, &words)? {
            given.push((application, cohort, score));
        }
    }
    Ok(given)
}

/// With the application, what was thought of it goes.
pub(crate) fn forget(tx: &mut Tx, application: Id) -> Result<(), Failure> {
    for reviewer in tx.rows::<Id>(&REVIEWERS, values![application])? {
        keys::shred(tx, &scope(reviewer, application))?;
    }
    tx.exec(&FORGET, values![application])?;
    Ok(())
}

pub(crate) fn forget_by(tx: &mut Tx, reviewer: Id) -> Result<(), Failure> {
    tx.exec(&FORGET_BY, values![reviewer])?;
    Ok(())
}

fn opened(tx: &mut Tx, application: Id, reviewer: Id, words: &[u8]) -> Result<Option<Score>, Failure> {
    let place = WORDS.at(application).by(reviewer);
    let text = keys::open(tx, &scope(reviewer, application), &place, words)?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

/// The key of what one reviewer wrote of one application; it goes with either.
fn scope(reviewer: Id, application: Id) -> Scope {
    Scope::owned("score", reviewer, application)
}
