//! What a form or an address sent, read kindly.

use jiff::civil::Date;

/// The fields of a form or a query, in the order they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    pairs: Vec<(String, String)>,
    files: Vec<File>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub field: String,
    pub name: String,
    pub bytes: Vec<u8>,
}

impl Fields {
    pub fn from_pairs(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { pairs: pairs.into_iter().map(|(name, value)| (name, clean(&value))).collect(), files: Vec::new() }
    }

    pub fn from_urlencoded(bytes: &[u8]) -> Self {
        Self::from_pairs(form_urlencoded::parse(bytes).into_owned())
    }

    pub fn add(&mut self, name: String, value: &str) {
        self.pairs.push((name, clean(value)));
    }

    pub fn add_file(&mut self, file: File) {
        self.files.push(file);
    }

    /// The value without white space around it; empty where the field was not sent.
    pub fn text(&self, name: &str) -> &str {
        self.pairs.iter().find(|(it, _)| it == name).map_or("", |(_, value)| value.trim())
    }

    /// The value exactly as it was typed: passwords.
    pub fn raw(&self, name: &str) -> &str {
        self.pairs.iter().find(|(it, _)| it == name).map_or("", |(_, value)| value)
    }

    /// All values of a field that may be sent several times.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.pairs
            .iter()
            .filter(|(it, value)| it == name && !value.trim().is_empty())
            .map(|(_, value)| value.trim().to_owned())
            .collect()
    }

    pub fn ticked(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }

    pub fn has(&self, name: &str) -> bool {
        self.pairs.iter().any(|(it, _)| it == name)
    }

    pub fn number(&self, name: &str) -> Option<i64> {
        self.text(name).parse().ok()
    }

    /// A day that a program can have. One at the end of all time is a slip of the finger,
    /// and a calendar counted from it would find no Saturday after it.
    pub fn date(&self, name: &str) -> Option<Date> {
        self.text(name).parse().ok().filter(|day: &Date| (1900..2200).contains(&day.year()))
    }

    pub fn file(&self, name: &str) -> Option<&File> {
        self.files.iter().find(|file| file.field == name && !file.bytes.is_empty())
    }

    pub fn has_files(&self) -> bool {
        !self.files.is_empty()
    }

    pub fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }
}

/// Takes out what no form of ours means: NUL bytes, other control characters, and the
/// marks that turn the direction of text or hide in it. New lines become plain ones.
fn clean(value: &str) -> String {
    let hidden = |letter: char| {
        matches!(letter, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            || (letter.is_control() && letter != '\n' && letter != '\t')
    };
    value.replace("\r\n", "\n").replace('\r', "\n").chars().filter(|letter| !hidden(*letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_marks_and_control_characters_are_taken_out() {
        let fields = Fields::from_urlencoded("name=A%00nna%E2%80%AE%0d%0aB".as_bytes());
        assert_eq!(fields.text("name"), "Anna\nB");
    }

    #[test]
    fn a_day_lies_in_a_year_that_a_program_can_have() {
        let day = |text: &str| Fields::from_urlencoded(format!("day={text}").as_bytes()).date("day");
        assert_eq!(day("2027-06-26"), Some(jiff::civil::date(2027, 6, 26)));
        for slip in ["9999-12-31", "2200-01-01", "1899-12-31", "0001-01-01", "-2027-06-26", "2027-02-30", "soon"] {
            assert_eq!(day(slip), None, "{slip}");
        }
    }

    #[test]
    fn a_field_sent_twice_keeps_both_values() {
        let fields = Fields::from_urlencoded(b"topic=a&topic=b&topic=+");
        assert_eq!(fields.all("topic"), ["a", "b"]);
    }
}
