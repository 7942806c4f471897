//! What is sealed opens for whoever shows a proof: every function of a room that others can call
//! and that reaches `keys::open` takes a grant, or stands below with the reason why not.

use super::{
    File,
    functions::{self, Function},
};

/// Functions that open something without a grant: where, which, and why nobody reads too much.
const EXCUSED: &[(&str, &str, &str)] = &[
    ("crates/duos/src/agreements.rs", "shared", "gives nothing but what both chose to show"),
    ("crates/duos/src/agreements.rs", "sharing", "answers what both chose to show, and no word of it"),
    ("crates/duos/src/agreements.rs", "withdraw", "takes words away"),
    ("crates/duos/src/goals.rs", "withdraw", "takes words away"),
    ("crates/evaluation/src/answers.rs", "keep_draft", "writes; what is opened is the secret of the codes"),
    ("crates/evaluation/src/answers.rs", "drop_draft", "deletes; what is opened is the secret of the codes"),
    ("crates/evaluation/src/answers.rs", "give", "writes; what is opened is the secret of the codes"),
    ("crates/evaluation/src/answers.rs", "code_of", "gives a code; what is opened is the secret of the codes"),
    (
        "crates/forms/src/kept.rs",
        "kept",
        "answers in a form belong to many records; who asks shows the proof of theirs",
    ),
    ("crates/forms/src/kept.rs", "kept_of", "the same, by the person"),
    ("crates/intake/src/nominations.rs", "for_nominee", "a nominee has no account yet: the link is the right"),
    ("crates/matching/src/apart.rs", "are_kept", "answers with yes or no"),
    ("crates/matching/src/apart.rs", "opened", "gives ids alone, to sort lists"),
    ("crates/matching/src/wishes.rs", "remove", "takes a line out of a list"),
    ("crates/matching/src/wishes.rs", "idle_cohorts", "gives cohorts alone"),
    ("crates/matching/src/wishes.rs", "idle_mentees", "gives ids alone, to remind whoever has more to choose"),
    ("crates/membership/src/factors.rs", "app_to_confirm", "somebody sets up their own second factor"),
    ("crates/membership/src/factors.rs", "use_app_code", "compares a code with the secret"),
];

pub fn faults(file: &File) -> Vec<String> {
    if !functions::is_of_a_room(file) {
        return Vec::new();
    }
    let excused = |name: &str| EXCUSED.iter().any(|(at, of, _)| *at == file.name && *of == name);
    let open = openers(functions::without_tests(&file.text)).into_iter();
    let open = open.filter(|it| it.is_visible && !excused(it.name));
    open.map(|it| format!("`{}` opens something sealed without a grant", it.name)).collect()
}

fn openers(text: &str) -> Vec<Function<'_>> {
    functions::without_proof(text, |body| body.contains("keys::open("))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Vec<String> {
        faults(&File { name: "crates/duos/src/notes.rs".to_owned(), text: text.to_owned() })
    }

    #[test]
    fn whoever_opens_something_sealed_asks_for_a_proof() {
        let open = "pub(crate) fn text(tx: &mut Tx) -> Text {\n    keys::open(tx)\n}\n";
        assert_eq!(seen(open), ["`text` opens something sealed without a grant"]);
        let asks = "pub(crate) fn text(tx: &mut Tx, _: &Grant<of::DuoMessage>) -> Text {\n    keys::open(tx)\n}\n";
        assert_eq!(seen(asks), Vec::<String>::new());
    }

    #[test]
    fn a_function_of_its_own_is_no_way_around() {
        let opened = "fn opened(tx: &mut Tx) -> Text {\n    keys::open(tx)\n}\n";
        let between = "fn between(tx: &mut Tx) -> Text {\n    opened(tx)\n}\n";
        let round = "pub fn text(tx: &mut Tx) -> Text {\n    between(tx)\n}\n";
        assert_eq!(seen(&format!("{round}{between}{opened}")), ["`text` opens something sealed without a grant"]);
        let asks = "pub fn text(tx: &mut Tx, _: &Grant<of::DuoMessage>) -> Text {\n    between(tx)\n}\n";
        assert_eq!(seen(&format!("{asks}{between}{opened}")), Vec::<String>::new());
        let other = "pub fn text(tx: &mut Tx) -> Text {\n    not_opened(tx) + notes::opened(tx)\n}\n";
        assert_eq!(seen(&format!("{other}{opened}")), Vec::<String>::new());
    }

    #[test]
    fn whoever_is_excused_is_there() {
        let root = crate::root();
        for (file, name, why) in EXCUSED {
            let text = std::fs::read_to_string(root.join(file)).unwrap();
            let is_there = openers(&text).iter().any(|it| it.name == *name && it.is_visible);
            assert!(is_there && !why.is_empty(), "{name} of {file} opens nothing any more");
        }
    }
}
