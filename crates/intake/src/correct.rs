//! Pages `/profile` and `/applications/{id}/answers`: what was submitted, corrected. A
//! mentor's answers are the profile that mentees read. Number and place stay as they are.

use forms::{Answers, Keep, files::Owner};
use platform::prelude::*;
use policy::Role;
use shell::Faults;

use crate::{
    applications::{self, Application},
    call, details,
    draft::{self, Sheet},
    line,
};

pub(crate) fn get_profile(tx: &mut Tx, visit: &Visit) -> Answer {
    let person = visit.person()?;
    match profile_of(tx, person)? {
        Some(application) => show(tx, visit, &application),
        None => Ok(Reply::page("Your profile", no_profile())),
    }
}

pub(crate) fn post_profile(tx: &mut Tx, visit: &Visit) -> Answer {
    let person = visit.person()?;
    let application = profile_of(tx, person)?.ok_or(Failure::NotFound)?;
    save(tx, visit, &application)
}

pub(crate) fn get_answers(tx: &mut Tx, visit: &Visit) -> Answer {
    let application = applications::own(tx, visit.id("id")?, visit.person()?)?;
    if !application.state().is_correctable() || address(&application) == "/profile" {
        return Ok(Reply::go(if application.state().is_correctable() {
            "/profile".to_owned()
        } else {
            application.path()
        }));
    }
    show(tx, visit, &application)
}

pub(crate) fn post_answers(tx: &mut Tx, visit: &Visit) -> Answer {
    let application = applications::own(tx, visit.id("id")?, visit.person()?)?;
    save(tx, visit, &application)
}

/// The mentor's application in the newest cohort that is open.
fn profile_of(tx: &mut Tx, person: Id) -> Result<Option<Application>, Failure> {
    for application in applications::of_person(tx, person)? {
        let is_mentors = application.role() == Role::Mentor && application.has_joined();
        if is_mentors && program::the_cohort(tx, application.cohort)?.is_open() {
            return Ok(Some(application));
        }
    }
    Ok(None)
}

fn show(tx: &mut Tx, visit: &Visit, application: &Application) -> Answer {
    let answers = details::answers_for_author(tx, visit, application)?;
    let sheet = sheet_of(tx, application)?;
    Ok(Reply::page(title(application), markup(&sheet, application, &answers, &Faults::new())))
}

fn save(tx: &mut Tx, visit: &Visit, application: &Application) -> Answer {
    line::still(application.state().is_correctable(), application)?;
    let sheet = sheet_of(tx, application)?;
    let mut answers = forms::read(&sheet.form, &visit.form)?;
    let owner = Owner { person: application.person, about: application.id, cohort: Some(application.cohort) };
    let mut faults = forms::files::take(tx, visit, &sheet.form, owner, &mut answers)?;
    forms::faults(&sheet.form, &answers).all().iter().for_each(|it| faults.add(&it.field, it.words.clone()));
    if !sheet.call.cohort.is_open() {
        faults.add("", "This cohort is closed, so nothing is changed any more.");
    }
    if !faults.is_empty() {
        // A file that came is kept all the same, so that nobody chooses it twice; the answers stay.
        let body = markup(&sheet, application, &answers, &faults);
        return Ok(match Failure::refused(title(application), body.clone()) {
            Failure::Refused(page) => Reply::Page(*page),
            _ => Reply::page(title(application), body),
        });
    }
    let (person, cohort) = (application.person, application.cohort);
    let keep = Keep { cohort: Some(cohort), person, about: application.id, answers: &answers, given: true };
    forms::keep(tx, &sheet.form, keep)?;
    details::write_back(tx, application.role(), person, &answers, true)?;
    if application.role() == Role::Mentor && application.has_joined() {
        journal::record(tx, "mentor profile changed", person, Some(person), Some(cohort))?;
    } else {
        journal::record(tx, "application corrected", application.id, Some(person), Some(cohort))?;
    }
    Ok(Reply::go(address(application)).saying("Your answers are saved."))
}

fn sheet_of(tx: &mut Tx, application: &Application) -> Result<Sheet, Failure> {
    let cohort = program::the_cohort(tx, application.cohort)?;
    let call = call::of(tx, cohort)?;
    draft::sheet(tx, call, application.role())
}

fn address(application: &Application) -> String {
    if application.role() == Role::Mentor && application.has_joined() {
        "/profile".to_owned()
    } else {
        format!("{}/answers", application.path())
    }
}

fn title(application: &Application) -> &'static str {
    if application.role() == Role::Mentor { "Your profile" } else { "Your answers" }
}

fn markup(sheet: &Sheet, application: &Application, answers: &Answers, faults: &Faults) -> Markup {
    let lead = if application.role() == Role::Mentor {
        "This is what mentees read when they choose. Each question says who can read the answer."
    } else {
        "Correct what you like. The number of your application and your place stay as they are."
    };
    html! {
        (shell::page_head(title(application), lead))
        (shell::error_summary(faults))
        (shell::form_with_files(&address(application), html! {
            (forms::fields(&sheet.form, answers, faults, &[]))
            (shell::actions(html! {
                (shell::button("Save"))
                (shell::link_quiet(&application.path(), "Back to where it stands"))
            }))
        }))
    }
}

fn no_profile() -> Markup {
    html! {
        (shell::page_head("Your profile", "What mentees read when they choose a mentor."))
        (shell::empty_state("You have no profile in an open cohort", "A mentor’s profile comes from the application of the cohort that is open.", Some(("/apply", "See the call"))))
    }
}
