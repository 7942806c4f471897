//! A mentor in two duos: each has its liaison, its check-ins and what is told around it.

use duos::Duo;
use policy::Role;
use testing::House;

use super::{later, liaison_of, pair};

testing::on_both_databases! { crate::journeys::doors(); crate::jobs;
    what_is_told_of_one_duo_is_not_told_to_the_liaison_of_the_other
    a_check_in_for_each_of_two_duos_waits_beside_the_other
}

/// Marta mentors Nils and Ola; Lena and Kofi accompany one duo each.
fn two(house: &House) -> [Duo; 2] {
    ["lena", "kofi"].iter().for_each(|who| _ = house.role(who, Role::Liaison));
    let (cohort, marta) = (house.cohort, house.role_in_cohort("marta", Role::Mentor));
    house.write(move |tx| {
        program::choosing::write(tx, cohort, program::Choosing { mentees_each: 2, ..program::Choosing::USUAL })?;
        program::capacity::wish(tx, cohort, marta, 2)
    });
    let both = [pair(house, "marta", "nils"), pair(house, "marta", "ola")];
    house.run_jobs();
    assert_ne!(liaison_of(house, &both[0]), liaison_of(house, &both[1]));
    both
}

// MSG5, V-07
fn what_is_told_of_one_duo_is_not_told_to_the_liaison_of_the_other(house: &House) {
    let both = two(house);
    house.role("carla", Role::Chair);
    let plain = house.get("marta", "/concerns/new").is_ok().says("Is it about one of your duos?");
    let plain = plain.does_not_say("liaison of your duo").does_not_say("your partner").says("With Nils");
    assert!(plain.body.contains(&format!("/concerns/new?duo={}", both[1].id)));
    let liaisons = both.clone().map(|duo| liaison_of(house, &duo).unwrap());
    for (at, duo) in both.iter().enumerate() {
        let page =
            house.get("marta", &format!("/concerns/new?duo={}", duo.id)).is_ok().says("This is about your duo of");
        let page = page.says(&format!("{} liaison of your duo", liaisons[at]));
        page.does_not_say(&format!("{} liaison of your duo", liaisons[1 - at]));
    }
    let of = |name: &str| if name.starts_with("Lena") { "lena" } else { "kofi" };
    let (to, other) = (of(&liaisons[0]), of(&liaisons[1]));
    let (id, duo) = (house.person(to).to_string(), both[0].id.to_string());
    let told = [("to", id.as_str()), ("words", "He asks me to buy his book."), ("duo", duo.as_str())];
    let concern = house.post("marta", "/concerns", &told).leads_to();
    assert!(house.letter_names_to(to).contains(&"concern_raised".to_owned()));
    house.get(to, &concern).is_ok();
    assert_eq!(house.get(other, &concern).status, 404);
    // Nobody outside the duo reaches its liaison by naming it.
    let (foreign, words) = (both[1].id.to_string(), "Let me in.");
    let other_id = house.person(other).to_string();
    let refused = house.post("nils", "/concerns", &[("to", &other_id), ("words", words), ("duo", &foreign)]);
    assert_eq!(refused.status, 422, "nils is in one duo alone");
}

// CHK1
fn a_check_in_for_each_of_two_duos_waits_beside_the_other(house: &House) {
    let both = two(house);
    later(house, "2026-07-08T15:00:00Z", &["marta", "nils", "ola"]);
    house.run_jobs();
    let next = house.get("marta", "/next").is_ok();
    let next = next.says("Four questions about you and Nils").says("Four questions about you and Ola");
    assert_eq!(next.text().matches("Answer the check-in").count(), both.len());
    house.get("nils", "/next").is_ok().says("Four questions about you and Marta").does_not_say("Ola");
}
