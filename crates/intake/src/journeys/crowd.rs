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
/// How often a race is run.
const ROUNDS: usize = 8;

sql! {
    JUMP => "update applications set state = 'placed' where person = $1";
}

// V-16, CAP1, CAP5
fn two_hundred_submit_at_once_for_25_places(house: &House) {
    let names: Vec<String> = (0..CROWD).map(|number| format!("m{number:03}")).collect();
    let submissions: Vec<String> = names.iter().map(|who| ready(house, who)).collect();
    let other = beside(house, &names);
    // Every fourth presses twice, and learns that the first press was enough.
    let twice = (0..CROWD).step_by(4).map(|place| (&names[place], &submissions[place]));
    let presses: Vec<_> = names.iter().zip(&submissions).chain(twice).collect();
    let statuses = at_once([house, other.as_ref().unwrap_or(house)], &presses);
    let count = |wanted| statuses.iter().filter(|status| **status == wanted).count();
    assert!(count(303) >= CROWD && count(303) + count(409) == presses.len(), "{statuses:?}");

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

/// Two who press at the same moment, one of them at another process: whoever withdraws and
/// whoever answers, in any order. V-16
fn a_withdrawal_races_the_answer_to_an_offer(house: &House) {
    house.places(1);
    let names: Vec<String> = (0..=ROUNDS).map(|number| format!("m{number:03}")).collect();
    for who in &names {
        house.apply(who, Role::Mentee).leads_to();
    }
    let other = beside(house, &names);
    let of = |who: &str, verb: &str| format!("{}/{verb}", house.path_of(who, Role::Mentee));
    house.post(&names[0], &of(&names[0], "withdrawal"), &[]).leads_to();
    for (round, two) in names.windows(2).enumerate().skip(1) {
        let (who, next) = (&two[0], &two[1]);
        let (accepts, withdraws) = (of(who, "offer"), of(who, "withdrawal"));
        let start = Barrier::new(2);
        let (accepted, withdrawn) = std::thread::scope(|scope| {
            let accepted = scope.spawn(|| {
                start.wait();
                house.post(who, &accepts, &[("answer", "accept")]).status
            });
            start.wait();
            let withdrawn = other.as_ref().unwrap_or(house).post(who, &withdraws, &[]).status;
            (accepted.join().unwrap(), withdrawn)
        });
        // Both orders are right; a place is never lost nor given twice.
        assert!(accepted == 303 || accepted == 409, "{accepted}");
        if withdrawn == 409 {
            assert_eq!(accepted, 303, "whoever was overtaken presses again");
            house.post(who, &withdraws, &[]).leads_to();
        }
        let figures = figures(house);
        assert_eq!((figures.taken, figures.held, figures.offered), (0, 1, 1), "round {round}");
        assert_eq!(figures.withdrawn, round as i64 + 1, "round {round}");
        assert_eq!(place(house, next), Place::Offered, "round {round}");
    }
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

/// A second process of the house, at which all of them are signed in; SQLite has one.
fn beside(house: &House, names: &[String]) -> Option<House> {
    let other = house.file().is_none().then(|| house.beside())?;
    names.iter().for_each(|who| other.sign_in(who, house.person(who)));
    Some(other)
}

/// All of them press Submit at the same moment, by turns here and there; what each was answered.
fn at_once(houses: [&House; 2], presses: &[(&String, &String)]) -> Vec<u16> {
    let start = &Barrier::new(presses.len());
    std::thread::scope(|scope| {
        let press = |(place, (who, path)): (usize, &(&'_ String, &'_ String))| {
            let (house, who, path) = (houses[place % 2], who.to_string(), path.to_string());
            scope.spawn(move || {
                start.wait();
                house.post(&who, &path, &[]).status
            })
        };
        let threads: Vec<_> = presses.iter().enumerate().map(press).collect();
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
