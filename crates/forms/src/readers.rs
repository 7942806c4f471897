//! Who can read an answer, in words. The codes stand in the forms.

use crate::form::Section;

/// What those who review applications read: what is theirs, and what others are shown.
pub const REVIEWING: &[&str] = &["C", "D"];
/// What is shown to people of the program who are no partner yet.
pub const SHOWN: &[&str] = &["D"];
/// What a liaison reads.
pub const LIAISON: &[&str] = &["L"];

/// What most answers of a section have in common; said once above it.
pub(crate) struct Common {
    pub words: String,
    /// Whether some answers have other readers, named where they are asked.
    pub has_exceptions: bool,
}

impl Common {
    pub fn above(&self) -> String {
        if self.has_exceptions {
            format!("{} Where it is otherwise, the question says so.", self.words)
        } else {
            self.words.clone()
        }
    }
}

/// The readers that at least two answers share, and none if some answer says nothing: it
/// would seem to have the readers of the others.
pub(crate) fn common(section: &Section) -> Option<Common> {
    let words: Vec<String> = section.fields.iter().map(|field| readers_words(&field.readers, field.sealed)).collect();
    let times = |it: &String| words.iter().filter(|other| *other == it).count();
    let most = words.iter().map(times).max().filter(|most| *most > 1)?;
    let common = words.iter().find(|it| times(it) == most)?.clone();
    let says_all = words.iter().all(|it| !it.is_empty());
    says_all.then_some(Common { has_exceptions: most < words.len(), words: common })
}

/// One sentence for the codes of a field; empty where the form says it for all at once.
pub fn readers_words(codes: &[String], sealed: bool) -> String {
    let has = |code: &str| codes.iter().any(|it| it == code);
    if sealed {
        return "Sealed: only you and the chair can open this.".to_owned();
    }
    if codes.is_empty() {
        return String::new();
    }
    if has("O") {
        return "Only you can read this.".to_owned();
    }
    let mut who = Vec::new();
    if has("D") {
        who.extend(["mentees with a place", "the committee"]);
    }
    if has("P") {
        who.push("your partner once you are a duo");
    }
    // The committee is named already where all of it can read.
    if has("C") && !has("D") {
        who.extend(["the chair", "those who review applications"]);
    }
    if has("L") && !has("D") {
        who.push("your liaison");
    }
    if has("S") {
        who.push("the office, to check membership");
    }
    match (has("M"), who.is_empty()) {
        (true, true) => "Used for matching only, never shown.".to_owned(),
        (true, false) => format!("Used for matching. Read by {}.", joined(&who)),
        (false, _) => format!("Read by {}.", joined(&who)),
    }
}

fn joined(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(codes: &[&str]) -> String {
        readers_words(&codes.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>(), false)
    }

    #[test]
    fn every_code_has_its_words() {
        assert_eq!(words(&["L"]), "Read by your liaison.");
        assert_eq!(words(&["M"]), "Used for matching only, never shown.");
        assert_eq!(words(&["M", "P"]), "Used for matching. Read by your partner once you are a duo.");
        assert_eq!(words(&["O"]), "Only you can read this.");
        assert_eq!(
            words(&["C", "S"]),
            "Read by the chair, those who review applications and the office, to check membership."
        );
        assert_eq!(words(&[]), "");
    }

    #[test]
    fn a_sealed_answer_is_the_chairs_to_open_whatever_else_is_said() {
        assert!(readers_words(&["D".to_owned()], true).contains("only you and the chair"));
    }

    fn said_above(readers: &[&[&str]]) -> Option<String> {
        let field = |(place, codes): (usize, &&[&str])| {
            let codes: Vec<String> = codes.iter().map(|it| format!("\"{it}\"")).collect();
            format!("[[field]]\nkey = \"f{place}\"\nlabel = \"F\"\nkind = \"text\"\nreaders = [{}]\n", codes.join(", "))
        };
        let fields: String = readers.iter().enumerate().map(field).collect();
        let section: Section = toml::from_str(&format!("key = \"s\"\ntitle = \"S\"\n{fields}")).unwrap();
        common(&section).map(|it| it.above())
    }

    #[test]
    fn what_most_answers_share_is_said_once_above_them() {
        assert_eq!(said_above(&[&["L"], &["L"]]).unwrap(), "Read by your liaison.");
        let most = said_above(&[&["P"], &["L"], &["L"]]).unwrap();
        assert_eq!(most, "Read by your liaison. Where it is otherwise, the question says so.");
        assert_eq!(said_above(&[&["L"]]), None, "one answer says it itself");
        assert_eq!(said_above(&[&["L"], &["P"]]), None);
        assert_eq!(said_above(&[&["L"], &["L"], &[]]), None, "an answer without words would seem to have the same");
    }
}
