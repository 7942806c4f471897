//! Journeys through the program's own pages, each on both databases.

use platform::prelude::*;
use policy::{Action, Role};
use testing::House;

testing::on_both_databases! {
    crate::journeys::doors(); crate::jobs;
    the_programs_pages_are_open_to_all
    no_public_page_has_a_blank_while_no_cohort_is_open
    what_is_not_known_of_the_program_is_left_out_and_the_chair_is_asked_for_it
    the_whole_calendar_is_taken_along_as_a_file
    a_cohort_whose_call_is_past_is_opened_only_with_a_tick
    the_chair_is_told_in_time_to_begin_the_next_cohort
    the_committee_edits_a_page_and_a_second_editor_loses_nothing
    what_is_too_long_is_refused_with_the_number_of_characters
    the_chair_changes_a_date_and_is_told_what_contradicts_itself
    next_years_cohort_is_begun_from_this_one_with_all_dates_moved
    a_draft_is_not_seen_by_strangers
    a_cohort_closes_after_its_follow_up_session
    only_the_chair_runs_the_program
}

/// This room, and what is next for whoever asks.
fn doors() -> Doors {
    crate::doors().get("/next", Action::ReadHome, next)
}

fn next(tx: &mut Tx, visit: &Visit) -> platform::doors::Answer {
    let steps = crate::next_steps(tx, visit)?;
    Ok(Reply::page(
        "Next",
        html! { main { @for step in steps { "«" (step.title) "» " (step.words) " " @if let Some(due) = step.due { (due) } } } },
    ))
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

/// Everything that a stranger reads here.
fn public_pages() -> Vec<String> {
    let pages = crate::preset::texts("pages").into_iter().map(|text| format!("/about/{}", text.name));
    pages.chain(["/about", "/help", "/confidentiality", "/calendar"].map(str::to_owned)).collect()
}

fn has_no_blanks(house: &House) {
    for path in public_pages() {
        let page = house.get_as_stranger(&path).is_ok();
        assert!(!page.body.contains("{{") && !page.body.contains("}}"), "{path} has a blank: {}", page.text());
    }
}

fn no_public_page_has_a_blank_while_no_cohort_is_open(house: &House) {
    has_no_blanks(house);
    house.get_as_stranger("/about/mentees").is_ok().says("until Friday 30 April 2027");
    let cohort = house.cohort;
    house.write(move |tx| Ok(tx.exec(&TO_DRAFT, values![cohort])?));
    has_no_blanks(house);
    house
        .get_as_stranger("/about/mentees")
        .is_ok()
        .says("until the end of the session")
        .says("the day of the annual meeting");
    house.get_as_stranger("/about/take-part").is_ok().says("The first 25 complete");
    house.get_as_stranger("/about/questions-mentors").is_ok().says("And after the end of the session?");
}

fn what_is_not_known_of_the_program_is_left_out_and_the_chair_is_asked_for_it(house: &House) {
    house.role("cora", Role::Chair);
    house.role("lea", Role::Liaison);
    let tell = |address: &'static str, contact: &'static str| {
        house.write(move |tx| {
            let program = crate::the_program(tx)?;
            let (postal_address, alternative_contact) = (address.to_owned(), contact.to_owned());
            crate::cohorts::edit_program(tx, &crate::Program { postal_address, alternative_contact, ..program })
        });
    };
    tell("", "");
    house.get_as_stranger("/about/privacy").is_ok().says("Library Association. Questions:");
    house
        .get_as_stranger("/about/conduct")
        .is_ok()
        .says("Tell your liaison or the chair, whichever feels right")
        .does_not_say("example.org");
    house.get_as_stranger("/about/questions-mentees").is_ok().does_not_say("concerns one of them");
    house.get("cora", "/next").is_ok().says("«Complete the settings»").says("A postal address and another contact");
    house.get("lea", "/next").is_ok().does_not_say("Complete the settings");
    tell("1 Main Street", "");
    house.get("cora", "/next").is_ok().says("Another contact is missing");
    tell("1 Main Street", "Ruth Reed, ruth@example.org");
    house.get("cora", "/next").is_ok().does_not_say("Complete the settings");
    house.get_as_stranger("/about/privacy").is_ok().says("Library Association, 1 Main Street. Questions: Ruth Reed");
    house.get_as_stranger("/about/conduct").is_ok().says("or the chair, or Ruth Reed, ruth@example.org, whichever");
}

fn the_whole_calendar_is_taken_along_as_a_file(house: &House) {
    house.get_as_stranger("/calendar").is_ok().says("Take all dates into your own calendar");
    let file = house.get_as_stranger("/calendar.ics").is_ok();
    assert!(file.kind.starts_with("text/calendar"), "{}", file.kind);
    let public = crate::calendar::steps().iter().filter(|step| step.public).count();
    assert_eq!(file.body.matches("BEGIN:VEVENT\r\n").count(), public);
    assert!(file.body.contains("DTSTART;VALUE=DATE:20260627\r\nDTEND;VALUE=DATE:20260628\r\n"), "{}", file.body);
    assert!(!file.body.contains("Check-in 1"), "what is the committee's own stays with it");
    let cohort = house.cohort;
    house.write(move |tx| Ok(tx.exec(&TO_DRAFT, values![cohort])?));
    assert_eq!(house.get_as_stranger("/calendar.ics").status, 404);
}

sql! {
    TO_DRAFT => "update cohorts set state = 'draft', opened_at = null where id = $1";
}

fn a_cohort_whose_call_is_past_is_opened_only_with_a_tick(house: &House) {
    house.role("cora", Role::Chair);
    let cohort = house.cohort;
    house.write(move |tx| Ok(tx.exec(&TO_DRAFT, values![cohort])?));
    let path = format!("/cohorts/{cohort}/opening");
    let state = || house.read(move |tx| Ok(crate::the_cohort(tx, cohort)?.state));
    house.at("2026-04-22T10:00:00Z");
    house.sign_in("cora", house.person("cora"));
    house
        .get("cora", &format!("/cohorts/{cohort}/calendar"))
        .is_ok()
        .says("Mentee applications close: Monday 20 April 2026");
    let warned = house.post("cora", &path, &[]);
    assert_eq!(warned.status, 422);
    warned
        .says("Mentee applications close: Monday 20 April 2026")
        .does_not_say("Choosing a mentor oneself ends")
        .does_not_say("Please tick the box");
    let asked = house.post("cora", &path, &[("asked", "yes")]);
    assert_eq!(asked.status, 422);
    asked.says("Please tick the box");
    assert_eq!(state(), "draft");
    house.post("cora", &path, &[("asked", "yes"), ("anyway", "yes")]).leads_to();
    assert_eq!(state(), "open");
}

fn the_chair_is_told_in_time_to_begin_the_next_cohort(house: &House) {
    house.role("cora", Role::Chair);
    let told = |moment: &str| {
        house.at(moment);
        house.sign_in("cora", house.person("cora"));
        house.get("cora", "/next").is_ok()
    };
    told("2026-12-20T10:00:00Z").does_not_say("Begin cohort");
    told("2027-01-10T10:00:00Z").says("«Begin cohort 2027–28»").says("2027-02-02");
    let path = format!("/cohorts/{}/successor", house.cohort);
    let fields = [("name", "2027–28"), ("annual_meeting", "2027-06-24"), ("places", "30")];
    house.post("cora", &path, &fields).leads_to();
    told("2027-01-11T10:00:00Z").does_not_say("Begin cohort").says("Look at the dates of cohort 2027–28");
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
