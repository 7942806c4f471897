//! Pages `/forms/{form}/questions/{question}` and `…/sections/{section}/question`: one
//! question, what it asks, of whom, and who reads the answer.

use platform::prelude::*;
use shell::{Choice, Faults, Input};

use crate::{
    drafts::{self, Draft},
    editor::{self, Change, OVERTAKEN},
    form::{Field, Kind, Section},
    readers::readers_words,
    rules::{
        change::{self, LONGEST_HELP, LONGEST_LABEL, Question},
        house, words_without_placeholders,
    },
};

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let draft = drafts::draft(tx, editor::name(visit)?)?;
    let field = field(&draft, visit)?;
    Ok(Reply::page(
        TITLE,
        Sheet { draft: &draft, place: Place::Question(field) }.page(&Question::of(field), &Faults::new()),
    ))
}

pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let draft = drafts::draft(tx, editor::name(visit)?)?;
    let field = field(&draft, visit)?;
    let typed = typed(&draft, visit);
    let done = editor::change(tx, visit, &draft, |form| change::put(form, &field.key, &typed))?;
    Sheet { draft: &draft, place: Place::Question(field) }.answer(done, &typed)
}

pub fn get_new(tx: &mut Tx, visit: &Visit) -> Answer {
    let draft = drafts::draft(tx, editor::name(visit)?)?;
    let section = draft.form.section(visit.param("section")).ok_or(Failure::NotFound)?;
    Ok(Reply::page(NEW, Sheet { draft: &draft, place: Place::New(section) }.page(&Question::default(), &Faults::new())))
}

pub fn post_new(tx: &mut Tx, visit: &Visit) -> Answer {
    let draft = drafts::draft(tx, editor::name(visit)?)?;
    let section = draft.form.section(visit.param("section")).ok_or(Failure::NotFound)?;
    let typed = typed(&draft, visit);
    // Never a key that was there before: an older draft of somebody may hold its answer.
    let id = tx.fresh_id().to_string();
    let key = format!("{}{}", house::OWN, &id[id.len() - 12..]);
    let done = editor::change(tx, visit, &draft, |form| change::add(form, &section.key, &key, &typed))?;
    Sheet { draft: &draft, place: Place::New(section) }.answer(done, &typed)
}

const TITLE: &str = "A question";
const NEW: &str = "A new question";

/// What becomes of answers to a survey's own question.
pub(super) const IN_TOTALS: &str = "Everybody may skip it. Once the survey has closed you see totals: a scale from five people on, other counts and means from ten people on, and words without names.";

fn field<'a>(draft: &'a Draft, visit: &Visit) -> Result<&'a Field, Failure> {
    draft.form.field(visit.param("question")).ok_or(Failure::NotFound)
}

fn typed(draft: &Draft, visit: &Visit) -> Question {
    let (form, kinds) = (&visit.form, change::kinds(&draft.form.name));
    Question {
        label: form.text("label").to_owned(),
        help: form.text("help").to_owned(),
        kind: kinds.iter().find(|(_, key, _)| *key == form.text("kind")).map(|(kind, ..)| *kind),
        required: form.ticked("required"),
        options: form.text("options").to_owned(),
        max: form.text("max").to_owned(),
        readers: form.all("readers"),
        sealed: form.ticked("sealed"),
        only_if: form.text("only_if").to_owned(),
        only_if_answers: form.all("only_if_answers"),
    }
}

enum Place<'a> {
    Question(&'a Field),
    New(&'a Section),
}

struct Sheet<'a> {
    draft: &'a Draft,
    place: Place<'a>,
}

impl Sheet<'_> {
    fn answer(&self, done: Change, typed: &Question) -> Answer {
        let mut faults = Faults::new();
        match done {
            Change::Kept => return Ok(Reply::go(editor::path(&self.draft.form)).saying("Saved in the draft.")),
            Change::Refused(refusal) => faults.add(refusal.field(), refusal.to_string()),
            Change::Overtaken => {
                return Err(Failure::overtaken(TITLE, self.page(typed, &Faults::general(OVERTAKEN))));
            }
        }
        Err(Failure::refused(TITLE, self.page(typed, &faults)))
    }

    fn page(&self, typed: &Question, faults: &Faults) -> Markup {
        let form = &self.draft.form;
        let path = editor::path(form);
        let (title, action) = match self.place {
            Place::Question(field) => (TITLE, format!("{path}/questions/{}", field.key)),
            Place::New(section) => (NEW, format!("{path}/sections/{}/question", section.key)),
        };
        let lead = match self.place {
            Place::Question(field) => words_without_placeholders(&field.label),
            Place::New(section) => format!("In the section “{}”.", words_without_placeholders(&section.title)),
        };
        html! {
            (shell::breadcrumbs(&[("/forms", "Forms"), (&path, &editor::title(form))], title))
            (shell::page_head(title, &lead))
            (shell::error_summary(faults))
            (shell::form(&action, html! {
                (shell::hidden("revision", &self.draft.revision.to_string()))
                (shell::text_field(&Input::new("label", "The question").required().value(&typed.label).max(LONGEST_LABEL).faults(faults)))
                (shell::long_field(&Input::new("help", "Help").hint("A sentence that makes it easy to answer.").value(&typed.help).rows(2).max(LONGEST_HELP).faults(faults)))
                (self.rest(typed, faults))
                (shell::actions(html! { (shell::button("Save in the draft")) (shell::link_quiet(&path, "Back to the form")) }))
            }))
        }
    }

    /// What may be changed of a question the program can do without.
    fn rest(&self, typed: &Question, faults: &Faults) -> Markup {
        let form = &self.draft.form;
        let field = match self.place {
            Place::Question(field) => Some(field),
            Place::New(_) => None,
        };
        if field.is_some_and(|field| house::needs(&form.name, &field.key)) {
            return html! {
                p.hint { "The program works with this answer, so its kind, its answers and its readers stay. You can word it anew and move it." }
            };
        }
        let is_own = field.is_none_or(|field| field.key.starts_with(house::OWN));
        let required = if typed.required { "yes" } else { "" };
        html! {
            @if field.is_none() { (kinds(&form.name, typed, faults)) }
            @if !house::is_survey(&form.name) {
                (shell::tick_field(&Input::new("required", "Everybody must answer it").value(required).faults(faults)))
            }
            @if field.is_none_or(|it| matches!(it.kind, Kind::Choice | Kind::Multi)) {
                (shell::long_field(&Input::new("options", "Answers to choose from").hint(if field.is_none() { "One a line; only where people choose." } else { "One a line." }).value(&typed.options).rows(5).faults(faults)))
            }
            @if field.is_none_or(|it| matches!(it.kind, Kind::Text | Kind::Long)) {
                (shell::text_field(&Input::new("max", "The most characters").kind("number").hint("Empty for as many as usual: 300 in a line, 3,000 in a longer text.").value(&typed.max).faults(faults)))
            }
            @if house::is_survey(&form.name) { p.hint { (IN_TOTALS) } }
            @else if is_own { (readers(&form.name, typed, faults)) }
            @else if let Some(field) = field { (shell::readers_line(&readers_words(&field.readers, field.sealed))) }
            @if !house::is_survey(&form.name) { (self.condition(field, typed, faults)) }
        }
    }

    /// Earlier questions that offer answers, and the answers that lead here.
    fn condition(&self, field: Option<&Field>, typed: &Question, faults: &Faults) -> Markup {
        let form = &self.draft.form;
        let stop = match self.place {
            Place::Question(field) => Some(field.key.clone()),
            Place::New(section) => section.fields.last().map(|it| it.key.clone()),
        };
        let is_last = |it: &&Field| Some(&it.key) == stop.as_ref();
        let mut earlier: Vec<&Field> = form.fields().take_while(|it| !is_last(it)).collect();
        if field.is_none() {
            earlier.extend(form.fields().find(is_last));
        }
        earlier.retain(|it| it.decides());
        if earlier.is_empty() {
            return html! {};
        }
        let options: Vec<Choice> = std::iter::once(Choice::new("", "Of everybody"))
            .chain(
                earlier
                    .iter()
                    .map(|it| Choice::new(&it.key, format!("After “{}”", words_without_placeholders(&it.label)))),
            )
            .collect();
        let chosen = earlier.iter().find(|it| it.key == typed.only_if);
        let mut answers: Vec<String> = chosen.iter().flat_map(|it| it.answers_to_name()).collect();
        answers.extend(typed.only_if_answers.iter().filter(|it| !answers.contains(it)).cloned().collect::<Vec<_>>());
        let answers: Vec<Choice> = answers.iter().map(|it| Choice::new(it, it)).collect();
        html! {
            (shell::select_field(&Input::new("only_if", "Asked").unmarked().value(&typed.only_if).faults(faults), &options))
            @if !answers.is_empty() {
                (shell::multi_field(&Input::new("only_if_answers", "Only of those who answered").unmarked().faults(faults), &answers, &typed.only_if_answers))
            } @else {
                p.hint { "Choose a question and save; then you choose which of its answers lead here." }
            }
        }
    }
}

fn kinds(form: &str, typed: &Question, faults: &Faults) -> Markup {
    let offered = change::kinds(form);
    let options: Vec<Choice> = offered.iter().map(|(_, key, words)| Choice::new(*key, *words)).collect();
    let chosen = offered.iter().find(|(kind, ..)| Some(*kind) == typed.kind).map_or("", |(_, key, _)| key);
    shell::select_field(&Input::new("kind", "Kind of answer").required().value(chosen).faults(faults), &options)
}

fn readers(form: &str, typed: &Question, faults: &Faults) -> Markup {
    let options: Vec<Choice> = house::readers(form).iter().map(|(code, words)| Choice::new(*code, *words)).collect();
    let sealed = if typed.sealed { "yes" } else { "" };
    html! {
        (shell::multi_field(&Input::new("readers", "Who reads the answer").hint("People see this beside the question. Nobody wider than the program’s rules allow is offered here.").unmarked().faults(faults), &options, &typed.readers))
        @if house::can_seal(form) {
            (shell::tick_field(&Input::new("sealed", "Sealed: only the person and the chair, and each opening is noted").value(sealed).faults(faults)))
        }
    }
}
