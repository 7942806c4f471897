//! When an event begins and ends, as typed.

use jiff::civil::{Date, Time};

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimeRefusal {
    #[error("Enter the day, such as 2027-01-31.")]
    NoDay,
    #[error("That day is over. Enter a day still to come.")]
    PastDay,
    #[error("Enter a time such as 12:00.")]
    NoTime,
    #[error("It has to end after it begins.")]
    EndsFirst,
}

impl TimeRefusal {
    /// The field it stands at.
    pub fn field(self) -> &'static str {
        match self {
            Self::NoDay | Self::PastDay => "day",
            Self::NoTime => "from",
            Self::EndsFirst => "to",
        }
    }
}

/// Day, beginning and end. An event ends on its day.
pub fn times(day: Option<Date>, from: &str, to: &str, today: Date) -> Result<(Date, Time, Time), TimeRefusal> {
    let day = day.ok_or(TimeRefusal::NoDay)?;
    if day < today {
        return Err(TimeRefusal::PastDay);
    }
    let from = time(from).ok_or(TimeRefusal::NoTime)?;
    let to = time(to).filter(|to| *to > from).ok_or(TimeRefusal::EndsFirst)?;
    Ok((day, from, to))
}

/// `9:30`, `09:30`; browsers send the second.
fn time(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(':')?;
    Time::new(hour.parse().ok()?, minute.parse().ok().filter(|_| minute.len() == 2)?, 0, 0).ok()
}
