//! What lies on the desks of the committee, and no year leaves there: a run of the engine,
//! pairs of a file, a decision that can still be undone, a file with an application. And who
//! keeps away from them.

use forms::files::{self, Owner, look};
use jiff::SignedDuration;
use pairing::{Input, Objective, PairingFile, run_json};
use platform::{
    ids::Id,
    keys::{self, Scope},
    prelude::*,
};
use serde_json::{Value, json};
use testing::House;

use super::{
    people::Person,
    planted::{change, the},
    records::{Record, record, rows},
};

/// Lays them there.
pub(super) fn plant(house: &House, people: &[Person]) {
    a_run(house, people);
    pairs_of_a_file(house, people);
    a_decision(house, people);
}

/// Somebody of the council steps aside from whoever wrote the first application, and the
/// chair from the mentee of C; the deputy works where the mentee of the last duo does.
pub(super) fn conflicts(house: &House, people: &[Person]) {
    let last = rows::<Id>(house, "select mentee from duos order by number desc")[0];
    for person in [the(people, "deputy").id.unwrap(), last] {
        let sql = (
            "people",
            "insert into % (account, pronouns, phone, city, zone, employer, employer_key, member_number, changed_at) values ($1, '', '', '', '', 'One House', 'one house', '', $2) on conflict (account) do update set employer = excluded.employer, employer_key = excluded.employer_key",
        );
        change(house, sql, values![person, house.now()].to_vec());
    }
    let first = "select person from applications where submitted_at is not null order by id";
    let applicant = rows::<Id>(house, first)[0];
    let (council, chair) = (the(people, "council").id.unwrap(), the(people, "chair").id.unwrap());
    let mentee = the(people, "mentee of C").id.unwrap();
    house.write(move |tx| {
        membership::declare_conflict(tx, council, applicant)?;
        membership::declare_conflict(tx, chair, mentee)
    });
}

/// What is asked for at an address that names another cohort, and what an address names
/// that `records::all` does not know.
pub(super) fn records(house: &House, people: &[Person], known: &[Record]) -> Vec<Record> {
    let cohorts: Vec<Id> = rows(house, "select id from cohorts order by id");
    let elsewhere = cohorts.iter().find(|it| **it != house.cohort).copied().unwrap();
    let mut records = Vec::new();
    for (kind, blank) in [("run", "run"), ("pair import", "import"), ("request", "id")] {
        let one = known.iter().find(|it| it.kind == kind && it.described.get("gone").is_none()).unwrap();
        let values = vec![("cohort", elsewhere), (blank, one.id(blank))];
        let there = record(kind, format!("a {kind} of another cohort"), values, json!({"elsewhere": true}));
        records.push(if kind == "request" { there.at("/cohorts/{cohort}/matching/requests/{id}") } else { there });
    }
    let decision = rows::<Id>(house, "select id from decisions order by id")[0];
    for (name, cohort, so) in [
        ("a decision", house.cohort, json!({"cohort": house.cohort.to_string()})),
        ("a decision of another cohort", elsewhere, json!({"elsewhere": true})),
    ] {
        records.push(record("decision", name.to_owned(), vec![("cohort", cohort), ("id", decision)], so));
    }
    records.push(file(house, the(people, "mentee of A"), known));
    let nobodys = Id::parse("0192f0a0a0a07000800000000000dead").unwrap();
    for (kind, blank) in [("decision", "id"), ("file", "file")] {
        let values = vec![("cohort", house.cohort), (blank, nobodys)];
        records.push(record(kind, "what is gone".to_owned(), values, json!({"gone": true})));
    }
    records
}

fn a_run(house: &House, people: &[Person]) {
    let question = serde_json::to_string(&PairingFile::new(Input::default(), 7)).unwrap();
    let answer = run_json(question.as_bytes(), Objective::MostPairs).unwrap();
    let id = house.write(|tx| Ok(tx.fresh_id()));
    let [question, answer] = [("question", question), ("answer", answer)]
        .map(|(column, text)| sealed(house, ("matching_runs", column), Scope::new("run", id), text));
    let sql = (
        "matching_runs",
        "insert into % (id, cohort, number, made_by, made_at, engine, settings, mentees, pairs, total, blocking, question, answer) values ($1, $2, 900, $3, $4, 1, '{}', 0, 0, 0, 0, $5, $6)",
    );
    let values = values![id, house.cohort, the(people, "chair").id.unwrap(), house.now(), question, answer];
    change(house, sql, values.to_vec());
}

fn pairs_of_a_file(house: &House, people: &[Person]) {
    let id = house.write(|tx| Ok(tx.fresh_id()));
    let plan = json!({"pairs": [], "faults": [[2, "Nobody is called so."]]}).to_string();
    let plan = sealed(house, ("pair_imports", "plan"), Scope::new("pair import", id), plan);
    let sql = (
        "pair_imports",
        "insert into % (id, cohort, done_by, file_name, made_at, state, pairs, plan) values ($1, $2, $3, 'pairs.csv', $4, 'previewed', 0, $5)",
    );
    change(house, sql, values![id, house.cohort, the(people, "chair").id.unwrap(), house.now(), plan].to_vec());
}

fn sealed(house: &House, (table, column): (&str, &str), scope: Scope, text: String) -> Vec<u8> {
    let field = keys::fields().find(|it| (it.table, it.column) == (table, column)).unwrap();
    let place = field.at(scope.id());
    house.write(move |tx| Ok(keys::seal(tx, &scope, &place, &text)?))
}

/// It would take effect in ten minutes.
fn a_decision(house: &House, people: &[Person]) {
    let (id, chair, at) = (house.write(|tx| Ok(tx.fresh_id())), the(people, "chair").id.unwrap(), house.now());
    let sql = (
        "decisions",
        "insert into % (id, cohort, answer, subject, body, decided_by, decided_at, due_at) values ($1, $2, 'decline', '', '', $3, $4, $5)",
    );
    change(house, sql, values![id, house.cohort, chair, at, at + SignedDuration::from_mins(10)].to_vec());
}

/// What a mentee sent with their application: for the partner, too, as its question says.
fn file(house: &House, person: &Person, known: &[Record]) -> Record {
    let (cohort, person) = (house.cohort, person.id.unwrap());
    let mine = |it: &&Record| it.kind == "application" && it.described["people"] == json!([person.to_string()]);
    let application = known.iter().find(mine).unwrap();
    let about = application.id("id");
    let id = house.write(move |tx| {
        let kept = forms::kept(tx, "mentee_application", about)?.unwrap();
        let form = forms::as_given(tx, &kept)?;
        let mut answers = forms::open_sealed(tx, &kept, forms::Opener::Rule)?;
        let field = form.field("me_cv").unwrap().clone();
        let clean = look::Clean { kind: look::Type::Pdf, bytes: b"%PDF-1.4\n%%EOF\n".to_vec() };
        let owner = Owner { person, about, cohort: Some(cohort) };
        let reference = files::add(tx, &form, &field, owner, "cv.pdf", &clean)?.unwrap();
        answers.set("me_cv", json!(reference.text()));
        forms::keep(tx, &form, forms::Keep { cohort: Some(cohort), person, about, answers: &answers, given: true })?;
        Ok(reference.id)
    });
    let duo = house.read(move |tx| Ok(duos::of_person(tx, cohort, person)?.unwrap()));
    let mut so = application.described.clone();
    let partner = duo.people().into_iter().find(|it| *it != person).unwrap();
    so["also"] = Value::from(vec![partner.to_string()]);
    record("file", "a file of an application".to_owned(), vec![("file", id)], so)
}
