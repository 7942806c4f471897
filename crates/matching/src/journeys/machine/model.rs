//! How mentees ask and mentors answer, written down once more and as plainly as can be,
//! from the rules that the program prints and from nothing else. SLF1–SLF5

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};

/// What people and time do.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// A mentee asks a mentor, or puts one on the list.
    Ask(usize, usize),
    /// A mentor answers the request of a mentee.
    Accept(usize, usize),
    Decline(usize, usize),
    /// A mentee takes back the request that waits.
    Withdraw(usize),
    /// A mentee takes a mentor off the list.
    Strike(usize, usize),
    /// A mentee moves a mentor one place up.
    Up(usize, usize),
    /// So many hours pass.
    Wait(i64),
}

pub const MOST_WAITING: usize = 3;
const LONGEST_LIST: usize = 5;
const DAYS: i64 = 7;

#[derive(Clone, Debug, Default)]
pub struct Mentee {
    /// Whom they would like, in order; whoever is asked stands on top.
    pub list: Vec<usize>,
    /// Who is asked, and until when they may answer.
    pub live: Option<(usize, Timestamp)>,
    /// Which of all requests that is: of two that end together the earlier comes first.
    turn: u64,
    pub paired: Option<usize>,
    /// Whom they asked and did not take it back; nobody is asked twice.
    asked: Vec<usize>,
}

pub struct Model {
    pub now: Timestamp,
    zone: TimeZone,
    /// The last day on which mentees choose.
    closes: Date,
    pub mentees: Vec<Mentee>,
    mentors: usize,
    /// How many requests there have been.
    turns: u64,
}

impl Model {
    pub fn new(mentees: usize, mentors: usize, now: Timestamp, zone: TimeZone, closes: Date) -> Self {
        Self { now, zone, closes, mentees: vec![Mentee::default(); mentees], mentors, turns: 0 }
    }

    fn today(&self) -> Date {
        self.now.to_zoned(self.zone.clone()).date()
    }

    fn is_open(&self) -> bool {
        self.today() <= self.closes
    }

    pub fn is_taken(&self, mentor: usize) -> bool {
        self.mentees.iter().any(|it| it.paired == Some(mentor))
    }

    /// Who waits for a mentor's answer.
    pub fn waiting(&self, mentor: usize) -> Vec<usize> {
        let waits = |it: &Mentee| it.live.is_some_and(|(asked, _)| asked == mentor);
        (0..self.mentees.len()).filter(|mentee| waits(&self.mentees[*mentee])).collect()
    }

    /// Whether the step counts; if it does, what it changes has changed.
    pub fn take(&mut self, step: Step) -> bool {
        let counts = match step {
            Step::Ask(mentee, mentor) => self.ask(mentee, mentor),
            Step::Accept(mentee, mentor) => self.accept(mentee, mentor),
            Step::Decline(mentee, mentor) => self.is_waiting(mentee, mentor) && self.end(mentee),
            Step::Withdraw(mentee) => self.withdraw(mentee),
            Step::Strike(mentee, mentor) => self.strike(mentee, mentor),
            Step::Up(mentee, mentor) => self.up(mentee, mentor),
            Step::Wait(hours) => {
                self.now += hours.hours();
                true
            }
        };
        self.house_works();
        counts
    }

    fn ask(&mut self, mentee: usize, mentor: usize) -> bool {
        let it = &self.mentees[mentee];
        let listed = it.list.iter().filter(|wish| !self.is_taken(**wish)).count();
        let is_refused = !self.is_open()
            || it.paired.is_some()
            || self.is_taken(mentor)
            || it.list.contains(&mentor)
            || it.asked.contains(&mentor)
            || listed >= LONGEST_LIST
            || it.live.is_none() && self.waiting(mentor).len() >= MOST_WAITING;
        if is_refused {
            return false;
        }
        self.mentees[mentee].list.push(mentor);
        self.advance(mentee);
        true
    }

    fn is_waiting(&self, mentee: usize, mentor: usize) -> bool {
        self.mentees[mentee].live.is_some_and(|(asked, until)| asked == mentor && self.now <= until)
    }

    fn accept(&mut self, mentee: usize, mentor: usize) -> bool {
        if !self.is_waiting(mentee, mentor) {
            return false;
        }
        self.mentees[mentee] = Mentee { paired: Some(mentor), ..Mentee::default() };
        // Whoever else waits for this mentor goes on with their list, the one who asked first
        // before the others.
        let mut others = self.waiting(mentor);
        others.sort_by_key(|other| self.mentees[*other].turn);
        for other in others {
            self.end(other);
        }
        true
    }

    /// A request ends without a duo: the mentor is off the list, and the next is asked.
    fn end(&mut self, mentee: usize) -> bool {
        let Some((mentor, _)) = self.mentees[mentee].live.take() else { return false };
        self.mentees[mentee].list.retain(|it| *it != mentor);
        self.advance(mentee);
        true
    }

    fn withdraw(&mut self, mentee: usize) -> bool {
        let Some((mentor, _)) = self.mentees[mentee].live else { return false };
        self.mentees[mentee].asked.retain(|it| *it != mentor);
        self.end(mentee)
    }

    fn strike(&mut self, mentee: usize, mentor: usize) -> bool {
        let it = &mut self.mentees[mentee];
        if it.live.is_some_and(|(asked, _)| asked == mentor) || !it.list.contains(&mentor) {
            return false;
        }
        it.list.retain(|wish| *wish != mentor);
        self.advance(mentee);
        true
    }

    fn up(&mut self, mentee: usize, mentor: usize) -> bool {
        let it = &mut self.mentees[mentee];
        let Some(place) = it.list.iter().position(|wish| *wish == mentor) else { return false };
        let stays = if it.live.is_some() { 1 } else { 0 };
        if place > stays {
            it.list.swap(place, place - 1);
        }
        self.advance(mentee);
        true
    }

    /// Asks the first on the list who can be asked.
    fn advance(&mut self, mentee: usize) {
        let it = &self.mentees[mentee];
        if !self.is_open() || it.paired.is_some() || it.live.is_some() {
            return;
        }
        let can = |mentor: &usize| !self.is_taken(*mentor) && self.waiting(*mentor).len() < MOST_WAITING;
        let Some(place) = it.list.iter().position(can) else { return };
        let until = (self.today() + DAYS.days()).at(23, 59, 59, 0).to_zoned(self.zone.clone()).unwrap().timestamp();
        let it = &mut self.mentees[mentee];
        let mentor = it.list.remove(place);
        it.list.insert(0, mentor);
        it.asked.push(mentor);
        self.turns += 1;
        it.turn = self.turns;
        it.live = Some((mentor, until));
    }

    /// Requests without an answer end, the oldest first; then whoever has a mentor to ask again
    /// asks them.
    fn house_works(&mut self) {
        let late = |it: &Mentee, now| it.live.filter(|(_, until)| *until < now).map(|(_, until)| until);
        let mut over: Vec<(Timestamp, u64, usize)> = (0..self.mentees.len())
            .filter_map(|mentee| Some((late(&self.mentees[mentee], self.now)?, self.mentees[mentee].turn, mentee)))
            .collect();
        over.sort_unstable();
        for (.., mentee) in over {
            self.end(mentee);
        }
        for mentee in 0..self.mentees.len() {
            self.advance(mentee);
        }
    }

    pub fn mentors(&self) -> usize {
        self.mentors
    }
}
