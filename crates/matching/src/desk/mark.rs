//! What a question rests on, in one number that is quickly drawn: whether anything of it has
//! changed while an answer was worked out.

use std::hash::{DefaultHasher, Hash, Hasher};

use jiff::Timestamp;
use platform::prelude::*;

use crate::{proposals, requests, wishes};

sql! {
    NEWEST_LINE => "select coalesce(max(seq), 0) as newest from journal where cohort = $1 and what not in ('matching run made', 'matching run repeated')";
    PROFILES => "select person, state from profiles where cohort = $1 order by person";
}

/// The same for as long as nobody answers, asks, ranks, pauses, comes or goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark(u64);

pub(crate) fn of(tx: &mut Tx, cohort: Id) -> Result<Mark, Failure> {
    let mut hasher = DefaultHasher::new();
    tx.one::<i64>(&NEWEST_LINE, values![cohort])?.hash(&mut hasher);
    for form in ["mentee_application", "mentor_application"] {
        let saved: (i64, Option<Timestamp>) = forms::last_saved(tx, form, cohort)?;
        saved.hash(&mut hasher);
    }
    for it in proposals::in_cohort(tx, &policy::house(), cohort)? {
        (it.id, it.state, it.by_hand).hash(&mut hasher);
    }
    for it in requests::in_cohort(tx, cohort)? {
        (it.id, format!("{:?}", it.state())).hash(&mut hasher);
    }
    for it in tx.rows::<(Id, String)>(&PROFILES, values![cohort])? {
        it.hash(&mut hasher);
    }
    wishes::sealed_in(tx, cohort)?.hash(&mut hasher);
    Ok(Mark(hasher.finish()))
}
