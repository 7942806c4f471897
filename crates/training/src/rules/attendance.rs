//! Who was at an event, and what that says of a duo.

use care::Orientation;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Presence {
    Came,
    Online,
    Excused,
    Absent,
    MadeUp,
}

impl Presence {
    /// What is noted at the door; making up is noted by the house.
    pub const AT_THE_DOOR: [Self; 4] = [Self::Came, Self::Online, Self::Excused, Self::Absent];

    /// The word that the database uses.
    pub fn key(self) -> &'static str {
        match self {
            Self::Came => "came",
            Self::Online => "online",
            Self::Excused => "excused",
            Self::Absent => "absent",
            Self::MadeUp => "made up",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Came, Self::Online, Self::Excused, Self::Absent, Self::MadeUp].into_iter().find(|it| it.key() == key)
    }

    /// The words that people read.
    pub fn words(self) -> &'static str {
        match self {
            Self::Came => "Came",
            Self::Online => "Online",
            Self::Excused => "Excused",
            Self::Absent => "Not there",
            Self::MadeUp => "Made up for it",
        }
    }

    /// Whether it counts as having attended. ORI3.
    pub fn counts(self) -> bool {
        matches!(self, Self::Came | Self::Online | Self::MadeUp)
    }
}

/// What the list says of a duo, once it is complete. Of a duo formed later it says only
/// that both have made up for it.
pub fn of_duo(mentor: Option<Presence>, mentee: Option<Presence>, formed_later: bool) -> Option<Orientation> {
    let both = [mentor, mentee];
    if both.iter().all(|it| it.is_some_and(Presence::counts)) {
        return Some(Orientation::Attended);
    }
    if formed_later {
        return None;
    }
    let away: Vec<_> = both.iter().filter(|it| !it.is_some_and(Presence::counts)).collect();
    let is_excused = away.iter().all(|it| **it == Some(Presence::Excused));
    Some(if is_excused { Orientation::Excused } else { Orientation::Missed })
}
