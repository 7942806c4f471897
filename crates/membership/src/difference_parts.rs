//! The parts of a difference: what is faulty, unclear, new, changed and gone. Whoever does
//! not read the stored lines sees what the file says, and of the roster only counts and
//! the names of fields.

use platform::prelude::*;
use shell::{Choice, Column, Input, card, choice_field, table, tick_field};

use crate::{
    imports::Import,
    rules::{
        roster::{Doubt, RosterRow, Unclear, changes, standing_words},
        roster_file::LineFault,
    },
    staged::Change,
};

/// Lines of a kind that a page shows; the file beside it has all.
pub const SHOWN: i64 = 200;

pub fn faulty(faults: &[LineFault], import: &Import) -> Markup {
    let columns = ["Row", "Column", "What stands there", "What is wrong", "What would put it right"].map(Column::text);
    let cell = |it: &LineFault| if it.cell.is_empty() { "nothing".to_owned() } else { it.cell.clone() };
    let row = |it: &LineFault| {
        let column = if it.column.is_empty() { "the line" } else { &it.column };
        vec![
            html! { "Line " (it.line) },
            html! { (column) },
            html! { (cell(it)) },
            html! { (it.words) },
            html! { (it.fix) },
        ]
    };
    let rows = faults.iter().map(row).collect();
    section(
        "Lines that cannot be used",
        "They change nothing, and nobody in them is taken for gone.",
        import.faulty,
        || {
            html! {
                (table("Lines that cannot be used", &columns, rows))
                p { (shell::link_quiet(&format!("/roster/imports/{}/errors.csv", import.id), "Download the error file")) }
                p.hint { "It has each of these lines as it was, with the reason and what would put it right." }
            }
        },
    )
}

pub fn new(new: &[(i64, RosterRow)], length: i64) -> Markup {
    let columns = ["Name", "E-mail", "Number", "Standing"].map(Column::text);
    let row = |(_, it): &(i64, RosterRow)| {
        vec![html! { (it.name) }, html! { (it.email) }, html! { (it.number) }, html! { (standing_words(it.is_good)) }]
    };
    let rows = new.iter().map(row).collect();
    section("New", "", length, || table("New members", &columns, rows))
}

pub fn changed(changed: &[Change], length: i64, whole: bool) -> Markup {
    let columns = ["Name", "What changes"].map(Column::text);
    let row = |Change { was, becomes, .. }: &Change| {
        let lines = changes(was, becomes);
        let empty = |text: &str| if text.is_empty() { "nothing" } else { text }.to_owned();
        if !whole {
            let fields: Vec<&str> = lines.iter().map(|it| it.field.as_str()).collect();
            return vec![html! { (becomes.name) }, html! { (fields.join(", ")) }];
        }
        vec![
            html! { (was.name) },
            html! { ul role="list" { @for it in &lines { li { (it.field) ": " del { (empty(&it.was)) } " → " strong { (empty(&it.becomes)) } } } } },
        ]
    };
    let rows = changed.iter().map(row).collect();
    section("Changed", "", length, || table("Changed members", &columns, rows))
}

pub fn gone(gone: &[RosterRow], length: i64, whole: bool) -> Markup {
    let columns = ["Name", "E-mail", "Number"].map(Column::text);
    let row = |it: &RosterRow| vec![html! { (it.name) }, html! { (it.email) }, html! { (it.number) }];
    let rows = gone.iter().map(row).collect();
    let title = "Gone";
    let words = "They are on the roster and not in this file. Nobody in a running duo is removed from it.";
    section_with(title, words, length, whole, || {
        html! {
            @if whole { (table("Members who are gone", &columns, rows)) }
            (tick_field(&Input::new("keep_gone", "Keep them: this file is only a part of the list")))
        }
    })
}

pub fn unclear(unclear: &[Unclear], length: i64, whole: bool) -> Markup {
    section("Unclear", "Decide here, or leave them as they are and put them right in the file.", length, || {
        html! {
            @for it in unclear {
                @let (name, label, words) = (format!("line-{}", it.row.line), format!("Line {}", it.row.line), doubt_words(it, whole));
                (choice_field(&Input::new(&name, &label).hint(&words).value("leave").unmarked(), &ways(it)))
            }
        }
    })
}

fn section(title: &str, words: &str, length: i64, body: impl FnOnce() -> Markup) -> Markup {
    section_with(title, words, length, true, body)
}

fn section_with(title: &str, words: &str, length: i64, is_list: bool, body: impl FnOnce() -> Markup) -> Markup {
    html! {
        @if length > 0 {
            (card(&format!("{title} ({length})"), html! {
                @if !words.is_empty() { p { (words) } }
                (body())
                @if length > SHOWN && is_list { p.hint { "And " (length - SHOWN) " more." } }
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

/// Why a line is unclear; the other member is named to those alone who read the roster.
pub fn doubt_words(unclear: &Unclear, whole: bool) -> String {
    let row = &unclear.row;
    let other = unclear.other.as_ref().filter(|_| whole).map_or_else(
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
