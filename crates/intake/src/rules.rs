//! Who may take part, judged at once and said in plain words. Pure.

use jiff::civil::Date;
use policy::Role;

pub mod queue;
pub mod status;
#[cfg(test)]
mod tests;
pub mod withdrawal;

/// What the association's list of members says about somebody on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Member { first_year: bool },
    Lapsed,
    Unknown,
}

#[derive(Clone, Debug)]
pub struct Facts<'a> {
    pub role: Role,
    pub standing: Standing,
    /// Says on the form that they will be a member by the orientation.
    pub promises: bool,
    pub judged_on: Date,
    pub join_by: Date,
    pub association: &'a str,
}

/// How a sentence of a verdict weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    Met,
    /// A preference: worth knowing, never a refusal.
    Note,
    Unmet,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    pub weight: Weight,
    pub words: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub eligible: bool,
    /// Eligible for now, because of a promise to join.
    pub by_promise: bool,
    pub first_year: bool,
    pub judged_on: Date,
    pub words: Vec<Sentence>,
}

impl Verdict {
    /// The reasons against, one to a line, for a letter.
    pub fn reasons(&self) -> String {
        let unmet = self.words.iter().filter(|it| it.weight == Weight::Unmet);
        unmet.map(|it| it.words.as_str()).collect::<Vec<_>>().join("\n")
    }

    /// The verdict in a few words, for the committee's list.
    pub fn short(&self) -> &'static str {
        match (self.eligible, self.by_promise, self.first_year) {
            (false, ..) => "not eligible",
            (true, true, _) => "promises to join",
            (true, false, true) => "member, first year",
            (true, false, false) => "member",
        }
    }
}

/// ELG3, ELG5: whether one may take part, why, and on which day that was judged.
pub fn eligibility(facts: &Facts) -> Verdict {
    let (eligible, by_promise) = match (facts.role, facts.standing) {
        (_, Standing::Member { .. }) => (true, false),
        (Role::Mentee, _) => (facts.promises, facts.promises),
        _ => (false, false),
    };
    let weight = if eligible { Weight::Met } else { Weight::Unmet };
    let mut words = vec![Sentence { weight, words: membership_words(facts) }];
    words.extend(first_year_words(facts));
    let first_year = facts.standing == Standing::Member { first_year: true };
    Verdict { eligible, by_promise, first_year, judged_on: facts.judged_on, words }
}

fn membership_words(facts: &Facts) -> String {
    let org = facts.association;
    let by = day(facts.join_by);
    match (facts.role, facts.standing, facts.promises) {
        (_, Standing::Member { .. }, _) => format!("You are a member of {org} in good standing."),
        (Role::Mentee, Standing::Lapsed, true) => {
            format!("Your membership of {org} has lapsed. You promise to renew it by {by}; that is enough for now.")
        }
        (Role::Mentee, Standing::Unknown, true) => {
            format!("You promise to join {org} by {by}; that is enough for now, and we remind you in time.")
        }
        (Role::Mentee, Standing::Lapsed, false) => format!(
            "Your membership of {org} has lapsed. Renew it, or choose “will join by the orientation” under Your membership: a promise to be a member again by {by} is enough for now."
        ),
        (Role::Mentee, Standing::Unknown, false) => format!(
            "We do not find you on {org}’s list of members. If you are a member, give your member number; if not, choose “will join by the orientation” under Your membership: a promise to join by {by} is enough for now."
        ),
        (_, Standing::Lapsed, _) => format!(
            "Your membership of {org} has lapsed, and mentors are members in good standing. Renew it and submit again while the call is open."
        ),
        (_, Standing::Unknown, _) => format!(
            "We do not find you on {org}’s list of members, and mentors are members in good standing. If you are one, give your member number as the association knows it."
        ),
    }
}

/// First-year members come first in spirit; nobody is turned away for this.
fn first_year_words(facts: &Facts) -> Option<Sentence> {
    let words = match (facts.role, facts.standing) {
        (Role::Mentee, Standing::Member { first_year: true }) => {
            return Some(Sentence {
                weight: Weight::Met,
                words: "You are in your first year as a member: the program is meant for you first.".to_owned(),
            });
        }
        (Role::Mentee, Standing::Member { first_year: false }) => {
            "The program is meant first for members in their first year. That is a preference and no rule: your application counts like any other."
        }
        _ => return None,
    };
    Some(Sentence { weight: Weight::Note, words: words.to_owned() })
}

/// A day inside a sentence: "27 June 2026".
pub(crate) fn day(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}
