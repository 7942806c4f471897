//! What care decides: who accompanies whom, how a duo stands, what follows from it. Pure.

pub mod appoint;
pub mod concern;
pub mod days;
pub mod ladder;
pub mod opening;
pub mod signal;

#[cfg(test)]
mod tests;
