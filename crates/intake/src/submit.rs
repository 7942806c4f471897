//! Page `/applications/{id}/check`: the answers once more, then the submission.

use forms::{Answers, Keep, Section};
use platform::prelude::*;
use policy::Role;
use shell::Faults;

use crate::{
    applications::{self, Application},
    call, details,
    draft::{self, Sheet, sections},
    line,
    rules::{Verdict, status::State},
};

const TITLE: &str = "Check your answers";

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let application = applications::own(tx, visit.id("id")?, visit.person()?)?;
    if application.state() != State::Draft {
        return Ok(Reply::go(application.path()));
    }
    let answers = details::answers_for_author(tx, visit, &application)?;
    let cohort = program::the_cohort(tx, application.cohort)?;
    let call = call::of(tx, cohort)?;
    let verdict = details::judge(tx, &call, application.role(), application.person, &answers)?;
    let sheet = draft::sheet(tx, call, application.role())?;
    Ok(Reply::page(TITLE, page(&sheet, &application, &answers, &verdict, &Faults::new())))
}

/// The place in line is taken here, and nowhere before. CAP1, CAP2
pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let (id, person) = (visit.id("id")?, visit.person()?);
    let cohort = applications::own(tx, id, person)?.cohort;
    let call = call::locked(tx, cohort)?;
    let application = applications::own(tx, id, person)?;
    line::still(application.state() == State::Draft, &application)?;
    let answers = details::answers_for_author(tx, visit, &application)?;
    let role = application.role();
    details::write_back(tx, role, person, &answers, true)?;
    let verdict = details::judge(tx, &call, role, person, &answers)?;
    let form = forms::current(tx, applications::form_of(role))?;
    let is_open = call.may_apply(role, tx.now());
    if is_open.is_err() || !forms::faults(&form, &answers).is_empty() {
        let sheet = draft::sheet(tx, call, role)?;
        let refusal = is_open.err().map(|refusal| Faults::general(refusal.to_string())).unwrap_or_default();
        let page = page(&sheet, &application, &answers, &verdict, &refusal);
        return Ok(draft::answered(TITLE, &page));
    }
    let keep = Keep { cohort: Some(cohort), person, about: id, answers: &answers, given: true };
    forms::keep(tx, &form, keep)?;
    if verdict.by_promise {
        membership::promise(tx, person, cohort, call.orientation())?;
    }
    let state = line::submit(tx, &call, &application, &verdict)?;
    let words = match applications::own(tx, id, person)?.awaits_approval() {
        true => "Thank you. Your application is complete, and the committee reads it next.",
        false => done_words(state, role),
    };
    Ok(Reply::go(application.path()).saying(words))
}

fn done_words(state: State, role: Role) -> &'static str {
    match (state, role) {
        (State::Placed, Role::Mentor) => "Thank you. You are a mentor in this cohort.",
        (State::Placed, _) => "Thank you. Your application is complete, and you have a place.",
        (State::Waiting, _) => "Thank you. Your application is complete, and you are on the waiting list.",
        _ => "Your application was received. As it stands we cannot accept it; below is why, and what you can do.",
    }
}

fn page(sheet: &Sheet, application: &Application, answers: &Answers, verdict: &Verdict, refusal: &Faults) -> Markup {
    let is_complete = forms::faults(&sheet.form, answers).is_empty();
    let lead = if is_complete {
        "Nothing is missing. Look through it once more; your place in line is taken when you press Submit."
    } else {
        "Something is still missing. Each part below says what; once it is there you can submit here."
    };
    let words = if verdict.eligible { "Submit" } else { "Submit all the same" };
    html! {
        (shell::page_head(TITLE, lead))
        (shell::error_summary(refusal))
        (details::verdict_note(verdict))
        @if is_complete && !verdict.eligible {
            p {
                "You can submit it as it is. It takes no place in line; you learn the reasons by letter and may ask somebody on the committee to look again."
            }
        }
        @for section in &sheet.form.sections { (part(sheet, section, answers)) }
        (shell::actions(html! {
            @if is_complete {
                (shell::post_button(&format!("{}/submission", application.path()), words, &[], shell::Style::Main))
            }
            (shell::link_quiet(&format!("/apply/{}", application.role), "Go back and change"))
        }))
    }
}

/// The answers of one section, what is missing there, and the way to change them.
fn part(sheet: &Sheet, section: &Section, answers: &Answers) -> Markup {
    let missing = forms::faults_of(&sheet.form, section, answers);
    let to = match (sheet.has_parts(), missing.is_empty()) {
        (false, _) => sheet.whole_path(),
        (true, true) => sections::path(sheet.role, section),
        (true, false) => sections::path_to_missing(sheet.role, section),
    };
    html! {
        (forms::summary(&forms::one_section(&sheet.form, section, answers), answers, &[]))
        @if !missing.is_empty() {
            (shell::note(shell::Tone::Warn, html! {
                p { strong { "Missing in “" (section.title) "”" } }
                ul { @for fault in missing.all() { li { a href=(format!("{to}#{}", shell::field_id(&fault.field))) { (fault.words) } } } }
            }))
        }
        p { a href=(to) { "Change “" (section.title) "”" } }
    }
}
