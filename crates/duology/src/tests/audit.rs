//! The audit of the whole house, on both databases: nobody changes it, each sees what
//! concerns them, and the command names what is wrong.

use platform::{
    audit,
    storage::{Query, StorageError},
};
use policy::Role;
use testing::House;

testing::on_both_databases! {
    crate::house::doors(); crate::house::jobs;
    the_database_itself_refuses_to_change_or_delete_an_entry
    each_person_sees_who_read_theirs_and_nothing_of_others
    the_office_reads_events_of_accounts_and_the_chair_the_state_of_the_chain
    the_head_is_mailed_once_a_day_to_chair_and_deputy
    what_was_changed_behind_the_house_is_named
    a_refused_page_leaves_no_change_and_still_the_reading
}

/// What somebody with the database does behind the house's back; none of it is a statement
/// of ours.
fn tried(house: &House, sql: String) -> Result<(), String> {
    let query = Query::new(&sql);
    house.app.db.write(move |tx| tx.query::<i64>(&query).map(|_| ())).map_err(|it: StorageError| format!("{it:?}"))
}

fn verify(house: &House) -> Result<audit::Verified, audit::Fault> {
    house.read(|tx| Ok(audit::check(tx, &[])?))
}

/// Olga looks Ana up in the roster, so that there is something to see.
fn a_reading(house: &House) {
    house.role("carla", Role::Chair);
    house.role("dora", Role::Deputy);
    house.role("olga", Role::Staff);
    house.person("ana");
    house.person("bo");
    let list =
        b"number,name,email,status\n1,Ana Anderson,ana@example.org,active\n2,Bo Bergmann,bo@example.org,active\n";
    house.write(move |tx| membership::import_roster(tx, list).map(|done| drop(done.unwrap())));
    house.post("olga", "/roster", &[("q", "ana")]).is_ok().says("Ana Anderson");
}

// ACC5: not editable by anyone.
fn the_database_itself_refuses_to_change_or_delete_an_entry(house: &House) {
    a_reading(house);
    house.run_jobs();
    let before = verify(house).unwrap();
    assert!(before.entries >= 2 && before.heads == 1, "{before:?}");
    let (entries, heads, salts) = ("audit", "audit_heads", "audit_people");
    let mut tries = vec![
        format!("update {entries} set by_right = 'none' where seq = 1"),
        format!("update {entries} set seq = 100000 where seq = 1"),
        format!("delete from {entries} where seq = 1"),
        format!("update {heads} set seq = 7 where number = 1"),
        format!("delete from {heads} where number = 1"),
        format!("update {salts} set salt = salt"),
    ];
    if !house.app.db.is_sqlite() {
        tries.extend([format!("truncate {entries}"), format!("truncate {heads}")]);
    }
    for sql in tries {
        let refused = tried(house, sql.clone());
        assert!(refused.as_ref().is_err_and(|it| it.contains("only ever added to")), "{sql}: {refused:?}");
    }
    assert_eq!(verify(house), Ok(before));
}

// MSG3
fn each_person_sees_who_read_theirs_and_nothing_of_others(house: &House) {
    a_reading(house);
    house.get("ana", "/me").is_ok().says("Who has read what is mine");
    house.get("ana", "/me/readings").is_ok().says("Olga").says("as the office");
    for who in ["bo", "olga", "carla"] {
        house.get(who, "/me/readings").is_ok().says("Nobody has opened anything of yours");
    }
    assert_eq!(house.get_as_stranger("/me/readings").status, 303);
    // Leafing through the list is no look at somebody.
    house.get("carla", "/roster").is_ok();
    house.get("ana", "/me/readings").is_ok().does_not_say("Carla");
}

fn the_office_reads_events_of_accounts_and_the_chair_the_state_of_the_chain(house: &House) {
    a_reading(house);
    let ana = house.person("ana");
    house.write(move |tx| {
        audit::note(tx, audit::Note { action: "signed in", account: Some(ana), about: None });
        Ok(())
    });
    house.run_jobs();
    house.get("olga", "/accounts/events").is_ok().does_not_say("signed in");
    let page = house.get("olga", "/accounts/events?show=all").is_ok().says("Ana Anderson").says("signed in");
    // That something was read is told to whom it concerns, and not to the office.
    page.does_not_say("entry in the roster");
    for who in ["carla", "dora", "ana"] {
        assert_eq!(house.get(who, "/accounts/events").status, 404, "{who}");
    }
    let path = format!("/cohorts/{}/journal", house.cohort);
    let page = house.get("carla", &path).is_ok().says("The audit behind it").says("at entry");
    page.does_not_say("Ana Anderson");
    for who in ["olga", "ana"] {
        assert_eq!(house.get(who, &path).status, 404, "{who}");
    }
    let fault = Err(audit::Fault::Changed(7));
    house.write(move |tx| Ok(audit::note_check(tx, &fault)?));
    house.get("carla", &path).is_ok().says("It is not whole. Entry 7 was changed");
}

fn the_head_is_mailed_once_a_day_to_chair_and_deputy(house: &House) {
    let written = |who: &str| house.letter_names_to(who).iter().filter(|it| *it == "audit_head").count();
    a_reading(house);
    for _ in 0..3 {
        house.run_jobs();
    }
    assert_eq!([written("carla"), written("dora"), written("olga"), written("ana")], [1, 1, 0, 0]);
    let letter = house.letters_to("carla").into_iter().find(|it| it.letter == "audit_head").unwrap();
    // The line in the letter is what `duology audit verify --head` takes.
    let line = letter.text.lines().find(|it| it.contains(':') && it.len() > 60).unwrap_or_default().trim();
    let anchor: audit::Anchor = line.parse().unwrap();
    assert!(house.read(move |tx| Ok(audit::check(tx, std::slice::from_ref(&anchor))?)).is_ok());
    house.days(1);
    house.run_jobs();
    assert_eq!(written("carla"), 1, "nothing has happened since");
    house.post("olga", "/roster", &[("q", "ana")]).is_ok();
    house.days(1);
    house.run_jobs();
    house.run_jobs();
    assert_eq!(written("carla"), 2);
}

// C-08 on a database: the command that looks it through.
fn what_was_changed_behind_the_house_is_named(house: &House) {
    let entries = "audit";
    let of = if house.app.db.is_sqlite() { String::new() } else { format!(" on {entries}") };
    a_reading(house);
    crate::commands::audit::verify(&house.app, &[]).unwrap();
    tried(house, format!("drop trigger audit_keeps{of}")).unwrap();
    tried(house, format!("update {entries} set by_right = 'nobody asked' where seq = 2")).unwrap();
    let said = crate::commands::audit::verify(&house.app, &[]).unwrap_err().to_string();
    assert_eq!(said, "Entry 2 was changed: it no longer has the hash that it was written with.");
    assert_eq!(house.read(|tx| Ok(audit::latest_check(tx)?)).unwrap().fault, said);
}

fn a_refused_page_leaves_no_change_and_still_the_reading(house: &House) {
    a_reading(house);
    let entries = || verify(house).unwrap().entries;
    let before = entries();
    let ana = house.person("ana");
    let refused: Result<(), platform::doors::Failure> = house.app.db.write(move |tx| {
        let whose = vec![ana];
        tx.has_read(audit::Reading { record: "application", about: ana, whose, right: "as chair".to_owned() });
        platform::journal::record(tx, "never happened", ana, None, None)?;
        Err(platform::doors::Failure::NotFound)
    });
    assert!(refused.is_err());
    assert_eq!(entries(), before + 1);
}
