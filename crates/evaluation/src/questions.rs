//! Page `/surveys/{survey}/questions`: the questionnaire as it is asked, for the committee.

use forms::Answers;
use platform::{doors::Answer, prelude::*};
use shell::{Faults, Tone};

use crate::surveys;

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let survey = surveys::theirs(tx, visit)?;
    let cohort = program::the_cohort(tx, survey.cohort)?;
    let form = surveys::form(tx, &survey)?;
    let org = program::the_program(tx)?.association;
    let list = format!("/cohorts/{}/surveys", cohort.id);
    let lead = format!("{} About {} minutes.", form.intro, form.minutes);
    let body = html! {
        (shell::breadcrumbs(&[(&list, "Surveys")], &form.title))
        (shell::page_head(&form.title, &lead))
        (shell::note(Tone::Info, html! { p { "This is how the survey looks to those who are asked. Nothing you choose here is kept." } }))
        div.form { (forms::fields(&form, &Answers::new(), &Faults::new(), &[("org", &org)])) }
    };
    Ok(Reply::page(form.title.clone(), body))
}
