//! What somebody learns who reads the whole database.

use platform::values;
use testing::House;

use super::*;

testing::on_both_databases! {
    crate::doors(); crate::jobs;
    no_order_of_rows_tells_who_answered_what
    nothing_about_answering_bears_a_time
    a_draft_is_nowhere_in_clear
}

platform::sql! {
    PEOPLE => "select person, answered from survey_people where survey = $1";
    ANSWERS => "select key, data from survey_answers where survey = $1";
}

platform::sql! {
    VERSIONS => sqlite "select count(distinct survey) as versions from survey_people where survey = $1", pg "select count(distinct xmin::text) as versions from survey_people where survey = $1"
}

// SRV2: people who answer in an order of their own, and a reader who looks at the rows as
// they lie in the database.
fn no_order_of_rows_tells_who_answered_what(house: &House) {
    with_duos(house, 8);
    house.at(MIDWAY_OPENS);
    house.run_jobs();
    let midway = survey(house, "midway_mentee");
    let order = ["gina", "bela", "hana", "anna", "fay", "cleo", "eva", "dora"];
    let mut lain = Vec::new();
    for who in order {
        answer(house, who, &[("t1", who)]);
        let rows: Vec<(Id, bool)> = house.read(move |tx| Ok(tx.rows(&PEOPLE, values![midway])?));
        lain.push(rows.iter().map(|it| it.0).collect::<Vec<_>>());
        let versions: i64 = house.read(move |tx| Ok(tx.one(&VERSIONS, values![midway])?));
        assert_eq!(versions, 1, "every row is as new as every other");
    }

    let by_id = {
        let mut ids: Vec<Id> = order.iter().map(|who| house.person(who)).collect();
        ids.sort();
        ids
    };
    assert!(lain.iter().all(|ids| *ids == by_id), "the rows lie by person, whoever answered when");

    let rows: Vec<(Vec<u8>, String)> = house.read(move |tx| Ok(tx.rows(&ANSWERS, values![midway])?));
    for row in &rows {
        let words = format!("{:?} {}", row.0, row.1);
        for who in order {
            let id = house.person(who);
            assert!(!words.contains(&id.to_string()) && !words.contains("example.org"), "{words}");
            assert_ne!(row.0, id.as_bytes());
        }
    }
    if house.file().is_some() {
        assert!(rows.is_sorted_by_key(|it| it.0.clone()), "answers lie by their random keys");
        let answered: Vec<String> = rows.iter().map(|it| it.1.clone()).collect();
        let in_time: Vec<String> = order.iter().map(|who| format!("{{\"t1\":\"{who}\"}}")).collect();
        assert_ne!(answered, in_time);
    }
}

fn nothing_about_answering_bears_a_time(house: &House) {
    with_duos(house, 3);
    house.at(MIDWAY_OPENS);
    house.run_jobs();
    let cohort = house.cohort;
    let lines = || house.read(move |tx| Ok(platform::journal::of_cohort(tx, cohort, 1000)?.len()));
    let before = lines();
    let followed = link(house, "anna");
    answer(house, "anna", &[("s1", "4")]);
    post(house, "bela", &format!("/surveys/{}/mine", survey(house, "midway_mentee")), &[("s1", "4")]).leads_to();

    assert_eq!(lines(), before, "no line of the journal names them");
    let token = followed.trim_start_matches("/survey/").to_owned();
    let link = house.read(move |tx| Ok(platform::links::look(tx, crate::letters::PURPOSE, &token)?));
    assert!(link.is_ok_and(|it| it.used_at.is_none()), "no link says when it was used");
}

fn a_draft_is_nowhere_in_clear(house: &House) {
    with_duos(house, 1);
    house.at(MIDWAY_OPENS);
    house.run_jobs();
    let secret = "my very own unsent sentence";
    house.post_as_stranger(&link(house, "anna"), &[("t1", secret), ("do", "later")]).leads_to();

    if let Some(file) = house.file() {
        let folder = file.parent().unwrap_or(file);
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let bytes = std::fs::read(entry.path()).unwrap_or_default();
            let found = bytes.windows(secret.len()).any(|it| it == secret.as_bytes());
            assert!(!found, "{:?}", entry.path());
        }
    }
    house.at(MIDWAY_IS_OVER);
    house.run_jobs();
    let left: i64 = house.read(|tx| Ok(tx.one(&DRAFTS, &[])?));
    assert_eq!(left, 0, "what was not sent is nobody's answer");
}

platform::sql! { DRAFTS => "select count(*) as drafts from survey_drafts"; }
