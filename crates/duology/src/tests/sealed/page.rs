//! The page for those who run the house names what is sealed, and promises no more than
//! the page *Be forgotten* does.

use std::collections::BTreeSet;

use platform::keys;

const PAGE: &str = include_str!("../../../../../docs/running/sealing.md");

#[test]
fn the_page_about_sealing_names_every_sealed_column_and_no_other() {
    let declared: BTreeSet<String> = keys::fields().map(|it| format!("{}.{}", it.table, it.column)).collect();
    let named = columns(part("## What is sealed under which key"));
    assert_eq!(named.iter().cloned().collect::<BTreeSet<_>>(), declared);
    assert_eq!(named.len(), declared.len(), "a column stands there twice: {named:?}");
}

#[test]
fn no_backup_is_kept_for_longer_than_people_are_told() {
    let rows: Vec<&str> = part("## Backups").lines().filter(|it| it.starts_with("| the data")).collect();
    assert_eq!(rows.len(), 2, "{rows:?}");
    for row in rows {
        assert!(row.contains("at most 35 days"), "{row}");
    }
}

/// What stands below a title, up to the next.
fn part(title: &str) -> &'static str {
    let below = PAGE.split_once(title).unwrap().1;
    below.split_once("\n## ").map_or(below, |it| it.0)
}

/// The second cell of each line of the table.
fn columns(part: &str) -> Vec<String> {
    let cells = part.lines().filter(|it| it.starts_with('|')).filter_map(|line| line.split('|').nth(2));
    let names = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2));
    names.map(str::to_owned).collect()
}
