//! Files about an import: its faulty lines, and the whole difference for the office.

use platform::prelude::*;
use policy::Facts;

use crate::{
    copies::{self, TakenList},
    difference_parts::doubt_words,
    imports, keepers,
    rules::roster::changes,
    staged,
};

/// The faulty lines as they were, each with the reason and what would put it right.
pub fn errors(tx: &mut Tx, visit: &Visit) -> Answer {
    let import = match keepers::list_in_hand(tx, visit)? {
        Ok(import) => import,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let faults = staged::faulty(tx, import.id, i64::MAX)?;
    if faults.is_empty() {
        return Err(Failure::NotFound);
    }
    let mut first =
        ["row", "column", "what stands there", "what is wrong", "what would put it right"].map(str::to_owned).to_vec();
    first.extend(import.plan().looked.header);
    let mut lines = vec![first];
    for it in &faults {
        let mut line = vec![it.line.to_string()];
        line.extend([&it.column, &it.cell, &it.words, &it.fix].map(Clone::clone));
        line.extend(it.cells.iter().cloned());
        lines.push(line);
    }
    let action = "faulty lines of a list taken away";
    let list = TakenList { file: "errors.csv", action, about: Some(import.id), lines };
    copies::copy_for(tx, visit, &Facts::of_program(), list)
}

/// The whole difference, for lists too long for a page.
pub fn difference(tx: &mut Tx, visit: &Visit) -> Answer {
    let import = imports::the_import(tx, visit.id("id")?)?;
    let (id, most) = (import.id, i64::MAX);
    let mut lines = vec![["what", "line", "member number", "name", "e-mail", "why"].map(str::to_owned).to_vec()];
    let mut add = |what: &str, line: i64, number: &str, name: &str, email: &str, why: String| {
        let line = if line == 0 { String::new() } else { line.to_string() };
        lines.push(vec![what.to_owned(), line, number.to_owned(), name.to_owned(), email.to_owned(), why]);
    };
    for (line, it) in &staged::new(tx, id, most)? {
        add("new", *line, &it.number, &it.name, &it.email, String::new());
    }
    for staged::Change { line, was, becomes } in &staged::changed(tx, id, most)? {
        let fields = changes(was, becomes);
        let why: Vec<String> = fields.iter().map(|it| format!("{}: {} → {}", it.field, it.was, it.becomes)).collect();
        add("changed", *line, &was.number, &was.name, &was.email, why.join("; "));
    }
    for it in &staged::gone(tx, id, most)? {
        add("gone", 0, &it.number, &it.name, &it.email, String::new());
    }
    for it in &staged::unclear(tx, id, most)? {
        let line = i64::try_from(it.row.line).unwrap_or_default();
        add("unclear", line, &it.row.number, &it.row.name, &it.row.email, doubt_words(it, true));
    }
    for it in &staged::faulty(tx, id, most)? {
        let line = i64::try_from(it.line).unwrap_or_default();
        add("faulty", line, &it.number, "", &it.email, it.words.clone());
    }
    let action = "difference of a list taken away";
    let list = TakenList { file: "difference.csv", action, about: Some(id), lines };
    copies::copy_for(tx, visit, &Facts::of_program(), list)
}
