use platform::{identity, passwords};
use policy::Role;
use testing::House;

const PASSWORD: &str = "rivers run north";

testing::on_both_databases! {
    crate::doors(); crate::jobs;
    an_old_proof_leads_to_the_password_and_back_to_the_page
    a_form_that_waits_is_kept_and_sent_on_without_its_secrets
    a_wrong_password_proves_nothing
    a_proof_lasts_ten_minutes
}

fn chair(house: &House) {
    // The file behind the door is the office’s, so she sits there too.
    house.role("cora", Role::Staff);
    let id = house.role("cora", Role::Chair);
    let hash = passwords::hash(PASSWORD, &[1; 16], passwords::Cost::PLAYING).unwrap();
    house.write(move |tx| Ok(identity::set_password(tx, id, &hash)?));
    house.sign_in("cora", id);
}

const APPOINTMENT: &[(&str, &str)] =
    &[("name", "Dana Dubois"), ("email", "dana@example.org"), ("role", "liaison"), ("until", "2027-06-30")];

const IMPORT: &str = "/roster/imports/0192f0a0a0a07000800000000000dead/difference.csv";

fn an_old_proof_leads_to_the_password_and_back_to_the_page(house: &House) {
    chair(house);
    assert_eq!(house.get("cora", IMPORT).status, 404);
    house.let_proof_grow_old("cora");
    let to = house.get("cora", IMPORT).leads_to();
    let back: String = form_urlencoded::byte_serialize(IMPORT.as_bytes()).collect();
    assert_eq!(to, format!("/sign-in/again?next={back}"));
    house.get("cora", &to).is_ok().says("show that it is you");
    let answer = house.post("cora", "/sign-in/again", &[("next", IMPORT), ("password", PASSWORD)]);
    assert_eq!(answer.leads_to(), IMPORT);
    assert_eq!(house.get("cora", IMPORT).status, 404);
}

fn a_form_that_waits_is_kept_and_sent_on_without_its_secrets(house: &House) {
    chair(house);
    house.let_proof_grow_old("cora");
    let answer = house.post("cora", "/committee/members", APPOINTMENT);
    assert_eq!((answer.status, answer.to.as_str()), (307, "/sign-in/again/form?to=%2Fcommittee%2Fmembers"));
    assert_eq!(house.letters_to("dana").len(), 0);
    let fields = [APPOINTMENT, &[("password", "of another form")]].concat();
    let page = house.post("cora", &answer.to, &fields).is_ok().says("What you typed is kept");
    assert!(page.body.contains("email=dana%40example.org") && !page.body.contains("another"), "{}", page.body);
    let kept = "name=Dana+Dubois&email=dana%40example.org&role=liaison&until=2027-06-30";
    let proof = [("to", "/committee/members"), ("kept", kept), ("password", PASSWORD)];
    let page = house.post("cora", "/sign-in/again", &proof).is_ok();
    assert!(page.body.contains("action=\"/committee/members\""), "{}", page.body);
    for (name, value) in APPOINTMENT {
        assert!(page.body.contains(&format!("name=\"{name}\" value=\"{value}\"")), "{name}: {}", page.body);
    }
    assert_eq!(house.post("cora", "/committee/members", APPOINTMENT).leads_to(), "/committee");
    // A form is sent on within the house alone.
    let proof = [("to", "//evil.example"), ("kept", kept), ("password", PASSWORD)];
    let page = house.post("cora", "/sign-in/again", &proof).is_ok();
    assert!(page.body.contains("action=\"/\"") && !page.body.contains("evil"), "{}", page.body);
}

fn a_wrong_password_proves_nothing(house: &House) {
    chair(house);
    house.let_proof_grow_old("cora");
    let answer = house.post("cora", "/sign-in/again", &[("next", IMPORT), ("password", "rivers run south")]);
    assert_eq!(answer.says("This is not your password.").status, 422);
    let answer = house.post("cora", "/sign-in/again", &[("next", IMPORT)]);
    assert_eq!(answer.says("Enter your password.").status, 422);
    assert_eq!(house.get("cora", IMPORT).status, 303);
}

fn a_proof_lasts_ten_minutes(house: &House) {
    chair(house);
    house.at("2026-02-20T10:03:00Z");
    let token = house.secret_of("cora");
    let open = |house: &House| house.knock("GET".parse().unwrap(), IMPORT, Some(&token), None, Vec::new()).status;
    house.at("2026-02-20T10:09:59Z");
    assert_eq!(open(house), 404);
    house.at("2026-02-20T10:10:00Z");
    assert_eq!(open(house), 303);
}
