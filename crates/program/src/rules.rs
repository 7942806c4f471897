//! What decides about a program. Pure.

pub mod calendar;
pub mod calendar_file;
pub mod numbers;
pub mod rule;

#[cfg(test)]
mod tests;
