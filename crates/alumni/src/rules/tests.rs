use proptest::prelude::*;

use super::*;

#[test]
fn hours_are_the_nearest_full_ones() {
    assert_eq!(hours(0), None);
    assert_eq!(hours(29), None);
    assert_eq!(hours(30), Some(1));
    assert_eq!(hours(89), Some(1));
    assert_eq!(hours(90), Some(2));
    assert_eq!(hours(840), Some(14));
}

proptest! {
    #[test]
    fn every_code_is_found_however_it_is_typed(random: [u8; 10]) {
        let code = code(random);
        prop_assert_eq!(typed_code(&code), Some(code.clone()));
        prop_assert_eq!(typed_code(&format!(" {} ", code.to_lowercase().replace('-', " "))), Some(code));
    }
}

#[test]
fn what_is_no_code_is_told_from_one() {
    for typed in ["", "K7MQ3", "K7MQ3-RTX2H9", "K7MQ3-RTX2O", "äöüßé-ñçøåœ", "'; drop"] {
        assert_eq!(typed_code(typed), None, "{typed}");
    }
}

// REC1: without meetings logged, the certificate says nothing of hours.
#[test]
fn the_line_about_hours_is_there_only_when_hours_are() {
    let text = "Certificate\n\n{{name}} took part.\n{{if hours: {{hours}} hours reported.}}\n";
    assert_eq!(
        filled(text, &[("name", "Anna"), ("hours", "14")]),
        ["Certificate", "Anna took part.", "14 hours reported."]
    );
    assert_eq!(filled(text, &[("name", "Anna"), ("hours", "")]), ["Certificate", "Anna took part."]);
}

#[test]
fn the_texts_of_the_preset_leave_no_gap() {
    let names = ["name", "role", "program", "org", "start", "end", "hours", "chair_name", "code", "date"];
    let values = names.map(|name| (name, "x"));
    for file in ["texts/certificate.txt", "texts/service-letter.txt"] {
        let lines = filled(program::preset::file(file).unwrap(), &values);
        assert!(lines.len() >= 5 && lines.iter().all(|line| !line.contains("{{")), "{file}: {lines:?}");
    }
}

#[test]
fn a_letter_to_the_group_needs_a_subject_a_text_and_readers() {
    let text = "We meet again in June, and we would love to see you there.";
    assert_eq!(letter("Meet again", text, 3), []);
    assert_eq!(letter("", "Hi", 0), [LetterRefusal::NoSubject, LetterRefusal::NoText, LetterRefusal::NoRecipients]);
    assert_eq!(letter(&"x".repeat(121), &"x".repeat(4001), 1), [LetterRefusal::LongSubject, LetterRefusal::LongText]);
}
