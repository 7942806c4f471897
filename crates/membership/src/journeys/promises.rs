use jiff::civil::date;
use platform::prelude::*;
use policy::{Action, Role};
use testing::House;

testing::on_both_databases! {
    super::doors(); crate::jobs;
    a_promise_is_reminded_of_twice_while_it_is_open
    a_promise_is_kept_when_the_roster_says_so
    whoever_changed_their_mind_or_left_is_not_reminded
    a_mind_that_was_changed_may_be_changed_again_and_a_membership_counts
    what_is_next_for_participants_and_for_the_office
}

/// The home page belongs to the house; here it only names what this room has to say.
fn doors() -> Doors {
    crate::doors().get("/", Action::ReadHome, |tx, visit| {
        let titles: Vec<String> = crate::next_steps(tx, visit)?.into_iter().map(|it| it.title).collect();
        Ok(Reply::page("Home", html! { "[" (titles.join(", ")) "]" }))
    })
}

const LIST: &str = "member number,name,email\n5,Mona Martinez,mona@example.org\n";

fn promised(house: &House) -> Id {
    let (mona, cohort) = (house.role_in_cohort("mona", Role::Applicant), house.cohort);
    house.write(move |tx| crate::promise(tx, mona, cohort, date(2026, 6, 27)));
    mona
}

// ELG4
fn a_promise_is_reminded_of_twice_while_it_is_open(house: &House) {
    let (mona, clara) = (promised(house), house.role("clara", Role::Chair));
    assert_eq!(house.run_jobs(), 0);
    house.at("2026-05-28T10:00:00Z");
    assert_eq!(house.run_jobs(), 0, "it is before nine in Chicago");
    house.at("2026-05-28T14:00:00Z");
    house.run_jobs();
    house.run_jobs();
    assert_eq!(house.letter_names_to("mona"), ["promise_reminder"]);
    let letter = &house.letters_to("mona")[0];
    assert!(letter.text.contains("Saturday 27 June 2026"), "{}", letter.text);
    assert_eq!(house.link_in(letter), "/my-membership");
    house.at("2026-06-20T14:00:00Z");
    house.run_jobs();
    house.at("2026-06-29T14:00:00Z");
    house.run_jobs();
    assert_eq!(house.letters_to("mona").len(), 2);

    // Months have passed, and sign-ins end after thirty days.
    house.sign_in("mona", mona);
    house.sign_in("clara", clara);
    let answer = house.post("mona", "/my-membership", &[("answer", "time"), ("note", "My office pays in July.")]);
    assert_eq!(answer.leads_to(), "/my-membership");
    house.write(|tx| crate::import_roster(tx, "name,member number\nZed Young,1\n")).unwrap();
    house.get("clara", "/roster").is_ok().says("Mona Martinez").says("needs more time").says("pays in July");
    let cohort = house.cohort;
    assert_eq!(house.read(move |tx| crate::promises::open_promises(tx, &policy::house(), cohort)).len(), 1);
}

fn a_promise_is_kept_when_the_roster_says_so(house: &House) {
    let (mona, cohort) = (promised(house), house.cohort);
    house.get("mona", "/my-membership").is_ok().says("You promised to be a member").says("does not have you");
    let wrong = house.post("mona", "/my-membership", &[("answer", "joined"), ("member_number", "")]);
    assert_eq!(wrong.says("Enter the member number").status, 422);
    house.post("mona", "/my-membership", &[("answer", "joined"), ("member_number", "5")]).leads_to();
    assert_eq!(
        house.read(move |tx| crate::promises::open_promises(tx, &policy::house(), cohort)).len(),
        1,
        "a typed number alone keeps no promise"
    );
    house.write(|tx| crate::import_roster(tx, LIST)).unwrap();
    assert_eq!(house.read(move |tx| crate::promises::open_promises(tx, &policy::house(), cohort)).len(), 0);
    assert!(house.read(move |tx| Ok(journal::has(tx, "promise kept", mona)?)));
    house.at("2026-06-20T14:00:00Z");
    assert_eq!(house.run_jobs(), 0);
    assert_eq!(house.letters().len(), 0);
    house.sign_in("mona", mona);
    house.get("mona", "/my-membership").is_ok().says("in good standing").does_not_say("How does it stand?");
}

fn whoever_changed_their_mind_or_left_is_not_reminded(house: &House) {
    promised(house);
    let (nora, cohort) = (house.role_in_cohort("nora", Role::Applicant), house.cohort);
    house.write(move |tx| {
        crate::promise(tx, nora, cohort, date(2026, 6, 27))?;
        program::leave(tx, nora, cohort, Role::Applicant)
    });
    house.post("mona", "/my-membership", &[("answer", "changed")]).leads_to();
    house.at("2026-05-29T14:00:00Z");
    assert_eq!(house.run_jobs(), 0);
    assert_eq!(house.letters().len(), 0);
    assert_eq!(house.read(move |tx| crate::promises::open_promises(tx, &policy::house(), cohort)).len(), 1);
}

// ELG4
fn a_mind_that_was_changed_may_be_changed_again_and_a_membership_counts(house: &House) {
    let (mona, cohort) = (promised(house), house.cohort);
    let said = move |house: &House| {
        house.read(move |tx| Ok(crate::promises::open_promises(tx, &policy::house(), cohort)?.remove(0).answer))
    };
    house.post("mona", "/my-membership", &[("answer", "changed")]).leads_to();
    assert_eq!(said(house), "changed");
    house.post("mona", "/my-membership", &[("answer", "time")]).leads_to();
    assert_eq!(said(house), "time");
    house.post("mona", "/my-membership", &[("answer", "changed")]).leads_to();
    house.write(|tx| crate::import_roster(tx, LIST)).unwrap();
    assert_eq!(house.read(move |tx| crate::promises::open_promises(tx, &policy::house(), cohort)).len(), 0);
    assert!(house.read(move |tx| Ok(journal::has(tx, "promise kept", mona)?)));
}

fn what_is_next_for_participants_and_for_the_office(house: &House) {
    promised(house);
    house.role("sven", Role::Staff);
    house.role("berta", Role::Board);
    let next = |who: &str| house.get(who, "/").is_ok();
    next("mona").says("[Tell us about your membership, Confirm your details]");
    next("sven").says("[Import the roster]");
    next("berta").says("[]");
    house.write(|tx| crate::import_roster(tx, LIST)).unwrap();
    house.post("mona", "/me", &[("name", "Mona Martinez"), ("employer", "State Library")]).leads_to();
    next("mona").says("[]");
    next("sven").says("[]");
}
