//! Sentences that bear a mark of their own, by which they are found again anywhere.

use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

use crate::demo::scrape::Field;

const DIGITS: usize = 5;

/// A form and a field of it: `/duos/{}/notebook text`.
pub type Place = String;

pub struct Marks {
    /// What every mark begins with: of this year alone, for a database server keeps what
    /// others wrote before.
    word: String,
    /// The place of every mark, by its number.
    places: Mutex<Vec<Place>>,
}

impl Marks {
    pub fn new() -> Self {
        Self { word: format!("cnry{:016x}n", rand::random::<u64>()), places: Mutex::default() }
    }

    /// A sentence with a mark behind it; what is no sentence stays as it is.
    pub fn pen(&self, action: &str, field: &Field, mut value: String) -> String {
        // Few say why they decline; here everyone does.
        if field.name == "reason" && value.is_empty() {
            value = "Not enough time this year".to_owned();
        }
        let is_written = matches!(field.kind.as_str(), "textarea" | "text") && value.matches(' ').count() >= 2;
        if !is_written || value.contains("cnry") {
            return value;
        }
        self.with(format!("{} {}", without_ids(action), field.name), &value)
    }

    /// Words with a mark of their own.
    pub fn with(&self, place: Place, words: &str) -> String {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        let number = places.len();
        places.push(place);
        format!("{words} {}{number:0DIGITS$}", self.word)
    }

    /// Every place in which something was written.
    pub fn written(&self) -> BTreeSet<Place> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    /// Whose marks stand somewhere, as letters or as the digits by which a database shows bytes.
    pub fn found_in(&self, bytes: &[u8]) -> BTreeSet<Place> {
        let text = String::from_utf8_lossy(bytes);
        let hex: String = self.word.bytes().map(|it| format!("{it:02x}")).collect();
        let in_letters = text.split(&self.word).skip(1).filter_map(|rest| rest.get(..DIGITS)?.parse::<usize>().ok());
        let in_digits = text.split(&hex).skip(1).filter_map(|rest| {
            let pairs = rest.as_bytes().get(..2 * DIGITS)?.chunks(2);
            pairs.map(|pair| char::from(pair[1])).collect::<String>().parse().ok()
        });
        let places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        in_letters.chain(in_digits).filter_map(|number| places.get(number).cloned()).collect()
    }
}

/// `/duos/0192…/notebook` is `/duos/{}/notebook`; so is the secret of a letter.
fn without_ids(path: &str) -> String {
    let path = path.split('?').next().unwrap_or_default();
    path.split('/').map(|part| if part.len() >= 32 { "{}" } else { part }).collect::<Vec<_>>().join("/")
}

// C-05: the search can fail.
#[test]
fn a_mark_is_found_in_letters_and_in_bytes() {
    let marks = Marks::new();
    let one = marks.with("/duos/{}/notebook text".to_owned(), "One");
    let other = marks.with("/duos/{}/goals goal_1_title".to_owned(), "Other");
    let bytes: String = other.bytes().map(|it| format!("{it:02x}")).collect();
    assert_eq!(marks.found_in(one.as_bytes()), BTreeSet::from(["/duos/{}/notebook text".to_owned()]));
    assert_eq!(marks.found_in(bytes.as_bytes()), BTreeSet::from(["/duos/{}/goals goal_1_title".to_owned()]));
    assert_eq!(marks.found_in(format!("{one} \\x{bytes}").as_bytes()), marks.written());
    assert!(Marks::new().found_in(one.as_bytes()).is_empty());
    assert_eq!(without_ids(&format!("/duos/{}/notebook?a=b", "0".repeat(32))), "/duos/{}/notebook");
}
