//! Everything of one's own in one file, and nothing of the partner's. ACC3

use std::{
    io::{Cursor, Read},
    time::{Duration, Instant},
};

use serde_json::Value;
use testing::{Answer, House};
use zip::ZipArchive;

use super::{
    canary, duo,
    world::{ANAS, MOS, begin_a_survey, nominate, play},
};

testing::on_both_databases! {
    crate::journeys::doors(); crate::journeys::jobs;
    the_file_holds_all_that_one_wrote_and_nothing_of_the_partner
    what_is_begun_and_what_waits_is_in_it_too
    somebody_new_takes_along_the_little_there_is
    it_is_asked_again_who_takes_it_along_and_it_is_noted
    after_a_few_times_a_day_it_is_enough
}

fn take(house: &House, who: &str) -> Answer {
    let answer = house.post(who, "/me/download", &[]);
    assert_eq!((answer.status, answer.kind.as_str()), (200, "application/zip"), "{}", answer.text());
    answer
}

fn file(answer: &Answer, name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(answer.bytes.clone())).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

// ACC3
fn the_file_holds_all_that_one_wrote_and_nothing_of_the_partner(house: &House) {
    play(house);
    house.get("ana", "/me").is_ok().says("Take along what is mine");
    house.get("ana", "/me/download").is_ok().says("everything.json");
    let began = Instant::now();
    let answer = take(house, "ana");
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    for name in ["everything.json", "index.html"] {
        let text = file(&answer, name);
        let missing: Vec<&&str> = ANAS.iter().filter(|it| !text.contains(&canary("ana", it))).collect();
        assert_eq!(missing, Vec::<&&str>::new(), "in {name}");
        let theirs: Vec<&&str> = MOS.iter().filter(|it| text.contains(&canary("mo", it))).collect();
        assert_eq!(theirs, Vec::<&&str>::new(), "in {name}");
        assert!(!text.contains("{{"), "questions are read as they were asked, in {name}");
        for others in ["canary-mo", "canary-li", "canary-bea", "mo@example.org", "lena@example.org"] {
            assert!(!text.contains(others), "{others} in {name}");
        }
    }
    let data: Value = serde_json::from_str(&file(&answer, "everything.json")).unwrap();
    let chapters = data["chapters"].as_array().unwrap();
    assert_eq!(chapters.len(), crate::rooms().len(), "each room has its chapter");
    assert!(chapters.iter().any(|it| it["title"] == "Your duos"));
    let page = file(&answer, "index.html");
    assert!(page.contains("Mo M") && !page.contains("<script") && !page.contains("http"), "it needs nothing beside it");
    let mos = file(&take(house, "mo"), "everything.json");
    let missing: Vec<&&str> = MOS.iter().filter(|it| !mos.contains(&canary("mo", it))).collect();
    assert_eq!(missing, Vec::<&&str>::new());
    assert!(!mos.contains("canary-ana"), "what the mentee wrote to the mentor stays hers");
    assert!(!house.get("ana", &duo(house).path("/export/data")).is_ok().body.contains("author"));
}

fn what_is_begun_and_what_waits_is_in_it_too(house: &House) {
    house.person("ana");
    nominate(house);
    assert!(file(&take(house, "ana"), "everything.json").contains(&canary("ana", "no-why")));
    play(house);
    begin_a_survey(house);
    let later = file(&take(house, "ana"), "everything.json");
    assert!(later.contains(&canary("ana", "draft")), "a survey that is not sent is hers");
    assert!(!later.contains(&canary("ana", "no-why")), "nobody keeps a nomination that nobody answered");
    for gone in ["note", "reply"] {
        assert!(!later.contains(&canary("ana", gone)), "{gone} is not kept any longer");
    }
}

fn somebody_new_takes_along_the_little_there_is(house: &House) {
    house.person("nils");
    let page = file(&take(house, "nils"), "index.html");
    assert!(page.contains("nils@example.org"));
}

// V-19
fn it_is_asked_again_who_takes_it_along_and_it_is_noted(house: &House) {
    let ana = house.person("ana");
    take(house, "ana");
    house.let_proof_grow_old("ana");
    let again = house.post("ana", "/me/download", &[]);
    assert_eq!(again.status, 307, "{}", again.text());
    assert!(again.to.starts_with("/sign-in/again"), "{}", again.to);
    let lines = house.read(move |tx| Ok(platform::journal::about(tx, ana)?));
    assert_eq!(lines.iter().filter(|it| it.what == "own data taken along").count(), 1);
}

fn after_a_few_times_a_day_it_is_enough(house: &House) {
    house.person("ana");
    for _ in 0..5 {
        take(house, "ana");
    }
    assert_eq!(house.post("ana", "/me/download", &[]).status, 429);
    house.days(1);
    take(house, "ana");
}
