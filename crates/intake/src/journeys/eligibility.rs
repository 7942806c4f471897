use platform::journal;
use policy::Role;
use testing::House;

use super::World;

testing::on_both_databases! {
    crate::journeys::doors(); crate::jobs;
    the_rules_of_a_cohort_are_the_chairs_to_write
    an_override_has_a_reason_is_listed_and_ends
    good_standing_is_judged_for_the_day_that_is_said
}

const PRESET: &[(&str, &str)] = &[
    ("mentee_standing", "must"),
    ("mentee_promise", "yes"),
    ("mentee_first_year", "should"),
    ("mentee_not_before", "off"),
    ("mentee_category", "off"),
    ("mentor_standing", "must"),
    ("mentor_category", "off"),
    ("anyway", "yes"),
];

fn page(house: &House) -> String {
    format!("/cohorts/{}/eligibility", house.cohort)
}

fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = PRESET.to_vec();
    for change in changes {
        fields.retain(|(name, _)| name != &change.0);
        fields.push(*change);
    }
    fields
}

// ELG5
fn the_rules_of_a_cohort_are_the_chairs_to_write(house: &House) {
    house.role("clara", Role::Chair);
    house.role("sven", Role::Staff);
    house.role("lena", Role::Liaison);
    house.with_roster();
    let path = page(house);
    for who in ["sven", "lena"] {
        assert_eq!(house.get(who, &path).status, 404);
    }
    let shown = house.get("clara", &path).is_ok().says("Who may take part").says("The call has opened");
    assert!(shown.body.contains(r#"<option value="should" selected>"#), "{}", shown.body);
    house.person("berta");
    house.get("berta", "/apply/mentee").is_ok().says("you are eligible").says("meant for you first");

    let refused = house.post("clara", &path, &with(&[("anyway", "")])).says("Say that you change them all the same.");
    assert_eq!(refused.status, 422);
    let refused =
        house.post("clara", &path, &with(&[("mentee_category", "must")])).says("Name the kinds of membership");
    assert_eq!(refused.status, 422);
    let kinds = [("mentee_category", "must"), ("mentee_categories", "student, new")];
    house.post("clara", &path, &with(&kinds)).leads_to();
    house.post("berta", "/applications/mentee/draft", &[("me_member", "member")]).leads_to();
    let page = house.get("berta", "/apply/mentee").is_ok().says("for these kinds of membership: student, new");
    page.says("does not say which yours is").says("ask the office under My membership");
    house.get("clara", &path).is_ok().says("Who may take part");
    let cohort = house.cohort;
    assert!(house.read(move |tx| Ok(journal::has(tx, "eligibility rules changed", cohort)?)));
    house.post("clara", &path, &with(&[("mentee_standing", "off"), ("mentee_promise", "")])).leads_to();
    house.person("carla");
    house.get("carla", "/apply/mentee").is_ok().says("you are eligible").does_not_say("list of members:");
}

// ELG6
fn an_override_has_a_reason_is_listed_and_ends(house: &House) {
    let clara = house.role("clara", Role::Chair);
    house.with_roster();
    let (path, carla) = (page(house), house.person("carla"));
    house.get("carla", "/apply/mentor").is_ok();
    let add = format!("{path}/overrides");
    let refused = house.post("clara", &add, &[("email", "carla@example.org"), ("reason", "")]).says("Give the reason");
    assert_eq!(refused.status, 422);
    let refused =
        house.post("clara", &add, &[("email", "nobody@example.org"), ("reason", "x")]).says("Nobody has an account");
    assert_eq!(refused.status, 422);
    let refused = house
        .post("clara", &add, &[("email", "clara@example.org"), ("reason", "x")])
        .says("Nobody decides about what is their own.");
    assert_eq!(refused.status, 422);
    let reason = "Her membership is being moved from the sister association.";
    house.post("clara", &add, &[("email", "Carla@Example.org"), ("reason", reason)]).leads_to();
    house
        .get("carla", "/apply/mentor")
        .is_ok()
        .says("you are eligible")
        .says(&format!("The committee counts you as eligible: {reason}"));
    let shown = house.get("clara", &path).is_ok().says(reason).says("Clara Castillo, 20 Feb 2026");
    assert!(house.read(move |tx| Ok(
        journal::about(tx, carla)?.iter().any(|it| it.what == "counted as eligible" && it.done_by == Some(clara))
    )));
    let end = shown
        .body
        .split("action=\"")
        .filter_map(|it| it.split('"').next())
        .find(|it| it.ends_with("/end"))
        .unwrap()
        .to_owned();
    assert_eq!(house.post("carla", &end, &[]).status, 404);
    house.role("carla", Role::Chair);
    assert_eq!(house.post("carla", &end, &[]).says("Here Clara Castillo decides.").status, 422);
    house.post("clara", &end, &[]).leads_to();
    house.get("clara", &path).is_ok().says(reason).says("Ended by Clara Castillo");
    house.get("carla", "/apply/mentor").is_ok().does_not_say("The committee counts you");
    assert!(house.read(move |tx| Ok(journal::has(tx, "no longer counted as eligible", carla)?)));
}

// ELG5: judged for a day, and both days are said.
fn good_standing_is_judged_for_the_day_that_is_said(house: &House) {
    house.role("clara", Role::Chair);
    let list = "number,name,email,status,joined,expires\n7,Anna Anderson,anna@example.org,good,2019,2026-06-01\n";
    house.write(move |tx| membership::import_roster(tx, list)).unwrap();
    house.person("anna");
    house.get("anna", "/apply/mentee").is_ok().says("in good standing").says("Judged on 20 February 2026 by the");
    house.post("clara", &page(house), &with(&[("on", "2026-06-27")])).leads_to();
    house.get("anna", "/my-membership").is_ok().says("in good standing");
    let form = house.get("anna", "/apply/mentee").is_ok();
    form.does_not_say("You are a member of Library Association in good standing");
}
