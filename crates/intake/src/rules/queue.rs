//! Places and the line of those who wait: who has a place, whom one is offered to. Pure;
//! the database holds the same invariants and has the last word.

use jiff::{Timestamp, civil::Date};

use super::day;

/// The places of a cohort at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Board {
    pub places: i64,
    pub taken: i64,
    /// Offered to somebody who has not answered yet.
    pub held: i64,
}

impl Board {
    pub fn free(&self) -> i64 {
        (self.places - self.taken - self.held).max(0)
    }
}

/// CAP1: a complete and eligible submission has a place when one is free and nobody
/// waits for it already.
pub fn has_place(board: &Board, waiting: i64) -> bool {
    waiting == 0 && board.free() > 0
}

/// CAP2, CAP6: what somebody who applies now can hope for, the same for everyone.
pub fn chance(board: &Board, waiting: i64, today: Date, last_day: Date) -> String {
    let places = board.places;
    let all = if places == 1 { "The one place is taken".to_owned() } else { format!("All {places} places are taken") };
    match () {
        () if has_place(board, waiting) && places == 1 => {
            "The first complete and eligible application has the one place; later ones join a waiting list in order."
                .to_owned()
        }
        () if has_place(board, waiting) => format!(
            "The first {places} complete and eligible applications have a place; later ones join a waiting list in order."
        ),
        () if today > last_day => format!("{all}, and places are no longer offered in this cohort."),
        () => format!("{all}; you would be number {} on the waiting list.", waiting + 1),
    }
}

/// CAP3: how many of those who wait are offered a place now.
pub fn offers(board: &Board, waiting: i64, today: Date, last_day: Date) -> i64 {
    if today > last_day { 0 } else { board.free().min(waiting) }
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlacesRefusal {
    #[error("Enter a whole number of places from 1 to {most}.", most = MOST_PLACES)]
    NoNumber,
    #[error(
        "{0} places are taken or held for somebody. A place that was given is not taken back, so the number cannot be lower."
    )]
    Given(i64),
}

pub const MOST_PLACES: i64 = 5000;

/// CAP4: how many of those who wait a new number of places admits.
pub fn change_places(board: &Board, wanted: Option<i64>, waiting: i64) -> Result<i64, PlacesRefusal> {
    let wanted = wanted.filter(|it| (1..=MOST_PLACES).contains(it)).ok_or(PlacesRefusal::NoNumber)?;
    let given = board.taken + board.held;
    if wanted < given {
        return Err(PlacesRefusal::Given(given));
    }
    Ok((wanted - given).min(waiting))
}

/// Why an offer can no longer be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OfferRefusal {
    #[error("You have answered this offer already. Where your application stands now is on its page.")]
    Answered,
    #[error("The time to answer is over, and the place goes to the next person in line.")]
    Lapsed,
}

pub fn answer_offer(answered: bool, expires_at: Timestamp, now: Timestamp) -> Result<(), OfferRefusal> {
    match () {
        () if answered => Err(OfferRefusal::Answered),
        () if expires_at <= now => Err(OfferRefusal::Lapsed),
        () => Ok(()),
    }
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallRefusal {
    #[error("The call opens on {}. You can apply from that day on.", day(*.0))]
    NotYet(Date),
    #[error("The call closed on {}. The next one is announced here.", day(*.0))]
    Over(Date),
    #[error("There is no open call at the moment. The next one is announced here.")]
    NoCohort,
}

/// Whether the call is open on a day; it closes at the last second of its last day.
pub fn call(cohort_is_open: bool, opens: Date, closes: Date, today: Date) -> Result<(), CallRefusal> {
    match () {
        () if !cohort_is_open => Err(CallRefusal::NoCohort),
        () if today < opens => Err(CallRefusal::NotYet(opens)),
        () if today > closes => Err(CallRefusal::Over(closes)),
        () => Ok(()),
    }
}
