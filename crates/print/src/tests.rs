//! What was written is read back with a reader that knows nothing of how it was written.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object};

use super::*;

#[test]
fn the_same_document_gives_the_same_bytes() {
    assert_eq!(pdf(&sample()).unwrap(), pdf(&sample()).unwrap());
    assert_eq!(certificate(&diploma()).unwrap(), certificate(&diploma()).unwrap());
}

#[test]
fn another_date_gives_other_bytes() {
    let later = Document { date: (2027, 5, 4), ..sample() };
    assert_ne!(pdf(&sample()).unwrap(), pdf(&later).unwrap());
}

#[test]
fn the_file_calls_itself_accessible() {
    let read = read(&pdf(&sample()).unwrap());
    let root = read.catalog().unwrap();
    assert_eq!(root.get(b"Lang").unwrap().as_str().unwrap(), b"en-US");
    let marked = dictionary(&read, root.get(b"MarkInfo").unwrap());
    assert!(marked.get(b"Marked").unwrap().as_bool().unwrap());
    let about = dictionary(&read, root.get(b"Metadata").unwrap());
    assert!(about.get(b"Subtype").is_ok());
    assert!(contains(&pdf(&sample()).unwrap(), b"pdfuaid:part"));
}

#[test]
fn every_block_has_its_tag() {
    let found = tags(&read(&pdf(&sample()).unwrap()));
    let expected = [("H1", 1), ("H2", 2), ("H3", 1), ("L", 1), ("LI", 2), ("Table", 1), ("Figure", 1), ("Caption", 2)];
    for (tag, count) in expected {
        assert_eq!(found.get(tag), Some(&count), "{tag} in {found:?}");
    }
    assert_eq!((found["TR"], found["TH"], found["TD"]), (4, 3, 9));
}

#[test]
fn every_word_can_be_read_back() {
    let text = text(&pdf(&sample()).unwrap());
    for words in ["The year in a duo", "Who applied", "She met him twice", "Zoë Müller-Ångström", "Ωμέγα", "Վարդան"]
    {
        assert!(text.contains(words), "{words} is not in {text}");
    }
}

#[test]
fn the_head_of_a_long_table_stands_on_every_page() {
    let rows = (1..=200).map(|row| vec![format!("Person {row}"), "Mentor".to_owned(), row.to_string()]).collect();
    let blocks = vec![Block::Table { caption: "All of them".to_owned(), columns: columns(), rows }];
    let bytes = pdf(&Document { blocks, ..sample() }).unwrap();
    let read = read(&bytes);
    let pages = read.get_pages();
    assert!(pages.len() > 4, "{} pages", pages.len());
    for page in pages.keys() {
        let text = squeezed(&read.extract_text(&[*page]).unwrap());
        assert!(text.contains("Meetings"), "no head on page {page}: {text}");
        assert!(text.contains(&format!("{page} / {}", pages.len())), "no number on page {page}: {text}");
    }
    assert!(text(&bytes).contains("Person 200"));
    let found = tags(&read);
    assert_eq!((found["Table"], found["TH"], found["TR"], found["TD"]), (1, 3, 201, 600));
}

#[test]
fn an_empty_table_says_that_there_is_nothing() {
    let blocks = vec![Block::Table { caption: "Nobody yet".to_owned(), columns: columns(), rows: Vec::new() }];
    let bytes = pdf(&Document { blocks, ..sample() }).unwrap();
    assert!(text(&bytes).contains("Nobody yet"));
    assert_eq!(tags(&read(&bytes))["TD"], 3);
}

#[test]
fn an_empty_cell_keeps_its_column() {
    let rows = vec![vec![String::new(), "Mentor".to_owned(), String::new()]];
    let blocks = vec![Block::Table { caption: "Gaps".to_owned(), columns: columns(), rows }];
    assert_eq!(tags(&read(&pdf(&Document { blocks, ..sample() }).unwrap()))["TD"], 3);
}

#[test]
fn an_uneven_row_is_refused_by_its_number() {
    let rows = vec![vec!["a".to_owned(), "b".to_owned(), "1".to_owned()], vec!["c".to_owned()]];
    let blocks = vec![Block::Table { caption: "Pairs".to_owned(), columns: columns(), rows }];
    let refusal = pdf(&Document { blocks, ..sample() }).unwrap_err();
    assert_eq!(refusal, Failure::Uneven { caption: "Pairs".to_owned(), row: 2, cells: 1, columns: 3 });
    assert_eq!(refusal.to_string(), "row 2 of the table “Pairs” has 1 cells for 3 columns");
}

#[test]
fn a_document_without_a_title_is_refused() {
    let untitled = Document { title: " \u{200b} ".to_owned(), ..sample() };
    assert_eq!(pdf(&untitled).unwrap_err(), Failure::Untitled);
}

#[test]
fn a_script_that_no_face_has_is_printed_as_boxes_and_read_as_written() {
    let words = "山田花子 😀 \u{e000} \u{0} \u{ad}\u{feff} שלום עולם مرحبا e\u{301}";
    let row = vec![vec![words.to_owned(), words.to_owned(), words.to_owned()]];
    let blocks = vec![
        Block::Heading(1, words.to_owned()),
        Block::Para(words.to_owned()),
        Block::Bullets(vec![words.to_owned()]),
        Block::Table { caption: words.to_owned(), columns: columns(), rows: row },
        Block::Bars {
            caption: words.to_owned(),
            alt: words.to_owned(),
            data: vec![(words.to_owned(), 1.0, words.to_owned())],
        },
    ];
    let bytes = pdf(&Document { title: words.to_owned(), footer: words.to_owned(), blocks, ..sample() }).unwrap();
    let read = read(&bytes);
    let pages = read.get_pages();
    let content = read.get_page_content(pages[&1]);
    let truly: Vec<u8> = "山田".encode_utf16().flat_map(u16::to_be_bytes).collect();
    let hex: Vec<u8> = truly.iter().flat_map(|byte| format!("{byte:02X}").into_bytes()).collect();
    assert!(contains(&content, b"/ActualText"));
    assert!(contains(&content, &truly) || contains(&content, &hex));
}

#[test]
fn odd_numbers_and_endless_words_still_make_a_page() {
    let endless = "x".repeat(5000);
    let data = vec![
        ("not a number".to_owned(), f32::NAN, "?".to_owned()),
        ("below".to_owned(), -3.0, endless.clone()),
        (endless.clone(), f32::INFINITY, "∞".to_owned()),
    ];
    let tall = vec![vec![endless.clone(), String::new(), "1".to_owned()]];
    let narrow = vec![Column { share: f32::NAN, ..columns()[0].clone() }, columns()[1].clone(), columns()[2].clone()];
    let blocks = vec![
        Block::PageBreak,
        Block::Heading(9, endless.clone()),
        Block::Heading(0, "\n".to_owned()),
        Block::Para(format!("{endless}\n\n{}", "word ".repeat(3000))),
        Block::Bullets(vec![endless.clone(), String::new()]),
        Block::Bullets(Vec::new()),
        Block::Table { caption: String::new(), columns: narrow, rows: tall },
        Block::Table { caption: String::new(), columns: Vec::new(), rows: Vec::new() },
        Block::Bars { caption: endless.clone(), alt: String::new(), data },
        Block::Bars { caption: "None".to_owned(), alt: String::new(), data: Vec::new() },
        Block::Rule,
        Block::PageBreak,
        Block::PageBreak,
        Block::Small(endless),
    ];
    let bytes = pdf(&Document { blocks, date: (-1, 0, 99), author: String::new(), ..sample() }).unwrap();
    let letters = text(&bytes).chars().filter(|it| *it == 'x').count();
    assert!(letters > 5 * 5000, "{letters}");
}

#[test]
fn a_long_chart_goes_on_on_the_next_page() {
    let data = (0..90).map(|it| (format!("Topic {it}"), it as f32, it.to_string())).collect();
    let blocks = vec![Block::Bars { caption: "Topics".to_owned(), alt: "All topics".to_owned(), data }];
    let read = read(&pdf(&Document { blocks, ..sample() }).unwrap());
    assert_eq!(read.get_pages().len(), 3);
    assert_eq!(tags(&read)["Figure"], 3);
}

#[test]
fn numbers_end_where_their_column_ends() {
    let fonts = fonts::house().unwrap();
    let rows = ["7", "1,250"].map(|it| vec!["a".to_owned(), "b".to_owned(), it.to_owned()]).to_vec();
    let blocks = vec![Block::Table { caption: "Numbers".to_owned(), columns: columns(), rows }];
    let work = flow::lay(&Document { blocks, ..sample() }, fonts).unwrap();
    let end = |wanted: &str| {
        let draws = work.pages[0].iter().flat_map(|piece| &piece.draws);
        let mut ends = draws.filter_map(|draw| match draw {
            sheet::Draw::Text { x, size, style, text, .. } if text == wanted => {
                Some(x + fonts.width(*style, *size, text))
            }
            _ => None,
        });
        ends.next().unwrap()
    };
    assert!((end("7") - end("1,250")).abs() < 0.01);
}

// REC1
#[test]
fn a_certificate_is_one_page_that_says_everything() {
    let bytes = certificate(&diploma()).unwrap();
    assert_eq!(read(&bytes).get_pages().len(), 1);
    let text = text(&bytes);
    let all = [
        "Certificate of completion",
        "Zoë Müller-Ångström",
        "41 hours",
        "Committee chair",
        "K7QM-2X9D",
        "State Library Association",
    ];
    for words in all {
        assert!(text.contains(words), "{words} is not in {text}");
    }
}

#[test]
fn a_very_long_name_stays_on_the_certificate() {
    let name = "Maximiliana Alexandrina Featherstonehaugh-Wolfeschlegelsteinhausenbergerdorff de la Cruz y Montenegro";
    let bytes = certificate(&Certificate { name: name.to_owned(), ..diploma() }).unwrap();
    assert!(text(&bytes).contains("Montenegro"));
}

#[test]
fn a_certificate_with_a_novel_on_it_is_refused() {
    let novel = vec!["and then they met again ".repeat(200)];
    assert_eq!(certificate(&Certificate { lines: novel, ..diploma() }).unwrap_err(), Failure::Crowded);
}

fn sample() -> Document {
    let rows = vec![
        vec!["Zoë Müller-Ångström".to_owned(), "Mentor".to_owned(), "12".to_owned()],
        vec!["Ωμέγα Παπαδοπούλου".to_owned(), "Mentee".to_owned(), "9".to_owned()],
        vec!["Վարդան Петров".to_owned(), "Mentee".to_owned(), "104".to_owned()],
    ];
    Document {
        title: "The year in a duo".to_owned(),
        language: "en-US".to_owned(),
        author: "Mentoring Committee".to_owned(),
        date: (2027, 5, 3),
        footer: "State Library Association".to_owned(),
        blocks: vec![
            Block::Heading(1, "Who applied".to_owned()),
            Block::Para("She met him twice.\nThen they wrote.".to_owned()),
            Block::Heading(3, "By place".to_owned()),
            Block::Bullets(vec!["On time".to_owned(), "In full".to_owned()]),
            Block::Table { caption: "Who met".to_owned(), columns: columns(), rows },
            Block::Heading(1, "How often".to_owned()),
            Block::Bars {
                caption: "Meetings by month".to_owned(),
                alt: "Meetings rose from 3 to 9.".to_owned(),
                data: vec![("July".to_owned(), 3.0, "3".to_owned()), ("August".to_owned(), 9.0, "9".to_owned())],
            },
            Block::Rule,
            Block::Small("As of the end of April.".to_owned()),
        ],
    }
}

fn columns() -> Vec<Column> {
    let column = |title: &str, share, numeric| Column { title: title.to_owned(), share, numeric };
    vec![column("Name", 3.0, false), column("Role", 2.0, false), column("Meetings", 1.0, true)]
}

fn diploma() -> Certificate {
    Certificate {
        title: "Certificate of completion".to_owned(),
        language: "en-US".to_owned(),
        org: "State Library Association".to_owned(),
        name: "Zoë Müller-Ångström".to_owned(),
        lines: vec![
            "took part as mentor in the Mentoring Program of the State Library Association from 11 July 2026 to 30 April 2027.".to_owned(),
            "41 hours reported.".to_owned(),
        ],
        issued: "3 May 2027".to_owned(),
        date: (2027, 5, 3),
        signatures: vec!["Maria Ortiz\nCommittee chair".to_owned(), "Theodore Lindqvist\nPresident".to_owned()],
        check: "This certificate can be checked at mentoring.example.org/certificates".to_owned(),
        code: "K7QM-2X9D".to_owned(),
    }
}

fn read(bytes: &[u8]) -> lopdf::Document {
    lopdf::Document::load_mem(bytes).unwrap()
}

/// All words of the file, with single spaces.
fn text(bytes: &[u8]) -> String {
    let read = read(bytes);
    let pages: Vec<u32> = read.get_pages().into_keys().collect();
    squeezed(&read.extract_text(&pages).unwrap())
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How often each tag stands in the tree that is read aloud.
fn tags(read: &lopdf::Document) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    let root = dictionary(read, read.catalog().unwrap().get(b"StructTreeRoot").unwrap());
    count(read, root, &mut found);
    found
}

fn count(read: &lopdf::Document, node: &Dictionary, found: &mut BTreeMap<String, usize>) {
    if let Ok(tag) = node.get(b"S").and_then(Object::as_name) {
        *found.entry(String::from_utf8_lossy(tag).into_owned()).or_default() += 1;
    }
    let children = match node.get(b"K") {
        Ok(Object::Array(all)) => all.clone(),
        Ok(one) => vec![one.clone()],
        Err(_) => Vec::new(),
    };
    for child in children.iter().filter(|it| matches!(it, Object::Reference(_) | Object::Dictionary(_))) {
        count(read, dictionary(read, child), found);
    }
}

fn dictionary<'a>(read: &'a lopdf::Document, object: &'a Object) -> &'a Dictionary {
    match read.dereference(object).unwrap().1 {
        Object::Dictionary(it) => it,
        Object::Stream(it) => &it.dict,
        other => panic!("no dictionary: {other:?}"),
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|it| it == part)
}
