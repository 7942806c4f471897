//! Table `directories`: when the directory of a cohort may be read. The calendar decides;
//! this is its copy for the one page that everybody reads, kept in step by a job.

use jiff::Timestamp;
use platform::{prelude::*, storage::Query};
use program::Cohort;

row! {
    #[derive(PartialEq, Eq)]
    pub(crate) struct Window {
        pub(crate) cohort: Id,
        pub(crate) opens_at: Timestamp,
        pub(crate) closes_at: Timestamp,
    }
}

impl Window {
    pub(crate) fn is_open(&self, now: Timestamp) -> bool {
        self.opens_at <= now && now <= self.closes_at
    }
}

sql! {
    FIND => "select cohort, opens_at, closes_at from directories where cohort = $1";
    WRITE => "insert into directories (cohort, opens_at, closes_at) values ($1, $2, $3) on conflict (cohort) do update set opens_at = excluded.opens_at, closes_at = excluded.closes_at";
}

row! {
    /// The window, with the sealed list of those the reader is not shown to.
    struct Seen {
        cohort: Id,
        opens_at: Timestamp,
        closes_at: Timestamp,
        apart: Option<Vec<u8>>,
    }
}

/// A window and, still sealed, whom a mentee is not shown to.
pub(crate) type WithApart = (Window, Option<Vec<u8>>);

/// The newest window among these cohorts, in one question.
pub(crate) fn newest(tx: &mut Tx, cohorts: &[Id], mentee: Id) -> Result<Option<WithApart>, Failure> {
    let mut query = Query::new(
        "select d.cohort, d.opens_at, d.closes_at, a.mentors as apart from directories d left join kept_apart a on a.cohort = d.cohort and a.mentee = ",
    );
    query.bind(mentee).push(" where d.cohort in (");
    for (place, cohort) in cohorts.iter().enumerate() {
        query.push(if place == 0 { "" } else { ", " }).bind(*cohort);
    }
    query.push(") order by d.opens_at desc limit 1");
    if let Some(Seen { cohort, opens_at, closes_at, apart }) = tx.query(&query)?.into_iter().next() {
        return Ok(Some((Window { cohort, opens_at, closes_at }, apart)));
    }
    // Before the job has run for the first time, the calendar itself is asked.
    for cohort in cohorts {
        if let Some(cohort) = program::cohort(tx, *cohort)? {
            return Ok(Some((from_calendar(tx, &cohort)?, None)));
        }
    }
    Ok(None)
}

/// What the calendar says: exact also in the second in which somebody moved a date.
pub(crate) fn from_calendar(tx: &mut Tx, cohort: &Cohort) -> Result<Window, Failure> {
    let calendar = program::calendar::of(tx, cohort)?;
    let opens_at = calendar.at(calendar.day("directory_opens"), 0);
    let closes_at = calendar.last_second(calendar.day("directory_closes"));
    Ok(Window { cohort: cohort.id, opens_at, closes_at })
}

/// Whether mentees of this cohort may choose at this moment.
pub(crate) fn is_open(tx: &mut Tx, cohort: &Cohort) -> Result<bool, Failure> {
    let now = tx.now();
    Ok(cohort.is_open() && from_calendar(tx, cohort)?.is_open(now))
}

pub(crate) fn is_in_step(tx: &mut Tx, cohort: &Cohort) -> Result<bool, Failure> {
    let wanted = from_calendar(tx, cohort)?;
    Ok(tx.row::<Window>(&FIND, values![cohort.id])?.is_some_and(|kept| kept == wanted))
}

pub(crate) fn bring_in_step(tx: &mut Tx, cohort: &Cohort) -> Result<(), Failure> {
    let window = from_calendar(tx, cohort)?;
    tx.exec(&WRITE, values![window.cohort, window.opens_at, window.closes_at])?;
    Ok(())
}
