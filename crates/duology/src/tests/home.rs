//! The first page: for strangers, and where a person stands on a day without a task.

use policy::Role;
use testing::House;

testing::on_both_databases! {
    crate::house::doors(); crate::house::jobs;
    somebody_with_a_place_reads_where_they_stand
    what_is_ones_own_is_found_from_home
    an_empty_home_says_so_once
    a_cohort_with_nobody_in_it_is_not_under_way
    nobody_is_invited_to_nominate_after_the_call
    what_is_too_large_is_refused_in_words
    the_office_finds_on_its_first_page_who_asks_for_a_correction
}

fn somebody_with_a_place_reads_where_they_stand(house: &House) {
    house.role_in_cohort("mia", Role::Mentee);
    house.get("mia", "/").is_ok().says("You have a place in 2026–27. On Monday 27 April 2026 you choose a mentor.");
}

fn what_is_ones_own_is_found_from_home(house: &House) {
    house.role_in_cohort("tom", Role::Mentor);
    house.post("tom", "/applications/mentor/draft", &[("mo_role", "Head of collections")]).leads_to();
    let home = house.get("tom", "/").is_ok();
    assert!(
        home.body.contains("href=\"/mentors/mine\"") && home.body.contains("href=\"/applications/"),
        "{}",
        home.text()
    );
    home.says("You are a mentor of 2026–27. Mentees read the profiles and ask from Monday 27 April 2026")
        .says("As a mentor in 2026–27: draft.");
    house.get("tom", "/mentors/mine").is_ok();
}

fn an_empty_home_says_so_once(house: &House) {
    house.at("2026-04-21T10:00:00Z");
    house.person("una");
    let home = house.get("una", "/").is_ok().says("Hello Una").says("Nothing is waiting for you.");
    assert!(!home.text().contains("Nothing waits"), "{}", home.text());
}

fn a_cohort_with_nobody_in_it_is_not_under_way(house: &House) {
    house.get_as_stranger("/").is_ok().says("The first 25 complete and eligible applications have a place");
    house.at("2026-09-01T10:00:00Z");
    house.get_as_stranger("/").is_ok().says("closed on Monday 20 April 2026").does_not_say("under way");
    house.role_in_cohort("mia", Role::Mentee);
    house.get_as_stranger("/").is_ok().says("Cohort 2026–27 is under way until Friday 30 April 2027");
}

fn nobody_is_invited_to_nominate_after_the_call(house: &House) {
    let leads = |path: &str| house.get_as_stranger(path).is_ok().body.contains("href=\"/nominate\"");
    assert!(leads("/") && leads("/apply"));
    house.at("2026-04-21T10:00:00Z");
    assert!(!leads("/") && !leads("/apply"));
}

fn what_is_too_large_is_refused_in_words(house: &House) {
    let long = "x".repeat(2 * 1024 * 1024);
    let refused = house.post_as_stranger("/nominate", &[("no_why", long.as_str())]);
    assert_eq!(refused.status, 413);
    refused.says("That is too much at once").says("Nothing was changed").does_not_say("Payload");
}

fn the_office_finds_on_its_first_page_who_asks_for_a_correction(house: &House) {
    house.role("olga", Role::Staff);
    house.role("carla", Role::Chair);
    house.person("ana");
    house.get("olga", "/").is_ok().does_not_say("line corrected");
    house.post("ana", "/my-membership/corrections", &[("correction", "I have a new name.")]).leads_to();
    house.get("olga", "/").is_ok().says("Somebody asks to have their line corrected");
    house.get("carla", "/").is_ok().does_not_say("line corrected");
}
