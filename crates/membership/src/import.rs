//! `/roster/import`: choosing a member list. It is read and compared; nothing changes yet.

use platform::prelude::*;
use shell::{Faults, Input, error_summary, file_field, page_head, readers_line};

use crate::{imports, look_up};

const TITLE: &str = "Import a member list";

pub fn get(_: &mut Tx, _: &Visit) -> Answer {
    Ok(Reply::page(TITLE, markup(&Faults::new())))
}

pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let refused = |words: String| {
        let mut faults = Faults::new();
        faults.add("file", words);
        Failure::refused(TITLE, markup(&faults))
    };
    let Some(file) = visit.form.file("file") else {
        return Err(refused("Choose the file of the member list. An empty file cannot be read.".to_owned()));
    };
    let preview = imports::preview(tx, &file.bytes)?.map_err(|refusal| refused(refusal.to_string()))?;
    let id = imports::keep(tx, &preview, &file.name, Some(visit.person()?))?;
    Ok(Reply::go(format!("/roster/imports/{id}")))
}

fn markup(faults: &Faults) -> Markup {
    let input = Input::new("file", "Member list").hint("A CSV file of up to 10 MB and 50,000 members.");
    html! {
        (shell::breadcrumbs(&[("/roster", "Roster")], TITLE))
        (error_summary(faults))
        (page_head(TITLE, "You see what would change before anything does."))
        (shell::form_with_files("/roster/import", html! {
            (file_field(&input.required().faults(faults), ".csv,.txt,text/csv"))
            (shell::button("Read the file"))
        }))
        (shell::card("What the file needs", html! {
            p { "The first line names the columns, in any order and separated by commas or semicolons:" }
            ul {
                li { strong { "Name" } ", or " strong { "First name" } " and " strong { "Last name" } }
                li { strong { "Member number" } " or " strong { "E-mail" } ", better both" }
                li { strong { "Status" } ": good, active, current … or lapsed, expired, inactive … Without this column everyone counts as a member in good standing." }
                li { strong { "Joined" } " and " strong { "Expires" } ", if you have them, like 2027-01-31. A date with slashes is read month first." }
            }
            p { "Members are recognised by their number first, then by their address. What a cell does not say stays as it was, save for the day a membership expires." }
        }))
        (readers_line(look_up::READERS))
    }
}
