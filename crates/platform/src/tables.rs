//! Tables that leave the house as CSV: each cell is text, whatever program opens them and
//! whatever it takes for a separator. V-08.

use crate::storage::StorageError;

/// What a table program may take for the beginning of a formula.
const TRIGGERS: &[char] = &['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];
/// What some of them take for the end of a cell, though it stands inside quotation marks.
const SEPARATORS: &[char] = &[';', '\t', '|', '\n', '\r'];

/// A table of lines as CSV, every cell in quotation marks.
#[expect(clippy::disallowed_methods, reason = "this is where tables leave")]
pub fn csv<L, C>(lines: impl IntoIterator<Item = L>) -> Result<Vec<u8>, StorageError>
where
    L: IntoIterator<Item = C>,
    C: AsRef<str>,
{
    let mut out = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
    let broken = |error: String| StorageError::Other(format!("a table could not be written: {error}"));
    for line in lines {
        let cells = line.into_iter().map(|cell| harmless(cell.as_ref()));
        out.write_record(cells).map_err(|error| broken(error.to_string()))?;
    }
    out.into_inner().map_err(|error| broken(error.to_string()))
}

/// The text with an apostrophe wherever a formula could begin. A number keeps its sign.
fn harmless(cell: &str) -> String {
    let figure = |rest: &str| rest.starts_with(|it: char| it.is_ascii_digit()) && rest.parse::<f64>().is_ok();
    if cell.strip_prefix('-').is_some_and(figure) {
        return cell.to_owned();
    }
    let mut safe = String::with_capacity(cell.len());
    let mut begins = true;
    for letter in cell.chars() {
        let opens = TRIGGERS.contains(&letter) || letter == ';';
        if begins && opens && (letter != '\n' || safe.is_empty()) {
            safe.push('\'');
        }
        safe.push(letter);
        begins = SEPARATORS.contains(&letter) || (begins && letter == ' ');
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    // V-08
    #[test]
    fn no_cell_begins_a_formula_whatever_separates_the_cells() {
        let cells = [
            ("=1+1", "'=1+1"),
            ("+49 30 1", "'+49 30 1"),
            ("-5", "-5"),
            ("-5+1", "'-5+1"),
            ("--5", "'--5"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t'=1"),
            ("\r\n=1", "'\r\n'=1"),
            (";=1", "';'=1"),
            ("  =1", "  '=1"),
            ("\u{ff1d}1", "'\u{ff1d}1"),
            ("\u{ff0b}1", "'\u{ff0b}1"),
            ("\u{ff0d}1", "'\u{ff0d}1"),
            ("\u{ff20}a", "'\u{ff20}a"),
            ("a;=cmd|'/c calc'!A0;b", "a;'=cmd|'/c calc'!A0;b"),
            ("one\n=two\n\nthree", "one\n'=two\n\nthree"),
            ("Anna – 5 = a + b; fine", "Anna – 5 = a + b; fine"),
            ("", ""),
        ];
        for (typed, kept) in cells {
            assert_eq!(harmless(typed), kept, "{typed:?}");
        }
    }

    #[test]
    fn every_cell_stands_in_quotation_marks() {
        let table = csv([["a", "say \"hi\""], ["=1", ""]]).unwrap();
        assert_eq!(String::from_utf8(table).unwrap(), "\"a\",\"say \"\"hi\"\"\"\n\"'=1\",\"\"\n");
    }
}
