//! Where the master keys of a house come from.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use platform::{
    keys::{self, Keyring, Source},
    storage::Db,
};

use crate::config::File;

/// The keyring of a data folder: from the environment, from the service manager, from a
/// command, or from a file, which is made when the house is new.
pub fn of(data: &Path, file: &File) -> Result<Keyring> {
    let source = source(data, file);
    let place = match &source {
        Source::File(path) if !path.exists() => return make(data, path),
        Source::File(path) | Source::Credential(path) => format!("the keyring {}", path.display()),
        Source::Environment(_) => "the keyring in DUOLOGY_KEYRING".to_owned(),
        Source::Command(command) => format!("the keyring of `{command}`"),
        Source::Memory => "the keyring".to_owned(),
    };
    Keyring::read(source).context(place)
}

fn source(data: &Path, file: &File) -> Source {
    let variable = |name: &str| std::env::var(name).ok().filter(|it| !it.is_empty());
    let credential = variable("CREDENTIALS_DIRECTORY").map(|folder| Path::new(&folder).join("keyring"));
    if let Some(words) = variable("DUOLOGY_KEYRING") {
        return Source::Environment(words);
    }
    if let Some(path) = variable("DUOLOGY_KEYRING_FILE") {
        return Source::File(PathBuf::from(path));
    }
    if let Some(path) = credential.filter(|path| path.exists()) {
        return Source::Credential(path);
    }
    match (&file.key_command, &file.keyring) {
        (Some(command), _) => Source::Command(command.clone()),
        (None, Some(path)) => Source::File(PathBuf::from(path)),
        (None, None) => Source::File(data.join("keys/master.key")),
    }
}

/// A new house has a new keyring. Where data keys stand already, a new one would open none
/// of them, and the old one must be put back.
fn make(data: &Path, path: &Path) -> Result<Keyring> {
    if data.join("keys.db").exists() {
        bail!(
            "the keyring {} is not there, and {} holds keys that hang on it; put it back from its backup",
            path.display(),
            data.join("keys.db").display()
        );
    }
    Keyring::make(path).with_context(|| format!("the keyring {} cannot be made", path.display()))
}

/// Says which master keys are missing. The house opens all the same: what does not hang on
/// them can be read.
pub fn tell_of_lost_keys(db: &Db) -> Result<()> {
    for (master, many) in lost(db)? {
        eprintln!(
            "The master key {master} is not in the keyring. {many} data keys hang on it, and what is sealed under them stays closed until it is put back."
        );
    }
    Ok(())
}

/// Master keys that data keys hang on and the keyring lacks.
fn lost(db: &Db) -> Result<Vec<(String, i64)>> {
    let known = db.ground.keyring.names();
    let mut lost: Vec<(String, i64)> = Vec::new();
    for it in db.read(keys::status)?.into_iter().filter(|it| !known.contains(&it.master)) {
        match lost.iter_mut().find(|(master, _)| *master == it.master) {
            Some((_, many)) => *many += it.keys,
            None => lost.push((it.master, it.keys)),
        }
    }
    Ok(lost)
}
