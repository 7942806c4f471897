//! Questions of several controls: scales, pairs, free hours, wishes, topics, zones.

use maud::{Markup, html};
use shell::{Choice, Column, Input};

use super::{Asked, choices};
use crate::{
    answers::Ranked,
    files::Reference,
    form::Kind,
    places::{DAY_PARTS, WEEKDAYS, ZONES, style_pairs},
};

/// Several controls under one question. The first of them carries the field's id, so that
/// the summary of faults leads to it.
fn group(input: &Input, controls: &Markup) -> Markup {
    let id = format!("{}-all", id_of(input));
    let parts =
        [(input.hint.is_some(), "hint"), (input.fault.is_some(), "fault"), (input.readers.is_some(), "readers")];
    let described: Vec<String> =
        parts.iter().filter(|(there, _)| *there).map(|(_, part)| format!("{id}-{part}")).collect();
    let described = (!described.is_empty()).then(|| described.join(" "));
    html! {
        fieldset.field.wrong[input.fault.is_some()] aria-describedby=[described] {
            legend { (input.label) @if !input.required && !input.unmarked { " " span.optional { "(optional)" } } }
            @if let Some(hint) = input.hint { p.hint id={ (id) "-hint" } { (hint) } }
            @if let Some(words) = input.fault {
                p.fault id={ (id) "-fault" } { (shell::icon("warn")) span { span.vh { "Error: " } (words) } }
            }
            (controls)
            @if let Some(words) = input.readers { div id={ (id) "-readers" } { (shell::readers_line(words)) } }
        }
    }
}

fn id_of(input: &Input) -> String {
    format!("f-{}", input.name)
}

/// A file or a link; the file from before stays until another takes its place, or it is
/// taken away.
pub(super) fn file(asked: &Asked, input: &Input) -> Markup {
    let (field, id) = (asked.field, id_of(input));
    let kept = Reference::read(input.value);
    let link = if kept.is_some() { "" } else { input.value };
    let names = [field.file_key(), field.kept_key(), field.away_key()];
    let away_id = format!("{id}-away");
    let controls = html! {
        @if let Some(kept) = &kept {
            (shell::hidden(&names[1], &kept.text()))
            p { "We have: " a href=(kept.path()) { (kept.name) } }
            (shell::tick_field(&Input::new(&names[2], "Take this file away").id(&away_id)))
        }
        label for=(id) { @if kept.is_some() { "Another file" } @else { "A file" } }
        p.hint { "A PDF or a picture, up to 5 MB. Of a picture the place and the device are left out." }
        input.input.file type="file" id=(id) name=(names[0]) accept=".pdf,.png,.jpg,.jpeg,.webp,application/pdf,image/png,image/jpeg,image/webp"
            aria-invalid=[input.fault.map(|_| "true")];
        label for={ (id) "-link" } { "Or a link" }
        input.input type="url" id={ (id) "-link" } name=(input.name) value=(link) placeholder="https://";
    };
    group(input, &controls)
}

/// A scale whose points send the number that is kept; agreement also offers "cannot say".
pub(super) fn scale(asked: &Asked, input: &Input) -> Markup {
    let points = asked.field.points();
    let mut shown: Vec<(String, String)> =
        points.iter().map(|(point, words)| (point.to_string(), (*words).to_owned())).collect();
    if asked.field.kind == Kind::Agree5 {
        shown.push(("none".to_owned(), "cannot say".to_owned()));
    }
    let named = asked.field.kind != Kind::Score10;
    let ends = (points.first().map_or("", |it| it.1), points.last().map_or("", |it| it.1));
    let controls = html! {
        div.scale.named[named] {
            @if !named { span.end aria-hidden="true" { (ends.0) } }
            div.points {
                @for (index, (value, words)) in shown.iter().enumerate() {
                    label.point {
                        input type="radio" name=(input.name) value=(value) id=(option_id(input, index))
                            checked[input.value == value];
                        @if named { span { (words) } }
                        @else { span { (value) @if !words.is_empty() { span.vh { ": " (words) } } } }
                    }
                }
            }
            @if !named { span.end aria-hidden="true" { (ends.1) } }
        }
    };
    group(input, &controls)
}

fn option_id(input: &Input, index: usize) -> String {
    if index == 0 { id_of(input) } else { format!("{}-{index}", id_of(input)) }
}

/// Working styles: five steps between two ends, for each pair.
pub(super) fn pairs(asked: &Asked, input: &Input) -> Markup {
    let points = asked.answers.numbers(&asked.field.key);
    let controls = html! {
        @for (index, [left, right]) in style_pairs().iter().enumerate() {
            @let name = format!("{}_{}", input.name, index + 1);
            @let value = points.get(index).copied().unwrap_or(0);
            (pair(&name, index == 0, input, left, right, value))
        }
    };
    group(input, &controls)
}

fn pair(name: &str, is_first: bool, input: &Input, left: &str, right: &str, chosen: i64) -> Markup {
    html! {
        fieldset {
            legend.vh { (left) " or " (right) }
            div.scale {
                span.end aria-hidden="true" { (left) }
                div.points {
                    @for point in 1..=5_i64 {
                        label.point {
                            input type="radio" name=(name) value=(point) checked[chosen == point]
                                id=(if is_first && point == 1 { id_of(input) } else { format!("f-{name}-{point}") });
                            span {
                                (point)
                                @if point == 1 { span.vh { ": " (left) } }
                                @if point == 5 { span.vh { ": " (right) } }
                            }
                        }
                    }
                }
                span.end aria-hidden="true" { (right) }
            }
        }
    }
}

/// Free hours: a line for each day, a column for each part of it.
pub(super) fn grid(asked: &Asked, input: &Input) -> Markup {
    let chosen = asked.answers.list(&asked.field.key);
    let rows = WEEKDAYS.iter().enumerate().map(|(line, day)| grid_line(input, &chosen, line, day)).collect();
    let columns: Vec<Column> =
        std::iter::once("Day").chain(DAY_PARTS.iter().map(|(_, words)| *words)).map(Column::text).collect();
    group(input, &shell::table("Tick what usually suits you", &columns, rows))
}

fn grid_line(input: &Input, chosen: &[String], line: usize, (day, words): &(&str, &str)) -> Vec<Markup> {
    let tick = |(place, (part, part_words)): (usize, &(&str, &str))| {
        let hour = format!("{day}-{part}");
        html! {
            label.choice {
                input type="checkbox" id=(option_id(input, line * DAY_PARTS.len() + place)) name=(input.name)
                    value=(hour) checked[chosen.contains(&hour)];
                span.vh { (words) " " (part_words) }
            }
        }
    };
    let ticks = DAY_PARTS.iter().enumerate().map(tick);
    std::iter::once(html! { (words) }).chain(ticks).collect()
}

/// Three wishes, the first the most important: a few words and a topic for each.
pub(super) fn ranked(asked: &Asked, input: &Input) -> Markup {
    let lines = asked.answers.ranked(&asked.field.key);
    let topics = choices(&asked.field.options);
    let controls = html! {
        @for place in 1..=3_usize {
            @let line = lines.get(place - 1).cloned().unwrap_or_default();
            (ranked_line(asked, input, place, &line, &topics))
        }
    };
    group(input, &controls)
}

fn ranked_line(asked: &Asked, input: &Input, place: usize, line: &Ranked, topics: &[Choice]) -> Markup {
    let name = format!("{}_{place}", input.name);
    let topic_name = format!("{name}_topic");
    let id = if place == 1 { id_of(input) } else { format!("f-{name}") };
    let label = ["First", "Second", "Third"].get(place - 1).copied().unwrap_or_default();
    let topic_label = format!("Topic of the {}", label.to_lowercase());
    let mut words = Input::new(&name, label).id(&id).value(&line.text).max(asked.field.longest());
    let mut topic = Input::new(&topic_name, &topic_label).value(&line.topic);
    if place == 1 && input.required {
        (words, topic) = (words.required(), topic.required());
        return html! { (shell::text_field(&words)) (shell::select_field(&topic, topics)) };
    }
    html! { (shell::text_field(&words)) (shell::select_field(&topic, &or_none(topics))) }
}

/// A list from which one may also choose nothing again.
fn or_none(options: &[Choice]) -> Vec<Choice> {
    std::iter::once(Choice::new("", "None")).chain(options.iter().cloned()).collect()
}

/// A choice among so many that a list is shorter than a column of buttons.
pub(super) fn one_of_many(asked: &Asked, input: &Input) -> Markup {
    let options = choices(&asked.field.options);
    if input.required { shell::select_field(input, &options) } else { shell::select_field(input, &or_none(&options)) }
}

/// Topics to tick, and below them those that are strong.
pub(super) fn picks(asked: &Asked, input: &Input) -> Markup {
    let field = asked.field;
    let topics = choices(&field.options);
    let chosen = asked.answers.list(&field.key);
    let strong = asked.answers.list(&field.strong_key());
    let strong_name = field.strong_key();
    html! {
        (shell::multi_field(input, &topics, &chosen))
        @for place in 1..=field.max_strong.unwrap_or(0) {
            @let id = format!("f-{strong_name}-{place}");
            @let label = format!("Strong topic {place}");
            @let value = strong.get(place - 1).map_or("", String::as_str);
            (shell::select_field(&Input::new(&strong_name, &label).id(&id).value(value), &or_none(&topics)))
        }
    }
}

/// A list of zones by name, and a text for all others.
pub(super) fn zone(asked: &Asked, input: &Input) -> Markup {
    let value = asked.answers.text(&asked.field.key);
    let listed = ZONES.iter().any(|(name, _)| *name == value);
    let zones: Vec<Choice> = ZONES.iter().map(|(name, words)| Choice::new(*name, *words)).collect();
    let other = format!("{}_other", input.name);
    let typed = if listed { "" } else { value };
    html! {
        (shell::select_field(&input.clone().value(value), &zones))
        (shell::text_field(&Input::new(&other, "Another time zone").value(typed).hint("Its name, such as Europe/Madrid. It counts before the list.")))
    }
}
