//! Ranked lists at the desk: sealed while choosing goes on, then they decide who would
//! rather have whom, and no page shows one.

use pairing::Lists;
use platform::ids::Id;
use policy::Role;
use serde_json::json;
use testing::House;

use super::{
    CLOSED, OPEN,
    desk::{board, content, look, run, with},
    go_to, mentee, mentor,
};
use crate::{
    desk::{runs, settings::Settings},
    wishes::{self, Wish},
};

testing::on_both_databases! {
    crate::doors(); crate::jobs;
    a_list_goes_before_the_fit_where_nobody_would_rather_have_each_other
    while_choosing_goes_on_the_lists_are_sealed_for_the_desk_too
    a_list_that_binds_leaves_its_mentee_rather_than_give_somebody_else
    no_page_shows_a_list_and_its_mentee_sees_that_it_was_used
    a_mentor_who_said_no_is_no_longer_on_the_list_the_engine_sees
    a_run_from_before_lists_were_looked_at_reads_and_repeats_as_it_was
}

/// Ana fits Li best, and has ranked Mo; Bo has ranked nobody.
fn pool(house: &House) -> (Id, Id, Id) {
    pool_at(house, CLOSED)
}

fn pool_at(house: &House, moment: &str) -> (Id, Id, Id) {
    let li = mentor(house, "li", &[]);
    let other = [("mo_expert", json!(["teaching"])), ("mo_expert_strong", json!(["teaching"]))];
    let mo = mentor(house, "mo", &other);
    let ana = mentee(house, "ana", &[]);
    mentee(house, "bo", &[]);
    house.role("carla", Role::Chair);
    go_to(house, moment);
    (ana, li, mo)
}

pub(super) fn ranks(house: &House, mentee: Id, mentors: &[Id]) {
    let wish = |mentor: &Id| Wish {
        mentor: *mentor,
        name: String::new(),
        note: "I would like to learn from you.".to_owned(),
        profile_state: "shown".to_owned(),
        waiting: 0,
    };
    let (cohort, list) = (house.cohort, mentors.iter().map(wish).collect::<Vec<_>>());
    house.write(move |tx| wishes::write(tx, cohort, mentee, &list));
}

fn partner(house: &House, run: usize, mentee: Id) -> Option<String> {
    let plan = content(house, run).1.plan;
    plan.pairs.into_iter().find(|it| it.mentee == mentee.to_string()).map(|it| it.mentor)
}

// ALG2
fn a_list_goes_before_the_fit_where_nobody_would_rather_have_each_other(house: &House) {
    let (ana, li, mo) = pool(house);
    ranks(house, ana, &[mo, li]);
    look(house, &[("objective", "stable")])
        .is_ok()
        .says("1 of 2 mentees ranked somebody who is still free")
        .says("Mentors rank nobody here");
    let path = run(house, &[("objective", "stable")]);
    assert_eq!(partner(house, 0, ana), Some(mo.to_string()));
    house.get("carla", &path).says("one mentee had one; come first, then the fit");
    // Without her list it is Li whom she fits, and the lot decides between her and Bo.
    ranks(house, ana, &[]);
    house.get("carla", &run(house, &[("objective", "stable"), ("seed", "7")])).says("nobody had one");
    assert_eq!(content(house, 1).1.plan.total, content(house, 0).1.plan.total);
    // The other objectives count who would rather have each other by the same lists.
    ranks(house, ana, &[mo]);
    let lock = format!("{ana}.{li}");
    run(house, &[("lock", &lock)]);
    assert_eq!(content(house, 2).1.plan.blocking_pairs, 0, "what is locked is decided");
    run(house, &[("objective", "stable")]);
    let (kept, last) = content(house, 3);
    assert_eq!((last.file.format, last.file.lists), (2, Lists::First));
    assert_eq!(runs::again(&last, &kept.settings()).unwrap(), last.answer);
}

fn while_choosing_goes_on_the_lists_are_sealed_for_the_desk_too(house: &House) {
    let (ana, _, mo) = pool_at(house, OPEN);
    ranks(house, ana, &[mo]);
    look(house, &[("objective", "stable")]).is_ok().says("Until then the lists are sealed, for you too");
    run(house, &[("objective", "stable")]);
    assert!(content(house, 0).1.file.mentees.iter().all(|it| it.ranked.is_empty()));
    assert!(!house.readings_of("ana").iter().any(|it| it.ends_with("ranked list")));
}

fn a_list_that_binds_leaves_its_mentee_rather_than_give_somebody_else(house: &House) {
    let (ana, li, mo) = pool(house);
    ranks(house, ana, &[mo]);
    for (lists, alone) in [("first", false), ("bind", true)] {
        let lock = format!("{}.{mo}", house.person("bo"));
        let path = run(house, &[("lists", lists), ("lock", &lock)]);
        house.get("carla", &path).says(if alone { "1 of 2" } else { "2 of 2" });
    }
    assert_eq!((partner(house, 0, ana), partner(house, 1, ana)), (Some(li.to_string()), None));
    let odd = look(house, &[("lists", "some")]);
    assert_eq!(odd.says("Choose what a ranked list decides.").status, 422);
    assert_eq!(house.post("carla", &format!("{}/runs", board(house)), &with(&[("lists", "some")])).status, 422);
}

fn no_page_shows_a_list_and_its_mentee_sees_that_it_was_used(house: &House) {
    let (ana, li, mo) = pool(house);
    ranks(house, ana, &[mo, li]);
    let path = run(house, &[("objective", "stable")]);
    let (_, kept) = content(house, 0);
    assert!(kept.question.contains("\"ranked\"") && !kept.question.contains("learn from you"));
    for page in [path.clone(), format!("{path}/why?mentee={ana}&mentor={li}")] {
        house.get("carla", &page).is_ok().does_not_say("learn from you").does_not_say("ranks");
    }
    assert!(house.readings_of("ana").iter().any(|it| it.ends_with(": ranked list")));
    house.get("ana", "/wishes").says("Once choosing is over, the order of those still free decides too");
}

fn a_mentor_who_said_no_is_no_longer_on_the_list_the_engine_sees(house: &House) {
    let li = mentor(house, "li", &[]);
    let mo = mentor(house, "mo", &[]);
    let ana = mentee(house, "ana", &[]);
    house.role("carla", Role::Chair);
    go_to(house, OPEN);
    super::ask(house, "ana", mo);
    let request = super::request_of(house, mo);
    house.post("mo", &format!("{request}/refusal"), &[]).leads_to();
    go_to(house, CLOSED);
    ranks(house, ana, &[mo, li]);
    run(house, &[("objective", "stable")]);
    assert_eq!(content(house, 0).1.file.mentees[0].ranked, [li.to_string()]);
}

// ALG5
fn a_run_from_before_lists_were_looked_at_reads_and_repeats_as_it_was(house: &House) {
    pool(house);
    run(house, &[]);
    let (_, made) = content(house, 0);
    // As it was written then: format 1, no lists, nothing about them in the settings.
    let mut file = made.file.clone();
    (file.format, file.lists) = (1, Lists::Guide);
    let question = serde_json::to_string_pretty(&file).unwrap();
    let mut settings = serde_json::to_value(Settings::start()).unwrap();
    settings.as_object_mut().unwrap().remove("lists");
    let settings: Settings = serde_json::from_value(settings).unwrap();
    let answer = pairing::run_json(question.as_bytes(), settings.objective).unwrap();
    let (cohort, carla) = (house.cohort, house.person("carla"));
    let kept = runs::Content::of(question, answer).unwrap();
    house.write(move |tx| runs::keep(tx, cohort, carla, &settings, &kept).map(|_| ()));
    let (kept, then) = content(house, 1);
    house.get("carla", &kept.path()).is_ok().says("2 of 2").says("were not looked at");
    assert_eq!(kept.settings().lists, Lists::Guide);
    assert_eq!(runs::again(&then, &kept.settings()).unwrap(), then.answer);
    let changed = house.get("carla", &kept.path()).body;
    assert!(changed.contains("lists=first"), "a new run with these settings looks at lists");
}
