//! The texts of the demo: each is there, each stands once, and they read as print does.

use std::collections::BTreeSet;

use super::*;

const FILES: [&str; 8] = [
    include_str!("themes.toml"),
    include_str!("themes-2.toml"),
    include_str!("themes-3.toml"),
    include_str!("mentors.toml"),
    include_str!("mentees.toml"),
    include_str!("duos.toml"),
    include_str!("surveys.toml"),
    include_str!("chair.toml"),
];

fn sentences(value: &toml::Value, found: &mut Vec<String>) {
    match value {
        toml::Value::String(text) if !text.is_empty() => found.push(text.clone()),
        toml::Value::Array(list) => list.iter().for_each(|it| sentences(it, found)),
        toml::Value::Table(table) => table.values().for_each(|it| sentences(it, found)),
        _ => {}
    }
}

fn all() -> Vec<String> {
    let mut found = Vec::new();
    for file in FILES {
        sentences(&toml::from_str(file).unwrap(), &mut found);
    }
    found
}

#[test]
fn every_file_can_be_read_as_the_demo_reads_it() {
    let topics = program::preset::list("topics");
    assert!(THEMES.len() >= 18);
    for theme in THEMES.iter() {
        assert!(topics.contains(&theme.topic), "{} is no topic of the preset", theme.topic);
        assert!(theme.goals.len() >= 3 && theme.done.len() >= 3 && theme.whys.len() >= 3, "{}", theme.topic);
        assert!(theme.can.len() >= 2 && theme.notes.len() >= 3, "{}", theme.topic);
    }
    assert_eq!(MENTORS.questions.len(), MENTEES.replies.len(), "each question has its reply");
    assert!(MENTORS.begin.len() >= 12 && MENTEES.lives.len() >= 12);
    assert!(DUOS.agreement.purpose.len() >= 4 && SURVEYS.mentee.t1.len() >= 4 && CHAIR.nominations.len() >= 2);
}

#[test]
fn nobody_says_what_somebody_else_says_elsewhere() {
    let mut seen = BTreeSet::new();
    // Topics and kinds of organisation stand wherever they are meant.
    let lists = [program::preset::list("topics"), program::preset::list("organisations")];
    for sentence in all().into_iter().filter(|it| !lists.iter().any(|list| list.contains(it))) {
        assert!(seen.insert(sentence.clone()), "this stands twice: {sentence}");
    }
}

#[test]
fn sentences_are_set_as_print_sets_them() {
    for sentence in all() {
        assert!(!sentence.contains(['\'', '"']) && !sentence.contains("  "), "{sentence}");
        assert_eq!(sentence.trim(), sentence);
    }
}
