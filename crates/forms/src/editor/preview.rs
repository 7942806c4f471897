//! Page `/forms/{form}/preview`: the draft as people will see it, who fill it in or read it.

use platform::prelude::*;
use shell::{Faults, Tone};

use crate::{
    answers::Answers,
    drafts, draw, editor,
    form::{Field, Form},
    rules::{house, words_without_placeholders},
    summary::is_read_by,
};

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let form = drafts::draft(tx, editor::name(visit)?)?.form;
    let asked = visit.query.text("as");
    let readers = house::looked_at_as(&form.name);
    let reader = readers.iter().find(|(key, ..)| *key == asked);
    let path = format!("{}/preview", editor::path(&form));
    let links: Vec<(String, &str, bool)> = std::iter::once((path.clone(), "Who fills it in", reader.is_none()))
        .chain(readers.iter().map(|it| (format!("{path}?as={}", it.0), it.1, reader == Some(it))))
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
            @match reader {
                Some((.., codes)) => (read_by(&form, codes)),
                None => {
                    (shell::note(Tone::Info, html! { p { "What you type here is kept nowhere." } }))
                    (draw::fields(&form, &Answers::new(), &Faults::new(), &facts))
                }
            }
        },
    ))
}

/// The questions whose answers a reader sees, and how many they never see.
fn read_by(form: &Form, codes: &[&str]) -> Markup {
    let sees = |field: &&Field| is_read_by(field, codes);
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
