//! Fills an empty house for `cargo xtask bench`: mentors for the directory, or people who
//! are about to apply. It prints, line by line, what the bench needs to ask like them.
//!
//! Everything is written through the functions of the rooms, many people in one unit of
//! work, because thousands of people one click after the other would take an hour.

use std::{
    io::{BufWriter, Write},
    path::PathBuf,
};

use anyhow::{Context, Result, anyhow};
use clap::Parser;
use duology::open::{self, Wish};
use forms::{Form, Keep, Kind};
use jiff::civil::Date;
use platform::{
    app::{App, Mode},
    audit::{Acting, Client, Reading},
    chance::Chance,
    clock::Clock,
    doors::Failure,
    fields::Fields,
    identity,
    ids::Id,
    keys::{self, Scope},
    passwords::{self, Cost},
    storage::Tx,
};
use policy::Role;
use program::{calendar, cohorts, preset, rules::calendar::Anchors};

/// How many people one unit of work makes.
const AT_ONCE: usize = 250;
const PASSWORD: &str = "seventeen quiet lanterns";
const ZONE: &str = "America/Chicago";

/// Makes the people that `cargo xtask bench` asks for.
#[derive(Parser)]
struct Wanted {
    /// An empty folder
    #[arg(long)]
    data: PathBuf,
    /// postgres://…; without it, SQLite in the data folder
    #[arg(long)]
    database: Option<String>,
    /// Mentors with a profile, in a cohort whose directory is open
    #[arg(long, default_value_t = 0)]
    mentors: usize,
    /// Mentees who read that directory, and have a password
    #[arg(long, default_value_t = 64)]
    readers: usize,
    /// People who may apply as mentees, in a cohort with a place for each
    #[arg(long, default_value_t = 0)]
    applicants: usize,
    /// Places for mentees, where it is not one for each
    #[arg(long)]
    places: Option<usize>,
    /// Entries of the audit, by a hundred people
    #[arg(long, default_value_t = 0)]
    entries: usize,
    /// Data keys, each with something sealed under it
    #[arg(long, default_value_t = 0)]
    keys: usize,
}

fn main() -> Result<()> {
    let wanted = Wanted::parse();
    let wish = Wish {
        data: &wanted.data,
        database: wanted.database.clone(),
        base_url: "http://127.0.0.1:8080".to_owned(),
        mode: Mode::Serving,
        clock: Clock::System,
        chance: Chance::system(),
        durable: false,
    };
    let app = open::open(wish)?;
    let steps = if wanted.applicants > 0 {
        ["mentee_call_opens", "mentee_call_closes"]
    } else {
        ["directory_opens", "directory_closes"]
    };
    let cohort = begin(&app, steps, wanted.places.unwrap_or(wanted.applicants.max(25)))?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    if wanted.mentors > 0 {
        mentors(&app, cohort, wanted.mentors, &mut out)?;
        readers(&app, cohort, wanted.readers, &mut out)?;
    }
    if wanted.applicants > 0 {
        applicants(&app, wanted.applicants, &mut out)?;
    }
    if wanted.entries > 0 {
        entries(&app, wanted.entries)?;
    }
    if wanted.keys > 0 {
        data_keys(&app, wanted.keys)?;
    }
    Ok(out.flush()?)
}

/// Readings, as liaisons make them, signed as often as the house signs them.
fn entries(app: &App, many: usize) -> Result<()> {
    let people = write(app, |tx| {
        let one = |number: usize| identity::add(tx, "A reader", &format!("reader{number}@example.org"), None);
        Ok((0..100).map(one).collect::<Result<Vec<Id>, _>>()?)
    })?;
    const IN_A_UNIT: usize = 2_000;
    for first in (0..many).step_by(IN_A_UNIT) {
        let people = people.clone();
        write(app, move |tx| {
            for number in first..(first + IN_A_UNIT).min(many) {
                // The two are never the same: one of the places is even where the other is odd.
                let person = |step: usize, more: usize| people[(number * step + more) % people.len()];
                tx.acts(Acting { person: Some(person(7, 0)), client: Client::Web, request: format!("{number:012x}") });
                let whose = vec![person(3, 1)];
                let right = "as the liaison of your duo".to_owned();
                tx.has_read(Reading { record: "check-in answers", about: tx.fresh_id(), whose, right });
            }
            Ok(())
        })?;
        app.run_jobs();
    }
    Ok(())
}

/// A data key for each of so many people, as it is made by the first thing they write.
fn data_keys(app: &App, many: usize) -> Result<()> {
    let note = keys::fields().find(|it| it.table == "duo_notes").context("no note is sealed")?;
    for first in (0..many).step_by(AT_ONCE) {
        let last = (first + AT_ONCE).min(many);
        write(app, move |tx| {
            for row in first..last {
                let author = tx.fresh_id();
                let scope = Scope::author(author, tx.fresh_id());
                keys::seal(tx, &scope, &note.at(row).by(author), "A quiet thought.")?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// A program with one open cohort, which today stands between these two steps.
fn begin(app: &App, steps: [&'static str; 2], places: usize) -> Result<Id> {
    let today = app.db.ground.clock.now().to_zoned(calendar::zone_named(ZONE)).date();
    let annual_meeting = (0..300)
        .map(|days| program::rules::calendar::add(today, days))
        .find(|meeting| stands_between(*meeting, steps, today))
        .with_context(|| format!("no cohort is between {} and {} today", steps[0], steps[1]))?;
    write(app, move |tx| {
        cohorts::add_program(tx, "Library Association", "Leadership Mentoring", ZONE, "office@example.org")?;
        let new = cohorts::NewCohort {
            name: "This year",
            annual_meeting,
            midwinter: None,
            next_annual_meeting: None,
            places: i64::try_from(places).unwrap_or(i64::MAX),
            begun_from: None,
        };
        let cohort = cohorts::add(tx, &new, None)?;
        cohorts::open(tx, cohort, None)?;
        Ok(cohort)
    })
}

/// Two days on either side are left free, so that no time zone makes a difference.
fn stands_between(meeting: Date, steps: [&str; 2], today: Date) -> bool {
    let anchors = Anchors { saturday: cohorts::saturday_from(meeting), midwinter: None, next_saturday: None };
    let days = calendar::from_rules(&anchors);
    let day = |step: &str, days_later: i64| days.get(step).map(|day| program::rules::calendar::add(*day, days_later));
    day(steps[0], 2).is_some_and(|day| day < today) && day(steps[1], -2).is_some_and(|day| day > today)
}

fn mentors(app: &App, cohort: Id, many: usize, out: &mut impl Write) -> Result<()> {
    for first in (0..many).step_by(AT_ONCE) {
        let last = (first + AT_ONCE).min(many);
        let made = write(app, move |tx| {
            let form = forms::current(tx, "mentor_application")?;
            (first..last).map(|number| mentor(tx, cohort, &form, number)).collect::<Result<Vec<Id>, Failure>>()
        })?;
        for id in made.iter().step_by(5) {
            writeln!(out, "mentor {id}")?;
        }
    }
    Ok(())
}

fn mentor(tx: &mut Tx, cohort: Id, form: &Form, number: usize) -> Result<Id, Failure> {
    let name = name_of(number);
    let person = identity::add(tx, &name, &format!("mentor{number}@example.org"), None)?;
    program::enrol(tx, person, Some(cohort), Role::Mentor)?;
    let mut pairs = filled_in(form, number);
    pairs.retain(|(key, _)| key != "mo_name");
    pairs.push(("mo_name".to_owned(), name));
    let answers = forms::read(form, &Fields::from_pairs(pairs))?;
    let about = tx.fresh_id();
    forms::keep(tx, form, Keep { cohort: Some(cohort), person, about, answers: &answers, given: true })?;
    matching::refresh_profile(tx, cohort, person)?;
    Ok(person)
}

/// Mentees who read the directory, and people with a password who sign in.
fn readers(app: &App, cohort: Id, many: usize, out: &mut impl Write) -> Result<()> {
    let hash = passwords::hash(PASSWORD, &app.db.ground.chance.bytes::<16>(), Cost::SERVING)
        .map_err(|error| anyhow!("no password: {error}"))?;
    let made = write(app, move |tx| {
        let mut made = Vec::new();
        for number in 0..many {
            let address = format!("mentee{number}@example.org");
            let person = identity::add(tx, &name_of(number + 7), &address, Some(&hash))?;
            program::enrol(tx, person, Some(cohort), Role::Mentee)?;
            made.push((identity::sign_in(tx, person, "bench", identity::Strength::TwoFactors)?, address));
        }
        Ok(made)
    })?;
    for (token, address) in made {
        writeln!(out, "reader {token}\naddress {address}")?;
    }
    for topic in preset::list("topics") {
        writeln!(out, "topic {topic}")?;
    }
    writeln!(out, "password {PASSWORD}")?;
    Ok(())
}

/// Members of the association with an account, and the form as each of them fills it in.
fn applicants(app: &App, many: usize, out: &mut impl Write) -> Result<()> {
    let mut list = "Member number,Name,E-mail,Standing,Joined\n".to_owned();
    for number in 0..many {
        list.push_str(&format!("M{number},{},applicant{number}@example.org,good,2019\n", name_of(number)));
    }
    write(app, move |tx| membership::import_roster(tx, list.as_bytes()))?.map_err(|refusal| anyhow!("{refusal}"))?;
    for first in (0..many).step_by(AT_ONCE) {
        let last = (first + AT_ONCE).min(many);
        let tokens = write(app, move |tx| {
            let mut tokens = Vec::new();
            for number in first..last {
                let person = identity::add(tx, &name_of(number), &format!("applicant{number}@example.org"), None)?;
                tokens.push(identity::sign_in(tx, person, "bench", identity::Strength::TwoFactors)?);
            }
            Ok(tokens)
        })?;
        for token in tokens {
            writeln!(out, "applicant {token}")?;
        }
    }
    let form = app.db.read(|tx| forms::current(tx, "mentee_application")).map_err(|failure| anyhow!("{failure}"))?;
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(filled_in(&form, 3)).finish();
    writeln!(out, "draft {body}")?;
    Ok(())
}

/// Everything that the form asks openly, answered as this person would.
fn filled_in(form: &Form, number: usize) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for field in form.fields().filter(|field| !field.sealed) {
        let mut put = |key: &str, value: &str| pairs.push((key.to_owned(), value.to_owned()));
        let option = |place: usize| field.options.get((number * 7 + place * 3) % field.options.len().max(1));
        match field.kind {
            Kind::Text => put(&field.key, PLACES[number % PLACES.len()]),
            Kind::Long => put(&field.key, &words(number, field.key.len())),
            Kind::Email => put(&field.key, "someone@example.org"),
            Kind::Tz => put(&field.key, ZONE),
            Kind::Tick => put(&field.key, "yes"),
            Kind::Choice => field.options.first().into_iter().for_each(|it| put(&field.key, it)),
            Kind::Multi => (0..4).filter_map(option).for_each(|it| put(&field.key, it)),
            Kind::Tags => (0..7).filter_map(option).for_each(|it| put(&field.key, it)),
            Kind::Rank3 => {
                put(&format!("{}_1", field.key), "Lead a small team with confidence");
                option(1).into_iter().for_each(|it| put(&format!("{}_1_topic", field.key), it));
            }
            Kind::Pairs => (1..=forms::style_pairs().len()).for_each(|it| put(&format!("{}_{it}", field.key), "3")),
            Kind::Skill5 => put(&field.key, "3"),
            _ => {}
        }
    }
    pairs
}

const PLACES: [&str; 8] = [
    "Lakeside Public Library",
    "Northern State University",
    "County Archive",
    "Hill College",
    "River Valley Schools",
    "Museum of the Plains",
    "City Hospital Library",
    "Law Library of the Court",
];

/// Some sentences of a long answer. One of them is of a kind that every third person has.
fn words(number: usize, salt: usize) -> String {
    const SPECIAL: [&str; 3] = [
        "I have planned a budget in lean years and in better ones.",
        "I began in cataloguing and found my way to leading a department.",
        "We moved a whole building once, and I would do half of it differently.",
    ];
    const SENTENCES: [&str; 5] = [
        "Most of my work is with people who come to us for the first time.",
        "What helped me most was somebody who asked one good question at a time.",
        "I like to look at a hard conversation before it happens, and again after.",
        "My door is open, and I answer within a day or two.",
        "I am curious about how others decide what not to do.",
    ];
    let special = SPECIAL[number / 5 % SPECIAL.len()];
    let pick = |place: usize| SENTENCES[(number + salt + place * 2) % SENTENCES.len()];
    [special, pick(0), pick(1)].join(" ")
}

fn name_of(number: usize) -> String {
    const FIRST: [&str; 12] =
        ["Ana", "Ben", "Chloé", "Dmitri", "Esra", "Farid", "Grace", "Hiro", "Ines", "Jonas", "Kofi", "Lena"];
    const LAST: [&str; 13] = [
        "Abara", "Bell", "Costa", "Dahl", "Evans", "Fuentes", "Garcia", "Hwang", "Ito", "Jensen", "Kaur", "Lopez",
        "Moreau",
    ];
    format!("{} {} {number}", FIRST[number % FIRST.len()], LAST[number / FIRST.len() % LAST.len()])
}

fn write<T: Send + 'static>(app: &App, work: impl FnMut(&mut Tx) -> Result<T, Failure> + Send + 'static) -> Result<T> {
    app.db.write(work).map_err(|failure| anyhow!("{failure}"))
}
