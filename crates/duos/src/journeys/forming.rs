use policy::Role;
use testing::House;

use super::{later, marta_and_nils, pair, times};
use crate::FormRefusal;

testing::on_both_databases! { crate::doors(); crate::jobs;
    both_are_told_how_to_reach_each_other
    of_two_mentees_at_once_one_gets_the_mentor
    a_refusal_says_why_and_changes_nothing
    to_everyone_else_a_duo_does_not_exist
    a_page_shows_the_partner_the_liaison_and_what_is_next
    somebody_without_a_duo_is_told_so
    others_get_dates_and_counts_in_the_order_of_the_numbers
    the_guides_can_be_read
}

// SLF5
fn both_are_told_how_to_reach_each_other(house: &House) {
    let duo = marta_and_nils(house);
    assert_eq!((duo.number, duo.state.as_str()), (1, "active"));
    assert_eq!(times(house, "duo formed", duo.id), 1);
    let to_marta = &house.letters_to("marta")[0];
    assert_eq!(to_marta.letter, "duo_confirmed");
    assert!(to_marta.text.contains("nils@example.org"), "{}", to_marta.text);
    assert!(to_marta.text.contains("You write first"), "{}", to_marta.text);
    assert!(to_marta.text.contains("Marta has led what Nils wants to learn."));
    assert_eq!(house.link_in(to_marta), duo.path(""));
    let to_nils = &house.letters_to("nils")[0];
    assert!(to_nils.text.contains("marta@example.org") && !to_nils.text.contains("You write first"));
    assert_eq!(house.get("nils", "/duo").leads_to(), duo.path(""));
}

// SLF5: one mentee to a mentor per cohort, whoever is faster.
fn of_two_mentees_at_once_one_gets_the_mentor(house: &House) {
    let cohort = house.cohort;
    let mentor = house.role_in_cohort("marta", Role::Mentor);
    let mentees: Vec<_> =
        ["nils", "olga", "piet", "rosa"].iter().map(|who| house.role_in_cohort(who, Role::Mentee)).collect();
    let tries: Vec<_> = mentees
        .into_iter()
        .map(|mentee| {
            let db = house.app.db.clone();
            std::thread::spawn(move || {
                db.write(move |tx| crate::form(tx, cohort, mentor, mentee, "chosen", &[])).unwrap()
            })
        })
        .collect();
    let outcomes: Vec<_> = tries.into_iter().map(|it| it.join().unwrap()).collect();
    assert_eq!(outcomes.iter().filter(|it| it.is_ok()).count(), 1, "{outcomes:?}");
    assert_eq!(outcomes.iter().filter(|it| **it == Err(FormRefusal::MentorTaken)).count(), 3, "{outcomes:?}");
    assert_eq!(house.read(move |tx| crate::in_cohort(tx, cohort)).len(), 1);
    assert_eq!(house.letters().len(), 2);
}

fn a_refusal_says_why_and_changes_nothing(house: &House) {
    let duo = marta_and_nils(house);
    let cohort = house.cohort;
    let nobody = house.person("zoe");
    let other = house.role_in_cohort("olga", Role::Mentor);
    let try_it = |mentor, mentee| house.write(move |tx| crate::form(tx, cohort, mentor, mentee, "proposed", &[]));
    assert_eq!(try_it(other, nobody), Err(FormRefusal::NotMentee));
    assert_eq!(try_it(nobody, duo.mentee), Err(FormRefusal::NotMentor));
    assert_eq!(try_it(other, duo.mentee), Err(FormRefusal::MenteeTaken));
    assert_eq!(try_it(other, other), Err(FormRefusal::SamePerson));
    assert_eq!(house.letters().len(), 2);
    house.at("2027-05-02T10:00:00Z");
    assert_eq!(try_it(other, duo.mentee), Err(FormRefusal::SessionOver));
}

// C-02 in small: not theirs, not there, the same bytes.
fn to_everyone_else_a_duo_does_not_exist(house: &House) {
    let duo = marta_and_nils(house);
    let other = pair(house, "olga", "piet");
    for (who, role) in [
        ("carla", Role::Chair),
        ("dora", Role::Deputy),
        ("lena", Role::Liaison),
        ("karl", Role::Council),
        ("sven", Role::Staff),
        ("berta", Role::Board),
    ] {
        house.role(who, role);
    }
    let missing = house.write(|tx| Ok(tx.fresh_id())).to_string();
    let id = duo.id.to_string();
    let pages = ["", "/agreement", "/agreement/edit", "/goals", "/meetings", "/notebook", "/ending"];
    for below in pages {
        assert_eq!(house.get("marta", &duo.path(below)).status, 200, "{below}");
        for who in ["olga", "piet", "carla", "dora", "lena", "karl", "sven", "berta"] {
            let theirs = house.get(who, &duo.path(below));
            let nobodys = house.get(who, &format!("/duos/{missing}{below}"));
            assert_eq!(theirs.status, 404, "{who} {below}");
            assert_eq!(theirs.body.replace(&id, &missing), nobodys.body, "{who} {below}");
        }
        assert_ne!(house.get_as_stranger(&duo.path(below)).status, 200, "{below}");
    }
    for below in ["/agreement", "/agreement/signature", "/goals", "/meetings", "/notebook", "/ending", "/wish"] {
        for who in ["olga", "piet", "carla", "lena"] {
            assert_eq!(house.post(who, &duo.path(below), &[]).status, 404, "{who} {below}");
        }
    }
    assert_eq!(house.get("olga", &other.path("")).status, 200);
}

fn a_page_shows_the_partner_the_liaison_and_what_is_next(house: &House) {
    let duo = marta_and_nils(house);
    house
        .get("marta", &duo.path(""))
        .is_ok()
        .says("You and Nils Nakamura")
        .says("nils@example.org")
        .says("Marta has led what Nils wants to learn.")
        .says("Say hello to Nils Nakamura")
        .says("The committee names your liaison soon");
    let id = duo.id;
    house.write(move |tx| crate::set_liaison_words(tx, id, "Lena Lindgren", "lena@example.org"));
    house
        .get("nils", &duo.path(""))
        .is_ok()
        .says("Set the first date with Marta Martinez")
        .says("Lena Lindgren")
        .says("Not your liaison, not the chair, not the office.");
}

fn somebody_without_a_duo_is_told_so(house: &House) {
    house.role_in_cohort("olga", Role::Mentee);
    house.get("olga", "/duo").is_ok().says("You are not in a duo yet");
}

// MTG6
fn others_get_dates_and_counts_in_the_order_of_the_numbers(house: &House) {
    let first = marta_and_nils(house);
    let second = pair(house, "olga", "piet");
    later(house, "2026-07-20T15:00:00Z", &["piet"]);
    let meeting = [("day", "2026-07-18"), ("way", "video"), ("minutes", "50")];
    house.post("piet", &second.path("/meetings"), &meeting).leads_to();
    let cohort = house.cohort;
    let all = house.read(move |tx| crate::facts_in_cohort(tx, cohort));
    assert_eq!(all.iter().map(|(duo, _)| duo.id).collect::<Vec<_>>(), [first.id, second.id]);
    assert_eq!((all[0].1.meetings, all[0].1.minutes, all[0].1.last_meeting), (0, 0, None));
    assert_eq!((all[1].1.meetings, all[1].1.minutes), (1, 50));
    let id = second.id;
    assert_eq!(all[1].1, house.read(move |tx| crate::facts(tx, id)));
}

fn the_guides_can_be_read(house: &House) {
    house.role_in_cohort("nils", Role::Mentee);
    house.get("nils", "/guides").is_ok().says("The first meeting").says("The closing talk").does_not_say("Now");
    house.get("nils", "/guides/closing").is_ok().says("Three things that changed").does_not_say("{{");
    assert_eq!(house.get("nils", "/guides/none").status, 404);
    marta_and_nils(house);
    house.get("nils", "/guides").is_ok().says("Now");
}
