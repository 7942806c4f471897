//! What is wrong with a goal as it was typed.

use jiff::civil::Date;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GoalRefusal {
    #[error("Name the goal in a few words, or empty its other fields.")]
    NoTitle,
    #[error("Please keep this to {0} characters.")]
    TooLong(usize),
    #[error("Please enter a day such as 2027-01-31.")]
    NoDay,
    #[error("Choose where the goal stands from the list.")]
    NoLevel,
}

/// A goal as it was typed.
#[derive(Clone, Copy, Debug)]
pub struct Typed<'a> {
    pub title: &'a str,
    pub why: &'a str,
    pub sign: &'a str,
    pub by: &'a str,
    pub level: &'a str,
}

/// The longest title, reason and sign.
pub const LONGEST: [(&str, usize); 3] = [("title", 200), ("why", 600), ("sign", 300)];

impl Typed<'_> {
    pub fn is_empty(&self) -> bool {
        [self.title, self.why, self.sign, self.by, self.level].iter().all(|it| it.is_empty())
    }

    /// Where it stands, from −2 to +2; `None` where nobody has looked yet.
    pub fn level(&self) -> Option<i64> {
        self.level.parse().ok().filter(|it| (-2..=2).contains(it))
    }
}

/// Everything that is wrong with one goal, by its part. An empty goal is none.
pub fn check(goal: &Typed) -> Vec<(&'static str, GoalRefusal)> {
    if goal.is_empty() {
        return Vec::new();
    }
    let mut refusals = Vec::new();
    if goal.title.is_empty() {
        refusals.push(("title", GoalRefusal::NoTitle));
    }
    for ((part, most), text) in LONGEST.into_iter().zip([goal.title, goal.why, goal.sign]) {
        if text.chars().count() > most {
            refusals.push((part, GoalRefusal::TooLong(most)));
        }
    }
    if !goal.by.is_empty() && goal.by.parse::<Date>().is_err() {
        refusals.push(("by", GoalRefusal::NoDay));
    }
    if !goal.level.is_empty() && goal.level().is_none() {
        refusals.push(("level", GoalRefusal::NoLevel));
    }
    refusals
}
