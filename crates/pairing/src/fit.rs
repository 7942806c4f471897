//! Each part's fit, as a number. Unknown is in the middle: it must cost nobody a place to have left a question open.

use crate::{
    PartKey,
    known::{Both, KnownMentee, KnownMentor},
    words::Set,
};

/// From nothing (0) to everything (1,000,000).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fit(u32);

impl Fit {
    pub(crate) const NONE: Fit = Fit(0);
    const UNKNOWN: Fit = Fit(500_000);
    /// A listed topic counts less than one named as a strength.
    pub(crate) const LISTED: Fit = Fit(700_000);
    pub(crate) const FULL: Fit = Fit(1_000_000);

    pub(crate) fn millionths(self) -> u32 {
        self.0
    }

    /// `part` of `whole`; more than the whole is the whole.
    fn of(part: u32, whole: u32) -> Fit {
        Fit((u64::from(part.min(whole)) * 1_000_000 / u64::from(whole)) as u32)
    }

    fn mean<const MANY: usize>(fits: [Fit; MANY]) -> Fit {
        Fit(fits.iter().map(|fit| fit.0).sum::<u32>() / MANY as u32)
    }
}

/// From this many free hours a week in common, more make no difference.
const HOURS_ENOUGH: u32 = 4;

pub(crate) fn fit(part: PartKey, mentee: &KnownMentee, mentor: &KnownMentor) -> Fit {
    match part {
        PartKey::Goals => goals(mentee, mentor),
        PartKey::Style => style(&mentee.both, &mentor.both),
        PartKey::Organisation => overlap(&mentee.kinds_wanted, &mentor.kinds_had),
        PartKey::Logistics => Fit::mean([
            overlap(&mentee.both.channels, &mentor.both.channels),
            frequency(&mentee.both, &mentor.both),
            shared_hours(&mentee.both, &mentor.both).map_or(Fit::UNKNOWN, |hours| Fit::of(hours, HOURS_ENOUGH)),
        ]),
        PartKey::Place => place(&mentee.both, &mentor.both),
        PartKey::Rotation => rotation(mentee, mentor),
        PartKey::Given => Fit::UNKNOWN,
    }
}

fn goals(mentee: &KnownMentee, mentor: &KnownMentor) -> Fit {
    let Some(first) = mentee.goals.first() else { return Fit::UNKNOWN };
    if mentor.strong_topics.is_empty() && mentor.topics.is_empty() {
        return Fit::UNKNOWN;
    }
    let all: u64 = mentee.goals.iter().map(|goal| u64::from(topic(*goal, mentor).0)).sum();
    Fit(((all + u64::from(topic(*first, mentor).0)) / (mentee.goals.len() as u64 + 1)) as u32)
}

pub(crate) fn topic(goal: u32, mentor: &KnownMentor) -> Fit {
    if mentor.strong_topics.has(goal) {
        Fit::FULL
    } else if mentor.topics.has(goal) {
        Fit::LISTED
    } else {
        Fit::NONE
    }
}

fn style(mentee: &Both, mentor: &Both) -> Fit {
    let mut sum = 0;
    for (a, b) in mentee.style.iter().zip(&mentor.style) {
        sum += match (a, b) {
            (Some(a), Some(b)) => 4_u32.saturating_sub(u32::from(a.abs_diff(*b))) * (Fit::FULL.0 / 4),
            _ => Fit::UNKNOWN.0,
        };
    }
    Fit(sum / mentee.style.len() as u32)
}

/// One in common is enough: nobody works in three kinds of organisation at once.
fn overlap(wanted: &Set, had: &Set) -> Fit {
    if wanted.is_empty() || had.is_empty() {
        Fit::UNKNOWN
    } else if wanted.meets(had) {
        Fit::FULL
    } else {
        Fit::NONE
    }
}

fn frequency(mentee: &Both, mentor: &Both) -> Fit {
    match (mentee.meetings_a_month, mentor.meetings_a_month) {
        (Some(a), Some(b)) => Fit::of(u32::from(a.min(b)), u32::from(a.max(b))),
        _ => Fit::UNKNOWN,
    }
}

pub(crate) fn shared_hours(mentee: &Both, mentor: &Both) -> Option<u32> {
    let (a, b) = (mentee.week?, mentor.week?);
    Some(a.iter().zip(b).map(|(a, b)| (a & b).count_ones()).sum())
}

fn place(mentee: &Both, mentor: &Both) -> Fit {
    if mentee.events.meets(&mentor.events) {
        return Fit::FULL;
    }
    if mentee.place.is_empty() || mentor.place.is_empty() {
        return Fit::UNKNOWN;
    }
    Fit::of(shared_steps(mentee, mentor) as u32, mentee.place.len().min(mentor.place.len()) as u32)
}

/// How many names of the place are the same, from wide to narrow.
pub(crate) fn shared_steps(mentee: &Both, mentor: &Both) -> usize {
    mentee.place.iter().zip(mentor.place.iter()).take_while(|(a, b)| a == b).count()
}

fn rotation(mentee: &KnownMentee, mentor: &KnownMentor) -> Fit {
    match (mentee.left_out_before, mentor.cohorts_before) {
        (true, _) => Fit::FULL,
        (false, None) => Fit::UNKNOWN,
        (false, Some(before)) => Fit::of(1, 1 + u32::from(before)),
    }
}
