//! Mentees see each other as cards where the committee says so.

use policy::Role;
use serde_json::json;
use testing::House;

use super::{OPEN, go_to, mentee, mentor};

testing::on_both_databases! {
    crate::doors().merge(program::doors()); crate::jobs;
    mentees_see_each_other_as_cards_where_the_committee_says_so
    a_long_list_of_cards_has_pages_and_one_number
}

fn show_cards(house: &House, cards: &str) {
    let terms = format!("/cohorts/{}/matching/terms", house.cohort);
    let page = house.get("carla", &terms).is_ok();
    page.says("Mentees see each other");
    let mut typed: Vec<(&str, &str)> = super::terms::OTHERS.to_vec();
    typed.extend((!cards.is_empty()).then_some(("cards", cards)));
    house.post("carla", &terms, &typed).leads_to();
}

// profile_mentee × mentee in the matrix: a card, by a setting of the program. V-01, V-03
fn mentees_see_each_other_as_cards_where_the_committee_says_so(house: &House) {
    let ana = mentee(house, "ana", &[("me_why", json!("Because I am stuck where I am."))]);
    mentee(house, "eva", &[]);
    mentor(house, "li", &[]);
    house.role("carla", Role::Chair);
    house.role_in_cohort("otto", Role::Liaison);
    house.person("nora");
    go_to(house, OPEN);
    let cards = format!("/cohorts/{}/mentees", house.cohort);
    for who in ["ana", "eva", "li", "carla", "otto", "nora"] {
        assert_eq!(house.get(who, &cards).status, 404, "{who}: nobody decided to show cards");
    }
    house.role("dora", Role::Council);
    mentee(house, "dora", &[]);
    assert_eq!(house.get("dora", &cards).status, 404, "not by what she reads on the committee either");
    show_cards(house, "yes");
    let page = house.get("eva", &cards).is_ok();
    let page = page.says("3 mentees").says(&testing::full_name("ana")).says("Reference librarian");
    let mut page = page.says("public: urban").says("You with the other mentees see name, workplace and interests");
    for kept in ["ana college", "Because I am stuck", "write a budget", "ana@", &ana.to_string()] {
        page = page.does_not_say(kept);
    }
    for who in ["li", "carla", "otto", "nora"] {
        assert_eq!(house.get(who, &cards).status, 404, "{who} has no place as a mentee");
    }
    // Whoever gives the place back neither sees nor is seen.
    let cohort = house.cohort;
    house.write(move |tx| program::leave(tx, ana, cohort, Role::Mentee));
    assert_eq!(house.get("ana", &cards).status, 404);
    house.get("eva", &cards).is_ok().says("2 mentees").does_not_say(&testing::full_name("ana"));
    show_cards(house, "");
    assert_eq!(house.get("eva", &cards).status, 404, "it ends with the next request");
}

// V-03
fn a_long_list_of_cards_has_pages_and_one_number(house: &House) {
    for number in 0..30 {
        mentee(house, &format!("m{number:02}"), &[]);
    }
    house.role("carla", Role::Chair);
    show_cards(house, "yes");
    let of = |page: &str| house.get("m07", &format!("/cohorts/{}/mentees{page}", house.cohort)).is_ok();
    let shown = |page: &str| of(page).body.matches("Reference librarian").count();
    assert_eq!((shown(""), shown("?page=2")), (24, 6));
    of("?page=2").says("30 mentees");
    assert_eq!((shown("?page=99"), shown("?page=-1")), (6, 24), "there is no page beyond the last");
}
