//! Why two people fit, in words.

use crate::{
    Mentee, Mentor, PartKey,
    fit::{Fit, topic},
    known::{KnownMentee, KnownMentor, week},
    people::{lists, same},
};

/// The same two, made ready for comparing.
type Known<'a> = (&'a KnownMentee, &'a KnownMentor);

/// Under this many free hours a week in common the words warn.
const HOURS_FEW: u32 = 2;

/// Why, in sentences that the two may read as well as those who plan.
pub(crate) fn words(part: PartKey, mentee: &Mentee, mentor: &Mentor, known: Known<'_>) -> Vec<String> {
    let (ana, li) = (mentee.called(), mentor.called());
    match part {
        PartKey::Goals => goal_words(mentee, mentor, known),
        PartKey::Style => style_words(mentee, mentor),
        PartKey::Organisation if meet(&mentee.kinds_wanted, &mentor.kinds_had) => {
            vec![format!("{li} works in the kind of organisation {ana} is aiming at.")]
        }
        PartKey::Logistics => logistics_words(mentee, mentor),
        PartKey::Place => place_words(mentee, mentor),
        PartKey::Organisation | PartKey::Rotation | PartKey::Given => Vec::new(),
    }
}

/// What only those who plan should read: it is no reason to give the two themselves.
pub(crate) fn aside(part: PartKey, mentee: &Mentee, mentor: &Mentor) -> Vec<String> {
    let (ana, li) = (mentee.called(), mentor.called());
    match part {
        PartKey::Logistics => logistics_warnings(mentee, mentor),
        PartKey::Rotation if mentee.left_out_before => {
            vec![format!("{ana} was left without a mentor before and comes first now.")]
        }
        PartKey::Rotation if mentor.cohorts_before == Some(0) => vec![format!("{li} is a mentor for the first time.")],
        _ => Vec::new(),
    }
}

/// One sentence for the strengths and one for the rest, however many topics they name.
fn goal_words(mentee: &Mentee, mentor: &Mentor, known: Known<'_>) -> Vec<String> {
    let (ana, li) = (mentee.called(), mentor.called());
    let (mut strong, mut listed): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    for (goal, number) in mentee.goals.iter().zip(&known.0.goals) {
        let list = match topic(*number, known.1) {
            Fit::FULL => &mut strong,
            Fit::NONE => continue,
            _ => &mut listed,
        };
        if !list.iter().any(|it| same(it, goal)) {
            list.push(goal);
        }
    }
    let mut words = Vec::new();
    if !strong.is_empty() {
        let them = if strong.len() == 1 { "it as a strength" } else { "them as strengths" };
        words.push(format!("{ana} wants to learn {}; {li} lists {them}.", joined(&strong)));
    }
    if !listed.is_empty() {
        let them = if listed.len() == 1 { "it" } else { "them" };
        words.push(format!("{ana} wants to learn {}; {li} can help with {them}.", joined(&listed)));
    }
    words
}

/// "a", "a and b", "a, b and c".
fn joined(things: &[&str]) -> String {
    match things.split_last() {
        None => String::new(),
        Some((only, [])) => (*only).to_string(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

fn style_words(mentee: &Mentee, mentor: &Mentor) -> Vec<String> {
    let answers = mentee.style.iter().zip(&mentor.style).zip(crate::STYLE_PAIRS);
    let shared: Vec<&str> = answers
        .filter_map(|((a, b), (left, right))| match (a.as_ref()?, b.as_ref()?) {
            (1 | 2, 1 | 2) => Some(left),
            (4 | 5, 4 | 5) => Some(right),
            _ => None,
        })
        .collect();
    if shared.is_empty() { Vec::new() } else { vec![format!("Both prefer {}.", joined(&shared))] }
}

fn meet(wanted: &[String], had: &[String]) -> bool {
    wanted.iter().any(|entry| lists(had, entry))
}

fn shared_hours(mentee: &Mentee, mentor: &Mentor) -> Option<u32> {
    let (a, b) = (week(&mentee.hours)?, week(&mentor.hours)?);
    Some(a.iter().zip(b).map(|(a, b)| (a & b).count_ones()).sum())
}

fn logistics_words(mentee: &Mentee, mentor: &Mentor) -> Vec<String> {
    let mut words = Vec::new();
    if let Some(channel) = mentee.channels.iter().find(|channel| lists(&mentor.channels, channel)) {
        let by = if same(channel, "in person") { "" } else { "by " };
        words.push(format!("Both would meet {by}{channel}."));
    }
    if let Some(hours @ HOURS_FEW..) = shared_hours(mentee, mentor) {
        words.push(format!("Both are free in the same {hours} hours a week."));
    }
    words
}

/// What the two would have to settle first.
fn logistics_warnings(mentee: &Mentee, mentor: &Mentor) -> Vec<String> {
    let mut words = Vec::new();
    let both_named = !mentee.channels.is_empty() && !mentor.channels.is_empty();
    if both_named && !meet(&mentee.channels, &mentor.channels) {
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

fn place_words(mentee: &Mentee, mentor: &Mentor) -> Vec<String> {
    let mut words = Vec::new();
    if let Some(event) = mentee.events.iter().find(|event| lists(&mentor.events, event)) {
        words.push(format!("Both can meet at {event}."));
    }
    let steps = mentee.place.iter().zip(&mentor.place).take_while(|(a, b)| same(a, b)).count();
    // The country alone is no nearness worth a sentence.
    if steps > 1 {
        words.push(format!("Both live in {}.", mentee.place[steps - 1]));
    }
    words
}
