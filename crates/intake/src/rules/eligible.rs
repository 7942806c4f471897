//! Who may take part: rules that must be met and rules that should, each judged for a day
//! that is said (ELG3, ELG5). What should be met never stops anybody. Pure.

use jiff::civil::Date;
use policy::Role;
use serde::{Deserialize, Serialize};

use super::{Sentence, Standing, Verdict, Weight, day};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Strength {
    Must,
    Should,
    #[default]
    Off,
}

impl Strength {
    pub const ALL: [Self; 3] = [Self::Must, Self::Should, Self::Off];

    pub fn key(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::Should => "should",
            Self::Off => "off",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.key() == key)
    }

    fn unmet(self) -> Weight {
        if self == Self::Must { Weight::Unmet } else { Weight::Note }
    }
}

/// What one role is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleRules {
    pub standing: Strength,
    /// Whether a promise to join is enough for now.
    pub promise: bool,
    pub first_year: Strength,
    pub not_before: Strength,
    pub category: Strength,
    /// The kinds of membership that count, as the association calls them.
    pub categories: Vec<String>,
}

/// What a cohort asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    pub mentee: RoleRules,
    pub mentor: RoleRules,
    /// The day for which good standing is judged; without one, the day of the judgement.
    pub on: Option<Date>,
}

impl Rules {
    pub fn of(&self, role: Role) -> &RoleRules {
        if role == Role::Mentor { &self.mentor } else { &self.mentee }
    }
}

#[derive(Clone, Debug)]
pub struct Facts<'a> {
    pub role: Role,
    pub rules: &'a RoleRules,
    /// On the day for which it is judged.
    pub standing: Standing,
    pub category: &'a str,
    pub was_mentee: bool,
    /// Says on the form that they will be a member by the orientation.
    pub promises: bool,
    pub judged_on: Date,
    pub judged_for: Date,
    pub join_by: Date,
    pub association: &'a str,
    /// The committee counts them as eligible, and says why.
    pub counts_because: Option<&'a str>,
}

/// Whether one may take part, why, and on which day that was judged.
pub fn eligibility(facts: &Facts) -> Verdict {
    let by_promise = facts.rules.standing == Strength::Must && !is_member(facts) && promises(facts);
    let mut words = Vec::new();
    words.extend(standing(facts));
    words.extend(first_year(facts));
    words.extend(not_before(facts));
    words.extend(category(facts));
    let overridden = facts.counts_because.is_some();
    let eligible = overridden || !words.iter().any(|it| it.weight == Weight::Unmet);
    if let Some(reason) = facts.counts_because {
        let said = format!("The committee counts you as eligible: {reason}");
        words.push(Sentence { weight: Weight::Met, words: said });
    }
    Verdict {
        eligible,
        by_promise: by_promise && eligible && !overridden,
        first_year: facts.standing == Standing::Member { first_year: true },
        is_member: is_member(facts),
        overridden,
        judged_on: facts.judged_on,
        judged_for: facts.judged_for,
        words,
    }
}

fn is_member(facts: &Facts) -> bool {
    matches!(facts.standing, Standing::Member { .. })
}

fn promises(facts: &Facts) -> bool {
    facts.rules.promise && facts.promises
}

fn standing(facts: &Facts) -> Option<Sentence> {
    let weight = match facts.rules.standing {
        Strength::Off => return None,
        _ if is_member(facts) || promises(facts) => Weight::Met,
        strength => strength.unmet(),
    };
    let words = match facts.rules.standing {
        Strength::Should if weight == Weight::Note => format!(
            "The program is meant for members of {}. That is a preference and no rule: your application counts like any other.",
            facts.association
        ),
        _ => membership_words(facts),
    };
    Some(Sentence { weight, words })
}

fn membership_words(facts: &Facts) -> String {
    let org = facts.association;
    let by = day(facts.join_by);
    match (facts.rules.promise, facts.standing, facts.promises) {
        (_, Standing::Member { .. }, _) => format!("You are a member of {org} in good standing."),
        (true, Standing::Lapsed, true) => {
            format!("Your membership of {org} has lapsed. You promise to renew it by {by}; that is enough for now.")
        }
        (true, Standing::Unknown, true) => {
            format!("You promise to join {org} by {by}; that is enough for now, and we remind you in time.")
        }
        (true, Standing::Lapsed, false) => format!(
            "Your membership of {org} has lapsed. Renew it, or choose “will join by the orientation” under Your membership: a promise to be a member again by {by} is enough for now."
        ),
        (true, Standing::Unknown, false) => format!(
            "We do not find you on {org}’s list of members. If you are a member, give your member number; if not, choose “will join by the orientation” under Your membership: a promise to join by {by} is enough for now."
        ),
        (false, Standing::Lapsed, _) => format!(
            "Your membership of {org} has lapsed, and {} are members in good standing. Renew it and submit again while the call is open.",
            plural(facts.role)
        ),
        (false, Standing::Unknown, _) => format!(
            "We do not find you on {org}’s list of members, and {} are members in good standing. If you are one, give your member number as the association knows it.",
            plural(facts.role)
        ),
    }
}

/// First-year members come first in spirit.
fn first_year(facts: &Facts) -> Option<Sentence> {
    let strength = facts.rules.first_year;
    // Whoever joins now will be in their first year.
    let joins = facts.standing == Standing::Unknown && promises(facts);
    let (weight, words) = match (strength, facts.standing) {
        (Strength::Off, _) => return None,
        (_, Standing::Member { first_year: true }) => {
            (Weight::Met, "You are in your first year as a member: the program is meant for you first.".to_owned())
        }
        (Strength::Should, Standing::Member { first_year: false }) => (
            Weight::Note,
            "The program is meant first for members in their first year. That is a preference and no rule: your application counts like any other.".to_owned(),
        ),
        (Strength::Must, Standing::Member { first_year: false } | Standing::Lapsed) if !joins => (
            Weight::Unmet,
            format!("This cohort is for members in their first year, and {}’s list says that you joined earlier. If that is wrong, ask the office under My membership to correct it.", facts.association),
        ),
        _ => return None,
    };
    Some(Sentence { weight, words })
}

fn not_before(facts: &Facts) -> Option<Sentence> {
    let strength = facts.rules.not_before;
    let words = match (strength, facts.was_mentee) {
        (Strength::Off, _) => return None,
        (_, false) => {
            let words = "You have not been a mentee of this program before.".to_owned();
            return Some(Sentence { weight: Weight::Met, words });
        }
        (Strength::Must, true) => {
            "You were a mentee of this program before, and this cohort is for those who were not yet. You are welcome as a mentor."
        }
        (Strength::Should, true) => {
            "You were a mentee of this program before. Those who were not yet are preferred; that is no rule, and your application counts like any other."
        }
    };
    Some(Sentence { weight: strength.unmet(), words: words.to_owned() })
}

fn category(facts: &Facts) -> Option<Sentence> {
    let strength = facts.rules.category;
    if strength == Strength::Off || facts.rules.categories.is_empty() || !is_member(facts) {
        return None;
    }
    let own = facts.category.trim().to_lowercase();
    let kinds = facts.rules.categories.join(", ");
    if facts.rules.categories.iter().any(|it| it.trim().to_lowercase() == own) {
        let words = format!("Your kind of membership, {}, is one this cohort is for.", facts.category);
        return Some(Sentence { weight: Weight::Met, words });
    }
    let has = if own.is_empty() {
        "does not say which yours is".to_owned()
    } else {
        format!("has yours as {}", facts.category)
    };
    let end = match strength {
        Strength::Must => "If that is wrong, ask the office under My membership to correct it.",
        _ => "That is a preference and no rule: your application counts like any other.",
    };
    let words =
        format!("This cohort is for these kinds of membership: {kinds}. {}’s list {has}. {end}", facts.association);
    Some(Sentence { weight: strength.unmet(), words })
}

fn plural(role: Role) -> &'static str {
    if role == Role::Mentor { "mentors" } else { "mentees" }
}
