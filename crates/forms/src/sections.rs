//! A form one section at a time: what a section asks, what was typed in it put among the
//! other answers, and how much is missing where. Pure.

use shell::Faults;

use crate::{
    answers::Answers,
    form::{Field, Form, Section},
    rules,
};

/// The form with this section alone, as somebody is asked who answered so far. A question
/// that follows from an answer on an earlier page is there or not; one that follows from an
/// answer on this page is still to be shown or not.
pub fn one_section(form: &Form, section: &Section, answers: &Answers) -> Form {
    let mut fields: Vec<Field> = Vec::new();
    for field in &section.fields {
        match &field.only_if {
            Some(only_if) if fields.iter().any(|it| it.key == only_if.question) => fields.push(field.clone()),
            Some(_) if form.asks(field, answers) => fields.push(Field { only_if: None, ..field.clone() }),
            Some(_) => {}
            None => fields.push(field.clone()),
        }
    }
    alone(form, Section { fields, ..section.clone() })
}

/// The form with this section alone, with every question that it may ask.
pub fn whole_section(form: &Form, section: &Section) -> Form {
    alone(form, section.clone())
}

fn alone(form: &Form, section: Section) -> Form {
    Form { sections: vec![section], ..form.clone() }
}

/// All answers, those of this section as they were typed. What the page did not ask stays.
#[must_use]
pub fn with_section(form: &Form, section: &Section, before: &Answers, typed: &Answers) -> Answers {
    let mut answers = before.clone();
    for field in one_section(form, section, before).fields() {
        answers.remove(&field.key);
        answers.remove(&field.strong_key());
    }
    answers.with(typed.clone())
}

/// The answers to a form's questions and to no other.
#[must_use]
pub fn part_of(form: &Form, answers: &Answers) -> Answers {
    let mut part = Answers::new();
    for key in form.fields().flat_map(|field| [field.key.clone(), field.strong_key()]) {
        if let Some(value) = answers.get(&key) {
            part.set(&key, value.clone());
        }
    }
    part
}

/// A mark of what a page shows of a form. Two windows that show the same have the same; a
/// section has its own, so that what is saved in another leaves it as it is.
pub fn mark(form: &Form, answers: &Answers) -> String {
    blake3::hash(part_of(form, answers).to_json().as_bytes()).to_hex().chars().take(32).collect()
}

/// How far somebody has come with a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    NotBegun,
    /// Not begun, and nothing in it has to be answered.
    MayBeSkipped,
    Begun,
    Complete,
}

pub fn progress(form: &Form, section: &Section, answers: &Answers) -> Progress {
    let is_begun = !part_of(&one_section(form, section, answers), answers).is_empty();
    match (is_begun, faults_of(form, section, answers).is_empty()) {
        (false, false) => Progress::NotBegun,
        (false, true) => Progress::MayBeSkipped,
        (true, false) => Progress::Begun,
        (true, true) => Progress::Complete,
    }
}

/// What stands in the way of handing the form in, of this section alone.
pub fn faults_of(form: &Form, section: &Section, answers: &Answers) -> Faults {
    let mut faults = Faults::new();
    for fault in rules::faults(form, answers).all() {
        if section.fields.iter().any(|field| field.key == fault.field) {
            faults.add(&fault.field, fault.words.clone());
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO_PAGES: &str = r#"
name = "mentee_application"
title = "T"
intro = "I"
done = "D"
notice = ""
minutes = 1

[[section]]
key = "one"
title = "One"
[[section.field]]
key = "works"
label = "Do you work?"
kind = "choice"
required = true
options = ["yes", "no"]

[[section]]
key = "two"
title = "Two"
[[section.field]]
key = "where"
label = "Where?"
kind = "text"
required = true
only_if = { question = "works", answers = ["yes"] }
[[section.field]]
key = "remote"
label = "From home?"
kind = "choice"
required = true
options = ["yes", "no"]
[[section.field]]
key = "days"
label = "On which days?"
kind = "text"
only_if = { question = "remote", answers = ["yes"] }
"#;

    fn form() -> Form {
        toml::from_str(TWO_PAGES).unwrap()
    }

    fn answers(pairs: &[(&str, &str)]) -> Answers {
        let mut answers = Answers::new();
        pairs.iter().for_each(|(key, value)| answers.set(key, *value));
        answers
    }

    fn asked(answers: &Answers) -> Vec<(String, bool)> {
        let form = form();
        let page = one_section(&form, &form.sections[1], answers);
        page.fields().map(|field| (field.key.clone(), field.only_if.is_some())).collect()
    }

    // APP2
    #[test]
    fn a_question_that_follows_from_an_earlier_page_is_there_or_not() {
        let at_home = [("remote".to_owned(), false), ("days".to_owned(), true)];
        assert_eq!(asked(&answers(&[("works", "no")])), at_home);
        let at_work = asked(&answers(&[("works", "yes")]));
        assert_eq!(at_work[0], ("where".to_owned(), false), "nothing on this page decides about it");
        assert_eq!(at_work[1..], at_home);
    }

    // APP2
    #[test]
    fn what_is_typed_on_one_page_leaves_the_others_as_they_are() {
        let form = form();
        let before = answers(&[("works", "yes"), ("where", "Oslo"), ("remote", "no")]);
        let typed = answers(&[("where", "Bergen")]);
        let after = with_section(&form, &form.sections[1], &before, &typed);
        assert_eq!(after, answers(&[("works", "yes"), ("where", "Bergen")]), "what was emptied is empty");
        // What was not asked is not taken away by a page that did not show it.
        let before = answers(&[("works", "no"), ("where", "Oslo"), ("remote", "no")]);
        let after = with_section(&form, &form.sections[1], &before, &answers(&[("remote", "yes")]));
        assert_eq!(after, answers(&[("works", "no"), ("where", "Oslo"), ("remote", "yes")]));
    }

    // APP2
    #[test]
    fn a_section_is_begun_with_its_first_answer_and_complete_without_a_fault() {
        let mut form = form();
        form.sections[1].fields[2].only_if = None;
        form.sections[1].fields[1].only_if = form.sections[1].fields[0].only_if.clone();
        let state = |place: usize, given: &Answers| progress(&form, &form.sections[place], given);
        assert_eq!(state(0, &Answers::new()), Progress::NotBegun);
        assert_eq!(state(1, &Answers::new()), Progress::MayBeSkipped, "only the days are asked, and they are optional");
        assert_eq!(state(0, &answers(&[("works", "perhaps")])), Progress::Begun);
        assert_eq!(state(0, &answers(&[("works", "no")])), Progress::Complete);
        assert_eq!(state(1, &answers(&[("works", "yes")])), Progress::NotBegun, "an answer elsewhere begins nothing");
        assert_eq!(state(1, &answers(&[("works", "yes"), ("days", "Monday")])), Progress::Begun);
        assert_eq!(state(1, &answers(&[("works", "no"), ("where", "Oslo")])), Progress::MayBeSkipped);
        assert_eq!(state(1, &answers(&[("works", "no"), ("days", "Monday")])), Progress::Complete);
    }

    // APP2
    #[test]
    fn the_mark_of_a_section_changes_with_its_own_answers_alone() {
        let form = form();
        let [first, second] = [0, 1].map(|place| whole_section(&form, &form.sections[place]));
        let before = answers(&[("works", "yes"), ("where", "Oslo")]);
        let moved = answers(&[("where", "Bergen"), ("works", "yes")]);
        assert_eq!(mark(&first, &before), mark(&first, &moved));
        assert_ne!(mark(&second, &before), mark(&second, &moved));
        assert_ne!(mark(&form, &before), mark(&form, &moved));
        assert_eq!(mark(&form, &before), mark(&form, &answers(&[("where", "Oslo"), ("works", "yes")])), "in any order");
    }

    // APP2
    #[test]
    fn what_is_missing_is_said_of_its_own_section() {
        let form = form();
        let missing = |place: usize, given: &Answers| -> Vec<String> {
            faults_of(&form, &form.sections[place], given).all().iter().map(|it| it.field.clone()).collect()
        };
        assert_eq!(missing(0, &Answers::new()), ["works"]);
        assert_eq!(missing(1, &Answers::new()), ["remote"]);
        assert_eq!(missing(1, &answers(&[("works", "yes")])), ["where", "remote"]);
        assert!(missing(0, &answers(&[("works", "yes")])).is_empty());
    }
}
