//! What may stand in a report: counts that give no small group away, and whether a target
//! is met. Pure.

pub mod counts;
pub mod disclose;
pub mod targets;

#[cfg(test)]
mod tests;
