//! Making up for a missed orientation: read, answer three questions, confirm. It counts as
//! attended. ORI3.

use platform::prelude::*;
use program::preset;
use shell::{Choice, Faults, Input};

use crate::{
    attendance,
    lessons::{self, Lesson},
    readings,
    rules::{
        attendance::Presence,
        check::{QUESTIONS, check},
    },
    visible::{self, Seen},
};

const TITLE: &str = "Make up for the orientation";

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let facts = facts(tx, visit)?;
    if facts.is_done {
        return Ok(Reply::page(TITLE, done()));
    }
    Ok(Reply::page(TITLE, page(&facts, &visit.form, &Faults::new())))
}

pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let facts = facts(tx, visit)?;
    if facts.is_done {
        return Ok(Reply::page(TITLE, done()));
    }
    let mut faults = Faults::new();
    for (field, words) in check(|key| visit.form.text(key).to_owned(), visit.form.ticked("read")) {
        faults.add(field, words);
    }
    if !faults.is_empty() {
        return Err(Failure::refused(TITLE, page(&facts, &visit.form, &faults)));
    }
    let person = visit.person()?;
    attendance::note(tx, &facts.seen.event, person, Presence::MadeUp, person)?;
    journal::record(tx, "orientation made up", facts.seen.event.id, Some(person), Some(facts.seen.cohort.id))?;
    Ok(Reply::go("/").saying("Thank you. That counts as attended."))
}

struct Facts {
    seen: Seen,
    is_done: bool,
    lessons: Vec<Lesson>,
    read: Vec<String>,
}

/// For people of a duo, once the orientation is over.
fn facts(tx: &mut Tx, visit: &Visit) -> Result<Facts, Failure> {
    let person = visit.person()?;
    let seen = visible::theirs(tx, visit)?;
    let is_theirs = duos::of_person(tx, seen.cohort.id, person)?.is_some();
    if !seen.event.is_orientation() || !seen.event.is_over(tx.now()) || !is_theirs {
        return Err(Failure::NotFound);
    }
    let is_done = attendance::own(tx, &seen.proof, seen.event.id)?.is_some_and(|it| it.counts());
    let read = readings::own(tx, &visit.own()?)?;
    Ok(Facts { seen, is_done, lessons: lessons::eight(), read })
}

fn page(facts: &Facts, typed: &Fields, faults: &Faults) -> Markup {
    html! {
            (shell::page_head(TITLE, "No harm done: read what was said, talk it through with your partner, and answer three questions."))
            (shell::error_summary(faults))
            (shell::card("What happened there", shell::prose(html! { ul { @for (minutes, what) in running_order() { li { strong { (minutes) } " " (what) } } } })))
            (shell::card("The lessons", html! {
                p { (read_words(facts)) }
                ul { @for lesson in &facts.lessons {
                    li { a href=(format!("/lessons/{}", lesson.number)) { (lesson.title) } @if facts.read.contains(&lesson.number) { " (read)" } }
                } }
            }))
            (shell::card("Three questions", shell::form(&format!("/events/{}/make-up", facts.seen.event.id), html! {
                @for question in &QUESTIONS {
                    @let options = question.options.map(|(key, words)| Choice::new(key, words));
                    (shell::choice_field(&Input::new(question.key, question.words).required().value(typed.text(question.key)).faults(faults), &options))
                }
                (shell::tick_field(&Input::new("read", "I have read the running order and the lessons.").value(typed.text("read")).faults(faults)))
                (shell::actions(shell::button("That is it")))
            })))
            (shell::readers_line(&policy::who_can_read(policy::Record::Event)))
    p.hint { "Only that you made up for it is kept; your answers are not." }
        }
}

/// Minutes and what happened in them, from the orientation's plan.
fn running_order() -> Vec<(&'static str, &'static str)> {
    let text = preset::text("texts", "orientation").map(|it| it.body).unwrap_or_default();
    let table = text.split("## Running order").nth(1).and_then(|it| it.split("\n## ").next()).unwrap_or_default();
    let rows = table.lines().filter_map(|line| {
        let mut cells = line.trim().strip_prefix('|')?.split('|').map(str::trim);
        Some((cells.next()?, cells.next()?))
    });
    rows.filter(|(minutes, _)| minutes.starts_with(|it: char| it.is_ascii_digit())).collect()
}

fn read_words(facts: &Facts) -> String {
    let read = facts.lessons.iter().filter(|it| facts.read.contains(&it.number)).count();
    format!("You have read {read} of {}, about eight minutes each.", facts.lessons.len())
}

fn done() -> Markup {
    html! {
        (shell::page_head("That counts as attended", "You were there, or have made up for it."))
        (shell::actions(shell::link_quiet("/", "To the home page")))
    }
}
