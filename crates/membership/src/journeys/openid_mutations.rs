//! What a provider must not get past us with: each of these is refused. V-21

use jiff::Timestamp;
use proofs::openid::{Attempt, Claims, Provider as Known, Refusal, Return, begin, finish};
use serde_json::{Value, json};
use testing::provider::{Provider, Says, Visit, merge};

const BACK: &str = "http://duology.test/sign-in/openid/back";
type Spoil = fn(&mut Says);
type Brought = fn(&mut Visit, &mut String);

const NOW: i64 = 1_771_581_600;

fn known(provider: &Provider) -> Known {
    let (id, secret) = ("duology".to_owned(), "a secret of the client".to_owned());
    Known { issuer: provider.issuer.clone(), client_id: id, client_secret: secret }
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap()
}

/// Signs in with what a test makes of the provider and of what the browser brings.
fn signed_in(claims: Value, spoil: fn(&mut Says), brought: fn(&mut Visit, &mut String)) -> Result<Claims, Refusal> {
    let provider = Provider::open();
    let (known, attempt) = (known(&provider), Attempt::of("the browser's secret"));
    let address = begin(&known, &attempt, BACK)?;
    let mut visit = provider.sign_in(&address, NOW, claims);
    let mut issuer = String::new();
    brought(&mut visit, &mut issuer);
    provider.change(spoil);
    finish(&known, &attempt, BACK, &Return { code: visit.code, state: visit.state, issuer }, at(NOW))
}

fn as_it_is(_: &mut Says) {}
fn as_brought(_: &mut Visit, _: &mut String) {}

#[test]
fn a_sound_answer_is_taken() {
    let claims = signed_in(json!({}), as_it_is, as_brought).unwrap();
    assert_eq!((claims.subject.as_str(), claims.email.as_deref()), ("subject-1", Some("anna@example.org")));
    assert!(claims.email_is_verified && !claims.has_two_factors);
    let claims = signed_in(json!({ "amr": ["pwd", "mfa"], "email_verified": false }), as_it_is, as_brought).unwrap();
    assert!(claims.has_two_factors && !claims.email_is_verified);
    assert!(!signed_in(json!({ "email_verified": null }), as_it_is, as_brought).unwrap().email_is_verified);
}

#[test]
fn claims_that_do_not_hold_are_refused() {
    let mutations = [
        ("another issuer", json!({ "iss": "https://evil.example" })),
        ("an issuer that only begins alike", json!({ "iss": "http://127.0.0.1:1" })),
        ("no issuer", json!({ "iss": null })),
        ("another audience", json!({ "aud": "another client" })),
        ("a list of other audiences", json!({ "aud": ["another client", "a third"] })),
        ("us beside an audience nobody knows", json!({ "aud": ["duology", "another client"] })),
        ("no audience", json!({ "aud": null })),
        ("another nonce", json!({ "nonce": "of another browser" })),
        ("an empty nonce", json!({ "nonce": "" })),
        ("no nonce", json!({ "nonce": null })),
        ("expired", json!({ "exp": NOW - 1 })),
        ("without an end", json!({ "exp": null })),
        ("issued tomorrow", json!({ "iat": NOW + 86_400 })),
        ("issued an hour ago", json!({ "iat": NOW - 3600 })),
        ("issued at no time", json!({ "iat": null })),
        ("nobody", json!({ "sub": null })),
        ("a name of no letters", json!({ "sub": "" })),
        ("the hash of another access", json!({ "at_hash": "AAAAAAAAAAAAAAAAAAAAAA" })),
        ("an address that is no text", json!({ "email": ["a@example.org"] })),
    ];
    for (what, claims) in mutations {
        let refused = signed_in(claims, as_it_is, as_brought);
        assert!(matches!(refused, Err(Refusal::Claims(_) | Refusal::Code(_))), "{what}: {refused:?}");
    }
}

#[test]
fn tokens_that_are_not_signed_by_the_provider_are_refused() {
    let mutations: [(&str, Spoil); 14] = [
        ("no algorithm", |says| {
            says.header = json!({ "alg": "none" });
            says.spoil = |token| token[..=token.rfind('.').unwrap()].to_owned();
        }),
        ("no algorithm, with a signature", |says| says.header = json!({ "alg": "none" })),
        ("no algorithm, written otherwise", |says| says.header = json!({ "alg": "nOnE" })),
        ("a shared secret", |says| says.header = json!({ "alg": "HS256" })),
        ("another algorithm than the key's", |says| says.header = json!({ "alg": "RS256", "kid": "one" })),
        ("another key under the same name", |says| says.other_key = true),
        ("a key of no name we know", |says| {
            says.other_key = true;
            says.header = json!({ "alg": "EdDSA", "kid": "two" });
        }),
        ("a header that must be understood", |says| {
            merge(&mut says.header, json!({ "crit": ["exp"], "exp": 1 }));
        }),
        ("another kind of token", |says| merge(&mut says.header, json!({ "typ": "logout+jwt" }))),
        ("claims changed afterwards", |says| {
            let mut forged = says.claims.clone();
            merge(&mut forged, json!({ "sub": "somebody else" }));
            says.forged = Some(forged);
        }),
        ("no signature", |says| says.spoil = |token| token[..=token.rfind('.').unwrap()].to_owned()),
        ("half a signature", |says| says.spoil = |token| token[..token.len() - 40].to_owned()),
        ("no token at all", |says| says.spoil = |_| "not a token".to_owned()),
        ("no keys", |says| says.keys = Some(json!({ "keys": [] }))),
    ];
    for (what, spoil) in mutations {
        let refused = signed_in(json!({}), spoil, as_brought);
        assert!(matches!(refused, Err(Refusal::Claims(_) | Refusal::Code(_))), "{what}: {refused:?}");
    }
}

#[test]
fn answers_that_belong_elsewhere_are_refused() {
    let mutations: [(&str, Brought, Refusal); 4] = [
        ("the state of another browser", |visit, _| visit.state = "b".repeat(64), Refusal::State),
        ("no state", |visit, _| visit.state.clear(), Refusal::State),
        ("half a state", |visit, _| visit.state.truncate(32), Refusal::State),
        ("the answer of another provider", |_, issuer| *issuer = "https://evil.example".to_owned(), Refusal::Mixed),
    ];
    for (what, brought, refusal) in mutations {
        assert_eq!(signed_in(json!({}), as_it_is, brought), Err(refusal), "{what}");
    }
    // The code of another browser does not fit this one's verifier, and one counts once.
    let provider = Provider::open();
    let (known, mine, other) = (known(&provider), Attempt::of("mine"), Attempt::of("another's"));
    let visit = provider.sign_in(&begin(&known, &other, BACK).unwrap(), NOW, json!({}));
    let brought = |state: &str| Return { code: visit.code.clone(), state: state.to_owned(), issuer: String::new() };
    let stolen = finish(&known, &mine, BACK, &brought(&mine.state), at(NOW));
    assert!(matches!(stolen, Err(Refusal::Code(_))), "{stolen:?}");
    provider.sign_in(&begin(&known, &mine, BACK).unwrap(), NOW, json!({}));
    finish(&known, &mine, BACK, &brought(&mine.state), at(NOW)).unwrap();
    let again = finish(&known, &mine, BACK, &brought(&mine.state), at(NOW));
    assert!(matches!(again, Err(Refusal::Code(_))), "{again:?}");
}

// V-13
#[test]
fn a_provider_that_answers_badly_is_refused() {
    let mutations: [(&str, Spoil); 6] = [
        ("an error", |says| says.answer = Some(("400 Bad Request", json!({ "error": "invalid_grant" }).to_string()))),
        ("nothing about the person", |says| {
            let said = json!({ "access_token": "a", "token_type": "Bearer" });
            says.answer = Some(("200 OK", said.to_string()));
        }),
        ("elsewhere", |says| says.answer = Some(("302 Found", String::new()))),
        ("words without end", |says| says.answer = Some(("200 OK", "x".repeat(1024 * 1024 + 1)))),
        ("another issuer in its own description", |says| {
            says.discovery = Some(json!({ "issuer": "https://evil.example" }));
        }),
        ("no place for its keys", |says| says.discovery = Some(json!({ "jwks_uri": null }))),
    ];
    for (what, spoil) in mutations {
        assert!(signed_in(json!({}), spoil, as_brought).is_err(), "{what}");
    }
    let nobody = Known {
        issuer: "http://127.0.0.1:9".to_owned(),
        client_id: "duology".to_owned(),
        client_secret: "a".to_owned(),
    };
    assert!(matches!(begin(&nobody, &Attempt::of("mine"), BACK), Err(Refusal::Provider(_))));
}
