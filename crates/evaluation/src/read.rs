//! Page `/surveys/{survey}`: the results of a survey that has closed.

use platform::{audit, doors::Answer, prelude::*};
use policy::Role;

use crate::{drawn, list, results, surveys};

/// Free text is read by those who answer for the program; others read the totals.
const READERS_OF_WORDS: [Role; 2] = [Role::Chair, Role::Deputy];

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let survey = surveys::theirs(tx, visit)?;
    let cohort = program::the_cohort(tx, survey.cohort)?;
    let form = surveys::form(tx, &survey)?;
    let reads_words = visit.subject.reaches(&READERS_OF_WORDS, Some(cohort.id.number()));
    let progress = list::progress(tx, &survey, reads_words)?;
    let results = results::results(tx, cohort.id, &survey.name)?;
    let words = if survey.is_closed() && reads_words { results::words(tx, survey.id)? } else { Vec::new() };
    if !words.is_empty() {
        // Nobody can tell whose they are, so nobody is named; that they were read is noted.
        let right = "as chair, deputy or council, shuffled and without names".to_owned();
        tx.has_read(audit::Reading { record: "words in a survey", about: survey.id, whose: Vec::new(), right });
    }
    let org = program::the_program(tx)?.association;
    let title = form.title.clone();
    let above = format!("/cohorts/{}/surveys", cohort.id);
    let body = html! {
        (shell::breadcrumbs(&[(&above, "Surveys")], &title))
        (shell::page_head_with(&title, &format!("{}. {progress}", cohort.name), list::state(&survey)))
        @match &results {
            Some(results) if results.response.answered.is_some() => {
                (drawn::results(results, &form.filled(&[("org", &org)]), &words, reads_words))
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
