//! Lists that leave the house as files. Every line says for whom the copy was made and
//! when, so that a file that turns up elsewhere tells whose it was.

use platform::{
    audit::{self, Note},
    prelude::*,
};
use policy::{Facts, Grant, may, of};

/// A list that somebody takes along.
pub struct TakenList<'a> {
    pub file: &'a str,
    /// As the audit calls it.
    pub action: &'static str,
    /// The cohort or the record that it is about.
    pub about: Option<Id>,
    /// The first line names the columns.
    pub lines: Vec<Vec<String>>,
}

/// The list as a file for whoever may take lists of what they read anyway.
///
/// # Errors
/// Not found for everyone else.
pub fn copy_for(tx: &mut Tx, visit: &Visit, facts: &Facts, list: TakenList) -> Answer {
    let _proof: Grant<of::BackupExport, may::Export> = visit.grant(facts)?;
    let reader = platform::identity::find(tx, visit.person()?)?.ok_or(Failure::NotFound)?;
    let zone = program::calendar::zone_named(&program::the_program(tx)?.zone);
    let mark = format!("{}, {}", reader.name, program::day_and_time(tx.now(), &zone));
    audit::note(tx, Note { action: list.action, account: Some(reader.id), about: list.about });
    Ok(Reply::download(list.file, "text/csv; charset=utf-8", platform::tables::csv(marked(list.lines, &mark))?))
}

/// The lines, all as wide as the widest, with one more column that says whose copy it is.
fn marked(mut lines: Vec<Vec<String>>, mark: &str) -> Vec<Vec<String>> {
    let width = lines.iter().map(Vec::len).max().unwrap_or_default();
    for (at, line) in lines.iter_mut().enumerate() {
        line.resize(width, String::new());
        line.push(if at == 0 { "Copy made for".to_owned() } else { mark.to_owned() });
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_tells_whose_copy_it_is_in_the_same_column() {
        let line = |cells: &[&str]| cells.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        let lines = vec![line(&["name", "since"]), line(&["Anna"]), line(&["Ben", "2026", "more"])];
        let expected = vec![
            line(&["name", "since", "", "Copy made for"]),
            line(&["Anna", "", "", "Sven, 1 May"]),
            line(&["Ben", "2026", "more", "Sven, 1 May"]),
        ];
        assert_eq!(marked(lines, "Sven, 1 May"), expected);
        assert!(marked(Vec::new(), "Sven").is_empty());
    }
}
