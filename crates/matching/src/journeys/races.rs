//! Two who press at the same moment, at one process or at two: a mentor has one mentee, a
//! request one end, and a second press finds that the first was enough. V-16, SLF1, SLF5

use std::sync::Barrier;

use testing::{Answer, House};

use super::{
    OPEN, ask,
    capacity::{allow, take},
    duos, go_to, mentee, mentor,
};

testing::on_both_databases! {
    crate::doors(); crate::jobs;
    of_two_yeses_of_one_mentor_one_counts
    of_three_yeses_for_two_places_two_count
    a_yes_pressed_twice_makes_one_duo
    a_request_sent_twice_waits_once
    a_request_taken_back_while_the_mentor_says_yes_ends_one_way
    of_many_who_ask_at_once_no_more_wait_than_may
}

/// How often each race is run.
const ROUNDS: usize = 6;

/// Who presses, where, and what is sent.
type Press = (&'static str, String, Vec<(&'static str, &'static str)>);

/// Everybody at the same moment, by turns at one process and at the other; what each was answered.
fn at_once(houses: [&House; 2], presses: Vec<Press>) -> Vec<Answer> {
    let start = &Barrier::new(presses.len());
    std::thread::scope(|scope| {
        let press = |(place, (who, path, fields)): (usize, Press)| {
            scope.spawn(move || {
                start.wait();
                houses[place % 2].post(who, &path, &fields)
            })
        };
        let all: Vec<_> = presses.into_iter().enumerate().map(press).collect();
        all.into_iter().map(|it| it.join().unwrap()).collect()
    })
}

fn kept(answers: &[Answer]) -> usize {
    let odd: Vec<String> =
        answers.iter().filter(|it| !matches!(it.status, 303 | 404 | 409 | 422)).map(Answer::text).collect();
    assert!(odd.is_empty(), "{odd:?}");
    answers.iter().filter(|it| it.status == 303).count()
}

/// Two processes, at which all of these are signed in.
fn beside(house: &House, people: &[&str]) -> House {
    let other = house.beside();
    people.iter().for_each(|who| other.sign_in(who, house.person(who)));
    other
}

fn live(house: &House, who: &str) -> Option<String> {
    let (cohort, person) = (house.cohort, house.person(who));
    let live = house.read(move |tx| crate::requests::live_of(tx, cohort, person));
    live.map(|it| format!("/requests/{}", it.id))
}

fn yes(mentor: &'static str, path: &str) -> Press {
    (mentor, format!("{path}/acceptance"), vec![("answer", "yes")])
}

const MENTORS: [&str; ROUNDS] = ["li", "kim", "moa", "uma", "ben", "zoe"];
const MENTEES: [&str; 12] = ["ana", "eva", "ida", "jo", "pia", "rui", "sam", "tea", "una", "vic", "wim", "xia"];

/// Six mentors, twelve mentees, and a second process.
fn world(house: &House) -> (Vec<platform::prelude::Id>, House) {
    let mentors = MENTORS.map(|who| mentor(house, who, &[])).to_vec();
    MENTEES.iter().for_each(|who| _ = mentee(house, who, &[]));
    go_to(house, OPEN);
    let other = beside(house, &[&MENTORS[..], &MENTEES[..]].concat());
    (mentors, other)
}

// V-16, SLF5
fn of_two_yeses_of_one_mentor_one_counts(house: &House) {
    let (mentors, other) = world(house);
    for (round, (who, mentor)) in MENTORS.into_iter().zip(mentors).enumerate() {
        let two = &MENTEES[2 * round..2 * round + 2];
        two.iter().for_each(|mentee| _ = ask(house, mentee, mentor).leads_to());
        let presses: Vec<_> = two.iter().map(|mentee| yes(who, &live(house, mentee).unwrap())).collect();
        let answers = at_once([house, &other], presses);
        assert_eq!(kept(&answers), 1, "{who}: {:?}", answers.iter().map(|it| it.status).collect::<Vec<_>>());
        assert_eq!(duos(house).len(), round + 1, "{who}");
        assert!(two.iter().all(|mentee| live(house, mentee).is_none()), "nobody waits for {who} any more");
    }
}

// V-16, SLF5
fn of_three_yeses_for_two_places_two_count(house: &House) {
    let (mentors, other) = world(house);
    allow(house, 2);
    for (round, (who, mentor)) in MENTORS.into_iter().zip(mentors).take(4).enumerate() {
        take(house, who, "2").leads_to();
        let three = &MENTEES[3 * round..3 * round + 3];
        three.iter().for_each(|mentee| _ = ask(house, mentee, mentor).leads_to());
        // Two places for two: both count. A third finds none left.
        let many = if round % 2 == 0 { 2 } else { 3 };
        let presses: Vec<_> = three.iter().take(many).map(|it| yes(who, &live(house, it).unwrap())).collect();
        let answers = at_once([house, &other], presses);
        let statuses: Vec<u16> = answers.iter().map(|it| it.status).collect();
        assert_eq!(kept(&answers), 2, "{who}: {statuses:?}");
        assert_eq!(statuses.iter().filter(|it| **it == 409).count(), many - 2, "{who}: {statuses:?}");
        assert_eq!(duos(house).len(), 2 * round + 2, "{who}");
        assert!(three.iter().all(|mentee| live(house, mentee).is_none()), "nobody waits for {who} any more");
    }
}

// V-16
fn a_yes_pressed_twice_makes_one_duo(house: &House) {
    let (mentors, other) = world(house);
    for (round, (who, mentor)) in MENTORS.into_iter().zip(mentors).enumerate() {
        ask(house, MENTEES[round], mentor).leads_to();
        let path = live(house, MENTEES[round]).unwrap();
        let answers = at_once([house, &other], vec![yes(who, &path), yes(who, &path), yes(who, &path)]);
        assert_eq!(kept(&answers), 1, "{who}");
        let told = house.letter_names_to(MENTEES[round]);
        assert_eq!(told.iter().filter(|it| *it == "duo_confirmed").count(), 1, "{told:?}");
    }
    assert_eq!(duos(house).len(), ROUNDS);
}

// V-16
fn a_request_sent_twice_waits_once(house: &House) {
    let (mentors, other) = world(house);
    for (mentee, mentor) in MENTEES.into_iter().zip(mentors.iter().cycle()) {
        let press =
            || (mentee, format!("/mentors/{mentor}/request"), vec![("note", "I would like to learn from you.")]);
        let answers = at_once([house, &other], vec![press(), press()]);
        assert_eq!(kept(&answers), 1, "{mentee}: {:?}", answers.iter().map(|it| it.status).collect::<Vec<_>>());
    }
    let asked: usize = MENTORS.iter().map(|who| house.letters_to(who).len()).sum();
    assert_eq!(asked, MENTEES.len(), "one letter for each request");
}

// V-16, SLF5
fn a_request_taken_back_while_the_mentor_says_yes_ends_one_way(house: &House) {
    let (mentors, other) = world(house);
    for (round, (who, mentor)) in MENTORS.into_iter().zip(mentors).enumerate() {
        let mentee = MENTEES[round];
        ask(house, mentee, mentor).leads_to();
        let path = live(house, mentee).unwrap();
        let back = (mentee, format!("{path}/withdrawal"), Vec::new());
        let before = duos(house).len();
        let answers = at_once([house, &other], vec![yes(who, &path), back]);
        assert_eq!(kept(&answers), 1, "{who}: one of the two");
        assert_eq!(duos(house).len() - before, usize::from(answers[0].status == 303), "{who}");
        assert!(live(house, mentee).is_none());
    }
}

// V-16, SLF1
fn of_many_who_ask_at_once_no_more_wait_than_may(house: &House) {
    let (mentors, other) = world(house);
    let press =
        |who| (who, format!("/mentors/{}/request", mentors[0]), vec![("note", "I would like to learn from you.")]);
    let answers = at_once([house, &other], MENTEES.map(press).to_vec());
    assert_eq!(kept(&answers), 3);
    let (cohort, mentor) = (house.cohort, mentors[0]);
    assert_eq!(house.read(move |tx| crate::requests::waiting_for(tx, cohort, mentor)).len(), 3);
}
