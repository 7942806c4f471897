//! Whoever was left out and wished to be kept comes first next time. CAP7

use jiff::civil::date;
use platform::prelude::Id;
use policy::Role;
use testing::House;

use super::World;

testing::on_both_databases! {
    crate::journeys::doors(); crate::jobs;
    who_was_left_out_and_asked_for_it_comes_first_next_time
    what_was_answered_is_carried_over_by_consent_alone
    last_years_profile_is_there_again_with_one_press
    mentors_who_wait_for_the_yes_do_not_count_in_the_supply
}

/// Anna has the one place; Berta and Carla wait, and Berta asks to be kept. Then comes another year.
fn another_year(house: &House) -> Id {
    house.places(1);
    house.apply("anna", Role::Mentee).leads_to();
    let berta = house.apply("berta", Role::Mentee).leads_to();
    house.apply("carla", Role::Mentee).leads_to();
    house.post("berta", &format!("{berta}/keeping"), &[("keep", "yes")]).leads_to();
    next_year(house, &["anna", "berta", "carla"])
}

fn next_year(house: &House, who: &[&str]) -> Id {
    let next = house.write(|tx| {
        let new = program::cohorts::NewCohort {
            name: "2027–28",
            annual_meeting: date(2027, 6, 26),
            midwinter: None,
            next_annual_meeting: Some(date(2028, 6, 24)),
            places: 5,
            begun_from: None,
        };
        let cohort = program::cohorts::add(tx, &new, None)?;
        program::cohorts::open(tx, cohort, None)?;
        Ok(cohort)
    });
    house.later("2027-02-20T10:00:00Z", who);
    next
}

// CAP7
fn who_was_left_out_and_asked_for_it_comes_first_next_time(house: &House) {
    let next = another_year(house);
    let (now, berta) = (house.cohort, house.person("berta"));
    let left_out = |cohort: Id| {
        house.read(move |tx| {
            let cohort = program::the_cohort(tx, cohort)?;
            crate::left_out_before(tx, &cohort)
        })
    };
    assert_eq!(left_out(next), [berta], "Anna had a place, and Carla asked for nothing");
    assert!(left_out(now).is_empty(), "nobody was left out before the first year");
}

// CAP7
fn what_was_answered_is_carried_over_by_consent_alone(house: &House) {
    another_year(house);
    let why = "I have just begun and want to learn how others lead.";
    let berta = house.get("berta", "/apply/mentee?all=yes").is_ok().says(why);
    assert!(!berta.body.contains("name=\"c1\" value=\"yes\" checked"), "what one promises is asked anew");
    assert!(!berta.body.contains("Somebody Secret"), "what was sealed stays sealed");
    house.get("carla", "/apply/mentee?all=yes").is_ok().does_not_say(why);
}

// PRF9
fn last_years_profile_is_there_again_with_one_press(house: &House) {
    house.with_roster();
    let own = [("mo_not", "The Gazette"), ("mo_boss", "Olga Overseer")];
    let mut typed = super::mentor_fields("anna");
    typed.extend(own.map(|(name, value)| (name, value.to_owned())));
    let typed: Vec<(&str, &str)> = typed.iter().map(|(name, value)| (*name, value.as_str())).collect();
    house.person("anna");
    let check = house.post("anna", "/applications/mentor/check", &typed).leads_to();
    let before = house.get("anna", "/apply/mentor?all=yes").is_ok();
    for sealed in own {
        assert!(before.body.contains(sealed.1), "{} is there for its author", sealed.0);
    }
    assert!(before.body.contains(&ticked("mc1")), "what is ticked looks so");
    house.post("anna", &check.replace("/check", "/submission"), &[]).leads_to();
    house.person("berta");
    next_year(house, &["anna", "berta"]);
    let list = house.get("anna", "/apply/mentor").is_ok().says("You have filled this in before");
    assert!(!list.body.contains("/check\""), "nothing is begun by looking");
    house.get("anna", "/apply/mentor?all=yes").is_ok().says("Begin with my last answers");
    let last = "/applications/mentor/last-answers";
    assert_eq!(house.post("anna", last, &[]).leads_to(), "/apply/mentor");
    let form = house.get("anna", "/apply/mentor?all=yes").is_ok();
    let written = super::mentor_fields("anna");
    let can = &written.iter().find(|(key, _)| *key == "mo_can").unwrap().1;
    assert!(form.body.contains(can.as_str()), "{can}");
    for field in house.read(|tx| forms::current(tx, "mentor_application")).fields() {
        let is_ticked = form.body.contains(&ticked(&field.key));
        assert!(field.kind != forms::Kind::Tick || !is_ticked, "{} is asked anew", field.key);
    }
    for (key, sealed) in own {
        assert!(!form.body.contains(sealed), "{key} stays sealed");
    }
    house.get("anna", "/apply/mentor").is_ok().does_not_say("You have filled this in before");
    // What was changed since is newer than last year.
    house.post("anna", "/applications/mentor/draft", &[("mo_can", "Something new")]).leads_to();
    house.post("anna", last, &[]).leads_to();
    house.get("anna", "/apply/mentor?all=yes").is_ok().says("Something new");
    // Whoever was never a mentor has nothing to begin with.
    house.get("berta", "/apply/mentor").is_ok().does_not_say("You have filled this in before");
    assert_eq!(house.post("berta", last, &[]).status, 404);
}

/// A tick as a form shows it.
fn ticked(name: &str) -> String {
    format!("name=\"{name}\" value=\"yes\" checked")
}

// CAP7
fn mentors_who_wait_for_the_yes_do_not_count_in_the_supply(house: &House) {
    house.role("ute", Role::Chair);
    house.with_roster();
    house.places(1);
    house.apply("anna", Role::Mentor).leads_to();
    let list = format!("/cohorts/{}/applications", house.cohort);
    house.get("ute", &list).is_ok().says("mentors for each place 1.0").says("With fewer than 1.2 for each place");
    house.apply("berta", Role::Mentor).leads_to();
    house.get("ute", &list).is_ok().says("mentors for each place 2.0").does_not_say("With fewer than 1.2");
    let rules = format!("/cohorts/{}/review/rules", house.cohort);
    house.post("ute", &rules, &[("mentors", "yes"), ("criteria", "Time")]).leads_to();
    house.apply("maria", Role::Mentor).leads_to();
    house.get("ute", &list).is_ok().says("mentors for each place 2.0");
}
