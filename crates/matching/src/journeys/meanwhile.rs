//! Looking for pairs holds nothing that others need, and what changed meanwhile is noticed.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, Sender, channel},
    },
    time::Duration,
};

use platform::{
    doors::{Doors, Work},
    prelude::*,
};
use policy::{Action, Role};
use serde_json::json;
use testing::House;

use super::{
    CLOSED, OPEN,
    desk::{board, run, with},
    go_to, mentee, mentor,
};
use crate::{
    desk::{
        make::{self, Kept},
        runs,
        settings::Settings,
    },
    wishes,
};

/// A door whose work goes on until somebody else has written.
fn doors() -> Doors {
    Doors::default()
        .post("/slow", Action::WriteOwnProfile, |_, visit| {
            let words = visit.prepared.worked_out.as_ref().and_then(|it| it.downcast_ref::<String>());
            Ok(Reply::go("/").saying(words.cloned().unwrap_or_default()))
        })
        .working_out(slow)
        .post("/quick", Action::WriteOwnProfile, |tx, visit| {
            journal::record(tx, "mentor took a pause", visit.person()?, None, None)?;
            Ok(Reply::go("/"))
        })
        .merge(crate::doors())
}

type Bell = Mutex<Option<(Sender<()>, Receiver<()>)>>;

/// Rings when the work has begun, and waits for an answer.
static BELL: Bell = Mutex::new(None);

fn slow(_: &mut Tx, _: &Visit) -> Result<Work, Failure> {
    let bell = BELL.lock().unwrap_or_else(PoisonError::into_inner).take();
    Ok(Box::new(move || {
        let heard = bell.is_some_and(|(begun, written)| {
            begun.send(()).is_ok() && written.recv_timeout(Duration::from_secs(20)).is_ok()
        });
        Arc::new(if heard { "somebody wrote meanwhile" } else { "nobody could write" }.to_owned())
    }))
}

testing::on_both_databases! {
    super::doors(); crate::jobs;
    a_run_rests_on_nothing_that_changed_meanwhile
    whoever_may_not_make_a_run_has_nothing_worked_out
}

/// One house at a time rings the bell.
#[test]
fn others_write_while_a_door_works_something_out() {
    let house = House::open(testing::Kind::Sqlite, doors(), crate::jobs).unwrap();
    mentor(&house, "li", &[]);
    mentor(&house, "kim", &[]);
    let ((begun, has_begun), (written, is_written)) = (channel(), channel());
    *BELL.lock().unwrap() = Some((begun, is_written));
    let house = &house;
    let (slow, quick) = std::thread::scope(|scope| {
        let slow = scope.spawn(move || house.post("li", "/slow", &[]));
        has_begun.recv_timeout(Duration::from_secs(20)).unwrap();
        let quick = house.post("kim", "/quick", &[]);
        written.send(()).unwrap();
        (slow.join().unwrap(), quick)
    });
    assert_eq!((quick.to.as_str(), slow.to.as_str()), ("/", "/"));
    assert_eq!(house.read(|tx| Ok(tx.one::<i64>(&PAUSES, values![])?)), 1);
}

sql! {
    PAUSES => "select count(*) as lines from journal where what = 'mentor took a pause'";
}

fn a_run_rests_on_nothing_that_changed_meanwhile(house: &House) {
    let (li, _) = (mentor(house, "li", &[]), mentor(house, "kim", &[]));
    let ana = mentee(house, "ana", &[]);
    let carla = house.role("carla", Role::Chair);
    go_to(house, CLOSED);
    let cohort = house.cohort;
    let look = || {
        let asked = house.read(move |tx| {
            let cohort = program::the_cohort(tx, cohort)?;
            make::ask(tx, carla, &cohort, &Settings::start(), &[])
        });
        asked.unwrap_or_else(|_| panic!("there are people to ask about")).answer()
    };
    let keep = |worked: make::Worked| {
        let worked = Arc::new(worked);
        house.write(move |tx| {
            let cohort = program::the_cohort(tx, cohort)?;
            Ok(matches!(make::keep(tx, &cohort, carla, &worked)?, Kept::Run(..)))
        })
    };
    assert!(keep(look()), "nothing changed");
    // Another run is no change of what a run rests on.
    let worked = look();
    run(house, &[]);
    assert!(keep(worked));
    let changes: [(&str, &dyn Fn()); 5] = [
        ("an answer", &|| {
            mentee(house, "ana", &[("me_freq", json!("every 2 weeks"))]);
        }),
        ("somebody new", &|| {
            mentee(house, "eva", &[]);
        }),
        ("a list", &|| {
            let wish = wishes::Wish {
                mentor: li,
                name: String::new(),
                note: String::new(),
                profile_state: "shown".to_owned(),
                waiting: 0,
            };
            house.write(move |tx| wishes::write(tx, cohort, ana, std::slice::from_ref(&wish)));
        }),
        ("a pair by hand", &|| {
            let pair = [("mentee", ana.to_string()), ("mentor", li.to_string())];
            let pair: Vec<(&str, &str)> = pair.iter().map(|(name, value)| (*name, value.as_str())).collect();
            house.post("carla", &format!("{}/pairs", board(house)), &pair).leads_to();
        }),
        ("a duo", &|| {
            assert!(house.write(move |tx| Ok(duos::form(tx, cohort, li, ana, "imported", &[])?.is_ok())));
        }),
    ];
    for (what, change) in changes {
        let (worked, before) = (look(), house.read(move |tx| runs::in_cohort(tx, cohort)).len());
        change();
        assert!(!keep(worked), "{what} is noticed");
        assert_eq!(house.read(move |tx| runs::in_cohort(tx, cohort)).len(), before, "{what}");
    }
}

fn whoever_may_not_make_a_run_has_nothing_worked_out(house: &House) {
    mentor(house, "li", &[]);
    mentee(house, "ana", &[]);
    house.role("carla", Role::Chair);
    go_to(house, OPEN);
    let runs = format!("{}/runs", board(house));
    for who in ["ana", "li"] {
        assert_eq!(house.post(who, &runs, &with(&[])).status, 404, "{who}");
    }
    house.post("carla", &runs, &with(&[])).leads_to();
}
