//! A member list as a file or a delivery: CSV as offices write it, workbooks and JSON,
//! each read line by line, so that no file makes us keep more than a line of it.
//!
//! | what                                       | where               |
//! |--------------------------------------------|---------------------|
//! | which kind a file is, and its lines        | `sheets.rs`         |
//! | CSV                                        | `sheets/comma.rs`   |
//! | whether a workbook may be opened at all    | `sheets/parcel.rs`, `sheets/tags.rs` |
//! | the lines of a workbook                    | `sheets/workbook.rs`|
//! | JSON                                       | `sheets/json.rs`    |

use platform::odd_text;
use serde::{Deserialize, Serialize};

use crate::rules::{
    columns::{Columns, ColumnsRefusal, Field},
    roster_file::{MemberList, Reader, told_apart},
};

mod comma;
mod json;
mod parcel;
mod tags;
#[cfg(test)]
mod tests;
mod workbook;

pub const MOST_BYTES: usize = 10 * 1024 * 1024;
/// More lines than any association of ours has members.
pub const MOST_LINES: usize = 200_000;
pub const MOST_COLUMNS: usize = 200;

/// Why a file cannot be read as a member list at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileRefusal {
    #[error("The file is empty. Export the member list again and choose the new file.")]
    Empty,
    #[error("The file is too big. A member list of up to 10 MB and 200,000 lines can be read.")]
    TooBig,
    #[error("The file has more than 200 columns. Keep those that name a member, and choose it again.")]
    TooWide,
    #[error(
        "The workbook unpacks to far more than a member list needs. Save it as “CSV UTF-8”, or copy the list to a new workbook."
    )]
    TooDense,
    #[error(
        "This is a workbook of an older kind, or one with a password. Open it, and save it as .xlsx without a password or as “CSV UTF-8”."
    )]
    OldWorkbook,
    #[error("This workbook cannot be read. Open it, choose “Save as” and then .xlsx or “CSV UTF-8”.")]
    BrokenWorkbook,
    #[error("This is neither a CSV file nor a workbook (.xlsx). Export the member list with one member on each line.")]
    NotCsv,
    #[error("This is not the JSON that the description asks for: {0}.")]
    NotJson(String),
    #[error("The first line must name the columns. We did not find {0}.")]
    Lacks(ColumnsRefusal),
    #[error("The first line names the columns, and there is no member below it.")]
    NoMembers,
}

/// What is told each line: its number in the file, and its cells.
type Take<'a> = &'a mut dyn FnMut(u64, &[&str]) -> Result<(), FileRefusal>;

/// A file at first sight.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looked {
    pub header: Vec<String>,
    /// The first lines, as examples of what stands in each column.
    pub examples: Vec<Vec<String>>,
    pub lines: usize,
}

const EXAMPLES: usize = 3;

/// Reads a file to its end and keeps its first lines.
pub fn look(bytes: &[u8]) -> Result<Looked, FileRefusal> {
    let mut looked = Looked::default();
    // Cut first: a cell may be as long as the file.
    let begin = |cell: &str| odd_text::shown(&cell.trim().chars().take(80).collect::<String>());
    let owned = |cells: &[&str]| cells.iter().map(|cell| begin(cell)).collect::<Vec<String>>();
    each_line(bytes, &mut |_, cells| {
        if looked.header.is_empty() {
            looked.header = owned(cells);
            return Ok(());
        }
        looked.lines += 1;
        if looked.examples.len() < EXAMPLES {
            looked.examples.push(owned(cells));
        }
        Ok(())
    })?;
    match looked {
        Looked { ref header, .. } if header.is_empty() => Err(FileRefusal::Empty),
        Looked { ref header, .. } if header.len() < 2 => Err(FileRefusal::NotCsv),
        Looked { lines: 0, .. } => {
            Columns::guess(&looked.header).check().map_err(FileRefusal::Lacks)?;
            Err(FileRefusal::NoMembers)
        }
        looked => Ok(looked),
    }
}

/// The lines of any list, each with its number in the file: other rooms read theirs so too.
pub fn lines(bytes: &[u8], most: usize) -> Result<Vec<(u64, Vec<String>)>, FileRefusal> {
    let mut lines = Vec::new();
    each_line(bytes, &mut |line, cells| {
        // The first line names the columns.
        if lines.len() > most {
            return Err(FileRefusal::TooBig);
        }
        lines.push((line, cells.iter().map(|it| it.trim().to_owned()).collect()));
        Ok(())
    })?;
    Ok(lines)
}

/// Reads a member list; without columns they are guessed from its first line. Lines that
/// cannot be used come back as faults, each with its number.
pub fn read(bytes: &[u8], columns: Option<Columns>) -> Result<MemberList, FileRefusal> {
    let mut header: Option<(Vec<String>, Columns)> = None;
    let mut list = MemberList::default();
    each_line(bytes, &mut |line, cells| {
        let Some((names, columns)) = &header else {
            let names: Vec<String> = cells.iter().map(|it| it.trim().to_owned()).collect();
            let columns = columns.unwrap_or_else(|| Columns::guess(&names));
            if names.len() < 2 && columns.check().is_err() {
                return Err(FileRefusal::NotCsv);
            }
            columns.check().map_err(FileRefusal::Lacks)?;
            header = Some((names, columns));
            return Ok(());
        };
        match (Reader { header: names, columns: *columns }).read(line, cells) {
            Ok(row) => list.rows.push(row),
            Err(fault) => list.faults.push(*fault),
        }
        Ok(())
    })?;
    finished(list, header.is_some())
}

/// Reads members delivered as JSON.
pub fn read_json(bytes: &[u8]) -> Result<MemberList, FileRefusal> {
    let header = Field::ALL.map(|field| field.key().to_owned());
    let reader = Reader { header: &header, columns: Columns::in_order() };
    let mut list = MemberList::default();
    json::each_member(bytes, &mut |line, cells| {
        match reader.read(line, cells) {
            Ok(row) => list.rows.push(row),
            Err(fault) => list.faults.push(*fault),
        }
        Ok(())
    })?;
    finished(list, true)
}

fn finished(list: MemberList, has_header: bool) -> Result<MemberList, FileRefusal> {
    if !has_header {
        return Err(FileRefusal::Empty);
    }
    if list.rows.is_empty() && list.faults.is_empty() {
        return Err(FileRefusal::NoMembers);
    }
    Ok(told_apart(list))
}

/// Each line that has something in it. A workbook is known by how it begins, not by its name.
fn each_line(bytes: &[u8], take: Take) -> Result<(), FileRefusal> {
    if bytes.len() > MOST_BYTES {
        return Err(FileRefusal::TooBig);
    }
    let mut lines = 0;
    let mut counted = |line: u64, cells: &[&str]| {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(());
        }
        // The first line names the columns and is no member.
        if lines > MOST_LINES {
            return Err(FileRefusal::TooBig);
        }
        if lines == 0 && cells.len() > MOST_COLUMNS {
            return Err(FileRefusal::TooWide);
        }
        lines += 1;
        take(line, cells)
    };
    match bytes {
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Err(FileRefusal::OldWorkbook),
        [b'P', b'K', 3, 4, ..] => workbook::each_line(bytes, &mut counted),
        _ => comma::each_line(bytes, &mut counted),
    }
}
