//! One function before FTS5 and PostgreSQL's own search.
//!
//! # Design
//! The two databases split, fold and stem text differently. So profiles are kept as plain
//! words with one space between, and what is looked for arrives as such words; each database
//! only tells, out of its own index, which profiles have one of them, or a word that begins
//! like it. What is like what, and what is worth more, is decided here once for both.

use platform::{prelude::*, storage::Query};

/// Where a word stands in a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Part {
    /// Name, role, employer and place.
    Heads,
    Subjects,
    /// Everything else a mentor wrote.
    Words,
}

impl Part {
    pub(super) const ALL: [Self; 3] = [Self::Heads, Self::Subjects, Self::Words];

    fn column(self) -> &'static str {
        match self {
            Self::Heads => "heads",
            Self::Subjects => "subjects",
            Self::Words => "words",
        }
    }

    fn asked_of_postgres(self) -> &'static str {
        match self {
            Self::Heads => " as look, profile from profile_texts where heads_search @@ cast(cast(",
            Self::Subjects => " as look, profile from profile_texts where subjects_search @@ cast(cast(",
            Self::Words => " as look, profile from profile_texts where words_search @@ cast(cast(",
        }
    }
}

/// Profiles with one of these words in one part.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Look {
    pub(crate) part: Part,
    pub(crate) words: Vec<String>,
    /// Whether the words may be beginnings.
    pub(crate) is_beginning: bool,
}

impl Look {
    fn for_sqlite(&self) -> String {
        let star = if self.is_beginning { "*" } else { "" };
        let words: Vec<String> = self.words.iter().map(|word| format!("\"{}\"{star}", letters(word))).collect();
        format!("{} : ({})", self.part.column(), words.join(" OR "))
    }

    fn for_postgres(&self) -> String {
        let star = if self.is_beginning { ":*" } else { "" };
        let words: Vec<String> = self.words.iter().map(|word| format!("'{}'{star}", letters(word))).collect();
        words.join(" | ")
    }
}

#[cfg(fuzzing)]
impl Look {
    /// # Panics
    /// Where a sign of either language came from somebody's word.
    pub(super) fn is_plain_to_both(&self) {
        let plain = |text: &str, between: &str, quote: char, star: &str| {
            for word in text.split(between) {
                let word = word.strip_suffix(star).unwrap_or(word);
                let word = word.strip_prefix(quote).and_then(|it| it.strip_suffix(quote));
                let word = word.unwrap_or_else(|| panic!("{text} is cut by a word"));
                assert!(word.chars().all(char::is_alphanumeric), "{text} has a sign in {word}");
            }
        };
        let sqlite = self.for_sqlite();
        let within = sqlite.strip_prefix("words : (").and_then(|it| it.strip_suffix(')'));
        plain(within.unwrap_or_else(|| panic!("{sqlite}")), " OR ", '"', "*");
        plain(&self.for_postgres(), " | ", '\'', ":*");
    }
}

/// Letters and digits alone, whatever else a caller lets through.
fn letters(word: &str) -> String {
    word.chars().filter(|it| it.is_alphanumeric()).collect()
}

/// The numbers of the profiles that each look finds, in one statement.
pub(super) fn found(tx: &mut Tx, looks: &[Look]) -> Result<Vec<Vec<i64>>, Failure> {
    let mut found = vec![Vec::new(); looks.len()];
    for (first, looks) in looks.chunks(AT_ONCE).enumerate() {
        for (place, profile) in tx.query::<(i64, i64)>(&query(tx.is_sqlite(), looks))? {
            let place = usize::try_from(place).unwrap_or(usize::MAX);
            if let Some(found) = found.get_mut(first * AT_ONCE + place) {
                found.push(profile);
            }
        }
    }
    Ok(found)
}

/// SQLite puts no more than 500 selects together.
const AT_ONCE: usize = 100;

fn query(is_sqlite: bool, looks: &[Look]) -> Query {
    let mut query = Query::new("");
    for (place, look) in looks.iter().enumerate() {
        query.push(if place == 0 { "select " } else { " union all select " });
        query.push("cast(").bind(i64::try_from(place).unwrap_or(i64::MAX)).push(" as bigint)");
        if is_sqlite {
            query.push(" as look, rowid as profile from profile_search where profile_search match ");
            query.bind(look.for_sqlite());
        } else {
            query.push(look.part.asked_of_postgres()).bind(look.for_postgres()).push(" as text) as tsquery)");
        }
    }
    query
}

#[cfg(test)]
mod tests {
    use super::*;

    // PRF4, C-11
    #[test]
    fn no_word_of_a_reader_becomes_part_of_the_statement_or_of_its_language() {
        let evil = ["x'); drop table profiles; --", "NEAR(", "a\" OR \"b", "x:*", "a | !b", "\\"];
        let words: Vec<String> = evil.iter().map(|it| (*it).to_owned()).collect();
        let look = Look { part: Part::Heads, words, is_beginning: true };
        for is_sqlite in [true, false] {
            let query = query(is_sqlite, &[look.clone(), look.clone()]);
            assert!(!query.sql.contains("drop"), "{}", query.sql);
            assert_eq!(query.values.len(), 4);
        }
        assert!(
            look.for_sqlite().starts_with("heads : (\"xdroptableprofiles\"* OR \"NEAR\"*"),
            "{}",
            look.for_sqlite()
        );
        assert!(look.for_postgres().starts_with("'xdroptableprofiles':* | 'NEAR':*"), "{}", look.for_postgres());
    }
}
