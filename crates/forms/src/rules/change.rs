//! How a committee may change a form. Pure: a form and a wish in, the form or a sentence
//! out.

pub(crate) use super::kinds::{KINDS, SURVEY_KINDS, kinds};
use crate::{
    form::{Field, Form, Kind, OnlyIf, Section},
    rules::house,
};

/// More would be no form but a book.
pub(crate) const MOST_QUESTIONS: usize = 120;
pub(crate) const MOST_SECTIONS: usize = 30;
pub(crate) const MOST_OPTIONS: usize = 100;
pub(crate) const LONGEST_LABEL: usize = 300;
pub(crate) const LONGEST_HELP: usize = 600;
pub(crate) const LONGEST_OPTION: usize = 200;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    #[error("Please write the question.")]
    NoLabel,
    #[error("Please keep it to {LONGEST_LABEL} characters; what explains it goes into the help.")]
    LongLabel,
    #[error("Please keep the help to {LONGEST_HELP} characters.")]
    LongHelp,
    #[error("“{0}” is asked already. Each fact is asked once.")]
    AskedAlready(String),
    #[error("Please choose what kind of answer it takes.")]
    NoKind,
    #[error("Please write at least two answers, each on a line of its own.")]
    TooFewOptions,
    #[error("Please keep it to {MOST_OPTIONS} answers; {0} are written.")]
    TooManyOptions(usize),
    #[error("Please shorten the answer “{}…”; {LONGEST_OPTION} characters fit.", .0.chars().take(40).collect::<String>())]
    LongOption(String),
    #[error("The answer “{0}” is written twice.")]
    OptionTwice(String),
    #[error("Please give a length from 1 to 10000 characters.")]
    Length,
    #[error("This form takes no further questions: the program would not show the answers to anybody.")]
    NobodyReads,
    #[error(
        "What is asked every year stays as it is, so that one year can be set beside another. Your own sections come after it."
    )]
    CoreStays,
    #[error("A survey asks everybody the same: an answer to what only a few are asked could be told from the others.")]
    AskedOfAll,
    #[error("Please choose who reads the answer.")]
    NoReaders,
    #[error("Please choose among those who may read this form.")]
    WrongReaders,
    #[error("Please choose an earlier question that offers answers.")]
    NoSuchQuestion,
    #[error("Please choose which answers lead to this question.")]
    NoSuchAnswer,
    #[error("The program works with this answer, so everybody is asked.")]
    NeededByAll,
    #[error("The program works with this answer. It can be worded anew and moved, not taken away.")]
    Needed,
    #[error("“{0}” is asked only after an answer to this one. Change that first.")]
    DependedOn(String),
    #[error("It would come before “{0}”, whose answer decides whether it is asked.")]
    BeforeItsCondition(String),
    #[error("The section still has questions the program works with. Move them first.")]
    NeededWithin,
    #[error("Please give the section a title.")]
    NoTitle,
    #[error("A form has at least one section.")]
    LastSection,
    #[error("A form has at most {MOST_QUESTIONS} questions. Nobody fills in more.")]
    TooManyQuestions,
    #[error("A form has at most {MOST_SECTIONS} sections.")]
    TooManySections,
    #[error("It is not there any more.")]
    Gone,
}

/// At which field of the page a refusal is shown.
impl Refusal {
    pub(crate) fn field(&self) -> &'static str {
        match self {
            Self::NoLabel | Self::LongLabel | Self::AskedAlready(_) => "label",
            Self::LongHelp => "help",
            Self::NoKind => "kind",
            Self::TooFewOptions | Self::TooManyOptions(_) | Self::LongOption(_) | Self::OptionTwice(_) => "options",
            Self::Length => "max",
            Self::NoReaders | Self::WrongReaders => "readers",
            Self::NoSuchQuestion | Self::NeededByAll | Self::AskedOfAll => "only_if",
            Self::NoSuchAnswer => "only_if_answers",
            Self::NoTitle => "title",
            _ => "",
        }
    }
}

/// A question as somebody of the committee wrote it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Question {
    pub label: String,
    pub help: String,
    /// Only for a question of one's own that is new.
    pub kind: Option<Kind>,
    pub required: bool,
    /// One a line.
    pub options: String,
    /// The most characters, as typed; empty for as many as usual.
    pub max: String,
    pub readers: Vec<String>,
    pub sealed: bool,
    /// The key of the question it depends on; empty where all are asked.
    pub only_if: String,
    pub only_if_answers: Vec<String>,
}

impl Question {
    pub(crate) fn of(field: &Field) -> Self {
        let only_if = field.only_if.clone();
        Self {
            label: field.label.clone(),
            help: field.help.clone(),
            kind: Some(field.kind),
            required: field.required,
            options: field.options.join("\n"),
            max: field.max.map(|it| it.to_string()).unwrap_or_default(),
            readers: field.readers.clone(),
            sealed: field.sealed,
            only_if: only_if.as_ref().map(|it| it.question.clone()).unwrap_or_default(),
            only_if_answers: only_if.map(|it| it.answers).unwrap_or_default(),
        }
    }
}

/// A question of the committee's own at the end of a section.
pub(crate) fn add(form: &Form, section: &str, key: &str, question: &Question) -> Result<Form, Refusal> {
    if !house::takes_own(&form.name) {
        return Err(Refusal::NobodyReads);
    }
    if form.fields().count() >= MOST_QUESTIONS {
        return Err(Refusal::TooManyQuestions);
    }
    let offered = |kind: &Kind| kinds(&form.name).iter().any(|(it, ..)| it == kind);
    let kind = question.kind.filter(offered).ok_or(Refusal::NoKind)?;
    let blank = Field::blank(key, kind);
    let mut changed = form.clone();
    let place = changed.sections.iter_mut().find(|it| it.key == section).ok_or(Refusal::Gone)?;
    place.fields.push(blank);
    put(&changed, key, question)
}

/// A question worded anew. What the program works with keeps its kind, its answers, its
/// readers and its place under a key.
pub(crate) fn put(form: &Form, key: &str, question: &Question) -> Result<Form, Refusal> {
    let before = form.field(key).ok_or(Refusal::Gone)?;
    let is_needed = house::needs(&form.name, key);
    let label = label(form, key, &question.label)?;
    if question.help.chars().count() > LONGEST_HELP {
        return Err(Refusal::LongHelp);
    }
    let mut after = Field { label, help: question.help.trim().to_owned(), ..before.clone() };
    if is_needed {
        if !question.only_if.is_empty() {
            return Err(Refusal::NeededByAll);
        }
    } else {
        // Nobody must answer what a survey asks.
        after.required = question.required && !house::is_survey(&form.name);
        after.options = options(before, &question.options)?;
        // The committee's own answers stand in place of a list of the preset.
        if after.options != before.options {
            after.list.clear();
        }
        after.max = length(before, &question.max)?;
        (after.readers, after.sealed) = readers(form, before, question)?;
        after.only_if = condition(form, before, question)?;
    }
    let changed = form.with_field(&after);
    holds_together(form, &changed)?;
    Ok(changed)
}

pub(crate) fn remove(form: &Form, key: &str) -> Result<Form, Refusal> {
    form.field(key).ok_or(Refusal::Gone)?;
    if house::needs(&form.name, key) {
        return Err(Refusal::Needed);
    }
    if let Some(after) = form.fields().find(|it| it.only_if.as_ref().is_some_and(|it| it.question == key)) {
        return Err(Refusal::DependedOn(after.label.clone()));
    }
    let mut changed = form.clone();
    for section in &mut changed.sections {
        section.fields.retain(|it| it.key != key);
    }
    Ok(changed)
}

/// One place up or down; from the edge of a section into the next.
pub(crate) fn shift(form: &Form, key: &str, up: bool) -> Result<Form, Refusal> {
    let mut changed = form.clone();
    let at = |form: &Form| {
        let found = form.sections.iter().enumerate();
        found
            .flat_map(|(s, it)| it.fields.iter().enumerate().map(move |(f, it)| (s, f, it)))
            .find_map(|(s, f, it)| (it.key == key).then_some((s, f)))
    };
    let (section, place) = at(form).ok_or(Refusal::Gone)?;
    let field = changed.sections[section].fields.remove(place);
    let last = changed.sections.len() - 1;
    match (up, place) {
        (true, 0) if section > 0 => changed.sections[section - 1].fields.push(field),
        (true, 0) => changed.sections[section].fields.insert(0, field),
        (true, _) => changed.sections[section].fields.insert(place - 1, field),
        (false, _) if place < changed.sections[section].fields.len() => {
            changed.sections[section].fields.insert(place + 1, field);
        }
        (false, _) if section < last => changed.sections[section + 1].fields.insert(0, field),
        (false, _) => changed.sections[section].fields.push(field),
    }
    holds_together(form, &changed)?;
    Ok(changed)
}

/// A section's title and the sentence under it; a key that no section has adds one.
pub(crate) fn put_section(form: &Form, key: &str, title: &str, intro: &str) -> Result<Form, Refusal> {
    let title = title.trim();
    if title.is_empty() {
        return Err(Refusal::NoTitle);
    }
    if title.chars().count() > LONGEST_LABEL {
        return Err(Refusal::LongLabel);
    }
    if intro.chars().count() > LONGEST_HELP {
        return Err(Refusal::LongHelp);
    }
    let mut changed = form.clone();
    match changed.sections.iter_mut().find(|it| it.key == key) {
        Some(section) => (section.title, section.intro) = (title.to_owned(), intro.trim().to_owned()),
        None if form.sections.len() >= MOST_SECTIONS => return Err(Refusal::TooManySections),
        None => changed.sections.push(Section {
            key: key.to_owned(),
            title: title.to_owned(),
            intro: intro.trim().to_owned(),
            fields: Vec::new(),
        }),
    }
    Ok(changed)
}

/// Takes a section away with the committee's own questions in it.
pub(crate) fn remove_section(form: &Form, key: &str) -> Result<Form, Refusal> {
    let section = form.section(key).ok_or(Refusal::Gone)?;
    if form.sections.len() == 1 {
        return Err(Refusal::LastSection);
    }
    if section.fields.iter().any(|it| house::needs(&form.name, &it.key)) {
        return Err(Refusal::NeededWithin);
    }
    let mut changed = form.clone();
    changed.sections.retain(|it| it.key != key);
    holds_together(form, &changed)?;
    Ok(changed)
}

pub(crate) fn shift_section(form: &Form, key: &str, up: bool) -> Result<Form, Refusal> {
    let place = form.sections.iter().position(|it| it.key == key).ok_or(Refusal::Gone)?;
    let other = if up { place.saturating_sub(1) } else { (place + 1).min(form.sections.len() - 1) };
    let mut changed = form.clone();
    changed.sections.swap(place, other);
    holds_together(form, &changed)?;
    Ok(changed)
}

fn label(form: &Form, key: &str, label: &str) -> Result<String, Refusal> {
    let label = label.trim();
    if label.is_empty() {
        return Err(Refusal::NoLabel);
    }
    if label.chars().count() > LONGEST_LABEL {
        return Err(Refusal::LongLabel);
    }
    let same = |it: &&Field| it.key != key && it.label.trim().to_lowercase() == label.to_lowercase();
    match form.fields().find(same) {
        Some(other) => Err(Refusal::AskedAlready(other.label.clone())),
        None => Ok(label.to_owned()),
    }
}

fn options(before: &Field, typed: &str) -> Result<Vec<String>, Refusal> {
    if !matches!(before.kind, Kind::Choice | Kind::Multi) {
        return Ok(before.options.clone());
    }
    let options: Vec<String> = typed.lines().map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned).collect();
    if options.len() < 2 {
        return Err(Refusal::TooFewOptions);
    }
    if options.len() > MOST_OPTIONS {
        return Err(Refusal::TooManyOptions(options.len()));
    }
    for (place, option) in options.iter().enumerate() {
        if option.chars().count() > LONGEST_OPTION {
            return Err(Refusal::LongOption(option.clone()));
        }
        if options[..place].iter().any(|it| it.to_lowercase() == option.to_lowercase()) {
            return Err(Refusal::OptionTwice(option.clone()));
        }
    }
    Ok(options)
}

fn length(before: &Field, typed: &str) -> Result<Option<usize>, Refusal> {
    if !matches!(before.kind, Kind::Text | Kind::Long) || typed.trim().is_empty() {
        return Ok(before.max.filter(|_| !matches!(before.kind, Kind::Text | Kind::Long)));
    }
    typed.trim().parse().ok().filter(|most| (1..=10_000).contains(most)).map(Some).ok_or(Refusal::Length)
}

/// Readers of a question of the preset stay as they are: people were told so.
fn readers(form: &Form, before: &Field, question: &Question) -> Result<(Vec<String>, bool), Refusal> {
    if !before.key.starts_with(house::OWN) {
        return Ok((before.readers.clone(), before.sealed));
    }
    if house::is_survey(&form.name) {
        return Ok((Vec::new(), false));
    }
    if question.sealed && house::can_seal(&form.name) {
        return Ok((vec!["C".to_owned()], true));
    }
    let offered = house::readers(&form.name);
    if question.readers.is_empty() {
        return Err(Refusal::NoReaders);
    }
    if !question.readers.iter().all(|code| offered.iter().any(|(it, _)| it == code)) {
        return Err(Refusal::WrongReaders);
    }
    Ok((question.readers.clone(), false))
}

fn condition(form: &Form, before: &Field, question: &Question) -> Result<Option<OnlyIf>, Refusal> {
    if question.only_if.is_empty() {
        return Ok(None);
    }
    if house::is_survey(&form.name) {
        return Err(Refusal::AskedOfAll);
    }
    let earlier = form.before(before).find(|it| it.key == question.only_if && it.decides());
    let earlier = earlier.ok_or(Refusal::NoSuchQuestion)?;
    let offered = earlier.answers_to_name();
    let answers: Vec<String> = question.only_if_answers.clone();
    if answers.is_empty() || !answers.iter().all(|it| offered.contains(it)) {
        return Err(Refusal::NoSuchAnswer);
    }
    Ok(Some(OnlyIf { question: question.only_if.clone(), answers }))
}

/// A survey keeps the sections of every year, word by word and before all others.
pub(crate) fn keeps_core(before: &Form, after: Form) -> Result<Form, Refusal> {
    let core = core(before);
    let stays = !house::is_compared(&before.name) || after.sections.get(..core.len()) == Some(core);
    if stays { Ok(after) } else { Err(Refusal::CoreStays) }
}

/// The sections that a survey has every year; none of a form that is not compared.
pub(crate) fn core(form: &Form) -> &[Section] {
    if !house::is_compared(&form.name) {
        return &[];
    }
    let own = form.sections.iter().position(|it| house::is_own(&it.key));
    &form.sections[..own.unwrap_or(form.sections.len())]
}

/// Every condition still names an earlier question and answers that it offers. `before`
/// has the words of what is no longer there.
fn holds_together(before: &Form, form: &Form) -> Result<(), Refusal> {
    for field in form.fields() {
        let Some(only_if) = &field.only_if else { continue };
        let name = |key: &str| before.field(key).map_or_else(String::new, |it| it.label.clone());
        let Some(earlier) = form.before(field).find(|it| it.key == only_if.question) else {
            return Err(match form.field(&only_if.question) {
                Some(_) => Refusal::BeforeItsCondition(name(&only_if.question)),
                None => Refusal::DependedOn(field.label.clone()),
            });
        };
        let offered = earlier.answers_to_name();
        if !only_if.answers.iter().all(|it| offered.contains(it)) {
            return Err(Refusal::DependedOn(field.label.clone()));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
