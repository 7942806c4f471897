//! The end of an application: what somebody wrote in it is deleted when its time is over.
//! That they applied, and what became of it, stays to be counted.

use forms::Answers;
use platform::{jobs::Job, prelude::*};
use policy::Role;
use program::{Cohort, calendar, keeping, long_day};

use crate::{
    applications::{self, Application},
    keep, last_time, letters, nominations,
    review::{decisions, scores},
    rules::status::State,
};

pub(crate) fn jobs() -> Vec<Job> {
    vec![Job { name: "drafts that nobody finished", find: old_drafts, act: forget_draft }]
}

sql! {
    OLD_DRAFTS => "select id from applications where state = 'draft' and forgotten_at is null and changed_at < $1 order by changed_at, id limit 500";
    LEFT_OUT => "select id from applications where cohort <> $1 and role = 'mentee' and forgotten_at is null and (state in ('waiting', 'offered', 'passed') or approval = 'declined') order by id";
    KEPT_IN => "select id from applications where cohort = $1 and state <> 'draft' and forgotten_at is null order by id";
    FORGET => "update applications set forgotten_at = $2, verdict = '', appeal = '', decision = '' where id = $1 and forgotten_at is null";
}

fn old_drafts(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let before = keeping::drafts_since(tx.now());
    Ok(tx.rows(&OLD_DRAFTS, values![before])?)
}

fn forget_draft(tx: &mut Tx, id: Id) -> Result<(), Failure> {
    let before = keeping::drafts_since(tx.now());
    if !tx.rows::<Id>(&OLD_DRAFTS, values![before])?.contains(&id) {
        return Ok(());
    }
    let Some(draft) = applications::find(tx, id)? else { return Ok(()) };
    forget(tx, &draft, "the application that you had begun")
}

/// The applications of a cohort whose answers are still kept.
pub fn kept_in(tx: &mut Tx, cohort: Id) -> Result<Vec<Application>, Failure> {
    let mut kept = Vec::new();
    for id in tx.rows::<Id>(&KEPT_IN, values![cohort])? {
        kept.extend(applications::find(tx, id)?);
    }
    Ok(kept)
}

/// Whether its author has asked to keep it for the next cohort.
pub fn is_kept_for_next(tx: &mut Tx, application: &Application) -> Result<bool, Failure> {
    if !keep::can_be_kept(application.state()) {
        return Ok(false);
    }
    let kept = forms::kept(tx, application.form(), application.id)?;
    Ok(kept.is_some_and(|kept| kept.answers.ticked(keep::tick(application.role()))))
}

/// CAP7: who was left out as a mentee in an earlier cohort and asked to be kept for the next.
pub fn left_out_before(tx: &mut Tx, cohort: &Cohort) -> Result<Vec<Id>, Failure> {
    let mut people = Vec::new();
    for id in tx.rows::<Id>(&LEFT_OUT, values![cohort.id])? {
        let Some(application) = applications::find(tx, id)? else { continue };
        let is_earlier = program::the_cohort(tx, application.cohort)?.annual_meeting < cohort.annual_meeting;
        if is_earlier && is_kept_for_next(tx, &application)? && !people.contains(&application.person) {
            people.push(application.person);
        }
    }
    Ok(people)
}

/// What somebody answered in an earlier cohort and asked to be kept for this one.
pub(crate) fn carried_over(tx: &mut Tx, cohort: &Cohort, role: Role, person: Id) -> Result<Option<Answers>, Failure> {
    for application in applications::of_person(tx, person)? {
        let is_earlier = application.role() == role && application.cohort != cohort.id;
        if !is_earlier || !is_kept_for_next(tx, &application)? {
            continue;
        }
        let Some(kept) = forms::kept(tx, application.form(), application.id)? else { continue };
        return Ok(Some(last_time::that_can_stand(tx, &kept)?));
    }
    Ok(None)
}

/// Deletes what stands in an application and tells its author.
pub fn forget(tx: &mut Tx, application: &Application, what: &str) -> Result<(), Failure> {
    forms::forget(tx, application.form(), application.id)?;
    scores::forget(tx, application.id)?;
    decisions::forget(tx, application.id)?;
    if let Some(nomination) = application.nomination {
        nominations::forget_words(tx, nomination)?;
    }
    if tx.exec(&FORGET, values![application.id, tx.now()])? == 0 {
        return Ok(());
    }
    journal::record(tx, "application forgotten", application.id, None, Some(application.cohort))?;
    let cohort = program::the_cohort(tx, application.cohort)?;
    let today = calendar::of(tx, &cohort)?.today(tx.now());
    letters::removed(tx, &cohort, application, what, &long_day(today))
}

/// The line on the page of an application that says when it goes.
pub(crate) fn line(tx: &mut Tx, application: &Application) -> Result<Markup, Failure> {
    let cohort = program::the_cohort(tx, application.cohort)?;
    let calendar = calendar::of(tx, &cohort)?;
    Ok(match application.state() {
        State::Draft => {
            html! { p.hint { "A draft that nobody touches for " (keeping::draft_days()) " days is deleted." } }
        }
        State::Placed => keeping::line(keeping::applications_until(&calendar)),
        _ => keeping::line(keeping::unmatched_until(&calendar)),
    })
}
