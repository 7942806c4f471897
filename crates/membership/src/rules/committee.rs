//! Whose term on the committee may begin or end.

use jiff::civil::Date;
use policy::Role;

/// The roles a chair appoints, in the order they are offered.
pub const APPOINTED: [Role; 6] = [Role::Liaison, Role::Council, Role::Staff, Role::Board, Role::Deputy, Role::Chair];

/// One membership of the committee, as far as it decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    pub role: Role,
    /// Confirmed by the person, and not ended.
    pub is_confirmed: bool,
    pub since: Date,
    pub until: Option<Date>,
}

impl Term {
    pub fn runs_on(&self, day: Date) -> bool {
        self.is_confirmed && self.since <= day && self.until.is_none_or(|until| until >= day)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TermRefusal {
    #[error("This is the last chair. Appoint another chair first, so that somebody can run the program.")]
    LastChair,
    #[error("The term must end later than today.")]
    EndsBeforeItBegins,
}

/// Whether a term may be ended today, given all others. Somebody must stay who can
/// appoint: the last chair cannot be ended, and a deputy does not replace a chair.
pub fn may_end(term: Term, others: &[Term], today: Date) -> Result<(), TermRefusal> {
    let is_running_chair = |it: &Term| it.role == Role::Chair && it.runs_on(today);
    if is_running_chair(&term) && !others.iter().any(is_running_chair) {
        return Err(TermRefusal::LastChair);
    }
    Ok(())
}

pub fn may_begin(until: Option<Date>, today: Date) -> Result<(), TermRefusal> {
    match until {
        Some(until) if until <= today => Err(TermRefusal::EndsBeforeItBegins),
        _ => Ok(()),
    }
}
