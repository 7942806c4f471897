//! The same through a JSON file; `docs/pairing-file.md` describes it for people.

use serde::{Deserialize, Serialize};

use crate::{Exclusion, GivenScore, Input, Lists, Locked, Mentee, Mentor, Objective, Override, Refusal, Weights, plan};

/// The file. A key that is not known is refused, so that a slip of the pen is not passed over in silence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PairingFile {
    /// 1.
    pub format: u32,
    /// Decides ties and nothing else.
    #[serde(default)]
    pub seed: u64,
    pub mentees: Vec<Mentee>,
    pub mentors: Vec<Mentor>,
    #[serde(default)]
    pub weights: Weights,
    #[serde(default)]
    pub lists: Lists,
    #[serde(default)]
    pub least: f64,
    #[serde(default)]
    pub locked: Vec<Locked>,
    #[serde(default)]
    pub exclusions: Vec<Exclusion>,
    #[serde(default)]
    pub overrides: Vec<Override>,
    #[serde(default)]
    pub scores: Vec<GivenScore>,
}

impl PairingFile {
    pub fn new(input: Input, seed: u64) -> Self {
        let Input { mentees, mentors, weights, lists, least, locked, exclusions, overrides, scores } = input;
        PairingFile { format: 1, seed, mentees, mentors, weights, lists, least, locked, exclusions, overrides, scores }
    }

    pub fn input(self) -> Input {
        let PairingFile { mentees, mentors, weights, lists, least, locked, exclusions, overrides, scores, .. } = self;
        Input { mentees, mentors, weights, lists, least, locked, exclusions, overrides, scores }
    }
}

/// Reads a pairing file and writes the plan, as JSON with a line at the end. The same text gives the same bytes.
pub fn run_json(text: &str, objective: Objective) -> Result<String, Refusal> {
    let unreadable = |error: serde_json::Error| Refusal::Unreadable(error.to_string());
    let file: PairingFile = serde_json::from_str(text).map_err(unreadable)?;
    if file.format != 1 {
        return Err(Refusal::Format(file.format));
    }
    let seed = file.seed;
    let plan = plan(&file.input(), objective, seed)?;
    let mut written = serde_json::to_string_pretty(&plan).map_err(unreadable)?;
    written.push('\n');
    Ok(written)
}
