//! `/roster/imports/{id}`: what a list would change, and applying exactly that.

use platform::prelude::*;
use shell::{
    Choice, Column, Faults, Input, Tone, card, choice_field, error_summary, figures, note, page_head, readers_line,
    table, tick_field,
};

use crate::{
    imports::{self, ApplyRefusal, Decision, Preview},
    look_up,
    rules::{
        roster::{Changed, Doubt, ImportRow, RosterRow, Unclear, changes, standing_words},
        roster_file::LineFault,
    },
};

const TITLE: &str = "What this list would change";
/// Lines of a kind that a page shows; the file beside it has all.
const SHOWN: usize = 200;

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let import = imports::the_import(tx, visit.id("id")?)?;
    if import.state == "applied" {
        return Ok(Reply::go("/roster").saying("This list has been applied already."));
    }
    let body = markup(visit, &import.file_name, &imports::shown(&import)?, &Faults::new());
    Ok(Reply::wide(TITLE, body))
}

/// Applies what was shown: everything, or the sound lines where some are faulty.
pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let import = imports::the_import(tx, visit.id("id")?)?;
    let decide = |line: u64| match visit.form.text(&format!("line-{line}")) {
        "same" => Decision::Same,
        "other" => Decision::Other,
        _ => Decision::Leave,
    };
    let keep_gone = visit.form.ticked("keep_gone");
    match imports::apply(tx, &import, &decide, keep_gone, Some(visit.person()?))? {
        Ok(done) => {
            let words = format!("Applied: {} new, {} changed, {} gone.", done.added, done.changed, done.gone);
            Ok(Reply::go("/roster").saying(words))
        }
        Err(ApplyRefusal::AppliedAlready) => {
            Ok(Reply::go("/roster").saying("This list has been applied already; nothing changed twice."))
        }
        Err(refusal) => {
            let faults = Faults::general(refusal.to_string());
            let body = markup(visit, &import.file_name, &imports::shown(&import)?, &faults);
            Err(crate::wide(Failure::overtaken(TITLE, body)))
        }
    }
}

/// The whole difference as a file, for lists too long for a page.
pub fn download(tx: &mut Tx, visit: &Visit) -> Answer {
    let import = imports::the_import(tx, visit.id("id")?)?;
    let Preview { difference, faults, .. } = imports::shown(&import)?;
    let mut lines = vec![["what", "line", "member number", "name", "e-mail", "why"].map(str::to_owned)];
    let mut add = |what: &str, line: u64, number: &str, name: &str, email: &str, why: String| {
        let line = if line == 0 { String::new() } else { line.to_string() };
        lines.push([what.to_owned(), line, number.to_owned(), name.to_owned(), email.to_owned(), why]);
    };
    for it in &difference.new {
        add("new", it.line, &it.number, &it.name, &it.email, String::new());
    }
    for it in &difference.changed {
        let (was, fields) = (&it.was, changes(&it.was, &it.becomes));
        let why: Vec<String> = fields.iter().map(|it| format!("{}: {} → {}", it.field, it.was, it.becomes)).collect();
        add("changed", it.line, &was.number, &was.name, &was.email, why.join("; "));
    }
    for it in &difference.gone {
        add("gone", 0, &it.number, &it.name, &it.email, String::new());
    }
    for it in &difference.unclear {
        add("unclear", it.row.line, &it.row.number, &it.row.name, &it.row.email, doubt_words(it));
    }
    for it in &faults {
        add("faulty", it.line, &it.number, "", &it.email, it.words.clone());
    }
    Ok(Reply::download("difference.csv", "text/csv; charset=utf-8", platform::tables::csv(lines)?))
}

fn markup(visit: &Visit, file: &str, preview: &Preview, faults: &Faults) -> Markup {
    let Preview { difference, faults: lines, .. } = preview;
    let count = |length: usize| length.to_string();
    let (new, changed, gone) = (&difference.new, &difference.changed, &difference.gone);
    let many_gone = gone.len() * 2 > gone.len() + changed.len() + difference.same && gone.len() > 10;
    let undecided = difference.is_empty() && difference.unclear.is_empty();
    let path = format!("/roster/imports/{}", visit.param("id"));
    html! {
        (shell::breadcrumbs(&[("/roster", "Roster"), ("/roster/import", "Import")], TITLE))
        (error_summary(faults))
        (page_head(TITLE, &format!("{file}: nothing has changed yet.")))
        (figures(&[
            (&count(new.len()), "new"), (&count(changed.len()), "changed"), (&count(gone.len()), "gone"),
            (&count(difference.unclear.len()), "unclear"), (&count(lines.len()), "faulty lines"),
            (&count(difference.same), "unchanged"),
        ]))
        @if many_gone { (note(Tone::Warn, html! { p { "More than half of the roster is not in this file. Is it the whole list?" } })) }
        @if undecided && lines.is_empty() { (note(Tone::Good, html! { p { "The roster is already as this list has it." } })) }
        (shell::form(&path, html! {
            (faulty_section(lines))
            (unclear_section(&difference.unclear))
            (new_section(new))
            (changed_section(changed))
            (gone_section(gone))
            @if !undecided {
                (shell::actions(html! {
                    (shell::button(if lines.is_empty() { "Apply" } else { "Apply the sound lines only" }))
                    (shell::link_quiet("/roster/import", "Choose another file"))
                    (shell::link_quiet(&format!("{path}/difference.csv"), "Download all of it"))
                }))
            }
        }))
        (readers_line(look_up::READERS))
    }
}

fn faulty_section(faults: &[LineFault]) -> Markup {
    section(
        "Lines that cannot be used",
        "They change nothing, and nobody in them is taken for gone.",
        faults.len(),
        || {
            html! { ul { @for it in faults.iter().take(SHOWN) { li { "Line " (it.line) ": " (it.words) } } } }
        },
    )
}

fn new_section(new: &[ImportRow]) -> Markup {
    let columns = ["Name", "E-mail", "Number", "Standing"].map(Column::text);
    let row = |it: &ImportRow| {
        vec![html! { (it.name) }, html! { (it.email) }, html! { (it.number) }, html! { (standing_words(it.is_good)) }]
    };
    let rows = new.iter().take(SHOWN).map(row).collect();
    section("New", "", new.len(), || table("New members", &columns, rows))
}

fn changed_section(changed: &[Changed]) -> Markup {
    let columns = ["Name", "What changes"].map(Column::text);
    let row = |it: &Changed| {
        let lines = changes(&it.was, &it.becomes);
        let empty = |text: &str| if text.is_empty() { "nothing" } else { text }.to_owned();
        vec![
            html! { (it.was.name) },
            html! { ul role="list" { @for it in &lines { li { (it.field) ": " del { (empty(&it.was)) } " → " strong { (empty(&it.becomes)) } } } } },
        ]
    };
    let rows = changed.iter().take(SHOWN).map(row).collect();
    section("Changed", "", changed.len(), || table("Changed members", &columns, rows))
}

fn gone_section(gone: &[RosterRow]) -> Markup {
    let columns = ["Name", "E-mail", "Number"].map(Column::text);
    let row = |it: &RosterRow| vec![html! { (it.name) }, html! { (it.email) }, html! { (it.number) }];
    let rows = gone.iter().take(SHOWN).map(row).collect();
    section(
        "Gone",
        "They are on the roster and not in this file. Nobody in a running duo is removed from it.",
        gone.len(),
        || {
            html! {
                (table("Members who are gone", &columns, rows))
                (tick_field(&Input::new("keep_gone", "Keep them: this file is only a part of the list")))
            }
        },
    )
}

fn unclear_section(unclear: &[Unclear]) -> Markup {
    section("Unclear", "Decide here, or leave them as they are and put them right in the file.", unclear.len(), || {
        html! {
            @for it in unclear.iter().take(SHOWN) {
                @let (name, label, words) = (format!("line-{}", it.row.line), format!("Line {}", it.row.line), doubt_words(it));
                (choice_field(&Input::new(&name, &label).hint(&words).value("leave").unmarked(), &ways(it)))
            }
        }
    })
}

fn section(title: &str, words: &str, length: usize, body: impl FnOnce() -> Markup) -> Markup {
    html! {
        @if length > 0 {
            (card(&format!("{title} ({length})"), html! {
                @if !words.is_empty() { p { (words) } }
                (body())
                @if length > SHOWN { p.hint { "And " (length - SHOWN) " more; the file below has all of them." } }
            }))
        }
    }
}

fn ways(unclear: &Unclear) -> Vec<Choice> {
    let mut ways = vec![Choice::new("leave", "Leave as it is")];
    if unclear.other.is_some() {
        ways.push(Choice::new("same", "It is the same member"));
    }
    if unclear.doubt != Doubt::OtherPerson {
        ways.push(Choice::new("other", "It is somebody else"));
    }
    ways
}

fn doubt_words(unclear: &Unclear) -> String {
    let row = &unclear.row;
    let other = unclear.other.as_ref().map_or_else(
        || "somebody else".to_owned(),
        |it| format!("{}, {}{}{}", it.name, it.email, if it.number.is_empty() { "" } else { ", " }, it.number),
    );
    match unclear.doubt {
        Doubt::OtherPerson => format!("Number {} is {} here. The roster has it for {other}.", row.number, row.name),
        Doubt::OtherNumber => {
            format!("{} has number {} here. The roster has the address for {other}.", row.email, row.number)
        }
        Doubt::OtherName => format!("{} is {} here. The roster has the address for {other}.", row.email, row.name),
        Doubt::SharedAddress => {
            format!("{} stands for several members. This line says {} {}.", row.email, row.name, row.number)
        }
    }
}
