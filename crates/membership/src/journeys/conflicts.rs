//! Whom somebody of the committee steps aside from.

use platform::ids::Id;
use policy::Role;
use testing::House;

use crate::{Why, steps_aside};

testing::on_both_databases! {
    crate::doors(); crate::jobs;
    a_conflict_counts_from_the_moment_it_is_declared_until_it_is_taken_back
    an_address_counts_from_the_day_somebody_has_it_and_nobody_is_told
    the_chairs_see_who_steps_aside_and_nobody_else_does
    one_steps_aside_neither_from_oneself_nor_from_no_address
    whoever_moves_to_another_address_is_still_stepped_aside_from
}

/// All that anybody declared, as a chair reads it.
fn all(house: &House) -> Vec<crate::conflicts::Conflict> {
    let chair = policy::Membership { role: policy::Role::Chair, cohort: None };
    let chair = policy::Subject { person: Some(0), memberships: vec![chair], former: Vec::new() };
    let scope = policy::scope(&chair, &policy::Facts::of_program()).unwrap();
    house.read(move |tx| crate::conflicts::of_others(tx, &scope))
}

fn why(house: &House, member: &'static str, person: &'static str) -> Option<Why> {
    let (member, person) = (house.person(member), house.person(person));
    house.read(move |tx| steps_aside(tx, member, person))
}

fn declare(house: &House, who: &'static str, email: &str) {
    house.post(who, "/conflicts", &[("email", email)]).leads_to();
}

fn first(house: &House) -> Id {
    all(house).remove(0).id
}

// APP6
fn a_conflict_counts_from_the_moment_it_is_declared_until_it_is_taken_back(house: &House) {
    house.role("clara", Role::Chair);
    house.role("dora", Role::Deputy);
    house.person("anna");
    assert_eq!(why(house, "clara", "anna"), None);
    assert_eq!(why(house, "clara", "clara"), Some(Why::Oneself));
    declare(house, "clara", "ANNA@example.org");
    assert_eq!(why(house, "clara", "anna"), Some(Why::Declared));
    assert_eq!(why(house, "anna", "clara"), None, "who is stepped aside from has declared nothing");
    let (cohort, anna) = (house.cohort, house.person("anna"));
    let sentence = house.read(move |tx| crate::who_decides_instead(tx, cohort, &[anna]));
    assert!(sentence.contains("Dora") && !sentence.contains("Clara"), "{sentence}");

    let path = format!("/conflicts/{}/end", first(house));
    assert_eq!(house.post("dora", &path, &[]).status, 404, "nobody takes back what another declared");
    house.post("clara", &path, &[]).leads_to();
    assert_eq!(house.post("clara", &path, &[]).status, 404);
    assert_eq!(why(house, "clara", "anna"), None);
    declare(house, "clara", "anna@example.org");
    assert_eq!(why(house, "clara", "anna"), Some(Why::Declared));
}

fn an_address_counts_from_the_day_somebody_has_it_and_nobody_is_told(house: &House) {
    house.role("lena", Role::Liaison);
    house.person("anna");
    let said = |email: &str| {
        house.post("lena", "/conflicts", &[("email", email)]).leads_to();
        house.get("lena", "/conflicts").is_ok().body.replace(email, "ADDRESS")
    };
    declare(house, "lena", "warm-up@example.org");
    let end = |house: &House| {
        for one in all(house).into_iter().filter(|it| it.ended_at.is_none()) {
            house.post("lena", &format!("/conflicts/{}/end", one.id), &[]).leads_to();
        }
    };
    end(house);
    let known = said("anna@example.org").replace(&last(house), "ID");
    end(house);
    let unknown = said("ben@example.org").replace(&last(house), "ID");
    assert_eq!(known, unknown);
    house.person("ben");
    assert_eq!(why(house, "lena", "ben"), Some(Why::Declared));
}

fn last(house: &House) -> String {
    all(house).pop().expect("one was declared").id.to_string()
}

fn the_chairs_see_who_steps_aside_and_nobody_else_does(house: &House) {
    house.role("clara", Role::Chair);
    house.role("dora", Role::Deputy);
    house.role("lena", Role::Liaison);
    house.role("otto", Role::Council);
    house.person("anna");
    declare(house, "lena", "anna@example.org");
    declare(house, "lena", "clara@example.org");
    house.get("dora", "/conflicts").is_ok().says("What others declared").says("Anna").says("Clara");
    house.get("clara", "/conflicts").is_ok().says("Anna").does_not_say("Clara</td>");
    house.get("otto", "/conflicts").is_ok().does_not_say("Anna").does_not_say("What others declared");
    assert_eq!(house.get("anna", "/conflicts").status, 404);
    house.get("lena", "/me/readings").is_ok().says("Dora").says("Whom you step aside from");
}

fn one_steps_aside_neither_from_oneself_nor_from_no_address(house: &House) {
    house.role("clara", Role::Chair);
    for (email, words) in [("clara@example.org", "your own address"), ("nobody", "Enter an e-mail address")] {
        let answer = house.post("clara", "/conflicts", &[("email", email)]);
        assert_eq!(answer.status, 422);
        assert!(answer.body.contains(words) && answer.body.contains(email), "{}", answer.body);
    }
    assert!(all(house).is_empty());
}

fn whoever_moves_to_another_address_is_still_stepped_aside_from(house: &House) {
    house.role("lena", Role::Liaison);
    declare(house, "lena", "anna@example.org");
    let anna = house.person("anna");
    house.write(move |tx| {
        crate::conflicts::keep_to(tx, anna, "anna@example.org")?;
        platform::identity::move_to(tx, anna, "anna@elsewhere.example")?;
        platform::identity::add(tx, "Somebody else", "anna@example.org", None)?;
        Ok(())
    });
    assert_eq!(why(house, "lena", "anna"), Some(Why::Declared));
}
