//! Words as the directory's search compares them, and the order in which it shows people.
//!
//! # Design
//! The two databases split and fold text differently. So both the profiles and what is
//! searched for are folded here, into plain words with one space between, and each
//! database only compares words.

use jiff::civil::Date;
use platform::{folding::folded, ids::Id};

/// What is searched for, for FTS5: every word, the last one as the beginning of a word.
pub(crate) fn sqlite_query(text: &str) -> Option<String> {
    query(text, |word| format!("\"{word}\""), "*", " ")
}

/// The same for `to_tsquery`.
pub(crate) fn postgres_query(text: &str) -> Option<String> {
    query(text, ToOwned::to_owned, ":*", " & ")
}

/// Nobody searches for more words, and longer queries only cost time.
const WORDS_AT_MOST: usize = 8;

fn query(text: &str, word: fn(&str) -> String, beginning: &str, and: &str) -> Option<String> {
    let folded = folded(text);
    let words: Vec<String> = folded.split_whitespace().take(WORDS_AT_MOST).map(word).collect();
    (!words.is_empty()).then(|| words.join(and) + beginning)
}

/// A prime: multiplying and adding under it puts every key in a place of its own.
pub(crate) const PLACES: i64 = 2_147_483_647;

/// The order of one reader on one day: never alphabetical, the same on every page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Order {
    pub(crate) times: i64,
    pub(crate) plus: i64,
}

impl Order {
    pub(crate) fn of(reader: Id, day: Date) -> Self {
        let hash = hash(reader.as_bytes().iter().copied().chain(day.to_string().bytes()));
        let (low, high) = ((hash & 0xffff_ffff).cast_signed(), (hash >> 32).cast_signed());
        Self { times: 1 + low % (PLACES - 1), plus: high % PLACES }
    }

    #[cfg(test)]
    pub(crate) fn place(self, shuffle: i64) -> i64 {
        (shuffle * self.times + self.plus) % PLACES
    }
}

/// A mentor's key in every reader's order.
pub(crate) fn shuffle_key(person: Id) -> i64 {
    (hash(person.as_bytes().iter().copied()) >> 16).cast_signed() % PLACES
}

/// FNV-1a: it only has to spread people, nobody gains by guessing it.
fn hash(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    // PRF4: search forgives accents and capitals.
    #[test]
    fn words_are_compared_without_marks_or_capitals() {
        assert_eq!(folded("  Zoë ÅNGSTRÖM – C++/Rust, o'Neil\n"), "zoe angstrom c rust o neil");
        assert_eq!(folded("ﬁle №5"), "file no5");
    }

    #[test]
    fn what_people_type_never_breaks_a_query() {
        for typed in ["a\"b", "lead -ship", "c++", "NEAR(", "x:*", "' or 1", "AND OR NOT", "*"] {
            let lite = sqlite_query(typed).unwrap_or_default();
            let pg = postgres_query(typed).unwrap_or_default();
            assert!(lite.matches('"').count().is_multiple_of(2), "{lite}");
            assert!(!pg.contains(['\'', '(', '!', '|']), "{pg}");
        }
        assert_eq!(sqlite_query("Budget & fundr").as_deref(), Some("\"budget\" \"fundr\"*"));
        assert_eq!(postgres_query("Budget & fundr").as_deref(), Some("budget & fundr:*"));
        assert_eq!(sqlite_query(" ¿? "), None);
    }

    #[test]
    fn readers_and_days_have_orders_of_their_own() {
        let day: Date = jiff::civil::date(2026, 5, 4);
        let (one, two) = (Id::from(1), Id::from(2));
        assert_eq!(Order::of(one, day), Order::of(one, day));
        assert_ne!(Order::of(one, day), Order::of(two, day));
        assert_ne!(Order::of(one, day), Order::of(one, jiff::civil::date(2026, 5, 5)));
    }

    #[test]
    fn no_two_keys_share_a_place() {
        let order = Order::of(Id::from(77), jiff::civil::date(2026, 5, 4));
        let mut places: Vec<i64> = (0..5000).map(|key| order.place(key * 411_003 % PLACES)).collect();
        places.sort_unstable();
        places.dedup();
        assert_eq!(places.len(), 5000);
        assert!(places.iter().all(|place| (0..PLACES).contains(place)));
    }
}
