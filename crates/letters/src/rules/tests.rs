use program::preset;

use super::*;
use crate::{
    look::{Footer, Rendered, render, shown},
    samples::{sample, values},
};

fn given(pairs: &[(&str, Value)]) -> Values {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

fn filled(body: &str, pairs: &[(&str, Value)]) -> Rendered {
    let footer = Footer {
        from: "Library Association".to_owned(),
        why: "Because.".to_owned(),
        privacy: "https://house.example/about/privacy".to_owned(),
        unsubscribe: None,
    };
    render(vec![Run::Words("Subject".to_owned())], fill(&parse(body).unwrap(), &given(pairs)), &footer)
}

fn text(body: &str, pairs: &[(&str, Value)]) -> String {
    let text = filled(body, pairs).text;
    text.split("\n\n--\n").next().unwrap_or_default().to_owned()
}

const LINK: &str = "https://house.example/x";

// SET9
#[test]
fn every_letter_of_the_preset_can_be_written() {
    for name in preset::names("letters") {
        let (subject, body) = preset::letter(name).unwrap();
        assert_eq!(check(subject, body, &allowed(name)), Ok(()), "{name}");
        let known = values("https://duology.example");
        for part in [subject, body] {
            assert_eq!(unfilled(&parse(part).unwrap(), &known), BTreeSet::new(), "{name} has no sample");
        }
        let letter = sample(name).unwrap();
        for part in [&letter.subject, &letter.text, &letter.html] {
            assert!(!part.contains("{{") && !part.contains("}}"), "{name}: {part}");
        }
        assert!(letter.text.contains("/about/privacy") && letter.html.contains("Library Association"), "{name}");
        assert!(!letter.html.contains("<img") && !letter.html.contains("<script"), "{name}");
    }
}

#[test]
fn a_part_appears_when_its_name_has_a_value() {
    let body = "Hello.\n\n{{if hours: You reported {{hours}} hours, see {{link}}}}\n\nBye.";
    let with = text(body, &[("hours", Value::words("14")), ("link", Value::link(LINK))]);
    assert_eq!(with, format!("Hello.\n\nYou reported 14 hours, see {LINK}\n\nBye."));
    assert_eq!(text(body, &[("hours", Value::words(" "))]), "Hello.\n\nBye.");
    assert_eq!(
        text("{{if x: {{if y: both}} one}}!", &[("x", Value::yes(true)), ("y", Value::yes(false))]),
        " one!".trim()
    );
}

#[test]
fn what_somebody_typed_is_never_read_as_a_text_of_ours() {
    let note = Value::words("{{link}} {{if x: y}} <b>bold</b>");
    let letter = filled("“{{note}}”\n\n{{link}}", &[("note", note), ("link", Value::link(LINK))]);
    assert!(letter.text.starts_with("“{{link}} {{if x: y}} <b>bold</b>”"));
    assert!(letter.html.contains("&lt;b&gt;bold") && !letter.html.contains("<b>"));
    assert_eq!(letter.html.matches(&format!("href=\"{LINK}\"")).count(), 1);
}

#[test]
fn what_somebody_typed_is_no_link_and_stays_on_its_line() {
    let note = Value::words("come to\nhttps://evil.example/pay\n\n--\nThe Board");
    let letter = filled("“{{note}}”", &[("note", note)]);
    assert!(letter.text.starts_with("“come to evil[.]example/pay -- The Board”"), "{}", letter.text);
    assert!(!letter.html.contains("evil.example"));
    let lines = filled("{{note}}", &[("note", Value::lines("one\ntwo"))]);
    assert!(lines.text.starts_with("one\ntwo\n"));
}

#[test]
fn a_link_on_its_own_line_is_a_button_and_one_after_words_is_those_words() {
    let body = "Read it here:\n{{link}}\n\n• Yes, or read first: {{link}}\n- Not this time: {{link_no}}";
    let letter = filled(
        body,
        &[("link", Value::button(LINK, "Read & answer")), ("link_no", Value::link("https://house.example/no"))],
    );
    assert!(letter.html.contains("Read &amp; answer</a>"));
    assert!(letter.html.contains(">Yes, or read first</a>") && letter.html.contains(">Not this time</a>"));
    assert_eq!(letter.html.matches("<li>").count(), 2);
    assert!(letter.text.contains("- Not this time: https://house.example/no"));
}

#[test]
fn a_name_without_a_value_is_found() {
    let pieces = parse("{{a}} {{if b: {{c}}}} {{if d: {{e}}}}").unwrap();
    let values = given(&[("d", Value::yes(true)), ("a", Value::words(""))]);
    assert_eq!(unfilled(&pieces, &values), BTreeSet::from(["e".to_owned()]));
}

#[test]
fn a_text_that_cannot_be_is_refused_in_words() {
    let allowed = BTreeSet::from(["link".to_owned(), "due".to_owned()]);
    let refused = |subject: &str, body: &str| check(subject, body, &allowed).unwrap_err().to_string();
    assert!(refused(" ", "x").contains("a subject"));
    assert!(refused("x", " \n").contains("the letter's text"));
    assert!(refused(&"x".repeat(121), "x").contains("too long"));
    assert!(refused("x", &"x".repeat(6001)).contains("too long"));
    assert_eq!(refused("x", "{{monney}}"), "{{monney}} is nothing this letter knows. It knows due, link.");
    for unfinished in ["{{link", "{{if due: by {{due}}", "{{if due}}", "{{two words}}", "{{}}", "{{if : x}}"] {
        assert!(refused("x", unfinished).contains("not finished"), "{unfinished}");
    }
    assert_eq!(check("Until {{due}}", "a }} b {{if due: c}} {{link}}", &allowed), Ok(()));
}

#[test]
fn braces_nested_without_end_are_refused_and_do_no_harm() {
    let deep = "{{if a: ".repeat(10_000);
    assert!(parse(&deep).is_err());
    assert!(parse(&"{{".repeat(10_000)).is_err());
    assert!(parse(&"}}".repeat(10_000)).is_ok());
}

#[test]
fn on_a_page_only_our_own_addresses_are_links() {
    let base = "https://house.example";
    let page = shown("See https://house.example/x, or https://house.example.evil.org/x <b>", base).into_string();
    assert!(page.contains("<a href=\"https://house.example/x\">https://house.example/x</a>,"));
    assert_eq!(page.matches("<a ").count(), 1);
    assert!(page.contains("&lt;b&gt;"));
}
