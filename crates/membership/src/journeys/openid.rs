use platform::{app::OpenId, identity};
use serde_json::{Value, json};
use testing::{Answer, House, provider::Provider};

testing::on_both_databases! {
    crate::doors(); crate::jobs;
    somebody_new_with_a_verified_address_is_let_in_and_known_again
    an_address_that_somebody_has_opens_nothing_whatever_the_provider_says
    an_address_that_is_not_verified_is_written_to
    the_same_address_at_another_provider_is_somebody_else
    a_person_who_is_signed_in_links_their_account
    an_answer_counts_once_and_in_the_browser_that_began
    coming_back_changes_nothing_until_the_form_is_sent
    without_a_provider_the_doors_are_closed
    what_the_provider_says_of_somebody_is_text
}

fn begin_with(house: &House) -> Provider {
    let provider = Provider::open();
    let issuer = provider.issuer.clone();
    house.configure(|config| {
        let words = |text: &str| text.to_owned();
        let (client_id, client_secret) = (words("duology"), words("secret"));
        config.openid = Some(OpenId { issuer, client_id, client_secret, label: words("Sign in with the Library") });
    });
    provider
}

fn request(house: &House, method: &str, path: &str, cookies: &str, body: &str) -> Answer {
    let request = axum::http::Request::builder().method(method).uri(path).header("host", "duology.test");
    let request = request
        .header("cookie", cookies)
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded");
    house.send(request.body(axum::body::Body::from(body.to_owned())).unwrap())
}

fn cookie(answer: &Answer, name: &str) -> String {
    let begin = format!("{name}=");
    let found = answer.cookies.iter().find(|it| it.starts_with(&begin)).expect("a cookie");
    found.split(';').next().unwrap_or_default().to_owned()
}

/// What the browser sends after it was at the provider, and its cookie.
fn been_there(house: &House, provider: &Provider, cookies: &str, claims: Value) -> (String, String) {
    let gone = request(house, "GET", "/sign-in/openid?next=%2Fme", cookies, "");
    assert_eq!(gone.status, 303, "{}", gone.text());
    let visit = provider.sign_in(&gone.to, house.now().as_second(), claims);
    assert_eq!(visit.back, "http://duology.test/sign-in/openid/back");
    (format!("answer={}&state={}&issuer=", visit.code, visit.state), cookie(&gone, "outside"))
}

fn arrive(house: &House, provider: &Provider, claims: Value) -> Answer {
    let (body, outside) = been_there(house, provider, "", claims);
    request(house, "POST", "/sign-in/openid/back", &outside, &body)
}

fn count(house: &House) -> i64 {
    house.read(|tx| Ok(identity::count(tx)?))
}

// V-21
fn somebody_new_with_a_verified_address_is_let_in_and_known_again(house: &House) {
    let provider = begin_with(house);
    house.get_as_stranger("/sign-in").is_ok().says("Sign in with the Library");
    let answer = arrive(house, &provider, json!({}));
    assert_eq!(answer.leads_to(), "/me");
    let page = request(house, "GET", "/me", &cookie(&answer, "duology"), "").is_ok();
    page.says("Anna Anderson, anna@example.org").says("Linked as anna@example.org");
    // Later the address there is another; who it is stays.
    let before = count(house);
    let answer = arrive(house, &provider, json!({ "email": "a.anderson@example.org" }));
    assert_eq!(answer.leads_to(), "/me");
    assert_eq!(count(house), before);
    assert_eq!(house.letters().len(), 0);
}

// V-21
fn an_address_that_somebody_has_opens_nothing_whatever_the_provider_says(house: &House) {
    let provider = begin_with(house);
    house.person("anna");
    let before = count(house);
    for claims in [json!({}), json!({ "email": "ANNA@example.org" }), json!({ "email_verified": false })] {
        let answer = arrive(house, &provider, claims).is_ok().says("Look in your mail");
        assert!(!answer.cookies.iter().any(|it| it.starts_with("duology=")), "{:?}", answer.cookies);
    }
    assert_eq!(count(house), before);
}

fn an_address_that_is_not_verified_is_written_to(house: &House) {
    let provider = begin_with(house);
    let before = count(house);
    let unknown = arrive(house, &provider, json!({ "email_verified": false })).is_ok();
    assert_eq!(count(house), before);
    house.run_jobs();
    assert_eq!(house.letter_names_to("anna"), ["account_invitation"]);
    // Whoever reads the page does not learn whether somebody has the address.
    let known = arrive(house, &provider, json!({ "email_verified": false })).is_ok();
    assert_eq!(unknown.body, known.body);
    assert_eq!(arrive(house, &provider, json!({ "email": null })).says("does not tell us your address").status, 422);
}

// V-21
fn the_same_address_at_another_provider_is_somebody_else(house: &House) {
    let one = begin_with(house);
    arrive(house, &one, json!({})).leads_to();
    let other = begin_with(house);
    let answer = arrive(house, &other, json!({})).is_ok().says("Look in your mail");
    assert!(!answer.cookies.iter().any(|it| it.starts_with("duology=")), "{:?}", answer.cookies);
}

// V-21
fn a_person_who_is_signed_in_links_their_account(house: &House) {
    let provider = begin_with(house);
    house.person("bea");
    house.get("bea", "/me").is_ok().says("Link my account");
    house.let_proof_grow_old("bea");
    assert!(house.get("bea", "/me/outside").leads_to().starts_with("/sign-in/again"));
    assert!(house.get("bea", "/sign-in/openid").leads_to().starts_with("/sign-in/again"));
    let id = house.person("bea");
    house.sign_in("bea", id);
    assert_eq!(house.get("bea", "/me/outside").leads_to(), "/sign-in/openid?next=%2Fme");
    let hers = format!("duology={}", house.secret_of("bea"));
    let (body, outside) = been_there(house, &provider, &hers, json!({}));
    let cookies = format!("{hers}; {outside}");
    assert_eq!(request(house, "POST", "/sign-in/openid/back", &cookies, &body).leads_to(), "/me");
    house.get("bea", "/me").is_ok().says("Linked as anna@example.org");
    // From now on she comes in there, and nobody else can take the same identity.
    let answer = arrive(house, &provider, json!({}));
    let page = request(house, "GET", "/me", &cookie(&answer, "duology"), "").is_ok();
    page.says("bea@example.org");
    house.person("dora");
    let theirs = format!("duology={}", house.secret_of("dora"));
    let (body, outside) = been_there(house, &provider, &theirs, json!({}));
    let answer = request(house, "POST", "/sign-in/openid/back", &format!("{theirs}; {outside}"), &body);
    assert_eq!(answer.says("another account").status, 422);
    assert_eq!(house.post("bea", "/me/outside/end", &[]).says("no password here yet").status, 422);
}

// V-21
fn an_answer_counts_once_and_in_the_browser_that_began(house: &House) {
    let provider = begin_with(house);
    let (body, outside) = been_there(house, &provider, "", json!({}));
    let stolen = request(house, "POST", "/sign-in/openid/back", "", &body);
    assert_eq!(stolen.says("was not accepted").status, 422);
    let stolen = request(house, "POST", "/sign-in/openid/back", "outside=another.%2F", &body);
    assert_eq!(stolen.status, 422);
    request(house, "POST", "/sign-in/openid/back", &outside, &body).leads_to();
    // The provider would take the same again; we do not.
    let secret = outside["outside=".len()..].split('.').next().unwrap();
    let back = "http://duology.test/sign-in/openid/back";
    let known = proofs::openid::Provider {
        issuer: provider.issuer.clone(),
        client_id: "duology".to_owned(),
        client_secret: "secret".to_owned(),
    };
    let address = proofs::openid::begin(&known, &proofs::openid::Attempt::of(secret), back).unwrap();
    provider.sign_in(&address, house.now().as_second(), json!({}));
    let again = request(house, "POST", "/sign-in/openid/back", &outside, &body);
    assert_eq!(again.says("used already").status, 422);
}

// V-18
fn coming_back_changes_nothing_until_the_form_is_sent(house: &House) {
    let provider = begin_with(house);
    let (body, outside) = been_there(house, &provider, "", json!({}));
    let state = body.split("state=").nth(1).unwrap().split('&').next().unwrap();
    let path = format!("/sign-in/openid/back?code=the-code&state={state}");
    for _ in 0..3 {
        let page = request(house, "GET", &path, &outside, "").is_ok().says("You are back");
        assert!(page.cookies.is_empty(), "{:?}", page.cookies);
    }
    assert_eq!(request(house, "GET", &path, "", "").says("another browser").status, 422);
    assert_eq!(request(house, "GET", "/sign-in/openid/back?error=access_denied", &outside, "").status, 422);
    request(house, "POST", "/sign-in/openid/back", &outside, &body).leads_to();
}

fn without_a_provider_the_doors_are_closed(house: &House) {
    for path in ["/sign-in/openid", "/sign-in/openid/back?code=a&state=b"] {
        assert_eq!(house.get_as_stranger(path).status, 404, "{path}");
    }
}

/// The same that every form is tried with.
const PAYLOADS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../e2e/help/payloads.json"));

// V-05
fn what_the_provider_says_of_somebody_is_text(house: &House) {
    let provider = begin_with(house);
    let mut names: Vec<String> = serde_json::from_str(PAYLOADS).unwrap();
    let odd = ["Anna \u{202e}gpj.exe".to_owned(), format!("Ann{}", "a\u{301}".repeat(3) + &"\u{301}".repeat(150))];
    names.extend(odd.clone());
    let mut shown = 0;
    for (number, name) in names.iter().enumerate() {
        house.days(1);
        let email = format!("p{number}@example.org");
        let claims = json!({ "sub": format!("subject {number}"), "name": name, "email": email });
        let answer = arrive(house, &provider, claims);
        assert_eq!(answer.leads_to(), "/me", "{name}");
        let page = request(house, "GET", "/me", &cookie(&answer, "duology"), "").is_ok();
        assert!(!name.contains(['<', '"']) || !page.body.contains(name), "{name} is markup: {}", page.body);
        assert!(!page.body.contains("<canary") && !page.body.contains(" data-canary>"), "{name}");
        shown += usize::from(page.text().contains(&format!("{name}, p{number}@")));
    }
    assert!(shown >= 2, "{shown} names that could be markup are shown as they are");
    for (number, name) in (names.len() - odd.len()..).zip(&odd) {
        let all = house.read(move |tx| Ok(identity::find_by_email(tx, &format!("p{number}@example.org"))?));
        let person = all.expect("an account");
        assert_ne!(&person.name, name);
        assert_eq!(person.name, format!("p{number}"));
    }
}
