//! What is planted in the world besides the year: records that no year leaves behind, and
//! words that stand in one record each, so that they are seen wherever else they appear.

use jiff::{SignedDuration, civil::date};
use platform::{
    identity::{self, Strength},
    ids::Id,
    keys::{self, Scope},
    links,
    prelude::*,
    storage::Sql,
};
use serde_json::{Value, json};
use testing::House;

use super::{
    people::{Person, liaison_of},
    published,
    records::{Record, record, rows},
};

/// A word that stands in one record.
pub(super) struct Word {
    pub name: String,
    /// The record as the oracle is told about it.
    pub described: Value,
}

pub(super) const MARK: &str = "canary-";

/// What is planted. All are of one length, so that whoever looks for one finds no other.
pub(super) fn mark(number: usize) -> String {
    format!("{MARK}{number:03}")
}

/// The numbers of the planted words in a page.
pub(super) fn words_in(page: &str) -> impl Iterator<Item = usize> {
    let digits = |rest: &str| rest.split(|it: char| !it.is_ascii_digit()).next().and_then(|it| it.parse().ok());
    page.split(MARK).skip(1).filter_map(digits)
}

/// Lets both people of the duos A and D write; the mentor of D is a chair.
pub(super) fn words(house: &House, people: &[Person]) -> Vec<Word> {
    let mut words = Vec::new();
    for mentor in ["mentor of A", "chair who mentors in D"] {
        let (cohort, mentor) = (house.cohort, the(people, mentor).id.unwrap());
        let duo = house.read(move |tx| Ok(duos::of_person(tx, cohort, mentor)?.unwrap()));
        for person in duo.people() {
            let so = |record: &str| {
                json!({
                    "is": record, "cohort": duo.cohort.to_string(), "people": [person.to_string()],
                    "duo": [duo.mentor.to_string(), duo.mentee.to_string()], "author": person.to_string(),
                    "liaison": liaison_of(house, duo.id).to_string(),
                })
            };
            let mut word = |record: &str| {
                let name = format!("{record} of {} in duo {}", duo.name_of(person), duo.number);
                words.push(Word { name, described: so(record) });
                format!("{} is planted", mark(words.len() - 1))
            };
            let (private, shared, answer) = (word("private_note"), word("duo_message"), word("checkin_answer"));
            let token = house.write(move |tx| Ok(identity::sign_in(tx, person, "test", Strength::TwoFactors)?));
            write(house, &token, &duo.path("/notebook"), &[("kind", "private"), ("text", &private)]);
            write(house, &token, &duo.path("/notebook"), &[("kind", "shared"), ("text", &shared)]);
            answer_check_in(house, &token, (duo.id, person), &answer);
        }
    }
    for whose in ["mentee of A", "mentee who withdrew from E"] {
        words.push(details_of_the_partner(house, the(people, whose), words.len()));
    }
    words.push(nomination(house, people, words.len()));
    words.push(published::of_a_survey(house, words.len()));
    words.push(published::of_a_report(house, words.len()));
    words
}

/// What the mentor told about themselves, whose mentee reads it while they take part.
fn details_of_the_partner(house: &House, mentee: &Person, number: usize) -> Word {
    let mentee = mentee.id.unwrap();
    let duo = house.read(move |tx| Ok(duos::of_person_any(tx, mentee)?.remove(0)));
    let city = format!("{} is planted", mark(number));
    change(house, ("people", "update % set city = $2 where account = $1"), values![duo.mentor, city].to_vec());
    let described = json!({
        "is": "person_details", "cohort": duo.cohort.to_string(), "people": [duo.mentor.to_string()],
        "duo": [duo.mentor.to_string(), duo.mentee.to_string()],
    });
    Word { name: format!("where the mentor of duo {} lives", duo.number), described }
}

/// A nomination that nobody has answered, though an application hangs on it.
fn nomination(house: &House, people: &[Person], number: usize) -> Word {
    let (id, at) = (house.write(|tx| Ok(tx.fresh_id())), house.now());
    let reason = format!("{} is planted", mark(number));
    let words = house.write(move |tx| {
        let field = keys::fields().find(|it| (it.table, it.column) == ("nominations", "words")).unwrap();
        Ok(keys::seal(tx, &Scope::new("nomination", id), &field.at(id), &reason)?)
    });
    let sql = (
        "nominations",
        "insert into % (id, cohort, role, state, name, address, words, nominator_name, nominator_address, made_at) values ($1, $2, 'mentee', 'open', 'Nominee', 'nominee@persona.example', $3, 'Nominator', 'nominator@persona.example', $4)",
    );
    change(house, sql, values![id, house.cohort, words, at].to_vec());
    let application = submitted(house)[0];
    change(house, ("applications", "update % set nomination = $2 where id = $1"), values![application, id].to_vec());
    let named = ["nominee", "nominator"].map(|name| the(people, name).id.unwrap().to_string());
    let described = json!({"is": "nomination", "cohort": house.cohort.to_string(), "people": named, "accepted": false});
    Word { name: "the reason of a nomination".to_owned(), described }
}

/// Chair and deputy opened the answers of duo A more than an hour ago, and those of B now.
pub(super) fn openings(house: &House, people: &[Person]) {
    let [chair, deputy] = ["chair", "deputy"].map(|name| the(people, name).token.clone().unwrap());
    let duos: Vec<Id> = rows(house, "select id from duos order by number");
    for duo in &duos[..2] {
        let path = format!("/desk/duos/{duo}/opening");
        write(house, &chair, &path, &[("reason", "Somebody may come to harm, and nobody answers.")]);
        write(house, &deputy, &format!("{path}/answer"), &[("answer", "yes")]);
    }
    let long_ago = house.now() - SignedDuration::from_mins(61);
    change(house, ("openings", "update % set confirmed_at = $2 where duo = $1"), values![duos[0], long_ago].to_vec());
}

/// The last check-in of a person, answered anew.
fn answer_check_in(house: &House, token: &str, (duo, person): (Id, Id), words: &str) {
    let all: Vec<(Id, Id, Id)> = rows(house, "select id, duo, person from checkins order by round desc, id");
    let checkin = all.iter().find(|it| it.1 == duo && it.2 == person).map(|it| it.0).unwrap();
    change(
        house,
        ("checkins", "update % set answered_at = null, answers = null where id = $1"),
        values![checkin].to_vec(),
    );
    let fields = [("P1", "yes"), ("P2", ""), ("P3", "4"), ("P4", words)];
    write(house, token, &format!("/check-ins/{checkin}"), &fields);
}

/// Records that no year leaves behind.
pub(super) fn records(house: &House, people: &[Person], words: &[Word]) -> Vec<Record> {
    let mut records = of_others_under_ones_own(house);
    records.push(draft(house, the(people, "applicant")));
    records.push(of_a_chair(house, the(people, "chair who mentors in D")));
    let office = the(people, "staff").id.unwrap();
    let keepers = json!({"only": ["chair"]});
    records.push(record("account", "an account of the office".to_owned(), vec![("id", office)], keepers));
    let id = the(people, "mentee of A").id.unwrap();
    let before = house.read(move |tx| Ok(identity::sign_ins(tx, &policy::house(), id)?));
    house.write(move |tx| Ok(identity::sign_in(tx, id, "another browser", Strength::TwoFactors)?));
    let after = house.read(move |tx| Ok(identity::sign_ins(tx, &policy::house(), id)?));
    let sign_in = after.iter().find(|it| before.iter().all(|old| old.id != it.id)).unwrap().id;
    let so = json!({"people": [id.to_string()]});
    records.push(record("sign-in", "a sign-in in another browser".to_owned(), vec![("id", sign_in)], so));
    let secret =
        house.write(move |tx| Ok(links::make(tx, "something else", Some(id), id, SignedDuration::from_hours(24))?));
    records.push(Record::with_secret("link", "a link for something else", secret));
    records.push(link_of_the_nomination(house, words));
    records.push(not_taken(house, the(people, "not-taken")));
    records.push(certificate(house, the(people, "mentee of A")));
    records.push(of_next_cohort(house, the(people, "nobody")));
    records.push(unsent(house, people));
    records.push(task_about(house, the(people, "chair who mentors in D")));
    records.push(task_of_a_liaison(house));
    records.push(opened(house));
    let of_mentee: Vec<Id> = rows(house, "select id from memberships where role = 'mentee' order by id");
    let gone = json!({"gone": true});
    records.push(record("member", "a membership of a mentee".to_owned(), vec![("id", of_mentee[0])], gone));
    records
}

/// What the nominee has in their letter. Whoever is given it reads what was said of them,
/// and finds no other door with it.
fn link_of_the_nomination(house: &House, words: &[Word]) -> Record {
    let planted = words.iter().position(|it| it.described["is"] == "nomination").unwrap();
    let open: Vec<Id> = rows(house, "select id from nominations where state = 'open' order by made_at desc, id desc");
    let (id, day) = (open[0], SignedDuration::from_hours(24));
    let secret = house.write(move |tx| Ok(links::make(tx, "nomination", None, id, day)?));
    Record::with_secret("link", "the link of a nomination", secret).opening("/nominations/{token}", planted)
}

/// An application that the rule refused.
fn not_taken(house: &House, person: &Person) -> Record {
    let (cohort, person, at) = (house.cohort, person.id.unwrap(), house.now());
    let id = house.write(|tx| Ok(tx.fresh_id()));
    let sql = (
        "applications",
        "insert into % (id, cohort, person, role, state, begun_at, changed_at, submitted_at, by_promise, first_year, verdict, appeal, decision) values ($1, $2, $3, 'mentee', 'refused', $4, $4, $4, $5, $5, '', '', '')",
    );
    change(house, sql, values![id, cohort, person, at, false].to_vec());
    let so =
        json!({"cohort": cohort.to_string(), "people": [person.to_string()], "is_submitted": true, "sealed": true});
    record("application", "an application that was refused".to_owned(), vec![("cohort", cohort), ("id", id)], so)
}

fn submitted(house: &House) -> Vec<Id> {
    rows(house, "select id from applications where submitted_at is not null order by id")
}

/// An application to the cohort after this one: there the selection runs, and what is
/// sealed is not open to anybody.
fn of_next_cohort(house: &House, person: &Person) -> Record {
    let (person, at) = (person.id.unwrap(), house.now());
    let (cohort, id) = house.write(|tx| {
        let new = program::cohorts::NewCohort {
            name: "2027–28",
            annual_meeting: date(2027, 6, 26),
            midwinter: None,
            next_annual_meeting: None,
            places: 5,
            begun_from: None,
        };
        Ok((program::cohorts::add(tx, &new, None)?, tx.fresh_id()))
    });
    let sql = (
        "applications",
        "insert into % (id, cohort, person, role, state, begun_at, changed_at, submitted_at, by_promise, first_year, verdict, appeal, decision) values ($1, $2, $3, 'mentee', 'placed', $4, $4, $4, $5, $5, '', '', '')",
    );
    change(house, sql, values![id, cohort, person, at, false].to_vec());
    house.write(move |tx| {
        let mut answers = forms::Answers::new();
        answers.set("me_not", json!(["Somebody I know too well"]));
        let form = forms::current(tx, "mentee_application")?;
        forms::keep(tx, &form, forms::Keep { cohort: Some(cohort), person, about: id, answers: &answers, given: true })
    });
    let so = json!({
        "cohort": cohort.to_string(), "people": [person.to_string()], "is_submitted": true, "sealed": true,
        "conflicts": [person.to_string()], "selection_runs": true, "lists_are_closed": false,
    });
    record("application", "an application to the next cohort".to_owned(), vec![("cohort", cohort), ("id", id)], so)
}

/// A pair that the committee proposed, and that both took: not every year has one.
pub(super) fn a_pair(house: &House, people: &[Person]) {
    let [mentee, mentor] = ["mentee of B", "mentor of B"].map(|name| the(people, name).id.unwrap());
    let (id, at) = (house.write(|tx| Ok(tx.fresh_id())), house.now());
    let sql = (
        "proposals",
        "insert into % (id, cohort, mentee, mentor, score, reasons, parts, alternatives, by_hand, state, mentee_answer, mentor_answer, made_at) values ($1, $4, $2, $3, 0, '', '', '', $5, 'formed', 'yes', 'yes', $6)",
    );
    change(house, sql, values![id, mentee, mentor, house.cohort, true, at].to_vec());
}

/// A pair that the committee has drafted and not sent.
fn unsent(house: &House, people: &[Person]) -> Record {
    let [mentee, mentor] = ["mentee-without-duo", "mentor-without-duo"].map(|name| the(people, name).id.unwrap());
    let id = house.write(|tx| Ok(tx.fresh_id()));
    let sql = (
        "proposals",
        "insert into % (id, cohort, mentee, mentor, score, reasons, parts, alternatives, by_hand, state, mentee_answer, mentor_answer, made_at) select $1, cohort, $2, $3, score, reasons, parts, alternatives, by_hand, 'draft', '', '', made_at from proposals order by id limit 1",
    );
    change(house, sql, values![id, mentee, mentor].to_vec());
    let so =
        json!({"cohort": house.cohort.to_string(), "people": [mentee.to_string(), mentor.to_string()], "unsent": true});
    let values = vec![("cohort", house.cohort), ("proposal", id), ("id", id)];
    record("proposal", "a draft of a pair".to_owned(), values, so)
}

/// Something for the chairs to do about a duo in which one of them is.
fn task_about(house: &House, mentor: &Person) -> Record {
    let (cohort, mentor) = (house.cohort, mentor.id.unwrap());
    let duo = house.read(move |tx| Ok(duos::of_person(tx, cohort, mentor)?.unwrap()));
    let about = duo.id;
    house.write(move |tx| {
        let (title, words) = ("Planted".to_owned(), String::new());
        let (due, once) = (date(2027, 4, 1), "planted".to_owned());
        care::add_task(
            tx,
            &care::NewTask { cohort, duo: Some(about), person: None, kind: "write", title, words, due, once },
        )
    });
    let id: Vec<Id> = rows(house, "select id from tasks where once_key = 'planted'");
    let so = json!({"cohort": cohort.to_string(), "duo": [duo.mentor.to_string(), duo.mentee.to_string()]});
    record("task", "a task about the duo of a chair".to_owned(), vec![("task", id[0])], so)
}

/// Something for the liaison of duo B, and for nobody else.
fn task_of_a_liaison(house: &House) -> Record {
    let cohort = house.cohort;
    let duos: Vec<Id> = rows(house, "select id from duos order by number");
    let liaison = liaison_of(house, duos[1]);
    let (due, about) = (date(2027, 4, 1), duos[1]);
    house.write(move |tx| {
        let (title, words, once) = ("Planted".to_owned(), String::new(), "planted for one".to_owned());
        let person = Some(liaison);
        care::add_task(tx, &care::NewTask { cohort, duo: Some(about), person, kind: "write", title, words, due, once })
    });
    let id: Vec<Id> = rows(house, "select id from tasks where once_key = 'planted for one'");
    let so = json!({"cohort": cohort.to_string(), "liaison": liaison.to_string(), "only": ["liaison"]});
    record("task", "a task of a liaison".to_owned(), vec![("task", id[0])], so)
}

/// That answers of duo A were opened, which its two people read.
fn opened(house: &House) -> Record {
    let found: Vec<(Id, Id)> = rows(house, "select id, duo from openings order by confirmed_at");
    let (id, duo) = found[0];
    let duo = house.read(move |tx| Ok(duos::duo(tx, duo)?.unwrap()));
    let so = json!({"readers": duo.people().map(|it| it.to_string())});
    record("opening", "an opening of answers".to_owned(), vec![("opening", id)], so)
}

/// What belongs to one duo or cohort, asked for under the address of another.
fn of_others_under_ones_own(house: &House) -> Vec<Record> {
    let duos: Vec<Id> = rows(house, "select id from duos order by number");
    let gone = || json!({"gone": true});
    let mut records = Vec::new();
    for (kind, sql) in [
        ("meeting", "select id, duo from meetings where state = 'logged' order by day, id"),
        ("note", "select id, duo from duo_notes where kind = 'shared' order by id"),
    ] {
        let all: Vec<(Id, Id)> = rows(house, sql);
        let other = all.iter().find(|it| it.1 != duos[0]).unwrap().0;
        let name = format!("a {kind} of another duo");
        records.push(record(kind, name, vec![("duo", duos[0]), (kind, other)], gone()));
    }
    let cohorts: Vec<Id> = rows(house, "select id from cohorts order by id");
    let elsewhere = cohorts.iter().find(|it| **it != house.cohort).copied().unwrap();
    // To the people themselves it is there, whatever cohort stands in the address.
    let all: Vec<(Id, Id)> =
        rows(house, "select id, person from applications where submitted_at is not null order by id");
    let so = json!({"people": [all[0].1.to_string()], "is_submitted": true, "elsewhere": true});
    let values = vec![("cohort", elsewhere), ("id", all[0].0)];
    records.push(record("application", "an application of another cohort".to_owned(), values, so));
    let all: Vec<(Id, Id, Id)> =
        rows(house, "select id, mentee, mentor from proposals where state <> 'draft' order by id");
    let so = json!({"people": [all[0].1.to_string(), all[0].2.to_string()], "elsewhere": true});
    let values = vec![("cohort", elsewhere), ("proposal", all[0].0), ("id", all[0].0)];
    records.push(record("proposal", "a pair of another cohort".to_owned(), values, so));
    records
}

/// What somebody wrote who is a chair now: the committee's side of it is not theirs.
fn of_a_chair(house: &House, chair: &Person) -> Record {
    let all: Vec<(Id, Id, Id)> = rows(house, "select id, cohort, person from applications order by id");
    let (id, cohort, person) = all.into_iter().find(|it| Some(it.2) == chair.id).unwrap();
    let so = json!({
        "cohort": cohort.to_string(), "people": [person.to_string()], "is_submitted": true,
        "conflicts": [person.to_string()],
    });
    record("application", "the application of a chair".to_owned(), vec![("cohort", cohort), ("id", id)], so)
}

/// An application that is begun and not given.
fn draft(house: &House, person: &Person) -> Record {
    let (cohort, person) = (house.cohort, person.id.unwrap());
    let id = house.write(|tx| Ok(tx.fresh_id()));
    let at = house.now();
    let sql = (
        "applications",
        "insert into % (id, cohort, person, role, state, begun_at, changed_at, by_promise, first_year, verdict, appeal, decision) values ($1, $2, $3, 'mentee', 'draft', $4, $4, $5, $5, '', '', '')",
    );
    change(house, sql, values![id, cohort, person, at, false].to_vec());
    let so = json!({"cohort": cohort.to_string(), "people": [person.to_string()], "unsubmitted": true});
    record("application", "a draft of an application".to_owned(), vec![("cohort", cohort), ("id", id)], so)
}

fn certificate(house: &House, person: &Person) -> Record {
    let (cohort, person) = (house.cohort, person.id.unwrap());
    let duo = house.read(move |tx| Ok(duos::of_person(tx, cohort, person)?.unwrap()));
    let id = house.write(|tx| Ok(tx.fresh_id()));
    let sql = (
        "certificates",
        "insert into % (id, person, cohort, duo, role, name, minutes, code, signed_by, issued_at) values ($1, $2, $3, $4, 'mentee', $5, $6, $7, $8, $9)",
    );
    let (name, code, at) = (duo.mentee_name.clone(), "ABCD-EFGH-JKLM", house.now());
    let values = values![id, person, cohort, duo.id, name, 600_i64, code, "The chair", at];
    change(house, sql, values.to_vec());
    let so = json!({"people": [person.to_string()]});
    record("certificate", "a certificate".to_owned(), vec![("certificate", id)], so)
}

pub(super) fn the<'a>(people: &'a [Person], name: &str) -> &'a Person {
    people.iter().find(|it| it.name == name).unwrap_or_else(|| panic!("nobody is {name}"))
}

pub(super) fn write(house: &House, token: &str, path: &str, fields: &[(&str, &str)]) {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish().into_bytes();
    let form = Some("application/x-www-form-urlencoded");
    let answer = house.knock(axum::http::Method::POST, path, Some(token), form, body);
    assert!(matches!(answer.status, 200 | 303), "{path}: {} {}", answer.status, answer.text());
}

/// Writes what no room would into a table that belongs to one; `%` stands for its name.
pub(in crate::tests) fn change(house: &House, (table, text): (&str, &str), values: Vec<platform::storage::Value>) {
    let text: &'static str = text.replace('%', table).leak();
    let sql = Sql { name: "PLANT", module: "tests", sqlite: text, postgres: text };
    house.write(move |tx| Ok(tx.exec(&sql, &values)?));
}
