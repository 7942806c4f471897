//! Pages `/forms/{form}/sections/{section}` and `/forms/{form}/section`: a section's title
//! and the sentence under it.

use platform::prelude::*;
use shell::{Faults, Input};

use crate::{
    drafts::{self, Draft},
    editor::{self, Change, OVERTAKEN},
    rules::{
        change::{self, LONGEST_HELP, LONGEST_LABEL},
        house,
    },
};

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let draft = drafts::draft(tx, editor::name(visit)?)?;
    let section = draft.form.section(visit.param("section")).ok_or(Failure::NotFound)?;
    let typed = Typed { key: Some(&section.key), title: &section.title, intro: &section.intro };
    Ok(Reply::page(TITLE, typed.page(&draft, &Faults::new())))
}

pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let draft = drafts::draft(tx, editor::name(visit)?)?;
    let section = draft.form.section(visit.param("section")).ok_or(Failure::NotFound)?;
    let typed = Typed { key: Some(&section.key), title: visit.form.text("title"), intro: visit.form.text("intro") };
    let done =
        editor::change(tx, visit, &draft, |form| change::put_section(form, &section.key, typed.title, typed.intro))?;
    typed.answer(&draft, done)
}

pub fn get_new(tx: &mut Tx, visit: &Visit) -> Answer {
    let draft = drafts::draft(tx, editor::name(visit)?)?;
    Ok(Reply::page(TITLE, Typed { key: None, title: "", intro: "" }.page(&draft, &Faults::new())))
}

pub fn post_new(tx: &mut Tx, visit: &Visit) -> Answer {
    let draft = drafts::draft(tx, editor::name(visit)?)?;
    let typed = Typed { key: None, title: visit.form.text("title"), intro: visit.form.text("intro") };
    let key = format!("{}{}", house::OWN, tx.fresh_id());
    let done = editor::change(tx, visit, &draft, |form| change::put_section(form, &key, typed.title, typed.intro))?;
    typed.answer(&draft, done)
}

const TITLE: &str = "A section";

struct Typed<'a> {
    /// Nothing for a section that is new.
    key: Option<&'a str>,
    title: &'a str,
    intro: &'a str,
}

impl Typed<'_> {
    fn answer(&self, draft: &Draft, done: Change) -> Answer {
        let mut faults = Faults::new();
        match done {
            Change::Kept => return Ok(Reply::go(editor::path(&draft.form)).saying("Saved in the draft.")),
            Change::Refused(refusal) => {
                // A title that is too long is a fault of the title, whatever a question calls it.
                let field = if refusal.field() == "label" { "title" } else { refusal.field() };
                faults.add(field, refusal.to_string());
            }
            Change::Overtaken => {
                return Err(Failure::overtaken(TITLE, self.page(draft, &Faults::general(OVERTAKEN))));
            }
        }
        Err(Failure::refused(TITLE, self.page(draft, &faults)))
    }

    fn page(&self, draft: &Draft, faults: &Faults) -> Markup {
        let path = editor::path(&draft.form);
        let action = self.key.map_or_else(|| format!("{path}/section"), |key| format!("{path}/sections/{key}"));
        html! {
            (shell::breadcrumbs(&[("/forms", "Forms"), (&path, &editor::title(&draft.form))], TITLE))
            (shell::page_head(TITLE, "Questions that belong together stand under one title."))
            (shell::error_summary(faults))
            (shell::form(&action, html! {
                (shell::hidden("revision", &draft.revision.to_string()))
                (shell::text_field(&Input::new("title", "Title").required().value(self.title).max(LONGEST_LABEL).faults(faults)))
                (shell::long_field(&Input::new("intro", "A sentence under it").value(self.intro).rows(2).max(LONGEST_HELP).faults(faults)))
                (shell::actions(html! { (shell::button("Save in the draft")) (shell::link_quiet(&path, "Back to the form")) }))
            }))
        }
    }
}
