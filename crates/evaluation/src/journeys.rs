//! Journeys through the surveys, by the same doors that people use.

mod answering;
mod closing;
mod keeping_apart;

use platform::ids::Id;
use policy::Role;
use testing::House;

/// The morning on which the mid-way survey of the small world opens, and the one after
/// it has closed.
const MIDWAY_OPENS: &str = "2026-11-19T16:00:00Z";
const MIDWAY_IS_OVER: &str = "2026-12-11T16:00:00Z";
const FINAL_OPENS: &str = "2027-04-16T16:00:00Z";
const FINAL_IS_OVER: &str = "2027-05-15T16:00:00Z";

/// Ten of each, so that no test needs more names.
const MENTEES: [&str; 10] = ["anna", "bela", "cleo", "dora", "eva", "fay", "gina", "hana", "ida", "jane"];
const MENTORS: [&str; 10] = ["karl", "leo", "max", "nils", "otto", "paul", "quinn", "rolf", "sam", "tom"];

/// So many duos, a chair, a liaison, and the surveys planned.
fn with_duos(house: &House, many: usize) {
    house.role("walt", Role::Chair);
    house.role("lisa", Role::Liaison);
    for (mentee, mentor) in MENTEES.iter().zip(MENTORS).take(many) {
        let mentee = house.role_in_cohort(mentee, Role::Mentee);
        let (mentor, cohort) = (house.role_in_cohort(mentor, Role::Mentor), house.cohort);
        let formed = house.write(move |tx| duos::form(tx, cohort, mentor, mentee, "chosen", &[]));
        assert!(formed.is_ok(), "{formed:?}");
    }
    house.run_jobs();
}

fn survey(house: &House, name: &'static str) -> Id {
    let cohort = house.cohort;
    house.read(move |tx| Ok(crate::surveys::named(tx, cohort, name)?.map(|it| it.id))).unwrap_or_default()
}

/// The link in the newest letter of a survey to somebody.
fn link(house: &House, who: &str) -> String {
    let letters = house.letters_to(who);
    let letter =
        letters.iter().rfind(|it| it.letter.starts_with("survey_")).unwrap_or_else(|| panic!("no letter to {who}"));
    house.link_in(letter)
}

/// Sends one answer by the link of the letter.
fn answer(house: &House, who: &str, fields: &[(&str, &str)]) {
    let link = link(house, who);
    assert_eq!(house.post_as_stranger(&link, fields).leads_to(), link);
}

/// How many letters of a kind somebody got.
fn letters_of(house: &House, who: &str, name: &str) -> usize {
    house.letter_names_to(who).iter().filter(|it| *it == name).count()
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
