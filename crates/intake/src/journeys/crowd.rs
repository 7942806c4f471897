//! Many at once: places are never given twice, and the order is that of the commits.

use std::sync::Barrier;

use platform::{chance::Chance, ids::Id, prelude::*};
use policy::Role;
use testing::House;

use super::{World, borrowed, figures, mentee_fields};
use crate::Place;

testing::on_both_databases! {
    crate::journeys::doors(); crate::jobs;
    two_hundred_submit_at_once_for_25_places
    a_place_given_out_of_order_is_not_proven
    a_withdrawal_races_the_answer_to_an_offer
    whatever_happens_the_counts_are_those_of_the_people
}

const CROWD: usize = 200;

sql! {
    JUMP => "update applications set state = 'placed' where person = $1";
}

// V-16, CAP1, CAP5
fn two_hundred_submit_at_once_for_25_places(house: &House) {
    let names: Vec<String> = (0..CROWD).map(|number| format!("m{number:03}")).collect();
    let submissions: Vec<String> = names.iter().map(|who| ready(house, who)).collect();
    let statuses = at_once(house, &names, &submissions);
    assert_eq!(statuses.iter().filter(|status| **status == 303).count(), CROWD, "{statuses:?}");

    let figures = figures(house);
    assert_eq!((figures.placed, figures.taken, figures.waiting, figures.eligible), (25, 25, 175, 200));
    let (cohort, committed) = (house.cohort, submitted_in_order(house));
    assert_eq!(committed.len(), CROWD);
    for (index, id) in committed.into_iter().enumerate() {
        let application = house.read(move |tx| crate::application(tx, id)).unwrap();
        assert_eq!(application.number, Some(index as i64 + 1), "numbers are in the order of the journal");
        let place = house.read(move |tx| crate::place_of(tx, cohort, application.person));
        let expected = if index < 25 { Place::Taken } else { Place::Waiting(index as i64 - 24) };
        assert_eq!(place, expected, "number {}", index + 1);
    }
    let told = house.letters();
    let count = |name: &str| told.iter().filter(|letter| letter.letter == name).count();
    assert_eq!((count("place_taken"), count("waiting_list"), count("application_received")), (25, 175, 200));
    house.role("ute", Role::Chair);
    let proof = order_page(house);
    assert!(proof.contains("In order.") && proof.contains("each of 200 steps follows"), "{proof}");
}

fn order_page(house: &House) -> String {
    let page = house.get("ute", &format!("/cohorts/{}/places/order", house.cohort));
    assert_eq!(page.status, 200);
    page.body
}

// CAP5: whoever changes the books behind the house's back is noticed.
fn a_place_given_out_of_order_is_not_proven(house: &House) {
    house.role("ute", Role::Chair);
    assert!(order_page(house).contains("No place was given yet"));
    house.places(1);
    for who in ["anna", "berta", "carla"] {
        house.apply(who, Role::Mentee).leads_to();
    }
    assert!(order_page(house).contains("In order."));
    let carla = house.person("carla");
    house.write(move |tx| {
        tx.exec(&JUMP, values![carla])?;
        Ok(())
    });
    let proof = order_page(house);
    assert!(proof.contains("Not proven.") && proof.contains("Carla"), "{proof}");
}

/// Two who press at the same moment: whoever withdraws and whoever answers, in any order.
fn a_withdrawal_races_the_answer_to_an_offer(house: &House) {
    house.places(1);
    let names: Vec<String> = ["anna", "berta", "carla"].map(str::to_owned).to_vec();
    for who in &names {
        house.apply(who, Role::Mentee).leads_to();
    }
    let of = |who: &str, verb: &str| format!("{}/{verb}", house.path_of(who, Role::Mentee));
    house.post("anna", &of("anna", "withdrawal"), &[]).leads_to();
    let (accepts, withdraws) = (of("berta", "offer"), of("berta", "withdrawal"));
    let start = Barrier::new(2);
    let (accepted, withdrawn) = std::thread::scope(|scope| {
        let accepted = scope.spawn(|| {
            start.wait();
            house.post("berta", &accepts, &[("answer", "accept")]).status
        });
        start.wait();
        let withdrawn = house.post("berta", &withdraws, &[]).status;
        (accepted.join().unwrap(), withdrawn)
    });
    // Both orders are right; a place is never lost nor given twice.
    assert_eq!(withdrawn, 303);
    assert!(accepted == 303 || accepted == 409, "{accepted}");
    let figures = figures(house);
    assert_eq!((figures.taken, figures.held, figures.offered, figures.withdrawn), (0, 1, 1, 2));
    let (cohort, carla) = (house.cohort, house.person("carla"));
    assert_eq!(house.read(move |tx| crate::place_of(tx, cohort, carla)), Place::Offered);
}

/// The same as the model of the rules, through the doors, with a fixed seed.
fn whatever_happens_the_counts_are_those_of_the_people(house: &House) {
    house.role("ute", Role::Chair);
    house.places(3);
    let chance = Chance::seeded(16);
    let mut people: Vec<String> = Vec::new();
    for round in 0..90 {
        match chance.below(10) {
            0..=4 => {
                let who = format!("m{round:03}");
                house.apply(&who, Role::Mentee).leads_to();
                people.push(who);
            }
            5 | 6 if !people.is_empty() => {
                let who = &people[chance.below(people.len())];
                house.post(who, &format!("{}/withdrawal", house.path_of(who, Role::Mentee)), &[]);
            }
            7 | 8 if !people.is_empty() => {
                let answer = if chance.below(3) == 0 { "pass" } else { "accept" };
                if let Some(who) = people.iter().find(|who| place(house, who) == Place::Offered) {
                    let path = format!("{}/offer", house.path_of(who, Role::Mentee));
                    house.post(who, &path, &[("answer", answer)]).leads_to();
                }
            }
            _ => {
                let wanted = (2 + chance.below(8)).to_string();
                house.post("ute", &format!("/cohorts/{}/places", house.cohort), &[("places", &wanted)]);
            }
        }
        let figures = figures(house);
        assert_eq!((figures.taken, figures.held), (figures.placed, figures.offered), "round {round}");
        assert!(figures.taken + figures.held <= figures.places, "round {round}: {figures:?}");
        assert!(figures.waiting == 0 || figures.taken + figures.held == figures.places, "round {round}: {figures:?}");
        assert_eq!(mentees(house), figures.placed, "round {round}");
    }
    assert!(order_page(house).contains("In order."), "{}", order_page(house));
}

fn place(house: &House, who: &str) -> Place {
    let (cohort, person) = (house.cohort, house.person(who));
    house.read(move |tx| crate::place_of(tx, cohort, person))
}

/// How many hold the role of a mentee.
fn mentees(house: &House) -> i64 {
    let cohort = house.cohort;
    house.read(move |tx| program::in_cohort(tx, Role::Mentee, cohort)).len() as i64
}

/// Makes a complete draft, as its form would, and gives the address that submits it.
fn ready(house: &House, who: &str) -> String {
    house.person(who);
    let check = house.post(who, "/applications/mentee/check", &borrowed(&mentee_fields(who))).leads_to();
    check.replace("/check", "/submission")
}

/// All of them press Submit at the same moment; what each was answered.
fn at_once(house: &House, names: &[String], paths: &[String]) -> Vec<u16> {
    let start = Barrier::new(names.len());
    std::thread::scope(|scope| {
        let threads: Vec<_> = names
            .iter()
            .zip(paths)
            .map(|(who, path)| {
                let start = &start;
                scope.spawn(move || {
                    start.wait();
                    house.post(who, path, &[]).status
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

/// The applications in the order in which their submissions stand in the journal.
fn submitted_in_order(house: &House) -> Vec<Id> {
    let cohort = house.cohort;
    let mut lines = house.read(move |tx| Ok(platform::journal::of_cohort(tx, cohort, 10_000)?));
    lines.reverse();
    lines.into_iter().filter(|line| line.what == "application submitted").map(|line| line.about).collect()
}
