//! Publishing a draft as the version that is asked from now on, and throwing it away.

use platform::prelude::*;

use crate::{
    drafts,
    editor::{self, sheet},
    rules::differences::differences,
    versions,
};

pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let name = editor::name(visit)?;
    let draft = drafts::draft(tx, name)?;
    let asked = versions::current(tx, name)?;
    let is_as_seen = visit.form.number("revision") == Some(draft.revision);
    if !draft.is_begun() || !is_as_seen || differences(&asked, &draft.form).is_empty() {
        return sheet::overtaken(tx, &draft);
    }
    if !drafts::close(tx, name, draft.revision)? {
        return sheet::overtaken(tx, &draft);
    }
    let version = versions::edit(tx, &draft.form, Some(visit.person()?))?;
    let program = program::the_program(tx)?;
    journal::record(tx, "form published", program.id, Some(visit.person()?), None)?;
    let words =
        format!("Version {version} is asked from now on. Answers given before keep the version they were given to.");
    Ok(Reply::go(editor::path(&draft.form)).saying(words))
}

pub fn throw_away(tx: &mut Tx, visit: &Visit) -> Answer {
    let name = editor::name(visit)?;
    let draft = drafts::draft(tx, name)?;
    let revision = visit.form.number("revision").unwrap_or(0);
    if !drafts::close(tx, name, revision)? {
        return sheet::overtaken(tx, &draft);
    }
    Ok(Reply::go(editor::path(&draft.form)).saying("The draft is gone. The form stays as it is asked."))
}
