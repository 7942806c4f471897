//! Why two people fit, in words.

use crate::{
    Mentee, Mentor, PartKey,
    fit::{Fit, shared_hours, shared_steps, topic},
    known::{KnownMentee, KnownMentor},
    people::{lists, same},
};

/// The same two, made ready for comparing. What can be seen there is not sought in their words, which lie far apart.
type Known<'a> = (&'a KnownMentee, &'a KnownMentor);

/// Under this many free hours a week in common the words warn.
const HOURS_FEW: u32 = 2;

/// Why, in sentences that the two may read as well as those who plan.
pub(crate) fn words(part: PartKey, mentee: &Mentee, mentor: &Mentor, known: Known<'_>) -> Vec<String> {
    match part {
        PartKey::Goals => goal_words(mentee, mentor, known),
        PartKey::Style => style_words(mentee, known),
        PartKey::Organisation if known.0.kinds_wanted.meets(&known.1.kinds_had) => {
            let (ana, li) = (mentee.called(), mentor.called());
            vec![[li, WORKS, ana, AIMING].concat()]
        }
        PartKey::Logistics => logistics_words(mentee, known),
        PartKey::Place => place_words(mentee, mentor, known),
        PartKey::Organisation | PartKey::Rotation | PartKey::Given => Vec::new(),
    }
}

/// What only those who plan should read: it is no reason to give the two themselves.
pub(crate) fn aside(part: PartKey, mentee: &Mentee, mentor: &Mentor, known: Known<'_>) -> Vec<String> {
    match part {
        PartKey::Logistics => logistics_warnings(known),
        PartKey::Rotation if known.0.left_out_before => {
            vec![[mentee.called(), " was left without a mentor before and comes first now."].concat()]
        }
        PartKey::Rotation if known.1.cohorts_before == Some(0) => {
            vec![[mentor.called(), " is a mentor for the first time."].concat()]
        }
        _ => Vec::new(),
    }
}

/// A sentence about two people as one of them is told it, who is called so in it. What no part of
/// a score says stays as it is.
#[must_use]
pub fn told(sentence: &str, reader: &str) -> String {
    for (theirs, yours) in BOTH {
        if let Some(rest) = sentence.strip_prefix(theirs) {
            return [yours, rest].concat();
        }
    }
    let of_reader = |verb: &str| sentence.strip_prefix(reader).and_then(|rest| rest.strip_prefix(verb));
    if let Some(rest) = of_reader(LEARNS) {
        return ["You want to learn ", rest].concat();
    }
    if let Some(rest) = of_reader(WORKS) {
        return ["You work in the kind of organisation ", rest].concat();
    }
    // What the other one does comes first, and the reader at the end.
    let ends = HELPS.iter().filter(|_| sentence.contains(LEARNS));
    for (theirs, yours) in ends.chain([(AIMING, " are aiming at.")].iter().filter(|_| sentence.contains(WORKS))) {
        if let Some(before) = sentence.strip_suffix(theirs).and_then(|rest| rest.strip_suffix(reader)) {
            return [before, "you", yours].concat();
        }
    }
    sentence.to_owned()
}

const WORKS: &str = " works in the kind of organisation ";
const AIMING: &str = " is aiming at.";
const LEARNS: &str = " wants to learn ";
const STRENGTHS: [&str; 2] = [" lists it as a strength.", " lists them as strengths."];
const TOPICS: [&str; 2] = [" can help with it.", " can help with them."];
const HELPS: [(&str, &str); 4] = [
    (STRENGTHS[0], " list it as a strength."),
    (STRENGTHS[1], " list them as strengths."),
    (TOPICS[0], TOPICS[0]),
    (TOPICS[1], TOPICS[1]),
];
const BOTH: [(&str, &str); 5] = [
    ("Both prefer ", "You both prefer "),
    ("Both would meet ", "You would both meet "),
    ("Both are free ", "You are both free "),
    ("Both can meet ", "You can both meet "),
    ("Both live in ", "You both live in "),
];

/// One sentence for the strengths and one for the rest, however many topics they name.
fn goal_words(mentee: &Mentee, mentor: &Mentor, known: Known<'_>) -> Vec<String> {
    let goals = known.0.goals.iter().enumerate();
    // Of one goal that is written twice, the first stands.
    let goals = goals.filter(|(at, goal)| !known.0.goals[..*at].contains(goal));
    let named = |fit: Fit| {
        let goals = goals.clone().filter(|(_, goal)| topic(**goal, known.1) == fit);
        goals.map(|(at, _)| mentee.goals[at].as_str()).collect::<Vec<&str>>()
    };
    let learns = |goals: Vec<&str>, help: [&str; 2]| {
        let them = help[usize::from(goals.len() > 1)];
        let (first, second) = (mentee.called(), mentor.called());
        let learns = [first, LEARNS, &joined(&goals), "; ", second, them].concat();
        (!goals.is_empty()).then_some(learns)
    };
    let strong = learns(named(Fit::FULL), STRENGTHS);
    let listed = learns(named(Fit::LISTED), TOPICS);
    strong.into_iter().chain(listed).collect()
}

/// "a", "a and b", "a, b and c".
fn joined(things: &[&str]) -> String {
    match things.split_last() {
        None => String::new(),
        Some((only, [])) => (*only).to_string(),
        Some((last, rest)) => [&rest.join(", "), " and ", last].concat(),
    }
}

fn style_words(mentee: &Mentee, known: Known<'_>) -> Vec<String> {
    let answers = mentee.style.iter().zip(&known.1.both.style).zip(crate::STYLE_PAIRS);
    let shared: Vec<&str> = answers
        .filter_map(|((a, b), (left, right))| match (a.as_ref()?, b.as_ref()?) {
            (1 | 2, 1 | 2) => Some(left),
            (4 | 5, 4 | 5) => Some(right),
            _ => None,
        })
        .collect();
    if shared.is_empty() { Vec::new() } else { vec![["Both prefer ", &joined(&shared), "."].concat()] }
}

fn logistics_words(mentee: &Mentee, known: Known<'_>) -> Vec<String> {
    let mut channels = mentee.channels.iter().zip(known.0.channels.iter());
    let channel = channels.find(|(_, number)| known.1.both.channels.has(**number)).map(|(channel, _)| {
        let by = if same(channel, "in person") { "" } else { "by " };
        ["Both would meet ", by, channel, "."].concat()
    });
    let hours = shared_hours(&known.0.both, &known.1.both).filter(|hours| *hours >= HOURS_FEW);
    let hours = hours.map(|hours| ["Both are free in the same ", &hours.to_string(), " hours a week."].concat());
    channel.into_iter().chain(hours).collect()
}

/// What the two would have to settle first.
fn logistics_warnings(known: Known<'_>) -> Vec<String> {
    let mut words = Vec::new();
    let (mentee, mentor) = (&known.0.both, &known.1.both);
    let both_named = !mentee.channels.is_empty() && !mentor.channels.is_empty();
    if both_named && !mentee.channels.meets(&mentor.channels) {
        words.push("There is no way to meet that both named; they would agree on one first.".to_string());
    }
    match shared_hours(mentee, mentor) {
        Some(0) => words.push("No free hour of the two is the same yet; they would look for two a week.".to_string()),
        Some(hours) if hours < HOURS_FEW => {
            words.push(format!("Only {hours} free hour a week is the same for both; they would look for one more."));
        }
        _ => {}
    }
    words
}

fn place_words(mentee: &Mentee, mentor: &Mentor, known: Known<'_>) -> Vec<String> {
    let mut words = Vec::new();
    let (one, other) = (&known.0.both, &known.1.both);
    if one.events.meets(&other.events) {
        let shared = mentee.events.iter().find(|event| lists(&mentor.events, event));
        words.extend(shared.map(|event| format!("Both can meet at {event}.")));
    }
    let steps = shared_steps(one, other);
    // The country alone is no nearness worth a sentence.
    if steps > 1 {
        words.push(format!("Both live in {}.", mentee.place[steps - 1]));
    }
    words
}
