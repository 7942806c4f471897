//! No table that says something of somebody is forgotten: a room speaks for it, or it stands
//! here with the reason why none does.

use std::collections::{BTreeMap, BTreeSet};

use schema::Dialect;

/// Tables that name people and are nobody's own, each with the reason.
const EXCUSED: &[(&str, &str)] = &[
    ("journal", "ids and days alone; that something happened is counted"),
    ("audit", "pseudonyms, which lead to nobody once the person is forgotten"),
    ("leavings", "days alone, so that the wish is known to be done"),
    ("program_pages", "the program's own texts; who edited them is an id"),
    ("forms", "the program's own forms; who edited them is an id"),
    ("form_drafts", "the program's own forms; who edited them is an id"),
    ("directory_changes", "ids and turns alone, so that every process hears that somebody is gone"),
    ("letter_texts", "the program's own letters; who edited them is an id"),
    ("matching_thresholds", "the program's own rule; who set it and who opened all the same are ids"),
    ("review_rules", "the program's own rules; who changed them is an id"),
    ("decisions", "what an office of the program decided, and its letter; by whom is an id"),
    ("roster_imports", "the association's list; who handed it in is an id"),
    ("eligibility_rules", "the program's own rules; who changed them is an id"),
    ("tokens", "made for programs of the association; by whom is an id"),
    ("hand_overs", "who gave the chair to whom, and when, in ids; an office of the program"),
    ("openings", "the reason is the chair's, and goes with the check-ins of the duo"),
    ("alumni_letters", "written for the program in an office; by whom is an id"),
    ("report_words", "written for the program in an office; by whom is an id"),
    ("pair_imports", "which file the chair applied, and when; who did is an id"),
    ("reports", "totals, frozen; who handed them in is an id"),
];

/// Columns that name somebody without a foreign key that says so.
const NAMES: &[&str] = &[
    "account",
    "person",
    "author",
    "mentor",
    "mentee",
    "liaison",
    "done_by",
    "saved_by",
    "logged_by",
    "changed_by",
    "edited_by",
    "noted_by",
    "ended_by",
    "decided_by",
    "made_by",
    "asked_by",
    "confirmed_by",
    "answered_by",
    "written_by",
    "submitted_by",
    "undone_by",
    "written_to",
    "whose",
    "actor",
];

/// Each table with its columns and what stands behind them, as the migrations leave it.
fn tables() -> BTreeMap<String, Vec<(String, String)>> {
    let mut tables: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for migration in schema::migrations(Dialect::Sqlite) {
        let mut current = None;
        for line in migration.sql.lines().map(str::trim) {
            let words: Vec<&str> = line.split([' ', '(']).filter(|it| !it.is_empty()).collect();
            match words.as_slice() {
                ["create", "table", name, ..] => {
                    tables.insert((*name).to_owned(), Vec::new());
                    current = Some((*name).to_owned());
                }
                ["drop", "table", name, ..] => drop(tables.remove(name.trim_end_matches(';'))),
                ["alter", "table", name, "add", "column", column, rest @ ..] => {
                    tables.get_mut(*name).unwrap().push(((*column).to_owned(), rest.join(" ")));
                }
                [")", ..] | [") strict", ..] => current = None,
                [column, rest @ ..] => {
                    if let Some(table) = current.as_ref().filter(|_| !line.starts_with(')')) {
                        tables.get_mut(table).unwrap().push(((*column).to_owned(), rest.join(" ")));
                    }
                }
                [] => {}
            }
            if line.starts_with(')') {
                current = None;
            }
        }
    }
    tables
}

fn names_somebody((column, what): &(String, String)) -> bool {
    what.contains("references accounts") || NAMES.contains(&column.as_str())
}

#[test]
fn every_table_that_names_somebody_is_spoken_for_or_excused() {
    let tables = tables();
    assert!(tables.len() > 60, "{} tables", tables.len());
    let naming: BTreeSet<&str> = tables
        .iter()
        .filter(|(_, columns)| columns.iter().any(names_somebody))
        .map(|(name, _)| name.as_str())
        .collect();
    assert!(naming.len() > 35, "{naming:?}");
    let spoken: BTreeSet<&str> = crate::rooms().iter().flat_map(|it| it.tables).copied().collect();
    let excused: BTreeSet<&str> = EXCUSED.iter().map(|(table, _)| *table).collect();
    let forgotten: Vec<&&str> = naming.iter().filter(|it| !spoken.contains(**it) && !excused.contains(**it)).collect();
    assert_eq!(forgotten, Vec::<&&str>::new(), "tables that no room speaks for");
    let unneeded: Vec<&&str> = excused.iter().filter(|it| spoken.contains(**it) || !naming.contains(**it)).collect();
    assert_eq!(unneeded, Vec::<&&str>::new(), "excused without need");
    let unknown: Vec<&&str> = spoken.iter().filter(|it| !tables.contains_key(**it)).collect();
    assert_eq!(unknown, Vec::<&&str>::new(), "spoken for and not there");
}
