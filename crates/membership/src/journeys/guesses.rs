//! A million guesses of a code: how many of them are ever compared with the right one, and
//! how likely it is that one fits. V-15

use jiff::SignedDuration;
use platform::ids::Id;
use testing::{Answer, House};

use super::factors::{PASSWORD, code_of, first_step, second_step, set_up, with_password};
use crate::factors::{self, code};

/// As many as there are codes of six digits.
const GUESSES: usize = 1_000_000;
/// Codes of an app that are right at a time: the one of now, and its neighbours.
const RIGHT_AT_A_TIME: f64 = 3.0;

testing::on_both_databases! {
    crate::doors(); crate::jobs;
    a_million_guesses_at_once_are_compared_ten_times
    a_million_guesses_in_weeks_are_compared_a_hundred_times
    whoever_guesses_from_everywhere_gets_no_further
    a_hundred_wrong_codes_end_the_app_and_a_recovery_code_still_opens
    right_codes_forget_the_wrong_ones_before_them
}

fn wait(house: &House, minutes: i64) {
    house.app.db.ground.clock.advance(SignedDuration::from_mins(minutes));
}

/// Whether the next guess is compared.
fn is_compared(house: &House, account: Id, typed: &str) -> bool {
    code::count(&house.app, account, typed).refusal.is_none()
}

// V-15
fn a_million_guesses_at_once_are_compared_ten_times(house: &House) {
    with_password(house, "anna", PASSWORD);
    set_up(house, "anna");
    let anna = house.person("anna");
    let of_app = (0..GUESSES).filter(|guess| is_compared(house, anna, &format!("{guess:06}"))).count();
    assert_eq!(of_app, 10);
    wait(house, 16);
    let recovery = "abcd-efgh-jkmn-pqrs";
    assert_eq!((0..GUESSES).filter(|_| is_compared(house, anna, recovery)).count(), 10);
}

// V-15: a guess a second, for eleven days and a half, by somebody who knows the password.
fn a_million_guesses_in_weeks_are_compared_a_hundred_times(house: &House) {
    with_password(house, "anna", PASSWORD);
    set_up(house, "anna");
    let anna = house.person("anna");
    let mut compared = 0_usize;
    for guess in 0..GUESSES {
        house.app.db.ground.clock.advance(SignedDuration::from_secs(1));
        compared += usize::from(is_compared(house, anna, &format!("{guess:06}")));
    }
    assert_eq!(compared, 100);
    let probability = 1.0 - (1.0 - RIGHT_AT_A_TIME / 1e6).powi(i32::try_from(compared).unwrap());
    assert!(probability < 1.0 / 3_000.0, "one guess fits with a probability of {probability}");
}

fn guess_from(house: &House, number: usize, step: &str, typed: &str) -> Answer {
    let (one, other) = (number / 250 % 250, number % 250);
    let request = axum::http::Request::post("/sign-in/code")
        .header("host", "duology.test")
        .header("x-forwarded-for", format!("203.0.{one}.{other}, 198.51.{other}.{one}"))
        .header("forwarded", format!("for=192.0.{one}.{other}"))
        .header("cookie", format!("step={step}"))
        .header("content-type", "application/x-www-form-urlencoded");
    house.send(request.body(axum::body::Body::from(format!("code={typed}"))).unwrap())
}

// V-15: the same through the door, with addresses that are forged, and with many real ones
// behind a proxy that is trusted.
fn whoever_guesses_from_everywhere_gets_no_further(house: &House) {
    with_password(house, "anna", PASSWORD);
    let (secret, _) = set_up(house, "anna");
    let anna = house.person("anna");
    for is_trusted in [false, true] {
        if is_trusted {
            let proxies = platform::network::Range::parse("127.0.0.1").into_iter().collect();
            house.configure(|config| config.trusted_proxies = proxies);
        }
        wait(house, 16);
        let mut compared = 0;
        for number in 0..300 {
            // Each step has five tries; whoever has the password begins a new one.
            let step = house.write(move |tx| factors::begin_step(tx, code::PURPOSE, Some(anna), ""));
            for _ in 0..2 {
                let answer = guess_from(house, number, &step, "000000");
                assert_eq!(answer.status, 422);
                compared += usize::from(answer.text().contains("does not fit"));
            }
        }
        assert_eq!(compared, 10);
        let step = first_step(house, "anna");
        assert_eq!(second_step(house, &step, &code_of(house, &secret)).says("too many tries").status, 422);
    }
}

// V-15
fn a_hundred_wrong_codes_end_the_app_and_a_recovery_code_still_opens(house: &House) {
    with_password(house, "anna", PASSWORD);
    let (secret, codes) = set_up(house, "anna");
    let anna = house.person("anna");
    for _ in 0..10 {
        wait(house, 16);
        assert!((0..10).all(|_| is_compared(house, anna, "000000")));
    }
    for days in [0, 1, 400] {
        house.days(days);
        wait(house, 16);
        let step = first_step(house, "anna");
        second_step(house, &step, &code_of(house, &secret)).says("no longer count").says("recovery codes");
    }
    wait(house, 16);
    let step = first_step(house, "anna");
    second_step(house, &step, &codes[0]).leads_to();
    // Two factors were shown, so the app counts again.
    wait(house, 16);
    let step = first_step(house, "anna");
    second_step(house, &step, &code_of(house, &secret)).leads_to();
}

fn right_codes_forget_the_wrong_ones_before_them(house: &House) {
    with_password(house, "anna", PASSWORD);
    let (secret, _) = set_up(house, "anna");
    for _ in 0..30 {
        wait(house, 16);
        let step = first_step(house, "anna");
        for _ in 0..4 {
            second_step(house, &step, "000000").says("does not fit");
        }
        second_step(house, &step, &code_of(house, &secret)).leads_to();
    }
}
