//! Who could work with whom: scores, hard rules, assignment and stable matching, each pair explained in words.
//!
//! Pure and usable alone: plain data in, a plan or a refusal out. The same input and the same seed give the same plan
//! on any machine, whatever the order in which people are listed. What it promises is decisions that can be defended,
//! not better matches: the score orders pairs by what people said they want, it predicts nothing.
//!
//! | file | what it answers |
//! |---|---|
//! | `people.rs` | what is known of a mentee and a mentor |
//! | `input.rs` | a whole question: the pools, weights, locks, exclusions |
//! | `refusal.rs`, `check.rs` | what is refused before any work, and where it stands |
//! | `ids.rs` | who is meant by an id |
//! | `known.rs`, `words.rs` | people made ready for comparing, their words as numbers |
//! | `score.rs` | how well two people fit, from 0 to 100, in parts |
//! | `fit.rs`, `reasons.rs` | each part's fit, as a number and in words |
//! | `exclusions.rs`, `apart.rs` | who must not be paired, and why; for two people and for a whole pool |
//! | `pool.rs`, `lists.rs`, `given.rs`, `table.rs`, `locks.rs` | the question made ready: people in canonical order, which pairs come into question, who prefers whom |
//! | `assignment.rs`, `assignment/` | the best assignment, on plain numbers |
//! | `stable.rs` | deferred acceptance, and the pairs that would rather have each other |
//! | `plan.rs`, `left.rs` | the plan: pairs, alternatives, who is left and why |
//! | `weigh.rs` | what pairs come to that somebody put together by hand |
//! | `explain.rs` | why these two, or why not |
//! | `file.rs`, `lines.rs` | the same through a JSON file (`docs/pairing-file.md`) |
//! | `parts.rs`, `quick.rs` | work shared among processors, and maps that are asked often |

mod apart;
pub mod assignment;
mod check;
mod exclusions;
mod explain;
mod file;
mod fit;
mod given;
mod ids;
mod input;
mod known;
mod left;
mod lines;
mod lists;
mod locks;
mod parts;
mod people;
mod plan;
mod pool;
mod quick;
mod reasons;
mod refusal;
mod score;
mod stable;
mod table;
#[cfg(test)]
mod tests;
mod weigh;
mod words;

pub use exclusions::{Must, Reason, excluded};
pub use explain::{Explanation, explain, why_not};
pub use file::{FILE_AT_MOST, PairingFile, run_json};
pub use input::{Candidates, Exclusion, GivenScore, Input, Lists, Locked, Override, PAIRS_AT_MOST, PEOPLE_AT_MOST};
pub use people::{HOURS_IN_A_WEEK, Mentee, Mentor, STYLE_PAIRS, Style};
pub use plan::{
    Alternative, BLOCKING_SHOWN, BlockingPair, FreeMentor, Note, Objective, Outcome, Pair, Plan, RuleCount, Unmatched,
    outcomes, plan, rules, table,
};
pub use reasons::told;
pub use refusal::Refusal;
pub use score::{Part, PartKey, Points, Score, WEIGHT_AT_MOST, Weights, score};
pub use weigh::{Weighed, weigh};

/// Grows whenever the same file would give another plan; a stored run says with which it was made.
pub const VERSION: u32 = 1;
