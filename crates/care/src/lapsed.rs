//! A membership that lapses in a running duo is a task for the chairs, and never a removal.
//! ELG7

use platform::prelude::*;

use crate::tasks::{self, NewTask};

/// Written by the room that knows the roster: about a person, in a cohort.
const LAPSED: &str = "member lapsed";
/// Written here, once the line before it was acted on.
const SEEN: &str = "lapse seen";
const DAYS: i64 = 14;

row! {
    struct Lapse {
        seq: i64,
        cohort: Id,
    }
}

sql! {
    WAITING => "select distinct j.about from journal j where j.what = $1 and not exists (select 1 from journal s where s.what = $2 and s.about = j.about and s.cohort = j.cohort and s.seq > j.seq)";
    NEWEST => "select j.seq, j.cohort from journal j where j.what = $1 and j.about = $3 and j.cohort is not null and not exists (select 1 from journal s where s.what = $2 and s.about = j.about and s.cohort = j.cohort and s.seq > j.seq) order by j.seq";
}

pub(crate) fn waiting(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&WAITING, values![LAPSED, SEEN])?)
}

/// One task for each lapse of somebody whose duo is running.
pub(crate) fn act(tx: &mut Tx, person: Id) -> Result<(), Failure> {
    for lapse in tx.rows::<Lapse>(&NEWEST, values![LAPSED, SEEN, person])? {
        journal::record(tx, SEEN, person, None, Some(lapse.cohort))?;
        for duo in duos::running_of(tx, person)?.iter().filter(|it| it.cohort == lapse.cohort) {
            ask(tx, duo, person, lapse.seq)?;
        }
    }
    Ok(())
}

fn ask(tx: &mut Tx, duo: &duos::Duo, person: Id, seq: i64) -> Result<(), Failure> {
    let name = if duo.mentor == person { &duo.mentor_name } else { &duo.mentee_name };
    let due = program::rules::calendar::add(program::today(tx)?, DAYS);
    let new = NewTask {
        cohort: duo.cohort,
        duo: Some(duo.id),
        person: None,
        kind: "lapse",
        title: format!("The membership of {name} has lapsed. Ask them about it; the duo goes on."),
        words: String::new(),
        due,
        once: format!("lapse-{seq}-{}", duo.number),
    };
    tasks::add(tx, &new)?;
    Ok(())
}
