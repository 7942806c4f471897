//! Pages `/survey/{token}` and `/surveys/{survey}/mine`: a person answers, by the link
//! of a letter or signed in. Opening either changes nothing.

use forms::{Answers, Form};
use platform::{doors::Answer, links, prelude::*};
use policy::{Condition, Facts, Grant, Subject, may, of};
use program::long_day;
use shell::{Faults, Tone};

use crate::{
    answers, letters, plan,
    surveys::{self, Survey},
};

pub fn get_by_link(tx: &mut Tx, visit: &Visit) -> Answer {
    let sheet = by_link(tx, visit)?;
    show(tx, &sheet)
}

pub fn post_by_link(tx: &mut Tx, visit: &Visit) -> Answer {
    let sheet = by_link(tx, visit)?;
    keep(tx, visit, &sheet)
}

pub fn get_mine(tx: &mut Tx, visit: &Visit) -> Answer {
    let sheet = mine(tx, visit)?;
    show(tx, &sheet)
}

pub fn post_mine(tx: &mut Tx, visit: &Visit) -> Answer {
    let sheet = mine(tx, visit)?;
    keep(tx, visit, &sheet)
}

/// The survey as it lies before one person.
struct Sheet {
    survey: Survey,
    form: Form,
    person: Id,
    has_answered: bool,
    /// Where it is sent.
    path: String,
    org: String,
    /// That it is theirs, to come back to what they have begun.
    proof: Option<Grant<of::SurveyAnswer>>,
}

fn by_link(tx: &mut Tx, visit: &Visit) -> Result<Sheet, Failure> {
    let token = visit.param("token");
    let link = match links::look(tx, letters::PURPOSE, token)? {
        Ok(link) => link,
        Err(refusal) => {
            let title = "This link does not open";
            let words = refusal.to_string();
            return Err(Failure::overtaken(title, html! { (shell::page_head(title, &words)) }));
        }
    };
    let person = link.account.ok_or(Failure::NotFound)?;
    let subject = program::subject(tx, person)?;
    sheet(tx, link.about, &subject, person, format!("/survey/{token}"))
}

fn mine(tx: &mut Tx, visit: &Visit) -> Result<Sheet, Failure> {
    let survey = visit.id("survey")?;
    sheet(tx, survey, &visit.subject, visit.person()?, format!("/surveys/{survey}/mine"))
}

/// A survey as one person may answer it: who was asked, and still takes part.
fn sheet(tx: &mut Tx, survey: Id, subject: &Subject, person: Id, path: String) -> Result<Sheet, Failure> {
    let survey = surveys::the_survey(tx, survey)?;
    let facts = Facts::in_cohort(survey.cohort.number()).own(true).when(true, Condition::IsDraft);
    let grant: Option<Grant<of::SurveyAnswer, may::Write>> = policy::grant(subject, &facts);
    if grant.is_none() {
        return Err(Failure::NotFound);
    }
    let proof = policy::grant(subject, &facts);
    let has_answered = surveys::has_answered(tx, survey.id, person)?.ok_or(Failure::NotFound)?;
    let form = surveys::form(tx, &survey)?;
    let org = program::the_program(tx)?.association;
    Ok(Sheet { survey, form, person, has_answered, path, org, proof })
}

fn show(tx: &mut Tx, sheet: &Sheet) -> Answer {
    if sheet.has_answered {
        return Ok(Reply::page("Thank you", thanks(sheet)));
    }
    if !sheet.survey.is_open() {
        return Ok(Reply::page("The survey has closed", closed(sheet)));
    }
    let draft = match &sheet.proof {
        Some(proof) => answers::draft(tx, proof, &sheet.survey)?,
        None => None,
    };
    let begun = draft.is_some();
    Ok(Reply::page(sheet.form.title.clone(), page(sheet, &draft.unwrap_or_default(), &Faults::new(), begun)))
}

fn keep(tx: &mut Tx, visit: &Visit, sheet: &Sheet) -> Answer {
    if sheet.has_answered {
        return Err(Failure::overtaken("You have answered already", thanks(sheet)));
    }
    if !sheet.survey.is_open() {
        return Err(Failure::overtaken("The survey has closed", closed(sheet)));
    }
    let given = forms::read(&sheet.form, &visit.form)?;
    if visit.form.text("do") == "later" {
        answers::keep_draft(tx, &sheet.survey, sheet.person, &given)?;
        let words =
            format!("What you answered so far is kept. Come back to it until {}.", long_day(sheet.survey.closes));
        return Ok(Reply::go(sheet.path.clone()).saying(words));
    }
    let mut faults = forms::faults(&sheet.form, &given);
    if given.is_empty() {
        faults.add("", "Nothing is answered yet. Answer at least one question; you may skip all others.");
    }
    if !faults.is_empty() {
        return Err(Failure::refused(sheet.form.title.clone(), page(sheet, &given, &faults, false)));
    }
    if !answers::give(tx, &sheet.survey, sheet.person, &given)? {
        return Err(Failure::overtaken("You have answered already", thanks(sheet)));
    }
    Ok(Reply::go(sheet.path.clone()))
}

fn page(sheet: &Sheet, answers: &Answers, faults: &Faults, begun: bool) -> Markup {
    let form = &sheet.form;
    let lead = format!(
        "{} It takes about {} minutes and is open until {}.",
        form.intro,
        form.minutes,
        long_day(sheet.survey.closes)
    );
    html! {
            (shell::page_head(&form.title, &lead))
            (shell::error_summary(faults))
            @if begun {
                (shell::note(Tone::Info, html! { p { "Here is what you answered before. Nothing of it counts until you send it." } }))
            }
            (shell::form(&sheet.path, html! {
                (forms::fields(form, answers, faults, &[("org", &sheet.org)]))
                (shell::readers_line(&policy::who_can_read(policy::Record::SurveyAnswer)))
    p.hint { "Nobody reads your answers with your name. The committee sees totals of five or more, after the survey has closed." }
                (shell::actions(html! {
                    button.button type="submit" name="do" value="send" { "Send my answers" }
                    button.button.quiet type="submit" name="do" value="later" { "Save and come back later" }
                }))
            }))
        }
}

fn thanks(sheet: &Sheet) -> Markup {
    html! {
        (shell::page_head("Thank you", &sheet.form.done))
        (shell::note(Tone::Good, html! {
            p { "Your answers can no longer be told from others, so they cannot be changed either. This link has done its work." }
        }))
        p { (shell::link_quiet("/", "Go to the start")) }
    }
}

fn closed(sheet: &Sheet) -> Markup {
    let lead = if sheet.survey.is_closed() {
        format!("“{}” was open until {}. Thank you for looking in.", sheet.form.title, long_day(sheet.survey.closes))
    } else {
        format!("“{}” opens on {}.", sheet.form.title, long_day(sheet.survey.opens))
    };
    let title = plan::request_words(&sheet.survey.name);
    html! {
        (shell::page_head(if sheet.survey.is_closed() { "The survey has closed" } else { title }, &lead))
        p { (shell::link_quiet("/", "Go to the start")) }
    }
}
