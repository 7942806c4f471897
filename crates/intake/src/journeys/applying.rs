//! The call, the form, the submission, where one stands, and taking it back.

use policy::Role;
use testing::House;

use super::{World, borrowed, figures, journal_about, mentee_fields, mentor_fields, roles_of, with};
use crate::Place;

/// All questions on one page.
const WHOLE: &str = "/apply/mentee?all=yes";

testing::on_both_databases! {
    crate::journeys::doors(); crate::jobs;
    the_call_says_what_is_asked_and_until_when
    outside_the_call_nothing_is_saved_and_the_day_is_said
    a_draft_is_saved_as_it_is_and_comes_back
    two_windows_on_one_draft_show_both_versions
    what_is_missing_is_said_on_top_and_the_draft_is_kept
    the_form_says_at_once_whether_one_is_eligible
    the_same_fact_is_asked_once
    a_complete_application_takes_a_place
    a_mentor_who_is_a_member_joins_at_once
    who_is_not_eligible_learns_why_and_can_ask_for_a_second_look
    an_application_is_read_by_its_author_alone
    a_withdrawn_application_takes_its_turn_like_any_other
    a_submission_is_not_sent_twice
    a_mentor_corrects_the_profile_and_a_mentee_the_answers
    what_is_next_leads_through_the_call
}

fn the_call_says_what_is_asked_and_until_when(house: &House) {
    house
        .get_as_stranger("/apply")
        .is_ok()
        .says("Become a mentee")
        .says("Become a mentor")
        .says("Open until Monday 20 April 2026")
        .says("The first 25 complete and eligible applications have a place")
        .says("Stay until Friday 30 April 2027");
    house.at("2026-04-21T10:00:00Z");
    house.get_as_stranger("/apply").is_ok().says("Closed on Monday 20 April 2026").does_not_say("have a place;");
    assert_eq!(house.get_as_stranger("/apply/mentee").leads_to(), "/sign-in?next=%2Fapply%2Fmentee");
    house.person("anna");
    assert_eq!(house.get("anna", "/apply/liaison").status, 404);
}

fn outside_the_call_nothing_is_saved_and_the_day_is_said(house: &House) {
    house.person("anna");
    house.later("2026-04-21T05:01:00Z", &["anna"]);
    house.get("anna", "/apply/mentee").is_ok().says("The call closed on 20 April 2026");
    let refused = house.post("anna", "/applications/mentee/draft", &[("me_why", "Because of Saturday.")]);
    assert_eq!(refused.status, 422);
    refused.says("The call closed on 20 April 2026").says("Because of Saturday.");
    assert_eq!(figures(house).mentee_drafts, 0);
}

// APP2
fn two_windows_on_one_draft_show_both_versions(house: &House) {
    house.person("anna");
    let seen = |house: &House| {
        let page = house.get("anna", WHOLE).body;
        let hidden = page.split_once("name=\"seen\" value=\"").unwrap().1;
        hidden.split('"').next().unwrap().to_owned()
    };
    let save = |house: &House, seen: &str, words: &str, city: &str| {
        let fields = [("seen", seen), ("me_why", words), ("me_city", city)];
        house.post("anna", "/applications/mentee/draft", &fields)
    };
    save(house, &seen(house), "From the first window", "Oslo").leads_to();
    let first = seen(house);
    house.later("2026-02-20T10:05:00Z", &["anna"]);
    save(house, &first, "From the first window", "Bergen").leads_to();
    // The second window was opened before that.
    let late = save(house, &first, "From the second window", "Oslo");
    assert_eq!(late.status, 409);
    let late = late
        .says("Another window saved this draft meanwhile")
        .says("From the second window")
        .says("From the first window")
        .says("Bergen");
    house.get("anna", WHOLE).says("From the first window").does_not_say("From the second window");
    let newest = seen(house);
    assert!(late.body.contains(&newest), "saving again is possible");
    save(house, &newest, "From the second window", "Oslo").leads_to();
    house.get("anna", WHOLE).says("From the second window");
    // What is the same is no quarrel.
    house.later("2026-02-20T10:10:00Z", &["anna"]);
    save(house, &newest, "From the second window", "Oslo").leads_to();
    save(house, &newest, "From the second window", "Oslo").leads_to();
}

// APP2, CAP2
fn a_draft_is_saved_as_it_is_and_comes_back(house: &House) {
    house.person("anna");
    let saved = house.post("anna", "/applications/mentee/draft", &[("me_why", "To learn"), ("me_not", "My old boss")]);
    assert_eq!(saved.leads_to(), WHOLE);
    house.get("anna", WHOLE).is_ok().says("To learn").says("A draft holds no place");
    assert!(house.get("anna", WHOLE).body.contains("My old boss"), "one's own sealed answer comes back");
    assert_eq!(roles_of(house, "anna"), ["applicant"]);
    assert_eq!((figures(house).mentee_drafts, figures(house).taken), (1, 0));
    let status = house.path_of("anna", Role::Mentee);
    house.get("anna", &status).is_ok().says("draft").says("Go on with your draft");
    house.post("anna", &format!("{status}/withdrawal"), &[]).leads_to();
    house.get("anna", &status).is_ok().says("withdrawn");
    assert_eq!((house.letters().len(), figures(house).withdrawn), (0, 0), "a draft was never an application");
    assert_eq!(roles_of(house, "anna"), Vec::<&str>::new());
}

// CAP2
fn what_is_missing_is_said_on_top_and_the_draft_is_kept(house: &House) {
    house.person("anna");
    let fields = with(mentee_fields("anna"), &[("me_why", ""), ("c5", "")]);
    let missing = house.post("anna", "/applications/mentee/check", &borrowed(&fields));
    assert_eq!(missing.status, 422);
    assert!(missing.body.contains("Lead a small project"));
    missing
        .says("There is a problem")
        .says("Please tell us: Why do you want a mentor now?")
        .says("I accept the confidentiality pledge");
    assert!(house.get("anna", WHOLE).is_ok().body.contains("Lead a small project"), "the draft is kept");
    let check = format!("{}/check", house.path_of("anna", Role::Mentee));
    let page = house.get("anna", &check).is_ok().says("Something is still missing");
    assert!(!page.body.contains("/submission"), "there is nothing to press yet");
    let submission = format!("{}/submission", house.path_of("anna", Role::Mentee));
    assert_eq!(house.post("anna", &submission, &[]).status, 422);
    assert_eq!(figures(house).mentee_applications, 0);
}

// ELG3, ELG5
fn the_form_says_at_once_whether_one_is_eligible(house: &House) {
    house.with_roster();
    for who in ["anna", "berta", "carla", "dora"] {
        house.person(who);
    }
    house
        .get("anna", "/apply/mentee")
        .says("you are eligible")
        .says("in good standing")
        .says("a preference and no rule");
    house.get("berta", "/apply/mentee").says("you are eligible").says("the program is meant for you first");
    // Nobody is judged before the question is asked.
    house.get("dora", "/apply/mentee").does_not_say("not eligible").says("once you have answered");
    house.post("dora", "/applications/mentee/draft", &[("me_member", "member")]).leads_to();
    house.get("dora", "/apply/mentee").says("not eligible yet").says("has lapsed").says("Judged on 20 February 2026");
    house.get("dora", "/apply/mentor").says("mentors are members in good standing");
    // Carla's address at the association is another one; her number finds her. ELG2
    house.post("carla", "/applications/mentee/draft", &[("me_member", "not sure")]).leads_to();
    house.get("carla", "/apply/mentee").says("not eligible yet").says("give your member number");
    house.post("carla", "/applications/mentee/draft", &[("me_memno", "102")]).leads_to();
    house.get("carla", "/apply/mentee").says("you are eligible");
    // A promise is enough for a mentee.
    house.post("dora", "/applications/mentee/draft", &[("me_member", "will join by the orientation")]).leads_to();
    house.get("dora", "/apply/mentee").says("you are eligible").says("promise to renew it by 27 June 2026");
}

// APP3
fn the_same_fact_is_asked_once(house: &House) {
    let id = house.person("anna");
    house.write(move |tx| {
        let person = membership::the_person(tx, &policy::house(), id)?;
        let told = membership::Person { phone: "+1 312 555 0142".into(), member_number: "A-17".into(), ..person };
        membership::write_details(tx, &told)
    });
    let form = house.get("anna", WHOLE).is_ok().body;
    for known in ["Anna Anderson", "anna@example.org", "+1 312 555 0142", "A-17"] {
        assert!(form.contains(known), "{known} is asked again");
    }
    let draft = [("me_role", "Library assistant"), ("me_employer", "City Library"), ("me_phone", "")];
    house.post("anna", "/applications/mentee/draft", &draft).leads_to();
    let form = house.get("anna", "/apply/mentor?all=yes").is_ok().body;
    for known in ["Anna Anderson", "Library assistant", "City Library", "+1 312 555 0142"] {
        assert!(form.contains(known), "{known} is asked again");
    }
}

// CAP1, CAP2, ELG4
fn a_complete_application_takes_a_place(house: &House) {
    let status = house.apply("anna", Role::Mentee).leads_to();
    house
        .get("anna", &status)
        .is_ok()
        .says("accepted")
        .says("Number of your application 1")
        .says("Free at the moment: 24 of 25.")
        .says("promises to join, judged on Friday 20 February 2026");
    assert_eq!(roles_of(house, "anna"), ["mentee"]);
    assert_eq!(house.letter_names_to("anna"), ["application_received", "place_taken"]);
    let (cohort, person) = (house.cohort, house.person("anna"));
    assert_eq!(house.read(move |tx| crate::place_of(tx, cohort, person)), Place::Taken);
    let promised = house.read(move |tx| membership::open_promises(tx, &policy::house(), cohort));
    assert_eq!(promised.iter().map(|it| it.person).collect::<Vec<_>>(), [person]);
    let application = house.read(move |tx| crate::application_of(tx, cohort, Role::Mentee, person)).unwrap();
    assert_eq!(journal_about(house, application.id), ["application begun", "application submitted", "place taken"]);
    let known = house.read(move |tx| membership::the_person(tx, &policy::house(), person));
    assert_eq!((known.employer.as_str(), known.zone.as_str()), ("anna’s school", "America/Chicago"));
}

fn a_mentor_who_is_a_member_joins_at_once(house: &House) {
    house.with_roster();
    let status = house.apply("maria", Role::Mentor).leads_to();
    house.get("maria", &status).is_ok().says("accepted").says("On 27 April 2026 the directory opens");
    assert_eq!(roles_of(house, "maria"), ["mentor"]);
    assert_eq!(house.letter_names_to("maria"), ["application_received", "mentor_joined"]);
    assert_eq!(journal_about(house, house.person("maria")), ["mentor joined"]);
    assert_eq!((figures(house).mentors, figures(house).taken), (1, 0));
    // The same person may apply as a mentee too; the place is another thing.
    house.apply("maria", Role::Mentee).leads_to();
    assert_eq!(roles_of(house, "maria"), ["mentee", "mentor"]);
}

// ELG3
fn who_is_not_eligible_learns_why_and_can_ask_for_a_second_look(house: &House) {
    house.with_roster();
    house.person("dora");
    let fields = mentor_fields("dora");
    let check = house.post("dora", "/applications/mentor/check", &borrowed(&fields)).leads_to();
    house.get("dora", &check).is_ok().says("not eligible yet").says("Submit all the same");
    let status = house.post("dora", &check.replace("/check", "/submission"), &[]).leads_to();
    house.get("dora", &status).is_ok().says("not this time").says("Have we something wrong?");
    assert_eq!(house.letter_names_to("dora"), ["not_eligible"]);
    assert!(house.letters_to("dora")[0].text.contains("has lapsed"), "{}", house.letters_to("dora")[0].text);
    assert_eq!(roles_of(house, "dora"), ["applicant"]);
    let empty = house.post("dora", &format!("{status}/appeal"), &[("words", " ")]);
    assert_eq!(empty.status, 422);
    empty.says("Please say in a sentence or two");
    house.post("dora", &format!("{status}/appeal"), &[("words", "I renewed it yesterday.")]).leads_to();
    house.get("dora", &status).is_ok().says("under review").does_not_say("Have we something wrong?");
    assert_eq!(house.post("dora", &format!("{status}/appeal"), &[("words", "Again")]).status, 409);
}

fn an_application_is_read_by_its_author_alone(house: &House) {
    let status = house.apply("anna", Role::Mentee).leads_to();
    house.person("berta");
    house.role("ute", Role::Chair);
    for who in ["berta", "ute"] {
        assert_eq!(house.get(who, &status).status, 404);
        for verb in ["check", "answers"] {
            assert_eq!(house.get(who, &format!("{status}/{verb}")).status, 404, "{verb}");
        }
        for verb in ["submission", "withdrawal", "appeal", "answers", "offer"] {
            assert_eq!(house.post(who, &format!("{status}/{verb}"), &[]).status, 404, "{verb}");
        }
    }
    assert!(house.get_as_stranger(&status).leads_to().starts_with("/sign-in"));
    house.get("anna", &status).is_ok().says("accepted").says("Somebody Secret");
}

// APP5
fn a_withdrawn_application_takes_its_turn_like_any_other(house: &House) {
    house.places(1);
    let status = house.apply("anna", Role::Mentee).leads_to();
    house.post("anna", &format!("{status}/withdrawal"), &[]).leads_to();
    house.get("anna", &status).is_ok().says("withdrawn").says("Apply again");
    assert_eq!(roles_of(house, "anna"), Vec::<&str>::new());
    assert_eq!(house.letter_names_to("anna"), ["application_received", "place_taken", "application_withdrawn"]);
    assert_eq!(house.post("anna", &format!("{status}/withdrawal"), &[]).status, 422);
    house.apply("berta", Role::Mentee).leads_to();
    let again = house.apply("anna", Role::Mentee).leads_to();
    assert_eq!(again, status);
    house.get("anna", &status).is_ok().says("waiting list (place 1)").says("Number of your application 3");
    house.later("2026-06-27T17:00:00Z", &["berta"]);
    let berta = house.path_of("berta", Role::Mentee);
    let refused = house.post("berta", &format!("{berta}/withdrawal"), &[]);
    assert_eq!(refused.status, 422);
    refused.says("The session has begun");
}

// V-16
fn a_submission_is_not_sent_twice(house: &House) {
    let status = house.apply("anna", Role::Mentee).leads_to();
    let again = house.post("anna", &format!("{status}/submission"), &[]);
    assert_eq!(again.status, 409);
    again.says("moved on meanwhile");
    let written = house.post("anna", "/applications/mentee/draft", &[("me_why", "Another reason")]);
    assert_eq!(written.status, 409);
    assert_eq!(house.get("anna", "/apply/mentee").leads_to(), status);
    assert_eq!((figures(house).taken, figures(house).mentee_applications), (1, 1));
}

fn a_mentor_corrects_the_profile_and_a_mentee_the_answers(house: &House) {
    house.with_roster();
    let status = house.apply("maria", Role::Mentor).leads_to();
    assert_eq!(house.get("maria", &format!("{status}/answers")).leads_to(), "/profile");
    house.get("maria", "/profile").is_ok().says("Your profile").says("Honest questions.");
    let empty = house.post("maria", "/profile", &borrowed(&with(mentor_fields("maria"), &[("mo_can", "")])));
    assert_eq!(empty.status, 422);
    empty.says("What a mentee will get from me").says("Five lines and a detour.");
    let fields = with(mentor_fields("maria"), &[("mo_can", "Time and patience."), ("mo_city", "Lisbon")]);
    assert_eq!(house.post("maria", "/profile", &borrowed(&fields)).leads_to(), "/profile");
    house.get("maria", "/profile").is_ok().says("Time and patience.");
    let maria = house.person("maria");
    assert_eq!(journal_about(house, maria), ["mentor joined", "mentor profile changed"]);
    assert_eq!(house.read(move |tx| membership::the_person(tx, &policy::house(), maria)).city, "Lisbon");

    let status = house.apply("anna", Role::Mentee).leads_to();
    assert_eq!(house.get("anna", "/profile").status, 404);
    let fields = with(mentee_fields("anna"), &[("me_why", "A better reason."), ("me_not", "Nobody")]);
    house.post("anna", &format!("{status}/answers"), &borrowed(&fields)).leads_to();
    house.get("anna", &status).is_ok().says("A better reason.").says("Nobody").says("accepted");
}

fn what_is_next_leads_through_the_call(house: &House) {
    house.person("anna");
    assert_eq!(titles(house, "anna"), ["Apply as a mentee or as a mentor"]);
    house.post("anna", "/applications/mentee/draft", &[]).leads_to();
    assert_eq!(titles(house, "anna"), ["Finish your application as a mentee"]);
    house.places(1);
    house.apply("berta", Role::Mentee).leads_to();
    house.apply("anna", Role::Mentee).leads_to();
    assert_eq!(titles(house, "anna"), ["You are number 1 on the waiting list"]);
    assert_eq!(titles(house, "berta"), Vec::<String>::new());
    house.later("2026-06-22T10:00:00Z", &["anna"]);
    assert_eq!(titles(house, "anna"), Vec::<String>::new());
}

fn titles(house: &House, who: &str) -> Vec<String> {
    let page = house.get(who, "/next").is_ok().text();
    page.split('«').skip(1).filter_map(|rest| rest.split('»').next()).map(str::to_owned).collect()
}
