//! Journeys through what comes after, by the same doors that people use.

mod certificates;
mod group;

use platform::{doors::Doors, ids::Id, jobs::Job};
use policy::Role;
use testing::House;

const SESSION: &str = "2026-08-20T16:00:00Z";
const AFTER: &str = "2027-05-03T16:00:00Z";

fn doors() -> Doors {
    crate::doors().merge(duos::doors()).merge(::letters::doors())
}

fn jobs() -> Vec<Job> {
    duos::jobs().into_iter().chain(crate::jobs()).collect()
}

/// Anna and Karl, Bela and Leo, a chair.
fn with_two_duos(house: &House) -> [Id; 2] {
    house.role("walt", Role::Chair);
    [("anna", "karl"), ("bela", "leo")].map(|(mentee, mentor)| {
        let mentee = house.role_in_cohort(mentee, Role::Mentee);
        let (mentor, cohort) = (house.role_in_cohort(mentor, Role::Mentor), house.cohort);
        let formed = house.write(move |tx| duos::form(tx, cohort, mentor, mentee, "chosen", &[]));
        formed.unwrap_or_else(|refusal| panic!("{refusal}"))
    })
}

/// The session is over and its certificates are out.
fn after_the_session(house: &House) {
    house.at(AFTER);
    house.run_jobs();
}

/// Months pass in these journeys and sign-ins end, so everybody signs in anew.
fn get(house: &House, who: &str, path: &str) -> testing::Answer {
    house.sign_in(who, house.person(who));
    house.get(who, path)
}

fn post(house: &House, who: &str, path: &str, fields: &[(&str, &str)]) -> testing::Answer {
    house.sign_in(who, house.person(who));
    house.post(who, path, fields)
}

fn count(house: &House, who: &str, letter: &str) -> usize {
    house.letter_names_to(who).iter().filter(|it| *it == letter).count()
}

fn link(house: &House, who: &str, letter: &str) -> String {
    let letters = house.letters_to(who);
    let found = letters.iter().rfind(|it| it.letter == letter);
    house.link_in(found.unwrap_or_else(|| panic!("no {letter} to {who}")))
}
