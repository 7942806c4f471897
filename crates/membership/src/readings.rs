//! Page `/me/readings`: who opened what is mine, when, and by what right; and what happened
//! to my account.

use jiff::tz::TimeZone;
use platform::{
    audit::{self, Seen},
    prelude::*,
};
use shell::Column;

use crate::{happened, people};

const TITLE: &str = "Who has read what is mine";
/// A year of taking part brings far fewer.
const MOST: i64 = 500;

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let person = people::whoever_asks(tx, visit)?;
    let seen = audit::readings_of(tx, &visit.own()?, MOST)?;
    let zone = program::program(tx)?.map(|it| it.zone).unwrap_or_default();
    let zone = program::calendar::zone_named(if person.zone.is_empty() { &zone } else { &person.zone });
    let happened = happened::markup(&happened::to(tx, person.id)?, &zone);
    Ok(Reply::page(TITLE, markup(&seen, &zone, &happened)))
}

fn markup(seen: &[Seen], zone: &TimeZone, happened: &Markup) -> Markup {
    html! {
        (shell::breadcrumbs(&[("/me", "My account")], TITLE))
        (shell::page_head(TITLE, "When somebody of the committee or the office opens a record of yours, it stands here from the same moment. One thing may come later: where chair and deputy opened check-in answers together and telling you could have put somebody in danger, it stands here up to 14 days afterwards."))
        p.hint { "You alone read this list. Nobody can change it or take a line out of it." }
        @if seen.is_empty() {
            (shell::empty_state("Nobody has opened anything of yours", "When somebody does, you see here who, when and by what right.", None))
        }
        @for record in records(seen) { (one(&record, zone)) }
        (shell::card("What is not listed", html! {
            ul {
                li { "Lists in the office that somebody looked through without opening your line: the roster, a search in it that finds more than three people, and what a new list would change. They show name, mail address, number and standing." }
                li { "Lists on the committee’s pages: applications, people, pairs, duos and, at an event, who comes. They show names, days and how things stand; the list of the committee itself shows mail addresses, too." }
                li { "Who looked at your profile, while those of mentors can be read by mentees." }
                li { "What you and your partner write for each other: the two of you read it." }
            }
        }))
        (happened)
    }
}

/// What was read, by what it is called: what was read last comes first.
fn records(seen: &[Seen]) -> Vec<Vec<&Seen>> {
    let mut records: Vec<Vec<&Seen>> = Vec::new();
    for one in seen {
        match records.iter_mut().find(|it| it.iter().any(|it| it.record == one.record)) {
            Some(record) => record.push(one),
            None => records.push(vec![one]),
        }
    }
    records
}

/// Each look with how often it was repeated within its minute.
fn looks<'a>(record: &[&'a Seen], moment: &dyn Fn(&Seen) -> String) -> Vec<(&'a Seen, usize)> {
    let mut looks: Vec<(&Seen, usize)> = Vec::new();
    for one in record {
        let same = |it: &Seen| {
            (it.about, &it.reader, &it.right, moment(it)) == (one.about, &one.reader, &one.right, moment(one))
        };
        match looks.iter_mut().find(|(it, _)| same(it)) {
            Some((_, many)) => *many += 1,
            None => looks.push((one, 1)),
        }
    }
    looks
}

fn one(record: &[&Seen], zone: &TimeZone) -> Markup {
    let Some(first) = record.first() else { return html! {} };
    let moment = |it: &Seen| program::day_and_time(it.at, zone);
    let rows = looks(record, &moment).into_iter().map(|(it, many)| {
        vec![
            html! { (shell::unbroken(&moment(it))) @if many > 1 { ", " (many) " times" } },
            html! { (it.reader.as_deref().unwrap_or("Somebody whose account is gone")) },
            html! { (it.right) },
        ]
    });
    let mut title = first.record.clone();
    if let Some(letter) = title.get_mut(..1) {
        letter.make_ascii_uppercase();
    }
    let columns = [Column::text("When"), Column::text("Who"), Column::text("By what right")];
    let mut anchors: Vec<String> = Vec::new();
    for it in record {
        let anchor = shell::readings_anchor(&it.record, it.about.map(|it| it.to_string()).as_deref());
        if !anchors.contains(&anchor) {
            anchors.push(anchor);
        }
    }
    html! {
        section.card {
            h2 { @for anchor in &anchors { span id=(anchor) {} } (title) }
            (shell::table("Who read it, the last first", &columns, rows.collect()))
        }
    }
}
