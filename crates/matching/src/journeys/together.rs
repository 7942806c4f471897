//! Two processes serve one house: what is changed through one of them, the other knows on its
//! next request, although each keeps the directory in memory. PRF4, SET11

use std::sync::mpsc::channel;

use platform::prelude::*;
use policy::Role;
use serde_json::{Value, json};
use testing::House;

use super::{OPEN, answers_of, ask, go_to, keep, mentee, mentor, request_of};
use crate::{
    listing::{self, Wanted},
    search::Order,
    window,
};

testing::on_both_databases! {
    crate::doors(); crate::jobs;
    what_one_process_changes_the_other_finds_on_its_next_request
    what_an_older_look_finds_is_not_kept_for_the_newer
}

fn finds(house: &House, typed: &str) -> String {
    house.get("ana", &format!("/mentors?q={typed}")).is_ok().text()
}

/// What a mentor sends who corrects a profile.
fn correct(house: &House, person: Id, name: &str, can: &str) {
    let more: [(&str, Value); 3] = [("mo_name", json!(name)), ("mo_can", json!(can)), ("show", json!(true))];
    keep(house, "mentor_application", "mentor profile changed", person, answers_of(&more));
    house.run_jobs();
}

fn what_one_process_changes_the_other_finds_on_its_next_request(house: &House) {
    let ana = mentee(house, "ana", &[]);
    let eva = mentee(house, "eva", &[]);
    mentor(house, "ben", &[]);
    let carla = house.role("carla", Role::Chair);
    go_to(house, OPEN);
    let other = house.beside();
    for (who, id) in [("ana", ana), ("eva", eva), ("carla", carla)] {
        other.sign_in(who, id);
    }
    let terms = format!("/cohorts/{}/matching/terms", house.cohort);
    for (here, there, who, bird) in [(house, &other, "moa", "heron"), (&other, house, "kim", "falcon")] {
        assert!(finds(there, bird).contains("Nobody found"), "{bird}");
        let person = mentor(here, who, &[("mo_can", json!(format!("A {bird} and a calm ear.")))]);
        here.run_jobs();
        let name = testing::full_name(who);
        assert!(finds(there, bird).contains(&name), "published: {}", finds(there, bird));

        correct(here, person, &name, "A kestrel and a calm ear.");
        assert!(finds(there, "kestrel").contains(&name), "changed: {}", finds(there, "kestrel"));
        assert!(finds(there, bird).contains("Nobody found"), "changed: {}", finds(there, bird));

        here.post(who, "/mentors/mine/pause", &[("pause", "yes")]).leads_to();
        assert!(finds(there, "kestrel").contains("Nobody found"), "a pause: {}", finds(there, "kestrel"));
        here.post(who, "/mentors/mine/pause", &[("pause", "no")]).leads_to();
        assert!(finds(there, "kestrel").contains(&name), "back: {}", finds(there, "kestrel"));

        ask(here, "eva", person).leads_to();
        let others = |waiting| {
            [
                ("answer_days", "7"),
                ("first_reminder", "3"),
                ("second_reminder", "6"),
                ("wishes", "5"),
                ("waiting", waiting),
                ("mentees_each", "1"),
            ]
        };
        here.post("carla", &terms, &others("1")).leads_to();
        assert!(finds(there, "kestrel").contains("Full for now"), "one waits: {}", finds(there, "kestrel"));
        here.post("carla", &terms, &others("3")).leads_to();
        assert!(!finds(there, "kestrel").contains("Full for now"), "three may: {}", finds(there, "kestrel"));

        let path = request_of(there, person);
        if who == "moa" {
            here.post(who, &format!("{path}/refusal"), &[("answer", "no")]).leads_to();
        } else {
            here.post(who, &format!("{path}/acceptance"), &[("answer", "yes")]).leads_to();
            assert!(finds(there, "kestrel").contains("Has found a mentee"), "taken: {}", finds(there, "kestrel"));
        }

        let cohort = here.cohort;
        here.write(move |tx| crate::profiles::take_away(tx, cohort, person));
        assert!(finds(there, "kestrel").contains("Nobody found"), "gone: {}", finds(there, "kestrel"));
    }
}

/// One page has begun to look when somebody's words change, and answers after another page has
/// heard of it. What the first found is as old as its beginning.
fn what_an_older_look_finds_is_not_kept_for_the_newer(house: &House) {
    let ana = mentee(house, "ana", &[]);
    let moa = mentor(house, "moa", &[("mo_can", json!("A heron."))]);
    go_to(house, OPEN);
    assert!(finds(house, "heron").contains("Moa") && finds(house, "owl").contains("Nobody found"));
    // Forgets what was found, so that the older look has to ask.
    correct(house, moa, "Moa Martinez", "Two herons.");
    let (db, cohort) = (house.app.db.clone(), house.cohort);
    let (begun, has_begun) = channel();
    let (go_on, may_go_on) = channel::<()>();
    std::thread::scope(|scope| {
        let older = scope.spawn(move || {
            let may_go_on = std::sync::Mutex::new(may_go_on);
            db.read(move |tx| {
                let newest = window::newest(tx, &[cohort], ana)?.unwrap();
                begun.send(()).unwrap();
                may_go_on.lock().unwrap().recv().unwrap();
                let wanted = Wanted { words: "owl".to_owned(), page: 1, ..Wanted::default() };
                let order = Order::of(ana, jiff::civil::date(2026, 5, 4));
                let scope = super::readable(tx, cohort, ana);
                Ok::<_, Failure>(listing::listing(tx, &scope, &newest, &[], order, &wanted)?.found.total)
            })
        });
        has_begun.recv().unwrap();
        correct(house, moa, "Moa Martinez", "An owl.");
        assert!(finds(house, "heron").contains("Nobody found"), "the newer look has heard");
        go_on.send(()).unwrap();
        older.join().unwrap().unwrap();
    });
    assert!(finds(house, "owl").contains("Moa"), "{}", finds(house, "owl"));
}
