//! Table `certificates`.

use jiff::Timestamp;
use platform::prelude::*;
use policy::{Facts, Grant, Subject, of};

use crate::rules;

row! {
    pub struct Certificate {
        pub id: Id,
        pub person: Id,
        pub cohort: Id,
        /// `mentee` or `mentor`.
        pub role: String,
        /// The name as it was on the day of issue.
        pub name: String,
        pub minutes: i64,
        pub code: String,
        pub signed_by: String,
        pub issued_at: Timestamp,
    }
}

sql! {
    ADD => "insert into certificates (id, person, cohort, duo, role, name, minutes, code, signed_by, issued_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (duo, person) do nothing";
    FIND => "select id, person, cohort, role, name, minutes, code, signed_by, issued_at from certificates where id = $1 and person = $2";
    WITH_CODE => "select id, person, cohort, role, name, minutes, code, signed_by, issued_at from certificates where code = $1";
    COHORT => "select cohort from certificates where id = $1 and person = $2";
    OF_PERSON => "select id, cohort from certificates where person = $1 order by issued_at desc, id desc";
    ROLE_OF => "select role from certificates where person = $1 order by issued_at desc, id desc limit 1";
    DUOS => "select distinct duo from certificates where cohort = $1";
    COUNT => "select count(*) as certificates from certificates where cohort = $1 and role = $2";
    ONCE_MENTEES => "select distinct person from certificates where role = 'mentee' and cohort <> $1";
}

/// What a certificate says when it is issued.
pub struct NewCertificate<'a> {
    pub person: Id,
    pub cohort: Id,
    pub duo: Id,
    pub role: &'a str,
    pub name: &'a str,
    pub minutes: i64,
    pub signed_by: &'a str,
}

/// Issues a certificate, once. False when it is there already.
pub fn issue(tx: &mut Tx, new: &NewCertificate) -> Result<bool, Failure> {
    let code = rules::code(tx.chance().bytes());
    let values = values![
        tx.fresh_id(),
        new.person,
        new.cohort,
        new.duo,
        new.role,
        new.name,
        new.minutes,
        code,
        new.signed_by,
        tx.now(),
    ];
    Ok(tx.exec(&ADD, values)? == 1)
}

/// A certificate, for the one it belongs to.
pub fn of_owner(tx: &mut Tx, visit: &Visit, id: Id) -> Result<Certificate, Failure> {
    let cohort = tx.row::<Id>(&COHORT, values![id, visit.person()?])?.ok_or(Failure::NotFound)?;
    let grant = visit.grant(&Facts::in_cohort(cohort.number()).own(true))?;
    opened(tx, &grant, id)
}

fn opened(tx: &mut Tx, grant: &Grant<of::Certificate>, id: Id) -> Result<Certificate, Failure> {
    tx.row(&FIND, values![id, Id::from(grant.person())])?.ok_or(Failure::NotFound)
}

pub fn with_code(tx: &mut Tx, code: &str) -> Result<Option<Certificate>, Failure> {
    Ok(tx.row(&WITH_CODE, values![code])?)
}

/// All certificates of the one who asks, the newest first.
pub fn mine(tx: &mut Tx, subject: &Subject) -> Result<Vec<Certificate>, Failure> {
    let person = subject.person.map(Id::from).ok_or(Failure::SignInFirst)?;
    let mut mine = Vec::new();
    for (id, cohort) in tx.rows::<(Id, Id)>(&OF_PERSON, values![person])? {
        if let Some(grant) = policy::grant(subject, &Facts::in_cohort(cohort.number()).own(true)) {
            mine.push(opened(tx, &grant, id)?);
        }
    }
    Ok(mine)
}

/// As what somebody finished last.
pub fn role_of(tx: &mut Tx, person: Id) -> Result<Option<String>, Failure> {
    Ok(tx.row(&ROLE_OF, values![person])?)
}

/// The duos of a cohort whose certificates are out.
pub fn duos_with(tx: &mut Tx, cohort: Id) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&DUOS, values![cohort])?)
}

pub fn count(tx: &mut Tx, cohort: Id, role: &str) -> Result<i64, Failure> {
    Ok(tx.one(&COUNT, values![cohort, role])?)
}

/// Who finished as a mentee in another cohort than this.
pub fn once_mentees(tx: &mut Tx, cohort: Id) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&ONCE_MENTEES, values![cohort])?)
}
