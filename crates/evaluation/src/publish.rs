//! Page `/surveys/{survey}/publication`: the chair publishes the totals of a closed survey,
//! or takes them back, with what everyone will read before their eyes.

use platform::{doors::Answer, prelude::*};
use program::long_day;
use shell::{Publication, Tone};

use crate::{
    drawn, publications,
    results::{self, Results},
    surveys::{self, Survey},
};

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let survey = surveys::theirs(tx, visit)?;
    Ok(Reply::wide("Publish results", page(tx, visit, &survey, "")?))
}

pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let survey = surveys::theirs(tx, visit)?;
    if !results::is_any(tx, survey.cohort, &survey.name)? {
        let words = "There is nothing to publish: results exist once a survey has closed and five or more answered.";
        return Err(Failure::refused("Publish results", page(tx, visit, &survey, words)?));
    }
    if publications::add(tx, survey.id)? {
        journal::record(tx, "survey results published", survey.id, Some(visit.person()?), Some(survey.cohort))?;
    }
    Ok(Reply::go(path(survey.id)).saying("The results are published. Anyone who has the address can read them."))
}

pub fn end(tx: &mut Tx, visit: &Visit) -> Answer {
    let survey = surveys::theirs(tx, visit)?;
    if publications::remove(tx, survey.id)? {
        journal::record(tx, "survey results taken back", survey.id, Some(visit.person()?), Some(survey.cohort))?;
    }
    Ok(Reply::go(path(survey.id)).saying("The results are no longer published. Nobody finds the page any more."))
}

pub fn path(survey: Id) -> String {
    format!("/surveys/{survey}/publication")
}

fn page(tx: &mut Tx, visit: &Visit, survey: &Survey, refusal: &str) -> Result<Markup, Failure> {
    let cohort = program::the_cohort(tx, survey.cohort)?;
    let form = surveys::form(tx, survey)?;
    let form = form.filled(&[("org", &program::the_program(tx)?.association)]);
    let proof = surveys::proof(visit, cohort.id)?;
    let found = results::results(tx, &proof, cohort.id, &survey.name)?.filter(Results::has_totals);
    let since = match publications::since(tx, survey.id)? {
        Some(at) => Some(long_day(program::day_of(tx, at)?)),
        None => None,
    };
    let open = format!("/results/surveys/{}", survey.id);
    let above = format!("/surveys/{}", survey.id);
    Ok(html! {
        (shell::breadcrumbs(&[(&format!("/cohorts/{}/surveys", cohort.id), "Surveys"), (&above, &form.title)], "Publish"))
        (shell::page_head(&format!("Publish: {}", form.title), &format!("{}. What five or more said, as totals. No sentence that anybody wrote, no name, and not who stayed silent.", cohort.name)))
        @if !refusal.is_empty() { (shell::note(Tone::Bad, html! { p { (refusal) } })) }
        @if found.is_some() {
            (shell::publication(&Publication { act: &path(survey.id), open: &open, since: since.as_deref(), what: "results" }, html! {}))
        } @else {
            (shell::empty_state("Nothing to publish yet", "Results exist once the survey has closed, and only where five or more answered.", Some((&above, "Back to the survey"))))
        }
        @if let Some(results) = &found {
            h2 { "What everyone sees" }
            (drawn::published(results, &form))
        }
    })
}
