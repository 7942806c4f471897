use std::sync::Barrier;

use platform::prelude::*;
use policy::{Action, Role};
use testing::House;

use super::{OPEN, ask, duos, go_to, link_to, mentee, mentor, request_of};

testing::on_both_databases! {
    super::doors_and_home(); crate::jobs;
    a_mentor_says_yes_from_the_letter_without_signing_in
    a_mentor_asks_a_question_first_and_the_mentee_replies_from_the_letter
    a_question_and_its_reply_are_refused_with_a_sentence
    looking_at_a_link_changes_nothing
    everybody_else_who_waits_is_told_at_once_and_moved_on
    a_mentor_who_says_yes_twice_is_told_that_one_is_enough
    two_yeses_at_one_moment_make_one_duo
    a_request_is_there_for_its_two_people_alone
    a_reason_is_read_by_the_chair_alone
    figures_count_what_happened
    everybody_sees_what_is_next
}

fn doors_and_home() -> Doors {
    crate::doors().get("/", Action::ReadHome, home)
}

/// What this room says on everybody's home page.
fn home(tx: &mut Tx, visit: &Visit) -> Answer {
    let steps = crate::next_steps(tx, visit)?;
    Ok(Reply::page("Home", html! { @for step in steps { h3 { (step.title) } } }))
}

// SLF2
fn a_mentor_says_yes_from_the_letter_without_signing_in(house: &House) {
    let li = mentor(house, "li", &[]);
    mentee(house, "ana", &[]);
    go_to(house, OPEN);
    ask(house, "ana", li);
    let link = link_to(house, "li", "match_request");
    let page = house.get_as_stranger(&link).text();
    assert!(page.contains("Ana Anderson would like you as mentor") && page.contains("Reference librarian"), "{page}");
    assert!(!page.contains("write a budget"), "goals are for the partner of a duo");
    let thanks = house.post_as_stranger(&link, &[("answer", "yes")]);
    assert_eq!(thanks.status, 200);
    assert!(thanks.body.contains("You and Ana Anderson are a duo"));
    assert_eq!(duos(house), [("Ana Anderson".to_owned(), "Li Lindgren".to_owned())]);
    assert_eq!(house.letter_names_to("ana").last().map(String::as_str), Some("duo_confirmed"));
    assert_eq!(house.letter_names_to("li").last().map(String::as_str), Some("duo_confirmed"));
    let again = house.post_as_stranger(&link, &[("answer", "yes")]);
    assert!(again.status == 409 && again.body.contains("used already"));
    assert!(house.get_as_stranger(&link).body.contains("used already"));
    house.run_jobs();
    assert_eq!(duos(house).len(), 1);
}

// SLF2, SLF3
fn a_mentor_asks_a_question_first_and_the_mentee_replies_from_the_letter(house: &House) {
    let li = mentor(house, "li", &[]);
    mentee(house, "ana", &[]);
    go_to(house, OPEN);
    ask(house, "ana", li);
    let link = link_to(house, "li", "match_request");
    house.days(6);
    house.run_jobs();
    let reminders =
        |house: &House| house.letter_names_to("li").iter().filter(|it| *it == "match_request_reminder").count();
    let before = reminders(house);
    let asked = house.post_as_stranger(&link, &[("answer", "question"), ("question", "Which budget do you mean?")]);
    assert_eq!(asked.status, 200);
    asked.says("Your question is on its way to Ana Anderson");
    house
        .get_as_stranger(&link)
        .says("You asked")
        .says("Which budget do you mean?")
        .says("No reply from Ana Anderson yet");
    // The day for the answer has moved: three days from the question, three from the reply.
    house.days(2);
    house.run_jobs();
    assert_eq!(reminders(house), before, "whoever waits is not reminded");
    let reply = link_to(house, "ana", "match_question");
    for _ in 0..3 {
        house.get_as_stranger(&reply).is_ok().says("Li Lindgren has a question").says("Which budget do you mean?");
    }
    house.post_as_stranger(&reply, &[("reply", "The one for staff.")]).says("Your reply is on its way");
    assert_eq!(house.post_as_stranger(&reply, &[("reply", "Again")]).status, 409);
    let told = house.letters_to("li").pop().unwrap();
    assert_eq!(told.letter, "match_question_answered");
    assert!(told.text.contains("The one for staff."));
    house.days(2);
    house.run_jobs();
    house.get_as_stranger(&house.link_in(&told)).is_ok().says("The one for staff.");
    house.post_as_stranger(&house.link_in(&told), &[("answer", "yes")]).says("are a duo");
}

fn a_question_and_its_reply_are_refused_with_a_sentence(house: &House) {
    let li = mentor(house, "li", &[]);
    mentee(house, "ana", &[]);
    mentee(house, "eva", &[]);
    go_to(house, OPEN);
    ask(house, "ana", li);
    let path = request_of(house, li);
    let question = |who: &str, words: &str| house.post(who, &format!("{path}/question"), &[("question", words)]);
    let reply = |who: &str, words: &str| house.post(who, &format!("{path}/reply"), &[("reply", words)]);
    assert_eq!(reply("ana", "To nothing").status, 409);
    let empty = question("li", " ");
    assert_eq!(empty.status, 422);
    empty.says("Write a sentence or two.");
    let long = "x".repeat(501);
    let refused = question("li", &long);
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains(&long), "what was typed comes back");
    for stranger in ["eva", "ana"] {
        assert_eq!(question(stranger, "Why?").status, 404, "{stranger}");
    }
    question("li", "Why me?").leads_to();
    question("li", "And why now?").says("one is the most");
    for stranger in ["eva", "li"] {
        assert_eq!(reply(stranger, "Because").status, 404, "{stranger}");
    }
    house.get("ana", &path).is_ok().says("Why me?");
    assert!(house.get("ana", "/").body.contains("Li Lindgren has a question before answering"));
    reply("ana", "Because of your talk.").leads_to();
    house.get("li", &path).is_ok().says("Because of your talk.");
    assert_eq!(house.get("eva", &path).status, 404);
}

fn looking_at_a_link_changes_nothing(house: &House) {
    let li = mentor(house, "li", &[]);
    mentee(house, "ana", &[]);
    go_to(house, OPEN);
    ask(house, "ana", li);
    let letters = house.letters().len();
    let link = link_to(house, "li", "match_request");
    for _ in 0..3 {
        assert_eq!(house.get_as_stranger(&format!("{link}?answer=no")).status, 200);
    }
    house.run_jobs();
    assert_eq!(house.letters().len(), letters);
    assert!(house.get("li", &request_of(house, li)).body.contains("would like you as mentor"));
    assert!(house.get_as_stranger("/requests/by-letter/nonsense").body.contains("not one of ours"));
    house.days(40);
    assert!(house.get_as_stranger(&link).body.contains("expired"));
    assert_eq!(house.post_as_stranger(&link, &[("answer", "yes")]).status, 409);
}

// SLF5
fn everybody_else_who_waits_is_told_at_once_and_moved_on(house: &House) {
    let (li, kim) = (mentor(house, "li", &[]), mentor(house, "kim", &[]));
    for who in ["ana", "eva", "ida"] {
        mentee(house, who, &[]);
    }
    go_to(house, OPEN);
    ask(house, "ana", li);
    let request = request_of(house, li);
    ask(house, "eva", li);
    ask(house, "eva", kim);
    ask(house, "ida", li);
    let accepted = house.post("li", &format!("{request}/acceptance"), &[]);
    assert!(accepted.to.starts_with("/duos/"), "{}", accepted.body);
    // At once: no job has run since.
    let names = |who: &str| house.letter_names_to(who)[1..].to_vec();
    assert_eq!(names("eva"), ["match_request_taken", "match_next_asked"]);
    assert_eq!(names("ida"), ["match_request_taken", "no_mentor_left"]);
    assert_eq!(house.letter_names_to("kim"), ["match_request"]);
    assert_eq!(house.get("li", &request).status, 200);
    let late = ask(house, "ida", li);
    assert!(late.status == 409 && late.body.contains("has found a mentee meanwhile"));
}

// SLF5
fn a_mentor_who_says_yes_twice_is_told_that_one_is_enough(house: &House) {
    let li = mentor(house, "li", &[]);
    mentee(house, "ana", &[]);
    mentee(house, "eva", &[]);
    go_to(house, OPEN);
    ask(house, "ana", li);
    let first = request_of(house, li);
    ask(house, "eva", li);
    let link = link_to(house, "li", "match_request");
    house.post("li", &format!("{first}/acceptance"), &[]);
    let second = house.post_as_stranger(&link, &[("answer", "yes")]);
    assert!(second.status == 409 && second.body.contains("You have a mentee for this session already"));
    assert_eq!(duos(house).len(), 1);
}

// SLF5
fn two_yeses_at_one_moment_make_one_duo(house: &House) {
    let li = mentor(house, "li", &[]);
    let mentees = ["ana", "eva", "ida"];
    for who in mentees {
        mentee(house, who, &[]);
    }
    go_to(house, OPEN);
    for who in mentees {
        ask(house, who, li);
    }
    let cohort = house.cohort;
    let waiting = house.read(move |tx| crate::requests::waiting_for(tx, cohort, li));
    let ids: Vec<Id> = waiting.iter().map(|request| request.id).collect();
    let start = Barrier::new(ids.len());
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let threads: Vec<_> = ids
            .iter()
            .map(|id| {
                let start = &start;
                scope.spawn(move || {
                    start.wait();
                    house.post("li", &format!("/requests/{id}/acceptance"), &[]).status
                })
            })
            .collect();
        threads.into_iter().map(|it| it.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|it| **it == 303).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|it| **it == 409).count(), 2, "{statuses:?}");
    assert_eq!(duos(house).len(), 1);
}

fn a_request_is_there_for_its_two_people_alone(house: &House) {
    let (li, _) = (mentor(house, "li", &[]), mentor(house, "kim", &[]));
    mentee(house, "ana", &[]);
    mentee(house, "eva", &[]);
    house.role("carla", Role::Chair);
    go_to(house, OPEN);
    ask(house, "ana", li);
    let request = request_of(house, li);
    assert_eq!(house.get("ana", &request).status, 200);
    assert_eq!(house.get("li", &request).status, 200);
    for who in ["kim", "eva", "carla"] {
        assert_eq!(house.get(who, &request).status, 404, "{who}");
    }
    for (who, door) in [("kim", "acceptance"), ("kim", "refusal"), ("ana", "acceptance"), ("eva", "withdrawal")] {
        assert_eq!(house.post(who, &format!("{request}/{door}"), &[]).status, 404, "{who} {door}");
    }
    assert!(duos(house).is_empty());
}

// SLF4
fn a_reason_is_read_by_the_chair_alone(house: &House) {
    let li = mentor(house, "li", &[]);
    mentee(house, "ana", &[]);
    house.role("carla", Role::Chair);
    house.role("council", Role::Council);
    go_to(house, OPEN);
    ask(house, "ana", li);
    let request = request_of(house, li);
    let long = house.post("li", &format!("{request}/refusal"), &[("reason", &"canary ".repeat(60))]);
    assert!(long.status == 422 && long.body.contains("canary canary"));
    house.post("li", &format!("{request}/refusal"), &[("reason", "canary: I move abroad")]);
    let board = format!("/cohorts/{}/matching", house.cohort);
    assert!(house.get("carla", &board).body.contains("canary: I move abroad"));
    assert_eq!(house.get("council", &board).status, 404);
    for page in ["/wishes".to_owned(), request, "/mentors".to_owned(), format!("/mentors/{li}")] {
        assert!(!house.get("ana", &page).body.contains("canary"), "{page}");
    }
}

fn figures_count_what_happened(house: &House) {
    let [li, kim, _] = ["li", "kim", "ben"].map(|who| mentor(house, who, &[]));
    mentee(house, "ana", &[]);
    mentee(house, "eva", &[]);
    go_to(house, OPEN);
    ask(house, "ana", li);
    ask(house, "ana", kim);
    house.days(2);
    let refusal = format!("{}/refusal", request_of(house, li));
    house.post("li", &refusal, &[]);
    house.days(4);
    let acceptance = format!("{}/acceptance", request_of(house, kim));
    house.post("kim", &acceptance, &[]);
    let cohort = house.cohort;
    let figures = house.read(move |tx| crate::figures(tx, cohort));
    let wanted = crate::Figures {
        requests: 2,
        accepted: 1,
        declined: 1,
        lapsed: 0,
        first_choice: 0,
        proposals_formed: 0,
        unmatched_mentees: 1,
        free_mentors: 2,
        median_days_to_answer: Some(4),
    };
    assert_eq!(figures, wanted);
}

fn everybody_sees_what_is_next(house: &House) {
    let li = mentor(house, "li", &[]);
    mentee(house, "ana", &[]);
    house.role("carla", Role::Chair);
    let titles = |who: &str| -> Vec<String> {
        let body = house.get(who, "/").body;
        body.split("<h3>").skip(1).filter_map(|it| Some(it.split_once('<')?.0.to_owned())).collect()
    };
    assert!(titles("ana").is_empty() && titles("li").is_empty() && titles("carla").is_empty());
    go_to(house, OPEN);
    assert_eq!(titles("ana"), ["Choose your mentors"]);
    assert_eq!(titles("carla"), ["See how the choosing goes"]);
    ask(house, "ana", li);
    assert_eq!(titles("ana"), ["Your request waits for Li Lindgren until Monday 11 May 2026"]);
    assert_eq!(titles("li"), ["Answer Ana Anderson's request"]);
    go_to(house, super::CLOSED);
    assert!(titles("ana").is_empty());
    assert_eq!(titles("carla"), ["Propose a mentor to one mentee"]);
}
