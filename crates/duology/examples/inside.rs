//! Times what no request shows alone, for `cargo xtask bench`: a decision of the access
//! matrix, sealing and opening. It prints one figure a line.

use std::{
    hint::black_box,
    path::PathBuf,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, anyhow};
use clap::Parser;
use duology::open::{self, Wish};
use platform::{
    app::{App, Mode},
    chance::Chance,
    clock::Clock,
    doors::Failure,
    ids::Id,
    keys::{self, Field, Place, Scope},
    storage::Tx,
};
use policy::{Action, Condition, Facts, Membership, Record, Role, Subject, Verb};

#[derive(Parser)]
struct Wanted {
    /// An empty folder
    #[arg(long)]
    data: PathBuf,
    /// postgres://…; without it, SQLite in the data folder
    #[arg(long)]
    database: Option<String>,
    /// How often each thing is done
    #[arg(long, default_value_t = 1_000_000)]
    times: usize,
}

fn main() -> Result<()> {
    let wanted = Wanted::parse();
    let (record, door) = decisions(wanted.times);
    println!("record {record}\ndoor {door}");
    let app = open::open(Wish {
        data: &wanted.data,
        database: wanted.database,
        base_url: "http://127.0.0.1:8080".to_owned(),
        mode: Mode::Serving,
        clock: Clock::System,
        chance: Chance::system(),
        durable: false,
    })?;
    sealing(&app, (wanted.times / 500).max(50))
}

/// Nanoseconds for a decision at a record, and for one at a door. Every record is asked
/// for in turn by somebody with four memberships, which is more than most people have.
fn decisions(times: usize) -> (f64, f64) {
    let held = |role, cohort| Membership { role, cohort: Some(cohort) };
    let subject = Subject {
        person: Some(7),
        memberships: vec![
            held(Role::Alumna, 1),
            held(Role::Mentor, 2),
            held(Role::Liaison, 2),
            Membership { role: Role::Council, cohort: None },
        ],
        ..Subject::default()
    };
    let facts = Facts::in_cohort(2).duo(true).assigned(true).when(true, Condition::IsKept);
    let began = Instant::now();
    for record in Record::ALL.iter().cycle().take(times) {
        black_box(policy::right(black_box(&subject), *record, Verb::Read, black_box(&facts)));
    }
    let at_record = began.elapsed();
    let began = Instant::now();
    for action in Action::ALL.iter().cycle().take(times) {
        let _ = black_box(policy::admit(black_box(&subject), *action, Some(2)));
    }
    let each = |took: Duration| took.as_nanos() as f64 / times as f64;
    (each(at_record), each(began.elapsed()))
}

/// Microseconds to seal and to open a thousand bytes, and what fifty notes of two people
/// cost a page that opens them, their keys looked up included.
fn sealing(app: &App, times: usize) -> Result<()> {
    let note = keys::fields().find(|it| it.table == "duo_notes").context("no note is sealed")?;
    let thousand = "A quiet thought. ".repeat(60).chars().take(1_000).collect::<String>();
    let (duo, authors) = write(app, |tx| Ok((tx.fresh_id(), [tx.fresh_id(), tx.fresh_id()])))?;
    let place =
        move |row: usize, author: Id| -> (Scope, Place) { (Scope::author(author, duo), note_at(note, row, author)) };
    let text = thousand.clone();
    let (seal, sealed) = write(app, move |tx| {
        let began = Instant::now();
        let mut sealed = Vec::new();
        for row in 0..times {
            let (scope, place) = place(row, authors[row % 2]);
            sealed.push(keys::seal(tx, &scope, &place, &text)?);
        }
        Ok((began.elapsed(), sealed))
    })?;
    let fifty = sealed[..50.min(sealed.len())].to_vec();
    let open = time_opening(app, sealed, authors, place)?;
    // A unit of its own each time, as a page has: no key is known yet.
    let one_page = || Ok(time_opening(app, fifty.clone(), authors, place)?.as_secs_f64() * 1000.0);
    let mut pages = (0..200).map(|_| one_page()).collect::<Result<Vec<f64>>>()?;
    pages.sort_by(f64::total_cmp);
    let each = |took: Duration| took.as_secs_f64() * 1e6 / times as f64;
    println!("seal {}\nopen {}\nfifty {}", each(seal), each(open), pages[pages.len() / 2]);
    Ok(())
}

fn note_at(note: &'static Field, row: usize, author: Id) -> Place {
    note.at(row).by(author)
}

fn time_opening(
    app: &App,
    sealed: Vec<Vec<u8>>,
    authors: [Id; 2],
    place: impl Fn(usize, Id) -> (Scope, Place) + Send + 'static,
) -> Result<Duration> {
    let opened = app.db.read(move |tx| {
        let began = Instant::now();
        for (row, sealed) in sealed.iter().enumerate() {
            let (scope, place) = place(row, authors[row % 2]);
            black_box(keys::open(tx, &scope, &place, sealed)?).ok_or(Failure::NotFound)?;
        }
        Ok::<Duration, Failure>(began.elapsed())
    });
    opened.map_err(|failure| anyhow!("{failure}"))
}

fn write<T: Send + 'static>(app: &App, work: impl FnMut(&mut Tx) -> Result<T, Failure> + Send + 'static) -> Result<T> {
    app.db.write(work).map_err(|failure| anyhow!("{failure}"))
}
