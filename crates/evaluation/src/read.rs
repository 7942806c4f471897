//! Page `/surveys/{survey}`: the results of a survey that has closed.

use platform::{audit, doors::Answer, prelude::*};
use policy::{Action, Condition, Facts, Grant, Role, of};

use crate::{
    drawn, list, publish,
    results::{self, Results},
    surveys::{self, Survey},
};

/// From so many answers on, free text is shown.
const FEWEST: i64 = 5;

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let survey = surveys::theirs(tx, visit)?;
    let cohort = program::the_cohort(tx, survey.cohort)?;
    let form = surveys::form(tx, &survey)?;
    let is_chair = visit.subject.reaches(&[Role::Chair, Role::Deputy], Some(cohort.id.number()));
    let totals = surveys::proof(visit, cohort.id)?;
    let progress = list::progress(tx, &totals, &survey, is_chair)?;
    let results = results::results(tx, &totals, cohort.id, &survey.name)?;
    let proof = may_read_words(visit, &survey, results.as_ref());
    let words = match &proof {
        Some(proof) => results::words(tx, proof, survey.id)?,
        None => Vec::new(),
    };
    if !words.is_empty() {
        // Nobody can tell whose they are, so nobody is named; that they were read is noted.
        let right = "as chair or deputy, shuffled and without names".to_owned();
        tx.has_read(audit::Reading { record: "words in a survey", about: survey.id, whose: Vec::new(), right });
    }
    let org = program::the_program(tx)?.association;
    let title = form.title.clone();
    let above = format!("/cohorts/{}/surveys", cohort.id);
    let publishes = visit.may(Action::Publish, Some(cohort.id));
    let body = html! {
        (shell::breadcrumbs(&[(&above, "Surveys")], &title))
        (shell::page_head_with(&title, &format!("{}. {progress}", cohort.name), list::state(&survey)))
        @match &results {
            Some(results) if results.response.answered.is_some() => {
                @if publishes { (shell::actions(shell::link_quiet(&publish::path(survey.id), "Publish, or take back"))) }
                (drawn::results(results, &form.filled(&[("org", &org)]), &words, proof.is_some()))
            }
            Some(_) => {
                (shell::empty_state("Too few to show", "Numbers are shown when at least five people stand behind them. Fewer than five answered this survey, so it has no results.", None))
            }
            None => {
                (shell::empty_state("No results yet", &progress, Some((&format!("/surveys/{}/questions", survey.id), "Read the questions"))))
            }
        }
    };
    Ok(Reply::wide(title, body))
}

/// Free text is read by those who answer for the program, and only as what came of a survey
/// that closed with five answers or more: parted from the answers, sorted, without a name.
fn may_read_words(visit: &Visit, survey: &Survey, results: Option<&Results>) -> Option<Grant<of::SurveyAnswer>> {
    let answered = results.and_then(|it| it.response.answered).unwrap_or_default();
    let is_detached = survey.is_closed() && answered >= FEWEST;
    let facts = Facts::in_cohort(survey.cohort.number()).when(is_detached, Condition::Detached);
    visit.grant(&facts).ok()
}
