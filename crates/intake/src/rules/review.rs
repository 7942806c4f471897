//! What a decision does to each application, and what becomes of points. Pure.

use policy::Role;

use super::status::{State, awaits};

/// How long a decision can be undone before it takes effect and anybody hears of it.
pub const UNDO_MINUTES: i64 = 10;
pub const MOST_CRITERIA: usize = 6;
pub const LONGEST_CRITERION: usize = 60;
pub const LONGEST_COMMENT: usize = 2000;
/// As many columns as can be read beside one another.
pub const MOST_BESIDE: usize = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Accept,
    Wait,
    Decline,
}

impl Answer {
    pub const ALL: [Self; 3] = [Self::Accept, Self::Wait, Self::Decline];

    pub fn key(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Wait => "wait",
            Self::Decline => "decline",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.key() == key)
    }

    /// In the words of the status that it leads to. APP4
    pub fn words(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Wait => "waiting list",
            Self::Decline => "not this time",
        }
    }
}

/// An application as far as a decision looks at it.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    pub role: Role,
    pub state: State,
    pub awaits: bool,
    /// Whoever decides has a stake in it.
    pub steps_aside: bool,
    /// A decision stands that has not taken effect yet.
    pub is_decided: bool,
}

impl Case {
    pub fn new(role: Role, state: State, approval: &str) -> Self {
        Self { role, state, awaits: awaits(state, approval), steps_aside: false, is_decided: false }
    }
}

/// What a decision does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// They become a mentee or a mentor.
    Join,
    /// They keep their turn on the waiting list, with the committee's yes.
    KeepTurn,
    /// Their place goes to the next in line, and they wait behind everybody.
    ToTheEnd,
    /// They are not taken.
    LeaveOut,
    /// They are not taken, and the place that was theirs or held for them goes to the next in line.
    LeaveOutAndFree,
}

impl Effect {
    pub fn words(self, role: Role) -> &'static str {
        match (self, role) {
            (Self::Join, Role::Mentor) => "becomes a mentor",
            (Self::Join, _) => "becomes a mentee: the place is theirs",
            (Self::KeepTurn, _) => "keeps the turn on the waiting list, with the committee’s yes",
            (Self::ToTheEnd, _) => "goes to the end of the waiting list; the place is offered to the next in line",
            (Self::LeaveOut, _) | (Self::LeaveOutAndFree, Role::Mentor) => "is not taken, and gets your letter",
            (Self::LeaveOutAndFree, _) => "is not taken, and gets your letter; the place goes to the next in line",
        }
    }
}

/// Why a decision leaves an application as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Skip {
    #[error("you step aside here")]
    StepsAside,
    #[error("a decision stands already; undo that first")]
    Decided,
    #[error("has a place already, and a place that was given is not taken back")]
    HasPlace,
    #[error("is a mentor already")]
    IsMentor,
    #[error("waits for a place in the order of arrival; more places admit more people")]
    Waits,
    #[error("waits already")]
    WaitsAlready,
    #[error("mentors need no place, so there is no waiting list for them")]
    NoListForMentors,
    #[error("nobody else waits, so the place would come straight back")]
    NobodyElseWaits,
    #[error("the rule said no; decide on the page of the application, with a reason")]
    ByTheRule,
    #[error("is over: withdrawn, passed on or decided")]
    Over,
}

/// CAP1–CAP5 stay as they are: a decision moves nobody ahead in the line.
pub fn effect(answer: Answer, case: Case) -> Result<Effect, Skip> {
    if case.steps_aside {
        return Err(Skip::StepsAside);
    }
    if case.is_decided {
        return Err(Skip::Decided);
    }
    let is_mentor = case.role == Role::Mentor;
    match (case.state, answer) {
        (State::Placed, _) if !case.awaits && is_mentor => Err(Skip::IsMentor),
        (State::Placed, _) if !case.awaits => Err(Skip::HasPlace),
        (State::Placed, Answer::Accept) => Ok(Effect::Join),
        (State::Placed, Answer::Wait) if is_mentor => Err(Skip::NoListForMentors),
        (State::Placed, Answer::Wait) => Ok(Effect::ToTheEnd),
        (State::Waiting | State::Offered, Answer::Accept) if case.awaits => Ok(Effect::KeepTurn),
        (State::Waiting | State::Offered, Answer::Accept) => Err(Skip::Waits),
        (State::Waiting | State::Offered, Answer::Wait) => Err(Skip::WaitsAlready),
        (State::Placed | State::Offered, Answer::Decline) => Ok(Effect::LeaveOutAndFree),
        (State::Waiting, Answer::Decline) => Ok(Effect::LeaveOut),
        (State::Refused | State::Review, _) => Err(Skip::ByTheRule),
        (State::Draft | State::Passed | State::Withdrawn, _) => Err(Skip::Over),
    }
}

/// The effect on each of many, in their order. No more go to the end of the line than wait
/// in it now: the next would only get their own place back.
pub fn effects(answer: Answer, cases: &[Case], waiting: i64) -> Vec<Result<Effect, Skip>> {
    let mut left = waiting;
    let one = |case: &Case| match effect(answer, *case) {
        Ok(Effect::ToTheEnd) if left <= 0 => Err(Skip::NobodyElseWaits),
        Ok(Effect::ToTheEnd) => {
            left -= 1;
            Ok(Effect::ToTheEnd)
        }
        other => other,
    };
    cases.iter().map(one).collect()
}

/// What one reviewer gave: from 1 to 5 for each criterion.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScoreRefusal {
    #[error("Give from 1 to 5 for “{0}”.")]
    NoPoints(String),
    #[error("Say in a few words what you think.")]
    NoWords,
    #[error("Please shorten your comment: up to {LONGEST_COMMENT} characters fit here.")]
    LongComment,
}

pub fn points(criteria: &[String], given: &[Option<i64>], comment: &str) -> Result<Vec<i64>, ScoreRefusal> {
    if comment.chars().count() > LONGEST_COMMENT {
        return Err(ScoreRefusal::LongComment);
    }
    if criteria.is_empty() && comment.is_empty() {
        return Err(ScoreRefusal::NoWords);
    }
    let one = |(name, points): (&String, &Option<i64>)| {
        points.filter(|it| (1..=5).contains(it)).ok_or_else(|| ScoreRefusal::NoPoints(name.clone()))
    };
    criteria.iter().zip(given).map(one).collect()
}

/// The mean of all points of all reviewers, to one place; nothing where there are none.
pub fn mean(scores: &[Vec<i64>]) -> Option<f64> {
    let all: Vec<i64> = scores.iter().flatten().copied().collect();
    (!all.is_empty()).then(|| (all.iter().sum::<i64>() as f64 / all.len() as f64 * 10.0).round() / 10.0)
}

/// How many mentors there should be for each place, and the least with which it goes well.
pub const ENOUGH_MENTORS: f64 = 1.2;

#[cfg(test)]
mod tests {
    use super::*;

    fn case(role: Role, state: State, approval: &str) -> Case {
        Case::new(role, state, approval)
    }

    // APP6, APP7
    #[test]
    fn a_yes_lets_in_who_has_a_place_and_moves_nobody_ahead_in_the_line() {
        let says = |role, state, approval| effect(Answer::Accept, case(role, state, approval));
        assert_eq!(says(Role::Mentee, State::Placed, "asked"), Ok(Effect::Join));
        assert_eq!(says(Role::Mentor, State::Placed, "asked"), Ok(Effect::Join));
        assert_eq!(says(Role::Mentee, State::Waiting, "asked"), Ok(Effect::KeepTurn));
        assert_eq!(says(Role::Mentee, State::Waiting, ""), Err(Skip::Waits));
        assert_eq!(says(Role::Mentee, State::Placed, "given"), Err(Skip::HasPlace));
        assert_eq!(says(Role::Mentor, State::Placed, ""), Err(Skip::IsMentor));
        assert_eq!(says(Role::Mentee, State::Review, ""), Err(Skip::ByTheRule));
        assert_eq!(says(Role::Mentee, State::Withdrawn, "asked"), Err(Skip::Over));
    }

    // APP6
    #[test]
    fn nobody_decides_where_they_step_aside_or_where_a_decision_stands() {
        for answer in Answer::ALL {
            let asked = case(Role::Mentee, State::Placed, "asked");
            assert_eq!(effect(answer, Case { steps_aside: true, ..asked }), Err(Skip::StepsAside));
            assert_eq!(effect(answer, Case { is_decided: true, ..asked }), Err(Skip::Decided));
        }
    }

    #[test]
    fn a_place_that_was_given_is_not_taken_back_by_any_answer() {
        for answer in Answer::ALL {
            for approval in ["", "given"] {
                assert_eq!(effect(answer, case(Role::Mentee, State::Placed, approval)), Err(Skip::HasPlace));
            }
        }
    }

    #[test]
    fn only_whoever_has_a_place_or_is_offered_one_gives_it_to_the_next_in_line() {
        let of = |role, state, approval| effect(Answer::Decline, case(role, state, approval)).map(|it| it.words(role));
        for (state, approval) in [(State::Placed, "asked"), (State::Offered, "")] {
            let words = of(Role::Mentee, state, approval).unwrap();
            assert!(words.ends_with("the place goes to the next in line"), "{state:?}: {words}");
        }
        for (role, state, approval) in [(Role::Mentee, State::Waiting, ""), (Role::Mentor, State::Placed, "asked")] {
            assert_eq!(of(role, state, approval), Ok("is not taken, and gets your letter"));
        }
    }

    #[test]
    fn no_more_go_to_the_end_of_the_line_than_wait_in_it() {
        let asked = case(Role::Mentee, State::Placed, "asked");
        let mentor = case(Role::Mentor, State::Placed, "asked");
        let all = effects(Answer::Wait, &[asked, mentor, asked, asked], 2);
        let end = Ok(Effect::ToTheEnd);
        assert_eq!(all, [end, Err(Skip::NoListForMentors), end, Err(Skip::NobodyElseWaits)]);
    }

    #[test]
    fn points_are_from_one_to_five_for_each_criterion() {
        let criteria = ["Goals".to_owned(), "Time".to_owned()];
        assert_eq!(points(&criteria, &[Some(1), Some(5)], ""), Ok(vec![1, 5]));
        for odd in [None, Some(0), Some(6), Some(-1)] {
            assert_eq!(points(&criteria, &[Some(3), odd], ""), Err(ScoreRefusal::NoPoints("Time".to_owned())));
        }
        assert_eq!(points(&[], &[], ""), Err(ScoreRefusal::NoWords));
        assert_eq!(points(&[], &[], "Yes."), Ok(vec![]));
        assert_eq!(points(&[], &[], &"x".repeat(LONGEST_COMMENT + 1)), Err(ScoreRefusal::LongComment));
    }

    #[test]
    fn the_mean_is_of_all_points_and_nothing_without_any() {
        assert_eq!(mean(&[vec![1, 2], vec![5]]), Some(2.7));
        assert_eq!(mean(&[]), None);
        assert_eq!(mean(&[vec![]]), None);
    }
}
