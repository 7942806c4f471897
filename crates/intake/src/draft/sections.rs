//! The form one section at a time: the list of its parts with how far each has come, and
//! `/apply/{role}?section=…`, a part on a page of its own. Going on and back saves the draft
//! on the way. APP2

use forms::{Answers, Form, Progress, Section};
use platform::prelude::*;
use shell::Faults;

use super::{Sheet, differing};
use crate::{applications::Application, call::fill, details, rules::Verdict};

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

/// The parts of the form with how far each has come, and where to go on.
pub(super) fn list(sheet: &Sheet, own: Option<&Application>, answers: &Answers, verdict: &Verdict) -> Markup {
    let progress = |section: &Section| forms::progress(&sheet.form, section, answers);
    let open = sheet.form.sections.iter().find(|it| matches!(progress(it), Progress::NotBegun | Progress::Begun));
    let check = own.map(|application| format!("{}/check", application.path()));
    html! {
        (shell::page_head(sheet.title(), &fill(&sheet.form.intro, &sheet.facts)))
        @if let Some(chance) = &sheet.chance { p { strong { (chance) } } }
        (details::verdict_so_far(sheet.role, answers, verdict))
        @if !sheet.form.notice.is_empty() { (shell::note(shell::Tone::Info, html! { p { (sheet.form.notice) } })) }
        (sheet.last_time)
        (shell::card("The parts of this form", html! {
            p.muted { "One page for each, in any order. What you write is saved, and you can leave and come back." }
            ul.plain role="list" {
                @for (place, section) in sheet.form.sections.iter().enumerate() {
                    li { (part_line(sheet, place, section, progress(section))) }
                }
            }
        }))
        (shell::actions(html! {
            @match (open, &check) {
                (None, Some(check)) => (shell::link_button(check, "Check your answers")),
                (open, check) => {
                    @let words = if check.is_some() { "Go on" } else { "Begin" };
                    @let section = if check.is_some() { open } else { sheet.form.sections.first() };
                    @if let Some(section) = section { (shell::link_button(&path(sheet.role, section), words)) }
                    @if let Some(check) = check { (shell::link_quiet(check, "Check your answers")) }
                }
            }
        }))
        p.hint { (closing_words(sheet)) " " a href=(sheet.whole_path()) { "Show all on one page" } }
    }
}

fn part_line(sheet: &Sheet, place: usize, section: &Section, progress: Progress) -> Markup {
    let (tone, words) = match progress {
        Progress::NotBegun => (shell::Tone::Plain, "not begun"),
        Progress::MayBeSkipped => (shell::Tone::Plain, "not begun; you may skip it"),
        Progress::Begun => (shell::Tone::Warn, "begun"),
        Progress::Complete => (shell::Tone::Good, "complete"),
    };
    html! {
        a href=(path(sheet.role, section)) { (place + 1) ". " (section.title) }
        " " (shell::badge(tone, words))
    }
}

fn closing_words(sheet: &Sheet) -> String {
    let day = program::long_day(sheet.call.closes(sheet.role));
    format!("A draft holds no place. The call closes at the end of {day}.")
}

/// Where a press of Save and go on, Back, All parts or Save leads.
pub(super) fn leads_to(sheet: &Sheet, application: &Application, section: &Section, pressed: &str) -> String {
    let sections = &sheet.form.sections;
    let here = sections.iter().position(|it| it.key == section.key).unwrap_or_default();
    let list = || format!("/apply/{}", sheet.role.key());
    let to = match pressed {
        "list" => return list(),
        "back" if here == 0 => return list(),
        "next" if here + 1 == sections.len() => return format!("{}/check", application.path()),
        "next" => here + 1,
        "back" => here - 1,
        _ => here,
    };
    path(sheet.role, &sections[to])
}

/// One section; `theirs` is what another window saved meanwhile.
pub(super) fn page(
    sheet: &Sheet,
    section: &Section,
    answers: &Answers,
    verdict: &Verdict,
    faults: &Faults,
    theirs: Option<&Answers>,
) -> Markup {
    let whole = forms::whole_section(&sheet.form, section);
    let part = forms::one_section(&sheet.form, section, answers);
    let part = Form { notice: if is_first(sheet, section) { part.notice } else { String::new() }, ..part };
    let save_at = format!("/applications/{}/draft", sheet.role.key());
    html! {
        (shell::page_head(sheet.title(), &place_words(sheet, section)))
        (shell::error_summary(faults))
        @if details::is_judged_by(sheet.role, section) { (details::verdict_so_far(sheet.role, answers, verdict)) }
        @if let Some(theirs) = theirs {
            (shell::card("Where the other window says otherwise", html! {
                (forms::summary(&sheet.form, &differing(&whole, theirs, answers), &[]))
            }))
        }
        (shell::form_that_saves(&save_at, &save_at, html! {
            (shell::hidden("seen", &sheet.seen))
            (shell::hidden("section", &section.key))
            (forms::fields(&part, answers, faults, &[]))
            (shell::actions(html! {
                button.button type="submit" name="go" value="next" { "Save and go on" }
                button.button.quiet type="submit" name="go" value="back" { "Back" }
                button.button.quiet type="submit" { "Save the draft" }
                button.button.quiet type="submit" name="go" value="list" { "All parts" }
            }))
        }))
        p.hint { (closing_words(sheet)) }
    }
}

fn is_first(sheet: &Sheet, section: &Section) -> bool {
    sheet.form.sections.first().is_some_and(|first| first.key == section.key)
}

fn place_words(sheet: &Sheet, section: &Section) -> String {
    let here = sheet.form.sections.iter().position(|it| it.key == section.key).unwrap_or_default();
    format!("Part {} of {}. What you write is saved as you go on.", here + 1, sheet.form.sections.len())
}
