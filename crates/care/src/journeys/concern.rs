//! Telling somebody of one's choice in confidence.

use policy::Role;
use testing::House;

use super::with_lena;

testing::on_both_databases! { crate::journeys::doors(); crate::jobs;
    a_mentee_tells_the_person_they_chose_and_hears_what_is_done
    whom_it_is_about_and_who_is_left_out_find_nothing_at_all
    it_is_passed_on_to_somebody_who_reads_from_then_on
    a_liaison_who_is_replaced_no_longer_reads_it
    what_is_missing_is_said_and_what_was_typed_stays
    it_is_deleted_six_years_after_it_was_closed
    who_would_read_it_stands_beside_each_person_to_choose
    one_that_is_open_is_never_deleted_by_the_clock_and_the_chairs_are_reminded
    whoever_raises_one_without_a_duo_turns_to_the_chairs_or_the_office
}

fn tell(house: &House, who: &str, to: &str, more: &[(&str, &str)]) -> String {
    let to = house.person(to).to_string();
    let more: Vec<(&str, String)> = more.iter().map(|(name, it)| (*name, house.person(it).to_string())).collect();
    let mut fields = vec![("to", to.as_str()), ("words", "He asks me to buy his book.")];
    fields.extend(more.iter().map(|(name, id)| (*name, id.as_str())));
    house.post(who, "/concerns", &fields).leads_to()
}

fn a_committee(house: &House) {
    house.role("carla", Role::Chair);
    house.role("dora", Role::Deputy);
    house.role("otto", Role::Council);
    house.role("sofie", Role::Staff);
}

// MSG5
fn a_mentee_tells_the_person_they_chose_and_hears_what_is_done(house: &House) {
    with_lena(house);
    a_committee(house);
    house.get("nils", "/concerns").is_ok().says("Nothing here");
    house
        .get("nils", "/concerns/new")
        .is_ok()
        .says("Lena Lindgren liaison of your duo")
        .says("Sofie")
        .says("Marta Martinez your partner");
    let page = tell(house, "nils", "dora", &[("about", "marta"), ("without", "lena")]);
    let letter = house.letters_to("dora").pop().unwrap();
    assert_eq!(letter.letter, "concern_raised");
    assert!(!format!("{}{}", letter.subject, letter.text).contains("book"), "{}", letter.text);
    assert!(!letter.text.contains("Nils") && !letter.subject.contains("oncern"), "{}", letter.text);
    house.get("dora", "/next").is_ok().says("Something was told to you in confidence").says("2026-02-24");
    house.get("carla", "/next").is_ok().does_not_say("in confidence");
    house.get("dora", &page).is_ok().says("He asks me to buy his book.").says("Marta Martinez, who does not see it");
    house.post("dora", &format!("{page}/notes"), &[("words", "I look after it. May I speak with Marta?")]).leads_to();
    house.get("dora", "/next").is_ok().does_not_say("in confidence");
    let news = house.letters_to("nils").pop().unwrap();
    assert_eq!(news.letter, "concern_news");
    assert!(!news.text.contains("Marta") && !news.text.contains("speak"), "{}", news.text);
    house.get("nils", &page).is_ok().says("I look after it.").says("Carla Castillo, Dora");
    house.post("nils", &format!("{page}/notes"), &[("words", "Please do.")]).leads_to();
    house.post("dora", &format!("{page}/closing"), &[]).leads_to();
    house.get("nils", &page).is_ok().says("Please do.").says("Closed").does_not_say("Pass it on");
    // What the reports count is that it was told, whatever has become of it.
    let cohort = house.cohort;
    assert_eq!(house.read(move |tx| crate::figures::figures(tx, cohort)).concerns, 1);
}

fn whom_it_is_about_and_who_is_left_out_find_nothing_at_all(house: &House) {
    with_lena(house);
    a_committee(house);
    house.role("kofi", Role::Chair);
    let before: Vec<String> =
        ["carla", "lena", "marta", "otto", "sofie"].map(|who| house.get(who, "/concerns").text()).to_vec();
    let page = tell(house, "nils", "dora", &[("about", "carla"), ("without", "lena")]);
    for (who, before) in ["carla", "lena", "marta", "otto", "sofie"].into_iter().zip(before) {
        assert_eq!(house.get(who, &page).status, 404, "{who}");
        for verb in ["notes", "referrals", "closing"] {
            let fields: &[(&str, &str)] = match verb {
                "notes" => &[("words", "Hm")],
                _ => &[],
            };
            assert_eq!(house.post(who, &format!("{page}/{verb}"), fields).status, 404, "{who} {verb}");
        }
        assert_eq!(house.get(who, "/concerns").text(), before, "{who} sees the same list as before");
    }
    house.get("kofi", &page).is_ok();
    house.get("dora", &page).is_ok();
}

fn it_is_passed_on_to_somebody_who_reads_from_then_on(house: &House) {
    with_lena(house);
    a_committee(house);
    let page = tell(house, "nils", "lena", &[("about", "otto")]);
    assert_eq!(house.get("sofie", &page).status, 404);
    let shown = house.get("lena", &page).is_ok().says("Sofie");
    assert!(
        !shown.body.contains(&format!("value=\"{}\"", house.person("otto"))),
        "nobody passes it on to whom it is about"
    );
    let refused = house.post("lena", &format!("{page}/referrals"), &[("person", &house.person("otto").to_string())]);
    assert_eq!(refused.status, 422);
    house.post("lena", &format!("{page}/referrals"), &[("person", &house.person("sofie").to_string())]).leads_to();
    assert_eq!(house.letter_names_to("sofie"), ["concern_raised"]);
    house.get("sofie", &page).is_ok().does_not_say("Note it");
    assert_eq!(
        house.post("sofie", &format!("{page}/notes"), &[("words", "Hm")]).status,
        404,
        "who reads does not write"
    );
}

fn a_liaison_who_is_replaced_no_longer_reads_it(house: &House) {
    let duo = with_lena(house);
    a_committee(house);
    house.role("kofi", Role::Liaison);
    let page = tell(house, "nils", "lena", &[]);
    house.get("lena", &page).is_ok();
    house.post("lena", &format!("/desk/duos/{}/hand-over", duo.id), &[]).leads_to();
    assert_eq!(house.get("lena", &page).status, 404);
    house.get("kofi", &page).is_ok();
    house.get("carla", "/next").is_ok().says("Something was told to you in confidence");
}

fn what_is_missing_is_said_and_what_was_typed_stays(house: &House) {
    with_lena(house);
    a_committee(house);
    let dora = house.person("dora").to_string();
    let cases: [(&[(&str, &str)], &str); 4] = [
        (&[("to", &dora), ("words", "")], "Please write a few words"),
        (&[("words", "It is so.")], "Choose to whom you write"),
        (&[("to", &dora), ("about", &dora), ("words", "It is so.")], "it is about this person"),
        (&[("to", &dora), ("without", &dora), ("words", "It is so.")], "You left this person out"),
    ];
    for (fields, words) in cases {
        let answer = house.post("nils", "/concerns", fields);
        assert_eq!(answer.status, 422);
        assert!(answer.body.contains(words), "{words}");
        let typed = fields.iter().find(|it| it.0 == "words").unwrap().1;
        assert!(answer.body.contains(typed));
    }
    house.get("nils", "/concerns").is_ok().says("Nothing here");
}

fn it_is_deleted_six_years_after_it_was_closed(house: &House) {
    with_lena(house);
    a_committee(house);
    let page = tell(house, "nils", "dora", &[]);
    house.post("nils", &format!("{page}/closing"), &[]).leads_to();
    super::later(house, "2032-02-18T10:00:00Z", &["nils", "dora"]);
    house.run_jobs();
    house.get("nils", &page).is_ok().says("buy his book");
    super::later(house, "2032-02-23T10:00:00Z", &["nils", "dora"]);
    house.run_jobs();
    assert_eq!(house.get("nils", &page).status, 404);
    house.get("nils", "/concerns").is_ok().says("Nothing here");
}

// V-23
fn one_that_is_open_is_never_deleted_by_the_clock_and_the_chairs_are_reminded(house: &House) {
    with_lena(house);
    a_committee(house);
    let page = tell(house, "nils", "dora", &[("about", "carla")]);
    super::later(house, "2033-02-23T10:00:00Z", &["nils", "dora", "carla", "sofie"]);
    house.run_jobs();
    house.get("nils", &page).is_ok().says("buy his book").says("while it is open, it is kept");
    house.get("dora", "/next").is_ok().says("A concern is still open");
    for who in ["carla", "sofie", "nils"] {
        house.get(who, "/next").is_ok().does_not_say("A concern is still open");
    }
    house.post("dora", &format!("{page}/closing"), &[]).leads_to();
    super::later(house, "2039-03-01T10:00:00Z", &["nils", "dora"]);
    house.run_jobs();
    assert_eq!(house.get("dora", &page).status, 404);
}

fn whoever_raises_one_without_a_duo_turns_to_the_chairs_or_the_office(house: &House) {
    a_committee(house);
    house.role("lena", Role::Liaison);
    house.get("lena", "/concerns/new").is_ok().says("Carla").says("Sofie").does_not_say("liaison of your duo");
    let page = tell(house, "lena", "sofie", &[("about", "carla")]);
    house.get("sofie", &page).is_ok().says("buy his book");
    assert_eq!(house.get("carla", &page).status, 404);
    house.get("dora", &page).is_ok();
}

// Issue 3: who can read this, told where it is decided.
fn who_would_read_it_stands_beside_each_person_to_choose(house: &House) {
    with_lena(house);
    a_committee(house);
    let page = house.get("nils", "/concerns/new").is_ok().says("liaison of your duo; Carla Castillo and Dora");
    let told = |name: &str| {
        let text = page.text();
        let (_, rest) = text.split_once("To whom").unwrap();
        let (_, rest) = rest.split_once(name).unwrap();
        rest.split_once("below").unwrap().0.to_owned()
    };
    for (to, name, others) in [
        ("sofie", "Sofie", ["Lena Lindgren", "Carla Castillo", "Dora"]),
        ("carla", "Carla Castillo chair", ["Lena Lindgren", "Dora", "too"]),
    ] {
        let beside = told(name);
        assert!(others.iter().all(|it| beside.contains(it)), "{name}: {beside}");
        assert!(!beside.contains("Otto"), "{beside}");
        // What was said beside the person is what holds once it is sent.
        let sent = tell(house, "nils", to, &[]);
        let reads = house.get("nils", &sent).is_ok().text();
        let (_, reads) = reads.split_once("Read at this moment by").unwrap();
        for name in others.iter().filter(|it| **it != "too") {
            assert!(reads.contains(name), "{name}: {reads}");
        }
    }
    let (with, without) = (page.text(), "Who else shall not see it");
    let (choice, rest) = with.split_once(without).unwrap();
    assert!(choice.contains("You, the chair, your liaison unless you leave them out"), "{choice}");
    assert!(rest.contains("What happened"), "the readers stand with the choice, before what is told");
}
