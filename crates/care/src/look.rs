//! The morning's look at every duo, and the ladder that it leads up.

use duos::Duo;
use jiff::civil::Date;
use platform::prelude::*;
use program::{Calendar, Cohort, calendar};

use crate::{
    check_in::{open_cohorts, the_committee},
    checkins,
    letters::{self, About},
    liaisons, rounds,
    rules::{
        days,
        ladder::{Rung, ladder, quiet_since},
    },
    signals::{self, Seen},
    tasks::{self, NewTask},
};

const LOOK: &str = "morning look";
const ATTENTION: &str = "attention";
const OPTIONS: &str = "options";

/// That it is the house itself which looks, on its round in the morning: it reads how it goes
/// and shows it to nobody. Only this file makes one.
pub(crate) struct Morning(());

/// Cohorts that have not been looked at today: on weekdays from nine, while the session runs.
pub(crate) fn due(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let mut found = Vec::new();
    for cohort in open_cohorts(tx)? {
        let calendar = calendar::of(tx, &cohort)?;
        let (now, today) = (tx.now(), calendar.today(tx.now()));
        let is_time = now >= calendar.at(today, 9) && days::is_weekday(today);
        if is_time
            && calendar.is_between("orientation", "session_ends", now)
            && !rounds::was_made(tx, cohort.id, LOOK, today)?
        {
            found.push(cohort.id);
        }
    }
    Ok(found)
}

pub(crate) fn look(tx: &mut Tx, cohort: Id) -> Result<(), Failure> {
    let cohort = program::the_cohort(tx, cohort)?;
    let calendar = calendar::of(tx, &cohort)?;
    let today = calendar.today(tx.now());
    if !rounds::make(tx, cohort.id, LOOK, today)? {
        return Ok(());
    }
    let seen = signals::seen_in(tx, cohort.id)?;
    // What is kept and shown of a signal comes from dates and counts; what was told leads up the ladder.
    let by_dates = signals::of_cohort(tx, &cohort)?;
    let told = signals::of_cohort_told(tx, &Morning(()), &cohort)?;
    for (by_dates, standing) in by_dates.into_iter().zip(told) {
        let before = seen.get(&standing.duo.id);
        let climb = before.and_then(Seen::climb);
        let (climb, rung) = ladder(standing.signal.state, climb, today);
        let word = by_dates.signal.word().words();
        let now = Seen {
            duo: standing.duo.id,
            word: word.to_owned(),
            before: before.map_or("", |it| if it.word == word { &it.before } else { &it.word }).to_owned(),
            changed_on: before.filter(|it| it.word == word).map_or(today, |it| it.changed_on),
            trouble_since: climb.map(|it| it.since),
            rung: climb.map_or(0, |it| i64::try_from(it.rungs).unwrap_or(0)),
            quiet_since: quiet_since(&by_dates.signal, before.and_then(|it| it.quiet_since), today),
        };
        if before != Some(&now) {
            signals::write(tx, cohort.id, &now)?;
        }
        if now.quiet_since == Some(today) {
            remind(tx, &cohort, &calendar, &standing.duo, today)?;
        }
        match (rung, climb) {
            (Some(rung), Some(climb)) => {
                follow(tx, &cohort, today, &standing.duo, rung, &climb.since.to_string())?;
            }
            (None, None) if before.is_some_and(|it| it.rung > 0) => {
                for kind in [tasks::WRITE, ATTENTION, OPTIONS] {
                    tasks::settle_kind(tx, standing.duo.id, kind)?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Does what a rung asks for. `since` keeps this climb apart from later ones.
fn follow(tx: &mut Tx, cohort: &Cohort, today: Date, duo: &Duo, rung: Rung, since: &str) -> Result<(), Failure> {
    let both = format!("{} and {}", duo.mentor_name, duo.mentee_name);
    let task = |kind: &'static str, title: String, words: &str, days: u32| NewTask {
        cohort: cohort.id,
        duo: Some(duo.id),
        person: None,
        kind,
        title,
        words: words.to_owned(),
        due: days::working_days_after(today, days),
        once: format!("{kind}|{}|{since}", duo.id),
    };
    match rung {
        Rung::Watch => {}
        Rung::Write => {
            let title = format!("Write to {both}, to each separately");
            tasks::add_for_liaison(tx, duo.id, task(tasks::WRITE, title, OUTREACH, 2))?;
        }
        Rung::TellChair => {
            let title = format!("Duo {} needs attention", duo.number);
            tasks::add(tx, &task(ATTENTION, title, "Please ask its liaison whether help is wanted.", 3))?;
        }
        Rung::TalkOptions => {
            let title = format!("Talk with {both} about options, with each separately");
            tasks::add_for_liaison(tx, duo.id, task(OPTIONS, title, OPTIONS_WORDS, 5))?;
        }
    }
    Ok(())
}

/// The small reminder to meet, which goes out by itself. Each of the two gets it or not by
/// what they have said themselves, so that it tells neither what the other has answered.
fn remind(tx: &mut Tx, cohort: &Cohort, calendar: &Calendar, duo: &Duo, today: Date) -> Result<(), Failure> {
    let liaison = match liaisons::of_duo(tx, duo.id)? {
        Some(liaison) => liaison,
        None => the_committee(tx)?,
    };
    for person in duo.people() {
        // Whoever asks for a word is not told to meet.
        if !checkins::asks_for_a_word(tx, &Morning(()), duo.id, person)? {
            letters::nudge(tx, &About { cohort, calendar, duo, liaison: &liaison }, person, &today.to_string())?;
        }
    }
    Ok(())
}

const OUTREACH: &str = "It seems there has been little contact lately. Calendars happen, and sometimes it is something else. You need not tell me why. Would you like help to find a date, another partner, a pause, or to stop?";
const OPTIONS_WORDS: &str = "Would you like to begin afresh together, another partner, or to stop here? Each of these is fine, and you need not tell me why. I will not pass on what you write.";
