//! Lists that are good, and files that mean harm.

use std::io::{Cursor, Write};

use zip::{ZipWriter, write::SimpleFileOptions};

use super::{FileRefusal, Looked, look, read, read_json};
use crate::rules::columns::{Columns, Field};

mod bombs;
mod lists;
mod mutated;

/// A workbook of these parts beside the few that every workbook has.
fn workbook(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in FRAME.iter().chain(parts) {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn sheet(rows: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    )
}

const SHEET: &str = "xl/worksheets/sheet1.xml";
const STRINGS: &str = "xl/sharedStrings.xml";
const FRAME: &[(&str, &str)] = &[
    (
        "[Content_Types].xml",
        r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#,
    ),
    (
        "_rels/.rels",
        r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Members" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#,
    ),
    (
        "xl/styles.xml",
        r#"<?xml version="1.0" encoding="UTF-8"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#,
    ),
];

/// Two members as a table program writes them: shared texts, numbers, and days as numbers.
fn small_workbook() -> Vec<u8> {
    let strings = r#"<?xml version="1.0" encoding="UTF-8"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="9" uniqueCount="9"><si><t>Member number</t></si><si><t>Name</t></si><si><t>E-mail</t></si><si><t>Status</t></si><si><t>Expires</t></si><si><t>Ana Ruiz</t></si><si><t>ana@example.org</t></si><si><t>active</t></si><si><r><t xml:space="preserve">Ben </t></r><r><t>Okafor</t></r></si></sst>"#;
    let rows = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c><c r="E1" t="s"><v>4</v></c></row><row r="2"><c r="A2"><v>17</v></c><c r="B2" t="s"><v>5</v></c><c r="C2" t="s"><v>6</v></c><c r="D2" t="s"><v>7</v></c><c r="E2" s="1"><v>46568</v></c></row><row r="4"><c r="A4"><v>18</v></c><c r="B4" t="s"><v>8</v></c><c r="D4" t="inlineStr"><is><t>lapsed</t></is></c></row>"#;
    workbook(&[(SHEET, &sheet(rows)), (STRINGS, strings)])
}

// ELG1
#[test]
fn a_workbook_says_what_the_same_list_as_csv_says() {
    let list = read(&small_workbook(), None).unwrap();
    let text = "Member number,Name,E-mail,Status,Expires\n17,Ana Ruiz,ana@example.org,active,2027-06-30\n\n18,Ben Okafor,,lapsed,\n";
    assert_eq!(list, read(text.as_bytes(), None).unwrap());
    assert_eq!(list.rows.iter().map(|it| it.line).collect::<Vec<_>>(), [2, 4]);
    assert_eq!(list.faults, []);
}

/// The same that every form is tried with.
const PAYLOADS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../e2e/help/payloads.json"));

// V-05: pages show a list that came as CSV, with a payload in each cell
// (`duology/src/tests/payloads`); a workbook comes to the same lines and faults.
#[test]
fn a_payload_in_a_cell_of_a_workbook_is_what_it_is_in_a_line_of_csv() {
    let payloads: Vec<String> = serde_json::from_str(PAYLOADS).unwrap();
    // A new line in a cell moves the numbers of later lines of a CSV, and of no workbook.
    let payloads: Vec<String> = payloads.iter().map(|it| it.replace('\n', " ")).collect();
    let header = ["member number", "name", "e-mail", "standing", "joined", "expires", "category"];
    let mut lines = vec![header.map(str::to_owned)];
    lines.extend(payloads.iter().enumerate().map(|(place, it)| {
        let (number, email) = ((9_000 + place).to_string(), format!("canary{place}@example.org"));
        [number, it.clone(), email, it.clone(), it.clone(), it.clone(), it.clone()]
    }));
    let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
    let escaped = |cell: &String| cell.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let cell = |(column, it): (char, &String)| {
        format!(r#"<c r="{column}" t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>"#, escaped(it))
    };
    let (mut csv, mut rows) = (String::new(), String::new());
    for (line, number) in lines.iter().zip(1..) {
        csv.push_str(&(line.each_ref().map(quoted).join(",") + "\n"));
        let cells: String = ('A'..='G').zip(line).map(cell).collect();
        rows.push_str(&format!(r#"<row r="{number}">{}</row>"#, cells.replace("\" t=", &format!("{number}\" t="))));
    }
    let list = read(&workbook(&[(SHEET, &sheet(&rows))]), None).unwrap();
    assert_eq!(list, read(csv.as_bytes(), None).unwrap());
    assert_eq!(list.rows.len() + list.faults.len(), payloads.len());
    assert!(format!("{list:?}").contains("canary"), "nothing of a payload came through");
}

#[test]
fn a_file_is_looked_at_with_its_first_lines_as_examples() {
    let Looked { header, examples, lines } = look(&small_workbook()).unwrap();
    assert_eq!(header, ["Member number", "Name", "E-mail", "Status", "Expires"]);
    assert_eq!((examples.len(), lines), (2, 2));
    assert_eq!(examples[0][4], "2027-06-30");
}

#[test]
fn columns_that_a_person_chose_count_before_what_they_are_called() {
    let text = "a,b,c\nAna Ruiz,ana@example.org,17\n";
    let mut columns = Columns::default();
    columns.set(Field::Name, Some(0));
    columns.set(Field::Email, Some(1));
    columns.set(Field::Number, Some(2));
    let list = read(text.as_bytes(), Some(columns)).unwrap();
    assert_eq!((list.rows[0].name.as_str(), list.rows[0].number.as_str()), ("Ana Ruiz", "17"));
}

#[test]
fn members_come_as_json_and_what_is_not_known_there_is_refused() {
    let list = read_json(br#"{"members":[{"number":17,"name":"Ana Ruiz","email":"ana@example.org","standing":true,"joined":2019,"expires":"2027-06-30","category":"student"},{"name":"Ben"}]}"#).unwrap();
    assert_eq!((list.rows.len(), list.rows[0].category.as_str(), list.rows[0].joined_year), (1, "student", Some(2019)));
    assert_eq!(
        (list.faults[0].line, list.faults[0].words.as_str()),
        (2, "There is neither a member number nor an e-mail address.")
    );
    assert_eq!(read_json(br#"[{"number":"17","name":"Ana"}]"#).unwrap().rows.len(), 1);
    for (text, words) in [
        ("", "EOF"),
        ("{}", "missing field `members`"),
        (r#"[{"nmae":"Ana"}]"#, "unknown field `nmae`"),
        ("[1]", "expected struct"),
        (r#"[{"name":["Ana"]}]"#, "did not match"),
        ("[] x", "trailing"),
    ] {
        let Err(FileRefusal::NotJson(said)) = read_json(text.as_bytes()) else { panic!("{text} was taken") };
        assert!(said.contains(words), "{text}: {said}");
    }
    assert_eq!(read_json(b"[]"), Err(FileRefusal::NoMembers));
}
