//! What is wrong with answers, in plain sentences. Pure.

use jiff::civil::Date;
use platform::identity::is_email;
use serde_json::Value;
use shell::Faults;

use crate::{
    answers::Answers,
    files::Reference,
    form::{Field, Form, Kind},
    places,
};

pub(crate) mod change;
#[cfg(test)]
mod damage;
pub(crate) mod differences;
pub(crate) mod house;
mod kinds;

/// One thing that is wrong with one answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("Please tell us: {0}")]
    Missing(String),
    #[error("Please choose an answer: {0}")]
    NotChosen(String),
    #[error("Please tick the box: {0}")]
    NotTicked(String),
    #[error("Please choose where you stand on every line: {0}")]
    PairsLeft(String),
    #[error("Please shorten “{label}” by {}. Up to {} fit here.", characters(*.over), grouped(*.most))]
    TooLong { label: String, over: usize, most: usize },
    #[error("{0}: please choose one of the answers offered.")]
    NotOffered(String),
    #[error("{label}: please choose up to {most}; {chosen} are chosen.")]
    TooMany { label: String, most: usize, chosen: usize },
    #[error("Please mark up to {most} as strong; {chosen} are marked.")]
    TooManyStrong { most: usize, chosen: usize },
    #[error("Please choose a topic for each line: {0}")]
    NoTopic(String),
    #[error("Please say in a few words what you want for each topic: {0}")]
    NoWords(String),
    #[error("Please enter an e-mail address such as ana@example.org.")]
    NoAddress,
    #[error("Please enter a phone number with digits, such as +1 312 555 0142.")]
    NoPhone,
    #[error("Please enter a day such as 2027-01-31.")]
    NoDay,
    #[error("Please enter a whole number such as 4.")]
    NoNumber,
    #[error("Please enter a number from {0} to {1}.")]
    OutOfRange(i64, i64),
    #[error("Please enter a day from {0} to {1}.")]
    OutOfDays(String, String),
    #[error("Please enter a link that begins with https://.")]
    NoLink,
    #[error("Please choose a time zone from the list, or type its name such as Europe/Madrid.")]
    NoZone,
}

/// Everything that stands in the way of handing the form in, in the form's order.
pub fn faults(form: &Form, answers: &Answers) -> Faults {
    let mut faults = Faults::new();
    for field in form.fields().filter(|field| form.asks(field, answers)) {
        if let Some(fault) = fault(field, answers) {
            faults.add(&field.key, fault.to_string());
        }
    }
    faults
}

fn fault(field: &Field, answers: &Answers) -> Option<Fault> {
    let Some(value) = answers.get(&field.key) else { return missing(field) };
    let text = value.as_str().unwrap_or_default();
    match field.kind {
        Kind::Text | Kind::Long => too_long(field, text),
        Kind::Email => too_long(field, text).or_else(|| (!is_email(text)).then_some(Fault::NoAddress)),
        Kind::Phone => too_long(field, text).or_else(|| (!is_phone(text)).then_some(Fault::NoPhone)),
        Kind::File if Reference::read(text).is_some() => None,
        Kind::File => too_long(field, text).or_else(|| (!is_link(text)).then_some(Fault::NoLink)),
        Kind::Date => day(field, text),
        Kind::Number => number(field, value),
        Kind::Choice => (!field.options.iter().any(|it| it == text)).then(|| Fault::NotOffered(label(field))),
        Kind::Multi => picks(field, &answers.list(&field.key)),
        Kind::Tags => tags(field, answers),
        Kind::Grid => {
            let wrong = !answers.list(&field.key).iter().all(|hour| places::is_free_hour(hour));
            wrong.then(|| Fault::NotOffered(label(field)))
        }
        Kind::Rank3 => ranked(field, answers),
        Kind::Pairs => pairs(field, answers),
        Kind::Tz => (!places::is_zone(text)).then_some(Fault::NoZone),
        Kind::Tick => (field.required && !answers.ticked(&field.key)).then(|| Fault::NotTicked(label(field))),
        Kind::Agree5 if value.is_null() => None,
        Kind::Agree5 | Kind::Skill5 | Kind::Quality4 | Kind::Score10 | Kind::Goal5 => {
            let offered = value.as_i64().is_some_and(|it| field.points().iter().any(|(point, _)| *point == it));
            (!offered).then(|| Fault::NotOffered(label(field)))
        }
    }
}

fn missing(field: &Field) -> Option<Fault> {
    if !field.required {
        return None;
    }
    Some(match field.kind {
        Kind::Tick => Fault::NotTicked(label(field)),
        Kind::Pairs => Fault::PairsLeft(label(field)),
        Kind::Tz => Fault::NoZone,
        Kind::Choice | Kind::Multi | Kind::Grid => Fault::NotChosen(label(field)),
        _ if !field.points().is_empty() => Fault::NotChosen(label(field)),
        _ => Fault::Missing(label(field)),
    })
}

fn too_long(field: &Field, text: &str) -> Option<Fault> {
    let (most, length) = (field.longest(), text.chars().count());
    (length > most).then(|| Fault::TooLong { label: label(field), over: length - most, most })
}

fn day(field: &Field, text: &str) -> Option<Fault> {
    let Ok(day) = text.parse::<Date>() else { return Some(Fault::NoDay) };
    let bound =
        |text: &Option<String>, else_day: Date| text.as_deref().and_then(|it| it.parse().ok()).unwrap_or(else_day);
    let (least, most) = (bound(&field.least, EARLIEST), bound(&field.most, LATEST));
    (day < least || day > most).then(|| Fault::OutOfDays(least.to_string(), most.to_string()))
}

/// Days that a person of today can mean.
const EARLIEST: Date = Date::constant(1900, 1, 1);
const LATEST: Date = Date::constant(2199, 12, 31);

fn number(field: &Field, value: &Value) -> Option<Fault> {
    let Some(number) = value.as_i64() else { return Some(Fault::NoNumber) };
    let bound =
        |text: &Option<String>, else_number: i64| text.as_deref().and_then(|it| it.parse().ok()).unwrap_or(else_number);
    let (least, most) = (bound(&field.least, 0), bound(&field.most, 100_000));
    (number < least || number > most).then_some(Fault::OutOfRange(least, most))
}

fn picks(field: &Field, chosen: &[String]) -> Option<Fault> {
    if !chosen.iter().all(|pick| field.options.contains(pick)) {
        return Some(Fault::NotOffered(label(field)));
    }
    too_many(field, chosen.len())
}

fn too_many(field: &Field, chosen: usize) -> Option<Fault> {
    let most = field.max_picks.unwrap_or(200);
    (chosen > most).then(|| Fault::TooMany { label: label(field), most, chosen })
}

fn tags(field: &Field, answers: &Answers) -> Option<Fault> {
    let chosen = answers.list(&field.key);
    if !field.picks_strong() {
        return chosen.iter().find_map(|tag| too_long(field, tag)).or_else(|| too_many(field, chosen.len()));
    }
    let strong = answers.list(&field.strong_key());
    let most = field.max_strong.unwrap_or(0);
    let too_strong = (strong.len() > most).then_some(Fault::TooManyStrong { most, chosen: strong.len() });
    picks(field, &chosen).or(too_strong)
}

fn ranked(field: &Field, answers: &Answers) -> Option<Fault> {
    let lines = answers.ranked(&field.key);
    if lines.iter().any(|line| line.text.trim().is_empty()) {
        return Some(Fault::NoWords(label(field)));
    }
    if let Some(fault) = lines.iter().find_map(|line| too_long(field, &line.text)) {
        return Some(fault);
    }
    if lines.iter().any(|line| line.topic.is_empty()) {
        return Some(Fault::NoTopic(label(field)));
    }
    let offered = lines.iter().all(|line| field.options.contains(&line.topic));
    if offered { too_many(field, lines.len()) } else { Some(Fault::NotOffered(label(field))) }
}

fn pairs(field: &Field, answers: &Answers) -> Option<Fault> {
    let points = answers.numbers(&field.key);
    let (all, known) = (places::style_pairs().len(), points.iter().all(|point| (0..=5).contains(point)));
    if points.len() != all || !known {
        return Some(Fault::NotOffered(label(field)));
    }
    let left_out = points.contains(&0);
    (field.required && left_out).then(|| Fault::PairsLeft(label(field)))
}

fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let plain = |letter: char| letter.is_ascii_alphanumeric() || " +-().,/#*:".contains(letter);
    (5..=20).contains(&digits) && text.chars().all(plain)
}

/// "1 character", "1,799 characters".
pub fn characters(count: usize) -> String {
    if count == 1 { "1 character".to_owned() } else { format!("{} characters", grouped(count)) }
}

fn grouped(number: usize) -> String {
    let (thousands, rest) = (number / 1000, number % 1000);
    if thousands == 0 { rest.to_string() } else { format!("{},{rest:03}", grouped(thousands)) }
}

pub(crate) fn is_link(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        rest.len() > 3
            && rest.contains('.')
            && !rest.chars().any(|letter| letter.is_whitespace() || letter.is_control())
    })
}

/// A label as it stands in a sentence, also where its placeholders were not filled.
fn label(field: &Field) -> String {
    words_without_placeholders(&field.label)
}

pub(crate) fn words_without_placeholders(text: &str) -> String {
    let words = [
        ("org", "the association"),
        ("end_date", "the end of the session"),
        ("orientation_date", "the day of the orientation"),
        ("cap", "few"),
        ("answer_days", "the days that it names"),
    ];
    program::preset::fill(text, &words)
}

#[cfg(test)]
mod tests;
