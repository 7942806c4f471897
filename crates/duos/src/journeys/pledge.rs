use policy::Role;
use testing::House;

use super::marta_and_nils;

testing::on_both_databases! { crate::doors(); crate::jobs;
    both_sign_the_pledge_and_the_date_is_kept
    the_committee_signs_its_own_pledge
    who_has_not_signed_is_reminded_once
}

// ORI3
fn both_sign_the_pledge_and_the_date_is_kept(house: &House) {
    let duo = marta_and_nils(house);
    house.get("nils", "/pledge").is_ok().says("What my partner tells me stays with me");
    let unticked = house.post("nils", "/pledge", &[("pledge", "pledge")]);
    assert_eq!(unticked.status, 422);
    unticked.says("There is a problem").says("Tick the box to make this promise");
    let promise = [("pledge", "pledge"), ("promise", "yes")];
    house.post("nils", "/pledge", &promise).leads_to();
    house.get("nils", "/pledge").is_ok().says("You signed this on Friday 20 February 2026");
    let id = duo.id;
    assert_eq!(house.read(move |tx| crate::facts(tx, id)).pledges, 1);
    house.get("nils", &duo.path("")).is_ok().does_not_say("Two minutes: what you and everyone");
    // Signing again changes nothing, and the promise of the committee is not theirs.
    house.post("nils", "/pledge", &promise).leads_to();
    assert_eq!(house.read(move |tx| crate::facts(tx, id)).pledges, 1);
    assert_eq!(house.post("nils", "/pledge", &[("pledge", "pledge-committee"), ("promise", "yes")]).status, 404);
}

fn the_committee_signs_its_own_pledge(house: &House) {
    house.role("carla", Role::Chair);
    house.get("carla", "/pledge").is_ok().says("Pledge of the committee").does_not_say("What my partner tells me");
    house.get("carla", "/pledge").says("is seen by the chair").does_not_say("your partner and the chair");
    house.post("carla", "/pledge", &[("pledge", "pledge-committee"), ("promise", "yes")]).leads_to();
    house.get("carla", "/pledge").is_ok().says("You signed this on");
    // A chair who also mentors makes both promises.
    house.role_in_cohort("carla", Role::Mentor);
    house.get("carla", "/pledge").is_ok().says("Pledge of the committee").says("What my partner tells me");
}

fn who_has_not_signed_is_reminded_once(house: &House) {
    marta_and_nils(house);
    house.post("nils", "/pledge", &[("pledge", "pledge"), ("promise", "yes")]).leads_to();
    house.at("2026-06-12T15:00:00Z");
    house.run_jobs();
    assert_eq!(house.letter_names_to("marta"), ["duo_confirmed"]);
    house.at("2026-06-15T15:00:00Z");
    house.run_jobs();
    house.days(5);
    house.run_jobs();
    assert_eq!(house.letter_names_to("marta"), ["duo_confirmed", "pledge_due"]);
    assert_eq!(house.letter_names_to("nils"), ["duo_confirmed"]);
    assert_eq!(house.link_in(&house.letters_to("marta")[1]), "/pledge");
}
