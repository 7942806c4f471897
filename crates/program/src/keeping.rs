//! How long what people wrote is kept, and the page where the chair chooses the months for
//! what duos write. Page `/program/keeping`.

use std::{collections::BTreeMap, sync::LazyLock};

use jiff::{SignedDuration, Span, Timestamp, civil::Date};
use platform::{doors::Doors, prelude::*, settings};
use policy::Action;
use serde::Deserialize;
use shell::{Column, Faults, Input};

use crate::{
    calendar::{self, Calendar, long_day},
    cohorts::{self, Cohort},
    preset,
    rules::calendar::add,
};

/// The committee may choose from nothing at all to five years.
pub const MOST_MONTHS: i64 = 60;
/// How long before it goes both of a duo are offered to take their content along.
pub const OFFERED_DAYS: i64 = 30;

const DUO_MONTHS: &str = "months that duo content is kept";
const TITLE: &str = "How long things are kept";

pub fn doors() -> Doors {
    Doors::default()
        .get("/program/keeping", Action::RunProgram, get)
        .post("/program/keeping", Action::RunProgram, post)
        .taking(&["months"])
}

#[derive(Deserialize)]
struct Preset {
    rules: Rules,
}

#[derive(Deserialize)]
struct Rules {
    keep_days: BTreeMap<String, i64>,
}

static KEEP: LazyLock<BTreeMap<String, i64>> =
    LazyLock::new(|| preset::toml::<Preset>("preset.toml").map(|it| it.rules.keep_days).unwrap_or_default());

/// What has a clock, by its name in the preset. What has no figure there is kept for long
/// rather than deleted by mistake.
fn days(name: &str) -> i64 {
    KEEP.get(name).copied().unwrap_or(3650)
}

/// The last day on which lists, notes to mentors and their answers are kept.
pub fn choosing_until(calendar: &Calendar) -> Date {
    add(calendar.day("orientation"), days("ranked_list_after_s"))
}

/// The last day of applications that led to no duo.
pub fn unmatched_until(calendar: &Calendar) -> Date {
    add(calendar.day("orientation"), days("unmatched_application_after_s"))
}

/// The last day of all other applications, and of profiles.
pub fn applications_until(calendar: &Calendar) -> Date {
    add(calendar.day("session_ends"), days("profile_after_end"))
}

/// The last day of what was told to liaisons.
pub fn check_ins_until(calendar: &Calendar) -> Date {
    add(calendar.day("session_ends"), days("check_in_answers_after_end"))
}

/// The last day of notes, goals and agreements.
pub fn duo_content_until(tx: &mut Tx, calendar: &Calendar) -> Result<Date, Failure> {
    let months = duo_months(tx)?;
    Ok(calendar.day("session_ends").saturating_add(Span::new().months(months)))
}

/// Drafts that nobody touched since this moment are deleted.
pub fn drafts_since(now: Timestamp) -> Timestamp {
    ago(now, days("draft"))
}

/// Letters written before this moment keep no words.
pub fn letter_bodies_since(now: Timestamp) -> Timestamp {
    ago(now, days("letter_bodies"))
}

/// Letters written before this moment no longer say to whom.
pub fn letter_headers_since(now: Timestamp) -> Timestamp {
    ago(now, days("letter_headers"))
}

/// Concerns that were closed before this moment are deleted.
pub fn concerns_since(now: Timestamp) -> Timestamp {
    ago(now, days("incident"))
}

/// For how many whole years a concern is kept once it is closed.
pub fn concern_years() -> i64 {
    days("incident") / 365
}

/// For how many days a draft is kept after it was last touched.
pub fn draft_days() -> i64 {
    days("draft")
}

/// For how many days the words of a letter are kept.
pub fn letter_days() -> i64 {
    days("letter_bodies")
}

/// The line under a record that says when it goes.
pub fn line(until: Date) -> Markup {
    html! { p.hint { "Kept until " (long_day(until)) ", then deleted." } }
}

/// For how many months after the session the content of duos is kept.
pub fn duo_months(tx: &mut Tx) -> Result<i64, Failure> {
    let chosen = settings::get(tx, DUO_MONTHS)?.and_then(|months| months.parse().ok());
    Ok(chosen.unwrap_or_else(|| days("duo_content_months_after_end")).clamp(0, MOST_MONTHS))
}

fn ago(now: Timestamp, days: i64) -> Timestamp {
    now - SignedDuration::from_hours(24 * days)
}

fn get(tx: &mut Tx, _: &Visit) -> Answer {
    let months = duo_months(tx)?.to_string();
    Ok(Reply::page(TITLE, page(tx, &months, &Faults::new())?))
}

fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let typed = visit.form.text("months");
    let months = typed.parse().ok().filter(|months| (0..=MOST_MONTHS).contains(months));
    let Some(months): Option<i64> = months else {
        let mut faults = Faults::new();
        faults.add("months", format!("Please give a whole number of months from 0 to {MOST_MONTHS}."));
        return Err(Failure::refused(TITLE, page(tx, typed, &faults)?));
    };
    settings::set(tx, DUO_MONTHS, &months.to_string())?;
    let program = cohorts::the_program(tx)?;
    journal::record(tx, "months of duo content changed", program.id, Some(visit.person()?), None)?;
    Ok(Reply::go("/program/keeping").saying(format!("What duos write is kept for {months} months after the session.")))
}

fn page(tx: &mut Tx, months: &str, faults: &Faults) -> Result<Markup, Failure> {
    let cohort = cohorts::current(tx)?;
    let rows = match &cohort {
        Some(cohort) => clocks(tx, cohort)?,
        None => Vec::new(),
    };
    let input = Input::new("months", "Months after the session ends").kind("number").value(months).required();
    let hint = format!(
        "From 0 to {MOST_MONTHS}. Both of a duo are told {OFFERED_DAYS} days before, with a way to take all of it along."
    );
    Ok(html! {
        (shell::breadcrumbs(&[("/program", "Settings")], TITLE))
        (shell::page_head(TITLE, "What people wrote is deleted when its time has come, and its key is destroyed, so that older backups do not open it either."))
        (shell::error_summary(faults))
        (shell::card("Notes, goals and agreements of duos", shell::form("/program/keeping", html! {
            (shell::text_field(&input.hint(&hint).faults(faults)))
            (shell::actions(shell::button("Save")))
        })))
        @if let Some(cohort) = &cohort {
            (shell::table(&format!("What goes when, for cohort {}", cohort.name), &[Column::text("What"), Column::text("Kept until")], rows))
        }
    })
}

fn clocks(tx: &mut Tx, cohort: &Cohort) -> Result<Vec<Vec<Markup>>, Failure> {
    let calendar = calendar::of(tx, cohort)?;
    let row = |what: &str, until: String| vec![html! { (what) }, html! { (until) }];
    Ok(vec![
        row("Drafts of applications", format!("{} days after they were last touched", draft_days())),
        row("Lists of mentors, notes with a request, and answers", long_day(choosing_until(&calendar))),
        row("Applications that led to no duo", long_day(unmatched_until(&calendar))),
        row("What was told to liaisons in check-ins", long_day(check_ins_until(&calendar))),
        row("All other applications, and profiles", long_day(applications_until(&calendar))),
        row("Notes, goals and agreements of duos", long_day(duo_content_until(tx, &calendar)?)),
        row("Concerns", format!("{} years after they are closed", concern_years())),
        row("The words of letters", format!("{} days after they were written", letter_days())),
    ])
}
