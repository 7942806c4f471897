//! What each letter is called, and with which others it stands: from the preset, so that
//! nobody reads the sample of a subject as a name.

use std::sync::LazyLock;

use program::preset;
use serde::Deserialize;

#[derive(Deserialize)]
struct File {
    group: Vec<Group>,
}

#[derive(Deserialize)]
pub struct Group {
    pub title: String,
    /// Names with their titles, in the order of the year.
    pub letters: Vec<(String, String)>,
}

impl Group {
    pub fn has(&self, name: &str) -> bool {
        self.letters.iter().any(|(it, _)| it == name)
    }
}

static GROUPS: LazyLock<Vec<Group>> =
    LazyLock::new(|| preset::toml::<File>("letters.toml").map(|it| it.group).unwrap_or_default());

/// All letters of the preset, in the order of the year.
pub fn groups() -> &'static [Group] {
    &GROUPS
}

/// What a letter is called; its plain name where the preset says nothing.
pub fn title(name: &str) -> String {
    let found = GROUPS.iter().flat_map(|group| &group.letters).find(|(it, _)| it == name);
    found.map_or_else(|| name.replace('_', " "), |(_, title)| title.clone())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    // COM1
    #[test]
    fn every_letter_has_one_title_and_no_two_have_the_same() {
        let all: Vec<&(String, String)> = groups().iter().flat_map(|group| &group.letters).collect();
        let names: BTreeSet<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
        let titles: BTreeSet<&str> = all.iter().map(|(_, title)| title.as_str()).collect();
        assert_eq!(names, preset::names("letters").into_iter().collect());
        assert_eq!((names.len(), titles.len()), (all.len(), all.len()));
    }

    #[test]
    fn a_letter_without_a_title_is_called_by_its_name() {
        assert_eq!(title("topic_note"), "Monthly topic");
        assert_eq!(title("a_new_letter"), "a new letter");
    }
}
