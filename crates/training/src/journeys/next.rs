//! What the home page says of this room.

use testing::House;

use super::{invited, note, orientation};

testing::on_both_databases! { crate::journeys::doors(); crate::journeys::jobs;
    an_invitation_waits_for_its_answer
    the_lessons_are_due_before_the_orientation
    who_missed_the_orientation_is_asked_to_make_up_for_it
    the_committee_is_asked_for_the_list_on_the_day
}

fn an_invitation_waits_for_its_answer(house: &House) {
    invited(house);
    let path = format!("/events/{}", orientation(house));
    for who in ["nils", "marta", "lena"] {
        let page = house.get(who, "/next").is_ok().says("Say whether you come: Orientation");
        page.says(&format!("2026-06-20 | {path}"));
    }
    house.post("nils", &format!("{path}/answer"), &[("answer", "no")]).leads_to();
    house.get("nils", "/next").is_ok().does_not_say("Say whether you come");
    house.at("2026-06-21T15:00:00Z");
    house.get("marta", "/next").is_ok().says("| 2026-06-27 |");
}

fn the_lessons_are_due_before_the_orientation(house: &House) {
    invited(house);
    house.post("nils", "/lessons/1/reading", &[]).leads_to();
    house.get("nils", "/next").is_ok().says("Read the lessons | 1 of 8 read").says("2026-06-24");
    for number in 2..=8 {
        house.post("nils", &format!("/lessons/{number}/reading"), &[]).leads_to();
    }
    house.get("nils", "/next").is_ok().does_not_say("Read the lessons");
    house.get("lena", "/next").is_ok().does_not_say("Read the lessons");
}

// ORI3
fn who_missed_the_orientation_is_asked_to_make_up_for_it(house: &House) {
    invited(house);
    house.at("2026-06-27T17:05:00Z");
    note(house, "marta", "came").leads_to();
    house.get("nils", "/next").is_ok().does_not_say("Make up");
    house.at("2026-06-28T15:00:00Z");
    house.run_jobs();
    house.get("nils", "/next").is_ok().says("Make up for the orientation").says("2026-07-11");
    house.get("marta", "/next").is_ok().does_not_say("Make up");
}

fn the_committee_is_asked_for_the_list_on_the_day(house: &House) {
    invited(house);
    house.get("lena", "/next").is_ok().does_not_say("Note who is");
    house.at("2026-06-27T14:00:00Z");
    house.get("lena", "/next").is_ok().says("Note who is at the orientation");
    house.get("nils", "/next").is_ok().does_not_say("Note who is");
    house.at("2026-06-29T15:00:00Z");
    house.run_jobs();
    house.get("carla", "/next").is_ok().says("Complete the list of the orientation");
    note(house, "marta", "came").leads_to();
    house.post("lena", &format!("/events/{}/attendance/completion", orientation(house)), &[]).leads_to();
    house.get("carla", "/next").is_ok().does_not_say("Complete the list");
}
