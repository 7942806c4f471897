//! What goes into a letter's text.

use std::collections::BTreeMap;

/// Words may come from anyone; links are ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// One line, whatever was typed.
    Words(String),
    /// Several lines are kept as they are.
    Lines(String),
    /// The address of a page of ours, and what its button says.
    Link { url: String, words: String },
}

/// What a button says where nobody chose better words.
const OPEN: &str = "Open the page";

impl Value {
    pub fn words(text: impl Into<String>) -> Self {
        Self::Words(text.into())
    }

    pub fn lines(text: impl Into<String>) -> Self {
        Self::Lines(text.into())
    }

    pub fn link(url: impl Into<String>) -> Self {
        Self::button(url, OPEN)
    }

    /// A link whose button says what it does.
    pub fn button(url: impl Into<String>, words: impl Into<String>) -> Self {
        Self::Link { url: url.into(), words: words.into() }
    }

    /// Makes an `{{if x: …}}` line appear or not.
    pub fn yes(yes: bool) -> Self {
        Self::words(if yes { "yes" } else { "" })
    }

    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::Words(text) | Self::Lines(text) => text.trim().is_empty(),
            Self::Link { url, .. } => url.is_empty(),
        }
    }
}

pub(crate) type Values = BTreeMap<String, Value>;

/// Makes one line of what may be several.
pub(crate) fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Takes from people's words what a mail program would turn into a link: whoever writes
/// through us must not lead anybody astray in our name.
pub(crate) fn without_links(text: &str) -> String {
    text.split_inclusive(char::is_whitespace).map(without_link).collect()
}

fn without_link(word: &str) -> String {
    let lower = word.to_lowercase();
    if !lower.contains("://") && !lower.contains("www.") {
        return word.to_owned();
    }
    let rest = word.rsplit("://").next().unwrap_or(word);
    rest.replace('.', "[.]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_in_peoples_words_is_no_link_any_more() {
        assert_eq!(without_links("see https://evil.example/x now"), "see evil[.]example/x now");
        assert_eq!(without_links("(WWW.evil.example)"), "(WWW[.]evil[.]example)");
        assert_eq!(without_links("javascript://evil.example\nand more."), "evil[.]example\nand more.");
        assert_eq!(without_links("Dr. Ana, ana@example.org"), "Dr. Ana, ana@example.org");
    }

    #[test]
    fn words_of_several_lines_become_one() {
        assert_eq!(folded("a\n\n  b\t c "), "a b c");
    }
}
