use platform::fields::Fields;
use program::preset;
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::{answers::Ranked, draw, form::Section, read::understood, summary};

fn field(kind: Kind) -> Field {
    Field {
        label: "The question".to_owned(),
        required: true,
        options: ["one", "two", "three"].map(str::to_owned).to_vec(),
        max: Some(20),
        ..Field::blank("it", kind)
    }
}

fn form_of(fields: Vec<Field>) -> Form {
    Form {
        name: "test".to_owned(),
        version: 1,
        title: "A test".to_owned(),
        intro: String::new(),
        done: String::new(),
        notice: String::new(),
        minutes: 0,
        sections: vec![Section { key: "all".to_owned(), title: "All".to_owned(), intro: String::new(), fields }],
    }
}

/// The first fault of a form of one field, filled by a browser.
fn fault_of(field: Field, sent: &[(&str, &str)]) -> Option<String> {
    let form = form_of(vec![field]);
    let sent = Fields::from_pairs(sent.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    faults(&form, &understood(&form, &sent)).all().first().map(|fault| fault.words.clone())
}

#[test]
fn what_is_required_and_missing_is_asked_for() {
    assert_eq!(fault_of(field(Kind::Text), &[]).unwrap(), "Please tell us: The question");
    assert_eq!(fault_of(field(Kind::Choice), &[("it", " ")]).unwrap(), "Please choose an answer: The question");
    assert_eq!(fault_of(field(Kind::Tick), &[]).unwrap(), "Please tick the box: The question");
    assert_eq!(fault_of(Field { required: false, ..field(Kind::Text) }, &[]), None);
}

#[test]
fn a_text_too_long_says_by_how_many_characters() {
    let words = fault_of(field(Kind::Text), &[("it", &"ä".repeat(23))]).unwrap();
    assert_eq!(words, "Please shorten “The question” by 3 characters. Up to 20 fit here.");
    assert_eq!(fault_of(field(Kind::Text), &[("it", &"ä".repeat(20))]), None);
    let words = fault_of(field(Kind::Text), &[("it", &"ä".repeat(21))]).unwrap();
    assert_eq!(words, "Please shorten “The question” by 1 character. Up to 20 fit here.");
    let words = fault_of(field(Kind::Text), &[("it", &"ä".repeat(1_819))]).unwrap();
    assert!(words.contains("by 1,799 characters."), "{words}");
}

#[test]
fn only_what_was_offered_can_be_chosen() {
    assert_eq!(fault_of(field(Kind::Choice), &[("it", "two")]), None);
    let words = "The question: please choose one of the answers offered.";
    assert_eq!(fault_of(field(Kind::Choice), &[("it", "four")]).unwrap(), words);
    assert_eq!(fault_of(field(Kind::Multi), &[("it", "one"), ("it", "four")]).unwrap(), words);
    assert_eq!(fault_of(field(Kind::Grid), &[("it", "mon-am"), ("it", "moonday-am")]).unwrap(), words);
    assert_eq!(fault_of(field(Kind::Skill5), &[("it", "6")]).unwrap(), words);
    assert_eq!(fault_of(field(Kind::Goal5), &[("it", "-2")]), None);
    assert_eq!(fault_of(field(Kind::Score10), &[("it", "0")]), None);
}

#[test]
fn more_picks_than_allowed_are_refused_and_the_same_pick_counts_once() {
    let two = Field { max_picks: Some(2), ..field(Kind::Multi) };
    let words = fault_of(two.clone(), &[("it", "one"), ("it", "two"), ("it", "three")]).unwrap();
    assert_eq!(words, "The question: please choose up to 2; 3 are chosen.");
    assert_eq!(fault_of(two, &[("it", "one"), ("it", "one"), ("it", "two")]), None);
}

#[test]
fn addresses_days_numbers_links_and_zones_are_told_from_what_is_none() {
    for (kind, good, bad) in [
        (Kind::Email, "ana@example.org", "ana@example"),
        (Kind::Date, "2027-01-31", "2027-02-31"),
        (Kind::Date, "2027-01-31", "-2000-01-01"),
        (Kind::Number, "4", "four"),
        (Kind::Number, "0", "-1"),
        (Kind::Phone, "+1 312 555 0142", "ask me"),
        (Kind::File, "https://a.org/cv", "javascript:alert(1)"),
        (Kind::Tz, "Europe/Madrid", "Europe/Nowhere"),
    ] {
        assert_eq!(fault_of(field(kind), &[("it", good)]), None, "{good}");
        assert!(fault_of(field(kind), &[("it", bad)]).is_some(), "{bad}");
    }
}

#[test]
fn a_number_and_a_day_stay_within_their_bounds() {
    let bounded = |kind, least: &str, most: &str| Field {
        least: Some(least.to_owned()),
        most: Some(most.to_owned()),
        ..field(kind)
    };
    let number = bounded(Kind::Number, "1", "5");
    assert_eq!(fault_of(number, &[("it", "6")]).unwrap(), "Please enter a number from 1 to 5.");
    let day = bounded(Kind::Date, "2026-07-01", "2026-07-31");
    assert_eq!(fault_of(day, &[("it", "2026-08-01")]).unwrap(), "Please enter a day from 2026-07-01 to 2026-07-31.");
}

// SRV1
#[test]
fn cannot_say_is_an_answer_without_a_number() {
    let form = form_of(vec![field(Kind::Agree5)]);
    let answers = understood(&form, &Fields::from_urlencoded(b"it=none").unwrap());
    assert!(answers.has("it") && answers.number("it").is_none());
    assert!(faults(&form, &answers).is_empty());
    assert_eq!(summary::answer_words(&form.sections[0].fields[0], &answers), "cannot say");
}

#[test]
fn a_wish_needs_words_and_a_topic() {
    assert_eq!(fault_of(field(Kind::Rank3), &[("it_1", "Lead"), ("it_1_topic", "one")]), None);
    assert!(fault_of(field(Kind::Rank3), &[("it_1", "Lead")]).unwrap().starts_with("Please choose a topic"));
    assert!(fault_of(field(Kind::Rank3), &[("it_2_topic", "one")]).unwrap().starts_with("Please say in a few words"));
    let unknown = fault_of(field(Kind::Rank3), &[("it_1", "Lead"), ("it_1_topic", "magic")]);
    assert!(unknown.unwrap().contains("answers offered"));
}

#[test]
fn every_pair_of_styles_is_asked_for() {
    let all: Vec<(String, String)> = (1..=6).map(|place| (format!("it_{place}"), "3".to_owned())).collect();
    let mut sent: Vec<(&str, &str)> = all.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(fault_of(field(Kind::Pairs), &sent), None);
    sent.pop();
    assert!(fault_of(field(Kind::Pairs), &sent).unwrap().starts_with("Please choose where you stand"));
    sent.push(("it_6", "9"));
    assert!(fault_of(field(Kind::Pairs), &sent).is_some());
}

#[test]
fn a_topic_marked_as_strong_is_picked_too() {
    let picks = Field { max_picks: Some(3), max_strong: Some(1), ..field(Kind::Tags) };
    let form = form_of(vec![picks.clone()]);
    let answers = understood(&form, &Fields::from_urlencoded(b"it=one&it_strong=two").unwrap());
    assert_eq!(answers.list("it"), ["one", "two"]);
    assert_eq!(answers.list("it_strong"), ["two"]);
    let words = fault_of(picks, &[("it_strong", "one"), ("it_strong", "two")]).unwrap();
    assert_eq!(words, "Please mark up to 1 as strong; 2 are marked.");
}

#[test]
fn fields_that_the_form_does_not_ask_are_left_out() {
    let form = form_of(vec![field(Kind::Text)]);
    let answers = understood(&form, &Fields::from_urlencoded(b"it=a&it=b&role=chair").unwrap());
    assert_eq!(answers.keys().collect::<Vec<_>>(), ["it"]);
    assert_eq!(answers.text("it"), "a");
}

#[test]
fn what_was_typed_wrong_is_kept_to_be_shown_again() {
    let form = form_of(vec![field(Kind::Number), Field { key: "day".to_owned(), ..field(Kind::Date) }]);
    let answers = understood(&form, &Fields::from_urlencoded(b"it=about+four&day=soon").unwrap());
    let found = faults(&form, &answers);
    let drawn = draw::fields(&form, &answers, &found, &[]).into_string();
    assert!(drawn.contains("about four") && drawn.contains("soon"));
    assert_eq!(found.all().len(), 2);
}

#[test]
fn answers_come_back_as_they_went_in() {
    let mut answers = Answers::new();
    answers.set("text", "a \u{0}\"b\"\n<c>");
    answers.set("goals", vec![Ranked { text: "Lead".to_owned(), topic: "strategy".to_owned() }]);
    answers.set("styles", json!([1, 2, 0]));
    answers.set("says", Value::Null);
    let back = Answers::from_json(&answers.to_json()).unwrap();
    assert_eq!(back, answers);
    assert_eq!(back.ranked("goals")[0].topic, "strategy");
    assert_eq!(back.list("goals"), ["Lead"]);
    assert_eq!(back.numbers("styles"), [1, 2, 0]);
}

/// Every form of the preset, without its wrapping in versions.
fn preset_forms() -> Vec<Form> {
    let names = ["forms", "surveys"].into_iter().flat_map(|folder| {
        let names = preset::names(folder).into_iter().filter(|name| *name != "scales");
        names.map(move |name| format!("{folder}/{name}.toml"))
    });
    names.map(|path| preset::toml::<Form>(&path).unwrap().with_lists()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn nothing_that_a_browser_sends_stops_a_form(
        text in ".{0,300}",
        long in 0..5000_usize,
        picks in 0..10_000_usize,
        suffix in prop::sample::select(vec!["", "_1", "_2", "_1_topic", "_strong", "_other"]),
        which in 0..40_usize,
    ) {
        let forms = preset_forms();
        let form = &forms[which % forms.len()];
        let mut sent = Vec::new();
        for field in form.fields() {
            sent.push((format!("{}{suffix}", field.key), format!("{text}\0{}", "ß".repeat(long))));
        }
        let first = form.fields().next().unwrap();
        sent.extend((0..picks).map(|pick| (first.key.clone(), pick.to_string())));
        let answers = understood(form, &Fields::from_pairs(sent));
        let found = faults(form, &answers);
        let drawn = draw::fields(form, &answers, &found, &[]).into_string();
        prop_assert!(drawn.contains("<fieldset"));
        prop_assert!(Answers::from_json(&answers.to_json()).is_some());
        let _ = summary::summary(form, &answers, &[]);
    }
}

// C-02: a reader is shown the fields that name them, of every form and none besides.
#[test]
fn who_looks_at_a_form_as_a_reader_sees_what_names_that_reader() {
    let mut looked = 0;
    for name in ["mentee_application", "mentor_application", "agreement", "check_in", "exit", "nomination"] {
        let form: Form = program::preset::toml(&format!("forms/{name}.toml")).unwrap();
        for (key, _, codes) in house::looked_at_as(name) {
            assert!(codes.contains(key), "{name}: {key}");
            for field in form.fields() {
                let names = field.readers.iter().any(|code| codes.contains(&code.as_str()));
                assert_eq!(crate::summary::is_read_by(field, codes), names && !field.sealed, "{name}: {}", field.key);
                let is_own = field.readers == ["O"] || field.readers == ["M"] || field.sealed;
                assert!(!is_own || !crate::summary::is_read_by(field, codes), "{name}: {} is nobody's", field.key);
                looked += 1;
            }
        }
        // Whoever may be named as a reader of a question of the committee's own can be looked at as.
        for (code, _) in house::readers(name) {
            assert!(house::looked_at_as(name).iter().any(|it| it.0 == *code), "{name}: {code}");
        }
    }
    assert!(looked > 150, "{looked}");
}
