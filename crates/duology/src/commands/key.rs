//! `duology key`: the master keys, and what hangs on them.

use std::{fmt::Write, time::Instant};

use anyhow::{Result, bail};
use platform::{
    app::App,
    keys::{self, Hanging, Source},
};

/// Says which master keys there are and how many data keys hang on each.
pub fn status(app: &App) -> Result<()> {
    print!("{}", status_words(app)?);
    Ok(())
}

fn status_words(app: &App) -> Result<String> {
    let keyring = &app.db.ground.keyring;
    let mut words = format!("The keyring is {}.\n", place(keyring.source()));
    let hanging = app.db.read(keys::status)?;
    let names = keyring.names();
    for (index, name) in names.iter().enumerate() {
        let is_newest = index + 1 == names.len();
        let part = if is_newest { "newest, wraps new data keys" } else { "older, opens what hangs on it" };
        writeln!(words, "\nMaster key {name} ({part})")?;
        tell(&mut words, hanging.iter().filter(|it| it.master == *name).collect(), is_newest)?;
    }
    for it in hanging.iter().filter(|it| !names.contains(&it.master)) {
        let Hanging { master, keys, kind, .. } = it;
        writeln!(words, "\nMaster key {master} is NOT in the keyring: {keys} data keys ({kind}) stay closed.")?;
    }
    Ok(words)
}

fn tell(out: &mut String, hanging: Vec<&Hanging>, is_newest: bool) -> Result<()> {
    if hanging.is_empty() {
        let words = if is_newest { "nothing hangs on it yet" } else { "nothing hangs on it; its line may go" };
        writeln!(out, "  {words}")?;
    }
    for it in hanging {
        writeln!(out, "  {:10} {:>7} data keys, the oldest of {}", it.kind, it.keys, it.oldest.strftime("%Y-%m-%d"))?;
    }
    Ok(())
}

/// Makes a new master key and wraps all data keys under it.
pub fn rotate(app: &App) -> Result<()> {
    print!("{}", rotate_words(app)?);
    Ok(())
}

fn rotate_words(app: &App) -> Result<String> {
    let (began, mut words) = (Instant::now(), String::new());
    match app.db.ground.keyring.add()? {
        Ok(name) => writeln!(words, "The new master key is {name}.")?,
        Err(line) => {
            let newest_is_unused = newest_is_unused(app)?;
            if !newest_is_unused {
                bail!(
                    "the keyring is {}, where nothing can be written from here; add this line at its end and call this again:\n{line}",
                    place(app.db.ground.keyring.source())
                );
            }
        }
    }
    let done = app.db.write(keys::rewrap)?;
    let seconds = began.elapsed().as_secs_f64();
    writeln!(
        words,
        "{done} data keys hang on it now ({seconds:.1} s). Processes that serve meanwhile find it by themselves.\nKeep the older keys in the keyring for as long as there are backups of the data keys."
    )?;
    Ok(words)
}

/// Whether a key was added by hand since the last rotation.
fn newest_is_unused(app: &App) -> Result<bool> {
    let hanging = app.db.read(keys::status)?;
    let newest = app.db.ground.keyring.names().pop();
    Ok(!hanging.is_empty() && hanging.iter().all(|it| Some(&it.master) != newest.as_ref()))
}

fn place(source: &Source) -> String {
    match source {
        Source::Memory => "in memory alone".to_owned(),
        Source::File(path) => format!("the file {}", path.display()),
        Source::Credential(path) => format!("the credential {}", path.display()),
        Source::Environment(_) => "the variable DUOLOGY_KEYRING".to_owned(),
        Source::Command(command) => format!("what `{command}` prints"),
    }
}

#[cfg(test)]
mod tests {
    use platform::keys::Scope;
    use testing::{House, Kind};

    use super::*;

    fn house() -> House {
        House::open(Kind::Sqlite, crate::house::doors(), crate::house::jobs).unwrap()
    }

    fn seal(house: &House, many: i64) {
        house.write(move |tx| {
            let field = keys::fields().find(|it| it.table == "duo_notes").unwrap();
            for number in 0..many {
                keys::seal(tx, &Scope::new("duo", number), &field.at(number), "words of two")?;
            }
            Ok(())
        });
    }

    /// The data keys that a line of the status names, under this master key.
    fn hanging(words: &str, master: &str, kind: &str) -> Option<i64> {
        let part = words.split("\nMaster key ").find(|it| it.starts_with(master))?;
        let line = part.lines().find(|it| it.trim_start().starts_with(kind))?;
        line.split_whitespace().nth(1)?.parse().ok()
    }

    #[test]
    fn the_status_says_what_hangs_on_which_key_and_a_rotation_moves_all_of_it() {
        let house = house();
        seal(&house, 7);
        let [old] = house.app.db.ground.keyring.names().try_into().unwrap();
        let before = status_words(&house.app).unwrap();
        assert!(before.starts_with("The keyring is in memory alone.\n"), "{before}");
        assert!(before.contains(&format!("Master key {old} (newest, wraps new data keys)")), "{before}");
        assert_eq!(hanging(&before, &old, "duo"), Some(7), "{before}");
        let said = rotate_words(&house.app).unwrap();
        let new = house.app.db.ground.keyring.names().pop().unwrap();
        assert_ne!(new, old);
        assert!(said.starts_with(&format!("The new master key is {new}.\n7 data keys hang on it now")), "{said}");
        let after = status_words(&house.app).unwrap();
        assert!(after.contains(&format!("Master key {old} (older, opens what hangs on it)")), "{after}");
        assert!(after.contains("nothing hangs on it; its line may go"), "{after}");
        assert_eq!((hanging(&after, &old, "duo"), hanging(&after, &new, "duo")), (None, Some(7)), "{after}");
        assert!(!after.contains("NOT in the keyring"), "{after}");
    }

    #[test]
    fn a_house_in_which_nothing_is_sealed_says_so() {
        let words = status_words(&house().app).unwrap();
        assert!(words.contains("nothing hangs on it yet"), "{words}");
    }
}
