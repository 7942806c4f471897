//! Somebody of the committee steps aside from an applicant: from then on they neither read
//! nor decide what concerns them.

use platform::prelude::*;
use policy::{Grant, of};

use crate::{access, applications};

pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = program::the_cohort(tx, visit.id("cohort")?)?;
    let application = applications::of_cohort(tx, visit.id("id")?, cohort.id)?;
    // Whoever may not read it learns from this door no more than from any other.
    let _: Grant<of::Application> = access::of_committee(tx, visit, &cohort, &application)?;
    membership::declare_conflict(tx, visit.person()?, application.person)?;
    let words =
        "Noted. You step aside from this person; others read and decide. You can take it back under My account.";
    Ok(Reply::go(format!("/cohorts/{}/applications", cohort.id)).saying(words))
}
