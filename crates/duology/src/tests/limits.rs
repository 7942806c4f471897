//! How often may be tried, whatever the tries come from, and however many processes answer.
//! V-15

use axum::{
    body::Body,
    http::{Request, header},
};
use jiff::SignedDuration;
use platform::{identity, network::Range, passwords, sign_in::MOST_TRIES_OF_ACCOUNT, tries};
use testing::{Answer, House};

testing::on_both_databases! {
    crate::house::doors(); crate::house::jobs;
    ten_thousand_forged_addresses_are_one_place
    ten_thousand_places_try_a_hundred_passwords
    two_processes_count_together_and_a_start_forgets_nothing
    of_many_at_once_no_more_slip_through
    what_counts_no_more_is_not_kept
}

const PASSWORD: &str = "seventeen loud lanterns";
const TURNS: usize = 10_000;

fn with_anna(house: &House) {
    let account = house.person("anna");
    let cost = house.app.config.cost;
    let hash = passwords::hash(PASSWORD, &[7; 16], cost).unwrap();
    house.write(move |tx| Ok(identity::set_password(tx, account, &hash)?));
}

/// A house that believes what the proxy before it says.
fn trusting(house: &House) {
    house.configure(|config| config.trusted_proxies = vec![Range::parse("127.0.0.1").unwrap()]);
}

fn try_it(house: &House, turn: usize, password: &str) -> Answer {
    let body = format!("email=anna%40example.org&password={}", password.replace(' ', "+"));
    let place = format!("2001:db8:{:x}:{:x}::1", turn / 65_536, turn % 65_536);
    let request = Request::post("/sign-in")
        .header(header::HOST, "duology.test")
        .header("sec-fetch-site", "same-origin")
        .header("x-forwarded-for", place)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    house.send(request.body(Body::from(body)).unwrap())
}

/// Whether a password was looked at, and not refused unseen.
fn was_judged(answer: &Answer) -> bool {
    let (judged, refused) = (answer.body.contains("do not belong together"), answer.body.contains("too many tries"));
    assert!(judged != refused, "{} {}", answer.status, answer.text());
    judged
}

fn ten_thousand_forged_addresses_are_one_place(house: &House) {
    with_anna(house);
    let judged = (0..TURNS).filter(|turn| was_judged(&try_it(house, *turn, "wrong"))).count();
    assert_eq!(judged, 10);
}

fn ten_thousand_places_try_a_hundred_passwords(house: &House) {
    with_anna(house);
    trusting(house);
    let judged = (0..TURNS).filter(|turn| was_judged(&try_it(house, *turn, "wrong"))).count();
    assert_eq!(judged, MOST_TRIES_OF_ACCOUNT);
    assert!(!was_judged(&try_it(house, TURNS, PASSWORD)));
    house.app.db.ground.clock.advance(SignedDuration::from_mins(15));
    try_it(house, TURNS + 1, PASSWORD).leads_to();
}

fn two_processes_count_together_and_a_start_forgets_nothing(house: &House) {
    with_anna(house);
    let other = house.beside();
    trusting(house);
    trusting(&other);
    let judged = (0..400).filter(|turn| {
        let process = if turn % 2 == 0 { house } else { &other };
        was_judged(&try_it(process, *turn, "wrong"))
    });
    assert_eq!(judged.count(), MOST_TRIES_OF_ACCOUNT);
    let started_anew = house.beside();
    trusting(&started_anew);
    assert!(!was_judged(&try_it(&started_anew, 500, PASSWORD)), "a start forgets");
    house.app.db.ground.clock.advance(SignedDuration::from_mins(15));
    try_it(&started_anew, 501, PASSWORD).leads_to();
    // What was right counts for nothing.
    for turn in 0..MOST_TRIES_OF_ACCOUNT * 2 {
        try_it(&started_anew, 600 + turn, PASSWORD).leads_to();
    }
}

fn of_many_at_once_no_more_slip_through(house: &House) {
    let (here, there) = (house.app.db.clone(), house.beside());
    let lasts = SignedDuration::from_mins(10);
    let count = |db: &platform::storage::Db| (0..20).filter(|_| tries::count(db, "a code", 5, lasts).unwrap()).count();
    let taken: usize = std::thread::scope(|scope| {
        let both = [&here, &there.app.db].into_iter().cycle().take(4);
        let threads: Vec<_> = both.map(|db| scope.spawn(move || count(db))).collect();
        threads.into_iter().map(|it| it.join().unwrap()).sum()
    });
    assert_eq!(taken, 5);
    assert!(tries::count(&here, "another code", 5, lasts).unwrap());
}

fn what_counts_no_more_is_not_kept(house: &House) {
    with_anna(house);
    was_judged(&try_it(house, 0, "wrong"));
    let kept = |house: &House| house.contents(&[])["tries"].clone();
    assert!(!kept(house).is_empty());
    assert!(!kept(house).contains("anna"));
    house.run_jobs();
    assert!(!kept(house).is_empty(), "a job lets go too early");
    house.app.db.ground.clock.advance(SignedDuration::from_mins(15));
    house.run_jobs();
    assert_eq!(kept(house), "");
}
