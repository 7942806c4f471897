//! From what a browser sent to answers. What cannot be understood is kept as it was
//! typed, so that the rules can say so and the person sees it again.

use std::collections::HashSet;

use platform::{doors::Failure, fields::Fields};
use serde_json::{Value, json};

use crate::{
    answers::{Answers, Ranked},
    form::{Field, Form, Kind},
    places,
};

/// More picks than any list of ours offers; what comes after is left out.
const MOST_PICKS: usize = 200;

/// Reads what was sent to a door that is `taking_form`. A field that neither the door nor
/// the form has, or that comes twice where the form asks once, is refused.
pub fn read(form: &Form, sent: &Fields) -> Result<Answers, Failure> {
    let own = sent.of_form(|name| form.fields().find_map(|field| repeats(field, name)))?;
    Ok(understood(form, &own))
}

/// Whether a name that was sent belongs to a field, and may come several times.
fn repeats(field: &Field, name: &str) -> Option<bool> {
    let rest = name.strip_prefix(field.key.as_str())?;
    let is_place = |text: &str, most: usize| text.parse::<usize>().is_ok_and(|place| (1..=most).contains(&place));
    let place = rest.strip_prefix('_').unwrap_or_default();
    match (field.kind, rest) {
        (Kind::Multi | Kind::Grid, "") => Some(true),
        (Kind::Tags, "" | "_strong") if field.picks_strong() => Some(true),
        (Kind::Tz, "_other") | (Kind::File, "_file" | "_kept" | "_away") => Some(false),
        (Kind::Rank3, _) => is_place(place.strip_suffix("_topic").unwrap_or(place), 3).then_some(false),
        (Kind::Pairs, _) => is_place(place, places::style_pairs().len()).then_some(false),
        (_, rest) => rest.is_empty().then_some(false),
    }
}

/// Reads the form's own fields and no other.
pub(crate) fn understood(form: &Form, sent: &Fields) -> Answers {
    let mut answers = Answers::new();
    for field in form.fields() {
        if let Some(value) = read_field(field, sent) {
            answers.set(&field.key, value);
        }
        if field.picks_strong() {
            read_strong(field, sent, &mut answers);
        }
    }
    answers
}

fn read_field(field: &Field, sent: &Fields) -> Option<Value> {
    let key = field.key.as_str();
    match field.kind {
        Kind::Text | Kind::Email | Kind::Phone | Kind::Date | Kind::Choice => one(sent.text(key)),
        Kind::File => one(sent.text(key)).or_else(|| kept_file(field, sent)),
        Kind::Long => one(sent.text(key)),
        Kind::Number | Kind::Skill5 | Kind::Quality4 | Kind::Score10 | Kind::Goal5 => number(sent.text(key)),
        Kind::Agree5 if sent.text(key) == "none" => Some(Value::Null),
        Kind::Agree5 => number(sent.text(key)),
        Kind::Multi | Kind::Grid => several(sent.all(key)),
        Kind::Tags if field.options.is_empty() => several(tags(sent.text(key))),
        Kind::Tags => several(sent.all(key)),
        Kind::Tick => sent.ticked(key).then_some(Value::Bool(true)),
        Kind::Tz => one(sent.text(&format!("{key}_other"))).or_else(|| one(sent.text(key))),
        Kind::Rank3 => ranked(key, sent),
        Kind::Pairs => pairs(key, sent),
    }
}

fn one(text: &str) -> Option<Value> {
    (!text.is_empty()).then(|| Value::from(text))
}

/// The file from before, where no link takes its place and nobody takes it away. Whether it
/// is theirs is looked up when files are taken.
fn kept_file(field: &Field, sent: &Fields) -> Option<Value> {
    if sent.ticked(&field.away_key()) { None } else { one(sent.text(&field.kept_key())) }
}

fn number(text: &str) -> Option<Value> {
    text.parse::<i64>().map(Value::from).ok().or_else(|| one(text))
}

fn several(items: impl IntoIterator<Item = String>) -> Option<Value> {
    let mut seen = HashSet::new();
    let items: Vec<String> = items.into_iter().filter(|item| seen.insert(item.clone())).take(MOST_PICKS).collect();
    (!items.is_empty()).then(|| json!(items))
}

fn tags(text: &str) -> Vec<String> {
    text.split([',', ';', '\n']).map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect()
}

/// Who marks a topic as strong can help with it, ticked or not.
fn read_strong(field: &Field, sent: &Fields, answers: &mut Answers) {
    let Some(strong) = several(sent.all(&field.strong_key())) else { return };
    answers.set(&field.strong_key(), strong);
    let together = answers.list(&field.key).into_iter().chain(answers.list(&field.strong_key()));
    if let Some(picks) = several(together) {
        answers.set(&field.key, picks);
    }
}

fn ranked(key: &str, sent: &Fields) -> Option<Value> {
    let line = |place: usize| Ranked {
        text: sent.text(&format!("{key}_{place}")).to_owned(),
        topic: sent.text(&format!("{key}_{place}_topic")).to_owned(),
    };
    let lines: Vec<Ranked> = (1..=3).map(line).filter(|it| !it.text.is_empty() || !it.topic.is_empty()).collect();
    (!lines.is_empty()).then(|| json!(lines))
}

fn pairs(key: &str, sent: &Fields) -> Option<Value> {
    let point = |place: usize| sent.number(&format!("{key}_{place}")).unwrap_or(0);
    let points: Vec<i64> = (1..=places::style_pairs().len()).map(point).collect();
    points.iter().any(|point| *point != 0).then(|| json!(points))
}
