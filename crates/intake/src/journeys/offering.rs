//! A place becomes free, is offered to the next in line, and taken, passed on or lost.

use policy::Role;
use testing::House;

use super::{World, figures, journal_about, roles_of};
use crate::Place;

testing::on_both_databases! {
    crate::journeys::doors(); crate::jobs;
    the_26th_is_first_on_the_waiting_list
    a_withdrawal_offers_the_place_to_the_next
    an_offer_is_taken_from_the_letter_without_signing_in
    an_offer_passed_on_goes_to_the_next
    an_offer_without_an_answer_is_reminded_of_and_moves_on
    a_place_that_is_held_is_taken_by_nobody_else
    nothing_is_offered_in_the_last_week
    whoever_still_waits_hears_once_that_the_list_is_closed
    who_is_offered_a_place_and_withdraws_passes_it_on
    more_places_from_elsewhere_are_offered_by_a_job
    an_offer_is_answered_on_ones_own_page
    who_is_left_out_may_be_kept_for_the_next_cohort
}

// CAP1, CAP6
fn the_26th_is_first_on_the_waiting_list(house: &House) {
    house.places(2);
    for who in ["anna", "berta"] {
        house.apply(who, Role::Mentee).leads_to();
    }
    for (who, place) in [("carla", 1), ("dora", 2)] {
        let status = house.apply(who, Role::Mentee).leads_to();
        house
            .get(who, &status)
            .is_ok()
            .says(&format!("waiting list (place {place})"))
            .says(&format!("Your place on the waiting list {place}"))
            .says("The first 2 complete and eligible applications have a place")
            .says("until 20 June 2026");
        assert_eq!(house.letter_names_to(who), ["application_received", "waiting_list"]);
        assert!(house.letters_to(who)[1].text.contains(&format!("You are number {place} on the waiting list")));
        assert_eq!(roles_of(house, who), ["applicant"]);
    }
    let figures = figures(house);
    assert_eq!((figures.taken, figures.placed, figures.waiting, figures.eligible), (2, 2, 2, 4));
    // Whoever comes now reads the same before applying, on the call and above the form.
    let full = "All 2 places are taken; you would be number 3 on the waiting list.";
    house.person("emil");
    house.get_as_stranger("/apply").is_ok().says(full).does_not_say("have a place;");
    house.get("emil", "/apply/mentee").is_ok().says(full).does_not_say("accepts the first");
    house.get("carla", "/apply").is_ok().does_not_say("you would be");
    let received = house.letters_to("anna").remove(0);
    assert!(!received.text.contains("hear from us by"), "{}", received.text);
}

// CAP3
fn a_withdrawal_offers_the_place_to_the_next(house: &House) {
    full_house(house);
    withdraw(house, "anna");
    assert_eq!(place(house, "anna"), Place::Over);
    assert_eq!(place(house, "berta"), Place::Offered);
    assert_eq!(place(house, "carla"), Place::Waiting(1));
    assert_eq!(house.letter_names_to("berta").last().map(String::as_str), Some("place_offer"));
    let offer = house.letters_to("berta").pop().unwrap();
    assert!(offer.text.contains("It is held for you until Monday 23 February 2026, 04:00"), "{}", offer.text);
    let berta = application(house, "berta");
    assert_eq!(journal_about(house, berta).last().map(String::as_str), Some("place offered"));
    house.get("berta", "/next").says("A place is held for you");
}

fn an_offer_is_taken_from_the_letter_without_signing_in(house: &House) {
    full_house(house);
    withdraw(house, "anna");
    let link = house.link_in(&house.letters_to("berta").pop().unwrap());
    // A mail scanner follows links; nothing changes.
    for _ in 0..3 {
        house.get_as_stranger(&link).is_ok().says("It is your turn").says("Take the place");
    }
    assert_eq!(place(house, "berta"), Place::Offered);
    let unclear = house.post_as_stranger(&link, &[("answer", "perhaps")]);
    assert_eq!(unclear.status, 422);
    house.post_as_stranger(&link, &[("answer", "accept")]).leads_to();
    assert_eq!(place(house, "berta"), Place::Taken);
    assert_eq!(roles_of(house, "berta"), ["mentee"]);
    assert_eq!(house.letter_names_to("berta").last().map(String::as_str), Some("place_taken"));
    // Twice is once.
    let again = house.post_as_stranger(&link, &[("answer", "pass")]);
    assert_eq!(again.status, 409);
    again.says("answered this offer already");
    house.get_as_stranger(&link).is_ok().says("answered this offer already");
    let figures = figures(house);
    assert_eq!((figures.taken, figures.held, figures.waiting), (1, 0, 1));
}

fn an_offer_passed_on_goes_to_the_next(house: &House) {
    full_house(house);
    withdraw(house, "anna");
    let letter = house.letters_to("berta").pop().unwrap();
    let no = house.links_in(&letter).into_iter().nth(1).unwrap();
    house.get_as_stranger(&no).is_ok().says("Pass it on");
    house.post_as_stranger(no.split('?').next().unwrap(), &[("answer", "pass")]).leads_to();
    assert_eq!((place(house, "berta"), place(house, "carla")), (Place::Over, Place::Offered));
    assert_eq!(house.letter_names_to("berta").last().map(String::as_str), Some("place_passed_on"));
    house.get("berta", &house.path_of("berta", Role::Mentee)).is_ok().says("not this time");
    assert_eq!(roles_of(house, "berta"), Vec::<&str>::new());
}

// CAP3
fn an_offer_without_an_answer_is_reminded_of_and_moves_on(house: &House) {
    full_house(house);
    withdraw(house, "anna");
    house.run_jobs();
    assert_eq!(house.letter_names_to("berta").last().map(String::as_str), Some("place_offer"));
    house.days(2);
    house.run_jobs();
    house.run_jobs();
    assert_eq!(house.letter_names_to("berta")[2..], ["place_offer", "place_offer_reminder"]);
    let link = house.link_in(&house.letters_to("berta").pop().unwrap());
    house.get_as_stranger(&link).is_ok().says("It is your turn");
    house.days(1);
    let late = house.post_as_stranger(&link, &[("answer", "accept")]);
    assert_eq!(late.status, 409);
    late.says("The time to answer is over");
    house.run_jobs();
    assert_eq!((place(house, "berta"), place(house, "carla")), (Place::Over, Place::Offered));
    assert_eq!(house.letter_names_to("berta").last().map(String::as_str), Some("place_passed_on"));
    let berta = application(house, "berta");
    assert_eq!(journal_about(house, berta).last().map(String::as_str), Some("place passed on"));
}

fn a_place_that_is_held_is_taken_by_nobody_else(house: &House) {
    house.places(1);
    for who in ["anna", "berta"] {
        house.apply(who, Role::Mentee).leads_to();
    }
    withdraw(house, "anna");
    house.apply("dora", Role::Mentee).leads_to();
    assert_eq!((place(house, "berta"), place(house, "dora")), (Place::Offered, Place::Waiting(1)));
}

fn nothing_is_offered_in_the_last_week(house: &House) {
    full_house(house);
    house.later("2026-06-21T10:00:00Z", &["anna", "berta"]);
    withdraw(house, "anna");
    house.run_jobs();
    assert_eq!(place(house, "berta"), Place::Waiting(1));
    assert_eq!(figures(house).held, 0);
    house.get("berta", &house.path_of("berta", Role::Mentee)).is_ok().says("Places are no longer offered");
}

fn whoever_still_waits_hears_once_that_the_list_is_closed(house: &House) {
    full_house(house);
    house.later("2026-06-20T12:00:00Z", &["anna", "berta"]);
    house.run_jobs();
    let before = house.letters_to("berta").len();
    house.later("2026-06-21T15:00:00Z", &["anna", "berta"]);
    house.run_jobs();
    assert_eq!(house.letters_to("berta").len(), before + 1);
    assert_eq!(house.letters_to("berta").pop().unwrap().letter, "waiting_list_ended");
    assert!(house.letters_to("anna").iter().all(|it| it.letter != "waiting_list_ended"));
    house.later("2026-06-24T15:00:00Z", &["anna", "berta"]);
    house.run_jobs();
    assert_eq!(house.letters_to("berta").len(), before + 1);
}

fn who_is_offered_a_place_and_withdraws_passes_it_on(house: &House) {
    full_house(house);
    withdraw(house, "anna");
    let link = house.link_in(&house.letters_to("berta").pop().unwrap());
    withdraw(house, "berta");
    assert_eq!((place(house, "berta"), place(house, "carla")), (Place::Over, Place::Offered));
    assert_eq!(house.post_as_stranger(&link, &[("answer", "accept")]).status, 409);
    assert_eq!((figures(house).held, figures(house).taken), (1, 0));
}

fn more_places_from_elsewhere_are_offered_by_a_job(house: &House) {
    full_house(house);
    house.places(2);
    house.run_jobs();
    assert_eq!((place(house, "berta"), place(house, "carla")), (Place::Offered, Place::Waiting(1)));
    assert_eq!(house.run_jobs(), 0, "the job comes to an end");
}

fn an_offer_is_answered_on_ones_own_page(house: &House) {
    full_house(house);
    withdraw(house, "anna");
    let status = house.path_of("berta", Role::Mentee);
    house.get("berta", &status).is_ok().says("A place is held for you").says("Take the place");
    house.post("berta", &format!("{status}/offer"), &[("answer", "accept")]).leads_to();
    house.get("berta", &status).is_ok().says("accepted").does_not_say("A place is held for you");
    assert_eq!(house.post("berta", &format!("{status}/offer"), &[("answer", "accept")]).status, 409);
}

fn who_is_left_out_may_be_kept_for_the_next_cohort(house: &House) {
    full_house(house);
    let status = house.path_of("berta", Role::Mentee);
    let keeping = format!("{status}/keeping");
    house.get("berta", &status).is_ok().says("Keep it for the next cohort");
    house.post("berta", &keeping, &[("keep", "yes")]).leads_to();
    house.get("berta", &status).is_ok().says("as you asked").says("Somebody Secret");
    house.post("berta", &keeping, &[("keep", "no")]).leads_to();
    house.get("berta", &status).is_ok().says("Keep it for the next cohort");
    let anna = format!("{}/keeping", house.path_of("anna", Role::Mentee));
    assert_eq!(house.post("anna", &anna, &[("keep", "yes")]).status, 409, "a place is for this cohort");
    assert_eq!(house.post("berta", &anna, &[("keep", "yes")]).status, 404);
}

/// One place, taken by anna; berta and carla wait for it.
fn full_house(house: &House) {
    house.places(1);
    for who in ["anna", "berta", "carla"] {
        house.apply(who, Role::Mentee).leads_to();
    }
}

fn withdraw(house: &House, who: &str) {
    let path = format!("{}/withdrawal", house.path_of(who, Role::Mentee));
    house.post(who, &path, &[]).leads_to();
}

fn place(house: &House, who: &str) -> Place {
    let (cohort, person) = (house.cohort, house.person(who));
    house.read(move |tx| crate::place_of(tx, cohort, person))
}

fn application(house: &House, who: &str) -> platform::ids::Id {
    let (cohort, person) = (house.cohort, house.person(who));
    house.read(move |tx| crate::application_of(tx, cohort, Role::Mentee, person)).unwrap().id
}
