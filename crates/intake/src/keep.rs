//! `POST /applications/{id}/keeping`: whether an application that came to nothing is kept
//! for the next cohort. It is a consent: asked for, never assumed, taken back at any time.

use forms::{Answers, Keep};
use platform::prelude::*;
use policy::Role;

use crate::{
    applications::{self, Application},
    details, line,
    rules::status::State,
};

pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let application = applications::own(tx, visit.id("id")?, visit.person()?)?;
    line::still(can_be_kept(application.state()), &application)?;
    let form = details::form_given(tx, &application)?;
    let mut answers = details::answers_for_author(tx, visit, &application)?;
    let wanted = visit.form.text("keep") == "yes";
    if wanted {
        answers.set(tick(application.role()), true);
    } else {
        answers.remove(tick(application.role()));
    }
    let keep = Keep {
        cohort: Some(application.cohort),
        person: application.person,
        about: application.id,
        answers: &answers,
        given: true,
    };
    forms::keep(tx, &form, keep)?;
    let what = if wanted { "application kept for the next cohort" } else { "application not kept" };
    journal::record(tx, what, application.id, Some(application.person), Some(application.cohort))?;
    let words = if wanted {
        "Your application is kept for the next cohort."
    } else {
        "Your application is not kept; it is deleted in due time."
    };
    Ok(Reply::go(application.path()).saying(words))
}

/// Whoever waits or was left out may want to be asked again; a place is for this cohort.
pub(crate) fn can_be_kept(state: State) -> bool {
    matches!(state, State::Waiting | State::Offered | State::Passed | State::Refused | State::Review)
}

pub(crate) fn card(application: &Application, answers: &Answers) -> Markup {
    let path = format!("{}/keeping", application.path());
    let is_kept = answers.ticked(tick(application.role()));
    shell::card(
        "For the next cohort",
        html! {
            @if is_kept {
                p { "If it comes to nothing this time, we keep your application for the next cohort, as you asked." }
                (shell::post_button(&path, "Do not keep it", &[("keep", "no")], shell::Style::Quiet))
            } @else {
                p { "If it comes to nothing this time, your application is deleted in due time, unless you would like us to keep it for the next cohort." }
                (shell::post_button(&path, "Keep it for the next cohort", &[("keep", "yes")], shell::Style::Quiet))
            }
        },
    )
}

/// The tick at the end of the form that means the same.
pub(crate) fn tick(role: Role) -> &'static str {
    if role == Role::Mentor { "mo_keep" } else { "k1" }
}
