//! F-21: files that were damaged are refused or read, and nothing breaks.

use super::{FRAME, SHEET, STRINGS, read, sheet, small_workbook, workbook};
use crate::sheets::{FileRefusal, parcel, read_json, workbook as reader};

/// Chance that is the same on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below as u64) as usize
    }

    fn mutate(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..=self.below(6) {
            let place = self.below(bytes.len());
            match self.below(5) {
                0 => bytes[place] = self.below(256) as u8,
                1 => bytes[place] ^= 1 << self.below(8),
                2 => drop(bytes.remove(place)),
                3 => bytes.insert(place, b"<>\"'/&0A\0\xff"[self.below(10)]),
                _ => {
                    let end = (place + self.below(40)).min(bytes.len());
                    let copy = bytes[place..end].to_vec();
                    bytes.splice(place..place, copy);
                }
            }
        }
    }
}

/// Without anything that would catch a panic of the parser.
fn opened(bytes: &[u8]) -> Result<usize, FileRefusal> {
    let mut lines = 0;
    parcel::check(bytes)?;
    reader::lines(bytes, &mut |_, _| {
        lines += 1;
        Ok(())
    })?;
    Ok(lines)
}

// F-21
#[test]
fn five_thousand_damaged_workbooks_break_nothing() {
    let (whole, mut dice) = (small_workbook(), Dice(7));
    let strings = r#"<?xml version="1.0"?><sst count="2" uniqueCount="2"><si><t>Member number</t></si><si><t>Name</t></si></sst>"#;
    let rows = sheet(
        r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2" s="1"><v>46568.5</v></c><c r="B2" t="e"><v>#N/A</v></c><c r="C2" t="b"><v>1</v></c></row>"#,
    );
    let mut read_well = 0;
    for number in 0..5000 {
        let bytes = if number % 2 == 0 {
            let mut bytes = whole.clone();
            dice.mutate(&mut bytes);
            bytes
        } else {
            // Damaged inside, and packed again as if all were well.
            let mut parts: Vec<(&str, String)> = FRAME.iter().map(|(name, text)| (*name, (*text).to_owned())).collect();
            parts.extend([(SHEET, rows.clone()), (STRINGS, strings.to_owned())]);
            let which = dice.below(parts.len());
            let mut bytes = std::mem::take(&mut parts[which].1).into_bytes();
            dice.mutate(&mut bytes);
            parts[which].1 = String::from_utf8_lossy(&bytes).into_owned();
            packed(&parts)
        };
        read_well += usize::from(opened(&bytes).is_ok());
    }
    assert!((500..4900).contains(&read_well), "{read_well} of 5000 could be read");
}

fn packed(parts: &[(&str, String)]) -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn damaged_lists_as_csv_and_json_break_nothing() {
    let csv = "Member number;Name;E-mail;Status;Joined;Expires\n17;Ana Ruiz;ana@example.org;Active;2019;2026-12-31\n";
    let json = r#"{"members":[{"number":"17","name":"Ana Ruiz","email":"ana@example.org","joined":2019}]}"#;
    let mut dice = Dice(11);
    let mut refused = 0;
    for _ in 0..3000 {
        let (mut csv, mut json) = (csv.as_bytes().to_vec(), json.as_bytes().to_vec());
        dice.mutate(&mut csv);
        dice.mutate(&mut json);
        refused += usize::from(read(&csv, None).is_err()) + usize::from(read_json(&json).is_err());
    }
    assert!((500..6000).contains(&refused), "{refused}");
}

// The workbook of the tests is one that is read when it is whole.
#[test]
fn a_whole_workbook_is_read() {
    assert_eq!(opened(&small_workbook()), Ok(3));
    assert_eq!(opened(&workbook(&[(SHEET, &sheet(""))])), Err(FileRefusal::Empty));
}
