//! How mentees ask and mentors answer, written down once more and as plainly as can be,
//! from the rules that the program prints and from nothing else. SLF1–SLF6, PRF3

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Time},
    tz::TimeZone,
};

use super::wrong::Wrong;

/// What people and time do. Where a mentor may be left out, it is whoever is asked.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// A mentee asks a mentor, or puts one on the list.
    Ask(usize, usize),
    /// A mentor answers the request of a mentee.
    Accept(usize, Option<usize>),
    Decline(usize, Option<usize>),
    /// A mentor asks something first, and the mentee replies.
    Question(usize, Option<usize>),
    Reply(usize, Option<usize>),
    /// A mentee takes back the request that waits.
    Withdraw(usize),
    /// A mentee takes a mentor off the list.
    Strike(usize, usize),
    /// A mentee moves a mentor one place up.
    Up(usize, usize),
    /// A mentor takes a pause, or comes back.
    Pause(usize, bool),
    /// A mentor says how many mentees to take.
    Takes(usize, usize),
    /// The chair does for somebody what they would do.
    ByChair(usize, Does),
    /// So many hours pass, in which the house does nothing.
    Wait(i64),
    /// The house does what is due.
    Work,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    Yes,
    No,
    TakeBack,
}

/// What the committee has decided.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    pub days: i64,
    pub reminders: [i64; 2],
    pub list: usize,
    pub waiting: usize,
    /// Mentees with whom one mentor may work.
    pub each: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    None,
    Asked,
    Replied,
}

/// A request that waits for an answer.
#[derive(Clone, Copy, Debug)]
pub struct Live {
    pub mentor: usize,
    pub until: Timestamp,
    /// Which of all requests it is: of two that end together the earlier comes first.
    turn: u64,
    asked_on: Date,
    pub question: Question,
    pub reminded: i64,
}

#[derive(Clone, Debug, Default)]
pub struct Mentee {
    /// Whom they would like, in order; whoever is asked stands on top.
    pub list: Vec<usize>,
    pub live: Option<Live>,
    pub paired: Option<usize>,
    /// Whom they asked and did not take it back; nobody is asked twice.
    asked: Vec<usize>,
}

#[derive(Clone)]
pub struct Model {
    pub now: Timestamp,
    zone: TimeZone,
    /// The last day on which mentees choose.
    closes: Date,
    terms: Terms,
    pub mentees: Vec<Mentee>,
    pub paused: Vec<bool>,
    /// How many mentees each mentor takes.
    pub takes: Vec<usize>,
    /// How many requests there have been.
    turns: u64,
    /// Letters that remind a mentor.
    pub letters: i64,
    /// A rule that this model has wrong.
    pub wrong: Option<Wrong>,
}

const QUESTION_DAYS: i64 = 3;

impl Model {
    pub fn new((mentees, mentors): (usize, usize), now: Timestamp, zone: TimeZone, closes: Date, terms: Terms) -> Self {
        let (mentees, paused, takes) = (vec![Mentee::default(); mentees], vec![false; mentors], vec![1; mentors]);
        Self { now, zone, closes, terms, mentees, paused, takes, turns: 0, letters: 0, wrong: None }
    }

    /// The same with this rule wrong.
    pub fn getting(&self, wrong: Wrong) -> Self {
        Self { wrong: Some(wrong), ..self.clone() }
    }

    fn gets(&self, wrong: Wrong) -> bool {
        self.wrong == Some(wrong)
    }

    fn today(&self) -> Date {
        self.now.to_zoned(self.zone.clone()).date()
    }

    fn is_open(&self) -> bool {
        self.today() <= self.closes || self.gets(Wrong::ItNeverCloses)
    }

    fn held(&self, mentor: usize) -> usize {
        self.mentees.iter().filter(|it| it.paired == Some(mentor)).count()
    }

    /// Whether the mentor's last place is gone.
    pub fn is_taken(&self, mentor: usize) -> bool {
        let places = match self.wrong {
            Some(Wrong::TheFirstMenteeIsTheLast) => 1,
            Some(Wrong::OnePlaceMore) => self.takes[mentor] + 1,
            _ => self.takes[mentor],
        };
        self.held(mentor) >= places
    }

    /// Whether a mentor may be asked, as far as it lies with them.
    fn is_offered(&self, mentor: usize) -> bool {
        !self.is_taken(mentor) && (!self.paused[mentor] || self.gets(Wrong::APauseIsNoPause))
    }

    /// Who waits for a mentor's answer.
    pub fn waiting(&self, mentor: usize) -> Vec<usize> {
        let waits = |it: &Mentee| it.live.is_some_and(|live| live.mentor == mentor);
        (0..self.mentees.len()).filter(|mentee| waits(&self.mentees[*mentee])).collect()
    }

    fn is_full(&self, mentor: usize) -> bool {
        self.waiting(mentor).len() >= self.terms.waiting + usize::from(self.gets(Wrong::OneMoreWaits))
    }

    /// Whether the step counts; if it does, what it changes has changed.
    pub fn take(&mut self, step: Step) -> bool {
        match step {
            Step::Ask(mentee, mentor) => self.ask(mentee, mentor),
            Step::Accept(mentee, mentor) => self.is_asked(mentee, mentor) && self.accept(mentee),
            Step::Decline(mentee, mentor) => self.is_asked(mentee, mentor) && self.end(mentee),
            Step::Question(mentee, mentor) => self.is_asked(mentee, mentor) && self.question(mentee),
            Step::Reply(mentee, mentor) => self.is_asked(mentee, mentor) && self.reply(mentee),
            Step::Withdraw(mentee) => self.withdraw(mentee),
            Step::Strike(mentee, mentor) => self.strike(mentee, mentor),
            Step::Up(mentee, mentor) => self.up(mentee, mentor),
            Step::Pause(mentor, paused) => self.pause(mentor, paused),
            Step::Takes(mentor, mentees) => self.take_so_many(mentor, mentees),
            Step::ByChair(mentee, does) => self.step_in(mentee, does),
            Step::Wait(hours) => {
                self.now += hours.hours();
                true
            }
            Step::Work => {
                self.house_works();
                true
            }
        }
    }

    fn ask(&mut self, mentee: usize, mentor: usize) -> bool {
        let it = &self.mentees[mentee];
        let listed = it.list.iter().filter(|wish| !self.is_taken(**wish)).count();
        let room = self.terms.list + usize::from(self.gets(Wrong::OneMoreOnAList));
        let is_refused = !self.is_open()
            || it.paired.is_some()
            || !self.is_offered(mentor)
            || it.list.contains(&mentor)
            || it.asked.contains(&mentor) && !self.gets(Wrong::SomebodyIsAskedTwice)
            || listed >= room
            || it.live.is_none() && self.is_full(mentor);
        if is_refused {
            return false;
        }
        self.mentees[mentee].list.push(mentor);
        self.advance(mentee);
        true
    }

    /// Whether this mentor is asked, and may still answer.
    fn is_asked(&self, mentee: usize, mentor: Option<usize>) -> bool {
        let Some(live) = self.mentees[mentee].live else { return false };
        let in_time = self.now <= live.until || self.gets(Wrong::ALateAnswerCounts);
        in_time && mentor.is_none_or(|it| it == live.mentor)
    }

    fn accept(&mut self, mentee: usize) -> bool {
        let Some(Live { mentor, .. }) = self.mentees[mentee].live else { return false };
        self.mentees[mentee] = Mentee { paired: Some(mentor), ..Mentee::default() };
        let is_last = self.is_taken(mentor) || self.gets(Wrong::AnyYesSendsTheOthersOn);
        if is_last && !self.gets(Wrong::OthersStayWaiting) {
            self.send_on(mentor);
        }
        true
    }

    /// Whoever waits for this mentor goes on with their list, the one who asked first leading.
    fn send_on(&mut self, mentor: usize) {
        let mut others = self.waiting(mentor);
        others.sort_by_key(|other| self.mentees[*other].live.map(|it| it.turn));
        others.into_iter().for_each(|other| _ = self.end(other));
    }

    /// As many as the committee allows, and not fewer than there are: nothing ends by that.
    fn take_so_many(&mut self, mentor: usize, mentees: usize) -> bool {
        let too_few = mentees < self.held(mentor) && !self.gets(Wrong::FewerThanThereAre);
        if self.terms.each == 1 || mentees > self.terms.each || too_few {
            return false;
        }
        let was_taken = self.is_taken(mentor);
        self.takes[mentor] = mentees;
        match (was_taken, self.is_taken(mentor)) {
            (_, true) if !self.gets(Wrong::FewerKeepsPeopleWaiting) => self.send_on(mentor),
            // Whoever makes room is there again.
            (true, false) => self.paused[mentor] = false,
            _ => {}
        }
        true
    }

    /// A request ends without a duo: the mentor is off the list, and the next is asked.
    fn end(&mut self, mentee: usize) -> bool {
        let Some(Live { mentor, .. }) = self.mentees[mentee].live.take() else { return false };
        self.mentees[mentee].list.retain(|it| *it != mentor);
        if !self.gets(Wrong::TheNextWaitsForTheHouse) {
            self.advance(mentee);
        }
        true
    }

    /// One question; and both have days for what follows from it.
    fn question(&mut self, mentee: usize) -> bool {
        let again = self.gets(Wrong::TwoQuestions);
        let Some(live) = &mut self.mentees[mentee].live else { return false };
        if live.question != Question::None && !again {
            return false;
        }
        live.question = Question::Asked;
        self.give_time(mentee)
    }

    fn reply(&mut self, mentee: usize) -> bool {
        let again = self.gets(Wrong::TwoReplies);
        let Some(live) = &mut self.mentees[mentee].live else { return false };
        if live.question == Question::None || live.question == Question::Replied && !again {
            return false;
        }
        live.question = Question::Replied;
        self.give_time(mentee)
    }

    fn give_time(&mut self, mentee: usize) -> bool {
        let until = self.end_of(self.today() + QUESTION_DAYS.days());
        let (takes, gives) = (self.gets(Wrong::AQuestionTakesDays), !self.gets(Wrong::AQuestionGivesNoDay));
        let Some(live) = &mut self.mentees[mentee].live else { return false };
        if takes || gives && live.until < until {
            live.until = until;
        }
        true
    }

    fn end_of(&self, day: Date) -> Timestamp {
        day.at(23, 59, 59, 0).to_zoned(self.zone.clone()).unwrap().timestamp()
    }

    fn withdraw(&mut self, mentee: usize) -> bool {
        let Some(Live { mentor, until, .. }) = self.mentees[mentee].live else { return false };
        if self.gets(Wrong::NothingLateIsTakenBack) && until < self.now {
            return false;
        }
        if !self.gets(Wrong::TakenBackIsAskedOnce) {
            self.mentees[mentee].asked.retain(|it| *it != mentor);
        }
        self.end(mentee)
    }

    fn strike(&mut self, mentee: usize, mentor: usize) -> bool {
        let it = &mut self.mentees[mentee];
        if it.live.is_some_and(|live| live.mentor == mentor) || !it.list.contains(&mentor) {
            return false;
        }
        it.list.retain(|wish| *wish != mentor);
        self.advance(mentee);
        true
    }

    fn up(&mut self, mentee: usize, mentor: usize) -> bool {
        let free_top = self.gets(Wrong::WhoIsAskedIsPassed);
        let it = &mut self.mentees[mentee];
        let Some(place) = it.list.iter().position(|wish| *wish == mentor) else { return false };
        let stays = usize::from(it.live.is_some() && !free_top);
        if place > stays {
            it.list.swap(place, place - 1);
        }
        self.advance(mentee);
        true
    }

    /// Whoever waits for them still does; nobody else can ask.
    fn pause(&mut self, mentor: usize, paused: bool) -> bool {
        self.paused[mentor] = paused;
        if paused && self.gets(Wrong::APauseSendsPeopleAway) {
            self.waiting(mentor).into_iter().for_each(|mentee| _ = self.end(mentee));
        }
        true
    }

    fn step_in(&mut self, mentee: usize, does: Does) -> bool {
        match does {
            Does::TakeBack if self.gets(Wrong::TheChairTakesNothingBack) => false,
            Does::TakeBack => self.withdraw(mentee),
            _ if self.gets(Wrong::TheChairIsNeverLate) && does == Does::No => self.end(mentee),
            Does::Yes => self.is_asked(mentee, None) && self.accept(mentee),
            Does::No => self.is_asked(mentee, None) && self.end(mentee),
        }
    }

    /// Asks the first on the list who can be asked.
    fn advance(&mut self, mentee: usize) {
        let it = &self.mentees[mentee];
        if !self.is_open() || it.paired.is_some() || it.live.is_some() {
            return;
        }
        let can = |mentor: &usize| self.is_offered(*mentor) && !self.is_full(*mentor);
        let Some(place) = it.list.iter().position(can) else { return };
        let asked_on = self.today();
        let until = self.end_of(asked_on + (self.terms.days + i64::from(self.gets(Wrong::ADayMore))).days());
        self.turns += 1;
        let turn = self.turns;
        let it = &mut self.mentees[mentee];
        let mentor = it.list.remove(place);
        it.list.insert(0, mentor);
        it.asked.push(mentor);
        it.live = Some(Live { mentor, until, turn, asked_on, question: Question::None, reminded: 0 });
    }

    /// Mentors are reminded; requests without an answer end, the oldest first; then whoever has
    /// a mentor to ask asks them.
    fn house_works(&mut self) {
        (0..self.mentees.len()).for_each(|mentee| self.remind(mentee));
        let late = |it: &Mentee| it.live.filter(|live| live.until < self.now).map(|live| live.turn);
        let mut over: Vec<(u64, usize)> =
            (0..self.mentees.len()).filter_map(|mentee| Some((late(&self.mentees[mentee])?, mentee))).collect();
        over.sort_unstable();
        if !self.gets(Wrong::NothingLapses) {
            over.into_iter().for_each(|(_, mentee)| _ = self.end(mentee));
        }
        (0..self.mentees.len()).for_each(|mentee| self.advance(mentee));
    }

    /// One letter for however many mornings have come, and none while the mentor waits.
    fn remind(&mut self, mentee: usize) {
        let Some(live) = self.mentees[mentee].live else { return };
        let waits = live.question == Question::Asked && !self.gets(Wrong::WhoWaitsIsReminded);
        if waits || self.now > live.until {
            return;
        }
        let hour = if self.gets(Wrong::RemindersComeAtNoon) { 12 } else { 9 };
        let morning = |days: i64| {
            let day = (live.asked_on + days.days()).to_datetime(Time::constant(hour, 0, 0, 0));
            day.to_zoned(self.zone.clone()).unwrap().timestamp()
        };
        let days = self.terms.reminders.into_iter().filter(|days| *days > 0);
        let most = if self.gets(Wrong::OneReminder) { 1 } else { 2 };
        let due = i64::try_from(days.filter(|days| self.now >= morning(*days)).count()).unwrap().min(most);
        if due > live.reminded {
            self.letters += 1;
            self.mentees[mentee].live = Some(Live { reminded: due, ..live });
        }
    }

    pub fn mentors(&self) -> usize {
        self.paused.len()
    }
}
