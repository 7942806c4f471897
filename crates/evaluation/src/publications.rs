//! Table `survey_publications`: the closed surveys whose totals anyone may read.

use jiff::Timestamp;
use platform::prelude::*;
use policy::{Condition, Facts, Grant, Scope, Subject, may, of};

use crate::{
    results::{self, Results},
    surveys,
};

row! {
    struct Line {
        survey: Id,
        cohort: Id,
        name: String,
    }
}

/// A survey whose totals are published.
pub struct Published {
    pub survey: Id,
    pub cohort: Id,
    pub title: String,
}

sql! {
    ADD => "insert into survey_publications (survey, published_at) select id, $2 from surveys where id = $1 and state = 'closed' on conflict (survey) do nothing";
    REMOVE => "delete from survey_publications where survey = $1";
    SINCE => "select published_at from survey_publications where survey = $1";
    COUNT => "select count(*) as surveys from survey_publications";
    ALL => "select p.survey, s.cohort, s.name from survey_publications p join surveys s on s.id = p.survey order by s.opens desc, s.id";
}

/// Publishes the totals of a closed survey. False where they are published already, or
/// where it has not closed.
pub fn add(tx: &mut Tx, survey: Id) -> Result<bool, Failure> {
    Ok(tx.exec(&ADD, values![survey, tx.now()])? == 1)
}

/// Takes them back. False where they were not published.
pub fn remove(tx: &mut Tx, survey: Id) -> Result<bool, Failure> {
    Ok(tx.exec(&REMOVE, values![survey])? == 1)
}

pub fn since(tx: &mut Tx, survey: Id) -> Result<Option<Timestamp>, Failure> {
    Ok(tx.row(&SINCE, values![survey])?)
}

/// Proof that the totals of a survey are there for everyone.
///
/// # Design
/// It is judged as for a stranger, whoever asks: what a chair may read besides stands on
/// the chair's own page and never on the one that is open to all.
pub fn proof(tx: &mut Tx, survey: Id, cohort: Id) -> Result<Grant<of::SurveyAggregate>, Failure> {
    let is_published = since(tx, survey)?.is_some();
    let facts = Facts::in_cohort(cohort.number()).when(is_published, Condition::IsPublished);
    policy::grant(&Subject::default(), &facts).ok_or(Failure::NotFound)
}

/// The totals of a survey as everyone may read them.
pub fn totals(tx: &mut Tx, proof: &Grant<of::SurveyAggregate>, cohort: Id, name: &str) -> Result<Results, Failure> {
    results::results(tx, proof, cohort, name)?.filter(Results::has_totals).ok_or(Failure::NotFound)
}

pub fn is_any(tx: &mut Tx, _: &Scope<of::SurveyAggregate, may::Read>) -> Result<bool, Failure> {
    Ok(tx.one::<i64>(&COUNT, values![])? > 0)
}

/// What is published, the newest survey first.
pub fn all(tx: &mut Tx, _: &Scope<of::SurveyAggregate, may::Read>) -> Result<Vec<Published>, Failure> {
    let mut published = Vec::new();
    for line in tx.rows::<Line>(&ALL, values![])? {
        let Some(survey) = surveys::named(tx, line.cohort, &line.name)? else { continue };
        let title = surveys::form(tx, &survey)?.title;
        published.push(Published { survey: line.survey, cohort: line.cohort, title });
    }
    Ok(published)
}
