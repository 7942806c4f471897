//! Which fields a door takes. What it does not name it refuses, so that nothing can be
//! changed by a field that nobody thought of.
//!
//! A name may end in `*`: every field that begins with what stands before it; or in `+`:
//! it may come several times; `*+` is a form that is only carried along.

use std::collections::HashSet;

/// More fields than any form of ours sends.
pub const MOST_FIELDS: usize = 5_000;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Takes {
    /// The door, to say where a fault is.
    pub path: &'static str,
    pub fields: &'static [&'static str],
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
}

impl Takes {
    /// How a field is named here, if it is: whether it may come several times.
    fn repeats(&self, name: &str) -> Option<bool> {
        self.fields.iter().find_map(|field| {
            let (field, repeats) = field.strip_suffix('+').map_or((*field, false), |field| (field, true));
            let is_it = field.strip_suffix('*').map_or(field == name, |begin| name.starts_with(begin));
            is_it.then_some(repeats)
        })
    }

    pub fn names(&self, name: &str) -> bool {
        self.repeats(name).is_some()
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

    const DOOR: Takes = Takes { path: "/goals", fields: &["email", "goal_*", "topics+"], form: false };

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

    #[test]
    fn a_form_that_is_only_carried_along_may_have_any_field() {
        let door = Takes { path: "/again", fields: &["*+"], form: false };
        assert_eq!(door.check(["a", "b", "a"].into_iter()), Ok(()));
    }

    #[test]
    fn a_door_that_names_nothing_takes_nothing() {
        assert_eq!(Takes::default().check(["a"].into_iter()), Err(Unread::Unknown("a".to_owned())));
        assert_eq!(Takes::default().check([].into_iter()), Ok(()));
    }
}
