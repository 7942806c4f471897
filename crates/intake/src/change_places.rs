//! Page `/cohorts/{cohort}/places`: another number of places. Whom it admits is shown
//! first, and then done. CAP4

use platform::prelude::*;
use program::Cohort;
use shell::{Faults, Input};

use crate::{
    applications, call, line, places,
    rules::queue::{Board, change_places},
};

const TITLE: &str = "Places";

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = program::the_cohort(tx, visit.id("cohort")?)?;
    let board = places::board(tx, &cohort)?;
    let typed = visit.query.text("places");
    if !visit.query.has("places") {
        return Ok(Reply::page(TITLE, asking(&cohort, &board, &cohort.places.to_string(), &Faults::new())));
    }
    let waiting = applications::waiting(tx, cohort.id)?;
    match change_places(&board, visit.query.number("places"), waiting) {
        Ok(admits) => {
            let names = applications::names_in_line(tx, cohort.id, admits)?;
            Ok(Reply::page(TITLE, confirming(&cohort, typed, &names, waiting)))
        }
        Err(refusal) => Ok(Reply::page(TITLE, asking(&cohort, &board, typed, &fault(&refusal.to_string())))),
    }
}

pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let id = visit.id("cohort")?;
    let call = call::locked(tx, id)?;
    let board = places::board(tx, &call.cohort)?;
    let waiting = applications::waiting(tx, id)?;
    let (typed, wanted) = (visit.form.text("places"), visit.form.number("places"));
    let refused = |words: &str| Failure::refused(TITLE, asking(&call.cohort, &board, typed, &fault(words)));
    if call.cohort.is_closed() {
        return Err(refused("This cohort is closed, so its places stay as they were."));
    }
    let admits = change_places(&board, wanted, waiting).map_err(|refusal| refused(&refusal.to_string()))?;
    let person = visit.person()?;
    let aside = membership::steps_aside_from(tx, person)?;
    let has_stake = |it: &&Id| aside.contains(*it);
    let line = applications::people_in_line(tx, id, admits)?;
    let theirs: Vec<Id> = line.iter().filter(has_stake).copied().collect();
    if !theirs.is_empty() {
        let words = membership::who_decides_instead(tx, id, &theirs)?;
        let who = if theirs.contains(&person) {
            "You wait for one of these places yourself."
        } else {
            "Somebody from whom you step aside waits for one of these places."
        };
        return Err(refused(&format!("{who} {words}")));
    }
    line::change_places(tx, &call, wanted.unwrap_or(call.cohort.places), admits, visit.person()?)?;
    let words = match admits {
        0 => "The number of places is changed.".to_owned(),
        1 => "The number of places is changed, and one person has a place.".to_owned(),
        many => format!("The number of places is changed, and {many} people have a place."),
    };
    Ok(Reply::go(format!("/cohorts/{id}/applications")).saying(words))
}

fn fault(words: &str) -> Faults {
    let mut faults = Faults::new();
    faults.add("places", words);
    faults
}

fn asking(cohort: &Cohort, board: &Board, typed: &str, faults: &Faults) -> Markup {
    let path = format!("/cohorts/{}/places", cohort.id);
    let lead = format!("{} of {} places are taken and {} are held by offers.", board.taken, board.places, board.held);
    html! {
        (shell::page_head(TITLE, &lead))
        (shell::error_summary(faults))
        form.form method="get" action=(path) novalidate {
            (shell::text_field(&Input::new("places", "Number of places").kind("number").value(typed).required().faults(faults).hint("You see first whom it admits; nothing changes before you say so.")))
            (shell::actions(html! {
                (shell::button("See whom it admits"))
                (shell::link_quiet(&format!("/cohorts/{}/applications", cohort.id), "Back to the applications"))
            }))
        }
    }
}

fn confirming(cohort: &Cohort, typed: &str, names: &[String], waiting: i64) -> Markup {
    let path = format!("/cohorts/{}/places", cohort.id);
    let lead = format!("{typed} places instead of {} in cohort {}.", cohort.places, cohort.name);
    let rest = waiting - names.len() as i64;
    html! {
        (shell::page_head(TITLE, &lead))
        @if names.is_empty() {
            p { "This admits nobody at the moment." }
        } @else {
            (shell::card("It admits, in the order of the line", html! {
                ol { @for name in names { li { (name) } } }
                p { "They get a letter at once." @if rest > 0 { " " (rest) " stay on the waiting list." } }
            }))
        }
        (shell::actions(html! {
            (shell::post_button(&path, "Change the number of places", &[("places", typed)], shell::Style::Main))
            (shell::link_quiet(&path, "Back"))
        }))
    }
}
