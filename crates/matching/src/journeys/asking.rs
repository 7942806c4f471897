use serde_json::json;
use testing::House;

use super::{CLOSED, OPEN, ask, duos, go_to, link_to, mentee, mentor, request_of};

testing::on_both_databases! {
    crate::doors(); crate::jobs;
    a_mentee_asks_one_and_ranks_four_more
    a_refusal_keeps_the_note_and_says_why
    colleagues_are_refused_kindly
    four_mentees_ask_one_mentor_and_three_may_wait
    the_order_of_the_list_is_the_mentees_and_the_asked_one_stays
    a_no_or_silence_moves_on_by_itself_and_tells_no_reason
    a_mentor_is_reminded_on_the_third_and_the_sixth_day
    a_request_is_taken_back_and_may_be_made_again
    after_the_directory_closes_open_requests_run_out
    a_mentor_who_is_free_again_is_asked_by_itself
    a_mentee_who_leaves_takes_the_request_along
}

// SLF1
fn a_mentee_asks_one_and_ranks_four_more(house: &House) {
    let mentors = ["li", "kim", "ben", "zoe", "max", "ida"].map(|who| mentor(house, who, &[]));
    mentee(house, "ana", &[]);
    go_to(house, OPEN);
    let form = house.get("ana", &format!("/mentors/{}/request", mentors[0])).text();
    assert!(form.contains("Up to 600 characters") && form.contains("seven days"), "{form}");
    for mentor in &mentors[..5] {
        assert_eq!(ask(house, "ana", *mentor).to, "/wishes");
    }
    let sixth = ask(house, "ana", mentors[5]);
    assert_eq!(sixth.status, 422);
    assert!(
        sixth.body.contains("Your list has room for five mentors, and it is full")
            && sixth.body.contains("I would like to learn")
    );
    let list = house.get("ana", "/wishes").text();
    assert!(list.contains("Li Lindgren is asked") && list.contains("Monday 11 May 2026"), "{list}");
    assert!(list.contains("5 of 5 places"));
    assert_eq!(house.letter_names_to("li"), ["match_request"]);
    assert!(house.letters_to("kim").is_empty(), "a back-up is not told");
    let letter = house.letters_to("li")[0].clone();
    assert!(letter.text.contains("I would like to learn from you.") && letter.text.contains("Monday 11 May 2026"));
    assert_eq!(house.links_in(&letter).iter().filter(|it| it.starts_with("/requests/by-letter/")).count(), 2);
    let again = ask(house, "ana", mentors[1]);
    assert!(again.status == 422 && again.body.contains("on your list already"));
}

fn a_refusal_keeps_the_note_and_says_why(house: &House) {
    let li = mentor(house, "li", &[]);
    mentee(house, "ana", &[]);
    go_to(house, OPEN);
    let path = format!("/mentors/{li}/request");
    let empty = house.post("ana", &path, &[("note", "  ")]);
    assert_eq!(empty.status, 422);
    assert_eq!(empty.body.matches("Write a short note").count(), 2, "on top and at the field");
    let long = "word ".repeat(130);
    let refused = house.post("ana", &path, &[("note", &long)]);
    assert!(
        refused.status == 422 && refused.body.contains("word word word") && refused.body.contains("600 characters")
    );
    assert!(house.letters_to("li").is_empty());
    assert_eq!(house.post("li", &path, &[("note", "me")]).status, 404);
}

fn colleagues_are_refused_kindly(house: &House) {
    let li = mentor(house, "li", &[("mo_employer", json!("The City Library, Inc."))]);
    mentee(house, "ana", &[("me_employer", json!("city LIBRARY"))]);
    go_to(house, OPEN);
    assert!(house.get("ana", &format!("/mentors/{li}/request")).body.contains("You two work for the same employer"));
    let refused = ask(house, "ana", li);
    assert!(refused.status == 422 && refused.body.contains("You two work for the same employer"));
}

fn four_mentees_ask_one_mentor_and_three_may_wait(house: &House) {
    let li = mentor(house, "li", &[]);
    for who in ["ana", "eva", "ida", "uma"] {
        mentee(house, who, &[]);
    }
    go_to(house, OPEN);
    for who in ["ana", "eva", "ida"] {
        assert_eq!(ask(house, who, li).to, "/wishes");
    }
    let fourth = ask(house, "uma", li);
    assert!(
        fourth.status == 409 && fourth.body.contains("This mentor has three mentees waiting already"),
        "{}",
        fourth.status
    );
    assert!(house.get("uma", "/mentors").body.contains("Full for now"));
    assert!(!house.get("uma", "/mentors?free=yes").body.contains("Li Lindgren"));
}

fn the_order_of_the_list_is_the_mentees_and_the_asked_one_stays(house: &House) {
    let mentors = ["li", "kim", "ben"].map(|who| mentor(house, who, &[]));
    mentee(house, "ana", &[]);
    go_to(house, OPEN);
    for mentor in mentors {
        ask(house, "ana", mentor);
    }
    let order = || {
        let body = house.get("ana", "/wishes").body;
        let list = body.split("<ol class=\"list\"").nth(1).unwrap_or_default().to_owned();
        let mut found: Vec<_> = ["Li", "Kim", "Ben"].map(|name| (list.find(&format!("\">{name} ")), name)).to_vec();
        found.retain(|it| it.0.is_some());
        found.sort_unstable();
        found.into_iter().map(|it| it.1).collect::<Vec<_>>()
    };
    let change = |mentor: platform::ids::Id, what: &str| {
        house.post("ana", "/wishes", &[("mentor", &mentor.to_string()), ("what", what)])
    };
    assert_eq!(order(), ["Li", "Kim", "Ben"]);
    change(mentors[2], "up");
    assert_eq!(order(), ["Li", "Ben", "Kim"]);
    change(mentors[2], "up");
    change(mentors[0], "down");
    change(mentors[0], "remove");
    assert_eq!(order(), ["Li", "Ben", "Kim"], "who is asked stays on top");
    change(mentors[2], "remove");
    assert_eq!(order(), ["Li", "Kim"]);
    assert_eq!(change(mentors[2], "up").leads_to(), "/wishes", "not on the list any more");
    assert_eq!(order(), ["Li", "Kim"]);
}

// SLF1, SLF3, SLF4
fn a_no_or_silence_moves_on_by_itself_and_tells_no_reason(house: &House) {
    let [li, kim, ben] = ["li", "kim", "ben"].map(|who| mentor(house, who, &[]));
    mentee(house, "ana", &[]);
    go_to(house, OPEN);
    for mentor in [li, kim, ben] {
        ask(house, "ana", mentor);
    }
    let refusal = format!("{}/refusal", request_of(house, li));
    assert!(house.post("li", &refusal, &[("reason", "canary: too busy")]).to.starts_with("/requests/"));
    assert_eq!(house.letter_names_to("kim"), ["match_request"], "the next is asked at once");
    // Silence for a week does the same.
    house.days(8);
    house.run_jobs();
    assert_eq!(house.letter_names_to("ben"), ["match_request"]);
    let refusal = format!("{}/refusal", request_of(house, ben));
    house.post("ben", &refusal, &[]);
    house.run_jobs();
    let names = house.letter_names_to("ana");
    assert_eq!(
        names,
        [
            "directory_opens",
            "match_request_declined",
            "match_next_asked",
            "match_request_declined",
            "match_next_asked",
            "no_mentor_left"
        ]
    );
    let list = house.get("ana", "/wishes").text();
    assert_eq!(list.matches("cannot this time").count(), 3);
    for letter in house.letters_to("ana") {
        assert!(!letter.text.contains("canary") && !letter.html.contains("canary"), "{}", letter.letter);
    }
    assert!(!list.contains("canary"));
    let twice = ask(house, "ana", li);
    assert!(twice.status == 422 && twice.body.contains("we ask nobody twice"));
}

// SLF3
fn a_mentor_is_reminded_on_the_third_and_the_sixth_day(house: &House) {
    let li = mentor(house, "li", &[]);
    mentee(house, "ana", &[]);
    go_to(house, OPEN);
    ask(house, "ana", li);
    let names = |after: &str| {
        go_to(house, after);
        house.run_jobs();
        house.letter_names_to("li").len()
    };
    assert_eq!(names("2026-05-07T13:00:00Z"), 1, "eight in the morning is too early");
    assert_eq!(names("2026-05-07T14:30:00Z"), 2);
    assert_eq!(names("2026-05-09T14:30:00Z"), 2);
    assert_eq!(names("2026-05-10T14:30:00Z"), 3);
    let link = link_to(house, "li", "match_request_reminder");
    assert!(house.get_as_stranger(&link).body.contains("Monday 11 May 2026"));
    assert_eq!(names("2026-05-12T04:59:00Z"), 3);
    assert_eq!(names("2026-05-12T05:00:01Z"), 3, "the last second is over");
    assert_eq!(house.letter_names_to("ana").last().map(String::as_str), Some("no_mentor_left"));
    assert!(house.get_as_stranger(&link).body.contains("The days for this answer are over"));
    let late = house.post_as_stranger(&link, &[("answer", "yes")]);
    assert!(late.status == 409 && duos(house).is_empty());
}

fn a_request_is_taken_back_and_may_be_made_again(house: &House) {
    let (li, kim) = (mentor(house, "li", &[]), mentor(house, "kim", &[]));
    mentee(house, "ana", &[]);
    go_to(house, OPEN);
    ask(house, "ana", li);
    ask(house, "ana", kim);
    let request = request_of(house, li);
    assert_eq!(house.post("li", &format!("{request}/withdrawal"), &[]).status, 404);
    assert_eq!(house.post("ana", &format!("{request}/withdrawal"), &[]).to, "/wishes");
    assert_eq!(house.letter_names_to("kim"), ["match_request"]);
    let gone = house.post("li", &format!("{request}/acceptance"), &[]);
    assert!(gone.status == 409 && gone.body.contains("taken back"));
    assert_eq!(ask(house, "ana", li).to, "/wishes");
}

fn after_the_directory_closes_open_requests_run_out(house: &House) {
    let (li, kim) = (mentor(house, "li", &[]), mentor(house, "kim", &[]));
    mentee(house, "ana", &[]);
    go_to(house, "2026-05-30T15:00:00Z");
    ask(house, "ana", li);
    ask(house, "ana", kim);
    go_to(house, CLOSED);
    assert_eq!(ask(house, "ana", kim).status, 422);
    let refusal = format!("{}/refusal", request_of(house, li));
    house.post("li", &refusal, &[]);
    house.run_jobs();
    assert!(house.letters_to("kim").is_empty(), "nobody new is asked");
    assert_eq!(house.letter_names_to("ana"), ["directory_opens", "match_request_declined"]);
}

fn a_mentor_who_is_free_again_is_asked_by_itself(house: &House) {
    let (li, kim) = (mentor(house, "li", &[]), mentor(house, "kim", &[]));
    for who in ["ana", "eva", "ida", "uma"] {
        mentee(house, who, &[]);
    }
    go_to(house, OPEN);
    ask(house, "uma", kim);
    for who in ["ana", "eva", "ida"] {
        ask(house, who, li);
    }
    ask(house, "uma", li);
    let refusal = format!("{}/refusal", request_of(house, kim));
    house.post("kim", &refusal, &[]);
    assert_eq!(
        house.letter_names_to("uma").last().map(String::as_str),
        Some("match_request_declined"),
        "all three wait"
    );
    let refusal = format!("{}/refusal", request_of(house, li));
    house.post("li", &refusal, &[]);
    house.run_jobs();
    assert_eq!(house.letter_names_to("uma").last().map(String::as_str), Some("match_next_asked"));
}

fn a_mentee_who_leaves_takes_the_request_along(house: &House) {
    let li = mentor(house, "li", &[]);
    let ana = mentee(house, "ana", &[]);
    go_to(house, OPEN);
    ask(house, "ana", li);
    let request = request_of(house, li);
    let cohort = house.cohort;
    house.write(move |tx| {
        program::leave(tx, ana, cohort, policy::Role::Mentee)?;
        let application = tx.fresh_id();
        Ok(platform::journal::record(tx, "application withdrawn", application, Some(ana), Some(cohort))?)
    });
    house.run_jobs();
    let gone = house.get("li", &request).body;
    assert!(gone.contains("taken back"), "{gone}");
    assert!(!house.letter_names_to("ana").contains(&"no_mentor_left".to_owned()));
    // A mentor who leaves is gone from the directory.
    house.write(move |tx| {
        program::leave(tx, li, cohort, policy::Role::Mentor)?;
        let application = tx.fresh_id();
        Ok(platform::journal::record(tx, "application withdrawn", application, Some(li), Some(cohort))?)
    });
    house.run_jobs();
    mentee(house, "eva", &[]);
    assert!(!house.get("eva", "/mentors").body.contains("Li Lindgren"));
}
