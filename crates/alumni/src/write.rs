//! Page `/alumni/letter`: the chair writes to the group. First it is shown as it will
//! be read and how many will read it; only then it can be sent.

use platform::{doors::Answer, prelude::*};
use policy::Facts;
use shell::{Faults, Input};

use crate::{group_letters, letters, members, rules};

const TITLE: &str = "Write to the group";

#[derive(Default)]
struct Typed {
    subject: String,
    text: String,
}

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let readers = members::readers(tx, &visit.scope(&Facts::of_program())?)?.len();
    Ok(Reply::page(TITLE, page(&Typed::default(), readers, &Faults::new())))
}

pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let typed = Typed { subject: visit.form.text("subject").to_owned(), text: visit.form.text("text").to_owned() };
    let readers = members::readers(tx, &visit.scope(&Facts::of_program())?)?;
    let mut faults = Faults::new();
    for refusal in rules::letter(&typed.subject, &typed.text, readers.len()) {
        faults.add(refusal.field(), refusal.to_string());
    }
    if !faults.is_empty() {
        return Err(Failure::refused(TITLE, page(&typed, readers.len(), &faults)));
    }
    match visit.form.text("do") {
        "send" => {}
        "change" => return Ok(Reply::page(TITLE, page(&typed, readers.len(), &faults))),
        _ => return Ok(Reply::page("Read it once more", preview(&typed, readers.len()))),
    }
    let by = visit.person()?;
    let letter = group_letters::add(tx, by, &typed.subject, &typed.text, readers.len())?;
    for reader in &readers {
        letters::to_group(tx, letter, reader, &typed.subject, &typed.text)?;
    }
    journal::record(tx, "letter to alumni sent", letter, Some(by), None)?;
    Ok(Reply::go("/alumni").saying(format!("Your letter goes out to {}.", people(readers.len()))))
}

fn page(typed: &Typed, readers: usize, faults: &Faults) -> Markup {
    let subject = Input::new("subject", "Subject").value(&typed.subject).required().max(120).faults(faults);
    let text = Input::new("text", "Letter").value(&typed.text).required().max(4000).rows(12).faults(faults);
    let text = text.hint("Greeting and your name are added. Everybody can end these letters with one click.");
    html! {
        (shell::breadcrumbs(&[("/alumni", "Former participants")], TITLE))
        (shell::page_head(TITLE, &format!("It reaches {} who joined and have not ended these letters.", people(readers))))
        (shell::error_summary(faults))
        (shell::form("/alumni/letter", html! {
            (shell::text_field(&subject))
            (shell::long_field(&text))
            (shell::actions(html! { (shell::button("Look at it first")) (shell::link_quiet("/alumni", "Leave it")) }))
        }))
    }
}

fn preview(typed: &Typed, readers: usize) -> Markup {
    html! {
        (shell::breadcrumbs(&[("/alumni", "Former participants")], TITLE))
        (shell::page_head("Read it once more", &format!("This letter goes to {}.", people(readers))))
        (shell::card(&typed.subject, html! {
            p { "Dear …," }
            @for paragraph in typed.text.split("\n\n") { p { (paragraph) } }
        }))
        (shell::form("/alumni/letter", html! {
            (shell::hidden("subject", &typed.subject))
            (shell::hidden("text", &typed.text))
            (shell::actions(html! {
                button.button type="submit" name="do" value="send" { "Send it to " (people(readers)) }
                button.button.quiet type="submit" name="do" value="change" { "Change it" }
            }))
        }))
    }
}

fn people(many: usize) -> String {
    if many == 1 { "one person".to_owned() } else { format!("{many} people") }
}
