//! What is sealed opens for whoever shows a proof: every function of a room that others can call
//! and that reaches `keys::open` takes a grant, or stands below with the reason why not.

use super::File;

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

/// What a function asks for that nobody can make for themselves: a grant; by whose right a form
/// is opened; the morning's look, which nobody sees; whoever takes along what is theirs.
const PROOFS: &[&str] = &["Grant<", "Opener", "&Morning", "&Asking"];

/// They open for the whole house: the keys themselves, and what measures them.
const GROUND: &[&str] = &["platform", "xtask", "testing", "measures"];

pub fn faults(file: &File) -> Vec<String> {
    let is_outside = file.room().is_none_or(|room| GROUND.contains(&room));
    let is_test = ["/tests", "/journeys", "/examples/"].iter().any(|it| file.name.contains(it));
    if !file.is(&["rs"]) || is_outside || is_test {
        return Vec::new();
    }
    let excused = |name: &str| EXCUSED.iter().any(|(at, of, _)| *at == file.name && *of == name);
    let open = openers(without_tests(&file.text)).into_iter().filter(|it| it.is_visible && !excused(it.name));
    open.map(|it| format!("`{}` opens something sealed without a grant", it.name)).collect()
}

fn without_tests(text: &str) -> &str {
    text.split_once("#[cfg(test)]\nmod ").map_or(text, |it| it.0)
}

struct Function<'a> {
    name: &'a str,
    is_visible: bool,
    /// Whether it asks for a proof.
    asks: bool,
    body: &'a str,
}

/// The functions that reach something sealed and ask for no proof, at first hand or through
/// others of the same file.
fn openers(text: &str) -> Vec<Function<'_>> {
    let (mut found, mut rest): (Vec<Function>, Vec<Function>) =
        functions(text).into_iter().filter(|it| !it.asks).partition(|it| it.body.contains("keys::open("));
    loop {
        let reaches = |it: &Function| found.iter().any(|open| calls(it.body, open.name));
        let (more, others): (Vec<Function>, Vec<Function>) = rest.into_iter().partition(reaches);
        rest = others;
        if more.is_empty() {
            return found;
        }
        found.extend(more);
    }
}

/// Whether a body calls a function by this name, and not one whose name ends so.
fn calls(body: &str, name: &str) -> bool {
    let is_end_of_another = |at: usize| body[..at].ends_with(|it: char| it.is_alphanumeric() || "_.:".contains(it));
    body.match_indices(&format!("{name}(")).any(|(at, _)| !is_end_of_another(at))
}

fn functions(text: &str) -> Vec<Function<'_>> {
    let starts: Vec<usize> = text.match_indices("fn ").map(|it| it.0).filter(|at| begins(text, *at)).collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).filter_map(|(start, end)| function(text, *start, end)).collect()
}

/// Whether nothing but a visibility stands before it on its line.
fn begins(text: &str, at: usize) -> bool {
    let line = text[..at].rsplit('\n').next().unwrap_or_default().trim();
    line.is_empty() || line.starts_with("pub") && !line.contains(' ')
}

fn function(text: &str, start: usize, end: usize) -> Option<Function<'_>> {
    let line = text[..start].rsplit('\n').next().unwrap_or_default();
    let whole = &text[start + "fn ".len()..end];
    let (signature, body) = whole.split_once(" {\n")?;
    let name = signature.split(['(', '<']).next()?;
    let asks = PROOFS.iter().any(|it| signature.contains(it));
    Some(Function { name, is_visible: line.contains("pub"), asks, body })
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
