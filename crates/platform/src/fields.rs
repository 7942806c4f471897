//! What a form or an address sent, read kindly.

use jiff::civil::Date;

use crate::{
    odd_text::{self, cleaned},
    takes::{self, MOST_FIELDS, Takes, Unread},
};

/// The fields of a form or a query, in the order they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    pairs: Vec<(String, String)>,
    files: Vec<File>,
    /// The door they came through; none where a page fills fields by itself.
    door: Option<Takes>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub field: String,
    pub name: String,
    pub bytes: Vec<u8>,
}

impl Fields {
    pub fn from_pairs(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let pairs = pairs.into_iter().map(|(name, value)| (name, cleaned(&value))).collect();
        Self { pairs, ..Self::default() }
    }

    /// Reads `a=b&c=d`. What is not text is refused rather than guessed at.
    pub fn from_urlencoded(bytes: &[u8]) -> Result<Self, Unread> {
        let mut fields = Self::default();
        for pair in bytes.split(|it| *it == b'&').filter(|pair| !pair.is_empty()) {
            let mut halves = pair.splitn(2, |it| *it == b'=');
            let mut half = || odd_text::decoded(halves.next().unwrap_or_default());
            let (name, value) = (half()?, half()?);
            fields.add(name, &value)?;
        }
        Ok(fields)
    }

    pub fn add(&mut self, name: String, value: &str) -> Result<(), Unread> {
        if self.pairs.len() == MOST_FIELDS {
            return Err(Unread::TooMany);
        }
        odd_text::check(&name)?;
        odd_text::check(value)?;
        self.pairs.push((name, cleaned(value)));
        Ok(())
    }

    pub fn add_file(&mut self, file: File) -> Result<(), Unread> {
        if self.files.len() == MOST_FIELDS {
            return Err(Unread::TooMany);
        }
        odd_text::check(&file.field)?;
        let name = cleaned(&file.name.replace('\0', "")).chars().take(200).collect();
        self.files.push(File { name, ..file });
        Ok(())
    }

    /// Binds the fields to the door they came through, which names what it takes.
    pub(crate) fn through(self, door: Takes) -> Result<Self, Unread> {
        door.check(self.names())?;
        Ok(Self { door: Some(door), ..self })
    }

    /// The first that holds more than its door takes.
    pub(crate) fn too_long(&self) -> Option<Unread> {
        self.door?.too_long(self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
    }

    /// Leaves out of the door's account what belongs to a form of the committee: its
    /// reader has looked at the names itself. `repeats` says of each field of that form
    /// whether it may come several times.
    pub fn of_form(&self, repeats: impl Fn(&str) -> Option<bool>) -> Result<Self, Unread> {
        let fixed = |name: &str| self.door.is_some_and(|door| door.names(name));
        takes::check(self.names().filter(|name| !fixed(name)), repeats)?;
        Ok(Self { door: None, ..self.clone() })
    }

    /// What was typed, to be drawn again on a page that has other forms too.
    #[must_use]
    pub fn typed(&self) -> Self {
        Self { door: None, ..self.clone() }
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        let files = self.files.iter().map(|file| file.field.as_str());
        self.pairs.iter().map(|(name, _)| name.as_str()).chain(files)
    }

    /// While developing, a page that reads a field its door does not take is a fault:
    /// nobody could ever send it.
    fn asked(&self, name: &str) {
        if cfg!(debug_assertions)
            && let Some(door) = self.door
        {
            assert!(door.names(name), "POST {} reads “{name}”, which its door does not name: .taking(&[…])", door.path);
        }
    }

    fn first(&self, name: &str) -> Option<&str> {
        self.asked(name);
        self.pairs.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str())
    }

    /// The value without white space around it; empty where the field was not sent.
    pub fn text(&self, name: &str) -> &str {
        self.first(name).map_or("", str::trim)
    }

    /// The value exactly as it was typed: passwords.
    pub fn raw(&self, name: &str) -> &str {
        self.first(name).unwrap_or_default()
    }

    /// All values of a field that may be sent several times.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.asked(name);
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
        self.first(name).is_some()
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
        self.asked(name);
        self.files.iter().find(|file| file.field == name && !file.bytes.is_empty())
    }

    pub fn has_files(&self) -> bool {
        !self.files.is_empty()
    }

    pub fn files(&self) -> &[File] {
        &self.files
    }

    pub fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(text: &str) -> Fields {
        Fields::from_urlencoded(text.as_bytes()).unwrap()
    }

    #[test]
    fn a_form_is_read_with_its_signs_and_spaces() {
        let fields = sent("na%6De=A%20+b%26c%3d&empty=&bare&=x&&twice=a=b%");
        let read: Vec<(&str, &str)> =
            fields.pairs().iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(read, [("name", "A  b&c="), ("empty", ""), ("bare", ""), ("", "x"), ("twice", "a=b%")]);
    }

    // F-19
    #[test]
    fn what_is_not_text_is_refused_whole() {
        for odd in ["name=A%00nna", "na%00me=a", "name=%ff", "name=%ED%A0%80", "name=%c3"] {
            assert_eq!(Fields::from_urlencoded(odd.as_bytes()), Err(Unread::NoText), "{odd}");
        }
        assert_eq!(Fields::from_urlencoded(b"name=\xff"), Err(Unread::NoText));
        let many = "a=b&".repeat(MOST_FIELDS + 1);
        assert_eq!(Fields::from_urlencoded(many.as_bytes()), Err(Unread::TooMany));
    }

    #[test]
    fn a_day_lies_in_a_year_that_a_program_can_have() {
        let day = |text: &str| sent(&format!("day={text}")).date("day");
        assert_eq!(day("2027-06-26"), Some(jiff::civil::date(2027, 6, 26)));
        for slip in ["9999-12-31", "2200-01-01", "1899-12-31", "0001-01-01", "-2027-06-26", "2027-02-30", "soon"] {
            assert_eq!(day(slip), None, "{slip}");
        }
    }

    #[test]
    fn a_field_sent_twice_keeps_both_values() {
        assert_eq!(sent("topic=a&topic=b&topic=+").all("topic"), ["a", "b"]);
    }

    // V-14
    #[test]
    #[should_panic(expected = "POST /sign-in reads “nxt”, which its door does not name")]
    fn a_page_that_reads_what_its_door_does_not_take_is_found_out() {
        let door = Takes { path: "/sign-in", fields: &["next"], texts: &[], form: false };
        let fields = sent("next=%2Fme").through(door).unwrap();
        assert_eq!(fields.text("next"), "/me");
        fields.text("nxt");
    }

    #[test]
    fn fields_of_a_form_are_judged_by_the_form_and_those_of_the_door_by_the_door() {
        let door = Takes { path: "/survey", fields: &["do"], texts: &[], form: true };
        let fields = sent("do=later&q1=a&q2=b&q2=c").through(door).unwrap();
        let form = |name: &str| ["q1", "q2"].contains(&name).then_some(name == "q2");
        assert_eq!(fields.of_form(form).unwrap().text("q1"), "a");
        assert_eq!(fields.of_form(|name| (name == "q1").then_some(false)), Err(Unread::Unknown("q2".to_owned())));
        let twice = sent("do=later&q1=a&q1=b").through(door).unwrap();
        assert_eq!(twice.of_form(form), Err(Unread::Twice("q1".to_owned())));
    }
}
