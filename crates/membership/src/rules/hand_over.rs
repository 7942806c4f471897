//! Whether the chair may pass from one person to another on a day.

use jiff::{ToSpan, civil::Date};

use super::committee::Term;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HandOverRefusal {
    #[error("Choose today or a later day, within a year.")]
    Day,
    #[error("Nobody asks themselves to be chair. Choose somebody else.")]
    Oneself,
    #[error("The office leaves a chair {OFFICE_DAYS} days to call this off. Choose {0} or later.")]
    TooSoon(String),
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
        matches!(self, Self::Day | Self::TooSoon(_) | Self::Gap { .. })
    }
}

/// The last day of whoever goes: the one before the successor begins.
pub fn last_day(begins: Date) -> Date {
    begins.saturating_sub(1.day())
}

/// How long a chair has to call off what the office plans for them.
const OFFICE_DAYS: i64 = 7;

/// The first day on which a chair may begin whom the office asked.
pub fn first_day_for_office(today: Date) -> Date {
    today.saturating_add(OFFICE_DAYS.days())
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
