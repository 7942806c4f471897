//! A word in every kind of record that the matrix has a row for and this house a place,
//! beside those that people of the year write themselves (`planted.rs`).

use jiff::SignedDuration;
use platform::{
    ids::Id,
    keys::{self, Scope},
    outbox,
    prelude::*,
    storage::Value as Cell,
};
use serde_json::{Value, json};
use testing::House;

use super::{
    people::{Person, liaison_of},
    planted::{Word, change, mark, the},
    records::{Record, rows},
};

/// What has been planted so far, and where the next word goes.
struct Sower<'a> {
    house: &'a House,
    people: &'a [Person],
    words: Vec<Word>,
    first: usize,
}

impl Sower<'_> {
    fn word(&mut self, name: &str, described: Value) -> String {
        self.words.push(Word { name: name.to_owned(), described });
        format!("{} is planted", mark(self.first + self.words.len() - 1))
    }

    fn id(&self, name: &str) -> Id {
        the(self.people, name).id.unwrap()
    }

    fn change(&self, table: &'static str, text: &'static str, values: &[Cell]) {
        change(self.house, (table, text), values.to_vec());
    }

    fn seal(&self, (table, column): (&'static str, &'static str), place: Sealed, words: String) -> Vec<u8> {
        let Sealed { row, by, revision, scope } = place;
        self.house.write(move |tx| {
            let field = keys::fields().find(|it| (it.table, it.column) == (table, column)).unwrap();
            let place = field.at(&row).revision(revision);
            let place = if let Some(by) = by { place.by(by) } else { place };
            Ok(keys::seal(tx, &scope, &place, &words)?)
        })
    }

    fn keep(&self, form: &'static str, (cohort, person, about): (Id, Id, Id), answers: Vec<(&'static str, Value)>) {
        self.house.write(move |tx| {
            let form = forms::current(tx, form)?;
            let mut all = forms::Answers::new();
            for (key, value) in &answers {
                all.set(key, value.clone());
            }
            forms::keep(tx, &form, forms::Keep { cohort: Some(cohort), person, about, answers: &all, given: true })
        });
    }
}

/// Where a sealed text stands, and under whose key.
struct Sealed {
    row: String,
    by: Option<Id>,
    revision: i64,
    scope: Scope,
}

impl Sealed {
    fn at(row: impl std::fmt::Display, scope: Scope) -> Self {
        Self { row: row.to_string(), by: None, revision: 0, scope }
    }

    fn by(self, by: Id) -> Self {
        Self { by: Some(by), ..self }
    }

    fn revision(self, revision: i64) -> Self {
        Self { revision, ..self }
    }
}

/// Plants them. `first` is the number of the first.
pub(super) fn all(house: &House, people: &[Person], records: &[Record], first: usize) -> Vec<Word> {
    let mut sower = Sower { house, people, words: Vec::new(), first };
    profile(&mut sower);
    applications(&mut sower, records);
    wishes(&mut sower);
    requests(&mut sower);
    duo(&mut sower);
    opening(&mut sower);
    tasks(&mut sower, records);
    of_one_person(&mut sower, records);
    roster(&mut sower);
    of_the_committee(&mut sower);
    sower.words
}

/// What a mentor writes for the directory.
fn profile(sower: &mut Sower) {
    let cohort = sower.house.cohort;
    let shown: Vec<(i64, Id, Id)> =
        rows(sower.house, "select id, cohort, person from profiles where state <> 'paused' order by id");
    let (profile, _, person) = *shown.iter().find(|it| it.1 == cohort).unwrap();
    let so = json!({"is": "profile_mentor", "cohort": cohort.to_string(), "people": [person.to_string()]});
    let words = sower.word("the profile of a mentor", so);
    sower.change("profile_texts", "update % set can = $2 where profile = $1", values![profile, words]);
}

/// What somebody who was not taken wrote, and somebody of the next cohort, sealed and not.
fn applications(sower: &mut Sower, records: &[Record]) {
    for (record, is_next) in [("an application that was refused", false), ("an application to the next cohort", true)] {
        let described = records.iter().find(|it| it.name == record).unwrap().described.clone();
        let about = records.iter().find(|it| it.name == record).unwrap().id("id");
        let person = Id::parse(described["people"][0].as_str().unwrap()).unwrap();
        let cohort = Id::parse(described["cohort"].as_str().unwrap()).unwrap();
        let so = |is: &str| {
            let mut so = described.clone();
            so["is"] = json!(is);
            so["lists_are_closed"] = json!(!is_next);
            so
        };
        let words = sower.word(record, so("application"));
        let mut list = so("rank_list");
        list["by"] = json!(person.to_string());
        let apart = sower.word(&format!("whom to keep apart, in {record}"), list);
        let answers = vec![("me_why", json!(words)), ("me_not", json!([apart]))];
        sower.keep("mentee_application", (cohort, person, about), answers);
    }
}

fn wishes(sower: &mut Sower) {
    let (cohort, mentee) = (sower.house.cohort, sower.id("mentee-without-duo"));
    let mentor = sower.id("mentor-without-duo");
    let so = json!({"is": "rank_list", "cohort": cohort.to_string(), "people": [mentee.to_string()]});
    let words = sower.word("a wish list", so);
    let list = json!([{"mentor": mentor.to_string(), "note": words}]).to_string();
    let place = Sealed::at(format!("{cohort}:{mentee}"), Scope::new("ballot", cohort)).by(mentee);
    let list = sower.seal(("wish_lists", "list"), place, list);
    sower.change(
        "wish_lists",
        "insert into % (cohort, mentee, list) values ($1, $2, $3)",
        values![cohort, mentee, list],
    );
}

/// What a mentee wrote to a mentor, and why another mentor said no.
fn requests(sower: &mut Sower) {
    let all: Vec<(Id, Id, Id, Id)> = rows(sower.house, "select id, cohort, mentee, mentor from requests order by id");
    for (at, column, name) in [(0, "note", "a note to a mentor"), (1, "decline_reason", "why a mentor said no")] {
        let (id, cohort, mentee, mentor) = all[at];
        let by = if column == "note" { mentee } else { mentor };
        let people = if column == "note" { vec![mentee, mentor] } else { vec![mentor] };
        // The field says that the chair reads the reason, and nobody else.
        let told_to = if column == "note" { json!([]) } else { json!(["chair"]) };
        let so = json!({
            "is": "match_request", "told_to": told_to, "cohort": cohort.to_string(), "receiver": mentor.to_string(), "sender": by.to_string(),
            "people": people.iter().map(Id::to_string).collect::<Vec<_>>(),
        });
        let words = sower.word(name, so);
        let place = Sealed::at(id, Scope::owned("asking", mentee, cohort)).by(by);
        let sealed = sower.seal(("requests", column), place, words);
        let sql = if column == "note" {
            "update % set note = $2 where id = $1"
        } else {
            "update % set decline_reason = $2, state = 'declined' where id = $1"
        };
        sower.change("requests", sql, values![id, sealed]);
    }
}

/// The goals and the agreement of duo A.
fn duo(sower: &mut Sower) {
    let (cohort, mentor) = (sower.house.cohort, sower.id("mentor of A"));
    let duo = sower.house.read(move |tx| Ok(duos::of_person(tx, cohort, mentor)?.unwrap()));
    let so = |is: &str| {
        json!({
            "is": is, "cohort": cohort.to_string(), "duo": duo.people().map(|it| it.to_string()),
            "liaison": liaison_of(sower.house, duo.id).to_string(),
        })
    };
    let (goals, agreement) = (so("duo_goals"), so("agreement"));
    let kept: Vec<(Id, i64, Id)> = rows(sower.house, "select duo, revision, saved_by from duo_goals");
    let (_, revision, by) = *kept.iter().find(|it| it.0 == duo.id).unwrap();
    let words = sower.word("the goals of duo A", goals);
    let text = json!([{"title": words, "why": "", "sign": "", "by": "", "level": null}]).to_string();
    let place = || Sealed::at(duo.id, Scope::new("duo", duo.id));
    let body = sower.seal(("duo_goals", "body"), place().by(by).revision(revision), text);
    sower.change("duo_goals", "update % set body = $2 where duo = $1", values![duo.id, body]);
    let kept: Vec<(Id, i64, Id)> =
        rows(sower.house, "select duo, revision, saved_by from agreements order by revision desc");
    let (_, revision, by) = *kept.iter().find(|it| it.0 == duo.id).unwrap();
    let words = sower.word("the agreement of duo A", agreement);
    let text = sower.house.read(|tx| Ok(serde_json::to_value(forms::current(tx, "agreement")?).unwrap()));
    let text = json!({"form": text, "answers": {"purpose": words}}).to_string();
    let body = sower.seal(("agreements", "body"), place().by(by).revision(revision), text);
    sower.change(
        "agreements",
        "update % set body = $3 where duo = $1 and revision = $2",
        values![duo.id, revision, body],
    );
}

/// Why chair and deputy opened answers of duo A: for its people and the chairs.
fn opening(sower: &mut Sower) {
    let found: Vec<(Id, Id, Id)> = rows(sower.house, "select id, duo, asked_by from openings order by confirmed_at");
    let (id, duo, by) = found[0];
    let two = sower.house.read(move |tx| Ok(duos::duo(tx, duo)?.unwrap().people()));
    let mut readers: Vec<Id> = two.to_vec();
    readers
        .extend(sower.people.iter().filter(|it| it.holds_whole_program(&["chair", "deputy"])).filter_map(|it| it.id));
    let readers: Vec<String> = readers.iter().map(Id::to_string).collect();
    let words = sower.word("why answers of duo A were opened", json!({"is": "escalation", "readers": readers}));
    let reason = sower.seal(("openings", "reason"), Sealed::at(id, Scope::new("checkins", duo)).by(by), words);
    sower.change("openings", "update % set reason = $2 where id = $1", values![id, reason]);
}

fn tasks(sower: &mut Sower, records: &[Record]) {
    for (record, once) in [("a task about the duo of a chair", "planted"), ("a task of a liaison", "planted for one")] {
        let mut so = records.iter().find(|it| it.name == record).unwrap().described.clone();
        so["is"] = json!("task");
        let words = sower.word(record, so);
        sower.change("tasks", "update % set words = $2, title = $2 where once_key = $1", values![once, words]);
    }
}

/// A letter, a certificate, a browser, what an alumna offers, what somebody asks the office.
fn of_one_person(sower: &mut Sower, records: &[Record]) {
    let mine = |is: &str, person: Id| json!({"is": is, "people": [person.to_string()]});
    let (mentee, alumna, cohort) = (sower.id("mentee of A"), sower.id("alumna"), sower.house.cohort);
    let text = sower.word("a letter to the mentee of A", mine("sent_mail", mentee));
    sower.house.write(move |tx| {
        let letter = outbox::Letter {
            name: "place_taken".to_owned(),
            account: Some(mentee),
            to_name: "Mentee".to_owned(),
            to_address: "mentee@persona.example".to_owned(),
            from_name: "Mentoring".to_owned(),
            reply_to: String::new(),
            subject: text.clone(),
            text: text.clone(),
            html: format!("<p>{text}</p>"),
            calendar: None,
            unsubscribe: None,
            about: mentee,
            once_key: "planted".to_owned(),
        };
        Ok(outbox::post(tx, &letter)?)
    });
    let name = sower.word("the name on a certificate", mine("certificate", mentee));
    sower.change("certificates", "update % set name = $2 where person = $1", values![mentee, name]);
    let agent = sower.word("the browser of a sign-in", mine("account_session", mentee));
    let sign_in = records.iter().find(|it| it.name == "a sign-in in another browser").unwrap().id("id");
    sower.change("sign_ins", "update % set agent = $2 where id = $1", values![sign_in, agent]);
    let helps = sower.word("what an alumna offers", mine("alumni_group", alumna));
    let at = sower.house.now() - SignedDuration::from_hours(24);
    sower.change(
        "alumni_members",
        "insert into % (person, cohort, helps, without_letters, joined_at) values ($1, $2, $3, $4, $5)",
        values![alumna, cohort, helps, false, at],
    );
    let applicant = sower.id("applicant");
    let asked = sower.word("a correction that was asked for", mine("membership_roster", applicant));
    let id = sower.house.write(|tx| Ok(tx.fresh_id()));
    sower.change(
        "roster_corrections",
        "insert into % (id, person, words, asked_at, answer) values ($1, $2, $3, $4, '')",
        values![id, applicant, asked, at],
    );
}

/// A line of the roster: of nobody who has an account here.
fn roster(sower: &mut Sower) {
    let line = sower.house.write(|tx| Ok(tx.fresh_id()));
    let at = sower.house.now();
    let name = sower.word("a line of the roster", json!({"is": "membership_roster"}));
    let key = format!("{name} line@roster.example m-999999");
    sower.change(
        "roster",
        "insert into % (id, member_number, number_key, name, email, email_key, search_key, standing, changed_at) values ($1, 'M-999999', 'm-999999', $2, 'line@roster.example', 'line@roster.example', $3, 'good', $4)",
        values![line, name, key, at],
    );
}

/// A part of a report that is not submitted, an exception to the rules, and what stands
/// in an invitation.
fn of_the_committee(sower: &mut Sower) {
    let (cohort, at) = (sower.house.cohort, sower.house.now());
    let (chair, person) = (sower.id("chair"), sower.id("not-taken"));
    let of = |is: &str| json!({"is": is, "cohort": cohort.to_string()});
    let part = sower.word("a part of a report that is a draft", of("report_draft"));
    sower.change(
        "report_words",
        "insert into % (cohort, kind, part, version, text, edited_by, edited_at) values ($1, 'final', 'summary', 99, $2, $3, $4)",
        values![cohort, part, chair, at],
    );
    let reason = sower.word("the reason of an exception", of("program_settings"));
    let id = sower.house.write(|tx| Ok(tx.fresh_id()));
    sower.change(
        "eligibility_overrides",
        "insert into % (id, cohort, person, reason, made_by, made_at) values ($1, $2, $3, $4, $5, $6)",
        values![id, cohort, person, reason, chair, at],
    );
    let invited = sower.word("the words of an invitation", of("event"));
    sower.change(
        "events",
        "update % set words = $2 where cohort = $1 and kind = 'follow_up'",
        values![cohort, invited],
    );
}
