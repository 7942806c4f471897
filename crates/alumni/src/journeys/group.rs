use testing::House;

use super::*;

testing::on_both_databases! {
    super::doors(); super::jobs;
    joining_takes_a_click_and_nothing_is_ticked_before
    the_group_reads_names_and_offers_but_no_address
    leaving_takes_one_click_and_is_forgotten
    ending_the_letters_ends_the_membership
    who_had_ended_letters_before_may_still_join
    the_chair_writes_to_the_group
    those_who_come_back_as_mentors_are_counted
}

const BUDDY: &str = "be a buddy for a new mentee in the first month (2 × 30 minutes)";

// REC2
fn joining_takes_a_click_and_nothing_is_ticked_before(house: &House) {
    with_two_duos(house);
    after_the_session(house);
    let link = link(house, "anna", "alumni_invitation");

    for _ in 0..3 {
        let page = house.get_as_stranger(&link).is_ok();
        assert!(!page.body.contains(" checked"), "nothing is ticked before");
        page.says("Join the group");
    }
    assert_eq!(get(house, "anna", "/alumni").status, 404, "looking is not joining");

    assert_eq!(house.post_as_stranger(&link, &[("helps", BUDDY), ("helps", "not offered here")]).leads_to(), link);
    house.get_as_stranger(&link).is_ok().says("You are in the group");
    assert_eq!(house.post_as_stranger(&link, &[]).status, 409);

    get(house, "anna", "/alumni").is_ok().says("You in the group").says(BUDDY).does_not_say("not offered here");
    let cohort = house.cohort;
    let found = house.read(move |tx| crate::figures(tx, cohort));
    assert_eq!((found.joined, found.offers), (1, vec![(BUDDY.to_owned(), 1)]));
    assert_eq!(house.get_as_stranger("/alumni/join/not-one-of-ours").status, 409);
}

fn the_group_reads_names_and_offers_but_no_address(house: &House) {
    with_two_duos(house);
    after_the_session(house);
    get(house, "walt", "/alumni").is_ok().says("Nobody has joined yet");
    post(house, "anna", "/alumni/join", &[("helps", BUDDY)]).leads_to();
    post(house, "karl", "/alumni/join", &[]).leads_to();

    for who in ["anna", "walt"] {
        let page = get(house, who, "/alumni").is_ok().says("2 in the group");
        page.says("Anna Anderson").says("mentee, 2026–27").says("Karl Kowalski").does_not_say("example.org");
    }
    get(house, "anna", "/alumni").is_ok().does_not_say("Write to the group");
    assert_eq!(get(house, "bela", "/alumni").status, 404);
    post(house, "anna", "/alumni/join", &[]).leads_to();
    get(house, "anna", "/alumni").is_ok().says("You offer nothing at the moment");
}

fn leaving_takes_one_click_and_is_forgotten(house: &House) {
    with_two_duos(house);
    after_the_session(house);
    post(house, "anna", "/alumni/join", &[("helps", BUDDY)]).leads_to();

    assert_eq!(post(house, "anna", "/alumni/membership/end", &[]).leads_to(), "/");
    assert_eq!(get(house, "anna", "/alumni").status, 404);
    post(house, "karl", "/alumni/join", &[]).leads_to();
    // C-02: `c:R opt-in alumni directory`. Who opted in no more is there for nobody, though the row is kept.
    for who in ["walt", "karl"] {
        get(house, who, "/alumni").is_ok().says("1 in the group").says("Karl Kowalski").does_not_say("Anna");
    }
    post(house, "karl", "/alumni/membership/end", &[]).leads_to();
    assert_eq!(kept(house), 2);
    house.days(29);
    house.run_jobs();
    assert_eq!(kept(house), 2);
    house.days(2);
    house.run_jobs();
    assert_eq!(kept(house), 0);

    post(house, "anna", "/alumni/join", &[]).leads_to();
    get(house, "anna", "/alumni").is_ok().says("1 in the group");
}

fn ending_the_letters_ends_the_membership(house: &House) {
    with_two_duos(house);
    after_the_session(house);
    post(house, "anna", "/alumni/join", &[]).leads_to();
    let letters = house.letters_to("anna");
    let unsubscribe = letters.iter().find_map(|it| it.unsubscribe.clone().filter(|_| it.letter == "alumni_invitation"));
    let unsubscribe = unsubscribe.unwrap_or_default().replace("http://duology.test", "");

    house.post_as_stranger(&unsubscribe, &[("List-Unsubscribe", "One-Click")]).is_ok();
    house.run_jobs();

    get(house, "walt", "/alumni").is_ok().says("Nobody has joined yet");
}

fn who_had_ended_letters_before_may_still_join(house: &House) {
    with_two_duos(house);
    after_the_session(house);
    let letters = house.letters_to("anna");
    let unsubscribe = letters.iter().find_map(|it| it.unsubscribe.clone().filter(|_| it.letter == "alumni_invitation"));
    let unsubscribe = unsubscribe.unwrap_or_default().replace("http://duology.test", "");
    house.post_as_stranger(&unsubscribe, &[]).is_ok();

    post(house, "anna", "/alumni/join", &[]).leads_to();
    house.run_jobs();

    get(house, "anna", "/alumni").is_ok().says("1 in the group").says("none reach you");
    get(house, "walt", "/alumni/letter").is_ok().says("0 people");
}

fn the_chair_writes_to_the_group(house: &House) {
    with_two_duos(house);
    after_the_session(house);
    let text = "We meet again in June.\n\nWho would like to tell how it went?";
    let nobody = post(house, "walt", "/alumni/letter", &[("subject", "Meet again"), ("text", text)]);
    assert_eq!(nobody.status, 422);
    nobody.says("Nobody is in the group");
    for who in ["anna", "karl", "bela"] {
        post(house, who, "/alumni/join", &[]).leads_to();
    }
    assert_eq!(get(house, "anna", "/alumni/letter").status, 404);

    let empty = post(house, "walt", "/alumni/letter", &[("subject", ""), ("text", text)]);
    assert_eq!(empty.status, 422);
    empty.says("Give the letter a subject.").says("Who would like to tell");
    let letter = |button: &'static str| [("subject", "Meet again"), ("text", text), ("do", button)];
    post(house, "walt", "/alumni/letter", &letter("")).is_ok().says("This letter goes to 3 people.");
    post(house, "walt", "/alumni/letter", &letter("change")).is_ok().says("Look at it first");
    assert_eq!(count(house, "anna", "alumni_letter"), 0, "looking sends nothing");

    assert_eq!(post(house, "walt", "/alumni/letter", &letter("send")).leads_to(), "/alumni");

    assert_eq!(["anna", "karl", "bela", "leo"].map(|who| count(house, who, "alumni_letter")), [1, 1, 1, 0]);
    let letters = house.letters_to("anna");
    let found = letters.iter().rfind(|it| it.letter == "alumni_letter").cloned();
    let found = found.unwrap_or_else(|| panic!("no letter"));
    assert_eq!((found.subject.as_str(), found.unsubscribe.is_some()), ("Meet again", true));
    assert!(
        found.text.contains("Dear Anna,") && found.text.contains("Who would like to tell how it went?"),
        "{}",
        found.text
    );
}

fn those_who_come_back_as_mentors_are_counted(house: &House) {
    with_two_duos(house);
    after_the_session(house);
    let (anna, karl) = (house.person("anna"), house.person("karl"));
    let found = house.write(move |tx| {
        let new = program::cohorts::NewCohort {
            name: "2027–28",
            annual_meeting: jiff::civil::date(2027, 6, 24),
            midwinter: None,
            next_annual_meeting: None,
            places: 25,
            begun_from: None,
        };
        let next = program::cohorts::add(tx, &new, None)?;
        for person in [anna, karl] {
            program::enrol(tx, person, Some(next), Role::Mentor)?;
        }
        crate::figures(tx, next)
    });
    assert_eq!(found.mentors_once_mentees, 1);
}

platform::sql! { KEPT => "select count(*) as people from alumni_members"; }

fn kept(house: &House) -> i64 {
    house.read(|tx| Ok(tx.one(&KEPT, &[])?))
}
