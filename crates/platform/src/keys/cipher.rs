//! XChaCha20-Poly1305 with a fresh nonce, and Padmé for lengths.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use sha2::{Digest, Sha256};

use crate::storage::{Result, StorageError};

pub(super) const NONCE: usize = 24;
/// Stands in front of each sealed text; another cipher would have another number.
pub(super) const VERSION: u8 = 1;
pub(super) const PRINT: usize = 4;

/// Enough of a key's hash to know it by, and nothing to find it with.
pub(super) fn print_of(key: &[u8; 32]) -> [u8; PRINT] {
    let mut print = [0; PRINT];
    print.copy_from_slice(&Sha256::digest(key)[..PRINT]);
    print
}

pub(super) fn encrypt(key: &[u8; 32], nonce: &[u8; NONCE], place: &str, text: &[u8]) -> Result<Vec<u8>> {
    let payload = Payload { msg: text, aad: place.as_bytes() };
    let sealed =
        XChaCha20Poly1305::new(key.into()).encrypt(XNonce::from_slice(nonce), payload).map_err(|_| broken())?;
    Ok([nonce.as_slice(), &sealed].concat())
}

pub(super) fn decrypt(key: &[u8; 32], place: &str, sealed: &[u8]) -> Result<Vec<u8>> {
    let (nonce, sealed) = sealed.split_at_checked(NONCE).ok_or_else(broken)?;
    let payload = Payload { msg: sealed, aad: place.as_bytes() };
    XChaCha20Poly1305::new(key.into()).decrypt(XNonce::from_slice(nonce), payload).map_err(|_| broken())
}

pub(super) fn broken() -> StorageError {
    StorageError::Other("a sealed text does not open: it was moved or damaged".to_owned())
}

/// Padmé (Nikitin et al. 2019): at most 12 % longer, and the length tells few bits.
pub(super) fn pad(text: &[u8]) -> Vec<u8> {
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

pub(super) fn unpad(padded: &[u8]) -> Option<&[u8]> {
    let (length, rest) = padded.split_first_chunk::<4>()?;
    rest.get(..u32::from_be_bytes(*length) as usize)
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
