//! The directory waits for enough mentors. SLF8

use platform::{ids::Id, prelude::Doors, storage::Query};
use policy::Role;
use testing::House;

use super::{OPEN, go_to, mentee, mentor};

testing::on_both_databases! {
    crate::journeys::threshold::doors(); crate::jobs;
    the_directory_stays_closed_before_enough_mentors_have_joined
    the_chair_opens_it_all_the_same_with_a_reason
    once_open_it_stays_open_whoever_leaves
}

fn doors() -> Doors {
    crate::doors().merge(intake::doors())
}

fn page(house: &House) -> String {
    format!("/cohorts/{}/matching/threshold", house.cohort)
}

/// A mentor whose application counts once it is placed.
fn applied(house: &House, who: &str) -> Id {
    house.person(who);
    house.post(who, "/applications/mentor/draft", &[("mo_role", "Librarian")]).leads_to();
    mentor(house, who, &[])
}

fn joined(house: &House, who: &str) -> Id {
    let person = applied(house, who);
    moves(house, person, "placed");
    person
}

fn moves(house: &House, person: Id, state: &'static str) {
    house.write(move |tx| {
        let table = "applications";
        let text = format!("update {table} set state = '{state}', submitted_at = begun_at where person = ");
        let mut query = Query::new(Box::leak(text.into_boxed_str()));
        query.bind(person).push(" returning id");
        let _: Vec<Id> = tx.query(&query)?;
        Ok(())
    });
}

fn wants(house: &House, mentors: &str) {
    house.role("carla", Role::Chair);
    house.post("carla", &page(house), &[("mentors", mentors)]).leads_to();
}

// SLF8
fn the_directory_stays_closed_before_enough_mentors_have_joined(house: &House) {
    wants(house, "2");
    let li = joined(house, "li");
    let mo = applied(house, "mo");
    mentee(house, "ana", &[]);
    go_to(house, OPEN);
    house.get("ana", "/mentors").is_ok().says("as soon as enough mentors have joined").does_not_say("Li Lindgren");
    assert_eq!(house.get("ana", &format!("/mentors/{li}")).status, 404);
    let ask = house.post("ana", &format!("/mentors/{li}/request"), &[("note", "May I?")]);
    assert!(ask.status == 404 || ask.status == 422, "{}", ask.status);
    assert!(!house.letter_names_to("ana").contains(&"directory_opens".to_owned()));
    house.get("carla", &page(house)).is_ok().says("1 of 2 mentors have joined.");
    moves(house, mo, "placed");
    house.run_jobs();
    house.get("ana", "/mentors").is_ok().says("Li Lindgren");
    house.get("ana", &format!("/mentors/{li}")).is_ok();
    assert_eq!(house.letter_names_to("ana"), ["directory_opens"]);
}

// SLF8
fn the_chair_opens_it_all_the_same_with_a_reason(house: &House) {
    wants(house, "30");
    joined(house, "li");
    mentee(house, "ana", &[]);
    house.role("cora", Role::Council);
    go_to(house, OPEN);
    let open = |reason: &str| house.post("carla", &page(house), &[("do", "open"), ("reason", reason)]);
    let refused = open("");
    assert_eq!(refused.status, 422);
    refused.says("Please give your reason");
    house.get("ana", "/mentors").is_ok().does_not_say("Li Lindgren");
    assert_eq!(house.post("cora", &page(house), &[("do", "open"), ("reason", "I wish it.")]).status, 404);
    open("Twenty more have promised to join this week.").leads_to();
    house.run_jobs();
    house.get("ana", "/mentors").is_ok().says("Li Lindgren");
    assert_eq!(house.letter_names_to("ana"), ["directory_opens"]);
    house.get("carla", &page(house)).is_ok().says("Twenty more have promised").does_not_say("Open it all the same");
    assert_eq!(open("Again.").status, 422);
}

// SLF8
fn once_open_it_stays_open_whoever_leaves(house: &House) {
    wants(house, "1");
    let li = joined(house, "li");
    mentee(house, "ana", &[]);
    go_to(house, OPEN);
    house.get("ana", "/mentors").is_ok().says("Li Lindgren");
    moves(house, li, "withdrawn");
    house.run_jobs();
    house.get("ana", "/mentors").is_ok().does_not_say("as soon as enough mentors");
}
