//! The same through a JSON file; `docs/pairing-file.md` describes it for people.

use serde::{Deserialize, Serialize};

use crate::{
    Candidates, Exclusion, GivenScore, Input, Lists, Locked, Mentee, Mentor, Must, Objective, Outcome, Override, Plan,
    Refusal, Weights, lines::line_of, outcomes, plan::planned,
};

/// The longest file that is read, in bytes.
pub const FILE_AT_MOST: usize = 100_000_000;

/// The file. A key that is not known is refused, so that a slip of the pen is not passed over in silence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PairingFile {
    /// 1, or 2 where lists come first, which format 1 does not know.
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
    pub candidates: Candidates,
    #[serde(default)]
    pub must: Vec<Must>,
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
        let Input { mentees, mentors, weights, lists, candidates, must, least, .. } = input;
        let Input { locked, exclusions, overrides, scores, .. } = input;
        PairingFile {
            format: if lists == Lists::First { 2 } else { 1 },
            seed,
            mentees,
            mentors,
            weights,
            lists,
            candidates,
            must,
            least,
            locked,
            exclusions,
            overrides,
            scores,
        }
    }

    pub fn input(self) -> Input {
        let PairingFile { mentees, mentors, weights, lists, candidates, must, least, .. } = self;
        let PairingFile { locked, exclusions, overrides, scores, .. } = self;
        Input { mentees, mentors, weights, lists, candidates, must, least, locked, exclusions, overrides, scores }
    }
}

/// The plan, and what the other objectives would give.
#[derive(Serialize)]
struct Written<'a> {
    #[serde(flatten)]
    plan: &'a Plan,
    outcomes: Vec<Outcome>,
}

/// Reads a pairing file and writes the plan, as JSON with a line at the end. The same bytes give the same bytes. What
/// is refused names its line.
pub fn run_json(text: &[u8], objective: Objective) -> Result<String, Refusal> {
    if text.len() > FILE_AT_MOST {
        return Err(Refusal::TooLong { found: text.len(), most: FILE_AT_MOST });
    }
    let file: PairingFile = serde_json::from_slice(text).map_err(|error| unreadable(&error))?;
    match (file.format, file.lists) {
        (1, Lists::First) => return Err(Refusal::FirstNeedsFormatTwo),
        (1 | 2, _) => {}
        (format, _) => return Err(Refusal::Format(format)),
    }
    let seed = file.seed;
    let input = file.input();
    let mut plan = planned(&input, objective, seed).map_err(|fault| match line_of(text, fault.place) {
        Some(line) => Refusal::InLine { line, refusal: Box::new(fault.refusal) },
        None => fault.refusal,
    })?;
    for note in &mut plan.notes {
        note.line = line_of(text, note.place);
    }
    let written = Written { plan: &plan, outcomes: outcomes(&input, seed)? };
    let mut written = serde_json::to_string_pretty(&written).map_err(|error| unreadable(&error))?;
    written.push('\n');
    Ok(written)
}

/// The reader's words without the place, which comes first here.
fn unreadable(error: &serde_json::Error) -> Refusal {
    let said = error.to_string();
    let words = said.rsplit_once(" at line ").map_or(said.as_str(), |(words, _)| words);
    let refusal = Refusal::Unreadable(words.to_string());
    match error.line() {
        0 => refusal,
        line => Refusal::InLine { line, refusal: Box::new(refusal) },
    }
}
