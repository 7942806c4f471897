//! Pairs decided elsewhere come from a file, as a whole, and go back as a whole.

use platform::ids::Id;
use serde_json::json;
use testing::House;

use super::{desk::pool, duos, mentor};

testing::on_both_databases! {
    crate::doors(); crate::jobs;
    pairs_from_a_file_are_shown_first_and_become_duos_at_once
    lines_that_cannot_be_used_say_why_and_are_left_out
    a_file_of_the_wrong_shape_is_refused_with_a_sentence
    one_line_that_was_overtaken_stops_the_whole
    a_file_is_taken_back_as_a_whole_while_nothing_has_begun
    a_file_that_nobody_applies_is_gone_after_a_day
}

fn path(house: &House) -> String {
    format!("/cohorts/{}/matching/import", house.cohort)
}

fn upload(house: &House, text: &str) -> testing::Answer {
    house.upload("carla", &path(house), "file", "pairs.csv", text.as_bytes())
}

const TWO: &str = "Mentee,Mentor e-mail\nAna Anderson,li@example.org\neva@example.org,kim@example.org\n";

fn pairs() -> Vec<(String, String)> {
    let named = |one: &str, other: &str| (testing::full_name(one), testing::full_name(other));
    vec![named("ana", "li"), named("eva", "kim")]
}

// ALG1
fn pairs_from_a_file_are_shown_first_and_become_duos_at_once(house: &House) {
    pool(house);
    house.get("carla", &path(house)).is_ok().says("The first line names the columns.");
    for who in ["ana", "li"] {
        assert_eq!(house.get(who, &path(house)).status, 404);
    }
    let import = upload(house, TWO).leads_to();
    house.get("carla", &import).is_ok().says("pairs.csv: 2 pairs, no lines that cannot be used.").says("Form 2 duos");
    assert_eq!(house.get("ana", &import).status, 404);
    assert!(duos(house).is_empty() && house.letters().is_empty(), "nothing happens before");
    house.post("carla", &format!("{import}/application"), &[]).leads_to();
    assert_eq!(duos(house), pairs());
    assert!(house.letter_names_to("ana").contains(&"duo_confirmed".to_owned()));
    house.get("carla", &import).is_ok().says("2 duos were formed from pairs.csv.");
    house.post("carla", &format!("{import}/application"), &[]).leads_to();
    assert_eq!(duos(house).len(), 2, "nothing is applied twice");
    house.get("carla", &path(house)).is_ok().says("pairs.csv");
    let cohort = house.cohort;
    assert!(house.read(move |tx| ::duos::in_cohort(tx, cohort)).iter().all(|it| it.how == "imported"));
}

fn lines_that_cannot_be_used_say_why_and_are_left_out(house: &House) {
    mentor(house, "mo", &[("mo_not", json!(["Ana Anderson"]))]);
    pool(house);
    let mo = testing::full_name("mo");
    let text = format!("mentee;mentor\nAna Anderson;{mo}\nNobody;li@example.org\neva@example.org;kim@example.org\n");
    let import = upload(house, &text).leads_to();
    let page = house.get("carla", &import).is_ok().text();
    assert!(page.contains("Line 2 : A rule about people keeps these two apart"), "{page}");
    assert!(page.contains("Line 3 : no mentee of this cohort has the name, address or number “Nobody”."), "{page}");
    house.post("carla", &format!("{import}/application"), &[]).leads_to();
    assert_eq!(duos(house), [pairs()[1].clone()]);
    // Who is in a duo is in no other.
    let import = upload(house, TWO).leads_to();
    let eva = testing::full_name("eva");
    house.get("carla", &import).says(&format!("{eva} is in a duo already.")).says("Form one duo");
}

fn a_file_of_the_wrong_shape_is_refused_with_a_sentence(house: &House) {
    pool(house);
    for (text, words) in [
        ("", "Choose the file with the pairs."),
        ("   \n", "The file is empty."),
        ("name,other\nAna,Li\n", "We did not find one with “mentee” in its name."),
        ("mentee,mentor\n", "there is no pair below it"),
        ("%PDF-1.7", "This is neither a CSV file nor a workbook"),
        ("{\"mentee\": \"Ana\"}", "This is neither a CSV file nor a workbook"),
    ] {
        assert_eq!(upload(house, text).says(words).status, 422, "{text}");
    }
    let nothing = upload(house, "mentee,mentor\nNobody,No one\n").leads_to();
    house.get("carla", &nothing).does_not_say("Form ");
    let refused = house.post("carla", &format!("{nothing}/application"), &[]);
    assert_eq!(refused.says("there is nothing to apply").status, 422);
}

fn one_line_that_was_overtaken_stops_the_whole(house: &House) {
    pool(house);
    let import = upload(house, TWO).leads_to();
    let (cohort, eva, ben) = (house.cohort, house.person("eva"), house.person("ben"));
    assert!(house.write(move |tx| ::duos::form(tx, cohort, ben, eva, "chosen", &[])).is_ok());
    let refused = house.post("carla", &format!("{import}/application"), &[]);
    assert_eq!(refused.says("Line 3: This mentee is in a duo already.").status, 422);
    assert_eq!(duos(house).len(), 1, "the first line was undone with the second");
}

fn a_file_is_taken_back_as_a_whole_while_nothing_has_begun(house: &House) {
    pool(house);
    let import = upload(house, TWO).leads_to();
    house.post("carla", &format!("{import}/application"), &[]).leads_to();
    house.get("carla", &import).says("Take all of them back");
    house.post("carla", &format!("{import}/undoing"), &[]).leads_to();
    let cohort = house.cohort;
    let states = |house: &House| -> Vec<String> {
        house.read(move |tx| ::duos::in_cohort(tx, cohort)).into_iter().map(|it| it.state).collect()
    };
    assert_eq!(states(house), ["ended", "ended"]);
    for who in ["ana", "eva", "li", "kim"] {
        assert_eq!(house.letter_names_to(who).last().map(String::as_str), Some("duo_taken_back"), "{who}");
    }
    house.get("carla", &import).is_ok().says("were taken back").does_not_say("Take all of them back");
    // The same people can be paired anew, and what has begun stays.
    let again = upload(house, TWO).leads_to();
    house.post("carla", &format!("{again}/application"), &[]).leads_to();
    let ana = house.person("ana");
    house.write(move |tx| {
        let duo = ::duos::of_person(tx, cohort, ana)?.unwrap();
        assert!(!::duos::has_begun(tx, &duo)?);
        let ended = ::duos::end(tx, &duo, ana, "")?;
        let duo = ::duos::duo(tx, duo.id)?.unwrap();
        assert!(ended.is_ok() && ::duos::has_begun(tx, &duo)?);
        Ok(())
    });
    let refused = house.post("carla", &format!("{again}/undoing"), &[]);
    assert_eq!(refused.says("This can no longer be taken back: Ana Anderson and").status, 422);
    assert_eq!(states(house), ["ended", "ended", "ended", "active"]);
}

fn a_file_that_nobody_applies_is_gone_after_a_day(house: &House) {
    pool(house);
    let import = upload(house, TWO).leads_to();
    house.days(2);
    house.sign_in("carla", house.person("carla"));
    house.run_jobs();
    assert_eq!(house.get("carla", &import).status, 404);
    assert!(Id::parse(import.rsplit('/').next().unwrap()).is_some());
}
