//! Sending the six check-ins, their one reminder, and the topic letters.

use duos::Duo;
use jiff::{SignedDuration, Timestamp};
use platform::prelude::*;
use program::{Calendar, Cohort, calendar, preset};

use crate::{
    checkins,
    letters::{self, About},
    liaisons::{self, Liaison},
    rounds,
    rules::days,
};

/// The steps of the calendar on which check-ins 1 to 6 go out; the fourth goes with the survey.
const STEPS: [&str; 6] = ["check_in_1", "check_in_2", "check_in_3", "midway_survey_opens", "check_in_5", "check_in_6"];

const REMIND_AFTER: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A check-in asks about its own weeks, so that one much later would only puzzle.
const LATEST: SignedDuration = SignedDuration::from_hours(14 * 24);

/// The check-in that goes out now: the last one whose day has come, while the session runs.
/// What was not sent in its time is not sent later.
fn round_of(calendar: &Calendar, now: Timestamp) -> Option<(i64, Timestamp)> {
    if calendar.is_over("session_ends", now) {
        return None;
    }
    let due = STEPS.iter().zip(1..).filter(|(step, _)| calendar.is_due(step, now)).last();
    due.map(|(step, round)| (round, calendar.at(calendar.day(step), 9))).filter(|(_, due)| now < *due + LATEST)
}

/// Duos that have not had the check-in of these days.
pub(crate) fn waiting(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let mut found = Vec::new();
    for cohort in open_cohorts(tx)? {
        let calendar = calendar::of(tx, &cohort)?;
        let Some((round, due)) = round_of(&calendar, tx.now()) else { continue };
        for duo in checkins::unsent(tx, cohort.id, round)? {
            let waits = |it: &Duo| it.is_active() && it.formed_at < due;
            found.extend(duos::duo(tx, duo)?.filter(waits).map(|it| it.id));
        }
    }
    Ok(found)
}

pub(crate) fn send(tx: &mut Tx, duo: Id) -> Result<(), Failure> {
    let Some((cohort, calendar, duo)) = running(tx, duo)? else { return Ok(()) };
    let Some((round, _)) = round_of(&calendar, tx.now()) else { return Ok(()) };
    let Some(liaison) = liaisons::of_duo(tx, duo.id)? else { return Ok(()) };
    let signed = duos::facts(tx, duo.id)?.agreement_signed_at.is_some();
    for person in duo.people() {
        if let Some(id) = checkins::add(tx, cohort.id, duo.id, person, round)? {
            let about = About { cohort: &cohort, calendar: &calendar, duo: &duo, liaison: &liaison };
            letters::check_in(tx, &about, id, person, round, signed)?;
        }
    }
    Ok(())
}

pub(crate) fn unanswered(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    checkins::to_remind(tx, REMIND_AFTER)
}

/// Reminds once. Where the duo or the session is over, or the next check-in has gone out
/// while the house slept, the reminder is noted and not sent. COM4.
pub(crate) fn remind(tx: &mut Tx, id: Id) -> Result<(), Failure> {
    let checkin = checkins::find(tx, id)?.ok_or(Failure::NotFound)?;
    if !checkins::note_reminder(tx, id)? {
        return Ok(());
    }
    let Some((cohort, calendar, duo)) = running(tx, checkin.duo)? else { return Ok(()) };
    let Some(liaison) = liaisons::of_duo(tx, duo.id)? else { return Ok(()) };
    let is_overtaken = checkins::of_duo(tx, duo.id)?.iter().any(|it| it.round > checkin.round);
    if is_overtaken || calendar.is_over("session_ends", tx.now()) {
        return Ok(());
    }
    letters::remind(tx, &About { cohort: &cohort, calendar: &calendar, duo: &duo, liaison: &liaison }, &checkin)
}

/// What a topic letter is called among the rounds of a cohort.
const TOPIC: &str = "topic letter";

/// Cohorts whose letter of the month waits.
pub(crate) fn topics_due(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let mut found = Vec::new();
    for cohort in open_cohorts(tx)? {
        let calendar = calendar::of(tx, &cohort)?;
        if let Some((day, _)) = topic_of(&calendar, tx.now())
            && !rounds::was_made(tx, cohort.id, TOPIC, day)?
        {
            found.push(cohort.id);
        }
    }
    Ok(found)
}

pub(crate) fn send_topics(tx: &mut Tx, cohort: Id) -> Result<(), Failure> {
    let cohort = program::the_cohort(tx, cohort)?;
    let calendar = calendar::of(tx, &cohort)?;
    let Some((day, number)) = topic_of(&calendar, tx.now()) else { return Ok(()) };
    if !rounds::make(tx, cohort.id, TOPIC, day)? {
        return Ok(());
    }
    let Some(guide) = preset::text("guides", &format!("{number:02}")) else { return Ok(()) };
    let liaisons = liaisons::in_cohort(tx, cohort.id)?;
    let committee = the_committee(tx)?;
    for duo in duos::in_cohort(tx, cohort.id)?.iter().filter(|it| it.is_active()) {
        let liaison = liaisons.get(&duo.id).unwrap_or(&committee);
        letters::topic(tx, &About { cohort: &cohort, calendar: &calendar, duo, liaison }, &guide, day)?;
    }
    Ok(())
}

fn topic_of(calendar: &Calendar, now: Timestamp) -> Option<(jiff::civil::Date, i64)> {
    let found = days::topic_letter(calendar.today(now), calendar.day("orientation"), calendar.day("session_ends"));
    found.filter(|(day, _)| now >= calendar.at(*day, 9))
}

/// Signs letters of a duo that nobody accompanies.
pub(crate) fn the_committee(tx: &mut Tx) -> Result<Liaison, Failure> {
    let program = program::the_program(tx)?;
    let (id, since) = (Id::default(), tx.now());
    let name = "The mentoring committee".to_owned();
    Ok(Liaison { id, duo: id, person: id, name, email: program.reply_address, since })
}

pub(crate) fn open_cohorts(tx: &mut Tx) -> Result<Vec<Cohort>, Failure> {
    Ok(program::cohorts::all(tx)?.into_iter().filter(Cohort::is_open).collect())
}

/// An active duo of an open cohort, with its calendar.
fn running(tx: &mut Tx, duo: Id) -> Result<Option<(Cohort, Calendar, Duo)>, Failure> {
    let Some(duo) = duos::duo(tx, duo)?.filter(Duo::is_active) else { return Ok(None) };
    let cohort = program::the_cohort(tx, duo.cohort)?;
    let calendar = calendar::of(tx, &cohort)?;
    Ok(cohort.is_open().then_some((cohort, calendar, duo)))
}
