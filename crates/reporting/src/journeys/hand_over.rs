//! The chair passes from one person to another.

use platform::{doors::Doors, identity, ids::Id};
use policy::Role;
use testing::{Answer, House};

testing::on_both_databases! {
    crate::journeys::hand_over::doors(); crate::jobs;
    the_chair_passes_on_the_day_and_no_day_is_without_one
    a_late_yes_keeps_the_old_chair_until_then
    a_hand_over_that_is_called_off_leaves_everything_as_it_was
    the_last_chair_stays_while_the_successor_has_not_begun
    the_office_helps_where_a_chair_is_gone_and_the_chair_is_told
    what_is_refused_keeps_what_was_typed
    handing_over_asks_again_for_the_password
    what_waits_stands_on_the_page
    a_term_that_runs_out_is_said_in_time
}

const PATH: &str = "/committee/hand-over";
const PASSWORD: &str = "rivers run north";

pub(super) fn doors() -> Doors {
    crate::doors().merge(membership::doors())
}

fn ask(house: &House, who: &str, email: &str, begins: &str) -> Answer {
    let fields = [("email", email), ("name", "Nora Nakamura"), ("begins", begins), ("words", "You will do well.")];
    house.post(who, PATH, &fields)
}

fn says_yes(house: &House, who: &str) {
    let letter = house.letters_to(who).into_iter().rev().find(|it| it.letter == "chair_offered").expect("an offer");
    let fields = [("password", PASSWORD), ("repeated", PASSWORD)];
    house.post_as_stranger(&house.link_in(&letter), &fields).leads_to();
    let address = format!("{who}@example.org");
    let account = house.read(move |tx| Ok(identity::find_by_email(tx, &address)?)).expect("an account").id;
    house.sign_in(who, account);
}

fn is_chair(house: &House, who: &str) -> bool {
    let person = house.person(who);
    house.read(move |tx| Ok(program::subject(tx, person)?)).holds(Role::Chair)
}

/// Everybody signs in anew: a sign-in does not last as long as the clock is moved.
fn on(house: &House, day: &str, who: &[&str]) {
    house.at(&format!("{day}T12:00:00Z"));
    for who in who {
        house.sign_in(who, house.person(who));
    }
}

fn chairs_membership(house: &House, who: &str) -> Id {
    let person = house.person(who);
    let held = house.read(move |tx| program::memberships::of_person(tx, person));
    held.into_iter().find(|it| it.role() == Some(Role::Chair) && it.status != "ended").expect("a chair").id
}

fn the_chair_passes_on_the_day_and_no_day_is_without_one(house: &House) {
    house.role("clara", Role::Chair);
    house.role_in_cohort("clara", Role::Mentor);
    house.get("clara", "/committee").is_ok().says("Hand over the chair");
    house.get("clara", PATH).is_ok().says("Who takes over").says("Mentor, cohort").says("What the successor gets");
    assert_eq!(ask(house, "clara", "nora@example.org", "2026-03-01").leads_to(), PATH);
    house.get("clara", PATH).is_ok().says("Nora Nakamura is asked").says("Waiting for a yes").does_not_say("Ask them");
    let letter = &house.letters_to("nora")[0];
    assert!(
        letter.text.contains("“You will do well.”") && letter.text.contains("Sunday 1 March 2026"),
        "{}",
        letter.text
    );
    assert!(letter.text.contains("Clara"), "the one who goes is named: {}", letter.text);

    says_yes(house, "nora");
    assert_eq!(house.letter_names_to("clara"), ["chair_handed_over"]);
    let told = &house.letters_to("clara")[0].text;
    assert!(told.contains("to the end of Saturday 28 February 2026"), "{told}");
    house.get("clara", PATH).is_ok().says("Said yes").says("you are chair to the end of Saturday 28 February 2026");
    house.get("clara", "/committee").is_ok().says("Begins later");
    on(house, "2026-02-28", &["clara", "nora"]);
    assert!(is_chair(house, "clara") && !is_chair(house, "nora"));
    on(house, "2026-03-01", &["clara", "nora"]);
    assert!(!is_chair(house, "clara") && is_chair(house, "nora"));
    assert_eq!(house.get("clara", "/committee").status, 404);
    house.get("nora", "/committee").is_ok().says("Appoint somebody");
}

fn a_late_yes_keeps_the_old_chair_until_then(house: &House) {
    house.role("clara", Role::Chair);
    house.role("lena", Role::Liaison);
    let lena = house.person("lena").to_string();
    let fields = [("person", lena.as_str()), ("begins", "2026-02-25")];
    assert_eq!(house.post("clara", PATH, &fields).leads_to(), PATH);
    on(house, "2026-03-02", &["clara", "lena"]);
    assert!(is_chair(house, "clara") && !is_chair(house, "lena"), "nothing changes before the yes");
    says_yes(house, "lena");
    assert!(!is_chair(house, "clara") && is_chair(house, "lena"));
    let clara = house.person("clara");
    let held = house.read(move |tx| program::memberships::of_person(tx, clara));
    let ended = held.iter().find(|it| it.role() == Some(Role::Chair)).unwrap();
    assert_eq!(
        (ended.status.as_str(), ended.until),
        ("ended", Some(jiff::civil::date(2026, 3, 2))),
        "the term says when"
    );
    let lena = house.person("lena");
    assert!(house.read(move |tx| Ok(program::subject(tx, lena)?)).holds(Role::Liaison), "other roles stay");
}

fn a_hand_over_that_is_called_off_leaves_everything_as_it_was(house: &House) {
    house.role("clara", Role::Chair);
    house.person("nora");
    for accepted in [false, true] {
        ask(house, "clara", "nora@example.org", "2026-03-01").leads_to();
        if accepted {
            says_yes(house, "nora");
        }
        let path = format!("/committee/members/{}/end", chairs_membership(house, "nora"));
        let page = house.get("clara", PATH).is_ok();
        assert!(page.body.contains(&path), "the page calls it off");
        house.post("clara", &path, &[]).leads_to();
        house.get("clara", PATH).is_ok().says("Ask them to take over");
    }
    on(house, "2026-03-02", &["clara", "nora"]);
    assert!(is_chair(house, "clara") && !is_chair(house, "nora"));
    let clara = chairs_membership(house, "clara");
    let term = house.read(move |tx| program::memberships::find(tx, clara)).expect("a term");
    assert_eq!((term.status.as_str(), term.until), ("confirmed", None));
}

fn the_last_chair_stays_while_the_successor_has_not_begun(house: &House) {
    house.role("clara", Role::Chair);
    house.role("dora", Role::Deputy);
    ask(house, "clara", "nora@example.org", "2026-03-01").leads_to();
    says_yes(house, "nora");
    let end = format!("/committee/members/{}/end", chairs_membership(house, "clara"));
    assert_eq!(house.post("dora", &end, &[]).says("This is the last chair.").status, 422);
    for who in ["clara", "nora"] {
        let close = format!("/accounts/{}/closing", house.person(who));
        assert_eq!(
            house.post("dora", &close, &[("reason", "She left.")]).says("nobody would be chair").status,
            422,
            "{who}"
        );
    }
}

fn the_office_helps_where_a_chair_is_gone_and_the_chair_is_told(house: &House) {
    house.role("clara", Role::Chair);
    for (who, role) in [("sven", Role::Staff), ("lena", Role::Liaison), ("mia", Role::Council), ("berta", Role::Board)]
    {
        house.role(who, role);
    }
    for who in ["lena", "mia", "berta"] {
        assert_eq!(house.get(who, PATH).status, 404, "{who}");
        assert_eq!(ask(house, who, "nora@example.org", "2026-03-01").status, 404, "{who}");
    }
    house.get("sven", "/committee").is_ok().says("Hand over the chair").does_not_say("Appoint somebody");
    house.get("sven", PATH).is_ok().says("the office opens none of it").does_not_say("Next steps");
    let own = ask(house, "sven", "sven@example.org", "2026-03-01");
    assert_eq!(own.says("Nobody asks themselves to be chair").status, 422);
    let soon = ask(house, "sven", "nora@example.org", "2026-02-26");
    assert_eq!(soon.says("Choose Friday 27 February 2026 or later").status, 422);
    let answer = ask(house, "sven", "nora@example.org", "2026-03-01");
    assert!(answer.leads_to().starts_with(PATH));
    // A chair has a week to call off what the office plans, and nobody asks themselves.
    assert_eq!(house.letter_names_to("clara"), ["chair_hand_over"]);
    assert!(house.letters_to("clara")[0].text.contains("has asked Nora Nakamura"));
    assert!(is_chair(house, "clara"));
}

fn what_is_refused_keeps_what_was_typed(house: &House) {
    house.role("clara", Role::Chair);
    let refused = |email: &str, begins: &str, words: &str| {
        let answer = ask(house, "clara", email, begins);
        assert_eq!(answer.status, 422, "{email} {begins}");
        assert!(answer.body.contains(&format!("value=\"{email}\"")) && answer.body.contains("You will do well."));
        answer.says(words);
    };
    refused("nora@example.org", "2026-02-19", "Choose today or a later day");
    refused("nora@example.org", "2027-03-01", "within a year");
    refused("clara@example.org", "2026-03-01", "is the one who hands over");
    refused("not an address", "2026-03-01", "such as ana@example.org");
    house.role("berta", Role::Chair);
    refused("berta@example.org", "2026-03-01", "is chair already");
    let (clara, berta) = (chairs_membership(house, "clara"), chairs_membership(house, "berta"));
    house.write(move |tx| {
        let until = Some(jiff::civil::date(2026, 3, 1));
        program::memberships::set_until(tx, clara, until)?;
        program::memberships::set_until(tx, berta, until)
    });
    refused("nora@example.org", "2026-03-03", "Choose Monday 2 March 2026 or earlier");
    assert_eq!(house.letters().len(), 0);
    ask(house, "clara", "nora@example.org", "2026-03-02").leads_to();
    let again = ask(house, "clara", "mia@example.org", "2026-03-02");
    assert_eq!(again.says("Take that back first").status, 422);
}

fn handing_over_asks_again_for_the_password(house: &House) {
    house.role("clara", Role::Chair);
    house.let_proof_grow_old("clara");
    let answer = ask(house, "clara", "nora@example.org", "2026-03-01");
    assert!(answer.to.starts_with("/sign-in/again"), "{} {}", answer.status, answer.to);
    assert_eq!(house.letters().len(), 0);
}

fn what_waits_stands_on_the_page(house: &House) {
    house.role("clara", Role::Chair);
    house.role("dora", Role::Deputy);
    let (cohort, due) = (house.cohort, jiff::civil::date(2026, 3, 1));
    house.write(move |tx| {
        let (title, once) = ("Call the printer about the certificates".to_owned(), "printer".to_owned());
        let words = String::new();
        let new = care::NewTask { cohort, duo: None, person: None, kind: "other", title, words, due, once };
        care::add_task(tx, &new).map(|_| ())
    });
    for who in ["clara", "dora"] {
        house.get(who, PATH).is_ok().says("Open tasks").says("Call the printer").says("Sunday 1 March 2026");
    }
}

fn a_term_that_runs_out_is_said_in_time(house: &House) {
    house.role("clara", Role::Chair);
    let steps = |house: &House| house.get("clara", PATH).is_ok().body.contains("Find the next chair");
    assert!(!steps(house), "a term without an end runs out never");
    let clara = chairs_membership(house, "clara");
    house.write(move |tx| program::memberships::set_until(tx, clara, Some(jiff::civil::date(2026, 3, 31))));
    assert!(steps(house));
    ask(house, "clara", "nora@example.org", "2026-04-01").leads_to();
    says_yes(house, "nora");
    assert!(!steps(house), "somebody comes after");
}
