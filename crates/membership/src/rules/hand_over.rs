//! Whether the chair may pass from one person to another on a day.

use jiff::{ToSpan, civil::Date};

use super::committee::Term;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HandOverRefusal {
    #[error("Choose today or a later day, within a year.")]
    Day,
    #[error("{0} is the one who hands over. Choose somebody else.")]
    SamePerson(String),
    #[error("{0} is chair already, or has been asked. The committee’s page shows it.")]
    ChairAlready(String),
    #[error(
        "The term of {name} ends on {ends}, and nobody else is chair until the new one begins. Choose {latest} or earlier."
    )]
    Gap { name: String, ends: String, latest: String },
}

impl HandOverRefusal {
    /// Whether another day would do; otherwise it takes another person.
    pub fn is_about_the_day(&self) -> bool {
        matches!(self, Self::Day | Self::Gap { .. })
    }
}

/// The last day of whoever goes: the one before the successor begins.
pub fn last_day(begins: Date) -> Date {
    begins.saturating_sub(1.day())
}

pub fn is_a_day_to_begin(begins: Date, today: Date) -> bool {
    begins >= today && begins <= today.saturating_add(1.year())
}

/// The first day without a chair, where there would be one before the successor begins.
pub fn gap(going: Term, other_chairs: &[Term], begins: Date) -> Option<Date> {
    let after = going.until?.saturating_add(1.day());
    let mut day = after;
    // A term that covers the day leads to the day after it, until none does.
    while day < begins {
        let covers = |it: &&Term| it.runs_on(day);
        let Some(next) = other_chairs.iter().find(covers) else { return Some(day) };
        day = next.until?.saturating_add(1.day());
    }
    None
}
