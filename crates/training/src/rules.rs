//! What training decides: who counts as having been there, what a calendar file says,
//! which answers show that the orientation was understood. Pure.

pub mod attendance;
pub mod calendar_file;
pub mod check;
pub mod times;

#[cfg(test)]
mod tests;
