//! Being forgotten, with what follows from it. ACC3

use std::collections::BTreeMap;

use platform::{audit, identity, keys, prelude::*, storage::Query};
use policy::Role;
use testing::House;

use super::{
    canary, duo,
    world::{ANAS, MOS, begin_a_survey, go_to, play},
};

testing::on_both_databases! {
    crate::journeys::doors(); crate::journeys::jobs;
    what_follows_is_said_first_and_a_slip_forgets_nobody
    who_was_forgotten_is_found_nowhere
    the_partner_reads_withdrawn_and_keeps_their_own_words
    what_was_told_in_confidence_stays_nameless_with_whom_it_was_told
    the_numbers_of_the_year_stay
    a_place_goes_to_the_next_in_line
    what_is_begun_and_what_waits_is_forgotten_too
    the_letter_stops_it
    whoever_holds_an_office_hands_it_over_first
}

fn ask(house: &House, who: &str) {
    house.post(who, "/me/erase", &[("word", "Forget me")]).leads_to();
}

fn forget(house: &House, who: &str) {
    ask(house, who);
    house.days(7);
    house.run_jobs();
}

fn what_follows_is_said_first_and_a_slip_forgets_nobody(house: &House) {
    house.person("ana");
    house.get("ana", "/me").is_ok().says("Be forgotten");
    let page = house.get("ana", "/me/erase").is_ok();
    for words in [
        "it says “withdrawn”",
        "next in line",
        "bear no name",
        "told somebody in confidence",
        "6 years after it is closed",
        "35 days",
        "keys that others share",
        "/me/download",
    ] {
        assert!(page.body.contains(words), "{words}: {}", page.text());
    }
    let slip = house.post("ana", "/me/erase", &[("word", "yes")]);
    assert_eq!(slip.status, 422);
    slip.says("Type the two words");
    house.days(8);
    house.run_jobs();
    house.get("ana", "/me").is_ok();
    house.let_proof_grow_old("ana");
    let again = house.post("ana", "/me/erase", &[("word", "forget me")]);
    assert!(again.to.starts_with("/sign-in/again"), "{}", again.to);
    house.sign_in("ana", house.person("ana"));
    ask(house, "ana");
    house.get("ana", "/me/erase").is_ok().says("you can change your mind").says("I have changed my mind");
    house.days(6);
    house.run_jobs();
    house.post("ana", "/me/erase/stop", &[]).leads_to();
    house.days(2);
    house.run_jobs();
    house.get("ana", "/me").is_ok().says("Ana");
}

/// Tables of the association, in which a member stands whoever has an account here.
const ROSTER: &[&str] = &["roster", "roster_lines", "roster_before", "roster_files"];

/// Where these words stand in clear.
fn found(house: &House, words: &[String]) -> Vec<String> {
    let contents: BTreeMap<String, String> = house.contents(ROSTER);
    let hits = contents.iter().flat_map(|(table, text)| {
        words
            .iter()
            .filter(|word| text.to_lowercase().contains(&word.to_lowercase()))
            .map(move |it| format!("{it} in {table}"))
    });
    hits.collect()
}

platform::row! {
    struct Bytes {
        bytes: Vec<u8>,
    }
}

platform::row! {
    struct Added {
        id: Id,
    }
}

/// What Ana alone could open: texts under keys of her own.
fn sealed_of(house: &House, person: Id) -> Vec<Vec<u8>> {
    const OWN: [(&str, &str, &str); 3] =
        [("duo_notes", "body", "author"), ("form_answers", "answers", "person"), ("requests", "note", "mentee")];
    house.read(move |tx| {
        let mut texts = Vec::new();
        for (table, column, whose) in OWN {
            let mut query =
                Query::new(&format!("select {column} as bytes from {table} where {column} is not null and {whose} = "));
            query.bind(person);
            texts.extend(tx.query::<Bytes>(&query)?.into_iter().map(|it| it.bytes));
        }
        Ok(texts)
    })
}

// ACC3
fn who_was_forgotten_is_found_nowhere(house: &House) {
    play(house);
    let ana = house.person("ana");
    let own = sealed_of(house, ana);
    assert!(own.len() >= 5, "{}", own.len());
    assert_eq!(openable(house, &own), own.len());
    let mut words: Vec<String> = ANAS.iter().map(|it| canary("ana", it)).collect();
    words.extend(["Ana Anderson", "ana@example.org", "canary-ana"].map(str::to_owned));
    assert!(found(house, &words).len() >= 5, "the search finds what stands there");
    forget(house, "ana");
    assert_eq!(found(house, &words), Vec::<String>::new());
    assert_eq!(openable(house, &own), 0, "her own keys are destroyed, also for backups");
    for person in ["carla", "lena", "mo"] {
        for page in pages(house) {
            let page = house.get(person, &page);
            assert!(!page.body.contains("canary-ana") && !page.body.contains("Ana Anderson"), "{}", page.text());
        }
    }
    let sign_in = house.ask(Some("ana"), axum_get(), "/me");
    assert!(sign_in.to.starts_with("/sign-in"), "{}", sign_in.to);
    let verified = house.read(|tx| Ok(audit::check(tx, &[])?));
    assert!(verified.is_ok(), "the audit is whole");
    let names = house.read(move |tx| Ok(audit::account_events(tx, &policy::house(), audit::Events::All, 10_000, 0)?));
    assert!(names.iter().all(|it| it.by.as_deref() != Some("Ana Anderson")));
    assert!(house.letters_to("ana").is_empty());
    // Whoever has the address may begin anew.
    house.post_as_stranger("/register", &[("name", "Ana Anew"), ("email", "ana@example.org")]).leads_to();
    house.run_jobs();
    assert_eq!(house.letter_names_to("ana"), ["account_invitation"]);
    let anew = house.read(|tx| Ok(identity::find_by_email(tx, "ana@example.org")?.unwrap()));
    assert_ne!(anew.id, ana);
    // The words of letters to others go with their own clock.
    house.days(40);
    house.run_jobs();
    let others = house.letters();
    assert!(others.iter().filter(|it| it.to_address != "ana@example.org").all(|it| !it.text.contains("Ana Anderson")));
}

fn what_was_told_in_confidence_stays_nameless_with_whom_it_was_told(house: &House) {
    play(house);
    let (ana, carla, dora) = (house.person("ana"), house.person("carla"), house.person("dora").to_string());
    house.write(move |tx| membership::declare_conflict(tx, carla, ana));
    let fields = [("to", dora.as_str()), ("words", "He asks me to buy his book.")];
    let open = house.post("ana", "/concerns", &fields).leads_to();
    let closed = house.post("ana", "/concerns", &fields).leads_to();
    house.post("dora", &format!("{open}/notes"), &[("words", "I look after it.")]).leads_to();
    house.post("dora", &format!("{closed}/closing"), &[]).leads_to();
    house.get("ana", &open).is_ok().says("without your name");
    forget(house, "ana");
    for page in [&open, &closed] {
        let page = house.get("dora", page).is_ok().says("He asks me to buy his book.").says("From Someone who left");
        assert!(!page.body.contains("Ana Anderson"), "{}", page.text());
    }
    house.get("dora", &open).is_ok().says("I look after it.");
    house.post("dora", &format!("{open}/notes"), &[("words", "It is settled.")]).leads_to();
    house.post("dora", &format!("{open}/closing"), &[]).leads_to();
    assert_eq!(house.get("carla", &open).status, 404, "who stepped aside from her reads nothing by this");
    let whoever_had_it = policy::Subject { person: Some(ana.number()), ..policy::Subject::default() };
    let own = policy::grant(&whoever_had_it, &policy::Facts::of_program().own(true)).unwrap();
    let known = house.read(move |tx| Ok(audit::readings_of(tx, &own, 10)?));
    assert_eq!(known, Vec::new(), "the audit does not begin to know her again");
}

fn axum_get() -> axum::http::Method {
    axum::http::Method::GET
}

fn openable(house: &House, texts: &[Vec<u8>]) -> usize {
    let texts = texts.to_vec();
    house.read(move |tx| Ok(keys::count_openable(tx, &texts)?))
}

fn pages(house: &House) -> Vec<String> {
    let cohort = house.cohort;
    let duo = duos_of(house);
    let mut pages = vec![
        format!("/cohorts/{cohort}"),
        format!("/cohorts/{cohort}/applications"),
        format!("/cohorts/{cohort}/matching"),
        "/desk".to_owned(),
        "/committee".to_owned(),
        "/mentors".to_owned(),
        format!("/desk/duos/{}", duo.id),
    ];
    pages.extend(["", "/notebook", "/goals", "/agreement", "/meetings", "/export/data"].map(|below| duo.path(below)));
    pages
}

fn duos_of(house: &House) -> duos::Duo {
    let cohort = house.cohort;
    house.read(move |tx| Ok(duos::in_cohort(tx, cohort)?.remove(0)))
}

// ACC3, MSG1
fn the_partner_reads_withdrawn_and_keeps_their_own_words(house: &House) {
    play(house);
    let duo = duo(house);
    let before = house.letter_names_to("mo").len();
    forget(house, "ana");
    assert!(house.letter_names_to("mo")[before..].contains(&"exit_to_partner".to_owned()));
    let told = house.letters_to("mo").into_iter().find(|it| it.letter == "exit_to_partner").unwrap();
    assert!(!told.text.contains("forg") && !told.text.contains("delet"), "{}", told.text);
    house.sign_in("mo", duo.mentor);
    house.get("mo", &duo.path("/notebook")).is_ok().says("This note was withdrawn.");
    house.get("mo", &duo.path("/goals")).is_ok().says("This goal was withdrawn.");
    house.get("mo", &duo.path("/agreement")).is_ok().says("Withdrawn.");
    let record = house.get("mo", &duo.path("/export/data")).is_ok().body;
    for place in ["shared", "private", "brings", "goal"] {
        assert!(record.contains(&canary("mo", place)), "{place}: {record}");
    }
    assert!(!record.contains("canary-ana"));
    let everything = house.post("mo", "/me/download", &[]);
    assert_eq!(everything.status, 200);
    let words: Vec<String> = MOS.iter().map(|it| canary("mo", it)).collect();
    assert!(!found(house, &words).is_empty(), "what Mo told stands where it stood");
    assert!(!house.get("mo", &duo.path("")).is_ok().body.contains("mailto:\""), "no link leads to nobody");
}

/// All that is counted of the cohort, with nothing held back, and what a report makes of it.
fn figures(house: &House) -> Vec<String> {
    let cohort = house.cohort;
    house.read(move |tx| {
        let report = reporting::produce(tx, cohort, "final", "csv")?;
        Ok(vec![
            format!("{:?}", intake::figures(tx, cohort)?),
            format!("{:?}", matching::figures(tx, cohort)?),
            format!("{:?}", care::figures(tx, cohort)?),
            format!("{:?}", training::figures(tx, cohort)?),
            format!("{:?}", duos::facts_in_cohort(tx, cohort)?.into_iter().map(|(_, facts)| facts).collect::<Vec<_>>()),
            String::from_utf8_lossy(&report).into_owned(),
        ])
    })
}

fn the_numbers_of_the_year_stay(house: &House) {
    play(house);
    go_to(house, "2027-08-10T15:00:00Z");
    ask(house, "ana");
    house.days(6);
    house.run_jobs();
    let before = figures(house);
    assert!(before[0].contains("mentee_applications: 2"), "{}", before[0]);
    house.days(1);
    house.run_jobs();
    assert_eq!(figures(house), before);
    assert_eq!(duos_of(house).mentee_name, "Someone who left");
    assert!(house.read(|tx| Ok(audit::check(tx, &[])?)).is_ok());
}

// CAP3
fn a_place_goes_to_the_next_in_line(house: &House) {
    let cohort = house.cohort;
    house.write(move |tx| program::cohorts::set_places(tx, cohort, 1));
    super::world::apply_as_mentees(house, &["ana", "bea"]);
    forget(house, "ana");
    assert!(house.letter_names_to("bea").contains(&"place_offer".to_owned()), "{:?}", house.letter_names_to("bea"));
    assert!(house.letter_names_to("ana").is_empty());
}

fn what_is_begun_and_what_waits_is_forgotten_too(house: &House) {
    play(house);
    begin_a_survey(house);
    nominate_anew(house);
    let words = [canary("ana", "no-why"), "Zoe Zimmer".to_owned()];
    assert_eq!(found(house, &words).len(), 2, "the nomination waits");
    forget(house, "ana");
    assert_eq!(found(house, &words), Vec::<String>::new());
}

/// The call is over by then; the nomination is as it was in its days.
fn nominate_anew(house: &House) {
    let (cohort, reason) = (house.cohort, canary("ana", "no-why"));
    let table = "nominations";
    house.write(move |tx| {
        let mut query = Query::new(&format!(
            "insert into {table} (id, cohort, role, state, name, address, reason, nominator_name, nominator_address, made_at) values ("
        ));
        query.bind(tx.fresh_id()).push(", ").bind(cohort).push(", 'mentor', 'open', 'Zoe Zimmer', 'zoe@elsewhere.example', ");
        query.bind(reason.as_str()).push(", 'Ana Anderson', 'ana@example.org', ").bind(tx.now()).push(") returning id as bytes");
        let _added: Vec<Added> = tx.query(&query)?;
        Ok(())
    });
}

fn the_letter_stops_it(house: &House) {
    house.person("ana");
    ask(house, "ana");
    let letter = house.letters_to("ana").pop().unwrap();
    assert_eq!(letter.letter, "erasure_asked");
    let link = house.link_in(&letter);
    for _ in 0..2 {
        house.get_as_stranger(&link).is_ok().says("nothing is deleted");
    }
    house.post_as_stranger(&link, &[]).is_ok().says("It is stopped");
    assert_eq!(house.post_as_stranger(&link, &[]).status, 409);
    house.days(9);
    house.run_jobs();
    house.get("ana", "/me/erase").is_ok().does_not_say("you can change your mind");
}

fn whoever_holds_an_office_hands_it_over_first(house: &House) {
    house.role("carla", Role::Chair);
    house.get("carla", "/me/erase").is_ok().says("nobody would be chair");
    let refused = house.post("carla", "/me/erase", &[("word", "forget me")]);
    assert_eq!(refused.status, 422);
    house.role("dora", Role::Chair);
    house.get("carla", "/me/erase").is_ok().does_not_say("only chair");
    ask(house, "carla");
    // Dora goes first: then Carla is the only one, and stays until somebody takes over.
    ask(house, "dora");
    house.days(7);
    house.run_jobs();
    let (carla, dora) = (house.person("carla"), house.person("dora"));
    let open = house.read(move |tx| Ok((identity::is_open(tx, carla)?, identity::is_open(tx, dora)?)));
    assert!(open.0 != open.1, "one of the two stays: {open:?}");
}
