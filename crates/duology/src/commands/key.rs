//! `duology key`: the master keys, and what hangs on them.

use std::time::Instant;

use anyhow::{Result, bail};
use platform::{
    app::App,
    keys::{self, Hanging, Source},
};

/// Says which master keys there are and how many data keys hang on each.
pub fn status(app: &App) -> Result<()> {
    let keyring = &app.db.ground.keyring;
    println!("The keyring is {}.", place(keyring.source()));
    let hanging = app.db.read(keys::status)?;
    let names = keyring.names();
    for (index, name) in names.iter().enumerate() {
        let is_newest = index + 1 == names.len();
        let part = if is_newest { "newest, wraps new data keys" } else { "older, opens what hangs on it" };
        println!("\nMaster key {name} ({part})");
        tell(hanging.iter().filter(|it| it.master == *name).collect(), is_newest);
    }
    for it in hanging.iter().filter(|it| !names.contains(&it.master)) {
        println!("\nMaster key {} is NOT in the keyring: {} data keys ({}) stay closed.", it.master, it.keys, it.kind);
    }
    Ok(())
}

fn tell(hanging: Vec<&Hanging>, is_newest: bool) {
    if hanging.is_empty() {
        let words = if is_newest { "nothing hangs on it yet" } else { "nothing hangs on it; its line may go" };
        println!("  {words}");
    }
    for it in hanging {
        println!("  {:10} {:>7} data keys, the oldest of {}", it.kind, it.keys, it.oldest.strftime("%Y-%m-%d"));
    }
}

/// Makes a new master key and wraps all data keys under it.
pub fn rotate(app: &App) -> Result<()> {
    let began = Instant::now();
    match app.db.ground.keyring.add()? {
        Ok(name) => println!("The new master key is {name}."),
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
    println!(
        "{done} data keys hang on it now ({:.1} s). Processes that serve meanwhile find it by themselves.",
        began.elapsed().as_secs_f64()
    );
    println!("Keep the older keys in the keyring for as long as there are backups of the data keys.");
    Ok(())
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
