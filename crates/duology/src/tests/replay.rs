//! What somebody kept from before: cookies, links, addresses of files, tokens. None of it
//! opens anything on the next request after the right to it has ended. V-19

use axum::http::Method;
use jiff::SignedDuration;
use platform::{identity, passwords, tokens};
use policy::{Audience, Role};
use testing::House;

use crate::house::doors;

testing::on_both_databases! {
    crate::house::doors(); crate::house::jobs;
    a_kept_cookie_opens_nothing_once_its_sign_in_has_ended
    a_role_that_was_taken_away_opens_no_page_and_no_file
    a_kept_cookie_opens_nothing_once_the_way_in_has_changed
    links_about_an_address_do_nothing_a_second_time
    a_kept_token_and_a_kept_link_open_nothing_once_they_are_over
}

const PASSWORD: &str = "a calm river at noon";

/// Every address without a record in it that somebody may open, pages and files alike.
fn opened_by(house: &House, token: &str) -> Vec<String> {
    let (cohort, doors) = (house.cohort.to_string(), doors());
    let ours = doors.list().iter().filter(|door| door.method == Method::GET);
    let guarded = ours.filter(|door| !matches!(door.action.audience(), Audience::Public | Audience::Token(_)));
    let paths = guarded.map(|door| door.path.replace("{cohort}", &cohort)).filter(|path| !path.contains('{'));
    paths.filter(|path| house.knock(Method::GET, path, Some(token), None, Vec::new()).status == 200).collect()
}

#[track_caller]
fn opens_nothing(house: &House, token: &str, paths: &[String], why: &str) {
    for path in paths {
        let answer = house.knock(Method::GET, path, Some(token), None, Vec::new());
        assert!(answer.status == 303 && answer.to.starts_with("/sign-in"), "{why}: {path} answers {}", answer.status);
    }
}

fn a_kept_cookie_opens_nothing_once_its_sign_in_has_ended(house: &House) {
    let id = house.role("cora", Role::Chair);
    house.role("cora", Role::Staff);
    let fresh = || {
        house.sign_in("cora", id);
        house.secret_of("cora")
    };
    let token = fresh();
    let paths = opened_by(house, &token);
    assert!(paths.len() > 30 && paths.iter().any(|it| it == "/me/download"), "{paths:?}");
    house.post("cora", "/sign-out", &[]).leads_to();
    opens_nothing(house, &token, &paths, "signed out");

    let (kept, token) = (fresh(), fresh());
    house.post("cora", "/me/sign-ins/end", &[]);
    opens_nothing(house, &kept, &paths, "ended from another browser");
    assert_eq!(house.knock(Method::GET, "/me", Some(&token), None, Vec::new()).status, 200);

    let token = fresh();
    let hash = passwords::hash(PASSWORD, &[1; 16], passwords::Cost::PLAYING).unwrap();
    house.write(move |tx| Ok(identity::set_password(tx, id, &hash)?));
    opens_nothing(house, &token, &paths, "the password was changed");

    let token = fresh();
    house.write(move |tx| Ok(identity::disable(tx, id)?));
    opens_nothing(house, &token, &paths, "the account was closed");
}

fn a_role_that_was_taken_away_opens_no_page_and_no_file(house: &House) {
    for role in [Role::Chair, Role::Deputy, Role::Council, Role::Liaison, Role::Staff, Role::Board] {
        let who = format!("r{}", role.key());
        let id = house.role(&who, role);
        let token = house.secret_of(&who);
        let with = opened_by(house, &token);
        house.write(move |tx| {
            let held = program::memberships::of_person(tx, id)?;
            held.iter().try_for_each(|it| program::memberships::end(tx, it.id).map(|_| ()))
        });
        let open_to_all = opened_by(house, &{
            house.person("nobody");
            house.secret_of("nobody")
        });
        let lost: Vec<&String> = with.iter().filter(|it| !open_to_all.contains(it)).collect();
        assert!(!lost.is_empty(), "{} opens nothing of its own", role.key());
        for path in lost {
            let answer = house.knock(Method::GET, path, Some(&token), None, Vec::new());
            assert_eq!(answer.status, 404, "{path} after the end of {}", role.key());
        }
    }
}

fn a_kept_token_and_a_kept_link_open_nothing_once_they_are_over(house: &House) {
    let id = house.role("sven", Role::Staff);
    let lasts = SignedDuration::from_hours(48);
    let make = move |tx: &mut platform::storage::Tx| Ok(tokens::make(tx, "Membership system", "roster", id, lasts)?);
    let deliver = |token: &str| house.deliver("/api/roster", Some(token), "application/json", "{}").status;
    let ended = house.write(make);
    assert_ne!(deliver(&ended), 401);
    let made = house.read(|tx| Ok(tokens::list(tx)?))[0].id;
    house.post("sven", &format!("/tokens/{made}/end"), &[]).leads_to();
    assert_eq!(deliver(&ended), 401);
    let late = house.write(make);
    house.days(3);
    assert_eq!(deliver(&late), 401);

    house.person("anna");
    house.post_as_stranger("/recover", &[("email", "anna@example.org")]).leads_to();
    house.run_jobs();
    let link = house.link_in(&house.letters_to("anna")[0]);
    let fields = [("password", PASSWORD), ("repeated", PASSWORD)];
    house.post_as_stranger(&link, &fields).leads_to();
    let before = house.contents(&["sign_ins"]);
    for _ in 0..3 {
        assert_eq!(house.post_as_stranger(&link, &fields).status, 409);
        assert!(house.get_as_stranger(&link).cookies.iter().all(|it| !it.starts_with("duology=")));
    }
    assert_eq!(house.contents(&["sign_ins"]), before);
}

/// A code that an app of theirs shows now, once they have set one up.
fn set_up_an_app(house: &House, who: &str) {
    house.post(who, "/second-factor/app", &[]).leads_to();
    let page = house.get(who, "/second-factor/app").is_ok();
    let secret = page.body.split("<code class=\"secret\">").nth(1).unwrap().split('<').next().unwrap().replace(' ', "");
    let code = proofs::time_codes::code(&secret, house.now().as_second()).unwrap();
    house.post(who, "/second-factor/app/confirmation", &[("code", &code)]).is_ok();
}

// Whatever changes the way in ends every other way in: each cookie from before is refused
// on the next request, at every page and file.
fn a_kept_cookie_opens_nothing_once_the_way_in_has_changed(house: &House) {
    let id = house.role("cora", Role::Chair);
    house.role("cora", Role::Staff);
    let hash = passwords::hash(PASSWORD, &[1; 16], passwords::Cost::PLAYING).unwrap();
    house.write(move |tx| Ok(identity::set_password(tx, id, &hash)?));
    let fresh = || {
        house.sign_in("cora", id);
        house.secret_of("cora")
    };
    let link_in = |name: &str| {
        house.run_jobs();
        let letters = house.letters();
        house.link_in(letters.iter().rfind(|it| it.letter == name).unwrap_or_else(|| panic!("no {name}")))
    };
    let new = "many small rivers run";
    type Change<'a> = (&'a str, Box<dyn Fn() + 'a>);
    let changes: Vec<Change> = vec![
        (
            "a new password",
            Box::new(|| {
                let fields = [("current", PASSWORD), ("password", new), ("repeated", new)];
                house.post("cora", "/me/password", &fields).leads_to();
            }),
        ),
        ("an app was set up", Box::new(|| set_up_an_app(house, "cora"))),
        (
            "new recovery codes",
            Box::new(|| {
                house.post("cora", "/second-factor/codes", &[]).is_ok();
            }),
        ),
        (
            "another address",
            Box::new(|| {
                house.post("cora", "/me/address", &[("new_email", "cora.new@example.org")]).leads_to();
                house.post("cora", &link_in("address_new"), &[]).leads_to();
            }),
        ),
        (
            "the address is put back",
            Box::new(|| {
                house.post_as_stranger(&link_in("address_asked"), &[]).is_ok();
            }),
        ),
    ];
    for (why, change) in changes {
        let kept = fresh();
        let paths = opened_by(house, &kept);
        assert!(paths.len() > 30, "{why}: {paths:?}");
        fresh();
        change();
        opens_nothing(house, &kept, &paths, why);
    }
}

// Each link of a letter is used once, and again by whoever finds it later.
fn links_about_an_address_do_nothing_a_second_time(house: &House) {
    let id = house.person("anna");
    let link_in = |name: &str| {
        house.run_jobs();
        let letters = house.letters();
        house.link_in(letters.iter().rfind(|it| it.letter == name).unwrap_or_else(|| panic!("no {name}")))
    };
    let wish = |email: &str| house.post("anna", "/me/address", &[("new_email", email)]).leads_to();
    wish("first@example.org");
    let (first_yes, first_no) = (link_in("address_new"), link_in("address_asked"));
    // A later wish takes the place of an earlier one.
    wish("second@example.org");
    let (yes, back) = (link_in("address_new"), link_in("address_asked"));
    house.post("anna", &yes, &[]).leads_to();
    house.post_as_stranger(&back, &[]).is_ok();
    house.sign_in("anna", id);
    let before = house.contents(&["sign_ins", "audit", "audit_heads"]);
    for who in [Some("anna"), None] {
        for link in [&first_yes, &first_no, &yes, &back] {
            for method in [Method::GET, Method::HEAD, Method::POST] {
                let answer = house.ask(who, method.clone(), link);
                assert!(answer.status == 200 || answer.status == 409, "{method} {link}: {}", answer.status);
                assert!(answer.cookies.iter().all(|it| !it.starts_with("duology=")), "{link} signs in");
            }
        }
    }
    assert_eq!(house.contents(&["sign_ins", "audit", "audit_heads"]), before);
    assert_eq!(house.read(move |tx| Ok(identity::find(tx, id)?)).unwrap().email, "anna@example.org");
}
