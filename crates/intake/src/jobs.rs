//! What this room does by itself: offers end, reminders go out, nominations are deleted.

use platform::{jobs::Job, prelude::*};

use crate::{
    applications, call, forget, letters, line, nominations,
    offers::{self, OfferAnswer},
    places,
    review::{decide, decisions},
    rules::queue,
};

pub fn jobs() -> Vec<Job> {
    let mut jobs = vec![
        Job { name: "place offers that lapse", find: offers::overdue, act: lapse_offer },
        Job { name: "place offers to remind of", find: offers::to_remind, act: remind_of_offer },
        Job { name: "free places to offer", find: cohorts_with_places_to_offer, act: offer_places },
        Job { name: "waiting lists that end", find: cohorts_whose_line_ends, act: end_line },
        Job { name: "nominations to delete", find: nominations::overdue, act: delete_nomination },
        Job { name: "nominations to remind of", find: nominations::to_remind, act: remind_of_nomination },
        Job { name: "decisions that take effect", find: decisions::due, act: decide::take_effect },
    ];
    jobs.extend(forget::jobs());
    jobs
}

fn lapse_offer(tx: &mut Tx, id: Id) -> Result<(), Failure> {
    let cohort = offers::the_offer(tx, id)?.cohort;
    let call = call::locked(tx, cohort)?;
    let offer = offers::the_offer(tx, id)?;
    if offer.answered_at.is_some() || offer.expires_at > tx.now() {
        return Ok(());
    }
    line::pass_on(tx, &call, &offer, OfferAnswer::Lapsed)
}

fn remind_of_offer(tx: &mut Tx, id: Id) -> Result<(), Failure> {
    let cohort = offers::the_offer(tx, id)?.cohort;
    let call = call::locked(tx, cohort)?;
    if !offers::reminded(tx, id)? {
        return Ok(());
    }
    let offer = offers::the_offer(tx, id)?;
    let application = applications::find(tx, offer.application)?.ok_or(Failure::NotFound)?;
    letters::offer_reminder(tx, &call, &application, &offer)
}

/// Only while places are offered at all, so that the job comes to an end.
fn cohorts_with_places_to_offer(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let mut found = Vec::new();
    for cohort in program::cohorts::all(tx)?.into_iter().filter(program::Cohort::is_open) {
        let (board, waiting) = (places::board(tx, &cohort)?, applications::waiting(tx, cohort.id)?);
        let call = call::of(tx, cohort)?;
        if queue::offers(&board, waiting, call.calendar.today(tx.now()), call.offers_end()) > 0 {
            found.push(call.cohort.id);
        }
    }
    Ok(found)
}

/// The program was given more places elsewhere, or a place stayed free.
fn offer_places(tx: &mut Tx, cohort: Id) -> Result<(), Failure> {
    let call = call::locked(tx, cohort)?;
    line::offer_free_places(tx, &call)
}

const LINE_ENDED: &str = "waiting list ended";

/// Whoever waits hears once that no more places are offered.
fn cohorts_whose_line_ends(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let mut found = Vec::new();
    for id in applications::cohorts_in_line(tx)? {
        if !journal::has(tx, LINE_ENDED, id)? {
            let cohort = program::the_cohort(tx, id)?;
            let call = call::of(tx, cohort)?;
            let day_after = program::rules::calendar::add(call.offers_end(), 1);
            if call.cohort.is_open() && tx.now() >= call.calendar.at(day_after, 9) {
                found.push(id);
            }
        }
    }
    Ok(found)
}

fn end_line(tx: &mut Tx, cohort: Id) -> Result<(), Failure> {
    let call = call::locked(tx, cohort)?;
    if journal::has(tx, LINE_ENDED, cohort)? {
        return Ok(());
    }
    let waiting = applications::waiting(tx, cohort)?;
    for id in applications::next_in_line(tx, cohort, waiting)? {
        let application = applications::find(tx, id)?.ok_or(Failure::NotFound)?;
        letters::waiting_ended(tx, &call, &application)?;
    }
    Ok(journal::record(tx, LINE_ENDED, cohort, None, Some(cohort))?)
}

fn delete_nomination(tx: &mut Tx, id: Id) -> Result<(), Failure> {
    match nominations::find(tx, id)? {
        Some(nomination) => nominations::let_go(tx, &nomination),
        None => Ok(()),
    }
}

fn remind_of_nomination(tx: &mut Tx, id: Id) -> Result<(), Failure> {
    if !nominations::reminded(tx, id)? {
        return Ok(());
    }
    let nomination = nominations::find(tx, id)?.ok_or(Failure::NotFound)?;
    if nominations::applied_already(tx, &nomination)?.is_some() {
        return nominations::let_go(tx, &nomination);
    }
    let cohort = program::the_cohort(tx, nomination.cohort)?;
    let call = call::of(tx, cohort)?;
    if call.may_apply(nomination.role(), tx.now()).is_ok() {
        letters::nomination_reminder(tx, &call, &nomination)?;
    }
    Ok(())
}
