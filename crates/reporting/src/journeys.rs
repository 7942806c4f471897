//! The dashboard and the reports over HTTP, on both databases.

use policy::Role;
use testing::House;

mod hand_over;

testing::on_both_databases! {
    crate::doors(); crate::jobs;
    a_report_on_an_empty_cohort_can_be_read_and_saved
    the_board_sees_nothing_before_a_report_is_submitted_and_all_of_it_after
    the_committees_words_survive_changed_figures
    a_second_editor_sees_both_versions_and_loses_nothing
    a_submitted_report_stays_as_it_was
    a_published_report_shows_everyone_its_figures_and_none_of_its_words
    the_chair_hears_when_a_draft_is_ready_and_the_board_when_it_is_submitted
    what_is_next_is_said_to_those_who_write_and_to_those_who_read
    the_dashboard_shows_small_groups_to_the_chair_alone
    the_journal_tells_of_the_program_and_of_nobody_in_a_duo
    a_mentor_of_two_is_one_person
    only_the_chair_submits
    a_report_is_a_file_for_the_command_line
    the_final_report_compares_with_the_cohort_before
}

fn draft(house: &House, kind: &str) -> String {
    format!("/cohorts/{}/reports/{kind}", house.cohort)
}

/// So many duos, formed through the one way in.
fn pair(house: &House, number: usize) {
    pair_from(house, 0, number);
}

fn pair_from(house: &House, first: usize, number: usize) {
    for at in first..first + number {
        let mentor = house.role_in_cohort(&format!("mentor{at}"), Role::Mentor);
        let mentee = house.role_in_cohort(&format!("mentee{at}"), Role::Mentee);
        let cohort = house.cohort;
        house.write(move |tx| duos::form(tx, cohort, mentor, mentee, "chosen", &[]).map(|formed| formed.unwrap()));
    }
}

/// Moves the clock; a sign-in does not last that long.
fn at(house: &House, moment: &str, who: &[&str]) {
    house.at(moment);
    for who in who {
        house.sign_in(who, house.person(who));
    }
}

/// Where the report that was submitted last can be read.
fn submit(house: &House, kind: &str) -> String {
    house.post("cora", &format!("{}/submission", draft(house, kind)), &[]).leads_to()
}

fn produced(house: &House, kind: &'static str, format: &'static str) -> Vec<u8> {
    let cohort = house.cohort;
    house.read(move |tx| crate::produce(tx, cohort, kind, format))
}

fn write(house: &House, kind: &str, part: &str, version: &str, text: &str) -> testing::Answer {
    house.post("cora", &format!("{}/parts/{part}", draft(house, kind)), &[("version", version), ("text", text)])
}

fn a_report_on_an_empty_cohort_can_be_read_and_saved(house: &House) {
    house.role("cora", Role::Chair);
    for kind in ["interim", "final"] {
        let page = house.get("cora", &draft(house, kind)).is_ok();
        let page = page.says("Draft").says("Groups smaller than five are not shown").says("30 April 2027");
        assert!(!page.body.contains("{{"), "{}", page.text());
        let pdf = house.get("cora", &format!("{}/report.pdf", draft(house, kind))).is_ok();
        assert!(pdf.bytes.starts_with(b"%PDF") && pdf.kind == "application/pdf");
    }
    house.get("cora", &format!("/cohorts/{}", house.cohort)).is_ok().says("0 of 25").says("No duo has been formed yet");
    house.get("cora", &format!("/cohorts/{}/journal", house.cohort)).is_ok();
    house.get("cora", "/reports").is_ok().says("Interim report to the board").says("22 Jan 2027");
    assert_eq!(house.get("cora", &draft(house, "weekly")).status, 404);
}

// REP7, and the board's line of the access matrix.
fn the_board_sees_nothing_before_a_report_is_submitted_and_all_of_it_after(house: &House) {
    house.role("cora", Role::Chair);
    house.role("bo", Role::Board);
    pair(house, 6);
    write(house, "interim", "outlook", "0", "We ask for twenty-five places again.").leads_to();
    assert_eq!(house.get("bo", &draft(house, "interim")).status, 404);
    assert_eq!(house.get("bo", &format!("{}/report.pdf", draft(house, "interim"))).status, 404);
    assert_eq!(house.get("bo", &format!("/cohorts/{}", house.cohort)).status, 404);
    house.get("bo", "/reports").is_ok().says("No report yet").does_not_say("Draft");
    let path = submit(house, "interim");
    house.get("bo", "/reports").is_ok().says("Submitted on").does_not_say("Draft");
    house
        .get("bo", &path)
        .is_ok()
        .says("We ask for twenty-five places again.")
        .says("6 duos were formed")
        .says("Submitted");
    for (format, start) in [("pdf", "%PDF"), ("csv", "\"part\","), ("json", "{"), ("html", "<!DOCTYPE")] {
        let file = house.get("bo", &format!("{path}/report.{format}")).is_ok();
        assert!(file.bytes.starts_with(start.as_bytes()), "{format}");
        assert_eq!(file.bytes, house.get("cora", &format!("{path}/report.{format}")).bytes, "{format}");
    }
    assert_eq!(house.get_as_stranger(&path).status, 303);
    house.person("paul");
    assert_eq!(house.get("paul", &path).status, 404);
}

// REP7
fn the_committees_words_survive_changed_figures(house: &House) {
    house.role("cora", Role::Chair);
    let words = "We look for mentors in smaller libraries.\n\n- A letter in March\n- A talk in June <b>";
    write(house, "interim", "changes", "0", words).leads_to();
    let before = produced(house, "interim", "json");
    assert_eq!(before, produced(house, "interim", "json"));
    pair(house, 7);
    let after = produced(house, "interim", "json");
    assert_ne!(before, after);
    let page = house.get("cora", &draft(house, "interim")).is_ok();
    let page = page.says("We look for mentors in smaller libraries.").says("7 duos were formed");
    assert!(page.body.contains("<li>A letter in March</li>") && page.body.contains("A talk in June &lt;b&gt;"));
    write(house, "interim", "changes", "1", "").leads_to();
    house.get("cora", &draft(house, "interim")).is_ok().says("For each change: what, who, by when.");
}

fn a_second_editor_sees_both_versions_and_loses_nothing(house: &House) {
    house.role("cora", Role::Chair);
    house.role("dan", Role::Council);
    let path = format!("{}/parts/risks", draft(house, "interim"));
    assert!(house.get("dan", &path).is_ok().body.contains("name=\"version\" value=\"0\""));
    write(house, "interim", "risks", "0", "Too few mentors in the west.").leads_to();
    let late = house.post("dan", &path, &[("version", "0"), ("text", "Liaisons leave in May.")]);
    assert_eq!(late.status, 409);
    let late = late.says("Somebody else saved this part meanwhile").says("Too few mentors in the west.");
    assert!(late.body.contains("Liaisons leave in May."));
    let both = "Too few mentors in the west. Liaisons leave in May.";
    house.post("dan", &path, &[("version", "1"), ("text", both)]).leads_to();
    house.get("cora", &draft(house, "interim")).is_ok().says(both);
    let long = "word ".repeat(1300);
    let refused = house.post("dan", &path, &[("version", "2"), ("text", &long)]);
    assert_eq!(refused.status, 422);
    assert!(refused.says("longer than 6000 characters").body.contains("word word word"));
    assert_eq!(house.get("dan", &format!("{}/parts/nothing", draft(house, "interim"))).status, 404);
}

fn a_submitted_report_stays_as_it_was(house: &House) {
    house.role("cora", Role::Chair);
    pair(house, 6);
    let path = submit(house, "final");
    let frozen = house.get("cora", &format!("{path}/report.json")).is_ok().bytes;
    pair_from(house, 6, 12);
    assert_eq!(house.get("cora", &format!("{path}/report.json")).bytes, frozen);
    assert_eq!(produced(house, "final", "json"), frozen);
    let hash = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        text.split("\"data_hash\": \"").nth(1).unwrap()[..64].to_owned()
    };
    assert!(String::from_utf8_lossy(&frozen).matches(&hash(&frozen)).count() >= 2);
    let late = write(house, "final", "thanks", "0", "Thank you, all.");
    assert_eq!(late.status, 409);
    assert!(late.says("has been submitted").body.contains("Thank you, all."));
    assert_eq!(submit(house, "final"), path);
    assert_eq!(house.get("cora", &draft(house, "final")).leads_to(), path);
}

fn the_chair_hears_when_a_draft_is_ready_and_the_board_when_it_is_submitted(house: &House) {
    house.role("cora", Role::Chair);
    house.role("bo", Role::Board);
    house.role("lea", Role::Liaison);
    house.at("2027-01-08T08:00:00Z");
    assert_eq!(house.run_jobs(), 0);
    at(house, "2027-01-08T16:00:00Z", &["cora"]);
    house.run_jobs();
    assert_eq!(house.run_jobs(), 0);
    assert_eq!(house.letter_names_to("cora"), ["report_draft_ready"]);
    let letter = house.letters_to("cora").remove(0);
    assert!(letter.text.contains("22 January 2027") && letter.text.contains("interim report"), "{}", letter.text);
    assert_eq!(house.link_in(&letter), draft(house, "interim"));
    let path = submit(house, "interim");
    assert_eq!(house.letter_names_to("bo"), ["report_submitted"]);
    assert_eq!(house.link_in(&house.letters_to("bo")[0]), path);
    assert!(house.letters_to("lea").is_empty());
    house.at("2027-06-02T16:00:00Z");
    house.run_jobs();
    assert_eq!(house.letter_names_to("cora"), ["report_draft_ready", "report_draft_ready"]);
}

fn what_is_next_is_said_to_those_who_write_and_to_those_who_read(house: &House) {
    house.role("cora", Role::Chair);
    house.role("bo", Role::Board);
    let dashboard = format!("/cohorts/{}", house.cohort);
    house.get("cora", &dashboard).is_ok().does_not_say("Write and submit the interim report");
    at(house, "2027-01-09T16:00:00Z", &["cora", "bo"]);
    house.get("cora", &dashboard).is_ok().says("Write and submit the interim report 2026–27 by Friday 22 January 2027");
    submit(house, "interim");
    house.get("cora", &dashboard).is_ok().does_not_say("Write and submit the interim report");
    let bo = house.person("bo");
    let titles = |days: i64| {
        house.days(days);
        house.read(move |tx| {
            let subject = program::subject(tx, bo)?;
            Ok(crate::next::to_read(tx, &subject)?.into_iter().map(|it| it.title).collect::<Vec<_>>())
        })
    };
    assert_eq!(titles(59), ["The interim report 2026–27 is here"]);
    assert_eq!(titles(2), Vec::<String>::new());
}

fn the_dashboard_shows_small_groups_to_the_chair_alone(house: &House) {
    for (who, role) in [("cora", Role::Chair), ("lea", Role::Liaison), ("sam", Role::Staff), ("cleo", Role::Council)] {
        house.role(who, role);
    }
    pair(house, 3);
    at(house, "2026-07-30T16:00:00Z", &["cora", "lea", "sam", "cleo"]);
    let path = format!("/cohorts/{}", house.cohort);
    let duos = |who: &str| {
        let page = house.get(who, &path).is_ok();
        let text = page.text();
        let at = text.find("mentees applied").unwrap();
        text[at..].chars().take(90).collect::<String>()
    };
    assert!(duos("cora").contains("duos 3"), "{}", duos("cora"));
    for who in ["lea", "sam", "cleo"] {
        assert!(duos(who).contains("duos fewer than five"), "{who}: {}", duos(who));
        house.get(who, &path).is_ok().does_not_say("duos 3").does_not_say("Silent 3");
    }
    house.get("sam", &path).is_ok().does_not_say("Requests, and proposals").says("All dates");
    house.get("cora", &path).is_ok().says("Journal").says("The year").says("In a duo");
}

// PRF3
fn a_mentor_of_two_is_one_person(house: &House) {
    let (cohort, mentor) = (house.cohort, house.role_in_cohort("mentor0", Role::Mentor));
    house.write(move |tx| {
        program::choosing::write(tx, cohort, program::Choosing { mentees_each: 2, ..program::Choosing::USUAL })?;
        program::capacity::wish(tx, cohort, mentor, 2)
    });
    for who in ["mentee8", "mentee9"] {
        let mentee = house.role_in_cohort(who, Role::Mentee);
        house.write(move |tx| duos::form(tx, cohort, mentor, mentee, "chosen", &[]).map(|formed| formed.unwrap()));
    }
    pair_from(house, 1, 5);
    at(house, "2026-08-30T16:00:00Z", &[]);
    let figures = house.read(move |tx| {
        let cohort = program::the_cohort(tx, cohort)?;
        crate::gather::counted(tx, &policy::house(), &cohort, crate::Kind::Interim)
    });
    assert_eq!((figures.duos, figures.people), (7, 13));
    let facts = crate::rules::disclose::facts(&figures);
    let of = |key: &str| facts.startup.iter().find(|it| it.key == key).map(|it| format!("{:?}", it.of));
    assert_eq!(of("orientation").unwrap(), "Number(13)", "nobody counts twice among those who came");
    assert_eq!(of("agreement").unwrap(), "Number(7)");
}

fn the_journal_tells_of_the_program_and_of_nobody_in_a_duo(house: &House) {
    house.role("cora", Role::Chair);
    house.role("lea", Role::Liaison);
    pair(house, 2);
    write(house, "interim", "summary", "0", "It begins well.").leads_to();
    let path = format!("/cohorts/{}/journal", house.cohort);
    let page = house.get("cora", &path).is_ok();
    page.says("2 duos were formed.")
        .says("Cora Castillo wrote into a report.")
        .does_not_say("Mentor0")
        .does_not_say("Mentee1");
    house.get("cora", &format!("{path}?page=99")).is_ok();
    assert_eq!(house.get("lea", &path).status, 404);
}

fn only_the_chair_submits(house: &House) {
    house.role("cora", Role::Chair);
    house.role("cleo", Role::Council);
    house.role("sam", Role::Staff);
    let path = draft(house, "interim");
    for who in ["cleo", "sam"] {
        house.get(who, &path).is_ok().does_not_say("Submit to the board");
        assert_eq!(house.post(who, &format!("{path}/submission"), &[]).status, 404, "{who}");
    }
    assert_eq!(house.get("sam", &format!("{path}/parts/risks")).status, 404);
    house.get("cleo", &format!("{path}/parts/risks")).is_ok();
    house.get("cora", &path).is_ok().says("Submit to the board").says("Still without words of your own");
}

// C-02: `c:R if published`
fn a_published_report_shows_everyone_its_figures_and_none_of_its_words(house: &House) {
    house.role("cora", Role::Chair);
    house.role("bo", Role::Board);
    house.role("cleo", Role::Council);
    pair(house, 6);
    write(house, "interim", "summary", "0", "She said “it changed my work”.").leads_to();
    write(house, "interim", "outlook", "0", "We ask for twenty-five places again.").leads_to();
    let path = submit(house, "interim");
    let open = format!("/results{path}");
    let act = format!("{path}/publication");
    house.get_as_stranger("/results").is_ok().says("Nothing is published yet");
    for who in ["cora", "bo", "mentee1"] {
        assert_eq!(house.get(who, &open).status, 404, "{who}");
    }
    assert_eq!(house.get_as_stranger(&open).status, 404);
    for who in ["bo", "cleo", "mentee1"] {
        assert_eq!(house.get(who, &act).status, 404, "{who}");
        assert_eq!(house.post(who, &act, &[]).status, 404, "{who}");
    }
    let inside =
        ["it changed my work", "twenty-five places again", "first ten days", "Mark of the data", "expectations"];
    let preview = house.get("cora", &act).is_ok().says("anyone who has the address").says("6 duos were formed");
    inside.iter().for_each(|words| assert!(!preview.text().contains(words), "{words}"));
    assert_eq!(house.post("cora", &act, &[]).leads_to(), act);
    let page =
        house.get_as_stranger(&open).is_ok().says("6 duos were formed").says("Mentees on their way through the year");
    inside.iter().for_each(|words| assert!(!page.text().contains(words), "{words}"));
    house.get("mentee1", &open).is_ok().says("6 duos were formed");
    house.get_as_stranger("/results").is_ok().says("Interim report to the board");
    // The report itself stays with the board.
    assert_eq!(house.get("mentee1", &path).status, 404);
    assert_eq!(house.get_as_stranger(&format!("{path}/report.json")).status, 303);

    assert_eq!(house.post("cora", &format!("{act}/end"), &[]).leads_to(), act);
    assert_eq!(house.get_as_stranger(&open).status, 404);
    house.get_as_stranger("/results").is_ok().says("Nothing is published yet");
    let journal = house.get("cora", &format!("/cohorts/{}/journal", house.cohort)).is_ok();
    journal.says("published the figures of a report").says("took the figures of a report back");
}

// REP1
fn a_report_is_a_file_for_the_command_line(house: &House) {
    pair(house, 5);
    for format in ["pdf", "html", "csv", "json"] {
        for kind in ["interim", "final"] {
            let once = produced(house, kind, format);
            assert!(!once.is_empty());
            assert_eq!(once, produced(house, kind, format), "{kind} {format}");
        }
    }
    let json: serde_json::Value = serde_json::from_slice(&produced(house, "final", "json")).unwrap();
    assert_eq!(json["facts"]["people"]["duos"]["number"], 5);
    assert_eq!(json["report"]["is_draft"], true);
    assert_eq!(json["report"]["date"], "2027-06-14");
}

fn the_final_report_compares_with_the_cohort_before(house: &House) {
    house.role("cora", Role::Chair);
    house.get("cora", &draft(house, "final")).is_ok().says("There is no cohort before this one");
    pair(house, 6);
    submit(house, "final");
    let from = house.cohort;
    let next = house.write(move |tx| {
        let new = program::cohorts::NewCohort {
            name: "2027–28",
            annual_meeting: jiff::civil::date(2027, 6, 24),
            midwinter: None,
            next_annual_meeting: None,
            places: 30,
            begun_from: Some(from),
        };
        program::cohorts::add(tx, &new, None)
    });
    let page = house.get("cora", &format!("/cohorts/{next}/reports/final")).is_ok();
    page.says("This cohort and the one before").says("2026–27").says("Duos fewer than five 6").says("Places 30 25");
}
