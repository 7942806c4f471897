//! What the committee reads and decides, and who steps aside.

use platform::ids::Id;
use policy::Role;
use testing::House;

use super::{World, borrowed, figures, journal_about, mentor_fields, roles_of};

testing::on_both_databases! {
    crate::journeys::doors(); crate::jobs;
    the_list_has_everyone_in_the_order_of_arrival
    a_long_list_has_pages
    a_list_that_leaves_says_on_every_line_whose_copy_it_is
    an_application_is_read_without_what_is_sealed
    the_preview_of_a_reader_lists_what_the_page_of_that_reader_shows
    when_the_duos_are_confirmed_the_chair_alone_reads_on
    what_is_sealed_is_opened_by_the_chair_alone_after_choosing_and_noted
    whoever_has_a_stake_does_not_read_it
    whoever_steps_aside_from_an_applicant_neither_reads_nor_decides
    only_the_committee_comes_in
    the_chair_admits_against_the_rule_with_a_reason
    the_chair_keeps_to_the_rule_after_a_second_look
    more_places_admit_those_who_wait_and_their_names_are_shown_first
    places_that_were_given_are_not_taken_back
}

fn list(house: &House) -> String {
    format!("/cohorts/{}/applications", house.cohort)
}

fn the_list_has_everyone_in_the_order_of_arrival(house: &House) {
    house.role("ute", Role::Chair);
    house.get("ute", &list(house)).is_ok().says("No application yet").says("0 of 25");
    house.places(1);
    for who in ["zoe", "anna", "berta"] {
        house.apply(who, Role::Mentee).leads_to();
    }
    let page =
        house.get("ute", &list(house)).is_ok().says("1 of 1").says("Mentees (3)").says("Waiting list (2)").text();
    let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words} is not in: {page}"));
    assert!(at("1 Zoe Zielinski") < at("2 Anna Anderson") && at("2 Anna Anderson") < at("3 Berta Bergmann"));
    assert!(at("waiting list (place 1)") < at("waiting list (place 2)"));
    house.get("ute", &format!("{}?view=waiting", list(house))).is_ok().says("Anna Anderson").does_not_say("Zoe");
    house.get("ute", &list(house)).says("Mentors so far: 0, places: 1.");
}

fn a_long_list_has_pages(house: &House) {
    house.role("ute", Role::Chair);
    house.places(60);
    for number in 0..51 {
        let who = format!("m{number:02}");
        house.apply(&who, Role::Mentee).leads_to();
    }
    house.get("ute", &list(house)).is_ok().says("51 of 60").says("Page 1 of 2").says("M49").does_not_say("M50");
    house.get("ute", &format!("{}?view=mentees&page=2", list(house))).is_ok().says("M50").does_not_say("M49");
    house.get("ute", &format!("{}?view=nonsense&page=99", list(house))).is_ok().says("M50");
    house.get("ute", &format!("{}?view=waiting", list(house))).is_ok().says("Nobody is waiting");
    house.get("ute", &format!("{}?view=mentors", list(house))).is_ok().says("No mentor yet");
}

// C-02, V-08: whoever reads the list takes it along as it stands, and it says whose copy it is.
fn a_list_that_leaves_says_on_every_line_whose_copy_it_is(house: &House) {
    let people = [("ute", Role::Chair), ("dora", Role::Deputy), ("sven", Role::Staff)];
    let others = [("lena", Role::Liaison), ("cora", Role::Council), ("bodo", Role::Board)];
    for (who, role) in people.into_iter().chain(others) {
        house.role(who, role);
    }
    house.places(1);
    for who in ["zoe", "anna"] {
        house.apply(who, Role::Mentee).leads_to();
    }
    let file = format!("{}.csv", list(house));
    for (who, _) in people {
        house.get(who, &list(house)).says("Take this list as a file").says("says that the copy was made for you");
        let taken = house.post(who, &file, &[("view", "mentees")]).is_ok();
        assert!(taken.header("content-disposition").contains("mentees-"), "{}", taken.header("content-disposition"));
        let lines: Vec<&str> = taken.body.lines().collect();
        assert_eq!(lines.len(), 3, "{}", taken.body);
        assert!(lines[0].ends_with("\"Copy made for\""), "{}", lines[0]);
        assert!(lines[1].starts_with("\"1\",\"Zoe Zielinski\""), "{}", lines[1]);
        let mark = format!("\"{}, ", testing::full_name(who));
        assert!(lines[1..].iter().all(|it| it.contains(&mark)), "{}", taken.body);
        assert!(taken.body.contains("waiting list (place 1)"), "{}", taken.body);
        let waiting = house.post(who, &file, &[("view", "waiting")]).is_ok();
        assert_eq!(waiting.body.lines().count(), 2, "{}", waiting.body);
    }
    for (who, _) in others.into_iter().chain([("zoe", Role::Mentee)]) {
        assert_eq!(house.post(who, &file, &[]).status, 404, "{who}");
        house.get(who, &list(house)).does_not_say("as a file");
    }
    house.let_proof_grow_old("ute");
    assert_eq!(house.post("ute", &file, &[("view", "mentees")]).status, 307, "it asks again who it is");
    let noted = house
        .read(|tx| Ok(platform::audit::account_events(tx, &policy::house(), platform::audit::Events::All, 50, 0)?));
    assert_eq!(noted.iter().filter(|it| it.action == "list of applications taken away").count(), 6);
}

fn an_application_is_read_without_what_is_sealed(house: &House) {
    let anna = house.apply("anna", Role::Mentee).leads_to();
    for (who, role) in [("ute", Role::Chair), ("lena", Role::Liaison), ("cora", Role::Council)] {
        house.role(who, role);
        house
            .get(who, &format!("/cohorts/{}{anna}", house.cohort))
            .is_ok()
            .says("Anna Anderson")
            .says("I have just begun")
            .says("promises to join")
            .does_not_say("Somebody Secret");
    }
    house.post("anna", &format!("{anna}/withdrawal"), &[]).leads_to();
    house
        .get("ute", &format!("/cohorts/{}{anna}", house.cohort))
        .is_ok()
        .says("was withdrawn")
        .does_not_say("I have just begun");
    house.person("berta");
    house.post("berta", "/applications/mentee/draft", &[("me_why", "Not yet")]).leads_to();
    let berta = house.path_of("berta", Role::Mentee);
    assert_eq!(house.get("ute", &format!("/cohorts/{}{berta}", house.cohort)).status, 404, "a draft is nobody else's");
}

// Confidentiality matrix, application: council and liaisons read during the selection.
// APP3, C-02: what the preview promises of a reader is what that reader's page shows.
fn the_preview_of_a_reader_lists_what_the_page_of_that_reader_shows(house: &House) {
    house.role("ute", Role::Chair);
    house.with_roster();
    for (form, who, role) in
        [("mentee_application", "berta", Role::Mentee), ("mentor_application", "anna", Role::Mentor)]
    {
        house.apply(who, role).leads_to();
        let page = format!("/cohorts/{}{}", house.cohort, house.path_of(who, role));
        let read = house.get("ute", &page).is_ok().body;
        let preview = house.get("ute", &format!("/forms/{form}/preview?as=C")).is_ok().body;
        let person = house.person(who);
        let cohort = house.cohort;
        let (asked, worded, given) = house.read(move |tx| {
            let (program, cohort) = (program::the_program(tx)?, program::the_cohort(tx, cohort)?);
            let facts = program::pages::facts(tx, &program, Some(&cohort))?;
            let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let form = forms::current(tx, form)?;
            let given = forms::kept_of(tx, &form.name, cohort.id, person)?.unwrap().answers;
            Ok((form.clone(), form.filled(&facts), given))
        });
        let mut both = [0, 0];
        for (field, filled) in asked.fields().zip(worded.fields()) {
            let [label, filled] = [field, filled].map(|it| forms::label(it).replace('&', "&amp;"));
            let is_promised = preview.contains(&format!("<li>{label}</li>"));
            let is_given = given.has(&field.key);
            let is_shown = read.contains(&format!("<dt>{filled}</dt>"));
            assert_eq!(is_shown, is_promised && is_given, "{form}: {} {:?}", field.key, field.readers);
            both[usize::from(is_promised)] += usize::from(is_given);
        }
        assert!(both[0] > 0 && both[1] > 5, "{form}: some answers are read, and some are not: {both:?}");
    }
}

fn when_the_duos_are_confirmed_the_chair_alone_reads_on(house: &House) {
    let anna = house.apply("anna", Role::Mentee).leads_to();
    let page = format!("/cohorts/{}{anna}", house.cohort);
    for (who, role) in [("ute", Role::Chair), ("lena", Role::Liaison), ("cora", Role::Council)] {
        house.role(who, role);
    }
    house.at("2026-06-15T15:00:00Z");
    for who in ["ute", "lena", "cora"] {
        house.sign_in(who, house.person(who));
        house.get(who, &page).is_ok().says("I have just begun");
    }
    house.at("2026-06-16T15:00:00Z");
    house.get("ute", &page).is_ok().says("I have just begun");
    for who in ["lena", "cora"] {
        assert_eq!(house.get(who, &page).status, 404);
    }
    house.get("cora", &list(house)).is_ok().says("Anna Anderson");
    assert_eq!(house.get("lena", &list(house)).status, 404);
}

// Confidentiality matrix, rank_list: exclusions, after the close, for the chair, audited.
fn what_is_sealed_is_opened_by_the_chair_alone_after_choosing_and_noted(house: &House) {
    let anna = house.apply("anna", Role::Mentee).leads_to();
    let page = format!("/cohorts/{}{anna}", house.cohort);
    let sealed = format!("{page}/sealed");
    for (who, role) in [("ute", Role::Chair), ("lena", Role::Liaison), ("cora", Role::Council)] {
        house.role(who, role);
    }
    house.get("ute", &page).is_ok().does_not_say("Open what is sealed");
    assert_eq!(house.post("ute", &sealed, &[]).status, 404, "people still choose themselves");
    house.at("2026-06-02T15:00:00Z");
    for who in ["ute", "lena", "cora"] {
        house.sign_in(who, house.person(who));
    }
    for who in ["lena", "cora"] {
        house.get(who, &page).is_ok().does_not_say("Open what is sealed");
        assert_eq!(house.post(who, &sealed, &[]).status, 404);
    }
    house.get("ute", &page).is_ok().says("Open what is sealed").does_not_say("Somebody Secret");
    house.post("ute", &sealed, &[]).is_ok().says("Somebody Secret").does_not_say("I have just begun");
    let opened = format!("{}: sealed answers of an application", testing::full_name("ute"));
    assert!(house.readings_of("anna").contains(&opened), "{:?}", house.readings_of("anna"));
    let id = Id::parse(anna.rsplit('/').next().unwrap()).unwrap();
    let noted = house.read(move |tx| Ok(platform::journal::has(tx, "sealed answers opened", id)?));
    assert!(noted);
}

fn whoever_has_a_stake_does_not_read_it(house: &House) {
    let anna = house.apply("anna", Role::Mentee).leads_to();
    house.role("anna", Role::Council);
    let page = format!("/cohorts/{}{anna}", house.cohort);
    assert_eq!(house.get("anna", &page).status, 404);
    let ute = house.role("ute", Role::Chair);
    house.write(move |tx| {
        let person = membership::the_person(tx, &policy::house(), ute)?;
        membership::write_details(tx, &membership::Person { employer: "ANNA’s  School".into(), ..person })
    });
    assert_eq!(house.get("ute", &page).status, 404);
    let decision = house.post("ute", &format!("{page}/decision"), &[("answer", "admit"), ("reason", "We are friends")]);
    assert_eq!(decision.status, 404);
}

fn only_the_committee_comes_in(house: &House) {
    let anna = house.apply("anna", Role::Mentee).leads_to();
    let page = format!("/cohorts/{}{anna}", house.cohort);
    let places = format!("/cohorts/{}/places", house.cohort);
    house.role("staff", Role::Staff);
    house.role("board", Role::Board);
    house.role("cora", Role::Council);
    for who in ["anna", "staff", "board"] {
        for path in [&page, &places] {
            assert_eq!(house.get(who, path).status, 404, "{who} {path}");
        }
    }
    // The office sees who applied and whether they are eligible, and opens nothing.
    let seen = house.get("staff", &list(house)).is_ok().says("Anna Anderson");
    assert!(!seen.body.contains(&page));
    for who in ["anna", "board"] {
        assert_eq!(house.get(who, &list(house)).status, 404, "{who}");
    }
    assert_eq!(house.get("cora", &list(house)).status, 200);
    assert_eq!(house.get("cora", &places).status, 404);
    assert_eq!(house.post("cora", &places, &[("places", "9")]).status, 404);
    assert_eq!(house.post("cora", &format!("{page}/decision"), &[("answer", "admit")]).status, 404);
}

// ELG6
fn the_chair_admits_against_the_rule_with_a_reason(house: &House) {
    house.role("ute", Role::Chair);
    let status = refused_mentor(house);
    let page = format!("/cohorts/{}{status}", house.cohort);
    house
        .get("ute", &page)
        .is_ok()
        .says("Decide otherwise than the rule")
        .does_not_say("Keep to the rule")
        .says("Library Association membership member")
        .says("Two committees and a conference.");
    let silent = house.post("ute", &format!("{page}/decision"), &[("answer", "admit"), ("reason", " ")]);
    assert_eq!(silent.status, 422);
    silent.says("Please give your reason");
    let reason = [("answer", "admit"), ("reason", "Paid on Monday; the list is from Friday.")];
    house.post("ute", &format!("{page}/decision"), &reason).leads_to();
    house.get("dora", &status).is_ok().says("accepted").says("Paid on Monday");
    assert_eq!(roles_of(house, "dora"), ["mentor"]);
    assert_eq!(house.letter_names_to("dora"), ["not_eligible", "mentor_joined"]);
    let (cohort, dora) = (house.cohort, house.person("dora"));
    let application = house.read(move |tx| crate::application_of(tx, cohort, Role::Mentor, dora)).unwrap();
    assert_eq!(application.decided_by, Some(house.person("ute")));
    assert!(journal_about(house, application.id).contains(&"eligibility overridden".to_owned()));
    assert_eq!(house.post("ute", &format!("{page}/decision"), &reason).status, 409);
}

fn the_chair_keeps_to_the_rule_after_a_second_look(house: &House) {
    house.role("ute", Role::Chair);
    let status = refused_mentor(house);
    house.get("ute", "/next").is_ok().does_not_say("Look again");
    house.post("dora", &format!("{status}/appeal"), &[("words", "I was a member for ten years.")]).leads_to();
    house.get("ute", "/next").is_ok().says("Look again at one application");
    let page = format!("/cohorts/{}{status}", house.cohort);
    house.get("ute", &page).is_ok().says("I was a member for ten years.").says("Keep to the rule");
    let reason = [("answer", "keep"), ("reason", "Mentors are members at the time of the call.")];
    house.post("ute", &format!("{page}/decision"), &reason).leads_to();
    house.get("dora", &status).is_ok().says("not this time").says("members at the time of the call");
    assert_eq!(house.letter_names_to("dora"), ["not_eligible", "not_eligible"]);
    assert_eq!(house.post("dora", &format!("{status}/appeal"), &[("words", "Please")]).status, 409);
    assert_eq!(figures(house).mentors, 0);
}

/// Dora's membership has lapsed, and she applies as a mentor all the same.
fn refused_mentor(house: &House) -> String {
    house.with_roster();
    house.person("dora");
    let check = house.post("dora", "/applications/mentor/check", &borrowed(&mentor_fields("dora"))).leads_to();
    house.post("dora", &check.replace("/check", "/submission"), &[]).leads_to()
}

// CAP4
fn more_places_admit_those_who_wait_and_their_names_are_shown_first(house: &House) {
    house.role("ute", Role::Chair);
    house.places(1);
    for who in ["anna", "berta", "carla", "dora"] {
        house.apply(who, Role::Mentee).leads_to();
    }
    let places = format!("/cohorts/{}/places", house.cohort);
    house.get("ute", &places).is_ok().says("1 of 1 places are taken");
    house
        .get("ute", &format!("{places}?places=3"))
        .is_ok()
        .says("3 places instead of 1")
        .says("Berta Bergmann Carla Castillo")
        .does_not_say("Dora")
        .says("1 stay on the waiting list");
    assert_eq!(figures(house).placed, 1, "looking changes nothing");
    house.role("berta", Role::Chair);
    let own = house.post("berta", &places, &[("places", "3")]).says("You wait for one of these places yourself.");
    assert_eq!(own.says("Here Ute").status, 422);
    house.post("ute", &places, &[("places", "3")]).leads_to();
    let figures = figures(house);
    assert_eq!((figures.places, figures.taken, figures.placed, figures.waiting), (3, 3, 3, 1));
    for who in ["berta", "carla"] {
        assert_eq!(house.letter_names_to(who).last().map(String::as_str), Some("place_taken"));
        assert!(roles_of(house, who).contains(&"mentee"), "{who}");
    }
    house.get("dora", &house.path_of("dora", Role::Mentee)).is_ok().says("waiting list (place 1)");
}

// CAP4
fn places_that_were_given_are_not_taken_back(house: &House) {
    house.role("ute", Role::Chair);
    house.places(2);
    for who in ["anna", "berta"] {
        house.apply(who, Role::Mentee).leads_to();
    }
    let places = format!("/cohorts/{}/places", house.cohort);
    for (wanted, words) in
        [("1", "2 places are taken or held"), ("many", "Enter a whole number"), ("", "Enter a whole")]
    {
        let refused = house.post("ute", &places, &[("places", wanted)]);
        assert_eq!(refused.status, 422, "{wanted}");
        refused.says(words);
    }
    house.get("ute", &format!("{places}?places=1")).is_ok().says("2 places are taken or held");
    assert_eq!((figures(house).places, figures(house).taken), (2, 2));
}

// APP6
fn whoever_steps_aside_from_an_applicant_neither_reads_nor_decides(house: &House) {
    house.role("ute", Role::Chair);
    house.role("dora", Role::Deputy);
    let anna = house.apply("anna", Role::Mentee).leads_to();
    let page = format!("/cohorts/{}{anna}", house.cohort);
    house.get("ute", &page).is_ok().says("Step aside from Anna Anderson");
    assert_eq!(house.post("ute", &format!("{page}/conflict"), &[]).leads_to(), list(house));
    assert_eq!(house.get("ute", &page).status, 404);
    let decides = [("answer", "admit"), ("reason", "A friend")];
    assert_eq!(house.post("ute", &format!("{page}/decision"), &decides).status, 404);
    for verb in ["sealed", "conflict"] {
        assert_eq!(house.post("ute", &format!("{page}/{verb}"), &[]).status, 404, "{verb}");
    }
    house.get("ute", &list(house)).is_ok().says("for others to read");
    house.get("dora", &page).is_ok().says("I have just begun");
    house.get("ute", "/conflicts").is_ok().says("Anna Anderson");
    let refused = house.post(
        "ute",
        &format!("/cohorts/{}/eligibility/overrides", house.cohort),
        &[("email", "anna@example.org"), ("reason", "A friend")],
    );
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("Here Dora"), "{}", refused.body);
}
