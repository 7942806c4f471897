//! The chair steps in for somebody who cannot answer. SLF6.

use policy::Role;
use testing::House;

use super::{OPEN, ask, duos, go_to, mentee, mentor, request_of};

testing::on_both_databases! {
    crate::doors(); crate::jobs;
    the_chair_sees_open_requests_by_age_and_answers_for_a_mentor_who_rang
    a_no_or_a_request_taken_back_moves_the_list_on_and_both_are_told
    nobody_else_steps_in_and_nobody_in_their_own_case
}

fn steps(house: &House, request: &str) -> String {
    format!("/cohorts/{}/matching{request}", house.cohort)
}

// SLF6
fn the_chair_sees_open_requests_by_age_and_answers_for_a_mentor_who_rang(house: &House) {
    let [li, kim] = ["li", "kim"].map(|who| mentor(house, who, &[]));
    mentee(house, "ana", &[]);
    mentee(house, "eva", &[]);
    house.role("carla", Role::Chair);
    go_to(house, OPEN);
    ask(house, "ana", li);
    house.days(2);
    ask(house, "eva", kim);
    let board = house.get("carla", &format!("/cohorts/{}/matching", house.cohort)).text();
    let open = &board[board.find("Open requests").unwrap()..];
    let (older, younger) = (
        open.find("Ana Anderson Li Lindgren 2").unwrap(),
        open.find("Eva Eriksson Kim Kowalski 0").unwrap_or(usize::MAX),
    );
    assert!(older < younger, "{open}");
    let path = steps(house, &request_of(house, li));
    let page = house.get("carla", &path).is_ok();
    page.says("Ana Anderson asked Li Lindgren on Monday 4 May 2026.")
        .says("until Monday 11 May 2026")
        .does_not_say("I would like to learn from you.");

    for (typed, words) in [
        (vec![("what", "yes")], "Write why"),
        (vec![("why", "She rang.")], "Please choose what to do."),
        (vec![("what", "perhaps"), ("why", "She rang.")], "Please choose what to do."),
    ] {
        let refused = house.post("carla", &path, &typed);
        assert!(refused.status == 422 && refused.body.contains(words), "{}", refused.text());
        assert!(
            typed.iter().all(|(name, value)| *name == "what" || refused.body.contains(value)),
            "what was typed stays"
        );
    }
    assert!(duos(house).is_empty());
    let done = house.post("carla", &path, &[("what", "yes"), ("why", "She rang and said yes.")]);
    assert_eq!(done.to, format!("/cohorts/{}/matching", house.cohort));
    assert_eq!(duos(house), [("Ana Anderson".to_owned(), "Li Lindgren".to_owned())]);
    for who in ["ana", "li"] {
        let letters = house.letters_to(who);
        let told = letters.iter().find(|it| it.letter == "match_stepped_in").unwrap();
        assert!(told.text.contains("She rang and said yes.") && told.text.contains(&testing::full_name("carla")));
        assert!(told.text.contains("Li Lindgren says yes"), "{}", told.text);
    }
    let (by, what) = (house.person("carla"), "chair stepped in");
    let noted = house.read(move |tx| Ok(tx.one::<i64>(&BY, platform::values![what, by])?));
    assert_eq!(noted, 1);
    let accepted = house.read(move |tx| Ok(tx.one::<i64>(&BY, platform::values!["request accepted", by])?));
    assert_eq!(accepted, 1, "the journal says who did it");
    let again = house.post("carla", &path, &[("what", "no"), ("why", "Too late.")]);
    assert!(again.status == 409 && again.body.contains("settled a moment ago"), "{}", again.text());
}

platform::sql! {
    BY => "select count(*) as lines from journal where what = $1 and done_by = $2";
}

// SLF6, SLF1
fn a_no_or_a_request_taken_back_moves_the_list_on_and_both_are_told(house: &House) {
    let [li, kim, ben] = ["li", "kim", "ben"].map(|who| mentor(house, who, &[]));
    mentee(house, "ana", &[]);
    house.role("carla", Role::Chair);
    go_to(house, OPEN);
    for mentor in [li, kim, ben] {
        ask(house, "ana", mentor);
    }
    let no = steps(house, &request_of(house, li));
    house.post("carla", &no, &[("what", "no"), ("why", "On leave until June.")]).leads_to();
    assert_eq!(house.letter_names_to("kim"), ["match_request"], "the next is asked at once");
    let back = steps(house, &request_of(house, kim));
    house.post("carla", &back, &[("what", "back"), ("why", "Ana asked us to.")]).leads_to();
    assert_eq!(house.letter_names_to("ben"), ["match_request"]);
    assert_eq!(house.letter_names_to("li"), ["match_request", "match_stepped_in"]);
    assert_eq!(house.letter_names_to("kim"), ["match_request", "match_stepped_in"]);
    let ana = house.letter_names_to("ana");
    assert_eq!(ana.iter().filter(|it| *it == "match_stepped_in").count(), 2, "{ana:?}");
    let list = house.get("ana", "/wishes").text();
    assert!(list.contains("Li Lindgren: cannot this time") && list.contains("Kim Kowalski: you took the request back"));
}

// SLF6, V-11
fn nobody_else_steps_in_and_nobody_in_their_own_case(house: &House) {
    let li = mentor(house, "li", &[]);
    mentee(house, "ana", &[]);
    house.role("carla", Role::Chair);
    house.role_in_cohort("otto", Role::Liaison);
    house.role("li", Role::Deputy);
    go_to(house, OPEN);
    ask(house, "ana", li);
    let path = steps(house, &request_of(house, li));
    let yes = [("what", "yes"), ("why", "Because.")];
    for who in ["ana", "otto", "li"] {
        assert_eq!(house.get(who, &path).status, 404, "{who}");
        assert_eq!(house.post(who, &path, &yes).status, 404, "{who}");
    }
    assert!(duos(house).is_empty());
    assert!(house.get("carla", &path).status == 200);
}
