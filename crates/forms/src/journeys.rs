use platform::prelude::*;
use policy::{Condition, Facts, Grant, Role, of};
use testing::House;

use crate::{Answers, Keep, Kept, Opener, current, edit, keep, kept, kept_of, names, of_version, open_sealed};

testing::on_both_databases! { crate::doors(); crate::jobs;
    answers_come_back_as_they_were_kept
    a_sealed_answer_is_nowhere_in_clear
    a_draft_becomes_an_answer_once_and_stays_one
    an_edited_form_is_asked_and_old_answers_keep_theirs
    every_form_of_the_preset_is_current
    the_chair_makes_a_form_and_nobody_is_asked_it_before_it_is_published
    two_who_change_a_form_at_once_lose_nothing
    an_answer_to_what_was_not_asked_is_not_kept
    a_draft_is_thrown_away_and_the_form_stays
    whatever_is_sent_as_a_question_is_kept_or_refused_in_words
    a_survey_gets_questions_behind_those_of_every_year
    a_form_without_own_questions_says_why
}

const SECRET: &str = "Marlowe-and-Hightower-and-nobody-else";

fn keep_application(house: &House, who: &str, answers: Answers, given: bool) -> (Id, Id) {
    let (person, cohort) = (house.person(who), house.cohort);
    let about = house.write(|tx| Ok(tx.fresh_id()));
    house.write(move |tx| {
        let form = current(tx, "mentee_application")?;
        keep(tx, &form, Keep { cohort: Some(cohort), person, about, answers: &answers, given })
    });
    (person, about)
}

fn some_answers() -> Answers {
    let mut answers = Answers::new();
    answers.set("me_name", "Ana");
    answers.set("me_why", "x".repeat(5000) + "\u{0}\"'; drop table form_answers");
    answers.set("me_not", vec![SECRET.to_owned(), "Northfield".to_owned()]);
    answers
}

/// Opened with the proof that somebody may read what is their own.
fn opened_by(tx: &mut Tx, person: Id, kept: &Kept) -> Result<Answers, Failure> {
    let proof: Option<Grant<of::Application>> =
        policy::grant(&program::subject(tx, person)?, &Facts::of_program().own(true));
    open_sealed(tx, kept, Opener::Author(&proof.ok_or(Failure::NotFound)?))
}

fn answers_come_back_as_they_were_kept(house: &House) {
    let (person, about) = keep_application(house, "ana", some_answers(), false);
    let cohort = house.cohort;
    house.read(move |tx| {
        let found = kept(tx, "mentee_application", about)?.unwrap();
        assert_eq!((found.person, found.about, found.version), (person, about, 1));
        assert_eq!(found.answers.text("me_why"), some_answers().text("me_why"));
        assert!(!found.is_given() && found.has_sealed());
        assert_eq!(opened_by(tx, person, &found)?, some_answers());
        assert!(matches!(opened_by(tx, about, &found), Err(Failure::NotFound)), "of somebody else");
        assert_eq!(kept_of(tx, "mentee_application", cohort, person)?.unwrap().about, about);
        assert!(kept(tx, "mentor_application", about)?.is_none());
        assert!(kept_of(tx, "mentee_application", cohort, about)?.is_none());
        Ok(())
    });
}

fn a_sealed_answer_is_nowhere_in_clear(house: &House) {
    let (person, about) = keep_application(house, "ana", some_answers(), true);
    let found = house.read(move |tx| Ok(kept(tx, "mentee_application", about)?.unwrap()));
    assert!(!found.answers.has("me_not"));
    assert!(!found.answers.to_json().contains(SECRET));
    if let Some(file) = house.file() {
        let folder = file.parent().unwrap();
        for part in std::fs::read_dir(folder).unwrap() {
            let bytes = std::fs::read(part.unwrap().path()).unwrap();
            assert!(!bytes.windows(SECRET.len()).any(|it| it == SECRET.as_bytes()));
        }
    }
    house.role("carla", Role::Chair);
    let chair = house.person("carla");
    let opened = house.write(move |tx| {
        let found = kept(tx, "mentee_application", about)?.unwrap();
        let facts = Facts::of_program().when(true, Condition::ListsAreClosed);
        let proof: Option<Grant<of::RankList>> = policy::grant(&program::subject(tx, chair)?, &facts);
        open_sealed(tx, &found, Opener::Chair(&proof.ok_or(Failure::NotFound)?))
    });
    assert_eq!(opened.list("me_not"), [SECRET, "Northfield"]);
    let lines = house.read(move |tx| Ok(journal::about(tx, about)?));
    assert_eq!(
        lines.last().map(|line| (line.what.as_str(), line.done_by)),
        Some(("sealed answers opened", Some(chair)))
    );
    house.write(move |tx| Ok(platform::keys::shred_author(tx, person)?));
    let (found, after) = house.read(move |tx| {
        let found = kept(tx, "mentee_application", about)?.unwrap();
        let opened = opened_by(tx, person, &found)?;
        Ok((found, opened))
    });
    assert!(found.is_withdrawn && found.is_given());
    assert_eq!((after.has("me_not"), after.has("me_name")), (false, false));
}

// APP2
fn a_draft_becomes_an_answer_once_and_stays_one(house: &House) {
    let (person, about) = keep_application(house, "ana", some_answers(), false);
    let keep_again = move |house: &House, name: &'static str, given: bool| {
        house.write(move |tx| {
            let form = current(tx, "mentee_application")?;
            let mut answers = Answers::new();
            answers.set("me_name", name);
            keep(tx, &form, Keep { cohort: None, person, about, answers: &answers, given })?;
            Ok(kept(tx, "mentee_application", about)?.unwrap())
        })
    };
    house.days(1);
    let given = keep_again(house, "Ana L.", true);
    assert!(given.is_given() && !given.has_sealed());
    house.days(1);
    let later = keep_again(house, "Ana Lopes", false);
    assert_eq!(later.given_at, given.given_at);
    assert!(later.saved_at > given.saved_at);
    assert_eq!(later.answers.text("me_name"), "Ana Lopes");
}

// SET9
fn an_edited_form_is_asked_and_old_answers_keep_theirs(house: &House) {
    let (_, about) = keep_application(house, "ana", some_answers(), true);
    house.role("carla", Role::Chair);
    let chair = house.person("carla");
    house.write(move |tx| {
        let mut form = current(tx, "mentee_application")?;
        form.sections[0].fields[0].label = "What shall we call you?".to_owned();
        assert_eq!(edit(tx, &form, Some(chair))?, 2);
        form.title = "Come and be a mentee".to_owned();
        assert_eq!(edit(tx, &form, Some(chair))?, 3);
        let now = current(tx, "mentee_application")?;
        assert_eq!((now.version, now.title.as_str()), (3, "Come and be a mentee"));
        assert_eq!(now.fields().next().unwrap().label, "What shall we call you?");
        let before = kept(tx, "mentee_application", about)?.unwrap();
        let asked = of_version(tx, "mentee_application", before.version)?;
        assert_eq!(asked.fields().next().unwrap().label, "Name you want to be called");
        assert_eq!(of_version(tx, "mentee_application", 2)?.title, "Apply as a mentee");
        assert!(of_version(tx, "mentee_application", 9).is_err());
        Ok(())
    });
}

fn every_form_of_the_preset_is_current(house: &House) {
    house.read(|tx| {
        for name in names() {
            let form = current(tx, name)?;
            assert_eq!((form.name.as_str(), form.version), (name, 1));
        }
        assert!(current(tx, "no_such_form").is_err());
        Ok(())
    });
}

const OWN: [(&str, &str); 6] = [
    ("revision", "0"),
    ("label", "Do you lead people?"),
    ("kind", "choice"),
    ("options", "yes\nno"),
    ("readers", "C"),
    ("required", "yes"),
];

fn chair(house: &House) {
    house.person("ana");
    house.role("ana", Role::Chair);
}

/// The key of the question that was added last.
fn own_key(house: &House) -> String {
    let form = house.read(|tx| Ok(crate::drafts::draft(tx, "mentee_application")?.form));
    form.fields().filter(|it| it.key.starts_with("own_")).last().unwrap().key.clone()
}

// SET6, APP3
fn the_chair_makes_a_form_and_nobody_is_asked_it_before_it_is_published(house: &House) {
    chair(house);
    assert!(house.get("ana", "/forms").body.contains("Apply as a mentee"));
    let wrong =
        house.post("ana", "/forms/mentee_application/sections/work/question", &[("revision", "0"), ("label", "Own?")]);
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("what kind of answer") && wrong.body.contains("Own?"), "what was typed is there");
    let added = house.post("ana", "/forms/mentee_application/sections/work/question", &OWN);
    assert_eq!(added.status, 303, "{}", added.body);
    let asked = |house: &House| house.read(|tx| current(tx, "mentee_application"));
    assert!(!asked(house).fields().any(|it| it.label == "Do you lead people?"), "a draft is asked of nobody");
    let key = own_key(house);
    let page = house.get("ana", "/forms/mentee_application").body;
    assert!(page.contains("New: “Do you lead people?”.") && page.contains("Publish it"));
    for path in [
        format!("questions/{key}"),
        "sections/work".to_owned(),
        "section".to_owned(),
        "preview".to_owned(),
        "preview?as=C".to_owned(),
    ] {
        assert_eq!(house.get("ana", &format!("/forms/mentee_application/{path}")).status, 200, "{path}");
    }
    assert!(house.get("ana", "/forms/mentee_application/preview?as=C").body.contains("Do you lead people?"));
    let up =
        house.post("ana", "/forms/mentee_application/order", &[("revision", "1"), ("question", &key), ("way", "up")]);
    assert_eq!(up.status, 303);
    let needed =
        house.post("ana", "/forms/mentee_application/removal", &[("revision", "2"), ("question", "me_employer")]);
    assert_eq!(needed.status, 422);
    assert!(needed.body.contains("works with this answer"));
    assert_eq!(house.post("ana", "/forms/mentee_application/publication", &[("revision", "2")]).status, 303);
    let form = asked(house);
    assert_eq!(form.version, 2);
    assert!(form.field(&key).is_some_and(|it| it.required && it.options == ["yes", "no"]));
    // Strangers to the office have no such page, and scales are no form.
    assert_eq!(house.get("ana", "/forms/scales").status, 404);
    house.person("ben");
    house.role("ben", Role::Council);
    assert_eq!(house.get("ben", "/forms").status, 404);
}

fn two_who_change_a_form_at_once_lose_nothing(house: &House) {
    chair(house);
    let path = "/forms/mentor_application/sections/you/question";
    assert_eq!(house.post("ana", path, &OWN).status, 303);
    let mut second = OWN.to_vec();
    second[1] = ("label", "Do you lead nobody?");
    let late = house.post("ana", path, &second);
    assert_eq!(late.status, 409);
    assert!(late.body.contains("Do you lead nobody?") && late.body.contains("Somebody else changed this form"));
    second[0] = ("revision", "1");
    assert_eq!(house.post("ana", path, &second).status, 303);
    let stale = house.post("ana", "/forms/mentor_application/publication", &[("revision", "1")]);
    assert_eq!(stale.status, 409, "what was not seen is not published");
    let labels = house.read(|tx| Ok(crate::drafts::draft(tx, "mentor_application")?.form));
    assert_eq!(labels.fields().filter(|it| it.label.starts_with("Do you lead")).count(), 2);
}

fn an_answer_to_what_was_not_asked_is_not_kept(house: &House) {
    let (person, cohort) = (house.person("ana"), house.cohort);
    house.write(move |tx| {
        let mut form = current(tx, "mentee_application")?;
        let field = form.sections[0].fields.iter_mut().find(|it| it.key == "me_pron").unwrap();
        field.only_if = Some(crate::OnlyIf { question: "me_member".to_owned(), answers: vec!["never".to_owned()] });
        edit(tx, &form, None)?;
        let form = current(tx, "mentee_application")?;
        let mut answers = some_answers();
        answers.set("me_pron", "they");
        let about = tx.fresh_id();
        for (given, stays) in [(false, true), (true, false)] {
            keep(tx, &form, Keep { cohort: Some(cohort), person, about, answers: &answers, given })?;
            assert_eq!(
                kept(tx, "mentee_application", about)?.unwrap().answers.has("me_pron"),
                stays,
                "a draft loses nothing"
            );
        }
        Ok(())
    });
}

fn a_draft_is_thrown_away_and_the_form_stays(house: &House) {
    chair(house);
    let path = "/forms/exit/section";
    assert_eq!(house.post("ana", path, &[("revision", "0"), ("title", "")]).status, 422);
    assert_eq!(house.post("ana", path, &[("revision", "0"), ("title", "One more")]).status, 303);
    assert!(house.get("ana", "/forms/exit").body.contains("One more"));
    assert_eq!(house.post("ana", "/forms/exit/end-of-draft", &[("revision", "1")]).status, 303);
    assert!(!house.get("ana", "/forms/exit").body.contains("One more"));
    assert_eq!(house.read(|tx| Ok(current(tx, "exit")?.version)), 1);
}

const ODD: &[&str] = &[
    "",
    " ",
    "choice",
    "number",
    "file",
    "grid",
    "yes",
    "-1",
    "99999999999999999999",
    "1e9",
    "me_name",
    "own_1",
    "yes\nyes",
    "a\n\n\n",
    "{{end_date}}",
    "{{",
    "<b>",
    "\u{202e}x",
    "\u{301}",
    "C",
    "Z",
    "0",
];
const NAMES: &[&str] =
    &["label", "help", "kind", "required", "options", "max", "readers", "sealed", "only_if", "only_if_answers", "oops"];

// SET6: what the committee sends to change a form, damaged in every way by a fixed seed.
fn whatever_is_sent_as_a_question_is_kept_or_refused_in_words(house: &House) {
    chair(house);
    let chance = platform::chance::Chance::seeded(43);
    let long = "x".repeat(9_000);
    let mut met = std::collections::BTreeMap::new();
    for _ in 0..300 {
        let form = house.read(|tx| crate::drafts::draft(tx, "mentee_application"));
        let revision = form.revision.to_string();
        let mut sent = vec![("revision", revision.as_str())];
        sent.extend(OWN[1..].iter().filter(|_| chance.below(6) > 0).copied());
        for _ in 0..=chance.below(2) {
            let value = if chance.below(30) == 0 { &long } else { ODD[chance.below(ODD.len())] };
            let name = NAMES[chance.below(NAMES.len())];
            sent.retain(|it| it.0 != name);
            sent.push((name, value));
        }
        let keys: Vec<String> = form.form.fields().map(|it| it.key.clone()).collect();
        let path = match chance.below(3) {
            0 => format!("questions/{}", keys[chance.below(keys.len())]),
            _ => "sections/work/question".to_owned(),
        };
        let answer = house.post("ana", &format!("/forms/mentee_application/{path}"), &sent);
        assert!(matches!(answer.status, 303 | 400 | 409 | 413 | 422), "{sent:?}: {} {}", answer.status, answer.text());
        *met.entry(answer.status).or_insert(0) += 1;
    }
    assert!(met.get(&303) > Some(&8) && met.get(&422) > Some(&30), "{met:?}");
    for path in ["", "/preview"] {
        house.get("ana", &format!("/forms/mentee_application{path}")).is_ok();
    }
}

// SET6
fn a_survey_gets_questions_behind_those_of_every_year(house: &House) {
    chair(house);
    house.get("ana", "/forms").is_ok().says("Mid-way survey for mentees").says("Where you stand today (mentors)");
    let path = "/forms/midway_mentee";
    house.get("ana", path).is_ok().says("stays as it is").does_not_say("Add a question").does_not_say("Take away");
    let core =
        house.post("ana", &format!("{path}/questions/s2"), &[("revision", "0"), ("label", "My mentor hears me")]);
    assert_eq!(core.status, 422);
    let within = [("revision", "0"), ("label", "And the room?"), ("kind", "choice"), ("options", "good\nbad")];
    assert_eq!(house.post("ana", &format!("{path}/sections/meetings/question"), &within).status, 422);
    assert_eq!(house.post("ana", &format!("{path}/section"), &[("revision", "0"), ("title", "This year")]).status, 303);
    let page = house.get("ana", path).is_ok().says("This year").says("Add a question");
    let section = page.body.split("/sections/").nth(1).and_then(|it| it.split(['/', '"']).next()).unwrap().to_owned();
    let up = [("revision", "1"), ("section", section.as_str()), ("way", "up")];
    let before_the_core = house.post("ana", &format!("{path}/order"), &up);
    assert_eq!(before_the_core.status, 422);
    let path_of_new = format!("{path}/sections/{section}/question");
    house.get("ana", &path_of_new).is_ok().says("from ten people on").does_not_say("Who reads the answer");
    for kind in ["file", "email", "tick"] {
        let other = [("revision", "1"), ("label", "Your address?"), ("kind", kind)];
        assert_eq!(house.post("ana", &path_of_new, &other).status, 422, "{kind} has no total");
    }
    let own = [("revision", "1"), ("label", "How was the room?"), ("kind", "agree5"), ("required", "yes")];
    assert_eq!(house.post("ana", &path_of_new, &own).status, 303);
    assert_eq!(house.post("ana", &format!("{path}/publication"), &[("revision", "2")]).status, 303);
    let form = house.read(|tx| current(tx, "midway_mentee"));
    let last = form.fields().last().unwrap();
    assert_eq!((form.version, last.label.as_str(), last.required), (2, "How was the room?", false));
    assert!(last.readers.is_empty());
}

fn a_form_without_own_questions_says_why(house: &House) {
    chair(house);
    house.get("ana", "/forms/check_in").is_ok().says("A check-in takes a minute").does_not_say("Add a question");
    house.get("ana", "/forms/nomination").is_ok().says("before the person wants it");
    house.get("ana", "/forms/exit").is_ok().says("no page would show further answers");
    house.get("ana", "/forms/mentee_application").is_ok().says("Add a question").does_not_say("no page would show");
}
