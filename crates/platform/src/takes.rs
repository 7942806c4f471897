//! Which fields a door takes. What it does not name it refuses, so that nothing can be
//! changed by a field that nobody thought of.
//!
//! A name may end in `*`: every field that begins with what stands before it; or in `+`:
//! it may come several times; what is `*+` is only carried along, such
//! as a form on its way past the sign-in.
//!
//! What is written into a field has a length: that of a line, or that of a text where the
//! door says so.

use std::collections::HashSet;

/// More fields than any form of ours sends.
pub const MOST_FIELDS: usize = 5_000;
/// Characters of a name, an address, a choice.
pub const MOST_OF_A_LINE: usize = 300;
/// Characters of a text; pages ask for less where less will do.
pub const MOST_OF_A_TEXT: usize = 40_000;

/// Fields that are never written into a page, nor carried along from one to the next.
pub const SECRETS: &[&str] = &["password", "repeated", "current", "code", "step"];

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Takes {
    /// The door, to say where a fault is.
    pub path: &'static str,
    pub fields: &'static [&'static str],
    /// Those of them that hold a text, not a line.
    pub texts: &'static [&'static str],
    /// Whether the fields of a form of the committee come too. Only the page knows that
    /// form, and looks at them when it reads it (`forms::read`).
    pub form: bool,
}

/// Why what was sent is not read at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    #[error("“{}” is not a field of this form.", shortened(.0))]
    Unknown(String),
    #[error("The field “{}” came more than once.", shortened(.0))]
    Twice(String),
    #[error("More fields came than any form here has: {MOST_FIELDS} at most.")]
    TooMany,
    #[error("What was sent is not text: it has signs that no keyboard gives.")]
    NoText,
    #[error("A word has more accents on one letter than any language needs.")]
    Accents,
    #[error("The text has a hidden sign that turns its direction round. Please type it anew instead of pasting it.")]
    TurnedRound,
    #[error("The form could not be read.")]
    Broken,
    #[error("{}", too_long(*.length, *.most))]
    TooLong { field: String, length: usize, most: usize },
}

fn too_long(length: usize, most: usize) -> String {
    format!("This is {length} characters long; {most} are the most that can be taken here.")
}

impl Takes {
    /// How a field is named here, if it is.
    fn named(&self, name: &str) -> Option<&'static str> {
        self.fields.iter().copied().find(|field| {
            let field = field.strip_suffix('+').unwrap_or(field);
            field.strip_suffix('*').map_or(field == name, |begin| name.starts_with(begin))
        })
    }

    /// Whether a field that is named here may come several times.
    fn repeats(&self, name: &str) -> Option<bool> {
        self.named(name).map(|field| field.ends_with('+'))
    }

    pub fn names(&self, name: &str) -> bool {
        self.repeats(name).is_some()
    }

    /// The first field that holds more than it may. What is only carried along is judged
    /// where it arrives, and the fields of a form of the committee by that form.
    pub fn too_long<'a>(&self, mut sent: impl Iterator<Item = (&'a str, &'a str)>) -> Option<Unread> {
        sent.find_map(|(name, value)| {
            let most = self.most_characters(name)?;
            // Counting letters is for the few that have so many bytes.
            let length = if value.len() > most { value.chars().count() } else { 0 };
            (length > most).then(|| Unread::TooLong { field: name.to_owned(), length, most })
        })
    }

    /// How many characters a field may hold; nothing where the door does not judge it.
    pub fn most_characters(&self, name: &str) -> Option<usize> {
        let field = self.named(name).filter(|it| !it.ends_with("*+"))?;
        Some(if self.texts.contains(&field) { MOST_OF_A_TEXT } else { MOST_OF_A_LINE })
    }

    /// Whether each field is named by the door, and comes as often as it may.
    pub fn check<'a>(&self, sent: impl Iterator<Item = &'a str>) -> Result<(), Unread> {
        let form = self.form;
        check(sent, |name| self.repeats(name).or(form.then_some(true)))
    }
}

/// Goes through the names that came. `repeats` says of each whether it may come several
/// times, and nothing of a stranger.
pub fn check<'a>(sent: impl Iterator<Item = &'a str>, repeats: impl Fn(&str) -> Option<bool>) -> Result<(), Unread> {
    let mut seen = HashSet::new();
    for name in sent {
        match repeats(name) {
            None => return Err(Unread::Unknown(name.to_owned())),
            Some(false) if !seen.insert(name) => return Err(Unread::Twice(name.to_owned())),
            Some(_) => {}
        }
    }
    Ok(())
}

fn shortened(name: &str) -> String {
    name.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOOR: Takes =
        Takes { path: "/goals", fields: &["email", "goal_*", "topics+"], texts: &["goal_*"], form: false };

    // V-14
    #[test]
    fn a_door_takes_what_it_names_and_nothing_else() {
        let check = |sent: &[&str]| DOOR.check(sent.iter().copied());
        assert_eq!(check(&["email", "goal_1", "goal_2", "topics", "topics"]), Ok(()));
        assert_eq!(check(&["email", "is_admin"]), Err(Unread::Unknown("is_admin".to_owned())));
        assert_eq!(check(&["email", "email"]), Err(Unread::Twice("email".to_owned())));
        assert_eq!(check(&["goal_1", "goal_1"]), Err(Unread::Twice("goal_1".to_owned())));
        for stranger in ["email[]", "Email", "email ", "topics+", "goal", "*", "", "goal*"] {
            assert_eq!(check(&[stranger]), Err(Unread::Unknown(stranger.to_owned())), "{stranger}");
        }
    }

    // F-19
    #[test]
    fn a_line_and_a_text_each_have_an_end() {
        let long = |name: &str, many: usize| DOOR.too_long([(name, "ü".repeat(many).as_str())].into_iter());
        for (name, most) in [("email", MOST_OF_A_LINE), ("topics", MOST_OF_A_LINE), ("goal_7", MOST_OF_A_TEXT)] {
            assert_eq!(long(name, most), None, "{name}");
            let too_long = Unread::TooLong { field: name.to_owned(), length: most + 1, most };
            assert_eq!(long(name, most + 1), Some(too_long), "{name}");
        }
        assert_eq!(long("a_field_of_a_form", 50_000), None);
    }

    #[test]
    fn a_form_that_is_only_carried_along_may_have_any_field() {
        let door = Takes { path: "/again", fields: &["*+"], texts: &[], form: false };
        assert_eq!(door.check(["a", "b", "a"].into_iter()), Ok(()));
    }

    #[test]
    fn a_door_that_names_nothing_takes_nothing() {
        assert_eq!(Takes::default().check(["a"].into_iter()), Err(Unread::Unknown("a".to_owned())));
        assert_eq!(Takes::default().check([].into_iter()), Ok(()));
    }
}
