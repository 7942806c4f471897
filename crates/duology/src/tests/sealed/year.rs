//! The year that a demo plays, in which every sentence that anybody writes bears a mark of
//! its own. Every few weeks all that the house has left anywhere is searched for them: a
//! sentence stands in clear where it is said here, and nowhere else. C-05

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

use jiff::{
    ToSpan,
    civil::{Date, date},
};
use platform::{
    app::App,
    ids::Id,
    keys, outbox,
    storage::{Query, StorageError},
};
use testing::{Database, Kind, postgres_or_note};

use super::{
    marks::{Marks, Place},
    written::{FILE, REVIEW, SEALED_NAME},
};
use crate::{
    demo::{Year, play::Player},
    tests::{
        lines,
        year::{Begun, Folder, begin},
    },
};

/// Of what a server of PostgreSQL writes ahead, as many files of sixteen megabytes.
const NEWEST: usize = 3;
/// How often all is searched.
const EVERY_DAYS: i64 = 45;

/// What is sealed wherever it stands, by the column: of each, something is written in the year.
const SEALED: &[(&str, &str)] = &[
    ("form_answers.answers", "/applications/mentee/check me_why"),
    ("form_answers.sealed", SEALED_NAME),
    ("answer_files.content", FILE),
    ("nominations.words", "/nominate no_why"),
    ("wish_lists.list", "/mentors/{}/request note"),
    ("requests.note", "/mentors/{}/request note"),
    ("requests.decline_reason", "/requests/by-letter/{} reason"),
    ("request_questions.question", "/requests/by-letter/{} question"),
    ("request_questions.reply", "/requests/reply/{} reply"),
    ("matching_runs.question", ASKED),
    ("plan_reviews.note", REVIEW),
    ("agreements.body", "/duos/{}/agreement purpose"),
    ("duo_goals.body", "/duos/{}/goals goal_1_title"),
    ("duo_notes.body", "/duos/{}/notebook text"),
    ("duo_notes.body", "/duos/{}/notebook private"),
    ("checkins.answers", "/check-in/{} P4"),
    ("openings.reason", "/desk/duos/{}/opening reason"),
    ("concerns.content", "/concerns words"),
    ("concern_notes.body", "/concerns/{}/notes words"),
    ("application_scores.words", "/cohorts/{}/applications/{}/score comment"),
    ("survey_drafts.sealed", "/survey/{} a draft"),
    ("outbox.body", "/nominate no_why"),
];

/// The sentence that the engine is asked along with the rest.
const ASKED: &str = "/applications/mentee/check me_employer";

/// What the program shows to many, or works with, and so does not seal: with the tables in
/// which it stands, and nowhere else.
const IN_CLEAR: &[(&str, &[&str])] = &[
    ("/applications/mentee/check me_employer", &["people"]),
    ("/applications/mentor/check mo_can", &["profile_cards", "profile_texts"]),
    ("/applications/mentor/check mo_cannot", &["profile_texts"]),
    ("/applications/mentor/check mo_employer", &["people", "profile_cards", "profile_texts"]),
    ("/applications/mentor/check mo_learn", &["profile_texts"]),
    ("/applications/mentor/check mo_orgexp", &["profile_texts"]),
    ("/applications/mentor/check mo_path", &["profile_texts"]),
    ("/applications/mentor/check mo_role", &["profile_cards", "profile_texts"]),
    ("/applications/mentor/check mo_value", &["profile_texts"]),
    ("/applications/mentor/check mo_value_2", &["profile_texts"]),
    ("/cohorts/{}/reports/final/parts/summary text", &["report_words", "reports"]),
    ("/cohorts/{}/reports/interim/parts/summary text", &["report_words", "reports"]),
    ("/events/{}/details place", &["events"]),
    ("/events/{}/details words", &["events"]),
    ("/program alternative_contact", &["programs"]),
    ("/program association", &["programs", "reports"]),
    ("/program name", &["outbox", "programs", "reports"]),
    ("/program postal_address", &["programs"]),
    ("/set-up/{} association", &["programs", "reports"]),
    ("/set-up/{} program", &["outbox", "programs", "reports"]),
    // Sealed while it is written; given, it is nobody's any more.
    ("/survey/{} a draft", SURVEY),
    ("/survey/{} t1", SURVEY),
    ("/survey/{} t2", SURVEY),
    ("/survey/{} t4", SURVEY),
    ("/survey/{} t5", SURVEY),
    ("/survey/{} t6", SURVEY),
    ("/survey/{} u3", SURVEY),
    ("/survey/{} unclear", SURVEY),
];
const SURVEY: &[&str] = &["survey_answers", "survey_results"];

/// What a letter brings to the one it is meant for.
const IN_LETTERS: &[&str] = &[
    "/duos/{}/ending words",
    "/events/{}/details place",
    "/events/{}/details words",
    "/mentors/{}/request note",
    "/nominate no_why",
    "/program alternative_contact",
    "/program association",
    "/program name",
    "/program postal_address",
    "/requests/by-letter/{} question",
    "/requests/reply/{} reply",
];

/// What the committee's reports say.
const IN_REPORTS: &[&str] = &[
    "/cohorts/{}/reports/final/parts/summary text",
    "/cohorts/{}/reports/interim/parts/summary text",
    "/program association",
    "/program name",
];

/// A year that is played, with what was written in it.
pub(super) struct Played {
    pub(super) app: App,
    pub(super) player: Player,
    _database: Database,
    folder: Folder,
    began: SystemTime,
    pub(super) marks: Arc<Marks>,
    /// Where each place was found, and in which tables.
    found: BTreeMap<&'static str, BTreeSet<Place>>,
    in_tables: BTreeMap<Place, BTreeSet<String>>,
    last_letter: Id,
}

impl Played {
    fn begin(kind: Kind, year: &Year) -> Self {
        let Begun { app, mut player, folder, database } = begin(kind, year);
        let began = folder.0.metadata().unwrap().modified().unwrap();
        let marks = Arc::new(Marks::new());
        let pen = marks.clone();
        player.browser.pen = Some(Box::new(move |action, field, value| pen.pen(action, field, value)));
        player.begin(year.annual_meeting, year.duos).unwrap();
        let (found, in_tables, last_letter) = (BTreeMap::new(), BTreeMap::new(), Id::default());
        Self { app, player, _database: database, folder, began, marks, found, in_tables, last_letter }
    }

    /// Plays to the last day, and searches on the way.
    fn play(&mut self, until: Date) {
        let mut day = self.player.today();
        let mut searched = day;
        while day < until {
            day = day.saturating_add(14.days()).min(until);
            let noon = day.at(12, 0, 0, 0).to_zoned(self.player.zone()).unwrap().timestamp();
            self.player.until(noon).unwrap();
            self.read_letters();
            self.write_what_no_year_does(self.player.today());
            if (day - searched).get_days() as i64 >= EVERY_DAYS || day == until {
                self.search();
                searched = day;
            }
        }
    }

    /// Letters are deleted after a month, so they are read before that.
    fn read_letters(&mut self) {
        let last = self.last_letter;
        for letter in self.app.db.read(move |tx| outbox::after(tx, last)).unwrap() {
            self.last_letter = letter.id;
            let calendar = letter.calendar.unwrap_or_default();
            self.begin_a_survey(&letter.letter, &letter.text);
            let text = [letter.subject, letter.text, letter.html, calendar].join("\n");
            self.note("letters", text.as_bytes());
        }
    }

    pub(super) fn search(&mut self) {
        for (name, text) in tables(&self.app) {
            for place in self.note("tables", text.as_bytes()) {
                self.in_tables.entry(place).or_default().insert(name.clone());
            }
        }
        for file in self.files() {
            let bytes = std::fs::read(&file).unwrap_or_default();
            self.note("files", &bytes);
        }
        let questions = self.questions();
        self.note("questions", &questions);
        let cohort = self.player.cohort;
        for kind in ["interim", "final"] {
            for format in ["csv", "html", "json", "pdf"] {
                let report = self.app.db.read(move |tx| reporting::produce(tx, cohort, kind, format)).unwrap();
                self.note("reports", &report);
            }
        }
        self.note("the log", lines::told().as_bytes());
    }

    /// All that lies on the disk: the data folder with what was written ahead, a backup made
    /// now, and on PostgreSQL its own folder where it may be read.
    fn files(&self) -> Vec<PathBuf> {
        let mut files = files_below(&self.folder.0);
        if self.app.db.is_sqlite() {
            let backup = self.folder.0.join("backup.db");
            let _ = std::fs::remove_file(&backup);
            super::back_up(&self.folder.0.join("duology.db"), &backup);
            files = files_below(&self.folder.0);
            for name in ["duology.db", "duology.db-wal", "keys.db", "backup.db"] {
                assert!(files.iter().any(|it| it.ends_with(name)), "{name} is not among {files:?}");
            }
        } else {
            files.extend(self.files_of_postgres());
        }
        files
    }

    /// What the server wrote since the year began, tables and what was written ahead; nothing
    /// where it does not say, or is another machine.
    fn files_of_postgres(&self) -> Vec<PathBuf> {
        let ask = |sql: &'static str| -> Option<String> {
            let said: Result<Vec<String>, StorageError> = self.app.db.read(move |tx| tx.query(&Query::new(sql)));
            said.ok()?.pop()
        };
        let Some(folder) = ask("select current_setting('data_directory')") else { return Vec::new() };
        let number = ask("select oid::text from pg_database where datname = current_database()").unwrap_or_default();
        let folder = Path::new(&folder);
        let changed = |file: &PathBuf| file.metadata().and_then(|it| it.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
        let mut ahead = files_below(&folder.join("pg_wal"));
        ahead.sort_by_key(changed);
        let newest = ahead.into_iter().rev().take(NEWEST).filter(|it| changed(it) >= self.began);
        files_below(&folder.join("base").join(number)).into_iter().chain(newest).collect()
    }

    /// Notes which places were found in something, and returns those.
    fn note(&mut self, place: &'static str, bytes: &[u8]) -> BTreeSet<Place> {
        let hits = self.marks.found_in(bytes);
        self.found.entry(place).or_default().extend(hits.iter().cloned());
        hits
    }
}

fn tables(app: &App) -> BTreeMap<String, String> {
    testing::contents(app, &[])
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    entries.flatten().map(|it| it.path()).flat_map(|it| if it.is_dir() { files_below(&it) } else { vec![it] }).collect()
}

fn what_is_written_in_a_year_stands_where_it_is_said(kind: Kind) {
    lines::listen();
    let until = date(2027, 6, 25);
    let mut year = Played::begin(kind, &Year::ending(until, 3, 9));
    year.play(until);
    assert_eq!(year.player.complaints, Vec::<String>::new());
    every_sealed_column_was_written_in(&year.marks.written());
    for (place, tables) in &year.in_tables {
        let allowed = IN_CLEAR.iter().find(|it| it.0 == place).map_or(&[][..], |it| it.1);
        let elsewhere: Vec<&String> = tables.iter().filter(|it| !allowed.contains(&it.as_str())).collect();
        assert!(elsewhere.is_empty(), "«{place}» stands in clear in {elsewhere:?}");
    }
    let in_clear: BTreeSet<&str> = IN_CLEAR.iter().map(|it| it.0).collect();
    let within = |place: &str, allowed: &BTreeSet<&str>| {
        let found = year.found.get(place).cloned().unwrap_or_default();
        let leaked: Vec<&String> = found.iter().filter(|it| !allowed.contains(it.as_str())).collect();
        assert!(leaked.is_empty(), "{place}: {leaked:?}");
        found
    };
    // The search finds what does stand there.
    assert!(within("files", &in_clear).len() >= 20);
    assert!(within("letters", &IN_LETTERS.iter().copied().collect()).len() >= 5);
    assert!(within("reports", &IN_REPORTS.iter().copied().collect()).len() >= 2);
    assert!(within("the log", &BTreeSet::new()).is_empty());
    assert!(
        year.found.get("questions").is_some_and(|it| it.contains(ASKED)),
        "the engine was asked of nobody's employer"
    );
    assert!(lines::told().len() > 100_000, "nothing was logged");
}

fn every_sealed_column_was_written_in(written: &BTreeSet<Place>) {
    let sealed: BTreeSet<String> = SEALED.iter().map(|it| it.0.to_owned()).collect();
    let drawn = super::world::NOT_CHOSEN.iter().map(|it| format!("{}.{}", it.0, it.1));
    let declared: BTreeSet<String> = keys::fields().map(|it| format!("{}.{}", it.table, it.column)).collect();
    assert_eq!(declared, sealed.into_iter().chain(drawn).collect());
    for (column, place) in SEALED {
        assert!(written.contains(*place), "nothing was written into {column} by «{place}»: {written:#?}");
    }
    assert!(written.len() >= 60, "{} fields were written in", written.len());
}

// C-05
#[test]
fn what_is_written_in_a_year_stands_where_it_is_said_on_sqlite() {
    what_is_written_in_a_year_stands_where_it_is_said(Kind::Sqlite);
}

// C-05
#[test]
fn what_is_written_in_a_year_stands_where_it_is_said_on_postgresql() {
    if let Some(kind) = postgres_or_note("what_is_written_in_a_year_stands_where_it_is_said_on_postgresql") {
        what_is_written_in_a_year_stands_where_it_is_said(kind);
    }
}
