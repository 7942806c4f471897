//! A letter's text: words, `{{names}}`, and `{{if name: …}}` parts that appear when the
//! name has a value. Pure. A value is put in once and never read as text again.

use std::collections::BTreeSet;

use program::preset;

use crate::values::{Value, Values, folded, without_links};

/// Why a text cannot be kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextRefusal {
    #[error("Please give the letter a subject.")]
    NoSubject,
    #[error("The subject is too long: up to 120 characters fit on the line that people see.")]
    LongSubject,
    #[error("Please write the letter's text.")]
    NoBody,
    #[error("The text is too long: up to 6,000 characters.")]
    LongBody,
    #[error("Something in double braces is not finished: {{{{{0}. Every {{{{ needs its }}}}.")]
    NotFinished(String),
    #[error("{{{{{name}}}}} is nothing this letter knows. It knows {}.", .allowed.join(", "))]
    Unknown { name: String, allowed: Vec<String> },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Words(String),
    Name(String),
    If(String, Vec<Piece>),
}

/// A stretch of a filled text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Run {
    Words(String),
    Link { url: String, words: String },
}

/// Names that every letter knows, because the house fills them in by itself.
pub const KNOWN_BY_ALL: [&str; 16] = [
    "first_name",
    "program",
    "org",
    "cohort",
    "chair_name",
    "alt_contact",
    "orientation_date",
    "orientation_place",
    "end_date",
    "postal_address",
    "days_left",
    "link_privacy",
    "T06",
    "T15",
    "T24",
    "T29",
];

/// Ifs within ifs: one is enough for anyone.
const DEEPEST: usize = 4;

pub fn parse(text: &str) -> Result<Vec<Piece>, TextRefusal> {
    let mut rest = text;
    let pieces = pieces(&mut rest, 0)?;
    Ok(pieces)
}

fn pieces(rest: &mut &str, depth: usize) -> Result<Vec<Piece>, TextRefusal> {
    let mut pieces = Vec::new();
    loop {
        let open = rest.find("{{");
        let close = if depth > 0 { rest.find("}}") } else { None };
        match (open, close) {
            (_, Some(close)) if open.is_none_or(|open| close < open) => {
                add_words(&mut pieces, &rest[..close]);
                *rest = &rest[close + 2..];
                return Ok(pieces);
            }
            (Some(open), _) => {
                add_words(&mut pieces, &rest[..open]);
                *rest = &rest[open + 2..];
                pieces.push(name_or_if(rest, depth)?);
            }
            (None, _) if depth > 0 => return Err(TextRefusal::NotFinished(start(rest))),
            (None, _) => {
                add_words(&mut pieces, rest);
                return Ok(pieces);
            }
        }
    }
}

fn name_or_if(rest: &mut &str, depth: usize) -> Result<Piece, TextRefusal> {
    let whole = *rest;
    let unfinished = || TextRefusal::NotFinished(start(whole));
    if let Some(condition) = rest.strip_prefix("if ") {
        let (name, inner) = condition.split_once(':').ok_or_else(unfinished)?;
        if !is_name(name.trim()) || depth >= DEEPEST {
            return Err(unfinished());
        }
        *rest = inner.strip_prefix(' ').unwrap_or(inner);
        return Ok(Piece::If(name.trim().to_owned(), pieces(rest, depth + 1)?));
    }
    let (name, after) = rest.split_once("}}").ok_or_else(unfinished)?;
    if !is_name(name.trim()) {
        return Err(unfinished());
    }
    *rest = after;
    Ok(Piece::Name(name.trim().to_owned()))
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.len() <= 40 && text.chars().all(|it| it.is_ascii_alphanumeric() || it == '_')
}

fn start(text: &str) -> String {
    text.chars().take_while(|it| *it != '\n').take(30).collect()
}

fn add_words(pieces: &mut Vec<Piece>, words: &str) {
    if !words.is_empty() {
        pieces.push(Piece::Words(words.to_owned()));
    }
}

/// All names in a text, those of conditions too.
pub fn names(pieces: &[Piece]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for piece in pieces {
        match piece {
            Piece::Words(_) => {}
            Piece::Name(name) => drop(found.insert(name.clone())),
            Piece::If(name, inner) => {
                found.insert(name.clone());
                found.extend(names(inner));
            }
        }
    }
    found
}

/// What a letter's text may name: what the preset's text names, and what every letter knows.
pub fn allowed(letter: &str) -> BTreeSet<String> {
    let (subject, body) = preset::letter(letter).unwrap_or_default();
    let in_text = [subject, body].into_iter().filter_map(|text| parse(text).ok()).flat_map(|it| names(&it));
    in_text.chain(KNOWN_BY_ALL.iter().map(|name| (*name).to_owned())).collect()
}

/// Whether a text can be a letter's.
pub fn check(subject: &str, body: &str, allowed: &BTreeSet<String>) -> Result<(), TextRefusal> {
    let (subject, body) = (subject.trim(), body.trim());
    if subject.is_empty() {
        return Err(TextRefusal::NoSubject);
    }
    if subject.chars().count() > 120 {
        return Err(TextRefusal::LongSubject);
    }
    if body.is_empty() {
        return Err(TextRefusal::NoBody);
    }
    if body.chars().count() > 6000 {
        return Err(TextRefusal::LongBody);
    }
    let named = names(&parse(subject)?).into_iter().chain(names(&parse(body)?));
    match named.into_iter().find(|name| !allowed.contains(name)) {
        None => Ok(()),
        Some(name) => Err(TextRefusal::Unknown { name, allowed: allowed.iter().cloned().collect() }),
    }
}

/// Names that a text needs and no value fills. Inside an `{{if x: …}}` that does not
/// appear nothing is needed.
pub fn unfilled(pieces: &[Piece], values: &Values) -> BTreeSet<String> {
    let mut missing = BTreeSet::new();
    for piece in pieces {
        match piece {
            Piece::Name(name) if !values.contains_key(name) => drop(missing.insert(name.clone())),
            Piece::If(name, inner) if holds(values, name) => missing.extend(unfilled(inner, values)),
            _ => {}
        }
    }
    missing
}

/// Puts the values in. A name without a value leaves a gap.
pub fn fill(pieces: &[Piece], values: &Values) -> Vec<Run> {
    let mut runs = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Words(words) => runs.push(Run::Words(words.clone())),
            Piece::Name(name) => runs.extend(values.get(name).map(run)),
            Piece::If(name, inner) if holds(values, name) => runs.extend(fill(inner, values)),
            Piece::If(..) => {}
        }
    }
    runs
}

fn holds(values: &Values, name: &str) -> bool {
    values.get(name).is_some_and(|value| !value.is_empty())
}

fn run(value: &Value) -> Run {
    match value {
        Value::Words(text) => Run::Words(without_links(&folded(text))),
        Value::Lines(text) => Run::Words(without_links(text.trim())),
        Value::Link { url, words } => Run::Link { url: folded(url), words: folded(words) },
    }
}

/// A filled text by lines; several empty lines become one.
pub fn lines(runs: Vec<Run>) -> Vec<Vec<Run>> {
    let mut lines: Vec<Vec<Run>> = vec![Vec::new()];
    for run in runs {
        match run {
            Run::Words(words) => {
                for (index, part) in words.split('\n').enumerate() {
                    if index > 0 {
                        lines.push(Vec::new());
                    }
                    if let Some(line) = lines.last_mut().filter(|_| !part.is_empty()) {
                        line.push(Run::Words(part.to_owned()));
                    }
                }
            }
            link @ Run::Link { .. } => lines.last_mut().into_iter().for_each(|line| line.push(link.clone())),
        }
    }
    let blank = |line: &[Run]| line.iter().all(|run| matches!(run, Run::Words(words) if words.trim().is_empty()));
    lines.dedup_by(|second, first| blank(second) && blank(first));
    lines
}

#[cfg(test)]
mod tests;
