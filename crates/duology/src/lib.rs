//! The house: every door, every job, the command line, and the demo.
//!
//! | what                                           | where          |
//! |------------------------------------------------|----------------|
//! | all doors, all jobs, the frame around a page   | `house.rs`     |
//! | the first page, for strangers and for people   | `home.rs`      |
//! | where a person stands in the year              | `standing.rs`  |
//! | the style sheet, whether we live               | `still.rs`     |
//! | the command line                               | `cli.rs`, `commands/` |
//! | what `duology.toml` may say                    | `config.rs`    |
//! | opening the database and the keyring           | `open.rs`, `keyring.rs` |
//! | a year of invented people                      | `demo.rs`, `demo/` |
//! | what must hold for the whole house             | `tests/`       |

pub mod cli;
pub mod commands;
pub mod config;
pub mod demo;
pub mod home;
pub mod house;
pub mod keyring;
pub mod open;
mod standing;
mod still;

#[cfg(test)]
mod tests;
