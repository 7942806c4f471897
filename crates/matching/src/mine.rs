//! `/mentors/mine`: how a mentor's own profile reads, and a pause in one click. PRF3.

use platform::prelude::*;
use policy::{Facts, Grant, Role, of};
use program::Cohort;
use shell::{Faults, Style, Tone};

use crate::{capacity, profile, profiles, requests, who};

pub(crate) const TITLE: &str = "My profile in the directory";

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = who::cohort_as(tx, visit, Role::Mentor)?.ok_or(Failure::NotFound)?;
    let body = page(tx, visit, &cohort, "", &Faults::new())?;
    Ok(Reply::page(TITLE, body))
}

/// The page, with what was typed as the number of mentees.
pub(crate) fn page(
    tx: &mut Tx,
    visit: &Visit,
    cohort: &Cohort,
    typed: &str,
    faults: &Faults,
) -> Result<Markup, Failure> {
    let capacity = capacity::card(tx, cohort, visit.person()?, typed, faults)?;
    let Some(head) = profiles::head(tx, cohort.id, visit.person()?)? else {
        return Ok(html! { (shell::error_summary(faults)) (not_shown()) (capacity) });
    };
    let grant: Grant<of::ProfileMentor> = visit.grant(&Facts::in_cohort(cohort.id.number()).own(true))?;
    let words = profiles::words(tx, &grant, &head)?;
    let waiting = requests::waiting_for(tx, cohort.id, visit.person()?)?;
    let leaving = intake::application_of(tx, cohort.id, Role::Mentor, visit.person()?)?;
    let held = capacity::running(tx, cohort.id, visit.person()?)?;
    Ok(html! {
        (shell::error_summary(faults))
        (shell::page_head(TITLE, "This is how mentees read it. Change it in your application."))
        (state(&head.state))
        (capacity)
        @if !waiting.is_empty() {
            (shell::card("Waiting for your answer", html! {
                ul role="list" { @for request in &waiting {
                    li { a href={ "/requests/" (request.id) } { (request.mentee_name) } }
                } }
            }))
        }
        (shell::columns(profile::texts(&words), profile::facts(&head, &words)))
        (shell::readers_line(&policy::who_can_read(policy::Record::ProfileMentor)))
        (shell::who_has_read(profile::RECORD, None))
        @if !held.is_empty() {
            (capacity::leaving(&held))
        } @else if let Some(leaving) = leaving {
            p.hint { "You cannot be a mentor this year after all? " a href=(leaving.path()) { "Take your application back" } "; nobody asks why." }
        }
    })
}

pub(crate) fn pause(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = who::cohort_as(tx, visit, Role::Mentor)?.ok_or(Failure::NotFound)?;
    let paused = visit.form.text("pause") == "yes";
    profiles::pause(tx, cohort.id, visit.person()?, paused)?;
    let words = if paused {
        "You take a pause: mentees do not see you. Requests you have already can still be answered."
    } else {
        "Welcome back. Mentees can see you and ask you."
    };
    Ok(Reply::go("/mentors/mine").saying(words))
}

fn state(state: &str) -> Markup {
    let button = |words, value| shell::post_button("/mentors/mine/pause", words, &[("pause", value)], Style::Quiet);
    html! {
        @match state {
            "paused" => {
                (shell::note(Tone::Info, html! { "You take a pause: mentees do not see you." }))
                (button("Show me again", "no"))
            }
            "taken" => (shell::note(Tone::Good, html! { "You have a mentee. The directory says so, and nobody else can ask you." })),
            _ => (button("Take a pause", "yes")),
        }
    }
}

fn not_shown() -> Markup {
    html! {
        (shell::page_head(TITLE, ""))
        (shell::empty_state(
            "Your profile is not shown",
            "You have not ticked that it may be shown. The committee may still propose a mentee to you.",
            Some(("/", "Go to the start")),
        ))
    }
}
