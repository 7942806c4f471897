//! Table `place_offers`: a place held for the next in line until they answer.

use jiff::{SignedDuration, Timestamp};
use platform::prelude::*;

use crate::limits::limits;

row! {
    pub struct Offer {
        pub id: Id,
        pub application: Id,
        pub cohort: Id,
        pub offered_at: Timestamp,
        pub expires_at: Timestamp,
        pub answered_at: Option<Timestamp>,
    }
}

sql! {
    ADD => "insert into place_offers (id, application, cohort, offered_at, expires_at) values ($1, $2, $3, $4, $5)";
    FIND => "select id, application, cohort, offered_at, expires_at, answered_at from place_offers where id = $1";
    OPEN => "select id, application, cohort, offered_at, expires_at, answered_at from place_offers where application = $1 and answered_at is null";
    ANSWER => "update place_offers set answered_at = $2, answer = $3 where id = $1 and answered_at is null";
    REMINDED => "update place_offers set reminded_at = $2 where id = $1 and answered_at is null and reminded_at is null";
    TO_REMIND => "select id from place_offers where answered_at is null and reminded_at is null and expires_at <= $1 and expires_at > $2 order by id";
    OVERDUE => "select id from place_offers where answered_at is null and expires_at <= $1 order by id";
}

pub(crate) fn add(tx: &mut Tx, application: Id, cohort: Id) -> Result<Offer, Failure> {
    let (id, now) = (tx.fresh_id(), tx.now());
    let expires_at = now + SignedDuration::from_hours(limits().offer_hours);
    tx.exec(&ADD, values![id, application, cohort, now, expires_at])?;
    Ok(Offer { id, application, cohort, offered_at: now, expires_at, answered_at: None })
}

pub(crate) fn the_offer(tx: &mut Tx, id: Id) -> Result<Offer, Failure> {
    tx.row(&FIND, values![id])?.ok_or(Failure::NotFound)
}

/// The offer that this application has not answered yet.
pub fn open_of(tx: &mut Tx, application: Id) -> Result<Option<Offer>, Failure> {
    Ok(tx.row(&OPEN, values![application])?)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OfferAnswer {
    Accepted,
    Passed,
    Lapsed,
    Withdrawn,
}

impl OfferAnswer {
    fn key(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Passed => "passed",
            Self::Lapsed => "lapsed",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// Answers an offer once. False when it was answered a moment ago.
pub(crate) fn answer(tx: &mut Tx, id: Id, answer: OfferAnswer) -> Result<bool, Failure> {
    let answered = tx.exec(&ANSWER, values![id, tx.now(), answer.key()])? == 1;
    platform::links::end(tx, LINK, id)?;
    Ok(answered)
}

pub(crate) fn reminded(tx: &mut Tx, id: Id) -> Result<bool, Failure> {
    Ok(tx.exec(&REMINDED, values![id, tx.now()])? == 1)
}

/// Offers that end within the hours of the reminder and were not reminded of.
pub(crate) fn to_remind(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let until = tx.now() + SignedDuration::from_hours(limits().offer_reminder_hours);
    Ok(tx.rows(&TO_REMIND, values![until, tx.now()])?)
}

pub(crate) fn overdue(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&OVERDUE, values![tx.now()])?)
}

/// What the links in the letters about an offer are for.
pub(crate) const LINK: &str = "place offer";
