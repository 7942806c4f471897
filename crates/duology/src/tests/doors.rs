//! Knocks at every door: as a stranger, as somebody without a role, and as each role.

use std::collections::BTreeSet;

use axum::http::Method;
use platform::doors::{Behind, Door};
use policy::{Audience, Membership, Role, Subject};
use testing::House;

use crate::house::doors;

testing::on_both_databases! {
    crate::house::doors(); crate::house::jobs;
    a_stranger_comes_in_only_where_anyone_may
    each_role_comes_in_where_its_action_says_and_finds_nothing_elsewhere
    who_may_come_in_is_shown_a_page
    a_form_sent_from_another_site_changes_nothing
    a_form_sent_from_another_site_in_the_name_of_somebody_signed_in_changes_nothing
    what_is_not_there_and_what_is_not_yours_look_the_same
}

/// A path with an id, a token and a word in its blanks, none of which exist.
pub(super) fn path(door: &Door) -> String {
    let parts = door.path.split('/').map(|part| match part {
        "{token}" => "x".repeat(43),
        "{kind}" => "interim".to_owned(),
        "{role}" => "mentee".to_owned(),
        "{name}" | "{slug}" | "{part}" | "{code}" | "{file}" => "no-such".to_owned(),
        blank if blank.starts_with('{') => "0192f0a0a0a07000800000000000dead".to_owned(),
        other => other.to_owned(),
    });
    parts.collect::<Vec<_>>().join("/")
}

fn comes_in(role: Option<Role>, door: &Door) -> bool {
    let memberships = role.into_iter().map(|role| Membership { role, cohort: None }).collect();
    let subject = Subject { person: Some(1), memberships, ..Subject::default() };
    policy::admit(&subject, door.action, None).is_ok()
}

fn knock(house: &House, who: Option<&str>, door: &Door) -> testing::Answer {
    house.ask(who, door.method.clone(), &path(door))
}

// V-02, C-01
fn a_stranger_comes_in_only_where_anyone_may(house: &House) {
    for door in doors().list() {
        let answer = knock(house, None, door);
        let name = format!("{} {}", door.method, door.path);
        assert!(answer.status < 500, "{name}: {}", answer.text());
        match door.action.audience() {
            Audience::Public => {
                assert!(!answer.to.starts_with("/sign-in?next"), "{name} is public and asks to sign in")
            }
            Audience::Token(_) => assert_eq!(answer.status, 401, "{name}: {}", answer.text()),
            _ => {
                assert_eq!(answer.status, 303, "{name}: {}", answer.text());
                assert!(answer.to.starts_with("/sign-in"), "{name} leads to {}", answer.to);
            }
        }
    }
}

// V-02, C-10
fn each_role_comes_in_where_its_action_says_and_finds_nothing_elsewhere(house: &House) {
    house.person("nobody");
    let mut people = vec![("nobody".to_owned(), None)];
    for role in Role::ALL {
        let who = format!("r{}", role.key());
        house.role_in_cohort(&who, role);
        people.push((who, Some(role)));
    }
    let missing = house.get("nobody", "/no/such/page").body.replace("Nobody", "");
    for (who, role) in &people {
        for door in doors().list() {
            let name = format!("{} {} as {who}", door.method, door.path);
            // Signing out is a door too; whoever went through it signs in anew.
            house.sign_in(who, house.person(who));
            let answer = knock(house, Some(who), door);
            assert!(answer.status < 500, "{name}: {}", answer.text());
            if let Audience::Token(_) = door.action.audience() {
                // A cookie counts for nothing there.
                assert_eq!((answer.status, answer.kind.starts_with("application/json")), (401, true), "{name}");
                continue;
            }
            let allowed = comes_in(*role, door);
            if allowed {
                assert!(!answer.to.starts_with("/sign-in?"), "{name} asks to sign in again");
            } else {
                assert_eq!(answer.status, 404, "{name}: {}", answer.text());
                assert!(answer.body.contains("This page is not here"), "{name}");
            }
        }
    }
    assert!(missing.contains("This page is not here"));
}

/// Doors that lead to what is not there yet, for some or all who may come in.
const NOTHING_THERE_YET: &[&str] = &[
    // No demo is played.
    "/demo",
    "/dev/mail",
    // The association has no sign-in of its own here.
    "/sign-in/openid",
    "/sign-in/openid/back",
    "/me/outside",
    // Nobody was asked to look at a draft of pairs.
    "/cohorts/{cohort}/matching/review",
    // Nobody decided to show mentees to each other.
    "/cohorts/{cohort}/mentees",
    // Nobody has finished yet.
    "/alumni/join",
];

// C-02: a rule that refused everyone would pass the knocking above, and not this.
fn who_may_come_in_is_shown_a_page(house: &House) {
    let cohort = house.cohort.to_string();
    let whole = |door: &Door| door.path.replace("{cohort}", &cohort);
    let mut refused = Vec::new();
    for role in Role::ALL {
        let who = format!("r{}", role.key());
        house.role_in_cohort(&who, role);
        for door in doors().list().iter().filter(|it| it.method == Method::GET && !whole(it).contains('{')) {
            if !comes_in(Some(role), door) || NOTHING_THERE_YET.contains(&door.path) {
                continue;
            }
            let answer = house.get(&who, &whole(door));
            if ![200, 303].contains(&answer.status) {
                refused.push(format!("{} {} as {}", answer.status, door.path, role.key()));
            }
        }
    }
    assert_eq!(refused, Vec::<String>::new());
}

// V-18
fn a_form_sent_from_another_site_changes_nothing(house: &House) {
    house.role("cora", Role::Chair);
    for door in doors().list().iter().filter(|door| door.method == Method::POST) {
        let request = axum::http::Request::post(path(door))
            .header("host", "duology.test")
            .header("sec-fetch-site", "cross-site")
            .header("content-type", "application/x-www-form-urlencoded");
        let answer = house.send(request.body(axum::body::Body::from("a=b")).unwrap());
        // One click in a mail program has no site of its own; its address is the right.
        assert_eq!(answer.status, 403, "{}", door.path);
    }
}

// V-18: whoever is signed in and lured to another site sends nothing from there, by
// whatever a browser says of where it comes from.
fn a_form_sent_from_another_site_in_the_name_of_somebody_signed_in_changes_nothing(house: &House) {
    house.role("cora", Role::Chair);
    let before = house.contents(&["sign_ins"]);
    let ours = "http://duology.test";
    let from: [(&str, &str); 6] = [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("origin", "http://duology.test.evil.example"),
        ("origin", "http://evil.example/?http://duology.test"),
    ];
    let send = |door: &Door, (name, value): (&str, &str)| {
        let request = axum::http::Request::builder()
            .method(door.method.clone())
            .uri(path(door))
            .header("host", "duology.test")
            .header("cookie", format!("duology={}", house.secret_of("cora")))
            .header("content-type", "application/x-www-form-urlencoded")
            .header(name, value);
        house.send(request.body(axum::body::Body::from("a=b")).unwrap())
    };
    for door in doors().list().iter().filter(|door| door.method == Method::POST) {
        for said in from {
            assert_eq!(send(door, said).status, 403, "{} with {said:?}", door.path);
        }
    }
    assert_eq!(house.contents(&["sign_ins"]), before);
    // The same from a page of ours comes in.
    let program = doors().list().iter().find(|it| it.path == "/theme").cloned().unwrap();
    assert_ne!(send(&program, ("sec-fetch-site", "same-origin")).status, 403);
    assert_ne!(send(&program, ("origin", ours)).status, 403);
}

// C-02 in small: refusal on an object is the same page as a missing one.
fn what_is_not_there_and_what_is_not_yours_look_the_same(house: &House) {
    house.person("paul");
    let missing = house.get("paul", "/no/such/page");
    for door in doors()
        .list()
        .iter()
        .filter(|door| matches!(door.action.audience(), Audience::Roles(_)) && door.method == Method::GET)
    {
        let refused = house.get("paul", &path(door));
        let same = |body: &str, path: &str| body.replace(path, "HERE");
        assert_eq!(same(&refused.body, &path(door)), same(&missing.body, "/no/such/page"), "{}", door.path);
    }
}

#[test]
fn every_door_stands_once_and_get_never_writes() {
    let doors = doors();
    let mut seen = BTreeSet::new();
    for door in doors.list() {
        assert!(seen.insert((door.method.to_string(), door.path)), "{} {} stands twice", door.method, door.path);
        let writes = matches!(door.behind, Behind::Writing(_));
        assert_eq!(writes, door.method != Method::GET, "{} {}", door.method, door.path);
    }
    assert!(seen.len() > 60);
}

#[test]
fn routes_are_listed_for_machines_with_method_path_action_and_audience() {
    let list = crate::commands::routes::list();
    let list = list.as_array().unwrap();
    assert_eq!(list.len(), doors().list().len());
    for route in list {
        for key in ["method", "path", "action", "audience"] {
            assert!(route.get(key).and_then(serde_json::Value::as_str).is_some_and(|it| !it.is_empty()), "{route}");
        }
    }
    assert!(list.iter().any(|it| it["audience"] == "public" && it["path"] == "/about"));
}
