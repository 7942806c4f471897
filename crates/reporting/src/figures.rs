//! The year in plain numbers, before anything is hidden. They are for the committee's
//! dashboard and for `rules::disclose`; no report is made from them.

use jiff::civil::Date;

use crate::facts::{Before, Change, Goals, Kind, Standard, Survey};

/// Which moments of the year have come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reached {
    pub call: bool,
    pub matching: bool,
    pub orientation: bool,
    pub midway: bool,
    pub end: bool,
    pub alumni: bool,
}

/// The targets the program has set itself, in percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
pub struct Targets {
    pub completion_percent: u64,
    pub midway_response_percent: u64,
    pub final_response_percent: u64,
    pub agreement_percent: u64,
    pub first_contact_percent: u64,
    pub first_contact_days: i64,
}

/// How many duos stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct States {
    pub on_track: u64,
    pub too_early: u64,
    pub needs_a_word: u64,
    pub silent: u64,
}

#[derive(Clone, Debug)]
pub struct Figures {
    pub association: String,
    pub program: String,
    pub cohort: String,
    pub kind: Kind,
    pub begins: Date,
    pub ends: Date,
    pub places: u64,
    pub targets: Targets,
    pub reached: Reached,
    pub nominated: u64,
    pub applied: u64,
    pub eligible: u64,
    /// Mentees who had a place at any time, and places that are taken now.
    pub placed: u64,
    pub taken: u64,
    pub waiting: u64,
    pub mentors: u64,
    /// Mentees who are or were in a duo, so many duos were formed for the first time.
    pub duos: u64,
    pub ended: u64,
    /// Mentees whose first duo ended and who found a new partner.
    pub again: u64,
    /// Of the mentees in duos.
    pub mentees_oriented: u64,
    pub mentees_met: u64,
    pub mentees_midway: u64,
    pub mentees_alumni: u64,
    /// People who are or were in a duo, each once: a mentor may have two mentees.
    pub people: u64,
    /// Of the people in duos.
    pub people_oriented: u64,
    pub people_lessons: u64,
    /// Of the duos.
    pub agreements: u64,
    pub first_contacts: u64,
    pub goals_set: u64,
    pub states: States,
    pub meetings: u64,
    pub minutes: u64,
    /// The month in words, and how many meetings there were.
    pub by_month: Vec<(String, u64)>,
    /// The check-in, and how many people answered it.
    pub checkins: Vec<(String, u64)>,
    /// Concerns that people told in confidence.
    pub concerns: u64,
    /// Why duos ended, in the words of the form.
    pub reasons: Vec<(String, u64)>,
    pub surveys: Vec<Survey>,
    pub goals: Vec<Goals>,
    pub changes: Vec<Change>,
    pub standards: Vec<Standard>,
    pub before: Option<Before>,
}
