//! The tags of one part of a workbook, looked at byte by byte as it is unpacked: how deep
//! they stand in each other, and how many there are said to be.

use super::FileRefusal;

/// Workbooks need about ten.
const DEEPEST: usize = 64;
/// Room for this many shared texts may be asked for.
const MOST_SAID: &[u8] = b"1000000";
/// A single tag with its attributes.
const LONGEST_TAG: usize = 64 * 1024;

#[derive(Default)]
pub struct Tags {
    begun: bool,
    inside: bool,
    /// The quotation mark that an attribute's value is in.
    quote: Option<u8>,
    depth: usize,
    /// The tag so far.
    tag: Vec<u8>,
}

impl Tags {
    pub fn pass(&mut self, bytes: &[u8]) -> Result<(), FileRefusal> {
        if !self.begun {
            self.begun = true;
            // Another encoding would hide its tags from us.
            if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
                return Err(FileRefusal::BrokenWorkbook);
            }
        }
        for byte in bytes {
            match (self.inside, byte) {
                (_, 0) => return Err(FileRefusal::BrokenWorkbook),
                (false, b'<') => {
                    self.inside = true;
                    self.tag.clear();
                }
                (false, _) => {}
                (true, byte) => self.inside_a_tag(*byte)?,
            }
        }
        Ok(())
    }

    /// Ends where every tag is closed.
    pub fn finish(&self) -> Result<(), FileRefusal> {
        if self.inside { Err(FileRefusal::BrokenWorkbook) } else { Ok(()) }
    }

    fn inside_a_tag(&mut self, byte: u8) -> Result<(), FileRefusal> {
        match (self.quote, byte) {
            (Some(quote), _) if quote == byte => self.quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => self.quote = Some(byte),
            (None, b'>') => {
                self.inside = false;
                return self.tag_ends();
            }
            // Declarations, comments and the like: no workbook needs them, and a bomb does.
            (None, b'!') if self.tag.is_empty() => return Err(FileRefusal::TooDense),
            (None, b'<') => return Err(FileRefusal::BrokenWorkbook),
            (None, _) => {}
        }
        self.tag.push(byte);
        if self.tag.len() > LONGEST_TAG { Err(FileRefusal::TooDense) } else { Ok(()) }
    }

    fn tag_ends(&mut self) -> Result<(), FileRefusal> {
        match self.tag.first() {
            Some(b'?') => return self.encoding(),
            Some(b'/') => self.depth = self.depth.saturating_sub(1),
            _ if self.tag.ends_with(b"/") => {}
            _ => self.depth += 1,
        }
        if self.depth > DEEPEST || says_too_many(&self.tag) { Err(FileRefusal::TooDense) } else { Ok(()) }
    }

    fn encoding(&self) -> Result<(), FileRefusal> {
        let words = String::from_utf8_lossy(&self.tag).to_lowercase();
        let plain = match words.split_once("encoding") {
            None => true,
            Some((_, rest)) => {
                let said = rest.trim_start_matches(|it: char| it.is_whitespace() || "=\"'".contains(it));
                said.starts_with("utf-8") || said.starts_with("us-ascii")
            }
        };
        if plain { Ok(()) } else { Err(FileRefusal::BrokenWorkbook) }
    }
}

/// `uniqueCount="…"` asks the reader for room before it has seen a single text.
fn says_too_many(tag: &[u8]) -> bool {
    const NAME: &[u8] = b"uniqueCount";
    let Some(place) = tag.windows(NAME.len()).position(|it| it == NAME) else { return false };
    let digits: Vec<u8> = tag[place + NAME.len()..]
        .iter()
        .copied()
        .skip_while(|it| it.is_ascii_whitespace() || b"=\"'+".contains(it))
        .take_while(u8::is_ascii_digit)
        .skip_while(|it| *it == b'0')
        .collect();
    digits.len() > MOST_SAID.len() || (digits.len() == MOST_SAID.len() && digits.as_slice() > MOST_SAID)
}
