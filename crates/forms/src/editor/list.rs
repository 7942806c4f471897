//! Page `/forms`: every form of the committee, and which of them are being changed.

use platform::prelude::*;
use shell::{Column, Tone};

use crate::{drafts, editor, form::Form, rules::house, versions};

pub fn get(tx: &mut Tx, _: &Visit) -> Answer {
    let (surveys, forms): (Vec<_>, Vec<_>) = versions::names().into_iter().partition(|it| house::is_survey(it));
    let (forms, surveys) = (rows(tx, &forms)?, rows(tx, &surveys)?);
    let columns = [Column::text("Form"), Column::number("Questions"), Column::number("Version"), Column::text("State")];
    Ok(Reply::wide(
        "Forms",
        html! {
            (shell::page_head("Forms", "What people are asked. You change a draft; nobody is asked it until you publish it, and every answer keeps the version it was given to."))
            (shell::table("Forms of the committee", &columns, forms))
            (shell::table("Surveys", &columns, surveys))
            p.muted { "What a survey asks every year stays as it is, so that one year can be set beside another; your own questions come after it." }
            p.hint { "The chair and the deputy change forms. Who reads an answer stands at each question." }
        },
    ))
}

fn rows(tx: &mut Tx, names: &[&'static str]) -> Result<Vec<Vec<Markup>>, Failure> {
    let begun = drafts::begun(tx)?;
    let mut rows = Vec::new();
    for name in names {
        let form = versions::current(tx, name)?;
        rows.push(vec![
            html! { a href=(editor::path(&form)) { (title(&form)) } },
            html! { (form.fields().count()) },
            html! { (form.version) },
            html! {
                @if begun.iter().any(|it| it == name) { (shell::badge(Tone::Warn, "Being changed")) }
                @else { (shell::badge(Tone::Good, "As it is asked")) }
            },
        ]);
    }
    Ok(rows)
}

/// The title, and for whom it is where two forms have the same.
fn title(form: &Form) -> String {
    let title = editor::title(form);
    let role = ["mentee", "mentor"].into_iter().find(|role| form.name.ends_with(&format!("_{role}")));
    match role {
        Some(role) if !title.contains(role) => format!("{title} ({role}s)"),
        _ => title,
    }
}
