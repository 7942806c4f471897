//! The letters of all rooms, each declared where it is written.

use program::preset;

use crate::{rules, titles};

/// One kind of letter.
#[derive(Debug)]
pub struct Kind {
    /// Its name, which is that of its text in the preset.
    pub name: &'static str,
    /// The module that declares it; its first part is the room.
    pub module: &'static str,
    /// Who gets it, in words.
    pub audience: &'static str,
    /// What makes the house write it, in words.
    pub trigger: &'static str,
    pub class: Class,
}

/// Whether and how a letter can be ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Of an account: always comes, and its text is not shown again.
    Account,
    /// Belongs to taking part: always comes.
    Essential,
    /// The same, and nobody is told how many were written: there are people of whom it tells.
    Confidential,
    /// Helps, and can be ended with one click.
    Helpful,
    /// For the time after, and can be ended with one click.
    Alumni,
}

impl Kind {
    pub fn room(&self) -> &'static str {
        self.module.split("::").next().unwrap_or(self.module)
    }
}

impl Class {
    /// The word that the database uses.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Account => "account",
            // To the database it is like any other.
            Self::Essential | Self::Confidential => "essential",
            Self::Helpful => "helpful",
            Self::Alumni => "alumni",
        }
    }

    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Essential => "essential",
            Self::Confidential => "essential, in confidence",
            Self::Helpful => "helpful, can be ended",
            Self::Alumni => "alumni, can be ended",
        }
    }

    /// Why somebody with an account gets a letter of this class.
    pub(crate) fn why(self, program: &str) -> String {
        const END: &str = "You can end letters of this kind at any time.";
        match self {
            Self::Account => format!("You get this letter because of your account in the {program}."),
            Self::Essential | Self::Confidential => {
                format!("You get this letter because it belongs to your part in the {program}.")
            }
            Self::Helpful => format!("You get this letter because you take part in the {program}. {END}"),
            Self::Alumni => format!("You get this letter because you took part in the {program}. {END}"),
        }
    }

    pub(crate) fn can_be_ended(self) -> bool {
        matches!(self, Self::Helpful | Self::Alumni)
    }
}

inventory::collect!(&'static Kind);

/// Every letter of every room that is linked in, by name.
pub fn registry() -> Vec<&'static Kind> {
    let mut kinds: Vec<_> = inventory::iter::<&'static Kind>.into_iter().copied().collect();
    kinds.sort_by_key(|kind| kind.name);
    kinds
}

pub fn find(name: &str) -> Option<&'static Kind> {
    inventory::iter::<&'static Kind>.into_iter().copied().find(|kind| kind.name == name)
}

/// What does not fit between the rooms' letters and the preset's texts: for the test of
/// the whole house, which sees all rooms.
pub fn faults() -> Vec<String> {
    let kinds = registry();
    let texts = preset::names("letters");
    let mut faults: Vec<String> = kinds
        .windows(2)
        .filter(|two| two[0].name == two[1].name)
        .map(|two| format!("{} is declared by {} and {}", two[0].name, two[0].module, two[1].module))
        .collect();
    let textless = kinds.iter().filter(|kind| !texts.contains(&kind.name));
    faults.extend(textless.map(|kind| format!("{} of {} has no text in the preset", kind.name, kind.module)));
    let untitled = kinds.iter().filter(|kind| !titles::groups().iter().any(|group| group.has(kind.name)));
    faults.extend(untitled.map(|kind| format!("{} of {} has no title in letters.toml", kind.name, kind.module)));
    let unsent = texts.iter().filter(|name| !kinds.iter().any(|kind| kind.name == **name));
    faults.extend(unsent.map(|name| format!("nobody sends {name}")));
    for name in &texts {
        let (subject, body) = preset::letter(name).unwrap_or_default();
        faults.extend(rules::check(subject, body, &rules::allowed(name)).err().map(|fault| format!("{name}: {fault}")));
    }
    faults
}

/// Declares letters: `letter! { PLACE_TAKEN => "place_taken", audience "the mentee",
/// trigger "a complete application takes a place", class Essential }`; several with `;`
/// between them.
#[macro_export]
macro_rules! letter {
    ($($(#[$meta:meta])* $name:ident => $key:literal, audience $audience:literal, trigger $trigger:literal, class $class:ident $(,)?);+ $(;)?) => { $(
        $(#[$meta])*
        pub(crate) static $name: $crate::Kind = $crate::Kind {
            name: $key,
            module: module_path!(),
            audience: $audience,
            trigger: $trigger,
            class: $crate::Class::$class,
        };
        $crate::inventory::submit! { &$name }
    )+ };
}
