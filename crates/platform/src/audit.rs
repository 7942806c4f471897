//! The audit: who did what to which record, when and by what right. Never any content.
//!
//! | what                                         | where               |
//! |----------------------------------------------|---------------------|
//! | what is gathered while a unit of work runs   | `audit/gathered.rs` |
//! | an entry, and the hash that binds it         | `audit/entry.rs`    |
//! | pseudonyms, and forgetting whose they are    | `audit/people.rs`   |
//! | appending at the end of a unit of work       | `audit/append.rs`   |
//! | where the chain ends, and signed heads       | `audit/heads.rs`    |
//! | letting old stretches go                     | `audit/cut.rs`      |
//! | looking the whole chain through              | `audit/verify.rs`, `audit/check.rs` |
//! | what the pages show                          | `audit/shown.rs`    |
//!
//! # Design
//! Rooms gather what is to be noted in the `Tx`; it is appended as the last statements of
//! the unit of work, so that nobody waits long for the end of the chain. What a unit that
//! only reads has gathered is appended by a small one right after it, before anyone sees
//! what was read; if that fails, nothing is shown.

mod append;
mod check;
mod cut;
mod entry;
mod gathered;
mod heads;
mod people;
mod shown;
#[cfg(test)]
mod tests;
mod verify;

use crate::{ids::Id, jobs::Job, storage::Tx};

pub(crate) use append::append;
pub use check::{Check, check, check_daily, latest as latest_check, note_check};
pub use entry::Entry;
pub use gathered::{Acting, Client, Gathered, Note, Reading};
pub use heads::{Anchor, SignedHead, Tip, latest as latest_head, tip};
pub use shown::{AccountEvent, Events, Seen, account_events, count_account_events, readings_of};
pub use verify::{Fault, Verified};

/// The job that signs the end of the chain every hour and at each ten thousand entries,
/// and the one that lets go what is older than two years.
pub const JOBS: &[Job] = &[heads::SIGN, cut::LET_GO];

/// What an entry says when somebody read something.
pub const READ: &str = "read";
/// What an entry says when it is no longer kept whose a pseudonym was.
pub const FORGOTTEN: &str = "person forgotten";
/// The kind of record that an account is.
pub const ACCOUNT: &str = "account";

/// Notes what happened to an account or by it: a sign-in, a role, an export. Undone with
/// its unit of work.
pub fn note(tx: &mut Tx, note: Note) {
    tx.gather(|acting, now| note.gathered(acting, now, false));
}

/// Notes a try; it stands even when the unit of work is undone.
pub fn tried(tx: &mut Tx, note: Note) {
    tx.gather(|acting, now| note.gathered(acting, now, true));
}

/// Forgets whose a pseudonym is, at the end of this unit of work; the chain then says that
/// it did. The entries stay, and nobody can tell any more whom they are about.
pub fn forget(tx: &mut Tx, person: Id) {
    tx.gather(|acting, now| Gathered::forgetting(acting, now, person));
}
