//! What is next for one of the two, and by when.

use jiff::civil::Date;

use super::{agreement, days_between, plus};

/// What the two have done so far, as days and counts.
#[derive(Clone, Copy, Debug)]
pub struct NextFacts {
    pub today: Date,
    pub is_mentor: bool,
    pub is_active: bool,
    pub formed: Date,
    pub orientation: Date,
    pub session_ends: Date,
    pub agreement_step: Date,
    pub last_meeting: Option<Date>,
    pub has_signed_pledge: bool,
    /// Whether anything of an agreement is written, and whether it stands.
    pub agreement_is_begun: bool,
    pub agreement_is_signed: bool,
    /// Whether the person has confirmed the newest version.
    pub has_confirmed: bool,
    pub has_goals: bool,
    /// Whether the partner ended the duo and the person has not yet said what they would like.
    pub owes_wish: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextStep {
    SayWish,
    SignPledge,
    /// For the mentor: write first.
    WriteFirst,
    /// For the mentee: set the first date.
    SetFirstDate,
    WriteAgreement,
    ConfirmAgreement,
    SetGoals,
    LogMeeting,
    PlanClosing,
}

/// Days without a meeting after which the house asks.
const QUIET_DAYS: i64 = 30;
/// Days before the end from which the closing talk is planned.
const CLOSING_DAYS: i64 = 28;

/// The steps that wait, the most pressing kind first, each with its last day.
pub fn steps(facts: &NextFacts) -> Vec<(NextStep, Option<Date>)> {
    if !facts.is_active {
        return if facts.owes_wish { vec![(NextStep::SayWish, None)] } else { Vec::new() };
    }
    let begin = facts.formed.max(facts.orientation);
    let quiet_since = facts.last_meeting.map_or(begin, |day| day.max(begin));
    let asks_for_meeting = days_between(quiet_since, facts.today) >= QUIET_DAYS;
    // Nobody can say here that they have written, so after its days the greeting is left to them.
    let greeting_ends = plus(facts.formed, 5);
    let hello = if facts.is_mentor && facts.today <= greeting_ends {
        (NextStep::WriteFirst, greeting_ends)
    } else {
        (NextStep::SetFirstDate, plus(begin, 14))
    };
    let agreement_due = agreement::due(facts.agreement_step, facts.formed);
    let steps = [
        (!facts.has_signed_pledge, NextStep::SignPledge, Some(begin)),
        (facts.last_meeting.is_none() && !asks_for_meeting, hello.0, Some(hello.1)),
        (!facts.agreement_is_begun, NextStep::WriteAgreement, Some(agreement_due)),
        (
            facts.agreement_is_begun && !facts.agreement_is_signed && !facts.has_confirmed,
            NextStep::ConfirmAgreement,
            Some(agreement_due),
        ),
        (!facts.has_goals, NextStep::SetGoals, Some(plus(begin, 45))),
        (asks_for_meeting, NextStep::LogMeeting, None),
        (
            days_between(facts.today, facts.session_ends) <= CLOSING_DAYS,
            NextStep::PlanClosing,
            Some(facts.session_ends),
        ),
    ];
    steps.into_iter().filter(|(waits, ..)| *waits).map(|(_, step, due)| (step, due)).collect()
}
