//! How often something may be tried. Kept in memory: a start forgets it, and every
//! process counts for itself.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use jiff::{SignedDuration, Timestamp};

#[derive(Default)]
pub struct Limits {
    tries: Mutex<HashMap<String, Vec<Timestamp>>>,
}

/// What one `Limits` remembers at most, so that nobody can fill our memory.
const MOST_KEYS: usize = 50_000;

impl Limits {
    /// Whether `key` was tried fewer than `most` times within `span` before now.
    pub fn allows(&self, key: &str, most: usize, span: SignedDuration, now: Timestamp) -> bool {
        let tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        tries.get(key).is_none_or(|times| times.iter().filter(|at| now.duration_since(**at) < span).count() < most)
    }

    pub fn count(&self, key: &str, span: SignedDuration, now: Timestamp) {
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        if tries.len() >= MOST_KEYS {
            tries.retain(|_, times| times.iter().any(|at| now.duration_since(*at) < span));
        }
        let times = tries.entry(key.to_owned()).or_default();
        times.retain(|at| now.duration_since(*at) < span);
        times.push(now);
    }

    pub fn forget(&self, key: &str) {
        self.tries.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // V-15
    #[test]
    fn the_eleventh_try_within_a_quarter_of_an_hour_is_refused_and_later_ones_are_not() {
        let limits = Limits::default();
        let (start, span) = (Timestamp::UNIX_EPOCH, SignedDuration::from_mins(15));
        for _ in 0..10 {
            assert!(limits.allows("anna", 10, span, start));
            limits.count("anna", span, start);
        }
        assert!(!limits.allows("anna", 10, span, start));
        assert!(limits.allows("berta", 10, span, start));
        assert!(limits.allows("anna", 10, span, start + span));
    }
}
