//! One line of a member list: read and found sound, or the reason why not, in the words
//! people read, with what would put it right.

use std::collections::HashMap;

use jiff::civil::Date;
use platform::{
    identity::{email_key, is_email},
    odd_text,
    takes::Unread,
};
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

/// What is wrong, and in which cell.
struct Wrong(Option<usize>, String, String);

/// Goes on to the next cell, so that all that is wrong with a line is told at once.
fn noted<T: Default>(wrongs: &mut Vec<Wrong>, read: Result<T, Wrong>) -> T {
    read.unwrap_or_else(|wrong| {
        wrongs.push(wrong);
        T::default()
    })
}

impl Reader<'_> {
    pub fn read(&self, line: u64, cells: &[&str]) -> Result<ImportRow, Box<LineFault>> {
        self.row(line, cells).map_err(|wrongs| Box::new(self.fault(line, cells, &wrongs)))
    }

    fn cell<'c>(&self, cells: &[&'c str], field: Field) -> &'c str {
        self.columns.of(field).and_then(|place| cells.get(place)).map_or("", |it| it.trim())
    }

    fn row(&self, line: u64, cells: &[&str]) -> Result<ImportRow, Vec<Wrong>> {
        self.is_plain(cells).map_err(|wrong| vec![wrong])?;
        let mut wrongs = Vec::new();
        let number = odd_text::cleaned(self.cell(cells, Field::Number));
        let number = if number_key(&number).is_empty() { String::new() } else { number };
        let email = odd_text::cleaned(self.cell(cells, Field::Email));
        let name = noted(&mut wrongs, self.name(cells));
        noted(&mut wrongs, self.is_known_by(&number, &email));
        let is_good = noted(&mut wrongs, self.is_good(cells));
        let joined_year = noted(&mut wrongs, self.joined(cells));
        let expires_on = noted(&mut wrongs, self.expires(cells));
        noted(&mut wrongs, self.are_in_order(joined_year, expires_on));
        if !wrongs.is_empty() {
            return Err(wrongs);
        }
        let category: String = self.cell(cells, Field::Category).chars().take(LONGEST_NAME).collect();
        let category = odd_text::cleaned(&category);
        let tells_expiry = self.columns.of(Field::Expires).is_some();
        Ok(ImportRow { line, number, name, email, is_good, joined_year, expires_on, category, tells_expiry })
    }

    /// As many cells as the first line has, and in each what somebody can type: the same
    /// that forms take.
    fn is_plain(&self, cells: &[&str]) -> Result<(), Wrong> {
        if cells.len() != self.header.len() {
            let words = format!("The line has {} cells, and the first line has {}.", cells.len(), self.header.len());
            return Err(Wrong(None, words, fixes::CELLS.to_owned()));
        }
        for (place, cell) in cells.iter().enumerate() {
            if let Err(odd) = odd_text::check(cell) {
                let words = match odd {
                    Unread::TurnedRound => "A hidden sign turns the direction of the text round.".to_owned(),
                    odd => odd.to_string(),
                };
                return Err(Wrong(Some(place), words, fixes::ODD.to_owned()));
            }
        }
        Ok(())
    }

    fn is_known_by(&self, number: &str, email: &str) -> Result<(), Wrong> {
        if number.is_empty() && email.is_empty() {
            let words = "There is neither a member number nor an e-mail address.".to_owned();
            return Err(Wrong(self.key_place(), words, fixes::NO_KEY.to_owned()));
        }
        if !email.is_empty() && !is_email(email) {
            let words = format!("“{}” is not an e-mail address.", short(email));
            return Err(Wrong(self.columns.of(Field::Email), words, fixes::email(email)));
        }
        Ok(())
    }

    fn name(&self, cells: &[&str]) -> Result<String, Wrong> {
        let whole = self.cell(cells, Field::Name);
        let name = if whole.is_empty() {
            format!("{} {}", self.cell(cells, Field::First), self.cell(cells, Field::Last)).trim().to_owned()
        } else {
            whole.to_owned()
        };
        let field = if self.columns.of(Field::Name).is_some() { Field::Name } else { Field::Last };
        if name.chars().count() > LONGEST_NAME {
            let words = format!("The name has more than {LONGEST_NAME} characters.");
            return Err(Wrong(self.columns.of(field), words, fixes::LONG_NAME.to_owned()));
        }
        let name = odd_text::cleaned(&name);
        if name.trim().is_empty() {
            return Err(Wrong(self.columns.of(field), "There is no name.".to_owned(), fixes::NO_NAME.to_owned()));
        }
        Ok(name)
    }

    fn key_place(&self) -> Option<usize> {
        [Field::Number, Field::Email].into_iter().find_map(|field| self.columns.of(field))
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
            Wrong(self.columns.of(Field::Standing), said, fixes::standing(words))
        })
    }

    /// A year is enough, and all that is kept.
    fn joined(&self, cells: &[&str]) -> Result<Option<i64>, Wrong> {
        let cell = self.cell(cells, Field::Joined);
        if cell.is_empty() {
            return Ok(None);
        }
        cells::year(cell).map(Some).ok_or_else(|| {
            let words =
                format!("“{}” under “joined” is neither a year nor a date. A year is enough, like 2019.", short(cell));
            Wrong(self.columns.of(Field::Joined), words, fixes::year(cell))
        })
    }

    fn expires(&self, cells: &[&str]) -> Result<Option<Date>, Wrong> {
        let cell = self.cell(cells, Field::Expires);
        if cell.is_empty() {
            return Ok(None);
        }
        cells::day(cell).map(Some).ok_or_else(|| {
            let words = format!("“{}” under “expires” is not a date. Write it like 2027-01-31.", short(cell));
            Wrong(self.columns.of(Field::Expires), words, fixes::day(cell))
        })
    }

    fn are_in_order(&self, joined: Option<i64>, expires: Option<Date>) -> Result<(), Wrong> {
        let (Some(joined), Some(expires)) = (joined, expires) else { return Ok(()) };
        if i64::from(expires.year()) >= joined {
            return Ok(());
        }
        let words = format!("It expires in {}, before the year of joining, {joined}.", expires.year());
        Err(Wrong(self.columns.of(Field::Expires), words, fixes::BEFORE_JOINING.to_owned()))
    }

    /// The first fault names the column; what else is wrong follows in its words.
    fn fault(&self, line: u64, cells: &[&str], wrongs: &[Wrong]) -> LineFault {
        let cut = |cell: &str| odd_text::shown(&cell.chars().take(LONGEST_CELL).collect::<String>());
        let place = wrongs.first().and_then(|it| it.0);
        let words = wrongs.iter().map(|it| it.1.as_str()).collect::<Vec<_>>().join(" ");
        let fix = wrongs.iter().map(|it| it.2.as_str()).collect::<Vec<_>>().join(" ");
        LineFault {
            line,
            column: place
                .and_then(|place| self.header.get(place))
                .map(|name| odd_text::shown(&short(name)))
                .unwrap_or_default(),
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
