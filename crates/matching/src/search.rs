//! Words as the directory's search compares them, and the order in which it shows people.
//!
//! # Design
//! The two databases split and fold text differently. So both the profiles and what is
//! searched for are folded here, into plain words with one space between, and each
//! database only compares words.

use jiff::civil::Date;
use platform::{folding::folded, ids::Id, storage::Query};

/// What is searched for, for FTS5: every word, the last one as the beginning of a word, and
/// every mark. Nothing when no words are searched for.
pub(crate) fn sqlite_query(text: &str, marks: &[String]) -> Option<String> {
    let words = query(text, |word| format!("\"{word}\""), "*", " ")?;
    let marks: String = marks.iter().map(|mark| format!(" AND marks : {mark}")).collect();
    Some(format!("search_text : ({words}){marks}"))
}

/// The same for `to_tsquery`.
pub(crate) fn postgres_query(text: &str, marks: &[String]) -> Option<String> {
    let words = query(text, ToOwned::to_owned, ":*", " & ")?;
    let marks: String = marks.iter().map(|mark| format!(" & {mark}")).collect();
    Some(words + &marks)
}

/// Nobody searches for more words, and longer queries only cost time.
const WORDS_AT_MOST: usize = 8;

fn query(text: &str, word: fn(&str) -> String, beginning: &str, and: &str) -> Option<String> {
    let folded = folded(text);
    let words: Vec<String> = folded.split_whitespace().take(WORDS_AT_MOST).map(word).collect();
    (!words.is_empty()).then(|| words.join(and) + beginning)
}

/// A prime, of the size of half a number of the databases.
pub(crate) const PLACES: i64 = 2_147_483_647;

/// The order of one reader on one day: never alphabetical, the same on every page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Order {
    pub(crate) square: i64,
    pub(crate) times: i64,
    pub(crate) plus: i64,
}

impl Order {
    pub(crate) fn of(reader: Id, day: Date) -> Self {
        let day = day.to_string();
        let key = |part: u8| {
            let bytes = reader.as_bytes().iter().copied().chain(day.bytes()).chain([part]);
            (hash(bytes) >> 16).cast_signed() % (PLACES - 1)
        };
        Self { square: 1 + key(0), times: 1 + key(1), plus: key(2) }
    }

    /// Where a profile stands for this reader, as SQL over its number: a polynomial under the
    /// prime (`PLACES`), which never leaves what 64 bits hold.
    pub(crate) fn write(self, query: &mut Query, id: &'static str) {
        query.push("((").push(id).push(" * ").push(id).push(" % 2147483647) * ").bind(self.square);
        query.push(" + (").push(id).push(" % 2147483647) * ").bind(self.times);
        query.push(" + ").bind(self.plus).push(") % 2147483647");
    }

    #[cfg(test)]
    pub(crate) fn place(self, id: i64) -> i64 {
        ((id * id % PLACES) * self.square + (id % PLACES) * self.times + self.plus) % PLACES
    }
}

/// FNV-1a: it only has to spread people, nobody gains by guessing it.
pub(crate) fn hash(bytes: impl Iterator<Item = u8>) -> u64 {
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
            let lite = sqlite_query(typed, &[]).unwrap_or_default();
            let pg = postgres_query(typed, &[]).unwrap_or_default();
            assert!(lite.matches('"').count().is_multiple_of(2), "{lite}");
            assert!(!pg.contains(['\'', '(', '!', '|']), "{pg}");
        }
        let marks = ["qzin7".to_owned()];
        let lite = sqlite_query("Budget & fundr", &marks);
        assert_eq!(lite.as_deref(), Some("search_text : (\"budget\" \"fundr\"*) AND marks : qzin7"));
        assert_eq!(postgres_query("Budget & fundr", &marks).as_deref(), Some("budget & fundr:* & qzin7"));
        assert_eq!(sqlite_query(" ¿? ", &marks), None);
    }

    #[test]
    fn readers_and_days_have_orders_of_their_own() {
        let day: Date = jiff::civil::date(2026, 5, 4);
        let (one, two) = (Id::from(1), Id::from(2));
        assert_eq!(Order::of(one, day), Order::of(one, day));
        assert_ne!(Order::of(one, day), Order::of(two, day));
        assert_ne!(Order::of(one, day), Order::of(one, jiff::civil::date(2026, 5, 5)));
    }

    // PRF4: no mentor stands near the same others, or near the top, for every reader.
    #[test]
    fn every_place_is_as_likely_for_every_mentor() {
        let day = jiff::civil::date(2026, 5, 4);
        let mut firsts = [0; 20];
        for reader in 0..2_000 {
            let order = Order::of(Id::from(reader), day);
            let first = (0..20).min_by_key(|id| order.place(*id)).unwrap();
            firsts[usize::try_from(first).unwrap()] += 1;
        }
        assert!(firsts.iter().all(|times| (50..170).contains(times)), "{firsts:?}");
    }

    #[test]
    fn places_stay_within_what_a_number_holds() {
        let order = Order { square: PLACES - 1, times: PLACES - 1, plus: PLACES - 1 };
        for id in [0, 1, PLACES - 1, PLACES, 3_000_000_000] {
            assert!((0..PLACES).contains(&order.place(id)));
        }
    }
}
