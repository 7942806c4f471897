//! Figures for the reports: totals alone, never a person.

use platform::prelude::*;
use policy::Role;

use crate::{
    proposals,
    requests::{self, Request},
    rules::{self, State},
};

/// What choosing and proposing came to in one cohort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    pub requests: i64,
    pub accepted: i64,
    pub declined: i64,
    pub lapsed: i64,
    /// Accepted requests that were the mentee's first.
    pub first_choice: i64,
    pub proposals_formed: i64,
    /// Mentees with a place who never were in a duo.
    pub unmatched_mentees: i64,
    /// Mentors who never were in one.
    pub free_mentors: i64,
    /// Between a question and its yes or no; `None` before the first.
    pub median_days_to_answer: Option<i64>,
}

pub fn figures(tx: &mut Tx, cohort: Id) -> Result<Figures, Failure> {
    let made = requests::in_cohort(tx, cohort)?;
    let in_state = |state: State| made.iter().filter(move |it| it.state() == state);
    let answered = in_state(State::Accepted).chain(in_state(State::Declined));
    let days: Vec<i64> = answered.filter_map(Request::days_to_answer).collect();
    let formed = proposals::in_cohort(tx, &policy::house(), cohort)?.into_iter().filter(|it| it.state == "formed");
    Ok(Figures {
        requests: count(made.iter()),
        accepted: count(in_state(State::Accepted)),
        declined: count(in_state(State::Declined)),
        lapsed: count(in_state(State::Lapsed)),
        first_choice: count(in_state(State::Accepted).filter(|it| it.choice == 1)),
        proposals_formed: count(formed),
        unmatched_mentees: without_duo(tx, cohort, Role::Mentee)?,
        free_mentors: without_duo(tx, cohort, Role::Mentor)?,
        median_days_to_answer: rules::median(&days),
    })
}

/// Holders of a role who were never in a duo of this cohort.
fn without_duo(tx: &mut Tx, cohort: Id, role: Role) -> Result<i64, Failure> {
    let duos = duos::in_cohort(tx, cohort)?;
    let holders = program::in_cohort(tx, role, cohort)?;
    Ok(count(holders.iter().filter(|person| !duos.iter().any(|duo| duo.is_of(**person)))))
}

fn count<T>(items: impl Iterator<Item = T>) -> i64 {
    i64::try_from(items.count()).unwrap_or(i64::MAX)
}
