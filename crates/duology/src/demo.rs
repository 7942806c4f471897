//! The demo: a year of invented people, played through the same doors, rules and jobs
//! that real people use, with a clock that is moved by hand. DEM1–5
//!
//! | what                                         | where                |
//! |----------------------------------------------|----------------------|
//! | who the invented people are                  | `demo/people.rs`     |
//! | what they write and choose                   | `demo/words.rs`      |
//! | how they use the house                       | `demo/browser.rs`, `demo/scrape.rs` |
//! | days, letters and plans                      | `demo/play.rs`       |
//! | how the year begins, how people react        | `demo/story.rs`      |
//! | what they do                                 | `demo/deeds.rs`      |
//! | the banner, signing in as someone, the clock | `demo/stage.rs`      |

pub mod browser;
mod deeds;
pub mod people;
pub mod play;
pub mod scrape;
mod stage;
pub mod story;
mod words;

pub use stage::{banner, doors, give_stage};

/// The invented association.
pub const ASSOCIATION: &str = "North Lakes Library Association";
pub const PROGRAM: &str = "Leadership Mentoring";
pub const ZONE: &str = "America/Chicago";
