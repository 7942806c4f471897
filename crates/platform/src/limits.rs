//! How often something may be tried. Kept in memory: a start forgets it, and every
//! process counts for itself.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use jiff::{SignedDuration, Timestamp};

#[derive(Default)]
pub struct Limits {
    tries: Mutex<Tries>,
}

#[derive(Default)]
struct Tries {
    by_key: HashMap<String, Vec<Timestamp>>,
    /// With how many keys those are looked for again that are over.
    sweep_at: usize,
}

/// With so many keys the old ones are let go, so that they do not fill our memory. While
/// few are old that is done seldom, so that it takes no time from those who are honest.
const MANY_KEYS: usize = 50_000;

impl Limits {
    /// Whether `key` was tried fewer than `most` times within `span` before now.
    pub fn allows(&self, key: &str, most: usize, span: SignedDuration, now: Timestamp) -> bool {
        let tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        tries.are_fewer(key, most, span, now)
    }

    pub fn count(&self, key: &str, span: SignedDuration, now: Timestamp) {
        self.tries.lock().unwrap_or_else(PoisonError::into_inner).count(key, span, now);
    }

    /// Both in one: counts a try if it is allowed. Of many at once no more come through.
    pub fn takes(&self, key: &str, most: usize, span: SignedDuration, now: Timestamp) -> bool {
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        let is_allowed = tries.are_fewer(key, most, span, now);
        if is_allowed {
            tries.count(key, span, now);
        }
        is_allowed
    }

    pub fn forget(&self, key: &str) {
        self.tries.lock().unwrap_or_else(PoisonError::into_inner).by_key.remove(key);
    }
}

impl Tries {
    fn are_fewer(&self, key: &str, most: usize, span: SignedDuration, now: Timestamp) -> bool {
        let within = |times: &Vec<Timestamp>| times.iter().filter(|at| now.duration_since(**at) < span).count();
        self.by_key.get(key).is_none_or(|times| within(times) < most)
    }

    fn count(&mut self, key: &str, span: SignedDuration, now: Timestamp) {
        if self.by_key.len() >= self.sweep_at.max(MANY_KEYS) {
            self.by_key.retain(|_, times| times.iter().any(|at| now.duration_since(*at) < span));
            self.sweep_at = self.by_key.len() * 2;
        }
        let times = self.by_key.entry(key.to_owned()).or_default();
        times.retain(|at| now.duration_since(*at) < span);
        times.push(now);
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

    // V-15
    #[test]
    fn of_a_thousand_tries_at_once_ten_come_through() {
        let limits = Limits::default();
        let (start, span) = (Timestamp::UNIX_EPOCH, SignedDuration::from_mins(15));
        let tried = || (0..125).filter(|_| limits.takes("anna", 10, span, start)).count();
        let taken: usize = std::thread::scope(|scope| {
            let tries: Vec<_> = (0..8).map(|_| scope.spawn(tried)).collect();
            tries.into_iter().map(|it| it.join().unwrap()).sum()
        });
        assert_eq!(taken, 10);
    }

    #[test]
    fn keys_that_are_over_are_let_go_and_many_fresh_ones_cost_little() {
        let limits = Limits::default();
        let (start, span) = (Timestamp::UNIX_EPOCH, SignedDuration::from_mins(15));
        for number in 0..3 * MANY_KEYS {
            limits.count(&number.to_string(), span, start);
        }
        assert_eq!(limits.tries.lock().unwrap().by_key.len(), 3 * MANY_KEYS);
        for number in 0..2 * MANY_KEYS {
            limits.count(&format!("later {number}"), span, start + span);
        }
        assert!(limits.tries.lock().unwrap().by_key.len() <= 2 * MANY_KEYS + 1);
    }
}
