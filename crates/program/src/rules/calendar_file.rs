//! What a calendar file is made of, after RFC 5545: every calendar reads it. Pure.

use jiff::{Timestamp, civil::Date};

use super::calendar::add;

/// A whole day of a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The same for every version of the same day, so that a calendar replaces what it has.
    pub uid: String,
    pub day: Date,
    pub title: String,
}

/// The longest line in bytes, without its end.
const LONGEST: usize = 75;

pub fn calendar_file(name: &str, written_at: Timestamp, entries: &[Entry]) -> String {
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Duology//Mentoring//EN".to_owned(),
        "CALSCALE:GREGORIAN".to_owned(),
        "METHOD:PUBLISH".to_owned(),
        format!("X-WR-CALNAME:{}", escaped(name)),
    ];
    for entry in entries {
        lines.extend([
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}", escaped(&entry.uid)),
            format!("DTSTAMP:{}", moment(written_at)),
            format!("DTSTART;VALUE=DATE:{}", whole_day(entry.day)),
            format!("DTEND;VALUE=DATE:{}", whole_day(add(entry.day, 1))),
            format!("SUMMARY:{}", escaped(&entry.title)),
            "TRANSP:TRANSPARENT".to_owned(),
            "END:VEVENT".to_owned(),
        ]);
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| folded(line) + "\r\n").collect()
}

fn whole_day(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

pub fn moment(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

pub fn escaped(text: &str) -> String {
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
pub fn folded(line: &str) -> String {
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
