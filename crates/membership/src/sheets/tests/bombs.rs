//! F-20: files that mean harm are refused at once, and take no memory worth the name.

use std::{
    fs,
    io::{Cursor, Write},
    process::Command,
    time::{Duration, Instant},
};

use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::{FRAME, SHEET, STRINGS, look, sheet, small_workbook, workbook};
use crate::sheets::FileRefusal;

/// As the bar has it; without optimisation everything takes several times as long.
const QUICK: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 2 });
const MOST_MEMORY: u64 = 64 * 1024;

/// Ninety-nine parts that are copies of a hundred megabytes of nothing.
fn ten_gigabytes() -> Vec<u8> {
    let nothing = vec![b' '; 1024 * 1024];
    let mut one = ZipWriter::new(Cursor::new(Vec::new()));
    one.start_file(SHEET, SimpleFileOptions::default()).unwrap();
    (0..100).for_each(|_| one.write_all(&nothing).unwrap());
    let mut one = ZipArchive::new(one.finish().unwrap()).unwrap();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in FRAME {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    for number in 1..100 {
        zip.raw_copy_file_rename(one.by_index(0).unwrap(), format!("xl/worksheets/sheet{number}.xml")).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A directory that says a part is small which is not.
fn lying() -> Vec<u8> {
    let rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>".repeat(200_000);
    let mut bytes = workbook(&[(SHEET, &sheet(&rows))]);
    let said = u32::try_from(sheet(&rows).len()).unwrap().to_le_bytes();
    let mut changed = 0;
    for place in 0..bytes.len() - 4 {
        if bytes[place..place + 4] == said {
            bytes[place..place + 4].copy_from_slice(&900_u32.to_le_bytes());
            changed += 1;
        }
    }
    assert!(changed >= 1, "the directory says the size somewhere");
    bytes
}

fn wide() -> Vec<u8> {
    let mut cells = String::new();
    for column in 0..16_384_usize {
        let third = column % 26;
        let letter = |it: usize| char::from(b'A' + u8::try_from(it).unwrap());
        let name: String = match column {
            0..26 => letter(third).to_string(),
            26..702 => [letter(column / 26 - 1), letter(third)].iter().collect(),
            _ => [letter((column - 702) / 676), letter((column - 702) / 26 % 26), letter(third)].iter().collect(),
        };
        cells.push_str(&format!("<c r=\"{name}1\"><v>{column}</v></c>"));
    }
    workbook(&[(SHEET, &sheet(&format!("<row r=\"1\">{cells}</row>")))])
}

/// As many rows as a sheet can have.
fn long() -> Vec<u8> {
    let mut rows = String::new();
    for row in 1..=1_048_576_u32 {
        rows.push_str(&format!("<row r=\"{row}\"><c r=\"A{row}\"><v>{row}</v></c><c r=\"B{row}\"><v>7</v></c></row>"));
    }
    workbook(&[(SHEET, &sheet(&rows))])
}

fn strings(inside: &str) -> Vec<u8> {
    let rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>0</v></c></row>";
    workbook(&[(SHEET, &sheet(rows)), (STRINGS, inside)])
}

fn many_parts() -> Vec<u8> {
    let names: Vec<String> = (0..1200).map(|number| format!("xl/media/{number}.png")).collect();
    let parts: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "x")).collect();
    workbook(&parts)
}

const LAUGHS: &str = r#"<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><sst uniqueCount="1"><si><t>&b;</t></si></sst>"#;

fn bombs() -> Vec<(&'static str, Vec<u8>, &'static [FileRefusal])> {
    use FileRefusal::{BrokenWorkbook, NotCsv, TooBig, TooDense, TooWide};
    let nested = format!("<sst><si>{}</si></sst>", "<r>".repeat(2_000_000));
    let many_columns = "a,".repeat(1_000_000);
    let two_cells =
        sheet("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>");
    vec![
        ("ten gigabytes in ten megabytes", ten_gigabytes(), &[TooDense]),
        ("nothing, forty thousand times over", workbook(&[("xl/blank.xml", &" ".repeat(90_000_000))]), &[TooDense]),
        ("a directory that lies", lying(), &[TooDense, BrokenWorkbook]),
        ("sixteen thousand columns", wide(), &[TooWide]),
        ("a million rows", long(), &[TooBig, TooDense]),
        ("two cells a billion apart", workbook(&[(SHEET, &two_cells)]), &[TooWide]),
        ("shared texts in each other", strings(&nested), &[TooDense]),
        ("a billion laughs", strings(LAUGHS), &[TooDense]),
        (
            "room for four billion texts",
            strings("<sst uniqueCount=\"4000000000\"><si><t>a</t></si></sst>"),
            &[TooDense],
        ),
        (
            "hidden in another encoding",
            strings("<?xml version=\"1.0\" encoding=\"UTF-16\"?><sst></sst>"),
            &[BrokenWorkbook],
        ),
        ("twelve hundred parts", many_parts(), &[TooDense]),
        ("a workbook of an older kind", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), &[FileRefusal::OldWorkbook]),
        ("a line of a hundred megabytes", vec![b'a'; 100 * 1024 * 1024], &[TooBig]),
        ("a line of ten megabytes", vec![b'a'; 10 * 1024 * 1024], &[NotCsv]),
        ("a million columns", many_columns.into_bytes(), &[TooWide]),
    ]
}

// F-20: refused within two seconds, and with less than 64 MB of memory more than before.
#[test]
fn every_bomb_is_refused_at_once_and_takes_little_memory() {
    let folder = std::env::temp_dir().join(format!("duology-bombs-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    for (name, bytes, expected) in bombs() {
        let began = Instant::now();
        let refusal = look(&bytes).unwrap_err();
        let took = began.elapsed();
        assert!(expected.contains(&refusal), "{name}: {refusal:?}");
        assert!(took < QUICK, "{name} took {took:?}");
        let file = folder.join(name.replace(' ', "-"));
        fs::write(&file, bytes).unwrap();
        let more = memory_for(&file);
        println!("{name}: {took:?}, {more} kB");
        assert!(more < MOST_MEMORY, "{name} took {more} kB");
    }
    fs::remove_dir_all(&folder).unwrap();
}

/// What a process of its own needs to look at a file, beyond the file itself, in kilobytes.
fn memory_for(file: &std::path::Path) -> u64 {
    let name = "sheets::tests::bombs::in_a_process_of_its_own_a_file_is_looked_at";
    let out = Command::new(std::env::current_exe().unwrap())
        .args([name, "--exact", "--nocapture"])
        .env("DUOLOGY_FILE", file)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&out.stdout).into_owned();
    let more = said.lines().find_map(|line| line.split_once("more: ")).map(|(_, more)| more.trim().parse().unwrap());
    more.unwrap_or_else(|| panic!("no figure in: {said}"))
}

/// The test above starts this one anew for each file. Among the others it looks at a small
/// workbook, which is none.
#[test]
fn in_a_process_of_its_own_a_file_is_looked_at() {
    let Ok(file) = std::env::var("DUOLOGY_FILE") else {
        assert_eq!(look(&small_workbook()).unwrap().lines, 2);
        return;
    };
    let bytes = fs::read(file).unwrap();
    // From here on the peak is counted anew.
    fs::write("/proc/self/clear_refs", "5").unwrap();
    let before = of_status("VmRSS");
    assert!(look(&bytes).is_err());
    println!("more: {}", of_status("VmHWM").saturating_sub(before));
}

fn of_status(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[test]
fn a_workbook_with_a_picture_and_many_lines_is_no_bomb() {
    let mut rows = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Number</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>Name</t></is></c></row>".to_owned();
    for row in 2..5000 {
        rows.push_str(&format!("<row r=\"{row}\"><c r=\"A{row}\"><v>{row}</v></c><c r=\"B{row}\" t=\"inlineStr\"><is><t>Person {row}</t></is></c></row>"));
    }
    let file = workbook(&[(SHEET, &sheet(&rows)), ("xl/media/logo.png", "\u{0}<!PNG\u{0}<<<<")]);
    assert_eq!(look(&file).unwrap().lines, 4998);
    assert_eq!(look(&small_workbook()).unwrap().lines, 2);
}
