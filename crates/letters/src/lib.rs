//! Every letter the program sends: its text, what triggers it, whom it reaches, when it
//! was written last, and how to get no more of its kind.
//!
//! A room declares its letters once with `letter!` and writes them with `post`, in the
//! unit of work that causes them. What people typed goes in as words and never becomes a
//! link; links are ours alone.
//!
//! | what                                                | where             |
//! |-----------------------------------------------------|-------------------|
//! | the letters of all rooms                            | `kinds.rs`        |
//! | a text with `{{names}}` and `{{if x: …}}` lines     | `rules.rs`        |
//! | what goes into a text                               | `values.rs`, `facts.rs`, `samples.rs` |
//! | a letter's text on the page of the room that sends it | `inplace.rs`    |
//! | plain text and HTML                                 | `look.rs`         |
//! | writing a letter                                    | `post.rs`         |
//! | texts as the program edited them                    | `texts.rs`        |
//! | every letter in one list, and editing one           | `list.rs`, `edit.rs`, `titles.rs` |
//! | the letters written to me                           | `own.rs`          |
//! | no more letters of a kind                           | `unsubscribe.rs`  |
//! | the post of a demo and of development               | `outbox_page.rs`  |
//! | when the words of a letter go                       | `forget.rs`       |
//! | what was written to somebody, to take along or let go | `theirs.rs`     |
//!
//! Invariants: a letter of a draft cohort is never written; a letter is written once per
//! recipient and cause; essential letters cannot be ended, the others with one click.

mod edit;
mod facts;
mod forget;
mod inplace;
#[cfg(test)]
mod journeys;
mod kinds;
mod list;
mod look;
mod outbox_page;
mod own;
mod post;
mod rules;
mod samples;
mod texts;
mod theirs;
mod titles;
mod unsubscribe;
mod values;

pub use inplace::{check, keep, names, text, title};
pub use kinds::{Class, Kind, faults, find, registry};
pub use look::{Rendered, shown};
pub use platform::inventory;
pub use post::{Post, Sender, To, post, preview};
pub use samples::sample;
pub use texts::Text;
pub use theirs::mine;
pub use unsubscribe::has_unsubscribed;
pub use values::Value;

use platform::{jobs::Job, prelude::*};
use policy::Action;

pub fn doors() -> Doors {
    Doors::default()
        .get("/letters", Action::ReadLetters, list::get)
        .get("/letters/{name}", Action::ReadLetters, edit::get)
        .post("/letters/{name}", Action::ReadLetters, edit::post)
        .taking(&["version", "subject", "body", "do"])
        .with_texts(&["body"])
        .get("/me/letters", Action::ReadOwnLetters, own::list)
        .get("/me/letters/{letter}", Action::ReadOwnLetters, own::get)
        .post("/me/letters/kinds", Action::ReadOwnLetters, own::choose)
        .taking(&["class", "wanted"])
        .get("/unsubscribe/{token}", Action::Unsubscribe, unsubscribe::get)
        .post("/unsubscribe/{token}", Action::Unsubscribe, unsubscribe::post)
        .taking(&["List-Unsubscribe", "again"])
        .get("/dev/mail", Action::PlayDemo, outbox_page::list)
        .get("/dev/mail/{letter}", Action::PlayDemo, outbox_page::get)
}

pub fn jobs() -> Vec<Job> {
    forget::jobs()
}

pub fn next_steps(_: &mut Tx, _: &Visit) -> Result<Vec<program::Next>, Failure> {
    Ok(Vec::new())
}
