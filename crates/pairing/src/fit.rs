//! Each part's fit, as a number and in words. Unknown is in the middle: it must cost nobody a place to have left a
//! question open.

use crate::{
    Mentee, Mentor, PartKey,
    people::{HOURS_IN_A_WEEK, STYLE_PAIRS, lists, same},
};

/// From nothing (0) to everything (1,000,000).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fit(u32);

impl Fit {
    const NONE: Fit = Fit(0);
    const UNKNOWN: Fit = Fit(500_000);
    const FULL: Fit = Fit(1_000_000);

    pub(crate) fn millionths(self) -> u32 {
        self.0
    }

    /// `part` of `whole`; more than the whole is the whole.
    fn of(part: u32, whole: u32) -> Fit {
        Fit((u64::from(part.min(whole)) * 1_000_000 / u64::from(whole)) as u32)
    }

    fn mean(fits: &[Fit]) -> Fit {
        Fit(fits.iter().map(|fit| fit.0).sum::<u32>() / fits.len() as u32)
    }
}

/// A listed topic counts less than one named as a strength.
const LISTED: Fit = Fit(700_000);
/// From this many free hours a week in common, more make no difference.
const HOURS_ENOUGH: u32 = 4;
/// Under this many the words warn.
const HOURS_FEW: u32 = 2;

pub(crate) fn fit(part: PartKey, mentee: &Mentee, mentor: &Mentor) -> Fit {
    match part {
        PartKey::Goals => goals(mentee, mentor),
        PartKey::Style => style(mentee, mentor),
        PartKey::Organisation => overlap(&mentee.kinds_wanted, &mentor.kinds_had),
        PartKey::Logistics => Fit::mean(&[
            overlap(&mentee.channels, &mentor.channels),
            frequency(mentee, mentor),
            shared_hours(mentee, mentor).map_or(Fit::UNKNOWN, |hours| Fit::of(hours, HOURS_ENOUGH)),
        ]),
        PartKey::Place => place(mentee, mentor),
        PartKey::Rotation => rotation(mentee, mentor),
        PartKey::Given => Fit::UNKNOWN,
    }
}

/// Why, in sentences that the two may read as well as those who plan.
pub(crate) fn words(part: PartKey, mentee: &Mentee, mentor: &Mentor) -> Vec<String> {
    let (ana, li) = (mentee.called(), mentor.called());
    match part {
        PartKey::Goals => goal_words(mentee, mentor),
        PartKey::Style => style_words(mentee, mentor),
        PartKey::Organisation if overlap(&mentee.kinds_wanted, &mentor.kinds_had) == Fit::FULL => {
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

fn goals(mentee: &Mentee, mentor: &Mentor) -> Fit {
    if mentee.goals.is_empty() || (mentor.strong_topics.is_empty() && mentor.topics.is_empty()) {
        return Fit::UNKNOWN;
    }
    let mut fits = vec![topic(&mentee.goals[0], mentor)];
    fits.extend(mentee.goals.iter().map(|goal| topic(goal, mentor)));
    Fit::mean(&fits)
}

fn topic(goal: &str, mentor: &Mentor) -> Fit {
    if lists(&mentor.strong_topics, goal) {
        Fit::FULL
    } else if lists(&mentor.topics, goal) {
        LISTED
    } else {
        Fit::NONE
    }
}

/// One sentence for the strengths and one for the rest, however many topics they name.
fn goal_words(mentee: &Mentee, mentor: &Mentor) -> Vec<String> {
    let (ana, li) = (mentee.called(), mentor.called());
    let shared = |wanted: Fit| {
        let mut goals: Vec<&str> = Vec::new();
        for goal in mentee.goals.iter().filter(|goal| topic(goal, mentor) == wanted) {
            if !goals.iter().any(|it| same(it, goal)) {
                goals.push(goal);
            }
        }
        goals
    };
    let (strong, listed) = (shared(Fit::FULL), shared(LISTED));
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

fn style(mentee: &Mentee, mentor: &Mentor) -> Fit {
    let pair = |(a, b): (&Option<u8>, &Option<u8>)| match (a, b) {
        (Some(a), Some(b)) => Fit::of(4_u32.saturating_sub(u32::from(a.abs_diff(*b))), 4),
        _ => Fit::UNKNOWN,
    };
    Fit::mean(&mentee.style.iter().zip(&mentor.style).map(pair).collect::<Vec<_>>())
}

fn style_words(mentee: &Mentee, mentor: &Mentor) -> Vec<String> {
    let answers = mentee.style.iter().zip(&mentor.style).zip(STYLE_PAIRS);
    let shared: Vec<&str> = answers
        .filter_map(|((a, b), (left, right))| match (a.as_ref()?, b.as_ref()?) {
            (1 | 2, 1 | 2) => Some(left),
            (4 | 5, 4 | 5) => Some(right),
            _ => None,
        })
        .collect();
    if shared.is_empty() { Vec::new() } else { vec![format!("Both prefer {}.", joined(&shared))] }
}

/// One in common is enough: nobody works in three kinds of organisation at once.
fn overlap(wanted: &[String], had: &[String]) -> Fit {
    if wanted.is_empty() || had.is_empty() {
        Fit::UNKNOWN
    } else if wanted.iter().any(|entry| lists(had, entry)) {
        Fit::FULL
    } else {
        Fit::NONE
    }
}

fn frequency(mentee: &Mentee, mentor: &Mentor) -> Fit {
    match (mentee.meetings_a_month, mentor.meetings_a_month) {
        (Some(a), Some(b)) => Fit::of(u32::from(a.min(b)), u32::from(a.max(b))),
        _ => Fit::UNKNOWN,
    }
}

fn shared_hours(mentee: &Mentee, mentor: &Mentor) -> Option<u32> {
    if mentee.hours.is_empty() || mentor.hours.is_empty() {
        return None;
    }
    let (a, b) = (week(&mentee.hours), week(&mentor.hours));
    Some(a.iter().zip(b).map(|(a, b)| (a & b).count_ones()).sum())
}

/// The week as bits, one an hour, so that comparing two people costs three operations.
fn week(hours: &[u8]) -> [u64; 3] {
    let mut bits = [0; 3];
    for hour in hours.iter().filter(|hour| **hour < HOURS_IN_A_WEEK) {
        bits[usize::from(hour / 64)] |= 1 << (hour % 64);
    }
    bits
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
    if overlap(&mentee.channels, &mentor.channels) == Fit::NONE {
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

fn place(mentee: &Mentee, mentor: &Mentor) -> Fit {
    if shared_event(mentee, mentor).is_some() {
        return Fit::FULL;
    }
    if mentee.place.is_empty() || mentor.place.is_empty() {
        return Fit::UNKNOWN;
    }
    Fit::of(shared_steps(mentee, mentor), mentee.place.len().min(mentor.place.len()) as u32)
}

/// How far down from the country both live in the same place.
fn shared_steps(mentee: &Mentee, mentor: &Mentor) -> u32 {
    mentee.place.iter().zip(&mentor.place).take_while(|(a, b)| same(a, b)).count() as u32
}

fn shared_event<'a>(mentee: &'a Mentee, mentor: &Mentor) -> Option<&'a String> {
    mentee.events.iter().find(|event| lists(&mentor.events, event))
}

fn place_words(mentee: &Mentee, mentor: &Mentor) -> Vec<String> {
    let mut words = Vec::new();
    if let Some(event) = shared_event(mentee, mentor) {
        words.push(format!("Both can meet at {event}."));
    }
    let steps = shared_steps(mentee, mentor) as usize;
    // The country alone is no nearness worth a sentence.
    if steps > 1 {
        words.push(format!("Both live in {}.", mentee.place[steps - 1]));
    }
    words
}

fn rotation(mentee: &Mentee, mentor: &Mentor) -> Fit {
    match (mentee.left_out_before, mentor.cohorts_before) {
        (true, _) => Fit::FULL,
        (false, None) => Fit::UNKNOWN,
        (false, Some(before)) => Fit::of(1, 1 + u32::from(before)),
    }
}
