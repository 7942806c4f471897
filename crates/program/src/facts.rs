//! The facts that a page's text may name, `{{end_date}}` or `{{org}}`, and the parts of it
//! that stand there only while something is known: `{{if alt_contact: …}}`.

use std::sync::LazyLock;

use platform::prelude::*;
use serde::Deserialize;

use crate::{
    calendar::{self, long_day},
    choosing::{self, Choosing},
    cohorts::{Cohort, Program},
    preset,
};

/// A fact by its name; empty while it is not known.
pub type Facts = Vec<(&'static str, String)>;

/// The facts for the cohort that people can join now. While there is none the texts speak
/// of its days in words: nobody is to read a blank.
pub fn facts(tx: &mut Tx, program: &Program, cohort: Option<&Cohort>) -> Result<Facts, Failure> {
    let mut facts = of_program(program);
    match cohort {
        Some(cohort) => facts.extend(of_cohort(tx, cohort)?),
        None => facts.extend(in_words()),
    }
    Ok(facts)
}

fn of_program(program: &Program) -> Facts {
    let contact = &program.alternative_contact;
    let questions_to = if contact.is_empty() { &program.reply_address } else { contact };
    vec![
        ("program", program.name.clone()),
        ("org", program.association.clone()),
        ("postal_address", program.postal_address.clone()),
        ("alt_contact", contact.clone()),
        ("questions_to", questions_to.clone()),
        ("chair_name", "the chair".to_owned()),
        ("liaison_name", "your liaison".to_owned()),
        ("orientation_place", "the annual meeting".to_owned()),
    ]
}

fn of_cohort(tx: &mut Tx, cohort: &Cohort) -> Result<Facts, Failure> {
    let calendar = calendar::of(tx, cohort)?;
    let mut facts = vec![
        ("cohort", cohort.name.clone()),
        ("cap", cohort.places.to_string()),
        ("places", cohort.places.to_string()),
        ("orientation_date", long_day(calendar.day("orientation"))),
        ("end_date", long_day(calendar.day("session_ends"))),
    ];
    facts.extend(choosing::of(tx, cohort.id)?.facts());
    for step in calendar::steps() {
        if let Some(id) = DATES.iter().find(|id| **id == step.id) {
            facts.push((id, long_day(calendar.day(&step.key))));
        }
    }
    Ok(facts)
}

fn in_words() -> Facts {
    let places = PRESET.as_ref().map_or(0, |it| it.places).to_string();
    let mut facts = vec![
        ("cohort", "the next cohort".to_owned()),
        ("cap", places.clone()),
        ("places", places),
        ("orientation_date", "the day of the annual meeting".to_owned()),
        ("end_date", "the end of the session".to_owned()),
    ];
    facts.extend(Choosing::USUAL.facts());
    facts.extend(DATES.iter().map(|id| (*id, "its day in the calendar".to_owned())));
    facts
}

const DATES: &[&str] = &["T01", "T02", "T03", "T04", "T06", "T07", "T09", "T15", "T24", "T25", "T29"];

#[derive(Deserialize)]
struct Preset {
    places: i64,
}

static PRESET: LazyLock<Option<Preset>> = LazyLock::new(|| preset::toml("preset.toml").ok());

/// A text with its facts, and without the parts whose fact is not known.
pub fn fill(text: &str, facts: &[(&'static str, String)]) -> String {
    let pairs: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let is_known = |name: &str| facts.iter().any(|(it, value)| *it == name && !value.is_empty());
    preset::fill(&with_known_parts(text, is_known), &pairs)
}

const IF: &str = "{{if ";

/// A part that is not well made stays as it is written, so that whoever edits it sees it.
fn with_known_parts(text: &str, is_known: impl Fn(&str) -> bool) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once(IF) {
        out.push_str(before);
        let part = after.split_once(':').and_then(|(name, body)| Some((name, body, end_of(body)?)));
        let Some((name, body, end)) = part else {
            out.push_str(IF);
            rest = after;
            continue;
        };
        if is_known(name.trim()) {
            let inner = &body[..end];
            out.push_str(inner.strip_prefix(' ').unwrap_or(inner));
        }
        rest = &body[end + 2..];
    }
    out.push_str(rest);
    out
}

/// Where the `}}` stands that closes a part; facts inside it have their own.
fn end_of(body: &str) -> Option<usize> {
    let (mut at, mut depth) = (0, 1);
    while let Some(next) = body[at..].find(['{', '}']).map(|it| it + at) {
        at = next + 1;
        if body[next..].starts_with("{{") {
            depth += 1;
            at = next + 2;
        } else if body[next..].starts_with("}}") {
            depth -= 1;
            if depth == 0 {
                return Some(next);
            }
            at = next + 2;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str, contact: &str) -> String {
        fill(text, &[("org", "the society".to_owned()), ("contact", contact.to_owned())])
    }

    #[test]
    fn a_part_stands_there_only_while_its_fact_is_known() {
        let text = "Ask {{org}}{{if contact: , or {{contact}}}}. {{if contact: Both listen.}}";
        assert_eq!(filled(text, "Ruth"), "Ask the society, or Ruth. Both listen.");
        assert_eq!(filled(text, ""), "Ask the society. ");
    }

    #[test]
    fn a_part_that_is_not_well_made_is_shown_as_it_is() {
        for text in ["{{if contact", "{{if contact: {{org", "{{if contact: a } b"] {
            assert_eq!(filled(text, "Ruth"), text);
        }
        assert_eq!(filled("{{if contact: a }", ""), "{{if contact: a }");
    }
}
