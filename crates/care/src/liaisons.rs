//! Table `liaisons`: who accompanies a duo, from when to when.

use std::collections::BTreeMap;

use jiff::Timestamp;
use platform::prelude::*;
use policy::{Scope, may, of};

row! {
    /// The one who accompanies a duo now.
    #[derive(PartialEq, Eq)]
    pub struct Liaison {
        pub id: Id,
        pub duo: Id,
        pub person: Id,
        pub name: String,
        pub email: String,
        pub since: Timestamp,
    }
}

/// Why somebody left who need not say why.
pub(crate) const STEPPED_ASIDE: &str = "stepped aside";

sql! {
    CURRENT => "select l.id, l.duo, l.liaison, a.name, a.email, l.since from liaisons l join accounts a on a.id = l.liaison where l.duo = $1 and l.until is null";
    IN_COHORT => "select l.id, l.duo, l.liaison, a.name, a.email, l.since from liaisons l join accounts a on a.id = l.liaison where l.cohort = $1 and l.until is null";
    OF_PERSON => "select duo from liaisons where liaison = $1 and until is null order by since, id";
    IN_SCOPE => "select duo from liaisons where liaison = $1 and cohort = coalesce($2, cohort) and until is null order by since, id";
    ASIDE => "select distinct liaison from liaisons where duo = $1 and left_because = 'stepped aside'";
    ADD => "insert into liaisons (id, duo, cohort, liaison, since, why, left_because) values ($1, $2, $3, $4, $5, $6, '')";
    END => "update liaisons set until = $2, left_because = $3 where duo = $1 and until is null";
    WITHOUT => "select j.about from journal j where j.what = 'duo formed' and not exists (select 1 from liaisons l where l.duo = j.about) and not exists (select 1 from tasks t where t.duo = j.about and t.kind = 'appoint')";
}

/// Who accompanies a duo now.
pub fn of_duo(tx: &mut Tx, duo: Id) -> Result<Option<Liaison>, Failure> {
    Ok(tx.row(&CURRENT, values![duo])?)
}

/// Who accompanies each duo of a cohort now, by duo.
pub fn in_cohort(tx: &mut Tx, cohort: Id) -> Result<BTreeMap<Id, Liaison>, Failure> {
    let rows: Vec<Liaison> = tx.rows(&IN_COHORT, values![cohort])?;
    Ok(rows.into_iter().map(|it| (it.duo, it)).collect())
}

/// The same for whoever may read who accompanies whom, of the cohort for which the right was
/// given.
pub(crate) fn listed(tx: &mut Tx, scope: &Scope<of::Appointment, may::Read>) -> Result<BTreeMap<Id, Liaison>, Failure> {
    in_cohort(tx, scope.cohort().map(Id::from).ok_or(Failure::NotFound)?)
}

/// The duos somebody accompanies now, in any cohort.
pub fn accompanied_by(tx: &mut Tx, person: Id) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&OF_PERSON, values![person])?)
}

/// Of them those of the cohort for which the right was given.
pub(crate) fn in_scope(tx: &mut Tx, scope: &Scope<of::MeetingLog, may::Status>) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&IN_SCOPE, values![Id::from(scope.person()), scope.cohort().map(Id::from)])?)
}

/// Who stepped aside from a duo and is not asked again.
pub(crate) fn stepped_aside(tx: &mut Tx, duo: Id) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&ASIDE, values![duo])?)
}

pub(crate) fn add(tx: &mut Tx, duo: Id, cohort: Id, person: Id, why: &str) -> Result<Id, Failure> {
    let id = tx.fresh_id();
    tx.exec(&ADD, values![id, duo, cohort, person, tx.now(), why])?;
    Ok(id)
}

/// Ends it now; it counts on the next request. False when nobody accompanied the duo.
pub(crate) fn end(tx: &mut Tx, duo: Id, because: &str) -> Result<bool, Failure> {
    Ok(tx.exec(&END, values![duo, tx.now(), because])? == 1)
}

/// Duos that were formed and for which nobody has looked for a liaison yet.
pub(crate) fn not_looked_for(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&WITHOUT, values![])?)
}
