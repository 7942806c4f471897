//! The form one section at a time: `/apply/{role}?section=…`. Next and Back save the draft
//! on their way, and a row of steps says what is still missing where. APP2

use forms::{Answers, Form, Section};
use platform::prelude::*;
use shell::Faults;

use super::{Sheet, differing};
use crate::{applications::Application, details, rules::Verdict};

/// The section that the page shows; nothing where all of the form stands on one.
pub(super) fn asked_for<'a>(form: &'a Form, key: &str) -> Option<&'a Section> {
    form.section(key).filter(|_| form.sections.len() > 1)
}

pub(crate) fn path(role: policy::Role, section: &Section) -> String {
    format!("/apply/{}?section={}", role.key(), section.key)
}

/// The same where one is to see at once what is missing.
pub(crate) fn path_to_missing(role: policy::Role, section: &Section) -> String {
    format!("{}&missing=yes", path(role, section))
}

/// Where a press of Next, Back or Save leads.
pub(super) fn leads_to(sheet: &Sheet, application: &Application, section: &Section, pressed: &str) -> String {
    let sections = &sheet.form.sections;
    let here = sections.iter().position(|it| it.key == section.key).unwrap_or_default();
    let to = match pressed {
        "next" if here + 1 == sections.len() => return format!("{}/check", application.path()),
        "next" => here + 1,
        "back" => here.saturating_sub(1),
        _ => here,
    };
    path(sheet.role, &sections[to])
}

/// One section with its steps; `theirs` is what another window saved meanwhile.
pub(super) fn page(
    sheet: &Sheet,
    section: &Section,
    answers: &Answers,
    verdict: &Verdict,
    faults: &Faults,
    theirs: Option<&Answers>,
) -> Markup {
    let part = forms::one_section(&sheet.form, section, answers);
    let part = Form { notice: if is_first(sheet, section) { part.notice } else { String::new() }, ..part };
    let save_at = format!("/applications/{}/draft", sheet.role.key());
    html! {
        (shell::page_head(sheet.title(), &place_words(sheet, section)))
        (shell::error_summary(faults))
        @if is_first(sheet, section) {
            @if let Some(chance) = &sheet.chance { p { strong { (chance) } } }
            (details::verdict_so_far(sheet.role, answers, verdict))
        }
        (steps(sheet, section, answers))
        @if let Some(theirs) = theirs {
            (shell::card("Where the other window says otherwise", html! {
                (forms::summary(&sheet.form, &differing(&sheet.form, theirs, answers), &[]))
            }))
        }
        (shell::form_that_saves(&save_at, &save_at, html! {
            (shell::hidden("seen", &sheet.seen))
            (shell::hidden("section", &section.key))
            (forms::fields(&part, answers, faults, &[]))
            (shell::actions(html! {
                button.button type="submit" name="go" value="next" { (next_words(sheet, section)) }
                @if !is_first(sheet, section) {
                    button.button.quiet type="submit" name="go" value="back" { "Back" }
                }
                button.button.quiet type="submit" { "Save the draft" }
            }))
        }))
        p.hint {
            "A draft holds no place. The call closes at the end of " (program::long_day(sheet.call.closes(sheet.role))) ". "
            a href=(format!("/apply/{}", sheet.role.key())) { "See all questions on one page" }
        }
    }
}

fn is_first(sheet: &Sheet, section: &Section) -> bool {
    sheet.form.sections.first().is_some_and(|first| first.key == section.key)
}

fn place_words(sheet: &Sheet, section: &Section) -> String {
    let here = sheet.form.sections.iter().position(|it| it.key == section.key).unwrap_or_default();
    format!("Part {} of {}. What you write is saved as you go on.", here + 1, sheet.form.sections.len())
}

fn next_words(sheet: &Sheet, section: &Section) -> &'static str {
    let is_last = sheet.form.sections.last().is_some_and(|last| last.key == section.key);
    if is_last { "Next: check your answers" } else { "Next" }
}

/// All sections, which one this is, and how many answers each still lacks; folded, for there
/// may be ten of them and a phone shows five.
fn steps(sheet: &Sheet, section: &Section, answers: &Answers) -> Markup {
    let step = |(place, it): (usize, &Section)| {
        let lacking = forms::faults_of(&sheet.form, it, answers).all().len();
        let words = match lacking {
            0 => format!("{}. {}", place + 1, it.title),
            _ => format!("{}. {} ({lacking} missing)", place + 1, it.title),
        };
        (path(sheet.role, it), words, it.key == section.key)
    };
    let lacks = sheet.form.sections.iter().filter(|it| !forms::faults_of(&sheet.form, it, answers).is_empty()).count();
    let summary = if lacks == 0 {
        "All parts; nothing is missing".to_owned()
    } else {
        format!("All parts; something is missing in {lacks}")
    };
    let steps: Vec<(String, String, bool)> = sheet.form.sections.iter().enumerate().map(step).collect();
    let steps: Vec<(&str, &str, bool)> =
        steps.iter().map(|(to, words, is)| (to.as_str(), words.as_str(), *is)).collect();
    html! { details { summary { (summary) } (shell::tabs_of("Parts of the form", &steps)) } }
}
