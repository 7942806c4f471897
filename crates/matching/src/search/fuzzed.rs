//! The way of a search from what somebody typed to what the databases are asked, for a
//! fuzzer: nothing of what was typed becomes a part of their languages.

use super::{
    finding::{Look, Part},
    language::Language,
    typed,
    vocabulary::Vocabulary,
};

/// # Panics
/// Where something else than letters and figures would reach a database.
pub fn query(text: &str, written: &str) {
    for language in Language::ALL {
        let mut vocabulary = Vocabulary::of(language);
        vocabulary.read(&typed::searched(written));
        for word in typed::words(text, language) {
            let mut words = vocabulary.family(&word);
            words.extend(vocabulary.near(&word).into_iter().map(|(_, near)| near));
            words.push(word);
            for is_beginning in [false, true] {
                let look = Look { part: Part::Words, words: words.clone(), is_beginning };
                look.is_plain_to_both();
            }
        }
    }
}
