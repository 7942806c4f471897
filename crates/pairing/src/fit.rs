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
        PartKey::Rotation if mentee.left_out_before => {
            vec![format!("{ana} was left without a mentor before and comes first now.")]
        }
        PartKey::Rotation if mentor.cohorts_before == Some(0) => vec![format!("{li} is a mentor for the first time.")],
        PartKey::Organisation | PartKey::Rotation | PartKey::Given => Vec::new(),
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

fn goal_words(mentee: &Mentee, mentor: &Mentor) -> Vec<String> {
    let (ana, li) = (mentee.called(), mentor.called());
    let sentence = |goal: &String| match topic(goal, mentor) {
        Fit::FULL => Some(format!("{ana} wants to learn {goal}; {li} lists it as a strength.")),
        LISTED => Some(format!("{ana} wants to learn {goal}; {li} can help with it.")),
        _ => None,
    };
    mentee.goals.iter().filter_map(sentence).collect()
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
    match shared.split_last() {
        None => Vec::new(),
        Some((only, [])) => vec![format!("You both prefer {only}.")],
        Some((last, rest)) => vec![format!("You both prefer {} and {last}.", rest.join(", "))],
    }
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
        words.push(format!("You would both meet by {channel}."));
    } else if overlap(&mentee.channels, &mentor.channels) == Fit::NONE {
        words.push("You named no way to meet in common; agree on one first.".to_string());
    }
    match shared_hours(mentee, mentor) {
        None => {}
        Some(0) => words.push("Your free hours do not meet yet; look for two a week.".to_string()),
        Some(hours) if hours < HOURS_FEW => {
            words.push(format!("You share only {hours} free hour a week; look for one more."));
        }
        Some(hours) => words.push(format!("You share {hours} free hours a week.")),
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
        words.push(format!("You both live in {}.", mentee.place[steps - 1]));
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
