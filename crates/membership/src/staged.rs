//! Table `roster_lines`: the lines of a list that was compared, and what each would change.
//! They are written in bulk and applied by the database itself, so that a list of a hundred
//! thousand members needs no more memory when it is shown or applied than one of ten.

use jiff::civil::Date;
use platform::{identity::email_key, prelude::*, storage::Query};
use serde::{Deserialize, Serialize};

use crate::{
    roster::{search_key, standing},
    rules::{
        names::number_key,
        roster::{Difference, Doubt, ImportRow, RosterRow, Unclear, merged},
        roster_file::LineFault,
    },
};

/// What a line would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    New,
    Changed,
    Gone,
    Unclear,
    Faulty,
}

impl Kind {
    pub fn key(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Gone => "gone",
            Self::Unclear => "unclear",
            Self::Faulty => "faulty",
        }
    }
}

row! {
    struct Line {
        place: i64,
        member: Option<Id>,
        member_number: String,
        name: String,
        email: String,
        standing: String,
        joined_year: Option<i64>,
        expires_on: Option<Date>,
        category: String,
        detail: String,
    }
}

/// What a line says beside the columns of its table.
#[derive(Serialize, Deserialize)]
enum Detail {
    Doubt { doubt: Doubt, other: Option<RosterRow>, tells_expiry: bool },
    Fault(LineFault),
}

sql! {
    LINES => "select place, member, member_number, name, email, standing, joined_year, expires_on, category, detail from roster_lines where import = $1 and kind = $2 order by place limit $3";
    WAS => "select r.id, r.member_number, r.name, r.email, r.standing, r.joined_year, r.expires_on, r.category from roster_lines l join roster r on r.id = l.member where l.import = $1 and l.kind = $2 order by l.place limit $3";
    TURN => "delete from roster_lines where import = $1 and kind = 'unclear' and place = $2";
    FORGET_KIND => "delete from roster_lines where import = $1 and kind = $2";
    FORGET_SOUND => "delete from roster_lines where import = $1 and kind <> 'faulty'";
    FORGET_ALL => "delete from roster_lines where import = $1";
}

/// How many lines one statement writes: few enough for the values it may have.
const AT_ONCE: usize = 500;

/// Writes what a list would change.
pub(crate) fn keep(tx: &mut Tx, import: Id, difference: &Difference, faults: &[LineFault]) -> Result<(), Failure> {
    let mut bulk = Bulk::new(import);
    for row in &difference.new {
        let member = tx.fresh_id();
        bulk.add(tx, Kind::New, row.line, Some(member), &of_import(row), String::new())?;
    }
    for it in &difference.changed {
        bulk.add(tx, Kind::Changed, it.line, Some(it.was.id), &it.becomes, String::new())?;
    }
    for (place, row) in (1..).zip(&difference.gone) {
        bulk.add(tx, Kind::Gone, place, Some(row.id), row, String::new())?;
    }
    for it in &difference.unclear {
        let (other, tells_expiry) = (it.other.clone(), it.row.tells_expiry);
        let detail = told(&Detail::Doubt { doubt: it.doubt, other, tells_expiry })?;
        bulk.add(tx, Kind::Unclear, it.row.line, None, &of_import(&it.row), detail)?;
    }
    for it in faults {
        let row = RosterRow { number: it.number.clone(), email: it.email.clone(), ..nobody() };
        bulk.add(tx, Kind::Faulty, it.line, None, &row, told(&Detail::Fault(it.clone()))?)?;
    }
    bulk.write(tx)
}

struct Bulk {
    import: Id,
    query: Query,
    lines: usize,
}

const INTO: &str = "insert into roster_lines (import, kind, place, member, member_number, number_key, name, email, email_key, search_key, standing, joined_year, expires_on, category, detail) values ";

impl Bulk {
    fn new(import: Id) -> Self {
        Self { import, query: Query::new(INTO), lines: 0 }
    }

    fn add(
        &mut self,
        tx: &mut Tx,
        kind: Kind,
        place: u64,
        member: Option<Id>,
        row: &RosterRow,
        detail: String,
    ) -> Result<(), Failure> {
        let number = Some(number_key(&row.number)).filter(|key| !key.is_empty());
        let place = i64::try_from(place).unwrap_or(i64::MAX);
        self.query.push(if self.lines == 0 { "(" } else { ", (" }).bind(self.import);
        self.query.push(", ").bind(kind.key()).push(", ").bind(place).push(", ").bind(member);
        self.query.push(", ").bind(&row.number).push(", ").bind(number).push(", ").bind(&row.name);
        self.query.push(", ").bind(&row.email).push(", ").bind(email_key(&row.email));
        self.query.push(", ").bind(search_key(&row.name, &row.email, &row.number));
        self.query.push(", ").bind(standing(row.is_good)).push(", ").bind(row.joined_year);
        self.query.push(", ").bind(row.expires_on).push(", ").bind(&row.category).push(", ").bind(detail).push(")");
        self.lines += 1;
        if self.lines < AT_ONCE { Ok(()) } else { self.write(tx) }
    }

    fn write(&mut self, tx: &mut Tx) -> Result<(), Failure> {
        if self.lines > 0 {
            tx.query::<i64>(&self.query)?;
            *self = Self::new(self.import);
        }
        Ok(())
    }
}

/// The first lines that are new, as they would be.
pub(crate) fn new(tx: &mut Tx, import: Id, most: i64) -> Result<Vec<(i64, RosterRow)>, Failure> {
    Ok(lines(tx, import, Kind::New, most)?.into_iter().map(|it| (it.place, into_row(it))).collect())
}

/// A line of a list that changes a member.
pub(crate) struct Change {
    pub line: i64,
    pub was: RosterRow,
    pub becomes: RosterRow,
}

/// The first lines that change a member: what they were, and what they become.
pub(crate) fn changed(tx: &mut Tx, import: Id, most: i64) -> Result<Vec<Change>, Failure> {
    let becomes = lines(tx, import, Kind::Changed, most)?;
    let was = was(tx, import, Kind::Changed, most)?;
    let both = was.into_iter().zip(becomes);
    Ok(both.map(|(was, line)| Change { line: line.place, was, becomes: into_row(line) }).collect())
}

/// The first members who are gone.
pub(crate) fn gone(tx: &mut Tx, import: Id, most: i64) -> Result<Vec<RosterRow>, Failure> {
    Ok(lines(tx, import, Kind::Gone, most)?.into_iter().map(into_row).collect())
}

pub(crate) fn unclear(tx: &mut Tx, import: Id, most: i64) -> Result<Vec<Unclear>, Failure> {
    let mut unclear = Vec::new();
    for line in lines(tx, import, Kind::Unclear, most)? {
        let Detail::Doubt { doubt, other, tells_expiry } = read(&line.detail)? else { continue };
        let place = u64::try_from(line.place).unwrap_or_default();
        unclear.push(Unclear { row: into_import(into_row(line), place, tells_expiry), doubt, other });
    }
    Ok(unclear)
}

pub(crate) fn faulty(tx: &mut Tx, import: Id, most: i64) -> Result<Vec<LineFault>, Failure> {
    let mut faulty = Vec::new();
    for line in lines(tx, import, Kind::Faulty, most)? {
        if let Detail::Fault(fault) = read(&line.detail)? {
            faulty.push(fault);
        }
    }
    Ok(faulty)
}

/// An unclear line is said to be the member it resembles.
pub(crate) fn is_the_same(tx: &mut Tx, import: Id, unclear: &Unclear, was: &RosterRow) -> Result<(), Failure> {
    turn(tx, import, unclear)?;
    let becomes = merged(was, &unclear.row);
    let mut bulk = Bulk::new(import);
    bulk.add(tx, Kind::Changed, unclear.row.line, Some(was.id), &becomes, String::new())?;
    bulk.write(tx)
}

/// An unclear line is said to be somebody new.
pub(crate) fn is_somebody_else(tx: &mut Tx, import: Id, unclear: &Unclear) -> Result<(), Failure> {
    turn(tx, import, unclear)?;
    let (member, mut bulk) = (tx.fresh_id(), Bulk::new(import));
    bulk.add(tx, Kind::New, unclear.row.line, Some(member), &of_import(&unclear.row), String::new())?;
    bulk.write(tx)
}

pub(crate) fn forget_kind(tx: &mut Tx, import: Id, kind: Kind) -> Result<(), Failure> {
    tx.exec(&FORGET_KIND, values![import, kind.key()])?;
    Ok(())
}

/// Forgets what was applied; what was faulty stays for its file.
pub(crate) fn forget_sound(tx: &mut Tx, import: Id) -> Result<(), Failure> {
    tx.exec(&FORGET_SOUND, values![import])?;
    Ok(())
}

pub(crate) fn forget_all(tx: &mut Tx, import: Id) -> Result<(), Failure> {
    tx.exec(&FORGET_ALL, values![import])?;
    Ok(())
}

fn turn(tx: &mut Tx, import: Id, unclear: &Unclear) -> Result<(), Failure> {
    let place = i64::try_from(unclear.row.line).unwrap_or(i64::MAX);
    tx.exec(&TURN, values![import, place])?;
    Ok(())
}

fn lines(tx: &mut Tx, import: Id, kind: Kind, most: i64) -> Result<Vec<Line>, Failure> {
    Ok(tx.rows(&LINES, values![import, kind.key(), most])?)
}

fn was(tx: &mut Tx, import: Id, kind: Kind, most: i64) -> Result<Vec<RosterRow>, Failure> {
    let rows: Vec<crate::roster::Kept> = tx.rows(&WAS, values![import, kind.key(), most])?;
    Ok(rows.into_iter().map(crate::roster::Kept::into_row).collect())
}

fn into_row(line: Line) -> RosterRow {
    RosterRow {
        id: line.member.unwrap_or_default(),
        number: line.member_number,
        name: line.name,
        email: line.email,
        is_good: line.standing == "good",
        joined_year: line.joined_year,
        expires_on: line.expires_on,
        category: line.category,
    }
}

fn of_import(row: &ImportRow) -> RosterRow {
    RosterRow {
        id: Id::default(),
        number: row.number.clone(),
        name: row.name.clone(),
        email: row.email.clone(),
        is_good: row.is_good,
        joined_year: row.joined_year,
        expires_on: row.expires_on,
        category: row.category.clone(),
    }
}

fn into_import(row: RosterRow, line: u64, tells_expiry: bool) -> ImportRow {
    ImportRow {
        line,
        number: row.number,
        name: row.name,
        email: row.email,
        is_good: row.is_good,
        joined_year: row.joined_year,
        expires_on: row.expires_on,
        category: row.category,
        tells_expiry,
    }
}

fn nobody() -> RosterRow {
    RosterRow {
        id: Id::default(),
        number: String::new(),
        name: String::new(),
        email: String::new(),
        is_good: false,
        joined_year: None,
        expires_on: None,
        category: String::new(),
    }
}

fn told(detail: &Detail) -> Result<String, Failure> {
    serde_json::to_string(detail).map_err(|error| broken(&error))
}

fn read(detail: &str) -> Result<Detail, Failure> {
    serde_json::from_str(detail).map_err(|error| broken(&error))
}

fn broken(error: &serde_json::Error) -> Failure {
    Failure::Storage(platform::storage::StorageError::Other(format!("a line of a list cannot be kept: {error}")))
}
