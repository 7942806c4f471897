//! Sealing: text that only those may read who belong to it.
//!
//! | what                                        | where              |
//! |---------------------------------------------|--------------------|
//! | a place that is sealed, and whose key it has | `keys/place.rs`   |
//! | the master keys, and where they come from    | `keys/keyring.rs` |
//! | where wrapped data keys are kept             | `keys/vault.rs`   |
//! | how many hang on which master key; rewrapping | `keys/rotation.rs` |
//! | the cipher, and lengths that tell little     | `keys/cipher.rs`  |
//!
//! # Design
//! Each scope (what one person wrote, what two share, the letters of a month) has a data
//! key of its own, wrapped by a master key that is never in the database. The associated
//! data binds a sealed text to its table, column, row, scope, author and revision, so that
//! one moved elsewhere does not open. In front of each sealed text stand a version and a
//! print of its data key: where that key is gone, the text is gone, and that is no error.
//! Keys and nonces never come from a seed, so that what is sealed can change without
//! another year being played.

mod cipher;
mod keyring;
mod place;
mod rotation;
mod vault;

pub use keyring::{Keyring, Source};
pub(crate) use keyring::{hex, unhex};
pub use place::{Field, MONTH, Place, Scope, fields};
pub use rotation::{Hanging, rewrap, status};
pub(crate) use vault::Vault;

use cipher::{PRINT, VERSION, broken, decrypt, encrypt, pad, print_of, unpad};

use crate::storage::{Result, StorageError, Tx};

/// Seals `text` for `scope`. The same place must be named to open it.
pub fn seal(tx: &mut Tx, scope: &Scope, place: &Place, text: &str) -> Result<Vec<u8>> {
    seal_bytes(tx, scope, place, text.as_bytes())
}

/// The same for what is no text: a file.
pub fn seal_bytes(tx: &mut Tx, scope: &Scope, place: &Place, bytes: &[u8]) -> Result<Vec<u8>> {
    let key = match data_key(tx, scope)? {
        Some(key) => key,
        None => make_key(tx, scope)?,
    };
    let nonce = tx.keyring().nonce();
    let body = encrypt(&key, &nonce, &place.bound_to(scope), &pad(bytes))?;
    Ok([&[VERSION], print_of(&key).as_slice(), &body].concat())
}

/// Opens what was sealed. `None` when its key is gone: the text is gone with it. The same
/// where the text itself was taken away and nothing stands in its place.
pub fn open(tx: &mut Tx, scope: &Scope, place: &Place, sealed: &[u8]) -> Result<Option<String>> {
    let bytes = open_bytes(tx, scope, place, sealed)?;
    bytes.map(|bytes| String::from_utf8(bytes).map_err(|_| broken())).transpose()
}

/// The same for what is no text.
pub fn open_bytes(tx: &mut Tx, scope: &Scope, place: &Place, sealed: &[u8]) -> Result<Option<Vec<u8>>> {
    if sealed.is_empty() {
        return Ok(None);
    }
    let Some((&VERSION, rest)) = sealed.split_first() else { return Err(broken()) };
    let (print, body) = rest.split_at_checked(PRINT).ok_or_else(broken)?;
    let Some(key) = data_key(tx, scope)?.filter(|key| print_of(key) == print) else { return Ok(None) };
    let padded = decrypt(&key, &place.bound_to(scope), body)?;
    Ok(Some(unpad(&padded).ok_or_else(broken)?.to_vec()))
}

/// Destroys the key of a scope, and with it everything sealed under it. It is gone from
/// the disk before this returns, whatever becomes of the unit of work.
pub fn shred(tx: &mut Tx, scope: &Scope) -> Result<bool> {
    tx.forget_keys();
    Ok(vault::destroy(tx, scope.kind(), scope.id())? > 0)
}

/// Destroys every key of a person's own: whatever they wrote, wherever they wrote it.
pub fn shred_author(tx: &mut Tx, person: crate::ids::Id) -> Result<u64> {
    tx.forget_keys();
    vault::destroy(tx, "%", &format!("{person}:%"))
}

/// The scopes of a kind that have a key.
pub fn scopes(tx: &mut Tx, kind: &'static str) -> Result<Vec<Scope>> {
    let ids = vault::ids(tx, kind)?;
    Ok(ids.into_iter().map(|id| Scope::new(kind, id)).collect())
}

/// How many of these sealed texts have a data key that still stands, whoever's it is.
/// What a backup holds can be asked this, without a word of it being opened.
pub fn count_openable(tx: &mut Tx, sealed: &[Vec<u8>]) -> Result<usize> {
    let prints = rotation::prints(tx)?;
    let print = |text: &Vec<u8>| text.get(1..=PRINT).map(<[u8]>::to_vec);
    Ok(sealed.iter().filter_map(print).filter(|print| prints.contains(print)).count())
}

fn data_key(tx: &mut Tx, scope: &Scope) -> Result<Option<[u8; 32]>> {
    if let Some(key) = tx.known_key(scope) {
        return Ok(Some(key));
    }
    let Some((master, wrapped)) = vault::find(tx, scope)? else { return Ok(None) };
    let key = unwrap(tx.keyring(), scope, &master, &wrapped)?;
    tx.know_key(scope, key);
    Ok(Some(key))
}

fn make_key(tx: &mut Tx, scope: &Scope) -> Result<[u8; 32]> {
    let key = tx.keyring().fresh_key();
    let (master, wrapped) = wrap(tx.keyring(), scope, &key)?;
    // Someone else may have made the key a moment ago; theirs counts.
    let made = vault::add(tx, scope, &master, wrapped)?;
    if !made {
        return data_key(tx, scope)?.ok_or_else(broken);
    }
    tx.know_key(scope, key);
    Ok(key)
}

/// A data key under the newest master key, with that key's name.
fn wrap(keyring: &Keyring, scope: &Scope, key: &[u8; 32]) -> Result<(String, Vec<u8>)> {
    let (master, wrapping) = keyring.newest().ok_or_else(broken)?;
    let wrapped = encrypt(&wrapping, &keyring.nonce(), &scope.wrapped_under(&master), key)?;
    Ok((master, wrapped))
}

fn unwrap(keyring: &Keyring, scope: &Scope, master: &str, wrapped: &[u8]) -> Result<[u8; 32]> {
    let Some(wrapping) = keyring.named(master) else {
        return Err(StorageError::Other(format!(
            "the keyring lacks the master key {master}; what is sealed under it stays closed until that key is put back"
        )));
    };
    decrypt(&wrapping, &scope.wrapped_under(master), wrapped)?.try_into().map_err(|_| broken())
}

#[cfg(test)]
mod tests;
