//! `POST /cohorts/{cohort}/opening`: a draft is opened to people. When days of its call are
//! past already, the chair is told which, and opens it only with a tick.

use jiff::civil::Date;
use platform::prelude::*;
use policy::{Action, Role};
use shell::{Faults, Input, Style, Tone};

use crate::{
    calendar::{self, Calendar, long_day},
    cohorts::{self, Cohort},
};

pub(crate) fn doors() -> Doors {
    Doors::default()
        .post("/cohorts/{cohort}/opening", Action::RunProgram, post)
        .taking(&["anyway", "asked"])
        .asking_again()
}

/// The last days on which people come in and find each other. A call that should have
/// opened earlier is open at once, and nobody has missed anything.
const CALL: &[&str] = &["mentor_call_closes", "mentee_call_closes", "directory_closes", "duos_confirmed"];

fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = cohorts::the_cohort(tx, visit.id("cohort")?)?;
    let calendar = calendar::of(tx, &cohort)?;
    let past = past(&calendar, calendar.today(tx.now()));
    if cohort.is_draft() && !past.is_empty() && !visit.form.ticked("anyway") {
        let mut faults = Faults::new();
        if visit.form.has("asked") {
            faults.add("anyway", "Please tick the box, or change the dates first.");
        }
        return Err(Failure::refused("Open the cohort", late_page(&cohort, &past, &faults)));
    }
    let words = if cohorts::open(tx, cohort.id, Some(visit.person()?))? {
        format!("Cohort {} is open. Its letters go out on their dates from now on.", cohort.name)
    } else {
        format!("Cohort {} was opened already.", cohort.name)
    };
    Ok(Reply::go(format!("/cohorts/{}", cohort.id)).saying(words))
}

/// What of the call is past already, with its days.
fn past(calendar: &Calendar, today: Date) -> Vec<(&'static str, Date)> {
    let of_call = |step: &calendar::Step| CALL.contains(&step.key.as_str());
    let steps = calendar.all().into_iter().filter(|(step, day)| of_call(step) && *day < today);
    steps.map(|(step, day)| (step.title.as_str(), day)).collect()
}

/// A draft says so, warns where its call is past, and is opened by whoever runs the program.
pub(crate) fn draft_note(tx: &Tx, visit: &Visit, cohort: &Cohort, calendar: &Calendar) -> Markup {
    let past = past(calendar, calendar.today(tx.now()));
    let runs = visit.subject.holds_any(&[Role::Chair, Role::Deputy]);
    html! {
        @if !past.is_empty() { (late_note(&past)) }
        (shell::note(Tone::Info, html! {
            p { "This cohort is a draft: nobody but the committee sees it, and no letter goes out." }
            @if runs { (shell::post_button(&path(cohort), "Open the cohort", &[], Style::Main)) }
        }))
    }
}

fn path(cohort: &Cohort) -> String {
    format!("/cohorts/{}/opening", cohort.id)
}

fn late_page(cohort: &Cohort, past: &[(&str, Date)], faults: &Faults) -> Markup {
    let dates = format!("/cohorts/{}/calendar/edit", cohort.id);
    html! {
        (shell::page_head(&format!("Open cohort {}?", cohort.name), "Part of its call is past already. It is not open yet."))
        (shell::error_summary(faults))
        (late_note(past))
        (shell::form(&path(cohort), html! {
            (shell::hidden("asked", "yes"))
            (shell::tick_field(&Input::new("anyway", "Open it although these days are past").required().faults(faults)))
            (shell::actions(html! { (shell::button("Open the cohort")) (shell::link_quiet(&dates, "Change the dates first")) }))
        }))
    }
}

fn late_note(past: &[(&str, Date)]) -> Markup {
    shell::note(
        Tone::Warn,
        html! {
            p { strong { "These days are past" } }
            ul { @for (title, day) in past { li { (title) ": " (long_day(*day)) } } }
            p { "What has closed stays closed: nobody can apply after the end of a call, or choose a mentor after the end of choosing." }
        },
    )
}
