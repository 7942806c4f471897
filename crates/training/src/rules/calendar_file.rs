//! A calendar file for one event, after RFC 5545: every calendar reads it.

use jiff::Timestamp;

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

/// The longest line in bytes, without its end.
const LONGEST: usize = 75;

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

fn moment(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(letter);
            }
            '\n' => out.push_str("\\n"),
            _ if letter.is_control() => {}
            _ => out.push(letter),
        }
    }
    out
}

/// Breaks a long line between letters, never inside one; what follows begins with a space.
fn folded(line: &str) -> String {
    let mut out = String::new();
    let mut length = 0;
    for letter in line.chars() {
        if length + letter.len_utf8() > LONGEST {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(letter);
        length += letter.len_utf8();
    }
    out
}
