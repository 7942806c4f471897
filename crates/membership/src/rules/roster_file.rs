//! A member list read from a file: whatever the office's program writes as CSV, with the
//! columns in any order and under their usual names.

use platform::folding::folded;
use std::collections::HashMap;

use platform::identity::{email_key, is_email};
use serde::{Deserialize, Serialize};

use super::{cells, names::number_key, roster::ImportRow};

/// More lines than any association of ours has members.
pub const MOST_LINES: usize = 50_000;
pub const MOST_BYTES: usize = 10 * 1024 * 1024;

/// A list as it was read: sound lines, and what is wrong with the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemberList {
    pub rows: Vec<ImportRow>,
    pub faults: Vec<LineFault>,
}

/// What is wrong with one line, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineFault {
    pub line: u64,
    pub words: String,
    /// Whom the line seems to be about, so that they are not taken for gone.
    pub number: String,
    pub email: String,
}

/// Why a file cannot be read as a member list at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileRefusal {
    #[error("The file is empty. Export the member list again and choose the new file.")]
    Empty,
    #[error("The file is too big. A member list of up to 10 MB and 50,000 lines can be read.")]
    TooBig,
    #[error("This is a workbook, not a CSV file. Open it, choose “Save as” and then “CSV UTF-8”.")]
    Workbook,
    #[error("This is not a CSV file. Export the member list as CSV, with one member on each line.")]
    NotCsv,
    #[error("The first line must name the columns. We did not find {0}.")]
    Lacks(String),
    #[error("The first line names the columns, and there is no member below it.")]
    NoMembers,
}

/// Reads a member list. Lines that cannot be used come back as faults, each with its number.
pub fn read(bytes: &[u8]) -> Result<MemberList, FileRefusal> {
    let text = decode(bytes)?;
    let delimiter = delimiter_of(text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default());
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut records = reader.records();
    let header = match records.next() {
        Some(Ok(record)) => record,
        Some(Err(_)) => return Err(FileRefusal::NotCsv),
        None => return Err(FileRefusal::Empty),
    };
    let columns = Columns::find(&header)?;
    let mut list = MemberList::default();
    for record in records {
        let Ok(record) = record else { return Err(FileRefusal::NotCsv) };
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if list.rows.len() + list.faults.len() >= MOST_LINES {
            return Err(FileRefusal::TooBig);
        }
        match columns.read(&record, line_of(&record, &text), header.len()) {
            Ok(row) => list.rows.push(row),
            Err(fault) => list.faults.push(fault),
        }
    }
    if list.rows.is_empty() && list.faults.is_empty() {
        return Err(FileRefusal::NoMembers);
    }
    Ok(told_apart(list))
}

/// The line on which a member stands; empty lines before it count, though the reader skips them.
fn line_of(record: &csv::StringRecord, text: &str) -> u64 {
    let Some(position) = record.position() else { return 0 };
    let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let empty = text.as_bytes().iter().skip(start).take_while(|byte| **byte == b'\n').count();
    position.line() + empty as u64
}

/// Windows writes these where Latin-1 has nothing; the apostrophe of O’Brien is one.
const WINDOWS_1252: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";

fn decode(bytes: &[u8]) -> Result<String, FileRefusal> {
    if bytes.len() > MOST_BYTES {
        return Err(FileRefusal::TooBig);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(FileRefusal::Workbook);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(FileRefusal::Empty);
    }
    if bytes.contains(&0) || bytes.starts_with(b"%PDF") || bytes.starts_with(b"<") || bytes.starts_with(b"{") {
        return Err(FileRefusal::NotCsv);
    }
    let windows = |byte: u8| match byte {
        0x80..=0x9f => WINDOWS_1252.chars().nth(usize::from(byte - 0x80)).unwrap_or(char::from(byte)),
        _ => char::from(byte),
    };
    let text =
        std::str::from_utf8(bytes).map_or_else(|_| bytes.iter().map(|byte| windows(*byte)).collect(), str::to_owned);
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}

fn delimiter_of(header: &str) -> u8 {
    let count = |delimiter: u8| header.bytes().filter(|byte| *byte == delimiter).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}

const NUMBER: &[&str] = &[
    "member number",
    "member no",
    "member nr",
    "member id",
    "membership number",
    "membership no",
    "membership id",
    "memberid",
    "membernumber",
    "member",
    "number",
    "id",
    "no",
    "customer id",
];
const NAME: &[&str] = &["name", "full name", "member name", "display name", "contact name"];
const FIRST: &[&str] = &["first name", "firstname", "first", "given name", "forename"];
const LAST: &[&str] = &["last name", "lastname", "last", "surname", "family name"];
const EMAIL: &[&str] = &["e mail", "email", "e mail address", "email address", "mail", "primary email", "work email"];
const STANDING: &[&str] =
    &["status", "standing", "member status", "membership status", "member standing", "membership standing"];
const JOINED: &[&str] = &[
    "joined",
    "join date",
    "date joined",
    "joined on",
    "member since",
    "since",
    "join year",
    "year joined",
    "joined year",
    "original join date",
];
const EXPIRES: &[&str] = &[
    "expires",
    "expires on",
    "expiry",
    "expiry date",
    "expiration",
    "expiration date",
    "valid until",
    "paid through",
    "paid until",
    "renewal date",
    "end date",
    "until",
];

/// Where in a line each thing stands.
struct Columns {
    number: Option<usize>,
    name: Option<usize>,
    first: Option<usize>,
    last: Option<usize>,
    email: Option<usize>,
    standing: Option<usize>,
    joined: Option<usize>,
    expires: Option<usize>,
}

impl Columns {
    fn find(header: &csv::StringRecord) -> Result<Self, FileRefusal> {
        let cells: Vec<String> = header.iter().map(folded).collect();
        let place = |names: &[&str]| names.iter().find_map(|name| cells.iter().position(|cell| cell == name));
        let columns = Self {
            number: place(NUMBER),
            name: place(NAME),
            first: place(FIRST),
            last: place(LAST),
            email: place(EMAIL),
            standing: place(STANDING),
            joined: place(JOINED),
            expires: place(EXPIRES),
        };
        let has_name = columns.name.is_some() || columns.last.is_some();
        let has_key = columns.number.is_some() || columns.email.is_some();
        match (has_name, has_key) {
            (true, true) => Ok(columns),
            (true, false) => Err(FileRefusal::Lacks("a column “Member number” or “E-mail”".to_owned())),
            (false, true) => Err(FileRefusal::Lacks("a column “Name”, or “First name” and “Last name”".to_owned())),
            (false, false) if cells.len() < 2 => Err(FileRefusal::NotCsv),
            (false, false) => Err(FileRefusal::Lacks("the columns “Name” and “Member number” or “E-mail”".to_owned())),
        }
    }

    fn read(&self, record: &csv::StringRecord, line: u64, width: usize) -> Result<ImportRow, LineFault> {
        let cell = |place: Option<usize>| place.and_then(|it| record.get(it)).map_or("", str::trim);
        let number = cell(self.number).to_owned();
        let number = if number_key(&number).is_empty() { String::new() } else { number };
        let email = cell(self.email).to_owned();
        let fault = |words: String| LineFault { line, words, number: number.clone(), email: email.clone() };
        if record.len() != width {
            return Err(fault(format!("The line has {} cells, and the first line has {width}.", record.len())));
        }
        let name = match self.name.map(|_| cell(self.name)).filter(|name| !name.is_empty()) {
            Some(name) => name.to_owned(),
            None => format!("{} {}", cell(self.first), cell(self.last)).trim().to_owned(),
        };
        if name.is_empty() || name.chars().count() > 200 {
            return Err(fault("There is no name.".to_owned()));
        }
        if number.is_empty() && email.is_empty() {
            return Err(fault("There is neither a member number nor an e-mail address.".to_owned()));
        }
        if !email.is_empty() && !is_email(&email) {
            return Err(fault(format!("“{}” is not an e-mail address.", short(&email))));
        }
        let is_good = match self.standing.map(|_| cell(self.standing)) {
            None => Some(true),
            Some(words) => cells::is_good(words),
        };
        let Some(is_good) = is_good else {
            let words = cell(self.standing);
            return Err(fault(match words {
                "" => "There is no standing.".to_owned(),
                _ => format!("We do not know the standing “{}”. Write “good” or “lapsed”.", short(words)),
            }));
        };
        let joined_year = optional(cell(self.joined), cells::year).map_err(|it| fault(not_a_day("joined", it)))?;
        let expires_on = optional(cell(self.expires), cells::day).map_err(|it| fault(not_a_day("expires", it)))?;
        if let (Some(joined), Some(expires)) = (joined_year, expires_on)
            && i64::from(expires.year()) < joined
        {
            return Err(fault(format!("It expires in {}, before the year of joining, {joined}.", expires.year())));
        }
        let tells_expiry = self.expires.is_some();
        Ok(ImportRow { line, number, name, email, is_good, joined_year, expires_on, tells_expiry })
    }
}

fn optional<T>(cell: &str, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, &str> {
    if cell.is_empty() { Ok(None) } else { read(cell).map(Some).ok_or(cell) }
}

fn not_a_day(column: &str, cell: &str) -> String {
    format!("“{}” under “{column}” is not a date. Write it like 2027-01-31.", short(cell))
}

fn short(cell: &str) -> String {
    if cell.chars().count() > 60 { cell.chars().take(59).chain(['…']).collect() } else { cell.to_owned() }
}

/// Keeps lines that tell members apart: no number twice, and no address twice unless
/// each of its lines has a number.
fn told_apart(list: MemberList) -> MemberList {
    let mut first_with_number: HashMap<String, u64> = HashMap::new();
    let mut at_address: HashMap<String, (u64, bool)> = HashMap::new();
    for row in &list.rows {
        let (first, all_numbered) = at_address.entry(email_key(&row.email)).or_insert((row.line, true));
        *all_numbered &= !row.number.is_empty();
        if row.line < *first {
            *first = row.line;
        }
    }
    let mut told = MemberList { rows: Vec::new(), faults: list.faults };
    for row in list.rows {
        let earlier = match number_key(&row.number) {
            key if key.is_empty() => None,
            key => Some(*first_with_number.entry(key).or_insert(row.line)).filter(|line| *line != row.line),
        };
        let (first, all_numbered) = at_address.get(&email_key(&row.email)).copied().unwrap_or((row.line, true));
        let words = match earlier {
            Some(line) => format!("Line {line} has the same member number."),
            None if !row.email.is_empty() && !all_numbered && first != row.line => {
                format!("Line {first} has the same address, and no member number tells the two apart.")
            }
            None => {
                told.rows.push(row);
                continue;
            }
        };
        told.faults.push(LineFault { line: row.line, words, number: row.number, email: row.email });
    }
    told.faults.sort_by_key(|fault| fault.line);
    told
}
