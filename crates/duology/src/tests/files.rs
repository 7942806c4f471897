//! Files that are not what their names say: only what is in them counts, and what leaves
//! the house is saved rather than shown.

use policy::Role;
use testing::House;

testing::on_both_databases! {
    crate::house::doors(); crate::house::jobs;
    a_file_that_is_no_list_is_refused_whatever_its_name_says
    a_list_is_taken_whatever_its_name_is_and_the_name_is_text
    a_file_that_leaves_the_house_is_saved_and_nobody_of_this_house
}

/// Tables in which the coming and going of people is noted.
const COMING_AND_GOING: &[&str] = &["sign_ins"];

const HTML: &[u8] = b"<!DOCTYPE html><html><script>alert(1)</script></html>";
const SVG: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>";

/// Beginnings of files as programs know them.
const LIARS: &[(&str, &[u8])] = &[
    ("html", HTML),
    ("xhtml", b"<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\"><script>alert(1)</script></html>"),
    ("svg", SVG),
    ("svgz", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xb3\x29\x2e\x4b"),
    (
        "xml with an entity",
        b"<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>",
    ),
    ("gif that is a script", b"GIF89a/*\x01\x00\x01\x00*/=1;alert(1)"),
    ("png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\xc3\x50\x00\x00\xc3\x50\x08\x06"),
    ("jpeg", b"\xff\xd8\xff\xe1\x00\x18Exif\x00\x00MM\x00*\x00\x00\x00\x08"),
    ("webp", b"RIFF\x24\x00\x00\x00WEBPVP8 "),
    ("pdf with a script", b"%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj"),
    ("zip", b"PK\x03\x04\x14\x00\x00\x00\x08\x00"),
    ("empty zip", b"PK\x05\x06\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"),
    ("old office", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00\x00\x00"),
    ("rtf", b"{\\rtf1\\ansi{\\object\\objocx}}"),
    ("program", b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00"),
    ("elf", b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00"),
    ("java", b"\xca\xfe\xba\xbe\x00\x00\x00\x34"),
    ("wasm", b"\x00asm\x01\x00\x00\x00"),
    ("shell", b"#!/bin/sh\nrm -rf /\n"),
    ("php", b"<?php system($_GET['a']); ?>"),
    ("eicar", b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"),
    ("tar", b"ustar\x0000"),
    ("7z", b"7z\xbc\xaf\x27\x1c\x00\x04"),
    ("rar", b"Rar!\x1a\x07\x01\x00"),
    ("xz", b"\xfd7zXZ\x00"),
    ("sqlite", b"SQLite format 3\x00\x10\x00\x01\x01"),
    ("json", b"{\"name\": \"Anna\", \"role\": \"chair\"}"),
    ("calendar with svg", b"BEGIN:VCALENDAR\r\nDESCRIPTION:<svg onload=alert(1)>\r\nEND:VCALENDAR\r\n"),
    ("UTF-16", b"\xff\xfen\x00a\x00m\x00e\x00"),
    ("half an UTF-16", b"\xfe\xff\x00n\x00"),
    ("UTF-32", b"\xff\xfe\x00\x00n\x00\x00\x00"),
    ("NUL alone", b"\x00"),
    ("many NUL", &[0; 4096]),
    ("line ends alone", b"\n\n\n\r\n\r\r"),
    ("commas alone", b",,,,,,,,,,,,,,,,,,,,,,,,,,,,"),
    ("quotes alone", b"\"\"\"\"\"\"\"\"\""),
    ("a byte order mark alone", b"\xef\xbb\xbf"),
    ("high bytes", &[0xff; 2048]),
    ("one byte", b"x"),
];

// V-07
fn a_file_that_is_no_list_is_refused_whatever_its_name_says(house: &House) {
    house.role("sven", Role::Staff);
    let before = house.contents(COMING_AND_GOING);
    for (what, bytes) in LIARS {
        for name in ["members.csv", "members.csv.html", "members.xlsx", "members"] {
            let answer = house.upload("sven", "/roster/import", "file", name, bytes);
            assert!((400..500).contains(&answer.status), "{what} as {name}: {} {}", answer.status, answer.text());
            assert!(!answer.body.contains("<script>alert") && !answer.body.contains("<svg onload"), "{what} as {name}");
        }
    }
    assert_eq!(house.contents(COMING_AND_GOING), before);
}

// V-07
fn a_list_is_taken_whatever_its_name_is_and_the_name_is_text(house: &House) {
    house.role("sven", Role::Staff);
    let members = b"number,name,email\n1,Anna Roe,roe@example.org\n";
    let long = "a".repeat(300);
    for name in [
        "members.csv",
        "members.txt",
        "members.svg",
        "<img src=x onerror=alert(1)>.csv",
        "..%2f..%2fetc%2fpasswd",
        "../../etc/passwd",
        "C:\\boot.ini",
        "gnp.\u{202e}vsc.exe",
        "con",
        ".",
        "..",
        " ",
        &long,
        "a;b.csv",
    ] {
        let answer = house.upload("sven", "/roster/import", "file", name, members);
        let page = house.get("sven", &answer.leads_to()).is_ok();
        assert!(!page.body.contains("<img src=x") && !page.body.contains('\u{202e}'), "{name}");
        assert!(!page.body.contains(&"a".repeat(201)), "{name} stands at full length");
    }
}

// V-07
fn a_file_that_leaves_the_house_is_saved_and_nobody_of_this_house(house: &House) {
    house.role("sven", Role::Staff);
    let members = b"number,name,email\n1,Anna Roe,roe@example.org\n";
    let import = house.upload("sven", "/roster/import", "file", "members.csv", members).leads_to();
    for file in ["/calendar.ics", &import.replace("/columns", "/difference.csv")] {
        let answer = house.get("sven", file).is_ok();
        assert!(answer.header("content-disposition").starts_with("attachment; filename="), "{file}");
        assert!(answer.header("content-security-policy").contains("sandbox"), "{file}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{file}");
        assert_eq!(answer.header("cache-control"), "no-store", "{file}");
    }
}
