//! A draft is looked at by several and sent with letters that were read first.

use policy::Role;
use testing::House;

use super::{
    CLOSED,
    desk::{pool, run},
    go_to,
};

testing::on_both_databases! {
    crate::doors(); crate::jobs;
    a_draft_is_looked_at_by_those_whom_the_chair_names_and_by_nobody_else
    a_draft_that_changed_is_looked_at_anew_and_a_no_holds_it_back
    the_two_letters_are_read_with_real_names_and_changed_before_anything_goes_out
    whoever_steps_aside_sees_nothing_of_the_pair
    nothing_of_a_draft_is_seen_or_mailed_before_it_is_sent
}

fn board(house: &House) -> String {
    format!("/cohorts/{}/matching", house.cohort)
}

fn drafted(house: &House) {
    pool(house);
    house.role("cora", Role::Council);
    house.role("lena", Role::Liaison);
    let path = run(house, &[]);
    house.post("carla", &format!("{path}/draft"), &[]).leads_to();
}

fn ask(house: &House, who: &[&str]) {
    let people: Vec<String> = who.iter().map(|it| house.person(it).to_string()).collect();
    let fields: Vec<(&str, &str)> = people.iter().map(|it| ("reviewer", it.as_str())).collect();
    house.post("carla", &format!("{}/letters/reviewers", board(house)), &fields).leads_to();
}

/// What a reviewer sends: the page says which draft they looked at.
fn say(house: &House, who: &str, verdict: &str, note: &str) -> testing::Answer {
    let path = format!("{}/review", board(house));
    let page = house.get(who, &path).is_ok();
    let start = page.body.find("name=\"about\" value=\"").unwrap() + "name=\"about\" value=\"".len();
    let about = page.body[start..].split('"').next().unwrap().to_owned();
    house.post(who, &path, &[("about", &about), ("verdict", verdict), ("note", note)])
}

fn send(house: &House, fields: &[(&str, &str)]) -> testing::Answer {
    house.post("carla", &format!("{}/letters", board(house)), fields)
}

// ALG7
fn a_draft_is_looked_at_by_those_whom_the_chair_names_and_by_nobody_else(house: &House) {
    drafted(house);
    let path = format!("{}/review", board(house));
    for who in ["cora", "lena", "ana", "li"] {
        assert_eq!(house.get(who, &path).status, 404, "{who} was not asked");
        assert_eq!(house.post(who, &path, &[("verdict", "yes")]).status, 404);
    }
    ask(house, &["cora", "lena"]);
    house.get("cora", &path).is_ok().says("Ana Anderson and").says("wants to learn").says("What do you say?");
    let steps = |who: &'static str| {
        let person = house.person(who);
        house.read(move |tx| {
            let subject = program::subject(tx, person)?;
            crate::next::for_reviewer(tx, &subject)
        })
    };
    assert_eq!(steps("cora").len(), 1);
    assert_eq!(say(house, "cora", "", "").says("Say yes or no").status, 422);
    assert_eq!(say(house, "cora", "no", "").says("Write what should change").status, 422);
    say(house, "cora", "yes", "Good.").leads_to();
    assert!(steps("cora").is_empty(), "nothing waits any more");
    let refused = send(house, &[]).says("Not everybody who was asked has looked at the draft as it is now.");
    assert_eq!((refused.status, house.letters().len()), (422, 0));
    let page = house.get("carla", &format!("{}/letters", board(house))).is_ok().text();
    assert!(page.contains("says yes") && page.contains("“Good.”") && page.contains("has not looked yet"), "{page}");
    say(house, "lena", "yes", "").leads_to();
    send(house, &[]).leads_to();
    assert_eq!(house.letters().len(), 4);
    // What was sent is looked at no more.
    assert_eq!(house.get("cora", &path).status, 404);
}

fn a_draft_that_changed_is_looked_at_anew_and_a_no_holds_it_back(house: &House) {
    drafted(house);
    ask(house, &["cora"]);
    say(house, "cora", "yes", "").leads_to();
    let cohort = house.cohort;
    let draft = house.read(move |tx| crate::proposals::in_cohort(tx, &policy::house(), cohort)).remove(0);
    house.post("carla", &format!("{}/proposals/{}/removal", board(house), draft.id), &[]).leads_to();
    let page = format!("{}/letters", board(house));
    house.get("carla", &page).says("looked at an earlier draft");
    assert_eq!(send(house, &[]).status, 422);
    house.get("cora", &format!("{}/review", board(house))).says("The draft has changed since you looked.");
    say(house, "cora", "no", "These two have argued in public.").leads_to();
    house.get("carla", &page).says("These two have argued in public.");
    assert_eq!(send(house, &[]).says("Somebody who looked at the draft says no.").status, 422);
    let late = house.post("cora", &format!("{}/review", board(house)), &[("about", "7"), ("verdict", "yes")]);
    assert_eq!(late.says("The draft has changed while you looked.").status, 422);
    assert!(house.letters().is_empty());
    send(house, &[("anyway", "yes")]).leads_to();
    let lines = house.read(move |tx| Ok(platform::journal::of_cohort(tx, cohort, 50)?));
    assert!(lines.iter().any(|it| it.what == "pairs sent against a review"));
}

// ALG7
fn the_two_letters_are_read_with_real_names_and_changed_before_anything_goes_out(house: &House) {
    drafted(house);
    let path = format!("{}/letters", board(house));
    let cohort = house.cohort;
    let drafts = house.read(move |tx| crate::proposals::in_cohort(tx, &policy::house(), cohort));
    let second = &drafts[1];
    let page = house.get("carla", &format!("{path}?pair={}", second.id)).is_ok().text();
    let mentor = second.mentor_name.split(' ').next().unwrap();
    for words in [
        format!("To {}, the mentee", second.mentee_name),
        format!("To {}, the mentor", second.mentor_name),
        format!("Dear {mentor}"),
        format!("A suggestion for you: {}", second.mentor_name),
    ] {
        assert!(page.contains(&words), "{words}: {page}");
    }
    let texts = |subject: &'static str, body: &'static str| {
        [
            ("mentee_version", "1"),
            ("mentee_subject", subject),
            ("mentee_body", body),
            ("mentor_version", "1"),
            ("mentor_subject", "A mentee for you: {{mentee}}"),
            ("mentor_body", "Dear {{first_name}},\n\n{{reasons}}\n\n{{link}}"),
        ]
    };
    let write = |fields: &[(&str, &str)], what| {
        house.post("carla", &format!("{path}/text"), &[fields, &[("do", what)]].concat())
    };
    let wrong = write(&texts("Hello {{salary}}", "Dear {{first_name}}"), "save");
    assert_eq!(wrong.says("{{salary}} is nothing this letter knows.").status, 422);
    let good = texts("We thought of {{mentor}}", "Dear {{first_name}},\n\n{{mentor}}. {{reasons}}\n\n{{link}}");
    let first = &drafts[0];
    let shown = write(&good, "look").is_ok().says(&format!("We thought of {}", first.mentor_name));
    assert!(shown.body.contains("We thought of {{mentor}}"), "what was typed stays");
    house.get("carla", &path).is_ok().does_not_say("We thought of");
    write(&good, "save").leads_to();
    house.get("carla", &path).is_ok().says(&format!("We thought of {}", first.mentor_name));
    assert!(house.letters().is_empty());
    send(house, &[]).leads_to();
    let letter = house.letters_to("ana").remove(0);
    let own = drafts.iter().find(|it| it.mentee == house.person("ana")).unwrap();
    assert_eq!(letter.subject, format!("We thought of {}", own.mentor_name));
    let told = |reason| pairing::told(reason, &own.mentee_name);
    assert!(own.reasons.lines().all(|reason| letter.text.contains(&told(reason))), "{}", letter.text);
}

fn whoever_steps_aside_sees_nothing_of_the_pair(house: &House) {
    drafted(house);
    let (cora, ana) = (house.person("cora"), house.person("ana"));
    house.write(move |tx| membership::declare_conflict(tx, cora, ana));
    ask(house, &["cora"]);
    let page = house.get("cora", &format!("{}/review", board(house))).is_ok();
    page.does_not_say("Ana Anderson").says("Eva Eriksen and").says("one pair is not shown to you");
}

// ALG7: everybody is asked everywhere, while there is a run, a draft and a review.
fn nothing_of_a_draft_is_seen_or_mailed_before_it_is_sent(house: &House) {
    house.role_in_cohort("amy", Role::Applicant);
    drafted(house);
    house.role("sam", Role::Staff);
    house.role("bo", Role::Board);
    house.role("alma", Role::Alumna);
    ask(house, &["lena"]);
    house.run_jobs();
    let cohort = house.cohort;
    let drafts = house.read(move |tx| crate::proposals::in_cohort(tx, &policy::house(), cohort));
    let run = drafts[0].run.unwrap();
    for who in ["amy", "ana", "eva", "li", "kim", "ben", "cora", "sam", "bo", "alma"] {
        let person = house.person(who);
        let told = house.read(move |tx| {
            let own = policy::Facts::in_cohort(cohort.number()).own(true);
            let Some(proof) = policy::grant(&program::subject(tx, person)?, &own) else { return Ok(0) };
            Ok(crate::proposals::sent_to(tx, &proof)?.len())
        });
        assert_eq!(told, 0, "{who}");
        for draft in &drafts {
            assert_eq!(house.get(who, &format!("/proposals/{}", draft.id)).status, 404, "{who}");
            assert_eq!(house.post(who, &format!("/proposals/{}/answer", draft.id), &[("answer", "yes")]).status, 404);
        }
        for below in ["", "/letters", "/review", "/runs", &format!("/runs/{run}"), &format!("/runs/{run}/why")] {
            assert_eq!(house.get(who, &format!("{}{below}", board(house))).status, 404, "{who} at {below}");
        }
    }
    assert!(house.letters().is_empty());
    // Days pass, the house works by itself, and still nobody hears of it.
    go_to(house, CLOSED);
    house.days(2);
    house.run_jobs();
    assert!(house.letters().iter().all(|it| !it.letter.starts_with("proposal")));
}
