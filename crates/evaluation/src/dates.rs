//! Page `/surveys/{survey}/dates`: the chair moves the opening or the close.

use platform::{doors::Answer, prelude::*};
use program::{calendar, long_day};
use shell::{Faults, Input};

use crate::{
    rules::{self, DateFacts, DateRefusal},
    surveys::{self, Survey},
};

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let survey = surveys::theirs(tx, visit)?;
    let typed = Typed { opens: survey.opens.to_string(), closes: survey.closes.to_string() };
    Ok(Reply::page("Dates of a survey", page(tx, &survey, &typed, &Faults::new())?))
}

pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let survey = surveys::theirs(tx, visit)?;
    let typed = Typed { opens: visit.form.text("opens").to_owned(), closes: visit.form.text("closes").to_owned() };
    let mut faults = Faults::new();
    let days = (visit.form.date("opens"), visit.form.date("closes"));
    for (name, day) in [("opens", days.0), ("closes", days.1)] {
        if day.is_none() {
            faults.add(name, "Enter a day such as 2027-01-31.");
        }
    }
    if let (Some(opens), Some(closes)) = days {
        let facts = facts(tx, &survey)?;
        if let Err(refusal) = rules::may_move(&facts, opens, closes) {
            faults.add(field(&refusal), refusal.to_string());
        } else if surveys::set_days(tx, survey.id, opens, closes, true)? {
            journal::record(tx, "survey moved", survey.id, Some(visit.person()?), Some(survey.cohort))?;
            let words = format!("The survey is open from {} to {}.", long_day(opens), long_day(closes));
            return Ok(Reply::go(format!("/cohorts/{}/surveys", survey.cohort)).saying(words));
        } else {
            faults.add("", DateRefusal::Closed.to_string());
        }
    }
    Err(Failure::refused("Dates of a survey", page(tx, &survey, &typed, &faults)?))
}

fn facts<'a>(tx: &mut Tx, survey: &'a Survey) -> Result<DateFacts<'a>, Failure> {
    let cohort = program::the_cohort(tx, survey.cohort)?;
    let today = calendar::of(tx, &cohort)?.today(tx.now());
    Ok(DateFacts { state: &survey.state, opens_now: survey.opens, today })
}

fn field(refusal: &DateRefusal) -> &'static str {
    match refusal {
        DateRefusal::Closed => "",
        DateRefusal::AlreadyOpen | DateRefusal::OpensInThePast => "opens",
        DateRefusal::ClosesInThePast | DateRefusal::ClosesTooEarly | DateRefusal::OpenTooLong => "closes",
    }
}

struct Typed {
    opens: String,
    closes: String,
}

fn page(tx: &mut Tx, survey: &Survey, typed: &Typed, faults: &Faults) -> Result<Markup, Failure> {
    let title = surveys::form(tx, survey)?.title;
    let list = format!("/cohorts/{}/surveys", survey.cohort);
    let lead = "By themselves surveys follow the calendar of the cohort. Days set here stay as you set them.";
    let input = |name, label| Input::new(name, label).required().faults(faults);
    Ok(html! {
        (shell::breadcrumbs(&[(&list, "Surveys")], &title))
        (shell::page_head(&format!("Dates: {title}"), lead))
        (shell::error_summary(faults))
        (shell::form(&format!("/surveys/{}/dates", survey.id), html! {
            (shell::date_field(&input("opens", "Opens in the morning of").value(&typed.opens)))
            (shell::date_field(&input("closes", "Closes in the evening of").value(&typed.closes)))
            (shell::actions(html! { (shell::button("Keep these dates")) (shell::link_quiet(&list, "Leave as it is")) }))
        }))
    })
}
