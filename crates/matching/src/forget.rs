//! The end of what choosing and applying needed: lists and notes thirty days after the
//! session began, applications, runs and profiles when their time is over. That somebody asked
//! somebody, and when, stays to be counted.

use std::collections::BTreeSet;

use intake::Application;
use platform::{jobs::Job, keys, prelude::*};
use program::{Calendar, Cohort, calendar, cohorts, keeping};

use crate::{
    changes,
    desk::{pair_imports, reviews, runs},
    requests, wishes,
};

pub(crate) fn jobs() -> Vec<Job> {
    vec![
        Job { name: "lists and notes whose time is over", find: lists, act: forget_choosing },
        Job { name: "applications whose time is over", find: applications, act: forget_application },
        Job { name: "runs whose time is over", find: old_runs, act: runs::forget_in },
        Job { name: "files of pairs that nobody applied", find: pair_imports::old, act: pair_imports::forget },
        Job { name: "profiles whose time is over", find: profiles, act: forget_profiles },
    ]
}

sql! {
    WITH_LISTS => "select cohort from wish_lists union select cohort from kept_apart union select cohort from shortlists union select cohort from requests where state <> 'asked' and note is not null";
    MENTEES => "select distinct mentee from requests where cohort = $1 order by mentee";
    DROP_LISTS => "delete from wish_lists where cohort = $1";
    DROP_APART => "delete from kept_apart where cohort = $1";
    DROP_MARKS => "delete from apart_marks where cohort = $1";
    DROP_SHORTLISTS => "delete from shortlists where cohort = $1";
    EMPTY_REQUESTS => "update requests set note = null, decline_reason = null where cohort = $1";
    EMPTY_QUESTIONS => "update request_questions set question = null, reply = null where request in (select id from requests where cohort = $1)";
    WITH_PROFILES => "select distinct cohort from profiles";
    DROP_CARDS => "delete from profile_cards where profile in (select id from profiles where cohort = $1)";
    DROP_TEXTS => "delete from profile_texts where profile in (select id from profiles where cohort = $1)";
    DROP_PROFILES => "delete from profiles where cohort = $1";
}

/// Whether a day of a cohort is over.
fn is_past(tx: &mut Tx, cohort: Id, until: fn(&Calendar) -> jiff::civil::Date) -> Result<Option<Cohort>, Failure> {
    let cohort = program::the_cohort(tx, cohort)?;
    let calendar = calendar::of(tx, &cohort)?;
    Ok((calendar.today(tx.now()) > until(&calendar)).then_some(cohort))
}

fn lists(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let mut found = Vec::new();
    for cohort in tx.rows::<Id>(&WITH_LISTS, values![])? {
        if is_past(tx, cohort, keeping::choosing_until)?.is_some() {
            found.push(cohort);
        }
    }
    Ok(found)
}

fn forget_choosing(tx: &mut Tx, id: Id) -> Result<(), Failure> {
    tx.lock(id)?;
    let Some(cohort) = is_past(tx, id, keeping::choosing_until)? else { return Ok(()) };
    keys::shred(tx, &wishes::scope(cohort.id))?;
    for mentee in tx.rows::<Id>(&MENTEES, values![cohort.id])? {
        keys::shred(tx, &requests::scope(cohort.id, mentee))?;
    }
    for drop in [&DROP_LISTS, &DROP_APART, &DROP_MARKS, &DROP_SHORTLISTS, &EMPTY_REQUESTS, &EMPTY_QUESTIONS] {
        tx.exec(drop, values![cohort.id])?;
    }
    reviews::forget_notes(tx, cohort.id)?;
    journal::record(tx, "lists and notes forgotten", cohort.id, None, Some(cohort.id))?;
    Ok(())
}

fn applications(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let mut found = Vec::new();
    for cohort in cohorts::all(tx)? {
        if is_past(tx, cohort.id, keeping::unmatched_until)?.is_none() {
            continue;
        }
        let all = is_past(tx, cohort.id, keeping::applications_until)?.is_some();
        let paired = paired(tx, cohort.id)?;
        for application in intake::kept_in(tx, cohort.id)? {
            if all || is_done_with(tx, &paired, &application)? {
                found.push(application.id);
            }
        }
    }
    Ok(found)
}

fn paired(tx: &mut Tx, cohort: Id) -> Result<BTreeSet<Id>, Failure> {
    Ok(duos::in_cohort(tx, cohort)?.iter().flat_map(duos::Duo::people).collect())
}

/// Led to no duo, and nobody wished it kept.
fn is_done_with(tx: &mut Tx, paired: &BTreeSet<Id>, application: &Application) -> Result<bool, Failure> {
    Ok(!paired.contains(&application.person) && !intake::is_kept_for_next(tx, application)?)
}

fn forget_application(tx: &mut Tx, id: Id) -> Result<(), Failure> {
    let Some(application) = intake::application(tx, id)? else { return Ok(()) };
    intake::forget(tx, &application, &format!("your application as a {}", application.role))
}

/// A run holds what stood in applications, and goes with them.
fn old_runs(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let mut found = Vec::new();
    for cohort in runs::cohorts(tx)? {
        if is_past(tx, cohort, keeping::applications_until)?.is_some() {
            found.push(cohort);
        }
    }
    Ok(found)
}

fn profiles(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let mut found = Vec::new();
    for cohort in tx.rows::<Id>(&WITH_PROFILES, values![])? {
        if is_past(tx, cohort, keeping::applications_until)?.is_some() {
            found.push(cohort);
        }
    }
    Ok(found)
}

fn forget_profiles(tx: &mut Tx, cohort: Id) -> Result<(), Failure> {
    changes::clear(tx, cohort)?;
    for drop in [&DROP_CARDS, &DROP_TEXTS, &DROP_PROFILES] {
        tx.exec(drop, values![cohort])?;
    }
    Ok(())
}

/// The line under a list or a request that says when its words go.
pub(crate) fn line(tx: &mut Tx, cohort: &Cohort) -> Result<Markup, Failure> {
    Ok(keeping::line(keeping::choosing_until(&calendar::of(tx, cohort)?)))
}
