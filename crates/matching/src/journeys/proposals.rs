use policy::Role;
use serde_json::json;
use testing::House;

use super::{CLOSED, OPEN, ask, duos, go_to, link_to, mentee, mentor, request_of};

testing::on_both_databases! {
    crate::doors(); crate::jobs;
    the_chair_proposes_for_those_who_are_left_and_both_decide
    a_chair_who_takes_part_decides_nothing_about_their_own_pair
    one_no_ends_a_proposal_for_both
    a_week_of_silence_ends_a_proposal
    hard_rules_hold_for_proposals_and_their_reasons_stay_sealed
    a_pair_by_hand_needs_a_reason_against_a_rule
    a_proposal_ends_when_one_of_the_two_finds_somebody
    the_board_says_who_is_left_and_why
    the_same_question_has_the_same_answer
}

fn board(house: &House) -> String {
    format!("/cohorts/{}/matching", house.cohort)
}

fn propose_and_send(house: &House) {
    house.post("carla", &format!("{}/proposals", board(house)), &[]);
    house.post("carla", &format!("{}/letters", board(house)), &[]);
}

// ALG4, ALG7
fn the_chair_proposes_for_those_who_are_left_and_both_decide(house: &House) {
    for who in ["li", "kim", "ben"] {
        mentor(house, who, &[]);
    }
    mentee(house, "ana", &[]);
    house.role("carla", Role::Chair);
    go_to(house, CLOSED);
    let drafted = house.post("carla", &format!("{}/proposals", board(house)), &[]);
    assert_eq!(drafted.to, board(house));
    let page = house.get("carla", &board(house)).text();
    assert!(page.contains("Ana Anderson wants to learn budget and fundraising"), "{page}");
    assert!(page.contains("goals and topics") && page.contains("of 100") && page.contains("Next best"), "{page}");
    assert!(house.letters().is_empty(), "nobody hears of a draft");
    let cohort = house.cohort;
    let draft = house.read(move |tx| crate::proposals::in_cohort(tx, &policy::house(), cohort)).remove(0);
    assert_eq!(house.get("ana", &format!("/proposals/{}", draft.id)).status, 404);
    house.post("carla", &format!("{}/letters", board(house)), &[]);
    let mentor = draft.mentor_name.split(' ').next().unwrap_or_default().to_lowercase();
    assert_eq!(house.letter_names_to("ana"), ["proposal_to_mentee"]);
    let letter = house.letters_to("ana").remove(0);
    assert!(
        letter.text.contains("• You want to learn budget and fundraising")
            && letter.text.contains("Wednesday 10 June 2026")
    );
    let yes = house.post_as_stranger(&link_to(house, "ana", "proposal_to_mentee"), &[("answer", "yes")]);
    assert!(yes.body.contains("as soon as the other answer is there"));
    let others = house.get(&mentor, &format!("/proposals/{}", draft.id));
    assert!(others.body.contains("Reference librarian"));
    assert!(house.get("ana", &format!("/proposals/{}", draft.id)).body.contains("answered this proposal already"));
    let formed = house.post(&mentor, &format!("/proposals/{}/answer", draft.id), &[("answer", "yes")]);
    assert_eq!(formed.to, "/");
    assert_eq!(duos(house), [("Ana Anderson".to_owned(), draft.mentor_name.clone())]);
    assert!(house.get("carla", &board(house)).text().contains("a duo"));
    assert_eq!(house.read(move |tx| crate::figures(tx, cohort)).proposals_formed, 1);
    for stranger in ["li", "kim", "ben"].into_iter().filter(|who| *who != mentor) {
        assert_eq!(house.get(stranger, &format!("/proposals/{}", draft.id)).status, 404);
    }
}

// A conflict of interest: the deputy acts.
fn a_chair_who_takes_part_decides_nothing_about_their_own_pair(house: &House) {
    let li = mentor(house, "li", &[]);
    let ana = mentee(house, "ana", &[]);
    house.role("ana", Role::Chair);
    house.role("dora", Role::Deputy);
    go_to(house, OPEN);
    ask(house, "ana", li).leads_to();
    let no = [("answer", "no"), ("reason", "We know each other too well.")];
    house.post("li", &format!("{}/refusal", request_of(house, li)), &no);
    go_to(house, CLOSED);
    let ben = mentor(house, "ben", &[]);
    let board = board(house);
    house.get("dora", &board).is_ok().says("We know each other too well.");
    let dora = testing::full_name("dora");
    assert_eq!(house.readings_of("li"), [format!("{dora}: reason of a no")]);
    let page = house.get("ana", &board).is_ok().does_not_say("too well").says("Here Dora");
    assert!(!page.body.contains(&format!("value=\"{ana}\"")), "nobody chooses for themselves");
    let own = [("mentee", ana.to_string()), ("mentor", ben.to_string())];
    let own: Vec<(&str, &str)> = own.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(house.post("ana", &format!("{board}/pairs"), &own).says("Here Dora").status, 422);
    house.post("dora", &format!("{board}/pairs"), &own).leads_to();
    let cohort = house.cohort;
    let draft = house.read(move |tx| crate::proposals::in_cohort(tx, &policy::house(), cohort)).remove(0);
    house.get("dora", &board).is_ok().says("of 100");
    house.get("ana", &board).is_ok().does_not_say("of 100");
    assert_eq!(house.post("ana", &format!("{board}/proposals/{}/removal", draft.id), &[]).status, 404);
    house.post("ana", &format!("{board}/letters"), &[]).leads_to();
    assert!(house.letter_names_to("ben").iter().all(|it| it != "proposal_to_mentor"), "it waits for the deputy");
    house.post("dora", &format!("{board}/letters"), &[]).leads_to();
    assert!(house.letter_names_to("ben").iter().any(|it| it == "proposal_to_mentor"));
    house.get("ana", &board).is_ok().does_not_say("not yet / not yet");
}

fn one_no_ends_a_proposal_for_both(house: &House) {
    mentor(house, "li", &[]);
    mentee(house, "ana", &[]);
    house.role("carla", Role::Chair);
    go_to(house, CLOSED);
    propose_and_send(house);
    let link = link_to(house, "li", "proposal_to_mentor");
    assert!(house.get_as_stranger(&link).body.contains("Our proposal: Ana Anderson"));
    let no = house.post_as_stranger(&link, &[("answer", "no")]);
    assert_eq!(no.status, 200);
    for who in ["ana", "li"] {
        assert_eq!(house.letter_names_to(who).last().map(String::as_str), Some("proposal_not_formed"));
    }
    let late = house.post_as_stranger(&link_to(house, "ana", "proposal_to_mentee"), &[("answer", "yes")]);
    assert!(late.status == 409 && late.body.contains("settled"));
    assert!(house.post_as_stranger(&link, &[("answer", "yes")]).body.contains("used already"));
    assert!(duos(house).is_empty());
    assert!(house.get("carla", &board(house)).text().contains("came to nothing"));
    // Nobody is asked about the same person twice.
    house.post("carla", &format!("{}/proposals", board(house)), &[]);
    let page = house.get("carla", &board(house)).text();
    assert!(page.contains("Propose pairs") && !page.contains("Send one proposal"), "{page}");
}

fn a_week_of_silence_ends_a_proposal(house: &House) {
    mentor(house, "li", &[]);
    mentee(house, "ana", &[]);
    house.role("carla", Role::Chair);
    go_to(house, CLOSED);
    propose_and_send(house);
    house.post_as_stranger(&link_to(house, "ana", "proposal_to_mentee"), &[("answer", "yes")]);
    house.days(7);
    house.run_jobs();
    assert_eq!(house.letter_names_to("ana").len(), 1);
    house.days(1);
    house.run_jobs();
    assert_eq!(house.letter_names_to("ana"), ["proposal_to_mentee", "proposal_not_formed"]);
    let page = house.get("carla", &board(house)).text();
    assert!(
        page.contains("ran out") && page.contains("Mentees without a mentor Ana Anderson has asked nobody"),
        "{page}"
    );
}

fn hard_rules_hold_for_proposals_and_their_reasons_stay_sealed(house: &House) {
    mentor(house, "li", &[("mo_not", json!(["Ana Anderson"]))]);
    mentor(house, "kim", &[("mo_employer", json!("Ana College"))]);
    mentor(house, "ben", &[("mo_boss", json!(["Ana Anderson"]))]);
    mentee(house, "ana", &[]);
    house.role("carla", Role::Chair);
    go_to(house, CLOSED);
    house.post("carla", &format!("{}/proposals", board(house)), &[]);
    let page = house.get("carla", &board(house)).text();
    assert!(page.contains("Propose pairs") && !page.contains("Send one proposal"), "{page}");
    // Whoever sealed a wish sees that it was used; whoever sealed nothing sees nothing.
    let carla = testing::full_name("carla");
    for (who, seen) in [("li", vec![format!("{carla}: sealed wishes")]), ("kim", Vec::new())] {
        assert_eq!(house.readings_of(who), seen, "{who}");
    }
}

fn a_pair_by_hand_needs_a_reason_against_a_rule(house: &House) {
    let kim = mentor(house, "kim", &[("mo_employer", json!("Ana College"))]).to_string();
    let ana = mentee(house, "ana", &[]).to_string();
    house.role("carla", Role::Chair);
    go_to(house, CLOSED);
    let add = |why: &str| {
        house.post(
            "carla",
            &format!("{}/pairs", board(house)),
            &[("mentee", &ana), ("mentor", &kim), ("why", why), ("note", "You met at the fair.")],
        )
    };
    let refused = add("");
    assert!(
        refused.status == 422 && refused.body.contains("A rule about people keeps these two apart"),
        "{}",
        refused.status
    );
    assert!(refused.body.contains("You met at the fair."), "what was typed stays");
    let nothing = house.post("carla", &format!("{}/pairs", board(house)), &[]);
    assert!(nothing.status == 422 && nothing.body.contains("Choose a mentee."));
    assert_eq!(add("Different towns").to, board(house));
    let page = house.get("carla", &board(house)).text();
    assert!(page.contains("You met at the fair.") && page.contains("Different towns") && page.contains("By hand"));
    let twice = add("Different towns");
    assert!(twice.status == 422 && twice.body.contains("in another draft"));
    let cohort = house.cohort;
    let draft = house.read(move |tx| crate::proposals::in_cohort(tx, &policy::house(), cohort)).remove(0);
    house.post("carla", &format!("{}/proposals/{}/removal", board(house), draft.id), &[]);
    assert!(!house.get("carla", &board(house)).body.contains("Different towns"));
}

fn a_proposal_ends_when_one_of_the_two_finds_somebody(house: &House) {
    let li = mentor(house, "li", &[]);
    let ana = mentee(house, "ana", &[]);
    let eva = mentee(house, "eva", &[]);
    house.role("carla", Role::Chair);
    go_to(house, OPEN);
    propose_and_send(house);
    let cohort = house.cohort;
    let sent = house.read(move |tx| crate::proposals::in_cohort(tx, &policy::house(), cohort)).remove(0);
    let other = if sent.mentee == ana { eva } else { ana };
    let formed = house.write(move |tx| duos::form(tx, cohort, li, other, "imported", &[]));
    assert!(formed.is_ok());
    house.run_jobs();
    let who = if sent.mentee == ana { "ana" } else { "eva" };
    assert_eq!(house.letter_names_to(who).last().map(String::as_str), Some("proposal_not_formed"));
    assert!(!house.letter_names_to("li").contains(&"proposal_not_formed".to_owned()), "li has a mentee");
}

// SLF6, SLF7
fn the_board_says_who_is_left_and_why(house: &House) {
    let (li, _) = (mentor(house, "li", &[]), mentor(house, "shy", &[("show", json!(false))]));
    for who in ["ana", "eva", "ida"] {
        mentee(house, who, &[]);
    }
    house.role("carla", Role::Chair);
    go_to(house, OPEN);
    ask(house, "ana", li);
    ask(house, "eva", li);
    house.days(2);
    house.run_jobs();
    let page = house.get("carla", &board(house)).text();
    for words in [
        "Ana Anderson waits for an answer until 11 May 2026",
        "Ida Ibrahim has asked nobody",
        "2 requests wait for the answer",
        "is not shown in the directory, by choice",
        "2 mentors for 25 places: 0.1 for each place",
        "mentees are in a duo 0 of 3",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("I would like to learn"), "notes are not the chair's");
    assert_eq!(house.get("ana", &board(house)).status, 404);
    let acceptance = format!("{}/acceptance", request_of(house, li));
    house.post("li", &acceptance, &[]);
    house.get("carla", &board(house)).says("mentees are in a duo 1 of 3").says("invite more mentors");
    // Once choosing is over it is too late to invite anybody.
    go_to(house, CLOSED);
    house.get("carla", &board(house)).is_ok().does_not_say("for each place");
}

// ALG5
fn the_same_question_has_the_same_answer(house: &House) {
    for who in ["li", "kim", "ben", "zoe"] {
        mentor(house, who, &[]);
    }
    for who in ["ana", "eva", "ida"] {
        mentee(house, who, &[]);
    }
    house.role("carla", Role::Chair);
    go_to(house, CLOSED);
    let cohort = house.cohort;
    let draft = || {
        house.post("carla", &format!("{}/proposals", board(house)), &[]);
        let drafts = house.read(move |tx| crate::proposals::in_cohort(tx, &policy::house(), cohort));
        let mut pairs: Vec<_> =
            drafts.into_iter().map(|it| (it.mentee_name, it.mentor_name, it.score, it.reasons)).collect();
        pairs.sort();
        pairs
    };
    let first = draft();
    assert_eq!(first.len(), 3);
    assert_eq!(draft(), first);
}
