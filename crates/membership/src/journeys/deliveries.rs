use axum::{
    body::Body,
    http::{Method, Request},
};
use jiff::SignedDuration;
use platform::tokens;
use policy::Role;
use serde_json::Value;
use testing::{Answer, House};

use super::names;

testing::on_both_databases! {
    crate::doors(); crate::jobs;
    a_membership_system_delivers_its_list_and_again_changes_nothing
    a_dry_run_changes_nothing
    faulty_rows_are_named_and_all_or_nothing_is_kept
    a_list_that_would_end_most_members_is_held_back
    a_token_opens_its_scope_and_nothing_else_until_it_ends
    a_delivery_that_is_too_big_or_no_list_gets_a_sentence
    a_token_knocks_sixty_times_a_minute
    what_is_delivered_is_described
    a_token_ends_with_the_term_of_whoever_made_it
}

const LIST: &str = r#"{"members":[
    {"number":"17","name":"Ana Ruiz","email":"ana@example.org","standing":"good","joined":2019,"expires":"2027-12-31"},
    {"number":18,"name":"Ben Okafor","email":"ben@example.org"}]}"#;

fn token(house: &House) -> String {
    let sven = house.role("sven", Role::Staff);
    house.write(move |tx| Ok(tokens::make(tx, "Membership system", "roster", sven, SignedDuration::from_hours(48))?))
}

fn deliver(house: &House, token: &str, path: &str, body: &str) -> (u16, Value) {
    said(&house.deliver(path, Some(token), "application/json", body.to_owned()))
}

fn said(answer: &Answer) -> (u16, Value) {
    assert!(answer.kind.starts_with("application/json"), "{}", answer.kind);
    (answer.status, serde_json::from_str(&answer.body).unwrap())
}

fn counts(answer: &Value) -> [u64; 5] {
    ["new", "changed", "gone", "unclear", "unchanged"].map(|name| answer[name].as_u64().unwrap())
}

fn a_membership_system_delivers_its_list_and_again_changes_nothing(house: &House) {
    let token = token(house);
    let (status, answer) = deliver(house, &token, "/api/roster", LIST);
    assert_eq!((status, counts(&answer), &answer["applied"]), (200, [2, 0, 0, 0, 0], &true.into()));
    assert_eq!(names(house), ["Ana Ruiz", "Ben Okafor"]);
    let (status, answer) = deliver(house, &token, "/api/roster", LIST);
    assert_eq!((status, counts(&answer)), (200, [0, 0, 0, 0, 2]));
    let csv =
        "Member number,Name,E-mail,Expires\n17,Ana Ruiz,ana.ruiz@example.com,2027-12-31\n18,Zoe Xu,zoe@example.org,\n";
    let (status, answer) = said(&house.deliver("/api/roster", Some(&token), "text/csv; charset=utf-8", csv));
    assert_eq!((status, counts(&answer), &answer["unclear_rows"]), (200, [0, 1, 0, 1, 0], &serde_json::json!([3])));
    // It is undone like any other list, and the page says who sent it.
    let page = house.get("sven", "/roster").is_ok().says("Membership system. 0 new, 1 changed");
    let path =
        page.body.split("action=\"").find_map(|it| it.split('"').next().filter(|it| it.ends_with("/undoing"))).unwrap();
    house.post("sven", path, &[]).leads_to();
    house.post("sven", "/roster", &[("q", "ana")]).is_ok().says("ana@example.org").does_not_say("example.com");
}

fn a_dry_run_changes_nothing(house: &House) {
    let token = token(house);
    let (status, answer) = deliver(house, &token, "/api/roster?dry_run=true", LIST);
    assert_eq!((status, counts(&answer)), (200, [2, 0, 0, 0, 0]));
    assert_eq!((&answer["applied"], &answer["dry_run"]), (&false.into(), &true.into()));
    assert_eq!(names(house), [""; 0]);
}

fn faulty_rows_are_named_and_all_or_nothing_is_kept(house: &House) {
    let token = token(house);
    let list = LIST.replace("ben@example.org", "ben@example,org");
    let (status, answer) = deliver(house, &token, "/api/roster?rows=all", &list);
    assert_eq!((status, &answer["applied"]), (422, &false.into()));
    assert!(answer["error"].as_str().unwrap().contains("all or nothing"));
    assert_eq!(names(house), [""; 0]);
    let (status, answer) = deliver(house, &token, "/api/roster", &list);
    assert_eq!((status, &answer["new"]), (200, &1.into()));
    let error = &answer["errors"][0];
    assert_eq!((&error["row"], &error["column"]), (&2.into(), &"email".into()));
    assert_eq!(error["fix"], "Did you mean ben@example.org?");
    assert_eq!(names(house), ["Ana Ruiz"]);
}

fn a_list_that_would_end_most_members_is_held_back(house: &House) {
    let token = token(house);
    let mut list = "number,name\n".to_owned();
    (1..=20).for_each(|number| list.push_str(&format!("{number},Person {number}\n")));
    let all = list.clone();
    house.write(move |tx| crate::import_roster(tx, &all)).unwrap();
    let few = r#"[{"number":"1","name":"Person 1"}]"#;
    let (status, answer) = deliver(house, &token, "/api/roster", few);
    assert_eq!((status, &answer["gone"], &answer["applied"]), (409, &19.into(), &false.into()));
    assert_eq!(names(house).len(), 20);
    assert_eq!(deliver(house, &token, "/api/roster?keep_gone=true", few).0, 200);
    assert_eq!(names(house).len(), 20);
    assert_eq!(deliver(house, &token, "/api/roster?accept_gone=true", few).0, 200);
    assert_eq!(names(house), ["Person 1"]);
}

fn a_token_opens_its_scope_and_nothing_else_until_it_ends(house: &House) {
    house.role("clara", Role::Chair);
    house.role("sven", Role::Staff);
    assert_eq!(house.post("clara", "/tokens", &[("name", ""), ("days", "7")]).says("which program").status, 422);
    let page = house
        .post("clara", "/tokens", &[("name", "Membership system"), ("days", "30")])
        .is_ok()
        .says("shown this once");
    let secret = page.body.split("<code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert!(secret.starts_with("duology_"), "{secret}");
    house.get("clara", "/tokens").is_ok().says("never").does_not_say(&secret);
    let kept = house.read(|tx| Ok(format!("{:?}", tokens::list(tx)?)));
    assert!(!kept.contains(&secret), "only its hash is kept");

    // It opens the roster; it is no sign-in, and a sign-in is no token.
    assert_eq!(deliver(house, &secret, "/api/roster?dry_run=true", LIST).0, 200);
    assert_eq!(house.knock(Method::GET, "/roster", Some(&secret), None, Vec::new()).status, 303);
    assert_eq!(house.ask(Some("sven"), Method::PUT, "/api/roster").status, 401);
    let refused = [None, Some("duology_nonsense"), Some("")];
    for token in refused {
        let answer = house.deliver("/api/roster", token, "application/json", LIST);
        let (status, words) = said(&answer);
        assert_eq!(status, 401, "{token:?}");
        assert!(words["error"].as_str().unwrap().contains("under /tokens"), "{words}");
    }
    let sven = house.person("sven");
    let other = house.write(move |tx| Ok(tokens::make(tx, "Other", "calendar", sven, SignedDuration::from_hours(48))?));
    assert_eq!(deliver(house, &other, "/api/roster", LIST).0, 401, "of another scope");

    house.get("clara", "/tokens").is_ok().says("Membership system the roster 20 Feb 2026");
    let ids = house.read(|tx| Ok(tokens::list(tx)?.into_iter().map(|it| (it.name, it.id)).collect::<Vec<_>>()));
    let id = ids.iter().find(|(name, _)| name == "Membership system").unwrap().1;
    house.person("nora");
    assert_eq!(house.post("nora", &format!("/tokens/{id}/end"), &[]).status, 404);
    house.post("sven", &format!("/tokens/{id}/end"), &[]).leads_to();
    assert_eq!(deliver(house, &secret, "/api/roster", LIST).0, 401, "ended, at the next request");

    let short = token(house);
    assert_eq!(deliver(house, &short, "/api/roster?dry_run=true", LIST).0, 200);
    house.days(3);
    assert_eq!(deliver(house, &short, "/api/roster", LIST).0, 401, "expired");
    assert_eq!(names(house), [""; 0]);
}

// F-20
fn a_delivery_that_is_too_big_or_no_list_gets_a_sentence(house: &House) {
    let token = token(house);
    for (kind, body, status, words) in [
        ("application/json", "{", 422, "not the JSON"),
        ("application/json", r#"[{"nmae":"Ana"}]"#, 422, "unknown field"),
        ("text/csv", "hello", 422, "neither a CSV"),
        ("text/plain", "x", 422, "say what it is"),
        ("text/csv", "name,email\n", 422, "no member below it"),
    ] {
        let (seen, answer) = said(&house.deliver("/api/roster", Some(&token), kind, body));
        assert!(seen == status && answer["error"].as_str().unwrap().contains(words), "{body}: {seen} {answer}");
    }
    // Without a length that says so, it is cut where it becomes too long; with one, it is not read.
    let long = vec![b'a'; 11 * 1024 * 1024];
    assert_eq!(said(&house.deliver("/api/roster", Some(&token), "text/csv", long)).0, 413);
    let request = Request::put("/api/roster").header("content-length", "99999999").header("content-type", "text/csv");
    let request = request.header("authorization", format!("Bearer {token}")).body(Body::from("short")).unwrap();
    assert_eq!(said(&house.send(request)).0, 413);
    assert_eq!(names(house), [""; 0]);
}

fn a_token_knocks_sixty_times_a_minute(house: &House) {
    let token = token(house);
    for _ in 0..60 {
        assert_eq!(deliver(house, &token, "/api/roster?dry_run=true", LIST).0, 200);
    }
    let (status, answer) = deliver(house, &token, "/api/roster?dry_run=true", LIST);
    assert!(status == 429 && answer["error"].as_str().unwrap().contains("wait a minute"), "{status} {answer}");
    house.app.db.ground.clock.advance(SignedDuration::from_secs(61));
    assert_eq!(deliver(house, &token, "/api/roster?dry_run=true", LIST).0, 200);
}

fn what_is_delivered_is_described(house: &House) {
    let answer = house.get_as_stranger("/api/openapi.json");
    let (status, description) = said(&answer);
    assert_eq!((status, &description["openapi"]), (200, &"3.1.0".into()));
    assert_eq!(description["servers"][0]["url"], "http://duology.test");
    let put = &description["paths"]["/api/roster"]["put"];
    let named: Vec<&str> = put["parameters"].as_array().unwrap().iter().filter_map(|it| it["name"].as_str()).collect();
    assert_eq!(named, ["dry_run", "rows", "keep_gone", "accept_gone"]);
    // What the example shows is taken as it stands, and every word of an answer is described.
    let example = put["requestBody"]["content"]["application/json"]["example"].to_string();
    let csv = put["requestBody"]["content"]["text/csv"]["example"].as_str().unwrap().to_owned();
    let token = token(house);
    let (status, answer) = deliver(house, &token, "/api/roster?dry_run=true", &example);
    assert_eq!((status, &answer["new"], &answer["faulty"]), (200, &1.into(), &0.into()));
    let known = description["components"]["schemas"]["Outcome"]["properties"].as_object().unwrap();
    assert!(answer.as_object().unwrap().keys().all(|key| known.contains_key(key)), "{answer}");
    assert_eq!(said(&house.deliver("/api/roster?dry_run=true", Some(&token), "text/csv", csv)).0, 200);
    let member = description["components"]["schemas"]["Member"]["properties"].as_object().unwrap();
    let fields: Vec<&str> = crate::rules::columns::Field::ALL.iter().map(|it| it.key()).collect();
    assert!(fields.iter().all(|field| member.contains_key(*field)) && member.len() == fields.len());
}

fn a_token_ends_with_the_term_of_whoever_made_it(house: &House) {
    let token = token(house);
    assert_eq!(deliver(house, &token, "/api/roster", LIST).0, 200);
    let came = house
        .read(|tx| Ok(platform::audit::account_events(tx, &policy::house(), platform::audit::Events::All, 50, 0)?));
    let came = came.into_iter().find(|it| it.action == "came with a token").expect("it is noted");
    assert_eq!((came.client.as_str(), came.whose.as_deref()), ("token", Some("Sven Schmidt")));
    let sven = house.person("sven");
    let held = house.read(move |tx| program::memberships::of_person(tx, sven)).remove(0).id;
    house.write(move |tx| program::memberships::end(tx, held).map(|_| ()));
    assert_eq!(deliver(house, &token, "/api/roster", LIST).0, 401);
    house.role("clara", Role::Chair);
    house.get("clara", "/tokens").is_ok().says("Ended with the term of whoever made it");
}
