//! What is known of people, made ready for comparing: every word is a number, every week a row of bits. A plan
//! compares millions of pairs, so nothing is read twice.

use crate::{
    Mentee, Mentor, Weights,
    people::{HOURS_IN_A_WEEK, Style, plainly},
    quick::QuickMap,
    score::Shares,
};

/// Words as numbers, each kind by itself, so that most sets fit in 64 bits.
#[derive(Default)]
pub(crate) struct Dictionary<'a> {
    topics: Numbers<'a>,
    kinds: Numbers<'a>,
    channels: Numbers<'a>,
    places: Numbers<'a>,
    events: Numbers<'a>,
    employers: Numbers<'a>,
    domains: Numbers<'a>,
}

pub(crate) struct KnownMentee {
    pub(crate) shares: Shares,
    pub(crate) goals: Vec<u32>,
    pub(crate) kinds_wanted: Set,
    pub(crate) left_out_before: bool,
    pub(crate) both: Both,
}

pub(crate) struct KnownMentor {
    pub(crate) strong_topics: Set,
    pub(crate) topics: Set,
    pub(crate) kinds_had: Set,
    pub(crate) cohorts_before: Option<u8>,
    pub(crate) both: Both,
}

/// What both sides tell.
pub(crate) struct Both {
    pub(crate) style: Style,
    pub(crate) channels: Set,
    pub(crate) meetings_a_month: Option<u8>,
    /// The week as bits, one an hour; none where nothing is known.
    pub(crate) week: Option<[u64; 3]>,
    pub(crate) place: Vec<u32>,
    pub(crate) events: Set,
    pub(crate) employer: Option<u32>,
    pub(crate) domain: Option<u32>,
}

impl<'a> Dictionary<'a> {
    pub(crate) fn mentee(&mut self, mentee: &'a Mentee, weights: &Weights) -> KnownMentee {
        KnownMentee {
            shares: weights.shares(mentee),
            goals: mentee.goals.iter().map(|goal| self.topics.of(goal)).collect(),
            kinds_wanted: self.kinds.set(&mentee.kinds_wanted),
            left_out_before: mentee.left_out_before,
            both: Both {
                style: mentee.style,
                channels: self.channels.set(&mentee.channels),
                meetings_a_month: mentee.meetings_a_month,
                week: week(&mentee.hours),
                place: mentee.place.iter().map(|place| self.places.of(place)).collect(),
                events: self.events.set(&mentee.events),
                employer: self.employers.known(mentee.employer.as_deref()),
                domain: self.domains.known(mentee.mail_domain.as_deref()),
            },
        }
    }

    pub(crate) fn mentor(&mut self, mentor: &'a Mentor) -> KnownMentor {
        KnownMentor {
            strong_topics: self.topics.set(&mentor.strong_topics),
            topics: self.topics.set(&mentor.topics),
            kinds_had: self.kinds.set(&mentor.kinds_had),
            cohorts_before: mentor.cohorts_before,
            both: Both {
                style: mentor.style,
                channels: self.channels.set(&mentor.channels),
                meetings_a_month: mentor.meetings_a_month,
                week: week(&mentor.hours),
                place: mentor.place.iter().map(|place| self.places.of(place)).collect(),
                events: self.events.set(&mentor.events),
                employer: self.employers.known(mentor.employer.as_deref()),
                domain: self.domains.known(mentor.mail_domain.as_deref()),
            },
        }
    }
}

#[derive(Default)]
struct Numbers<'a> {
    /// As people wrote them: the same words come again and again, and need not be made plain each time.
    written: QuickMap<&'a str, u32>,
    plain: QuickMap<String, u32>,
}

impl<'a> Numbers<'a> {
    fn of(&mut self, word: &'a str) -> u32 {
        if let Some(number) = self.written.get(word) {
            return *number;
        }
        let next = self.plain.len() as u32;
        let number = *self.plain.entry(plainly(word)).or_insert(next);
        self.written.insert(word, number);
        number
    }

    fn known(&mut self, word: Option<&'a str>) -> Option<u32> {
        word.filter(|word| !word.trim().is_empty()).map(|word| self.of(word))
    }

    fn set(&mut self, words: &'a [String]) -> Set {
        let mut set = Set { is_empty: words.is_empty(), ..Set::default() };
        for word in words {
            match self.of(word) {
                number @ 0..64 => set.low |= 1 << number,
                number => set.high.push(number),
            }
        }
        set
    }
}

#[derive(Default)]
pub(crate) struct Set {
    pub(crate) is_empty: bool,
    low: u64,
    high: Vec<u32>,
}

impl Set {
    pub(crate) fn has(&self, number: u32) -> bool {
        if number < 64 { self.low & (1 << number) != 0 } else { self.high.contains(&number) }
    }

    pub(crate) fn meets(&self, other: &Set) -> bool {
        self.low & other.low != 0 || self.high.iter().any(|number| other.high.contains(number))
    }
}

pub(crate) fn week(hours: &[u8]) -> Option<[u64; 3]> {
    let mut bits = [0; 3];
    for hour in hours.iter().filter(|hour| **hour < HOURS_IN_A_WEEK) {
        bits[usize::from(hour / 64)] |= 1 << (hour % 64);
    }
    (!hours.is_empty()).then_some(bits)
}
