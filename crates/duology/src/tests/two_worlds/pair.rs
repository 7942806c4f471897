//! Two houses with the same seed and the same clock, and the people in each.

use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use platform::{
    app::{App, Config, Mode},
    chance::Chance,
    clock::Clock,
    ids::Id,
    keys::Keyring,
    passwords::Cost,
    storage::{Db, FromRow, Ground, Query},
};
use policy::Role;
use testing::{Answer, Database, House, Kind};

/// Everybody, with and without a right: the two of the duo, another duo, the committee,
/// those who were something once, and all others.
pub const PEOPLE: [&str; 17] = [
    "ana", "mo", "bea", "li", "lena", "leo", "carla", "dora", "mia", "sven", "berta", "fred", "flora", "fay", "amy",
    "alma", STRANGER,
];
pub const STRANGER: &str = "nobody who is signed in";

/// Mentor and mentee of each duo; the first is the one that has something to hide.
pub const DUOS: [(&str, &str); 12] = [
    ("mo", "ana"),
    ("li", "bea"),
    ("otto", "nora"),
    ("pia", "nils"),
    ("quentin", "nadia"),
    ("rosa", "noel"),
    ("silas", "nina"),
    ("thea", "nathan"),
    ("uma", "nelly"),
    ("viktor", "noor"),
    ("willa", "niko"),
    ("zoe", "nuria"),
];

/// The morning in the session on which a world begins.
const MORNING: &str = "2026-07-07T15:00:00Z";

pub struct World {
    pub house: House,
    /// The duo of Ana and Mo, whose liaison is Lena.
    pub duo: duos::Duo,
    signed_in_at: Mutex<Timestamp>,
    last_letter: Mutex<Id>,
}

pub struct Pair {
    worlds: [World; 2],
}

impl Pair {
    pub fn new(kind: &Kind) -> Self {
        let worlds = [World::new(kind), World::new(kind)];
        assert_eq!(worlds[0].duo.id, worlds[1].duo.id, "the worlds are not alike");
        Self { worlds }
    }

    pub fn first(&self) -> &World {
        &self.worlds[0]
    }

    /// The same in both.
    pub fn both<T>(&self, act: impl Fn(&World) -> T) -> [T; 2] {
        [act(&self.worlds[0]), act(&self.worlds[1])]
    }

    /// What differs: the words.
    pub fn each(&self, words: [&str; 2], act: impl Fn(&World, &str)) {
        for (world, words) in self.worlds.iter().zip(words) {
            act(world, words);
        }
    }
}

impl World {
    fn new(kind: &Kind) -> Self {
        let house = house(kind);
        for (who, role) in [("carla", Role::Chair), ("dora", Role::Deputy), ("mia", Role::Council)] {
            house.role(who, role);
        }
        for (who, role) in [("sven", Role::Staff), ("berta", Role::Board), ("fred", Role::Liaison)] {
            house.role(who, role);
        }
        house.role_in_cohort("amy", Role::Applicant);
        house.role_in_cohort("alma", Role::Alumna);
        let duo = people_of_before(&house);
        house.role("leo", Role::Liaison);
        for (mentor, mentee) in &DUOS[1..] {
            let _ = pair(&house, mentor, mentee);
        }
        house.run_jobs();
        let (signed_in_at, last_letter) = (Mutex::new(house.now()), Mutex::default());
        let world = Self { duo, signed_in_at, last_letter, house };
        world.go_to(MORNING);
        world
    }

    /// Moves on, lets the house do its work, and lets everybody sign in anew.
    pub fn go_to(&self, moment: &str) {
        self.house.at(moment);
        self.house.run_jobs();
        self.sign_in();
    }

    /// How much the house did meanwhile.
    pub fn wait(&self, hours: i64) -> usize {
        self.house.app.db.ground.clock.advance(SignedDuration::from_hours(hours));
        let done = self.house.run_jobs();
        self.sign_in();
        done
    }

    fn sign_in(&self) {
        let mut at = self.signed_in_at.lock().unwrap_or_else(PoisonError::into_inner);
        if *at != self.house.now() {
            for who in PEOPLE.iter().filter(|it| **it != STRANGER) {
                self.house.sign_in(who, self.house.person(who));
            }
            *at = self.house.now();
        }
    }

    pub fn get(&self, who: &str, path: &str) -> Answer {
        if who == STRANGER { self.house.get_as_stranger(path) } else { self.house.get(who, path) }
    }

    pub fn post(&self, who: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        if who == STRANGER { self.house.post_as_stranger(path, fields) } else { self.house.post(who, path, fields) }
    }

    pub fn rows<T: FromRow + Send + 'static>(&self, sql: &'static str) -> Vec<T> {
        self.house.read(move |tx| Ok(tx.query(&Query::new(sql))?))
    }

    /// The letters since the last look, as they lie in their envelopes; later they say nothing.
    pub fn new_letters(&self) -> Vec<String> {
        let mut last = self.last_letter.lock().unwrap_or_else(PoisonError::into_inner);
        let since = *last;
        let letters = self.house.read(move |tx| Ok(platform::outbox::after(tx, since)?));
        *last = letters.last().map_or(since, |it| it.id);
        let letters = letters.into_iter();
        letters
            .map(|it| format!("{} to {}\n{}\n{}\n{}", it.letter, it.to_address, it.queued_at, it.subject, it.text))
            .collect()
    }
}

/// Every part of an answer that reaches somebody. The question to a passkey is drawn by the
/// system and not by the seed, so it alone is left out.
pub fn seen(answer: Answer) -> Vec<String> {
    let mut seen = vec![answer.status.to_string()];
    seen.extend(answer.headers.iter().map(|(name, value)| format!("{name}: {value}")));
    let body = match answer.body.split_once("\"challenge\":\"") {
        Some((before, rest)) => format!("{before}{}", rest.split_once('"').map_or("", |it| it.1)),
        None => answer.body.clone(),
    };
    seen.extend(body.lines().map(str::to_owned));
    if answer.body.len() != answer.bytes.len() || answer.body.contains('\u{fffd}') {
        seen.push(format!("{:?}", answer.bytes));
    }
    seen
}

/// The same without what a house draws: where there is one record more in one world, all
/// that is drawn later is another, and says nothing of what is in it.
pub fn without_what_is_drawn(line: &str) -> String {
    let is_of_a_name = |it: char| it.is_ascii_alphanumeric() || it == '-' || it == '_';
    let is_id = |part: &str| part.len() == 32 && part.chars().all(|it| it.is_ascii_hexdigit());
    let shown = |word: &str| match word.len() {
        43 => "…".to_owned(),
        _ => word.split('-').map(|part| if is_id(part) { "…" } else { part }).collect::<Vec<_>>().join("-"),
    };
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(start) = rest.find(is_of_a_name) {
        let (before, from) = rest.split_at(start);
        let (word, after) = from.split_at(from.find(|it| !is_of_a_name(it)).unwrap_or(from.len()));
        text.push_str(before);
        text.push_str(&shown(word));
        rest = after;
    }
    text.push_str(rest);
    if text.starts_with("etag: ") { String::new() } else { text }
}

/// Ana had another mentor once and another liaison, and somebody was a mentee for a while.
fn people_of_before(house: &House) -> duos::Duo {
    let flora = house.person("flora");
    let (before, cohort) = (pair(house, "flora", "ana"), house.cohort);
    house.write(move |tx| {
        let _ = duos::end(tx, &before, flora, "")?;
        program::memberships::leave(tx, flora, cohort, Role::Mentor)
    });
    let fay = house.role_in_cohort("fay", Role::Mentee);
    house.write(move |tx| program::memberships::leave(tx, fay, cohort, Role::Mentee));
    let duo = pair(house, "mo", "ana");
    house.run_jobs();
    house.role("lena", Role::Liaison);
    house.post("fred", &format!("/desk/duos/{}/hand-over", duo.id), &[]).leads_to();
    let of_ana = duo.id;
    let (now, lena) = (house.read(move |tx| care::liaison_of(tx, of_ana)), house.person("lena"));
    assert_eq!(now.map(|it| it.person), Some(lena));
    duo
}

fn pair(house: &House, mentor: &str, mentee: &str) -> duos::Duo {
    let cohort = house.cohort;
    let (mentor, mentee) = (house.role_in_cohort(mentor, Role::Mentor), house.role_in_cohort(mentee, Role::Mentee));
    house.write(move |tx| {
        let id = duos::form(tx, cohort, mentor, mentee, "chosen", &[])?.unwrap();
        Ok(duos::duo(tx, id)?.unwrap())
    })
}

/// A house with all doors and its own frame around every page.
fn house(kind: &Kind) -> House {
    let database = Database::fresh(kind.clone());
    let clock = Clock::stopped_at(testing::FIRST_MORNING.parse().unwrap());
    let base_url = "http://duology.test";
    let ground = Ground::new(clock, Chance::seeded(11), Keyring::fresh(), base_url);
    let db = Db::open(&database.open(), ground).unwrap();
    let config = Config {
        base_url: base_url.to_owned(),
        mode: Mode::Serving,
        cost: Cost::PLAYING,
        smtp: None,
        trusted_proxies: Vec::new(),
        openid: None,
    };
    let app = App::new(db, config, crate::house::house());
    let cohort: Id =
        app.db.write(testing::set_up).unwrap_or_else(|failure: platform::doors::Failure| panic!("{failure}"));
    House::around(app, cohort, crate::house::doors(), database).unwrap()
}
