//! What invented people write into fields. Text by what the field asks, choices by what
//! the page offers.

use jiff::civil::Date;
use rand::{RngExt, rngs::StdRng, seq::IndexedRandom};

use super::{
    people::{Manner, Part, Person, happens},
    scrape::Field,
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
        "date" => Some(vec![today.to_string()]),
        "number" => Some(vec![number(rng, name).to_string()]),
        _ if !field.values.iter().all(String::is_empty) => None,
        _ => Some(vec![text(rng, person, name)]),
    }
}

fn ticks(rng: &mut StdRng, person: &Person, field: &Field) -> Vec<String> {
    let name = field.name.as_str();
    if let [only] = field.options.as_slice() {
        let unlikely = ["anyway", "contact", "k1", "me_access_liaison", "may_contact"].contains(&name);
        let wanted = if unlikely { happens(rng, 6) } else { true };
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
    let topic = person.topics.first().copied().unwrap_or("career planning");
    let second = person.topics.get(1).copied().unwrap_or("projects");
    match name {
        "name" | "me_name" | "mo_name" | "no_who" => person.name.clone(),
        "email" | "me_email" | "mo_email" | "no_who_email" => person.email.clone(),
        "me_role" | "mo_role" | "role" => person.role.clone(),
        "me_employer" | "mo_employer" | "employer" => person.employer.clone(),
        "me_city" | "mo_city" | "city" => person.city.to_owned(),
        "me_memno" | "mo_memno" | "member_number" => person.number.clone(),
        "me_phone" | "mo_phone" | "phone" | "me_pron" | "mo_pron" | "pronouns" => String::new(),
        name if name == "mo_employer_shown"
            || name.ends_with("_cv")
            || name.ends_with("_photo")
            || name.contains("boss")
            || name.contains("_not")
            || name.contains("aff")
            || name.contains("other") =>
        {
            String::new()
        }
        name if name.contains("goal") || name == "title" => goal(rng),
        "me_why" => format!(
            "I have been a {} for some years and feel at a turn in the road. I would like to think aloud about {topic} with somebody who has been there, and to learn how others grew into it.",
            person.role
        ),
        "me_lead" => {
            "For me leading means making it easier for others to do good work, in my library and in the association."
                .to_owned()
        }
        "me_offer" => format!("Curiosity, a fresh view on {second}, and honest questions."),
        "me_bio" => format!(
            "{} at {}. I came to libraries by a detour and stayed for the people. Outside work I garden, badly, and read maps.",
            person.role, person.employer
        ),
        "mo_orgexp" => {
            format!("Two committees, one task force on {topic}, and a term as section secretary. I know whom to ask.")
        }
        "mo_path" => format!(
            "I began at the desk, moved to {second}, lost a job when a branch closed, and came back as {}. The year without a title taught me most.",
            person.role
        ),
        "mo_can" => format!("Time to think, straight feedback on {topic}, and introductions where they help."),
        "mo_cannot" => {
            "I am not the right person for questions of promotion at research universities abroad.".to_owned()
        }
        "mo_learn" => "How people at the start of their careers see our profession now.".to_owned(),
        "mo_value" => "Patience".to_owned(),
        "mo_value_2" => "Plain words".to_owned(),
        name if name.contains("note") || name == "words" || name == "body" => {
            NOTES.choose(rng).copied().unwrap_or("A good talk.").replace("{topic}", topic)
        }
        "P4" => {
            if happens(rng, 20) {
                "All well. We meet on video.".to_owned()
            } else {
                String::new()
            }
        }
        name if name.starts_with('t') && name.len() == 2 => REMARKS.choose(rng).copied().unwrap_or_default().to_owned(),
        "purpose" => format!("To take the next step in {topic} with open eyes."),
        _ if person.part == Part::Mentor => "We take it as it comes, and say early when it does not fit.".to_owned(),
        _ => "Before each meeting I send two points, and afterwards one line on what I will do.".to_owned(),
    }
}

const GOALS: &[&str] = &[
    "Lead a small project from idea to report",
    "Prepare for a first supervisory role",
    "Speak at a state conference",
    "Write a budget request that is understood",
    "Find my way in the association and join a committee",
    "Hold difficult conversations earlier",
    "Decide between two career paths",
    "Publish a short article about our work",
    "Build a network outside my own library",
];

const NOTES: &[&str] = &[
    "Your path into {topic} looks like the one I hope to take. Would you have time for me this year?",
    "I liked what you wrote about the year without a title. I would like to learn from how you got through it.",
    "Next time: bring the draft of the proposal and the one question that keeps me awake.",
    "Three people to talk to before March. Ask for twenty minutes, not an hour.",
];

const REMARKS: &[&str] = &[
    "The regular dates helped most.",
    "More time at the orientation to talk in pairs.",
    "My mentor asks better questions than I do.",
    "The topic letters came at the right moment.",
    "A list of good first questions would have helped.",
    "I would start with the goals earlier.",
    "Knowing that it stays between us.",
    "",
];

fn goal(rng: &mut StdRng) -> String {
    GOALS.choose(rng).copied().unwrap_or("Lead a small project").to_owned()
}
