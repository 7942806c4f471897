//! Whether a workbook may be opened at all. A workbook is a parcel of compressed parts;
//! a small one can hold more than any machine has memory for, and what its directory says
//! need not be true.
//!
//! # Design
//! First what the directory says is held against the caps, before anything is unpacked.
//! Then every part is unpacked to nowhere, and never further than the directory said: a
//! part that goes on is refused there. On the way each part's tags are looked at
//! (`tags.rs`), so that the reader behind us meets no depth, count or declaration that
//! would make it take memory the caps do not see.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{FileRefusal, tags::Tags};

/// What all parts together may unpack to.
const MOST_UNPACKED: u64 = 100 * 1024 * 1024;
/// How much more the parts may be than the file.
const MOST_RATIO: u64 = 100;
/// Below this the ratio says nothing.
const SMALL: u64 = 1024 * 1024;
const MOST_PARTS: usize = 1000;
/// Texts that cells share are kept in memory by the reader, all of them.
const MOST_SHARED: u64 = 32 * 1024 * 1024;
/// A part that is no text: a picture, a font.
const MOST_OTHER: u64 = 4 * 1024 * 1024;

pub fn check(bytes: &[u8]) -> Result<(), FileRefusal> {
    let [parts, whole, ends] = [*b"PK\x01\x02", *b"PK\x06\x06", *b"PK\x06\x07"].map(|mark| count(bytes, mark));
    if parts > MOST_PARTS || whole + ends > 0 {
        return Err(FileRefusal::TooDense);
    }
    let mut parcel = ZipArchive::new(Cursor::new(bytes)).map_err(|_| FileRefusal::BrokenWorkbook)?;
    if parcel.len() > MOST_PARTS {
        return Err(FileRefusal::TooDense);
    }
    let said = said(&mut parcel)?;
    if said > MOST_UNPACKED || (said > SMALL && said / MOST_RATIO > bytes.len() as u64) {
        return Err(FileRefusal::TooDense);
    }
    (0..parcel.len()).try_for_each(|place| look_through(&mut parcel, place))
}

/// How often a mark stands in a file, directory or not.
fn count(bytes: &[u8], mark: [u8; 4]) -> usize {
    bytes.windows(4).filter(|it| **it == mark).count()
}

/// What the directory says everything unpacks to.
fn said(parcel: &mut ZipArchive<Cursor<&[u8]>>) -> Result<u64, FileRefusal> {
    let mut sum = 0_u64;
    for place in 0..parcel.len() {
        let part = parcel.by_index_raw(place).map_err(|_| FileRefusal::BrokenWorkbook)?;
        if part.encrypted() {
            return Err(FileRefusal::OldWorkbook);
        }
        let most = most_of(&part.name().map_err(|_| FileRefusal::BrokenWorkbook)?);
        if part.size() > most || (part.size() > SMALL && part.size() / MOST_RATIO > part.compressed_size()) {
            return Err(FileRefusal::TooDense);
        }
        sum = sum.saturating_add(part.size());
    }
    Ok(sum)
}

fn most_of(name: &str) -> u64 {
    let name = name.to_lowercase();
    match name.rsplit(['/', '\\']).next().unwrap_or_default() {
        "sharedstrings.xml" => MOST_SHARED,
        _ if is_text(&name) => MOST_UNPACKED,
        _ => MOST_OTHER,
    }
}

/// A part that the reader may follow tag by tag. What other programs keep beside a list
/// (`customXml`) stays small instead.
fn is_text(name: &str) -> bool {
    let is_beside = name.starts_with("customxml/") && !name.ends_with("sharedstrings.xml");
    !is_beside && (name.ends_with(".xml") || name.ends_with(".rels"))
}

fn look_through(parcel: &mut ZipArchive<Cursor<&[u8]>>, place: usize) -> Result<(), FileRefusal> {
    let mut part = parcel.by_index(place).map_err(|_| FileRefusal::BrokenWorkbook)?;
    let said = part.size();
    let name = part.name().map_err(|_| FileRefusal::BrokenWorkbook)?.to_lowercase();
    let mut tags = is_text(&name).then(Tags::default);
    let (mut buffer, mut unpacked) = (vec![0; 64 * 1024], 0_u64);
    loop {
        let read = part.read(&mut buffer).map_err(|_| FileRefusal::BrokenWorkbook)?;
        if read == 0 {
            break;
        }
        unpacked += read as u64;
        if unpacked > said {
            return Err(FileRefusal::TooDense);
        }
        if let Some(tags) = &mut tags {
            tags.pass(&buffer[..read])?;
        }
    }
    tags.map_or(Ok(()), |tags| tags.finish())
}
