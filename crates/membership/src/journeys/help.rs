use platform::{identity, passwords};
use policy::Role;
use testing::House;

testing::on_both_databases! {
    crate::doors(); crate::jobs;
    the_office_ends_sign_ins_and_sends_the_letter_anew_and_sets_no_password
    a_lost_second_factor_is_taken_away_and_a_chair_sets_up_another
    the_office_does_not_touch_those_who_need_a_second_factor
    the_office_takes_no_factor_away_and_closes_nothing
    a_closed_account_is_out_at_once
    whoever_runs_the_machine_lets_in_a_chair_who_lost_everything
    looks_of_one_minute_stand_as_one_line_under_a_title_that_stands_once
}

const PASSWORD: &str = "rivers run north";

fn with_password(house: &House, who: &str) -> String {
    let id = house.person(who);
    let hash = passwords::hash(PASSWORD, &[1; 16], passwords::Cost::PLAYING).unwrap();
    house.write(move |tx| Ok(identity::set_password(tx, id, &hash)?));
    house.sign_in(who, id);
    format!("/accounts/{id}")
}

fn the_office_ends_sign_ins_and_sends_the_letter_anew_and_sets_no_password(house: &House) {
    house.role("olga", Role::Staff);
    let path = with_password(house, "mia");
    house.get("olga", "/accounts").is_ok();
    let missed = house.post("olga", "/accounts/find", &[("email", "nobody@example.org")]);
    assert_eq!(missed.says("Nobody has an open account").status, 422);
    assert_eq!(house.post("olga", "/accounts/find", &[("email", "MIA@example.org")]).leads_to(), path);
    let page = house.get("olga", &path).is_ok().says("1 sign-in stands.");
    assert!(!page.body.contains("type=\"password\""));
    house.post("olga", &format!("{path}/sign-ins/end"), &[]).leads_to();
    assert_eq!(house.get("mia", "/me").status, 303);
    house.post("olga", &format!("{path}/invitation"), &[]).leads_to();
    house.run_jobs();
    assert_eq!(house.letter_names_to("mia"), ["sign_ins_ended", "password_recovery"]);
    let letter = &house.letters_to("mia")[0];
    assert!(letter.text.contains("Olga") && letter.text.contains("of the office"), "{}", letter.text);
    let mia = house.person("mia");
    house.sign_in("mia", mia);
    let page = house.get("mia", "/me/readings").is_ok().says("All sign-ins were ended, by the office Olga");
    page.says("A letter with a link was sent, for the office Olga");
    // Nobody else comes near it.
    house.role("lea", Role::Liaison);
    for who in ["lea", "mia"] {
        let id = house.person(who);
        house.sign_in(who, id);
        assert_eq!(house.get(who, &path).status, 404, "{who}");
        assert_eq!(house.post(who, &format!("{path}/sign-ins/end"), &[]).status, 404, "{who}");
    }
}

fn a_lost_second_factor_is_taken_away_and_a_chair_sets_up_another(house: &House) {
    house.role("cora", Role::Chair);
    let path = with_password(house, "dana");
    house.role("dana", Role::Deputy);
    house.post("dana", "/second-factor/app", &[]).leads_to();
    let page = house.get("dana", "/second-factor/app").is_ok();
    let secret = page.body.split("<code class=\"secret\">").nth(1).unwrap().split('<').next().unwrap().replace(' ', "");
    let code = proofs::time_codes::code(&secret, house.now().as_second()).unwrap();
    house.post("dana", "/second-factor/app/confirmation", &[("code", &code)]).is_ok();
    house.let_proof_grow_old("cora");
    assert_eq!(house.post("cora", &format!("{path}/second-factor/end"), &[]).status, 307);
    let cora = house.person("cora");
    house.sign_in("cora", cora);
    let unsaid = house.post("cora", &format!("{path}/second-factor/end"), &[("reason", " ")]);
    assert_eq!(unsaid.says("Say why").status, 422);
    house.get("dana", "/me").is_ok();
    house.post("cora", &format!("{path}/second-factor/end"), &[("reason", "Her phone is <b>lost</b>.")]).leads_to();
    let letter = house.letters_to("dana").pop().unwrap();
    assert_eq!(letter.letter, "factor_taken_away");
    assert!(letter.text.contains("Her phone is <b>lost</b>.") && letter.text.contains("the chair"), "{}", letter.text);
    assert!(!letter.html.contains("<b>lost") && letter.html.contains("&lt;b&gt;lost"), "{}", letter.html);
    assert_eq!(house.get("dana", "/me").status, 303);
    let fields = [("email", "dana@example.org"), ("password", PASSWORD), ("next", "/committee")];
    let answer = house.post_as_stranger("/sign-in", &fields);
    assert_eq!(answer.leads_to(), "/committee");
    let token = answer.cookies.iter().find_map(|it| it.strip_prefix("duology=")).unwrap().split(';').next().unwrap();
    let opened = house.knock("GET".parse().unwrap(), "/committee", Some(token), None, Vec::new());
    assert_eq!(opened.leads_to(), "/second-factor?next=%2Fcommittee");
}

fn the_office_does_not_touch_those_who_need_a_second_factor(house: &House) {
    house.role("olga", Role::Staff);
    let path = with_password(house, "cora");
    house.role("cora", Role::Chair);
    for verb in ["sign-ins/end", "invitation", "second-factor/end", "closing"] {
        assert_eq!(house.post("olga", &format!("{path}/{verb}"), &[]).status, 404, "{verb}");
    }
    let found = house.post("olga", "/accounts/find", &[("email", "cora@example.org")]);
    assert_eq!(found.says("the chair or the deputy helps this person").status, 422);
    assert!(house.get("cora", "/committee").is_ok().body.contains("href=\"/accounts\""));
    // Nor does anybody close their own account by a slip, or take away their own factor here.
    for verb in ["second-factor/end", "closing"] {
        assert_eq!(house.post("cora", &format!("{path}/{verb}"), &[]).status, 404, "{verb}");
    }
}

fn the_office_takes_no_factor_away_and_closes_nothing(house: &House) {
    house.role("olga", Role::Staff);
    let path = with_password(house, "mia");
    for verb in ["second-factor/end", "closing"] {
        let answer = house.post("olga", &format!("{path}/{verb}"), &[("reason", "She asked for it.")]);
        assert_eq!(answer.status, 404, "{verb}");
    }
    let page = house.get("olga", &path).is_ok();
    assert!(!page.body.contains("/closing") && !page.body.contains("/second-factor/end"));
    house.get("mia", "/me").is_ok();
}

// V-19
fn a_closed_account_is_out_at_once(house: &House) {
    house.role("cora", Role::Chair);
    let path = with_password(house, "mia");
    house.get("mia", "/me").is_ok();
    assert_eq!(house.post("cora", &format!("{path}/closing"), &[]).says("Say why").status, 422);
    let why = [("reason", "She has <b>two</b> accounts.")];
    assert_eq!(house.post("cora", &format!("{path}/closing"), &why).leads_to(), "/accounts");
    assert_eq!(house.letter_names_to("mia"), ["account_closed"]);
    assert!(!house.letters_to("mia")[0].html.contains("<b>two"));
    assert_eq!(house.get("mia", "/me").status, 303);
    assert_eq!(house.post_as_stranger("/sign-in", &[("email", "mia@example.org"), ("password", PASSWORD)]).status, 422);
    assert_eq!(house.get("cora", &path).status, 404);
}

// ACC1
fn whoever_runs_the_machine_lets_in_a_chair_who_lost_everything(house: &House) {
    with_password(house, "cora");
    super::factors::set_up(house, "cora");
    let cora = house.role("cora", Role::Chair);
    house.sign_in_with("cora", cora, identity::Strength::TwoFactors);
    house.get("cora", "/me").is_ok();
    assert_eq!(house.write(|tx| crate::recover(tx, "nobody@example.org")), None);
    let link = house.write(|tx| crate::recover(tx, "CORA@example.org")).unwrap();
    assert_eq!(house.get("cora", "/me").status, 303, "every sign-in has ended");
    let path = &link[link.find("/welcome/").unwrap()..];
    let new = "many small rivers";
    let answer = house.post_as_stranger(path, &[("password", new), ("repeated", new)]);
    assert_eq!(answer.status, 303);
    assert!(!answer.leads_to().starts_with("/sign-in/code"), "the lost factor is asked for no more");
    assert!(house.post_as_stranger(path, &[("password", new), ("repeated", new)]).status >= 400, "the link opens once");
    let lines = house.read(move |tx| Ok(platform::journal::about(tx, cora)?));
    assert!(lines.iter().any(|it| it.what == "let in anew by whoever runs the machine"));
    house.run_jobs();
    house.read(|tx| Ok(platform::audit::check(tx, &[])?)).unwrap();
}

// MSG3
fn looks_of_one_minute_stand_as_one_line_under_a_title_that_stands_once(house: &House) {
    house.role("olga", Role::Staff);
    house.person("ana");
    let list = b"number,name,email,status\n1,Ana Anderson,ana@example.org,active\n";
    house.write(move |tx| crate::import_roster(tx, list).map(|done| drop(done.unwrap())));
    for _ in 0..3 {
        house.post("olga", "/roster", &[("q", "ana")]).is_ok().says("Ana Anderson");
    }
    let page =
        house.get("ana", "/me/readings").is_ok().says("3 times").says("up to 14 days").says("What is not listed");
    let main = page.body.to_lowercase();
    assert_eq!(main.matches("as the office").count(), 1, "{main}");
    assert_eq!(main.matches(crate::look_up::ENTRY).count(), 1, "{main}");
}
