//! The letters of this room. Each leads to a page that asks nobody to sign in, where that
//! is all it takes to answer.

use jiff::{SignedDuration, civil::Date};
use letters::{Kind, Post, To, Value};
use platform::{links, prelude::*};
use program::{Cohort, calendar, long_day};

use crate::{events::Event, invitation};

letters::letter! {
    ORIENTATION_INVITATION => "orientation_invitation",
    audience "both people of every duo, and the committee",
    trigger "duos are confirmed, a duo is formed later, or time and place change",
    class Essential;
    ORIENTATION_REMINDER => "orientation_reminder",
    audience "everyone invited who has not declined",
    trigger "seven days and one day before the orientation",
    class Essential;
    ORIENTATION_MISSED => "orientation_missed",
    audience "people of a duo who were not at the orientation",
    trigger "the list of the orientation is complete, a day after it at the latest",
    class Essential;
    FOLLOWUP_INVITATION => "followup_invitation",
    audience "both people of every duo",
    trigger "the last check-in is due, or time and place change",
    class Essential
}

/// Invites, or tells what has changed: a letter for each version of the event.
pub(crate) fn invite(tx: &mut Tx, cohort: &Cohort, event: &Event, account: &Account) -> Result<(), Failure> {
    let kind = if event.is_orientation() { &ORIENTATION_INVITATION } else { &FOLLOWUP_INVITATION };
    let link = link(tx, event, account.id)?;
    let values = vec![
        ("orientation_date", Value::words(event.when(&calendar::of(tx, cohort)?))),
        ("orientation_place", Value::words(event.place_words())),
        ("link", Value::button(link, "Answer, and get the calendar file")),
    ];
    let file = Some(event.calendar_file(tx));
    send(tx, kind, account, cohort, event, format!("{}|{}", event.id, event.version), values, file)
}

pub(crate) fn remind(tx: &mut Tx, cohort: &Cohort, event: &Event, account: &Account, days: i64) -> Result<(), Failure> {
    let link = link(tx, event, account.id)?;
    let mut values = vec![
        ("orientation_date", Value::words(event.when(&calendar::of(tx, cohort)?))),
        ("orientation_place", Value::words(event.place_words())),
        ("link", Value::button(link, "See times and the online room")),
    ];
    // Whoever comes for the committee has no partner to sit beside.
    let mut duos = duos::running_of(tx, account.id)?;
    duos.retain(|it| it.cohort == cohort.id);
    let partners: Vec<&str> = duos.iter().map(|it| it.name_of(it.partner_of(account.id))).collect();
    if !partners.is_empty() {
        values.push(("partner_name", Value::words(partners.join(", "))));
    }
    let file = Some(event.calendar_file(tx));
    send(tx, &ORIENTATION_REMINDER, account, cohort, event, format!("{}|{days}", event.id), values, file)
}

pub(crate) fn missed(
    tx: &mut Tx,
    cohort: &Cohort,
    event: &Event,
    account: &Account,
    until: Date,
) -> Result<(), Failure> {
    let page = tx.url(&format!("/events/{}/make-up", event.id));
    let values = vec![("due", Value::words(long_day(until))), ("link", Value::button(page, "Make up for it"))];
    send(tx, &ORIENTATION_MISSED, account, cohort, event, event.id.to_string(), values, None)
}

/// A link that answers without signing in, until the event is over.
fn link(tx: &mut Tx, event: &Event, person: Id) -> Result<String, Failure> {
    let lasts = event.ends_at.duration_since(tx.now()).max(SignedDuration::from_hours(1));
    let token = links::make(tx, invitation::PURPOSE, Some(person), event.id, lasts)?;
    Ok(tx.url(&format!("/invitations/{token}")))
}

#[expect(
    clippy::too_many_arguments,
    reason = "each is a line of the letter's head, and every letter above names all of them"
)]
fn send(
    tx: &mut Tx,
    kind: &'static Kind,
    to: &Account,
    cohort: &Cohort,
    event: &Event,
    once: String,
    values: Vec<(&'static str, Value)>,
    calendar: Option<String>,
) -> Result<(), Failure> {
    let to = To::account(to);
    letters::post(tx, Post { kind, to, cohort: Some(cohort), about: event.id, once, values, sender: None, calendar })?;
    Ok(())
}
