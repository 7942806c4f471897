//! When the agreement is due, what may be done with it, and when it is asked for.

use jiff::civil::Date;

use super::plus;

/// Why an agreement is not saved, or not confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AgreementRefusal {
    #[error("This duo is over; its agreement can be read and no longer changed.")]
    Over,
    #[error("Write something together first; there is nothing to confirm yet.")]
    Nothing,
    #[error("The agreement was changed while you read it. Please read the newest version below before you confirm it.")]
    ChangedMeanwhile,
}

/// What must be known to save or confirm a revision. Revision 0 is none at all.
#[derive(Clone, Copy, Debug)]
pub struct RevisionFacts {
    pub duo_is_active: bool,
    /// The newest revision there is.
    pub newest: i64,
    /// The revision that the person had before their eyes.
    pub seen: i64,
}

/// Decides whether what was written on top of the seen revision becomes the next one.
pub fn save(facts: &RevisionFacts) -> Result<i64, AgreementRefusal> {
    match facts {
        it if !it.duo_is_active => Err(AgreementRefusal::Over),
        it if it.newest != it.seen => Err(AgreementRefusal::ChangedMeanwhile),
        it => Ok(it.newest + 1),
    }
}

/// Decides whether the seen revision is confirmed.
pub fn sign(facts: &RevisionFacts) -> Result<(), AgreementRefusal> {
    match facts {
        it if !it.duo_is_active => Err(AgreementRefusal::Over),
        it if it.newest == 0 => Err(AgreementRefusal::Nothing),
        it if it.newest != it.seen => Err(AgreementRefusal::ChangedMeanwhile),
        _ => Ok(()),
    }
}

/// The day by which a duo agrees: the cohort's, or 16 days after a duo that began late.
pub fn due(step: Date, formed: Date) -> Date {
    step.max(plus(formed, 16))
}

/// How many reminders should have gone out: one three days before, one three days after.
pub fn reminders(today: Date, due: Date) -> i64 {
    i64::from(today >= plus(due, -3)) + i64::from(today >= plus(due, 3))
}
