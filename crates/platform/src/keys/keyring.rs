//! The master keys: the newest wraps, all of them unwrap.
//!
//! A line of a keyring is a name and 64 hexadecimal digits; the last line is the newest.
//! It is read again when somebody meets a master key that it lacks, so that a key made by
//! another process is known without a new start.

use std::{
    io::{Error, Result, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    process::Command,
    sync::{PoisonError, RwLock},
};

use sha2::{Digest, Sha256};

use super::cipher::NONCE;
use crate::chance::Chance;

/// Where master keys come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Made for this process and gone with it: tests, and a demo that is thrown away.
    Memory,
    /// A file that only its owner may read.
    File(PathBuf),
    /// A file that the service manager hands to this service alone.
    Credential(PathBuf),
    /// The words of an environment variable.
    Environment(String),
    /// What a command prints: a key service, a chip, an encrypted file.
    Command(String),
}

type Key = (String, [u8; 32]);

pub struct Keyring {
    keys: RwLock<Vec<Key>>,
    source: Source,
    chance: Chance,
}

impl Keyring {
    /// A keyring that lives in memory alone.
    pub fn fresh() -> Self {
        let chance = Chance::system();
        let keys = RwLock::new(vec![named(chance.bytes())]);
        Self { keys, source: Source::Memory, chance }
    }

    pub fn read(source: Source) -> Result<Self> {
        let keys = RwLock::new(parse(&text_of(&source)?)?);
        Ok(Self { keys, source, chance: Chance::system() })
    }

    /// Makes a file with one key that only its owner may read.
    pub fn make(file: &Path) -> Result<Self> {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        write(file, &[named(Chance::system().bytes())])?;
        Self::read(Source::File(file.to_owned()))
    }

    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The names of the master keys, the newest last.
    pub fn names(&self) -> Vec<String> {
        self.keys().iter().map(|(name, _)| name.clone()).collect()
    }

    /// Adds a master key where we can write, which is a file. The words of the line that
    /// must be added by hand where we cannot.
    pub fn add(&self) -> Result<std::result::Result<String, String>> {
        let key = named(self.chance.bytes());
        let line = line_of(&key);
        let mut keys = self.keys();
        keys.push(key.clone());
        match &self.source {
            Source::File(file) => write(file, &keys)?,
            Source::Memory => {}
            Source::Credential(_) | Source::Environment(_) | Source::Command(_) => return Ok(Err(line)),
        }
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = keys;
        Ok(Ok(key.0))
    }

    pub(super) fn newest(&self) -> Option<Key> {
        self.keys().last().cloned()
    }

    /// The key of a name. One that is not known may have been added meanwhile.
    pub(super) fn named(&self, name: &str) -> Option<[u8; 32]> {
        let find = |keys: &[Key]| keys.iter().find(|(it, _)| it == name).map(|(_, key)| *key);
        if let Some(key) = find(&self.keys()) {
            return Some(key);
        }
        let again = text_of(&self.source).and_then(|text| parse(&text)).ok()?;
        let key = find(&again)?;
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = again;
        Some(key)
    }

    /// A key for one purpose, derived from a master key: from the newest, or from a named
    /// one. Gives that master key's name too.
    pub(crate) fn derived(&self, name: Option<&str>, purpose: &str) -> Option<Key> {
        let (name, key) = match name {
            None => self.newest()?,
            Some(name) => (name.to_owned(), self.named(name)?),
        };
        Some((name, blake3::derive_key(purpose, &key)))
    }

    pub(super) fn nonce(&self) -> [u8; NONCE] {
        self.chance.bytes()
    }

    pub(super) fn fresh_key(&self) -> [u8; 32] {
        self.chance.bytes()
    }

    fn keys(&self) -> Vec<Key> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn text_of(source: &Source) -> Result<String> {
    match source {
        Source::Memory => Err(Error::other("this keyring is in memory alone")),
        Source::File(file) => {
            let mode = std::fs::metadata(file)?.permissions().mode() & 0o777;
            if mode & 0o077 != 0 {
                let file = file.display();
                return Err(Error::other(format!(
                    "the keyring {file} may be read by others than its owner (mode {mode:03o}); `chmod 400 {file}` ends that"
                )));
            }
            std::fs::read_to_string(file)
        }
        Source::Credential(file) => std::fs::read_to_string(file),
        Source::Environment(words) => Ok(words.replace([',', ';'], "\n")),
        Source::Command(command) => output_of(command),
    }
}

fn output_of(command: &str) -> Result<String> {
    let done = Command::new("sh").arg("-c").arg(command).stderr(std::process::Stdio::inherit()).output()?;
    if !done.status.success() {
        return Err(Error::other(format!("the key command gave no keyring ({})", done.status)));
    }
    String::from_utf8(done.stdout).map_err(|_| Error::other("the key command gave something that is no text"))
}

fn parse(text: &str) -> Result<Vec<Key>> {
    let damaged = || Error::other("the keyring is damaged: each line is a name and 64 hexadecimal digits");
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let keys = lines
        .map(|line| {
            let (name, digits) = line.split_once(' ').ok_or_else(damaged)?;
            Ok((name.to_owned(), unhex(digits.trim()).ok_or_else(damaged)?))
        })
        .collect::<Result<Vec<_>>>()?;
    if keys.is_empty() { Err(damaged()) } else { Ok(keys) }
}

/// Writes beside the file and puts it in place whole, so that no reader meets half of it.
fn write(file: &Path, keys: &[Key]) -> Result<()> {
    let beside = file.with_extension("new");
    let _ = std::fs::remove_file(&beside);
    let mut out = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o400).open(&beside)?;
    for key in keys {
        writeln!(out, "{}", line_of(key))?;
    }
    out.sync_all()?;
    std::fs::rename(&beside, file)
}

fn line_of((name, key): &Key) -> String {
    format!("{name} {}", hex(key))
}

fn named(key: [u8; 32]) -> Key {
    (hex(&Sha256::digest(key)[..4]), key)
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

pub(crate) fn unhex(digits: &str) -> Option<[u8; 32]> {
    let mut key = [0u8; 32];
    if digits.len() != 64 || !digits.is_ascii() {
        return None;
    }
    for (byte, pair) in key.iter_mut().zip(digits.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(key)
}
