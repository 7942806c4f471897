//! Letters of this room.

use ::letters::{Post, To, Value, letter};
use jiff::SignedDuration;
use platform::{links, prelude::*};
use program::Cohort;

use crate::rules;

letter! {
    CERTIFICATE => "certificate", audience "mentees and mentors whose duo lasted until the end", trigger "the session is over", class Essential;
    ALUMNI_INVITATION => "alumni_invitation", audience "mentees and mentors whose duo lasted until the end", trigger "the session is over", class Alumni;
    ALUMNI_LETTER => "alumni_letter", audience "those who joined the group of former participants", trigger "the chair writes to the group", class Alumni
}

/// What the link in an invitation is for.
pub const PURPOSE: &str = "join alumni";
const INVITATION_LASTS: SignedDuration = SignedDuration::from_hours(365 * 24);

pub fn certificate(tx: &mut Tx, cohort: &Cohort, account: &Account, role: &str, minutes: i64) -> Result<(), Failure> {
    let hours = rules::hours(minutes).map(|it| it.to_string()).unwrap_or_default();
    let link = Value::button(tx.url("/certificates"), "Open your certificate");
    let post = Post {
        kind: &CERTIFICATE,
        to: To::account(account),
        cohort: Some(cohort),
        about: cohort.id,
        once: format!("{}|{role}", cohort.id),
        values: vec![("link", link), ("role", Value::words(role)), ("hours", Value::words(hours))],
        sender: None,
        calendar: None,
    };
    ::letters::post(tx, post)?;
    Ok(())
}

pub fn invite(tx: &mut Tx, cohort: &Cohort, account: &Account) -> Result<(), Failure> {
    let token = links::make(tx, PURPOSE, Some(account.id), cohort.id, INVITATION_LASTS)?;
    let link = Value::button(tx.url(&format!("/alumni/join/{token}")), "Look and decide");
    let post = Post {
        kind: &ALUMNI_INVITATION,
        to: To::account(account),
        cohort: Some(cohort),
        about: cohort.id,
        once: cohort.id.to_string(),
        values: vec![("link", link)],
        sender: None,
        calendar: None,
    };
    ::letters::post(tx, post)?;
    Ok(())
}

pub fn to_group(tx: &mut Tx, letter: Id, reader: &Account, subject: &str, text: &str) -> Result<(), Failure> {
    let post = Post {
        kind: &ALUMNI_LETTER,
        to: To::account(reader),
        cohort: None,
        about: letter,
        once: letter.to_string(),
        values: vec![("subject", Value::words(subject)), ("text", Value::lines(text))],
        sender: None,
        calendar: None,
    };
    ::letters::post(tx, post)?;
    Ok(())
}
