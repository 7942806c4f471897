//! Page `/results/surveys/{survey}`: the totals of a survey that the chair has published,
//! for everyone. Before that, and when they are taken back, there is no such page.

use platform::{doors::Answer, prelude::*};

use crate::{drawn, publications, surveys};

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let survey = surveys::the_survey(tx, visit.id("survey")?)?;
    let proof = publications::proof(tx, survey.id, survey.cohort)?;
    let results = publications::totals(tx, &proof, survey.cohort, &survey.name)?;
    let cohort = program::the_cohort(tx, survey.cohort)?;
    let association = program::the_program(tx)?.association;
    let form = surveys::form(tx, &survey)?.filled(&[("org", &association)]);
    let lead = format!("Cohort {}. What those who answered said, as totals of five or more.", cohort.name);
    Ok(Reply::wide(
        form.title.clone(),
        html! {
            (shell::breadcrumbs(&[("/results", "Results")], &form.title))
            (shell::page_head(&form.title, &lead))
            (shell::readers_line(&policy::who_can_read(policy::Record::SurveyAggregate)))
            (drawn::published(&results, &form))
        },
    ))
}
