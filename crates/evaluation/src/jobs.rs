//! What the house does for surveys by itself: plans, opens, reminds, closes, forgets.

use std::collections::BTreeSet;

use jiff::civil::Date;
use platform::{jobs::Job, prelude::*};
use policy::Role;
use program::{Calendar, Cohort, calendar, cohorts};

use crate::{
    answers, letters,
    plan::{ORIENTATION, PLAN, Planned},
    rules, snapshot,
    surveys::{self, Survey},
};

pub fn all() -> Vec<Job> {
    vec![
        Job { name: "plan surveys", find: find_unplanned, act: plan },
        Job { name: "open surveys", find: find_to_open, act: open },
        Job { name: "remind of surveys", find: find_to_remind, act: remind },
        Job { name: "close surveys", find: find_to_close, act: close },
        Job { name: "forget answers to surveys", find: find_to_forget, act: forget },
    ]
}

fn find_unplanned(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let mut found = Vec::new();
    for cohort in cohorts::all(tx)?.into_iter().filter(Cohort::is_open) {
        let calendar = calendar::of(tx, &cohort)?;
        let there = surveys::in_cohort(tx, cohort.id)?;
        if PLAN.iter().any(|planned| differs(planned, &calendar, &there)) {
            found.push(cohort.id);
        }
    }
    Ok(found)
}

/// Whether a survey is missing, or its days do not follow the calendar any more.
fn differs(planned: &Planned, calendar: &Calendar, there: &[Survey]) -> bool {
    there.iter().find(|it| it.name == planned.name).is_none_or(|it| wanted_days(planned, calendar, it).is_some())
}

/// The days a survey should have, if they are others than it has.
fn wanted_days(planned: &Planned, calendar: &Calendar, survey: &Survey) -> Option<(Date, Date)> {
    let (opens, closes) = planned.days(calendar);
    let opens = if survey.is_planned() { opens } else { survey.opens };
    let follows = !survey.by_hand && !survey.is_closed() && closes > opens;
    (follows && (opens, closes) != (survey.opens, survey.closes)).then_some((opens, closes))
}

fn plan(tx: &mut Tx, cohort: Id) -> Result<(), Failure> {
    let cohort = program::the_cohort(tx, cohort)?;
    let calendar = calendar::of(tx, &cohort)?;
    for planned in &PLAN {
        match surveys::named(tx, cohort.id, planned.name)? {
            None => surveys::add(tx, cohort.id, planned.name, planned.role, planned.days(&calendar))?,
            Some(survey) => {
                if let Some((opens, closes)) = wanted_days(planned, &calendar, &survey) {
                    surveys::set_days(tx, survey.id, opens, closes, false)?;
                }
            }
        }
    }
    Ok(())
}

fn find_to_open(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    find(tx, "planned", |tx, survey, calendar| Ok(tx.now() >= calendar.at(survey.opens, 9)))
}

fn open(tx: &mut Tx, id: Id) -> Result<(), Failure> {
    let (survey, cohort, calendar) = all_about(tx, id)?;
    let today = calendar.today(tx.now());
    // A house that slept through a survey does not ask afterwards.
    if tx.now() > calendar.last_second(survey.closes) || !surveys::open(tx, &survey, today)? {
        return Ok(());
    }
    journal::record(tx, "survey opened", id, None, Some(cohort.id))?;
    for person in people(tx, &survey)? {
        surveys::ask(tx, id, person)?;
        letters::ask(tx, &cohort, &survey, person)?;
    }
    Ok(())
}

/// Who is asked: the mentees or mentors of duos that did not end early, or those with a
/// place who are in no duo; about the orientation, those of the duos who were there.
fn people(tx: &mut Tx, survey: &Survey) -> Result<BTreeSet<Id>, Failure> {
    let duos = duos::in_cohort(tx, survey.cohort)?;
    let lasting = duos.iter().filter(|duo| duo.state != "ended");
    if survey.name == ORIENTATION {
        let came = training::who_came_to_the_orientation(tx, &policy::house(), survey.cohort)?;
        let came = |person: &Id| came.as_ref().is_none_or(|all| all.contains(person));
        return Ok(lasting.flat_map(duos::Duo::people).filter(came).collect());
    }
    Ok(match survey.role.as_str() {
        "mentee" => lasting.map(|duo| duo.mentee).collect(),
        "mentor" => lasting.map(|duo| duo.mentor).collect(),
        _ => {
            let mut people = BTreeSet::from_iter(program::in_cohort(tx, Role::Mentee, survey.cohort)?);
            people.extend(program::in_cohort(tx, Role::Mentor, survey.cohort)?);
            people.retain(|person| !duos.iter().any(|duo| duo.mentee == *person || duo.mentor == *person));
            people
        }
    })
}

fn find_to_remind(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    find(tx, "open", |tx, survey, calendar| Ok(reminder(tx, survey, calendar).is_some()))
}

fn reminder(tx: &Tx, survey: &Survey, calendar: &Calendar) -> Option<(i64, bool)> {
    let opened = survey.opened_on?;
    let has_come = |day: Date| tx.now() >= calendar.at(day, 9);
    let number = rules::reminder_due(opened, survey.closes, survey.reminded, has_come)?;
    Some((number, rules::is_last_reminder(opened, survey.closes, number)))
}

fn remind(tx: &mut Tx, id: Id) -> Result<(), Failure> {
    let (survey, cohort, calendar) = all_about(tx, id)?;
    let Some(reminder) = reminder(tx, &survey, &calendar) else { return Ok(()) };
    if !survey.is_open() || !surveys::note_reminder(tx, id, reminder.0)? {
        return Ok(());
    }
    for person in surveys::silent(tx, id)? {
        letters::remind(tx, &cohort, &survey, person, reminder)?;
    }
    Ok(())
}

fn find_to_close(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let is_over =
        |tx: &mut Tx, survey: &Survey, calendar: &Calendar| Ok(tx.now() > calendar.last_second(survey.closes));
    let mut found = find(tx, "open", is_over)?;
    found.extend(find(tx, "planned", is_over)?);
    Ok(found)
}

fn close(tx: &mut Tx, id: Id) -> Result<(), Failure> {
    tx.lock(id)?;
    let (survey, cohort, calendar) = all_about(tx, id)?;
    let today = calendar.today(tx.now());
    if tx.now() <= calendar.last_second(survey.closes) || !surveys::close(tx, id, today)? {
        return Ok(());
    }
    snapshot::freeze(tx, &survey)?;
    answers::drop_drafts(tx, id)?;
    journal::record(tx, "survey closed", id, None, Some(cohort.id))?;
    Ok(())
}

fn find_to_forget(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let mut found = Vec::new();
    for id in answers::cohorts_with_secret(tx)? {
        let cohort = program::the_cohort(tx, id)?;
        let calendar = calendar::of(tx, &cohort)?;
        if rules::is_to_be_forgotten(calendar.day("session_ends"), calendar.today(tx.now())) {
            found.push(id);
        }
    }
    Ok(found)
}

fn forget(tx: &mut Tx, cohort: Id) -> Result<(), Failure> {
    answers::forget(tx, cohort)
}

/// Surveys in a state for which something has come; those of drafts wait.
fn find(
    tx: &mut Tx,
    state: &str,
    has_come: fn(&mut Tx, &Survey, &Calendar) -> Result<bool, Failure>,
) -> Result<Vec<Id>, Failure> {
    let mut found = Vec::new();
    let mut last: Option<(Cohort, Calendar)> = None;
    for survey in surveys::in_state(tx, state)? {
        if last.as_ref().is_none_or(|(cohort, _)| cohort.id != survey.cohort) {
            let cohort = program::the_cohort(tx, survey.cohort)?;
            let calendar = calendar::of(tx, &cohort)?;
            last = Some((cohort, calendar));
        }
        if let Some((cohort, calendar)) = &last
            && !cohort.is_draft()
            && has_come(tx, &survey, calendar)?
        {
            found.push(survey.id);
        }
    }
    Ok(found)
}

fn all_about(tx: &mut Tx, survey: Id) -> Result<(Survey, Cohort, Calendar), Failure> {
    let survey = surveys::the_survey(tx, survey)?;
    let cohort = program::the_cohort(tx, survey.cohort)?;
    let calendar = calendar::of(tx, &cohort)?;
    Ok((survey, cohort, calendar))
}
