//! How places are given, written down once more and as plainly as can be, from the rules
//! that the program prints and from nothing else. CAP1–CAP4, APP5

use std::collections::VecDeque;

/// What people, the committee and time do.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// Fills in a form, or the one that was taken back, and sends it.
    Submit(usize),
    Withdraw(usize),
    /// Answers the offer of a place.
    Accept(usize),
    Pass(usize),
    /// The chair says how many places there are.
    Places(i64),
    /// So many hours pass, and the house does what is due.
    Wait(i64),
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

pub struct Model {
    pub hour: i64,
    pub places: i64,
    pub people: Vec<Stands>,
    /// Who waits, the longest first.
    pub line: VecDeque<usize>,
    days: Days,
}

impl Model {
    pub fn new(people: usize, places: i64, days: Days) -> Self {
        Self { hour: 0, places, people: vec![Stands::Nowhere; people], line: VecDeque::new(), days }
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
            Step::Places(wanted) => self.change(wanted),
            Step::Wait(hours) => {
                self.hour += hours;
                self.time_passes();
                true
            }
        }
    }

    fn submit(&mut self, who: usize) -> bool {
        if self.hour >= self.days.call_over || !matches!(self.people[who], Stands::Nowhere | Stands::Withdrawn) {
            return false;
        }
        if self.line.is_empty() && self.free() > 0 {
            self.people[who] = Stands::Placed;
        } else {
            self.people[who] = Stands::Waiting;
            self.line.push_back(who);
        }
        true
    }

    fn withdraw(&mut self, who: usize) -> bool {
        let has_begun = self.hour >= self.days.session;
        match self.people[who] {
            Stands::Placed if has_begun => return false,
            Stands::Nowhere | Stands::Passed | Stands::Withdrawn => return false,
            Stands::Waiting => self.line.retain(|it| *it != who),
            Stands::Placed | Stands::Offered { .. } => {}
        }
        self.people[who] = Stands::Withdrawn;
        self.offer();
        true
    }

    fn answer(&mut self, who: usize, becomes: Stands) -> bool {
        let Stands::Offered { until } = self.people[who] else { return false };
        if self.hour >= until {
            return false;
        }
        self.people[who] = becomes;
        self.offer();
        true
    }

    /// A free place is offered to whoever has waited longest.
    fn offer(&mut self) {
        while self.hour < self.days.offers_over && self.free() > 0 {
            let Some(next) = self.line.pop_front() else { return };
            self.people[next] = Stands::Offered { until: self.hour + ANSWER_HOURS };
        }
    }

    /// Places that were given are not taken back; new ones go to those who wait, at once.
    fn change(&mut self, wanted: i64) -> bool {
        let (taken, held) = self.given();
        if wanted < 1 || wanted < taken + held {
            return false;
        }
        self.places = wanted;
        while self.free() > 0 {
            let Some(next) = self.line.pop_front() else { break };
            self.people[next] = Stands::Placed;
        }
        true
    }

    /// An offer without an answer ends, and the place goes on.
    fn time_passes(&mut self) {
        for stands in &mut self.people {
            if matches!(stands, Stands::Offered { until } if *until <= self.hour) {
                *stands = Stands::Passed;
            }
        }
        self.offer();
    }
}
