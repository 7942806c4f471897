//! Being invited, answering, and the file for the calendar.

use policy::Role;
use testing::House;

use super::{invited, letters_named, link_in, orientation, pair};

testing::on_both_databases! { crate::journeys::doors(); crate::journeys::jobs;
    an_open_cohort_has_its_orientation_and_follow_up_on_the_calendars_days
    the_people_of_duos_and_the_committee_are_invited_once_with_a_calendar_file
    one_click_answers_without_signing_in_and_can_be_changed
    the_link_of_somebody_who_left_shows_and_takes_nothing
    reminders_come_seven_days_and_one_day_before_to_who_has_not_declined
    time_and_place_are_set_and_everyone_invited_is_told
    what_is_wrong_with_a_time_is_said_at_its_field
    an_event_moves_with_its_step_of_the_calendar
    everyone_is_invited_to_the_follow_up_session
    a_circle_is_among_everyones_events
    an_event_of_others_does_not_exist
}

// SET2, ORI1
fn an_open_cohort_has_its_orientation_and_follow_up_on_the_calendars_days(house: &House) {
    house.role("carla", Role::Chair);
    house.run_jobs();
    assert_eq!(house.run_jobs(), 0);
    let page = house.get("carla", &format!("/cohorts/{}/events", house.cohort)).is_ok();
    let page = page.says("Saturday 27 June 2026, 12:00–14:00 CDT");
    page.says("Saturday 26 June 2027, 10:00–11:00 CDT");
    assert!(house.letters().is_empty());
}

// ORI1
fn the_people_of_duos_and_the_committee_are_invited_once_with_a_calendar_file(house: &House) {
    invited(house);
    for who in ["marta", "nils", "lena", "carla"] {
        let letters = letters_named(house, who, "orientation_invitation");
        assert_eq!(letters.len(), 1, "{who}");
        let file = letters[0].calendar.clone().unwrap();
        assert!(file.contains("DTSTART:20260627T170000Z\r\nDTEND:20260627T190000Z"), "{file}");
        assert!(letters[0].subject.contains("Saturday 27 June 2026"), "{}", letters[0].subject);
    }
    assert_eq!(house.run_jobs(), 0);
    pair(house, "mb", "nb");
    house.days(1);
    house.run_jobs();
    assert_eq!(letters_named(house, "nb", "orientation_invitation").len(), 1);
    assert_eq!(letters_named(house, "nils", "orientation_invitation").len(), 1);
}

fn one_click_answers_without_signing_in_and_can_be_changed(house: &House) {
    invited(house);
    let link = link_in(house, &letters_named(house, "nils", "orientation_invitation")[0]);
    for _ in 0..10 {
        house.get_as_stranger(&link).is_ok().says("Do you come?").does_not_say("So far");
    }
    assert_eq!(house.post_as_stranger(&link, &[("answer", "online")]).leads_to(), link);
    house.get_as_stranger(&link).is_ok().says("So far: takes part online");
    house.post_as_stranger(&link, &[("answer", "yes")]).leads_to();
    house.get_as_stranger(&link).is_ok().says("So far: comes");
    let file = house.get_as_stranger(&format!("{link}/calendar.ics")).is_ok();
    assert!(file.kind.starts_with("text/calendar") && file.body.starts_with("BEGIN:VCALENDAR\r\n"), "{}", file.body);
    let refused = house.post_as_stranger(&link, &[("answer", "perhaps")]);
    assert_eq!(refused.status, 422);
    refused.says("Choose whether you come.");
    assert_eq!(house.get_as_stranger("/invitations/nothing").status, 409);

    let path = format!("/events/{}", orientation(house));
    house.get("nils", &path).is_ok().says("So far: comes").does_not_say("For the committee");
    house.post("nils", &format!("{path}/answer"), &[("answer", "no")]).leads_to();
    house.get("nils", "/events").is_ok().says("Your answer: cannot come.");
    house.get("nils", &format!("{path}/calendar.ics")).is_ok();
    house.at("2026-06-28T15:00:00Z");
    let late = house.post_as_stranger(&link, &[("answer", "yes")]);
    assert_eq!(late.status, 409);
    late.says("The event is over.");
}

// C-02, V-17: a right does not outlive the role, whichever way somebody comes.
fn the_link_of_somebody_who_left_shows_and_takes_nothing(house: &House) {
    invited(house);
    let link = link_in(house, &letters_named(house, "nils", "orientation_invitation")[0]);
    house.get_as_stranger(&link).is_ok().says("Do you come?");
    let (cohort, nils) = (house.cohort, house.person("nils"));
    house.write(move |tx| program::leave(tx, nils, cohort, Role::Mentee));
    assert_eq!(house.get("nils", &format!("/events/{}", orientation(house))).status, 404);
    for path in [link.clone(), format!("{link}/calendar.ics")] {
        let shut = house.get_as_stranger(&path);
        assert_eq!(shut.status, 409, "{path}");
        shut.says("This invitation has ended").does_not_say("Do you come?");
    }
    assert_eq!(house.post_as_stranger(&link, &[("answer", "yes")]).status, 409);
    let other = link_in(house, &letters_named(house, "marta", "orientation_invitation")[0]);
    house.get_as_stranger(&other).is_ok().says("Do you come?");
}

fn reminders_come_seven_days_and_one_day_before_to_who_has_not_declined(house: &House) {
    invited(house);
    let declined = link_in(house, &letters_named(house, "marta", "orientation_invitation")[0]);
    house.post_as_stranger(&declined, &[("answer", "no")]).leads_to();
    let reminders = |who: &str| letters_named(house, who, "orientation_reminder").len();
    house.at("2026-06-20T13:00:00Z");
    house.run_jobs();
    assert_eq!(reminders("nils"), 0, "before nine in Chicago");
    house.at("2026-06-20T15:00:00Z");
    house.run_jobs();
    assert_eq!((reminders("nils"), reminders("marta")), (1, 0));
    assert_eq!(house.run_jobs(), 0);
    house.at("2026-06-26T15:00:00Z");
    house.run_jobs();
    assert_eq!((reminders("nils"), reminders("marta")), (2, 0));
    house.at("2026-06-27T16:00:00Z");
    assert_eq!(house.run_jobs(), 0);
    let last = letters_named(house, "nils", "orientation_reminder").remove(1);
    assert!(last.calendar.is_some());
    assert!(last.text.contains("a badge with your name. A seat beside Marta"), "{}", last.text);
    for letter in letters_named(house, "lena", "orientation_reminder") {
        assert!(!letter.text.contains("beside"), "the committee has no partner: {}", letter.text);
    }
    house.get_as_stranger(&link_in(house, &last)).is_ok();
}

fn time_and_place_are_set_and_everyone_invited_is_told(house: &House) {
    invited(house);
    let path = format!("/events/{}/details", orientation(house));
    house.get("lena", &path).is_ok().says("The day comes from the calendar");
    assert_eq!(house.get("nils", &path).status, 404);
    let declined = link_in(house, &letters_named(house, "marta", "orientation_invitation")[0]);
    house.post_as_stranger(&declined, &[("answer", "no")]).leads_to();
    let fields = [
        ("from", "13:30"),
        ("to", "15:30"),
        ("place", "Room 204, Convention Center"),
        ("online_link", "https://meet.example.org/room"),
        ("words", "Bring *two* pens."),
        ("tell", "yes"),
    ];
    house.post("lena", &path, &fields).leads_to();
    let letters = letters_named(house, "nils", "orientation_invitation");
    assert_eq!(letters.len(), 2);
    assert!(letters[1].text.contains("Room 204, Convention Center"), "{}", letters[1].text);
    let file = letters[1].calendar.clone().unwrap();
    assert!(file.contains("SEQUENCE:1") && file.contains("DTSTART:20260627T183000Z"), "{file}");
    assert_eq!(letters_named(house, "marta", "orientation_invitation").len(), 1);
    let page = house.get("nils", &format!("/events/{}", orientation(house))).is_ok();
    assert!(page.body.contains("<em>two</em>") && page.body.contains("https://meet.example.org/room"));
    assert_eq!(house.run_jobs(), 0);
}

fn what_is_wrong_with_a_time_is_said_at_its_field(house: &House) {
    invited(house);
    let path = format!("/events/{}/details", orientation(house));
    let wrong = house.post("lena", &path, &[("from", "15:00"), ("to", "14:00"), ("place", "Room <7>")]);
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("Room &lt;7&gt;"));
    wrong.says("It has to end after it begins.");
    let wrong =
        house.post("lena", &path, &[("from", "12:00"), ("to", "14:00"), ("online_link", "javascript:alert(1)")]);
    assert_eq!(wrong.status, 422);
    wrong.says("Enter a link that begins with https://.");
}

fn an_event_moves_with_its_step_of_the_calendar(house: &House) {
    invited(house);
    let cohort = house.cohort;
    house.write(move |tx| {
        let next = jiff::civil::date(2026, 7, 9);
        program::cohorts::set_anchors(tx, cohort, next, None, None)?;
        program::cohorts::write_days_from_rules(tx, cohort)
    });
    house.run_jobs();
    let page = house.get("nils", &format!("/events/{}", orientation(house))).is_ok();
    page.says("Saturday 11 July 2026, 12:00–14:00 CDT");
    let letters = letters_named(house, "nils", "orientation_invitation");
    assert_eq!(letters.len(), 2);
    assert!(letters[1].subject.contains("11 July 2026"), "{}", letters[1].subject);
    assert_eq!(house.run_jobs(), 0);
}

fn everyone_is_invited_to_the_follow_up_session(house: &House) {
    invited(house);
    house.at("2027-04-01T15:00:00Z");
    house.run_jobs();
    assert_eq!(letters_named(house, "nils", "followup_invitation").len(), 0);
    house.at("2027-04-02T15:00:00Z");
    house.run_jobs();
    for who in ["marta", "nils"] {
        let letters = letters_named(house, who, "followup_invitation");
        assert_eq!(letters.len(), 1, "{who}");
        assert!(letters[0].calendar.as_ref().is_some_and(|it| it.contains("DTSTART:20270626T150000Z")));
        house.get_as_stranger(&link_in(house, &letters[0])).is_ok().says("Follow-up session");
    }
    assert!(letters_named(house, "carla", "followup_invitation").is_empty());
}

fn a_circle_is_among_everyones_events(house: &House) {
    invited(house);
    let path = format!("/cohorts/{}/events", house.cohort);
    let refused =
        house.post("lena", &path, &[("title", ""), ("day", "2026-02-01"), ("from", "17:00"), ("to", "18:00")]);
    assert_eq!(refused.status, 422);
    refused.says("Give it a title.").says("That day is over.");
    let fields = [("title", "Mentors' circle"), ("day", "2026-09-30"), ("from", "17:00"), ("to", "18:00")];
    let event = house.post("lena", &path, &fields).leads_to();
    house.get("marta", "/events").is_ok().says("Mentors' circle").says("Wednesday 30 September 2026, 17:00–18:00");
    house.post("marta", &format!("{event}/answer"), &[("answer", "yes")]).leads_to();
    house.get("marta", &event).is_ok().says("So far: comes");
    assert_eq!(house.post("marta", &path, &fields).status, 404);
}

fn an_event_of_others_does_not_exist(house: &House) {
    invited(house);
    house.person("olga");
    let path = format!("/events/{}", orientation(house));
    for below in ["", "/calendar.ics", "/make-up", "/details", "/door", "/list"] {
        assert_eq!(house.get("olga", &format!("{path}{below}")).status, 404, "{below}");
        assert_eq!(house.get_as_stranger(&format!("{path}{below}")).status, 303, "{below}");
    }
    assert_eq!(house.post("olga", &format!("{path}/answer"), &[("answer", "yes")]).status, 404);
    house.get("olga", "/events").is_ok().says("No events yet");
}
