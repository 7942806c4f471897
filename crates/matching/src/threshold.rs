//! Table `matching_thresholds` and page `/cohorts/{cohort}/matching/threshold`: the directory
//! does not open before enough mentors have joined, unless the chair opens it with a reason.
//! SLF8, CAP7

use jiff::Timestamp;
use platform::prelude::*;
use program::{Cohort, calendar, long_day};
use shell::{Faults, Input, Tone};

use crate::rules::threshold::{self, Held, LONGEST_REASON, Refusal};

const TITLE: &str = "Before mentees choose";
pub(crate) const FIELDS: &[&str] = &["mentors", "do", "reason"];

row! {
    struct Line {
        mentors: i64,
        opened_at: Option<Timestamp>,
        opened_by: Option<Id>,
        reason: String,
    }
}

sql! {
    FIND => "select mentors, opened_at, opened_by, reason from matching_thresholds where cohort = $1";
    KEEP => "insert into matching_thresholds (cohort, mentors, reason, changed_by, changed_at) values ($1, $2, '', $3, $4) on conflict (cohort) do update set mentors = excluded.mentors, changed_by = excluded.changed_by, changed_at = excluded.changed_at";
    WANTED => "select mentors, changed_by from matching_thresholds where cohort = $1";
    OPEN => "update matching_thresholds set opened_at = $2, opened_by = $3, reason = $4 where cohort = $1 and opened_at is null";
}

/// How many mentors the committee wants in a cohort, and who said so last.
pub(crate) fn wanted(tx: &mut Tx, cohort: Id) -> Result<Option<(i64, Id)>, Failure> {
    Ok(tx.row(&WANTED, values![cohort])?)
}

/// Wants as many in another cohort.
pub(crate) fn want(tx: &mut Tx, cohort: Id, (mentors, by): (i64, Id)) -> Result<(), Failure> {
    tx.exec(&KEEP, values![cohort, mentors, by, tx.now()])?;
    Ok(())
}

/// What is still missing before the directory of this cohort may open; nothing where it may.
pub(crate) fn held(tx: &mut Tx, cohort: &Cohort) -> Result<Option<Held>, Failure> {
    let Some(line) = tx.row::<Line>(&FIND, values![cohort.id])?.filter(|it| it.opened_at.is_none()) else {
        return Ok(None);
    };
    let figures = intake::figures(tx, cohort.id)?;
    Ok(threshold::held(line.mentors, figures.mentors, figures.mentor_places))
}

/// Cohorts whose directory has opened by itself: from then on it stays open, whoever leaves.
pub(crate) fn reached(tx: &mut Tx, cohort: &Cohort) -> Result<bool, Failure> {
    let stands = tx.row::<Line>(&FIND, values![cohort.id])?.is_some_and(|it| it.opened_at.is_none());
    let has_begun = calendar::of(tx, cohort)?.has_begun("directory_opens", tx.now());
    Ok(stands && has_begun && cohort.is_open() && held(tx, cohort)?.is_none())
}

pub(crate) fn note_reached(tx: &mut Tx, cohort: Id) -> Result<(), Failure> {
    tx.exec(&OPEN, values![cohort, tx.now(), None::<Id>, ""])?;
    Ok(())
}

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = program::the_cohort(tx, visit.id("cohort")?)?;
    let typed = match tx.row::<Line>(&FIND, values![cohort.id])? {
        Some(line) => line.mentors.to_string(),
        None => String::new(),
    };
    Ok(Reply::page(TITLE, markup(tx, &cohort, &typed, "", &Faults::new())?))
}

pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let id = visit.id("cohort")?;
    tx.lock(id)?;
    let cohort = program::the_cohort(tx, id)?;
    let (typed, reason, by) = (visit.form.text("mentors"), visit.form.text("reason"), visit.person()?);
    let done = match visit.form.text("do") {
        "open" => open(tx, &cohort, reason, by)?,
        _ => set(tx, &cohort, visit.form.number("mentors"), by)?,
    };
    match done {
        Ok(words) => Ok(Reply::go(format!("/cohorts/{id}/matching/threshold")).saying(words)),
        Err(refusal) => {
            let mut faults = Faults::new();
            faults.add(refusal.field(), refusal.to_string());
            Err(Failure::refused(TITLE, markup(tx, &cohort, typed, reason, &faults)?))
        }
    }
}

fn set(tx: &mut Tx, cohort: &Cohort, wanted: Option<i64>, by: Id) -> Result<Result<&'static str, Refusal>, Failure> {
    let mentors = match threshold::number(wanted, cohort.is_open() || cohort.is_draft()) {
        Ok(mentors) => mentors,
        Err(refusal) => return Ok(Err(refusal)),
    };
    tx.exec(&KEEP, values![cohort.id, mentors, by, tx.now()])?;
    journal::record(tx, "threshold of mentors changed", cohort.id, Some(by), Some(cohort.id))?;
    Ok(Ok("Kept. The directory opens on its day, once so many mentors have joined."))
}

fn open(tx: &mut Tx, cohort: &Cohort, reason: &str, by: Id) -> Result<Result<&'static str, Refusal>, Failure> {
    if let Err(refusal) = threshold::may_open(held(tx, cohort)?.is_some(), reason) {
        return Ok(Err(refusal));
    }
    tx.exec(&OPEN, values![cohort.id, tx.now(), by, reason])?;
    journal::record(tx, "directory opened before the threshold", cohort.id, Some(by), Some(cohort.id))?;
    Ok(Ok("The directory opens on its day, although fewer mentors have joined. Your reason is kept."))
}

fn markup(tx: &mut Tx, cohort: &Cohort, typed: &str, reason: &str, faults: &Faults) -> Result<Markup, Failure> {
    let board = format!("/cohorts/{}/matching", cohort.id);
    let path = format!("{board}/threshold");
    let figures = intake::figures(tx, cohort.id)?;
    let line = tx.row::<Line>(&FIND, values![cohort.id])?;
    let held = held(tx, cohort)?;
    let calendar = calendar::of(tx, cohort)?;
    let opens = long_day(calendar.day("directory_opens"));
    let ratio = figures.mentors_per_place().map_or_else(|| "–".to_owned(), |it| format!("{it:.1}"));
    let opened = line.filter(|it| it.opened_by.is_some());
    let (joined, places) = (figures.mentors.to_string(), figures.places.to_string());
    Ok(html! {
        (shell::breadcrumbs(&[(&board, "Matching")], TITLE))
        (shell::page_head(TITLE, &format!("The directory opens on {opens}. Here you choose how many mentors there must be for that.")))
        (shell::error_summary(faults))
        (shell::figures(&[(&joined, "mentors have joined"), (&places, "places for mentees"), (&ratio, "mentors for each place")]))
        @if let Some(held) = &held {
            (shell::note(Tone::Warn, html! { p { (held) " Until then the directory stays closed, and no letter about it goes out." } }))
        }
        @if let Some(line) = &opened {
            (shell::note(Tone::Info, html! { p { "Opened before enough mentors had joined: “" (line.reason) "”" } }))
        }
        (shell::form(&path, html! {
            (shell::text_field(&Input::new("mentors", "Mentors who must have joined").kind("number").value(typed).required().faults(faults)
                .hint("Approved ones count; one who takes two mentees counts twice. 0 asks for none. Well begun is 1.2 for each place.")))
            (shell::actions(html! { (shell::button("Keep this")) (shell::link_quiet(&board, "Back to matching")) }))
        }))
        @if held.is_some() {
            (shell::card("Open it all the same", html! {
                (shell::form(&path, html! {
                    (shell::hidden("do", "open"))
                    (shell::long_field(&Input::new("reason", "Your reason").value(reason).rows(3).max(LONGEST_REASON).required().faults(faults)
                        .hint("It is kept with your name, for the committee to read.")))
                    (shell::actions(shell::button_quiet("Open on its day with fewer mentors")))
                }))
            }))
        }
        (shell::readers_line(&policy::who_can_read_as(policy::Record::ProgramSettings, policy::Column::Chair)))
    })
}
