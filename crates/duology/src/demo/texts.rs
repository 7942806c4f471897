//! What invented people write, sentence by sentence, from files that are in the binary.
//! Each field of each form has a list of its own.

use std::sync::LazyLock;

use serde::{Deserialize, de::DeserializeOwned};

pub type Lines = Vec<String>;

/// What can be learned and taught about one topic.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    pub topic: String,
    /// What somebody wants to be able to do, why, and how one will see it.
    pub goals: Vec<[String; 3]>,
    pub whys: Lines,
    /// What a mentor has lived through, and what a mentee who read it writes.
    pub done: Vec<[String; 2]>,
    pub can: Lines,
    pub notes: Lines,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mentors {
    pub offices: Lines,
    pub offices_more: Lines,
    pub begin: Lines,
    pub moves: Lines,
    pub today: Lines,
    pub manner: Lines,
    /// With the kinds of organisation and the topics where nobody would say so.
    pub cannot: Vec<Lines>,
    pub learn: Lines,
    pub values: Lines,
    pub questions: Lines,
    pub declines: Lines,
    pub notes: Lines,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mentees {
    pub hopes: Lines,
    pub lead: Lines,
    pub offer: Lines,
    pub bio: Lines,
    pub lives: Lines,
    pub access: Lines,
    pub replies: Lines,
    pub notes: Lines,
    pub unmatched: Lines,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duos {
    pub agreement: Agreement,
    pub check_in: CheckIn,
    pub ending: Ending,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    pub purpose: Lines,
    pub mentor_brings: Lines,
    pub mentor_not: Lines,
    pub mentee_brings: Lines,
    pub mentee_between: Lines,
    pub extra_rules: Lines,
    pub feedback: Lines,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckIn {
    pub mentee: Lines,
    pub mentor: Lines,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ending {
    pub words: Lines,
    pub helped: Lines,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Surveys {
    pub mentee: Survey,
    pub mentor: Survey,
    pub orientation: Orientation,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Survey {
    pub t1: Lines,
    pub t2: Lines,
    pub t4: Lines,
    pub t5: Lines,
    pub t6: Lines,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Orientation {
    pub unclear: Lines,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chair {
    pub nominations: Lines,
    pub interim: String,
    #[serde(rename = "final")]
    pub last: String,
    pub place: String,
    pub online: String,
    pub words: String,
}

pub static THEMES: LazyLock<Vec<Theme>> = LazyLock::new(|| {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        theme: Vec<Theme>,
    }
    let files =
        [include_str!("texts/themes.toml"), include_str!("texts/themes-2.toml"), include_str!("texts/themes-3.toml")];
    files.into_iter().flat_map(|text| read::<File>(text).theme).collect()
});

pub static MENTORS: LazyLock<Mentors> = LazyLock::new(|| read(include_str!("texts/mentors.toml")));
pub static MENTEES: LazyLock<Mentees> = LazyLock::new(|| read(include_str!("texts/mentees.toml")));
pub static DUOS: LazyLock<Duos> = LazyLock::new(|| read(include_str!("texts/duos.toml")));
pub static SURVEYS: LazyLock<Surveys> = LazyLock::new(|| read(include_str!("texts/surveys.toml")));
pub static CHAIR: LazyLock<Chair> = LazyLock::new(|| read(include_str!("texts/chair.toml")));

pub fn theme(topic: &str) -> Option<&'static Theme> {
    THEMES.iter().find(|theme| theme.topic == topic)
}

/// The files are in the binary and a test reads each of them.
fn read<T: DeserializeOwned>(text: &str) -> T {
    toml::from_str(text).unwrap_or_else(|error| panic!("a text of the demo cannot be read: {error}"))
}

#[cfg(test)]
mod tests;
