//! Making up for a missed orientation.

use testing::House;

use super::{invited, note, orientation, pair};

testing::on_both_databases! { crate::journeys::doors(); crate::journeys::jobs;
    three_right_answers_count_as_attended_and_close_the_liaisons_task
    a_wrong_answer_says_where_it_stands_and_keeps_the_others
    nobody_makes_up_for_what_has_not_been_or_what_they_attended
    a_duo_formed_later_makes_up_for_it_too
}

const RIGHT: [(&str, &str); 4] = [("first", "mentor"), ("liaison", "dates"), ("ending", "tell"), ("read", "yes")];

fn nils_missed_it(house: &House) -> String {
    invited(house);
    house.at("2026-06-27T17:05:00Z");
    note(house, "marta", "came").leads_to();
    house.at("2026-06-28T15:00:00Z");
    house.run_jobs();
    format!("/events/{}/make-up", orientation(house))
}

// ORI3
fn three_right_answers_count_as_attended_and_close_the_liaisons_task(house: &House) {
    let path = nils_missed_it(house);
    let page = house.get("nils", &path).is_ok();
    let page = page.says("Confidentiality in practice").says("You have read 0 of 8").says("Three questions");
    page.does_not_say("Name badges in three colours");
    house.post("nils", &path, &RIGHT).leads_to();
    house.get("nils", &path).is_ok().says("That counts as attended");
    house.get("lena", "/desk").is_ok().does_not_say("missed the orientation");
    let cohort = house.cohort;
    let states = house.read(move |tx| care::states(tx, cohort));
    assert!(states[0].1.facts.iter().any(|it| it.words == "Both took part in the orientation."));
    let figures = house.read(move |tx| crate::figures(tx, cohort));
    assert_eq!((figures.attended, figures.made_up, figures.missed), (1, 1, 0));
    house.post("nils", &path, &[]).is_ok().says("That counts as attended");
}

fn a_wrong_answer_says_where_it_stands_and_keeps_the_others(house: &House) {
    let path = nils_missed_it(house);
    let refused = house.post("nils", &path, &[("first", "mentor"), ("liaison", "all")]);
    assert_eq!(refused.status, 422);
    assert!(
        refused.body.contains("value=\"mentor\" id=\"f-first-1\" checked")
            || refused.body.contains("value=\"mentor\" checked")
    );
    let refused = refused
        .says("Not quite: your liaison sees dates and counts")
        .says("Choose an answer: What do you do if it does not work?");
    refused.says("Tick that you have read");
    house.get("lena", "/desk").is_ok().says("missed the orientation");
}

fn nobody_makes_up_for_what_has_not_been_or_what_they_attended(house: &House) {
    invited(house);
    let path = format!("/events/{}/make-up", orientation(house));
    assert_eq!(house.get("nils", &path).status, 404);
    let path = {
        house.at("2026-06-27T17:05:00Z");
        note(house, "marta", "online").leads_to();
        house.at("2026-06-28T15:00:00Z");
        house.run_jobs();
        path
    };
    house.get("marta", &path).is_ok().says("That counts as attended");
    house.post("marta", &path, &[]).is_ok();
    assert_eq!(house.get("carla", &path).status, 404);
    let cohort = house.cohort;
    let figures = house.read(move |tx| crate::figures(tx, cohort));
    assert_eq!((figures.attended, figures.made_up), (1, 0));
}

fn a_duo_formed_later_makes_up_for_it_too(house: &House) {
    nils_missed_it(house);
    let duo = pair(house, "mb", "nb");
    house.run_jobs();
    let path = format!("/events/{}/make-up", orientation(house));
    let cohort = house.cohort;
    let words = |house: &House| {
        let states = house.read(move |tx| care::states(tx, cohort));
        let found = states.into_iter().find(|(number, _)| *number == duo.number).unwrap().1;
        found.facts.into_iter().map(|it| it.words).filter(|it| it.contains("orientation")).collect::<Vec<_>>()
    };
    assert_eq!(words(house), Vec::<String>::new());
    house.post("mb", &path, &RIGHT).leads_to();
    assert_eq!(words(house), Vec::<String>::new());
    house.post("nb", &path, &RIGHT).leads_to();
    assert_eq!(words(house), ["Both took part in the orientation."]);
}
