//! `cargo xtask bench`: how fast the house answers, what it needs for that, and whether
//! that is enough. On SQLite and on PostgreSQL, both waiting for the disk as they do for
//! real people.
//!
//! | what | where |
//! |---|---|
//! | what is measured, and what is to be reached | `bench.rs`, `bench/goals.rs` |
//! | houses full of people, and one process that serves one of them | `bench/house.rs` |
//! | many requests over a few connections | `bench/load.rs` |
//! | time and memory of processes | `bench/process.rs` |
//! | whether answers tell which addresses are known | `bench/enumeration.rs` |
//! | the year of a demo | `bench/year.rs` |
//! | a crowd that presses Submit at the same moment | `bench/crowd.rs` |
//! | pairing beside SciPy and `matching` | `bench/pairing.rs` |
//! | the machine, in words | `bench/host.rs` |

mod crowd;
mod enumeration;
mod goals;
mod host;
mod house;
mod load;
mod pairing;
mod process;
mod year;

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, Result, bail, ensure};

use crate::{
    machine,
    postgres::{self, Postgres},
};
use goals::Board;
use house::{House, Made};
use load::{Load, Measured, Request};

/// How much is measured, and with which programs.
pub struct Wish {
    quick: bool,
    /// Whether figures alone are wanted, so that what is not reached is no failure.
    is_report: bool,
    /// Part of a scene's name; empty for all.
    only: String,
    profile: String,
    /// `sqlite`, `postgres` or empty for both.
    database: String,
    programs: PathBuf,
    is_to_build: bool,
    /// Where houses stand while they are measured.
    folder: PathBuf,
}

impl Wish {
    fn wants(&self, scene: &str) -> bool {
        scene.contains(&self.only)
    }

    fn of(&self, many: usize, quick: usize) -> usize {
        if self.quick { quick } else { many }
    }
}

pub fn run(root: &Path, words: &[&str]) -> Result<bool> {
    let wish = wish(root, words)?;
    let is_pairing_alone = wish.only == "pairing";
    if wish.is_to_build && !is_pairing_alone {
        build(root, &wish)?;
    }
    fs::create_dir_all(&wish.folder).with_context(|| format!("{} cannot be made", wish.folder.display()))?;
    let mut board = Board::default();
    println!("{}", host::words());
    if wish.wants("pairing") {
        pairing::measure(root, &wish, &mut board)?;
    }
    if wish.database != "postgres" && !is_pairing_alone {
        on(&wish, "SQLite", None, &mut board)?;
    }
    if wish.database != "sqlite" && !is_pairing_alone {
        match postgres::ensure_installed() {
            Ok(programs) => {
                let postgres = Postgres::start_durable(&programs)?;
                on(&wish, "PostgreSQL", Some(&postgres), &mut board)?;
            }
            Err(missing) => println!("PostgreSQL was not measured: {missing:#}"),
        }
    }
    if wish.wants("size") {
        let bytes = fs::metadata(wish.programs.join("duology"))?.len();
        board.figure("–", "the program's size", bytes as f64 / 1e6, "MB", 40.0);
    }
    fs::remove_dir_all(&wish.folder).with_context(|| format!("{} cannot be removed", wish.folder.display()))?;
    println!("\n{}\n{}", board.table(), host::load_words());
    for miss in board.misses() {
        println!("not reached: {miss}");
    }
    Ok(wish.is_report || board.misses().is_empty())
}

/// The crowd, so many times on each database. True when every run ended as it must.
pub fn crowd(root: &Path, words: &[&str]) -> Result<bool> {
    let (runs, words) = match words {
        ["--runs", runs, rest @ ..] => (runs.parse().context("--runs takes a whole number")?, rest),
        rest => (100, rest),
    };
    let wish = wish(root, words)?;
    if wish.is_to_build {
        build(root, &wish)?;
    }
    fs::create_dir_all(&wish.folder)?;
    let mut right = 0;
    let mut wanted = 0;
    if wish.database != "postgres" {
        wanted += runs;
        right += crowd::runs(&wish, "SQLite", None, runs)?;
    }
    if wish.database != "sqlite" {
        wanted += runs;
        let postgres = Postgres::start_durable(&postgres::ensure_installed()?)?;
        right += crowd::runs(&wish, "PostgreSQL, two processes", Some(&postgres), runs)?;
    }
    fs::remove_dir_all(&wish.folder)?;
    Ok(right == wanted)
}

fn wish(root: &Path, words: &[&str]) -> Result<Wish> {
    let mut wish = Wish {
        quick: false,
        is_report: false,
        only: String::new(),
        profile: "release".to_owned(),
        database: String::new(),
        programs: PathBuf::new(),
        is_to_build: true,
        folder: machine::target(root).join(format!("bench-{}", std::process::id())),
    };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let mut value = || words.next().map(|it| (*it).to_owned()).with_context(|| format!("{word} needs a value"));
        match *word {
            "--quick" => wish.quick = true,
            "--report" => wish.is_report = true,
            "--only" => wish.only = value()?,
            "--profile" => wish.profile = value()?,
            "--database" => wish.database = value()?,
            "--programs" => wish.programs = PathBuf::from(value()?),
            other => bail!(
                "cargo xtask bench knows --quick, --report (figures alone: what is not reached fails nothing), --only <part of a name>, --database sqlite|postgres, --profile <name> and --programs <folder with what is built already>, not `{other}`"
            ),
        }
    }
    wish.is_to_build = wish.programs.as_os_str().is_empty();
    if wish.is_to_build {
        wish.programs = machine::target(root).join(&wish.profile);
    }
    Ok(wish)
}

/// Builds the program as it is given away, and the one that fills houses for it.
fn build(root: &Path, wish: &Wish) -> Result<()> {
    let mut cargo = machine::cargo(root);
    cargo.args([
        "build",
        "-p",
        "duology",
        "--bin",
        "duology",
        "--example",
        "fill",
        "--example",
        "inside",
        "--profile",
        &wish.profile,
    ]);
    ensure!(cargo.status()?.success(), "the program cannot be built");
    Ok(())
}

fn on(wish: &Wish, database: &'static str, postgres: Option<&Postgres>, board: &mut Board) -> Result<()> {
    let mut spent = Vec::new();
    for many in [1_000, 10_000, 100_000] {
        let scene = format!("directory {many}");
        if wish.wants(&scene)
            || (many == 1_000 && ["profile", "sign-in", "start", "idle"].iter().any(|it| wish.wants(it)))
        {
            let one = read(wish, database, postgres, wish.of(many, many / 10), many == 1_000, board)?;
            spent.push((many, one));
        }
    }
    if let [.., (10_000, smaller), (100_000, larger)] = spent.as_slice() {
        let what = "directory: ten times the mentors, p50 of one reader";
        board.figure(database, what, larger.p50_ms / smaller.p50_ms, "×", 2.0);
        let what = "directory: ten times the mentors, CPU a request";
        board.figure(database, what, larger.cpu_ms / smaller.cpu_ms, "×", 2.0);
    }
    if wish.wants("submission") {
        submit(wish, database, postgres, board)?;
    }
    if wish.wants("enumeration") {
        enumeration::run(wish, database, postgres, board)?;
    }
    if wish.wants("audit") {
        let entries = wish.of(1_000_000, 20_000);
        let house = House::fill(wish, postgres, &["--entries", &entries.to_string()])?;
        let seconds = house.verify_audit()?;
        let goal = if database == "SQLite" { 5.0 * entries as f64 / 1e6 } else { f64::INFINITY };
        board.figure(database, &format!("audit verify, {entries} entries"), seconds, "s", goal);
        board.figure(database, "… entries a millisecond", entries as f64 / seconds / 1000.0, "", f64::INFINITY);
    }
    if wish.wants("inside") {
        inside(wish, database, postgres, board)?;
    }
    if wish.wants("keys") {
        let keys = wish.of(10_000, 500);
        let house = House::fill(wish, postgres, &["--keys", &keys.to_string()])?;
        let goal = if database == "SQLite" { 5.0 } else { f64::INFINITY };
        board.figure(database, &format!("key rotate, {keys} data keys"), house.rotate_keys()?, "s", goal);
    }
    if wish.wants("roster") {
        roster(wish, database, postgres, board)?;
    }
    for duos in [25, 500] {
        if wish.wants(&format!("year {duos}")) {
            let duos = wish.of(duos, duos.min(25));
            let (seconds, peak) = year::play(wish, postgres, duos)?;
            let (most_seconds, most_memory) = if duos == 25 { (10.0, f64::INFINITY) } else { (60.0, 300.0) };
            let goal = if database == "SQLite" { (most_seconds, most_memory) } else { (f64::INFINITY, f64::INFINITY) };
            board.figure(database, &format!("the year of {duos} duos"), seconds, "s", goal.0);
            board.figure(database, &format!("the year of {duos} duos, peak memory"), peak, "MB", goal.1);
        }
    }
    Ok(())
}

/// What is read: the directory, and with the smallest one everything around it. Gives what
/// one reader of the directory waits for.
fn read(
    wish: &Wish,
    database: &'static str,
    postgres: Option<&Postgres>,
    many: usize,
    around: bool,
    board: &mut Board,
) -> Result<Measured> {
    let house = House::fill(wish, postgres, &["--mentors", &many.to_string()])?;
    let served = house.serve()?;
    let made = &house.made;
    let sqlite = database == "SQLite";
    let requests = wish.of(6_000, 600);
    let directory: Vec<Request> = directory_requests(made);
    served.sees(&directory, "<article class=\"person\">", if wish.quick { 1 } else { 50 })?;
    let most = match many {
        ..5_000 => Some(0.34),
        5_000..50_000 => Some(0.9),
        _ => None,
    };
    let measured = served.load(&Load::of(&directory, 200, 16, requests))?;
    board.load(database, &format!("directory of {many} mentors"), &measured, most.and_then(|most| goal(sqlite, most)));
    let alone = served.load(&Load::of(&directory, 200, 1, requests / 4))?;
    board.load(database, &format!("directory of {many} mentors, one reader"), &alone, None);
    if !around {
        return Ok(alone);
    }
    let profiles: Vec<Request> = cross(made, made.mentors.iter().map(|id| format!("/mentors/{id}")));
    board.load(database, "a profile", &served.load(&Load::of(&profiles, 200, 16, requests))?, None);
    let sign_ins = sign_in_requests(made);
    board.load(database, "sign-in", &served.load(&Load::of(&sign_ins, 303, 4, wish.of(400, 40)))?, None);
    drop(served);
    start(wish, database, &house, board)?;
    Ok(alone)
}

/// Decisions, sealing and opening, without a request around them.
fn inside(wish: &Wish, database: &str, postgres: Option<&Postgres>, board: &mut Board) -> Result<()> {
    let figures = House::inside(wish, postgres, wish.of(5_000_000, 50_000))?;
    let mut show = |name: &str, what: &str, unit: &str, most: f64| {
        let figure = figures.get(name).with_context(|| format!("`inside` does not say {name}"))?;
        board.figure(database, what, *figure, unit, most);
        anyhow::Ok(())
    };
    show("record", "a decision at a record", "ns", 1_000.0)?;
    show("door", "a decision at a door", "ns", 1_000.0)?;
    show("seal", "sealing 1,000 characters", "µs", 20.0)?;
    show("open", "opening 1,000 characters", "µs", 20.0)?;
    show("fifty", "fifty sealed notes of two people on a page, their keys included", "ms", 5.0)
}

/// A list of members is compared and applied twice: first everyone is new, then every
/// tenth is changed, gone or new.
fn roster(wish: &Wish, database: &'static str, postgres: Option<&Postgres>, board: &mut Board) -> Result<()> {
    let many = wish.of(100_000, 5_000);
    let house = House::fill(wish, postgres, &[])?;
    let line = |number: usize, address: &str| {
        format!("M{number},Person {number},person{number}@{address},good,2019,2027-12-31\n")
    };
    let first = "Member number,Name,E-mail,Standing,Joined,Expires\n";
    let all: String = (0..many).map(|number| line(number, "example.org")).collect();
    let other = |number: usize| match number % 30 {
        0 => line(number, "example.com"),
        10 => String::new(),
        20 => line(number, "example.org") + &line(many + number, "example.org"),
        _ => line(number, "example.org"),
    };
    let changed: String = (0..many).map(other).collect();
    let goal = if database == "SQLite" { 10.0 } else { f64::INFINITY };
    let new = house.import_roster(&format!("{first}{all}"))?;
    board.figure(database, &format!("roster, {many} new members compared and applied"), new, "s", goal);
    let again = house.import_roster(&format!("{first}{changed}"))?;
    board.figure(database, "… the same roster with every tenth line another", again, "s", goal);
    Ok(())
}

fn start(wish: &Wish, database: &'static str, house: &House, board: &mut Board) -> Result<()> {
    let sqlite = database == "SQLite";
    let mut times = Vec::new();
    let mut idle = Vec::new();
    for _ in 0..wish.of(9, 3) {
        let (served, took) = house.serve_timed()?;
        times.push(took.as_secs_f64() * 1000.0);
        std::thread::sleep(Duration::from_millis(1500));
        idle.push(served.memory()?);
    }
    let limit = |most: f64| if sqlite { most } else { f64::INFINITY };
    board.figure(database, "start to the first answer", median(&mut times), "ms", limit(100.0));
    board.figure(database, "memory when idle", median(&mut idle), "MB", limit(40.0));
    Ok(())
}

fn submit(wish: &Wish, database: &'static str, postgres: Option<&Postgres>, board: &mut Board) -> Result<()> {
    let many = wish.of(6_000, 300);
    let house = House::fill(wish, postgres, &["--applicants", &many.to_string()])?;
    let served = house.serve()?;
    let made = &house.made;
    let drafts: Vec<Request> =
        made.applicants.iter().map(|token| Request::post("/applications/mentee/check", &made.draft, token)).collect();
    let answers = served.collect(&drafts, 303)?;
    let (mut submissions, mut pages) = (Vec::new(), Vec::new());
    for (answer, token) in answers.iter().zip(&made.applicants) {
        let path = answer.to.strip_suffix("/check").context("a draft was not complete")?;
        submissions.push(Request::post(&format!("{path}/submission"), "", token));
        pages.push(Request::get(path, token));
    }
    served.settle()?;
    let mut load = Load::of(&submissions, 303, 32, many);
    load.warm_up = 0;
    load.once = true;
    let measured = served.load(&load)?;
    served.sees(&pages, ">accepted<", 1)?;
    let least = (database == "SQLite").then_some(2_700.0);
    board.rate(database, "a submission that takes a place", &measured, least);
    Ok(())
}

/// A word, a topic and a way to meet, as many as there are topics.
fn directory_requests(made: &Made) -> Vec<Request> {
    let words = ["lean years", "catalog", "moved", "once", "department"];
    let channels = ["video", "phone", "in person", "e-mail", "chat"];
    let pages = made.topics.iter().enumerate().map(|(place, topic)| {
        let (word, channel) = (words[place % words.len()], channels[place % channels.len()]);
        format!("/mentors?q={}&topic={}&channel={}", escaped(word), escaped(topic), escaped(channel))
    });
    cross(made, pages)
}

/// Every page by one of the readers in turn.
fn cross(made: &Made, pages: impl Iterator<Item = String>) -> Vec<Request> {
    let readers = made.readers.iter().cycle();
    pages.zip(readers).map(|(page, token)| Request::get(&page, token)).collect()
}

fn sign_in_requests(made: &Made) -> Vec<Request> {
    let body = |address: &String| format!("email={}&password={}", escaped(address), escaped(&made.password));
    made.addresses.iter().map(|address| Request::post("/sign-in", &body(address), "")).collect()
}

fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

fn goal(sqlite: bool, most_cpu: f64) -> Option<f64> {
    sqlite.then_some(most_cpu)
}

fn median(numbers: &mut [f64]) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or_default()
}
