//! What others may know of a duo: that and when, never what. MTG6.

use jiff::{Timestamp, civil::Date};
use platform::prelude::*;

use crate::duos::{self, Duo};

row! {
    #[derive(PartialEq, Eq)]
    pub struct Facts {
        pub duo: Id,
        pub first_meeting: Option<Date>,
        pub last_meeting: Option<Date>,
        pub meetings: i64,
        pub minutes: i64,
        /// When the first version of an agreement was written, and when one first stood.
        pub agreement_begun_at: Option<Timestamp>,
        pub agreement_signed_at: Option<Timestamp>,
        pub goals_set_at: Option<Timestamp>,
        pub goals: Option<i64>,
        /// How many of the two have signed the pledge.
        pub pledges: i64,
    }
}

sql! {
    OF_DUO => "select d.id, (select min(m.day) from meetings m where m.duo = d.id and m.state = 'logged') as first_meeting, (select max(m.day) from meetings m where m.duo = d.id and m.state = 'logged') as last_meeting, (select count(*) from meetings m where m.duo = d.id and m.state = 'logged') as met, (select cast(coalesce(sum(m.minutes), 0) as bigint) from meetings m where m.duo = d.id and m.state = 'logged') as minutes, (select min(a.saved_at) from agreements a where a.duo = d.id) as begun_at, (select min(a.signed_at) from agreements a where a.duo = d.id) as signed_at, (select g.first_set_at from duo_goals g where g.duo = d.id) as goals_at, (select g.many from duo_goals g where g.duo = d.id) as goals, (select count(*) from pledges p where p.cohort = d.cohort and p.pledge = 'pledge' and p.person in (d.mentor, d.mentee)) as signed_pledges from duos d where d.id = $1";
    OF_COHORT => "select d.id, (select min(m.day) from meetings m where m.duo = d.id and m.state = 'logged') as first_meeting, (select max(m.day) from meetings m where m.duo = d.id and m.state = 'logged') as last_meeting, (select count(*) from meetings m where m.duo = d.id and m.state = 'logged') as met, (select cast(coalesce(sum(m.minutes), 0) as bigint) from meetings m where m.duo = d.id and m.state = 'logged') as minutes, (select min(a.saved_at) from agreements a where a.duo = d.id) as begun_at, (select min(a.signed_at) from agreements a where a.duo = d.id) as signed_at, (select g.first_set_at from duo_goals g where g.duo = d.id) as goals_at, (select g.many from duo_goals g where g.duo = d.id) as goals, (select count(*) from pledges p where p.cohort = d.cohort and p.pledge = 'pledge' and p.person in (d.mentor, d.mentee)) as signed_pledges from duos d where d.cohort = $1 order by d.number";
}

/// The dates and counts of one duo.
pub fn facts(tx: &mut Tx, duo: Id) -> Result<Facts, Failure> {
    tx.row(&OF_DUO, values![duo])?.ok_or(Failure::NotFound)
}

/// Every duo of a cohort with its dates and counts, by its number; two queries.
pub fn facts_in_cohort(tx: &mut Tx, cohort: Id) -> Result<Vec<(Duo, Facts)>, Failure> {
    let duos = duos::in_cohort(tx, cohort)?;
    let facts: Vec<Facts> = tx.rows(&OF_COHORT, values![cohort])?;
    // Both lists come in the order of the duos' numbers, which never change.
    Ok(duos.into_iter().zip(facts).filter(|(duo, facts)| duo.id == facts.duo).collect())
}
