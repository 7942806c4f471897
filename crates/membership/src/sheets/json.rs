//! Members as JSON: a list of objects, or an object with such a list as `members`. Read
//! one member after the other; a key that nobody knows is refused rather than passed over.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use super::{FileRefusal, MOST_BYTES, MOST_LINES, Take};

pub fn each_member(bytes: &[u8], take: Take) -> Result<(), FileRefusal> {
    if bytes.len() > MOST_BYTES {
        return Err(FileRefusal::TooBig);
    }
    let mut refusal = None;
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let read = Members { take, refusal: &mut refusal }.deserialize(&mut reader).and_then(|()| reader.end());
    match (refusal, read) {
        (Some(refusal), _) => Err(refusal),
        (None, Ok(())) => Ok(()),
        (None, Err(error)) => Err(FileRefusal::NotJson(error.to_string().chars().take(200).collect())),
    }
}

/// Whatever a membership system calls a text.
#[derive(Deserialize)]
#[serde(untagged)]
enum Text {
    Words(String),
    Whole(i64),
    Yes(bool),
    None(()),
}

impl Text {
    fn words(self) -> String {
        match self {
            Self::Words(words) => words,
            Self::Whole(number) => number.to_string(),
            Self::Yes(yes) => yes.to_string(),
            Self::None(()) => String::new(),
        }
    }
}

fn empty() -> Text {
    Text::None(())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Member {
    #[serde(default = "empty")]
    number: Text,
    #[serde(default = "empty")]
    name: Text,
    #[serde(default = "empty")]
    first_name: Text,
    #[serde(default = "empty")]
    last_name: Text,
    #[serde(default = "empty")]
    email: Text,
    #[serde(default = "empty")]
    standing: Text,
    #[serde(default = "empty")]
    joined: Text,
    #[serde(default = "empty")]
    expires: Text,
    #[serde(default = "empty")]
    category: Text,
}

impl Member {
    /// In the order of `Field::ALL`.
    fn cells(self) -> [String; 9] {
        let it = self;
        // A system that delivers members alone does not say of each that they are one.
        let standing = if matches!(it.standing, Text::None(())) { Text::Words("good".to_owned()) } else { it.standing };
        [it.number, it.name, it.first_name, it.last_name, it.email, standing, it.joined, it.expires, it.category]
            .map(Text::words)
    }
}

struct Members<'a, 'b> {
    take: Take<'a>,
    refusal: &'b mut Option<FileRefusal>,
}

impl<'de> DeserializeSeed<'de> for Members<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Members<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a list of members, or an object with such a list as `members`")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let mut line = 0;
        while let Some(member) = members.next_element::<Member>()? {
            line += 1;
            let cells = member.cells();
            let taken = if line > MOST_LINES as u64 {
                Err(FileRefusal::TooBig)
            } else {
                (self.take)(line, &cells.each_ref().map(String::as_str))
            };
            if let Err(refusal) = taken {
                let words = refusal.to_string();
                *self.refusal = Some(refusal);
                return Err(A::Error::custom(words));
            }
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { take, refusal } = self;
        let mut seen = false;
        while let Some(key) = map.next_key::<String>()? {
            if key == "members" && !seen {
                seen = true;
                map.next_value_seed(Members { take: &mut *take, refusal: &mut *refusal })?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        if seen { Ok(()) } else { Err(A::Error::missing_field("members")) }
    }
}
