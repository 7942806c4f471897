//! The only source of chance: the system's, or a seed that repeats itself.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use rand::{Rng, RngExt, SeedableRng, rngs::StdRng};

use crate::ids::Id;

#[derive(Clone)]
pub struct Chance {
    inner: Arc<Mutex<Inner>>,
}

struct Inner {
    rng: StdRng,
    /// For salts alone, so that what is noted of a year changes nothing in it.
    salts: StdRng,
    /// Counts ids, so that those of one moment still sort in the order they were made.
    made: u32,
}

impl Chance {
    #[expect(clippy::disallowed_methods, reason = "this is where chance comes from")]
    pub fn system() -> Self {
        Self::of(rand::make_rng(), rand::make_rng())
    }

    /// The same seed gives the same ids, tokens and choices, in the same order.
    pub fn seeded(seed: u64) -> Self {
        Self::of(StdRng::seed_from_u64(seed), StdRng::seed_from_u64(!seed))
    }

    fn of(rng: StdRng, salts: StdRng) -> Self {
        Self { inner: Arc::new(Mutex::new(Inner { rng, salts, made: 0 })) }
    }

    pub fn id(&self, now: Timestamp) -> Id {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.made = inner.made.wrapping_add(1);
        let mut tail = [0u8; 10];
        inner.rng.fill_bytes(&mut tail);
        let [_, high, middle, low] = inner.made.to_be_bytes();
        // The version takes four bits of the first byte and the variant two of the third.
        tail[0] = high >> 4;
        tail[1] = (high << 4) | (middle >> 4);
        tail[2] = (middle << 2 & 0x3c) | (low >> 6);
        tail[3] = low << 2;
        let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
        Id::from_uuid(uuid::Builder::from_unix_timestamp_millis(millis, &tail).into_uuid())
    }

    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0u8; N];
        self.inner.lock().unwrap_or_else(PoisonError::into_inner).rng.fill_bytes(&mut bytes);
        bytes
    }

    /// Bytes that nothing else is made of.
    pub(crate) fn salt<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0u8; N];
        self.inner.lock().unwrap_or_else(PoisonError::into_inner).salts.fill_bytes(&mut bytes);
        bytes
    }

    /// 256 bits for an address or a cookie, as 43 letters that need no escaping.
    pub fn token(&self) -> String {
        base64_url(&self.bytes::<32>())
    }

    /// A whole number from 0 up to, not including, `below`.
    pub fn below(&self, below: usize) -> usize {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        if below == 0 { 0 } else { inner.rng.random_range(0..below) }
    }
}

/// Base64 with `-` and `_`, without padding (RFC 4648 §5).
fn base64_url(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let mut group = [0u8; 3];
        group[..chunk.len()].copy_from_slice(chunk);
        let word = u32::from_be_bytes([0, group[0], group[1], group[2]]);
        for place in 0..=chunk.len() {
            let index = (word >> (18 - 6 * place)) & 0x3f;
            text.push(char::from(LETTERS[index as usize]));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_moment_sort_in_the_order_they_were_made() {
        let chance = Chance::seeded(7);
        let at = Timestamp::constant(1_800_000_000, 0);
        let ids: Vec<_> = (0..5000).map(|_| chance.id(at)).collect();
        assert!(ids.is_sorted());
        assert_eq!(ids.first().map(Id::uuid).and_then(|it| it.get_version_num().into()), Some(7));
    }

    #[test]
    fn the_same_seed_repeats_itself() {
        assert_eq!(Chance::seeded(7).token(), Chance::seeded(7).token());
        assert_ne!(Chance::seeded(7).token(), Chance::seeded(8).token());
        assert_eq!(Chance::seeded(7).token().len(), 43);
    }
}
