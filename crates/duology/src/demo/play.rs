//! Playing a year: days pass, jobs run, and invented people react to the letters they
//! get and to the time of year. Nothing is written behind the house's back: everything
//! goes through doors, rules and jobs.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    hash::{DefaultHasher, Hash},
};

use anyhow::{Context, Result, bail};
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use platform::{app::App, ids::Id, outbox};
use rand::{RngExt, SeedableRng, rngs::StdRng};

use super::{
    browser::{Browser, Page},
    people::{Manner, Person, happens},
    scrape::Form,
    words::Writer,
};

/// What people do within this time, the house works on together: `serve` also takes several
/// changes in a row together.
const TOGETHER: SignedDuration = SignedDuration::from_mins(45);

/// What somebody means to do at some moment.
#[derive(Clone, Debug)]
pub enum Deed {
    /// Opens a letter's link and answers the form behind it.
    Answer {
        letter: String,
        path: String,
    },
    /// Asks for an account and applies.
    Register,
    Apply,
    Ask,
    LogMeeting,
    Pledge,
    Agree,
    Sign,
    Goals,
    Note,
    Withdraw,
    GoOn,
    Leave,
    Lesson(u8),
    Propose,
    /// A liaison goes through what is due on the desk.
    Desk,
    Nominate,
    Room,
    Door,
    Report(&'static str),
}

pub struct Player {
    pub app: App,
    pub browser: Browser,
    pub people: Vec<Person>,
    pub cohort: Id,
    /// People that the visitor plays; they no longer act by themselves.
    pub taken_over: BTreeSet<usize>,
    pub(super) rng: StdRng,
    by_address: HashMap<String, usize>,
    plan: BTreeMap<(Timestamp, u64), (usize, Deed)>,
    planned: u64,
    last_letter: Id,
    /// A print of all letters as they came, for what they said is not kept for a year.
    pub post: DefaultHasher,
    pub(super) duos: HashMap<usize, String>,
    /// The duos in the order in which they were formed, and from when on people are silent.
    pub(super) formed: Vec<String>,
    pub(super) silent_from: HashMap<usize, Date>,
    /// How many notes somebody has put into the notebook.
    pub(super) notes: HashMap<usize, usize>,
    /// Looks at the links of every letter before its reader does, as mail scanners do.
    pub scanner: Option<Scanner>,
    /// What went wrong, to be told rather than hidden.
    pub complaints: Vec<String>,
}

/// What looks at the links of a letter without being its reader.
pub type Scanner = fn(&App, &[String]);

/// The addresses of ours in a letter.
fn links_of(text: &str, base: &str) -> Vec<String> {
    let address = |rest: &str| rest.split(char::is_whitespace).next().unwrap_or_default().to_owned();
    text.split(base).skip(1).map(|rest| address(rest).trim_end_matches(['.', ',', ')']).to_owned()).collect()
}

impl Player {
    pub fn new(app: App, browser: Browser, people: Vec<Person>, seed: u64) -> Self {
        let by_address = people.iter().enumerate().map(|(who, person)| (person.email.clone(), who)).collect();
        Self {
            app,
            browser,
            people,
            cohort: Id::default(),
            taken_over: BTreeSet::new(),
            rng: StdRng::seed_from_u64(seed ^ 0x6475_6f73),
            by_address,
            plan: BTreeMap::new(),
            planned: 0,
            last_letter: Id::default(),
            post: DefaultHasher::new(),
            duos: HashMap::new(),
            formed: Vec::new(),
            silent_from: HashMap::new(),
            notes: HashMap::new(),
            scanner: None,
            complaints: Vec::new(),
        }
    }

    pub fn now(&self) -> Timestamp {
        self.app.db.ground.clock.now()
    }

    pub fn zone(&self) -> TimeZone {
        program::calendar::zone_named(super::ZONE)
    }

    pub fn today(&self) -> Date {
        self.now().to_zoned(self.zone()).date()
    }

    /// Lets time pass until a moment, with everything that falls into it.
    pub fn until(&mut self, moment: Timestamp) -> Result<()> {
        // The first deed after which the house has not worked yet.
        let mut unsettled: Option<Timestamp> = None;
        loop {
            let morning = self.next_morning();
            let deed = self.plan.first_key_value().map(|((at, _), _)| *at);
            let next = deed.map_or(morning, |at| at.min(morning));
            if unsettled.is_some_and(|first| next > moment || next == morning || next >= first + TOGETHER) {
                self.work();
                self.read_letters()?;
                unsettled = None;
                continue;
            }
            if next > moment {
                self.app.db.ground.clock.advance_to(moment);
                self.work();
                self.read_letters()?;
                return Ok(());
            }
            self.app.db.ground.clock.advance_to(next);
            if next == morning {
                self.work();
                self.read_letters()?;
            }
            while let Some(entry) = self.plan.first_entry() {
                if entry.key().0 > next {
                    break;
                }
                let (who, deed) = entry.remove();
                let is_silent = self.silent_from.get(&who).is_some_and(|from| self.today() >= *from);
                if !self.taken_over.contains(&who) && !is_silent {
                    self.act(who, deed)?;
                    unsettled.get_or_insert(next);
                }
            }
        }
    }

    /// Plans a deed some days ahead, at an hour of the day.
    pub fn plan_in(&mut self, who: usize, days: i64, hour: i8, deed: Deed) {
        let day = program::rules::calendar::add(self.today(), days);
        self.plan_on(who, day, hour, deed);
    }

    pub fn plan_on(&mut self, who: usize, day: Date, hour: i8, deed: Deed) {
        let minute = self.rng.random_range(0..60);
        let at = day.at(hour, minute, 0, 0).to_zoned(self.zone()).map(|it| it.timestamp()).unwrap_or_default();
        self.planned += 1;
        self.plan.insert((at.max(self.now()), self.planned), (who, deed));
    }

    /// How many days this person takes to answer; `None` when not at all.
    pub fn delay(&mut self, who: usize) -> Option<i64> {
        match self.people.get(who).map(|person| person.manner) {
            Some(Manner::Eager) => Some(self.rng.random_range(0..2)),
            Some(Manner::Steady) => Some(self.rng.random_range(1..5)),
            Some(Manner::Busy) => happens(&mut self.rng, 70).then(|| self.rng.random_range(4..12)),
            _ => happens(&mut self.rng, 25).then(|| self.rng.random_range(5..20)),
        }
    }

    /// Opens a page, fills in its form as this person would, and sends it.
    pub fn answer(&mut self, who: usize, path: &str, ending: &str) -> Result<Page> {
        let page = self.browser.get(Some(who), path)?;
        let form = if ending.is_empty() { page.form() } else { page.form_to(ending) };
        match form {
            Some(form) => self.send(who, &form),
            None => Ok(page),
        }
    }

    pub fn send(&mut self, who: usize, form: &Form) -> Result<Page> {
        self.send_with(who, form, &[])
    }

    /// The same, with some fields said outright.
    pub fn send_with(&mut self, who: usize, form: &Form, said: &[(&str, &str)]) -> Result<Page> {
        let (person, today) = (self.people.get(who).context("nobody")?.clone(), self.today());
        let notes = self.notes.get(&who).copied().unwrap_or_default();
        let mut writer = Writer::new(&person, today, notes);
        let rng = &mut self.rng;
        self.browser.submit(Some(who), form, |field| match said.iter().find(|(name, _)| *name == field.name) {
            Some((_, value)) => Some(vec![(*value).to_owned()]),
            None => writer.fill(rng, field),
        })
    }

    /// Remembers what did not go as the demo meant it to.
    pub fn expect(&mut self, page: &Page, what: &str, who: usize) -> bool {
        if page.status < 400 {
            return true;
        }
        let name = self.people.get(who).map(|person| person.name.clone()).unwrap_or_default();
        let words = super::story::first_fault(&page.body);
        self.complaints.push(format!("{} {name}: {what} ({} {}): {words}", self.today(), page.status, page.path));
        false
    }

    /// Signs in with name and password, as after a cookie has run out.
    pub fn sign_in(&mut self, who: usize) -> Result<()> {
        let person = self.people.get(who).context("nobody")?.clone();
        let fields = [("email".to_owned(), person.email.clone()), ("password".to_owned(), person.password())];
        let page = self.browser.post(Some(who), "/sign-in", &fields)?;
        if page.status != 303 {
            bail!("{} cannot sign in: {}", person.name, super::story::first_fault(&page.body));
        }
        Ok(())
    }

    /// Runs the house's jobs, as `serve` does after every change.
    fn work(&mut self) {
        let run = self.app.run_jobs();
        for (job, id) in run.failed {
            self.complaints.push(format!("{} the job {job} failed for {id}", self.today()));
        }
    }

    /// Hands out the letters written since the last look; each may make its reader act.
    fn read_letters(&mut self) -> Result<()> {
        let last = self.last_letter;
        let letters = self.app.db.read(move |tx| outbox::after(tx, last))?;
        for letter in letters {
            self.last_letter = self.last_letter.max(letter.id);
            (&letter.subject, &letter.text, &letter.html).hash(&mut self.post);
            let links = links_of(&letter.text, &self.app.config.base_url);
            if let Some(scan) = self.scanner {
                scan(&self.app, &links);
            }
            if let Some(who) = self.by_address.get(&letter.to_address).copied() {
                self.react(who, &letter.letter, &links);
            }
        }
        Ok(())
    }

    /// 9:05 on the next day that has not had its morning yet.
    fn next_morning(&self) -> Timestamp {
        let now = self.now().to_zoned(self.zone());
        let today = now.date().at(9, 5, 0, 0).to_zoned(self.zone()).map(|it| it.timestamp()).unwrap_or_default();
        if today > now.timestamp() { today } else { today + SignedDuration::from_hours(24) }
    }
}
