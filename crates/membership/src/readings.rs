//! Page `/me/readings`: who opened what is mine, when, and by what right.

use jiff::tz::TimeZone;
use platform::{
    audit::{self, Seen},
    prelude::*,
};
use shell::Column;

use crate::people;

const TITLE: &str = "Who has read what is mine";
/// A year of taking part brings far fewer.
const MOST: i64 = 500;

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let person = people::the_person(tx, visit.person()?)?;
    let seen = audit::readings_of(tx, person.id, MOST)?;
    let zone = program::program(tx)?.map(|it| it.zone).unwrap_or_default();
    let zone = program::calendar::zone_named(if person.zone.is_empty() { &zone } else { &person.zone });
    Ok(Reply::page(TITLE, markup(&seen, &zone)))
}

fn markup(seen: &[Seen], zone: &TimeZone) -> Markup {
    html! {
        (shell::breadcrumbs(&[("/me", "My account")], TITLE))
        (shell::page_head(TITLE, "When somebody of the committee or the office opens a record of yours, it stands here from the same moment."))
        p.hint { "You alone read this list. Nobody can change it or take a line out of it." }
        @if seen.is_empty() {
            (shell::empty_state("Nobody has opened anything of yours", "When somebody does, you see here who, when and by what right.", None))
        }
        @for record in records(seen) { (one(&record, zone)) }
        p.hint { "What you and your partner write for each other is read by the two of you; that is not listed." }
    }
}

/// What was read, record by record: the one read last comes first.
fn records(seen: &[Seen]) -> Vec<Vec<&Seen>> {
    let mut records: Vec<Vec<&Seen>> = Vec::new();
    for one in seen {
        let same = |it: &&mut Vec<&Seen>| it.iter().any(|it| it.record == one.record && it.about == one.about);
        match records.iter_mut().find(same) {
            Some(record) => record.push(one),
            None => records.push(vec![one]),
        }
    }
    records
}

fn one(record: &[&Seen], zone: &TimeZone) -> Markup {
    let Some(first) = record.first() else { return html! {} };
    let at = |at: jiff::Timestamp| at.to_zoned(zone.clone()).strftime("%-d %b %Y, %H:%M").to_string();
    let rows = record.iter().map(|it| {
        vec![
            shell::unbroken(&at(it.at)),
            html! { (it.reader.as_deref().unwrap_or("Somebody whose account is gone")) },
            html! { (it.right) },
        ]
    });
    let mut title = first.record.clone();
    if let Some(letter) = title.get_mut(..1) {
        letter.make_ascii_uppercase();
    }
    let columns = [Column::text("When"), Column::text("Who"), Column::text("By what right")];
    let anchor = shell::readings_anchor(&first.record, first.about.map(|it| it.to_string()).as_deref());
    html! {
        section id=(anchor) {
            h2 { (title) }
            (shell::table(&title, &columns, rows.collect()))
        }
    }
}
