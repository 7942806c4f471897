//! A small world to test in: a house with its own database, a set-up program, an open
//! cohort and a stopped clock. Rooms take it as a dev-dependency; it never reaches the
//! binary.
//!
//! | what                                      | where         |
//! |-------------------------------------------|---------------|
//! | the house, its people and its time        | `lib.rs`      |
//! | databases of their own, on either kind    | `database.rs` |
//! | requests and answers                      | `knock.rs`    |
//! | the same over TCP, at a real address      | `live.rs`     |
//! | a provider of OpenID Connect              | `provider.rs` |
//! | all that the database holds               | `contents.rs` |
//! | models beside the program                 | `models.rs`   |

mod contents;
mod database;
mod knock;
mod live;
pub mod models;
pub mod provider;

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use axum::Router;
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, date},
};
use platform::{
    app::{App, Config, House as Hooks, Mode},
    chance::Chance,
    clock::Clock,
    doors::{Doors, Failure},
    identity::{self, Strength},
    ids::Id,
    jobs::Job,
    keys::Keyring,
    outbox,
    passwords::Cost,
    storage::{Db, Ground, Tx},
    visit::Visit,
};
use policy::Role;

pub use contents::contents;
pub use database::{Database, Kind};
pub use knock::Answer;
pub use live::Live;

/// The program of every small world, and its open cohort.
pub fn set_up(tx: &mut Tx) -> Result<Id, Failure> {
    let (zone, email) = ("America/Chicago", "office@example.org");
    program::cohorts::add_program(tx, "Library Association", "Formal Mentoring", zone, email)?;
    open_cohort(tx, "2026–27", date(2026, 6, 25), 25)
}

/// A cohort that is open, with the usual days around its annual meeting.
pub fn open_cohort(tx: &mut Tx, name: &str, annual_meeting: Date, places: i64) -> Result<Id, Failure> {
    let (midwinter, next_annual_meeting, begun_from) = (None, None, None);
    let new = program::cohorts::NewCohort { name, annual_meeting, midwinter, next_annual_meeting, places, begun_from };
    let cohort = program::cohorts::add(tx, &new, None)?;
    program::cohorts::open(tx, cohort, None)?;
    Ok(cohort)
}

/// The morning on which every small world begins, within the call for mentees.
pub const FIRST_MORNING: &str = "2026-02-20T10:00:00Z";

pub struct House {
    pub app: App,
    /// An open cohort whose annual meeting begins on 25 June 2026.
    pub cohort: Id,
    people: Mutex<HashMap<String, Person>>,
    doors: Doors,
    router: Mutex<Router>,
    runtime: tokio::runtime::Runtime,
    database: Database,
}

#[derive(Clone)]
struct Person {
    id: Id,
    token: String,
    /// When the sign-in last began anew. Never again for somebody who is to show who they are.
    renewed: Option<Timestamp>,
}

/// Runs every journey twice, once per database. `doors` is what the house opens, `jobs`
/// (an expression of type `fn() -> Vec<Job>`) what it does by itself.
#[macro_export]
macro_rules! on_both_databases {
    ($doors:expr; $jobs:expr; $($(#[$meta:meta])* $journey:ident)*) => {
        mod sqlite { $(
            $(#[$meta])*
            #[test]
            fn $journey() {
                super::$journey(&$crate::House::open($crate::Kind::Sqlite, $doors, $jobs).unwrap());
            }
        )* }
        mod postgres { $(
            $(#[$meta])*
            #[test]
            fn $journey() {
                let name = concat!(module_path!(), "::", stringify!($journey));
                if let Some(kind) = $crate::postgres_or_note(name) {
                    super::$journey(&$crate::House::open(kind, $doors, $jobs).unwrap());
                }
            }
        )* }
    };
}

/// PostgreSQL, when `TEST_POSTGRES` names a server. Without one the test is noted in
/// the file that `SKIPPED_TESTS` names, which `cargo xtask test` counts and names; in CI it
/// fails.
pub fn postgres_or_note(test: &str) -> Option<Kind> {
    if let Ok(server) = std::env::var("TEST_POSTGRES") {
        return Some(Kind::Postgres { server });
    }
    assert!(std::env::var("CI").is_err(), "TEST_POSTGRES is not set: {test} would be skipped");
    use std::io::Write;
    let here = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/skipped.txt");
    let file = std::env::var("SKIPPED_TESTS").unwrap_or_else(|_| here.to_owned());
    if let Ok(mut out) = std::fs::OpenOptions::new().create(true).append(true).open(file) {
        let _ = writeln!(out, "{test}");
    }
    None
}

impl House {
    /// A house with a program, an open cohort, and nobody in it.
    pub fn open(kind: Kind, doors: Doors, jobs: fn() -> Vec<Job>) -> Result<Self, Failure> {
        let house = Self::open_empty(kind, doors, jobs)?;
        let cohort = house.write(set_up);
        Ok(Self { cohort, ..house })
    }

    /// A house around an app that stands already, such as that of a year that was played.
    pub fn around(app: App, cohort: Id, doors: Doors, database: Database) -> Result<Self, Failure> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        let runtime = runtime.map_err(|error| platform::storage::StorageError::Other(error.to_string()))?;
        let router = Mutex::new(doors.clone().open(app.clone()));
        Ok(Self { app, cohort, people: Mutex::default(), doors, router, runtime, database })
    }

    /// A house before its set-up.
    pub fn open_empty(kind: Kind, doors: Doors, jobs: fn() -> Vec<Job>) -> Result<Self, Failure> {
        let database = Database::fresh(kind);
        let clock = Clock::stopped_at(FIRST_MORNING.parse().unwrap_or_default());
        let chance = Chance::seeded(1);
        let base_url = "http://duology.test";
        let ground = Ground::new(clock, chance, Keyring::fresh(), base_url);
        let db = Db::open(&database.open(), ground)?;
        let config = Config {
            base_url: base_url.to_owned(),
            mode: Mode::Development,
            cost: Cost::PLAYING,
            smtp: None,
            trusted_proxies: Vec::new(),
            openid: None,
        };
        let app = App::new(db, config, Hooks { subject: program::subject, frame, jobs });
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        let runtime = runtime.map_err(|error| platform::storage::StorageError::Other(error.to_string()))?;
        let router = doors.clone().open(app.clone());
        let router = Mutex::new(router);
        Ok(Self { app, cohort: Id::default(), people: Mutex::default(), doors, router, runtime, database })
    }

    /// The same house in another process, or after a start: it shares the database and the
    /// clock, and remembers nothing else.
    pub fn beside(&self) -> Self {
        let database = Database::standing(self.database.url().to_owned());
        let Ground { clock, keyring, base_url, .. } = self.app.db.ground.clone();
        let ground = Ground::new(clock, Chance::seeded(2), keyring, &base_url);
        let db = Db::open(&self.database.open(), ground).unwrap_or_else(|error| panic!("beside a house: {error}"));
        let app = App::new(db, (*self.app.config).clone(), self.app.house);
        Self::around(app, self.cohort, self.doors.clone(), database)
            .unwrap_or_else(|failure| panic!("beside a house: {failure}"))
    }

    /// Opens the same house anew with another configuration.
    pub fn configure(&self, change: impl FnOnce(&mut Config)) {
        let mut config = (*self.app.config).clone();
        change(&mut config);
        let app = App::new(self.app.db.clone(), config, self.app.house);
        *self.router.lock().unwrap_or_else(PoisonError::into_inner) = self.doors.clone().open(app);
    }

    /// A person with an account, signed in. "anna" is Anna Anderson, anna@example.org.
    pub fn person(&self, who: &str) -> Id {
        if let Some(person) = self.find(who) {
            return person.id;
        }
        let (name, email) = (full_name(who), format!("{who}@example.org"));
        let id = self.write(move |tx| Ok(identity::add(tx, &name, &email, None)?));
        self.sign_in(who, id);
        id
    }

    /// Lets requests of `who` bear a sign-in of this account.
    pub fn sign_in(&self, who: &str, id: Id) {
        self.sign_in_with(who, id, Strength::TwoFactors);
    }

    /// The same with a password alone.
    pub fn sign_in_with(&self, who: &str, id: Id, strength: Strength) {
        let token = self.write(move |tx| Ok(identity::sign_in(tx, id, "test", strength)?));
        let person = Person { id, token, renewed: Some(self.now()) };
        self.people.lock().unwrap_or_else(PoisonError::into_inner).insert(who.to_owned(), person);
    }

    /// Lets the proof of `who` grow old: doors that ask again do so from now on.
    pub fn let_proof_grow_old(&self, who: &str) {
        let token = self.token(who);
        if let Some(person) = self.people.lock().unwrap_or_else(PoisonError::into_inner).get_mut(who) {
            person.renewed = None;
        }
        self.write(move |tx| {
            let bearer = identity::bearer(tx, &token)?.ok_or(Failure::SignInFirst)?;
            let at = tx.now() - identity::PROOF_LASTS;
            for sign_in in identity::sign_ins(tx, &policy::house(), bearer.id)? {
                identity::prove(tx, sign_in.id, at)?;
            }
            Ok(())
        });
    }

    /// Gives a role in the whole program.
    pub fn role(&self, who: &str, role: Role) -> Id {
        let id = self.person(who);
        self.write(move |tx| program::enrol(tx, id, None, role));
        id
    }

    /// Gives a role in the open cohort.
    pub fn role_in_cohort(&self, who: &str, role: Role) -> Id {
        let (id, cohort) = (self.person(who), self.cohort);
        self.write(move |tx| program::enrol(tx, id, Some(cohort), role));
        id
    }

    pub fn write<T: Send + 'static>(&self, work: impl FnMut(&mut Tx) -> Result<T, Failure> + Send + 'static) -> T {
        self.app.db.write(work).unwrap_or_else(|failure| panic!("in a test world: {failure}"))
    }

    pub fn read<T: Send + 'static>(&self, work: impl FnMut(&mut Tx) -> Result<T, Failure> + Send + 'static) -> T {
        self.app.db.read(work).unwrap_or_else(|failure| panic!("in a test world: {failure}"))
    }

    pub fn now(&self) -> Timestamp {
        self.app.db.ground.clock.now()
    }

    /// Moves the clock to a moment such as `2026-05-04T10:00:00Z`, never back.
    pub fn at(&self, moment: &str) {
        let moment: Timestamp = moment.parse().unwrap_or_else(|error| panic!("{moment}: {error}"));
        self.app.db.ground.clock.advance_to(moment);
    }

    pub fn days(&self, days: i64) {
        self.app.db.ground.clock.advance(SignedDuration::from_hours(24 * days));
    }

    /// Runs all jobs until nothing is left to do. A job that fails fails the test.
    pub fn run_jobs(&self) -> usize {
        let run = self.app.run_jobs();
        assert_eq!(run.failed, [], "jobs failed");
        run.done
    }

    /// All letters, oldest first.
    pub fn letters(&self) -> Vec<outbox::Queued> {
        let mut letters = self.read(|tx| Ok(outbox::newest(tx, 100_000, 0)?));
        letters.reverse();
        letters
    }

    pub fn letters_to(&self, who: &str) -> Vec<outbox::Queued> {
        let address = format!("{who}@example.org");
        self.letters().into_iter().filter(|letter| letter.to_address == address).collect()
    }

    /// The names of the letters to someone, oldest first.
    pub fn letter_names_to(&self, who: &str) -> Vec<String> {
        self.letters_to(who).into_iter().map(|letter| letter.letter).collect()
    }

    /// The path of the first link in a letter that leads to this house.
    pub fn link_in(&self, letter: &outbox::Queued) -> String {
        self.links_in(letter).into_iter().next().unwrap_or_else(|| panic!("no link in: {}", letter.text))
    }

    pub fn links_in(&self, letter: &outbox::Queued) -> Vec<String> {
        let base = &self.app.config.base_url;
        let links = letter.text.split(base.as_str()).skip(1);
        links
            .map(|rest| {
                rest.split(char::is_whitespace).next().unwrap_or_default().trim_end_matches(['.', ',', ')']).to_owned()
            })
            .collect()
    }

    /// Who opened what is somebody's, the newest first: "Dora Diaz: application".
    pub fn readings_of(&self, who: &str) -> Vec<String> {
        let person = self.person(who);
        let subject = policy::Subject { person: Some(person.number()), ..policy::Subject::default() };
        let Some(own) = policy::grant(&subject, &policy::Facts::of_program().own(true)) else { return Vec::new() };
        let seen = self.read(move |tx| Ok(platform::audit::readings_of(tx, &own, 100)?));
        seen.into_iter().map(|it| format!("{}: {}", it.reader.unwrap_or_default(), it.record)).collect()
    }

    /// Takes the audit away, so that nothing can be noted in it any more.
    pub fn break_audit(&self) {
        let text = "alter table audit rename to audit_taken_away";
        let sql = platform::storage::Sql { name: "BREAK_AUDIT", module: "testing", sqlite: text, postgres: text };
        self.write(move |tx| Ok(tx.exec(&sql, &[])?));
    }

    /// Where SQLite keeps this house, to look for what must not be there in clear.
    pub fn file(&self) -> Option<&std::path::Path> {
        self.database.file()
    }

    fn find(&self, who: &str) -> Option<Person> {
        self.people.lock().unwrap_or_else(PoisonError::into_inner).get(who).cloned()
    }

    /// The secret of somebody's sign-in, for requests by hand; it grows old as anybody's does.
    pub fn secret_of(&self, who: &str) -> String {
        self.find(who).map_or_else(String::new, |it| it.token)
    }

    /// The secret of somebody's sign-in. The clock of a small world leaps, and nobody was
    /// away meanwhile: after a leap the sign-in begins anew.
    fn token(&self, who: &str) -> String {
        let Some(person) = self.find(who) else {
            panic!("{who} is not in this world; make them with house.person");
        };
        let token = person.token.clone();
        if person.renewed.is_some_and(|at| self.now().duration_since(at) > SignedDuration::from_mins(4)) {
            self.write(move |tx| Ok(identity::renew(tx, &token)?));
            let renewed = Person { renewed: Some(self.now()), ..person.clone() };
            self.people.lock().unwrap_or_else(PoisonError::into_inner).insert(who.to_owned(), renewed);
        }
        person.token
    }
}

/// "anna" becomes "Anna Anderson": an invented surname that begins alike.
pub fn full_name(who: &str) -> String {
    const SURNAMES: [&str; 26] = [
        "Anderson",
        "Bergmann",
        "Castillo",
        "Dubois",
        "Eriksen",
        "Fischer",
        "Garcia",
        "Haddad",
        "Ibrahim",
        "Jensen",
        "Kowalski",
        "Lindgren",
        "Martinez",
        "Nakamura",
        "Okafor",
        "Petrov",
        "Quintero",
        "Rossi",
        "Schmidt",
        "Tanaka",
        "Ueda",
        "Vargas",
        "Weber",
        "Xu",
        "Yamamoto",
        "Zielinski",
    ];
    let first = who.chars().next().unwrap_or('a').to_ascii_lowercase();
    let surname = SURNAMES.get((first as usize).saturating_sub('a' as usize)).unwrap_or(&"Anderson");
    let mut letters = who.chars();
    let capital: String = letters.next().map(|it| it.to_uppercase().collect()).unwrap_or_default();
    format!("{capital}{} {surname}", letters.as_str())
}

fn frame(_: &mut Tx, visit: &Visit) -> platform::storage::Result<shell::Frame> {
    Ok(shell::Frame {
        brand: "Formal Mentoring".to_owned(),
        path: visit.path.clone(),
        lang: "en".to_owned(),
        theme: visit.theme.clone(),
        person: visit.account.as_ref().map(|it| it.name.clone()),
        ..shell::Frame::default()
    })
}
