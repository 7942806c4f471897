//! What every room stands on: storage, doors, identity, keys, mail, jobs, journal, clock.
//!
//! Invariant: this crate knows no word of the program. No mentor, no duo, no cohort.
//! A room may use it; it never uses a room. What the house must know about people's
//! roles and about the frame of a page is handed in as functions (`app::House`).
//!
//! | what                                            | where                       |
//! |-------------------------------------------------|-----------------------------|
//! | units of work on SQLite or PostgreSQL           | `storage.rs`, `storage/`    |
//! | routes, each with its action                    | `doors.rs`                  |
//! | a request on its way in and out                 | `enter.rs`                  |
//! | what a page is given, and what it gives back    | `visit.rs`, `reply.rs`      |
//! | what a form sent, and what a door takes of it   | `fields.rs`, `takes.rs`, `odd_text.rs` |
//! | tables that leave as CSV                        | `tables.rs`                 |
//! | text as it is compared                          | `folding.rs`                |
//! | accounts, sign-ins, passwords, one-time links   | `identity.rs`, `sign_in.rs`, `passwords.rs`, `links.rs`, `limits.rs`, `tries.rs` |
//! | what programs of the association may come in with | `tokens.rs`               |
//! | what may be read by few                         | `keys.rs`, `keys/`          |
//! | where a request comes from                      | `network.rs`                |
//! | letters on their way out                        | `outbox.rs`, `post.rs`      |
//! | who did what to which record, and who read it   | `audit.rs`, `audit/`        |
//! | what happened, and what the house does by itself| `journal.rs`, `jobs.rs`     |
//! | the time, chance and ids                        | `clock.rs`, `chance.rs`, `ids.rs` |
//! | listening; what logs may say                    | `serve.rs`, `logs.rs`       |

pub mod app;
pub mod audit;
pub mod chance;
pub mod clock;
pub mod doors;
pub mod enter;
pub mod fields;
pub mod folding;
pub mod identity;
pub mod ids;
pub mod jobs;
pub mod journal;
pub mod keys;
pub mod limits;
pub mod links;
pub mod logs;
pub mod network;
pub mod odd_text;
pub mod outbox;
pub mod passwords;
pub mod post;
pub mod reply;
pub mod serve;
pub mod settings;
pub mod sign_in;
pub mod spent;
pub mod storage;
pub mod tables;
pub mod takes;
pub mod tokens;
pub mod tries;
pub mod visit;

pub use inventory;

/// What almost every page of a room needs.
pub mod prelude {
    pub use crate::{
        doors::{Answer, Doors, Failure},
        fields::Fields,
        identity::Account,
        ids::Id,
        journal,
        reply::Reply,
        row, sealed, sql,
        storage::Tx,
        values,
        visit::Visit,
    };
    pub use maud::{Markup, html};
}
