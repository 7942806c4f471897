//! What decides about duos. Pure: plain data and days.

use jiff::civil::Date;

pub mod agreement;
pub mod goals;
pub mod going_on;
pub mod next;

#[cfg(test)]
mod tests;

/// What must be known to form a duo.
#[derive(Clone, Copy, Debug)]
pub struct FormFacts {
    pub cohort_is_open: bool,
    pub session_is_over: bool,
    pub same_person: bool,
    pub mentor_is_admitted: bool,
    pub mentee_is_admitted: bool,
    pub mentor_is_full: bool,
    pub mentee_has_duo: bool,
}

/// Why no duo is formed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormRefusal {
    #[error("This cohort is not open, so no duo can be formed in it.")]
    NotOpen,
    #[error("The session of this cohort is over, so no duo can be formed in it any more.")]
    SessionOver,
    #[error("A duo is made of two people; nobody can be their own mentor.")]
    SamePerson,
    #[error("This mentor is not among the approved mentors of this cohort.")]
    NotMentor,
    #[error("This mentee has no place in this cohort.")]
    NotMentee,
    #[error("This mentor is in a duo already, and has no room for another in this cohort.")]
    MentorTaken,
    #[error("This mentee is in a duo already. Each mentee has one mentor in a cohort.")]
    MenteeTaken,
}

/// Decides whether two people become a duo.
pub fn form(facts: &FormFacts) -> Result<(), FormRefusal> {
    let refusals = [
        (!facts.cohort_is_open, FormRefusal::NotOpen),
        (facts.session_is_over, FormRefusal::SessionOver),
        (facts.same_person, FormRefusal::SamePerson),
        (!facts.mentor_is_admitted, FormRefusal::NotMentor),
        (!facts.mentee_is_admitted, FormRefusal::NotMentee),
        (facts.mentor_is_full, FormRefusal::MentorTaken),
        (facts.mentee_has_duo, FormRefusal::MenteeTaken),
    ];
    refusals.into_iter().find(|(applies, _)| *applies).map_or(Ok(()), |(_, refusal)| Err(refusal))
}

/// The lowest free slot of a mentor who has some taken; none where there is no room for more.
pub fn free_slot(taken: &[i64], capacity: i64) -> Option<i64> {
    let held = i64::try_from(taken.len()).unwrap_or(i64::MAX);
    (held < capacity).then(|| (1..=capacity).find(|slot| !taken.contains(slot))).flatten()
}

/// Why a duo does not end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EndRefusal {
    #[error("Only the two people of a duo can end it.")]
    NotTheirs,
    #[error("This duo has ended already.")]
    Over,
}

/// Decides whether a duo ends. A reason is never asked for.
pub fn end(is_theirs: bool, is_active: bool) -> Result<(), EndRefusal> {
    match (is_theirs, is_active) {
        (false, _) => Err(EndRefusal::NotTheirs),
        (true, false) => Err(EndRefusal::Over),
        (true, true) => Ok(()),
    }
}

/// A meeting as it was typed; what is not there could not be read.
#[derive(Clone, Copy, Debug)]
pub struct MeetingFacts {
    pub day: Option<Date>,
    pub way_is_known: bool,
    pub minutes: Option<i64>,
    /// The day it is for the person who logs it.
    pub today: Date,
    /// The day on which the session starts.
    pub start: Date,
    pub day_is_taken: bool,
    pub duo_is_active: bool,
}

/// Why a meeting is not logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MeetingRefusal {
    #[error("This duo is over; its meetings can be read and no longer changed.")]
    Over,
    #[error("Give the day of the meeting, such as 2027-01-31.")]
    NoDay,
    #[error("A meeting is logged once it has taken place; this day is still to come.")]
    Future,
    #[error("This day is long before your session; please look at the year.")]
    TooEarly,
    #[error("A meeting on this day is logged already. You can correct it in the list.")]
    Taken,
    #[error("Choose how you met.")]
    NoWay,
    #[error("Give the length in minutes, from 5 to 600.")]
    Length,
}

impl MeetingRefusal {
    /// The field where it is said.
    pub fn field(self) -> &'static str {
        match self {
            Self::Over => "",
            Self::NoDay | Self::Future | Self::TooEarly | Self::Taken => "day",
            Self::NoWay => "way",
            Self::Length => "minutes",
        }
    }
}

/// The shortest and the longest meeting, in minutes.
pub const MINUTES: std::ops::RangeInclusive<i64> = 5..=600;

/// Everything that is wrong with a meeting; nothing where it can be logged.
pub fn meeting(facts: &MeetingFacts) -> Vec<MeetingRefusal> {
    if !facts.duo_is_active {
        return vec![MeetingRefusal::Over];
    }
    let day = match facts.day {
        None => Some(MeetingRefusal::NoDay),
        Some(day) if day > facts.today => Some(MeetingRefusal::Future),
        Some(day) if day < plus(facts.start, -60) => Some(MeetingRefusal::TooEarly),
        Some(_) if facts.day_is_taken => Some(MeetingRefusal::Taken),
        Some(_) => None,
    };
    let way = (!facts.way_is_known).then_some(MeetingRefusal::NoWay);
    let length = (!facts.minutes.is_some_and(|it| MINUTES.contains(&it))).then_some(MeetingRefusal::Length);
    [day, way, length].into_iter().flatten().collect()
}

/// The guide that helps most today: for the first meeting until there was one, for the
/// closing talk near the end, and for the month in between.
pub fn guide_of(month: i8, has_met: bool, days_to_end: i64) -> &'static str {
    const OF_MONTH: [&str; 12] =
        ["07", "08", "09", "10", "closing", "first-meeting", "01", "02", "03", "04", "05", "06"];
    match usize::try_from(month - 1).ok().and_then(|it| OF_MONTH.get(it)) {
        _ if !has_met => "first-meeting",
        _ if days_to_end <= 28 => "closing",
        Some(guide) => guide,
        None => "extra",
    }
}

/// A day so many days later, or earlier.
pub fn plus(day: Date, days: i64) -> Date {
    program::rules::calendar::add(day, days)
}

/// How many days lie from one day to another.
pub fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}
