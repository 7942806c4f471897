//! What is taken away counts on the next request: nothing is remembered from the one
//! before. Each journey first shows that the way is open. C-09, V-19.

use axum::http::Method;
use duos::Duo;
use jiff::SignedDuration;
use platform::{
    identity::{self, Strength},
    ids::Id,
    passwords, tokens,
};
use policy::Role;
use program::memberships;
use testing::House;

testing::on_both_databases! {
    crate::house::doors(); crate::house::jobs;
    a_role_that_is_taken_away_opens_nothing
    a_term_that_ends_at_midnight_opens_nothing_in_the_morning
    an_ended_duo_takes_no_more_words_and_loses_its_liaison
    a_liaison_who_is_replaced_loses_the_duo
    a_mentee_who_leaves_sees_no_mentors_and_no_events
    a_mentor_on_pause_is_not_there
    who_leaves_the_group_of_former_participants_is_not_there
    what_is_no_longer_shared_is_not_shown_to_the_liaison
    an_ended_token_delivers_nothing
    a_new_password_ends_the_other_sign_ins
    a_closed_account_is_signed_in_nowhere
    a_link_of_a_letter_opens_once
    what_an_hour_opened_is_closed_after_it
}

/// Marta mentors Nils, Lena is their liaison; Clara is the chair, Dora the deputy.
fn with_lena(house: &House) -> Duo {
    house.role("lena", Role::Liaison);
    house.role("clara", Role::Chair);
    house.role("dora", Role::Deputy);
    let cohort = house.cohort;
    let (mentor, mentee) = (house.role_in_cohort("marta", Role::Mentor), house.role_in_cohort("nils", Role::Mentee));
    let duo = house.write(move |tx| {
        let id = duos::form(tx, cohort, mentor, mentee, "chosen", &[])?.unwrap();
        Ok(duos::duo(tx, id)?.unwrap())
    });
    house.run_jobs();
    duo
}

fn opens(house: &House, who: &str, path: &str) {
    assert_eq!(house.get(who, path).status, 200, "{who} {path}");
}

fn is_gone(house: &House, who: &str, path: &str) {
    let (answer, missing) = (house.get(who, path), house.get(who, "/no/such/page"));
    assert_eq!(answer.status, 404, "{who} {path}: {}", answer.text());
    assert_eq!(answer.body, missing.body, "{who} {path} tells more than a missing page");
}

fn later(house: &House, moment: &str, people: &[&str]) {
    house.at(moment);
    for who in people {
        house.sign_in(who, house.person(who));
    }
    house.run_jobs();
}

fn a_role_that_is_taken_away_opens_nothing(house: &House) {
    house.role("clara", Role::Chair);
    let cohort = format!("/cohorts/{}", house.cohort);
    for role in [Role::Deputy, Role::Council, Role::Liaison, Role::Staff, Role::Board] {
        let who = role.key();
        let person = house.role(who, role);
        let path = if role == Role::Board { "/reports" } else { cohort.as_str() };
        opens(house, who, path);
        let member = house.read(move |tx| Ok(memberships::of_person(tx, person)?.remove(0).id));
        house.post("clara", &format!("/committee/members/{member}/end"), &[]).leads_to();
        is_gone(house, who, path);
    }
}

fn a_term_that_ends_at_midnight_opens_nothing_in_the_morning(house: &House) {
    let council = house.person("mia");
    house.write(move |tx| {
        memberships::invite(tx, council, Role::Council, Some(jiff::civil::date(2026, 2, 20)))?;
        memberships::confirm(tx, council)
    });
    opens(house, "mia", "/committee");
    // Midnight in Chicago is six in the morning by world time.
    house.at("2026-02-21T05:59:00Z");
    opens(house, "mia", "/committee");
    house.at("2026-02-21T06:00:00Z");
    is_gone(house, "mia", "/committee");
}

fn an_ended_duo_takes_no_more_words_and_loses_its_liaison(house: &House) {
    let duo = with_lena(house);
    let (desk, notebook) = (format!("/desk/duos/{}", duo.id), duo.path("/notebook"));
    let note = [("kind", "shared"), ("text", "Worth keeping")];
    house.post("nils", &notebook, &note).leads_to();
    house.get("lena", "/desk").is_ok().says("Marta Martinez");
    let (ended, nils) = (duo.clone(), duo.mentee);
    house.write(move |tx| Ok(duos::end(tx, &ended, nils, "")?.is_ok()));
    assert_eq!(house.post("nils", &notebook, &note).status, 422);
    assert_eq!(house.post("marta", &notebook, &note).status, 422);
    house.get("nils", &notebook).is_ok().says("Worth keeping");
    house.get("lena", "/desk").is_ok().does_not_say("Marta Martinez");
    house.run_jobs();
    assert_ne!(house.post("lena", &format!("{desk}/contacts"), &[("way", "mail"), ("day", "2026-02-20")]).status, 303);
}

fn a_liaison_who_is_replaced_loses_the_duo(house: &House) {
    let duo = with_lena(house);
    house.role("leo", Role::Liaison);
    let desk = format!("/desk/duos/{}", duo.id);
    opens(house, "lena", &desk);
    is_gone(house, "leo", &desk);
    let leo = house.person("leo").to_string();
    let appoint = format!("/cohorts/{}/liaisons", house.cohort);
    house.post("clara", &appoint, &[("duo", &duo.id.to_string()), ("liaison", &leo)]).leads_to();
    is_gone(house, "lena", &desk);
    assert_eq!(house.post("lena", &format!("{desk}/hand-over"), &[]).status, 404);
    opens(house, "leo", &desk);
}

fn a_mentee_who_leaves_sees_no_mentors_and_no_events(house: &House) {
    let cohort = house.cohort;
    let nils = house.role_in_cohort("nils", Role::Mentee);
    later(house, "2026-05-04T15:00:00Z", &["nils"]);
    opens(house, "nils", "/mentors");
    let events = house.read(|tx| {
        let sql = platform::storage::Query::new("select id, cohort from events order by id");
        let all: Vec<(Id, Id)> = tx.query(&sql)?;
        Ok(all)
    });
    let event = events.iter().find(|it| it.1 == cohort).map(|it| format!("/events/{}", it.0));
    let event = event.unwrap_or_else(|| panic!("the cohort has no event"));
    opens(house, "nils", &event);
    house.write(move |tx| memberships::leave(tx, nils, cohort, Role::Mentee));
    is_gone(house, "nils", "/mentors");
    is_gone(house, "nils", &event);
}

/// Consent that is taken back: a mentor need not be shown.
fn a_mentor_on_pause_is_not_there(house: &House) {
    let cohort = house.cohort;
    house.role_in_cohort("nils", Role::Mentee);
    let kim = house.role_in_cohort("kim", Role::Mentor);
    house.post("kim", "/applications/mentor/draft", &[]).leads_to();
    house.write(move |tx| {
        let application = intake::applications_of(tx, kim)?.remove(0);
        let mut answers = forms::Answers::new();
        answers.set("mo_name", "Kim Kowalski");
        answers.set("mo_can", "A calm ear");
        answers.set("mo_chan", serde_json::json!(["video"]));
        answers.set("show", true);
        let form = forms::current(tx, "mentor_application")?;
        let about = application.id;
        let keep = forms::Keep { cohort: Some(cohort), person: kim, about, answers: &answers, given: true };
        forms::keep(tx, &form, keep)?;
        matching::refresh_profile(tx, cohort, kim)
    });
    later(house, "2026-05-04T15:00:00Z", &["nils", "kim"]);
    let profile = format!("/mentors/{kim}");
    house.get("nils", &profile).is_ok().says("Kim Kowalski");
    house.get("nils", "/mentors").is_ok().says("Kim Kowalski");
    house.post("kim", "/mentors/mine/pause", &[("pause", "yes")]).leads_to();
    is_gone(house, "nils", &profile);
    house.get("nils", "/mentors").is_ok().does_not_say("Kim Kowalski");
    assert_ne!(house.post("nils", &format!("{profile}/request"), &[("note", "Hello")]).status, 303);
}

/// Consent that is taken back: who opted in may opt out.
fn who_leaves_the_group_of_former_participants_is_not_there(house: &House) {
    with_lena(house);
    later(house, "2027-05-03T16:00:00Z", &["marta", "nils"]);
    for who in ["marta", "nils"] {
        house.post(who, "/alumni/join", &[]).leads_to();
    }
    house.get("nils", "/alumni").is_ok().says("Marta Martinez");
    house.post("marta", "/alumni/membership/end", &[]).leads_to();
    house.get("nils", "/alumni").is_ok().does_not_say("Marta Martinez");
    is_gone(house, "marta", "/alumni");
}

fn what_is_no_longer_shared_is_not_shown_to_the_liaison(house: &House) {
    let duo = with_lena(house);
    let goal = "Lead a project of my own";
    let desk = format!("/desk/duos/{}", duo.id);
    agree(house, &duo, "0", "the goals’ titles");
    house.get("lena", &desk).is_ok().says(goal);
    agree(house, &duo, "1", "only that the agreement exists");
    house.get("lena", &desk).is_ok().does_not_say(goal);
}

/// Both confirm an agreement that shares so much with the liaison.
fn agree(house: &House, duo: &Duo, revision: &str, sharing: &str) {
    let fields = [
        ("revision", revision),
        ("purpose", "To find the way into a leading post."),
        ("goal_1_title", "Lead a project of my own"),
        ("goal_1_why", "I have only ever followed."),
        ("every_weeks", "3"),
        ("minutes", "60"),
        ("by_way", "video"),
        ("who_invites", "the mentee"),
        ("date_1", "2026-07-10"),
        ("sharing", sharing),
    ];
    house.post("nils", &duo.path("/agreement"), &fields).leads_to();
    let next = (revision.parse::<i64>().unwrap() + 1).to_string();
    for who in ["marta", "nils"] {
        house.post(who, &duo.path("/agreement/signature"), &[("revision", &next)]).leads_to();
    }
}

fn an_ended_token_delivers_nothing(house: &House) {
    let sven = house.role("sven", Role::Staff);
    let days = SignedDuration::from_hours(48);
    let secret = house.write(move |tx| Ok(tokens::make(tx, "Membership system", "roster", sven, days)?));
    let deliver = || {
        let list = r#"[{"number":"1","name":"Ana","email":"ana@example.org"}]"#;
        house.deliver("/api/roster?dry_run=true", Some(&secret), "application/json", list).status
    };
    assert_ne!(deliver(), 401);
    let id = house.read(|tx| Ok(tokens::list(tx)?.remove(0).id));
    house.post("sven", &format!("/tokens/{id}/end"), &[]).leads_to();
    assert_eq!(deliver(), 401);
}

/// A request with a sign-in that is not renewed by the small world.
fn status(house: &House, token: &str, path: &str) -> u16 {
    house.knock(Method::GET, path, Some(token), None, Vec::new()).status
}

fn a_new_password_ends_the_other_sign_ins(house: &House) {
    let anna = house.person("anna");
    let hash = passwords::hash("rivers run north", &[1; 16], passwords::Cost::PLAYING).unwrap();
    house.write(move |tx| Ok(identity::set_password(tx, anna, &hash)?));
    let token = house.write(move |tx| Ok(identity::sign_in(tx, anna, "elsewhere", Strength::OneFactor)?));
    assert_eq!(status(house, &token, "/me"), 200);
    house.post_as_stranger("/recover", &[("email", "anna@example.org")]);
    house.run_jobs();
    let link = house.link_in(&house.letters_to("anna").pop().unwrap());
    let fields = [("password", "many small rivers"), ("repeated", "many small rivers")];
    house.post_as_stranger(&link, &fields).leads_to();
    assert_eq!(status(house, &token, "/me"), 303);
}

fn a_closed_account_is_signed_in_nowhere(house: &House) {
    house.role("clara", Role::Chair);
    let council = house.role("mia", Role::Council);
    let token = house.secret_of("mia");
    assert_eq!(status(house, &token, "/committee"), 200);
    house.post("clara", &format!("/accounts/{council}/closing"), &[("reason", "She left.")]).leads_to();
    assert_eq!(status(house, &token, "/committee"), 303);
    // Nor with a sign-in that is somehow left.
    let token = house.write(move |tx| Ok(identity::sign_in(tx, council, "left", Strength::TwoFactors)?));
    assert_eq!(status(house, &token, "/committee"), 303);
}

fn a_link_of_a_letter_opens_once(house: &House) {
    with_lena(house);
    later(house, "2026-07-07T15:00:00Z", &["nils"]);
    let letter = house.letters_to("nils").into_iter().find(|it| it.letter == "checkin_1").unwrap();
    let link = house.links_in(&letter).into_iter().find(|it| it.starts_with("/check-in/")).unwrap();
    house.get_as_stranger(&link).is_ok();
    let answer = [("P1", "yes"), ("P2", "2026-07-03"), ("P3", "4"), ("P4", "All is well.")];
    house.post_as_stranger(&link, &answer).is_ok();
    let again = house.post_as_stranger(&link, &answer);
    assert_eq!(again.status, 409, "{}", again.text());
    house.get_as_stranger(&link).does_not_say("All is well.");
}

/// The share that chair and deputy took for an hour.
fn what_an_hour_opened_is_closed_after_it(house: &House) {
    let duo = with_lena(house);
    later(house, "2026-07-07T15:00:00Z", &["nils", "clara", "dora"]);
    let (opening, answers) = (format!("/desk/duos/{}/opening", duo.id), format!("/desk/duos/{}/answers", duo.id));
    house.post("clara", &opening, &[("reason", "Nils wrote to me that he is afraid of somebody.")]).leads_to();
    is_gone(house, "clara", &answers);
    house.post("dora", &format!("{opening}/answer"), &[("answer", "yes")]).leads_to();
    opens(house, "clara", &answers);
    opens(house, "dora", &answers);
    house.at("2026-07-07T15:59:59Z");
    opens(house, "clara", &answers);
    house.at("2026-07-07T16:00:00Z");
    is_gone(house, "clara", &answers);
    is_gone(house, "dora", &answers);
}
