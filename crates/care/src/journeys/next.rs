//! What the home page says of this room.

use policy::Role;
use testing::House;

use super::{later, pair, with_lena};

testing::on_both_databases! { crate::journeys::doors(); crate::jobs;
    the_two_are_asked_for_their_open_check_in
    the_liaison_reads_what_is_due_and_which_duos_need_a_word
    the_chair_reads_which_duos_have_no_liaison
    a_chair_who_mentors_reads_nothing_about_the_own_duo
}

// CHK1
fn the_two_are_asked_for_their_open_check_in(house: &House) {
    with_lena(house);
    house.get("nils", "/next").is_ok().does_not_say("check-in");
    later(house, "2026-07-07T15:00:00Z", &["nils", "marta"]);
    house.run_jobs();
    let page = house.get("nils", "/next").is_ok();
    let page = page.says("Answer the check-in | Four questions about you and Marta Martinez.");
    let text = page.says("2026-08-06").text();
    let path = text.split_whitespace().find(|it| it.starts_with("/check-ins/")).unwrap();
    house.post("nils", path, &[("P1", "yes"), ("P3", "5")]).is_ok();
    house.get("nils", "/next").is_ok().does_not_say("check-in");
    house.get("marta", "/next").is_ok().says("Answer the check-in");
    later(house, "2026-08-02T15:00:00Z", &["marta"]);
    house.get("marta", "/next").is_ok().says("Answer the check-in");
    later(house, "2026-08-07T15:00:00Z", &["marta"]);
    house.get("marta", "/next").is_ok().does_not_say("Answer the check-in");
}

// LIA1
fn the_liaison_reads_what_is_due_and_which_duos_need_a_word(house: &House) {
    with_lena(house);
    pair(house, "mb", "nb");
    house.run_jobs();
    later(house, "2026-07-20T13:00:00Z", &["lena"]);
    house.get("lena", "/next").is_ok().says("2 of your duos need a word");
    later(house, "2026-07-20T15:00:00Z", &["lena"]);
    house.run_jobs();
    house.days(7);
    house.run_jobs();
    let page = house.get("lena", "/next").is_ok().says("2 things are due on your desk");
    page.says("First: Write to Marta Martinez and Nils Nakamura, to each separately.").says("2026-07-29");
}

fn the_chair_reads_which_duos_have_no_liaison(house: &House) {
    house.role("carla", Role::Chair);
    house.get("carla", "/next").is_ok().does_not_say("liaison");
    pair(house, "marta", "nils");
    pair(house, "mb", "nb");
    house.run_jobs();
    house.get("carla", "/next").is_ok().says("2 duos have no liaison");
    house.role("lena", Role::Liaison);
    house.get("lena", "/next").is_ok().does_not_say("liaison");
}

// LIA6
fn a_chair_who_mentors_reads_nothing_about_the_own_duo(house: &House) {
    for who in ["carla", "dora"] {
        house.role(who, Role::Chair);
    }
    let duo = pair(house, "carla", "nils");
    let (cohort, dora) = (house.cohort, house.person("dora"));
    let task = house.write(move |tx| {
        let new = crate::NewTask {
            cohort,
            duo: Some(duo.id),
            person: None,
            kind: "pulse",
            title: "Ask Nils how it is going".to_owned(),
            words: String::new(),
            due: jiff::civil::date(2026, 2, 24),
            once: "a task".to_owned(),
        };
        crate::add_task(tx, &new)?;
        let scope = policy::scope(&program::subject(tx, dora)?, &policy::Facts::in_cohort(cohort.number()));
        Ok(crate::tasks::open_of_chairs(tx, &scope.unwrap())?.remove(0).id)
    });
    for path in ["/next".to_owned(), format!("/cohorts/{cohort}/liaisons")] {
        house.get("dora", &path).is_ok().says("Ask Nils how it is going");
        house.get("carla", &path).is_ok().does_not_say("Ask Nils");
    }
    for way in ["completion", "delay"] {
        assert_eq!(house.post("carla", &format!("/tasks/{task}/{way}"), &[]).status, 404);
    }
    house.post("dora", &format!("/tasks/{task}/completion"), &[]).leads_to();
}
