//! The journal: what happened, who did it, when. Written in the same unit of work as
//! the change; rooms further on act on it later, as jobs.

use jiff::Timestamp;

use crate::{
    audit::Gathered,
    ids::Id,
    row, sql,
    storage::{Result, Tx},
    values,
};

row! {
    pub struct Line {
        pub seq: i64,
        pub what: String,
        pub about: Id,
        pub done_by: Option<Id>,
        pub done_at: Timestamp,
    }
}

sql! {
    RECORD => "insert into journal (what, about, done_by, cohort, done_at) values ($1, $2, $3, $4, $5)";
    OF_COHORT => "select seq, what, about, done_by, done_at from journal where cohort = $1 order by seq desc limit $2";
    ABOUT => "select seq, what, about, done_by, done_at from journal where about = $1 order by seq";
    TIMES => "select count(*) as times from journal where what = $1 and about = $2";
}

/// Writes one line. `what` is a short past sentence such as "duo formed". The audit is told too.
pub fn record(tx: &mut Tx, what: &'static str, about: Id, by: Option<Id>, cohort: Option<Id>) -> Result<()> {
    tx.gather(|acting, now| Gathered::told(acting, now, what, about, (by, cohort)));
    tx.exec(&RECORD, values![what, about, by, cohort, tx.now()]).map(|_| ())
}

/// The newest lines of a cohort, newest first.
pub fn of_cohort(tx: &mut Tx, cohort: Id, most: i64) -> Result<Vec<Line>> {
    tx.rows(&OF_COHORT, values![cohort, most])
}

pub fn about(tx: &mut Tx, about: Id) -> Result<Vec<Line>> {
    tx.rows(&ABOUT, values![about])
}

pub fn has(tx: &mut Tx, what: &str, about: Id) -> Result<bool> {
    Ok(tx.one::<i64>(&TIMES, values![what, about])? > 0)
}
