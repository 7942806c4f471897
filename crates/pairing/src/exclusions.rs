//! Who must not be paired, and why. Hard rules: the chair may set one aside for one pair, with a recorded reason
//! ([`crate::Override`]); nothing else does.

use serde::Serialize;

use crate::{
    Mentee, Mentor,
    people::{lists, same},
};

/// Why two people must not be paired. The words never tell which of them asked for it: that list is the chair's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    SamePerson,
    SameEmployer,
    SameMailDomain,
    Supervisor,
    NotWith,
    PastPartners,
    /// The committee excluded this pair, with its reason.
    Committee(String),
}

impl Reason {
    pub fn words(&self) -> String {
        match self {
            Reason::SamePerson => "Nobody can be their own mentor.".to_string(),
            Reason::SameEmployer => "They work for the same employer.".to_string(),
            Reason::SameMailDomain => "Their mail addresses belong to the same organisation.".to_string(),
            Reason::Supervisor => "One of them supervises or evaluates the other, or did lately.".to_string(),
            Reason::NotWith => "There is a request that these two are not paired.".to_string(),
            Reason::PastPartners => "They were a duo before.".to_string(),
            Reason::Committee(why) => format!("The committee excluded this pair: {why}"),
        }
    }

    /// The rule's name, for counting whom it keeps apart.
    pub fn rule(&self) -> &'static str {
        match self {
            Reason::SamePerson => "same person",
            Reason::SameEmployer => "same employer",
            Reason::SameMailDomain => "same mail domain",
            Reason::Supervisor => "supervisor",
            Reason::NotWith => "asked not to be paired",
            Reason::PastPartners => "duo before",
            Reason::Committee(_) => "excluded by the committee",
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
    } else if lists(&mentee.supervised_by, &mentor.id) || lists(&mentor.supervised_by, &mentee.id) {
        Some(Reason::Supervisor)
    } else if names(&mentee.not_with, &mentor.id, &mentor.name, mentor.employer.as_ref())
        || names(&mentor.not_with, &mentee.id, &mentee.name, mentee.employer.as_ref())
    {
        Some(Reason::NotWith)
    } else if lists(&mentee.past_partners, &mentor.id) || lists(&mentor.past_partners, &mentee.id) {
        Some(Reason::PastPartners)
    } else {
        None
    }
}

fn names(list: &[String], id: &str, name: &str, employer: Option<&String>) -> bool {
    list.iter()
        .filter(|entry| !entry.trim().is_empty())
        .any(|entry| same(entry, id) || same(entry, name) || employer.is_some_and(|employer| same(entry, employer)))
}
