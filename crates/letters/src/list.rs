//! Every letter in one list: when it is sent, to whom, how often so far. COM1.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use platform::{outbox, prelude::*};
use shell::Column;

use crate::{
    kinds::{self, Class, Kind},
    texts, titles,
};

pub fn get(tx: &mut Tx, _: &Visit) -> Answer {
    let program = program::the_program(tx)?;
    let facts = Facts {
        written: outbox::written(tx)?.into_iter().map(|it| (it.letter.clone(), it)).collect(),
        edited: texts::edited_subjects(tx)?,
        zone: program::calendar::zone_named(&program.zone),
    };
    // Two columns stay beside one another on a phone.
    let columns = [Column::text("Letter"), Column::number("Written")];
    let groups = grouped();
    let body = html! {
        (shell::page_head("Letters", "Every letter the program sends by itself: when, to whom, how often so far. Choose one to read and edit its text."))
        @if groups.is_empty() {
            (shell::empty_state("No letters yet", "Letters appear here as soon as a part of the program sends any.", None))
        }
        @if groups.len() > 1 {
            nav aria-label="Parts of the list" {
                p { @for (place, (title, _)) in groups.iter().enumerate() {
                    @if place > 0 { " · " }
                    a href={ "#part-" (place + 1) } { (title) }
                } }
            }
        }
        @for (place, (title, kinds)) in groups.iter().enumerate() {
            div id={ "part-" (place + 1) } { (shell::card(title, shell::table(title, &columns, kinds.iter().map(|kind| facts.row(kind)).collect()))) }
        }
    };
    Ok(Reply::wide("Letters", body))
}

/// The letters of the house under the titles of the preset, and below them any others.
fn grouped() -> Vec<(&'static str, Vec<&'static Kind>)> {
    let mut left = kinds::registry();
    let mut groups = Vec::new();
    for group in titles::groups() {
        let is_of = |kind: &Kind| group.letters.iter().position(|(name, _)| name == kind.name);
        let (mut own, others): (Vec<_>, Vec<_>) = left.into_iter().partition(|kind| is_of(kind).is_some());
        own.sort_by_key(|kind| is_of(kind));
        groups.push((group.title.as_str(), own));
        left = others;
    }
    groups.push(("Other letters", left));
    groups.retain(|(_, kinds)| !kinds.is_empty());
    groups
}

struct Facts {
    written: BTreeMap<String, outbox::Written>,
    edited: BTreeMap<String, String>,
    zone: TimeZone,
}

impl Facts {
    fn row(&self, kind: &Kind) -> Vec<Markup> {
        let is_counted = kind.class != Class::Confidential;
        let written = self.written.get(kind.name).filter(|_| is_counted);
        let last = written.map(|it| program::short_day(it.newest.to_zoned(self.zone.clone()).date()));
        vec![
            html! {
                a href={ "/letters/" (kind.name) } { (titles::title(kind.name)) }
                @if self.edited.contains_key(kind.name) { " " (shell::badge(shell::Tone::Info, "edited")) }
                br;
                span.muted {
                    "To " (kind.audience) ": " (kind.trigger) "." @if kind.class.can_be_ended() { " Can be ended." }
                    @if let Some(day) = last { " Last on " (shell::unbroken(&day)) "." }
                }
            },
            html! { @match written { Some(written) => { (written.letters) } None if !is_counted => { span.muted { "not counted" } } None => { span.muted { "none" } } } },
        ]
    }
}
