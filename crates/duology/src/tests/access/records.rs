//! Every kind of record that an address may name, with whom it belongs to.

use jiff::{SignedDuration, Timestamp, civil::date};
use platform::{
    doors::Door,
    identity,
    ids::Id,
    storage::{FromRow, Query},
};
use policy::Role;
use program::memberships;
use serde_json::{Value, json};
use testing::House;

use super::{people::liaison_of, published};

pub(super) struct Record {
    pub kind: &'static str,
    pub name: String,
    /// What stands in the blanks of a path.
    values: Vec<(&'static str, String)>,
    /// As the oracle is told about it.
    pub described: Value,
    /// The one door at which it is asked for; all where there is none.
    at: Option<&'static str>,
}

impl Record {
    pub fn value(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(it, _)| *it == name).map(|(_, value)| value.as_str())
    }

    pub fn id(&self, name: &str) -> Id {
        self.value(name).and_then(Id::parse).unwrap()
    }

    /// Says what stands in another blank.
    pub fn also(&mut self, name: &'static str, id: Id) {
        self.values.push((name, id.to_string()));
    }

    /// The same where it is asked for at one door alone.
    pub fn at(self, door: &'static str) -> Self {
        Self { at: Some(door), ..self }
    }

    pub fn is_behind(&self, door: &str) -> bool {
        self.at.is_none_or(|it| it == door)
    }

    /// What is named by the secret of a letter.
    pub fn with_secret(kind: &'static str, name: &str, secret: String) -> Self {
        Self {
            kind,
            name: name.to_owned(),
            values: vec![("token", secret)],
            described: json!({"is_elsewhere": true}),
            at: None,
        }
    }

    /// The same where the secret opens one door, behind which a planted word may stand.
    pub fn opening(self, door: &str, word: usize) -> Self {
        Self { described: json!({"is_elsewhere": true, "opens": door, "shows": word}), ..self }
    }

    /// Whether a planted word stands here for whoever was given the secret.
    pub fn shows(&self, word: usize) -> bool {
        self.described["shows"].as_u64() == Some(word as u64)
    }
}

/// Which kind of record the blanks of a door's path name; nothing where they name none
/// that belongs to somebody.
pub(super) fn kind_of(door: &Door) -> Option<&'static str> {
    const KINDS: &[(&str, &str)] = &[
        ("/duos/{duo}/meetings/{meeting}", "meeting"),
        ("/duos/{duo}/notebook/{note}", "note"),
        ("/duos/{duo}", "duo"),
        ("/desk/duos/{duo}", "duo"),
        ("/cohorts/{cohort}/applications/{id}", "application"),
        ("/cohorts/{cohort}/review/decisions/{id}", "decision"),
        ("/cohorts/{cohort}/matching/proposals/{proposal}", "proposal"),
        ("/cohorts/{cohort}/matching/requests/{id}", "request"),
        ("/cohorts/{cohort}/matching/runs/{run}", "run"),
        ("/cohorts/{cohort}/matching/imports/{import}", "pair import"),
        ("/cohorts/{cohort}", "cohort"),
        ("/applications/{id}", "application"),
        ("/requests/{id}", "request"),
        ("/proposals/{id}", "proposal"),
        ("/mentors/{person}", "profile"),
        ("/check-ins/{checkin}", "checkin"),
        ("/tasks/{task}", "task"),
        ("/events/{event}", "event"),
        ("/surveys/{survey}", "survey"),
        ("/reports/{report}", "report"),
        ("/results/surveys/{survey}", "survey"),
        ("/results/reports/{report}", "report"),
        ("/certificates/{certificate}", "certificate"),
        ("/roster/imports/{id}", "import"),
        ("/committee/members/{id}", "member"),
        ("/me/letters/{letter}", "letter"),
        ("/accounts/{id}", "account"),
        ("/me/sign-ins/{id}", "sign-in"),
        ("/openings/{opening}", "opening"),
        ("/conflicts/{conflict}", "conflict"),
        ("/concerns/{concern}", "concern"),
        ("/files/{file}", "file"),
    ];
    if door.path.contains("{token}") {
        return Some("link");
    }
    KINDS.iter().find(|(path, _)| door.path.starts_with(path)).map(|(_, kind)| *kind)
}

/// What stands in a blank that names nobody's record.
pub(super) fn constant(door: &Door, name: &str) -> &'static str {
    match name {
        "name" if door.path.starts_with("/guides") => "01",
        "name" => "place_taken",
        // The interim report of the year was submitted already.
        "kind" => "final",
        "role" => "mentee",
        "lesson" => "1",
        "form" | "section" => "check_in",
        "question" => "P4",
        "part" => "summary",
        "slug" => "benefits",
        "token" => "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        _ => "0192f0a0a0a07000800000000000dead",
    }
}

/// A cohort before this one, with a duo of its own.
pub(super) fn another_cohort(house: &House) -> Id {
    house.write(|tx| {
        let new = program::cohorts::NewCohort {
            name: "2025–26",
            annual_meeting: date(2025, 6, 28),
            midwinter: None,
            // Not over yet: a house that works by itself closes what is.
            next_annual_meeting: Some(date(2027, 6, 26)),
            places: 5,
            begun_from: None,
        };
        let cohort = program::cohorts::add(tx, &new, None)?;
        program::cohorts::open(tx, cohort, None)?;
        let mut people = Vec::new();
        for (name, role) in [("mentor of P", Role::Mentor), ("mentee of P", Role::Mentee)] {
            let person = identity::add(tx, name, &format!("{}@persona.example", name.replace(' ', "-")), None)?;
            memberships::enrol(tx, person, Some(cohort), role)?;
            people.push(person);
        }
        Ok(cohort)
    })
}

/// Those who took part in the other cohort.
pub(super) fn people_elsewhere(house: &House, there: Id) -> Vec<(&'static str, Id)> {
    let of = |role: Role| house.read(move |tx| memberships::in_cohort(tx, role, there));
    vec![("mentor of another cohort", of(Role::Mentor)[0]), ("mentee of another cohort", of(Role::Mentee)[0])]
}

pub(super) fn all(house: &House) -> Vec<Record> {
    let mut records = Vec::new();
    for (id, name) in rows::<(Id, String)>(house, "select id, name from cohorts order by id") {
        let reviewers = rows::<(Id, Id)>(house, "select cohort, reviewer from plan_reviews").into_iter();
        let reviewers: Vec<String> = reviewers.filter(|it| it.0 == id).map(|it| it.1.to_string()).collect();
        // The year shows its mentees to each other; the cohort before it never decided to.
        let cards = rows::<Id>(house, "select cohort from choosing_terms where cards").contains(&id);
        let so = json!({"cohort": id.to_string(), "reviewers": reviewers, "cards": cards});
        records.push(record("cohort", name, vec![("cohort", id)], so));
    }
    records.extend(duos(house));
    records.extend(of_people(house));
    records.extend(of_cohorts(house));
    // What was deleted, and what belongs to another program's house: ids that are not here.
    let kinds: std::collections::BTreeSet<&str> = records.iter().map(|it| it.kind).collect();
    let gone = Id::parse("0192f0a0a0a07000800000000000dead").unwrap();
    for kind in kinds.into_iter().chain(["certificate"]) {
        let blanks = [
            "duo",
            "meeting",
            "note",
            "cohort",
            "id",
            "proposal",
            "run",
            "import",
            "person",
            "checkin",
            "task",
            "event",
            "survey",
            "report",
            "certificate",
            "letter",
            "conflict",
            "concern",
        ];
        let values = blanks.into_iter().map(|name| (name, gone)).collect();
        records.push(record(kind, "what is gone".to_owned(), values, json!({"gone": true})));
    }
    records
}

fn duos(house: &House) -> Vec<Record> {
    let mut records = Vec::new();
    let openings: Vec<(Id, Id, Option<Id>, Option<Timestamp>)> =
        rows(house, "select duo, asked_by, confirmed_by, confirmed_at from openings");
    let mut conflicts_about = std::collections::BTreeMap::new();
    let declared: Vec<(Id, Id)> = rows(house, ASIDE);
    for cohort in rows::<Id>(house, "select id from cohorts order by id") {
        for duo in house.read(move |tx| duos::in_cohort(tx, cohort)) {
            let opened =
                openings.iter().filter(|it| it.0 == duo.id && it.3 > Some(house.now() - SignedDuration::from_hours(1)));
            let opened = opened.flat_map(|it| [Some(it.1), it.2]).flatten().map(|it| it.to_string());
            let aside: Vec<String> = declared.iter().filter(|it| duo.is_of(it.1)).map(|it| it.0.to_string()).collect();
            conflicts_about.insert(duo.id, aside.clone());
            let so = json!({
                "cohort": cohort.to_string(),
                "conflicts": aside,
                "duo": [duo.mentor.to_string(), duo.mentee.to_string()],
                "liaison": liaison_of(house, duo.id).to_string(),
                "active": duo.is_active(),
                "opened_to": opened.collect::<Vec<_>>(),
            });
            let name = format!("duo {}", duo.number);
            records.extend(inside(house, duo.id, &name, &so));
            records.push(record("duo", name, vec![("duo", duo.id)], so));
        }
    }
    let open = "select id, cohort, person, duo from tasks where done_at is null order by id limit 4";
    for (id, cohort, person, duo) in rows::<(Id, Id, Option<Id>, Option<Id>)>(house, open) {
        let aside = duo.and_then(|it| conflicts_about.get(&it).cloned()).unwrap_or_default();
        let so = json!({"cohort": cohort.to_string(), "liaison": person.map(|it| it.to_string()), "conflicts": aside});
        // What is for one liaison is nobody else's to do.
        let so = if person.is_some() { with(&so, json!({"only": ["liaison"]})) } else { so };
        records.push(record("task", "a task".to_owned(), vec![("task", id)], so));
    }
    records
}

/// A meeting of a duo, notes and check-ins.
fn inside(house: &House, duo: Id, name: &str, so: &Value) -> Vec<Record> {
    let mut records = Vec::new();
    let of_duo = |sql: &'static str| rows::<(Id, Id, Id)>(house, sql).into_iter().filter(move |it| it.1 == duo);
    for (id, _, _) in of_duo("select id, duo, logged_by from meetings order by day, id").take(1) {
        let values = vec![("duo", duo), ("meeting", id)];
        records.push(record("meeting", format!("a meeting of {name}"), values, so.clone()));
    }
    for (id, _, author) in of_duo("select id, duo, author from duo_notes where kind = 'shared' order by id").take(1) {
        let so = with(so, json!({"author": author.to_string()}));
        records.push(record("note", format!("a shared note of {name}"), vec![("duo", duo), ("note", id)], so));
    }
    for (id, _, author) in of_duo("select id, duo, author from duo_notes where kind = 'private' order by id").take(1) {
        let so = with(so, json!({"people": [author.to_string()], "is": "private_note"}));
        records.push(record("note", format!("a private note in {name}"), vec![("duo", duo), ("note", id)], so));
    }
    for (id, _, person) in of_duo("select id, duo, person from checkins order by round, id").take(2) {
        let so = with(so, json!({"people": [person.to_string()]}));
        records.push(record("checkin", format!("a check-in of {name}"), vec![("checkin", id)], so));
    }
    records
}

/// Who steps aside from whom: because they said so, or because both work for one employer.
const ASIDE: &str = "select member, person from conflicts where ended_at is null union all select a.account, b.account from people a join people b on b.employer_key = a.employer_key and b.account <> a.account where a.employer_key <> ''";

/// Records of one or two people each.
fn of_people(house: &House) -> Vec<Record> {
    let mut records = Vec::new();
    let declared: Vec<(Id, Id)> = rows(house, ASIDE);
    let aside_from = |person: Id| declared.iter().filter(move |it| it.1 == person).map(|it| it.0.to_string());
    let conflicts = |person: Id| aside_from(person).chain([person.to_string()]).collect::<Vec<_>>();
    let sealed: Vec<Id> = rows(house, "select about from form_answers where sealed is not null");
    let submitted = "select id, cohort, person from applications where submitted_at is not null order by id";
    for (place, (id, cohort, person)) in rows::<(Id, Id, Id)>(house, submitted).into_iter().enumerate() {
        let so = json!({
            "cohort": cohort.to_string(),
            "people": [person.to_string()],
            "conflicts": conflicts(person),
            "is_submitted": true,
            "sealed": sealed.contains(&id),
        });
        let one = record("application", "an application".to_owned(), vec![("cohort", cohort), ("id", id)], so);
        // The first of them are knocked at from all sides; all of them, where a list leads to them.
        records.push(if place < 7 { one } else { one.at("/cohorts/{cohort}/applications/{id}") });
    }
    let mut of_two = |kind: &'static str, blank: &'static str, sql: &'static str| {
        for (id, cohort, mentee, mentor) in rows::<(Id, Id, Id, Id)>(house, sql) {
            let aside = declared.iter().filter(|it| [mentee, mentor].contains(&it.1));
            let so = json!({
                "cohort": cohort.to_string(),
                "people": [mentee.to_string(), mentor.to_string()],
                // Nobody of the committee decides about their own pair.
                "conflicts": aside.map(|it| it.0).chain([mentee, mentor]).map(|it| it.to_string()).collect::<Vec<_>>(),
                "sender": mentee.to_string(),
                "receiver": mentor.to_string(),
            });
            records.push(record(kind, format!("a {kind}"), vec![("cohort", cohort), (blank, id), ("id", id)], so));
        }
    };
    of_two("request", "id", "select id, cohort, mentee, mentor from requests order by id limit 4");
    of_two(
        "proposal",
        "proposal",
        "select id, cohort, mentee, mentor from proposals where state <> 'draft' order by id limit 3",
    );
    let profiles = rows::<(Id, Id)>(house, "select cohort, person from profiles order by person");
    for (place, (cohort, person)) in profiles.into_iter().enumerate() {
        let aside: Vec<String> = aside_from(person).collect();
        let so = json!({"cohort": cohort.to_string(), "people": [person.to_string()], "conflicts": aside});
        let one = record("profile", "a mentor's profile".to_owned(), vec![("person", person)], so);
        records.push(if place < 3 { one } else { one.at("/mentors/{person}") });
    }
    for (id, member) in rows::<(Id, Id)>(house, "select id, member from conflicts order by id limit 2") {
        let so = json!({"people": [member.to_string()]});
        records.push(record("conflict", "a conflict that was declared".to_owned(), vec![("conflict", id)], so));
    }
    for (id, account) in
        rows::<(Id, Id)>(house, "select id, account from outbox where account is not null order by id limit 4")
    {
        let so = json!({"people": [account.to_string()]});
        records.push(record("letter", "a letter".to_owned(), vec![("letter", id)], so));
    }
    records
}

/// Records that belong to a cohort or to the program as a whole.
fn of_cohorts(house: &House) -> Vec<Record> {
    let mut records = Vec::new();
    let people_of = |sql: &'static str, about: Id| {
        let all = rows::<(Id, Id)>(house, sql).into_iter().filter(move |it| it.0 == about);
        all.map(|it| it.1.to_string()).collect::<Vec<_>>()
    };
    for (id, cohort, title) in rows::<(Id, Id, String)>(house, "select id, cohort, title from events order by id") {
        let mut invited = people_of("select event, person from invitations", id);
        let taking_part = people_of(
            "select cohort, person from memberships where role in ('mentee', 'mentor') and status = 'confirmed'",
            cohort,
        );
        invited.extend(taking_part);
        records.push(record(
            "event",
            title,
            vec![("event", id)],
            json!({"cohort": cohort.to_string(), "people": invited}),
        ));
    }
    records.extend(published::records(house));
    for (id, cohort) in rows::<(Id, Id)>(house, "select id, cohort from matching_runs order by id limit 2") {
        let so = json!({"cohort": cohort.to_string()});
        records.push(record("run", "a run of the engine".to_owned(), vec![("cohort", cohort), ("run", id)], so));
    }
    for (id, cohort) in rows::<(Id, Id)>(house, "select id, cohort from pair_imports order by id limit 2") {
        let so = json!({"cohort": cohort.to_string()});
        records.push(record("pair import", "pairs of a file".to_owned(), vec![("cohort", cohort), ("import", id)], so));
    }
    for id in rows::<Id>(house, "select mentee from duos order by number limit 1") {
        records.push(record("account", "a mentee's account".to_owned(), vec![("id", id)], json!({})));
    }
    for id in rows::<Id>(house, "select id from roster_imports order by id limit 1") {
        records.push(record("import", "an import".to_owned(), vec![("id", id)], json!({})));
    }
    let serving = "select id from memberships where role in ('council', 'liaison', 'board') and status <> 'ended' and cohort is null order by id limit 2";
    for id in rows::<Id>(house, serving) {
        records.push(record("member", "an appointment".to_owned(), vec![("id", id)], json!({})));
    }
    records
}

pub(super) fn record(kind: &'static str, name: String, values: Vec<(&'static str, Id)>, described: Value) -> Record {
    Record {
        kind,
        name,
        values: values.into_iter().map(|(name, id)| (name, id.to_string())).collect(),
        described,
        at: None,
    }
}

fn with(one: &Value, more: Value) -> Value {
    let mut all = one.as_object().cloned().unwrap_or_default();
    all.extend(more.as_object().cloned().unwrap_or_default());
    Value::Object(all)
}

pub(super) fn rows<T: FromRow + Send + 'static>(house: &House, sql: &'static str) -> Vec<T> {
    house.read(move |tx| Ok(tx.query(&Query::new(sql))?))
}
