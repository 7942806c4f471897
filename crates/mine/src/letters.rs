//! The letter of this room. There is one alone: afterwards nobody knows where to write.

use jiff::SignedDuration;
use letters::{Post, To, Value};
use platform::{links, prelude::*};

use crate::leavings::{Leaving, WAITS};

letters::letter! { ERASURE_ASKED => "erasure_asked", audience "whoever asks to be forgotten", trigger "somebody asks to be forgotten", class Account }

/// The purpose of the link that stops it; about the person.
pub(crate) const STOP: &str = "stop being forgotten";

/// Tells them, also where they had another address a few days ago: it may not be them.
pub(crate) fn tell(tx: &mut Tx, account: &Account, leaving: &Leaving) -> Result<(), Failure> {
    let mut to = vec![To::account(account)];
    for address in membership::recent_addresses(tx, account.id)? {
        to.push(To::address(&account.name, address));
    }
    let day = program::long_day(program::day_of(tx, leaving.due_at)?);
    for to in to {
        let lasts = WAITS + SignedDuration::from_hours(1);
        let token = links::make(tx, STOP, Some(account.id), account.id, lasts)?;
        let link = Value::link(tx.url(&format!("/leaving/{token}")));
        let values = vec![("link", link), ("date", Value::words(day.as_str()))];
        let (about, once) = (account.id, leaving.asked_at.to_string());
        let kind = &ERASURE_ASKED;
        letters::post(tx, Post { kind, to, cohort: None, about, once, values, sender: None, calendar: None })?;
    }
    Ok(())
}
