//! What the house does for duos by itself: reminders, and closing with the session.

use jiff::Timestamp;
use platform::{jobs::Job, prelude::*};
use program::{Calendar, Cohort, calendar};

use crate::{
    duos::{self, Duo},
    forget, going_on, letters, pledges,
    rules::{self, agreement},
};

pub fn jobs() -> Vec<Job> {
    let mut jobs = vec![
        Job { name: "close duos with their session", find: over, act: close },
        Job { name: "end duos that somebody withdrew from", find: withdrawn, act: end_withdrawn },
        Job { name: "remind of the pledge", find: without_pledge, act: ask_for_pledge },
        Job { name: "remind of the agreement", find: without_agreement, act: ask_for_agreement },
    ];
    jobs.extend(forget::jobs());
    jobs
}

sql! {
    WITHDRAWN => "select distinct d.id from journal j join duos d on d.cohort = j.cohort and j.done_by in (d.mentor, d.mentee) where j.what = 'application withdrawn' and d.state = 'active' and j.done_at >= d.formed_at";
    WHO_WITHDREW => "select j.done_by from journal j join duos d on d.cohort = j.cohort and j.done_by in (d.mentor, d.mentee) where d.id = $1 and j.what = 'application withdrawn' and j.done_at >= d.formed_at order by j.seq limit 1";
    UNPLEDGED => "select d.id from duos d where d.cohort = $1 and d.state = 'active' and d.pledge_reminders = 0 and (select count(*) from pledges p where p.cohort = d.cohort and p.pledge = 'pledge' and p.person in (d.mentor, d.mentee)) < 2 order by d.number";
    PLEDGE_REMINDED => "update duos set pledge_reminders = 1 where id = $1 and state = 'active' and pledge_reminders = 0";
    UNAGREED => "select d.id, d.formed_at, d.agreement_reminders from duos d where d.cohort = $1 and d.state = 'active' and d.agreement_reminders < 2 and not exists (select 1 from agreements a where a.duo = d.id and a.signed_at is not null) order by d.number";
    AGREEMENT_REMINDED => "update duos set agreement_reminders = $2 where id = $1 and state = 'active' and agreement_reminders < $2";
}

fn over(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let mut found = Vec::new();
    for (cohort, calendar) in running(tx)? {
        if calendar.is_over("session_ends", tx.now()) {
            let going_on = going_on::by_both(tx, cohort.id)?;
            let duos = duos::active_in(tx, cohort.id)?.into_iter();
            found.extend(duos.filter(|it| is_over(&calendar, tx.now(), going_on.contains(it))));
        }
    }
    Ok(found)
}

fn is_over(calendar: &Calendar, now: Timestamp, goes_on: bool) -> bool {
    let (ends, follow_up) = (calendar.day("session_ends"), calendar.day("follow_up_session"));
    rules::going_on::is_over(calendar.today(now), ends, follow_up, goes_on)
}

fn close(tx: &mut Tx, id: Id) -> Result<(), Failure> {
    // Whoever wishes to go on in the last second holds the same lock.
    tx.lock(id)?;
    let (duo, cohort, calendar) = all_about(tx, id)?;
    let goes_on = going_on::by_both(tx, cohort.id)?.contains(&id);
    if is_over(&calendar, tx.now(), goes_on) {
        duos::close(tx, duo.id)?;
    }
    Ok(())
}

/// Whoever withdraws the application after the duo was formed has left the duo too.
fn withdrawn(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&WITHDRAWN, values![])?)
}

fn end_withdrawn(tx: &mut Tx, id: Id) -> Result<(), Failure> {
    let who = tx.row::<Id>(&WHO_WITHDREW, values![id])?;
    let (Some(who), Some(duo)) = (who, duos::duo(tx, id)?) else { return Ok(()) };
    // Ended meanwhile by one of the two themselves: then there is nothing left to do.
    let _ = duos::end(tx, &duo, who, "")?;
    Ok(())
}

fn without_pledge(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let mut found = Vec::new();
    for (cohort, calendar) in running(tx)? {
        if cohort.is_open() && calendar.is_due("duos_confirmed", tx.now()) {
            found.extend(tx.rows::<Id>(&UNPLEDGED, values![cohort.id])?);
        }
    }
    Ok(found)
}

fn ask_for_pledge(tx: &mut Tx, id: Id) -> Result<(), Failure> {
    if tx.exec(&PLEDGE_REMINDED, values![id])? == 0 {
        return Ok(());
    }
    let (duo, cohort, calendar) = all_about(tx, id)?;
    let today = calendar.today(tx.now());
    let due = calendar.day("orientation").max(rules::plus(today, 7));
    for person in duo.people() {
        if !pledges::has_pledged(tx, duo.cohort, person)? {
            letters::ask_for_pledge(tx, &cohort, &duo, person, due)?;
        }
    }
    Ok(())
}

fn without_agreement(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let mut found = Vec::new();
    for (cohort, calendar) in running(tx)? {
        // Nothing is asked for earlier than three days before the first due day.
        let first = calendar.at(rules::plus(calendar.day("agreement_due"), -3), 9);
        if !cohort.is_open() || tx.now() < first {
            continue;
        }
        let unagreed: Vec<(Id, Timestamp, i64)> = tx.rows(&UNAGREED, values![cohort.id])?;
        let now = tx.now();
        found.extend(unagreed.iter().filter(|it| reminders(&calendar, it.1, now).1 > it.2).map(|it| it.0));
    }
    Ok(found)
}

fn ask_for_agreement(tx: &mut Tx, id: Id) -> Result<(), Failure> {
    let (duo, cohort, calendar) = all_about(tx, id)?;
    let (due, wanted) = reminders(&calendar, duo.formed_at, tx.now());
    if tx.exec(&AGREEMENT_REMINDED, values![id, wanted])? == 1 {
        letters::ask_for_agreement(tx, &cohort, &duo, due, wanted)?;
    }
    Ok(())
}

/// By when the agreement is due, and how many reminders should have gone out by now;
/// none goes out before nine in the morning.
fn reminders(calendar: &Calendar, formed_at: Timestamp, now: Timestamp) -> (jiff::civil::Date, i64) {
    let due = agreement::due(calendar.day("agreement_due"), calendar.today(formed_at));
    let today = calendar.today(now);
    let day = if now < calendar.at(today, 9) { rules::plus(today, -1) } else { today };
    (due, agreement::reminders(day, due))
}

/// The cohorts that have active duos, with their calendars.
fn running(tx: &mut Tx) -> Result<Vec<(Cohort, Calendar)>, Failure> {
    let mut running = Vec::new();
    for cohort in duos::active_cohorts(tx)? {
        let cohort = program::the_cohort(tx, cohort)?;
        let calendar = calendar::of(tx, &cohort)?;
        running.push((cohort, calendar));
    }
    Ok(running)
}

fn all_about(tx: &mut Tx, duo: Id) -> Result<(Duo, Cohort, Calendar), Failure> {
    let duo = duos::duo(tx, duo)?.ok_or(Failure::NotFound)?;
    let cohort = program::the_cohort(tx, duo.cohort)?;
    let calendar = calendar::of(tx, &cohort)?;
    Ok((duo, cohort, calendar))
}
