//! The whole year, played through the doors: it comes to its end, leaves no job undone,
//! and repeats itself from its seed on either database.

use std::{
    hash::Hasher,
    path::PathBuf,
    sync::atomic::{AtomicUsize, Ordering},
};

use axum::{
    body::Body,
    http::{Method, Request},
};
use jiff::civil::date;
use platform::{
    app::{App, Mode},
    chance::Chance,
    clock::Clock,
    journal, outbox,
};
use testing::{Database, Kind, postgres_or_note};
use tower::ServiceExt;

use crate::{
    demo::{
        Year,
        play::{Player, Scanner},
        play_on, player_of,
    },
    open::{Wish, open},
};

pub(super) const BASE_URL: &str = "http://demo.test";

/// Everything about a year that people could see or be sent.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Trace {
    letters: Vec<String>,
    journal: Vec<String>,
    reports: Vec<Vec<u8>>,
    /// Of every letter as it came; the words of most are deleted by the end of the year.
    post: u64,
}

pub(super) fn play(kind: Kind, year: Year) -> (App, Player, Trace, Database) {
    play_scanned(kind, year, None)
}

/// A house on a database of its own, in which a year is about to begin.
pub(super) struct Begun {
    pub(super) app: App,
    pub(super) player: Player,
    /// All that the house puts on the disk by itself; gone when nobody needs it any more.
    pub(super) folder: Folder,
    pub(super) database: Database,
}

pub(super) struct Folder(pub(super) PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub(super) fn begin(kind: Kind, year: &Year) -> Begun {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let postgres = matches!(kind, Kind::Postgres { .. });
    let database = Database::fresh(kind);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let folder = Folder(std::env::temp_dir().join(format!("duology-year-{}-{number}", std::process::id())));
    let wish = Wish {
        data: &folder.0,
        database: Some(database.open().url).filter(|_| postgres),
        base_url: BASE_URL.to_owned(),
        mode: Mode::Demo,
        clock: Clock::stopped_at(year.first_moment()),
        chance: Chance::seeded(year.seed),
        durable: false,
    };
    let app = open(wish).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let player = player_of(&app, runtime.handle().clone(), year).unwrap();
    std::mem::forget(runtime);
    Begun { app, player, folder, database }
}

/// Plays a year in which something looks at the links of every letter before its reader.
fn play_scanned(kind: Kind, year: Year, scanner: Option<Scanner>) -> (App, Player, Trace, Database) {
    let Begun { app, mut player, folder: _folder, database } = begin(kind, &year);
    player.scanner = scanner;
    play_on(&mut player, &year, &mut |_, _| {}).unwrap();
    let trace = trace(&app, &player);
    (app, player, trace, database)
}

fn trace(app: &App, player: &Player) -> Trace {
    let cohort = player.cohort;
    let letters = app.db.read(|tx| outbox::after(tx, platform::ids::Id::default())).unwrap();
    let lines = app.db.read(move |tx| journal::of_cohort(tx, cohort, 100_000)).unwrap();
    let report = |kind: &'static str, format: &'static str| {
        app.db.read(move |tx| reporting::produce(tx, cohort, kind, format)).unwrap()
    };
    Trace {
        post: player.post.finish(),
        letters: letters
            .into_iter()
            .map(|it| format!("{} {} {}\n{}\n{}", it.queued_at, it.letter, it.to_address, it.subject, it.text))
            .collect(),
        journal: lines.into_iter().map(|it| format!("{} {} {}", it.done_at, it.what, it.about)).collect(),
        reports: vec![
            report("interim", "json"),
            report("interim", "pdf"),
            report("final", "json"),
            report("final", "pdf"),
            report("final", "csv"),
        ],
    }
}

// DEM4: the same seed gives the same year, byte for byte, and on PostgreSQL the same one.
#[test]
fn the_same_seed_gives_the_same_year_on_both_databases() {
    let year = Year::ending(date(2027, 6, 25), 7, 4);
    let (app, player, first, _one) = play(Kind::Sqlite, year);
    assert_eq!(player.complaints, Vec::<String>::new());
    assert_eq!(app.run_jobs().done, 0, "jobs were left over");
    let (.., again, _two) = play(Kind::Sqlite, year);
    compare(&first, &again);
    let (.., other, _three) = play(Kind::Sqlite, Year { seed: 8, ..year });
    assert_ne!(first.letters, other.letters);
    if let Some(kind) = postgres_or_note("the_same_seed_gives_the_same_year_on_both_databases") {
        let (.., postgres, _four) = play(kind, year);
        compare(&first, &postgres);
    }
}

/// Names the first difference rather than printing two years.
fn compare(one: &Trace, other: &Trace) {
    for (mine, theirs) in one.letters.iter().zip(&other.letters) {
        assert_eq!(mine, theirs);
    }
    assert_eq!(one.letters.len(), other.letters.len());
    for (mine, theirs) in one.journal.iter().zip(&other.journal) {
        assert_eq!(mine, theirs);
    }
    assert!(one.reports == other.reports, "the reports differ");
    assert_eq!(one.post, other.post, "a letter says something else");
}

// V-18: a scanner of mail opens every link before its reader does. Nothing changes by it,
// every link still does what it is for, and the year is the same to the last letter.
#[test]
fn a_scanner_that_opens_every_link_of_every_letter_changes_nothing() {
    let year = Year::ending(date(2027, 6, 25), 7, 4);
    let (.., plain, _one) = play(Kind::Sqlite, year);
    let (_app, player, scanned, _two) = play_scanned(Kind::Sqlite, year, Some(scan));
    assert_eq!(player.complaints, Vec::<String>::new());
    assert!(LOOKS.load(Ordering::Relaxed) > 1_000, "only {} looks", LOOKS.load(Ordering::Relaxed));
    compare(&plain, &scanned);
}

static LOOKS: AtomicUsize = AtomicUsize::new(0);

/// GET and HEAD, ten times where the link is a secret, and the database is as it was.
fn scan(app: &App, links: &[String]) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let router = crate::house::doors().open(app.clone());
    let before = testing::contents(app, &["sign_ins"]);
    for link in links.iter().filter(|link| link.starts_with('/')) {
        let is_secret = link.split(['/', '?']).any(|part| part.len() >= 40);
        for turn in 0..if is_secret { 20 } else { 2 } {
            let method = if turn % 2 == 0 { Method::GET } else { Method::HEAD };
            let request = Request::builder().method(&method).uri(link).header("host", "demo.test");
            let answer = router.clone().oneshot(request.body(Body::empty()).unwrap());
            let status = runtime.block_on(answer).unwrap().status();
            assert!(matches!(status.as_u16(), 200 | 303 | 404 | 409), "{method} {link}: {status}");
            LOOKS.fetch_add(1, Ordering::Relaxed);
        }
    }
    assert_eq!(testing::contents(app, &["sign_ins"]), before);
}

// The whole mission: from the roster to the report to the Board.
#[test]
fn a_year_comes_to_its_end_with_every_stage_in_it() {
    let (app, player, trace, _database) = play(Kind::Sqlite, Year::ending(date(2027, 6, 25), 3, 7));
    assert_eq!(player.complaints, Vec::<String>::new());
    let cohort = player.cohort;
    let duos = app.db.read(move |tx| duos::in_cohort(tx, cohort)).unwrap();
    assert!(duos.len() >= 4, "only {} duos were formed", duos.len());
    let written = |name: &str| trace.letters.iter().filter(|letter| letter.split(' ').nth(1) == Some(name)).count();
    // END4: after the end only those are active who both wished to go on, and both were told.
    let active = duos.iter().filter(|duo| duo.is_active()).count();
    assert!(active < duos.len() && written("going_on") == active * 2, "{active} duos are active after the end");
    for name in EVERY_STAGE {
        assert!(written(name) > 0, "no letter {name} was written in a whole year");
    }
    assert!(trace.reports.iter().all(|report| report.len() > 500));
}

// DEM1: in every program some fall silent, some find nobody, some end early and some give
// a place back.
#[test]
fn not_everything_goes_well_in_a_year() {
    let (app, player, trace, _database) = play(Kind::Sqlite, Year::ending(date(2026, 11, 25), 7, 25));
    assert_eq!(player.complaints, Vec::<String>::new());
    let cohort = player.cohort;
    let states = app.db.read(move |tx| care::states(tx, cohort)).unwrap();
    let so = |words: &str| states.iter().filter(|(_, signal)| signal.word().words() == words).count();
    assert!(so("silent") >= 1 && so("needs a word") >= 1 && so("on track") > states.len() / 3, "{states:?}");
    let duos = app.db.read(move |tx| duos::in_cohort(tx, cohort)).unwrap();
    assert!(duos.iter().any(|duo| duo.state == "ended"));
    let matching = app.db.read(move |tx| matching::figures(tx, cohort)).unwrap();
    assert!(matching.declined >= 1 && matching.unmatched_mentees >= 1, "{matching:?}");
    for name in ["application_withdrawn", "place_offer", "waiting_list", "exit_to_partner"] {
        assert!(trace.letters.iter().any(|letter| letter.split(' ').nth(1) == Some(name)), "no {name}");
    }
}

/// One letter at least for each stage of the year.
const EVERY_STAGE: &[&str] = &[
    "committee_invitation",
    "account_invitation",
    "nomination_to_nominee",
    "application_received",
    "place_taken",
    "waiting_list",
    "mentor_joined",
    "directory_opens",
    "match_request",
    "duo_confirmed",
    "liaison_appointed",
    "orientation_invitation",
    "agreement_signed",
    "checkin_1",
    "checkin_6",
    "topic_note",
    "survey_midway",
    "survey_final",
    "report_submitted",
    "certificate",
    "alumni_invitation",
];
