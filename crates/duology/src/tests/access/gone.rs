//! What was there and is deleted: knocked at by its own id, as those do who kept an address.

use jiff::SignedDuration;
use platform::{
    identity::{self, Strength},
    ids::Id,
    prelude::*,
};
use policy::Role;
use program::memberships;
use serde_json::{Value, json};
use testing::House;

use super::{
    people::Person,
    planted::{change, the, write},
    records::{Record, record, rows},
};

/// Deletes one thing of each kind, as the house itself would, and names what is left of it.
pub(super) fn all(house: &House, people: &[Person]) -> Vec<Record> {
    let mut records = of_the_duo(house, people);
    records.extend(of_somebody_who_was_forgotten(house));
    records.extend([
        a_draft_of_a_pair(house, people),
        an_import(house, people),
        a_sign_in(house, people),
        a_conflict(house, people),
    ]);
    records
}

fn gone() -> Value {
    json!({"gone": true})
}

/// A note and a meeting that their authors took away again.
fn of_the_duo(house: &House, people: &[Person]) -> Vec<Record> {
    let mentor = the(people, "mentor of A");
    let (cohort, person, token) = (house.cohort, mentor.id.unwrap(), mentor.token.clone().unwrap());
    let duo = house.read(move |tx| Ok(duos::of_person(tx, cohort, person)?.unwrap()));
    let of_duo = |sql: &'static str| {
        let all: Vec<(Id, Id)> = rows(house, sql);
        all.into_iter().rfind(|it| it.1 == duo.id).unwrap().0
    };
    write(house, &token, &duo.path("/notebook"), &[("kind", "shared"), ("text", "Soon gone")]);
    let note = of_duo("select id, duo from duo_notes order by written_at, id");
    write(house, &token, &duo.path(&format!("/notebook/{note}/removal")), &[]);
    let meeting = of_duo("select id, duo from meetings where state = 'logged' order by day, id");
    write(house, &token, &duo.path(&format!("/meetings/{meeting}/removal")), &[]);
    vec![
        record("note", "a note that was deleted".to_owned(), vec![("duo", duo.id), ("note", note)], gone()),
        record("meeting", "a meeting that was deleted".to_owned(), vec![("duo", duo.id), ("meeting", meeting)], gone()),
    ]
}

/// A mentor who asked to be forgotten seven days ago, and whom the house has forgotten.
fn of_somebody_who_was_forgotten(house: &House) -> Vec<Record> {
    let (cohort, at) = (house.cohort, house.now());
    let (person, application) = house.write(move |tx| {
        let person = identity::add(tx, "Soon Forgotten", "soon-forgotten@persona.example", None)?;
        memberships::enrol(tx, person, Some(cohort), Role::Mentor)?;
        Ok((person, tx.fresh_id()))
    });
    change(
        house,
        (
            "applications",
            "insert into % (id, cohort, person, role, state, begun_at, changed_at, by_promise, first_year, verdict, appeal, decision) values ($1, $2, $3, 'mentor', 'draft', $4, $4, $5, $5, '', '', '')",
        ),
        values![application, cohort, person, at, false].to_vec(),
    );
    let token = house.write(move |tx| Ok(identity::sign_in(tx, person, "test", Strength::TwoFactors)?));
    write(house, &token, "/me/erase", &[("word", "forget me")]);
    let due = ("leavings", "update % set asked_at = $2, due_at = $3 where person = $1");
    change(house, due, values![person, at - SignedDuration::from_hours(168), at].to_vec());
    let run = platform::jobs::run(&house.app.db, &mine::jobs());
    assert!(run.failed.is_empty() && run.done > 0, "nobody was forgotten");
    assert!(!house.read(move |tx| Ok(identity::is_open(tx, person)?)));
    let of = |kind, blank, id| record(kind, "of somebody who was forgotten".to_owned(), vec![(blank, id)], gone());
    let mut application = of("application", "id", application);
    application.also("cohort", cohort);
    vec![of("profile", "person", person), of("account", "id", person), application]
}

/// A pair that a chair drafted and took away again.
fn a_draft_of_a_pair(house: &House, people: &[Person]) -> Record {
    let [mentee, mentor] = ["mentee-without-duo", "mentor-without-duo"].map(|name| the(people, name).id.unwrap());
    let id = house.write(|tx| Ok(tx.fresh_id()));
    let sql = (
        "proposals",
        "insert into % (id, cohort, mentee, mentor, score, reasons, parts, alternatives, by_hand, state, mentee_answer, mentor_answer, made_at) values ($1, $4, $2, $3, 0, '', '', '', $5, 'draft', '', '', $6)",
    );
    change(house, sql, values![id, mentee, mentor, house.cohort, true, house.now()].to_vec());
    let standing: Vec<Id> = rows(house, "select id from proposals");
    assert!(standing.contains(&id), "nothing is there to be deleted");
    let chair = the(people, "chair").token.clone().unwrap();
    write(house, &chair, &format!("/cohorts/{}/matching/proposals/{id}/removal", house.cohort), &[]);
    let left: Vec<Id> = rows(house, "select id from proposals");
    assert!(!left.contains(&id), "the draft is still there");
    let values = vec![("cohort", house.cohort), ("proposal", id), ("id", id)];
    record("proposal", "a draft of a pair that was deleted".to_owned(), values, gone())
}

/// A list that was handed in and never applied: nothing is left of it when a later one comes.
fn an_import(house: &House, people: &[Person]) -> Record {
    let id = house.write(|tx| Ok(tx.fresh_id()));
    let at = house.now() - SignedDuration::from_hours(49);
    let sql = (
        "roster_imports",
        "insert into % (id, made_at, file_name, state, lines, added, changed, gone, unclear, faulty, plan) values ($1, $2, 'members.csv', 'previewed', 0, 0, 0, 0, 0, 0, '')",
    );
    change(house, sql, values![id, at].to_vec());
    house.sign_in("office", the(people, "staff").id.unwrap());
    let list = b"Member number,Name,E-mail,Standing\nM1,Ana Roe,ana@roe.example,good\n";
    assert_eq!(house.upload("office", "/roster/import", "file", "members.csv", list).status, 303);
    let left: Vec<Id> = rows(house, "select id from roster_imports");
    assert!(!left.contains(&id), "the list is still there");
    record("import", "a list that was dropped".to_owned(), vec![("id", id)], gone())
}

/// A sign-in of the mentee of A that was ended.
fn a_sign_in(house: &House, people: &[Person]) -> Record {
    let person = the(people, "mentee of A").id.unwrap();
    let id = house.write(move |tx| {
        let before: Vec<Id> = identity::sign_ins(tx, &policy::house(), person)?.iter().map(|it| it.id).collect();
        identity::sign_in(tx, person, "a browser that was ended", Strength::TwoFactors)?;
        let id = identity::sign_ins(tx, &policy::house(), person)?
            .iter()
            .map(|it| it.id)
            .find(|it| !before.contains(it))
            .unwrap();
        identity::end_sign_in(tx, person, id)?;
        Ok(id)
    });
    record("sign-in", "a sign-in that was ended".to_owned(), vec![("id", id)], gone())
}

/// Somebody of the council stepped aside, and took it back.
fn a_conflict(house: &House, people: &[Person]) -> Record {
    let (council, other) = (the(people, "council"), the(people, "mentee of B").id.unwrap());
    let member = council.id.unwrap();
    house.write(move |tx| membership::declare_conflict(tx, member, other));
    let all: Vec<(Id, Id, Id)> =
        rows(house, "select id, member, person from conflicts where ended_at is null order by id");
    let id = all.iter().find(|it| it.1 == member && it.2 == other).unwrap().0;
    write(house, council.token.as_deref().unwrap(), &format!("/conflicts/{id}/end"), &[]);
    record("conflict", "a conflict that was taken back".to_owned(), vec![("conflict", id)], gone())
}
