//! The figures of this room: for the committee's list, the dashboard and the reports.

use platform::prelude::*;
use policy::{Role, Scope, of};
use program::capacity;

use crate::{
    applications::{self, Count},
    nominations, places,
    rules::status::State,
};

/// Numbers of one cohort. People who only began a draft are no applicants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    pub places: i64,
    /// Places that are taken, and places that are offered and not answered.
    pub taken: i64,
    pub held: i64,
    pub mentee_drafts: i64,
    /// Submitted, whatever became of it.
    pub mentee_applications: i64,
    /// Complete and eligible: these carry a number.
    pub eligible: i64,
    /// Of these, eligible because of a promise to join.
    pub promises: i64,
    pub placed: i64,
    pub waiting: i64,
    pub offered: i64,
    pub passed: i64,
    pub refused: i64,
    pub to_look_at: i64,
    pub withdrawn: i64,
    pub mentor_drafts: i64,
    pub mentor_applications: i64,
    /// Approved, where the cohort asks for that.
    pub mentors: i64,
    /// How many mentees these take together.
    pub mentor_places: i64,
    /// Mentors who wait for the committee's yes.
    pub mentors_to_approve: i64,
    pub nominations: i64,
    pub nominations_accepted: i64,
    /// Declined, or not answered within thirty days; nothing is kept of these but the count.
    pub nominations_ended: i64,
}

impl Figures {
    /// Mentors for each place, one who takes two mentees counted twice; fewer than 1.2 leave too little to choose from.
    pub fn mentors_per_place(&self) -> Option<f64> {
        (self.places > 0).then(|| self.mentor_places as f64 / self.places as f64)
    }
}

/// The same above the list of those who applied, by what the list is read by.
pub(crate) fn of_list(tx: &mut Tx, scope: &Scope<of::Application>) -> Result<Figures, Failure> {
    figures(tx, scope.cohort().map(Id::from).ok_or(Failure::NotFound)?)
}

pub fn figures(tx: &mut Tx, cohort: Id) -> Result<Figures, Failure> {
    let board = {
        let cohort = program::the_cohort(tx, cohort)?;
        places::board(tx, &cohort)?
    };
    let mut figures = Figures { places: board.places, taken: board.taken, held: board.held, ..Figures::default() };
    for count in applications::counts(tx, cohort)? {
        if count.role == Role::Mentor.key() {
            figures.add_mentors(&count);
        } else {
            figures.add_mentees(&count);
        }
    }
    figures.mentor_places = figures.mentors + more_than_one(tx, cohort)?;
    for (state, count) in nominations::counts(tx, cohort)? {
        figures.nominations += count;
        match state.as_str() {
            "accepted" => figures.nominations_accepted += count,
            "declined" | "lapsed" => figures.nominations_ended += count,
            _ => {}
        }
    }
    Ok(figures)
}

/// How many mentees mentors take beside the one that each takes.
fn more_than_one(tx: &mut Tx, cohort: Id) -> Result<i64, Failure> {
    let capacities = capacity::in_cohort(tx, cohort)?;
    if capacities.most() == 1 {
        return Ok(0);
    }
    Ok(program::in_cohort(tx, Role::Mentor, cohort)?.into_iter().map(|it| capacities.of(it) - 1).sum())
}

impl Figures {
    fn add_mentors(&mut self, count: &Count) {
        self.mentor_applications += count.submitted;
        match State::from_key(&count.state) {
            Some(State::Draft) => self.mentor_drafts += count.applications,
            Some(State::Placed) => {
                self.mentors += count.applications - count.unapproved;
                self.mentors_to_approve += count.unapproved;
            }
            Some(State::Review) => self.to_look_at += count.applications,
            _ => {}
        }
    }

    fn add_mentees(&mut self, count: &Count) {
        self.mentee_applications += count.submitted;
        self.eligible += count.eligible;
        self.promises += count.promises;
        let many = count.applications;
        match State::from_key(&count.state).unwrap_or(State::Draft) {
            State::Draft => self.mentee_drafts += many,
            State::Placed => self.placed += many,
            State::Waiting => self.waiting += many,
            State::Offered => self.offered += many,
            State::Passed => self.passed += many,
            State::Refused => self.refused += many,
            State::Review => self.to_look_at += many,
            // A draft that was put aside was never an application.
            State::Withdrawn => self.withdrawn += count.submitted,
        }
    }
}
