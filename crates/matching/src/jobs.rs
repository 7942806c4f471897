//! What the house does by itself: profiles and windows kept in step, letters and reminders
//! on their days, requests and proposals that run out.

use std::collections::BTreeSet;

use platform::{jobs::Job, prelude::*};
use policy::Role;
use program::{Cohort, calendar, cohorts};

use crate::{
    apart, carrying, duo, forget, index, letters, moves, profiles, proposals, questions,
    requests::{self, Request},
    rules::State,
    terms::{self, Terms},
    threshold, who, window, wishes,
};

pub fn jobs() -> Vec<Job> {
    let mut jobs = vec![
        Job { name: "what the cohort before decided", find: carrying::find, act: carrying::act },
        Job { name: "directories that enough mentors open", find: thresholds_reached, act: threshold::note_reached },
        Job { name: "directory kept in step with the calendar", find: windows_to_write, act: write_window },
        Job { name: "mentors' profiles kept in step", find: profiles::stale, act: profiles::bring_in_step },
        Job { name: "the directory's index in order", find: index::is_wanted, act: index::put_in_order },
        Job { name: "mentors who left the program", find: leavers, act: let_go },
        Job { name: "people kept apart", find: apart_to_write, act: write_apart },
        Job { name: "mentees told of the directory", find: mentees_to_tell, act: tell_of_directory },
        Job { name: "duos told to the directory", find: duo::news, act: duo::hear },
        Job { name: "ends of duos told to the directory", find: duo::news_of_ends, act: duo::hear_of_end },
        Job { name: "requests of people who left", find: requests_of_leavers, act: end_for_leaver },
        Job { name: "mentors reminded of a request", find: requests_to_remind, act: remind },
        Job { name: "requests without an answer", find: requests::overdue, act: lapse_request },
        Job { name: "next mentors asked", find: idle_cohorts, act: ask_next },
        Job { name: "proposals without an answer", find: proposals::overdue, act: lapse_proposal },
    ];
    jobs.extend(forget::jobs());
    jobs
}

sql! {
    TOLD => "select about from journal where what = 'told of the directory' and cohort = $1";
    LEAVERS => "select distinct p.person from profiles p join journal j on j.what = 'application withdrawn' and j.done_by = p.person and j.cohort = p.cohort and j.done_at >= p.changed_at";
    LEAVERS_REQUESTS => "select distinct r.id from requests r join journal j on j.what = 'application withdrawn' and j.cohort = r.cohort and j.done_at >= r.asked_at and (j.done_by = r.mentee or j.done_by = r.mentor) where r.state = 'asked'";
}

fn open_cohorts(tx: &mut Tx) -> Result<Vec<Cohort>, Failure> {
    Ok(cohorts::all(tx)?.into_iter().filter(Cohort::is_open).collect())
}

fn thresholds_reached(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let mut found = Vec::new();
    for cohort in open_cohorts(tx)? {
        if threshold::reached(tx, &cohort)? {
            found.push(cohort.id);
        }
    }
    Ok(found)
}

fn windows_to_write(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let mut found = Vec::new();
    for cohort in open_cohorts(tx)? {
        if !window::is_in_step(tx, &cohort)? {
            found.push(cohort.id);
        }
    }
    Ok(found)
}

fn write_window(tx: &mut Tx, cohort: Id) -> Result<(), Failure> {
    let cohort = program::the_cohort(tx, cohort)?;
    window::bring_in_step(tx, &cohort)
}

fn leavers(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&LEAVERS, values![])?)
}

fn let_go(tx: &mut Tx, person: Id) -> Result<(), Failure> {
    for cohort in open_cohorts(tx)? {
        profiles::refresh_profile(tx, cohort.id, person)?;
    }
    Ok(())
}

fn apart_to_write(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let mut found = Vec::new();
    for cohort in open_cohorts(tx)? {
        if apart::is_stale(tx, &cohort)? {
            found.push(cohort.id);
        }
    }
    Ok(found)
}

fn write_apart(tx: &mut Tx, cohort: Id) -> Result<(), Failure> {
    let cohort = program::the_cohort(tx, cohort)?;
    tx.lock(cohort.id)?;
    apart::bring_in_step(tx, &cohort)
}

/// Mentees with a place who have not been told, once the directory is open.
fn mentees_to_tell(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let mut found = Vec::new();
    for cohort in open_cohorts(tx)? {
        found.extend(untold(tx, &cohort)?);
    }
    Ok(found)
}

fn untold(tx: &mut Tx, cohort: &Cohort) -> Result<Vec<Id>, Failure> {
    let calendar = calendar::of(tx, cohort)?;
    let is_held = threshold::held(tx, cohort)?.is_some();
    if is_held || !calendar.is_due("directory_opens", tx.now()) || calendar.is_over("directory_closes", tx.now()) {
        return Ok(Vec::new());
    }
    let told = BTreeSet::from_iter(tx.rows::<Id>(&TOLD, values![cohort.id])?);
    let mentees = program::in_cohort(tx, Role::Mentee, cohort.id)?;
    Ok(mentees.into_iter().filter(|mentee| !told.contains(mentee)).collect())
}

fn tell_of_directory(tx: &mut Tx, mentee: Id) -> Result<(), Failure> {
    for cohort in open_cohorts(tx)? {
        if !untold(tx, &cohort)?.contains(&mentee) {
            continue;
        }
        journal::record(tx, "told of the directory", mentee, None, Some(cohort.id))?;
        if !who::is_taken(tx, cohort.id, mentee)? {
            letters::post_directory_opens(tx, &cohort, mentee)?;
        }
    }
    Ok(())
}

fn requests_of_leavers(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&LEAVERS_REQUESTS, values![])?)
}

/// A mentee who left waits for nobody; a mentor who left cannot this time.
fn end_for_leaver(tx: &mut Tx, request: Id) -> Result<(), Failure> {
    let Some((cohort, request)) = open_request(tx, request)? else { return Ok(()) };
    if program::subject(tx, request.mentee)?.holds_in(Role::Mentee, cohort.id.number()) {
        moves::end(tx, &cohort, &request, State::Declined, "", None)?;
        return Ok(());
    }
    wishes::clear(tx, cohort.id, request.mentee)?;
    requests::end(tx, &request, State::Withdrawn, "", None)?;
    moves::settle(tx, &request)
}

fn requests_to_remind(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let mut found = Vec::new();
    let mut calendars = Vec::new();
    for cohort in open_cohorts(tx)? {
        calendars.push((cohort.id, calendar::of(tx, &cohort)?, terms::of(tx, cohort.id)?));
    }
    let waiting_for_a_reply = questions::without_reply(tx)?;
    for request in requests::open(tx)?.into_iter().filter(|it| !waiting_for_a_reply.contains(&it.id)) {
        let known = calendars.iter().find(|(cohort, ..)| *cohort == request.cohort);
        if known
            .is_some_and(|(_, calendar, terms)| reminders_due(calendar, terms, &request, tx.now()) > request.reminded)
        {
            found.push(request.id);
        }
    }
    Ok(found)
}

/// How many reminders a request should have had by now: on the mornings of the committee's
/// days, three and six days on where it has not said otherwise.
fn reminders_due(calendar: &calendar::Calendar, terms: &Terms, request: &Request, now: jiff::Timestamp) -> i64 {
    if now > request.due_at {
        return request.reminded;
    }
    let asked = calendar.today(request.asked_at);
    let due = |days: &&i64| **days > 0 && now >= calendar.at(program::rules::calendar::add(asked, **days), 9);
    i64::try_from(terms.reminders.iter().filter(due).count()).unwrap_or(0)
}

/// Reminds once, also when a reminder was missed while the house slept. SLF3.
fn remind(tx: &mut Tx, request: Id) -> Result<(), Failure> {
    let Some((cohort, request)) = open_request(tx, request)? else { return Ok(()) };
    let calendar = calendar::of(tx, &cohort)?;
    let terms = terms::of(tx, cohort.id)?;
    let times = reminders_due(&calendar, &terms, &request, tx.now());
    if requests::set_reminded(tx, request.id, times)? {
        letters::post_reminder(tx, &cohort, &request, times)?;
    }
    Ok(())
}

fn lapse_request(tx: &mut Tx, request: Id) -> Result<(), Failure> {
    let Some((cohort, request)) = open_request(tx, request)? else { return Ok(()) };
    if request.due_at < tx.now() {
        moves::end(tx, &cohort, &request, State::Lapsed, "", None)?;
    }
    Ok(())
}

/// A request that is still open, with its cohort locked.
fn open_request(tx: &mut Tx, request: Id) -> Result<Option<(Cohort, Request)>, Failure> {
    let Some(request) = requests::find(tx, request)? else { return Ok(None) };
    let cohort = program::the_cohort(tx, request.cohort)?;
    tx.lock(cohort.id)?;
    let request = requests::find(tx, request.id)?.filter(Request::is_open);
    Ok(request.map(|request| (cohort, request)))
}

/// Cohorts where somebody's list waits although a mentor on it can be asked again.
fn idle_cohorts(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let mut found = Vec::new();
    for id in wishes::idle_cohorts(tx)? {
        let cohort = program::the_cohort(tx, id)?;
        if window::is_open(tx, &cohort)? {
            found.push(id);
        }
    }
    Ok(found)
}

fn ask_next(tx: &mut Tx, cohort: Id) -> Result<(), Failure> {
    let cohort = program::the_cohort(tx, cohort)?;
    tx.lock(cohort.id)?;
    for mentee in wishes::idle_mentees(tx, cohort.id)? {
        if let (_, Some(request)) = moves::advance(tx, &cohort, mentee)? {
            letters::tell_next(tx, &cohort, &request)?;
        }
    }
    Ok(())
}

fn lapse_proposal(tx: &mut Tx, proposal: Id) -> Result<(), Failure> {
    let Some(proposal) = proposals::find(tx, &policy::house(), proposal)? else { return Ok(()) };
    let cohort = program::the_cohort(tx, proposal.cohort)?;
    tx.lock(cohort.id)?;
    proposals::lapse(tx, &cohort, &proposal)
}
