//! Definitions of forms that were damaged, by hand or by a disk: a form that can be drawn,
//! filled in and read, or a sentence that names the form and the line. Never a panic.
//!
//! The damage is random by a fixed seed and runs with every test; `cargo xtask fuzz` tries
//! for longer, and looks for the ways through the reader that no damage of ours takes.

use platform::{chance::Chance, fields::Fields};

use super::faults;
use crate::{answers::Answers, form::Form, versions};

/// What hurts where it lands.
const SPLINTERS: [&str; 24] = [
    "null",
    "true",
    "-1",
    "1e999",
    "99999999999999999999",
    "\"\"",
    "[]",
    "{}",
    "[[[[",
    "}",
    ",",
    ":",
    "\"kind\":",
    "\"grid\"",
    "\"file\"",
    "\"tick\"",
    "\"only_if\":",
    "\"\\ud800\"",
    "\u{0}",
    "\u{feff}",
    "\\u0000",
    "\"me_name\"",
    "\"required\": true",
    "0",
];

/// Every form and survey of the preset, as a committee's own version of it is kept, in lines.
fn corpus() -> Vec<(&'static str, String)> {
    let kept = |name| (name, serde_json::to_string_pretty(&versions::of_preset(name).unwrap()).unwrap());
    versions::names().into_iter().map(kept).collect()
}

fn damaged(text: &str, chance: &Chance) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=chance.below(3) {
        let at = chance.below(bytes.len());
        let end = (at + chance.below(40)).min(bytes.len());
        match chance.below(7) {
            0 => bytes[at] = b"\"{}[],:0-x\\"[chance.below(11)],
            1 => drop(bytes.drain(at..end)),
            2 => bytes = [&bytes[..end], &bytes[at..]].concat(),
            3 => bytes.truncate(at),
            4 => drop(bytes.splice(at..at, SPLINTERS[chance.below(SPLINTERS.len())].bytes())),
            // In the place of a whole value, where the definition stays readable.
            5 => {
                let from = at + bytes[at..].iter().position(|byte| *byte == b':').map_or(0, |found| found + 1);
                let to = from + bytes[from..].iter().position(|byte| b",]}\n".contains(byte)).unwrap_or_default();
                drop(bytes.splice(from..to, SPLINTERS[chance.below(SPLINTERS.len())].bytes()));
            }
            _ if bytes[at].is_ascii_alphanumeric() => bytes[at] = b"0123456789abcilnorstXZ"[chance.below(22)],
            _ => {}
        }
        if bytes.is_empty() {
            bytes.push(b'{');
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A form of any shape is drawn, judged and read, whatever was sent to it.
fn is_used(form: &Form, chance: &Chance) {
    let sent: Vec<(String, String)> = form
        .fields()
        .map(|field| (field.key.clone(), SPLINTERS[chance.below(SPLINTERS.len())].replace('\0', "")))
        .collect();
    let answers = crate::read::read(form, &Fields::from_pairs(sent)).unwrap_or_else(|_| Answers::new());
    for answers in [answers, Answers::new()] {
        let faults = faults(form, &answers);
        let drawn = crate::draw::fields(form, &answers, &faults, &[]).into_string();
        assert!(form.fields().next().is_none() || !drawn.is_empty());
        crate::summary::summary(form, &answers, &[]);
    }
}

// SET6
#[test]
fn six_thousand_damaged_definitions_are_a_form_or_a_sentence_with_its_line() {
    let (corpus, chance) = (corpus(), Chance::seeded(7));
    let (mut forms, mut refused) = (0, 0);
    for case in 0..6_000 {
        let (name, text) = &corpus[case % corpus.len()];
        let text = damaged(text, &chance);
        match versions::read(name, 2, &text) {
            Ok(form) => {
                // Drawing all of them would take minutes, and most are alike.
                if forms % 8 == 0 {
                    is_used(&form, &chance);
                }
                forms += 1;
            }
            Err(failure) => {
                let words = failure.to_string();
                assert!(words.starts_with(&format!("form `{name}` version 2: ")), "{words}");
                assert!(words.contains(" at line "), "{words}");
                refused += 1;
            }
        }
    }
    assert!(forms > 300 && refused > 600, "{forms} forms, {refused} refused");
}
