//! The page of the whole table in `docs/`, from the same cells as the line beside a record.

use crate::{
    facts::{Bound, Condition, Verb},
    matrix::{Column, Part, Rule, content, parts},
    readers::{capital, who_can_read, who_can_read_as},
    records::Record,
    seen::{Seen, seen},
};

/// The page in `docs/`: every record with who may do what, in words and letters.
pub fn page() -> String {
    let mut text = String::from(HEAD);
    for record in Record::ALL {
        text.push_str(&format!(
            "\n## {}\n\n{}. {}\n\n",
            record.key(),
            capital(content(*record)),
            who_can_read(*record)
        ));
        for column in Column::ALL {
            for part in parts(*record, column) {
                text.push_str(&lines(*record, column, part));
            }
        }
    }
    text
}

/// The second page in `docs/`: the line beside each record, as each of its readers is told.
pub fn lines_page() -> String {
    let mut text = String::from(LINES_HEAD);
    for record in Record::ALL {
        // Whom no word of the line addresses: an operator reads nothing.
        let others = who_can_read_as(*record, Column::Operator);
        let mut told = vec![("whose it is".to_owned(), who_can_read(*record))];
        for column in Column::ALL.into_iter().filter(|it| who_can_read_as(*record, *it) != others) {
            let line = who_can_read_as(*record, column);
            match told[1..].iter_mut().find(|it| it.1 == line) {
                Some((readers, _)) => readers.push_str(&format!(", {}", column.key())),
                None => told.push((column.key().to_owned(), line)),
            }
        }
        told.push(("everybody else".to_owned(), others));
        text.push_str(&format!("\n## {}\n\n", record.key()));
        told.iter().for_each(|(reader, line)| text.push_str(&format!("- {reader}: {line}\n")));
    }
    text
}

const LINES_HEAD: &str = "# Who can read this?\n\nMade by `cargo xtask docs` from `crates/policy/access-matrix.csv`; a test fails where this page is behind. It is the line that stands beside a record, as each of those is told who may come upon it.\n";

const HEAD: &str = "# Who may read what\n\nMade by `cargo xtask docs` from `crates/policy/access-matrix.csv`, the one table that the code, this page and the line *Who can read this?* are read from; a test fails where this page is behind.\n\nWhat is not listed is not given: it is answered like a page that does not exist. A role counts while its term runs, and for the cohort it was given for. Over every line stands: whoever is in a duo, is named, or works for the same employer has no right that follows from the committee; a liaison who is replaced loses the duo at once; what a duo wrote stays readable to its two people until it is deleted; nobody acts as somebody else. The glass is broken by chair and deputy together, for an hour, for check-in answers alone, and the duo is told.\n";

/// A line for each thing that a part of a cell gives, and what is seen by it in truth.
fn lines(record: Record, column: Column, part: &Part) -> String {
    let told = seen(record, part)
        .filter(Seen::says_more)
        .map(|it| format!(": {} {}", if it.sees { "sees" } else { "can" }, it.theirs));
    let line = |rule: &Rule| {
        let told = told.as_ref().filter(|_| !rule.allows(Verb::Read)).map_or("", String::as_str);
        format!("- {}: {}{told}\n", column.key(), in_letters(rule))
    };
    part.rules.iter().map(line).collect()
}

fn in_letters(rule: &Rule) -> String {
    let bounds =
        [(Bound::Own, "own"), (Bound::Duo, "own duo"), (Bound::Assigned, "accompanied duo"), (Bound::Whole, "all")];
    let verbs = [
        (Verb::Status, "that it is there"),
        (Verb::Count, "totals of five or more"),
        (Verb::Read, "read"),
        (Verb::Write, "write"),
        (Verb::Delete, "delete"),
        (Verb::Export, "take away"),
    ];
    let verbs: Vec<&str> = verbs.iter().filter(|(it, _)| rule.verbs.has(*it)).map(|(_, words)| *words).collect();
    let bounds: Vec<&str> = bounds.iter().filter(|(it, _)| rule.bounds.has(*it)).map(|(_, words)| *words).collect();
    let when = rule.when.map(|it| format!(", {}", condition(it))).unwrap_or_default();
    format!("{} ({}{when})", verbs.join(", "), bounds.join(", "))
}

fn condition(condition: Condition) -> &'static str {
    match condition {
        Condition::DirectoryIsOpen => "from the opening of the directory to the end of the session",
        Condition::CardsAreShown => "where the committee shows cards",
        Condition::OptedIn => "who opted in",
        Condition::WasAsked => "of mentees who sent a request",
        Condition::SelectionRuns => "during the selection",
        Condition::NomineeAccepted => "after the nominee accepts",
        Condition::AskedToReview => "when the chair asked them to look",
        Condition::ListsAreClosed => "after the lists are closed",
        Condition::ListIsOpen => "until the list closes",
        Condition::Sent => "sent by oneself",
        Condition::Received => "received",
        Condition::BothShare => "if both share it",
        Condition::IsKept => "until it is deleted",
        Condition::Author => "written by oneself",
        Condition::Referred => "on referral",
        Condition::NotSkipped => "unless the reporter left them out",
        Condition::IsDraft => "until it is given",
        Condition::Detached => "as a shuffled list without authors, from five on",
        Condition::IsPublished => "once published",
        Condition::IsSubmitted => "once submitted",
        Condition::GlassIsBroken => "chair and deputy together",
    }
}
