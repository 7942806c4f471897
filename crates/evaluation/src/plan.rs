//! Which surveys a cohort has: for whom, and from which step of its calendar to which.

use jiff::{ToSpan, civil::Date};
use program::Calendar;

/// When a survey closes: at the end of a step's day, or some days after it opened.
pub enum Closes {
    Step(&'static str),
    After(i64),
}

pub struct Planned {
    pub name: &'static str,
    /// Who is asked: the mentees or mentors of the duos, or those who found no partner. A
    /// survey of everybody who was at the orientation has the codes of mentees.
    pub role: &'static str,
    pub opens: &'static str,
    pub closes: Closes,
}

const MIDWAY: (&str, Closes) = ("midway_survey_opens", Closes::Step("midway_survey_closes"));
const FINAL: (&str, Closes) = ("final_survey_opens", Closes::Step("final_survey_closes"));
const BASELINE: (&str, Closes) = ("orientation", Closes::Step("agreement_due"));

/// Asked on the Monday after, of mentees and mentors alike.
pub const ORIENTATION: &str = "orientation_feedback";

pub const PLAN: [Planned; 8] = [
    planned(ORIENTATION, "mentee", ("orientation", Closes::After(14))),
    planned("baseline_mentee", "mentee", BASELINE),
    planned("baseline_mentor", "mentor", BASELINE),
    planned("unmatched", "unmatched", ("orientation", Closes::After(21))),
    planned("midway_mentee", "mentee", MIDWAY),
    planned("midway_mentor", "mentor", MIDWAY),
    planned("final_mentee", "mentee", FINAL),
    planned("final_mentor", "mentor", FINAL),
];

const fn planned(name: &'static str, role: &'static str, (opens, closes): (&'static str, Closes)) -> Planned {
    Planned { name, role, opens, closes }
}

impl Planned {
    pub fn days(&self, calendar: &Calendar) -> (Date, Date) {
        let mut opens = calendar.day(self.opens);
        if self.name == ORIENTATION {
            opens = opens.checked_add(2.days()).unwrap_or(opens);
        }
        let closes = match self.closes {
            Closes::Step(step) => calendar.day(step),
            Closes::After(days) => opens.checked_add(days.days()).unwrap_or(opens),
        };
        (opens, closes)
    }
}

/// The same people answer surveys of one family; their codes are the same in each.
pub fn family(role: &str) -> &str {
    role
}

/// The survey of the other side of the duos, to be compared in the total.
pub fn counterpart(name: &str) -> Option<&'static str> {
    match name {
        "midway_mentee" => Some("midway_mentor"),
        "midway_mentor" => Some("midway_mentee"),
        "final_mentee" => Some("final_mentor"),
        "final_mentor" => Some("final_mentee"),
        _ => None,
    }
}

/// The survey at the start that the same people answered.
pub fn baseline(name: &str) -> Option<&'static str> {
    match name {
        "final_mentee" => Some("baseline_mentee"),
        "final_mentor" => Some("baseline_mentor"),
        _ => None,
    }
}

/// What a person is asked to do, as a request.
pub fn request_words(name: &str) -> &'static str {
    match name.split('_').next() {
        Some("midway") => "Answer the mid-way survey",
        Some("final") => "Answer the final survey",
        Some("baseline") => "Say where you stand at the start",
        Some("orientation") => "Say how the orientation was",
        _ => "Tell us how the matching was",
    }
}
