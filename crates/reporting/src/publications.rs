//! Table `report_publications`: the submitted reports whose figures anyone may read.

use jiff::Timestamp;
use platform::prelude::*;
use policy::{Condition, Facts, Grant, Scope, Subject, may, of};

sql! {
    ADD => "insert into report_publications (report, published_at) values ($1, $2) on conflict (report) do nothing";
    REMOVE => "delete from report_publications where report = $1";
    SINCE => "select published_at from report_publications where report = $1";
    ALL => "select p.report from report_publications p join reports r on r.id = p.report order by r.submitted_at desc, r.id";
}

/// Publishes the figures of a submitted report. False where they are published already.
pub fn add(tx: &mut Tx, report: Id) -> Result<bool, Failure> {
    Ok(tx.exec(&ADD, values![report, tx.now()])? == 1)
}

/// Takes them back. False where they were not published.
pub fn remove(tx: &mut Tx, report: Id) -> Result<bool, Failure> {
    Ok(tx.exec(&REMOVE, values![report])? == 1)
}

pub fn since(tx: &mut Tx, report: Id) -> Result<Option<Timestamp>, Failure> {
    Ok(tx.row(&SINCE, values![report])?)
}

/// Proof that the figures of a report are there for everyone: judged as for a stranger,
/// whoever asks.
pub fn proof(tx: &mut Tx, report: Id, cohort: Id) -> Result<Grant<of::ReportDraft>, Failure> {
    let is_published = since(tx, report)?.is_some();
    let facts = Facts::in_cohort(cohort.number()).when(is_published, Condition::IsPublished);
    policy::grant(&Subject::default(), &facts).ok_or(Failure::NotFound)
}

/// What is published, the newest first.
pub fn all(tx: &mut Tx, _: &Scope<of::ReportDraft, may::Read>) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&ALL, values![])?)
}
