//! A calendar file for one event, after RFC 5545: every calendar reads it.

use jiff::Timestamp;
use program::rules::calendar_file::{escaped, folded, moment};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The same for every version of the same event.
    pub uid: String,
    /// Counts the changes, so that a calendar replaces what it has.
    pub version: i64,
    pub written_at: Timestamp,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub title: String,
    pub place: String,
    pub words: String,
    pub url: String,
}

pub fn calendar_file(entry: &Entry) -> String {
    let it = entry;
    let lines = [
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Duology//Mentoring//EN".to_owned(),
        "CALSCALE:GREGORIAN".to_owned(),
        "METHOD:PUBLISH".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}", escaped(&it.uid)),
        format!("SEQUENCE:{}", it.version),
        format!("DTSTAMP:{}", moment(it.written_at)),
        format!("DTSTART:{}", moment(it.starts_at)),
        format!("DTEND:{}", moment(it.ends_at)),
        told("SUMMARY", &it.title),
        told("LOCATION", &it.place),
        told("DESCRIPTION", &it.words),
        format!("URL:{}", it.url),
        "STATUS:CONFIRMED".to_owned(),
        "END:VEVENT".to_owned(),
        "END:VCALENDAR".to_owned(),
    ];
    lines.iter().filter(|line| !line.is_empty()).map(|line| folded(line) + "\r\n").collect()
}

/// What is empty has no line.
fn told(name: &str, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{name}:{}", escaped(text)) }
}
