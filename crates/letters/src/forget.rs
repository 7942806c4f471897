//! The end of a letter: its words go some weeks after it was written, and a year later it
//! no longer says to whom it went.

use platform::{jobs::Job, outbox, prelude::*};
use program::keeping;

pub(crate) fn jobs() -> Vec<Job> {
    vec![
        Job { name: "words of letters whose time is over", find: with_words, act: forget_words },
        Job { name: "addresses of letters whose time is over", find: with_address, act: forget_addresses },
    ]
}

fn with_words(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let before = keeping::letter_bodies_since(tx.now());
    Ok(outbox::with_old_body(tx, before)?.into_iter().collect())
}

fn forget_words(tx: &mut Tx, _: Id) -> Result<(), Failure> {
    let before = keeping::letter_bodies_since(tx.now());
    Ok(outbox::drop_bodies(tx, before)?)
}

fn with_address(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let before = keeping::letter_headers_since(tx.now());
    Ok(outbox::with_old_address(tx, before)?.into_iter().collect())
}

fn forget_addresses(tx: &mut Tx, _: Id) -> Result<(), Failure> {
    let before = keeping::letter_headers_since(tx.now());
    Ok(outbox::drop_addresses(tx, before)?)
}
