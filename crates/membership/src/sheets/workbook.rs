//! The lines of a workbook's first sheet that has any. Cells are taken one after the other;
//! a sheet is never laid out as a whole, because two cells can span a billion.

use std::{
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{DataRef, Reader, Xlsx, XlsxError};

use super::{FileRefusal, MOST_COLUMNS, Take, parcel};

pub fn each_line(bytes: &[u8], take: Take) -> Result<(), FileRefusal> {
    parcel::check(bytes)?;
    // A parser of other people's files may have a fault of its own; it is the file's then.
    catch_unwind(AssertUnwindSafe(|| lines(bytes, take))).unwrap_or(Err(FileRefusal::BrokenWorkbook))
}

/// The same, with nothing around it that catches a fault of the parser.
pub(super) fn lines(bytes: &[u8], take: Take) -> Result<(), FileRefusal> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error: XlsxError| match error {
        XlsxError::Password => FileRefusal::OldWorkbook,
        _ => FileRefusal::BrokenWorkbook,
    })?;
    for name in workbook.sheet_names() {
        if sheet(&mut workbook, &name, take)? {
            return Ok(());
        }
    }
    Err(FileRefusal::Empty)
}

/// Whether the sheet had anything in it.
fn sheet(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str, take: Take) -> Result<bool, FileRefusal> {
    let mut reader = match workbook.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        // A page that is a chart alone.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(false),
        Err(_) => return Err(FileRefusal::BrokenWorkbook),
    };
    let mut line = Line::default();
    while let Some(cell) = reader.next_cell().map_err(|_| FileRefusal::BrokenWorkbook)? {
        let (row, column) = cell.get_position();
        let words = words(cell.get_value());
        if words.is_empty() {
            continue;
        }
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column >= MOST_COLUMNS {
            return Err(FileRefusal::TooWide);
        }
        if line.row != Some(row) {
            line.give(take)?;
            line.row = Some(row);
        }
        if line.cells.len() <= column {
            line.cells.resize(column + 1, String::new());
        }
        line.cells[column] = words;
    }
    line.give(take)?;
    Ok(line.width.is_some())
}

#[derive(Default)]
struct Line {
    row: Option<u32>,
    cells: Vec<String>,
    /// How many cells the first line has; a shorter line ends in empty ones.
    width: Option<usize>,
}

impl Line {
    fn give(&mut self, take: Take) -> Result<(), FileRefusal> {
        let Some(row) = self.row.take() else { return Ok(()) };
        let width = *self.width.get_or_insert(self.cells.len());
        if self.cells.len() < width {
            self.cells.resize(width, String::new());
        }
        let cells: Vec<&str> = self.cells.iter().map(String::as_str).collect();
        take(u64::from(row) + 1, &cells)?;
        self.cells.clear();
        Ok(())
    }
}

/// A cell in the words that a CSV file would have.
fn words(value: &DataRef) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::DateTime(at) if at.is_datetime() => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTime(at) => at.as_f64().to_string(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
    }
}
