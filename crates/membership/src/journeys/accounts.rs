use platform::{identity, passwords};
use policy::Role;
use testing::{Answer, House};

const PASSWORD: &str = "rivers run north";

testing::on_both_databases! {
    crate::doors(); crate::jobs;
    the_right_password_signs_in_and_leads_on
    a_wrong_password_and_an_unknown_address_are_told_alike
    the_eleventh_failed_try_waits_and_the_right_password_waits_with_it
    while_many_addresses_are_tried_each_has_fewer_tries_and_the_right_password_works
    a_stranger_registers_and_is_signed_in_by_the_link
    a_link_works_once_and_looking_at_it_changes_nothing
    a_link_expires_and_an_unknown_one_does_not_open
    a_password_that_will_not_do_is_refused_and_the_link_stays
    registering_tells_nobody_whether_an_address_is_known
    three_letters_an_hour_and_no_more
    recovering_ends_every_sign_in
    details_are_kept_and_faults_are_told
    a_changed_password_ends_the_other_sign_ins
    every_try_to_sign_in_is_noted
    other_sign_ins_can_be_ended
    the_theme_is_kept_and_leads_back
    nobody_is_sent_out_of_the_house
}

fn with_password(house: &House, who: &str) {
    let id = house.person(who);
    let hash = passwords::hash(PASSWORD, &[1; 16], passwords::Cost::PLAYING).unwrap();
    house.write(move |tx| Ok(identity::set_password(tx, id, &hash)?));
    house.sign_in(who, id);
}

fn sign_in(house: &House, email: &str, password: &str) -> Answer {
    house.post_as_stranger("/sign-in", &[("email", email), ("password", password)])
}

fn register(house: &House, name: &str, email: &str) -> Answer {
    let answer = house.post_as_stranger("/register", &[("name", name), ("email", email)]);
    house.run_jobs();
    answer
}

fn recover(house: &House, email: &str) -> Answer {
    let answer = house.post_as_stranger("/recover", &[("email", email)]);
    house.run_jobs();
    answer
}

fn cookie(answer: &Answer) -> String {
    let cookie = answer.cookies.iter().find(|it| it.starts_with("duology=")).expect("a sign-in");
    cookie["duology=".len()..].split(';').next().unwrap_or_default().to_owned()
}

fn is_signed_in(house: &House, token: &str) -> bool {
    let token = token.to_owned();
    house.read(move |tx| Ok(identity::bearer(tx, &token)?)).is_some()
}

fn the_right_password_signs_in_and_leads_on(house: &House) {
    with_password(house, "anna");
    house.get_as_stranger("/sign-in?next=%2Fme").is_ok().says("Sign in");
    let answer =
        house.post_as_stranger("/sign-in", &[("email", " ANNA@Example.org "), ("password", PASSWORD), ("next", "/me")]);
    assert_eq!(answer.leads_to(), "/me");
    let token = cookie(&answer);
    assert!(is_signed_in(house, &token));
    let out = house.knock("POST".parse().unwrap(), "/sign-out", Some(&token), None, Vec::new());
    assert_eq!(out.leads_to(), "/sign-in");
    assert!(!is_signed_in(house, &token));
}

fn a_wrong_password_and_an_unknown_address_are_told_alike(house: &House) {
    with_password(house, "anna");
    let wrong = sign_in(house, "anna@example.org", "rivers run south");
    let unknown = sign_in(house, "nobody@example.org", "rivers run south");
    assert_eq!((wrong.status, unknown.status), (422, 422));
    let unknown = unknown.text().replace("nobody@", "anna@");
    assert_eq!(wrong.text(), unknown);
    wrong.says("do not belong together").does_not_say("rivers run south");
    assert_eq!(sign_in(house, "", "").says("Enter your e-mail address.").status, 422);
}

// V-15
fn the_eleventh_failed_try_waits_and_the_right_password_waits_with_it(house: &House) {
    with_password(house, "anna");
    with_password(house, "berta");
    for email in ["anna@example.org", "nobody@example.org"] {
        for _ in 0..10 {
            sign_in(house, email, "rivers run south").says("do not belong together");
        }
        let refused = sign_in(house, email, PASSWORD);
        assert_eq!(refused.says("too many tries").status, 422);
    }
    sign_in(house, "berta@example.org", PASSWORD).leads_to();
    house.at("2026-02-20T10:16:00Z");
    sign_in(house, "anna@example.org", PASSWORD).leads_to();
}

// V-15
fn while_many_addresses_are_tried_each_has_fewer_tries_and_the_right_password_works(house: &House) {
    with_password(house, "anna");
    with_password(house, "berta");
    for number in 0..100 {
        sign_in(house, &format!("nobody{number}@example.org"), "rivers run south").says("do not belong together");
    }
    for _ in 0..3 {
        sign_in(house, "anna@example.org", "rivers run south").says("do not belong together");
    }
    sign_in(house, "anna@example.org", "rivers run south").says("too many tries");
    sign_in(house, "berta@example.org", PASSWORD).leads_to();
}

fn a_stranger_registers_and_is_signed_in_by_the_link(house: &House) {
    house.get_as_stranger("/register").is_ok();
    assert_eq!(register(house, "Nora Nakamura", "nora@example.org").leads_to(), "/look-in-your-mail");
    house.get_as_stranger("/look-in-your-mail").is_ok().says("Look in your mail");
    let letters = house.letters_to("nora");
    assert_eq!(letters.iter().map(|it| it.letter.as_str()).collect::<Vec<_>>(), ["account_invitation"]);
    let link = house.link_in(&letters[0]);
    house.get_as_stranger(&link).is_ok().says("Welcome, Nora Nakamura").says("At least 15 characters");
    let answer = house.post_as_stranger(&link, &[("password", PASSWORD), ("repeated", PASSWORD)]);
    assert_eq!(answer.leads_to(), "/");
    assert!(is_signed_in(house, &cookie(&answer)));
    sign_in(house, "nora@example.org", PASSWORD).leads_to();
}

// V-18
fn a_link_works_once_and_looking_at_it_changes_nothing(house: &House) {
    register(house, "Nora Nakamura", "nora@example.org").leads_to();
    let link = house.link_in(&house.letters_to("nora")[0]);
    for _ in 0..10 {
        house.get_as_stranger(&link).is_ok().says("Choose a password");
    }
    let fields = [("password", PASSWORD), ("repeated", PASSWORD)];
    house.post_as_stranger(&link, &fields).leads_to();
    house.get_as_stranger(&link).is_ok().says("This link has been used");
    let again = house.post_as_stranger(&link, &[("password", "other rivers run"), ("repeated", "other rivers run")]);
    assert_eq!(again.says("Send me a new link").status, 409);
    sign_in(house, "nora@example.org", PASSWORD).leads_to();
}

fn a_link_expires_and_an_unknown_one_does_not_open(house: &House) {
    register(house, "Nora Nakamura", "nora@example.org").leads_to();
    let link = house.link_in(&house.letters_to("nora")[0]);
    house.days(14);
    house.get_as_stranger(&link).is_ok().says("This link has expired").says("Send me a new link");
    let late = house.post_as_stranger(&link, &[("password", PASSWORD), ("repeated", PASSWORD)]);
    assert_eq!(late.status, 409);
    house.get_as_stranger("/welcome/abc").is_ok().says("not one of ours");
    recover(house, "nora@example.org").leads_to();
    let link = house.link_in(&house.letters_to("nora")[1]);
    house.post_as_stranger(&link, &[("password", PASSWORD), ("repeated", PASSWORD)]).leads_to();
}

fn a_password_that_will_not_do_is_refused_and_the_link_stays(house: &House) {
    register(house, "Nora Nakamura", "nora@example.org").leads_to();
    let link = house.link_in(&house.letters_to("nora")[0]);
    for (password, repeated, words) in [
        ("short", "short", "at least 15 characters"),
        (PASSWORD, "rivers run south", "not the same"),
        ("passwordpassword", "passwordpassword", "many people use"),
        ("nora@example.org", "nora@example.org", "easily guessed"),
    ] {
        let answer = house.post_as_stranger(&link, &[("password", password), ("repeated", repeated)]);
        assert_eq!(answer.says(words).status, 422, "{password}");
    }
    house.post_as_stranger(&link, &[("password", PASSWORD), ("repeated", PASSWORD)]).leads_to();
}

fn registering_tells_nobody_whether_an_address_is_known(house: &House) {
    with_password(house, "anna");
    let closed = house.person("clara");
    house.write(move |tx| Ok(identity::disable(tx, closed)?));
    for email in ["anna@example.org", "clara@example.org", "new@example.org"] {
        let answer = register(house, "Some Body", email);
        assert_eq!((answer.status, answer.to.as_str(), answer.body.as_str()), (303, "/look-in-your-mail", ""));
        let answer = recover(house, email);
        assert_eq!((answer.status, answer.to.as_str()), (303, "/look-in-your-mail"));
    }
    recover(house, "nobody@example.org").leads_to();
    assert_eq!(house.letter_names_to("anna"), ["password_recovery", "password_recovery"]);
    assert_eq!(house.letter_names_to("clara"), [""; 0]);
    assert_eq!(house.letter_names_to("nobody"), [""; 0]);
    let faulty = register(house, "www.win.example", "not an address");
    assert_eq!(faulty.says("such as ana@example.org").says("the name alone").status, 422);
}

// V-15
fn three_letters_an_hour_and_no_more(house: &House) {
    with_password(house, "anna");
    for _ in 0..5 {
        assert_eq!(recover(house, "anna@example.org").status, 303);
    }
    assert_eq!(house.letters_to("anna").len(), 3);
    house.at("2026-02-20T11:01:00Z");
    recover(house, "anna@example.org").leads_to();
    assert_eq!(house.letters_to("anna").len(), 4);
}

// V-19
fn recovering_ends_every_sign_in(house: &House) {
    with_password(house, "anna");
    let before = cookie(&sign_in(house, "anna@example.org", PASSWORD));
    recover(house, "anna@example.org").leads_to();
    let link = house.link_in(&house.letters_to("anna")[0]);
    let new = "many small rivers";
    house.post_as_stranger(&link, &[("password", new), ("repeated", new)]).leads_to();
    assert!(!is_signed_in(house, &before));
    assert_eq!(sign_in(house, "anna@example.org", PASSWORD).status, 422);
    sign_in(house, "anna@example.org", new).leads_to();
}

fn every_try_to_sign_in_is_noted(house: &House) {
    with_password(house, "anna");
    assert_eq!(sign_in(house, "anna@example.org", "rivers run south").status, 422);
    assert_eq!(sign_in(house, "nobody@example.org", "rivers run south").status, 422);
    house.run_jobs();
    sign_in(house, "anna@example.org", PASSWORD).leads_to();
    let noted = house
        .read(|tx| Ok(platform::audit::account_events(tx, &policy::house(), platform::audit::Events::All, 10, 0)?));
    let noted: Vec<(String, Option<String>)> =
        noted.into_iter().filter(|it| it.action.contains("sign")).map(|it| (it.action, it.whose)).collect();
    let anna = Some(testing::full_name("anna"));
    let is = |action: &str, whose: &Option<String>| (action.to_owned(), whose.clone());
    // The newest first; an address that nobody has is noted without a word of it.
    let all = [is("signed in", &anna), is("sign-in refused", &None), is("sign-in refused", &anna)];
    assert_eq!(noted[..3], all);
}

fn details_are_kept_and_faults_are_told(house: &House) {
    let anna = house.role_in_cohort("anna", Role::Mentor);
    house.get("anna", "/me").is_ok().says("Mentor in 2026–27").says("You are signed in here");
    let details = [
        ("name", "Anna Anderson"),
        ("pronouns", "she/her"),
        ("phone", "+1 312 555 0100"),
        ("city", "Chicago"),
        ("zone", "America/Chicago"),
        ("employer", "The State Library, Inc."),
        ("member_number", "17"),
        ("joined_year", "2019"),
    ];
    assert_eq!(house.post("anna", "/me", &details).leads_to(), "/me");
    let person = house.read(move |tx| crate::the_person(tx, &policy::house(), anna));
    assert_eq!((person.employer.as_str(), person.joined_year), ("The State Library, Inc.", Some(2019)));
    let wrong =
        [("name", ""), ("phone", "call me"), ("zone", "Mars/North"), ("joined_year", "long ago"), ("city", "Oslo")];
    let answer = house.post("anna", "/me", &wrong);
    assert_eq!(answer.status, 422);
    let answer =
        answer.says("Enter a name.").says("Enter a phone number").says("Choose a time zone").says("is not a year");
    assert!(answer.body.contains("value=\"Oslo\""), "what was typed is kept");
    assert_eq!(house.read(move |tx| crate::the_person(tx, &policy::house(), anna)).city, "Chicago");
}

fn a_changed_password_ends_the_other_sign_ins(house: &House) {
    with_password(house, "anna");
    let elsewhere = cookie(&sign_in(house, "anna@example.org", PASSWORD));
    let new = "many small rivers";
    let change = |current: &str| {
        house.post("anna", "/me/password", &[("current", current), ("password", new), ("repeated", new)])
    };
    assert_eq!(change("rivers run south").says("not your password").status, 422);
    assert!(is_signed_in(house, &elsewhere));
    let answer = change(PASSWORD);
    assert_eq!(answer.leads_to(), "/me");
    assert!(!is_signed_in(house, &elsewhere));
    assert!(is_signed_in(house, &cookie(&answer)));
    sign_in(house, "anna@example.org", new).leads_to();
}

fn other_sign_ins_can_be_ended(house: &House) {
    with_password(house, "anna");
    let elsewhere = cookie(&sign_in(house, "anna@example.org", PASSWORD));
    house.get("anna", "/me").is_ok().says("End all others");
    let answer = house.post("anna", "/me/sign-ins/end", &[]);
    assert_eq!(answer.leads_to(), "/me");
    assert!(!is_signed_in(house, &elsewhere));
    house.get("anna", "/me").is_ok().says("signed in here and nowhere else");
}

fn the_theme_is_kept_and_leads_back(house: &House) {
    let answer = house.post_as_stranger("/theme", &[("theme", "dark"), ("back", "/register")]);
    assert_eq!(answer.leads_to(), "/register");
    assert!(answer.cookies.iter().any(|it| it.starts_with("theme=dark")), "{:?}", answer.cookies);
    let answer = house.post_as_stranger("/theme", &[("theme", "<b>"), ("back", "https://evil.example")]);
    assert_eq!(answer.leads_to(), "/");
    assert!(answer.cookies.iter().any(|it| it.starts_with("theme=;")), "{:?}", answer.cookies);
}

// V-17
fn nobody_is_sent_out_of_the_house(house: &House) {
    with_password(house, "anna");
    for next in ["//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil", "/\t/evil.example"] {
        let fields = [("email", "anna@example.org"), ("password", PASSWORD), ("next", next)];
        let to = house.post_as_stranger("/sign-in", &fields).leads_to();
        assert_eq!(to, "/", "{next}");
    }
}
