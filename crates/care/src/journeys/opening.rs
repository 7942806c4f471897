//! Chair and deputy open check-in answers together, and the two people learn of it.

use duos::Duo;
use policy::Role;
use testing::House;

use super::with_lena;

testing::on_both_databases! { crate::journeys::doors().merge(membership::doors()); crate::jobs;
    without_a_confirmation_nothing_opens
    it_is_open_to_the_two_for_an_hour_and_the_duo_is_told_at_once
    for_somebodys_safety_the_duo_is_told_days_later
    whoever_is_in_the_duo_finds_nothing
    the_deputy_asks_and_the_chair_confirms_as_well
    where_the_only_chair_is_in_the_duo_it_stays_closed_and_says_so
    a_reason_is_asked_for_and_what_was_typed_stays
    a_question_can_be_declined_and_lapses_after_a_week
    a_reading_that_cannot_be_written_down_is_not_shown
    what_was_told_lights_nothing_but_the_page_on_which_reading_it_is_noted
}

const REASON: &str = "Nils wrote to me that he is afraid of somebody.";

/// Nils has answered the first check-in in words; Carla is the chair, Dora the deputy.
fn answered(house: &House) -> Duo {
    let duo = with_lena(house);
    house.role("carla", Role::Chair);
    house.role("dora", Role::Deputy);
    super::later(house, "2026-07-07T15:00:00Z", &["lena", "marta", "nils"]);
    house.run_jobs();
    let letter = house.letters_to("nils").into_iter().find(|it| it.letter == "checkin_1").unwrap();
    let link = house.links_in(&letter).into_iter().find(|it| it.starts_with("/check-in/")).unwrap();
    let answer = [("P1", "yes"), ("P2", "2026-07-03"), ("P3", "2"), ("P4", "I dread our meetings.")];
    house.post("nils", &link, &answer).is_ok();
    super::later(house, "2026-07-13T15:00:00Z", &["lena", "marta", "nils", "carla", "dora"]);
    duo
}

fn page(duo: &Duo) -> String {
    format!("/desk/duos/{}/opening", duo.id)
}

fn answers(duo: &Duo) -> String {
    format!("/desk/duos/{}/answers", duo.id)
}

fn asks(house: &House, duo: &Duo, more: &[(&str, &str)]) {
    let fields = [&[("reason", REASON)], more].concat();
    assert_eq!(house.post("carla", &page(duo), &fields).leads_to(), page(duo));
}

fn confirms(house: &House, who: &str, duo: &Duo) -> testing::Answer {
    house.post(who, &format!("{}/answer", page(duo)), &[("answer", "yes")])
}

fn count(house: &House, letter: &str) -> usize {
    house.letters().iter().filter(|it| it.letter == letter).count()
}

// MSG4: nobody opens anything alone.
fn without_a_confirmation_nothing_opens(house: &House) {
    let duo = answered(house);
    house.get("lena", &format!("/desk/duos/{}", duo.id)).is_ok().says("I dread our meetings.");
    for who in ["carla", "dora"] {
        assert_eq!(house.get(who, &answers(&duo)).status, 404, "{who}");
    }
    asks(house, &duo, &[]);
    assert_eq!(confirms(house, "carla", &duo).status, 404, "not the one who asked");
    assert_eq!(house.get("carla", &answers(&duo)).status, 404);
    house.get("dora", "/next").says("asks to open check-in answers of duo 1");
    house.get("dora", &page(&duo)).is_ok().says(REASON).says("Confirm, open for an hour");
    for who in ["lena", "nils", "marta"] {
        assert_eq!(house.get(who, &page(&duo)).status, 404, "{who}");
        assert_eq!(confirms(house, who, &duo).status, 404, "{who}");
    }
    assert_eq!((count(house, "opening_asked"), count(house, "answers_opened")), (1, 0));
    assert!(!house.letters_to("dora").iter().any(|it| it.text.contains("afraid")), "the reason went by mail");
}

// MSG3, MSG4
fn it_is_open_to_the_two_for_an_hour_and_the_duo_is_told_at_once(house: &House) {
    let duo = answered(house);
    house.role("carlo", Role::Chair);
    asks(house, &duo, &[]);
    assert_eq!(confirms(house, "dora", &duo).leads_to(), answers(&duo));
    for who in ["carla", "dora"] {
        house.get(who, &answers(&duo)).is_ok().says("I dread our meetings.");
    }
    for who in ["carlo", "lena", "nils", "marta"] {
        assert_eq!(house.get(who, &answers(&duo)).status, 404, "{who}");
    }
    assert_eq!(count(house, "answers_opened"), 2);
    for who in ["nils", "marta"] {
        let letter = house.letters_to(who).into_iter().find(|it| it.letter == "answers_opened").unwrap();
        house.get(who, &house.link_in(&letter)).is_ok().says(REASON).says("Dora");
    }
    // Nils wrote something and sees that both read it; Marta wrote nothing that could be read.
    let seen = house.get("nils", "/me/readings").is_ok().says("Carla").says("Dora").text();
    assert!(seen.contains("chair and deputy together, for a written reason"), "{seen}");
    house.get("marta", "/me/readings").is_ok().says("Nobody has opened anything of yours");
    house.at("2026-07-13T15:59:59Z");
    house.get("carla", &answers(&duo)).is_ok();
    house.at("2026-07-13T16:00:00Z");
    for who in ["carla", "dora"] {
        assert_eq!(house.get(who, &answers(&duo)).status, 404, "{who}");
    }
}

fn for_somebodys_safety_the_duo_is_told_days_later(house: &House) {
    let duo = answered(house);
    asks(house, &duo, &[("safety", "yes"), ("days", "3")]);
    confirms(house, "dora", &duo).leads_to();
    house.get("carla", &answers(&duo)).is_ok().says("I dread our meetings.");
    house.run_jobs();
    assert_eq!(count(house, "answers_opened"), 0);
    house.get("nils", "/me/readings").is_ok().says("Nobody has opened anything of yours");
    house.at("2026-07-16T15:00:01Z");
    house.run_jobs();
    house.run_jobs();
    assert_eq!(count(house, "answers_opened"), 2);
    super::later(house, "2026-07-16T15:00:02Z", &["nils"]);
    house.get("nils", "/me/readings").is_ok().says("Carla");
}

fn whoever_is_in_the_duo_finds_nothing(house: &House) {
    let duo = answered(house);
    house.role("marta", Role::Chair);
    house.role("nils", Role::Deputy);
    for who in ["marta", "nils"] {
        assert_eq!(house.get(who, &page(&duo)).status, 404);
        assert_eq!(house.post(who, &page(&duo), &[("reason", REASON)]).status, 404);
    }
    asks(house, &duo, &[]);
    assert_eq!(confirms(house, "nils", &duo).status, 404);
    assert!(!house.letters_to("nils").iter().any(|it| it.letter == "opening_asked"));
}

fn the_deputy_asks_and_the_chair_confirms_as_well(house: &House) {
    let duo = answered(house);
    house.role("dina", Role::Deputy);
    house.post("dora", &page(&duo), &[("reason", REASON)]).leads_to();
    house.get("carla", "/next").says("Dora").says("asks to open check-in answers of duo 1");
    for who in ["dora", "dina"] {
        assert_eq!(confirms(house, who, &duo).status, 404, "it takes a chair: {who}");
    }
    confirms(house, "carla", &duo).leads_to();
    for who in ["carla", "dora"] {
        house.get(who, &answers(&duo)).is_ok().says("I dread our meetings.");
    }
    assert_eq!(house.get("dina", &answers(&duo)).status, 404);
}

fn where_the_only_chair_is_in_the_duo_it_stays_closed_and_says_so(house: &House) {
    let duo = with_lena(house);
    house.role("marta", Role::Chair);
    house.role("dora", Role::Deputy);
    house.get("dora", &page(&duo)).is_ok().says("This stays closed").does_not_say("Why must these answers be read?");
    assert_eq!(house.post("dora", &page(&duo), &[("reason", REASON)]).status, 404);
    house.role("carla", Role::Chair);
    house.get("dora", &page(&duo)).is_ok().says("Why must these answers be read?");
}

fn a_reason_is_asked_for_and_what_was_typed_stays(house: &House) {
    let duo = answered(house);
    let refused = house.post("carla", &page(&duo), &[("reason", "I wonder.")]);
    assert_eq!(refused.status, 422);
    refused.says("at least 20 characters").says("I wonder.");
    let fields = [("reason", REASON), ("safety", "yes"), ("days", "30")];
    let refused = house.post("carla", &page(&duo), &fields);
    assert_eq!(refused.status, 422);
    refused.says("Choose from 1 to 14 days.").says(REASON);
    house.let_proof_grow_old("carla");
    assert_ne!(house.post("carla", &page(&duo), &[("reason", REASON)]).to, page(&duo), "it asks again who it is");
    assert_eq!(count(house, "opening_asked"), 0);
}

fn a_question_can_be_declined_and_lapses_after_a_week(house: &House) {
    let duo = answered(house);
    asks(house, &duo, &[]);
    let answer = format!("{}/answer", page(&duo));
    house.post("dora", &answer, &[("answer", "no")]).leads_to();
    assert_eq!(confirms(house, "dora", &duo).status, 404);
    asks(house, &duo, &[]);
    super::later(house, "2026-07-20T15:00:00Z", &["carla", "dora"]);
    assert_eq!(confirms(house, "dora", &duo).status, 404);
    asks(house, &duo, &[]);
    confirms(house, "dora", &duo).leads_to();
}

// What cannot be written down is not shown either.
fn a_reading_that_cannot_be_written_down_is_not_shown(house: &House) {
    let duo = answered(house);
    let page = format!("/desk/duos/{}", duo.id);
    house.get("lena", &page).is_ok().says("I dread our meetings.");
    house.break_audit();
    let answer = house.get("lena", &page);
    assert_eq!(answer.status, 500);
    assert!(!answer.body.contains("dread"), "{}", answer.body);
}

// C-11: a low answer changes no badge, no count and no word that anybody else sees.
fn what_was_told_lights_nothing_but_the_page_on_which_reading_it_is_noted(house: &House) {
    let duo = answered(house);
    super::ladder::live_until(house, "2026-07-14T15:00:00Z");
    super::later(house, "2026-07-14T15:00:00Z", &["carla", "dora", "lena", "nils"]);
    let status = format!("/desk/duos/{}", duo.id);
    for who in ["carla", "dora"] {
        house.get(who, &status).is_ok().says("too early").does_not_say("needs a word").does_not_say("2 of 5");
    }
    let cohort = house.cohort;
    let shown = house.read(move |tx| Ok((crate::figures(tx, cohort)?.by_state, crate::states(tx, cohort)?)));
    assert_eq!(shown.0[&crate::Word::TooEarly], 1, "{shown:?}");
    let kept = house.read(move |tx| Ok(crate::signals::seen(tx, duo.id)?.unwrap().word));
    assert_eq!(kept, "too early", "the table tells what was answered");
    house.get("lena", "/desk").is_ok().says("waits for you").does_not_say("2 of 5").does_not_say("needs a word");
    house.get("nils", "/me/readings").is_ok().says("Nobody has opened anything of yours");
    house.get("lena", &status).is_ok().says("needs a word").says("2 of 5");
    house.get("nils", "/me/readings").is_ok().says("Lena");
}
