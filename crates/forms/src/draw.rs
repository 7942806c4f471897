//! A form to fill in: a card for each section, each field with what was typed, what is
//! wrong and who can read it.

use maud::{Markup, html};
use shell::{Choice, Faults, Input};

use crate::{
    answers::Answers,
    form::{Field, Form, Kind, Section},
    readers::{self, readers_words},
    rules::house,
};

mod groups;

/// All sections of a form. `values` fill the placeholders: `org`, `cap`, `end_date` … Faults
/// say the same words as the labels when they were found in the filled form.
pub fn fields(form: &Form, answers: &Answers, faults: &Faults, values: &[(&str, &str)]) -> Markup {
    let form = form.filled(values);
    // Where everything is optional it is said once, and not at every question.
    let all_optional = !form.fields().any(|field| field.required);
    html! {
        @if !form.notice.is_empty() { (shell::note(shell::Tone::Info, html! { p { (form.notice) } })) }
        @if all_optional { p.muted { "You may skip any question." } }
        @if form.fields().any(|field| field.only_if.is_some()) { (shell::script("forms.js")) }
        @for section in &form.sections { (section_fields(&form, section, answers, faults, all_optional)) }
    }
}

fn section_fields(form: &Form, section: &Section, answers: &Answers, faults: &Faults, unmarked: bool) -> Markup {
    let common = readers::common(section);
    let id = format!("section-{}", section.key);
    html! {
        section.card role="group" aria-labelledby=(id) {
            h2 id=(id) { (section.title) }
            @if !section.intro.is_empty() { p.muted { (section.intro) } }
            @if let Some(common) = &common { (shell::readers_line(&common.above())) }
            div.form {
                @for field in &section.fields {
                    @let own = readers_words(&field.readers, field.sealed);
                    @let is_said = common.as_ref().is_some_and(|common| common.words == own);
                    @let readers = if is_said { "" } else { own.as_str() };
                    (where_asked(form, &Asked { field, answers, faults, readers, unmarked, takes_files: house::takes_files(&form.name) }))
                }
            }
        }
    }
}

/// A field with all that is shown at it.
struct Asked<'a> {
    field: &'a Field,
    answers: &'a Answers,
    faults: &'a Faults,
    readers: &'a str,
    /// Whether "(optional)" is left away.
    unmarked: bool,
    /// Whether a file may be sent, rather than a link alone.
    takes_files: bool,
}

impl Asked<'_> {
    fn hint(&self) -> String {
        let field = self.field;
        let mut hint = match field.kind {
            Kind::File if !self.takes_files => "A link to where it stands, beginning with https://.".to_owned(),
            _ => field.help.clone(),
        };
        let mut add = |words: String| {
            if !hint.is_empty() {
                hint.push(' ');
            }
            hint.push_str(&words);
        };
        let unit_said = field.label.to_lowercase().contains(&field.unit);
        if field.kind == Kind::Number && !unit_said {
            add(format!("In {}.", field.unit));
        }
        if field.kind == Kind::Tags && field.options.is_empty() {
            add("Separate them with commas.".to_owned());
        }
        hint
    }

    /// What stands in the field: the answer, or what was typed in its place.
    fn value(&self) -> String {
        let key = &self.field.key;
        match self.answers.get(key) {
            Some(serde_json::Value::String(text)) => text.clone(),
            Some(serde_json::Value::Number(number)) => number.to_string(),
            Some(serde_json::Value::Null) => "none".to_owned(),
            Some(serde_json::Value::Bool(true)) => "yes".to_owned(),
            Some(serde_json::Value::Array(_)) => self.answers.list(key).join(", "),
            _ => String::new(),
        }
    }

    fn input<'b>(&'b self, hint: &'b str, value: &'b str) -> Input<'b> {
        let input = Input::new(&self.field.key, &self.field.label).hint(hint).value(value);
        let input = input.faults(self.faults).readers(self.readers);
        let input = if self.unmarked { input.unmarked() } else { input };
        if self.field.required { input.required() } else { input }
    }
}

/// A question that follows from an answer says so, and without a script stands there for
/// everybody; with one it shows itself when the answer is given.
fn where_asked(form: &Form, asked: &Asked) -> Markup {
    let Some(only_if) = &asked.field.only_if else { return one(asked) };
    let Some(earlier) = form.field(&only_if.question) else { return one(asked) };
    let answers = serde_json::json!(only_if.answers).to_string();
    let said = if earlier.kind == Kind::Tick {
        "ticked".to_owned()
    } else {
        format!("“{}”", only_if.answers.join("” or “"))
    };
    html! {
        div.stack data-only-if=(only_if.question) data-answers=(answers) {
            p.hint { "Only if you answered “" (earlier.label) "” with " (said) "." }
            (one(asked))
        }
    }
}

fn one(asked: &Asked) -> Markup {
    let field = asked.field;
    let (hint, value) = (asked.hint(), asked.value());
    let input = asked.input(&hint, &value);
    match field.kind {
        Kind::Text => shell::text_field(&counted(input, field)),
        Kind::Long => shell::long_field(&counted(input, field)),
        Kind::Email => shell::text_field(&input.kind("email").autocomplete("email")),
        Kind::Phone => shell::text_field(&input.kind("tel").autocomplete("tel")),
        Kind::File if asked.takes_files => groups::file(asked, &input),
        Kind::File => shell::text_field(&input.kind("url")),
        Kind::Number => shell::text_field(&input.kind("number")),
        Kind::Date => shell::date_field(&input),
        Kind::Choice if field.options.len() > 8 => groups::one_of_many(asked, &input),
        Kind::Choice => shell::choice_field(&input, &choices(&field.options)),
        Kind::Multi => shell::multi_field(&input, &choices(&field.options), &asked.answers.list(&field.key)),
        Kind::Tags if field.picks_strong() => groups::picks(asked, &input),
        Kind::Tags => shell::text_field(&input),
        Kind::Tick => shell::tick_field(&input),
        Kind::Tz => groups::zone(asked, &input),
        Kind::Grid => groups::grid(asked, &input),
        Kind::Rank3 => groups::ranked(asked, &input),
        Kind::Pairs => groups::pairs(asked, &input),
        Kind::Agree5 | Kind::Skill5 | Kind::Quality4 | Kind::Score10 | Kind::Goal5 => groups::scale(asked, &input),
    }
}

fn counted<'a>(input: Input<'a>, field: &Field) -> Input<'a> {
    match field.max {
        Some(max) => input.max(max),
        None => input,
    }
}

fn choices(options: &[String]) -> Vec<Choice> {
    options.iter().map(|option| Choice::new(option, option)).collect()
}

#[cfg(test)]
mod tests;
