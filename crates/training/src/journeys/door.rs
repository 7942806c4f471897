//! Who is there, and what follows when the list is complete.

use testing::House;

use super::{invited, letters_named, note, orientation, pair};

testing::on_both_databases! { crate::journeys::doors(); crate::journeys::jobs;
    people_are_noted_with_one_tap_and_counted
    one_name_is_found_among_many
    the_list_is_complete_the_morning_after_and_who_was_missed_is_told
    a_list_that_nobody_has_begun_waits
    the_list_cannot_be_complete_before_the_event_is_over
    a_correction_brings_what_followed_up_to_date
    figures_count_people_of_duos
    the_list_belongs_to_the_committee
}

const AT_NOON: &str = "2026-06-27T17:05:00Z";
const NEXT_MORNING: &str = "2026-06-28T15:00:00Z";

// ORI2
fn people_are_noted_with_one_tap_and_counted(house: &House) {
    invited(house);
    house.at(AT_NOON);
    let door = format!("/events/{}/door", orientation(house));
    house
        .get("lena", &door)
        .is_ok()
        .says("Marta Martinez")
        .says("Mentor, duo 1")
        .says("Carla Castillo")
        .says("Committee");
    let back = note(house, "nils", "came").leads_to();
    assert_eq!(back, format!("{door}#p-{}", house.person("nils")));
    note(house, "marta", "online").leads_to();
    note(house, "carla", "excused").leads_to();
    let page = house.get("lena", &door).is_ok();
    assert!(page.body.contains("value=\"came\" aria-pressed=\"true\""), "{}", page.body);
    page.says("came 1 online 1 excused 1 not noted yet 1");
    note(house, "nils", "absent").leads_to();
    house.get("lena", &door).is_ok().says("came 0");
    assert_eq!(note(house, "nils", "made up").status, 422);
    assert_eq!(note(house, "olga", "came").status, 422);
    house.get("lena", &door).is_ok().says("came 0");
    let list = house.get("lena", &format!("/events/{}/list", orientation(house))).is_ok();
    list.says("Marta Martinez Mentor, duo 1 no answer yet ☐ ☒ ☐");
}

fn one_name_is_found_among_many(house: &House) {
    invited(house);
    pair(house, "mb", "nb");
    pair(house, "mc", "nc");
    house.run_jobs();
    let door = format!("/events/{}/door", orientation(house));
    house.post("lena", &door, &[("text", "NIL")]).is_ok().says("Nils Nakamura").does_not_say("Marta");
    house.post("lena", &door, &[("text", "duo 2")]).is_ok().says("Mb Martinez").does_not_say("Nils");
    house.post("lena", &door, &[("text", "xyz")]).is_ok().says("Nobody of that name");
    let nils = house.person("nils").to_string();
    let fields = [("person", nils.as_str()), ("state", "came")];
    let back = house.post("lena", &format!("/events/{}/attendance", orientation(house)), &fields).leads_to();
    assert_eq!(back, format!("{door}#p-{nils}"));
}

// ORI3
fn the_list_is_complete_the_morning_after_and_who_was_missed_is_told(house: &House) {
    invited(house);
    house.at(AT_NOON);
    note(house, "marta", "came").leads_to();
    house.at("2026-06-27T23:00:00Z");
    house.run_jobs();
    assert!(letters_named(house, "nils", "orientation_missed").is_empty());
    house.at(NEXT_MORNING);
    house.run_jobs();
    let letters = letters_named(house, "nils", "orientation_missed");
    assert_eq!(letters.len(), 1);
    assert!(letters[0].text.contains("until Saturday 11 July 2026"), "{}", letters[0].text);
    for who in ["marta", "carla", "lena"] {
        assert!(letters_named(house, who, "orientation_missed").is_empty(), "{who}");
    }
    house.get("lena", "/desk").is_ok().says("Nils Nakamura missed the orientation").says("due 11 Jul 2026");
    let cohort = house.cohort;
    let states = house.read(move |tx| care::states(tx, cohort));
    let facts: Vec<_> = states[0].1.facts.iter().map(|it| it.words.as_str()).collect();
    assert!(
        facts.contains(&"One of the two missed the orientation and can make up for it until 11 Jul 2026."),
        "{facts:?}"
    );
    assert_eq!(house.run_jobs(), 0);
}

fn a_list_that_nobody_has_begun_waits(house: &House) {
    invited(house);
    house.at("2026-07-02T15:00:00Z");
    house.run_jobs();
    assert!(letters_named(house, "nils", "orientation_missed").is_empty());
    note(house, "marta", "came").leads_to();
    house.run_jobs();
    assert!(letters_named(house, "nils", "orientation_missed").is_empty(), "somebody may still be typing");
    let path = format!("/events/{}/attendance/completion", orientation(house));
    house.post("lena", &path, &[]).leads_to();
    assert_eq!(letters_named(house, "nils", "orientation_missed").len(), 1);
    house.post("lena", &path, &[]).leads_to();
    assert_eq!(letters_named(house, "nils", "orientation_missed").len(), 1);
}

fn the_list_cannot_be_complete_before_the_event_is_over(house: &House) {
    invited(house);
    house.at(AT_NOON);
    house.post("lena", &format!("/events/{}/attendance/completion", orientation(house)), &[]).leads_to();
    assert!(letters_named(house, "nils", "orientation_missed").is_empty());
    house.get("lena", &format!("/events/{}/door", orientation(house))).is_ok().says("When everyone is noted");
}

fn a_correction_brings_what_followed_up_to_date(house: &House) {
    let duo = invited(house);
    house.at(AT_NOON);
    note(house, "marta", "came").leads_to();
    house.at(NEXT_MORNING);
    house.run_jobs();
    house.get("lena", "/desk").is_ok().says("missed the orientation");
    note(house, "nils", "came").leads_to();
    house.get("lena", "/desk").is_ok().does_not_say("missed the orientation");
    house.get("lena", &format!("/desk/duos/{}", duo.id)).is_ok().says("Both took part in the orientation.");
}

fn figures_count_people_of_duos(house: &House) {
    invited(house);
    pair(house, "mb", "nb");
    house.run_jobs();
    house.at(AT_NOON);
    for (who, state) in [("marta", "came"), ("nils", "online"), ("mb", "excused"), ("carla", "came")] {
        note(house, who, state).leads_to();
    }
    let figures = |house: &House| {
        let cohort = house.cohort;
        house.read(move |tx| crate::figures(tx, cohort))
    };
    let before = figures(house);
    assert_eq!((before.people, before.invited, before.attended, before.excused, before.missed), (4, 4, 2, 1, 0));
    house.at(NEXT_MORNING);
    house.run_jobs();
    assert_eq!(figures(house).missed, 1);
}

fn the_list_belongs_to_the_committee(house: &House) {
    invited(house);
    let path = format!("/events/{}", orientation(house));
    for below in ["/door", "/list", "/details"] {
        for (who, status) in [("lena", 200), ("carla", 200), ("nils", 404), ("marta", 404)] {
            assert_eq!(house.get(who, &format!("{path}{below}")).status, status, "{who} {below}");
        }
    }
    let nils = house.person("nils").to_string();
    let fields = [("person", nils.as_str()), ("state", "came")];
    assert_eq!(house.post("nils", &format!("{path}/attendance"), &fields).status, 404);
}
