//! One letter: how it would look, and its text to edit.

use platform::prelude::*;
use shell::{Faults, Input, Tone};

use crate::{
    kinds::{self, Kind},
    look::shown,
    rules,
    samples::sample_of,
    texts::{self, Text},
    titles,
};

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let kind = kind(visit)?;
    let text = texts::current(tx, kind.name)?;
    let body = page(tx, visit, kind, &text, &Faults::new())?;
    Ok(Reply::page(title(kind), body))
}

pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let kind = kind(visit)?;
    let current = texts::current(tx, kind.name)?;
    let mut text = typed(visit);
    if visit.form.text("do") == "preset" {
        text = Text { version: text.version, ..texts::of_preset(kind.name).ok_or(Failure::NotFound)? };
    }
    if let Err(refusal) = rules::check(&text.subject, &text.body, &rules::allowed(kind.name)) {
        let mut faults = Faults::new();
        faults.add(field_of(&refusal, &text), refusal.to_string());
        return Err(Failure::refused("Letters", page(tx, visit, kind, &text, &faults)?));
    }
    if visit.form.text("do") == "preview" {
        return Ok(Reply::page(title(kind), page(tx, visit, kind, &text, &Faults::new())?));
    }
    if (&text.subject, &text.body) == (&current.subject, &current.body) {
        return Ok(Reply::go(here(kind)).saying("Nothing was changed."));
    }
    if !texts::add(tx, kind.name, &text, visit.person()?)? {
        let faults = Faults::general(
            "Somebody else changed this letter meanwhile. Your text is below; save again to put it in place of theirs.",
        );
        let text = Text { version: current.version, ..text };
        return Err(Failure::overtaken("Letters", page(tx, visit, kind, &text, &faults)?));
    }
    Ok(Reply::go(here(kind)).saying("The letter is saved. It goes out like this from now on."))
}

fn kind(visit: &Visit) -> Result<&'static Kind, Failure> {
    kinds::find(visit.param("name")).ok_or(Failure::NotFound)
}

fn here(kind: &Kind) -> String {
    format!("/letters/{}", kind.name)
}

fn title(kind: &Kind) -> String {
    format!("Letter: {}", titles::title(kind.name))
}

fn typed(visit: &Visit) -> Text {
    Text {
        version: visit.form.number("version").unwrap_or(0),
        subject: visit.form.text("subject").to_owned(),
        body: visit.form.text("body").to_owned(),
    }
}

/// At which field a refusal is shown.
pub(crate) fn field_of(refusal: &rules::TextRefusal, text: &Text) -> &'static str {
    use rules::TextRefusal::{LongSubject, NoSubject, NotFinished, Unknown};
    match refusal {
        NoSubject | LongSubject => "subject",
        Unknown { name, .. } if text.subject.contains(name.as_str()) => "subject",
        NotFinished(start) if text.subject.contains(start.as_str()) => "subject",
        _ => "body",
    }
}

fn page(tx: &mut Tx, visit: &Visit, kind: &Kind, text: &Text, faults: &Faults) -> Result<Markup, Failure> {
    let versions = texts::versions(tx, kind.name)?;
    let program = program::the_program(tx)?;
    let zone = program::calendar::zone_named(&program.zone);
    let base = visit.config.base_url.as_str();
    let sample = sample_of(kind.name, &text.subject, &text.body, base);
    let names: Vec<String> = rules::allowed(kind.name).into_iter().collect();
    let class = kind.class.words();
    Ok(html! {
        (shell::breadcrumbs(&[("/letters", "Letters")], &titles::title(kind.name)))
        (shell::page_head(&titles::title(kind.name), &format!("Goes to {}. Sent when: {}.", kind.audience, kind.trigger)))
        (shell::error_summary(faults))
        @if visit.form.text("do") == "preview" && faults.is_empty() {
            (shell::note(Tone::Info, html! { p { "This is a preview. Nothing is saved yet." } }))
        }
        (shell::columns(
            html! {
                (shell::card("How it would look", html! {
                    (shell::facts(&[("Subject", html! { (sample.subject) }), ("Kind", html! { (class) })]))
                    (shell::prose(shown(&sample.text, base)))
                }))
            },
            html! { (shell::card("Its text", editor(kind, text, faults, &names))) },
        ))
        @if !versions.is_empty() {
            (shell::card("Earlier edits", html! {
                ul {
                    @for version in &versions {
                        li {
                            "Version " (version.version) ", "
                            (program::short_day(version.edited_at.to_zoned(zone.clone()).date()))
                            @if let Some(name) = &version.edited_by { ", " (name) }
                        }
                    }
                }
            }))
        }
    })
}

fn editor(kind: &Kind, text: &Text, faults: &Faults, names: &[String]) -> Markup {
    let names = names.iter().map(|name| format!("{{{{{name}}}}}")).collect::<Vec<_>>().join(", ");
    shell::form(
        &here(kind),
        html! {
            (shell::hidden("version", &text.version.to_string()))
            (shell::text_field(&Input::new("subject", "Subject").required().value(&text.subject).max(120).faults(faults)))
            (shell::long_field(&Input::new("body", "Text").required().value(&text.body).rows(18).faults(faults)
                .hint("An empty line begins a paragraph; a line that begins with • is a point.")))
            details {
                summary { "What you can put in" }
                p { (names) }
                p { "A part such as {{if hours: You reported {{hours}} hours.}} appears only when there is a value." }
            }
            (shell::actions(html! {
                button.button type="submit" name="do" value="save" { "Save" }
                button.button.quiet type="submit" name="do" value="preview" { "Preview" }
                @if text.version > 1 {
                    button.button.quiet type="submit" name="do" value="preset" { "Go back to the first text" }
                }
            }))
        },
    )
}
