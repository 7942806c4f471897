//! The same knocks over TCP, at a real address: by themselves at a server in this process,
//! and with `cargo xtask access` at the built program, or at a demo that runs somewhere.

use std::{net::SocketAddr, path::Path};

use axum::http::Method;
use testing::{Database, Kind, Live, postgres_or_note};

use super::{Cell, Round, World, by_door, mismatches_among};
use crate::{house::doors, open};

/// Every so many cells, where nobody asks for all of them.
const EVERY: usize = 11;
const LEAST: usize = 2_000;

/// A demo that listens at the address which ACCESS_AGAINST names, with its folder in
/// ACCESS_DATA and its database, where that is not in the folder, in ACCESS_DATABASE.
fn running() -> Option<World> {
    let address: SocketAddr = std::env::var("ACCESS_AGAINST").ok()?.parse().expect("ACCESS_AGAINST: host:port");
    let data = std::env::var("ACCESS_DATA").expect("ACCESS_DATA names the folder of the demo");
    let database = std::env::var("ACCESS_DATABASE").ok();
    let app = open::standing(Path::new(&data), database.clone()).unwrap();
    assert!(open::is_demo(&app).unwrap(), "{data} holds real people; this suite is for a demo");
    let cohort = app.db.read(program::current).unwrap().expect("the demo has a cohort");
    let url = database.unwrap_or_else(|| format!("{data}/duology.db"));
    let world = World::around(app, cohort.id, Database::standing(url));
    Some(World { live: Some(Live::at(address)), ..world })
}

/// A server in this process, with real connections to it.
fn of_our_own(kind: Kind) -> World {
    let world = World::new(kind);
    let live = world.house.listen();
    World { live: Some(live), ..world }
}

fn everyone_finds_the_same_over_tcp(kind: Kind) {
    let world = of_our_own(kind);
    let doors = doors();
    let round = Round::of(&world, doors.list());
    let order: Vec<usize> = (0..round.cells.len()).step_by(EVERY).collect();
    world.house.app.db.rehearse(true);
    let wrong = mismatches_among(&world, &round, &order, false);
    world.house.app.db.rehearse(false);
    let knocks = order.len();
    assert!(wrong.is_empty(), "{} of {knocks} knocks: {:#?}", wrong.len(), by_door(&wrong));
    assert!(knocks >= LEAST, "{knocks} knocks");
}

/// Whether a cell depends on an hour that has passed here, and not where the demo runs:
/// sign-ins that are over, an opening that has ended, a cohort that its jobs have closed.
fn depends_on_the_hour(cell: &Cell) -> bool {
    ["expired", "chair who was away"].contains(&cell.person.name)
        || ["/desk/duos/{duo}/answers", "/wishes"].contains(&cell.door.path)
}

// C-02, V-01: at a live address. A house that runs somewhere keeps what it is told, so
// only those forms are sent to it which it is to refuse; and a demo asks nobody for a
// second factor.
#[test]
fn everyone_finds_the_same_at_a_live_address() {
    let Some(world) = running() else { return everyone_finds_the_same_over_tcp(Kind::Sqlite) };
    let doors = doors();
    let round = Round::of(&world, doors.list());
    let may_be_asked = |at: &usize| {
        let (cell, expected) = (&round.cells[*at], round.expected.cells[*at].as_str());
        let is_refused = matches!(expected, "gone" | "sign-in" | "token" | "again");
        let is_the_same_there = !matches!(expected, "second factor" | "shut") && !depends_on_the_hour(cell);
        is_the_same_there && (cell.door.method == Method::GET || is_refused)
    };
    let order: Vec<usize> = (0..round.cells.len()).filter(may_be_asked).collect();
    let wrong = mismatches_among(&world, &round, &order, false);
    let knocks = order.len();
    println!("{} people, {knocks} knocks, {} not as the matrix gives", world.people.len(), wrong.len());
    assert!(wrong.is_empty(), "{} of {knocks} knocks: {:#?}", wrong.len(), by_door(&wrong));
    assert!(world.people.len() >= 30 && knocks >= 15_000, "{} people, {knocks} knocks", world.people.len());
}

// C-02, V-01
#[test]
fn everyone_finds_the_same_over_tcp_on_postgresql() {
    if let Some(kind) = postgres_or_note("everyone_finds_the_same_over_tcp_on_postgresql") {
        everyone_finds_the_same_over_tcp(kind);
    }
}
