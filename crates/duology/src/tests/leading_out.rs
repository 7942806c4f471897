//! Nobody is led out of the house, whatever they are told to go on to.

use axum::http::Method;
use platform::doors::Door;
use testing::House;

use super::bad_input::{everyone, posts, send};
use crate::house::doors;

testing::on_both_databases! {
    crate::house::doors(); crate::house::jobs;
    nobody_is_sent_out_of_the_house_after_signing_in
    no_door_that_is_told_where_to_go_on_leads_out_of_the_house
}

/// Forms of an address that have led out of other houses.
const OUT: &[&str] = &[
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "https://evil.example",
    "HTTPS://evil.example",
    "https:evil.example",
    "https:/evil.example",
    "http://evil.example",
    "ftp://evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "evil.example",
    "@evil.example",
    "/@evil.example@/..//",
    "//duology.test@evil.example",
    "http://duology.test@evil.example",
    "http://duology.test.evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/ /evil.example",
    "/\u{2215}evil.example",
    "/\u{ff0f}evil.example",
    "\u{ff0f}\u{ff0f}evil.example",
    "/\u{2044}evil.example",
    "/\u{200b}/evil.example",
    "/%09/evil.example",
    "/%2f/evil.example",
    "/%5cevil.example",
    "/.//evil.example",
    "/..//evil.example",
    "/;//evil.example",
    "?next=//evil.example",
    "#//evil.example",
    "",
];

// V-17
fn nobody_is_sent_out_of_the_house_after_signing_in(house: &House) {
    let id = house.person("anna");
    house.write(move |tx| {
        let cost = platform::passwords::Cost::PLAYING;
        let hash = platform::passwords::hash("a calm river at noon", &[1; 16], cost).unwrap();
        Ok(platform::identity::set_password(tx, id, &hash)?)
    });
    for next in OUT {
        let fields = [("email", "anna@example.org"), ("password", "a calm river at noon"), ("next", next)];
        let to = house.post_as_stranger("/sign-in", &fields).leads_to();
        let base = url(&to);
        assert!(base.starts_with("http://duology.test/"), "{next:?} leads to {to:?}, that is {base}");
    }
}

// V-17
fn no_door_that_is_told_where_to_go_on_leads_out_of_the_house(house: &House) {
    let who = everyone(house);
    let told = |door: &Door| {
        let names = door.takes.fields.iter().filter(|it| matches!(**it, "next" | "back" | "to"));
        names.map(|name| (door.clone(), *name)).collect::<Vec<_>>()
    };
    let doors: Vec<(Door, &str)> = posts().iter().flat_map(told).collect();
    assert!(doors.len() >= 8, "{}", doors.len());
    for (door, name) in &doors {
        for out in OUT {
            let form = form_urlencoded::Serializer::new(String::new()).append_pair(name, out).finish();
            let answer = send(house, who, door, &form);
            let leads = url(&answer.to);
            assert!(leads.starts_with("http://duology.test/"), "{} {name}={out:?} leads to {}", door.path, answer.to);
            let link = format!("href=\"{out}\"");
            assert!(
                out.is_empty() || out.starts_with(['?', '#']) || !answer.body.contains(&link),
                "{} {out}",
                door.path
            );
        }
    }
    let asks = doors_that_ask_to_go_on();
    for path in asks {
        for out in OUT {
            let query: String = form_urlencoded::byte_serialize(out.as_bytes()).collect();
            let answer = house.get(who, &format!("{path}?next={query}"));
            assert!(url(&answer.to).starts_with("http://duology.test/"), "{path} {out:?} leads to {}", answer.to);
        }
    }
}

fn doors_that_ask_to_go_on() -> Vec<&'static str> {
    let doors = doors();
    let asks = |path: &&str| doors.list().iter().any(|it| it.path == *path && it.method == Method::GET);
    ["/sign-in", "/sign-in/again", "/second-factor", "/sign-in/openid"].into_iter().filter(asks).collect()
}

/// Where a browser goes that is told to go to `to`.
fn url(to: &str) -> String {
    let to: String = to.chars().filter(|it| !matches!(it, '\t' | '\n' | '\r')).collect();
    let to = to.trim().replace('\\', "/");
    let has_scheme = to.split_once(':').is_some_and(|(scheme, _)| scheme.chars().all(|it| it.is_ascii_alphanumeric()));
    match (to.starts_with("//"), has_scheme) {
        (true, _) => format!("http:{to}"),
        (_, true) => to,
        _ => format!("http://duology.test/{}", to.trim_start_matches('/')),
    }
}
