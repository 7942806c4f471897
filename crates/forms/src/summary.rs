//! Answers to read.

use maud::{Markup, html};
use serde_json::Value;

use crate::{
    answers::Answers,
    files::Reference,
    form::{Field, Form, Kind, Section},
    places,
    rules::{is_link, words_without_placeholders},
};

/// What was answered, by section. `readers` are the codes of who reads; none means all.
/// Sealed answers are there only when they were opened before.
pub fn summary(form: &Form, answers: &Answers, readers: &[&str]) -> Markup {
    html! {
        @for section in &form.sections {
            @let shown = shown(section, answers, readers);
            @if !shown.is_empty() {
                section.card {
                    h2 { (words_without_placeholders(&section.title)) }
                    dl.facts {
                        @for field in shown {
                            div { dt { (words_without_placeholders(&field.label)) } dd { (answer(field, answers)) } }
                        }
                    }
                }
            }
        }
    }
}

/// Whether readers with these codes may read the answer to a question.
pub fn is_read_by(field: &Field, readers: &[&str]) -> bool {
    !field.sealed && field.readers.iter().any(|code| readers.contains(&code.as_str()))
}

/// A question as people read it.
pub fn label(field: &Field) -> String {
    words_without_placeholders(&field.label)
}

/// One answer as it is read, with its links and lines.
pub fn shown_answer(field: &Field, answers: &Answers) -> Markup {
    answer(field, answers)
}

/// One answer in words, on one line; empty where there is none.
pub fn answer_words(field: &Field, answers: &Answers) -> String {
    match field.kind {
        Kind::Rank3 => ranked_lines(field, answers).join("; "),
        Kind::Pairs => pair_lines(field, answers).join("; "),
        Kind::Grid => {
            answers.list(&field.key).iter().map(|hour| places::grid_words(hour)).collect::<Vec<_>>().join(", ")
        }
        Kind::Multi => answers.list(&field.key).join(", "),
        Kind::Tags => tag_words(field, answers),
        _ => single_words(field, answers),
    }
}

fn shown<'a>(section: &'a Section, answers: &Answers, readers: &[&str]) -> Vec<&'a Field> {
    let may = |field: &Field| readers.is_empty() || field.readers.iter().any(|code| readers.contains(&code.as_str()));
    section.fields.iter().filter(|field| answers.has(&field.key) && may(field)).collect()
}

fn answer(field: &Field, answers: &Answers) -> Markup {
    let lines = match field.kind {
        Kind::Rank3 => ranked_lines(field, answers),
        Kind::Pairs => pair_lines(field, answers),
        Kind::Long => answers.text(&field.key).lines().map(str::to_owned).collect(),
        Kind::File if Reference::read(answers.text(&field.key)).is_some() => {
            let reference = Reference::read(answers.text(&field.key));
            return html! { @if let Some(it) = reference { a href=(it.path()) { (it.name) } } };
        }
        Kind::File if is_link(answers.text(&field.key)) => {
            let link = answers.text(&field.key);
            return html! { a href=(link) rel="nofollow noopener noreferrer" { (link) } };
        }
        _ => vec![answer_words(field, answers)],
    };
    html! {
        @match lines.as_slice() {
            [line] => (line),
            lines => @for line in lines.iter().filter(|line| !line.trim().is_empty()) { p { (line) } },
        }
    }
}

fn ranked_lines(field: &Field, answers: &Answers) -> Vec<String> {
    let lines = answers.ranked(&field.key).into_iter().enumerate();
    lines.map(|(index, line)| format!("{}. {} ({})", index + 1, line.text, line.topic)).collect()
}

fn pair_lines(field: &Field, answers: &Answers) -> Vec<String> {
    let points = answers.numbers(&field.key);
    let words = |(pair, point): (&[String; 2], i64)| match point {
        1 => Some(pair[0].clone()),
        2 => Some(format!("rather {}", pair[0])),
        3 => Some(format!("between {} and {}", pair[0], pair[1])),
        4 => Some(format!("rather {}", pair[1])),
        5 => Some(pair[1].clone()),
        _ => None,
    };
    places::style_pairs().iter().zip(points).filter_map(words).collect()
}

fn tag_words(field: &Field, answers: &Answers) -> String {
    let strong = answers.list(&field.strong_key());
    let words = |tag: String| if strong.contains(&tag) { format!("{tag} (strong)") } else { tag };
    answers.list(&field.key).into_iter().map(words).collect::<Vec<_>>().join(", ")
}

fn single_words(field: &Field, answers: &Answers) -> String {
    match answers.get(&field.key) {
        Some(Value::Null) => "cannot say".to_owned(),
        Some(Value::Bool(ticked)) => if *ticked { "yes" } else { "no" }.to_owned(),
        Some(Value::Number(number)) => number_words(field, number.as_i64().unwrap_or(0)),
        Some(Value::String(text)) if field.kind == Kind::Date => {
            text.parse().map(program::long_day).unwrap_or_else(|_| text.clone())
        }
        Some(Value::String(text)) if field.kind == Kind::File => {
            Reference::read(text).map_or_else(|| text.clone(), |it| it.name)
        }
        Some(Value::String(text)) => text.clone(),
        _ => String::new(),
    }
}

fn number_words(field: &Field, number: i64) -> String {
    match field.points().iter().find(|(point, _)| *point == number) {
        Some((_, words)) if !words.is_empty() && field.kind != Kind::Score10 => (*words).to_owned(),
        Some(_) if field.kind == Kind::Score10 => format!("{number} of 10"),
        _ if field.unit.is_empty() => number.to_string(),
        _ => format!("{number} {}", field.unit),
    }
}
