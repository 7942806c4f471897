//! What this room has of a person: the letters written to them, and which they ended.

use platform::{outbox, prelude::*};
use program::{
    Mine,
    mine::{Asking, Entry, Part, SOMEONE},
};

use crate::titles;

pub fn mine() -> Mine {
    Mine { title: "Letters to you", tables: &["outbox", "unsubscribes"], gather, forget }
}

/// More letters than anybody gets in all their years.
const MOST: i64 = 10_000;

sql! {
    ENDED => "select class, unsubscribed_at from unsubscribes where account = $1 order by class";
    FORGET => "delete from unsubscribes where account = $1";
}

fn gather(tx: &mut Tx, asking: &Asking) -> Result<Vec<Part>, Failure> {
    let mut letters = Vec::new();
    for letter in outbox::of_account(tx, &crate::own::own(asking.visit())?, MOST)? {
        letters.push(
            Entry::new()
                .at(asking, "written", letter.queued_at)
                .with("letter", titles::title(&letter.letter))
                .with("from", letter.from_name)
                .with("to", letter.to_address),
        );
    }
    let mut ended = Vec::new();
    for (class, at) in tx.rows::<(String, jiff::Timestamp)>(&ENDED, values![asking.person()])? {
        ended.push(Entry::new().with("letters", class).at(asking, "ended", at));
    }
    let note = "Which letters were written to you. Their words are not in this file: some carry what others wrote to you. You have them in your mail, and for 30 days on the page of your letters.";
    Ok(vec![Part::new("Letters", letters).saying(note), Part::new("Letters that you ended", ended)])
}

/// Their letters lose words, name and address; what waits is not sent any more.
fn forget(tx: &mut Tx, person: Id) -> Result<(), Failure> {
    tx.exec(&FORGET, values![person])?;
    if let Some(account) = platform::identity::find(tx, person)? {
        outbox::forget(tx, &account, SOMEONE)?;
    }
    Ok(())
}
