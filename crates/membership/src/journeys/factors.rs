use platform::{identity, passwords};
use policy::Role;
use proofs::{recovery, time_codes};
use testing::{Answer, House};

pub(super) const PASSWORD: &str = "rivers run north";

testing::on_both_databases! {
    crate::doors(); crate::jobs;
    a_chair_sets_up_an_app_before_anything_else_opens
    the_switch_of_the_program_asks_everybody
    whoever_has_an_app_signs_in_with_password_and_code
    a_code_counts_once
    a_recovery_code_counts_once_and_ten_new_ones_replace_the_old
    five_codes_are_tried_in_one_step_and_ten_of_one_account
    a_step_ends_after_ten_minutes
    a_new_password_by_letter_does_not_pass_the_second_factor
    beside_an_app_eight_characters_are_enough_and_alone_they_are_not
    the_last_factor_of_a_chair_stays
    the_secret_of_an_app_is_nowhere_in_clear
    a_passkey_that_nobody_has_opens_nothing
    whoever_has_neither_app_nor_codes_is_told_whom_to_write_to
}

pub(super) fn with_password(house: &House, who: &str, password: &str) {
    let id = house.person(who);
    let hash = passwords::hash(password, &[1; 16], passwords::Cost::PLAYING).unwrap();
    house.write(move |tx| Ok(identity::set_password(tx, id, &hash)?));
    house.sign_in_with(who, id, identity::Strength::OneFactor);
}

fn value<'a>(answer: &'a Answer, cookie: &str) -> &'a str {
    let begin = format!("{cookie}=");
    let cookie = answer.cookies.iter().find(|it| it.starts_with(&begin)).expect("a cookie");
    cookie[begin.len()..].split(';').next().unwrap_or_default()
}

/// The secret as the page shows it to somebody who types it.
fn shown_secret(page: &Answer) -> String {
    let rest = page.body.split("<code class=\"secret\">").nth(1).expect("a secret");
    rest.split('<').next().unwrap_or_default().replace(' ', "")
}

pub(super) fn code_of(house: &House, secret: &str) -> String {
    time_codes::code(secret, house.now().as_second()).unwrap()
}

/// Sets up an app and gives its secret and the recovery codes.
pub(super) fn set_up(house: &House, who: &str) -> (String, Vec<String>) {
    assert_eq!(house.post(who, "/second-factor/app", &[]).leads_to(), "/second-factor/app");
    let secret = shown_secret(&house.get(who, "/second-factor/app").is_ok());
    let page = house.post(who, "/second-factor/app/confirmation", &[("code", &code_of(house, &secret))]).is_ok();
    let codes = page.body.split("<li><code>").skip(1).map(|it| it.split('<').next().unwrap_or_default().to_owned());
    let codes: Vec<String> = codes.collect();
    assert_eq!(codes.len(), recovery::HOW_MANY, "{}", page.body);
    later(house);
    (secret, codes)
}

/// A minute on: another code.
fn later(house: &House) {
    let later = house.now() + jiff::SignedDuration::from_secs(60);
    house.at(&later.to_string());
}

pub(super) fn first_step(house: &House, who: &str) -> String {
    let answer =
        house.post_as_stranger("/sign-in", &[("email", &format!("{who}@example.org")), ("password", PASSWORD)]);
    assert_eq!(answer.leads_to(), "/sign-in/code");
    assert!(!answer.cookies.iter().any(|it| it.starts_with("duology=")), "{:?}", answer.cookies);
    value(&answer, "step").to_owned()
}

pub(super) fn second_step(house: &House, step: &str, code: &str) -> Answer {
    let request = axum::http::Request::post("/sign-in/code")
        .header("host", "duology.test")
        .header("cookie", format!("step={step}"))
        .header("content-type", "application/x-www-form-urlencoded");
    house.send(request.body(axum::body::Body::from(format!("code={code}&next=%2Fme"))).unwrap())
}

// ACC1
fn a_chair_sets_up_an_app_before_anything_else_opens(house: &House) {
    with_password(house, "cora", PASSWORD);
    house.role("cora", Role::Chair);
    for path in ["/committee", "/me", "/roster"] {
        let to = house.get("cora", path).leads_to();
        assert_eq!(to, format!("/second-factor?next={}", path.replace('/', "%2F")));
    }
    assert_eq!(house.post("cora", "/committee/members", &[]).leads_to(), "/second-factor");
    house.get("cora", "/second-factor?next=%2Fcommittee").is_ok().says("Your role needs one");
    let answer = house.post("cora", "/second-factor/app", &[("next", "/committee")]);
    let to = answer.leads_to();
    let page = house.get("cora", &to).is_ok().says("photograph this square");
    assert!(page.body.contains("<svg") && page.body.contains("otpauth://totp/Formal%20Mentoring:cora%40example.org"));
    let wrong = house.post("cora", "/second-factor/app/confirmation", &[("code", "000000"), ("next", "/committee")]);
    assert_eq!(wrong.says("not the code that the app shows").status, 422);
    house.get("cora", "/committee").leads_to();
    let code = code_of(house, &shown_secret(&page));
    let page =
        house.post("cora", "/second-factor/app/confirmation", &[("code", &code), ("next", "/committee")]).is_ok();
    assert!(page.body.contains("href=\"/committee\""), "{}", page.body);
    house.get("cora", "/committee").is_ok();
    house.get("cora", "/me").is_ok().says("An app with codes").says("10 recovery codes left");
    assert_eq!(house.get("cora", "/second-factor/app").leads_to(), "/second-factor");
}

fn the_switch_of_the_program_asks_everybody(house: &House) {
    with_password(house, "mia", PASSWORD);
    house.role_in_cohort("mia", Role::Mentee);
    house.get("mia", "/me").is_ok();
    house.write(|tx| Ok(platform::settings::set(tx, identity::SECOND_FACTOR_FOR_ALL, "yes")?));
    assert_eq!(house.get("mia", "/me").leads_to(), "/second-factor?next=%2Fme");
    set_up(house, "mia");
    house.get("mia", "/me").is_ok();
}

// ACC1
fn whoever_has_an_app_signs_in_with_password_and_code(house: &House) {
    with_password(house, "cora", PASSWORD);
    house.role("cora", Role::Chair);
    let (secret, _) = set_up(house, "cora");
    let step = first_step(house, "cora");
    let wrong = second_step(house, &step, "123456");
    assert_eq!(wrong.says("does not fit").status, 422);
    let answer = second_step(house, &step, &code_of(house, &secret));
    assert_eq!(answer.leads_to(), "/me");
    let token = value(&answer, "duology").to_owned();
    let knock = |path: &str| house.knock("GET".parse().unwrap(), path, Some(&token), None, Vec::new());
    knock("/committee").is_ok();
    // The step is over, also for whoever kept its cookie.
    later(house);
    assert_eq!(second_step(house, &step, &code_of(house, &secret)).leads_to(), "/sign-in");
    assert_eq!(second_step(house, "nonsense", &code_of(house, &secret)).leads_to(), "/sign-in");
}

// V-15
fn a_code_counts_once(house: &House) {
    with_password(house, "anna", PASSWORD);
    let (secret, _) = set_up(house, "anna");
    let code = code_of(house, &secret);
    let (one, other) = (first_step(house, "anna"), first_step(house, "anna"));
    second_step(house, &one, &code).leads_to();
    assert_eq!(second_step(house, &other, &code).says("was used before").status, 422);
    let older = time_codes::code(&secret, house.now().as_second() - 30).unwrap();
    assert_eq!(second_step(house, &other, &older).status, 422);
    later(house);
    second_step(house, &other, &code_of(house, &secret)).leads_to();
}

fn a_recovery_code_counts_once_and_ten_new_ones_replace_the_old(house: &House) {
    with_password(house, "anna", PASSWORD);
    let (_, codes) = set_up(house, "anna");
    let step = first_step(house, "anna");
    second_step(house, &step, &codes[0].to_uppercase()).leads_to();
    let step = first_step(house, "anna");
    assert_eq!(second_step(house, &step, &codes[0]).status, 422);
    house.get("anna", "/me").is_ok().says("9 recovery codes left");
    let fresh = house.post("anna", "/second-factor/codes", &[]).is_ok();
    assert_eq!(fresh.body.matches("<li><code>").count(), 10);
    assert_eq!(second_step(house, &step, &codes[1]).status, 422);
    // Nobody else's code opens it.
    with_password(house, "berta", PASSWORD);
    let (_, hers) = set_up(house, "berta");
    assert_eq!(second_step(house, &step, &hers[0]).status, 422);
}

// V-15
fn five_codes_are_tried_in_one_step_and_ten_of_one_account(house: &House) {
    with_password(house, "anna", PASSWORD);
    let (secret, codes) = set_up(house, "anna");
    for _ in 0..2 {
        let step = first_step(house, "anna");
        for _ in 0..5 {
            second_step(house, &step, "000000").says("does not fit");
        }
        assert_eq!(second_step(house, &step, &code_of(house, &secret)).says("too many tries").status, 422);
    }
    let step = first_step(house, "anna");
    assert_eq!(second_step(house, &step, &codes[0]).says("too many tries").status, 422);
    let later = house.now() + jiff::SignedDuration::from_mins(16);
    house.at(&later.to_string());
    let step = first_step(house, "anna");
    second_step(house, &step, &code_of(house, &secret)).leads_to();
}

fn a_step_ends_after_ten_minutes(house: &House) {
    with_password(house, "anna", PASSWORD);
    let (secret, _) = set_up(house, "anna");
    let step = first_step(house, "anna");
    let later = house.now() + jiff::SignedDuration::from_mins(10);
    house.at(&later.to_string());
    assert_eq!(second_step(house, &step, &code_of(house, &secret)).leads_to(), "/sign-in");
}

// V-19
fn a_new_password_by_letter_does_not_pass_the_second_factor(house: &House) {
    with_password(house, "anna", PASSWORD);
    set_up(house, "anna");
    house.post_as_stranger("/recover", &[("email", "anna@example.org")]).leads_to();
    house.run_jobs();
    let link = house.link_in(&house.letters_to("anna")[0]);
    let new = "many small rivers";
    let answer = house.post_as_stranger(&link, &[("password", new), ("repeated", new)]);
    assert_eq!(answer.leads_to(), "/sign-in/code");
    assert!(!answer.cookies.iter().any(|it| it.starts_with("duology=") && !it.starts_with("duology=;")));
}

fn beside_an_app_eight_characters_are_enough_and_alone_they_are_not(house: &House) {
    with_password(house, "anna", PASSWORD);
    let change = |password: &str, now: &str| {
        house.post("anna", "/me/password", &[("current", now), ("password", password), ("repeated", password)])
    };
    assert_eq!(change("vexing ox", PASSWORD).says("at least 15").status, 422);
    set_up(house, "anna");
    let anna = house.person("anna");
    assert_eq!(change("vexing ox", PASSWORD).leads_to(), "/me");
    house.sign_in("anna", anna);
    let gone = house.post("anna", "/second-factor/app/removal", &[("current", "vexing ox")]);
    assert_eq!(gone.says("too short to stand alone").status, 422);
    assert_eq!(change(PASSWORD, "vexing ox").leads_to(), "/me");
    house.sign_in("anna", anna);
    assert_eq!(house.post("anna", "/second-factor/app/removal", &[("current", "wrong")]).status, 422);
    assert_eq!(house.post("anna", "/second-factor/app/removal", &[("current", PASSWORD)]).leads_to(), "/second-factor");
    house.get("anna", "/me").is_ok().says("None yet.");
}

fn the_last_factor_of_a_chair_stays(house: &House) {
    with_password(house, "cora", PASSWORD);
    house.role("cora", Role::Chair);
    set_up(house, "cora");
    let answer = house.post("cora", "/second-factor/app/removal", &[("current", PASSWORD)]);
    assert_eq!(answer.says("A second factor is asked of you here").status, 422);
    house.get("cora", "/committee").is_ok();
}

// C-05
fn the_secret_of_an_app_is_nowhere_in_clear(house: &House) {
    with_password(house, "anna", PASSWORD);
    let (secret, codes) = set_up(house, "anna");
    let Some(file) = house.file() else { return };
    for ending in ["", "-wal"] {
        let Ok(bytes) = std::fs::read(format!("{}{ending}", file.display())) else { continue };
        for text in [&secret, &codes[0], &codes[0].replace('-', "")] {
            assert!(!bytes.windows(text.len()).any(|it| it == text.as_bytes()), "{text} stands in {ending}");
        }
    }
}

fn a_passkey_that_nobody_has_opens_nothing(house: &House) {
    let asked = house.post_as_stranger("/sign-in/passkey/question", &[]);
    assert!(asked.body.contains("\"userVerification\":\"required\""), "{}", asked.body);
    let step = asked.body.split("\"step\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    for answer in ["", "{}", "not json"] {
        let refused = house.post_as_stranger("/sign-in/passkey", &[("step", &step), ("answer", answer)]);
        assert_eq!(refused.says("does not fit").status, 422);
    }
    with_password(house, "anna", PASSWORD);
    house.post("anna", "/second-factor/passkeys/question", &[]).is_ok();
    let refused = house.post("anna", "/second-factor/passkeys", &[("step", &step), ("answer", "{}")]);
    assert_eq!(refused.says("was not accepted").status, 422);
    house.get("anna", "/second-factor").is_ok().says("Add a passkey");
}

fn whoever_has_neither_app_nor_codes_is_told_whom_to_write_to(house: &House) {
    with_password(house, "anna", PASSWORD);
    set_up(house, "anna");
    let step = first_step(house, "anna");
    let request = axum::http::Request::get("/sign-in/code").header("host", "duology.test");
    let request = request.header("cookie", format!("step={step}")).body(axum::body::Body::empty()).unwrap();
    let page = house.send(request);
    let address = house.read(|tx| Ok(program::the_program(tx)?.reply_address));
    page.is_ok().says(&format!("Write to the committee: {address}"));
}
