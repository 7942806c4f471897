//! Table `mentor_capacities`: how many mentees a mentor would like to take in a cohort. The
//! cohort says how many that may be at most; where it says one, nobody's wish counts. PRF5

use std::collections::BTreeMap;

use platform::prelude::*;

use crate::choosing;

/// More than so many mentees nobody does justice to.
pub const AT_MOST: i64 = 5;

sql! {
    OF => "select mentees from mentor_capacities where cohort = $1 and person = $2";
    IN_COHORT => "select person, mentees from mentor_capacities where cohort = $1";
    OF_PERSON => "select cohort, mentees from mentor_capacities where person = $1 order by cohort";
    WISH => "insert into mentor_capacities (cohort, person, mentees, changed_at) values ($1, $2, $3, $4) on conflict (cohort, person) do update set mentees = excluded.mentees, changed_at = excluded.changed_at";
    FORGET => "delete from mentor_capacities where person = $1";
}

/// How many mentees each mentor of a cohort takes.
#[derive(Clone, Debug)]
pub struct Capacities {
    most: i64,
    wished: BTreeMap<Id, i64>,
}

impl Capacities {
    pub fn of(&self, mentor: Id) -> i64 {
        self.wished.get(&mentor).copied().unwrap_or(1).clamp(1, self.most)
    }

    /// How many one mentor may take at most.
    pub fn most(&self) -> i64 {
        self.most
    }
}

pub fn in_cohort(tx: &mut Tx, cohort: Id) -> Result<Capacities, Failure> {
    let most = choosing::of(tx, cohort)?.mentees_each;
    let wished = if most > 1 { tx.rows::<(Id, i64)>(&IN_COHORT, values![cohort])? } else { Vec::new() };
    Ok(Capacities { most, wished: wished.into_iter().collect() })
}

/// How many mentees one mentor takes.
pub fn of(tx: &mut Tx, cohort: Id, mentor: Id) -> Result<i64, Failure> {
    let most = choosing::of(tx, cohort)?.mentees_each;
    if most <= 1 {
        return Ok(1);
    }
    Ok(tx.row::<i64>(&OF, values![cohort, mentor])?.unwrap_or(1).clamp(1, most))
}

/// Keeps how many a mentor would like to take.
pub fn wish(tx: &mut Tx, cohort: Id, mentor: Id, mentees: i64) -> Result<(), Failure> {
    tx.exec(&WISH, values![cohort, mentor, mentees.clamp(1, AT_MOST), tx.now()])?;
    Ok(journal::record(tx, "mentor's capacity changed", mentor, Some(mentor), Some(cohort))?)
}

/// What somebody wished, in every cohort.
pub(crate) fn of_person(tx: &mut Tx, person: Id) -> Result<Vec<(Id, i64)>, Failure> {
    Ok(tx.rows(&OF_PERSON, values![person])?)
}

pub(crate) fn forget(tx: &mut Tx, person: Id) -> Result<(), Failure> {
    tx.exec(&FORGET, values![person])?;
    Ok(())
}
