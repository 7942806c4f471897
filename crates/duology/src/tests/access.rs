//! Every door, knocked at by everyone, for every record there is: the matrix as it is kept.
//!
//! The world is a year that was played, halfway through its session, with a second cohort
//! and with people whom no year has by itself: a chair who mentors, a liaison who was
//! replaced, somebody whose account is disabled. What each should find is read from
//! `access-matrix.csv` a second time, by `oracle.py`, which shares no code with us. That
//! the test can fail is shown by `cargo xtask sabotage`, which takes away one guard of the
//! house after the other; with `ACCESS_STOP_EARLY` set it stops at the first mismatch.

mod asked;
mod concerns;
mod desks;
mod gone;
mod judging;
mod lists;
mod live;
mod people;
pub(super) mod planted;
mod published;
mod records;
mod statuses;
mod written;

use std::{
    io::Write,
    process::{Command, Stdio},
    sync::atomic::{AtomicBool, Ordering},
    time::Instant,
};

use axum::http::Method;
use jiff::civil::date;
use platform::{
    app::{App, Mode},
    doors::Door,
    ids::Id,
};
use serde::Deserialize;
use serde_json::{Value, json};
use testing::{Answer, Database, House, Kind, Live, postgres_or_note};

use self::{
    judging::{Missing, Places, by_door, knock_at},
    people::Person,
    planted::Word,
    records::Record,
};
use super::year::play;
use crate::{demo::Year, house::doors};

/// The house in which everyone knocks.
pub(super) struct World {
    house: House,
    people: Vec<Person>,
    records: Vec<Record>,
    /// What stands in one record each.
    words: Vec<Word>,
    /// Everyone\'s name, which stands in no address.
    names: Vec<String>,
    /// The names of those who take part in this cohort as a mentee or a mentor.
    participants: Vec<String>,
    /// Where it is knocked, if not inside this process.
    live: Option<Live>,
}

impl World {
    /// The year of `seed`, halfway through its session.
    fn new(kind: Kind) -> Self {
        let (app, player, _, database) = play(kind, Year::ending(date(2027, 3, 20), 7, 6));
        assert_eq!(player.complaints, Vec::<String>::new());
        Self::around(app, player.cohort, database)
    }

    fn around(app: App, cohort: Id, database: Database) -> Self {
        let house = House::around(app, cohort, doors(), database).unwrap();
        as_for_real_people(&house);
        let people = people::all(&house);
        let mut words = planted::words(&house, &people);
        planted::openings(&house, &people);
        desks::conflicts(&house, &people);
        planted::a_pair(&house, &people);
        desks::plant(&house, &people);
        let told = concerns::planted(&house, &people, &mut words);
        let gone = gone::all(&house, &people);
        let mut records = records::all(&house);
        records.extend(told);
        records.extend(gone);
        // What is planted last begins a cohort of its own.
        records.extend(planted::records(&house, &people, &words));
        let on_desks = desks::records(&house, &people, &records);
        records.extend(on_desks);
        words.extend(written::all(&house, &people, &records, words.len()));
        let (names, participants) = (judging::names(&house), judging::participants(&house));
        Self { house, people, records, words, names, participants, live: None }
    }

    /// Forgets how often somebody has asked.
    fn begin_anew(&self) {
        as_for_real_people(&self.house);
    }

    fn place_of(&self, person: &Person) -> usize {
        self.people.iter().position(|it| std::ptr::eq(it, person)).unwrap_or_default()
    }

    fn knock(&self, person: &Person, method: &Method, path: &str) -> Answer {
        self.send(person, method, path, "")
    }

    /// The same with a form.
    fn send(&self, person: &Person, method: &Method, path: &str, body: &str) -> Answer {
        let (token, form) = (person.token.as_deref(), Some("application/x-www-form-urlencoded"));
        match (&self.live, &person.bearer) {
            (Some(live), Some(secret)) => live.bear(method, path, secret),
            (Some(live), None) => live.knock(method, path, token, form, body.as_bytes()),
            (None, Some(secret)) => self.house.bear(method.clone(), path, secret),
            (None, None) => self.house.knock(method.clone(), path, token, form, body.as_bytes().to_vec()),
        }
    }
}

/// A demo asks nobody for a second factor.
fn as_for_real_people(house: &House) {
    house.configure(|config| config.mode = Mode::Development);
}

/// One knock: who, at which door, for which record.
struct Cell<'a> {
    door: &'a Door,
    person: &'a Person,
    record: Option<&'a Record>,
}

impl Cell<'_> {
    fn path(&self) -> String {
        let value = |name: &str| match self.record.and_then(|it| it.value(name)) {
            Some(value) => value.to_owned(),
            None => records::constant(self.door, name).to_owned(),
        };
        let parts =
            self.door.path.split('/').map(|part| match part.strip_prefix('{').and_then(|it| it.split_once('}')) {
                Some((name, rest)) => format!("{}{rest}", value(name)),
                None => part.to_owned(),
            });
        parts.collect::<Vec<_>>().join("/")
    }

    fn words(&self, answer: &Answer) -> String {
        let record = self.record.map_or("nothing", |it| it.name.as_str());
        format!(
            "{} {} as {} on {record}: {} {}",
            self.door.method, self.door.path, self.person.name, answer.status, answer.to
        )
    }
}

/// All knocks with what the second reading of the matrix expects of them.
struct Round<'a> {
    cells: Vec<Cell<'a>>,
    expected: Expected,
    places: Places,
}

#[derive(Deserialize)]
struct Expected {
    cells: Vec<String>,
    /// For each planted word, who may read it.
    words: Vec<Vec<bool>>,
}

impl<'a> Round<'a> {
    fn of(world: &'a World, doors: &'a [Door]) -> Self {
        Self::among(world, doors, cells(world, doors))
    }

    fn among(world: &World, doors: &[Door], cells: Vec<Cell<'a>>) -> Self {
        Self { expected: expectations(world, doors, &cells), places: judging::places(world, &cells), cells }
    }

    /// What stands behind an address, for this person.
    fn behind(&self, person: usize, method: &Method, path: &str) -> Option<usize> {
        self.places.get(&(person, method.clone(), path.to_owned())).copied()
    }

    /// In which order to knock: door by door, or everywhere a little when the first thing
    /// that is wrong is enough.
    fn order(&self, hurried: bool) -> Vec<usize> {
        let step = if hurried { 211 } else { 1 };
        (0..step).flat_map(|start| (start..self.cells.len()).step_by(step)).collect()
    }
}

fn expectations(world: &World, doors: &[Door], cells: &[Cell]) -> Expected {
    let place = |list: &[Record], one: &Record| list.iter().position(|it| std::ptr::eq(it, one));
    let cells: Vec<Value> = cells
        .iter()
        .map(|cell| {
            let door = doors.iter().position(|it| std::ptr::eq(it, cell.door));
            let person = world.people.iter().position(|it| std::ptr::eq(it, cell.person));
            json!([door, person, cell.record.and_then(|it| place(&world.records, it))])
        })
        .collect();
    let described = json!({
        "doors": doors.iter().map(|it| format!("{} {}", it.method, it.path)).collect::<Vec<_>>(),
        "people": world.people.iter().map(Person::described).collect::<Vec<_>>(),
        "records": world.records.iter().map(|it| &it.described).collect::<Vec<_>>(),
        "words": world.words.iter().map(|it| &it.described).collect::<Vec<_>>(),
        "cells": cells,
        "current": world.house.cohort.to_string(),
        // Duos are confirmed long ago, the lists are closed, and the session runs.
        "selection_runs": false, "directory_is_open": true, "lists_are_closed": true,
    });
    let here = concat!(env!("CARGO_MANIFEST_DIR"), "/src/tests/access/oracle.py");
    let matrix = concat!(env!("CARGO_MANIFEST_DIR"), "/../policy/access-matrix.csv");
    let mut oracle = Command::new("python3")
        .args([here, matrix])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 reads the matrix a second time; install it with `apt install python3`");
    oracle.stdin.take().unwrap().write_all(described.to_string().as_bytes()).unwrap();
    let answer = oracle.wait_with_output().unwrap();
    assert!(answer.status.success(), "the oracle stopped");
    serde_json::from_slice(&answer.stdout).unwrap()
}

/// Every cell: each door, each person, each record that fits into its path.
fn cells<'a>(world: &'a World, doors: &'a [Door]) -> Vec<Cell<'a>> {
    let mut cells = Vec::new();
    for door in doors {
        let kind = records::kind_of(door);
        for person in &world.people {
            match kind {
                None => cells.push(Cell { door, person, record: None }),
                Some(kind) => {
                    let fitting = world.records.iter().filter(|it| it.kind == kind && it.is_behind(door.path));
                    cells.extend(fitting.map(|record| Cell { door, person, record: Some(record) }));
                }
            }
        }
    }
    cells
}

/// Knocks at every cell and says where an answer is not what the matrix gives.
fn mismatches(world: &World, round: &Round, hurried: bool) -> Vec<String> {
    world.house.app.db.rehearse(true);
    let wrong = mismatches_among(world, round, &round.order(hurried), hurried);
    world.house.app.db.rehearse(false);
    wrong
}

/// The same at these cells, whatever becomes of what is sent.
fn mismatches_among(world: &World, round: &Round, order: &[usize], hurried: bool) -> Vec<String> {
    let missing = Missing::of(world);
    let over = AtomicBool::new(false);
    let knock = |part: &[usize]| {
        let mut wrong = Vec::new();
        for cell in part {
            wrong.extend(knock_at(world, round, *cell, &missing));
            over.fetch_or(hurried && !wrong.is_empty(), Ordering::Relaxed);
            if over.load(Ordering::Relaxed) {
                break;
            }
        }
        wrong
    };
    std::thread::scope(|scope| {
        let parts = order.chunks(order.len().div_ceil(AT_ONCE).max(1)).map(|part| scope.spawn(|| knock(part)));
        let parts: Vec<_> = parts.collect();
        parts.into_iter().flat_map(|part| part.join().unwrap()).collect()
    })
}

/// Those whom confidentiality.md names: a house in which one of them is missing tells
/// nothing of them.
const NAMED: &[&str] = &[
    "a stranger",
    "nobody",
    "applicant",
    "waiting",
    "not-taken",
    "nominee",
    "nominator",
    "mentee of A",
    "mentee of B",
    "mentee-without-duo",
    "mentee who withdrew from E",
    "mentor of A",
    "mentor of B",
    "mentor-without-duo",
    "mentor-of-the-last-session",
    "liaison of A",
    "liaison of B",
    "liaison who handed A over",
    "former-liaison",
    "council",
    "council who mentors in C",
    "chair",
    "chair who mentors in D",
    "deputy",
    "staff",
    "board",
    "alumna",
    "invited",
    "disabled",
    "chair-of-another-cohort",
    "a token for the roster",
];

/// How many cells there are at least.
const LEAST: usize = 35_000;
/// How often pages are asked for words, orders and parts, and how often what was planted is
/// found by somebody who may read it.
const LEAST_ASKED: usize = 5_000;
const LEAST_FOUND: usize = 2;
/// How many knock at once: more than there are processors, as each waits for the database.
const AT_ONCE: usize = 6;

fn everyone_finds_what_the_matrix_gives(kind: Kind) {
    let began = Instant::now();
    let name = if matches!(kind, Kind::Sqlite) { "SQLite" } else { "PostgreSQL" };
    let world = World::new(kind);
    let doors = doors();
    let round = Round::of(&world, doors.list());
    let ready = began.elapsed();
    let wrong = mismatches(&world, &round, std::env::var_os("ACCESS_STOP_EARLY").is_some());
    world.house.app.db.rehearse(true);
    let (asked, more) = asked::wrong(&world, &round);
    let lists = lists::wrong(&world, &round);
    world.house.app.db.rehearse(false);
    let wrong: Vec<String> = wrong.into_iter().chain(more).chain(lists).collect();
    let knocks = round.cells.len() + asked[0];
    // `cargo xtask access` reads this line.
    println!(
        "C-02 on {name}: {} people, {knocks} cells, {} statements, {:.1} s, of which the world took {:.1} s",
        world.people.len(),
        world.house.app.db.statements(),
        began.elapsed().as_secs_f64(),
        ready.as_secs_f64()
    );
    assert!(wrong.is_empty(), "{} of {knocks} knocks: {:#?}", wrong.len(), by_door(&wrong));
    for name in NAMED {
        assert!(world.people.iter().any(|it| it.name == *name), "{name} does not knock");
    }
    assert!(round.cells.len() >= LEAST && asked[0] >= LEAST_ASKED, "only {} cells, {asked:?} asked", round.cells.len());
    assert!(asked[1] >= LEAST_FOUND, "who may read something finds it {} times", asked[1]);
    for (word, readers) in world.words.iter().zip(&round.expected.words) {
        let many = readers.iter().filter(|it| **it).count();
        assert!(many < world.people.len() / 2, "{} may be read by {many}: planted there, it tells little", word.name);
    }
}

// C-02, V-01, V-02, V-26
#[test]
fn everyone_finds_what_the_matrix_gives_on_sqlite() {
    everyone_finds_what_the_matrix_gives(Kind::Sqlite);
}

// C-02
#[test]
fn everyone_finds_what_the_matrix_gives_on_postgresql() {
    if let Some(kind) = postgres_or_note("everyone_finds_what_the_matrix_gives_on_postgresql") {
        everyone_finds_what_the_matrix_gives(kind);
    }
}
