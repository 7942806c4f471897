//! What is said when a duo ends early reaches those for whom it is meant.

use policy::Role;
use testing::House;

use super::with_lena;

testing::on_both_databases! { crate::journeys::doors(); crate::jobs;
    the_liaison_reads_what_was_meant_for_them_and_the_chair_the_wish_alone
    a_duo_that_runs_has_nothing_of_it
}

fn the_liaison_reads_what_was_meant_for_them_and_the_chair_the_wish_alone(house: &House) {
    let duo = with_lena(house);
    house.role("carla", Role::Chair);
    house.role("otto", Role::Council);
    let page = format!("/desk/duos/{}", duo.id);
    let said = [
        ("reason", "no contact"),
        ("helped", "More time for a quince"),
        ("new_partner", "in the next cohort"),
        ("may_contact", "yes"),
    ];
    house.post("nils", &duo.path("/ending"), &said).leads_to();
    let letter = house.letters_to("lena").pop().unwrap();
    assert_eq!(house.link_in(&letter), page);
    house.get("lena", &page).is_ok().says("no contact").says("in the next cohort").does_not_say("quince");
    house.get("carla", &page).is_ok().says("in the next cohort").does_not_say("no contact").does_not_say("quince");
    house.get("carla", &format!("/cohorts/{}/liaisons", house.cohort)).is_ok().says("Ended early");
    assert_eq!(house.get("otto", &page).status, 404);
    assert_eq!(house.get("marta", &page).status, 404);
}

fn a_duo_that_runs_has_nothing_of_it(house: &House) {
    let duo = with_lena(house);
    house.get("lena", &format!("/desk/duos/{}", duo.id)).is_ok().does_not_say("How it ended");
}
