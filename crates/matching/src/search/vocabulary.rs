//! The words of a cohort's profiles: those of one stem, and those that somebody meant who
//! typed something near them.

use std::collections::{BTreeMap, HashMap, HashSet};

use rust_stemmers::Stemmer;

use super::language::Language;

pub(crate) struct Vocabulary {
    pub(super) language: Language,
    stemmer: Stemmer,
    words: HashSet<String>,
    families: HashMap<String, Vec<String>>,
}

/// More words of one stem than any language has.
const FAMILY_AT_MOST: usize = 40;
const NEAR_AT_MOST: usize = 12;

impl Vocabulary {
    pub(super) fn of(language: Language) -> Self {
        Self { language, stemmer: language.stemmer(), words: HashSet::new(), families: HashMap::new() }
    }

    /// Takes in the words of a text that is folded already.
    pub(super) fn read(&mut self, text: &str) {
        for word in text.split_whitespace() {
            if !self.words.contains(word) {
                self.words.insert(word.to_owned());
                self.families.entry(self.stemmer.stem(word).into_owned()).or_default().push(word.to_owned());
            }
        }
    }

    /// Other words of the same stem.
    pub(super) fn family(&self, word: &str) -> Vec<String> {
        let family = self.families.get(self.stemmer.stem(word).as_ref());
        let mut family: Vec<String> = family.into_iter().flatten().filter(|it| *it != word).cloned().collect();
        family.sort_unstable();
        family.truncate(FAMILY_AT_MOST);
        family
    }

    /// Words that differ from this one by a slip of the fingers, the nearest first.
    pub(super) fn near(&self, word: &str) -> Vec<(usize, String)> {
        let most = slips(word);
        if most == 0 {
            return Vec::new();
        }
        let stem = self.stemmer.stem(word).into_owned();
        let (letters, stem_letters) = (letters(word), letters(&stem));
        let mut found: BTreeMap<&str, usize> = BTreeMap::new();
        for (other_stem, words) in &self.families {
            let by_stem = distance((&stem, stem_letters), other_stem, slips(&stem));
            for other in words {
                let by_word = distance((word, letters), other, most);
                if let Some(slips) = by_word.into_iter().chain(by_stem).min() {
                    found.insert(other, slips);
                }
            }
        }
        let mut found: Vec<(usize, String)> = found.into_iter().map(|(word, slips)| (slips, word.to_owned())).collect();
        found.sort();
        found.truncate(NEAR_AT_MOST);
        found
    }
}

/// How many slips a word may have: a short one is soon another word, and a number is exact.
fn slips(word: &str) -> usize {
    match word.chars().count() {
        _ if word.bytes().any(|byte| byte.is_ascii_digit()) => 0,
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// Slips between two words, if there are at most so many. Which letters occur at all rules
/// out nearly every word at once.
fn distance((word, own): (&str, u32), other: &str, most: usize) -> Option<usize> {
    let different = (own ^ letters(other)).count_ones() as usize;
    if most == 0 || different > 2 * most || word.len().abs_diff(other.len()) > 4 * most {
        return None;
    }
    Some(strsim::osa_distance(word, other)).filter(|it| *it <= most)
}

/// Which letters occur, as bits; letters that share one only make it less exact.
fn letters(word: &str) -> u32 {
    word.bytes().fold(0, |bits, byte| bits | 1 << (byte % 32))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        let mut vocabulary = Vocabulary::of(Language::English);
        vocabulary.read("budget budgets budgeting manage managing manager library libraries chat cat strategy 2026");
        vocabulary
    }

    // PRF4: stems
    #[test]
    fn words_of_one_stem_are_one_family() {
        assert_eq!(vocabulary().family("budget"), ["budgeting", "budgets"]);
        assert_eq!(vocabulary().family("library"), ["libraries"]);
        assert_eq!(vocabulary().family("libraries"), ["library"]);
        assert!(vocabulary().family("zebra").is_empty());
    }

    // PRF4: typing errors
    #[test]
    fn a_slip_finds_the_word_that_was_meant() {
        let near = |word| vocabulary().near(word).into_iter().map(|it| it.1).collect::<Vec<_>>();
        for slip in ["bugdet", "budge", "budgett", "budgwt"] {
            assert!(near(slip).iter().any(|it| it == "budget"), "{slip}: {:?}", near(slip));
        }
        assert!(near("bugdets").iter().any(|it| it == "budget"), "a slip in another form");
        assert!(near("stratgey").iter().any(|it| it == "strategy"));
        assert!(near("cta").is_empty(), "short words are taken as they are");
        assert!(near("2027").is_empty(), "and so are numbers");
        assert!(near("hippopotamus").is_empty());
    }
}
