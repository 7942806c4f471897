use testing::House;

use super::{marta_and_nils, times};

testing::on_both_databases! { crate::doors(); crate::jobs;
    both_write_and_both_confirm
    two_versions_at_once_are_both_shown_and_nothing_is_lost
    a_gap_is_named_before_it_is_confirmed
    a_change_after_confirming_is_confirmed_again_and_the_old_one_stays
    a_later_form_changes_no_agreement
    an_agreement_that_is_missing_is_asked_for_twice
    what_a_draft_says_wrongly_comes_back_as_it_was_typed
    the_liaison_sees_what_both_chose_and_no_more
}

/// Everything that must be in an agreement before it can be confirmed.
const WHOLE: &[(&str, &str)] = &[
    ("purpose", "To find the way into a leading post."),
    ("goal_1_title", "Lead a project of my own"),
    ("goal_1_why", "I have only ever followed."),
    ("every_weeks", "3"),
    ("minutes", "60"),
    ("by_way", "video"),
    ("who_invites", "the mentee"),
    ("date_1", "2026-07-10"),
    ("sharing", "only that the agreement exists"),
];

fn with<'a>(revision: &'a str, changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = WHOLE.iter().filter(|(key, _)| !changes.iter().any(|(it, _)| it == key));
    let mut fields: Vec<_> = kept.copied().collect();
    fields.extend(changes);
    fields.push(("revision", revision));
    fields
}

// AGR1, AGR4
fn both_write_and_both_confirm(house: &House) {
    let duo = marta_and_nils(house);
    house.get("marta", &duo.path("/agreement")).is_ok().says("Nothing is written yet");
    house.get("marta", &duo.path("/agreement/edit")).is_ok().says("In one sentence").says("Friday 30 April 2027");
    let at = house.post("marta", &duo.path("/agreement"), &with("0", &[])).leads_to();
    house
        .get("nils", &at)
        .is_ok()
        .says("To find the way into a leading post.")
        .says("Not yet confirmed by you and Marta");
    let sign = duo.path("/agreement/signature");
    house.post("nils", &sign, &[("revision", "1")]).leads_to();
    house.post("nils", &sign, &[("revision", "1")]).leads_to();
    assert_eq!(times(house, "agreement signed", duo.id), 0);
    house.get("nils", &duo.path("")).is_ok().says("You have confirmed it; Marta Martinez has not yet.");
    house.post("marta", &sign, &[("revision", "1")]).leads_to();
    house.post("marta", &sign, &[("revision", "1")]).leads_to();
    assert_eq!(times(house, "agreement signed", duo.id), 1);
    for who in ["marta", "nils"] {
        assert_eq!(house.letter_names_to(who), ["duo_confirmed", "agreement_signed"]);
        house.get(who, &at).is_ok().says("Your agreement stands.");
        assert!(!house.letters_to(who)[1].text.contains("leading post"));
    }
    // Once the duo is over nothing stands any more, and what was agreed can still be read.
    house.post("marta", &duo.path("/ending"), &[("reason", "no contact")]).leads_to();
    for who in ["marta", "nils"] {
        let page = house.get(who, &at).is_ok().says("It ended with your duo.").says("leading post");
        page.does_not_say("Your agreement stands.");
    }
    let id = duo.id;
    let facts = house.read(move |tx| crate::facts(tx, id));
    assert_eq!((facts.agreement_signed_at, facts.goals), (Some(house.now()), Some(1)));
    house.get("nils", &duo.path("/goals")).is_ok().says("I have only ever followed.");
}

// AGR1: conflicts are shown.
fn two_versions_at_once_are_both_shown_and_nothing_is_lost(house: &House) {
    let duo = marta_and_nils(house);
    let path = duo.path("/agreement");
    house.post("marta", &path, &with("0", &[("mentor_brings", "Twenty years of budgets.")])).leads_to();
    let late = house.post("nils", &path, &with("0", &[("mentee_brings", "Many questions.")]));
    assert_eq!(late.status, 409);
    let late =
        late.says("Twenty years of budgets.").says("Many questions.").says("Marta Martinez saved another version");
    assert!(late.body.contains("name=\"revision\" value=\"1\""));
    let both = [("mentor_brings", "Twenty years of budgets."), ("mentee_brings", "Many questions.")];
    house.post("nils", &path, &with("1", &both)).leads_to();
    house.get("marta", &path).is_ok().says("Twenty years of budgets.").says("Many questions.").says("Version 2");
    let sign = house.post("marta", &duo.path("/agreement/signature"), &[("revision", "1")]);
    assert_eq!(sign.status, 409);
    sign.says("read the newest version").says("Many questions.");
}

fn a_gap_is_named_before_it_is_confirmed(house: &House) {
    let duo = marta_and_nils(house);
    let sign = duo.path("/agreement/signature");
    assert_eq!(house.post("nils", &sign, &[("revision", "0")]).status, 422);
    house.post("nils", &duo.path("/agreement"), &[("purpose", "To learn."), ("revision", "0")]).leads_to();
    let refused = house.post("nils", &sign, &[("revision", "1")]);
    assert_eq!(refused.status, 422);
    refused.says("Before you confirm it, “The goal”");
    let id = duo.id;
    assert_eq!(house.read(move |tx| crate::facts(tx, id)).agreement_signed_at, None);
}

fn agreed(house: &House, duo: &crate::Duo, changes: &[(&str, &str)]) {
    house.post("marta", &duo.path("/agreement"), &with("0", changes)).leads_to();
    for who in ["marta", "nils"] {
        house.post(who, &duo.path("/agreement/signature"), &[("revision", "1")]).leads_to();
    }
}

// AGR5
fn a_change_after_confirming_is_confirmed_again_and_the_old_one_stays(house: &House) {
    let duo = marta_and_nils(house);
    agreed(house, &duo, &[]);
    let path = duo.path("/agreement");
    house.post("nils", &path, &with("1", &[("purpose", "To change the kind of library.")])).leads_to();
    house
        .get("marta", &path)
        .is_ok()
        .says("To change the kind of library.")
        .says("The version that holds until both have confirmed the new one")
        .says("To find the way into a leading post.");
    for who in ["marta", "nils"] {
        house.post(who, &duo.path("/agreement/signature"), &[("revision", "2")]).leads_to();
    }
    house.get("marta", &path).is_ok().says("Your agreement stands.").does_not_say("leading post");
    assert_eq!(house.letter_names_to("nils"), ["duo_confirmed", "agreement_signed", "agreement_signed"]);
}

// AGR5
fn a_later_form_changes_no_agreement(house: &House) {
    let duo = marta_and_nils(house);
    agreed(house, &duo, &[]);
    house.write(|tx| {
        let mut form = forms::current(tx, "agreement")?;
        form.sections[0].fields[0].label = "What is this for?".to_owned();
        forms::edit(tx, &form, None)
    });
    house.get("nils", &duo.path("/agreement")).is_ok().says("In one sentence").does_not_say("What is this for?");
    house.get("nils", &duo.path("/agreement/edit")).is_ok().says("What is this for?");
}

// AGR6
fn an_agreement_that_is_missing_is_asked_for_twice(house: &House) {
    marta_and_nils(house);
    let asked = || house.letter_names_to("nils").iter().filter(|it| *it == "agreement_due").count();
    for (moment, times) in [
        ("2026-07-09T20:00:00Z", 0),
        ("2026-07-10T12:00:00Z", 0),
        ("2026-07-10T15:00:00Z", 1),
        ("2026-07-15T15:00:00Z", 1),
        ("2026-07-16T15:00:00Z", 2),
        ("2026-09-16T15:00:00Z", 2),
    ] {
        house.at(moment);
        house.run_jobs();
        assert_eq!(asked(), times, "{moment}");
    }
}

fn what_a_draft_says_wrongly_comes_back_as_it_was_typed(house: &House) {
    let duo = marta_and_nils(house);
    let path = duo.path("/agreement");
    let wrong = house.post("nils", &path, &with("0", &[("date_1", "next week")]));
    assert_eq!(wrong.status, 422);
    let wrong = wrong.says("There is a problem").says("Please enter a day such as 2027-01-31.");
    assert!(wrong.body.contains("next week") && wrong.body.contains("To find the way into a leading post."));
    assert_eq!(house.post("nils", &path, &[("revision", "0")]).status, 422);
    house.get("nils", &path).is_ok().says("Nothing is written yet");
}

// AGR3, AGR4
fn the_liaison_sees_what_both_chose_and_no_more(house: &House) {
    let duo = marta_and_nils(house);
    let id = duo.id;
    let shared = || {
        house.read(move |tx| {
            let duo = crate::duo(tx, id)?.ok_or(platform::doors::Failure::NotFound)?;
            crate::agreements::shared(tx, &duo)
        })
    };
    agreed(house, &duo, &[]);
    assert_eq!(shared(), []);
    let path = duo.path("/agreement");
    let goals = house.get("nils", &duo.path("/goals")).is_ok().says("Your liaison does not see your goals now");
    assert!(goals.body.contains(&format!("href=\"{path}\"")), "{}", goals.body);
    house.post("nils", &path, &with("1", &[("sharing", "the goals’ titles")])).leads_to();
    assert_eq!(shared(), [], "not before both have confirmed it");
    for who in ["marta", "nils"] {
        house.post(who, &duo.path("/agreement/signature"), &[("revision", "2")]).leads_to();
    }
    assert_eq!(shared(), [("The goal".to_owned(), "Lead a project of my own".to_owned())]);
    house.get("marta", &duo.path("/goals")).is_ok().says("Your liaison now sees the titles of your goals");
}
