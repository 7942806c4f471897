//! Six letters, four questions, one link.

use jiff::Timestamp;
use platform::{ids::Id, outbox::Queued};
use policy::Role;
use testing::House;

use super::{later, pair, tasks_of, with_lena};

testing::on_both_databases! { crate::journeys::doors(); crate::jobs;
    a_check_in_is_answered_by_its_link_without_signing_in_and_once
    looking_at_a_link_ten_times_changes_nothing
    what_is_wrong_is_said_and_what_was_typed_stays
    a_link_opens_for_thirty_days
    one_reminder_comes_after_a_week_and_only_to_who_has_not_answered
    a_house_that_slept_does_not_remind_of_a_check_in_that_the_next_has_followed
    a_check_in_goes_out_up_to_two_weeks_late_and_then_no_more
    a_wish_to_be_contacted_reaches_the_liaison_at_once
    a_low_answer_is_a_task_and_not_a_letter
    six_check_ins_go_out_in_a_year_and_a_late_duo_gets_only_those_to_come
    what_was_written_is_nowhere_in_clear
    a_person_who_is_signed_in_answers_their_own_and_nobody_elses
    an_answered_check_in_shows_its_author_what_they_said_and_who_read_it
    an_answer_is_its_authors_to_change_until_the_next_check_in_goes_out
}

const CHECK_IN_1: &str = "2026-07-07T15:00:00Z";

/// The newest letter to somebody under one name.
fn letter_to(house: &House, who: &str, name: &str) -> Queued {
    let mut letters = house.letters_to(who).into_iter().filter(|it| it.letter == name);
    letters.next_back().unwrap_or_else(|| panic!("no {name} to {who}: {:?}", house.letter_names_to(who)))
}

/// The path of the four questions in a letter.
fn pulse(house: &House, letter: &Queued) -> String {
    house.links_in(letter).into_iter().find(|it| it.starts_with("/check-in/")).unwrap()
}

fn first_check_in(house: &House) -> (duos::Duo, String) {
    let duo = with_lena(house);
    later(house, CHECK_IN_1, &["lena", "marta", "nils"]);
    house.run_jobs();
    let link = pulse(house, &letter_to(house, "nils", "checkin_1"));
    (duo, link)
}

fn answered_at(house: &House, duo: &duos::Duo) -> Vec<Option<Timestamp>> {
    let id: Id = duo.id;
    house.read(move |tx| Ok(crate::checkins::of_duo(tx, id)?.into_iter().map(|it| it.answered_at).collect()))
}

const ANSWER: [(&str, &str); 3] = [("P1", "yes"), ("P2", "2026-07-03"), ("P3", "4")];

// CHK1
fn a_check_in_is_answered_by_its_link_without_signing_in_and_once(house: &House) {
    let (duo, link) = first_check_in(house);
    let letter = letter_to(house, "nils", "checkin_1");
    assert_eq!(letter.reply_to, "lena@example.org");
    assert!(letter.text.contains("I am Lena Lindgren"), "{}", letter.text);
    let page = house.get_as_stranger(&link).is_ok();
    page.says("Is this working for you?").says("Lena Lindgren reads this").says("About you and Marta Martinez");
    let thanks = house.post_as_stranger(&link, &ANSWER).is_ok();
    thanks.says("Thank you, Nils. Lena Lindgren reads this.");
    let again = house.post_as_stranger(&link, &[("P1", "no"), ("P3", "1")]);
    assert_eq!(again.status, 409);
    again.says("Your answer was kept the first time.");
    assert_eq!(house.get_as_stranger(&link).status, 409);
    house.get("lena", &format!("/desk/duos/{}", duo.id)).is_ok().says("4 of 5").does_not_say("1 of 5");
    assert_eq!(house.post_as_stranger("/check-in/not-a-link", &ANSWER).status, 409);
}

fn looking_at_a_link_ten_times_changes_nothing(house: &House) {
    let (duo, link) = first_check_in(house);
    for _ in 0..10 {
        house.get_as_stranger(&link).is_ok();
    }
    assert_eq!(answered_at(house, &duo), [None, None]);
    house.post_as_stranger(&link, &ANSWER).is_ok();
}

fn what_is_wrong_is_said_and_what_was_typed_stays(house: &House) {
    let (duo, link) = first_check_in(house);
    let refused = house.post_as_stranger(&link, &[("P2", "2026-12-24"), ("P3", "3"), ("P4", "A <word> of mine")]);
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("A &lt;word&gt; of mine"));
    refused.says("There is a problem").says("That day is still to come.");
    assert_eq!(answered_at(house, &duo), [None, None]);
}

fn a_link_opens_for_thirty_days(house: &House) {
    let (_, link) = first_check_in(house);
    house.days(31);
    let late = house.get_as_stranger(&link);
    assert_eq!(late.status, 409);
    late.says("This link has expired");
    assert_eq!(house.post_as_stranger(&link, &ANSWER).status, 409);
}

fn one_reminder_comes_after_a_week_and_only_to_who_has_not_answered(house: &House) {
    let (_, link) = first_check_in(house);
    house.post_as_stranger(&link, &ANSWER).is_ok();
    house.days(6);
    house.run_jobs();
    let reminders = |who: &str| house.letter_names_to(who).iter().filter(|it| *it == "checkin_reminder").count();
    assert_eq!((reminders("marta"), reminders("nils")), (0, 0));
    for _ in 0..3 {
        house.days(1);
        house.run_jobs();
    }
    assert_eq!((reminders("marta"), reminders("nils")), (1, 0));
    let fresh = pulse(house, &letter_to(house, "marta", "checkin_reminder"));
    let first = pulse(house, &letter_to(house, "marta", "checkin_1"));
    house.post_as_stranger(&fresh, &ANSWER).is_ok();
    assert_eq!(house.post_as_stranger(&first, &ANSWER).status, 409);
}

// CHK5
// COM4
fn a_house_that_slept_does_not_remind_of_a_check_in_that_the_next_has_followed(house: &House) {
    first_check_in(house);
    house.at("2026-08-03T15:00:00Z");
    house.run_jobs();
    let names = house.letter_names_to("nils");
    assert!(names.iter().any(|it| it == "checkin_2"), "{names:?}");
    assert!(!names.iter().any(|it| it == "checkin_reminder"), "{names:?}");
    house.days(8);
    house.run_jobs();
    let reminders = house.letter_names_to("nils").into_iter().filter(|it| it == "checkin_reminder").count();
    assert_eq!(reminders, 1);
}

fn a_check_in_goes_out_up_to_two_weeks_late_and_then_no_more(house: &House) {
    with_lena(house);
    let sent = |house: &House, name: &str| house.letter_names_to("nils").iter().filter(|it| *it == name).count();
    later(house, "2026-07-20T15:00:00Z", &["lena", "nils"]);
    house.run_jobs();
    assert_eq!(sent(house, "checkin_1"), 1);
    later(house, "2026-08-20T15:00:00Z", &["lena", "nils"]);
    house.run_jobs();
    assert_eq!(sent(house, "checkin_2"), 0, "it was due on 1 August");
}

fn a_wish_to_be_contacted_reaches_the_liaison_at_once(house: &House) {
    let (duo, link) = first_check_in(house);
    let fields = [("P1", "no"), ("P3", "4"), ("contact", "yes")];
    house.post_as_stranger(&link, &fields).is_ok();
    let letter = letter_to(house, "lena", "contact_wanted");
    assert!(letter.text.contains("Nils Nakamura") && letter.text.contains("Thursday 9 July 2026"), "{}", letter.text);
    let lena = house.person("lena");
    assert_eq!(tasks_of(house, lena), ["Nils Nakamura would like to hear from you"]);
    house.get("lena", "/desk").is_ok().says("waits for you").does_not_say("needs a word");
    let page = format!("/desk/duos/{}", duo.id);
    house.get("lena", &page).is_ok().says("needs a word").says("One of the two asked you to get in touch.");

    let task = house.read(move |tx| Ok(super::open_tasks(tx, lena)?.remove(0).id));
    assert_eq!(house.post("lena", &format!("/tasks/{task}/completion"), &[]).leads_to(), "/desk");
    house.get("lena", "/desk").is_ok().says("Nothing is due").does_not_say("waits for you");
    assert_eq!(house.post("lena", &format!("/tasks/{task}/completion"), &[]).status, 404);
    assert!(house.letters_to("marta").iter().all(|it| it.letter != "contact_wanted"), "the partner knows: {}", duo.id);
}

fn a_low_answer_is_a_task_and_not_a_letter(house: &House) {
    let (_, link) = first_check_in(house);
    house.post_as_stranger(&link, &[("P1", "yes"), ("P3", "2")]).is_ok();
    assert_eq!(tasks_of(house, house.person("lena")), ["Ask Nils Nakamura how it is going"]);
    assert!(!house.letter_names_to("lena").contains(&"contact_wanted".to_owned()));
}

fn six_check_ins_go_out_in_a_year_and_a_late_duo_gets_only_those_to_come(house: &House) {
    with_lena(house);
    house.at("2026-08-10T15:00:00Z");
    house.run_jobs();
    pair(house, "mb", "nb");
    for day in ["2026-09-25", "2026-11-25", "2027-02-12", "2027-04-02", "2027-06-01"] {
        house.at(&format!("{day}T15:00:00Z"));
        house.run_jobs();
    }
    let of = |who: &str| -> Vec<String> {
        let names = house.letter_names_to(who).into_iter();
        names.filter(|it| it.starts_with("checkin_") && it != "checkin_reminder").collect()
    };
    // The house was asleep from February to August: the first is not sent late.
    assert_eq!(of("nils"), ["checkin_2", "checkin_3", "checkin_4", "checkin_5", "checkin_6"]);
    assert_eq!(of("nb"), ["checkin_3", "checkin_4", "checkin_5", "checkin_6"]);
    let topics = house.letter_names_to("nils").iter().filter(|it| *it == "topic_note").count();
    assert_eq!(topics, 5, "one for each month in which the house was awake and the session ran");
}

// V-05
fn what_was_written_is_nowhere_in_clear(house: &House) {
    let (duo, link) = first_check_in(house);
    let secret = "my supervisor reads over my shoulder";
    house.post_as_stranger(&link, &[("P1", "no"), ("P3", "3"), ("P4", secret)]).is_ok();
    house.role("carla", Role::Chair);
    house.role("kofi", Role::Liaison);
    let path = format!("/desk/duos/{}", duo.id);
    house.get("lena", &path).is_ok().says(secret);
    house.get("carla", &path).is_ok().does_not_say(secret).does_not_say("3 of 5").says("for their liaison");
    house.get("lena", "/desk").is_ok().does_not_say(secret);
    for who in ["kofi", "marta", "nils"] {
        assert_eq!(house.get(who, &path).status, 404, "{who}");
    }
    house.get("marta", &format!("/duos/{}", duo.id)).is_ok().does_not_say(secret);
    assert!(house.letters().iter().all(|it| !it.text.contains(secret)));
    if let Some(file) = house.file() {
        let folder = file.parent().unwrap();
        let files = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).filter(|it| it.is_file());
        let mut looked = 0;
        for file in files {
            let bytes = std::fs::read(&file).unwrap();
            assert!(!bytes.windows(secret.len()).any(|it| it == secret.as_bytes()), "{}", file.display());
            looked += 1;
        }
        assert!(looked > 0);
    }

    // A former liaison loses it at once; the one who follows reads it.
    house.post("lena", &format!("{path}/hand-over"), &[]).leads_to();
    assert_eq!(house.get("lena", &path).status, 404);
    house.get("lena", "/desk").is_ok().does_not_say("Nils").says("No duos yet");
    house.get("kofi", &path).is_ok().says(secret);
}

fn a_person_who_is_signed_in_answers_their_own_and_nobody_elses(house: &House) {
    let (duo, link) = first_check_in(house);
    let (id, nils) = (duo.id, duo.mentee);
    let checkin = house.read(move |tx| {
        let all = crate::checkins::of_duo(tx, id)?;
        Ok(all.into_iter().find(|it| it.person == nils).unwrap().id)
    });
    let path = format!("/check-ins/{checkin}");
    assert_eq!(house.get("marta", &path).status, 404);
    assert_eq!(house.post("marta", &path, &ANSWER).status, 404);
    house.get("nils", &path).is_ok();
    house.post("nils", &path, &ANSWER).is_ok().says("Thank you");
    house.get("nils", &path).is_ok().says("Thank you");
    assert_eq!(house.post_as_stranger(&link, &ANSWER).status, 409);
}

// The matrix: o:R on one's own answers, with who can read them and who has.
fn an_answered_check_in_shows_its_author_what_they_said_and_who_read_it(house: &House) {
    let (duo, link) = first_check_in(house);
    house.get("nils", "/me/check-ins").is_ok().says("not answered").says("Answer it");
    let words = "We talk about cataloguing.";
    house.post_as_stranger(&link, &[&ANSWER[..], &[("P4", words), ("contact", "yes")]].concat()).is_ok();
    let (id, nils) = (duo.id, duo.mentee);
    let all = house.read(move |tx| crate::checkins::of_duo(tx, id));
    let path = format!("/check-ins/{}", all.into_iter().find(|it| it.person == nils).unwrap().id);
    for page in [&path, "/me/check-ins"] {
        let page = house.get("nils", page).is_ok();
        let page = page.says(words).says("4 of 5").says("3 July 2026").says("You asked your liaison to get in touch");
        page.says("Lena Lindgren can read it").says("Nobody has opened it yet").says("Kept until");
    }
    house.get("lena", &format!("/desk/duos/{}", duo.id)).is_ok().says(words);
    for page in [&path, "/me/check-ins"] {
        house.get("nils", page).is_ok().says("Read by Lena Lindgren (first on Tuesday 7 July 2026)");
    }
    house.get("marta", "/me/check-ins").is_ok().does_not_say(words).says("not answered");
    house.get("lena", "/me/check-ins").is_ok().says("No check-ins yet").does_not_say(words);
    assert_eq!(house.get_as_stranger("/me/check-ins").status, 303);
}

// Confidentiality matrix: checkin_answer o:RWE, and nothing of it for the partner.
fn an_answer_is_its_authors_to_change_until_the_next_check_in_goes_out(house: &House) {
    let (duo, link) = first_check_in(house);
    house.post_as_stranger(&link, &[&ANSWER[..], &[("P4", "All is well.")]].concat()).is_ok();
    let (id, nils) = (duo.id, duo.mentee);
    let own = move |house: &House| {
        let all = house.read(move |tx| crate::checkins::of_duo(tx, id));
        all.into_iter().filter(|it| it.person == nils).min_by_key(|it| it.round).unwrap()
    };
    let path = format!("/check-ins/{}", own(house).id);
    let of_marta = house.get("marta", "/me/check-ins").body;
    house.days(1);
    house.get("nils", &path).is_ok().says("change your answer");
    let form = house.get("nils", &format!("{path}?change=yes")).is_ok();
    assert!(form.says("You have answered.").says("All is well.").body.contains("2026-07-03"));
    assert_eq!(house.get("marta", &format!("{path}?change=yes")).status, 404);
    assert_eq!(house.post("marta", &path, &[("P1", "no")]).status, 404);
    let wrong = house.post("nils", &path, &[("P2", "2026-12-24"), ("P4", "Typed already")]);
    assert_eq!(wrong.status, 422);
    wrong.says("Typed already");
    let changed = [("P1", "yes"), ("P3", "2"), ("P4", "We have not met again.")];
    assert_eq!(house.post("nils", &path, &changed).leads_to(), path);
    let page = house.get("nils", &path).is_ok();
    page.says("changed on Wednesday 8 July 2026").says("We have not met again.").does_not_say("All is well.");
    let desk = house.get("lena", &format!("/desk/duos/{}", duo.id)).is_ok();
    let desk = desk.says("Changed on Wednesday 8 July 2026").says("We have not met again.").says("2 of 5");
    desk.does_not_say("All is well.").does_not_say("4 of 5");
    assert_eq!(tasks_of(house, house.person("lena")), ["Ask Nils Nakamura how it is going"]);
    assert_eq!(house.get("marta", "/me/check-ins").body, of_marta, "the partner sees no difference");
    assert_eq!(house.post_as_stranger(&link, &changed).status, 409, "the link was for one answer");
    house.days(29);
    house.get("nils", &path).is_ok().does_not_say("change your answer");
    assert_eq!(house.post("nils", &path, &ANSWER).status, 409);
    assert_eq!(own(house).changed_at, Some("2026-07-08T15:00:00Z".parse().unwrap()));
}
