//! Page `/cohorts/{cohort}/surveys`: which surveys there are, and how far each is.

use platform::{doors::Answer, prelude::*};
use policy::{Grant, Role, of};
use program::{long_day, short_day};
use shell::{Tone, badge};

use crate::{
    plan, results,
    surveys::{self, Survey},
};

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = program::the_cohort(tx, visit.id("cohort")?)?;
    let proof = surveys::proof(visit, cohort.id)?;
    let mut rows = Vec::new();
    for survey in surveys::in_cohort(tx, cohort.id)? {
        rows.push(row(tx, visit, &proof, survey)?);
    }
    let lead = "What participants are asked, when, and what came of it. Results exist only once a survey has closed, as totals of five or more.";
    let body = html! {
        (shell::page_head(&format!("Surveys of {}", cohort.name), lead))
        @if rows.is_empty() {
            (shell::empty_state("No surveys yet", "They are planned from the calendar as soon as the cohort is open.", None))
        } @else {
            div.cards { @for row in &rows { (card(row)) } }
        }
    };
    Ok(Reply::wide("Surveys", body))
}

struct Row {
    survey: Survey,
    title: String,
    words: String,
    has_results: bool,
    may_move: bool,
}

fn row(tx: &mut Tx, visit: &Visit, proof: &Grant<of::SurveyAggregate>, survey: Survey) -> Result<Row, Failure> {
    let title = surveys::form(tx, &survey)?.title;
    let is_chair = visit.subject.reaches(&[Role::Chair, Role::Deputy], Some(survey.cohort.number()));
    let words = progress(tx, proof, &survey, is_chair)?;
    let has_results = survey.is_closed() && surveys::asked_count(tx, survey.id)? > 0;
    let may_move = is_chair && !survey.is_closed();
    Ok(Row { survey, title, words, has_results, may_move })
}

/// How far a survey is. While it is open the chair reads a rate, and no number under five.
pub fn progress(
    tx: &mut Tx,
    proof: &Grant<of::SurveyAggregate>,
    survey: &Survey,
    is_chair: bool,
) -> Result<String, Failure> {
    if survey.is_planned() {
        return Ok(format!("Opens on {}.", long_day(survey.opens)));
    }
    let asked = surveys::asked_count(tx, survey.id)?;
    if asked == 0 {
        return Ok("Nobody was asked.".to_owned());
    }
    if survey.is_open() {
        let when = format!("Results appear on {}, when the survey has closed.", long_day(tomorrow(survey)));
        return Ok(match is_chair {
            true => format!("{} {when}", so_far(surveys::answered_count(tx, survey.id)?, asked)),
            false => when,
        });
    }
    let response = results::results(tx, proof, survey.cohort, &survey.name)?.map(|it| it.response).unwrap_or_default();
    Ok(match (response.answered, response.rate) {
        (Some(answered), Some(rate)) => {
            format!("{answered} of {asked} answered ({:.0} %): {}.", rate * 100.0, response.band)
        }
        _ => format!("Fewer than five of {asked} answered, so there is nothing to show."),
    })
}

/// A rate in steps of five, for single steps would tell who answered today.
fn so_far(answered: i64, asked: i64) -> String {
    if answered < 5 {
        return format!("Fewer than five of {asked} have answered so far.");
    }
    let rate = answered as f64 * 100.0 / asked as f64;
    format!("About {:.0} % of {asked} have answered.", (rate / 5.0).round() * 5.0)
}

fn tomorrow(survey: &Survey) -> jiff::civil::Date {
    survey.closes.tomorrow().unwrap_or(survey.closes)
}

fn card(row: &Row) -> Markup {
    let survey = &row.survey;
    let path = format!("/surveys/{}", survey.id);
    html! {
        section.card {
            h2 { (row.title) }
            p { (state(survey)) " " (shell::unbroken(&format!("{} – {}", short_day(survey.opens), short_day(survey.closes)))) }
            p.soft { (asked(survey)) }
            p { (row.words) }
            (shell::actions(html! {
                @if row.has_results { (shell::link_button(&path, "Read the results")) }
                (shell::link_quiet(&format!("{path}/questions"), "The questions"))
                @if row.may_move { (shell::link_quiet(&format!("{path}/dates"), "Change the dates")) }
            }))
        }
    }
}

/// Who is asked, in words.
fn asked(survey: &Survey) -> &'static str {
    match survey.role.as_str() {
        _ if survey.name == plan::ORIENTATION => "Asks those of the duos who were at the orientation.",
        "mentee" => "Asks the mentees of the duos.",
        "mentor" => "Asks the mentors of the duos.",
        _ => "Asks those who found no partner.",
    }
}

pub fn state(survey: &Survey) -> Markup {
    match survey.state.as_str() {
        "planned" => badge(Tone::Plain, "Planned"),
        "open" => badge(Tone::Info, "Open"),
        _ => badge(Tone::Good, "Closed"),
    }
}
