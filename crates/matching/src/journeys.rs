//! The room through its doors: a small world of mentees and mentors with applications.

mod answers;
mod asking;
mod capacity;
mod crowded;
mod desk;
mod directory;
mod fellows;
mod files;
mod importing;
mod keeping;
mod lists;
mod machine;
mod meanwhile;
mod moving;
mod odd_queries;
mod proposals;
mod races;
mod reviewing;
mod searching;
mod step_in;
mod terms;
mod threshold;
mod together;

use forms::Answers;
use platform::prelude::*;
use policy::Role;
use serde_json::{Value, json};
use testing::House;

pub(crate) const OPEN: &str = "2026-05-04T15:00:00Z";
pub(crate) const CLOSED: &str = "2026-06-03T15:00:00Z";
pub(crate) const AFTER_THE_SESSION: &str = "2027-05-02T15:00:00Z";

/// Moves the clock to a moment; everybody signs in anew, for weeks have passed.
pub(crate) fn go_to(house: &House, moment: &str) {
    house.at(moment);
    for account in house.read(|tx| Ok(platform::identity::all(tx)?)) {
        house.sign_in(account.email.split('@').next().unwrap_or_default(), account.id);
    }
    house.run_jobs();
}

/// A mentor with an application and, unless `show` is changed, a profile.
pub(crate) fn mentor(house: &House, who: &str, more: &[(&str, Value)]) -> Id {
    let person = house.role_in_cohort(who, Role::Mentor);
    let mut answers = answers_of(&[
        ("mo_name", json!(testing::full_name(who))),
        ("mo_email", json!(format!("{who}@private.example"))),
        ("mo_phone", json!("555-0100")),
        ("mo_role", json!("Head of public services")),
        ("mo_employer", json!(format!("{who} library"))),
        ("mo_type", json!(["public: urban"])),
        ("mo_expert", json!(["budget and fundraising", "managing people"])),
        ("mo_expert_strong", json!(["budget and fundraising"])),
        ("mo_chan", json!(["video", "phone"])),
        ("mo_freq", json!("monthly")),
        ("mo_can", json!("A calm ear and honest questions.")),
        ("mo_style", json!([2, 2, 3, 4, 1, 5])),
        ("show", json!(true)),
    ]);
    for (key, value) in more {
        answers.set(key, value.clone());
    }
    keep(house, "mentor_application", "mentor joined", person, answers);
    person
}

/// A mentee with a place.
pub(crate) fn mentee(house: &House, who: &str, more: &[(&str, Value)]) -> Id {
    let person = house.role_in_cohort(who, Role::Mentee);
    let mut answers = answers_of(&[
        ("me_name", json!(testing::full_name(who))),
        ("me_role", json!("Reference librarian")),
        ("me_employer", json!(format!("{who} college"))),
        ("me_goals", json!([{ "text": "write a budget", "topic": "budget and fundraising" }])),
        ("me_type_next", json!(["public: urban"])),
        ("me_chan", json!(["video"])),
        ("me_freq", json!("monthly")),
        ("me_style", json!([2, 2, 3, 4, 1, 5])),
    ]);
    for (key, value) in more {
        answers.set(key, value.clone());
    }
    keep(house, "mentee_application", "place taken", person, answers);
    person
}

pub(crate) fn keep(house: &House, form: &'static str, what: &'static str, person: Id, answers: Answers) {
    let cohort = house.cohort;
    house.write(move |tx| {
        let (form, about) = (forms::current(tx, form)?, tx.fresh_id());
        let keep = forms::Keep { cohort: Some(cohort), person, about, answers: &answers, given: true };
        forms::keep(tx, &form, keep)?;
        let about = if what == "place taken" { about } else { person };
        Ok(journal::record(tx, what, about, Some(person), Some(cohort))?)
    });
}

fn answers_of(pairs: &[(&str, Value)]) -> Answers {
    let mut answers = Answers::new();
    for (key, value) in pairs {
        answers.set(key, value.clone());
    }
    answers
}

/// Puts a mentor on a mentee's list; the first one is asked at once.
pub(crate) fn ask(house: &House, who: &str, mentor: Id) -> testing::Answer {
    house.post(who, &format!("/mentors/{mentor}/request"), &[("note", "I would like to learn from you.")])
}

/// The link with which `who` answers the newest letter of this name.
pub(crate) fn link_to(house: &House, who: &str, letter: &str) -> String {
    let letters = house.letters_to(who);
    let newest = letters.iter().rev().find(|it| it.letter == letter);
    house.link_in(newest.unwrap_or_else(|| panic!("{who} got no {letter}")))
}

/// The address of the one request that waits for this mentor.
pub(crate) fn request_of(house: &House, mentor: Id) -> String {
    let cohort = house.cohort;
    let waiting = house.read(move |tx| crate::requests::waiting_for(tx, cohort, mentor));
    format!("/requests/{}", waiting.first().unwrap_or_else(|| panic!("nothing waits")).id)
}

pub(crate) fn duos(house: &House) -> Vec<(String, String)> {
    let cohort = house.cohort;
    let duos = house.read(move |tx| duos::in_cohort(tx, cohort));
    duos.into_iter().map(|duo| (duo.mentee_name, duo.mentor_name)).collect()
}

/// What the page asks the matrix for: the mentors of this cohort, by one of its mentees.
fn readable(tx: &mut Tx, cohort: Id, reader: Id) -> policy::Scope<policy::of::ProfileMentor> {
    let facts = policy::Facts::in_cohort(cohort.number()).when(true, policy::Condition::DirectoryIsOpen);
    policy::scope(&program::subject(tx, reader).unwrap(), &facts).unwrap()
}
