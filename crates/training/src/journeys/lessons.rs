//! Eight lessons, and one for liaisons.

use policy::Role;
use testing::House;

testing::on_both_databases! { crate::journeys::doors(); crate::journeys::jobs;
    lessons_are_read_one_after_the_other_with_progress
    the_committee_has_one_lesson_more
    a_lesson_that_is_none_is_not_found
}

// ORI4
fn lessons_are_read_one_after_the_other_with_progress(house: &House) {
    house.role_in_cohort("nils", Role::Mentee);
    house.get("nils", "/lessons").is_ok().says("0 of 8 read.").does_not_say("For liaisons");
    house.get("nils", "/lessons/2").is_ok().says("to Friday 30 April 2027").says("I have read it").does_not_say("{{");
    assert_eq!(house.post("nils", "/lessons/1/reading", &[]).leads_to(), "/lessons/2");
    assert_eq!(house.post("nils", "/lessons/1/reading", &[]).leads_to(), "/lessons/2");
    house.get("nils", "/lessons").is_ok().says("1 of 8 read.");
    for number in 2..8 {
        house.post("nils", &format!("/lessons/{number}/reading"), &[]).leads_to();
    }
    assert_eq!(house.post("nils", "/lessons/8/reading", &[]).leads_to(), "/lessons");
    house.get("nils", "/lessons").is_ok().says("8 of 8 read.");
    house.get("nils", "/lessons/8").is_ok().does_not_say("I have read it");
}

fn the_committee_has_one_lesson_more(house: &House) {
    house.role("lena", Role::Liaison);
    house.get("lena", "/lessons").is_ok().says("0 of 9 read.").says("For liaisons");
    house.get("lena", "/lessons/liaison").is_ok().says("You accompany two to five duos.");
    house.role_in_cohort("nils", Role::Mentee);
    assert_eq!(house.get("nils", "/lessons/liaison").status, 404);
    assert_eq!(house.post("nils", "/lessons/liaison/reading", &[]).status, 404);
}

fn a_lesson_that_is_none_is_not_found(house: &House) {
    house.person("nils");
    for number in ["0", "9", "goals", "1-goals"] {
        assert_eq!(house.get("nils", &format!("/lessons/{number}")).status, 404, "{number}");
    }
    assert_eq!(house.get_as_stranger("/lessons").status, 303);
}
