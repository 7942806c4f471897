//! What the house does for duos by itself, each thing once.

use duos::Duo;
use platform::{jobs::Job, prelude::*};

use crate::{appoint, check_in, checkins, concerns, lapsed, liaisons, look, openings, tasks, tell};

pub fn jobs() -> Vec<Job> {
    vec![
        Job { name: "appoint liaisons", find: without_liaison, act: appoint::by_rule },
        Job { name: "pass on duos of liaisons who step aside", find: appoint::in_conflict, act: appoint::pass_on },
        Job { name: "close tasks of duos that are over", find: over, act: tasks::settle_all },
        Job { name: "make a task of a lapse", find: lapsed::waiting, act: lapsed::act },
        Job { name: "send check-ins", find: check_in::waiting, act: check_in::send },
        Job { name: "remind of check-ins", find: check_in::unanswered, act: check_in::remind },
        Job { name: "look at every duo", find: look::due, act: look::look },
        Job { name: "tell of what was opened", find: openings::untold, act: tell::tell },
        Job { name: "send topic letters", find: check_in::topics_due, act: check_in::send_topics },
        Job { name: "end concerns whose time has come", find: concerns::due, act: forget_concern },
        Job { name: "end what was told to liaisons", find: answers_to_forget, act: forget_answers },
    ]
}

sql! {
    OVER => "select distinct t.duo from tasks t where t.done_at is null and t.duo is not null and exists (select 1 from journal j where j.about = t.duo and j.what in ('duo ended', 'duo closed'))";
}

fn without_liaison(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let mut found = Vec::new();
    for duo in liaisons::not_looked_for(tx)? {
        if duos::duo(tx, duo)?.as_ref().is_some_and(Duo::is_active) {
            found.push(duo);
        }
    }
    Ok(found)
}

fn over(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&OVER, values![])?)
}

fn answers_to_forget(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let mut found = Vec::new();
    for (cohort, duo) in checkins::kept_duos(tx)? {
        if is_past_keeping(tx, cohort)? {
            found.push(duo);
        }
    }
    Ok(found)
}

fn forget_answers(tx: &mut Tx, id: Id) -> Result<(), Failure> {
    let Some(duo) = duos::duo(tx, id)? else { return Ok(()) };
    if is_past_keeping(tx, duo.cohort)? {
        checkins::forget(tx, id)?;
        journal::record(tx, "check-in answers forgotten", id, None, Some(duo.cohort))?;
    }
    Ok(())
}

fn forget_concern(tx: &mut Tx, id: Id) -> Result<(), Failure> {
    if concerns::due(tx)?.contains(&id) {
        concerns::forget(tx, id)?;
        journal::record(tx, "concern forgotten", id, None, None)?;
    }
    Ok(())
}

fn is_past_keeping(tx: &mut Tx, cohort: Id) -> Result<bool, Failure> {
    let cohort = program::the_cohort(tx, cohort)?;
    let calendar = program::calendar::of(tx, &cohort)?;
    Ok(calendar.today(tx.now()) > program::keeping::check_ins_until(&calendar))
}
