//! How a text reads: its length, its words, its first line; where routes are made; what rules know.

use super::{
    File,
    strings::{without_comments, words},
};

const LONGEST: usize = 400;

/// What a rule must never mention: it knows plain data and dates alone.
const IMPURE_WORDS: &[&str] = &["tx", "axum", "maud", "tokio", "async", "rusqlite", "postgres"];
const IMPURE_PATHS: &[&str] = &["platform::storage", "std::fs", "std::env", "Timestamp::now", "Zoned::now"];

// Put together here, so that this file does not break its own rules.
const LATER: &[&str] =
    &[concat!("TO", "DO"), concat!("FIX", "ME"), concat!("unimpl", "emented!"), concat!("to", "do!")];
const HOMES: &[&str] = &[concat!("/ro", "ot/"), concat!("/wo", "rk/"), concat!("/ho", "me/"), concat!("/Us", "ers/")];
const ROUTES: &[&str] = &[concat!(".rou", "te("), concat!("Router::", "route")];

pub fn faults(file: &File) -> Vec<String> {
    let mut faults = Vec::new();
    too_long(file, &mut faults);
    put_off(file, &mut faults);
    of_one_machine(file, &mut faults);
    impure(file, &mut faults);
    past_the_doors(file, &mut faults);
    readers_by_hand(file, &mut faults);
    no_first_line(file, &mut faults);
    faults
}

fn too_long(file: &File, faults: &mut Vec<String>) {
    let lines = file.text.lines().count();
    if file.is(&["rs", "mjs", "js"]) && !is_from_elsewhere(file) && lines > LONGEST {
        faults.push(format!("{lines} lines, {LONGEST} at most; split it by what people do"));
    }
}

fn put_off(file: &File, faults: &mut Vec<String>) {
    if is_from_elsewhere(file) {
        return;
    }
    let found = LATER.iter().filter(|word| stands_alone(&file.text, word));
    faults.extend(found.map(|word| format!("`{word}`: do it now, or write down in an issue what is missing")));
}

fn of_one_machine(file: &File, faults: &mut Vec<String>) {
    let found = HOMES.iter().filter(|path| {
        let mut places = file.text.match_indices(*path);
        places.any(|(at, _)| !file.text[..at].ends_with(|it: char| it.is_alphanumeric() || "._-/}*".contains(it)))
    });
    faults.extend(found.map(|path| format!("a path below `{path}` is there on one machine alone")));
}

fn impure(file: &File, faults: &mut Vec<String>) {
    if !is_rules(&file.name) {
        return;
    }
    let code = without_comments(&file.text);
    let known = IMPURE_WORDS.iter().filter(|impure| words(&code).any(|word| word == **impure));
    let known = known.chain(IMPURE_PATHS.iter().filter(|path| code.contains(**path)));
    faults.extend(known.map(|it| format!("a rule must not know `{it}`; hand it the facts")));
}

fn past_the_doors(file: &File, faults: &mut Vec<String>) {
    if !file.is(&["rs"]) || file.room() == Some("platform") {
        return;
    }
    let code = without_comments(&file.text);
    if ROUTES.iter().any(|it| code.contains(it)) {
        faults.push("a route is a door: it names its action (`platform::doors`)".to_owned());
    }
}

/// *Who can read this?* is answered from the matrix, so that the line and the door agree.
fn readers_by_hand(file: &File, faults: &mut Vec<String>) {
    let is_drawn_there = file.room().is_none_or(|room| ["shell", "policy", "forms", "xtask"].contains(&room));
    if !file.is(&["rs"]) || is_drawn_there {
        return;
    }
    let code = without_comments(&file.text);
    let by_hand = |call: &str, rest: &str| {
        let said = rest.trim_start().trim_start_matches('&');
        let from_matrix =
            ["who_can_read(", "who_can_read_as("].iter().any(|it| said.trim_start_matches("policy::").starts_with(it));
        let handed_on = call == "readers_line("
            && said.starts_with("readers)")
            && (code.contains("who_can_read(") || code.contains("who_can_read_as("));
        !from_matrix && !handed_on
    };
    let calls = ["readers_line(", ".readers("];
    let found =
        calls.iter().any(|call| code.match_indices(call).any(|(at, _)| by_hand(call, &code[at + call.len()..])));
    if found {
        faults.push("who can read something is told by `policy::who_can_read` alone".to_owned());
    }
}

fn no_first_line(file: &File, faults: &mut Vec<String>) {
    if file.name.starts_with("crates/") && file.name.ends_with("/src/lib.rs") && !file.text.starts_with("//!") {
        faults.push("opens with `//!` and what the crate is for".to_owned());
    }
    if file.name.starts_with("docs/decisions/") && file.is(&["md"]) && !file.text.starts_with("# ") {
        faults.push("a decision opens with its title (`# …`)".to_owned());
    }
}

fn is_rules(name: &str) -> bool {
    let rules = name.ends_with("/src/rules.rs") || (name.contains("/src/rules/") && name.ends_with(".rs"));
    rules && !name.ends_with("/tests.rs") && !name.contains("/tests/")
}

/// Kept here, written elsewhere: licences, scripts taken whole, what a tool wrote.
fn is_from_elsewhere(file: &File) -> bool {
    file.name.contains("/fonts/")
        || file.name.contains(".min.")
        || file.name.ends_with("lock.json")
        || file.name.ends_with(".lock")
        || file.name.rsplit('/').next().is_some_and(|name| name.starts_with("htmx") || name.starts_with("LICENSE"))
}

fn stands_alone(text: &str, word: &str) -> bool {
    let is_letter = |it: char| it.is_alphanumeric() || it == '_';
    let mut places = text.match_indices(word);
    places.any(|(at, _)| !text[..at].ends_with(is_letter) && !text[at + word.len()..].starts_with(is_letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(name: &str, text: &str) -> Vec<String> {
        faults(&File { name: name.to_owned(), text: text.to_owned() })
    }

    fn sees(name: &str, text: &str, words: &str) -> bool {
        seen(name, text).iter().any(|fault| fault.contains(words))
    }

    #[test]
    fn a_long_file_is_seen() {
        let page = "crates/duos/src/show.rs";
        assert!(sees(page, &"let it = 1;\n".repeat(401), "401 lines"));
        assert_eq!(seen(page, &"let it = 1;\n".repeat(400)), Vec::<String>::new());
        assert!(sees("e2e/year.spec.mjs", &"\n".repeat(401), "401 lines"));
    }

    #[test]
    fn work_put_off_is_seen() {
        for word in LATER {
            assert!(sees("docs/words.md", &format!("here is a {word} left"), "do it now"), "{word}");
        }
        assert_eq!(seen("docs/words.md", "A task is what somebody is TODOING."), Vec::<String>::new());
    }

    #[test]
    fn a_path_of_one_machine_is_seen() {
        for path in HOMES {
            assert!(sees("README.md", &format!("cd {path}somebody"), "one machine"), "{path}");
            assert!(sees("README.md", &format!("`{path}somebody`"), "one machine"), "{path}");
        }
        let elsewhere = format!("https://example.org{}paper", HOMES[1]);
        assert_eq!(seen("README.md", &elsewhere), Vec::<String>::new());
    }

    #[test]
    fn a_line_of_readers_that_is_written_by_hand_is_seen() {
        let page = "crates/care/src/desk.rs";
        for by_hand in [
            "shell::readers_line(\"You.\")",
            "x.readers(\"You.\")",
            "readers_line(&format!(\"{x}\"))",
            "readers_line(READERS)",
        ] {
            assert!(sees(page, by_hand, "policy::who_can_read"), "{by_hand}");
        }
        let from_matrix = "(shell::readers_line(&policy::who_can_read(Record::Task)))";
        assert_eq!(seen(page, from_matrix), Vec::<String>::new());
    }

    #[test]
    fn a_rule_that_knows_the_database_is_seen() {
        let rules = "crates/matching/src/rules.rs";
        assert!(sees(rules, "fn ask(tx: &mut Tx) {}", "`tx`"));
        assert!(sees(rules, "use axum::Router;", "`axum`"));
        assert!(sees(rules, "use maud::html;", "`maud`"));
        assert!(sees("crates/matching/src/rules/ask.rs", "use platform::storage::Tx;", "platform::storage"));
        assert!(sees(rules, "std::fs::read(x)", "std::fs"));
        assert!(sees(rules, "std::env::var(x)", "std::env"));
        assert!(sees(rules, "Timestamp::now()", "Timestamp::now"));
        assert_eq!(seen(rules, "// No tx, no axum.\nfn context(text: &str) {}"), Vec::<String>::new());
        assert_eq!(seen("crates/matching/src/rules/tests.rs", "use axum::Router;"), Vec::<String>::new());
    }

    #[test]
    fn a_route_past_the_doors_is_seen() {
        for route in ROUTES {
            assert!(sees("crates/duos/src/lib.rs", &format!("//! Duos.\nx{route}\"/duos\")"), "a door"), "{route}");
            assert!(!sees("crates/platform/src/doors.rs", &format!("x{route}\"/duos\")"), "a door"), "{route}");
        }
    }

    #[test]
    fn a_crate_without_a_purpose_is_seen() {
        assert!(sees("crates/duos/src/lib.rs", "mod show;", "what the crate is for"));
        assert_eq!(seen("crates/duos/src/lib.rs", "//! Duos.\nmod show;"), Vec::<String>::new());
    }

    #[test]
    fn a_decision_without_a_title_is_seen() {
        assert!(sees("docs/decisions/0003-zones.md", "We chose zones.", "its title"));
        assert_eq!(seen("docs/decisions/0003-zones.md", "# Zones\n"), Vec::<String>::new());
    }
}
