//! The room as people use it, on both databases.

use policy::{Role, may, of};
use testing::House;

use crate::Duo;

mod agreement;
mod at_once;
mod ending;
mod forming;
mod goals;
mod keeping;
mod meetings;
mod notebook;
mod pledge;
mod two_at_once;

/// Marta mentors Nils. "marta" and "nils" are who asks.
fn marta_and_nils(house: &House) -> Duo {
    pair(house, "marta", "nils")
}

fn pair(house: &House, mentor: &str, mentee: &str) -> Duo {
    let cohort = house.cohort;
    let mentor = house.role_in_cohort(mentor, Role::Mentor);
    let mentee = house.role_in_cohort(mentee, Role::Mentee);
    house.write(move |tx| {
        let reasons = ["Marta has led what Nils wants to learn.".to_owned()];
        let id = crate::form(tx, cohort, mentor, mentee, "chosen", &reasons)?.unwrap();
        Ok(crate::duo(tx, id)?.unwrap())
    })
}

/// What the mentor reads of the meetings of a duo.
fn logged(house: &House, duo: &Duo) -> Vec<crate::meetings::Meeting> {
    let duo = duo.clone();
    house.read(move |tx| {
        let facts = crate::access::facts(duo.mentor, &duo);
        let proof = policy::grant::<of::MeetingLog, may::Read>(&program::subject(tx, duo.mentor)?, &facts);
        crate::meetings::of_duo(tx, &proof.unwrap(), &duo)
    })
}

fn times(house: &House, what: &'static str, about: platform::ids::Id) -> usize {
    house.read(move |tx| Ok(platform::journal::about(tx, about)?)).iter().filter(|it| it.what == what).count()
}

/// Moves the clock; whoever asks afterwards signs in again, as after a month everyone must.
fn later(house: &House, moment: &str, people: &[&str]) {
    house.at(moment);
    for who in people {
        house.sign_in(who, house.person(who));
    }
}
