//! How often something may be tried, as this process remembers it: the quick first line. A
//! start forgets it, and every process counts for itself; what must hold beyond that is
//! counted in the database (`tries.rs`).

use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, PoisonError},
};

use jiff::{SignedDuration, Timestamp};

type Times = HashMap<String, VecDeque<Timestamp>>;

/// # Design
/// Keys live in two halves. What is counted moves into the younger one; once that is full
/// the older one is let go as a whole and the younger takes its place. So the oldest are
/// forgotten first, nothing is searched through while others wait, and whoever comes with a
/// new key each time fills no more memory than two halves.
#[derive(Default)]
pub struct Limits {
    tries: Mutex<Halves>,
}

#[derive(Default)]
struct Halves {
    younger: Times,
    older: Times,
}

/// What one `Limits` remembers at most: keys, and times of each.
const MOST_KEYS: usize = 50_000;
const MOST_TIMES: usize = 1_000;

impl Limits {
    /// Whether `key` was tried fewer than `most` times within `span` before now.
    pub fn allows(&self, key: &str, most: usize, span: SignedDuration, now: Timestamp) -> bool {
        self.tries.lock().unwrap_or_else(PoisonError::into_inner).are_fewer(key, most, span, now)
    }

    pub fn count(&self, key: &str, span: SignedDuration, now: Timestamp) {
        let let_go = self.tries.lock().unwrap_or_else(PoisonError::into_inner).count(key, span, now);
        // Freed when nobody waits for it any more.
        drop(let_go);
    }

    /// Both in one: counts a try if it is allowed. Of many at once no more come through.
    pub fn takes(&self, key: &str, most: usize, span: SignedDuration, now: Timestamp) -> bool {
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        let is_allowed = tries.are_fewer(key, most, span, now);
        let let_go = is_allowed.then(|| tries.count(key, span, now));
        drop(tries);
        drop(let_go);
        is_allowed
    }

    pub fn forget(&self, key: &str) {
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        tries.younger.remove(key);
        tries.older.remove(key);
    }

    #[cfg(test)]
    fn keys(&self) -> usize {
        let tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        tries.younger.len() + tries.older.len()
    }
}

impl Halves {
    fn are_fewer(&self, key: &str, most: usize, span: SignedDuration, now: Timestamp) -> bool {
        let times = self.younger.get(key).or_else(|| self.older.get(key));
        times.is_none_or(|times| times.iter().filter(|at| now.duration_since(**at) < span).count() < most)
    }

    /// Counts a try, and gives back the half that is let go for it.
    fn count(&mut self, key: &str, span: SignedDuration, now: Timestamp) -> Option<Times> {
        let mut times = match self.younger.remove(key) {
            Some(times) => times,
            None => self.older.remove(key).unwrap_or_default(),
        };
        times.retain(|at| now.duration_since(*at) < span);
        if times.len() >= MOST_TIMES {
            times.pop_front();
        }
        times.push_back(now);
        let let_go = (self.younger.len() >= MOST_KEYS / 2).then(|| {
            let younger = std::mem::take(&mut self.younger);
            std::mem::replace(&mut self.older, younger)
        });
        self.younger.insert(key.to_owned(), times);
        let_go
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPAN: SignedDuration = SignedDuration::from_mins(15);

    // V-15
    #[test]
    fn the_eleventh_try_within_a_quarter_of_an_hour_is_refused_and_later_ones_are_not() {
        let limits = Limits::default();
        let start = Timestamp::UNIX_EPOCH;
        for _ in 0..10 {
            assert!(limits.allows("anna", 10, SPAN, start));
            limits.count("anna", SPAN, start);
        }
        assert!(!limits.allows("anna", 10, SPAN, start));
        assert!(limits.allows("berta", 10, SPAN, start));
        assert!(limits.allows("anna", 10, SPAN, start + SPAN));
    }

    // V-15
    #[test]
    fn of_a_thousand_tries_at_once_ten_come_through() {
        let limits = Limits::default();
        let tried = || (0..125).filter(|_| limits.takes("anna", 10, SPAN, Timestamp::UNIX_EPOCH)).count();
        let taken: usize = std::thread::scope(|scope| {
            let tries: Vec<_> = (0..8).map(|_| scope.spawn(tried)).collect();
            tries.into_iter().map(|it| it.join().unwrap()).sum()
        });
        assert_eq!(taken, 10);
    }

    // V-15
    #[test]
    fn a_flood_of_new_keys_fills_no_more_memory_and_forgets_the_oldest_first() {
        let limits = Limits::default();
        let now = Timestamp::UNIX_EPOCH;
        limits.count("the first", SPAN, now);
        for number in 0..MOST_KEYS * 4 {
            limits.count(&format!("key {number}"), SPAN, now);
            assert!(limits.keys() <= MOST_KEYS, "{} keys after {number}", limits.keys());
        }
        assert!(limits.allows("the first", 1, SPAN, now));
        for number in MOST_KEYS * 4 - MOST_KEYS / 2..MOST_KEYS * 4 {
            assert!(!limits.allows(&format!("key {number}"), 1, SPAN, now), "key {number} is forgotten");
        }
    }

    #[test]
    fn whoever_is_counted_again_and_again_is_remembered_through_a_flood() {
        let limits = Limits::default();
        let now = Timestamp::UNIX_EPOCH;
        for number in 0..MOST_KEYS * 2 {
            limits.count(&format!("key {number}"), SPAN, now);
            if number % 1_000 == 0 {
                limits.count("anna", SPAN, now);
            }
        }
        assert!(!limits.allows("anna", 100, SPAN, now));
        assert!(limits.allows("anna", 101, SPAN, now));
    }

    #[test]
    fn one_key_fills_no_more_memory_however_often_it_is_counted() {
        let limits = Limits::default();
        for _ in 0..MOST_TIMES * 3 {
            limits.count("all", SPAN, Timestamp::UNIX_EPOCH);
        }
        assert!(limits.allows("all", MOST_TIMES + 1, SPAN, Timestamp::UNIX_EPOCH));
        assert!(!limits.allows("all", MOST_TIMES, SPAN, Timestamp::UNIX_EPOCH));
    }
}
