//! What invented people tick, choose and count.

use rand::{Rng, RngExt, rngs::StdRng, seq::IndexedRandom};

use super::{
    people::{Manner, Person, happens},
    scrape::Field,
};

/// The boxes somebody ticks.
pub fn ticked(rng: &mut StdRng, person: &Person, field: &Field) -> Vec<String> {
    let name = field.name.as_str();
    if let [only] = field.options.as_slice() {
        let unlikely = ["anyway", "contact", "k1", "me_access_liaison", "may_contact"].contains(&name);
        let wanted = if unlikely { happens(rng, 2) } else { true };
        return if wanted { vec![only.clone()] } else { Vec::new() };
    }
    let only = |wanted: &[&str]| field.options.iter().filter(|it| wanted.contains(&it.as_str())).cloned().collect();
    match name {
        "me_type" | "mo_type" => only(&[person.kind]),
        "me_type_next" => only(&[person.life.next_kind]),
        "mo_expert" => only(&person.life.topics),
        "me_avail" | "mo_avail" => free_hours(rng, &field.options),
        _ if field.options.iter().any(|it| it == "video") => likely(rng, &field.options, WAYS),
        _ => some(rng, &field.options),
    }
}

/// Ways to meet, with how many in a hundred name them.
const WAYS: &[(&str, u32)] = &[("video", 100), ("phone", 55), ("e-mail", 40), ("in person", 30), ("chat", 15)];

fn likely(rng: &mut StdRng, options: &[String], percent: &[(&str, u32)]) -> Vec<String> {
    let percent = |option: &str| percent.iter().find(|(it, _)| *it == option).map_or(10, |(_, percent)| *percent);
    options.iter().filter(|option| happens(rng, percent(option))).cloned().collect()
}

/// Evenings first, then midday; seldom a weekend.
fn free_hours(rng: &mut StdRng, options: &[String]) -> Vec<String> {
    let percent = |place: usize| match (place / 3, place % 3) {
        (5.., _) => 8,
        (_, 0) => 12,
        (_, 1) => 30,
        _ => 45,
    };
    options.iter().enumerate().filter(|(place, _)| happens(rng, percent(*place))).map(|(_, it)| it.clone()).collect()
}

fn some(rng: &mut StdRng, options: &[String]) -> Vec<String> {
    let count = rng.random_range(1..=3.min(options.len().max(1)));
    let start = rng.random_range(0..options.len().max(1));
    (0..count).filter_map(|place| options.get((start + place * 2) % options.len())).cloned().collect()
}

/// The button somebody chooses.
pub fn chosen(rng: &mut StdRng, person: &Person, field: &Field) -> Option<String> {
    let has = |option: &str| field.options.iter().any(|it| it == option).then(|| option.to_owned());
    if let Some(known) = known(person, &field.name).and_then(has) {
        return Some(known);
    }
    if let Some(place) = field.name.split_once("_style_").and_then(|(_, place)| place.parse::<usize>().ok()) {
        return has(&person.life.style.get(place.checked_sub(1)?)?.to_string());
    }
    let likely = LIKELY.iter().find(|(name, _)| *name == field.name);
    if let Some(wish) = likely.and_then(|(_, wishes)| has(one_of(rng, wishes))) {
        return Some(wish);
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

/// What follows from who somebody is, and from what everyone has read in the lessons.
fn known(person: &Person, name: &str) -> Option<&'static str> {
    Some(match name {
        "me_member" | "mo_member" if person.member => "member",
        "me_member" | "mo_member" => "will join by the orientation",
        "me_joined" if !person.member => "not a member yet",
        "me_joined" if person.is_new => "this year",
        "me_joined" => "last year",
        "me_years" | "mo_years" | "d1" => person.life.years,
        "mo_years_lead" => person.life.years_leading,
        "d2" => ["academic", "public", "school", "special"]
            .into_iter()
            .find(|it| person.kind.starts_with(it))
            .unwrap_or("other"),
        "P1" if person.manner == Manner::Busy => "arranged",
        "P1" => "yes",
        "first" => "mentor",
        "liaison" => "dates",
        "ending" => "tell",
        _ => return None,
    })
}

/// Choices that are not equally likely, with their shares.
type Likely = (&'static str, &'static [(&'static str, u32)]);

const LIKELY: &[Likely] = &[
    ("me_freq", &[("monthly", 65), ("every 2 weeks", 20), ("flexible", 15)]),
    ("mo_freq", &[("monthly", 65), ("every 2 weeks", 10), ("flexible", 25)]),
    ("me_orient", &[("in person", 75), ("I need the online option", 20), ("not yet sure", 5)]),
    ("mo_orient", &[("in person", 75), ("I need the online option", 20), ("not yet sure", 5)]),
    ("me_prev", &[("no", 90), ("yes, as a mentee", 10)]),
    ("mo_exp", &[("never", 25), ("informally", 45), ("in a program", 30)]),
    ("mo_sup", &[("yes", 65), ("not yet", 15), ("it does not apply", 20)]),
    (
        "me_must",
        &[
            ("expertise in my first goal", 45),
            ("similar career path", 20),
            ("working style", 20),
            ("same kind of organisation", 15),
        ],
    ),
    ("who_invites", &[("the mentee", 75), ("in turn", 25)]),
    ("sharing", &[("only that the agreement exists", 60), ("the goals’ titles", 30), ("the whole agreement", 10)]),
    ("m3", &[("right", 75), ("too few", 20), ("too many", 5)]),
    ("x1", &[("yes", 75), ("not sure", 20), ("no", 5)]),
    ("x3", &[("yes", 65), ("after a break", 30), ("no", 5)]),
];

const MEETING: &[(&str, u32)] = &[("video", 70), ("phone", 20), ("in person", 10)];

fn one_of(rng: &mut impl Rng, wishes: &[(&'static str, u32)]) -> &'static str {
    let mut point = rng.random_range(0..wishes.iter().map(|(_, share)| share).sum::<u32>().max(1));
    for (wish, share) in wishes {
        match point.checked_sub(*share) {
            Some(left) => point = left,
            None => return wish,
        }
    }
    ""
}

/// What somebody takes from a list; `place` is how often the same name stood before it.
pub fn selected(rng: &mut StdRng, person: &Person, field: &Field, place: usize) -> Option<String> {
    let has = |option: &str| field.options.iter().any(|it| it == option).then(|| option.to_owned());
    let life = &person.life;
    if let Some(zone) = has(person.zone) {
        return Some(zone);
    }
    if field.name == "mo_expert_strong" {
        return has(life.topics.get(place).copied().unwrap_or_default());
    }
    if let Some(goal) = field.name.strip_prefix("me_goals_").and_then(|rest| rest.strip_suffix("_topic")) {
        let goal = goal.parse::<usize>().ok()?.checked_sub(1).and_then(|place| life.goals.get(place));
        return has(goal.map_or("", |goal| goal.topic));
    }
    // Where a goal stands is said when some months have passed.
    if field.name.ends_with("_level") {
        return Some(String::new());
    }
    if field.name == "way" && has("video").is_some() {
        return has(one_of(rng, MEETING));
    }
    let offered: Vec<&String> = field.options.iter().filter(|it| !it.is_empty()).collect();
    offered.choose(rng).map(|it| (*it).clone())
}

pub fn number(rng: &mut StdRng, name: &str) -> i64 {
    match name {
        "minutes" | "length" => *[30, 45, 60, 60, 75].choose(rng).unwrap_or(&60),
        "every_weeks" => 4,
        "cancel_hours" => *[24, 24, 48].choose(rng).unwrap_or(&24),
        "answer_days" => *[2, 3, 5].choose(rng).unwrap_or(&3),
        "m1" => rng.random_range(3..9),
        "m4" => rng.random_range(1..4),
        _ => rng.random_range(1..6),
    }
}
