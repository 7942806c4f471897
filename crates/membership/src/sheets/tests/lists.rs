use jiff::civil::date;

use crate::{
    rules::{
        columns::ColumnsRefusal,
        roster::ImportRow,
        roster_file::{LineFault, MemberList},
    },
    sheets::{self, FileRefusal, MOST_BYTES, MOST_COLUMNS, MOST_LINES},
};

fn read(bytes: &[u8]) -> Result<MemberList, FileRefusal> {
    sheets::read(bytes, None)
}

fn faults(text: &str) -> Vec<(u64, String)> {
    read(text.as_bytes()).unwrap().faults.into_iter().map(|LineFault { line, words, .. }| (line, words)).collect()
}

fn ana() -> ImportRow {
    ImportRow {
        line: 2,
        number: "17".to_owned(),
        name: "Ana Ruiz".to_owned(),
        email: "ana@example.org".to_owned(),
        is_good: true,
        joined_year: Some(2019),
        expires_on: Some(date(2027, 6, 30)),
        category: String::new(),
        tells_expiry: true,
    }
}

// ELG1
#[test]
fn columns_are_known_by_their_usual_names_in_any_order() {
    for text in [
        "Member Number,Name,E-mail,Status,Joined,Expires\n17,Ana Ruiz,ana@example.org,Active,2019,2027-06-30\n",
        "\u{feff}Email Address;Last Name;First Name;Member ID;Standing;Member since;Valid until\r\nana@example.org;Ruiz;Ana;17;good;01.07.2019;30.06.2027\r\n",
        "expiration date\tmembership status\tfull_name\tmember-no\tEMAIL\tjoin date\n06/30/2027\tCurrent\tAna Ruiz\t17\tana@example.org\t7/1/2019",
        "\"Name\",\"Member number\",\"e-mail\",\"Status\",\"Joined\",\"Expires\",\"Notes\"\n\"Ana Ruiz\",17,ana@example.org,good,2019,2027-06-30,\"likes; commas, too\"",
    ] {
        let list = read(text.as_bytes()).unwrap();
        assert_eq!((list.rows, list.faults), (vec![ana()], vec![]), "{text}");
    }
}

#[test]
fn a_list_of_old_windows_keeps_its_letters() {
    let list = read(b"name,number\nZo\xeb O\x92Brien,5\n").unwrap();
    assert_eq!(list.rows[0].name, "Zoë O’Brien");
}

#[test]
fn without_a_standing_everyone_is_in_good_standing() {
    let list = read(b"name,email\nAna,ana@example.org\n").unwrap();
    assert!(list.rows[0].is_good && !list.rows[0].tells_expiry && list.rows[0].number.is_empty());
}

#[test]
fn what_is_no_member_list_is_told_in_a_sentence() {
    let lacks = FileRefusal::Lacks;
    let cases: [(&[u8], FileRefusal); 11] = [
        (b"", FileRefusal::Empty),
        (b"\xef\xbb\xbf \n\n", FileRefusal::Empty),
        (b"PK\x03\x04rest", FileRefusal::BrokenWorkbook),
        (b"%PDF-1.7", FileRefusal::NotCsv),
        (b"<html><body>", FileRefusal::NotCsv),
        (b"\xff\xfen\0a\0", FileRefusal::NotCsv),
        (b"hello", FileRefusal::NotCsv),
        (b"a,b,c\n1,2,3", lacks(ColumnsRefusal::NameAndKey)),
        (b"name,status\nAna,good", lacks(ColumnsRefusal::Key)),
        (b"number,email\n1,a@b.org", lacks(ColumnsRefusal::Name)),
        (b"name,email\n", FileRefusal::NoMembers),
    ];
    for (bytes, expected) in cases {
        assert_eq!(read(bytes).unwrap_err(), expected, "{}", String::from_utf8_lossy(bytes));
    }
    assert_eq!(read(&vec![b'a'; MOST_BYTES + 1]).unwrap_err(), FileRefusal::TooBig);
}

// F-20: at each limit a list is read, and one more is refused.
#[test]
fn a_list_at_the_limit_is_read_and_one_more_is_refused() {
    let wide = |columns: usize| {
        let more = |word: &str| (2..columns).map(|it| format!(",{word}{it}")).collect::<String>();
        format!("number,name{}\n1,Ana{}\n", more("c"), more("x"))
    };
    assert_eq!(read(wide(MOST_COLUMNS).as_bytes()).unwrap().rows.len(), 1);
    assert_eq!(read(wide(MOST_COLUMNS + 1).as_bytes()).unwrap_err(), FileRefusal::TooWide);

    let long = |lines: usize| {
        let lines = (1..=lines).map(|it| format!("{it},A\n")).collect::<String>();
        format!("number,name\n{lines}")
    };
    assert_eq!(read(long(MOST_LINES).as_bytes()).unwrap().rows.len(), MOST_LINES);
    assert_eq!(read(long(MOST_LINES + 1).as_bytes()).unwrap_err(), FileRefusal::TooBig);

    // Empty lines fill the file and are nobody.
    let heavy = |bytes: usize| {
        let mut list = b"number,name\n1,Ana\n".to_vec();
        list.resize(bytes, b'\n');
        list
    };
    assert_eq!(read(&heavy(MOST_BYTES)).unwrap().rows.len(), 1);
    assert_eq!(read(&heavy(MOST_BYTES + 1)).unwrap_err(), FileRefusal::TooBig);
}

// ELG1
#[test]
fn each_faulty_line_is_named_with_its_number_and_reason() {
    let text = "number,name,email,status,joined,expires\n\
                1,,a@example.org,good,,\n\
                ,Ben,,good,,\n\
                3,Cid,not an address,good,,\n\
                4,Dora,d@example.org,pending,,\n\
                5,Eva,e@example.org,,,\n\
                6,Finn,f@example.org,good,long ago,\n\
                7,Gus,g@example.org,good,,31.02.2027\n\
                8,Hal,h@example.org,good\n\
                9,\"Ida\nMay\",i@example.org,good,2020,\n\
                9,Jon,j@example.org,good,,\n\
                ,,,,,\n\
                \n\
                ,Lea,,good,,\n\
                11,Max,m@example.org,good,2024,2001-01-01\n\
                10,Kim,k@example.org,good,,\n";
    let expected = [
        (2, "There is no name."),
        (3, "There is neither a member number nor an e-mail address."),
        (4, "“not an address” is not an e-mail address."),
        (5, "We do not know the standing “pending”. Write “good” or “lapsed”."),
        (6, "There is no standing."),
        (7, "“long ago” under “joined” is neither a year nor a date. A year is enough, like 2019."),
        (8, "“31.02.2027” under “expires” is not a date. Write it like 2027-01-31."),
        (9, "The line has 4 cells, and the first line has 6."),
        (12, "Line 10 has the same member number."),
        (15, "There is neither a member number nor an e-mail address."),
        (16, "It expires in 2001, before the year of joining, 2024."),
    ];
    let expected: Vec<_> = expected.into_iter().map(|(line, words)| (line, words.to_owned())).collect();
    assert_eq!(faults(text), expected);
    let list = read(text.as_bytes()).unwrap();
    assert_eq!(list.rows.iter().map(|row| row.number.as_str()).collect::<Vec<_>>(), ["9", "10"]);
}

#[test]
fn an_address_twice_needs_numbers_to_tell_the_two_apart() {
    assert_eq!(faults("number,name,email\n1,Ana,a@x.org\n2,Ben,A@x.org\n"), []);
    let words = "Line 2 has the same address, and no member number tells the two apart.".to_owned();
    assert_eq!(faults("number,name,email\n,Ana,a@x.org\n2,Ben,A@x.org\n"), [(3, words.clone())]);
    assert_eq!(faults("number,name,email\n1,Ana,a@x.org\n,Ben,A@x.org\n"), [(3, words)]);
}

#[test]
fn a_list_has_at_most_two_hundred_thousand_lines() {
    let list = |lines: usize| {
        let mut text = "number,name\n".to_owned();
        (1..=lines).for_each(|line| text.push_str(&format!("{line},Ana\n")));
        read(text.as_bytes())
    };
    assert_eq!(list(200_000).unwrap().rows.len(), 200_000);
    assert_eq!(list(200_001).unwrap_err(), FileRefusal::TooBig);
}

/// The same lines as a workbook, as CSV, as “Unicode text” and as JSON.
fn every_way(name: &str) -> [Vec<u8>; 4] {
    let line = format!("number\tname\temail\n17\t{name}\tana@example.org\n");
    let row = |number: u8, cells: [&str; 3]| {
        let cell = |(column, words)| format!(r#"<c r="{column}{number}" t="inlineStr"><is><t>{words}</t></is></c>"#);
        format!(r#"<row r="{number}">{}</row>"#, ["A", "B", "C"].into_iter().zip(cells).map(cell).collect::<String>())
    };
    let rows = row(1, ["number", "name", "email"]) + &row(2, ["17", name, "ana@example.org"]);
    let wide = std::iter::once(0xfeff).chain(line.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let json = serde_json::json!({ "members": [{ "number": "17", "name": name, "email": "ana@example.org" }] });
    [super::workbook(&[(super::SHEET, &super::sheet(&rows))]), line.into_bytes(), wide, json.to_string().into_bytes()]
}

fn read_any(bytes: &[u8]) -> MemberList {
    if bytes.starts_with(b"{") { sheets::read_json(bytes).unwrap() } else { read(bytes).unwrap() }
}

// F-19
#[test]
fn what_nobody_types_is_a_fault_of_its_line_in_whichever_way_it_comes() {
    for (name, words) in [
        ("gnp.\u{202e}Ana".to_owned(), "A hidden sign turns the direction of the text round."),
        (format!("Ana{}", "\u{301}".repeat(150)), "A word has more accents on one letter than any language needs."),
    ] {
        for bytes in every_way(&name) {
            let list = read_any(&bytes);
            assert_eq!(list.rows, [], "{words}");
            let [fault] = list.faults.as_slice() else { panic!("{:?}", list.faults) };
            assert_eq!((fault.words.as_str(), fault.column.as_str()), (words, "name"));
            let shown = [fault.cell.clone(), fault.cells.concat()].concat();
            assert!(!shown.contains('\u{202e}') && shown.chars().count() < 100, "{shown:?}");
        }
    }
    for bytes in every_way("Zoë Nguyễn") {
        assert_eq!(read_any(&bytes).rows[0].name, "Zoë Nguyễn");
    }
}

#[test]
fn all_that_is_wrong_with_a_line_is_told_at_once() {
    let text = "number,name,email,status,joined,expires\n1,,not an address,pending,soon,never\n";
    let words = match faults(text).as_slice() {
        [(2, words)] => words.clone(),
        others => panic!("{others:?}"),
    };
    for part in ["no name", "“not an address”", "“pending”", "A year is enough", "“never” under “expires”"]
    {
        assert!(words.contains(part), "{words}");
    }
}
