//! What is known of people, made ready for comparing: every word is a number, every week a row of bits. A plan
//! compares millions of pairs, so nothing is read twice.

use crate::{
    Mentee, Mentor, Weights,
    people::{HOURS_IN_A_WEEK, Style},
    score::Shares,
    words::{Numbers, Of, Reader, Set},
};

#[derive(Clone)]
pub(crate) struct KnownMentee {
    pub(crate) shares: Shares,
    pub(crate) goals: Numbers,
    pub(crate) kinds_wanted: Set,
    pub(crate) channels: Numbers,
    pub(crate) left_out_before: bool,
    pub(crate) both: Both,
}

#[derive(Clone)]
pub(crate) struct KnownMentor {
    pub(crate) strong_topics: Set,
    pub(crate) topics: Set,
    pub(crate) kinds_had: Set,
    pub(crate) cohorts_before: Option<u8>,
    pub(crate) both: Both,
}

/// What both sides tell.
#[derive(Clone)]
pub(crate) struct Both {
    pub(crate) style: Style,
    pub(crate) channels: Set,
    pub(crate) meetings_a_month: Option<u8>,
    /// The week as bits, one an hour; none where nothing is known.
    pub(crate) week: Option<[u64; 3]>,
    pub(crate) place: Numbers,
    pub(crate) events: Set,
    pub(crate) employer: Option<u32>,
    pub(crate) domain: Option<u32>,
}

impl KnownMentee {
    pub(crate) fn new<'a>(mentee: &'a Mentee, weights: &Weights, reader: &mut Reader<'a>) -> Self {
        let channels = reader.row(Of::Channels, &mentee.channels);
        KnownMentee {
            shares: weights.shares(mentee),
            goals: reader.row(Of::Topics, &mentee.goals),
            kinds_wanted: reader.set(Of::Organisations, &mentee.kinds_wanted),
            left_out_before: mentee.left_out_before,
            both: Both {
                style: mentee.style,
                channels: channels.iter().copied().collect(),
                meetings_a_month: mentee.meetings_a_month,
                week: week(&mentee.hours),
                place: reader.row(Of::Places, &mentee.place),
                events: reader.set(Of::Events, &mentee.events),
                employer: reader.known(Of::Employers, mentee.employer.as_deref()),
                domain: reader.known(Of::Domains, mentee.mail_domain.as_deref()),
            },
            channels,
        }
    }
}

impl KnownMentor {
    pub(crate) fn new<'a>(mentor: &'a Mentor, reader: &mut Reader<'a>) -> Self {
        KnownMentor {
            strong_topics: reader.set(Of::Topics, &mentor.strong_topics),
            topics: reader.set(Of::Topics, &mentor.topics),
            kinds_had: reader.set(Of::Organisations, &mentor.kinds_had),
            cohorts_before: mentor.cohorts_before,
            both: Both {
                style: mentor.style,
                channels: reader.set(Of::Channels, &mentor.channels),
                meetings_a_month: mentor.meetings_a_month,
                week: week(&mentor.hours),
                place: reader.row(Of::Places, &mentor.place),
                events: reader.set(Of::Events, &mentor.events),
                employer: reader.known(Of::Employers, mentor.employer.as_deref()),
                domain: reader.known(Of::Domains, mentor.mail_domain.as_deref()),
            },
        }
    }
}

fn week(hours: &[u8]) -> Option<[u64; 3]> {
    let mut bits = [0; 3];
    for hour in hours.iter().filter(|hour| **hour < HOURS_IN_A_WEEK) {
        bits[usize::from(hour / 64)] |= 1 << (hour % 64);
    }
    (!hours.is_empty()).then_some(bits)
}
