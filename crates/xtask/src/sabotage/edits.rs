//! How a guard is taken away: every edit is laid into a copy of the house at once, each
//! behind a switch, so that one build serves for all of them.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result, bail, ensure};

/// Something in the house that decides who gets what.
#[derive(Clone, Copy)]
pub struct Guard {
    pub name: &'static str,
    /// What it keeps, in a sentence.
    pub keeps: &'static str,
    /// One, or several where a second wall stands behind the first.
    pub edits: &'static [Edit],
}

/// What stands between `⟦` and `⟧` in `from` is the guard; `to` is what the code says
/// without it. The text around it makes the place the only one in its file.
#[derive(Clone, Copy)]
pub struct Edit {
    pub file: &'static str,
    pub from: &'static str,
    pub to: &'static str,
}

/// What is replaced in one file: from where to where, by the guards of which numbers.
struct Place<'a> {
    start: usize,
    end: usize,
    instead: Vec<(usize, &'a str)>,
}

/// The files below `root` with every guard behind its switch. That of the first is number 1.
pub fn laid(root: &Path, guards: &[Guard]) -> Result<BTreeMap<&'static str, String>> {
    let mut files: BTreeMap<&'static str, (String, Vec<Place>)> = BTreeMap::new();
    for (number, guard) in guards.iter().enumerate() {
        for edit in guard.edits {
            if !files.contains_key(edit.file) {
                let text = fs::read_to_string(root.join(edit.file));
                let text = text.with_context(|| format!("{}: {} is not there", guard.name, edit.file))?;
                files.insert(edit.file, (text, Vec::new()));
            }
            let Some((text, places)) = files.get_mut(edit.file) else { continue };
            let (start, end) = place(text, edit).with_context(|| guard.name.to_owned())?;
            match places.iter_mut().find(|it| it.start == start && it.end == end) {
                Some(place) => place.instead.push((number + 1, edit.to)),
                None => places.push(Place { start, end, instead: vec![(number + 1, edit.to)] }),
            }
        }
    }
    files.into_iter().map(|(file, (text, places))| Ok((file, replaced(file, text, places)?))).collect()
}

/// Where the guard stands in its file: exactly once.
fn place(text: &str, edit: &Edit) -> Result<(usize, usize)> {
    let Some((before, rest)) = edit.from.split_once('⟦') else { bail!("`{}` marks no guard", edit.from) };
    let Some((guard, after)) = rest.split_once('⟧') else { bail!("`{}` does not end its guard", edit.from) };
    let whole = format!("{before}{guard}{after}");
    let mut found = text.match_indices(&whole);
    let Some((at, _)) = found.next() else {
        bail!("`{whole}` is no longer in {}: say in sabotage/guards what stands there now", edit.file);
    };
    ensure!(found.next().is_none(), "`{whole}` stands in {} more than once", edit.file);
    let start = at + before.len();
    Ok((start, start + guard.len()))
}

fn replaced(file: &str, mut text: String, mut places: Vec<Place>) -> Result<String> {
    places.sort_by_key(|it| it.start);
    let overlap = places.windows(2).find(|pair| pair[0].end > pair[1].start);
    ensure!(overlap.is_none(), "two guards overlap in {file}");
    let policy = if file.starts_with("crates/policy/") { "crate" } else { "policy" };
    for place in places.into_iter().rev() {
        let guard = &text[place.start..place.end];
        let is_statement = guard.ends_with(';');
        let mut switch = String::new();
        for (number, instead) in &place.instead {
            switch.push_str(&format!("if {policy}::sabotage::is({number}) {{ {instead} }} else "));
        }
        let switch = format!("{switch}{{ {guard} }}");
        let switch = if is_statement { switch } else { format!("({switch})") };
        text.replace_range(place.start..place.end, &switch);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EDIT: Edit = Edit { file: "crates/duos/src/duos.rs", from: "filter(|it| ⟦it.is_mine()⟧)", to: "true" };

    #[test]
    fn a_guard_is_found_where_it_stands_once() {
        assert_eq!(place("all.filter(|it| it.is_mine())", &EDIT).unwrap(), (16, 28));
        assert!(place("all.filter(|it| it.is_theirs())", &EDIT).is_err());
        assert!(place("a.filter(|it| it.is_mine()).filter(|it| it.is_mine())", &EDIT).is_err());
        assert!(place("it.is_mine()", &Edit { from: "it.is_mine()", ..EDIT }).is_err());
    }

    #[test]
    fn a_guard_stays_behind_its_switch() {
        let at = |start, end, number| Place { start, end, instead: vec![(number, "true")] };
        let text = replaced("crates/duos/src/a.rs", "a && b".to_owned(), vec![at(5, 6, 2), at(0, 1, 1)]).unwrap();
        assert_eq!(
            text,
            "(if policy::sabotage::is(1) { true } else { a }) && (if policy::sabotage::is(2) { true } else { b })"
        );
        let text = replaced("crates/policy/src/a.rs", "leave();".to_owned(), vec![at(0, 8, 1)]).unwrap();
        assert_eq!(text, "if crate::sabotage::is(1) { true } else { leave(); }");
        assert!(replaced("a.rs", "abc".to_owned(), vec![at(0, 2, 1), at(1, 3, 2)]).is_err());
    }
}
