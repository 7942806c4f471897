use testing::House;

use super::*;

testing::on_both_databases! {
    crate::doors(); crate::jobs;
    a_survey_opens_on_its_day_and_asks_both_sides
    following_the_link_changes_nothing
    an_answer_counts_once
    what_was_begun_is_found_again
    the_same_form_stands_behind_a_sign_in
    an_empty_or_wrong_answer_comes_back_with_what_was_typed
    the_silent_are_reminded_three_times_and_nobody_else
    those_without_a_partner_are_asked_how_the_matching_was
    at_the_start_people_are_asked_on_their_own_page
    whoever_was_at_the_orientation_is_asked_how_it_was
    the_chair_moves_the_close
}

// SRV1
fn a_survey_opens_on_its_day_and_asks_both_sides(house: &House) {
    with_duos(house, 2);
    house.at("2026-11-19T14:00:00Z");
    house.run_jobs();
    assert_eq!(letters_of(house, "anna", "survey_midway"), 0, "no letter before nine in the morning");

    house.at(MIDWAY_OPENS);
    house.run_jobs();
    house.run_jobs();

    for who in ["anna", "bela", "karl", "leo"] {
        assert_eq!(letters_of(house, who, "survey_midway"), 1, "{who}");
    }
    house.get_as_stranger(&link(house, "anna")).is_ok().says("My mentor listens");
    house.get_as_stranger(&link(house, "karl")).is_ok().says("My mentee comes prepared");
    get(house, "walt", &format!("/cohorts/{}/surveys", house.cohort))
        .is_ok()
        .says("Fewer than five of 2 have answered");
}

// SRV3
fn following_the_link_changes_nothing(house: &House) {
    with_duos(house, 1);
    house.at(MIDWAY_OPENS);
    house.run_jobs();
    let link = link(house, "anna");
    let before = house.read(|tx| Ok((everything(tx)?, platform::outbox::count(tx)?)));

    for _ in 0..3 {
        house.get_as_stranger(&link).is_ok().says("Nobody reads your answers with your name").says("Send my answers");
    }

    assert_eq!(house.read(|tx| Ok((everything(tx)?, platform::outbox::count(tx)?))), before);
    house.get_as_stranger("/survey/not-one-of-ours").says("not one of ours");
}

// SRV3
fn an_answer_counts_once(house: &House) {
    with_duos(house, 1);
    house.at(MIDWAY_OPENS);
    house.run_jobs();
    let link = link(house, "anna");

    answer(house, "anna", &[("s1", "4"), ("r1", "9")]);
    house.get_as_stranger(&link).is_ok().says("Thank you").does_not_say("Send my answers");
    let again = house.post_as_stranger(&link, &[("s1", "1"), ("do", "send")]);
    assert_eq!(again.status, 409);
    again.says("can no longer be told from others");

    let midway = survey(house, "midway_mentee");
    let given = house.read(move |tx| crate::answers::given(tx, midway));
    assert_eq!(given.iter().map(|it| it.answers.number("s1")).collect::<Vec<_>>(), [Some(4)]);
}

// SRV3: resume.
fn what_was_begun_is_found_again(house: &House) {
    with_duos(house, 1);
    house.at(MIDWAY_OPENS);
    house.run_jobs();
    let link = link(house, "anna");

    let saved = house.post_as_stranger(&link, &[("s1", "5"), ("t1", "our long walks"), ("do", "later")]);
    assert_eq!(saved.leads_to(), link);
    house.get_as_stranger(&link).is_ok().says("Here is what you answered before").says("our long walks");
    get(house, "anna", &format!("/surveys/{}/mine", survey(house, "midway_mentee"))).is_ok().says("our long walks");
    house.get_as_stranger(&super::link(house, "karl")).is_ok().does_not_say("our long walks");
    let midway = survey(house, "midway_mentee");
    assert_eq!(house.read(move |tx| crate::surveys::answered_count(tx, midway)), 0, "a draft is no answer");

    answer(house, "anna", &[("s1", "5"), ("t1", "our long walks")]);
    assert_eq!(house.read(|tx| Ok(everything(tx)?.2)), 0, "the draft is gone with the answer");
}

fn the_same_form_stands_behind_a_sign_in(house: &House) {
    with_duos(house, 1);
    house.at(MIDWAY_OPENS);
    house.run_jobs();
    let (mentees, mentors) = (survey(house, "midway_mentee"), survey(house, "midway_mentor"));
    let next = |who: &str| {
        let id = house.person(who);
        house.read(move |tx| Ok(crate::surveys::unanswered_by(tx, id)?.len()))
    };
    assert_eq!((next("anna"), next("walt")), (1, 0));

    let mine = format!("/surveys/{mentees}/mine");
    assert_eq!(post(house, "anna", &mine, &[("f1", "4"), ("do", "send")]).leads_to(), mine);

    get(house, "anna", &mine).is_ok().says("Thank you");
    house.get_as_stranger(&link(house, "anna")).is_ok().says("Thank you");
    assert_eq!(next("anna"), 0);
    assert_eq!(get(house, "anna", &format!("/surveys/{mentors}/mine")).status, 404, "not asked, so not there");
    assert_eq!(house.get_as_stranger(&mine).status, 303);
}

fn an_empty_or_wrong_answer_comes_back_with_what_was_typed(house: &House) {
    with_duos(house, 1);
    house.at(MIDWAY_OPENS);
    house.run_jobs();
    let link = link(house, "anna");

    let empty = house.post_as_stranger(&link, &[("do", "send")]);
    assert_eq!(empty.status, 422);
    empty.says("Nothing is answered yet");
    let wrong = house.post_as_stranger(&link, &[("m1", "seven"), ("t1", "our walks"), ("do", "send")]);
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("value=\"seven\"") && wrong.body.contains("our walks"));
    wrong.says("There is a problem").says("Please enter a whole number such as 4.");
    let over = house.post_as_stranger(&link, &[("s1", "9"), ("do", "send")]);
    assert_eq!(over.status, 422);
}

// SRV3
fn the_silent_are_reminded_three_times_and_nobody_else(house: &House) {
    with_duos(house, 2);
    house.at(MIDWAY_OPENS);
    house.run_jobs();
    answer(house, "anna", &[("s1", "4")]);
    let reminders = |who: &str| letters_of(house, who, "survey_midway_reminder");

    house.at("2026-11-24T16:00:00Z");
    house.run_jobs();
    house.run_jobs();
    assert_eq!((reminders("anna"), reminders("bela"), reminders("karl")), (0, 1, 1));
    answer(house, "karl", &[("s1", "4")]);

    house.at("2026-12-01T16:00:00Z");
    house.run_jobs();
    house.at("2026-12-07T16:00:00Z");
    house.run_jobs();
    house.at("2026-12-10T16:00:00Z");
    house.run_jobs();

    assert_eq!((reminders("anna"), reminders("bela"), reminders("karl"), reminders("leo")), (0, 3, 1, 3));
    let told: Vec<bool> = house
        .letters_to("bela")
        .iter()
        .filter(|it| it.letter == "survey_midway_reminder")
        .map(|it| it.text.contains("This is the last reminder."))
        .collect();
    assert_eq!(told, [false, false, true]);
    let first = house.letters_to("bela").into_iter().find(|it| it.letter == "survey_midway");
    let first = house.link_in(&first.unwrap_or_else(|| panic!("no letter")));
    house.get_as_stranger(&first).is_ok().says("Send my answers");
}

fn those_without_a_partner_are_asked_how_the_matching_was(house: &House) {
    with_duos(house, 1);
    house.role_in_cohort("uma", Role::Mentee);
    house.at("2026-06-27T16:00:00Z");
    house.run_jobs();

    assert_eq!(letters_of(house, "uma", "survey_unmatched"), 1);
    assert_eq!(letters_of(house, "anna", "survey_unmatched"), 0);
    answer(house, "uma", &[("u1", "3"), ("u2", "4")]);
    house.get_as_stranger(&link(house, "uma")).is_ok().says("Thank you");
}

fn at_the_start_people_are_asked_on_their_own_page(house: &House) {
    with_duos(house, 1);
    house.at("2026-06-27T16:00:00Z");
    house.run_jobs();

    let mine = format!("/surveys/{}/mine", survey(house, "baseline_mentee"));
    get(house, "anna", &mine).is_ok().says("say where I want my career to go");
    post(house, "anna", &mine, &[("b1", "2"), ("do", "send")]).leads_to();
    get(house, "anna", &mine).is_ok().says("Thank you");
}

fn the_chair_moves_the_close(house: &House) {
    with_duos(house, 1);
    house.at(MIDWAY_OPENS);
    house.run_jobs();
    let midway = survey(house, "midway_mentee");
    let dates = format!("/surveys/{midway}/dates");
    assert_eq!(get(house, "lisa", &dates).status, 404);

    let refused = post(house, "walt", &dates, &[("opens", "2026-11-19"), ("closes", "2026-11-18")]);
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("2026-11-18"), "what was typed stays");
    refused.says("A survey closes after it opens.");
    let unread = post(house, "walt", &dates, &[("opens", "2026-11-19"), ("closes", "soon")]);
    assert_eq!(unread.status, 422);
    post(house, "walt", &dates, &[("opens", "2026-11-19"), ("closes", "2026-12-20")]).leads_to();

    house.at(MIDWAY_IS_OVER);
    house.run_jobs();
    house.get_as_stranger(&link(house, "anna")).is_ok().says("Send my answers").says("20 December 2026");
    house.at("2026-12-21T16:00:00Z");
    house.run_jobs();
    house.get_as_stranger(&link(house, "anna")).is_ok().says("The survey has closed");
    let late = house.post_as_stranger(&link(house, "anna"), &[("s1", "4"), ("do", "send")]);
    assert_eq!(late.status, 409);
}

/// How much stands in the tables that answering fills.
fn everything(tx: &mut platform::storage::Tx) -> Result<(i64, i64, i64), platform::doors::Failure> {
    Ok((tx.one(&ANSWERS, &[])?, tx.one(&ANSWERED, &[])?, tx.one(&DRAFTS, &[])?))
}

platform::sql! {
    ANSWERS => "select count(*) as many from survey_answers";
    ANSWERED => "select count(*) as many from survey_people where answered";
    DRAFTS => "select count(*) as many from survey_drafts";
}

fn whoever_was_at_the_orientation_is_asked_how_it_was(house: &House) {
    with_duos(house, 3);
    house.role_in_cohort("uma", Role::Mentee);
    house.at("2026-06-28T16:00:00Z");
    house.run_jobs();
    assert_eq!(letters_of(house, "anna", "survey_orientation"), 0, "not before the Monday after");
    house.at("2026-06-29T16:00:00Z");
    house.run_jobs();
    for who in ["anna", "bela", "cleo", "karl", "leo", "max"] {
        assert_eq!(letters_of(house, who, "survey_orientation"), 1, "{who}");
    }
    assert_eq!(letters_of(house, "uma", "survey_orientation"), 0);
    for who in ["anna", "bela", "cleo", "karl", "leo"] {
        let asked = house.letters_to(who).into_iter().rfind(|it| it.letter == "survey_orientation").unwrap();
        let link = house.link_in(&asked);
        house.get_as_stranger(&link).is_ok().says("The orientation was useful to me");
        let said = [("useful", "4"), ("next", "5"), ("unclear", "Where the room was")];
        assert_eq!(house.post_as_stranger(&link, &said).leads_to(), link);
    }
    house.at("2026-07-20T16:00:00Z");
    house.run_jobs();
    let survey = survey(house, crate::plan::ORIENTATION);
    let page = get(house, "walt", &format!("/surveys/{survey}")).is_ok();
    page.says("The orientation was useful to me").says("5 of 6");
    let list = get(house, "walt", &format!("/cohorts/{}/surveys", house.cohort)).is_ok();
    list.says("Asks those of the duos who were at the orientation.");
}
