//! Page `/forms/{form}/preview`: the draft as people will see it, who fill it in or read it.

use platform::prelude::*;
use shell::{Faults, Tone};

use crate::{
    answers::Answers,
    drafts, draw, editor,
    form::{Field, Form},
    rules::{house, words_without_placeholders},
};

/// Who fills it in.
const AUTHOR: &str = "";

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let form = drafts::draft(tx, editor::name(visit)?)?.form;
    let asked = visit.query.text("as");
    let readers = house::readers(&form.name);
    let who = readers.iter().find(|(code, _)| *code == asked).map_or(AUTHOR, |(code, _)| code);
    let path = format!("{}/preview", editor::path(&form));
    let links: Vec<(String, &str, bool)> = std::iter::once((path.clone(), "Who fills it in", who == AUTHOR))
        .chain(readers.iter().map(|(code, words)| (format!("{path}?as={code}"), *words, who == *code)))
        .collect();
    let tabs: Vec<(&str, &str, bool)> = links.iter().map(|(href, words, is)| (href.as_str(), *words, *is)).collect();
    let program = program::the_program(tx)?;
    let cohort = program::current(tx)?;
    let facts = program::pages::facts(tx, &program, cohort.as_ref())?;
    let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Ok(Reply::page(
        "Preview",
        html! {
            (shell::breadcrumbs(&[("/forms", "Forms"), (&editor::path(&form), &editor::title(&form))], "Preview"))
            (shell::page_head("As others will see it", &editor::title(&form)))
            (shell::tabs(&tabs))
            @if who == AUTHOR {
                (shell::note(Tone::Info, html! { p { "What you type here is kept nowhere." } }))
                (draw::fields(&form, &Answers::new(), &Faults::new(), &facts))
            } @else { (read_by(&form, who)) }
        },
    ))
}

/// The questions whose answers a reader sees, and how many they never see.
fn read_by(form: &Form, who: &str) -> Markup {
    let sees = |field: &&Field| !field.sealed && field.readers.iter().any(|code| code == who);
    let (seen, all) = (form.fields().filter(sees).count(), form.fields().count());
    html! {
        p { "They read the answers to " (seen) " of " (all) " questions:" }
        @for section in &form.sections {
            @let fields: Vec<&Field> = section.fields.iter().filter(sees).collect();
            @if !fields.is_empty() {
                (shell::card(&words_without_placeholders(&section.title), html! {
                    ul { @for field in fields { li { (words_without_placeholders(&field.label)) } } }
                }))
            }
        }
    }
}
