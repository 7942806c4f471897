//! Figures for the chair's dashboard and the reports: counts alone.

use std::collections::BTreeMap;

use platform::prelude::*;
use program::{calendar, rules::calendar::add};

use crate::{
    checkins, concerns, liaisons,
    rules::signal::{Signal, Word},
    signals,
};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// How many active duos stand how; every word is there.
    pub by_state: BTreeMap<Word, u32>,
    /// Round, how many were asked, how many answered.
    pub checkin_rounds: Vec<(i64, i64, i64)>,
    /// Duos that met, or said they were in touch, within ten days of the orientation.
    pub first_contact_within_10_days: usize,
    /// Active and ended duos that this could be known of: those formed by then.
    pub first_contact_of: usize,
    /// Active duos that nobody accompanies.
    pub without_liaison: usize,
    /// Concerns told in confidence, open or closed.
    pub concerns: i64,
}

pub fn figures(tx: &mut Tx, cohort: Id) -> Result<Figures, Failure> {
    let cohort = program::the_cohort(tx, cohort)?;
    let calendar = calendar::of(tx, &cohort)?;
    let tenth = add(calendar.day("orientation"), 10);
    let mut by_state: BTreeMap<Word, u32> = Word::ALL.into_iter().map(|word| (word, 0)).collect();
    for standing in signals::of_cohort(tx, &cohort)? {
        *by_state.entry(standing.signal.word()).or_default() += 1;
    }
    let in_touch = checkins::in_touch_by(tx, cohort.id, tenth)?;
    let all = duos::facts_in_cohort(tx, cohort.id)?;
    let formed = all.iter().filter(|(duo, _)| calendar.today(duo.formed_at) <= tenth);
    let early =
        |facts: &duos::Facts| facts.first_meeting.is_some_and(|day| day <= tenth) || in_touch.contains(&facts.duo);
    Ok(Figures {
        by_state,
        checkin_rounds: checkins::by_round(tx, cohort.id)?,
        first_contact_within_10_days: formed.clone().filter(|(_, facts)| early(facts)).count(),
        first_contact_of: formed.count(),
        without_liaison: without_liaison(tx, cohort.id)?,
        concerns: concerns::many(tx, cohort.id)?,
    })
}

/// How many active duos nobody accompanies.
pub(crate) fn without_liaison(tx: &mut Tx, cohort: Id) -> Result<usize, Failure> {
    let liaisons = liaisons::in_cohort(tx, cohort)?;
    let duos = duos::in_cohort(tx, cohort)?;
    Ok(duos.iter().filter(|it| it.is_active() && !liaisons.contains_key(&it.id)).count())
}

/// How each active duo stands, by number, from dates and counts.
pub fn states(tx: &mut Tx, cohort: Id) -> Result<Vec<(i64, Signal)>, Failure> {
    let cohort = program::the_cohort(tx, cohort)?;
    let standings = signals::of_cohort(tx, &cohort)?;
    Ok(standings.into_iter().map(|it| (it.duo.number, it.signal)).collect())
}
