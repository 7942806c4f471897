//! Every letter in one list: which room sends it, when, to whom, how often so far. COM1.

use std::collections::BTreeMap;

use platform::{outbox, prelude::*};
use shell::Column;

use crate::{kinds, samples, texts};

pub fn get(tx: &mut Tx, _: &Visit) -> Answer {
    let written: BTreeMap<String, outbox::Written> =
        outbox::written(tx)?.into_iter().map(|it| (it.letter.clone(), it)).collect();
    let program = program::the_program(tx)?;
    let zone = program::calendar::zone_named(&program.zone);
    let edited = texts::edited_subjects(tx)?;
    let mut rows = Vec::new();
    for kind in kinds::registry() {
        let subject = edited.get(kind.name).cloned().or_else(|| Some(texts::of_preset(kind.name)?.subject));
        let written = written.get(kind.name);
        let last = written.map(|it| program::short_day(it.newest.to_zoned(zone.clone()).date()));
        rows.push(vec![
            html! {
                a href={ "/letters/" (kind.name) } { (subject.map_or_else(|| kind.name.to_owned(), |it| samples::subject_of(&it))) }
                @if edited.contains_key(kind.name) { " " (shell::badge(shell::Tone::Info, "edited")) }
            },
            html! { (kind.trigger) },
            html! { (kind.audience) },
            html! { (kind.class.words()) },
            html! { (kind.room()) },
            html! { (written.map_or(0, |it| it.letters)) },
            html! { @if let Some(day) = last { (shell::unbroken(&day)) } @else { "not yet" } },
        ]);
    }
    let columns = [
        Column::text("Letter"),
        Column::text("Sent when"),
        Column::text("To"),
        Column::text("Kind"),
        Column::text("Room"),
        Column::number("Written"),
        Column::text("Last"),
    ];
    let body = html! {
        (shell::page_head("Letters", "Every letter the program sends by itself: when, to whom, how often so far. Choose one to read and edit its text."))
        @if rows.is_empty() {
            (shell::empty_state("No letters yet", "Letters appear here as soon as a part of the program sends any.", None))
        } @else {
            (shell::table("Every letter of the program", &columns, rows))
        }
    };
    Ok(Reply::wide("Letters", body))
}
