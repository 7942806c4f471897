//! Mentors who take more than one mentee, where the cohort allows it: offered until the last
//! place is gone, counted wherever mentors are, and asked before anything is taken from them.

use policy::Role;
use testing::House;

use super::{
    CLOSED, OPEN, ask,
    desk::{board, run},
    duos, go_to, link_to, mentee, mentor, request_of,
};
use crate::{
    proposals,
    terms::{self, Terms},
};

testing::on_both_databases! {
    crate::doors(); crate::jobs;
    a_mentor_is_offered_until_the_last_place_is_gone
    where_a_mentor_has_one_mentee_nobody_reads_of_more
    a_run_fills_the_places_that_each_mentor_has_left
    proposals_of_one_mentor_stand_beside_each_other_until_the_places_are_gone
    a_file_of_pairs_names_a_mentor_as_often_as_there_is_room
    whoever_would_like_fewer_than_they_have_is_asked_about_which_duo
    fewer_for_each_mentor_ends_no_duo_and_offers_nobody_beyond
}

const CAPACITY: &str = "/mentors/mine/capacity";

/// So many mentees one mentor may take in this cohort.
pub(super) fn allow(house: &House, mentees_each: i64) {
    let cohort = house.cohort;
    house.write(move |tx| terms::write(tx, cohort, &Terms { mentees_each, ..Terms::USUAL }, None));
}

pub(super) fn take(house: &House, who: &str, mentees: &str) -> testing::Answer {
    house.post(who, CAPACITY, &[("mentees", mentees)])
}

fn says_yes(house: &House, who: &str, mentee: &str) -> testing::Answer {
    let (cohort, person) = (house.cohort, house.person(mentee));
    let live = house.read(move |tx| crate::requests::live_of(tx, cohort, person)).unwrap();
    house.post(who, &format!("/requests/{}/acceptance", live.id), &[("answer", "yes")])
}

fn pair(one: &str, other: &str) -> (String, String) {
    (testing::full_name(one), testing::full_name(other))
}

// PRF5, SLF5
fn a_mentor_is_offered_until_the_last_place_is_gone(house: &House) {
    let li = mentor(house, "li", &[]);
    mentor(house, "kim", &[]);
    ["ana", "eva", "ida", "jo"].iter().for_each(|who| _ = mentee(house, who, &[]));
    allow(house, 3);
    go_to(house, OPEN);
    house
        .get("li", "/mentors/mine")
        .is_ok()
        .says("How many mentees can you take this year?")
        .says("You have none yet.");
    assert_eq!(take(house, "li", "2").to, "/mentors/mine");
    let card = |who: &str| house.get(who, "/mentors").is_ok().text();
    assert!(card("jo").contains("Room for 2 mentees"), "{}", card("jo"));
    ["ana", "eva", "ida"].iter().for_each(|who| _ = ask(house, who, li).leads_to());
    assert!(card("jo").contains("Full for now: 3 waiting"));
    says_yes(house, "li", "ana").leads_to();
    assert_eq!(duos(house), [pair("ana", "li")]);
    // One of two places: whoever waits goes on waiting, and the mentor is still offered.
    assert!(card("jo").contains("Room for 1 more"), "{}", card("jo"));
    house.get("jo", &format!("/mentors/{li}")).is_ok().says("Room for 1 more").says("Ask Li");
    assert!(house.get("eva", "/wishes").text().contains("until"), "eva waits");
    house.get("li", "/mentors/mine").does_not_say("nobody else can ask you");
    says_yes(house, "li", "eva").leads_to();
    assert_eq!(duos(house), [pair("ana", "li"), pair("eva", "li")]);
    assert!(card("jo").contains("Has found a mentee") && !card("jo").contains("Room for"));
    assert!(house.letter_names_to("ida").contains(&"no_mentor_left".to_owned()), "{:?}", house.letter_names_to("ida"));
    assert!(house.get("jo", &format!("/mentors/{li}/request")).text().contains("has found a mentee meanwhile"));
    // More room brings the mentor back.
    take(house, "li", "3").leads_to();
    assert!(card("jo").contains("Room for 1 more"));
    assert!(ask(house, "jo", li).leads_to().contains("/wishes"));
    let refused = take(house, "li", "4");
    assert!(refused.status == 422 && refused.body.contains("from 1 to 3"), "{}", refused.text());
}

// PRF5
fn where_a_mentor_has_one_mentee_nobody_reads_of_more(house: &House) {
    let li = mentor(house, "li", &[]);
    ["ana", "eva"].iter().for_each(|who| _ = mentee(house, who, &[]));
    go_to(house, OPEN);
    house.get("li", "/mentors/mine").is_ok().does_not_say("How many mentees");
    assert_eq!(take(house, "li", "2").status, 404);
    house.get("eva", "/mentors").is_ok().does_not_say("Room for");
    // A wish of an earlier time counts for nothing where the cohort gives each mentor one.
    let cohort = house.cohort;
    house.write(move |tx| program::capacity::wish(tx, cohort, li, 3));
    ["ana", "eva"].iter().for_each(|who| _ = ask(house, who, li).leads_to());
    says_yes(house, "li", "ana").leads_to();
    assert!(house.get("eva", "/mentors").text().contains("Has found a mentee"));
    let (cohort, eva) = (house.cohort, house.person("eva"));
    let second = house.write(move |tx| ::duos::form(tx, cohort, li, eva, "imported", &[]));
    assert_eq!(second, Err(::duos::FormRefusal::MentorTaken));
}

/// Three mentees; li takes two and has ana already, mo takes one.
fn after_choosing(house: &House) {
    let (li, ana) = (mentor(house, "li", &[]), mentee(house, "ana", &[]));
    mentor(house, "mo", &[]);
    ["eva", "ida", "jo"].iter().for_each(|who| _ = mentee(house, who, &[]));
    house.role("carla", Role::Chair);
    allow(house, 2);
    take(house, "li", "2").leads_to();
    let cohort = house.cohort;
    house.write(move |tx| ::duos::form(tx, cohort, li, ana, "imported", &[])).unwrap();
    go_to(house, CLOSED);
}

fn drafts(house: &House) -> Vec<(String, String)> {
    let cohort = house.cohort;
    let live = house.read(move |tx| proposals::in_cohort(tx, &policy::house(), cohort));
    live.into_iter().filter(|it| it.state == "draft").map(|it| (it.mentee_name, it.mentor_name)).collect()
}

// ALG2, PRF5
fn a_run_fills_the_places_that_each_mentor_has_left(house: &House) {
    after_choosing(house);
    house.get("carla", &board(house)).is_ok().says("has 1, room for 1 more");
    let path = run(house, &[("mentees_each", "2")]);
    let (before, kept) = super::desk::content(house, 0);
    house.post("carla", &format!("{path}/draft"), &[]).leads_to();
    let made = drafts(house);
    let of = |who: &str| made.iter().filter(|it| it.1 == testing::full_name(who)).count();
    assert_eq!((made.len(), of("li"), of("mo")), (2, 1, 1), "{made:?}: the duo that stands is counted");
    // Room for three: the run gives both that are left, and repeats what was asked then.
    allow(house, 3);
    take(house, "li", "3").leads_to();
    let path = run(house, &[("mentees_each", "3")]);
    house.post("carla", &format!("{path}/draft"), &[]).leads_to();
    let made = drafts(house);
    let of = |who: &str| made.iter().filter(|it| it.1 == testing::full_name(who)).count();
    assert_eq!((made.len(), of("li"), of("mo")), (3, 2, 1), "{made:?}");
    assert_eq!(crate::desk::runs::again(&kept, &before.settings()).unwrap(), kept.answer, "to the byte");
    // A run may give fewer than there is room for.
    let path = run(house, &[("mentees_each", "1")]);
    house.post("carla", &format!("{path}/draft"), &[]).leads_to();
    assert_eq!(drafts(house).len(), 2);
}

// ALG4, SLF6
fn proposals_of_one_mentor_stand_beside_each_other_until_the_places_are_gone(house: &House) {
    after_choosing(house);
    allow(house, 3);
    take(house, "li", "3").leads_to();
    let li = house.person("li").to_string();
    let by_hand = |who: &str| {
        let mentee = house.person(who).to_string();
        house.post(
            "carla",
            &format!("{}/pairs", board(house)),
            &[("mentee", &mentee), ("mentor", &li), ("note", "A good fit.")],
        )
    };
    assert_eq!(by_hand("eva").to, board(house));
    assert_eq!(by_hand("ida").to, board(house));
    assert_eq!(by_hand("jo").status, 422, "two places are left, and both are spoken for");
    house.post("carla", &format!("{}/letters", board(house)), &[]).leads_to();
    for who in ["eva", "ida"] {
        house.post_as_stranger(&link_to(house, who, "proposal_to_mentee"), &[("answer", "yes")]).is_ok();
    }
    house.get("li", "/mentors/mine").is_ok();
    let sent: Vec<String> = house
        .letters_to("li")
        .iter()
        .filter(|it| it.letter == "proposal_to_mentor")
        .map(|it| house.link_in(it))
        .collect();
    assert_eq!(sent.len(), 2);
    house.post_as_stranger(&sent[0], &[("answer", "yes")]).is_ok();
    assert_eq!(duos(house).len(), 2, "the other proposal stands");
    house.post_as_stranger(&sent[1], &[("answer", "yes")]).is_ok();
    assert_eq!(duos(house).len(), 3);
    house.get("carla", &board(house)).is_ok().does_not_say("Li Lindgren has");
}

// ALG1
fn a_file_of_pairs_names_a_mentor_as_often_as_there_is_room(house: &House) {
    after_choosing(house);
    allow(house, 3);
    take(house, "li", "3").leads_to();
    let text = "Mentee,Mentor\neva@example.org,li@example.org\nida@example.org,li@example.org\njo@example.org,li@example.org\n";
    let path = format!("{}/import", board(house));
    let import = house.upload("carla", &path, "file", "pairs.csv", text.as_bytes()).leads_to();
    house
        .get("carla", &import)
        .is_ok()
        .says("the lines above name the mentor in 2 pairs, and there is room for no more.");
    house.post("carla", &format!("{import}/application"), &[]).leads_to();
    assert_eq!(duos(house), [pair("ana", "li"), pair("eva", "li"), pair("ida", "li")]);
}

// PRF3
fn whoever_would_like_fewer_than_they_have_is_asked_about_which_duo(house: &House) {
    after_choosing(house);
    let (li, eva, cohort) = (house.person("li"), house.person("eva"), house.cohort);
    let duo = house.write(move |tx| ::duos::form(tx, cohort, li, eva, "imported", &[])).unwrap();
    house.run_jobs();
    let asked = take(house, "li", "1");
    assert_eq!(asked.status, 422);
    let asked = asked.says("Which duo is too much?").says("Nothing ends by itself");
    let asked = asked.says(&testing::full_name("ana")).says(&testing::full_name("eva"));
    assert!(!asked.body.contains(&testing::full_name("mo")));
    assert_eq!(house.read(move |tx| program::capacity::of(tx, cohort, li)), 2, "nothing is kept before the answer");
    let id = duo.to_string();
    let strange = house.post("li", CAPACITY, &[("mentees", "1"), ("duo", "0190a6c4-0000-7000-8000-000000000000")]);
    assert_eq!(strange.says("Tick one of them.").status, 422);
    assert!(!house.letter_names_to("carla").contains(&"fewer_mentees".to_owned()));
    assert_eq!(house.post("li", CAPACITY, &[("mentees", "1"), ("duo", &id)]).to, "/mentors/mine");
    let letters = house.letters_to("carla");
    let letter = letters.iter().find(|it| it.letter == "fewer_mentees").unwrap();
    assert!(letter.text.contains(&testing::full_name("eva")) && !letter.text.contains(&testing::full_name("ana")));
    assert!(!house.letter_names_to("eva").contains(&"fewer_mentees".to_owned()));
    let live = house.read(move |tx| ::duos::in_cohort(tx, cohort));
    assert_eq!(live.iter().filter(|it| it.is_active()).count(), 2, "nothing is ended silently");
    assert_eq!(house.read(move |tx| ::duos::slots_left(tx, cohort, li)), 0, "and nobody new comes");
    let page = house.get("li", "/mentors/mine").is_ok().says("You have 2:");
    // Whoever wants to leave is asked the same, and each duo ends on its own page.
    let page = page.says("You cannot go on? Which duo is it?").says("The other goes on as it is");
    for duo in &live {
        assert!(page.body.contains(&duo.path("/ending")), "{}", duo.mentee_name);
        assert!(page.body.contains(&format!("End the duo with {}", duo.mentee_name)));
    }
    let ended = house.write(move |tx| {
        let duo = ::duos::duo(tx, duo)?.unwrap();
        ::duos::end(tx, &duo, li, "")
    });
    assert!(ended.is_ok());
    let page = house.get("li", "/mentors/mine").is_ok().says("You cannot go on?").does_not_say("Which duo is it?");
    assert!(!page.body.contains(&format!("{id}/ending")), "the one that has ended is not offered again");
    let left = house.read(move |tx| ::duos::in_cohort(tx, cohort));
    assert_eq!(left.iter().filter(|it| it.is_active()).count(), 1, "and the other goes on");
}

// PRF5, SLF5
fn fewer_for_each_mentor_ends_no_duo_and_offers_nobody_beyond(house: &House) {
    let li = mentor(house, "li", &[]);
    ["ana", "eva"].iter().for_each(|who| _ = mentee(house, who, &[]));
    house.role("carla", Role::Chair);
    allow(house, 2);
    take(house, "li", "2").leads_to();
    go_to(house, OPEN);
    ["ana", "eva"].iter().for_each(|who| _ = ask(house, who, li).leads_to());
    says_yes(house, "li", "ana").leads_to();
    assert!(!request_of(house, li).is_empty(), "eva waits for the second place");
    let one = [
        ("answer_days", "7"),
        ("first_reminder", "3"),
        ("second_reminder", "6"),
        ("wishes", "5"),
        ("waiting", "3"),
        ("mentees_each", "1"),
        ("language", "English"),
    ];
    house.post("carla", &format!("/cohorts/{}/matching/terms", house.cohort), &one).leads_to();
    assert_eq!(duos(house), [pair("ana", "li")]);
    assert!(house.get("eva", "/mentors").text().contains("Has found a mentee"));
    assert!(house.letter_names_to("eva").contains(&"no_mentor_left".to_owned()), "{:?}", house.letter_names_to("eva"));
}
