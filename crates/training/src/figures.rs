//! Figures for the dashboard and the reports: counts alone.

use std::collections::BTreeSet;

use duos::Duo;
use platform::prelude::*;

use crate::{
    attendance,
    events::{self, ORIENTATION},
    invitations, lessons, readings,
    rules::attendance::Presence,
};

/// All of them count people of duos, not the committee.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    pub people: usize,
    pub invited: usize,
    /// Those who came, in the room or online.
    pub attended: usize,
    pub made_up: usize,
    pub excused: usize,
    /// Noted as not there, or not noted at all once the list was complete.
    pub missed: usize,
    pub lessons_finished: usize,
}

pub fn figures(tx: &mut Tx, cohort: Id) -> Result<Figures, Failure> {
    let duos = duos::in_cohort(tx, cohort)?;
    let people: BTreeSet<Id> = duos.iter().filter(|it| it.state != "ended").flat_map(Duo::people).collect();
    let lessons = i64::try_from(lessons::eight().len()).unwrap_or(i64::MAX);
    let finished = readings::counts(tx, &policy::house())?;
    let finished = finished.iter().filter(|(person, read)| *read >= lessons && people.contains(person)).count();
    let mut figures = Figures { people: people.len(), lessons_finished: finished, ..Figures::default() };
    let Some(event) = events::of_kind(tx, &policy::house(), cohort, ORIENTATION)? else { return Ok(figures) };
    let invited = invitations::of_event(tx, &policy::house(), event.id)?;
    let seen = attendance::of_event(tx, &policy::house(), event.id)?;
    for person in people.iter().filter(|it| invited.contains_key(it)) {
        figures.invited += 1;
        match seen.get(person) {
            Some(Presence::Came | Presence::Online) => figures.attended += 1,
            Some(Presence::MadeUp) => figures.made_up += 1,
            Some(Presence::Excused) => figures.excused += 1,
            Some(Presence::Absent) => figures.missed += 1,
            None if event.closed_at.is_some() => figures.missed += 1,
            None => {}
        }
    }
    Ok(figures)
}
