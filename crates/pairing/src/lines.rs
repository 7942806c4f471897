//! In which line of a JSON file something stands. The file has been read already, so it is known to be sound.

use crate::refusal::Place;

/// None where the place is the whole file or is not in it.
pub(crate) fn line_of(text: &[u8], place: Place) -> Option<usize> {
    if place.list.is_empty() {
        return None;
    }
    let mut walk = Walk { text, at: 0 };
    walk.find_key(place.list)?;
    if let Some(at) = place.at {
        walk.find_entry(at)?;
    }
    let whole = walk.at;
    // What was left out has no line of its own; the person's will do.
    if !place.key.is_empty() && walk.find_key(place.key).is_none() {
        walk.at = whole;
    }
    Some(1 + text[..walk.at].iter().filter(|byte| **byte == b'\n').count())
}

struct Walk<'a> {
    text: &'a [u8],
    at: usize,
}

impl Walk<'_> {
    /// To the value of a key of the object that begins here.
    fn find_key(&mut self, wanted: &str) -> Option<()> {
        self.open(b'{')?;
        loop {
            self.skip_space();
            let begin = self.at;
            self.skip_value()?;
            let key = &self.text[begin..self.at];
            self.open(b':')?;
            self.skip_space();
            if key.len() == wanted.len() + 2 && &key[1..key.len() - 1] == wanted.as_bytes() {
                return Some(());
            }
            self.skip_value()?;
            self.open(b',')?;
        }
    }

    /// To an entry of the list that begins here, counted from nought.
    fn find_entry(&mut self, wanted: usize) -> Option<()> {
        self.open(b'[')?;
        for _ in 0..wanted {
            self.skip_value()?;
            self.open(b',')?;
        }
        self.skip_space();
        Some(())
    }

    fn open(&mut self, sign: u8) -> Option<()> {
        self.skip_space();
        (self.text.get(self.at) == Some(&sign)).then(|| self.at += 1)
    }

    fn skip_space(&mut self) {
        while self.text.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
    }

    fn skip_value(&mut self) -> Option<()> {
        self.skip_space();
        let mut depth = 0;
        loop {
            match self.text.get(self.at)? {
                b'"' => self.skip_text()?,
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' if depth > 0 => {
                    depth -= 1;
                    self.at += 1;
                }
                // The end of what is around it.
                b'}' | b']' => return None,
                b',' | b':' => self.at += 1,
                byte if byte.is_ascii_whitespace() => self.at += 1,
                _ => {
                    let is_plain = |byte: &u8| !b",:]}\"".contains(byte) && !byte.is_ascii_whitespace();
                    while self.text.get(self.at).is_some_and(is_plain) {
                        self.at += 1;
                    }
                }
            }
            if depth == 0 {
                return Some(());
            }
        }
    }

    fn skip_text(&mut self) -> Option<()> {
        self.at += 1;
        loop {
            match self.text.get(self.at)? {
                b'\\' => self.at += 2,
                b'"' => {
                    self.at += 1;
                    return Some(());
                }
                _ => self.at += 1,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{
  "weights": { "goals": 1,
    "style": 2 },
  "mentees": [
    { "id": "a", "name": "brackets ] } and \" quotes", "ranked": [] },
    { "id": "b", "hours": [1, 2],
      "ranked": ["x"] }
  ],
  "least": 3
}"#;

    #[test]
    fn a_place_has_its_line() {
        let line = |place| line_of(TEXT.as_bytes(), place);
        assert_eq!(line(Place { list: "weights", at: None, key: "style" }), Some(3));
        assert_eq!(line(Place::of("mentees", 0, "ranked")), Some(5));
        assert_eq!(line(Place::of("mentees", 1, "ranked")), Some(7));
        assert_eq!(line(Place::whole("least")), Some(9));
        // Not written: the line of the person, or of the part.
        assert_eq!(line(Place::of("mentees", 1, "style")), Some(6));
        assert_eq!(line(Place::of("mentees", 2, "")), None);
        assert_eq!(line(Place::whole("mentors")), None);
        assert_eq!(line(Place::default()), None);
    }
}
