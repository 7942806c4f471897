//! "Who can read this?": the line beside a field or record, from the matrix.

use crate::{
    facts::{Bound, Condition, Verb},
    matrix::{Column, Part, Rule, parts, rules},
    records::Record,
    seen::{Seen, seen},
};

/// Who can read a record, as the person is told whose it is.
pub fn who_can_read(record: Record) -> String {
    line(record, Voice { reader: None })
}

/// Who can read a record of somebody else, as the one is told who reads it: by the column, or
/// by what somebody holds.
pub fn who_can_read_as(record: Record, reader: impl Into<Column>) -> String {
    line(record, Voice { reader: Some(reader.into()) })
}

/// To whom the line speaks: to the person whose record it is, or to a reader of it.
#[derive(Clone, Copy)]
struct Voice {
    reader: Option<Column>,
}

impl Voice {
    fn is(self, column: Column) -> bool {
        self.reader == Some(column)
    }

    fn is_committee(self) -> bool {
        matches!(self.reader, Some(Column::Liaison | Column::Council | Column::Chair))
    }

    /// Words for the person whose record it is, and words for everybody else.
    fn pick(self, yours: &'static str, theirs: &'static str) -> &'static str {
        if self.reader.is_none() { yours } else { theirs }
    }
}

fn line(record: Record, voice: Voice) -> String {
    if passes_on(record) {
        return "Whoever reads what it belongs to, and nobody else.".to_owned();
    }
    let mut readers: Vec<&'static str> = Vec::new();
    for (column, part, rule) in reading(record) {
        let words = reader(record, (column, part, rule), voice);
        if !words.is_empty() && !readers.contains(&words) {
            readers.push(words);
        }
    }
    if readers.contains(&"you") {
        readers.iter_mut().filter(|it| **it == "the two of you").for_each(|it| *it = "your partner in a duo");
    }
    if readers.contains(&"mentees and mentors") {
        readers.retain(|it| *it != "you" && *it != whose(record));
    }
    readers.sort_by_key(|it| CONDITIONS.iter().any(|word| it.contains(word)));
    if readers.contains(&committee(voice)) {
        readers.retain(|it| *it != chair(voice));
    }
    let line = sentence(&readers);
    if readers.is_empty() {
        return line;
    }
    format!("{line}{}{}", knowing(record, voice), closed(record, voice))
}

/// Whether a record has the readers of another, to which it belongs.
fn passes_on(record: Record) -> bool {
    parts(record, Column::Chair).iter().any(|part| part.words == "=")
}

/// Every part of the matrix by which somebody reads the record, its own person first.
fn reading(record: Record) -> impl Iterator<Item = (Column, &'static Part, &'static Rule)> {
    let all = Column::ALL.into_iter().filter(|it| *it != Column::Operator);
    let mut found: Vec<_> = all
        .flat_map(|column| parts(record, column).iter().map(move |part| (column, part)))
        .flat_map(|(column, part)| part.rules.iter().map(move |rule| (column, part, rule)))
        .filter(|(.., rule)| rule.allows(Verb::Read) || rule.verbs.has(Verb::Export) && rule.bounds.has(Bound::Own))
        .collect();
    found.sort_by_key(|(column, _, rule)| (!rule.bounds.has(Bound::Own), !rule.bounds.has(Bound::Duo), *column));
    found.into_iter()
}

fn reader(record: Record, (column, part, rule): (Column, &Part, &Rule), voice: Voice) -> &'static str {
    let is = |bound: Bound| rule.bounds.has(bound);
    match part.words.as_str() {
        "s:R program events" => return voice.pick("the chair what happens in the program", program_events(voice)),
        "s:R account events" => return voice.pick("the office what happens to accounts", account_events(voice)),
        _ => {}
    }
    let at_times = rule.when.filter(|it| *it != Condition::SelectionRuns || !is(Bound::Own));
    if let Some(words) = at_times.and_then(|it| self::at_times(it, voice)) {
        return words;
    }
    match column {
        _ if is(Bound::Duo) => voice.pick("the two of you", "the two of the duo"),
        _ if is(Bound::Own) => voice.pick("you", whose(record)),
        Column::Liaison | Column::Chair if is(Bound::Assigned) => liaison(voice),
        Column::Liaison | Column::Council => committee(voice),
        Column::Chair => chair(voice),
        Column::Staff => office(voice),
        Column::Board => "the board",
        Column::Mentee | Column::Mentor => "mentees and mentors",
        Column::Alumni => "former participants",
        Column::Applicant => "applicants",
        Column::Public => "everyone",
        Column::Operator => "",
    }
}

/// Who reads only at times, or only what has become of it.
fn at_times(condition: Condition, voice: Voice) -> Option<&'static str> {
    let of_liaison = || if voice.is(Column::Liaison) { "you as liaison" } else { "the liaison of the duo" };
    Some(match condition {
        Condition::BothShare if voice.reader.is_none() => "your liaison if you both share it",
        Condition::BothShare if of_liaison() == "you as liaison" => "you as liaison if both share it",
        Condition::BothShare => "the liaison of the duo if both share it",
        Condition::SelectionRuns if voice.is(Column::Liaison) || voice.is(Column::Council) => {
            "you with the rest of the committee during the selection"
        }
        Condition::SelectionRuns => "the committee during the selection",
        Condition::NomineeAccepted if voice.is_committee() => {
            "you with the rest of the committee once the nominee has accepted"
        }
        Condition::NomineeAccepted => "the committee once the nominee has accepted",
        Condition::AskedToReview if voice.is(Column::Liaison) || voice.is(Column::Council) => {
            "you with those of the committee whom the chair asks to look"
        }
        Condition::AskedToReview => "members of the committee whom the chair asks to look",
        Condition::ListsAreClosed if voice.is(Column::Chair) => {
            "you as chair or deputy once the lists are closed and pairs are looked for"
        }
        Condition::ListsAreClosed => "the chair once the lists are closed and pairs are looked for",
        Condition::DirectoryIsOpen if voice.is(Column::Mentee) => {
            "you with the other mentees from the day you choose until the session ends"
        }
        Condition::DirectoryIsOpen => "mentees from the day they choose until the session ends",
        Condition::WasAsked => voice.pick("a mentor whom you ask", "a mentor who is asked"),
        Condition::OptedIn => voice.pick("former participants if you opt in", "former participants who opted in"),
        Condition::Referred => "somebody to whom it is referred",
        Condition::NotSkipped if voice.reader.is_none() => "your liaison unless you leave them out",
        Condition::NotSkipped if voice.is(Column::Liaison) => "you as liaison unless you were left out",
        Condition::NotSkipped => "the liaison of the duo unless left out",
        Condition::IsDraft => voice.pick("you until you send it", "whoever answers until it is sent"),
        Condition::Detached if voice.is(Column::Chair) => {
            "you as chair or deputy the free texts once they are shuffled and without names"
        }
        Condition::Detached => "the chair the free texts once they are shuffled and without names",
        Condition::IsPublished => "everyone once it is published",
        Condition::IsSubmitted => "the board once it is submitted",
        Condition::Sent => "whoever asks",
        Condition::Received => "whoever is asked",
        _ => return None,
    })
}

fn liaison(voice: Voice) -> &'static str {
    if voice.is(Column::Liaison) { "you as liaison" } else { voice.pick("your liaison", "the liaison of the duo") }
}

fn committee(voice: Voice) -> &'static str {
    if voice.is_committee() { "you with the rest of the committee" } else { "the committee" }
}

fn chair(voice: Voice) -> &'static str {
    if voice.is(Column::Chair) { "you as chair or deputy" } else { "the chair" }
}

fn office(voice: Voice) -> &'static str {
    if voice.is(Column::Staff) { "you with the rest of the office" } else { "the office" }
}

fn program_events(voice: Voice) -> &'static str {
    if voice.is(Column::Chair) {
        "you as chair or deputy what happens in the program"
    } else {
        "the chair what happens in the program"
    }
}

fn account_events(voice: Voice) -> &'static str {
    if voice.is(Column::Staff) {
        "you with the rest of the office what happens to accounts"
    } else {
        "the office what happens to accounts"
    }
}

/// Whose a record is, in the words of everybody else.
fn whose(record: Record) -> &'static str {
    match record {
        Record::ProfileMentor => "the mentor",
        Record::ProfileMentee => "the mentee",
        Record::Application => "the applicant",
        Record::ApplicationScore | Record::RankList => "whoever wrote it",
        Record::Nomination => "whoever nominates and whoever is nominated",
        Record::CheckinAnswer | Record::ExitAnswer | Record::SurveyAnswer => "whoever answers",
        Record::Escalation => "whoever raised it",
        Record::MembershipRoster => "the member",
        Record::Proposal => "the two it is about",
        Record::Conflict => "whoever steps aside",
        _ => "the person it is about",
    }
}

/// Those who do not read the record, and what they see of it or can do.
fn knowing(record: Record, voice: Voice) -> String {
    let mut clauses: Vec<Clause> = Vec::new();
    for column in [Column::Mentee, Column::Liaison, Column::Council, Column::Chair, Column::Staff] {
        let reads = |rule: &Rule| {
            let as_such = rule.bounds.has(Bound::Whole) || column == Column::Liaison;
            rule.allows(Verb::Read) && !rule.bounds.has(Bound::Own) && as_such
        };
        let seen: Vec<Seen> = parts(record, column).iter().filter_map(|part| seen(record, part)).collect();
        let rules = rules(record, column);
        if seen.is_empty() || rules.iter().any(|rule| reads(rule) && rule.when.is_none()) {
            continue;
        }
        let otherwise = rules.iter().any(reads);
        let are_cards = rules.iter().any(|rule| rule.when == Some(Condition::CardsAreShown));
        match clauses.iter_mut().find(|it| it.seen == seen) {
            Some(clause) => {
                clause.who.push(column);
                clause.otherwise |= otherwise;
            }
            None => clauses.push(Clause { who: vec![column], otherwise, are_cards, seen }),
        }
    }
    if clauses.is_empty() {
        return String::new();
    }
    let comma = if clauses.len() == 1 { "," } else { ";" };
    let clauses: Vec<String> = clauses.iter().map(|it| it.words(voice)).collect();
    format!(" {}{comma} no more.", capital(&clauses.join("; ")))
}

/// Several who see the same of a record.
struct Clause {
    who: Vec<Column>,
    /// Whether they read it at other times.
    otherwise: bool,
    /// Whether that depends on what the committee shows.
    are_cards: bool,
    seen: Vec<Seen>,
}

impl Clause {
    fn words(&self, voice: Voice) -> String {
        let whole = self.who.contains(&Column::Council);
        let is_among = voice.is_committee() && voice.reader.is_some_and(|it| self.who.contains(&it));
        let name = |column: &Column| match column {
            Column::Mentee if voice.is(Column::Mentee) => Some("you with the other mentees"),
            Column::Mentee => Some("other mentees"),
            Column::Council if is_among => Some("you with the rest of the committee"),
            Column::Council => Some("the committee"),
            Column::Liaison | Column::Chair if whole => None,
            Column::Liaison => Some(liaison(voice)),
            Column::Chair => Some(chair(voice)),
            _ => Some(office(voice)),
        };
        let who: Vec<&str> = self.who.iter().filter_map(name).collect();
        let is_one = matches!(who.as_slice(), [one] if !one.starts_with("you ") && *one != "other mentees");
        let does = match (self.seen.iter().all(|it| it.sees), is_one) {
            (true, true) => "sees",
            (true, false) => "see",
            (false, _) => "can",
        };
        let seen: Vec<&str> = self.seen.iter().map(|it| voice.pick(it.yours, it.theirs)).collect();
        let otherwise = if self.otherwise { " otherwise" } else { "" };
        let cards = if self.are_cards { " where the committee shows cards" } else { "" };
        format!("{}{otherwise} {does} {}{cards}", joined(&who), seen.join(" and "))
    }
}

/// To whom a record is closed that only a few may read.
fn closed(record: Record, voice: Voice) -> String {
    let is_close = reading(record).all(|(.., rule)| !rule.bounds.has(Bound::Whole));
    let mut closed = Vec::new();
    if matches!(record, Record::PrivateNote | Record::CheckinAnswer) {
        closed.push(voice.pick("your partner", "their partner"));
    }
    let nothing = |column: Column| rules(record, column).iter().all(|rule| rule.bounds.has(Bound::Own));
    let others = [(Column::Liaison, liaison(voice)), (Column::Chair, chair(voice)), (Column::Staff, office(voice))];
    let shut = others.into_iter().filter(|(column, _)| is_close && !voice.is(*column) && nothing(*column));
    closed.extend(shut.map(|(_, who)| who));
    if closed.is_empty() { String::new() } else { format!(" Not {}.", closed.join(", not ")) }
}

fn sentence(readers: &[&str]) -> String {
    match readers {
        [] => "Nobody.".to_owned(),
        [only] => format!("Only {only}."),
        several => format!("{}.", capital(&joined(several))),
    }
}

/// What makes a reader one only at times.
const CONDITIONS: [&str; 8] =
    [" whom ", " if ", " once ", " during ", " from ", " unless ", " until ", " what happens "];

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

pub(crate) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
