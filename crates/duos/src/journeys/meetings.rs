use testing::House;

use super::{later, logged, marta_and_nils, times};

testing::on_both_databases! { crate::doors(); crate::jobs;
    a_meeting_is_three_fields_and_one_button
    what_cannot_be_a_meeting_comes_back_with_its_reason
    the_same_day_counts_once
    either_corrects_and_the_history_stays
    a_removed_meeting_counts_no_more
    today_is_today_where_the_person_lives
}

fn facts(house: &House, duo: &crate::Duo) -> crate::Facts {
    let id = duo.id;
    house.read(move |tx| crate::facts(tx, id))
}

// MTG2, MTG3
fn a_meeting_is_three_fields_and_one_button(house: &House) {
    let duo = marta_and_nils(house);
    later(house, "2026-07-10T18:00:00Z", &["marta", "nils"]);
    let page = house.get("nils", &duo.path("")).is_ok();
    assert!(page.body.contains("name=\"day\" value=\"2026-07-10\""), "today is there already");
    let meeting = [("day", "2026-07-09"), ("way", "in person"), ("minutes", "75")];
    assert_eq!(house.post("nils", &duo.path("/meetings"), &meeting).leads_to(), duo.path(""));
    let facts = facts(house, &duo);
    assert_eq!((facts.meetings, facts.minutes), (1, 75));
    assert_eq!(facts.last_meeting, Some(jiff::civil::date(2026, 7, 9)));
    assert_eq!(times(house, "meeting logged", duo.id), 1);
    let page = house.get("marta", &duo.path("")).is_ok().says("9 Jul 2026, in person, 75 minutes").says("1 h 15 min");
    assert!(page.body.contains("name=\"minutes\" value=\"75\""), "the length of last time is there");
}

fn what_cannot_be_a_meeting_comes_back_with_its_reason(house: &House) {
    let duo = marta_and_nils(house);
    later(house, "2026-07-10T18:00:00Z", &["marta", "nils"]);
    for (day, way, minutes, words) in [
        ("2026-07-11", "video", "60", "this day is still to come"),
        ("2025-07-10", "video", "60", "long before your session"),
        ("yesterday", "video", "60", "Give the day of the meeting"),
        ("2026-07-10", "by pigeon", "60", "Choose how you met."),
        ("2026-07-10", "video", "an hour", "Give the length in minutes"),
    ] {
        let fields = [("day", day), ("way", way), ("minutes", minutes)];
        let refused = house.post("nils", &duo.path("/meetings"), &fields);
        assert_eq!(refused.status, 422, "{words}");
        let refused = refused.says("There is a problem").says(words);
        assert!(refused.body.contains(&format!("name=\"minutes\" value=\"{minutes}\"")), "{words}");
    }
    assert_eq!(facts(house, &duo).meetings, 0);
}

fn the_same_day_counts_once(house: &House) {
    let duo = marta_and_nils(house);
    later(house, "2026-07-10T18:00:00Z", &["marta", "nils"]);
    let meeting = [("day", "2026-07-09"), ("way", "video"), ("minutes", "60")];
    house.post("nils", &duo.path("/meetings"), &meeting).leads_to();
    let again = house.post("marta", &duo.path("/meetings"), &meeting);
    assert_eq!(again.status, 422);
    again.says("A meeting on this day is logged already.");
    assert_eq!(facts(house, &duo).meetings, 1);
}

fn the_first(house: &House, duo: &crate::Duo) -> String {
    duo.path(&format!("/meetings/{}", logged(house, duo)[0].id))
}

// MTG5
fn either_corrects_and_the_history_stays(house: &House) {
    let duo = marta_and_nils(house);
    later(house, "2026-07-10T18:00:00Z", &["marta", "nils"]);
    house
        .post("nils", &duo.path("/meetings"), &[("day", "2026-07-09"), ("way", "video"), ("minutes", "60")])
        .leads_to();
    let one = the_first(house, &duo);
    house.get("marta", &one).is_ok().says("Thursday 9 July 2026");
    let wrong = house.post("marta", &one, &[("day", "2026-07-09"), ("way", "phone"), ("minutes", "0")]);
    assert_eq!(wrong.status, 422);
    house.post("marta", &one, &[("day", "2026-07-09"), ("way", "phone"), ("minutes", "45")]).leads_to();
    house
        .get("nils", &duo.path("/meetings"))
        .is_ok()
        .says("9 Jul 2026, video, 60 minutes – corrected by Marta Martinez")
        .says("Phone");
    assert_eq!((facts(house, &duo).meetings, facts(house, &duo).minutes), (1, 45));
    assert_eq!(times(house, "meeting logged", duo.id), 1);
    assert_eq!(house.post("nils", &one, &[("day", "2026-07-08"), ("way", "phone"), ("minutes", "45")]).status, 404);
}

fn a_removed_meeting_counts_no_more(house: &House) {
    let duo = marta_and_nils(house);
    later(house, "2026-07-10T18:00:00Z", &["marta", "nils"]);
    let meeting = [("day", "2026-07-09"), ("way", "video"), ("minutes", "60")];
    house.post("nils", &duo.path("/meetings"), &meeting).leads_to();
    house.post("marta", &format!("{}/removal", the_first(house, &duo)), &[]).leads_to();
    assert_eq!((facts(house, &duo).meetings, facts(house, &duo).last_meeting), (0, None));
    house
        .get("nils", &duo.path("/meetings"))
        .is_ok()
        .says("removed by Marta Martinez")
        .says("No meeting is logged yet");
    house.post("nils", &duo.path("/meetings"), &meeting).leads_to();
    assert_eq!(facts(house, &duo).meetings, 1);
}

fn today_is_today_where_the_person_lives(house: &House) {
    let duo = marta_and_nils(house);
    // Still the tenth in Chicago, already the eleventh in Auckland.
    later(house, "2026-07-10T23:00:00Z", &["marta", "nils"]);
    let meeting = [("day", "2026-07-11"), ("way", "video"), ("minutes", "60")];
    assert_eq!(house.post("nils", &duo.path("/meetings"), &meeting).status, 422);
    let nils = duo.mentee;
    house.write(move |tx| {
        let person = membership::person(tx, &policy::house(), nils)?.unwrap();
        membership::write_details(tx, &membership::Person { zone: "Pacific/Auckland".to_owned(), ..person })
    });
    house.post("nils", &duo.path("/meetings"), &meeting).leads_to();
}
