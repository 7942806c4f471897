//! What is sealed is nowhere in clear, and when its time is over nothing brings it back:
//! neither the database nor any backup of it. C-05, C-06.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use platform::{
    keys,
    storage::{Db, Ground, Open, StorageError},
};
use testing::{House, Kind};

mod marks;
mod page;
pub(super) mod world;
mod written;
mod year;

use super::lines;
use world::{CANARIES, NOT_CHOSEN, begin_a_survey, canary, close_the_concern, plant};

fn house() -> House {
    lines::listen();
    House::open(Kind::Sqlite, crate::house::doors(), crate::house::jobs).unwrap()
}

// C-05: a sealed column without a canary fails here, so none is forgotten.
#[test]
fn every_sealed_column_has_a_canary_or_a_reason() {
    let planted: BTreeSet<(&str, &str)> =
        CANARIES.iter().copied().chain(NOT_CHOSEN.iter().map(|(table, column, _)| (*table, *column))).collect();
    let declared: BTreeSet<(&str, &str)> = keys::fields().map(|it| (it.table, it.column)).collect();
    assert_eq!(declared, planted);
    assert!(declared.len() >= 14);
}

// C-05
#[test]
fn no_canary_stands_anywhere_in_clear() {
    let world = house();
    plant(&world);
    sweep(&world, "backup-1.db");
    begin_a_survey(&world);
    sweep(&world, "backup-2.db");
}

/// Searches all that lies on the disk, a fresh backup, exports and the log.
fn sweep(world: &House, backup: &str) {
    let file = world.file().unwrap().to_owned();
    let folder = file.parent().unwrap().to_owned();
    let backup_file = folder.join(backup);
    back_up(&file, &backup_file);
    let mut found = Vec::new();
    let mut searched = Vec::new();
    for part in std::fs::read_dir(&folder).unwrap().map(|it| it.unwrap().path()).filter(|it| it.is_file()) {
        found.extend(canaries_in(&std::fs::read(&part).unwrap(), &part.display().to_string()));
        searched.push(part.file_name().unwrap().to_string_lossy().into_owned());
    }
    for name in ["duology.db", "duology.db-wal", "keys.db", backup] {
        assert!(searched.iter().any(|it| it == name), "{name} is not among {searched:?}");
    }
    for (name, bytes) in exports(world) {
        found.extend(canaries_in(&bytes, &name));
    }
    let log = lines::told().into_bytes();
    found.extend(canaries_in(&log, "the log"));
    assert_eq!(found, Vec::<String>::new());
    // The search finds what does stand there.
    assert!(holds(&std::fs::read(&backup_file).unwrap(), "Lindgren"));
    assert!(holds(&log, "looked for work"), "nothing was logged");
}

fn canaries_in(bytes: &[u8], place: &str) -> Vec<String> {
    let hits = CANARIES.iter().filter(|(table, column)| holds(bytes, &canary(table, column)));
    hits.map(|(table, column)| format!("{table}.{column} in {place}")).collect()
}

fn holds(bytes: &[u8], words: &str) -> bool {
    String::from_utf8_lossy(bytes).contains(words)
}

/// Reports in every format, and what a roster would change.
fn exports(world: &House) -> Vec<(String, Vec<u8>)> {
    let cohort = world.cohort;
    let mut made = Vec::new();
    for kind in ["interim", "final"] {
        for format in ["csv", "html", "json", "pdf"] {
            let bytes = world.read(move |tx| reporting::produce(tx, cohort, kind, format));
            made.push((format!("{kind}.{format}"), bytes));
        }
    }
    made
}

// C-06
#[test]
fn after_its_time_no_older_backup_opens_anything() {
    let world = house();
    plant(&world);
    let file = world.file().unwrap().to_owned();
    let folder = file.parent().unwrap().to_owned();
    let mut backups = vec![folder.join("backup-1.db")];
    back_up(&file, &backups[0]);
    let texts = sealed_texts(&backups[0]);
    assert!(texts.len() >= CANARIES.len(), "{} texts", texts.len());
    assert_eq!(openable(&world, &folder, &backups[0]), texts.len(), "before its time all of it opens");
    for (number, moment) in MONTHS.iter().enumerate() {
        world.at(moment);
        world.run_jobs();
        if *moment < "2026-11" {
            close_the_concern(&world);
            begin_a_survey(&world);
        }
        let backup = folder.join(format!("backup-{}.db", number + 2));
        back_up(&file, &backup);
        backups.push(backup);
    }
    let last = backups.pop().unwrap();
    for backup in &backups {
        assert_eq!(openable(&world, &folder, backup), 0, "{}", backup.display());
    }
    assert_eq!(still_sealed(&last), Vec::<String>::new(), "sealed for longer than it is kept");
    let duo = world.read({
        let cohort = world.cohort;
        move |tx| Ok(duos::in_cohort(tx, cohort)?.remove(0))
    });
    let lines = world.read(move |tx| Ok(platform::journal::about(tx, duo.id)?));
    assert!(lines.iter().any(|line| line.what == duos::SHREDDED), "there is no certificate");
    pages_stay_calm(&world, &duo);
}

/// Each page of what is gone says so, and none fails.
fn pages_stay_calm(world: &House, duo: &duos::Duo) {
    world.sign_in("ana", duo.mentee);
    let path = duo.path("");
    for below in ["", "/notebook", "/agreement", "/goals", "/meetings", "/export", "/export/page", "/export/data"] {
        let page = world.get("ana", &format!("{path}{below}")).is_ok();
        for (table, column) in CANARIES {
            assert!(!page.body.contains(&canary(table, column)), "{below}");
        }
    }
    world.get("ana", &path).says("were deleted when their time was over");
    world.get("ana", "/me/letters").is_ok();
}

/// From the months after the choosing to two years and a half after the session.
const MONTHS: [&str; 11] = [
    "2026-07-28T15:00:00Z",
    "2027-01-15T15:00:00Z",
    "2027-05-03T15:00:00Z",
    "2027-07-03T15:00:00Z",
    "2027-11-05T15:00:00Z",
    "2028-04-02T15:00:00Z",
    "2028-05-08T15:00:00Z",
    "2028-08-01T15:00:00Z",
    "2029-05-20T15:00:00Z",
    "2029-10-01T15:00:00Z",
    "2032-08-01T15:00:00Z",
];

fn back_up(file: &Path, to: &Path) {
    let conn = rusqlite::Connection::open(file).unwrap();
    conn.execute("vacuum into ?1", [to.display().to_string()]).unwrap();
}

/// Every sealed text in a database, whichever column it stands in.
fn sealed_texts(database: &Path) -> Vec<Vec<u8>> {
    let conn = rusqlite::Connection::open(database).unwrap();
    let mut texts = Vec::new();
    for field in keys::fields() {
        let sql = format!("select {0} from {1} where {0} is not null", field.column, field.table);
        let mut statement = conn.prepare(&sql).unwrap();
        texts.extend(statement.query_map([], |row| row.get::<_, Vec<u8>>(0)).unwrap().map(Result::unwrap));
    }
    texts
}

/// The columns in which something sealed stands.
fn still_sealed(database: &Path) -> Vec<String> {
    let conn = rusqlite::Connection::open(database).unwrap();
    let mut found = Vec::new();
    for field in keys::fields() {
        let (table, column) = (field.table, field.column);
        // A letter of these days may still be read.
        let old = if table == "outbox" { "queued_at < '2029-08-31'" } else { "true" };
        let sql = format!("select count(*) from {table} where length({column}) > 0 and {old}");
        let many: i64 = conn.query_row(&sql, [], |row| row.get(0)).unwrap();
        found.extend((many > 0).then(|| format!("{many} in {table}.{column}")));
    }
    found
}

/// Restores a backup beside the data keys as they are now, under the keyring as it is now,
/// and says how many of its sealed texts have a key.
fn openable(world: &House, folder: &Path, backup: &Path) -> usize {
    let restored = folder.join("restored");
    let _ = std::fs::remove_dir_all(&restored);
    std::fs::create_dir_all(&restored).unwrap();
    std::fs::copy(backup, restored.join("duology.db")).unwrap();
    back_up(&folder.join("keys.db"), &restored.join("keys.db"));
    let texts = sealed_texts(backup);
    let ground = &world.app.db.ground;
    let ground = Ground::new(ground.clock.clone(), ground.chance.clone(), ground.keyring.clone(), "http://restored");
    let url: PathBuf = restored.join("duology.db");
    let db = Db::open(&Open::new(url.display().to_string()), ground).unwrap();
    db.read(move |tx| keys::count_openable(tx, &texts)).map_err(|it: StorageError| it.to_string()).unwrap()
}
