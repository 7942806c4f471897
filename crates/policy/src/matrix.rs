//! The matrix as the code reads it: `access-matrix.csv`, one row per record, one column
//! per kind of reader, each cell a list of rules.
//!
//! A cell is written for people. What follows a fixed form (`o:RWE`) is read by form;
//! every other phrase stands in `phrases.rs` with what it means. A phrase that is in
//! neither gives nothing, and a test names it.

use std::sync::LazyLock;

use crate::{
    facts::{Bound, Bounds, Condition, Verb, Verbs},
    phrases::phrase,
    records::Record,
    subject::{Role, Subject},
};

/// A column of the matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    Public,
    Applicant,
    Mentee,
    Mentor,
    Liaison,
    Council,
    Chair,
    Staff,
    Board,
    Alumni,
    Operator,
}

impl Column {
    pub const ALL: [Self; 11] = [
        Self::Public,
        Self::Applicant,
        Self::Mentee,
        Self::Mentor,
        Self::Liaison,
        Self::Council,
        Self::Chair,
        Self::Staff,
        Self::Board,
        Self::Alumni,
        Self::Operator,
    ];

    pub fn key(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Applicant => "applicant",
            Self::Mentee => "mentee",
            Self::Mentor => "mentor",
            Self::Liaison => "liaison",
            Self::Council => "council",
            Self::Chair => "chair",
            Self::Staff => "staff",
            Self::Board => "board",
            Self::Alumni => "alumni",
            Self::Operator => "operator",
        }
    }

    /// The columns that a role opens for a record. A liaison is council to the duos of
    /// others, which adds where the liaison's own cell speaks of accompanied duos alone.
    pub fn of_role(role: Role, record: Record) -> &'static [Self] {
        let of_duos = || rules(record, Self::Liaison).iter().all(|rule| !rule.bounds.has(Bound::Whole));
        match role {
            Role::Applicant => &[Self::Applicant],
            Role::Mentee => &[Self::Mentee],
            Role::Mentor => &[Self::Mentor],
            Role::Liaison if of_duos() => &[Self::Liaison, Self::Council],
            Role::Liaison => &[Self::Liaison],
            Role::Council => &[Self::Council],
            Role::Chair | Role::Deputy => &[Self::Chair],
            Role::Staff => &[Self::Staff],
            Role::Board => &[Self::Board],
            Role::Alumna => &[Self::Alumni],
        }
    }

    /// Whether the rights of this column follow from the committee or the office, and go
    /// where there is a conflict of interest.
    pub fn is_of_the_committee(self) -> bool {
        matches!(self, Self::Liaison | Self::Council | Self::Chair | Self::Staff | Self::Board)
    }
}

impl From<&Subject> for Column {
    /// As whom somebody reads what is another's: by the widest of what they hold.
    fn from(subject: &Subject) -> Self {
        let widest = [
            (Role::Chair, Self::Chair),
            (Role::Deputy, Self::Chair),
            (Role::Liaison, Self::Liaison),
            (Role::Council, Self::Council),
            (Role::Staff, Self::Staff),
            (Role::Board, Self::Board),
            (Role::Mentee, Self::Mentee),
            (Role::Mentor, Self::Mentor),
            (Role::Alumna, Self::Alumni),
        ];
        widest.into_iter().find(|(role, _)| subject.holds(*role)).map_or(Self::Applicant, |(_, column)| column)
    }
}

/// One rule of a cell: who stands so to the record may do this, where the condition holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    pub bounds: Bounds,
    pub verbs: Verbs,
    pub when: Option<Condition>,
}

impl Rule {
    pub const fn new(bound: Bound, verbs: Verbs) -> Self {
        Self { bounds: Bounds::none().with(bound), verbs, when: None }
    }

    #[must_use]
    pub const fn when(self, condition: Condition) -> Self {
        Self { when: Some(condition), ..self }
    }

    /// Whether the rule allows this: who may read a record may also know that it is there.
    pub const fn allows(&self, verb: Verb) -> bool {
        match verb {
            Verb::Status | Verb::Count => {
                self.verbs.has(verb)
                    || self.verbs.has(Verb::Read)
                    || (matches!(verb, Verb::Count) && self.verbs.has(Verb::Status))
            }
            _ => self.verbs.has(verb),
        }
    }
}

const CSV: &str = include_str!("../access-matrix.csv");

pub struct Matrix {
    rows: Vec<Row>,
}

struct Row {
    content: String,
    cells: [Vec<Rule>; 11],
    parts: [Vec<Part>; 11],
}

/// One part of a cell as it is written, with what it gives.
pub(crate) struct Part {
    pub words: String,
    pub rules: Vec<Rule>,
}

static MATRIX: LazyLock<Matrix> = LazyLock::new(Matrix::read);

/// The rules of one cell.
pub fn rules(record: Record, column: Column) -> &'static [Rule] {
    &MATRIX.rows[record as usize].cells[column as usize]
}

/// The parts of one cell, in the words of the matrix.
pub(crate) fn parts(record: Record, column: Column) -> &'static [Part] {
    &MATRIX.rows[record as usize].parts[column as usize]
}

/// What a record holds, in a few words.
pub fn content(record: Record) -> &'static str {
    &MATRIX.rows[record as usize].content
}

impl Matrix {
    fn read() -> Self {
        let empty = || Row { content: String::new(), cells: Default::default(), parts: Default::default() };
        let mut rows: Vec<Row> = Record::ALL.iter().map(|_| empty()).collect();
        for (record, column, text) in cells(CSV) {
            match column {
                None => rows[record as usize].content = text,
                Some(column) => {
                    let parts = parts_of(&text);
                    rows[record as usize].cells[column as usize] =
                        parts.iter().flat_map(|part| part.rules.iter().copied()).collect();
                    rows[record as usize].parts[column as usize] = parts;
                }
            }
        }
        Self { rows }
    }
}

/// Every cell with its record and column; without a column, what the record holds.
pub(crate) fn cells(text: &str) -> Vec<(Record, Option<Column>, String)> {
    let mut lines = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let mut lines = lines.records().filter_map(Result::ok);
    let head = lines.next().unwrap_or_default();
    let mut cells = Vec::new();
    for line in lines {
        let Some(record) = line.get(0).and_then(Record::from_key) else { continue };
        cells.push((record, None, line.get(1).unwrap_or_default().to_owned()));
        for (name, cell) in head.iter().zip(line.iter()).skip(2) {
            let column = Column::ALL.into_iter().find(|column| column.key() == name);
            cells.extend(column.map(|column| (record, Some(column), cell.to_owned())));
        }
    }
    cells
}

fn parts_of(cell: &str) -> Vec<Part> {
    let part = |words: &str| Part { words: words.to_owned(), rules: rules_of_segment(words).unwrap_or_default() };
    segments(cell).into_iter().map(part).collect()
}

/// What one segment gives; nothing where nobody has written down what it means.
pub(crate) fn rules_of_segment(segment: &str) -> Option<Vec<Rule>> {
    by_form(segment).or_else(|| phrase(segment).map(<[Rule]>::to_vec))
}

/// A cell's parts, cut at each semicolon outside parentheses.
pub(crate) fn segments(cell: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    for (at, letter) in cell.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            ';' if depth == 0 => {
                parts.push(cell[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(cell[start..].trim());
    parts
}

/// `-`, `!` and `=` give nothing; `o:RWE` verbs to who stands so; `m` and `x` alone what
/// they say, of the whole.
fn by_form(segment: &str) -> Option<Vec<Rule>> {
    if matches!(segment, "-" | "!" | "=") {
        return Some(Vec::new());
    }
    let (bounds, verbs) = segment.split_once(':').unwrap_or(("s", segment));
    let bounds = bounds.chars().try_fold(Bounds::none(), |all, letter| Some(all.with(bound(letter)?)))?;
    let verbs = verbs.chars().try_fold(Verbs::none(), |all, letter| Some(all.with(verb(letter)?)))?;
    (!verbs.is_empty()).then(|| vec![Rule { bounds, verbs, when: None }])
}

fn bound(letter: char) -> Option<Bound> {
    match letter {
        'o' => Some(Bound::Own),
        'd' => Some(Bound::Duo),
        'a' => Some(Bound::Assigned),
        's' => Some(Bound::Whole),
        _ => None,
    }
}

fn verb(letter: char) -> Option<Verb> {
    match letter {
        'R' => Some(Verb::Read),
        'W' => Some(Verb::Write),
        'D' => Some(Verb::Delete),
        'E' => Some(Verb::Export),
        'm' => Some(Verb::Status),
        'x' => Some(Verb::Count),
        _ => None,
    }
}
