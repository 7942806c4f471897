//! Who could work with whom: scores, hard rules, assignment and stable matching, each pair explained in words.
//!
//! Pure and usable alone: plain data in, a plan or a refusal out. The same input and the same seed give the same plan
//! on any machine, whatever the order in which people are listed. What it promises is decisions that can be defended,
//! not better matches: the score orders pairs by what people said they want, it predicts nothing.
//!
//! | file | what it answers |
//! |---|---|
//! | `people.rs` | what is known of a mentee and a mentor |
//! | `input.rs` | a whole question: the pools, weights, locks, exclusions; what is refused before any work |
//! | `score.rs` | how well two people fit, from 0 to 100, in parts |
//! | `fit.rs` | each part's fit, as a number and in words |
//! | `exclusions.rs` | who must not be paired, and why |
//! | `pool.rs` | the question made ready: people in canonical order, which pairs are acceptable, who prefers whom |
//! | `assign.rs` | the best assignment (Hungarian method) |
//! | `stable.rs` | deferred acceptance, and the pairs that would rather have each other |
//! | `plan.rs` | the plan: pairs, alternatives, who is left and why |
//! | `explain.rs` | why these two, or why not |
//! | `file.rs` | the same through a JSON file (`docs/pairing-file.md`) |

mod assign;
mod exclusions;
mod explain;
mod file;
mod fit;
mod input;
mod people;
mod plan;
mod pool;
mod score;
mod stable;
#[cfg(test)]
mod tests;

pub use exclusions::{Reason, excluded};
pub use explain::{Explanation, explain, why_not};
pub use file::{PairingFile, run_json};
pub use input::{Exclusion, GivenScore, Input, Lists, Locked, Override, PEOPLE_AT_MOST, PLACES_AT_MOST, Refusal};
pub use people::{HOURS_IN_A_WEEK, Mentee, Mentor, STYLE_PAIRS, Style};
pub use plan::{Alternative, BlockingPair, FreeMentor, Objective, Pair, Plan, RuleCount, Unmatched, plan};
pub use score::{Part, PartKey, Points, Score, Weights, score};
