//! Whoever cannot judge one of two people freely has nothing to do with their duo.

use policy::Role;
use testing::House;

use super::{liaison_of, pair, with_lena, works_for};

testing::on_both_databases! { crate::journeys::doors(); crate::jobs;
    a_chair_who_steps_aside_finds_nothing_of_the_duo
    a_liaison_who_steps_aside_passes_the_duo_on_and_is_not_appointed_again
    a_deputy_who_steps_aside_opens_nothing
    whoever_comes_to_work_for_the_same_employer_reads_nothing_from_that_moment
}

fn steps_aside(house: &House, who: &str, from: &str) {
    let (member, person) = (house.person(who), house.person(from));
    house.write(move |tx| membership::declare_conflict(tx, member, person));
}

// APP6
fn a_chair_who_steps_aside_finds_nothing_of_the_duo(house: &House) {
    let duo = with_lena(house);
    house.role("carla", Role::Chair);
    house.role("dora", Role::Deputy);
    house.role("kofi", Role::Liaison);
    let page = format!("/desk/duos/{}", duo.id);
    house.get("carla", &page).is_ok();
    steps_aside(house, "carla", "nils");
    for path in [page.clone(), format!("{page}/opening"), format!("{page}/answers")] {
        assert_eq!(house.get("carla", &path).status, 404, "{path}");
    }
    house.get("dora", &page).is_ok();
    let liaisons = format!("/cohorts/{}/liaisons", house.cohort);
    house.get("carla", &liaisons).is_ok().says("Here Dora").says("not yours to decide");
    let kofi = house.person("kofi").to_string();
    let refused = house.post("carla", &liaisons, &[("duo", &duo.id.to_string()), ("liaison", &kofi)]);
    assert_eq!(refused.status, 422);
    assert_eq!(liaison_of(house, &duo), Some("Lena Lindgren".to_owned()));
}

fn a_liaison_who_steps_aside_passes_the_duo_on_and_is_not_appointed_again(house: &House) {
    let duo = with_lena(house);
    house.role("carla", Role::Chair);
    house.role("kofi", Role::Liaison);
    steps_aside(house, "lena", "marta");
    house.get("lena", "/desk").is_ok().says("Nobody is with you yet").does_not_say("Nils");
    assert_eq!(house.get("lena", &format!("/desk/duos/{}", duo.id)).status, 404);
    house.run_jobs();
    assert_eq!(liaison_of(house, &duo), Some("Kofi Kowalski".to_owned()));
    let lena = house.person("lena").to_string();
    let liaisons = format!("/cohorts/{}/liaisons", house.cohort);
    let refused = house.post("carla", &liaisons, &[("duo", &duo.id.to_string()), ("liaison", &lena)]);
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("Lena Lindgren steps aside from Marta Martinez."), "{}", refused.body);
    let second = pair(house, "mona", "nora");
    steps_aside(house, "kofi", "nora");
    house.run_jobs();
    assert_eq!(liaison_of(house, &second), Some("Lena Lindgren".to_owned()));
}

fn a_deputy_who_steps_aside_opens_nothing(house: &House) {
    let duo = with_lena(house);
    house.role("carla", Role::Chair);
    house.role("dora", Role::Deputy);
    house.role("dirk", Role::Deputy);
    steps_aside(house, "dora", "nils");
    let path = format!("/desk/duos/{}/opening", duo.id);
    house.post("carla", &path, &[("reason", "Somebody may come to harm, and nobody answers.")]).leads_to();
    assert_eq!(house.letter_names_to("dirk"), ["opening_asked"]);
    assert!(house.letter_names_to("dora").is_empty());
    house.get("dora", "/next").is_ok().does_not_say("asks to open");
    assert_eq!(house.post("dora", &format!("{path}/answer"), &[("answer", "yes")]).status, 404);
    house.post("dirk", &format!("{path}/answer"), &[("answer", "yes")]).leads_to();
    house.get("dirk", &format!("/desk/duos/{}/answers", duo.id)).is_ok();
    steps_aside(house, "dirk", "marta");
    assert_eq!(house.get("dirk", &format!("/desk/duos/{}/answers", duo.id)).status, 404);
}

// APP6
fn whoever_comes_to_work_for_the_same_employer_reads_nothing_from_that_moment(house: &House) {
    let duo = with_lena(house);
    house.role("carla", Role::Chair);
    house.role("dora", Role::Deputy);
    house.role("kofi", Role::Liaison);
    let page = format!("/desk/duos/{}", duo.id);
    for who in ["lena", "carla"] {
        house.get(who, &page).is_ok();
    }
    works_for(house, "nils", "City Library");
    works_for(house, "lena", "The City Library, Inc.");
    works_for(house, "carla", "city LIBRARY");
    house.get("lena", "/desk").is_ok().says("Nobody is with you yet").does_not_say("Nils");
    for who in ["lena", "carla"] {
        assert_eq!(house.get(who, &page).status, 404, "{who}");
    }
    let carla = house.person("carla").to_string();
    let told = house.post("nils", "/concerns", &[("to", &carla), ("words", "It is so.")]);
    assert_eq!(told.says("Choose to whom you write").status, 422, "who would not read it is not offered");
    house.get("dora", &page).is_ok();
    house.run_jobs();
    assert_eq!(liaison_of(house, &duo), Some("Kofi Kowalski".to_owned()));
    // Where nobody else is free, the chairs are asked who are.
    works_for(house, "kofi", "City Library");
    house.run_jobs();
    assert_eq!(liaison_of(house, &duo), None);
    let liaisons = format!("/cohorts/{}/liaisons", house.cohort);
    house.get("dora", &liaisons).is_ok().says("needs a liaison: Marta Martinez and Nils");
    house.get("carla", &liaisons).is_ok().does_not_say("needs a liaison: Marta");
}
