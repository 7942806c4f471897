//! Where an application stands, in the words of the program, and what comes next. Pure.

use jiff::civil::Date;
use policy::Role;

use super::day;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Draft,
    Placed,
    Waiting,
    /// Waiting, and a place is held until they answer.
    Offered,
    /// A place was offered and passed on.
    Passed,
    Refused,
    /// Refused by the rule; the person asked for a second look.
    Review,
    Withdrawn,
}

impl State {
    pub const ALL: [Self; 8] = [
        Self::Draft,
        Self::Placed,
        Self::Waiting,
        Self::Offered,
        Self::Passed,
        Self::Refused,
        Self::Review,
        Self::Withdrawn,
    ];

    pub fn key(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Placed => "placed",
            Self::Waiting => "waiting",
            Self::Offered => "offered",
            Self::Passed => "passed",
            Self::Refused => "refused",
            Self::Review => "review",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }

    /// Whether the answers may be written as a draft: never sent, taken back or refused.
    pub fn is_writable(self) -> bool {
        matches!(self, Self::Draft | Self::Withdrawn | Self::Refused)
    }

    /// Whether the answers of a sent application may be corrected.
    pub fn is_correctable(self) -> bool {
        matches!(self, Self::Placed | Self::Waiting | Self::Offered | Self::Review)
    }

    pub fn can_withdraw(self) -> bool {
        !matches!(self, Self::Withdrawn | Self::Passed)
    }
}

/// What stands in an application whose approval is waited for, given or refused.
pub const ASKED: &str = "asked";
pub const DECLINED: &str = "declined";

/// APP7: in line, and the committee has not said yes.
pub fn awaits(state: State, approval: &str) -> bool {
    approval == ASKED && matches!(state, State::Placed | State::Waiting | State::Offered)
}

/// The state as everyone reads it: a place that is not approved yet is under review.
pub fn shown(state: State, approval: &str) -> State {
    if state == State::Placed && awaits(state, approval) { State::Review } else { state }
}

/// APP4: the status as everyone reads it. `line` is the place on the waiting list.
pub fn words(state: State, line: Option<i64>) -> String {
    match (state, line) {
        (State::Draft, _) => "draft".to_owned(),
        (State::Placed, _) => "accepted".to_owned(),
        (State::Waiting, Some(line)) => format!("waiting list (place {line})"),
        (State::Waiting, None) => "waiting list".to_owned(),
        (State::Offered, _) => "waiting list (a place is offered)".to_owned(),
        (State::Passed | State::Refused, _) => "not this time".to_owned(),
        (State::Review, _) => "under review".to_owned(),
        (State::Withdrawn, _) => "withdrawn".to_owned(),
    }
}

/// The days that what comes next depends on.
#[derive(Clone, Copy, Debug)]
pub struct Days {
    pub today: Date,
    pub call_closes: Date,
    pub directory_opens: Date,
    pub offers_end: Date,
    pub orientation: Date,
}

/// What happens next where the committee reads before anybody meets. APP4, APP7
pub fn next_under_review(role: Role, days: &Days) -> String {
    let holds = if role == Role::Mentor { "" } else { "A place is kept for you in the order of arrival. " };
    format!(
        "{holds}The committee reads every application before anybody meets, and writes to you before the directory of mentors opens on {}.",
        day(days.directory_opens)
    )
}

/// What happens next where the committee said "not this time".
pub const NEXT_AFTER_NO: &str = "We could not take you this time. You are welcome in the next cohort; below you can say whether we keep your application for it.";

/// What happens next, and when, in one or two sentences.
pub fn next(role: Role, state: State, days: &Days) -> String {
    let closes = day(days.call_closes);
    let directory = day(days.directory_opens);
    match state {
        State::Draft if days.today > days.call_closes => {
            format!("The call closed on {closes}, so this draft can no longer be submitted. It is deleted in due time.")
        }
        State::Draft => {
            format!(
                "A draft holds no place. Your place in line is taken when you submit it, at the latest on {closes}."
            )
        }
        State::Placed if role == Role::Mentor && days.today < days.directory_opens => {
            format!("On {directory} the directory opens and mentees begin to ask. A request reaches you by letter.")
        }
        State::Placed if role == Role::Mentor => {
            "The directory is open. A request reaches you by letter, which says until when you may answer.".to_owned()
        }
        State::Placed if days.today < days.directory_opens => format!(
            "Do the short lessons when you like. On {directory} the directory of mentors opens and you choose whom to ask. The orientation is on {}.",
            day(days.orientation)
        ),
        State::Placed => {
            format!("You have a place. The orientation is on {}.", day(days.orientation))
        }
        State::Waiting if days.today > days.offers_end => {
            "Places are no longer offered in this cohort. We hope to see you in the next one.".to_owned()
        }
        State::Waiting => format!(
            "When somebody withdraws, the next in line is offered the place. We make such offers until {}.",
            day(days.offers_end)
        ),
        State::Offered => "A place is held for you. Take it or pass it on below.".to_owned(),
        State::Passed => "The place went to the next person in line. That is no disadvantage another year.".to_owned(),
        State::Refused if days.today > days.call_closes => {
            format!("The call closed on {closes}. You are welcome in the next cohort.")
        }
        State::Refused => format!("You can correct the application and submit it again until {closes}."),
        State::Review => "Somebody on the committee looks at it again and writes to you.".to_owned(),
        State::Withdrawn if days.today > days.call_closes => {
            "Nothing more happens. You are welcome in the next cohort.".to_owned()
        }
        State::Withdrawn => format!("You can apply again until {closes}; it takes its turn like any other."),
    }
}
