//! What follows when a duo falls silent, and the letters of the month.

use policy::Role;
use testing::House;

use super::{later, met, pair, tasks_of, with_lena};

testing::on_both_databases! { crate::journeys::doors(); crate::jobs;
    a_silent_duo_leads_up_the_ladder_step_by_step
    a_duo_that_is_well_again_leaves_the_ladder_and_its_tasks_are_closed
    the_liaison_sends_the_words_to_each_of_the_two
    tasks_end_with_the_duo
    the_letter_of_the_month_brings_the_guide_and_can_be_ended
}

fn count(house: &House, who: &str, letter: &str) -> usize {
    house.letter_names_to(who).iter().filter(|it| *it == letter).count()
}

/// The mentee ends the duo.
fn end(house: &House, duo: duos::Duo) {
    let ended = house.write(move |tx| duos::end(tx, &duo, duo.mentee, ""));
    assert!(ended.is_ok());
}

/// Lets the house wake up every morning until a day, as it does where it runs.
pub(super) fn live_until(house: &House, moment: &str) {
    let until: jiff::Timestamp = moment.parse().unwrap();
    while house.now() < until {
        house.days(1);
        house.run_jobs();
    }
}

/// From silence on day 21, a Saturday, seen on Monday 20 July.
fn a_silent_duo_leads_up_the_ladder_step_by_step(house: &House) {
    with_lena(house);
    house.role("carla", Role::Chair);
    let lena = house.person("lena");
    later(house, "2026-07-17T15:00:00Z", &["carla"]);
    house.run_jobs();
    assert_eq!(count(house, "nils", "nudge"), 0);
    live_until(house, "2026-07-20T15:00:00Z");
    assert_eq!((count(house, "nils", "nudge"), count(house, "marta", "nudge")), (1, 1));
    assert_eq!(tasks_of(house, lena), Vec::<String>::new());
    live_until(house, "2026-07-27T15:00:00Z");
    assert_eq!(tasks_of(house, lena), ["Write to Marta Martinez and Nils Nakamura, to each separately"]);
    let chairs = format!("/cohorts/{}/liaisons", house.cohort);
    house.get("carla", &chairs).is_ok().does_not_say("needs attention");
    live_until(house, "2026-08-03T15:00:00Z");
    house.get("carla", &chairs).is_ok().says("Duo 1 needs attention");
    live_until(house, "2026-08-10T15:00:00Z");
    assert_eq!(tasks_of(house, lena).len(), 2);
    live_until(house, "2026-08-25T15:00:00Z");
    assert_eq!(count(house, "nils", "nudge"), 1);
    assert_eq!(tasks_of(house, lena).len(), 2);
}

fn a_duo_that_is_well_again_leaves_the_ladder_and_its_tasks_are_closed(house: &House) {
    let duo = with_lena(house);
    later(house, "2026-07-07T15:00:00Z", &["lena", "marta"]);
    house.run_jobs();
    let letters = house.letters_to("nils");
    let letter = letters.iter().find(|it| it.letter == "checkin_1").unwrap();
    let link = house.links_in(letter).into_iter().find(|it| it.starts_with("/check-in/")).unwrap();
    house.post_as_stranger(&link, &[("P1", "no"), ("P3", "4"), ("contact", "yes")]).is_ok();
    live_until(house, "2026-07-15T15:00:00Z");
    assert_eq!(count(house, "nils", "nudge"), 0, "who asks for help is not told to meet");
    let lena = house.person("lena");
    let both =
        ["Nils Nakamura would like to hear from you", "Write to Marta Martinez and Nils Nakamura, to each separately"];
    assert_eq!(tasks_of(house, lena), both);
    let contact = house.read(move |tx| Ok(super::open_tasks(tx, lena)?.remove(0).id));
    house.post("lena", &format!("/tasks/{contact}/completion"), &[]).leads_to();
    met(house, "marta", &duo, "2026-07-15");
    live_until(house, "2026-07-16T15:00:00Z");
    assert_eq!(tasks_of(house, lena), Vec::<String>::new());
    house.get("lena", "/desk").is_ok().says("went from too early to on track on 16 Jul 2026");
}

// LIA2
fn the_liaison_sends_the_words_to_each_of_the_two(house: &House) {
    with_lena(house);
    later(house, "2026-07-19T15:00:00Z", &["lena"]);
    live_until(house, "2026-07-27T15:00:00Z");
    let lena = house.person("lena");
    let task = house.read(move |tx| Ok(super::open_tasks(tx, lena)?.remove(0).id));
    house.role("kofi", Role::Liaison);
    assert_eq!(house.post("kofi", &format!("/tasks/{task}/letter"), &[]).status, 404);
    assert_eq!(house.post("lena", &format!("/tasks/{task}/letter"), &[]).leads_to(), "/desk");
    assert_eq!((count(house, "nils", "liaison_outreach"), count(house, "marta", "liaison_outreach")), (1, 1));
    assert_eq!(house.post("lena", &format!("/tasks/{task}/letter"), &[]).status, 404);
    let letters = house.letters_to("nils");
    let letter = letters.iter().find(|it| it.letter == "liaison_outreach").unwrap();
    assert_eq!(letter.reply_to, "lena@example.org");
    assert!(!letter.text.contains("Marta"), "{}", letter.text);
}

fn tasks_end_with_the_duo(house: &House) {
    let duo = with_lena(house);
    later(house, "2026-07-19T15:00:00Z", &["lena"]);
    live_until(house, "2026-07-27T15:00:00Z");
    let lena = house.person("lena");
    assert_eq!(tasks_of(house, lena).len(), 1);
    end(house, duo);
    house.run_jobs();
    assert_eq!(tasks_of(house, lena), Vec::<String>::new());
    house.get("lena", "/desk").is_ok().says("No duos yet");
    assert_eq!(house.run_jobs(), 0);
}

fn the_letter_of_the_month_brings_the_guide_and_can_be_ended(house: &House) {
    with_lena(house);
    end(house, pair(house, "mb", "nb"));
    house.at("2026-07-01T13:00:00Z");
    house.run_jobs();
    assert_eq!(count(house, "nils", "topic_note"), 0, "before nine in Chicago");
    house.at("2026-07-01T15:00:00Z");
    house.run_jobs();
    assert_eq!((count(house, "nils", "topic_note"), count(house, "nb", "topic_note")), (1, 0));
    let letters = house.letters_to("nils");
    let letter = letters.iter().find(|it| it.letter == "topic_note").unwrap();
    assert_eq!(letter.subject, "July: Getting to know and agreeing");
    assert!(letter.text.contains("What should I know to understand your work?"), "{}", letter.text);
    assert!(house.links_in(letter).contains(&"/guides/01".to_owned()));
    assert!(letter.unsubscribe.is_some());
    assert_eq!(house.run_jobs(), 0);
    house.at("2026-08-03T15:00:00Z");
    house.run_jobs();
    assert_eq!(count(house, "marta", "topic_note"), 2);
}
