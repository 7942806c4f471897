//! All figures of a report as they may be shown. What is small is hidden here already, so
//! nothing that is made from facts can give it away, and the file of the facts may be read
//! by everyone who may read the report.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::rules::{
    counts::{Count, Share},
    targets::Verdict,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Interim,
    Final,
}

impl Kind {
    pub const ALL: [Self; 2] = [Self::Interim, Self::Final];

    pub fn key(self) -> &'static str {
        match self {
            Self::Interim => "interim",
            Self::Final => "final",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// The step of the calendar on which the board has it.
    pub fn due(self) -> &'static str {
        match self {
            Self::Interim => "interim_report_due",
            Self::Final => "final_report_due",
        }
    }

    pub fn words(self) -> &'static str {
        match self {
            Self::Interim => "interim report",
            Self::Final => "final report",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    pub association: String,
    pub program: String,
    pub cohort: String,
    pub kind: Kind,
    pub begins: Date,
    pub ends: Date,
    pub places: u64,
    pub people: People,
    /// From the nomination to the end; `None` where the year has not come so far.
    pub stages: Vec<Stage>,
    pub startup: Vec<Measure>,
    pub states: Vec<Named>,
    pub meetings: Option<Meetings>,
    pub checkins: Vec<Measure>,
    pub endings: Endings,
    pub surveys: Vec<Survey>,
    pub goals: Vec<Goals>,
    pub changes: Vec<Change>,
    pub standards: Vec<Standard>,
    pub before: Option<Before>,
    /// Concerns told in confidence; `None` before the session begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concerns: Option<Count>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct People {
    pub nominated: Count,
    pub applied: Count,
    pub eligible: Count,
    pub placed: Count,
    pub waiting: Count,
    pub mentors: Count,
    pub duos: Count,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stage {
    pub key: String,
    pub label: String,
    pub count: Option<Count>,
}

/// A part of a group, held against a target where there is one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    pub key: String,
    pub label: String,
    pub part: Count,
    pub of: Count,
    pub target: Option<Target>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Target {
    pub percent: u64,
    pub verdict: Verdict,
}

impl Measure {
    /// "21–24 of 25", with the share where both are numbers.
    pub fn words(&self) -> String {
        let of = self.of.words();
        match (self.part.number(), self.of.number()) {
            (Some(part), Some(whole)) if part == whole && whole > 0 => format!("all {of}"),
            (Some(part), Some(whole)) if whole > 0 => format!("{part} of {of} ({} %)", percent(part, whole)),
            (None, None) => self.part.words(),
            _ => format!("{} of {of}", self.part.words()),
        }
    }
}

/// Whole percent, rounded half up.
pub fn percent(part: u64, whole: u64) -> u64 {
    if whole == 0 { 0 } else { (part * 200 + whole) / (whole * 2) }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Named {
    pub label: String,
    pub count: Count,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Meetings {
    pub number: u64,
    pub hours: u64,
    pub per_duo: f64,
    pub by_month: Vec<Named>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Endings {
    pub ended: Count,
    /// Those who found a new partner after that.
    pub again: Count,
    /// `None` until the session has ended.
    pub finished: Option<Measure>,
    pub reasons: Vec<Named>,
}

/// What one side said in one survey.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Survey {
    /// "mentees" or "mentors".
    pub role: String,
    pub response: Measure,
    /// How far the answers speak for everybody; `None` where nothing is shown.
    pub band: Option<String>,
    /// Why there are no answers here, as a sentence.
    pub refusal: Option<String>,
    pub items: Vec<Item>,
    pub recommendation: Option<Recommendation>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    pub key: String,
    pub label: String,
    pub n: Count,
    /// On the scale from 1 to 5.
    pub mean: f64,
    /// The interval, from ten answers on.
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// How many chose one of the two best answers.
    pub agree: Share,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recommendation {
    pub n: Count,
    pub score: f64,
    pub low: Option<f64>,
    pub high: Option<f64>,
}

/// How far goals were reached, as one side sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Goals {
    pub role: String,
    pub n: Count,
    /// As hoped or better.
    pub reached: Share,
    /// The median of the goal attainment scores; 50 is as hoped.
    pub score: Option<f64>,
}

/// Then and today on one scale; only people who answered both.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    pub title: String,
    pub role: String,
    pub n: Count,
    pub before: f64,
    pub today: f64,
    pub change: f64,
    pub low: Option<f64>,
    pub high: Option<f64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Standard {
    pub id: String,
    pub requirement: String,
    pub evidence: String,
    pub is_there: bool,
}

/// The headlines of the cohort before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Before {
    pub cohort: String,
    pub headlines: Vec<Headline>,
}

/// One line of the comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Headline {
    pub key: String,
    pub label: String,
    pub words: String,
}

impl Facts {
    /// The facts as they are hashed and kept: the order of their fields never changes.
    pub fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// SHA-256 of the facts, in hexadecimal digits.
    pub fn hash(&self) -> String {
        use std::fmt::Write;
        Sha256::digest(self.json().as_bytes()).iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// What a cohort is compared by with the next one.
    pub fn headlines(&self) -> Vec<Headline> {
        let line =
            |key: &str, label: &str, words: String| Headline { key: key.to_owned(), label: label.to_owned(), words };
        let mut lines = vec![
            line("applied", "Applications of mentees", self.people.applied.words()),
            line("places", "Places", self.places.to_string()),
            line("mentors", "Mentors", self.people.mentors.words()),
            line("duos", "Duos", self.people.duos.words()),
        ];
        let measures = self.startup.iter().chain(self.endings.finished.as_ref());
        lines.extend(measures.map(|it| line(&it.key, &it.label, it.words())));
        for survey in &self.surveys {
            let role = &survey.role;
            lines.push(line(&format!("response_{role}"), &format!("Answers of {role}"), survey.response.words()));
            if let Some(score) = &survey.recommendation {
                let label = format!("Recommendation score of {role}");
                lines.push(line(&format!("recommendation_{role}"), &label, signed(score.score)));
            }
        }
        lines
    }
}

/// A whole number with its sign.
pub fn signed(number: f64) -> String {
    match number.round() {
        rounded if rounded > 0.0 => format!("+{rounded}"),
        rounded if rounded < 0.0 => format!("−{}", rounded.abs()),
        _ => "0".to_owned(),
    }
}
