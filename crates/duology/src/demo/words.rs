//! What invented people write into fields. Text by what the field asks, choices by what
//! the page offers.

use jiff::civil::Date;
use rand::{RngExt, rngs::StdRng, seq::IndexedRandom};

use super::{
    people::{Manner, Part, Person, happens},
    scrape::Field,
    texts::{GOALS, voices},
};

/// What a person would put into a field on this day; `None` leaves it as it stands.
pub fn fill(rng: &mut StdRng, person: &Person, field: &Field, today: Date) -> Option<Vec<String>> {
    let name = field.name.as_str();
    match field.kind.as_str() {
        "hidden" | "file" | "submit" => None,
        "checkbox" => Some(ticks(rng, person, field)),
        "radio" => Some(vec![chosen(rng, person, field)?]),
        "select" => Some(vec![selected(rng, person, field)?]),
        "password" => Some(vec![person.password()]),
        "date" => Some(vec![day(name, today).to_string()]),
        "number" => Some(vec![number(rng, name).to_string()]),
        _ if !field.values.iter().all(String::is_empty) => None,
        _ => Some(vec![text(rng, person, name)]),
    }
}

fn ticks(rng: &mut StdRng, person: &Person, field: &Field) -> Vec<String> {
    let name = field.name.as_str();
    if let [only] = field.options.as_slice() {
        let unlikely = ["anyway", "contact", "k1", "me_access_liaison", "may_contact"].contains(&name);
        let wanted = if unlikely { happens(rng, 2) } else { true };
        return if wanted { vec![only.clone()] } else { Vec::new() };
    }
    if name.starts_with("mo_type") {
        return field.options.iter().filter(|option| **option == person.kind).cloned().collect();
    }
    if name.starts_with("mo_expert") {
        let most = if name == "mo_expert" { 8 } else { 2 };
        return field
            .options
            .iter()
            .filter(|option| person.topics.contains(&option.as_str()))
            .take(most)
            .cloned()
            .collect();
    }
    let count = rng.random_range(1..=3.min(field.options.len().max(1)));
    let start = rng.random_range(0..field.options.len().max(1));
    (0..count).filter_map(|place| field.options.get((start + place * 2) % field.options.len())).cloned().collect()
}

fn chosen(rng: &mut StdRng, person: &Person, field: &Field) -> Option<String> {
    let has = |option: &str| field.options.iter().any(|it| it == option).then(|| option.to_owned());
    if field.name.ends_with("_member") {
        return if person.member { has("member") } else { has("will join by the orientation") };
    }
    if field.name == "me_joined" {
        return field.options.first().cloned();
    }
    // Whoever makes up a missed orientation has read the lessons.
    if let Some((_, right)) =
        READ_IN_LESSONS.iter().find(|(question, right)| field.name == *question && has(right).is_some())
    {
        return Some((*right).to_owned());
    }
    if field.name == "P1" {
        return if person.manner == Manner::Busy { has("arranged") } else { has("yes") };
    }
    // People are kind to each other in numbers, most of the time.
    let numbers: Vec<&String> = field.options.iter().filter(|it| it.parse::<i64>().is_ok()).collect();
    if numbers.len() >= 4 {
        // Looking back, people began lower than where they stand at the end.
        let most = numbers.len() - usize::from(field.name.ends_with("_before"));
        let down = match rng.random_range(0..10) {
            0..4 => 0,
            4..8 => 1,
            8 => 2,
            _ => 3,
        };
        return numbers.get(most.saturating_sub(1 + down)).map(|it| (*it).clone());
    }
    let offered: Vec<&String> = field.options.iter().filter(|it| !it.is_empty()).collect();
    offered.choose(rng).map(|it| (*it).clone())
}

const READ_IN_LESSONS: &[(&str, &str)] = &[("first", "mentor"), ("liaison", "dates"), ("ending", "tell")];

fn selected(rng: &mut StdRng, person: &Person, field: &Field) -> Option<String> {
    if field.options.iter().any(|option| option == person.zone) {
        return Some(person.zone.to_owned());
    }
    let known = field.options.iter().find(|option| person.topics.contains(&option.as_str()));
    let offered: Vec<&String> = field.options.iter().filter(|it| !it.is_empty()).collect();
    known.filter(|_| happens(rng, 60)).or_else(|| offered.choose(rng).copied()).cloned()
}

fn number(rng: &mut StdRng, name: &str) -> i64 {
    match name {
        "minutes" | "length" => *[30, 45, 60, 60, 75].choose(rng).unwrap_or(&60),
        "every_weeks" => 4,
        "m1" => rng.random_range(3..9),
        "m4" => rng.random_range(1..4),
        _ => rng.random_range(1..6),
    }
}

fn text(rng: &mut StdRng, person: &Person, name: &str) -> String {
    if let Some(fact) = fact(person, name) {
        return fact;
    }
    if name.contains("_scale_") {
        return String::new();
    }
    let is_title = name.ends_with("_title") || name.contains("me_goals") || name == "title";
    if is_title {
        return GOALS.choose(rng).copied().unwrap_or("Lead a small project").to_owned();
    }
    if name == "P4" {
        return if happens(rng, 20) { "All well. We meet on video.".to_owned() } else { String::new() };
    }
    let voice = voices(name).choose(rng).copied().unwrap_or(match person.part {
        Part::Mentor => "We take it as it comes, and say early when it does not fit.",
        _ => "Before each meeting I send two points, and afterwards one line on what I will do.",
    });
    let topic = |place: usize, other: &'static str| person.topics.get(place).copied().unwrap_or(other);
    voice
        .replace("{topic}", topic(0, "career planning"))
        .replace("{second}", topic(1, "projects"))
        .replace("{role}", &person.role)
        .replace("{employer}", &person.employer)
}

/// The day a field asks for: deadlines lie ahead, meetings of an agreement a month apart.
fn day(name: &str, today: Date) -> Date {
    let ahead = match name {
        "date_1" => 14,
        "date_2" => 45,
        "date_3" => 75,
        "halfway" => 150,
        "goal_1_by" => 120,
        "goal_2_by" => 180,
        "goal_3_by" => 240,
        _ if name.ends_with("_by") || name.contains("due") => 150,
        _ => 0,
    };
    program::rules::calendar::add(today, ahead)
}

/// What is a fact about the person; empty where they would leave the field empty.
fn fact(person: &Person, name: &str) -> Option<String> {
    const LEFT_EMPTY: &[&str] =
        &["_shown", "_cv", "_photo", "phone", "_pron", "pronouns", "boss", "_not", "_aff", "other"];
    if LEFT_EMPTY.iter().any(|part| name.contains(part)) && name != "note" {
        return Some(String::new());
    }
    Some(match name {
        "name" | "me_name" | "mo_name" | "no_who" => person.name.clone(),
        "email" | "me_email" | "mo_email" | "no_who_email" => person.email.clone(),
        "me_role" | "mo_role" | "role" => person.role.clone(),
        "me_employer" | "mo_employer" | "employer" => person.employer.clone(),
        "me_city" | "mo_city" | "city" => person.city.to_owned(),
        "me_memno" | "mo_memno" | "member_number" => person.number.clone(),
        _ => return None,
    })
}
