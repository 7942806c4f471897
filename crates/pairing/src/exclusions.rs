//! Who must not be paired, and why. Hard rules: the chair may set one aside for one pair, with a recorded reason
//! ([`crate::Override`]); nothing else does.

use serde::{Deserialize, Serialize};

use crate::{
    Mentee, Mentor, Weights,
    fit::{Fit, shared_hours, topic},
    known::{KnownMentee, KnownMentor},
    people::{lists, same},
    words::{Reader, Set, Words},
};

/// Why two people must not be paired.
///
/// # Design
/// Wishes not to be paired and who supervises whom are sealed. They share one reason, so that nothing that is shown,
/// counted or written tells which of them it was, or who asked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    SamePerson,
    SameEmployer,
    SameMailDomain,
    Confidential,
    PastPartners,
    /// The committee excluded this pair, with its reason.
    Committee(String),
    /// A rule that this program set for itself.
    Must(Must),
}

/// A rule that a program may set for itself. What is unknown breaks none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Must {
    /// The mentor names the mentee's first goal.
    FirstGoal,
    /// The mentor has worked in a kind of organisation the mentee aims at.
    Organisation,
    /// Both named one way to meet.
    Channel,
    /// Two free hours a week are the same for both.
    Hours,
    /// Both live in the same country, which is the first name of a place.
    Country,
}

impl Must {
    pub const ALL: [Must; 5] = [Must::FirstGoal, Must::Organisation, Must::Channel, Must::Hours, Must::Country];

    pub fn words(self) -> &'static str {
        match self {
            Must::FirstGoal => "The mentor does not name the mentee's first goal, which this program asks for.",
            Must::Organisation => {
                "The mentor has not worked in a kind of organisation the mentee aims at, which this program asks for."
            }
            Must::Channel => "There is no way to meet that both named, which this program asks for.",
            Must::Hours => "The two share fewer than two free hours a week, which this program asks for.",
            Must::Country => "The two live in different countries, and this program keeps duos in one.",
        }
    }

    /// The rule's name, for counting whom it keeps apart.
    pub fn rule(self) -> &'static str {
        match self {
            Must::FirstGoal => "must name the first goal",
            Must::Organisation => "must know the kind of organisation",
            Must::Channel => "must share a way to meet",
            Must::Hours => "must share two hours a week",
            Must::Country => "must live in one country",
        }
    }

    pub(crate) fn is_broken(self, mentee: &KnownMentee, mentor: &KnownMentor) -> bool {
        let apart = |a: &Set, b: &Set| !a.is_empty() && !b.is_empty() && !a.meets(b);
        match self {
            Must::FirstGoal => {
                let is_known = !mentor.strong_topics.is_empty() || !mentor.topics.is_empty();
                is_known && mentee.goals.first().is_some_and(|goal| topic(*goal, mentor) == Fit::NONE)
            }
            Must::Organisation => apart(&mentee.kinds_wanted, &mentor.kinds_had),
            Must::Channel => apart(&mentee.both.channels, &mentor.both.channels),
            Must::Hours => shared_hours(&mentee.both, &mentor.both).is_some_and(|hours| hours < 2),
            Must::Country => mentee.both.place.first().zip(mentor.both.place.first()).is_some_and(|(a, b)| a != b),
        }
    }
}

impl Reason {
    pub fn words(&self) -> String {
        match self {
            Reason::SamePerson => "Nobody can be their own mentor.".to_string(),
            Reason::SameEmployer => "They work for the same employer.".to_string(),
            Reason::SameMailDomain => "Their mail addresses belong to the same organisation.".to_string(),
            Reason::Confidential => "A confidential rule keeps these two apart.".to_string(),
            Reason::PastPartners => "They were a duo before.".to_string(),
            Reason::Committee(why) => format!("The committee excluded this pair: {why}"),
            Reason::Must(must) => must.words().to_string(),
        }
    }

    /// The rule's name, for counting whom it keeps apart.
    pub fn rule(&self) -> &'static str {
        match self {
            Reason::SamePerson => "same person",
            Reason::SameEmployer => "same employer",
            Reason::SameMailDomain => "same mail domain",
            Reason::Confidential => "confidential",
            Reason::PastPartners => "duo before",
            Reason::Committee(_) => "excluded by the committee",
            Reason::Must(must) => must.rule(),
        }
    }
}

/// Whether a hard rule keeps these two apart, from what is known of them. The first rule that does is named.
pub fn excluded(mentee: &Mentee, mentor: &Mentor) -> Option<Reason> {
    let both = |a: &Option<String>, b: &Option<String>| match (a, b) {
        (Some(a), Some(b)) => !a.trim().is_empty() && same(a, b),
        _ => false,
    };
    if mentee.id == mentor.id {
        Some(Reason::SamePerson)
    } else if both(&mentee.employer, &mentor.employer) {
        Some(Reason::SameEmployer)
    } else if both(&mentee.mail_domain, &mentor.mail_domain) {
        Some(Reason::SameMailDomain)
    } else if lists(&mentee.supervised_by, &mentor.id)
        || lists(&mentor.supervised_by, &mentee.id)
        || names(&mentee.not_with, &mentor.id, &mentor.name, mentor.employer.as_ref())
        || names(&mentor.not_with, &mentee.id, &mentee.name, mentee.employer.as_ref())
    {
        Some(Reason::Confidential)
    } else if lists(&mentee.past_partners, &mentor.id) || lists(&mentor.past_partners, &mentee.id) {
        Some(Reason::PastPartners)
    } else {
        None
    }
}

/// The first of a program's own rules that these two break.
pub(crate) fn broken(must: &[Must], mentee: &Mentee, mentor: &Mentor) -> Option<Reason> {
    let words = Words::default();
    let reader = &mut Reader::new(&words);
    let (mentee, mentor) = (KnownMentee::new(mentee, &Weights::default(), reader), KnownMentor::new(mentor, reader));
    Must::ALL.into_iter().find(|it| must.contains(it) && it.is_broken(&mentee, &mentor)).map(Reason::Must)
}

fn names(list: &[String], id: &str, name: &str, employer: Option<&String>) -> bool {
    list.iter()
        .filter(|entry| !entry.trim().is_empty())
        .any(|entry| same(entry, id) || same(entry, name) || employer.is_some_and(|employer| same(entry, employer)))
}
