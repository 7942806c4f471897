//! How places are given, written down once more and as plainly as can be, from the rules
//! that the program prints and from nothing else. CAP1–CAP4, CAP7, APP5

use std::collections::VecDeque;

use super::wrong::Wrong;

/// What people, the committee and time do.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// Fills in a form, or the one that was taken back, and sends it.
    Submit(usize),
    Withdraw(usize),
    /// Answers the offer of a place.
    Accept(usize),
    Pass(usize),
    /// Says whether an application that came to nothing is kept for the next cohort.
    Keep(usize, bool),
    /// The chair says how many places there are.
    Places(i64),
    /// So many hours pass, in which the house does nothing.
    Wait(i64),
    /// The house does what is due.
    Work,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    Nowhere,
    Placed,
    Waiting,
    /// A place is held until this hour.
    Offered {
        until: i64,
    },
    Passed,
    Withdrawn,
}

/// The days that matter, as hours since the case began.
#[derive(Clone, Copy, Debug)]
pub struct Days {
    /// The first hour after the call.
    pub call_over: i64,
    /// The first hour in which no place is offered any more.
    pub offers_over: i64,
    /// The first hour of the session.
    pub session: i64,
}

const ANSWER_HOURS: i64 = 72;

#[derive(Clone)]
pub struct Model {
    pub hour: i64,
    pub places: i64,
    pub people: Vec<Stands>,
    /// Who waits, the longest first.
    pub line: VecDeque<usize>,
    /// Who has asked to be kept.
    kept: Vec<bool>,
    days: Days,
    /// A rule that this model has wrong.
    pub wrong: Option<Wrong>,
}

impl Model {
    pub fn new(people: usize, places: i64, days: Days) -> Self {
        let (people, kept) = (vec![Stands::Nowhere; people], vec![false; people]);
        Self { hour: 0, places, people, line: VecDeque::new(), kept, days, wrong: None }
    }

    /// The same with this rule wrong.
    pub fn getting(&self, wrong: Wrong) -> Self {
        Self { wrong: Some(wrong), ..self.clone() }
    }

    fn gets(&self, wrong: Wrong) -> bool {
        self.wrong == Some(wrong)
    }

    /// Who was left out and asked to be kept: they come first next time.
    pub fn left_out(&self) -> Vec<usize> {
        let consents = |who: &usize| self.kept[*who] || self.gets(Wrong::KeptUnasked);
        (0..self.people.len()).filter(|who| self.can_be_kept(*who) && consents(who)).collect()
    }

    fn can_be_kept(&self, who: usize) -> bool {
        match self.people[who] {
            Stands::Waiting | Stands::Offered { .. } | Stands::Passed => true,
            Stands::Withdrawn => self.gets(Wrong::WhoLeftIsKept),
            Stands::Nowhere | Stands::Placed => false,
        }
    }

    fn keep(&mut self, who: usize, wanted: bool) -> bool {
        if !self.can_be_kept(who) {
            return false;
        }
        self.kept[who] = wanted || self.gets(Wrong::KeptForEver);
        true
    }

    /// How many have a place, and for how many one is held.
    pub fn given(&self) -> (i64, i64) {
        let count = |is: fn(&Stands) -> bool| i64::try_from(self.people.iter().filter(|it| is(it)).count()).unwrap();
        (count(|it| *it == Stands::Placed), count(|it| matches!(it, Stands::Offered { .. })))
    }

    fn free(&self) -> i64 {
        let (taken, held) = self.given();
        self.places - taken - held
    }

    /// Whether the step counts; if it does, what it changes has changed.
    pub fn take(&mut self, step: Step) -> bool {
        match step {
            Step::Submit(who) => self.submit(who),
            Step::Withdraw(who) => self.withdraw(who),
            Step::Accept(who) => self.answer(who, Stands::Placed),
            Step::Pass(who) => self.answer(who, Stands::Passed),
            Step::Keep(who, wanted) => self.keep(who, wanted),
            Step::Places(wanted) => self.change(wanted),
            Step::Wait(hours) => {
                self.hour += hours;
                true
            }
            Step::Work => {
                self.house_works();
                true
            }
        }
    }

    fn submit(&mut self, who: usize) -> bool {
        let is_over = self.hour >= self.days.call_over && !self.gets(Wrong::TheCallNeverEnds);
        let again = !self.gets(Wrong::NobodyComesBack) && self.people[who] == Stands::Withdrawn;
        if is_over || !again && self.people[who] != Stands::Nowhere {
            return false;
        }
        if self.line.is_empty() && self.free() > -i64::from(self.gets(Wrong::OneMoreHasAPlace)) {
            self.people[who] = Stands::Placed;
        } else {
            self.people[who] = Stands::Waiting;
            match self.gets(Wrong::TheLastComesFirst) {
                true => self.line.push_front(who),
                false => self.line.push_back(who),
            }
        }
        true
    }

    fn withdraw(&mut self, who: usize) -> bool {
        let has_begun = self.hour >= self.days.session;
        match self.people[who] {
            Stands::Placed if has_begun && !self.gets(Wrong::APlaceIsGivenBackLate) => return false,
            Stands::Nowhere | Stands::Passed | Stands::Withdrawn => return false,
            Stands::Waiting => self.line.retain(|it| *it != who),
            Stands::Placed | Stands::Offered { .. } => {}
        }
        self.people[who] = Stands::Withdrawn;
        if !self.gets(Wrong::NobodyIsOfferedIt) {
            self.offer();
        }
        true
    }

    fn answer(&mut self, who: usize, becomes: Stands) -> bool {
        let Stands::Offered { until } = self.people[who] else { return false };
        if self.hour >= until && !self.gets(Wrong::ALateAnswerCounts) {
            return false;
        }
        self.people[who] = becomes;
        self.offer();
        true
    }

    fn hours(&self) -> i64 {
        ANSWER_HOURS + if self.gets(Wrong::AnOfferStandsLonger) { 24 } else { 0 }
    }

    /// A free place is offered to whoever has waited longest.
    fn offer(&mut self) {
        while self.hour < self.days.offers_over && self.free() > 0 {
            let Some(next) = self.line.pop_front() else { return };
            self.people[next] = Stands::Offered { until: self.hour + self.hours() };
        }
    }

    /// Places that were given are not taken back; new ones go to those who wait, at once.
    fn change(&mut self, wanted: i64) -> bool {
        let (taken, held) = self.given();
        let given = if self.gets(Wrong::WhatIsHeldIsFree) { taken } else { taken + held };
        if wanted < 1 || wanted < given {
            return false;
        }
        self.places = wanted;
        while self.free() > 0 && !self.gets(Wrong::NewPlacesAreKept) {
            let Some(next) = self.line.pop_front() else { break };
            self.people[next] = Stands::Placed;
        }
        true
    }

    /// Offers without an answer end, and their places go on.
    fn house_works(&mut self) {
        if self.gets(Wrong::NoOfferEnds) {
            return self.offer();
        }
        for stands in &mut self.people {
            if matches!(stands, Stands::Offered { until } if *until <= self.hour) {
                *stands = Stands::Passed;
            }
        }
        self.offer();
    }
}
