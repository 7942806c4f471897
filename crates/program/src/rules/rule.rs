//! A date rule as the preset writes it: an anchor or an earlier step, plus or minus days.

use std::{fmt, str::FromStr};

/// What a rule counts from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum From {
    /// The Saturday of the orientation, at the annual meeting.
    Saturday,
    /// The first day of the winter meeting.
    Midwinter,
    /// 30 April after the orientation.
    End,
    /// The Saturday of the next annual meeting.
    NextSaturday,
    /// An earlier step of the calendar, by its number (`T17`).
    Step(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    Offset {
        from: From,
        days: i64,
    },
    /// The earlier of two.
    Earlier(Box<Self>, Box<Self>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotARule(pub String);

impl fmt::Display for NotARule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not a date rule; write an anchor with days, such as S-130, END+14 or min(S+145, MW-56)",
            self.0
        )
    }
}

impl FromStr for Rule {
    type Err = NotARule;

    fn from_str(text: &str) -> Result<Self, NotARule> {
        let bad = || NotARule(text.to_owned());
        let text = text.trim();
        if let Some(both) = text.strip_prefix("min(").and_then(|rest| rest.strip_suffix(')')) {
            let (first, second) = both.split_once(',').ok_or_else(bad)?;
            return Ok(Self::Earlier(Box::new(first.parse()?), Box::new(second.parse()?)));
        }
        let cut = text.find(['+', '-']).unwrap_or(text.len());
        let (name, days) = text.split_at(cut);
        let days = if days.is_empty() { 0 } else { days.replace(' ', "").parse().map_err(|_| bad())? };
        let from = match name.trim() {
            "S" => From::Saturday,
            "MW" => From::Midwinter,
            "END" => From::End,
            "NA.saturday" => From::NextSaturday,
            step if step.len() == 3 && step.starts_with('T') => From::Step(step.to_owned()),
            _ => return Err(bad()),
        };
        Ok(Self::Offset { from, days })
    }
}
