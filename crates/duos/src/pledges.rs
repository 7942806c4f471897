//! Table `pledges`: who promised confidence, on which text.

use jiff::Timestamp;
use platform::prelude::*;
use program::preset;
use sha2::{Digest, Sha256};

/// The promise of mentors and mentees.
pub const OF_PARTICIPANTS: &str = "pledge";
/// The promise of everyone on the committee.
pub const OF_COMMITTEE: &str = "pledge-committee";

row! {
    pub struct Pledge {
        pub person: Id,
        pub pledge: String,
        pub version: i64,
        pub signed_at: Timestamp,
    }
}

sql! {
    OF_PERSON => "select person, pledge, version, signed_at from pledges where cohort = $1 and person = $2 order by pledge";
    SIGN => "insert into pledges (person, cohort, pledge, version, text_hash, signed_at) values ($1, $2, $3, $4, $5, $6) on conflict (person, cohort, pledge) do nothing";
}

pub(crate) fn of_person(tx: &mut Tx, cohort: Id, person: Id) -> Result<Vec<Pledge>, Failure> {
    Ok(tx.rows(&OF_PERSON, values![cohort, person])?)
}

/// Whether somebody has signed the pledge of mentors and mentees in a cohort.
pub fn has_pledged(tx: &mut Tx, cohort: Id, person: Id) -> Result<bool, Failure> {
    Ok(of_person(tx, cohort, person)?.iter().any(|it| it.pledge == OF_PARTICIPANTS))
}

/// Keeps that somebody signed this very text. False when they had done so before.
pub(crate) fn sign(tx: &mut Tx, cohort: Id, person: Id, pledge: &preset::Text) -> Result<bool, Failure> {
    let hash: String = Sha256::digest(pledge.body.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let version = pledge.number("version");
    let signed = tx.exec(&SIGN, values![person, cohort, pledge.name, version, hash, tx.now()])? == 1;
    if signed {
        journal::record(tx, "pledge signed", person, Some(person), Some(cohort))?;
    }
    Ok(signed)
}
