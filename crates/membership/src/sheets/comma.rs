//! CSV as offices write it: separated by commas, semicolons or tabs, in UTF-8 or in the
//! letters of an older Windows, or in UTF-16, as Excel saves “Unicode text”.

use super::{FileRefusal, Take};

pub fn each_line(bytes: &[u8], take: Take) -> Result<(), FileRefusal> {
    let text = decode(bytes)?;
    let delimiter = delimiter_of(text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default());
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|_| FileRefusal::NotCsv)? {
        let cells: Vec<&str> = record.iter().collect();
        take(line_of(&record, &text), &cells)?;
    }
    Ok(())
}

/// The line on which a member stands; empty lines before it count, though the reader skips them.
fn line_of(record: &csv::StringRecord, text: &str) -> u64 {
    let Some(position) = record.position() else { return 0 };
    let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let empty = text.as_bytes().iter().skip(start).take_while(|byte| **byte == b'\n').count();
    position.line() + empty as u64
}

/// Windows writes these where Latin-1 has nothing; the apostrophe of O’Brien is one.
const WINDOWS_1252: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";

fn decode(bytes: &[u8]) -> Result<String, FileRefusal> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(FileRefusal::Empty);
    }
    if let Some(text) = wide(bytes) {
        return text.map(plain_lines);
    }
    if bytes.contains(&0) || bytes.starts_with(b"%PDF") || bytes.starts_with(b"<") || bytes.starts_with(b"{") {
        return Err(FileRefusal::NotCsv);
    }
    let old: Vec<char> = WINDOWS_1252.chars().collect();
    let windows = |byte: u8| match byte {
        0x80..=0x9f => old[usize::from(byte - 0x80)],
        _ => char::from(byte),
    };
    let text =
        std::str::from_utf8(bytes).map_or_else(|_| bytes.iter().map(|byte| windows(*byte)).collect(), str::to_owned);
    Ok(plain_lines(text))
}

fn plain_lines(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

/// UTF-16 is known by the mark it begins with; anything else is not of this kind.
fn wide(bytes: &[u8]) -> Option<Result<String, FileRefusal>> {
    let (rest, is_little) = match bytes {
        [0xff, 0xfe, rest @ ..] => (rest, true),
        [0xfe, 0xff, rest @ ..] => (rest, false),
        _ => return None,
    };
    let number = |pair: [u8; 2]| if is_little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) };
    let (pairs, []) = rest.as_chunks::<2>() else { return Some(Err(FileRefusal::NotCsv)) };
    let letters = char::decode_utf16(pairs.iter().map(|pair| number(*pair)));
    let text = letters.collect::<Result<String, _>>().map_err(|_| FileRefusal::NotCsv);
    Some(text.and_then(|text| if text.trim().is_empty() { Err(FileRefusal::Empty) } else { Ok(text) }))
}

fn delimiter_of(header: &str) -> u8 {
    let count = |delimiter: u8| header.bytes().filter(|byte| *byte == delimiter).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}
