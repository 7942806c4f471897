//! Who accompanies whom.

use policy::Role;
use testing::House;

use super::{liaison_of, pair, tasks_of, with_lena, works_for};

testing::on_both_databases! { crate::journeys::doors(); crate::jobs;
    a_duo_gets_a_liaison_of_another_employer_and_both_see_the_name
    six_duos_are_shared_out_evenly_among_three_liaisons
    where_nobody_is_suitable_the_chair_has_a_task_with_the_reason
    the_chair_changes_a_liaison_by_hand_and_is_refused_with_the_reason
    a_chair_who_is_in_a_duo_does_not_choose_its_liaison
    all_duos_of_a_liaison_are_handed_over_with_one_confirmation
    a_liaison_steps_aside_without_a_reason_and_somebody_else_is_appointed
    a_liaison_who_mentors_never_accompanies_their_own_duo
    the_page_belongs_to_the_chairs
    the_list_of_duos_leaves_with_a_chair_alone_and_says_whose_copy_it_is
}

// LIA1
fn a_duo_gets_a_liaison_of_another_employer_and_both_see_the_name(house: &House) {
    house.role("lena", Role::Liaison);
    house.role("kofi", Role::Liaison);
    works_for(house, "lena", "State University Library");
    works_for(house, "marta", "state university library");
    let duo = pair(house, "marta", "nils");
    house.run_jobs();
    assert_eq!(liaison_of(house, &duo), Some("Kofi Kowalski".to_owned()));
    assert_eq!(house.letter_names_to("kofi"), ["liaison_appointed"]);
    assert!(house.letter_names_to("lena").is_empty());
    let letter = &house.letters_to("kofi")[0];
    assert!(letter.text.contains("Marta Martinez and Nils Nakamura"), "{}", letter.text);
    let found = house.read({
        let id = duo.id;
        move |tx| Ok(duos::duo(tx, id)?.unwrap())
    });
    assert_eq!((found.liaison_name.as_str(), found.liaison_email.as_str()), ("Kofi Kowalski", "kofi@example.org"));
    assert_eq!(house.run_jobs(), 0);
    assert_eq!(house.letter_names_to("kofi").len(), 1);
}

// LIA5
fn six_duos_are_shared_out_evenly_among_three_liaisons(house: &House) {
    for who in ["lena", "kofi", "sina"] {
        house.role(who, Role::Liaison);
    }
    house.role("carla", Role::Chair);
    let names = [("ma", "na"), ("mb", "nb"), ("mc", "nc"), ("md", "nd"), ("me", "ne"), ("mf", "nf")];
    for (mentor, mentee) in names {
        pair(house, mentor, mentee);
    }
    house.run_jobs();
    for who in ["lena", "kofi", "sina"] {
        assert_eq!(house.letter_names_to(who), ["liaison_appointed"; 2], "{who}");
    }
    let path = format!("/cohorts/{}/liaisons", house.cohort);
    house.get("carla", &path).is_ok().says("Kofi Kowalski 2 0").says("Lena Lindgren 2 0").says("Sina Schmidt 2 0");
}

fn where_nobody_is_suitable_the_chair_has_a_task_with_the_reason(house: &House) {
    house.role("carla", Role::Chair);
    house.role("lena", Role::Liaison);
    works_for(house, "lena", "City Library");
    works_for(house, "nils", "City Library");
    let duo = pair(house, "marta", "nils");
    house.run_jobs();
    assert_eq!(liaison_of(house, &duo), None);
    let path = format!("/cohorts/{}/liaisons", house.cohort);
    let page = house.get("carla", &path).is_ok();
    let page = page.says("Duo 1 needs a liaison").says("Lena Lindgren works for the same employer as Nils Nakamura.");
    page.says("Without a liaison: duo 1");
    assert_eq!(house.run_jobs(), 0);

    house.role("kofi", Role::Liaison);
    let kofi = house.person("kofi").to_string();
    let fields = [("duo", duo.id.to_string()), ("liaison", kofi)];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(house.post("carla", &path, &fields).leads_to(), path);
    house.get("carla", &path).is_ok().does_not_say("needs a liaison").does_not_say("Without a liaison");
}

fn the_chair_changes_a_liaison_by_hand_and_is_refused_with_the_reason(house: &House) {
    let duo = with_lena(house);
    house.role("carla", Role::Chair);
    house.role("kofi", Role::Liaison);
    works_for(house, "kofi", "City Library");
    works_for(house, "nils", "The City Library");
    let path = format!("/cohorts/{}/liaisons", house.cohort);
    let (duo_id, kofi) = (duo.id.to_string(), house.person("kofi").to_string());
    works_for(house, "nils", "City Library");
    let refused = house.post("carla", &path, &[("duo", &duo_id), ("liaison", &kofi)]);
    assert_eq!(refused.status, 422);
    refused.says("Kofi Kowalski works for the same employer as Nils Nakamura.");
    assert_eq!(liaison_of(house, &duo), Some("Lena Lindgren".to_owned()));
    let refused = house.post("carla", &path, &[("duo", &duo_id), ("liaison", "nobody")]);
    assert_eq!(refused.status, 422);
    refused.says("Choose a liaison.");

    works_for(house, "kofi", "A museum");
    house.post("carla", &path, &[("duo", &duo_id), ("liaison", &kofi)]).leads_to();
    assert_eq!(liaison_of(house, &duo), Some("Kofi Kowalski".to_owned()));
    assert_eq!(house.get("lena", &format!("/desk/duos/{}", duo.id)).status, 404);
}

// Overlay 1: whoever is in a duo has no committee's right over it.
fn a_chair_who_is_in_a_duo_does_not_choose_its_liaison(house: &House) {
    let duo = with_lena(house);
    house.role("nils", Role::Chair);
    house.role("kofi", Role::Liaison);
    let path = format!("/cohorts/{}/liaisons", house.cohort);
    let (duo_id, kofi) = (duo.id.to_string(), house.person("kofi").to_string());
    let refused = house.post("nils", &path, &[("duo", &duo_id), ("liaison", &kofi)]);
    assert_eq!(refused.status, 422);
    refused.says("You are one of the two. Nobody decides about what is their own. Appoint a deputy");
    house.role("dora", Role::Deputy);
    let page = house.get("nils", &path).is_ok().says("You are in a duo yourself.").says("Here Dora");
    assert!(!page.body.contains(&format!("/desk/duos/{duo_id}")), "the way to one's own desk page is not shown");
    assert!(!page.body.contains(&format!("value=\"{duo_id}\"")), "one's own duo cannot be chosen");
    let all = [("from", house.person("lena").to_string()), ("to", kofi.clone())];
    let all: Vec<(&str, &str)> = all.iter().map(|(name, value)| (*name, value.as_str())).collect();
    house.post("nils", &format!("{path}/hand-over"), &all).leads_to();
    assert_eq!(liaison_of(house, &duo), Some("Lena Lindgren".to_owned()), "handing all over leaves one's own");
    house.post("dora", &path, &[("duo", &duo_id), ("liaison", &kofi)]).leads_to();
    assert_eq!(liaison_of(house, &duo), Some("Kofi Kowalski".to_owned()), "the deputy decides");
}

// LIA4
fn all_duos_of_a_liaison_are_handed_over_with_one_confirmation(house: &House) {
    house.role("lena", Role::Liaison);
    let duos = [("ma", "na"), ("mb", "nb"), ("mc", "nc")].map(|(mentor, mentee)| pair(house, mentor, mentee));
    house.run_jobs();
    house.role("carla", Role::Chair);
    house.role("kofi", Role::Liaison);
    works_for(house, "kofi", "City Library");
    works_for(house, "nb", "City Library");
    let path = format!("/cohorts/{}/liaisons", house.cohort);
    let (lena, kofi) = (house.person("lena").to_string(), house.person("kofi").to_string());
    let to = format!("{path}/hand-over");
    let same = house.post("carla", &to, &[("from", &lena), ("to", &lena)]);
    assert_eq!(same.status, 422);
    assert_eq!(house.post("carla", &to, &[("from", &lena), ("to", &kofi)]).leads_to(), path);
    let now: Vec<_> = duos.iter().map(|it| liaison_of(house, it).unwrap()).collect();
    assert_eq!(now, ["Kofi Kowalski", "Lena Lindgren", "Kofi Kowalski"]);
    let names = house.letter_names_to("kofi");
    assert_eq!(names.iter().filter(|it| *it == "handover").count(), 1, "{names:?}");
    for (who, told) in [("ma", 1), ("na", 1), ("mb", 0), ("nb", 0)] {
        let names = house.letter_names_to(who);
        assert_eq!(names.iter().filter(|it| *it == "liaison_changed").count(), told, "{who} {names:?}");
    }
}

fn a_liaison_steps_aside_without_a_reason_and_somebody_else_is_appointed(house: &House) {
    let duo = with_lena(house);
    house.role("carla", Role::Chair);
    let path = format!("/desk/duos/{}", duo.id);
    house.get("lena", &path).is_ok().says("You need give no reason");
    house.role("kofi", Role::Liaison);
    assert_eq!(house.post("lena", &format!("{path}/hand-over"), &[]).leads_to(), "/desk");
    assert_eq!(liaison_of(house, &duo), Some("Kofi Kowalski".to_owned()));
    assert_eq!(house.get("lena", &path).status, 404);
    house.get("kofi", &path).is_ok();

    house.post("kofi", &format!("{path}/hand-over"), &[]).leads_to();
    assert_eq!(liaison_of(house, &duo), None);
    let chairs = house.get("carla", &format!("/cohorts/{}/liaisons", house.cohort)).is_ok();
    chairs.says("Kofi Kowalski has passed this duo on before.").says("Lena Lindgren has passed this duo on before.");
    assert_eq!(tasks_of(house, house.person("kofi")), Vec::<String>::new());
}

// LIA6
fn a_liaison_who_mentors_never_accompanies_their_own_duo(house: &House) {
    house.role("marta", Role::Liaison);
    house.role("carla", Role::Chair);
    let duo = pair(house, "marta", "nils");
    house.run_jobs();
    assert_eq!(liaison_of(house, &duo), None);
    let path = format!("/cohorts/{}/liaisons", house.cohort);
    let (duo_id, marta) = (duo.id.to_string(), house.person("marta").to_string());
    let refused = house.post("carla", &path, &[("duo", &duo_id), ("liaison", &marta)]);
    assert_eq!(refused.status, 422);
    refused.says("Marta Martinez is one of the two.");
    assert_eq!(house.get("marta", &format!("/desk/duos/{}", duo.id)).status, 404);
}

fn the_page_belongs_to_the_chairs(house: &House) {
    with_lena(house);
    house.role("carla", Role::Chair);
    house.role("dara", Role::Deputy);
    house.role("cleo", Role::Council);
    let path = format!("/cohorts/{}/liaisons", house.cohort);
    for (who, status) in [("carla", 200), ("dara", 200), ("lena", 404), ("cleo", 404), ("marta", 404)] {
        assert_eq!(house.get(who, &path).status, status, "{who}");
    }
    assert_eq!(house.get("carla", "/cohorts/00000000000000000000000000000000/liaisons").status, 404);
}

// C-02
fn the_list_of_duos_leaves_with_a_chair_alone_and_says_whose_copy_it_is(house: &House) {
    house.role("lena", Role::Liaison);
    house.role("carla", Role::Chair);
    house.role("sven", Role::Staff);
    pair(house, "marta", "nils");
    house.run_jobs();
    let path = format!("/cohorts/{}/liaisons", house.cohort);
    house.get("carla", &path).is_ok().says("Take this list as a file");
    let file = house.post("carla", &format!("{path}.csv"), &[]).is_ok();
    let lines: Vec<&str> = file.body.lines().collect();
    assert_eq!(lines.len(), 2, "{}", file.body);
    let line = "\"1\",\"Marta Martinez\",\"Nils Nakamura\",\"Lena Lindgren\",\"Carla ";
    assert!(lines[1].starts_with(line), "{}", lines[1]);
    for who in ["lena", "sven", "marta"] {
        assert_eq!(house.post(who, &format!("{path}.csv"), &[]).status, 404, "{who}");
    }
}
