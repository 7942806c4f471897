//! What stands on every answer, whoever asks and however: headers, and nothing of what a
//! stranger wrote into theirs.

use std::collections::BTreeSet;

use axum::{
    body::Body,
    http::{Method, Request, header},
};
use policy::Role;
use testing::{Answer, House};

use super::doors::path;
use crate::house::doors;

testing::on_both_databases! {
    crate::house::doors(); crate::house::jobs;
    every_answer_bears_the_headers_of_the_house
    a_forged_host_changes_no_answer_and_is_not_repeated
    methods_that_no_door_has_find_nothing_and_echo_nothing
    head_answers_as_get_does_and_changes_nothing
    a_form_that_does_not_say_where_it_comes_from_needs_to_be_without_a_sign_in
}

const COMING_AND_GOING: &[&str] = &["sign_ins"];

#[track_caller]
fn bears_them(answer: &Answer, what: &str) {
    let policy = answer.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{what}: {policy}");
    assert!(!policy.contains("unsafe") && !policy.contains('*') && !policy.contains("data:"), "{what}: {policy}");
    // Nothing becomes markup by a script, but what the one named policy lets through.
    let is_page = answer.header("content-type").starts_with("text/html");
    assert!(!is_page || policy.contains("require-trusted-types-for 'script'; trusted-types pages"), "{what}: {policy}");
    assert_eq!(answer.header("cross-origin-embedder-policy"), "require-corp", "{what}");
    assert_eq!(answer.header("x-content-type-options"), "nosniff", "{what}");
    assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{what}");
    assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{what}");
    // V-23: an address with a secret is told to nobody.
    let went_through = !what.starts_with("DELETE") && what.contains("{token}");
    let tells = if went_through { "strict-origin" } else { "same-origin" };
    assert_eq!(answer.header("referrer-policy"), tells, "{what}");
    let lasts = answer.header("strict-transport-security");
    let seconds = lasts.strip_prefix("max-age=").and_then(|it| it.split(';').next()?.parse::<u64>().ok());
    assert!(seconds.is_some_and(|it| it >= 63_072_000) && lasts.contains("includeSubDomains"), "{what}: {lasts}");
    let keep = answer.header("cache-control");
    let may_stay = answer.header("content-type").starts_with("text/css") || what.contains("/static/");
    assert!(
        keep == "no-store" || (may_stay && keep.contains("immutable")) || what.contains("favicon"),
        "{what}: {keep}"
    );
}

// V-20
fn every_answer_bears_the_headers_of_the_house(house: &House) {
    house.role("cora", Role::Chair);
    let mut statuses = BTreeSet::new();
    let mut seen = |answer: Answer, what: String| {
        bears_them(&answer, &what);
        statuses.insert(answer.status);
    };
    for door in doors().list() {
        for who in [None, Some("cora")] {
            if let Some(who) = who {
                house.sign_in(who, house.person(who));
            }
            let name = format!("{} {} as {who:?}", door.method, door.path);
            seen(house.ask(who, door.method.clone(), &path(door)), name.clone());
            seen(house.ask(who, Method::DELETE, &path(door)), format!("DELETE {name}"));
        }
        if door.method == Method::POST {
            let large = vec![b'x'; 11 * 1024 * 1024];
            let token = house.secret_of("cora");
            let kind = Some("application/x-www-form-urlencoded");
            seen(house.knock(Method::POST, &path(door), Some(&token), kind, large), format!("11 MB to {}", door.path));
            let odd = b"a=%00".to_vec();
            seen(house.knock(Method::POST, &path(door), Some(&token), kind, odd), format!("NUL to {}", door.path));
        }
    }
    for address in ["/static/app.css", "/static/app.js", "/static/icons.svg", "/favicon.ico", "/livez", "/about", "/no"]
    {
        seen(house.ask(None, Method::GET, address), address.to_owned());
    }
    seen(house.ask(None, Method::GET, &format!("/{}", "x".repeat(9_000))), "a long address".to_owned());
    let elsewhere = Request::post("/sign-in").header("sec-fetch-site", "cross-site").body(Body::empty()).unwrap();
    seen(house.send(elsewhere), "from elsewhere".to_owned());
    for status in [200, 303, 400, 403, 404, 413, 414, 422] {
        assert!(statuses.contains(&status), "no answer was {status}: {statuses:?}");
    }
}

/// Forms of Host and its helpers that have led links of other houses astray.
const HOSTS: &[(&str, &str)] = &[
    ("host", "evil.example"),
    ("host", "evil.example:80"),
    ("host", "duology.test.evil.example"),
    ("host", "duology.test@evil.example"),
    ("host", "evil.example#duology.test"),
    ("host", "evil.example/duology.test"),
    ("host", "127.0.0.1"),
    ("host", "[::1]"),
    ("host", "DUOLOGY.TEST"),
    ("host", "duology.test."),
    ("host", ""),
    ("x-forwarded-host", "evil.example"),
    ("x-forwarded-server", "evil.example"),
    ("x-forwarded-proto", "evil"),
    ("x-forwarded-for", "evil.example"),
    ("x-forwarded-prefix", "//evil.example"),
    ("x-host", "evil.example"),
    ("x-original-url", "/evil.example"),
    ("x-rewrite-url", "/evil.example"),
    ("x-http-host-override", "evil.example"),
    ("forwarded", "host=evil.example;proto=https"),
    ("x-original-host", "evil.example"),
];

// V-20
fn a_forged_host_changes_no_answer_and_is_not_repeated(house: &House) {
    house.person("anna");
    let ask = |method: Method, address: &str, forged: Option<(&str, &str)>, body: &'static str| {
        let mut request = Request::builder().method(method).uri(address);
        if forged.is_none_or(|(name, _)| name != "host") {
            request = request.header(header::HOST, "duology.test");
        }
        if let Some((name, value)) = forged {
            request = request.header(name, value);
        }
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        house.send(request.body(Body::from(body)).unwrap())
    };
    for address in ["/", "/sign-in", "/about", "/me", "/static/app.css", "/no/such/page"] {
        let honest = ask(Method::GET, address, None, "");
        for forged in HOSTS {
            let answer = ask(Method::GET, address, Some(*forged), "");
            assert_eq!((answer.status, &answer.to), (honest.status, &honest.to), "{address} {forged:?}");
            assert_eq!(answer.body, honest.body, "{address} {forged:?}");
        }
    }
    for forged in HOSTS {
        let answer = ask(Method::POST, "/recover", Some(*forged), "email=anna%40example.org");
        assert!(answer.status == 303 || answer.status == 429, "{forged:?}: {} {}", answer.status, answer.text());
        assert!(!answer.body.contains("evil") && !answer.to.contains("evil"), "{forged:?}");
    }
    house.run_jobs();
    let letters = house.letters_to("anna");
    assert!(!letters.is_empty());
    for letter in letters {
        assert!(!letter.text.contains("evil") && letter.text.contains("http://duology.test/"), "{}", letter.text);
        assert!(!letter.html.contains("evil"));
    }
}

// V-20
fn methods_that_no_door_has_find_nothing_and_echo_nothing(house: &House) {
    house.role("cora", Role::Chair);
    let before = house.contents(COMING_AND_GOING);
    let all = doors();
    for method in ["TRACE", "OPTIONS", "PUT", "DELETE", "PATCH", "CONNECT", "PROPFIND", "BREW"] {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        for door in all.list().iter().filter(|door| door.method != method) {
            if all.list().iter().any(|other| other.path == door.path && other.method == method) {
                continue;
            }
            let body = b"echo-me-please".to_vec();
            let token = house.secret_of("cora");
            let answer = house.knock(method.clone(), &path(door), Some(&token), Some("message/http"), body);
            // Byte for byte a page that is not there: no address is told by what it would take.
            let missing = house.knock(method.clone(), "/no/such/page", Some(&token), Some("message/http"), Vec::new());
            let differs = ["date", "content-length", "x-request-id"];
            let told = |answer: &testing::Answer| {
                let all = answer.headers.iter().filter(|(name, _)| !differs.contains(&name.as_str()));
                (answer.status, all.cloned().collect::<Vec<_>>(), answer.body.clone())
            };
            assert_eq!(told(&answer), told(&missing), "{method} {}", door.path);
            assert_eq!((answer.status, answer.header("allow")), (404, ""), "{method} {}", door.path);
            assert!(!answer.body.contains("echo-me-please"), "{method} {}", door.path);
            assert!(!answer.body.contains(&token), "{method} {}", door.path);
        }
    }
    assert_eq!(house.contents(COMING_AND_GOING), before);
}

// V-18
fn head_answers_as_get_does_and_changes_nothing(house: &House) {
    house.role("cora", Role::Chair);
    let before = house.contents(COMING_AND_GOING);
    for door in doors().list().iter().filter(|door| door.method == Method::GET) {
        let get = house.ask(Some("cora"), Method::GET, &path(door));
        let head = house.ask(Some("cora"), Method::HEAD, &path(door));
        assert_eq!((head.status, &head.to, &head.kind), (get.status, &get.to, &get.kind), "{}", door.path);
        assert!(head.bytes.is_empty(), "{}", door.path);
    }
    assert_eq!(house.contents(COMING_AND_GOING), before);
}

// V-18
fn a_form_that_does_not_say_where_it_comes_from_needs_to_be_without_a_sign_in(house: &House) {
    house.role("cora", Role::Chair);
    let send = |door: &platform::doors::Door, name: &str, value: &str| {
        let request = Request::post(path(door)).header(header::HOST, "duology.test");
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let request = request.header(header::COOKIE, format!("duology={}", house.secret_of("cora")));
        let request = if name.is_empty() { request } else { request.header(name, value) };
        house.send(request.body(Body::empty()).unwrap())
    };
    for door in doors().list().iter().filter(|door| door.method == Method::POST) {
        for (name, value) in [
            ("", ""),
            ("origin", "https://evil.example"),
            ("origin", "null"),
            ("origin", "http://duology.test.evil.example"),
            ("origin", "http://duology.test@evil.example"),
            ("origin", ""),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("sec-fetch-site", ""),
        ] {
            let answer = send(door, name, value);
            assert_eq!(answer.status, 403, "{} with {name} {value}", door.path);
            assert!(answer.text().contains("nothing was changed"), "{}", answer.text());
        }
        let same = send(door, "origin", "http://duology.test");
        assert_ne!(same.status, 403, "{}", door.path);
        house.sign_in("cora", house.person("cora"));
    }
}
