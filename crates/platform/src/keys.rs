//! Sealing: text that only those may read who belong to it.
//!
//! A data key per scope (a duo, an author) is wrapped by a master key that is never
//! in the database. XChaCha20-Poly1305 with a fresh nonce; the associated data binds
//! a sealed text to its place, so that one moved to another row does not open.
//! Lengths are padded (Padmé), so that they tell little.

use std::{io::Write, os::unix::fs::OpenOptionsExt, path::Path};

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use sha2::{Digest, Sha256};

use crate::{
    chance::Chance,
    sql,
    storage::{Result, StorageError, Tx},
    values,
};

const NONCE: usize = 24;

/// The master keys; the last one wraps, all of them unwrap.
pub struct Keyring {
    keys: Vec<(String, [u8; 32])>,
}

impl Keyring {
    /// A keyring that lives in memory alone: tests, and a demo that is thrown away.
    pub fn fresh(chance: &Chance) -> Self {
        let key = chance.bytes::<32>();
        Self { keys: vec![(key_name(&key), key)] }
    }

    /// Reads the keyring, or makes one that only its owner may read.
    pub fn open_or_make(file: &Path, chance: &Chance) -> std::io::Result<Self> {
        if file.exists() {
            return Self::read(&std::fs::read_to_string(file)?);
        }
        let ring = Self::fresh(chance);
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut out = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o400).open(file)?;
        for (name, key) in &ring.keys {
            writeln!(out, "{name} {}", hex(key))?;
        }
        out.sync_all()?;
        Ok(ring)
    }

    fn read(text: &str) -> std::io::Result<Self> {
        let damaged = || std::io::Error::other("the keyring is damaged: each line is a name and 64 hexadecimal digits");
        let mut keys = Vec::new();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let (name, digits) = line.split_once(' ').ok_or_else(damaged)?;
            let key = unhex(digits.trim()).ok_or_else(damaged)?;
            keys.push((name.to_owned(), key));
        }
        if keys.is_empty() { Err(damaged()) } else { Ok(Self { keys }) }
    }

    fn newest(&self) -> Option<&(String, [u8; 32])> {
        self.keys.last()
    }

    /// The names of all master keys, the oldest first.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(|(name, _)| name.as_str())
    }

    /// A key for one purpose, derived from a master key: from the newest, or from a named
    /// one. Gives that master key's name too.
    pub(crate) fn derived(&self, name: Option<&str>, purpose: &str) -> Option<(String, [u8; 32])> {
        let (name, key) = match name {
            None => self.newest()?,
            Some(name) => self.keys.iter().find(|(it, _)| it == name)?,
        };
        Some((name.clone(), blake3::derive_key(purpose, key)))
    }

    fn named(&self, name: &str) -> Option<&[u8; 32]> {
        self.keys.iter().find(|(it, _)| it == name).map(|(_, key)| key)
    }
}

sql! {
    FIND_KEY => "select master, wrapped from data_keys where scope = $1";
    ADD_KEY => "insert into data_keys (scope, master, wrapped, created_at) values ($1, $2, $3, $4) on conflict (scope) do nothing";
    DROP_KEY => "delete from data_keys where scope = $1";
}

/// Seals `text` for `scope` at `place`. `place` names table, column, row and author;
/// the same place must be named to open it.
pub fn seal(tx: &mut Tx, scope: &str, place: &str, text: &str) -> Result<Vec<u8>> {
    let key = match data_key(tx, scope)? {
        Some(key) => key,
        None => make_key(tx, scope)?,
    };
    encrypt(&key, &tx.chance().bytes::<NONCE>(), place, &pad(text.as_bytes()))
}

/// Opens what was sealed. `None` when its key is gone: the text is gone with it.
pub fn open(tx: &mut Tx, scope: &str, place: &str, sealed: &[u8]) -> Result<Option<String>> {
    let Some(key) = data_key(tx, scope)? else { return Ok(None) };
    let padded = decrypt(&key, place, sealed)?;
    let text = unpad(&padded).ok_or_else(broken)?;
    String::from_utf8(text.to_vec()).map(Some).map_err(|_| broken())
}

/// Destroys the key of a scope, and with it everything sealed under it.
pub fn shred(tx: &mut Tx, scope: &str) -> Result<()> {
    tx.exec(&DROP_KEY, values![scope]).map(|_| ())
}

fn data_key(tx: &mut Tx, scope: &str) -> Result<Option<[u8; 32]>> {
    let Some((master, wrapped)) = tx.row::<(String, Vec<u8>)>(&FIND_KEY, values![scope])? else { return Ok(None) };
    let Some(key) = tx.keyring().named(&master) else {
        return Err(StorageError::Other(format!("the keyring lacks the master key {master}; put it back")));
    };
    let unwrapped = decrypt(key, &wrap_place(scope, &master), &wrapped)?;
    unwrapped.try_into().map(Some).map_err(|_| broken())
}

fn make_key(tx: &mut Tx, scope: &str) -> Result<[u8; 32]> {
    let key = tx.chance().bytes::<32>();
    let nonce = tx.chance().bytes::<NONCE>();
    let Some((master, wrapping)) = tx.keyring().newest().cloned() else { return Err(broken()) };
    let wrapped = encrypt(&wrapping, &nonce, &wrap_place(scope, &master), &key)?;
    let made = tx.exec(&ADD_KEY, values![scope, master, wrapped, tx.now()])?;
    // Someone else may have made the key a moment ago; theirs counts.
    if made == 1 { Ok(key) } else { data_key(tx, scope)?.ok_or_else(broken) }
}

fn wrap_place(scope: &str, master: &str) -> String {
    format!("key|v1|{scope}|{master}")
}

fn encrypt(key: &[u8; 32], nonce: &[u8; NONCE], place: &str, text: &[u8]) -> Result<Vec<u8>> {
    let payload = Payload { msg: text, aad: place.as_bytes() };
    let sealed =
        XChaCha20Poly1305::new(key.into()).encrypt(XNonce::from_slice(nonce), payload).map_err(|_| broken())?;
    Ok([nonce.as_slice(), &sealed].concat())
}

fn decrypt(key: &[u8; 32], place: &str, sealed: &[u8]) -> Result<Vec<u8>> {
    let (nonce, sealed) = sealed.split_at_checked(NONCE).ok_or_else(broken)?;
    let payload = Payload { msg: sealed, aad: place.as_bytes() };
    XChaCha20Poly1305::new(key.into()).decrypt(XNonce::from_slice(nonce), payload).map_err(|_| broken())
}

fn broken() -> StorageError {
    StorageError::Other("a sealed text does not open: it was moved or damaged".to_owned())
}

/// Padmé (Nikitin et al. 2019): at most 12 % longer, and the length tells few bits.
fn pad(text: &[u8]) -> Vec<u8> {
    let length = text.len() as u64 + 4;
    let exponent = 63 - length.max(2).leading_zeros();
    let bits = 32 - exponent.max(1).leading_zeros();
    let mask = (1u64 << exponent.saturating_sub(bits)) - 1;
    let padded = (length + mask) & !mask;
    let mut out = u32::try_from(text.len()).unwrap_or(u32::MAX).to_be_bytes().to_vec();
    out.extend_from_slice(text);
    out.resize(usize::try_from(padded).unwrap_or(out.len()).max(out.len()), 0);
    out
}

fn unpad(padded: &[u8]) -> Option<&[u8]> {
    let (length, rest) = padded.split_first_chunk::<4>()?;
    rest.get(..u32::from_be_bytes(*length) as usize)
}

fn key_name(key: &[u8; 32]) -> String {
    hex(&Sha256::digest(key)[..4])
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_padded_text_comes_back_and_grows_by_little() {
        for length in [0, 1, 5, 31, 100, 1000, 12_345] {
            let text = vec![b'x'; length];
            let padded = pad(&text);
            assert_eq!(unpad(&padded), Some(text.as_slice()));
            assert!(padded.len() <= (length + 4) * 112 / 100 + 1, "{length} became {}", padded.len());
        }
    }

    #[test]
    fn a_text_moved_to_another_place_does_not_open() {
        let key = [7u8; 32];
        let sealed = encrypt(&key, &[1; NONCE], "notes|body|1", b"secret").unwrap();
        assert_eq!(decrypt(&key, "notes|body|1", &sealed).unwrap(), b"secret");
        assert!(decrypt(&key, "notes|body|2", &sealed).is_err());
    }
}
