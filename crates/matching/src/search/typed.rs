//! What somebody typed, as the words that are looked for.

use platform::folding::folded;

use super::language::Language;

/// Nobody searches for more words, and longer queries only cost time.
const WORDS_AT_MOST: usize = 8;
/// No language writes longer words; what is longer is cut, on both sides alike.
const LETTERS_AT_MOST: usize = 64;

/// Text as it is kept to be searched: folded, its words of a length that both databases take.
pub(crate) fn searched(text: &str) -> String {
    plain(text).split(' ').map(cut).collect::<Vec<_>>().join(" ")
}

/// The words to look for, each once. Little words count only where there are no others.
pub(super) fn words(text: &str, language: Language) -> Vec<String> {
    let plain = plain(text);
    let all = || plain.split_whitespace().map(cut);
    let has_big = all().any(|word| !language.is_little(word));
    let mut words: Vec<String> = Vec::new();
    for word in all().filter(|word| !has_big || !language.is_little(word)) {
        if words.len() < WORDS_AT_MOST && !words.iter().any(|it| it == word) {
            words.push(word.to_owned());
        }
    }
    words
}

/// Folded, and letters that are no other letter with a sign written as people without them
/// type them.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for letter in folded(text).chars() {
        match letter {
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'þ' => plain.push_str("th"),
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'đ' | 'ð' => plain.push('d'),
            'ı' => plain.push('i'),
            other => plain.push(other),
        }
    }
    plain
}

fn cut(word: &str) -> &str {
    word.char_indices().nth(LETTERS_AT_MOST).map_or(word, |(end, _)| &word[..end])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        // PRF4
        #[test]
        fn whatever_is_typed_becomes_a_few_short_plain_words(typed: String, little in "(and |[Ii] |\\PC|the |\"|\\u{0}){0,80}") {
            for text in [&typed, &little] {
                let words = words(text, Language::English);
                prop_assert!(words.len() <= WORDS_AT_MOST);
                for word in &words {
                    prop_assert!(!word.is_empty() && word.chars().count() <= LETTERS_AT_MOST);
                    prop_assert!(word.chars().all(char::is_alphanumeric), "{word:?}");
                    prop_assert!(searched(text).split(' ').any(|it| it == word), "what is kept is what is looked for");
                }
            }
        }
    }

    // PRF4: search forgives accents, capitals and signs.
    #[test]
    fn words_are_plain_and_each_stands_once() {
        let words = |text: &str| super::words(text, Language::English);
        assert_eq!(words("  Zoë ÅNGSTRÖM – C++/Rust, o'Neil zoe\n"), ["zoe", "angstrom", "c", "rust", "o", "neil"]);
        assert_eq!(words("ﬁle №5 Straße Łódź Ødegård"), ["file", "no5", "strasse", "lodz", "odegard"]);
        assert_eq!(words("managing people in the library"), ["managing", "people", "library"]);
        assert_eq!(words("who are you"), ["who", "are", "you"], "nothing else was typed");
        assert!(words(" ¿? \"\" -- ").is_empty());
        assert_eq!(words(&"many words ".repeat(5_000)), ["many", "words"]);
        assert_eq!(words(&"ü".repeat(10_000)), ["u".repeat(64)]);
        assert_eq!(searched(&"ü".repeat(10_000)), "u".repeat(64));
        assert_eq!(words("1 2 3 4 5 6 7 8 9 10").len(), 8);
    }
}
