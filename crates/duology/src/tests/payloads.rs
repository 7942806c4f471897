//! Every field of every form holds what would be markup if a page forgot to write it as
//! text, and everybody reads every page. V-05
//!
//! Which fields there are is read from the doors; which of them people type into, from the
//! pages. In a browser, with its own eyes and ears, `e2e/payloads.spec.mjs` does the same.

mod forms;
mod page;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use axum::http::Method;
use jiff::civil::date;
use platform::doors::Door;
use testing::{House, Kind, postgres_or_note};

use self::{
    page::hatched,
    walk::{Walk, people_of_every_kind, reaches},
};
use super::{sealed::world::before_choosing, year::play};
use crate::{demo::Year, house::doors};

/// Shared with the run in a browser.
const PAYLOADS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../e2e/help/payloads.json"));

pub(super) fn payloads() -> Vec<String> {
    serde_json::from_str(PAYLOADS).unwrap()
}

/// A field of a door, by the path of the door.
type Named = (&'static str, String);

/// What is known of the fields when everybody has walked everywhere.
#[derive(Default)]
struct Seen {
    /// By what kinds of controls people answer it.
    kinds: BTreeMap<Named, BTreeSet<String>>,
    /// Where a payload was taken.
    taken: BTreeSet<Named>,
    /// Letters and pages that were read, and those of them that show a payload.
    read: usize,
    shown: usize,
    /// Fields that nobody named, and that were refused as such.
    strangers: usize,
    /// Doors at whose forms that was tried.
    tried: BTreeSet<&'static str>,
    faults: Vec<String>,
}

impl Seen {
    /// Reads what somebody is shown.
    fn read(&mut self, what: &str, html: &str) {
        self.read += 1;
        self.shown += usize::from(html.contains("canary"));
        self.faults.extend(hatched(html).into_iter().map(|it| format!("{what}: {it}")));
    }
}

/// The house on a day of the year, as the demo has played it.
fn house_on(kind: Kind, year: Year) -> House {
    let (app, player, _, database) = play(kind, year);
    House::around(app, player.cohort, doors(), database).unwrap()
}

const CHOICE: &str = "one of a few words that the room knows; it refuses all others";
const SECRET: &str = "a secret, never written into a page";
const MACHINE: &str = "made by a browser or a provider, and judged before anything of it is read";
const CARRIED: &str = "carried along, and judged as a path of the house";
const ELSEWHERE: &str = "nobody of the demo is asked for it; its words are read in the journeys of the room";

/// Fields into which nobody types, or that no form shows on the days we look, each with
/// what keeps a payload out.
const EXCUSED: &[(&str, &[&str], &str)] = &[
    ("/accounts/{id}/closing", &["reason"], ELSEWHERE),
    ("/accounts/{id}/second-factor/end", &["reason"], ELSEWHERE),
    ("/alumni/join/{token}", &["helps"], CHOICE),
    ("/alumni/letter", &["do"], CHOICE),
    ("/applications/{id}/appeal", &["words"], ELSEWHERE),
    ("/applications/{id}/offer", &["answer"], CHOICE),
    ("/applications/{id}/check", &["section"], CHOICE),
    ("/applications/{id}/check", &["seen"], MACHINE),
    ("/cohorts/{cohort}/applications/{id}/decision", &["answer"], CHOICE),
    ("/cohorts/{cohort}/applications/{id}/decision", &["reason"], ELSEWHERE),
    ("/cohorts/{cohort}/opening", &["anyway", "asked"], CHOICE),
    ("/cohorts/{cohort}/matching/letters", &["anyway"], CHOICE),
    ("/cohorts/{cohort}/matching/letters/reviewers", &["reviewer"], CHOICE),
    ("/cohorts/{cohort}/matching/letters/text", &["mentee_version", "mentor_version", "do"], CHOICE),
    ("/cohorts/{cohort}/matching/review", &["about", "verdict"], CHOICE),
    ("/cohorts/{cohort}/matching/move", &["mentee", "mentor", "how", "about"], CHOICE),
    ("/cohorts/{cohort}/matching/review", &["note"], ELSEWHERE),
    ("/cohorts/{cohort}/matching/threshold", &["do"], CHOICE),
    ("/cohorts/{cohort}/matching/threshold", &["reason"], ELSEWHERE),
    ("/cohorts/{cohort}/matching/runs", RUN, "numbers and choices; all else is refused at the field"),
    ("/demo/sign-in", &["person"], CHOICE),
    ("/duos/{duo}/going-on", &["wish"], CHOICE),
    ("/duos/{duo}/wish", &["new_partner"], CHOICE),
    ("/events/{event}/attendance", &["text"], ELSEWHERE),
    ("/events/{event}/make-up", &["read", "first", "liaison", "ending"], CHOICE),
    ("/forms/{form}/questions/{question}", QUESTION, CHOICE),
    ("/forms/{form}/questions/{question}", &["options"], ELSEWHERE),
    ("/forms/{form}/sections/{section}/question", &["only_if", "only_if_answers", "sealed"], CHOICE),
    ("/invitations/{token}", &["answer"], CHOICE),
    ("/me/erase", &["word"], "one word, which is compared and not kept"),
    ("/my-membership", &["answer"], CHOICE),
    ("/my-membership", &["member_number", "note"], ELSEWHERE),
    ("/me/password", &["username"], "stands there for password managers; nobody reads it"),
    ("/nominations/{token}", &["answer"], CHOICE),
    ("/offers/{token}", &["answer"], CHOICE),
    ("/proposals/by-letter/{token}", &["answer"], CHOICE),
    ("/proposals/{id}/answer", &["answer"], CHOICE),
    ("/requests/reply/{token}", &["reply"], ELSEWHERE),
    ("/requests/{id}/reply", &["reply"], ELSEWHERE),
    ("/roster/imports/{id}", &["line-*", "keep_gone", "how"], CHOICE),
    ("/second-factor/app/confirmation", &["code"], SECRET),
    ("/second-factor/app/confirmation", &["next"], CARRIED),
    ("/second-factor/app/removal", &["current"], SECRET),
    ("/second-factor/codes", &["next"], CARRIED),
    ("/second-factor/passkeys", &["name"], "asks for a passkey too, as `e2e/factors.spec.mjs` does"),
    ("/second-factor/passkeys/{id}/name", &["name"], "asks for a passkey too, as `e2e/factors.spec.mjs` does"),
    ("/sign-in/again", &["username", "password", "code"], SECRET),
    ("/sign-in/again", &["step", "answer"], MACHINE),
    ("/sign-in/again", &["to"], CARRIED),
    ("/sign-in/code", &["code"], SECRET),
    ("/sign-in/code", &["next"], CARRIED),
    ("/sign-in/openid/back", &["answer", "state", "issuer"], MACHINE),
    ("/unsubscribe/{token}", &["List-Unsubscribe", "again"], CHOICE),
    ("/welcome/{token}", &["username", "password", "repeated"], SECRET),
    ("/concerns", &["duo"], CHOICE),
    ("/mentors/mine/capacity", &["mentees", "duo"], CHOICE),
    ("/wishes", &["mentor", "what"], CHOICE),
];
const RUN: &[&str] = &[
    "w_goals",
    "w_style",
    "w_organisation",
    "w_logistics",
    "w_place",
    "w_rotation",
    "must",
    "objective",
    "lists",
    "seed",
    "least",
    "mentees_each",
    "lock",
    "lock_mentee",
    "lock_mentor",
];
const QUESTION: &[&str] = &["kind", "required", "max", "readers", "sealed", "only_if", "only_if_answers"];

fn write_and_read(house: &House, seen: &mut Seen) {
    let people = people_of_every_kind(house);
    let mut walk = Walk::new(house, seen);
    walk.follow_letters();
    // Twice, because one person's question is what the next one answers.
    for late in [false, false, true] {
        for person in &people {
            walk.write(person, late);
        }
    }
    house.run_jobs();
    for person in &people {
        walk.read(person);
    }
    for letter in house.letters() {
        let html = if letter.html.is_empty() { &letter.text } else { &letter.html };
        seen.read(&format!("the letter {}", letter.letter), html);
    }
}

/// The first start has a form of its own.
fn set_up(kind: Kind, seen: &mut Seen) {
    let house = House::open_empty(kind, doors(), crate::house::jobs).unwrap();
    let link = house.write(program::setup::link).unwrap();
    let path = link.trim_start_matches("http://duology.test").to_owned();
    let mut walk = Walk::new(&house, seen);
    walk.open(&path);
    walk.read(&walk::stranger());
}

// V-05
#[test]
fn whatever_people_write_into_any_field_is_text_to_everybody() {
    assert!(payloads().len() >= 60);
    let seen = walk_everywhere(
        Kind::Sqlite,
        &[
            Year { seed: 7, duos: 4, annual_meeting: date(2027, 6, 26), until: date(2027, 4, 12) },
            Year { seed: 7, duos: 4, annual_meeting: date(2027, 6, 26), until: date(2027, 5, 14) },
            Year::ending(date(2026, 11, 22), 7, 4),
            Year::ending(date(2027, 6, 20), 7, 4),
        ],
    );
    assert!(seen.faults.is_empty(), "{:#?}", &seen.faults[..seen.faults.len().min(30)]);
    judge(&seen);
    assert!(seen.shown > 300, "only {} of {} pages and letters show a payload", seen.shown, seen.read);
}

/// The same house on another database may read back what it was given otherwise.
// V-05
#[test]
fn whatever_people_write_into_any_field_is_text_to_everybody_on_postgresql() {
    if let Some(kind) = postgres_or_note("whatever_people_write_into_any_field_is_text_to_everybody_on_postgresql") {
        let choosing = Year { seed: 7, duos: 4, annual_meeting: date(2027, 6, 26), until: date(2027, 5, 14) };
        let seen = walk_everywhere(kind, &[choosing, Year::ending(date(2027, 6, 20), 7, 4)]);
        assert!(seen.faults.is_empty(), "{:#?}", &seen.faults[..seen.faults.len().min(30)]);
        assert!(seen.shown > 150, "only {} of {} pages and letters show a payload", seen.shown, seen.read);
    }
}

/// Writes into every field and reads every page: at the set-up, before people choose, and on
/// these days.
fn walk_everywhere(kind: Kind, years: &[Year]) -> Seen {
    let mut seen = Seen::default();
    set_up(kind.clone(), &mut seen);
    let small = House::open(kind.clone(), doors(), crate::house::jobs).unwrap();
    before_choosing(&small);
    write_and_read(&small, &mut seen);
    for year in years {
        write_and_read(&house_on(kind.clone(), *year), &mut seen);
    }
    seen
}

/// Whether each field that a door names is accounted for.
fn judge(seen: &Seen) {
    let doors = doors();
    let mut open = Vec::new();
    let (mut taken, mut chosen) = (0, 0);
    for (door, field) in doors.list().iter().filter(|it| it.method == Method::POST).flat_map(named) {
        let is_it = |it: &&Named| it.0 == door && reaches(&field, &it.1);
        let kinds: BTreeSet<&String> = seen.kinds.iter().filter(|it| is_it(&it.0)).flat_map(|it| it.1).collect();
        if seen.taken.iter().any(|it| is_it(&it)) {
            taken += 1;
        } else if !kinds.is_empty() && !kinds.iter().any(|it| walk::is_free(it)) {
            chosen += 1;
        } else if !EXCUSED.iter().any(|it| it.0 == door && it.1.contains(&field.as_str())) {
            open.push(format!("{door} {field} {kinds:?}"));
        }
    }
    let of_forms =
        seen.taken.iter().filter(|it| !doors.list().iter().any(|door| door.path == it.0 && door.takes.names(&it.1)));
    println!(
        "{taken} fields of doors took a payload, {chosen} are chosen, {} are excused; {} of the committee's forms took one; {} of {} pages and letters show one; {} fields were strangers",
        EXCUSED.iter().map(|it| it.1.len()).sum::<usize>(),
        of_forms.count(),
        seen.shown,
        seen.read,
        seen.strangers
    );
    assert_eq!(open, Vec::<String>::new());
    let is_idle = |door: &'static str, field: &str| seen.taken.contains(&(door, field.to_owned()));
    let idle = EXCUSED.iter().flat_map(|(door, fields, _)| fields.iter().map(move |field| (*door, *field)));
    let idle: Vec<(&str, &str)> = idle.filter(|(door, field)| is_idle(door, field)).collect();
    assert_eq!(idle, [], "fields are excused that took a payload");
    assert!(taken >= 50 && seen.strangers > 1_000, "{taken} fields took one, {} were refused", seen.strangers);
}

/// The fields of a door by themselves.
fn named(door: &Door) -> Vec<(&'static str, String)> {
    let fields = door.takes.fields.iter().filter(|it| !it.ends_with("*+"));
    fields.map(|it| (door.path, it.trim_end_matches('+').to_owned())).collect()
}

#[test]
fn a_payload_that_a_page_forgot_to_write_as_text_is_seen() {
    for payload in payloads().iter().filter(|it| it.contains('<') && it.contains('>')) {
        let page = format!("<!DOCTYPE html><html><body><p class=\"x\">{payload}</p></body></html>");
        let is_a_tag = payload.contains("<canary-x") || payload.contains("data-canary");
        assert!(!is_a_tag || !hatched(&page).is_empty(), "{payload}");
    }
    for page in [
        "<input value=\"x\" onfocus=\"canary(1)\">",
        "<textarea></textarea><canary-x></textarea>",
        "<a href=\" JavaScript:canary(1)\">x</a>",
        "<a href=\"//canary.example\">x</a>",
        "<title></title><script data-canary></script>",
    ] {
        assert!(!hatched(page).is_empty(), "{page}");
    }
    for page in ["<textarea><canary-x></textarea>", "<title><canary-x></title>", "<p>&lt;canary-x&gt;</p>"] {
        assert!(hatched(page).is_empty(), "{page}");
    }
}
