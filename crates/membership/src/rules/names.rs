//! Which names, member numbers and employers are alike.

use platform::{folding::folded, odd_text};

/// A member number for comparison; empty where there is none.
pub fn number_key(number: &str) -> String {
    number.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether two names can be one person's: they share a word of at least two letters.
/// People marry and shorten names; they seldom change all of it.
pub fn can_be_one_person(one: &str, other: &str) -> bool {
    let other = folded(other);
    let words: Vec<&str> = other.split(' ').filter(|word| word.chars().count() > 1).collect();
    folded(one).split(' ').any(|word| words.contains(&word))
}

/// Words that say what kind of company it is, or nothing at all.
const EMPTY_WORDS: &[&str] = &[
    "the",
    "of",
    "at",
    "for",
    "and",
    "inc",
    "incorporated",
    "ltd",
    "limited",
    "llc",
    "llp",
    "plc",
    "corp",
    "co",
    "gmbh",
];

/// An employer folded for comparison: "The Law Library of Ohio, Inc." and "law library, ohio" are one.
pub fn employer_key(employer: &str) -> String {
    let folded = folded(employer);
    let words: Vec<&str> = folded.split(' ').filter(|word| !EMPTY_WORDS.contains(word)).collect();
    if words.is_empty() { folded } else { words.join(" ") }
}

/// Whether this can be a person's name, or the sentence that says why not. A name goes
/// into letters to an address that somebody typed, so it carries no address of a page.
pub fn fault_of_name(name: &str) -> Option<&'static str> {
    let name = name.trim();
    if name.is_empty() {
        return Some("Enter a name.");
    }
    if name.chars().count() > 100 {
        return Some("Enter a name of at most 100 characters.");
    }
    // A form is read without such signs; what another house says of somebody is not a form.
    if odd_text::check(name).is_err() {
        return Some("Enter the name without signs that cannot be seen or that turn the text around.");
    }
    let small = name.to_lowercase();
    if name.contains(['\n', '@', '<', '>', '/']) || small.contains("www.") || !name.chars().any(char::is_alphabetic) {
        return Some("Enter the name alone, without an address of a page or a mailbox.");
    }
    None
}
