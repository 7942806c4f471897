//! `/roster/import`: choosing a member list. It is read and compared; nothing changes yet.

use std::sync::Arc;

use platform::{app::App, prelude::*, visit::Prepared};
use shell::{Faults, Input, error_summary, file_field, page_head, readers_line};

use crate::{
    imports::{self, Sender},
    keepers, remembered,
    rules::{columns::Columns, roster_file::MemberList},
    sheets::{self, FileRefusal, Looked},
};

const TITLE: &str = "Import a member list";

/// A file as it was read before the unit of work.
pub(crate) struct Read {
    pub looked: Looked,
    /// The columns and the list, where somebody has said before which column says what.
    pub list: Option<(Columns, MemberList)>,
}

/// Unpacking and reading a big list takes a second, so it is done beforehand.
pub fn prepare(app: &App, visit: &Visit) -> Prepared {
    let Some(file) = visit.form.file("file").filter(|_| keepers::is_one_who_imports(app, visit)) else {
        return Prepared::default();
    };
    let read = read(app, &file.bytes);
    Prepared { worked_out: Some(Arc::new(read)), ..Prepared::default() }
}

fn read(app: &App, bytes: &[u8]) -> Result<Read, FileRefusal> {
    let looked = sheets::look(bytes)?;
    let header = looked.header.clone();
    let known = app.db.read(move |tx| remembered::columns(tx, &header)).unwrap_or_default();
    let list = match known {
        Some(columns) => Some((columns, sheets::read(bytes, Some(columns))?)),
        None => None,
    };
    Ok(Read { looked, list })
}

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    if let Some(elsewhere) = keepers::turned_away(tx, visit)? {
        return Ok(elsewhere);
    }
    Ok(Reply::page(TITLE, markup(&Faults::new())))
}

pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    if let Some(elsewhere) = keepers::turned_away(tx, visit)? {
        return Ok(elsewhere);
    }
    let refused = |words: String| {
        let mut faults = Faults::new();
        faults.add("file", words);
        Failure::refused(TITLE, markup(&faults))
    };
    let prepared = visit.prepared.worked_out.as_ref().and_then(|it| it.downcast_ref::<Result<Read, FileRefusal>>());
    let (Some(file), Some(read)) = (visit.form.file("file"), prepared) else {
        return Err(refused("Choose the file of the member list. An empty file cannot be read.".to_owned()));
    };
    let read = read.as_ref().map_err(|refusal| refused(refusal.to_string()))?;
    let sender = Sender { person: Some(visit.person()?), token: None, file_name: file.name.clone() };
    let id = imports::keep_file(tx, &sender, &read.looked, &file.bytes)?;
    let Some((columns, list)) = &read.list else { return Ok(Reply::go(format!("/roster/imports/{id}/columns"))) };
    let shown = imports::compared(tx, list)?;
    imports::keep_preview(tx, id, &shown, Some(*columns))?;
    Ok(Reply::go(format!("/roster/imports/{id}")))
}

fn markup(faults: &Faults) -> Markup {
    let input = Input::new("file", "Member list")
        .hint("A CSV file or a workbook (.xlsx) of up to 10 MB, 200,000 members and 200 columns.");
    html! {
        (shell::breadcrumbs(&[("/roster", "Roster")], TITLE))
        (error_summary(faults))
        (page_head(TITLE, "You see what would change before anything does."))
        (shell::form_with_files("/roster/import", html! {
            (file_field(&input.required().faults(faults), ".csv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))
            (shell::button("Read the file"))
        }))
        (shell::card("What the file needs", html! {
            p { "The first line names the columns, in any order; on the next page you say which is which, and we remember it:" }
            ul {
                li { strong { "Name" } ", or " strong { "First name" } " and " strong { "Last name" } }
                li { strong { "Member number" } " or " strong { "E-mail" } ", better both" }
                li { strong { "Status" } ": good, active, current … or lapsed, expired, inactive … Without this column everyone counts as a member in good standing." }
                li { strong { "Joined" } " and " strong { "Expires" } ", if you have them, like 2027-01-31. A date with slashes is read month first." }
                li { strong { "Category" } ", if the kind of membership matters for who may take part" }
            }
            p { "Members are recognised by their number first, then by their address. What a cell does not say stays as it was, save for the day a membership expires." }
            p { "A membership system can deliver the list by itself: see " a href="/tokens" { "Tokens" } "." }
        }))
        (readers_line(&policy::who_can_read_as(policy::Record::MembershipRoster, policy::Column::Staff)))
    }
}
