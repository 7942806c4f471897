//! A mentor with two mentees has two rooms, and nothing goes from one to the other.

use platform::{ids::Id, prelude::*};
use policy::Role;
use testing::House;

use super::{later, times};
use crate::Duo;

testing::on_both_databases! { crate::doors(); crate::jobs;
    nothing_of_one_duo_is_seen_in_the_other
    both_stand_side_by_side_for_the_mentor
    closing_one_leaves_the_other
    as_many_as_the_mentor_takes_and_no_more
    whoever_takes_along_what_is_theirs_gets_both_apart
}

/// Marta mentors Nils and Ola.
fn two(house: &House) -> [Duo; 2] {
    let marta = house.role_in_cohort("marta", Role::Mentor);
    takes(house, marta, 2, 2);
    ["nils", "ola"].map(|who| form(house, marta, who).unwrap())
}

fn takes(house: &House, mentor: Id, mentees_each: i64, wished: i64) {
    let cohort = house.cohort;
    house.write(move |tx| {
        program::choosing::write(tx, cohort, program::Choosing { mentees_each, ..program::Choosing::USUAL })?;
        program::capacity::wish(tx, cohort, mentor, wished)
    });
}

fn form(house: &House, mentor: Id, mentee: &str) -> Result<Duo, crate::FormRefusal> {
    let (cohort, mentee) = (house.cohort, house.role_in_cohort(mentee, Role::Mentee));
    house.write(move |tx| match crate::form(tx, cohort, mentor, mentee, "chosen", &[])? {
        Ok(id) => Ok(Ok(crate::duo(tx, id)?.unwrap())),
        Err(refusal) => Ok(Err(refusal)),
    })
}

const BELOW: [&str; 7] = ["", "/agreement", "/goals", "/meetings", "/notebook", "/ending", "/export"];

// V-07, PRF5
fn nothing_of_one_duo_is_seen_in_the_other(house: &House) {
    let [nils, ola] = two(house);
    for (who, duo, word) in [("nils", &nils, "Kestrel"), ("ola", &ola, "Plover")] {
        let text = format!("{word} of {who}");
        house.post(who, &duo.path("/notebook"), &[("kind", "shared"), ("text", &text)]).leads_to();
        let text = format!("{word} of marta");
        house.post("marta", &duo.path("/notebook"), &[("kind", "private"), ("text", &text)]).leads_to();
        let goal = [("revision", "0"), ("goal_1_title", &*format!("{word} goal")), ("goal_1_why", "So.")];
        house.post("marta", &duo.path("/goals"), &goal).leads_to();
        let purpose = format!("{word} purpose");
        house.post(who, &duo.path("/agreement"), &[("revision", "0"), ("purpose", &purpose)]).leads_to();
    }
    for (who, own, other, word, foreign) in
        [("nils", &nils, &ola, "Kestrel", "Plover"), ("ola", &ola, &nils, "Plover", "Kestrel")]
    {
        for below in BELOW {
            let page = house.get(who, &own.path(below)).is_ok().does_not_say(foreign).text();
            let partner_of_other = other.mentee_name.as_str();
            assert!(!page.contains(partner_of_other), "{who} {below}: {page}");
            assert_eq!(house.get(who, &other.path(below)).status, 404, "{who} {below}");
            house.get("marta", &own.path(below)).is_ok().does_not_say(&format!("{foreign} "));
        }
        house.get(who, &own.path("")).says(word).does_not_say(&format!("{word} of marta"));
        let writes = [("kind", "shared"), ("text", "Let me in")];
        assert_eq!(house.post(who, &other.path("/notebook"), &writes).status, 404);
        for letter in house.letters_to(who) {
            assert!(!letter.text.contains(&other.mentee_name) && !letter.subject.contains(&other.mentee_name));
        }
    }
}

fn both_stand_side_by_side_for_the_mentor(house: &House) {
    let [nils, ola] = two(house);
    let both = house.get("marta", "/duo").is_ok().says("You and Nils").says("You and Ola");
    assert!(both.body.contains(&nils.path("")) && both.body.contains(&ola.path("")));
    assert_eq!(house.get("nils", "/duo").to, nils.path(""));
    house.get("marta", &nils.path("")).is_ok().says("Your other duos").says("With Ola");
    house.get("nils", &nils.path("")).is_ok().does_not_say("Your other duos");
    let confirmed = house.letter_names_to("marta").iter().filter(|it| *it == "duo_confirmed").count();
    assert_eq!(confirmed, 2);
    // One and the same day with each of them is two meetings.
    later(house, "2026-07-10T18:00:00Z", &["marta", "nils", "ola"]);
    for duo in [&nils, &ola] {
        let meeting = [("day", "2026-07-09"), ("way", "video"), ("minutes", "60")];
        house.post("marta", &duo.path("/meetings"), &meeting).leads_to();
        assert_eq!(times(house, "meeting logged", duo.id), 1);
    }
}

// AGR2
fn closing_one_leaves_the_other(house: &House) {
    let [nils, ola] = two(house);
    house.post("marta", &nils.path("/ending"), &[]).leads_to();
    let (first, second) = (nils.id, ola.id);
    let state = |id: Id| house.read(move |tx| crate::duo(tx, id)).unwrap().state;
    assert_eq!((state(first).as_str(), state(second).as_str()), ("ended", "active"));
    assert!(!house.letter_names_to("ola").contains(&"exit_to_partner".to_owned()));
    house.post("ola", &ola.path("/notebook"), &[("kind", "shared"), ("text", "We go on")]).leads_to();
    assert_eq!(house.get("marta", "/duo").to, ola.path(""));
    // The place that became free is given to somebody else, and to nobody beyond.
    assert!(form(house, nils.mentor, "pia").is_ok());
    assert_eq!(form(house, nils.mentor, "rui"), Err(crate::FormRefusal::MentorTaken));
    later(house, "2027-05-02T15:00:00Z", &["marta"]);
    house.run_jobs();
    assert_eq!((state(first).as_str(), state(second).as_str()), ("ended", "closed"));
}

// SLF5, PRF5
fn as_many_as_the_mentor_takes_and_no_more(house: &House) {
    let marta = house.role_in_cohort("marta", Role::Mentor);
    takes(house, marta, 1, 3);
    assert!(form(house, marta, "nils").is_ok());
    assert_eq!(form(house, marta, "ola"), Err(crate::FormRefusal::MentorTaken), "the cohort says one");
    takes(house, marta, 3, 2);
    assert!(form(house, marta, "ola").is_ok());
    assert_eq!(form(house, marta, "pia"), Err(crate::FormRefusal::MentorTaken), "the mentor says two");
    takes(house, marta, 3, 5);
    assert!(form(house, marta, "pia").is_ok());
    assert_eq!(form(house, marta, "rui"), Err(crate::FormRefusal::MentorTaken), "the cohort says three");
    let zoe = house.role_in_cohort("zoe", Role::Mentor);
    assert_eq!(form(house, zoe, "pia"), Err(crate::FormRefusal::MenteeTaken), "a mentee has one mentor");
    // The database has the last word: no two live duos of a mentor share a slot.
    let cohort = house.cohort;
    let taken = house.read(move |tx| Ok(tx.rows::<i64>(&crate::slots::OF_MENTOR, values![cohort, marta])?));
    assert_eq!(taken, [1, 2, 3]);
}

fn whoever_takes_along_what_is_theirs_gets_both_apart(house: &House) {
    let [nils, ola] = two(house);
    house.post("nils", &nils.path("/notebook"), &[("kind", "shared"), ("text", "Kestrel")]).leads_to();
    house.post("marta", &ola.path("/notebook"), &[("kind", "shared"), ("text", "Plover")]).leads_to();
    for (duo, word, foreign) in [(&nils, "Kestrel", "Plover"), (&ola, "Plover", "Kestrel")] {
        let data = house.get("marta", &duo.path("/export/data")).is_ok();
        assert!(data.body.contains(word) && !data.body.contains(foreign), "{}", data.body);
    }
}
