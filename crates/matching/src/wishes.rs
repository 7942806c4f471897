//! Table `wishes`: whom a mentee would like, in order. Read by the mentee alone.

use platform::prelude::*;

use crate::rules::WAITING_AT_MOST;

row! {
    #[derive(PartialEq, Eq)]
    pub(crate) struct Wish {
        pub(crate) mentor: Id,
        pub(crate) name: String,
        pub(crate) note: String,
        /// `shown`, `paused`, `taken`; empty where there is no profile any more.
        pub(crate) profile_state: String,
        pub(crate) waiting: i64,
    }
}

impl Wish {
    /// Now or later; a mentor who has found somebody else, or left, takes no room on a list.
    pub(crate) fn can_still_be_asked(&self) -> bool {
        matches!(self.profile_state.as_str(), "shown" | "paused")
    }
}

sql! {
    OF_MENTEE => "select w.mentor, a.name, w.note, coalesce(p.state, '') as profile_state, coalesce(p.waiting, 0) as waiting from wishes w join accounts a on a.id = w.mentor left join profiles p on p.cohort = w.cohort and p.person = w.mentor where w.cohort = $1 and w.mentee = $2 order by w.rank";
    ADD => "insert into wishes (cohort, mentee, mentor, rank, note) values ($1, $2, $3, $4, $5)";
    CLEAR => "delete from wishes where cohort = $1 and mentee = $2";
    IDLE => "select distinct w.cohort from wishes w join profiles p on p.cohort = w.cohort and p.person = w.mentor and p.state = 'shown' and p.waiting < $1 where not exists (select 1 from requests r where r.cohort = w.cohort and r.mentee = w.mentee and r.state = 'asked')";
    IDLE_IN => "select distinct w.mentee from wishes w join profiles p on p.cohort = w.cohort and p.person = w.mentor and p.state = 'shown' and p.waiting < $2 where w.cohort = $1 and not exists (select 1 from requests r where r.cohort = w.cohort and r.mentee = w.mentee and r.state = 'asked') order by w.mentee";
}

/// The list of a mentee, in order.
pub(crate) fn of_mentee(tx: &mut Tx, cohort: Id, mentee: Id) -> Result<Vec<Wish>, Failure> {
    Ok(tx.rows(&OF_MENTEE, values![cohort, mentee])?)
}

/// Writes the list anew, in this order.
pub(crate) fn write(tx: &mut Tx, cohort: Id, mentee: Id, list: &[Wish]) -> Result<(), Failure> {
    clear(tx, cohort, mentee)?;
    for (rank, wish) in (1_i64..).zip(list) {
        tx.exec(&ADD, values![cohort, mentee, wish.mentor, rank, &wish.note])?;
    }
    Ok(())
}

pub(crate) fn remove(tx: &mut Tx, cohort: Id, mentee: Id, mentor: Id) -> Result<(), Failure> {
    let mut list = of_mentee(tx, cohort, mentee)?;
    list.retain(|wish| wish.mentor != mentor);
    write(tx, cohort, mentee, &list)
}

pub(crate) fn clear(tx: &mut Tx, cohort: Id, mentee: Id) -> Result<(), Failure> {
    tx.exec(&CLEAR, values![cohort, mentee])?;
    Ok(())
}

/// Cohorts with a mentee who has somebody to ask and has asked nobody.
pub(crate) fn idle_cohorts(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&IDLE, values![WAITING_AT_MOST])?)
}

pub(crate) fn idle_mentees(tx: &mut Tx, cohort: Id) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&IDLE_IN, values![cohort, WAITING_AT_MOST])?)
}
