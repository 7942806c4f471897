//! What the committee decides about choosing, and what follows from it.

use policy::Role;
use testing::House;

use super::{OPEN, ask, go_to, mentee, mentor};
use crate::desk::{kept_settings, settings::Settings};

testing::on_both_databases! {
    crate::doors().merge(program::doors()); crate::jobs;
    the_terms_of_a_cohort_are_its_chairs_and_hold_for_what_comes_after
    a_reminder_comes_on_the_committees_days
    terms_out_of_bounds_are_refused_with_what_was_typed
    every_page_and_letter_says_the_terms_of_the_cohort
    the_cohort_begun_from_this_one_begins_with_its_terms_threshold_and_weights
}

pub(super) const OTHERS: [(&str, &str); 7] = [
    ("answer_days", "10"),
    ("first_reminder", "2"),
    ("second_reminder", "8"),
    ("wishes", "2"),
    ("waiting", "1"),
    ("mentees_each", "3"),
    ("language", "English"),
];

fn terms_of(house: &House) -> String {
    format!("/cohorts/{}/matching/terms", house.cohort)
}

// SLF1, SLF3
fn the_terms_of_a_cohort_are_its_chairs_and_hold_for_what_comes_after(house: &House) {
    let [li, kim, ben] = ["li", "kim", "ben"].map(|who| mentor(house, who, &[]));
    for who in ["ana", "eva", "ida"] {
        mentee(house, who, &[]);
    }
    house.role("carla", Role::Chair);
    house.role_in_cohort("otto", Role::Liaison);
    go_to(house, OPEN);
    ask(house, "ana", li);
    let page = house.get("carla", &terms_of(house)).is_ok();
    page.says("One request is open. It keeps the day it was given");
    for who in ["ana", "li", "otto"] {
        assert_eq!(house.get(who, &terms_of(house)).status, 404);
        assert_eq!(house.post(who, &terms_of(house), &OTHERS).status, 404);
    }
    let board = format!("/cohorts/{}/matching", house.cohort);
    house.get("carla", &board).is_ok().says("How mentees choose");
    assert_eq!(house.post("carla", &terms_of(house), &OTHERS).to, board);
    assert!(house.get("carla", &terms_of(house)).body.contains("value=\"10\""));
    assert!(house.get("ana", "/wishes").text().contains("until Monday 11 May 2026"), "an open request keeps its day");
    // Ten days for whoever asks now; two on a list; one who waits for each mentor.
    ask(house, "eva", kim);
    let list = house.get("eva", "/wishes").text();
    assert!(list.contains("until Thursday 14 May 2026") && list.contains("1 of 2 places"), "{list}");
    assert!(house.letters_to("kim")[0].text.contains("Thursday 14 May 2026"));
    let refused = ask(house, "ida", kim);
    assert!(refused.status == 409 && refused.body.contains("one mentee waiting already"), "{}", refused.text());
    assert!(house.get("ida", "/mentors").text().contains("Full for now: 1 waiting"));
    assert!(house.get("ida", &format!("/mentors/{ben}/request")).text().contains("ten days to answer"));
    ask(house, "eva", ben);
    let full = ask(house, "eva", li);
    assert!(full.status == 422 && full.body.contains("room for two mentors, and it is full"), "{}", full.text());
}

// SLF3
fn a_reminder_comes_on_the_committees_days(house: &House) {
    let li = mentor(house, "li", &[]);
    mentee(house, "ana", &[]);
    house.role("carla", Role::Chair);
    go_to(house, OPEN);
    house.post("carla", &terms_of(house), &OTHERS);
    ask(house, "ana", li);
    let mut days = Vec::new();
    for day in 1..=11 {
        let before = house.letters_to("li").len();
        house.days(1);
        house.run_jobs();
        if house.letters_to("li").len() > before {
            days.push(day);
        }
    }
    assert_eq!(days, [2, 8]);
    assert!(house.get("ana", "/wishes").text().contains("Li Lindgren: cannot this time"), "after ten days it lapses");
    // None at all is the committee's to say, too.
    let none = OTHERS.map(|(name, value)| if name.ends_with("reminder") { (name, "0") } else { (name, value) });
    house.post("carla", &terms_of(house), &none);
    let kim = mentor(house, "kim", &[]);
    house.run_jobs();
    ask(house, "ana", kim);
    house.days(9);
    house.run_jobs();
    assert_eq!(house.letter_names_to("kim"), ["match_request"]);
}

// SLF3
fn terms_out_of_bounds_are_refused_with_what_was_typed(house: &House) {
    house.role("carla", Role::Chair);
    let with = |name: &str, value: &'static str| {
        let typed = OTHERS.map(|(it, old)| if it == name { (it, value) } else { (it, old) });
        house.post("carla", &terms_of(house), &typed)
    };
    for (name, value, words) in [
        ("answer_days", "1", "Between 2 and 30 days"),
        ("answer_days", "soon", "a whole number"),
        ("answer_days", "99999999999999999999", "a whole number"),
        ("first_reminder", "10", "before the answer is due"),
        ("second_reminder", "2", "after the first"),
        ("wishes", "0", "Between 1 and 10"),
        ("waiting", "21", "Between 1 and 20"),
        ("mentees_each", "6", "Between 1 and 5"),
    ] {
        let refused = with(name, value);
        assert!(refused.status == 422 && refused.body.contains(words), "{name} {value}: {}", refused.text());
        assert!(refused.body.contains(&format!("value=\"{value}\"")), "{name} keeps {value}");
    }
    assert_eq!(with("language", "Klingon").status, 303, "an unknown language is the usual one");
    assert!(house.get("carla", &terms_of(house)).body.contains("value=\"English\" selected"));
}

/// The terms of `OTHERS` with another number in one field.
fn others_but(name: &str, value: &'static str) -> [(&'static str, &'static str); 7] {
    OTHERS.map(|(it, old)| if it == name { (it, value) } else { (it, old) })
}

// SLF1, SLF3: whoever reads how mentees choose reads what holds in this cohort.
fn every_page_and_letter_says_the_terms_of_the_cohort(house: &House) {
    mentor(house, "li", &[]);
    mentee(house, "ana", &[]);
    house.role("carla", Role::Chair);
    let page = |name: &str| house.get_as_stranger(&format!("/about/{name}")).is_ok();
    page("how-matching-works").says("short note, and rank up to four more. The mentor has seven days.");
    house.post("carla", &terms_of(house), &OTHERS).leads_to();
    page("how-matching-works")
        .says("short note, and rank one more. The mentor has ten days.")
        .says("at most one may wait for one mentor");
    page("questions-mentees").says("rank one more. We ask in your order; each mentor has ten days.");
    page("questions-mentors").says("You have ten days to say yes or no");
    page("mentors").says("Answer a request within ten days.");
    for name in ["how-matching-works", "questions-mentees", "questions-mentors", "mentors"] {
        page(name).does_not_say("seven days").does_not_say("four more").does_not_say("{{");
    }
    go_to(house, OPEN);
    let letter = &house.letters_to("ana")[0];
    assert!(letter.text.contains("You can rank one more: if the first cannot"), "{}", letter.text);
    house.post("carla", &terms_of(house), &others_but("wishes", "1")).leads_to();
    page("how-matching-works").says("Ask one mentor with a short note. The mentor has");
    mentee(house, "eva", &[]);
    house.run_jobs();
    let letter = &house.letters_to("eva")[0];
    assert!(letter.letter == "directory_opens" && !letter.text.contains("rank"), "{}", letter.text);
}

// SET1
fn the_cohort_begun_from_this_one_begins_with_its_terms_threshold_and_weights(house: &House) {
    house.role("carla", Role::Chair);
    house.post("carla", &terms_of(house), &OTHERS).leads_to();
    let of = |cohort: &str, page: &str| format!("/cohorts/{cohort}/matching/{page}");
    house.post("carla", &of(&house.cohort.to_string(), "threshold"), &[("mentors", "31"), ("do", "")]).leads_to();
    let cohort = house.cohort;
    let mut counted = Settings::start();
    counted.weights.place = 21.0;
    let kept = counted.clone();
    house.write(move |tx| kept_settings::write(tx, cohort, &kept));
    let next = [("name", "2027–28"), ("annual_meeting", "2027-06-24"), ("places", "30")];
    let calendar = house.post("carla", &format!("/cohorts/{cohort}/successor"), &next).leads_to();
    let next = calendar.split('/').nth(2).unwrap();
    house.run_jobs();
    let terms = house.get("carla", &of(next, "terms")).is_ok();
    for (name, value) in OTHERS.iter().filter(|it| it.0 != "language") {
        let field = &terms.body[terms.body.find(&format!("name=\"{name}\"")).unwrap()..];
        let field = &field[..field.find('>').unwrap()];
        assert!(field.contains(&format!("value=\"{value}\"")), "{name}: {field}");
    }
    assert!(house.get("carla", &of(next, "threshold")).is_ok().body.contains("value=\"31\""));
    let id = platform::prelude::Id::parse(next).unwrap();
    // How many mentees one mentor may take is what the cohort says.
    counted.mentees_each = 3;
    assert_eq!(house.read(move |tx| kept_settings::start(tx, id)), counted);
    // What the next cohort decides itself stays, whatever the one before says later.
    house.post("carla", &of(next, "terms"), &others_but("answer_days", "12")).leads_to();
    house.post("carla", &terms_of(house), &others_but("answer_days", "20")).leads_to();
    house.run_jobs();
    assert!(house.get("carla", &of(next, "terms")).is_ok().body.contains("value=\"12\""));
    assert_eq!(house.run_jobs(), 0, "there is nothing left to carry over");
}
