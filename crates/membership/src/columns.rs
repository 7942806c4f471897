//! `/roster/imports/{id}/columns`: which column of the file says what.

use std::sync::Arc;

use platform::{app::App, prelude::*, visit::Prepared};
use shell::{Choice, Faults, Input, error_summary, page_head, readers_line, select_field};

use crate::{
    imports, keepers, remembered,
    rules::{
        columns::{Columns, Field},
        roster_file::MemberList,
    },
    sheets::{self, FileRefusal, Looked},
};

const TITLE: &str = "Which column says what";

/// Reads the file anew with the columns that were chosen, before the unit of work.
pub fn prepare(app: &App, visit: &Visit) -> Prepared {
    let columns = chosen(visit);
    let Ok(id) = visit.id("id") else { return Prepared::default() };
    if columns.check().is_err() || columns.twice().is_some() || !keepers::is_one_who_imports(app, visit) {
        return Prepared::default();
    }
    match app.db.read(move |tx| imports::file(tx, id)) {
        Ok(Some(bytes)) => {
            Prepared { worked_out: Some(Arc::new(sheets::read(&bytes, Some(columns)))), ..Prepared::default() }
        }
        _ => Prepared::default(),
    }
}

fn chosen(visit: &Visit) -> Columns {
    let mut columns = Columns::default();
    for field in Field::ALL {
        let place = visit.form.number(field.key()).and_then(|it| usize::try_from(it - 1).ok());
        columns.set(field, place.filter(|it| *it < sheets::MOST_COLUMNS));
    }
    columns
}

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let import = match keepers::list_to_apply(tx, visit)? {
        Ok(import) => import,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let plan = import.plan();
    let columns = match plan.columns {
        Some(columns) => columns,
        None => remembered::columns(tx, &plan.looked.header)?.unwrap_or_else(|| Columns::guess(&plan.looked.header)),
    };
    Ok(Reply::page(TITLE, markup(visit, &import.file_name, &plan.looked, &columns, &Faults::new())))
}

pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let import = match keepers::list_to_apply(tx, visit)? {
        Ok(import) => import,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let (columns, looked) = (chosen(visit), import.plan().looked);
    let refused =
        |faults: &Faults| Failure::refused(TITLE, markup(visit, &import.file_name, &looked, &columns, faults));
    let faults = faults(&columns);
    if !faults.is_empty() {
        return Err(refused(&faults));
    }
    let read = visit.prepared.worked_out.as_ref().and_then(|it| it.downcast_ref::<Result<MemberList, FileRefusal>>());
    let Some(read) = read else { return Err(Failure::NotFound) };
    let list = read.as_ref().map_err(|refusal| refused(&Faults::general(refusal.to_string())))?;
    remembered::keep(tx, &looked.header, &columns)?;
    let shown = imports::compared(tx, list)?;
    imports::keep_preview(tx, import.id, &shown, Some(columns))?;
    Ok(Reply::go(format!("/roster/imports/{}", import.id)))
}

fn faults(columns: &Columns) -> Faults {
    let mut faults = Faults::new();
    if let Err(refusal) = columns.check() {
        let field =
            if columns.of(Field::Name).or(columns.of(Field::Last)).is_none() { Field::Name } else { Field::Number };
        faults.add(field.key(), format!("Choose {refusal}."));
    }
    if let Some(field) = columns.twice() {
        faults.add(field.key(), "One column can say one thing alone. Choose another for one of the two.");
    }
    faults
}

fn markup(visit: &Visit, file: &str, looked: &Looked, columns: &Columns, faults: &Faults) -> Markup {
    let path = format!("/roster/imports/{}/columns", visit.param("id"));
    let lead = format!(
        "{file} has {} lines below its first one. Check what we found in it; for files with the same first line it is remembered.",
        looked.lines
    );
    html! {
        (shell::breadcrumbs(&[("/roster", "Roster"), ("/roster/import", "Import")], TITLE))
        (error_summary(faults))
        (page_head(TITLE, &lead))
        (shell::form(&path, html! {
            @for field in Field::ALL { (field_of(field, looked, columns, faults)) }
            (shell::actions(html! {
                (shell::button("Show what would change"))
                (shell::link_quiet("/roster/import", "Choose another file"))
            }))
        }))
        (readers_line(&policy::who_can_read_as(policy::Record::MembershipRoster, &visit.subject)))
    }
}

fn field_of(field: Field, looked: &Looked, columns: &Columns, faults: &Faults) -> Markup {
    let mut options = vec![Choice::new("0", "Not in this file")];
    for (place, name) in looked.header.iter().enumerate() {
        let name = if name.is_empty() { format!("Column {}", place + 1) } else { name.clone() };
        options.push(Choice::new((place + 1).to_string(), name));
    }
    let value = columns.of(field).map_or(0, |place| place + 1).to_string();
    let examples: Vec<&str> = columns.of(field).map_or_else(Vec::new, |place| {
        looked
            .examples
            .iter()
            .filter_map(|line| line.get(place))
            .map(String::as_str)
            .filter(|it| !it.is_empty())
            .collect()
    });
    let hint = if examples.is_empty() { String::new() } else { format!("For example: {}", examples.join(", ")) };
    select_field(&Input::new(field.key(), field.words()).value(&value).hint(&hint).unmarked().faults(faults), &options)
}
