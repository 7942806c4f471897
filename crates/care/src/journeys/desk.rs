//! The liaison's desk, and what is not on it.

use policy::Role;
use testing::House;

use super::{later, met, pair, tasks_of, with_lena};

testing::on_both_databases! { crate::journeys::doors(); crate::jobs;
    signals_change_with_meetings
    the_desk_shows_dates_and_counts_and_never_what_the_two_wrote
    the_liaison_reads_what_both_chose_to_share_and_the_chair_does_not
    a_contact_is_noted_by_way_and_day_alone
    tasks_are_put_off_by_a_week_and_belong_to_one_person
    nobody_but_liaisons_has_a_desk
    a_desk_lists_the_duos_of_the_cohorts_in_which_somebody_is_a_liaison_now
    figures_count_what_the_reports_need
    letters_that_come_back_turn_a_duo_amber_and_then_red
    with_one_and_with_three_duos_the_page_reads_right
}

fn states(house: &House) -> Vec<(i64, &'static str)> {
    let cohort = house.cohort;
    house.read(move |tx| Ok(crate::states(tx, cohort)?.iter().map(|(duo, it)| (*duo, it.word().words())).collect()))
}

// CHK2
fn signals_change_with_meetings(house: &House) {
    let duo = with_lena(house);
    house.at("2026-07-10T15:00:00Z");
    assert_eq!(states(house), [(1, "too early")]);
    later(house, "2026-07-18T15:00:00Z", &["lena", "nils"]);
    assert_eq!(states(house), [(1, "silent")]);
    house.get("lena", "/desk").is_ok().says("silent").says("No meeting has been logged in the first 21 days.");
    house.get("lena", "/desk").says("Guide for liaisons");
    house.get("lena", "/desk/guide").is_ok().says("Answer within two working days.");
    assert_eq!(house.get("nils", "/desk/guide").status, 404);
    met(house, "nils", &duo, "2026-07-17");
    assert_eq!(states(house), [(1, "on track")]);
    house.get("lena", "/desk").is_ok().says("Last met yesterday, on 17 Jul 2026; 1 in all.");
}

// AGR3, AGR4
fn the_liaison_reads_what_both_chose_to_share_and_the_chair_does_not(house: &House) {
    let duo = with_lena(house);
    house.role("carla", Role::Chair);
    let page = format!("/desk/duos/{}", duo.id);
    let form = house.get("nils", &format!("/duos/{}/agreement/edit", duo.id)).is_ok().body;
    let titles = ["the goals' titles", "the goals’ titles"]
        .into_iter()
        .find(|it| form.contains(it) || form.contains(&it.replace('\'', "&#39;")));
    let fields = [
        ("revision", "0"),
        ("purpose", "To find the way into a leading post."),
        ("goal_1_title", "Lead a project of my own"),
        ("goal_1_why", "I have only ever followed."),
        ("every_weeks", "3"),
        ("minutes", "60"),
        ("by_way", "video"),
        ("who_invites", "the mentee"),
        ("date_1", "2026-07-10"),
        ("sharing", titles.unwrap()),
    ];
    house.post("nils", &format!("/duos/{}/agreement", duo.id), &fields).leads_to();
    house.get("lena", &page).is_ok().does_not_say("Lead a project of my own");
    for who in ["marta", "nils"] {
        house.post(who, &format!("/duos/{}/agreement/signature", duo.id), &[("revision", "1")]).leads_to();
    }
    house.get("lena", &page).is_ok().says("What the two share with you").says("Lead a project of my own");
    house.get("lena", &page).is_ok().does_not_say("To find the way into a leading post.");
    house.get("carla", &page).is_ok().does_not_say("Lead a project of my own");
    house.get("nils", &format!("/duos/{}", duo.id)).is_ok().says("what you both chose to share");
}

// MTG6
fn the_desk_shows_dates_and_counts_and_never_what_the_two_wrote(house: &House) {
    let duo = with_lena(house);
    later(house, "2026-07-10T15:00:00Z", &["lena", "marta", "nils"]);
    let words = "the board wants to close the branch";
    house.post("nils", &format!("/duos/{}/notebook", duo.id), &[("words", words), ("body", words), ("text", words)]);
    met(house, "marta", &duo, "2026-07-09");
    house.role("carla", Role::Chair);
    for who in ["lena", "carla"] {
        let page = house.get(who, &format!("/desk/duos/{}", duo.id)).is_ok();
        page.does_not_say(words).says("9 Jul 2026").says("Pledges signed").does_not_say("60 minutes");
    }
    house.get("lena", "/desk").is_ok().does_not_say(words).says("Meetings 1");
}

// LIA3
fn a_contact_is_noted_by_way_and_day_alone(house: &House) {
    let duo = with_lena(house);
    let path = format!("/desk/duos/{}", duo.id);
    let refused = house.post("lena", &format!("{path}/contacts"), &[("way", "pigeon"), ("day", "2030-01-01")]);
    assert_eq!(refused.status, 422);
    refused.says("Choose how you were in contact.").says("That day is still to come.");
    house.post("lena", &format!("{path}/contacts"), &[("way", "call"), ("day", "2026-02-19")]).leads_to();
    house.get("lena", &path).is_ok().says("Phone call, Thursday 19 February 2026");
    house.role("carla", Role::Chair);
    house.get("carla", &path).is_ok().does_not_say("Phone call");
    assert_eq!(house.post("carla", &format!("{path}/contacts"), &[("way", "call"), ("day", "2026-02-19")]).status, 404);
}

// LIA2
fn tasks_are_put_off_by_a_week_and_belong_to_one_person(house: &House) {
    let duo = with_lena(house);
    let (cohort, lena) = (house.cohort, house.person("lena"));
    house.role("kofi", Role::Liaison);
    let task = house.write(move |tx| {
        crate::add_task_for_liaison(
            tx,
            duo.id,
            crate::NewTask {
                cohort,
                duo: None,
                person: None,
                kind: "orientation",
                title: "Help Nils to make up for the orientation".to_owned(),
                words: "Shall we look at it together?".to_owned(),
                due: jiff::civil::date(2026, 2, 24),
                once: "a task".to_owned(),
            },
        )?;
        Ok(super::open_tasks(tx, lena)?.remove(0).id)
    });
    house.get("lena", "/desk").is_ok().says("due 24 Feb 2026").says("Shall we look at it together?");
    for way in ["completion", "delay"] {
        assert_eq!(house.post("kofi", &format!("/tasks/{task}/{way}"), &[]).status, 404);
    }
    house.post("lena", &format!("/tasks/{task}/delay"), &[]).leads_to();
    house.get("lena", "/desk").is_ok().says("due 3 Mar 2026");
    house.write(|tx| crate::settle_task(tx, "a task"));
    assert_eq!(tasks_of(house, lena), Vec::<String>::new());
}

fn nobody_but_liaisons_has_a_desk(house: &House) {
    let duo = with_lena(house);
    house.role("carla", Role::Chair);
    for (who, status) in [("lena", 200), ("carla", 404), ("marta", 404), ("nils", 404)] {
        assert_eq!(house.get(who, "/desk").status, status, "{who}");
    }
    assert_eq!(house.get_as_stranger("/desk").status, 303);
    assert_eq!(house.get("carla", &format!("/desk/duos/{}", duo.id)).status, 200);
}

fn figures_count_what_the_reports_need(house: &House) {
    let first = with_lena(house);
    let second = pair(house, "mb", "nb");
    pair(house, "mc", "nc");
    house.run_jobs();
    later(house, "2026-07-05T15:00:00Z", &["nb"]);
    met(house, "nb", &second, "2026-07-04");
    house.at("2026-07-07T15:00:00Z");
    house.run_jobs();
    let letters = house.letters_to("nils");
    let letter = letters.iter().find(|it| it.letter == "checkin_1").unwrap();
    let link = house.links_in(letter).into_iter().find(|it| it.starts_with("/check-in/")).unwrap();
    house.post_as_stranger(&link, &[("P1", "yes"), ("P3", "5")]).is_ok();
    let cohort = house.cohort;
    let figures = house.read(move |tx| crate::figures(tx, cohort));
    assert_eq!(figures.checkin_rounds, [(1, 6, 1)]);
    assert_eq!((figures.first_contact_within_10_days, figures.first_contact_of), (2, 3));
    assert_eq!(figures.by_state.values().copied().collect::<Vec<_>>(), [1, 2, 0, 0]);
    assert_eq!(figures.without_liaison, 0);
    assert_eq!(first.number, 1);
}

fn letters_that_come_back_turn_a_duo_amber_and_then_red(house: &House) {
    let duo = with_lena(house);
    let facts = |house: &House| {
        let path = format!("/desk/duos/{}", duo.id);
        house.get("lena", &path).is_ok()
    };
    facts(house).does_not_say("could not be delivered");
    comes_back(house, "marta@example.org");
    facts(house).says("A letter to one of them could not be delivered.").says("needs a word");
    comes_back(house, "nils@example.org");
    facts(house).says("2 letters to them could not be delivered.");
}

/// The oldest letter to an address is refused for good.
fn comes_back(house: &House, address: &'static str) {
    house.days(1);
    house.write(move |tx| {
        let letters = platform::outbox::claim(tx, 1000)?;
        let letter = letters.iter().find(|it| it.to_address == address).unwrap();
        Ok(platform::outbox::failed(tx, letter, "no such mailbox", true)?)
    });
}

fn with_one_and_with_three_duos_the_page_reads_right(house: &House) {
    with_lena(house);
    house.get("lena", "/desk").is_ok().says("One duo is with you.");
    pair(house, "mb", "nb");
    pair(house, "mc", "nc");
    house.run_jobs();
    house.get("lena", "/desk").is_ok().says("3 duos are with you.").says("Duo 3");
}

// LIA1, C-02, C-09, V-03
fn a_desk_lists_the_duos_of_the_cohorts_in_which_somebody_is_a_liaison_now(house: &House) {
    let here = house.cohort;
    let day = jiff::civil::date(2027, 6, 24);
    let there = house.write(move |tx| testing::open_cohort(tx, "2027–28", day, 5));
    let [lena, bo, carla] = ["lena", "bo", "carla"].map(|who| house.person(who));
    let [marta, nils, dan, eve] = ["marta", "nils", "dan", "eve"].map(|who| house.person(who));
    house.write(move |tx| {
        for (person, cohort, role) in [
            (lena, here, Role::Liaison),
            (lena, there, Role::Liaison),
            (bo, there, Role::Liaison),
            (carla, there, Role::Chair),
            (marta, here, Role::Mentor),
            (nils, here, Role::Mentee),
            (dan, there, Role::Mentor),
            (eve, there, Role::Mentee),
        ] {
            program::enrol(tx, person, Some(cohort), role)?;
        }
        for (cohort, mentor, mentee) in [(here, marta, nils), (there, dan, eve)] {
            let duo = duos::form(tx, cohort, mentor, mentee, "chosen", &[])?.unwrap();
            crate::liaisons::add(tx, duo, cohort, lena, "chosen")?;
            let (title, words) = (format!("Write to {mentee}"), String::new());
            let (kind, due, once) = ("look", jiff::civil::date(2026, 7, 1), format!("look {duo}"));
            let (duo, person) = (Some(duo), Some(lena));
            crate::tasks::add(tx, &crate::tasks::NewTask { cohort, duo, person, kind, title, words, due, once })?;
        }
        Ok(())
    });
    let both = |who: &str| {
        let page = house.get(who, "/desk");
        ["Nils", "Eve"].map(|name| page.status == 200 && page.body.contains(name))
    };
    let asked = |who: &str| house.get(who, "/next").is_ok().body;
    assert_eq!(both("lena"), [true, true]);
    assert!(asked("lena").contains("2 things are due on your desk"));
    for who in ["bo", "carla", "dan", "marta", "nils"] {
        assert_eq!(both(who), [false, false], "{who}");
        assert!(!asked(who).contains("/desk\""), "{who}");
    }
    // The role of this cohort ends before anybody has handed its duo over.
    house.write(move |tx| program::memberships::leave(tx, lena, here, Role::Liaison));
    assert_eq!(both("lena"), [false, true]);
    assert_eq!(tasks_of(house, lena), [format!("Write to {eve}")]);
    assert!(!asked("lena").contains("2 things are due"));
}
