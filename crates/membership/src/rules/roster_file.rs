//! One line of a member list: read and found sound, or the reason why not, in the words
//! people read, with what would put it right.

use std::collections::HashMap;

use platform::identity::{email_key, is_email};
use serde::{Deserialize, Serialize};

use super::{
    cells,
    columns::{Columns, Field},
    fixes,
    names::number_key,
    roster::ImportRow,
};

/// A list as it was read: sound lines, and what is wrong with the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemberList {
    pub rows: Vec<ImportRow>,
    pub faults: Vec<LineFault>,
}

/// What is wrong with one line, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineFault {
    pub line: u64,
    /// The column as the file names it; empty where it is the line as a whole.
    pub column: String,
    /// What stands there.
    pub cell: String,
    pub words: String,
    /// What would put it right.
    pub fix: String,
    /// Whom the line seems to be about, so that they are not taken for gone.
    pub number: String,
    pub email: String,
    /// The line as it was, for the file of errors.
    pub cells: Vec<String>,
}

/// A cell of a line that is faulty is kept up to here.
const LONGEST_CELL: usize = 300;
const LONGEST_NAME: usize = 200;

/// Reads lines below a first line, with its columns.
pub struct Reader<'a> {
    pub header: &'a [String],
    pub columns: Columns,
}

/// What is wrong, and in which field.
struct Wrong(Option<Field>, String, String);

impl Reader<'_> {
    pub fn read(&self, line: u64, cells: &[&str]) -> Result<ImportRow, Box<LineFault>> {
        self.row(line, cells).map_err(|wrong| Box::new(self.fault(line, cells, wrong)))
    }

    fn cell<'c>(&self, cells: &[&'c str], field: Field) -> &'c str {
        self.columns.of(field).and_then(|place| cells.get(place)).map_or("", |it| it.trim())
    }

    fn row(&self, line: u64, cells: &[&str]) -> Result<ImportRow, Wrong> {
        let cell = |field| self.cell(cells, field);
        if cells.len() != self.header.len() {
            let words = format!("The line has {} cells, and the first line has {}.", cells.len(), self.header.len());
            return Err(Wrong(None, words, fixes::CELLS.to_owned()));
        }
        let number = cell(Field::Number).to_owned();
        let number = if number_key(&number).is_empty() { String::new() } else { number };
        let email = cell(Field::Email).to_owned();
        let name = self.name(cells)?;
        if number.is_empty() && email.is_empty() {
            let words = "There is neither a member number nor an e-mail address.".to_owned();
            return Err(Wrong(self.key_field(), words, fixes::NO_KEY.to_owned()));
        }
        if !email.is_empty() && !is_email(&email) {
            let words = format!("“{}” is not an e-mail address.", short(&email));
            return Err(Wrong(Some(Field::Email), words, fixes::email(&email)));
        }
        let is_good = self.is_good(cells)?;
        let joined_year = self.optional(cells, Field::Joined, cells::year)?;
        let expires_on = self.optional(cells, Field::Expires, cells::day)?;
        if let (Some(joined), Some(expires)) = (joined_year, expires_on)
            && i64::from(expires.year()) < joined
        {
            let words = format!("It expires in {}, before the year of joining, {joined}.", expires.year());
            return Err(Wrong(Some(Field::Expires), words, fixes::BEFORE_JOINING.to_owned()));
        }
        let category = cell(Field::Category).chars().take(LONGEST_NAME).collect();
        let tells_expiry = self.columns.of(Field::Expires).is_some();
        Ok(ImportRow { line, number, name, email, is_good, joined_year, expires_on, category, tells_expiry })
    }

    fn name(&self, cells: &[&str]) -> Result<String, Wrong> {
        let whole = self.cell(cells, Field::Name);
        let name = if whole.is_empty() {
            format!("{} {}", self.cell(cells, Field::First), self.cell(cells, Field::Last)).trim().to_owned()
        } else {
            whole.to_owned()
        };
        let field = if self.columns.of(Field::Name).is_some() { Field::Name } else { Field::Last };
        if name.is_empty() {
            return Err(Wrong(Some(field), "There is no name.".to_owned(), fixes::NO_NAME.to_owned()));
        }
        if name.chars().count() > LONGEST_NAME {
            let words = format!("The name has more than {LONGEST_NAME} characters.");
            return Err(Wrong(Some(field), words, fixes::LONG_NAME.to_owned()));
        }
        Ok(name)
    }

    fn key_field(&self) -> Option<Field> {
        [Field::Number, Field::Email].into_iter().find(|field| self.columns.of(*field).is_some())
    }

    fn is_good(&self, cells: &[&str]) -> Result<bool, Wrong> {
        if self.columns.of(Field::Standing).is_none() {
            return Ok(true);
        }
        let words = self.cell(cells, Field::Standing);
        cells::is_good(words).ok_or_else(|| {
            let said = match words {
                "" => "There is no standing.".to_owned(),
                _ => format!("We do not know the standing “{}”. Write “good” or “lapsed”.", short(words)),
            };
            Wrong(Some(Field::Standing), said, fixes::standing(words))
        })
    }

    fn optional<T>(&self, cells: &[&str], field: Field, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Wrong> {
        let cell = self.cell(cells, field);
        if cell.is_empty() {
            return Ok(None);
        }
        read(cell).map(Some).ok_or_else(|| {
            let column = field.words().to_lowercase();
            let words = format!("“{}” under “{column}” is not a date. Write it like 2027-01-31.", short(cell));
            Wrong(Some(field), words, fixes::day(cell))
        })
    }

    fn fault(&self, line: u64, cells: &[&str], wrong: Wrong) -> LineFault {
        let Wrong(field, words, fix) = wrong;
        let cut = |cell: &str| cell.chars().take(LONGEST_CELL).collect::<String>();
        let place = field.and_then(|field| self.columns.of(field));
        LineFault {
            line,
            column: place.and_then(|place| self.header.get(place)).map(|name| short(name)).unwrap_or_default(),
            cell: place.and_then(|place| cells.get(place)).map(|cell| cut(cell.trim())).unwrap_or_default(),
            words,
            fix,
            number: cut(self.cell(cells, Field::Number)),
            email: cut(self.cell(cells, Field::Email)),
            cells: cells.iter().take(self.header.len() + 1).map(|cell| cut(cell)).collect(),
        }
    }
}

fn short(cell: &str) -> String {
    if cell.chars().count() > 60 { cell.chars().take(59).chain(['…']).collect() } else { cell.to_owned() }
}

/// Keeps lines that tell members apart: no number twice, and no address twice unless
/// each of its lines has a number.
pub fn told_apart(list: MemberList) -> MemberList {
    let mut first_with_number: HashMap<String, u64> = HashMap::new();
    let mut at_address: HashMap<String, (u64, bool)> = HashMap::new();
    for row in &list.rows {
        let (first, all_numbered) = at_address.entry(email_key(&row.email)).or_insert((row.line, true));
        *all_numbered &= !row.number.is_empty();
        if row.line < *first {
            *first = row.line;
        }
    }
    let mut told = MemberList { rows: Vec::with_capacity(list.rows.len()), faults: list.faults };
    for row in list.rows {
        let earlier = match number_key(&row.number) {
            key if key.is_empty() => None,
            key => Some(*first_with_number.entry(key).or_insert(row.line)).filter(|line| *line != row.line),
        };
        let (first, all_numbered) = at_address.get(&email_key(&row.email)).copied().unwrap_or((row.line, true));
        let shares_address = !row.email.is_empty() && !all_numbered && first != row.line;
        match earlier {
            Some(line) => told.faults.push(twice(row, format!("Line {line} has the same member number."), true)),
            None if shares_address => {
                let words = format!("Line {first} has the same address, and no member number tells the two apart.");
                told.faults.push(twice(row, words, false));
            }
            None => told.rows.push(row),
        }
    }
    told.faults.sort_by_key(|fault| fault.line);
    told
}

fn twice(row: ImportRow, words: String, by_number: bool) -> LineFault {
    let (column, cell, fix) = match by_number {
        true => (Field::Number.words(), row.number.clone(), fixes::SAME_NUMBER),
        false => (Field::Email.words(), row.email.clone(), fixes::SAME_ADDRESS),
    };
    LineFault {
        line: row.line,
        column: column.to_owned(),
        cell,
        words,
        fix: fix.to_owned(),
        cells: vec![row.number.clone(), row.name, row.email.clone()],
        number: row.number,
        email: row.email,
    }
}
