use platform::{identity, passwords};
use policy::Role;
use testing::{Answer, House};

const PASSWORD: &str = "rivers run north";

testing::on_both_databases! {
    crate::doors(); crate::jobs;
    who_works_here_is_signed_in_for_a_day_and_for_an_hour_of_rest
    who_takes_part_is_signed_in_for_a_month
    each_sign_in_is_listed_and_ended
    what_ends_counts_on_the_next_request
    signing_out_leaves_nothing_in_the_browser
    next_never_leads_out_of_the_house
    known_and_unknown_addresses_are_answered_byte_by_byte_alike
    a_forged_forwarding_uses_up_the_same_tries
    a_stranger_elsewhere_does_not_lock_the_owner_out
    one_place_asks_for_sixty_letters_an_hour_and_one_person_invites_twenty_a_day
}

fn with_password(house: &House, who: &str) -> platform::ids::Id {
    let id = house.person(who);
    let hash = passwords::hash(PASSWORD, &[1; 16], passwords::Cost::PLAYING).unwrap();
    house.write(move |tx| Ok(identity::set_password(tx, id, &hash)?));
    house.sign_in(who, id);
    id
}

fn get(house: &House, token: &str, path: &str) -> Answer {
    house.knock("GET".parse().unwrap(), path, Some(token), None, Vec::new())
}

fn who_works_here_is_signed_in_for_a_day_and_for_an_hour_of_rest(house: &House) {
    for role in [Role::Chair, Role::Council, Role::Liaison, Role::Staff, Role::Board] {
        house.role(role.key(), role);
        let id = house.person(role.key());
        house.sign_in(role.key(), id);
        let (token, start) = (house.secret_of(role.key()), house.now());
        let at = |minutes: i64| house.at(&(start + jiff::SignedDuration::from_mins(minutes)).to_string());
        at(59);
        assert_eq!(get(house, &token, "/me").status, 200, "{role:?}");
        // Used every fifty minutes it lasts, until the day is over.
        for minutes in (109..1430).step_by(50) {
            at(minutes);
            assert_eq!(get(house, &token, "/me").status, 200, "{role:?} after {minutes}");
        }
        at(1440);
        assert_eq!(get(house, &token, "/me").leads_to(), "/sign-in?next=%2Fme");
    }
    house.role("rested", Role::Chair);
    let (token, start) = (house.secret_of("rested"), house.now());
    house.at(&(start + jiff::SignedDuration::from_mins(60)).to_string());
    assert_eq!(get(house, &token, "/me").leads_to(), "/sign-in?next=%2Fme");
}

fn who_takes_part_is_signed_in_for_a_month(house: &House) {
    house.role_in_cohort("mia", Role::Mentee);
    let token = house.secret_of("mia");
    house.days(29);
    assert_eq!(get(house, &token, "/me").status, 200);
    house.days(1);
    assert_eq!(get(house, &token, "/me").status, 303);
}

fn each_sign_in_is_listed_and_ended(house: &House) {
    let anna = with_password(house, "anna");
    let elsewhere = house.write(move |tx| {
        let agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit Safari/605";
        Ok(identity::sign_in(tx, anna, agent, identity::Strength::OneFactor)?)
    });
    let page = house.get("anna", "/me").is_ok().says("Safari, iPhone").says("This one").says("last used");
    let path =
        page.body.split("action=\"").find(|it| it.starts_with("/me/sign-ins/") && !it.starts_with("/me/sign-ins/end"));
    let path = path.unwrap().split('"').next().unwrap().to_owned();
    house.person("berta");
    assert_eq!(house.post("berta", &path, &[]).status, 404);
    assert_eq!(get(house, &elsewhere, "/me").status, 200);
    assert_eq!(house.post("anna", &path, &[]).leads_to(), "/me");
    assert_eq!(get(house, &elsewhere, "/me").status, 303);
    assert_eq!(house.post("anna", &path, &[]).status, 404);
}

// C-09, V-19, ACC4
fn what_ends_counts_on_the_next_request(house: &House) {
    let anna = with_password(house, "anna");
    house.role("anna", Role::Chair);
    house.get("anna", "/committee").is_ok();
    house.write(move |tx| {
        let mine = program::memberships::of_person(tx, anna)?;
        for member in mine {
            program::memberships::end(tx, member.id)?;
        }
        Ok(())
    });
    assert_eq!(house.get("anna", "/committee").status, 404, "a role that was taken away");
    house.get("anna", "/me").is_ok();
    let token = house.secret_of("anna");
    let hash = passwords::hash("many small rivers", &[1; 16], passwords::Cost::PLAYING).unwrap();
    house.write(move |tx| Ok(identity::set_password(tx, anna, &hash)?));
    assert_eq!(get(house, &token, "/me").status, 303, "a changed password");
    house.sign_in("anna", anna);
    let (token, other) = (
        house.secret_of("anna"),
        house.write(move |tx| Ok(identity::sign_in(tx, anna, "other", identity::Strength::TwoFactors)?)),
    );
    house.post("anna", "/second-factor/app", &[]).leads_to();
    let page = house.get("anna", "/second-factor/app").is_ok();
    let secret = page.body.split("<code class=\"secret\">").nth(1).unwrap().split('<').next().unwrap().replace(' ', "");
    let code = proofs::time_codes::code(&secret, house.now().as_second()).unwrap();
    house.post("anna", "/second-factor/app/confirmation", &[("code", &code)]).is_ok();
    assert_eq!(get(house, &other, "/me").status, 303, "a second factor set up elsewhere");
    assert_eq!(get(house, &token, "/me").status, 200);
    house.write(move |tx| Ok(identity::disable(tx, anna)?));
    assert_eq!(get(house, &token, "/me").status, 303, "a closed account");
}

// V-23
fn signing_out_leaves_nothing_in_the_browser(house: &House) {
    house.person("anna");
    let request = axum::http::Request::post("/sign-out").header("host", "duology.test");
    let request = request
        .header("cookie", format!("duology={}", house.secret_of("anna")))
        .header("sec-fetch-site", "same-origin");
    let answer = house.send(request.body(axum::body::Body::empty()).unwrap());
    assert_eq!(answer.leads_to(), "/sign-in");
    let clears = ("clear-site-data".to_owned(), "\"cache\", \"storage\"".to_owned());
    assert!(answer.headers.contains(&clears), "{:?}", answer.headers);
    assert!(answer.cookies.iter().any(|it| it.starts_with("duology=;") && it.contains("Max-Age=0")));
}

// V-17
fn next_never_leads_out_of_the_house(house: &House) {
    with_password(house, "anna");
    let out = [
        "//evil.example",
        "///evil.example",
        "////evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "\\/evil.example",
        "/\\/evil.example",
        "https://evil.example",
        "http://evil.example",
        "HTTPS://evil.example",
        "https:evil.example",
        "https:/evil.example",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,a",
        "vbscript:a",
        "file:///etc/passwd",
        "ftp://evil.example",
        "evil.example",
        "evil.example/me",
        "@evil.example",
        "user@evil.example",
        "/\t/evil.example",
        "\t//evil.example",
        "/\n/evil.example",
        "/\r/evil.example",
        "/\u{b}/evil.example",
        "\u{0}//evil.example",
        "/a\u{0}b",
        "/me\r\nset-cookie: a=b",
        "/\u{7f}/evil.example",
        "?next=//evil.example",
        "#//evil.example",
        ".",
        "..",
        "./me",
        "../evil",
        "",
        " ",
        "\u{ff0f}\u{ff0f}evil.example",
        "\u{2215}\u{2215}evil.example",
        "/\\\\evil.example",
        "blob:https://evil.example",
        "//%65vil.example",
        "/\u{2028}\\evil.example",
    ];
    assert!(out.len() >= 40);
    for next in out {
        let fields = [("email", "anna@example.org"), ("password", PASSWORD), ("next", next)];
        let answer = house.post_as_stranger("/sign-in", &fields);
        // What a form cannot hold at all is refused before; everything else leads to the start.
        let fine = (answer.status == 303 && answer.to == "/") || [400, 422].contains(&answer.status);
        assert!(fine, "{next:?} leads to {} {}", answer.status, answer.to);
        let again = house.post("anna", "/sign-in/again", &[("password", PASSWORD), ("next", next)]);
        let fine = (again.status == 303 && again.to == "/") || [400, 422].contains(&again.status);
        assert!(fine, "{next:?} leads to {} {}", again.status, again.to);
    }
}

// V-04
fn known_and_unknown_addresses_are_answered_byte_by_byte_alike(house: &House) {
    with_password(house, "anna1");
    let closed = house.person("carl1");
    house.write(move |tx| Ok(identity::disable(tx, closed)?));
    let whole = |path: &str, fields: &[(&str, &str)]| {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = axum::http::Request::post(path)
            .header("host", "duology.test")
            .header("content-type", "application/x-www-form-urlencoded");
        let answer = house.send(request.body(axum::body::Body::from(body)).unwrap());
        (answer.status, answer.headers, answer.body)
    };
    // Addresses of one length, so that nothing but the account differs.
    let addresses = ["anna1@example.org", "carl1@example.org", "nobod@example.org"];
    let hidden = |(status, head, body): (u16, Vec<(String, String)>, String), email: &str| {
        (status, head, body.replace(email, "…"))
    };
    for path in ["/sign-in", "/recover", "/register"] {
        let answers = addresses.map(|email| {
            let fields: &[(&str, &str)] = match path {
                "/sign-in" => &[("email", email), ("password", "rivers run south")],
                "/recover" => &[("email", email)],
                _ => &[("name", "Some Body"), ("email", email)],
            };
            let before = house.app.db.statements();
            let answer = hidden(whole(path, fields), email);
            (answer, house.app.db.statements() - before)
        });
        assert_eq!(answers[0], answers[1], "{path}");
        assert_eq!(answers[0], answers[2], "{path}");
    }
}

// V-15
fn a_forged_forwarding_uses_up_the_same_tries(house: &House) {
    with_password(house, "anna");
    let try_from = |forwarded: &str, password: &str| {
        let body = format!("email=anna%40example.org&password={}", password.replace(' ', "+"));
        let request = axum::http::Request::post("/sign-in")
            .header("host", "duology.test")
            .header("x-forwarded-for", forwarded)
            .header("content-type", "application/x-www-form-urlencoded");
        house.send(request.body(axum::body::Body::from(body)).unwrap())
    };
    for number in 0..10 {
        assert_eq!(try_from(&format!("203.0.113.{number}"), "rivers run south").status, 422);
    }
    for number in 0..200 {
        let answer = try_from(&format!("198.51.100.{number}"), PASSWORD);
        assert_eq!(answer.says("too many tries").status, 422);
    }
}

// V-15
fn a_stranger_elsewhere_does_not_lock_the_owner_out(house: &House) {
    with_password(house, "anna");
    house.configure(|config| {
        config.trusted_proxies = platform::network::Range::parse("127.0.0.1").into_iter().collect()
    });
    let try_from = |from: &str, password: &str| {
        let body = format!("email=anna%40example.org&password={}", password.replace(' ', "+"));
        let request = axum::http::Request::post("/sign-in")
            .header("host", "duology.test")
            .header("x-forwarded-for", from)
            .header("content-type", "application/x-www-form-urlencoded");
        house.send(request.body(axum::body::Body::from(body)).unwrap())
    };
    for _ in 0..30 {
        try_from("203.0.113.7", "rivers run south");
    }
    assert_eq!(try_from("203.0.113.7", PASSWORD).says("too many tries").status, 422);
    assert_eq!(try_from("198.51.100.1", PASSWORD).leads_to(), "/");
    // Tried from everywhere, it stops for all; the letter with a link still opens it.
    for number in 0..120 {
        try_from(&format!("2001:db8:{number:x}::1"), "rivers run south");
    }
    assert_eq!(try_from("192.0.2.55", PASSWORD).says("too many tries").status, 422);
    house.post_as_stranger("/recover", &[("email", "anna@example.org")]).leads_to();
    house.run_jobs();
    let link = house.link_in(&house.letters_to("anna")[0]);
    let new = "many small rivers";
    assert_eq!(house.post_as_stranger(&link, &[("password", new), ("repeated", new)]).leads_to(), "/");
}

// V-15
fn one_place_asks_for_sixty_letters_an_hour_and_one_person_invites_twenty_a_day(house: &House) {
    for number in 0..60 {
        house.post_as_stranger("/recover", &[("email", &format!("a{number}@example.org"))]).leads_to();
    }
    let fields = [("name", "Some Body"), ("email", "a@example.org")];
    assert_eq!(house.post_as_stranger("/register", &fields).says("asked for too often").status, 422);
    house.at("2026-02-20T11:01:00Z");
    house.post_as_stranger("/register", &fields).leads_to();
    house.role("cora", Role::Chair);
    let invite = |number: i32| {
        let email = format!("c{number}@example.org");
        house.post("cora", "/committee/members", &[("name", "Some Body"), ("email", &email), ("role", "liaison")])
    };
    for number in 0..20 {
        invite(number).leads_to();
    }
    assert_eq!(invite(20).says("twenty people today").status, 422);
    house.days(1);
    invite(20).leads_to();
}
