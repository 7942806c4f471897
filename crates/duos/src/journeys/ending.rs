use policy::Role;
use testing::House;

use super::{later, logged, marta_and_nils, pair, times};

testing::on_both_databases! { crate::doors(); crate::jobs;
    either_ends_without_a_reason_and_the_partner_is_told_kindly
    the_liaison_is_told_that_it_ended_and_never_why
    after_the_end_both_keep_reading_and_nothing_changes_any_more
    the_one_who_was_left_says_what_they_would_like
    whoever_takes_part_no_more_reads_no_telephone_of_the_partner
    a_mentor_whose_duo_ended_can_be_in_another
    the_session_closes_its_duos_on_its_last_day
    a_duo_goes_on_after_the_session_when_both_wish_it_and_neither_hears_of_one
    a_withdrawn_application_ends_the_duo
}

// AGR2: no-fault exit.
fn either_ends_without_a_reason_and_the_partner_is_told_kindly(house: &House) {
    let duo = marta_and_nils(house);
    house.get("nils", &duo.path("/ending")).is_ok().says("You may end at any time, and you owe nobody a reason.");
    house.post("nils", &duo.path("/ending"), &[]).leads_to();
    assert_eq!(times(house, "duo ended", duo.id), 1);
    let letter = house.letters_to("marta").pop().unwrap();
    assert_eq!(letter.letter, "exit_to_partner");
    assert!(letter.text.contains("This says nothing about you.") && !letter.text.contains("asked us to pass this on"));
    assert_eq!(house.link_in(&letter), duo.path("/ending"));
    house.get("marta", &duo.path("")).is_ok().says("This duo ended on").says("Say what you would like now");
    let again = house.post("marta", &duo.path("/ending"), &[]);
    assert_eq!(again.status, 409);
    again.says("This duo has ended already.");
    assert_eq!(times(house, "duo ended", duo.id), 1);
}

fn the_liaison_is_told_that_it_ended_and_never_why(house: &House) {
    let duo = marta_and_nils(house);
    house.role("lena", Role::Liaison);
    let id = duo.id;
    house.write(move |tx| crate::set_liaison_words(tx, id, "Lena Lindgren", "lena@example.org"));
    let told = [
        ("reason", "no contact"),
        ("words", "Thank you for the first months."),
        ("helped", "More time"),
        ("new_partner", "in the next cohort"),
    ];
    house.post("marta", &duo.path("/ending"), &told).leads_to();
    let to_liaison = &house.letters_to("lena")[0];
    assert_eq!(to_liaison.letter, "exit_to_liaison");
    for secret in ["no contact", "Thank you for the first", "More time"] {
        assert!(!to_liaison.text.contains(secret), "{secret}");
    }
    let to_partner = house.letters_to("nils").pop().unwrap();
    assert!(to_partner.text.contains("Thank you for the first months."));
    assert!(!to_partner.text.contains("no contact") && !to_partner.text.contains("More time"));
    let marta = duo.mentor;
    assert_eq!(
        house.read(move |tx| crate::wish(tx, &policy::house(), id, marta)).as_deref(),
        Some("in the next cohort")
    );
    let wrong = house.post("marta", &duo.path("/ending"), &[("reason", "none of yours")]);
    assert_eq!(wrong.status, 422);
}

fn after_the_end_both_keep_reading_and_nothing_changes_any_more(house: &House) {
    let duo = marta_and_nils(house);
    house.post("nils", &duo.path("/notebook"), &[("kind", "shared"), ("text", "Worth keeping")]).leads_to();
    later(house, "2026-07-10T18:00:00Z", &["marta", "nils"]);
    let meeting = [("day", "2026-07-09"), ("way", "video"), ("minutes", "60")];
    house.post("nils", &duo.path("/meetings"), &meeting).leads_to();
    house.post("nils", &duo.path("/ending"), &[]).leads_to();
    for who in ["marta", "nils"] {
        house.get(who, &duo.path("/notebook")).is_ok().says("Worth keeping");
        house.get(who, &duo.path("/meetings")).is_ok().says("9 Jul 2026");
        for below in ["", "/agreement", "/goals", "/ending"] {
            house.get(who, &duo.path(below)).is_ok();
        }
    }
    let one = logged(house, &duo)[0].id;
    let removal = format!("/meetings/{one}/removal");
    for (below, fields) in [
        ("/meetings", vec![("day", "2026-07-08"), ("way", "video"), ("minutes", "60")]),
        (removal.as_str(), vec![]),
        ("/notebook", vec![("kind", "shared"), ("text", "Late")]),
        ("/goals", vec![("revision", "0"), ("goal_1_title", "Late")]),
        ("/agreement", vec![("revision", "0"), ("purpose", "Late")]),
        ("/agreement/signature", vec![("revision", "0")]),
    ] {
        let refused = house.post("marta", &duo.path(below), &fields);
        assert_eq!(refused.status, 422, "{below}");
        refused.says("This duo is over");
    }
}

fn the_one_who_was_left_says_what_they_would_like(house: &House) {
    let duo = marta_and_nils(house);
    // As long as it goes on there is nothing to wish for; the way leads to the page that says so.
    assert_eq!(house.post("nils", &duo.path("/wish"), &[("new_partner", "now")]).leads_to(), duo.path("/ending"));
    house.post("marta", &duo.path("/ending"), &[]).leads_to();
    house.get("nils", &duo.path("/ending")).is_ok().says("Would you like a new partner?");
    assert_eq!(house.post("nils", &duo.path("/wish"), &[("new_partner", "perhaps")]).status, 422);
    house.post("nils", &duo.path("/wish"), &[("new_partner", "now")]).leads_to();
    let (id, nils) = (duo.id, duo.mentee);
    assert_eq!(house.read(move |tx| crate::wish(tx, &policy::house(), id, nils)).as_deref(), Some("now"));
    house.get("nils", &duo.path("")).is_ok().does_not_say("Say what you would like now");
}

// C-02
fn whoever_takes_part_no_more_reads_no_telephone_of_the_partner(house: &House) {
    let duo = marta_and_nils(house);
    let (marta, nils, cohort) = (duo.mentor, duo.mentee, house.cohort);
    house.write(move |tx| {
        let told = membership::the_person(tx, &policy::house(), marta)?;
        membership::write_details(tx, &membership::Person { phone: "+1 312 555 0100".to_owned(), ..told })
    });
    house.get("nils", &duo.path("")).is_ok().says("+1 312 555 0100").says("marta@example.org");
    house.post("nils", &duo.path("/ending"), &[]).leads_to();
    house.get("nils", &duo.path("")).is_ok().says("+1 312 555 0100");
    house.write(move |tx| program::leave(tx, nils, cohort, Role::Mentee));
    let page = house.get("nils", &duo.path("")).is_ok().says(&duo.mentor_name).says("how to reach them is not shown");
    page.does_not_say("+1 312 555 0100").does_not_say("marta@example.org");
    house.get("marta", &duo.path("")).is_ok().says("nils@example.org");
}

fn a_mentor_whose_duo_ended_can_be_in_another(house: &House) {
    let first = marta_and_nils(house);
    house.post("nils", &first.path("/ending"), &[]).leads_to();
    house.days(3);
    let second = pair(house, "marta", "olga");
    assert_eq!((first.number, second.number), (1, 2));
    assert_eq!(house.get("marta", "/duo").leads_to(), second.path(""));
    assert_eq!(house.get("nils", "/duo").leads_to(), first.path(""));
    let (cohort, marta) = (house.cohort, first.mentor);
    assert_eq!(house.read(move |tx| crate::of_person(tx, cohort, marta)).unwrap().id, second.id);
    // Nobody of the second duo sees the first.
    assert_eq!(house.get("olga", &first.path("")).status, 404);
}

// END4
fn the_session_closes_its_duos_on_its_last_day(house: &House) {
    let duo = marta_and_nils(house);
    let ended = pair(house, "olga", "piet");
    house.post("piet", &ended.path("/ending"), &[]).leads_to();
    house.at("2027-05-01T04:00:00Z");
    house.run_jobs();
    assert_eq!(times(house, "duo closed", duo.id), 0, "it is still the last day in Chicago");
    later(house, "2027-05-01T06:00:00Z", &["nils"]);
    house.run_jobs();
    house.run_jobs();
    assert_eq!(times(house, "duo closed", duo.id), 1);
    assert_eq!(times(house, "duo closed", ended.id), 0);
    house.get("nils", &duo.path("")).is_ok().says("The session is over and your duo closed with it");
    house.get("nils", &duo.path("/ending")).is_ok().says("What you wrote stays here");
}

// END4
fn a_duo_goes_on_after_the_session_when_both_wish_it_and_neither_hears_of_one(house: &House) {
    let (duo, other) = (marta_and_nils(house), pair(house, "olga", "piet"));
    let wish = |who: &str, duo: &crate::Duo, wish: &str| house.post(who, &duo.path("/going-on"), &[("wish", wish)]);
    assert_eq!(wish("nils", &duo, "yes").status, 409, "it is early");
    house.get("nils", &duo.path("")).is_ok().does_not_say("I would like to go on");
    later(house, "2027-04-20T12:00:00Z", &["marta", "nils", "olga", "piet"]);
    let before = house.get("marta", &duo.path("")).is_ok().body;
    house.get("nils", &duo.path("")).is_ok().says("I would like to go on");
    wish("nils", &duo, "yes").leads_to();
    house.get("nils", &duo.path("")).is_ok().says("Take my wish back");
    assert_eq!(house.get("marta", &duo.path("")).is_ok().body, before, "one alone shows nothing");
    assert!(house.letters().iter().all(|it| it.letter != "going_on"));
    wish("nils", &duo, "no").leads_to();
    wish("marta", &duo, "yes").leads_to();
    wish("nils", &duo, "yes").leads_to();
    for who in ["marta", "nils"] {
        assert_eq!(house.letters_to(who).pop().unwrap().letter, "going_on");
        house.get(who, &duo.path("")).is_ok().says("You both wished to go on").says("26 June 2027");
    }
    assert_eq!(wish("nils", &duo, "no").status, 409, "both have said it");
    wish("olga", &other, "yes").leads_to();
    assert_eq!(house.post("olga", &duo.path("/going-on"), &[("wish", "yes")]).status, 404);
    later(house, "2027-05-02T12:00:00Z", &["marta", "nils", "olga"]);
    house.run_jobs();
    assert_eq!((times(house, "duo closed", duo.id), times(house, "duo closed", other.id)), (0, 1));
    let meeting = [("day", "2027-05-01"), ("way", "video"), ("minutes", "60")];
    house.post("nils", &duo.path("/meetings"), &meeting).leads_to();
    assert_eq!(wish("olga", &other, "yes").status, 409);
    house.at("2027-06-27T12:00:00Z");
    house.run_jobs();
    assert_eq!(times(house, "duo closed", duo.id), 1);
}

// APP5: whoever withdraws after the duo was formed has left it; the partner is told.
fn a_withdrawn_application_ends_the_duo(house: &House) {
    let duo = super::marta_and_nils(house);
    let (mentee, cohort) = (duo.mentee, duo.cohort);
    house.write(move |tx| {
        Ok(platform::journal::record(tx, "application withdrawn", mentee, Some(mentee), Some(cohort))?)
    });
    house.run_jobs();
    let id = duo.id;
    let ended = house.read(move |tx| crate::duo(tx, id)).unwrap();
    assert_eq!((ended.state.as_str(), ended.ended_by), ("ended", Some(mentee)));
    assert_eq!(house.run_jobs(), 0);
}
