//! "Who can read this?": the line beside a field or record, and the page of the whole
//! table in `docs/`, both from the matrix.

use crate::{
    facts::{Bound, Condition, Verb},
    matrix::{Column, Rule, content, rules},
    records::Record,
};

/// Who can read a record, as whoever wrote it is told.
pub fn who_can_read(record: Record) -> String {
    let mut readers: Vec<&'static str> = Vec::new();
    for (column, rule) in reading(record) {
        let words = reader(column, rule);
        if !words.is_empty() && !readers.contains(&words) {
            readers.push(words);
        }
    }
    if readers.contains(&"you") {
        readers.iter_mut().filter(|it| **it == "the two of you").for_each(|it| *it = "your partner in a duo");
    }
    if readers.contains(&"mentees and mentors") {
        readers.retain(|it| *it != "you");
    }
    readers.sort_by_key(|it| CONDITIONS.iter().any(|word| it.contains(word)));
    if readers.contains(&"the committee") {
        readers.retain(|it| *it != "the chair");
    }
    let line = sentence(&readers);
    if readers.is_empty() {
        return line;
    }
    let mut line = line;
    let (knowing, closed) = others(record);
    if !knowing.is_empty() {
        let see = if knowing.len() == 1 { "sees" } else { "see" };
        line = format!("{line} {} {see} {}, no more.", capital(&joined(&knowing)), seen_of(record));
    }
    if !closed.is_empty() {
        line = format!("{line} Not {}.", closed.join(", not "));
    }
    line
}

/// Every rule by which somebody reads the record, you first.
fn reading(record: Record) -> impl Iterator<Item = (Column, &'static Rule)> {
    let all = Column::ALL.into_iter().filter(|it| *it != Column::Operator);
    let mut found: Vec<_> = all
        .flat_map(|column| rules(record, column).iter().map(move |rule| (column, rule)))
        .filter(|(_, rule)| rule.allows(Verb::Read) || rule.verbs.has(Verb::Export) && rule.bounds.has(Bound::Own))
        .collect();
    found.sort_by_key(|(column, rule)| (!rule.bounds.has(Bound::Own), !rule.bounds.has(Bound::Duo), *column));
    found.into_iter()
}

fn reader(column: Column, rule: &Rule) -> &'static str {
    let is = |bound: Bound| rule.bounds.has(bound);
    match (column, rule.when) {
        (_, Some(Condition::BothShare)) => "your liaison if you both share it",
        (_, Some(Condition::SelectionRuns)) => "the committee during the selection",
        (_, Some(Condition::NomineeAccepted)) => "the committee once the nominee has accepted",
        (_, Some(Condition::AskedToReview)) => "members of the committee whom the chair asks to look",
        (_, Some(Condition::ListsAreClosed)) => "the chair once the lists are closed and pairs are looked for",
        (_, Some(Condition::DirectoryIsOpen)) => "mentees from the day they choose until the session ends",
        (_, Some(Condition::WasAsked)) => "a mentor whom you ask",
        (_, Some(Condition::OptedIn)) => "former participants if you opt in",
        (_, Some(Condition::Referred)) => "somebody to whom it is referred",
        (_, Some(Condition::Detached)) => "the chair once it is shuffled and without names",
        (_, Some(Condition::IsPublished)) => "everyone once it is published",
        (_, Some(Condition::IsSubmitted)) => "the board once it is submitted",
        _ if is(Bound::Duo) => "the two of you",
        (_, Some(Condition::Sent)) => "whoever asks",
        (_, Some(Condition::Received)) => "whoever is asked",
        _ if is(Bound::Own) => "you",
        (Column::Liaison | Column::Chair, _) if is(Bound::Assigned) => "your liaison",
        (Column::Liaison | Column::Council, _) => "the committee",
        (Column::Chair, _) => "the chair",
        (Column::Staff, _) => "the office",
        (Column::Board, _) => "the board",
        (Column::Mentee | Column::Mentor, _) => "mentees and mentors",
        (Column::Alumni, _) => "former participants",
        (Column::Applicant, _) => "applicants",
        (Column::Public, _) => "everyone",
        (Column::Operator, _) => "",
    }
}

/// Who else might be thought to read it: those who know that it is there, and those to
/// whom it is closed. Said for what only a few may read.
fn others(record: Record) -> (Vec<&'static str>, Vec<&'static str>) {
    let of_others = |rule: &Rule| rule.allows(Verb::Read) && !rule.bounds.has(Bound::Own);
    let is_close = reading(record).all(|(_, rule)| !rule.bounds.has(Bound::Whole));
    let candidates = [(Column::Liaison, "your liaison"), (Column::Chair, "the chair"), (Column::Staff, "the office")];
    let mut knowing = Vec::new();
    let mut closed = Vec::new();
    if matches!(record, Record::PrivateNote | Record::CheckinAnswer) {
        closed.push("your partner");
    }
    for (column, words) in candidates {
        let rules = rules(record, column);
        if rules.iter().any(of_others) {
            continue;
        }
        if rules.iter().any(|rule| rule.verbs.has(Verb::Status)) {
            knowing.push(words);
        } else if is_close {
            closed.push(words);
        }
    }
    (knowing, closed)
}

/// What is seen of a record by whoever knows of it and may not read it: the words in the
/// brackets of its row.
fn seen_of(record: Record) -> &'static str {
    match record {
        Record::MeetingLog => "when you last met and how often",
        Record::CheckinAnswer => "whether it has come or is late",
        _ => "that it is there",
    }
}

fn sentence(readers: &[&str]) -> String {
    match readers {
        [] => "Nobody.".to_owned(),
        [only] => format!("Only {only}."),
        several => format!("{}.", capital(&joined(several))),
    }
}

/// What makes a reader one only at times.
const CONDITIONS: [&str; 4] = [" if ", " once ", " during ", " from "];

/// Several as a list in a sentence; where one of them is a list or has a condition, the
/// last is set off by a comma.
fn joined(words: &[&str]) -> String {
    let is_long = |it: &&str| it.contains(" and ") || CONDITIONS.iter().any(|word| it.contains(word));
    match words {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [many @ .., last] if words.iter().any(is_long) => format!("{}, and {last}", many.join(", ")),
        [many @ .., last] => format!("{} and {last}", many.join(", ")),
    }
}

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
            for rule in rules(*record, column) {
                text.push_str(&format!("- {}: {}\n", column.key(), in_letters(rule)));
            }
        }
    }
    text
}

const HEAD: &str = "# Who may read what\n\nMade by `cargo xtask docs` from `crates/policy/access-matrix.csv`, the one table that the code, this page and the line *Who can read this?* are read from; a test fails where this page is behind.\n\nWhat is not listed is not given: it is answered like a page that does not exist. A role counts while its term runs, and for the cohort it was given for. Over every line stands: whoever is in a duo, is named, or works for the same employer has no right that follows from the committee; a liaison who is replaced loses the duo at once; what a duo wrote stays readable to its two people until it is deleted; nobody acts as somebody else. The glass is broken by chair and deputy together, for an hour, for check-in answers alone, and the duo is told.\n";

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
        Condition::CardsAreShown => "where the program shows cards",
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

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
