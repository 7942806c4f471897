//! The room of a duo, for its two people: who my partner is, what is next, and all that
//! the two keep. To anyone else it does not exist.

use platform::prelude::*;
use policy::{Grant, may, of};
use program::{Calendar, Cohort, Next, calendar};

use crate::{
    access, agree,
    agreements::{self, Revision},
    duos::{self, Duo},
    facts::{self, Facts},
    forget,
    goals::{self, Goal},
    going_on, guides,
    log_meeting::Typed,
    meetings::{self, Meeting},
    next,
    notes::{self, Note},
    pledges,
};

mod markup;

/// My newest duo, or where several run, each of them to choose from.
pub fn mine(tx: &mut Tx, visit: &Visit) -> Answer {
    let person = visit.person()?;
    let duos = duos::of_person_any(tx, person)?;
    let running: Vec<&Duo> = duos.iter().filter(|it| it.is_active()).collect();
    if running.len() > 1 {
        return Ok(Reply::page("Your duos", markup::several(&running, person)));
    }
    match duos.iter().find(|it| it.is_active()).or(duos.first()) {
        Some(duo) => Ok(Reply::go(duo.path(""))),
        None => Ok(Reply::page("Your duo", markup::none())),
    }
}

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let duo = duos::theirs(tx, visit)?;
    let person = visit.person()?;
    let cohort = program::the_cohort(tx, duo.cohort)?;
    let calendar = calendar::of(tx, &cohort)?;
    let facts = facts::facts(tx, duo.id)?;
    let log: Grant<of::MeetingLog> = access::of_duo(visit, &duo)?;
    let room = Room {
        takes_part: visit.may(policy::Action::EndDuo, Some(duo.cohort)),
        partner: partner(tx, visit, &duo, person)?,
        next: next::of_duo(tx, &duo, &facts, person)?,
        meetings: meetings::of_duo(tx, &log, &duo)?,
        typed: Typed::to_begin(tx, visit, &log, &duo)?,
        goals: goals::of_duo(tx, &access::of_duo(visit, &duo)?, &duo)?.1,
        agreement: agreements::newest(tx, &duo)?,
        shares: !agree::shared_with_liaison(tx, visit, duo.id, false)?.is_empty(),
        notes: notes::readable(tx, &access::of_duo(visit, &duo)?, &access::own(visit, &duo)?, &duo, 3)?,
        has_pledged: pledges::has_pledged(tx, duo.cohort, person)?,
        partner_has_pledged: pledges::has_pledged(tx, duo.cohort, duo.partner_of(person))?,
        kept_until: forget::kept_until(tx, &duo)?,
        is_gone: forget::is_gone(tx, duo.id)?,
        going_on: going_on::view(tx, &access::own_wish(visit, &duo)?, &duo, &calendar)?,
        guide: guides::guide_of_today(&calendar, tx.now(), facts.meetings > 0),
        other_duos: others(tx, &duo, person)?,
        today: calendar.today(tx.now()),
        duo,
        person,
        cohort,
        calendar,
        facts,
    };
    Ok(Reply::wide(markup::title(&room), markup::page(&room)))
}

/// How to reach the partner. Whoever takes part no more reads it no more.
fn partner(tx: &mut Tx, visit: &Visit, duo: &Duo, person: Id) -> Result<Option<membership::Person>, Failure> {
    let Ok(proof) = access::of_duo::<of::PersonDetails, may::Read>(visit, duo) else { return Ok(None) };
    membership::person(tx, &proof, duo.partner_of(person))
}

/// Duos of other cohorts, or earlier ones, of the same person.
fn others(tx: &mut Tx, duo: &Duo, person: Id) -> Result<Vec<Duo>, Failure> {
    let mut all = duos::of_person_any(tx, person)?;
    all.retain(|it| it.id != duo.id);
    Ok(all)
}

/// Everything that stands in the room.
struct Room {
    duo: Duo,
    person: Id,
    /// Whether they still take part, and so may say what they would like instead.
    takes_part: bool,
    cohort: Cohort,
    calendar: Calendar,
    today: jiff::civil::Date,
    /// What the partner told about themselves, while the matrix shows it.
    partner: Option<membership::Person>,
    facts: Facts,
    next: Vec<Next>,
    meetings: Vec<Meeting>,
    typed: Typed,
    goals: Vec<Goal>,
    agreement: Option<Revision>,
    /// Whether the agreement that stands shows something of itself to the liaison.
    shares: bool,
    notes: Vec<Note>,
    has_pledged: bool,
    partner_has_pledged: bool,
    guide: Option<(&'static str, String)>,
    other_duos: Vec<Duo>,
    going_on: going_on::View,
    /// Until when what they wrote is kept, and whether it is deleted already.
    kept_until: jiff::civil::Date,
    is_gone: bool,
}

impl Room {
    fn partner_name(&self) -> &str {
        self.duo.name_of(self.duo.partner_of(self.person))
    }
}
