//! Where the committee makes and changes its forms (APP3, SET6). Pages `/forms…`.
//!
//! | what a person does                    | file               |
//! |---------------------------------------|--------------------|
//! | sees all forms                        | `editor/list.rs`   |
//! | sees one, moves and takes away        | `editor/sheet.rs`  |
//! | words a question, adds one            | `editor/question.rs` |
//! | names a section, adds one             | `editor/section.rs` |
//! | looks at it as others will            | `editor/preview.rs` |
//! | publishes it, or throws the draft away | `editor/publish.rs` |
//!
//! What is changed is a draft that nobody is asked, until it is published as a version.

mod list;
mod preview;
mod publish;
mod question;
mod section;
mod sheet;

use platform::prelude::*;
use policy::Action;

use crate::{
    drafts::{self, Draft},
    form::Form,
    rules::change::{Refusal, keeps_core},
    versions,
};

const QUESTION: &[&str] = &[
    "revision",
    "label",
    "help",
    "kind",
    "required",
    "options",
    "max",
    "readers+",
    "sealed",
    "only_if",
    "only_if_answers+",
];

pub fn doors() -> Doors {
    use Action::EditForms as Edit;
    Doors::default()
        .get("/forms", Edit, list::get)
        .get("/forms/{form}", Edit, sheet::get)
        .post("/forms/{form}/order", Edit, sheet::order)
        .taking(&["revision", "question", "section", "way"])
        .post("/forms/{form}/removal", Edit, sheet::removal)
        .taking(&["revision", "question", "section"])
        .get("/forms/{form}/questions/{question}", Edit, question::get)
        .post("/forms/{form}/questions/{question}", Edit, question::post)
        .taking(QUESTION)
        .with_texts(&["label", "help", "options"])
        .get("/forms/{form}/sections/{section}", Edit, section::get)
        .post("/forms/{form}/sections/{section}", Edit, section::post)
        .taking(&["revision", "title", "intro"])
        .with_texts(&["intro"])
        .get("/forms/{form}/sections/{section}/question", Edit, question::get_new)
        .post("/forms/{form}/sections/{section}/question", Edit, question::post_new)
        .taking(QUESTION)
        .with_texts(&["label", "help", "options"])
        .get("/forms/{form}/section", Edit, section::get_new)
        .post("/forms/{form}/section", Edit, section::post_new)
        .taking(&["revision", "title", "intro"])
        .with_texts(&["intro"])
        .get("/forms/{form}/preview", Edit, preview::get)
        .post("/forms/{form}/publication", Edit, publish::post)
        .taking(&["revision"])
        .post("/forms/{form}/end-of-draft", Edit, publish::throw_away)
        .taking(&["revision"])
}

/// The name in the path, if it is a form of the committee or a survey.
fn name(visit: &Visit) -> Result<&'static str, Failure> {
    let asked = visit.param("form");
    versions::names().into_iter().find(|name| *name == asked).ok_or(Failure::NotFound)
}

fn path(form: &Form) -> String {
    format!("/forms/{}", form.name)
}

/// A form's name for the way back, without what is filled in later.
fn title(form: &Form) -> String {
    crate::rules::words_without_placeholders(&form.title)
}

/// How a change ended.
enum Change {
    Kept,
    Refused(Refusal),
    /// Somebody else changed the form meanwhile; nothing was kept.
    Overtaken,
}

/// Changes the draft as it stood when the page was drawn, or says why not.
fn change(
    tx: &mut Tx,
    visit: &Visit,
    draft: &Draft,
    wish: impl FnOnce(&Form) -> Result<Form, Refusal>,
) -> Result<Change, Failure> {
    if visit.form.number("revision") != Some(draft.revision) {
        return Ok(Change::Overtaken);
    }
    let changed = match wish(&draft.form).and_then(|changed| keeps_core(&draft.form, changed)) {
        Ok(changed) => changed,
        Err(refusal) => return Ok(Change::Refused(refusal)),
    };
    if changed == draft.form || drafts::keep(tx, &changed, draft.revision, visit.person()?)? {
        return Ok(Change::Kept);
    }
    Ok(Change::Overtaken)
}

const OVERTAKEN: &str =
    "Somebody else changed this form meanwhile. What you wrote is still here; look at theirs, then save again.";
