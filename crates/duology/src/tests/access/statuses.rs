//! Whoever was invited and has not confirmed, whose term has not begun, is over or was
//! ended, and whose account is closed finds at every door what somebody finds who never
//! held a role: only `confirmed` opens. C-10, V-02

use std::collections::HashMap;

use jiff::{ToSpan, tz::TimeZone};
use platform::{identity, ids::Id, prelude::*};
use policy::Role;
use program::memberships;
use testing::{House, Kind, postgres_or_note};

use super::{
    Cell, Round, World,
    judging::{by_door, fits, verdict},
    people::Person,
    planted::change,
    records,
};
use crate::house::doors;

const NOBODY: &str = "nobody at all";
const STRANGER: &str = "a stranger";
const STATUSES: [&str; 6] = ["confirmed", "invited", "not begun", "ended", "past its term", "disabled"];
/// Records of each kind that are knocked at.
const RECORDS: usize = 2;
const LEAST: usize = 15_000;

/// One for each role and status, somebody who holds none, and somebody without an account.
fn everyone(house: &House) -> Vec<Person> {
    let mut all = vec![account(house, NOBODY).known(house), Person::unknown(STRANGER, None)];
    for (status, role) in STATUSES.into_iter().flat_map(|status| Role::ALL.map(|role| (status, role))) {
        let name: &'static str = format!("{} {status}", role.key()).leak();
        let person = account(house, name);
        give(house, person.id.unwrap(), role, status);
        all.push(match status {
            "disabled" => Person::unknown(name, person.token),
            // As the oracle is told: a role counts that is confirmed and runs, and who took part once did.
            "confirmed" => person.known(house),
            _ if took_part(name) => person.who_took_part(house.cohort),
            _ => person,
        });
    }
    all
}

fn account(house: &House, name: &'static str) -> Person {
    let address = format!("{}@status.example", name.replace(' ', "-"));
    let id = house.write(move |tx| Ok(identity::add(tx, name, &address, None)?));
    super::people::sign_in(house, name, id)
}

/// Gives a role, in this cohort to those who take part, and lets it stand so.
fn give(house: &House, person: Id, role: Role, status: &'static str) {
    let takes_part = matches!(role, Role::Applicant | Role::Mentee | Role::Mentor | Role::Alumna);
    let cohort = takes_part.then_some(house.cohort);
    house.write(move |tx| memberships::enrol(tx, person, cohort, role));
    let today = house.now().to_zoned(TimeZone::UTC).date();
    let (past, yesterday) = (today.saturating_sub(90.days()), Some(today.saturating_sub(2.days())));
    let (word, since, until) = match status {
        "invited" => ("invited", past, None),
        "not begun" => ("confirmed", today.saturating_add(30.days()), None),
        "ended" => ("ended", past, yesterday),
        "past its term" => ("confirmed", past, yesterday),
        _ => ("confirmed", past, None),
    };
    let sql = ("memberships", "update % set status = $2, since = $3, until = $4 where person = $1");
    change(house, sql, values![person, word, since, until].to_vec());
    if status == "disabled" {
        house.write(move |tx| Ok(identity::disable(tx, person)?));
    }
}

/// Whether somebody took part until a while ago: such people keep what they wrote.
fn took_part(name: &str) -> bool {
    ["mentee ended", "mentor ended", "mentee past its term", "mentor past its term"].contains(&name)
}

fn cells<'a>(world: &'a World, doors: &'a [platform::doors::Door]) -> Vec<Cell<'a>> {
    let mut cells = Vec::new();
    for door in doors {
        let kind = records::kind_of(door);
        let fitting = world.records.iter().filter(|it| Some(it.kind) == kind && it.is_behind(door.path));
        let fitting: Vec<_> = fitting.take(RECORDS).collect();
        for person in &world.people {
            if fitting.is_empty() {
                cells.push(Cell { door, person, record: None });
            }
            cells.extend(fitting.iter().map(|record| Cell { door, person, record: Some(record) }));
        }
    }
    cells
}

/// What each answer says of the right to it.
fn verdicts(world: &World, cells: &[Cell]) -> Vec<&'static str> {
    let knock = |part: &[Cell]| {
        let ask = |cell: &Cell| verdict(&world.knock(cell.person, &cell.door.method, &cell.path()));
        part.iter().map(ask).collect::<Vec<_>>()
    };
    std::thread::scope(|scope| {
        let parts = cells.chunks(cells.len().div_ceil(super::AT_ONCE)).map(|part| scope.spawn(move || knock(part)));
        let parts: Vec<_> = parts.collect();
        parts.into_iter().flat_map(|part| part.join().unwrap()).collect()
    })
}

fn only_what_is_confirmed_opens(kind: Kind) {
    let mut world = World::new(kind);
    world.people = everyone(&world.house);
    let doors = doors();
    let round = Round::among(&world, doors.list(), cells(&world, doors.list()));
    world.house.app.db.rehearse(true);
    let found = verdicts(&world, &round.cells);
    world.house.app.db.rehearse(false);
    let wrong = differences(&round, &found);
    println!("C-10: {} people, {} knocks", world.people.len(), found.len());
    assert!(wrong.is_empty(), "{} of {}: {:#?}", wrong.len(), found.len(), by_door(&wrong));
    assert!(found.len() >= LEAST, "{} knocks", found.len());
    for role in Role::ALL {
        let name = format!("{} confirmed", role.key());
        let opens = opened(&round, &found, &name);
        assert!(opens > opened(&round, &found, NOBODY), "{name} finds no door open that is closed to others");
    }
}

/// Where somebody finds something else than the matrix gives to whoever holds nothing, or
/// than somebody finds who never did.
fn differences(round: &Round, found: &[&'static str]) -> Vec<String> {
    let key = |cell: &Cell| (std::ptr::from_ref(cell.door), cell.record.map(std::ptr::from_ref));
    let of = |name: &'static str| {
        let theirs = round.cells.iter().zip(found).filter(move |(cell, _)| cell.person.name == name);
        theirs.map(|(cell, found)| (key(cell), *found)).collect::<HashMap<_, _>>()
    };
    let (nobodys, strangers) = (of(NOBODY), of(STRANGER));
    let mut wrong = Vec::new();
    for ((cell, expected), found) in round.cells.iter().zip(&round.expected.cells).zip(found) {
        let name = cell.person.name;
        let alike = match () {
            () if name.ends_with("confirmed") || took_part(name) => found,
            () if name.ends_with("disabled") => &strangers[&key(cell)],
            () => &nobodys[&key(cell)],
        };
        let is_to_fit = !name.ends_with("confirmed");
        if is_to_fit && !fits(expected, found) || (name != STRANGER && found != alike) {
            let record = cell.record.map_or("nothing", |it| it.name.as_str());
            let (method, path) = (&cell.door.method, cell.door.path);
            wrong.push(format!("{method} {path} as {name} on {record}: {found} for {expected}, others {alike}"));
        }
    }
    wrong
}

fn opened(round: &Round, found: &[&'static str], name: &str) -> usize {
    round.cells.iter().zip(found).filter(|(cell, found)| cell.person.name == name && **found == "open").count()
}

#[test]
fn only_what_is_confirmed_opens_on_sqlite() {
    only_what_is_confirmed_opens(Kind::Sqlite);
}

#[test]
fn only_what_is_confirmed_opens_on_postgresql() {
    if let Some(kind) = postgres_or_note("only_what_is_confirmed_opens_on_postgresql") {
        only_what_is_confirmed_opens(kind);
    }
}

// C-10: whoever registered and did not follow the link of the letter has no account yet, and
// so nothing that could open.
#[test]
fn an_address_that_nobody_confirmed_signs_in_nowhere() {
    let house = House::open(Kind::Sqlite, doors(), crate::house::jobs).unwrap();
    house.post_as_stranger("/register", &[("name", "Ana Roe"), ("email", "ana@new.example")]).leads_to();
    house.run_jobs();
    let known = house.read(|tx| Ok(identity::find_by_email(tx, "ana@new.example")?));
    assert!(known.is_none_or(|it| !house.read(move |tx| Ok(identity::has_password(tx, it.id)?))));
    let fields = [("email", "ana@new.example"), ("password", "seventeen loud lanterns")];
    assert_eq!(house.post_as_stranger("/sign-in", &fields).status, 422);
}
