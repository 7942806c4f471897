//! `/mentors/mine`: how a mentor's own profile reads, and a pause in one click. PRF3.

use platform::prelude::*;
use policy::Role;
use shell::{Style, Tone};

use crate::{profile, profiles, requests, who};

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = who::cohort_as(tx, visit, Role::Mentor)?.ok_or(Failure::NotFound)?;
    let Some(head) = profiles::head(tx, cohort.id, visit.person()?)? else {
        return Ok(Reply::page("My profile in the directory", not_shown()));
    };
    let words = profiles::words(tx, &head)?;
    let waiting = requests::waiting_for(tx, cohort.id, visit.person()?)?;
    let body = html! {
        (shell::page_head("My profile in the directory", "This is how mentees read it. Change it in your application."))
        (state(&head.state))
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
    };
    Ok(Reply::page("My profile in the directory", body))
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
        (shell::page_head("My profile in the directory", ""))
        (shell::empty_state(
            "Your profile is not shown",
            "You have not ticked that it may be shown. The committee may still propose a mentee to you.",
            Some(("/", "Go to the start")),
        ))
    }
}
