//! Journeys through the program's own pages, each on both databases.

use policy::Role;
use testing::House;

testing::on_both_databases! {
    crate::doors(); crate::jobs;
    the_programs_pages_are_open_to_all
    the_committee_edits_a_page_and_a_second_editor_loses_nothing
    what_is_too_long_is_refused_with_the_number_of_characters
    the_chair_changes_a_date_and_is_told_what_contradicts_itself
    next_years_cohort_is_begun_from_this_one_with_all_dates_moved
    a_draft_is_not_seen_by_strangers
    a_cohort_closes_after_its_follow_up_session
    only_the_chair_runs_the_program
}

// Stage 0: what mentoring means here, open to all, with the cohort's own dates in it.
fn the_programs_pages_are_open_to_all(house: &House) {
    house.get_as_stranger("/about").is_ok().says("Library Association");
    for text in crate::preset::texts("pages") {
        let page = house.get_as_stranger(&format!("/about/{}", text.name)).is_ok();
        assert!(!page.body.contains("{{"), "{} has a blank: {}", text.name, page.text());
    }
    house.get_as_stranger("/calendar").is_ok().says("Orientation").says("27 Jun 2026").says("Follow-up session");
    assert_eq!(house.get_as_stranger("/about/no-such-page").status, 404);
}

fn the_committee_edits_a_page_and_a_second_editor_loses_nothing(house: &House) {
    house.role("cora", Role::Chair);
    house.role("dan", Role::Deputy);
    let fields = |body| [("version", "0"), ("title", "Benefits"), ("lead", ""), ("body", body)];
    house.post("cora", "/about/benefits/edit", &fields("New eyes on old work.")).leads_to();
    house.get_as_stranger("/about/benefits").is_ok().says("New eyes on old work.");
    let late = house.post("dan", "/about/benefits/edit", &fields("Something else."));
    assert_eq!(late.status, 409);
    let late = late.says("Somebody else saved this page meanwhile");
    assert!(late.body.contains("Something else.") && late.body.contains("New eyes on old work."));
    let empty = house.post("dan", "/about/benefits/edit", &[("version", "1"), ("title", ""), ("body", "")]);
    assert_eq!(empty.status, 422);
    empty.says("A page needs a title.");
}

// SET3
fn the_chair_changes_a_date_and_is_told_what_contradicts_itself(house: &House) {
    house.role("cora", Role::Chair);
    let cohort = house.cohort;
    let path = format!("/cohorts/{cohort}/calendar/edit");
    let days: Vec<(String, String)> = house.read(move |tx| {
        let cohort = crate::the_cohort(tx, cohort)?;
        Ok(crate::calendar::of(tx, &cohort)?
            .all()
            .into_iter()
            .map(|(step, day)| (step.key.clone(), day.to_string()))
            .collect())
    });
    let with = |step: &str, day: &str| -> Vec<(String, String)> {
        days.iter().map(|(key, old)| (key.clone(), if key == step { day.to_owned() } else { old.clone() })).collect()
    };
    let send = |fields: Vec<(String, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        house.post("cora", &path, &fields)
    };
    let refused = send(with("directory_closes", "2026-04-01"));
    assert_eq!(refused.status, 422);
    refused.says("Choosing a mentor ends before it begins");
    assert_eq!(send(with("directory_closes", "soon")).status, 422);
    send(with("directory_closes", "2026-06-03")).leads_to();
    house.get_as_stranger("/calendar").is_ok().says("3 Jun 2026");
    house.post("cora", &format!("/cohorts/{cohort}/calendar/rules"), &[]).leads_to();
    house.get_as_stranger("/calendar").is_ok().says("1 Jun 2026");
}

fn what_is_too_long_is_refused_with_the_number_of_characters(house: &House) {
    house.role("cora", Role::Chair);
    let long = "x".repeat(121);
    let settings = [
        ("association", long.as_str()),
        ("name", "Mentoring"),
        ("reply_address", "mentoring@example.org"),
        ("zone", "America/Chicago"),
    ];
    let refused = house.post("cora", "/program", &settings);
    assert_eq!(refused.status, 422);
    refused.says("Please shorten this by 1: up to 120 characters fit here.");
    let page = [("title", long.as_str()), ("body", "A text"), ("version", "0")];
    assert_eq!(house.post("cora", "/about/mentoring/edit", &page).status, 422);
    let path = format!("/cohorts/{}/successor", house.cohort);
    let next = [("name", long.as_str()), ("annual_meeting", "2027-06-24"), ("places", "25")];
    assert_eq!(house.post("cora", &path, &next).status, 422);
}

// SET1
fn next_years_cohort_is_begun_from_this_one_with_all_dates_moved(house: &House) {
    house.role("cora", Role::Chair);
    let path = format!("/cohorts/{}/successor", house.cohort);
    assert!(house.get("cora", &path).is_ok().body.contains("2027–28"));
    let earlier = house.post("cora", &path, &[("name", "x"), ("annual_meeting", "2025-06-26"), ("places", "25")]);
    assert_eq!(earlier.status, 422);
    let twice = house.post("cora", &path, &[("name", "2026–27"), ("annual_meeting", "2027-06-24"), ("places", "25")]);
    assert_eq!(twice.status, 422);
    twice.says("There is a cohort 2026–27 already");
    let to = house
        .post("cora", &path, &[("name", "2027–28"), ("annual_meeting", "2027-06-24"), ("places", "30")])
        .leads_to();
    house.get("cora", &to).is_ok().says("26 Jun 2027").says("This cohort is a draft").says("30 Apr 2028");
}

// SET2
fn a_draft_is_not_seen_by_strangers(house: &House) {
    house.role("cora", Role::Chair);
    let path = format!("/cohorts/{}/successor", house.cohort);
    let to = house
        .post("cora", &path, &[("name", "2027–28"), ("annual_meeting", "2027-06-24"), ("places", "30")])
        .leads_to();
    house.get_as_stranger("/calendar").is_ok().does_not_say("2027–28");
    let opening = to.replace("/calendar", "/opening");
    house.post("cora", &opening, &[]).leads_to();
    house.get_as_stranger("/calendar").is_ok().says("2027–28");
}

// END4
fn a_cohort_closes_after_its_follow_up_session(house: &House) {
    let cohort = house.cohort;
    let state = || house.read(move |tx| Ok(crate::the_cohort(tx, cohort)?.state));
    house.at("2027-06-26T20:00:00Z");
    house.run_jobs();
    assert_eq!(state(), "open");
    house.at("2027-06-27T12:00:00Z");
    house.run_jobs();
    assert_eq!(state(), "closed");
    assert_eq!(house.run_jobs(), 0);
}

fn only_the_chair_runs_the_program(house: &House) {
    house.role("lea", Role::Liaison);
    house.person("paul");
    for path in ["/program", &format!("/cohorts/{}/calendar/edit", house.cohort)] {
        assert_eq!(house.get("lea", path).status, 404, "{path}");
        assert_eq!(house.get("paul", path).status, 404, "{path}");
        assert_eq!(house.get_as_stranger(path).status, 303, "{path}");
    }
    house.get("lea", "/cohorts").is_ok();
    assert_eq!(house.post_as_stranger("/program", &[]).status, 303);
}
