//! Everybody walks from link to link, fills in every form with payloads, and comes again to
//! read.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use axum::http::Method;
use platform::{
    doors::{Door, Doors},
    identity,
    ids::Id,
    storage::Query,
};
use policy::Role;
use testing::{Answer, House};

use super::{
    super::bad_input::EXTRA,
    Seen,
    forms::{encoded, faulty, links, shape},
    payloads,
};
use crate::{
    demo::scrape::{self, Field, Form},
    house::doors,
};

/// A person reaches far fewer kinds of pages.
const MOST_PAGES: usize = 300;
/// What ends a sign-in, or is the demo's own.
const LEAVE: &[&str] = &["/sign-out", "/demo", "/theme"];
/// Pages to which nobody is led who has just signed in.
const BEGINNINGS: &[&str] = &["/", "/sign-in/again?next=/me", "/sign-in?next=/me", "/second-factor?next=/me"];
/// How many examples of one shape of address are filled in, and how many are read.
const WRITTEN: usize = 3;
const READ: usize = 1;
/// What ends a part of the year, and is done once everything else is.
const LATE: &[&str] =
    &["/removal", "/ending", "/withdrawal", "/closing", "/end", "/submission", "/hand-over", "/password"];

pub(super) struct Person {
    name: String,
    token: Option<String>,
}

/// A stranger, somebody without any part, two of each role, and those who have a request
/// to answer.
pub(super) fn people_of_every_kind(house: &House) -> Vec<Person> {
    let held: Vec<(Id, String)> = house.read(|tx| {
        let sql = "select distinct person, role from memberships where status = 'confirmed' order by role, person";
        Ok(tx.query(&Query::new(sql))?)
    });
    let mut people = vec![stranger()];
    let mut roles: BTreeMap<&str, usize> = BTreeMap::new();
    for (id, role) in &held {
        let number = roles.entry(role).or_default();
        *number += 1;
        if *number <= 2 {
            people.push(Person { name: format!("{role} {number}"), token: Some(sign_in(house, *id)) });
        }
    }
    let asked: Vec<(Id, Id)> = house.read(|tx| {
        Ok(tx.query(&Query::new(
            "select distinct mentor, mentee from requests where state = 'asked' order by mentor limit 3",
        ))?)
    });
    for (mentor, mentee) in asked {
        people.push(Person { name: "a mentor who is asked".to_owned(), token: Some(sign_in(house, mentor)) });
        people.push(Person { name: "a mentee who waits".to_owned(), token: Some(sign_in(house, mentee)) });
    }
    let (cohort, id) =
        (house.cohort, house.write(|tx| Ok(identity::add(tx, "Nobody Yet", "nobody-yet@example.org", None)?)));
    house.write(move |tx| program::enrol(tx, id, Some(cohort), Role::Alumna));
    people.push(Person { name: "somebody with a part in the past".to_owned(), token: Some(sign_in(house, id)) });
    people
}

pub(super) fn stranger() -> Person {
    Person { name: "a stranger".to_owned(), token: None }
}

fn sign_in(house: &House, id: Id) -> String {
    house.write(move |tx| Ok(identity::sign_in(tx, id, "test", identity::Strength::TwoFactors)?))
}

/// Whether people type into such a control; of the others the house knows what they hold.
pub(super) fn is_text(kind: &str) -> bool {
    matches!(kind, "text" | "textarea" | "search" | "tel" | "url" | "email")
}

/// Whether what they type may be anything: an address and a number of a telephone are
/// judged as such, and no payload is one.
pub(super) fn is_free(kind: &str) -> bool {
    is_text(kind) && !matches!(kind, "tel" | "email")
}

/// Whether a field that a door names, `goal_*`, is the one on a page, `goal_1_title`.
pub(super) fn reaches(named: &str, field: &str) -> bool {
    named.strip_suffix('*').map_or(named == field, |begin| field.starts_with(begin))
}

pub(super) struct Walk<'a> {
    house: &'a House,
    seen: &'a mut Seen,
    doors: Doors,
    payloads: Vec<String>,
    turn: usize,
    /// Where forms have led whom.
    ways: BTreeMap<String, Vec<String>>,
    /// How often a form was sent by somebody, and by all together.
    sent: BTreeMap<(String, String), usize>,
    rounds: BTreeMap<&'static str, usize>,
    /// Where the forms of the page that is looked at have led.
    led: Vec<String>,
}

impl<'a> Walk<'a> {
    pub fn new(house: &'a House, seen: &'a mut Seen) -> Self {
        Self {
            house,
            seen,
            doors: doors(),
            payloads: payloads(),
            turn: 0,
            ways: BTreeMap::new(),
            sent: BTreeMap::new(),
            rounds: BTreeMap::new(),
            led: Vec::new(),
        }
    }

    /// Fills in every form that this person is shown; those that end something, only late.
    pub fn write(&mut self, person: &Person, late: bool) {
        let from: Vec<String> = BEGINNINGS.iter().map(|it| (*it).to_owned()).collect();
        self.pages(person, &from, WRITTEN, |walk, page| {
            for form in scrape::forms(&page.body) {
                walk.fill_in(person, &form, late);
            }
        });
    }

    /// Everything that links in letters open.
    pub fn follow_letters(&mut self) {
        let letters = self.house.letters();
        let links: BTreeSet<String> = letters.iter().flat_map(|it| self.house.links_in(it)).collect();
        let mut many: BTreeMap<String, usize> = BTreeMap::new();
        for link in links {
            let times = many.entry(shape(&link)).or_default();
            *times += 1;
            if *times <= 4 && !link.starts_with("/welcome") {
                self.open(&link);
            }
        }
    }

    /// What a stranger finds who has the link.
    pub fn open(&mut self, link: &str) {
        let page = self.ask(&stranger(), Method::GET, link, None, Vec::new());
        for form in scrape::forms(&page.body) {
            self.sent.clear();
            self.fill_in(&stranger(), &form, false);
        }
    }

    /// Reads every page there is for somebody, and those to which their forms have led.
    pub fn read(&mut self, person: &Person) {
        let mut from = vec!["/".to_owned()];
        from.extend(self.ways.remove(&person.name).unwrap_or_default());
        from.sort();
        from.dedup();
        self.pages(person, &from, READ, |walk, page| {
            walk.seen.read(&format!("{} as {}", page.to, person.name), &page.body);
        });
    }

    /// Visits so many examples of each shape of address, and what is asked for.
    fn pages(&mut self, person: &Person, from: &[String], most: usize, mut look: impl FnMut(&mut Self, &Answer)) {
        let mut waiting: VecDeque<String> = from.iter().cloned().collect();
        let (mut known, mut shapes) = (BTreeSet::new(), BTreeMap::<String, usize>::new());
        let mut is_new = |link: &str| {
            let times = shapes.entry(shape(link)).or_default();
            let is_new = *times < most && known.insert(link.to_owned());
            *times += usize::from(is_new);
            is_new
        };
        let mut visited = 0;
        while let Some(path) = waiting.pop_front() {
            visited += 1;
            assert!(visited < MOST_PAGES * most + from.len(), "{} walks without end, now at {path}", person.name);
            let mut page = self.ask(person, Method::GET, &path, None, Vec::new());
            if page.status == 303 && is_new(&page.to) {
                waiting.push_back(page.to.clone());
            }
            if !page.kind.starts_with("text/html") {
                continue;
            }
            page.to.clone_from(&path);
            look(self, &page);
            for link in links(&page.body)
                .into_iter()
                .chain(self.led.drain(..))
                .filter(|it| !LEAVE.iter().any(|no| it.starts_with(no)))
            {
                if is_new(&link) {
                    waiting.push_back(link);
                }
            }
        }
    }

    fn ask(&self, person: &Person, method: Method, path: &str, kind: Option<&str>, body: Vec<u8>) -> Answer {
        self.house.knock(method, path, person.token.as_deref(), kind, body)
    }

    fn fill_in(&mut self, person: &Person, form: &Form, late: bool) {
        let elsewhere = form.buttons.iter().map(|it| it.action.clone()).filter(|it| !it.is_empty());
        let actions: BTreeSet<String> = elsewhere.chain([form.action.clone()]).collect();
        for action in actions {
            let path = action.split('?').next().unwrap_or_default().to_owned();
            let Some(door) = self.door(&path) else { continue };
            for field in &form.fields {
                self.seen.kinds.entry((door.path, field.name.clone())).or_default().insert(field.kind.clone());
            }
            for button in form.buttons.iter().filter(|it| !it.name.is_empty()) {
                self.seen.kinds.entry((door.path, button.name.clone())).or_default().insert("button".to_owned());
            }
            let is_late = LATE.iter().any(|it| path.ends_with(it));
            if is_late != late || LEAVE.iter().any(|it| path.starts_with(it)) {
                continue;
            }
            let times = self.sent.entry((person.name.clone(), door.path.to_owned())).or_default();
            *times += 1;
            if *times > 3 || !form.fields.iter().any(|it| is_text(&it.kind) || it.kind == "file") {
                continue;
            }
            self.send(person, &door, form, &action);
        }
    }

    fn door(&self, path: &str) -> Option<Door> {
        let fits = |door: &&Door| {
            let (mine, theirs): (Vec<&str>, Vec<&str>) = (door.path.split('/').collect(), path.split('/').collect());
            let pairs = || mine.iter().zip(&theirs);
            door.method == Method::POST
                && mine.len() == theirs.len()
                && pairs().all(|(mine, theirs)| mine.starts_with('{') || mine == theirs)
        };
        let mut found: Vec<&Door> = self.doors.list().iter().filter(fits).collect();
        // A word that stands in the path goes before a blank.
        found.sort_by_key(|door| door.path.matches('{').count());
        found.first().map(|it| (*it).clone())
    }

    /// Sends a form, and where a field is refused, once more with other words in it.
    fn send(&mut self, person: &Person, door: &Door, form: &Form, action: &str) {
        let mut plain: BTreeMap<String, usize> = BTreeMap::new();
        let round = self.rounds.entry(door.path).or_default();
        *round += 1;
        let round = *round;
        if self.seen.tried.insert(door.path) {
            self.adds_a_field(person, form, action);
        }
        for _ in 0..14 {
            let (pairs, odd) = self.filled(form, action, &plain, round);
            let (kind, body) = encoded(form, &pairs);
            let answer = self.ask(person, Method::POST, action, Some(&kind), body);
            assert!(answer.status < 500, "{action} as {}: {} {pairs:?}", person.name, answer.status);
            self.seen.read(&format!("the answer of {action} to {}", person.name), &answer.body);
            let is_taken = answer.status == 200 || (answer.status == 303 && !answer.to.starts_with("/sign-in"));
            if is_taken {
                let to = Some(answer.to.clone()).filter(|it| !it.is_empty());
                self.led.extend(to.clone());
                self.ways.entry(person.name.clone()).or_default().extend(to);
                self.seen.taken.extend(odd.into_iter().map(|name| (door.path, name)));
            }
            let faults = faulty(&answer.body);
            if is_taken || faults.is_empty() || answer.status != 422 {
                return;
            }
            for name in faults {
                *plain.entry(name).or_default() += 1;
            }
        }
    }

    /// V-14: sends the form as it stands with one field that nobody named.
    fn adds_a_field(&mut self, person: &Person, form: &Form, action: &str) {
        let (pairs, _) = self.filled(form, action, &BTreeMap::new(), 1);
        for extra in EXTRA.iter().filter(|extra| !form.fields.iter().any(|it| it.name == **extra)) {
            let pairs: Vec<_> = pairs.iter().cloned().chain([((*extra).to_owned(), "1".to_owned())]).collect();
            let (kind, body) = encoded(form, &pairs);
            let answer = self.ask(person, Method::POST, action, Some(&kind), body);
            let what = format!("{action} with {extra} as {}: {} {}", person.name, answer.status, answer.to);
            let is_carried = self.door(action).is_some_and(|door| door.takes.names(extra));
            assert!(is_carried || matches!(answer.status, 400 | 404 | 409 | 422), "{what}");
            self.seen.strangers += usize::from(answer.status == 400);
        }
    }

    /// What is sent, and which fields hold a payload.
    fn filled(
        &mut self,
        form: &Form,
        action: &str,
        plain: &BTreeMap<String, usize>,
        round: usize,
    ) -> (Vec<(String, String)>, Vec<String>) {
        let (mut pairs, mut odd) = (Vec::new(), Vec::new());
        for field in form.fields.iter().filter(|it| !it.name.is_empty() && it.kind != "file") {
            let tries = plain.get(&field.name).copied().unwrap_or_default();
            if is_text(&field.kind) && field.name != "username" && tries < 4 {
                pairs.push((field.name.clone(), self.payload(field, tries)));
                odd.push(field.name.clone());
            } else {
                pairs.extend(self.answers(field, tries, round).into_iter().map(|it| (field.name.clone(), it)));
            }
        }
        let button =
            form.buttons.iter().find(|it| !it.name.is_empty() && (it.action.is_empty() || it.action == action));
        pairs.extend(button.map(|it| (it.name.clone(), it.value.clone())));
        (pairs, odd)
    }

    /// The next of them; after a refusal a short one, and then one that is a word besides.
    fn payload(&mut self, field: &Field, tries: usize) -> String {
        self.turn += 1;
        match (tries, field.kind == "email") {
            (0, true) => "<img/data-canary/src=x>@example.org".to_owned(),
            (1, true) => "\"<canary-x>\"@example.org".to_owned(),
            (2, true) => format!("canary{}@example.org", self.turn),
            (_, true) => "nobody-yet@example.org".to_owned(),
            (0, _) => self.payloads[self.turn % self.payloads.len()].clone(),
            (1, _) => "Canary <canary-x>".to_owned(),
            (2, _) => "Canary\" onfocus=\"canary()".to_owned(),
            (_, _) => "https://canary.example/\"><canary-x>".to_owned(),
        }
    }

    /// What somebody in a hurry answers where there is nothing to be written.
    fn answers(&self, field: &Field, tries: usize, round: usize) -> Vec<String> {
        let so = |words: &str| vec![words.to_owned()];
        let given: Vec<String> = field.values.iter().filter(|it| !it.is_empty()).cloned().collect();
        match field.kind.as_str() {
            _ if !given.is_empty() && tries == 0 => given,
            // Another each time, so that all ways are gone.
            "radio" if !field.options.is_empty() => {
                vec![field.options[(tries + round) % field.options.len()].clone()]
            }
            "radio" | "select" => {
                field.options.iter().filter(|it| !it.is_empty()).skip(tries).take(1).cloned().collect()
            }
            "checkbox" => field.options.iter().take(1 + tries).cloned().collect(),
            "date" => so(["2027-05-05", "2027-06-20", "2027-12-01", "2026-12-15"][tries % 4]),
            "time" => so(if field.name == "to" { "20:00" } else { "18:00" }),
            "number" => so(["3", "2019", "60", "1"][tries % 4]),
            "hidden" => field.values.clone(),
            "password" => so("seventeen quiet lanterns"),
            "email" => vec![format!("canary{}@example.org", self.turn)],
            "tel" => so("+1 555 0100"),
            "url" => so("https://canary.example/"),
            _ if !given.is_empty() => given,
            _ => so("2019"),
        }
    }
}
