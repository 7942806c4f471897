use platform::{identity, outbox::Queued, prelude::*};
use policy::Role;
use testing::House;

use crate::{Class, Post, Sender, To, Value, faults, find, has_unsubscribed, letter, post, registry};

letter! {
    PLACE => "place_taken", audience "the mentee", trigger "a complete application takes a place", class Essential;
    TOPIC => "topic_note", audience "everyone in a duo", trigger "a month begins", class Helpful;
    RECOVERY => "password_recovery", audience "whoever asks", trigger "a password is forgotten", class Account;
    REQUEST => "match_request", audience "the mentor", trigger "a mentee asks", class Essential;
    NOMINEE => "nomination_to_nominee", audience "the nominee", trigger "somebody nominates", class Essential;
}

testing::on_both_databases! { crate::doors(); crate::jobs;
    a_letter_is_filled_and_written_once
    a_draft_cohort_sends_nothing
    words_of_others_are_no_links
    a_forgotten_value_is_noticed
    helpful_letters_end_with_one_click_and_begin_again
    an_unknown_unsubscribe_link_is_told_so_and_changes_nothing
    the_chair_reads_and_edits_a_letter
    a_wrong_text_comes_back_with_what_was_typed
    two_who_edit_at_once_lose_nothing
    everyone_reads_their_own_letters_alone
    the_post_is_read_in_development
}

fn write(
    house: &House,
    who: &str,
    kind: &'static crate::Kind,
    once: &'static str,
    values: &[(&'static str, Value)],
) -> bool {
    let (person, values) = (house.person(who), values.to_vec());
    house.write(move |tx| {
        let account = identity::find(tx, person)?.ok_or(Failure::NotFound)?;
        let mut values = values.clone();
        if !values.iter().any(|(name, _)| *name == "link") {
            values.push(("link", Value::link(tx.url("/lessons"))));
        }
        post(
            tx,
            Post {
                kind,
                to: To::account(&account),
                cohort: None,
                about: person,
                once: once.to_owned(),
                values,
                sender: None,
                calendar: None,
            },
        )
    })
}

fn topic_values() -> Vec<(&'static str, Value)> {
    vec![
        ("topic_title", Value::words("Saying no")),
        ("topic_text", Value::lines("Think of one.\nWhat would you say?")),
        ("liaison_name", Value::words("Lena")),
    ]
}

fn last_letter(house: &House, who: &str) -> Queued {
    house.letters_to(who).pop().unwrap_or_else(|| panic!("no letter to {who}"))
}

fn a_letter_is_filled_and_written_once(house: &House) {
    house.role("carla", Role::Chair);
    assert!(write(house, "anna", &PLACE, "application 1", &[]));
    assert!(!write(house, "anna", &PLACE, "application 1", &[]));
    assert!(write(house, "ben", &PLACE, "application 1", &[]));
    let letter = last_letter(house, "anna");
    assert_eq!(letter.subject, "You have a place in 2026–27");
    assert!(letter.text.starts_with("Dear Anna,") && letter.text.contains("Saturday 27 June 2026"));
    assert!(letter.text.contains("Carla Castillo, for the mentoring committee"));
    assert!(letter.text.contains("Library Association"));
    assert!(letter.html.contains("http://duology.test/lessons"));
    assert_eq!(house.link_in(&letter), "/lessons");
    assert_eq!((letter.from_name.as_str(), letter.reply_to.as_str()), ("Formal Mentoring", "office@example.org"));
    assert_eq!(letter.unsubscribe, None);
    assert_eq!(house.letters().len(), 2);
}

// SET2
fn a_draft_cohort_sends_nothing(house: &House) {
    let person = house.person("anna");
    let written = house.write(move |tx| {
        let new = program::cohorts::NewCohort {
            name: "2027–28",
            annual_meeting: jiff::civil::date(2027, 6, 24),
            midwinter: None,
            next_annual_meeting: None,
            places: 25,
            begun_from: None,
        };
        let draft = program::cohorts::add(tx, &new, None)?;
        let draft = program::the_cohort(tx, draft)?;
        let account = identity::find(tx, person)?.ok_or(Failure::NotFound)?;
        let values = vec![("link", Value::link(tx.url("/")))];
        let to = To::account(&account);
        let once = String::new();
        post(
            tx,
            Post { kind: &PLACE, to, cohort: Some(&draft), about: person, once, values, sender: None, calendar: None },
        )
    });
    assert!(!written && house.letters().is_empty());
}

fn words_of_others_are_no_links(house: &House) {
    let person = house.person("ben");
    house.write(move |tx| {
        let values = vec![
            ("mentee", Value::words("Anna\nBcc: all@example.org")),
            ("note", Value::words("Look: https://evil.example <script>\n\n{{link_no}}")),
            ("reasons", Value::words("")),
            ("due", Value::words("1 May")),
            ("link", Value::link("https://evil.example/request")),
            ("link_no", Value::link(tx.url("/requests/1/no"))),
        ];
        post(
            tx,
            Post {
                kind: &REQUEST,
                to: To::address("Ben\r\nBergmann", "ben@example.org"),
                cohort: None,
                about: person,
                once: "1".to_owned(),
                values,
                sender: Some(Sender { name: "Lena Fischer".to_owned(), reply_to: "lena@example.org".to_owned() }),
                calendar: None,
            },
        )
    });
    let letter = last_letter(house, "ben");
    assert_eq!(letter.subject, "Anna Bcc: all@example.org would like you as mentor");
    assert_eq!(
        (letter.to_name.as_str(), letter.from_name.as_str()),
        ("Ben Bergmann", "Lena Fischer, Formal Mentoring")
    );
    assert!(letter.text.contains("“Look: evil[.]example <script> {{link_no}}”"), "{}", letter.text);
    assert!(!letter.html.contains("evil.example") && !letter.html.contains("<script>"));
    assert!(!letter.text.contains("Why it may fit"));
}

fn a_forgotten_value_is_noticed(house: &House) {
    let person = house.person("anna");
    let failed = house.app.db.write(move |tx| {
        let account = identity::find(tx, person)?.ok_or(Failure::NotFound)?;
        let to = To::account(&account);
        let once = String::new();
        post(
            tx,
            Post {
                kind: &PLACE,
                to,
                cohort: None,
                about: person,
                once,
                values: Vec::new(),
                sender: None,
                calendar: None,
            },
        )
    });
    assert_eq!(failed.unwrap_err().to_string(), "letter `place_taken` lacks a value for link");
    let failed = house.app.db.write(move |tx| {
        let to = To::address("Ana", "ana@example.org");
        let once = String::new();
        post(
            tx,
            Post {
                kind: &TOPIC,
                to,
                cohort: None,
                about: person,
                once,
                values: topic_values(),
                sender: None,
                calendar: None,
            },
        )
    });
    assert!(failed.unwrap_err().to_string().contains("people with an account alone"));
}

// COM5, COM7
fn helpful_letters_end_with_one_click_and_begin_again(house: &House) {
    let anna = house.person("anna");
    assert!(write(house, "anna", &TOPIC, "May", &topic_values()));
    let letter = last_letter(house, "anna");
    let link = letter.unsubscribe.clone().unwrap();
    assert!(letter.text.contains(&link) && letter.html.contains(&link));
    let path = link.strip_prefix("http://duology.test").unwrap().to_owned();
    for _ in 0..3 {
        house.get_as_stranger(&path).is_ok().says("No more letters of this kind?");
    }
    let ended = move |tx: &mut Tx| has_unsubscribed(tx, anna, Class::Helpful);
    assert!(!house.read(ended));
    // A mail program knows no cookie and follows no redirection.
    house.post_as_stranger(&path, &[("List-Unsubscribe", "One-Click")]).is_ok().says("You get no more of these");
    house.post_as_stranger(&path, &[("List-Unsubscribe", "One-Click")]).is_ok();
    assert!(house.read(ended));
    assert!(!write(house, "anna", &TOPIC, "June", &topic_values()));
    assert!(write(house, "anna", &PLACE, "1", &[]));
    house.get_as_stranger(&path).is_ok().says("You get no more of these");
    house.post_as_stranger(&path, &[("again", "yes")]).is_ok();
    assert!(write(house, "anna", &TOPIC, "July", &topic_values()));
    house.post("anna", "/me/letters/kinds", &[("class", "helpful"), ("wanted", "no")]).leads_to();
    assert!(house.read(ended));
    house.get("anna", "/me/letters").is_ok().says("You do not get letters with topics, ideas and news.");
    assert_eq!(house.post("anna", "/me/letters/kinds", &[("class", "essential"), ("wanted", "no")]).status, 404);
}

fn an_unknown_unsubscribe_link_is_told_so_and_changes_nothing(house: &House) {
    let opened = house.get_as_stranger("/unsubscribe/guessed");
    assert_eq!(opened.status, 404);
    opened.says("This link is not one of ours").says("Nothing was changed.");
    assert_eq!(house.post_as_stranger("/unsubscribe/guessed", &[]).status, 404);
}

// COM1
fn the_chair_reads_and_edits_a_letter(house: &House) {
    house.role("carla", Role::Chair);
    write(house, "anna", &PLACE, "1", &[]);
    let list = house.get("carla", "/letters").is_ok();
    let list = list.says("A place is yours").says("a complete application takes a place").says("20 Feb 2026");
    // What letters are called is no sample of anybody's letter.
    list.says("Monthly topic").says("Can be ended.").says("none").does_not_say("Saying no");
    let page = "/letters/place_taken";
    house.get("carla", page).is_ok().says("Good news: one of the places in 2026–27 is yours.").says("{{T06}}");
    let edited = [("version", "1"), ("subject", "Welcome to {{cohort}}"), ("body", "Dear {{first_name}},\n\n{{link}}")];
    let preview = [edited[0], edited[1], edited[2], ("do", "preview")];
    house.post("carla", page, &preview).is_ok().says("Nothing is saved yet.").says("Welcome to 2026–27");
    house.get("carla", page).is_ok().does_not_say("Welcome to 2026–27");
    house.post("carla", page, &[edited[0], edited[1], edited[2], ("do", "save")]).leads_to();
    house.get("carla", page).is_ok().says("Version 2, 20 Feb 2026, Carla Castillo");
    write(house, "ben", &PLACE, "1", &[]);
    assert_eq!(last_letter(house, "ben").subject, "Welcome to 2026–27");
    house.get("carla", "/letters").is_ok().says("A place is yours edited");
    house.post("carla", page, &[("version", "2"), ("do", "preset")]).leads_to();
    house.get("carla", page).is_ok().says("Good news").says("Version 3");
    for stranger in ["anna", "ben"] {
        assert_eq!(house.get(stranger, "/letters").status, 404);
        assert_eq!(house.post(stranger, page, &edited).status, 404);
    }
    assert_eq!(house.get("carla", "/letters/nothing").status, 404);
}

fn a_wrong_text_comes_back_with_what_was_typed(house: &House) {
    house.role("carla", Role::Chair);
    let page = "/letters/place_taken";
    let wrong = [("version", "1"), ("subject", "My own <subject>"), ("body", "Dear {{firstname}}"), ("do", "save")];
    let answer = house.post("carla", page, &wrong);
    assert_eq!(answer.status, 422);
    let answer = answer.says("{{firstname}} is nothing this letter knows. It knows T06").says("Dear {{firstname}}");
    assert!(answer.body.contains("href=\"#f-body\"") && answer.body.contains("My own &lt;subject&gt;"));
    let empty = house.post("carla", page, &[("version", "1"), ("subject", ""), ("body", "x"), ("do", "preview")]);
    assert_eq!(empty.status, 422);
    assert!(empty.body.contains("href=\"#f-subject\""));
    house.get("carla", page).is_ok().does_not_say("My own");
}

fn two_who_edit_at_once_lose_nothing(house: &House) {
    house.role("carla", Role::Chair);
    house.role("dana", Role::Deputy);
    let page = "/letters/place_taken";
    let save = |who: &str, version: &str, subject: &str| {
        house.post(who, page, &[("version", version), ("subject", subject), ("body", "Hello {{link}}"), ("do", "save")])
    };
    save("carla", "1", "First").leads_to();
    let second = save("dana", "1", "Second");
    assert_eq!(second.status, 409);
    let second = second.says("Somebody else changed this letter meanwhile.");
    assert!(second.body.contains("value=\"Second\"") && second.body.contains("name=\"version\" value=\"2\""));
    save("dana", "2", "Second").leads_to();
    house.get("dana", page).is_ok().says("Version 3").says("Version 2");
}

fn everyone_reads_their_own_letters_alone(house: &House) {
    house.person("anna");
    house.get("anna", "/me/letters").is_ok().says("No letters yet");
    write(house, "anna", &PLACE, "1", &[]);
    write(house, "anna", &RECOVERY, "1", &[("hours", Value::words("2"))]);
    let (place, recovery) = (house.letters_to("anna")[0].clone(), house.letters_to("anna")[1].clone());
    house.get("anna", "/me/letters").is_ok().says("You have a place in 2026–27").says("20 Feb 2026");
    house.get("anna", &format!("/me/letters/{}", place.id)).is_ok().says("Good news");
    let private = house.get("anna", &format!("/me/letters/{}", recovery.id)).is_ok();
    private.says("Please open it in your mail").does_not_say("http://duology.test/lessons");
    house.person("ben");
    assert_eq!(house.get("ben", &format!("/me/letters/{}", place.id)).status, 404);
    assert_eq!(house.get("anna", "/me/letters/none").status, 404);
    assert_eq!(house.get_as_stranger("/me/letters").status, 303);
}

fn the_post_is_read_in_development(house: &House) {
    house.get_as_stranger("/dev/mail").is_ok().says("No letters");
    write(house, "anna", &PLACE, "1", &[]);
    write(house, "ben", &PLACE, "1", &[]);
    house.get_as_stranger("/dev/mail").is_ok().says("anna@example.org").says("ben@example.org");
    house.get_as_stranger("/dev/mail?to=ANNA").is_ok().says("anna@example.org").does_not_say("ben@example.org");
    house.get_as_stranger("/dev/mail?to=nobody").is_ok().says("No letters");
    let letter = last_letter(house, "anna");
    let page = house.get_as_stranger(&format!("/dev/mail/{}", letter.id)).is_ok();
    // It is 10:00 in UTC, and 4:00 where the program is.
    let page = page.says("kept here").says("20 Feb 2026, 04:00").does_not_say("queued");
    assert!(page.body.contains("<a href=\"http://duology.test/lessons\">"));
    assert_eq!(house.get_as_stranger("/dev/mail/none").status, 404);
}

#[test]
fn every_letter_is_declared_once_and_has_a_text() {
    let names: Vec<_> = registry().iter().map(|kind| kind.name).collect();
    assert!(names.is_sorted() && names.contains(&"topic_note"));
    assert_eq!(find("topic_note").map(|kind| (kind.room(), kind.class)), Some(("letters", Class::Helpful)));
    // This room alone declares few; the rest must be named as sent by nobody.
    assert!(faults().iter().all(|fault| fault.starts_with("nobody sends ")), "{:?}", faults());
    assert!(!faults().contains(&"nobody sends topic_note".to_owned()));
    assert_eq!(NOMINEE.room(), "letters");
}
