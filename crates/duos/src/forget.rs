//! The end of what a duo wrote: both are offered to take it along, and when its day has
//! come its keys are destroyed and it is deleted. That the two were a duo, when they met and
//! when they signed stays.

use jiff::{SignedDuration, civil::Date};
use platform::{
    jobs::Job,
    keys::{self, Scope},
    prelude::*,
};
use program::{calendar, cohorts, keeping, rules::calendar::add};

use crate::{
    duos::{self, Duo},
    letters,
};

const OFFERED: &str = "export offered";
/// The line in the journal that certifies it.
pub const SHREDDED: &str = "duo content shredded";

pub(crate) fn jobs() -> Vec<Job> {
    vec![
        Job { name: "offer duos what they wrote, before it goes", find: to_offer, act: offer },
        Job { name: "end what duos wrote", find: to_shred, act: shred },
    ]
}

sql! {
    UNOFFERED => "select d.id from duos d where d.cohort = $1 and d.state <> 'active' and not exists (select 1 from journal j where j.what = 'export offered' and j.about = d.id) order by d.number";
    OFFERED_BEFORE => "select d.id from duos d join journal o on o.what = 'export offered' and o.about = d.id and o.done_at <= $2 where d.cohort = $1 and d.state <> 'active' and not exists (select 1 from journal s where s.what = 'duo content shredded' and s.about = d.id) order by d.number";
    OFFERED_AT => "select done_at from journal where what = 'export offered' and about = $1 order by seq limit 1";
    DROP_NOTES => "delete from duo_notes where duo = $1";
    EMPTY_GOALS => "update duo_goals set body = $2 where duo = $1";
    EMPTY_AGREEMENTS => "update agreements set body = $2 where duo = $1";
}

/// The day until which a duo's content is kept: never before both could take it along.
pub(crate) fn kept_until(tx: &mut Tx, duo: &Duo) -> Result<Date, Failure> {
    let cohort = program::the_cohort(tx, duo.cohort)?;
    let calendar = calendar::of(tx, &cohort)?;
    let until = keeping::duo_content_until(tx, &calendar)?;
    let offered = tx.row(&OFFERED_AT, values![duo.id])?;
    Ok(match offered {
        Some(at) => until.max(add(calendar.today(at), keeping::OFFERED_DAYS)),
        None => until,
    })
}

pub(crate) fn is_gone(tx: &mut Tx, duo: Id) -> Result<bool, Failure> {
    Ok(journal::has(tx, SHREDDED, duo)?)
}

fn to_offer(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let mut found = Vec::new();
    for cohort in cohorts::all(tx)?.into_iter().filter(|it| !it.is_draft()) {
        let calendar = calendar::of(tx, &cohort)?;
        let from = add(keeping::duo_content_until(tx, &calendar)?, -keeping::OFFERED_DAYS);
        if calendar.today(tx.now()) >= from {
            found.extend(tx.rows::<Id>(&UNOFFERED, values![cohort.id])?);
        }
    }
    Ok(found)
}

fn offer(tx: &mut Tx, id: Id) -> Result<(), Failure> {
    let Some(duo) = duos::duo(tx, id)?.filter(|it| !it.is_active()) else { return Ok(()) };
    if journal::has(tx, OFFERED, id)? {
        return Ok(());
    }
    journal::record(tx, OFFERED, id, None, Some(duo.cohort))?;
    let until = kept_until(tx, &duo)?;
    letters::content_goes(tx, &duo, until)
}

fn to_shred(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let offered_before = tx.now() - SignedDuration::from_hours(24 * keeping::OFFERED_DAYS);
    let mut found = Vec::new();
    for cohort in cohorts::all(tx)? {
        let calendar = calendar::of(tx, &cohort)?;
        if calendar.today(tx.now()) > keeping::duo_content_until(tx, &calendar)? {
            found.extend(tx.rows::<Id>(&OFFERED_BEFORE, values![cohort.id, offered_before])?);
        }
    }
    Ok(found)
}

/// The keys go first: should the rest be undone, it is found again, and opens no more.
fn shred(tx: &mut Tx, id: Id) -> Result<(), Failure> {
    let Some(duo) = duos::duo(tx, id)?.filter(|it| !it.is_active()) else { return Ok(()) };
    let cohort = program::the_cohort(tx, duo.cohort)?;
    let today = calendar::of(tx, &cohort)?.today(tx.now());
    if is_gone(tx, id)? || today <= kept_until(tx, &duo)? {
        return Ok(());
    }
    keys::shred(tx, &duo.scope())?;
    for person in duo.people() {
        keys::shred(tx, &Scope::author(person, duo.id))?;
    }
    tx.exec(&DROP_NOTES, values![id])?;
    tx.exec(&EMPTY_GOALS, values![id, Vec::<u8>::new()])?;
    tx.exec(&EMPTY_AGREEMENTS, values![id, Vec::<u8>::new()])?;
    journal::record(tx, SHREDDED, id, None, Some(duo.cohort))?;
    letters::content_gone(tx, &duo, today)
}
