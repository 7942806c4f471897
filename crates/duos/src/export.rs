//! `/duos/{duo}/export`: what the two wrote together, to take along as a page or as data.
//! Each gets what they may read: the shared record, and their own private notes.

use platform::prelude::*;
use policy::{Grant, may, of};
use program::{calendar, keeping, long_day};
use serde_json::json;

use crate::{
    access, agreements,
    duos::{self, Duo},
    forget, goals, meetings, notes,
};

const TITLE: &str = "Take your record along";

/// More notes than two people write in ten months.
const ALL_NOTES: i64 = 10_000;

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let duo = duos::theirs(tx, visit)?;
    let body = html! {
            (shell::breadcrumbs(&[(&duo.path(""), "Your duo")], TITLE))
            (shell::page_head(TITLE, "Your agreement, goals, meetings and notes in one file, to keep where you like."))
            @if forget::is_gone(tx, duo.id)? {
                (shell::empty_state("Nothing is left to take along", "The time for which your duo's record was kept is over. It was deleted, and no copy of it opens any more.", None))
            } @else {
                (shell::card_plain(html! {
                    p { "The file holds what the two of you share, and the private notes that are yours. Your partner's private notes are not in it." }
                    (shell::actions(html! {
                        (shell::link_button(&duo.path("/export/page"), "Save as a page to read"))
                        (shell::link_quiet(&duo.path("/export/data"), "Save as data (JSON)"))
                    }))
                    (keeping::line(forget::kept_until(tx, &duo)?))
                }))
            }
            (shell::readers_line(&policy::who_can_read(policy::Record::DuoMessage)))
    p.hint { "Each of you gets a file of their own." }
        };
    Ok(Reply::page(TITLE, body))
}

pub(crate) fn page(tx: &mut Tx, visit: &Visit) -> Answer {
    let (duo, record) = record(tx, visit)?;
    let bytes = readable(&duo, &record).into_string().into_bytes();
    Ok(Reply::download(format!("duo-{}.html", duo.number), "text/html; charset=utf-8", bytes))
}

pub(crate) fn data(tx: &mut Tx, visit: &Visit) -> Answer {
    let (duo, record) = record(tx, visit)?;
    let bytes = serde_json::to_vec_pretty(&record.data(&duo)).unwrap_or_default();
    Ok(Reply::download(format!("duo-{}.json", duo.number), "application/json", bytes))
}

/// All that one of the two may take along. Dates are as people of the program read them.
struct Record {
    cohort: String,
    agreement: Vec<(String, String)>,
    goals: Vec<goals::Goal>,
    /// Day, way, minutes.
    meetings: Vec<(String, String, i64)>,
    /// Day, author, whether it is private, words.
    notes: Vec<(String, String, bool, String)>,
}

fn record(tx: &mut Tx, visit: &Visit) -> Result<(Duo, Record), Failure> {
    let duo = duos::theirs(tx, visit)?;
    let _: Grant<of::DuoGoals, may::Export> = access::of_duo(visit, &duo)?;
    let cohort = program::the_cohort(tx, duo.cohort)?;
    let calendar = calendar::of(tx, &cohort)?;
    let log: Grant<of::MeetingLog, may::Export> = access::of_duo(visit, &duo)?;
    let met =
        meetings::of_duo(tx, &log, &duo)?.into_iter().map(|it| (it.day.to_string(), it.way, it.minutes)).collect();
    let mut written = Vec::new();
    for note in notes::readable(tx, &access::of_duo(visit, &duo)?, &access::own(visit, &duo)?, &duo, ALL_NOTES)? {
        let day = calendar.today(note.written_at).to_string();
        let text = note.text.unwrap_or_else(|| notes::WITHDRAWN.to_owned());
        written.push((day, duo.name_of(note.author).to_owned(), note.is_private, text));
    }
    let record = Record {
        cohort: cohort.name,
        agreement: agreed(tx, visit, &duo)?,
        goals: goals::of_duo(tx, &access::of_duo(visit, &duo)?, &duo)?.1,
        meetings: met,
        notes: written,
    };
    Ok((duo, record))
}

/// The agreement that stands, or the newest one, as questions and answers.
fn agreed(tx: &mut Tx, visit: &Visit, duo: &Duo) -> Result<Vec<(String, String)>, Failure> {
    let revision = match agreements::standing(tx, duo)? {
        Some(standing) => Some(standing),
        None => agreements::newest(tx, duo)?,
    };
    let Some(revision) = revision else { return Ok(Vec::new()) };
    let Some(body) = agreements::open(tx, &access::of_duo(visit, duo)?, duo, &revision)? else { return Ok(Vec::new()) };
    let fields = body.form.fields().map(|field| {
        let list = body.answers.list(&field.key);
        let words = if list.is_empty() { body.answers.text(&field.key).to_owned() } else { list.join(", ") };
        (field.label.clone(), words)
    });
    Ok(fields.filter(|(_, words)| !words.is_empty()).collect())
}

impl Record {
    fn data(&self, duo: &Duo) -> serde_json::Value {
        json!({
            "cohort": self.cohort,
            "duo": duo.number,
            "mentor": duo.mentor_name,
            "mentee": duo.mentee_name,
            "agreement": self.agreement.iter().map(|(question, answer)| json!({"question": question, "answer": answer})).collect::<Vec<_>>(),
            "goals": self.goals,
            "meetings": self.meetings.iter().map(|(day, way, minutes)| json!({"day": day, "way": way, "minutes": minutes})).collect::<Vec<_>>(),
            "notes": self.notes.iter().map(|(day, by, private, text)| json!({"day": day, "by": by, "private": private, "text": text})).collect::<Vec<_>>(),
        })
    }
}

/// A page that needs nothing beside itself.
fn readable(duo: &Duo, record: &Record) -> Markup {
    let title = format!("Duo {} of {}: {} and {}", duo.number, record.cohort, duo.mentor_name, duo.mentee_name);
    let day = |day: &str| day.parse().map_or_else(|_| day.to_owned(), long_day);
    html! {
        (maud::DOCTYPE)
        html lang="en" {
            head { meta charset="utf-8"; title { (title) } }
            body {
                h1 { (title) }
                h2 { "Agreement" }
                @if record.agreement.is_empty() { p { "None was written." } }
                dl { @for (question, answer) in &record.agreement { dt { (question) } dd { (answer) } } }
                h2 { "Goals" }
                @if record.goals.is_empty() { p { "None were set." } }
                @for goal in &record.goals {
                    h3 { (goal.title) }
                    p { (goal.why) }
                    p { (goal.sign) @if !goal.by.is_empty() { ", by " (day(&goal.by)) } @if let Some(level) = goal.level { ", now at " (level) } }
                }
                h2 { "Meetings" }
                ul { @for (met, way, minutes) in &record.meetings { li { (day(met)) ", " (way) ", " (minutes) " minutes" } } }
                h2 { "Notes" }
                @for (written, by, private, text) in &record.notes {
                    h3 { (day(written)) ", " (by) @if *private { " (only you)" } }
                    @for line in text.lines() { p { (line) } }
                }
            }
        }
    }
}
