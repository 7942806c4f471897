//! What the preset says about the two reports: their titles, their parts, the words they
//! begin with; and the standards a program is held against.

use std::sync::LazyLock;

use program::preset;
use serde::{Deserialize, Serialize};

use crate::{facts::Kind, figures::Targets};

#[derive(Debug, Deserialize)]
pub struct Outline {
    kind: String,
    pub title: String,
    pub lead: String,
    #[serde(rename = "part")]
    pub parts: Vec<PartOutline>,
}

#[derive(Debug, Deserialize)]
pub struct PartOutline {
    pub key: String,
    pub title: String,
    pub text: String,
    pub figures: Vec<String>,
}

/// A part's words as the report takes them: the committee's own, or those it begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    pub key: String,
    pub title: String,
    pub text: String,
    pub own: bool,
    pub figures: Vec<String>,
}

/// Parts whose first words ask the committee for its own; the board never reads those.
const REQUESTS: &[&str] = &["summary", "changes", "hours", "risks", "outlook", "results", "costs", "recommendations"];

/// What everyone may read of a published report: who took part, who stayed, what they said.
/// The others tell how the committee works, or of another cohort.
const FOR_EVERYONE: &[&str] = &[
    "participation",
    "funnel",
    "endings",
    "survey_response",
    "survey_items",
    "recommendation",
    "goals",
    "skills",
    "survey_numbers",
];

impl Words {
    /// A part as everyone may read it; nothing, where all its figures are the board's.
    pub fn for_everyone(mut self) -> Option<Self> {
        let had_figures = !self.figures.is_empty();
        if self.figures.iter().any(|it| it == "method") {
            self.figures = vec!["survey_numbers".to_owned()];
        }
        self.figures.retain(|it| FOR_EVERYONE.contains(&it.as_str()));
        if self.own {
            (self.own, self.text) = (false, String::new());
        }
        (!had_figures || !self.figures.is_empty()).then_some(self)
    }

    pub fn is_request(&self) -> bool {
        !self.own && REQUESTS.contains(&self.key.as_str())
    }
}

#[derive(Debug, Deserialize)]
pub struct StandardText {
    pub id: String,
    pub requirement: String,
    pub evidence: String,
}

#[derive(Default, Deserialize)]
struct Reports {
    report: Vec<Outline>,
}

#[derive(Default, Deserialize)]
struct Standards {
    standard: Vec<StandardText>,
}

#[derive(Deserialize)]
struct Preset {
    rules: Rules,
}

#[derive(Deserialize)]
struct Rules {
    targets: Targets,
}

static REPORTS: LazyLock<Vec<Outline>> =
    LazyLock::new(|| preset::toml::<Reports>("reports.toml").map(|it| it.report).unwrap_or_default());
static STANDARDS: LazyLock<Vec<StandardText>> =
    LazyLock::new(|| preset::toml::<Standards>("standards.toml").map(|it| it.standard).unwrap_or_default());
static TARGETS: LazyLock<Option<Targets>> =
    LazyLock::new(|| preset::toml::<Preset>("preset.toml").map(|it| it.rules.targets).ok());

/// The parts of a report of this kind.
pub fn outline(kind: Kind) -> Option<&'static Outline> {
    REPORTS.iter().find(|it| it.kind == kind.key())
}

pub fn part(kind: Kind, key: &str) -> Option<&'static PartOutline> {
    outline(kind)?.parts.iter().find(|it| it.key == key)
}

pub fn standards() -> &'static [StandardText] {
    &STANDARDS
}

/// The targets of the preset. A test reads them, so the numbers here are never needed.
pub fn targets() -> Targets {
    TARGETS.unwrap_or(Targets {
        completion_percent: 85,
        midway_response_percent: 60,
        final_response_percent: 70,
        agreement_percent: 90,
        first_contact_percent: 90,
        first_contact_days: 10,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_preset_has_both_reports_and_all_their_figures_are_known() {
        let facts = crate::samples::facts(Kind::Final);
        for kind in Kind::ALL {
            let outline = outline(kind).unwrap();
            assert!(outline.parts.len() >= 10, "{}", outline.title);
            for figures in outline.parts.iter().flat_map(|it| &it.figures) {
                assert!(crate::parts::is_known(figures), "{figures}");
                crate::parts::blocks(figures, &facts, "hash");
            }
        }
        assert!(TARGETS.is_some() && standards().len() >= 30);
    }
}
