//! Page `/forms/{form}`: the draft of a form, question by question.

use platform::prelude::*;
use shell::{Faults, Style, Tone};

use crate::{
    drafts::{self, Draft},
    editor::{self, Change, question::IN_TOTALS},
    form::{Field, Form, Kind, Section},
    readers::readers_words,
    rules::{
        change::{self, KINDS, SURVEY_KINDS},
        differences::differences,
        house, words_without_placeholders,
    },
    versions,
};

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let draft = drafts::draft(tx, editor::name(visit)?)?;
    Ok(Reply::wide(editor::title(&draft.form), page(tx, &draft, &Faults::new())?))
}

pub fn order(tx: &mut Tx, visit: &Visit) -> Answer {
    let draft = drafts::draft(tx, editor::name(visit)?)?;
    let up = visit.form.text("way") == "up";
    let (question, section) = (visit.form.text("question"), visit.form.text("section"));
    let done = editor::change(tx, visit, &draft, |form| match section {
        "" => change::shift(form, question, up),
        section => change::shift_section(form, section, up),
    })?;
    answer(tx, &draft, done, "Moved.")
}

pub fn removal(tx: &mut Tx, visit: &Visit) -> Answer {
    let draft = drafts::draft(tx, editor::name(visit)?)?;
    let (question, section) = (visit.form.text("question"), visit.form.text("section"));
    let done = editor::change(tx, visit, &draft, |form| match section {
        "" => change::remove(form, question),
        section => change::remove_section(form, section),
    })?;
    answer(tx, &draft, done, "Taken away in the draft. Answers that were given stay as they are.")
}

fn answer(tx: &mut Tx, draft: &Draft, done: Change, words: &str) -> Answer {
    match done {
        Change::Kept => Ok(Reply::go(editor::path(&draft.form)).saying(words)),
        Change::Refused(refusal) => {
            let faults = Faults::general(refusal.to_string());
            Err(Failure::refused(editor::title(&draft.form), page(tx, draft, &faults)?))
        }
        Change::Overtaken => overtaken(tx, draft),
    }
}

/// The form as it stands now, where what somebody saw is no longer so.
pub(super) fn overtaken(tx: &mut Tx, draft: &Draft) -> Answer {
    let words = "Somebody else changed this form meanwhile. Below it is as it stands now; please try again.";
    Err(Failure::overtaken(editor::title(&draft.form), page(tx, draft, &Faults::general(words))?))
}

fn page(tx: &mut Tx, draft: &Draft, faults: &Faults) -> Result<Markup, Failure> {
    let form = &draft.form;
    let asked = versions::current(tx, &form.name)?;
    let by = last_change(tx, draft)?;
    let path = editor::path(form);
    Ok(html! {
        (shell::breadcrumbs(&[("/forms", "Forms")], &editor::title(form)))
        (shell::page_head(&editor::title(form), &format!("Version {} is what people are asked now.", asked.version)))
        (shell::error_summary(faults))
        @if draft.is_begun() { (begun(draft, &differences(&asked, form), by.as_deref())) }
        (shell::actions(html! { (shell::link_quiet(&format!("{path}/preview"), "Look at it as others will")) }))
        @if let Some(words) = house::why_no_own(&form.name) { p.muted { (words) " You can word what it asks anew." } }
        @if house::is_survey(&form.name) { (about_surveys(form)) }
        @for section in &form.sections { (sheet(draft, section)) }
        (shell::actions(shell::link_quiet(&format!("{path}/section"), "Add a section")))
    })
}

/// Why the questions of every year stay, and what becomes of the committee's own.
fn about_surveys(form: &Form) -> Markup {
    shell::note(
        Tone::Info,
        html! {
            @if house::is_compared(&form.name) {
                p { "What is asked every year stays as it is, so that one year can be set beside another. Your own questions come after it: add a section, then the questions." }
            }
            p { (IN_TOTALS) " A survey that is open goes on as it was opened; the next one asks what you publish." }
        },
    )
}

/// Who changed the draft last, and on which day.
fn last_change(tx: &mut Tx, draft: &Draft) -> Result<Option<String>, Failure> {
    let (Some(person), Some(at)) = (draft.edited_by, draft.edited_at) else { return Ok(None) };
    let zone = program::the_program(tx)?.zone;
    let day = program::long_day(at.to_zoned(program::calendar::zone_named(&zone)).date());
    Ok(platform::identity::find(tx, person)?.map(|it| format!("Last changed by {} on {day}.", it.name)))
}

/// What the draft changes, and the two ways on.
fn begun(draft: &Draft, differences: &[String], by: Option<&str>) -> Markup {
    let (path, revision) = (editor::path(&draft.form), draft.revision.to_string());
    let values = [("revision", revision.as_str())];
    shell::note(
        Tone::Warn,
        html! {
            p {
                strong { "A draft. " } "Nobody is asked it yet."
                @if let Some(words) = by { " " (words) }
            }
            @if differences.is_empty() { p { "It says what the form says now." } }
            ul { @for line in differences { li { (line) } } }
            (shell::actions(html! {
                @if !differences.is_empty() { (shell::post_button(&format!("{path}/publication"), "Publish it", &values, Style::Main)) }
                (shell::post_button(&format!("{path}/end-of-draft"), "Throw the draft away", &values, Style::Quiet))
            }))
        },
    )
}

fn sheet(draft: &Draft, section: &Section) -> Markup {
    let path = format!("{}/sections/{}", editor::path(&draft.form), section.key);
    let title = words_without_placeholders(&section.title);
    let id = format!("section-{}", section.key);
    let stays = change::core(&draft.form).iter().any(|it| it.key == section.key);
    html! {
        section.card aria-labelledby=(id) {
            h2 id=(id) { (title) }
            @if !section.intro.is_empty() { p.muted { (words_without_placeholders(&section.intro)) } }
            @if !stays {
                (shell::actions(html! {
                    (shell::link_quiet(&path, "Name it"))
                    (moves(draft, ("section", &section.key), &title))
                }))
            }
            @if section.fields.is_empty() { p.muted { "No question yet." } }
            ol.stack role="list" { @for field in &section.fields { (question(draft, field, stays)) } }
            @if !stays && house::takes_own(&draft.form.name) {
                (shell::actions(shell::link_quiet(&format!("{path}/question"), "Add a question")))
            }
        }
    }
}

fn question(draft: &Draft, field: &Field, stays: bool) -> Markup {
    let label = words_without_placeholders(&field.label);
    let readers = readers_words(&field.readers, field.sealed);
    let is_needed = house::needs(&draft.form.name, &field.key);
    html! {
        li.task {
            div {
                p { strong { (label) } @if !field.required { " " span.optional { "(optional)" } } }
                p.hint {
                    (kind_words(field.kind)) "."
                    @if let Some(words) = only_if_words(draft, field) { " " (words) }
                    @if is_needed && !stays { " The program works with it." }
                    @if !readers.is_empty() { " " (readers) }
                }
            }
            @if !stays {
                (shell::actions(html! {
                    a.button.quiet href=(format!("{}/questions/{}", editor::path(&draft.form), field.key)) {
                        "Change" span.vh { ": " (label) }
                    }
                    (moves(draft, ("question", &field.key), &label))
                }))
            }
        }
    }
}

/// What kind of answer it takes, also where nobody can add such a question.
fn kind_words(kind: Kind) -> &'static str {
    let offered = KINDS.iter().chain(&SURVEY_KINDS).find(|(it, ..)| *it == kind).map(|(.., words)| *words);
    offered.unwrap_or(match kind {
        Kind::Rank3 => "Three wishes in order",
        Kind::Grid => "Free hours of a week",
        Kind::Pairs => "Pairs of working styles",
        Kind::Tz => "A time zone",
        _ => "A scale",
    })
}

/// The condition in words, where there is one.
fn only_if_words(draft: &Draft, field: &Field) -> Option<String> {
    let only_if = field.only_if.as_ref()?;
    let earlier = draft.form.field(&only_if.question)?;
    Some(format!("Only after “{}”: {}.", words_without_placeholders(&earlier.label), only_if.answers.join(", ")))
}

fn moves(draft: &Draft, (what, key): (&str, &str), label: &str) -> Markup {
    let (path, revision) = (editor::path(&draft.form), draft.revision.to_string());
    let order = format!("{path}/order");
    let is_removable = match what {
        "section" => {
            draft.form.sections.len() > 1
                && draft
                    .form
                    .section(key)
                    .is_some_and(|it| it.fields.iter().all(|it| !house::needs(&draft.form.name, &it.key)))
        }
        _ => !house::needs(&draft.form.name, key),
    };
    let step = |way: &str, words: &str| {
        let values = [("revision", revision.as_str()), (what, key), ("way", way)];
        shell::post_button_for(&order, words, label, &values, Style::Quiet)
    };
    html! {
        (step("up", "Up"))
        (step("down", "Down"))
        @if is_removable {
            (shell::post_button_for(&format!("{path}/removal"), "Take away", label, &[("revision", revision.as_str()), (what, key)], Style::Quiet))
        }
    }
}
