//! Table `requests`: who asked whom, and what became of it. A no is read by nobody but
//! the chair, and its reason by nobody else. What the two write stands under a key that the
//! mentee has in this cohort.

use jiff::Timestamp;
use platform::{
    keys::{self, Scope},
    prelude::*,
};
use policy::{Grant, may, of};

use crate::rules::State;

row! {
    #[derive(PartialEq, Eq)]
    pub(crate) struct Request {
        pub(crate) id: Id,
        pub(crate) cohort: Id,
        pub(crate) mentee: Id,
        pub(crate) mentor: Id,
        pub(crate) mentee_name: String,
        pub(crate) mentor_name: String,
        note: Option<Vec<u8>>,
        /// Which of the mentee's requests it is, counted from one.
        pub(crate) choice: i64,
        state: String,
        pub(crate) asked_at: Timestamp,
        pub(crate) due_at: Timestamp,
        pub(crate) reminded: i64,
        pub(crate) answered_at: Option<Timestamp>,
        decline_reason: Option<Vec<u8>>,
    }
}

impl Request {
    pub(crate) fn state(&self) -> State {
        State::from_key(&self.state)
    }

    /// The key of what is written about it.
    pub(crate) fn scope(&self) -> Scope {
        scope(self.cohort, self.mentee)
    }

    pub(crate) fn is_open(&self) -> bool {
        self.state() == State::Asked
    }

    /// Whole days between the question and the answer.
    pub(crate) fn days_to_answer(&self) -> Option<i64> {
        self.answered_at.map(|at| at.duration_since(self.asked_at).as_hours() / 24)
    }
}

sealed! {
    NOTE => "requests", "note", "what a mentee writes to a mentor";
    REASON => "requests", "decline_reason", "why a mentor said no, for the chair";
}

sql! {
    FIND => "select r.id, r.cohort, r.mentee, r.mentor, e.name, m.name, r.note, r.choice, r.state, r.asked_at, r.due_at, r.reminded, r.answered_at, r.decline_reason from requests r join accounts e on e.id = r.mentee join accounts m on m.id = r.mentor where r.id = $1";
    OF_MENTEE => "select r.id, r.cohort, r.mentee, r.mentor, e.name, m.name, r.note, r.choice, r.state, r.asked_at, r.due_at, r.reminded, r.answered_at, r.decline_reason from requests r join accounts e on e.id = r.mentee join accounts m on m.id = r.mentor where r.mentee = $1 and r.cohort = $2 order by r.choice";
    WAITING_FOR => "select r.id, r.cohort, r.mentee, r.mentor, e.name, m.name, r.note, r.choice, r.state, r.asked_at, r.due_at, r.reminded, r.answered_at, r.decline_reason from requests r join accounts e on e.id = r.mentee join accounts m on m.id = r.mentor where r.mentor = $1 and r.cohort = $2 and r.state = 'asked' order by r.asked_at, r.id";
    ANSWERED_BY => "select r.id, r.cohort, r.mentee, r.mentor, e.name, m.name, r.note, r.choice, r.state, r.asked_at, r.due_at, r.reminded, r.answered_at, r.decline_reason from requests r join accounts e on e.id = r.mentee join accounts m on m.id = r.mentor where r.mentor = $1 and r.cohort = $2 and r.state in ('accepted', 'declined') order by r.asked_at, r.id";
    IN_COHORT => "select r.id, r.cohort, r.mentee, r.mentor, e.name, m.name, r.note, r.choice, r.state, r.asked_at, r.due_at, r.reminded, r.answered_at, r.decline_reason from requests r join accounts e on e.id = r.mentee join accounts m on m.id = r.mentor where r.cohort = $1 order by r.asked_at, r.id";
    ADD => "insert into requests (id, cohort, mentee, mentor, note, choice, state, asked_at, due_at, reminded) values ($1, $2, $3, $4, $5, $6, 'asked', $7, $8, 0)";
    SET_STATE => "update requests set state = $2, answered_at = $3, decline_reason = $4 where id = $1 and state = 'asked'";
    SET_REMINDED => "update requests set reminded = $2 where id = $1 and state = 'asked' and reminded < $2";
    OPEN => "select r.id, r.cohort, r.mentee, r.mentor, e.name, m.name, r.note, r.choice, r.state, r.asked_at, r.due_at, r.reminded, r.answered_at, r.decline_reason from requests r join accounts e on e.id = r.mentee join accounts m on m.id = r.mentor where r.state = 'asked' order by r.asked_at, r.id";
    OVERDUE => "select id from requests where state = 'asked' and due_at < $1 order by due_at, id";
}

pub(crate) fn find(tx: &mut Tx, id: Id) -> Result<Option<Request>, Failure> {
    Ok(tx.row(&FIND, values![id])?)
}

/// Every request of a mentee, in the order they were made.
pub(crate) fn of_mentee(tx: &mut Tx, cohort: Id, mentee: Id) -> Result<Vec<Request>, Failure> {
    Ok(tx.rows(&OF_MENTEE, values![mentee, cohort])?)
}

/// The one request of a mentee that waits for an answer.
pub(crate) fn live_of(tx: &mut Tx, cohort: Id, mentee: Id) -> Result<Option<Request>, Failure> {
    Ok(of_mentee(tx, cohort, mentee)?.into_iter().find(Request::is_open))
}

/// What waits for a mentor, the oldest first.
pub(crate) fn waiting_for(tx: &mut Tx, cohort: Id, mentor: Id) -> Result<Vec<Request>, Failure> {
    Ok(tx.rows(&WAITING_FOR, values![mentor, cohort])?)
}

pub(crate) fn answered_by(tx: &mut Tx, cohort: Id, mentor: Id) -> Result<Vec<Request>, Failure> {
    Ok(tx.rows(&ANSWERED_BY, values![mentor, cohort])?)
}

/// Those of the cohort for which the right was given, without those in which the reader, or
/// somebody from whom they step aside, has a part.
pub(crate) fn in_scope(
    tx: &mut Tx,
    scope: &policy::Scope<of::MatchRequest, may::Status>,
) -> Result<Vec<Request>, Failure> {
    let stake = membership::Stake::of(tx, Id::from(scope.person()))?;
    let mut requests: Vec<Request> = tx.rows(&IN_COHORT, values![scope.cohort().map(Id::from)])?;
    requests.retain(|it| !stake.is_in(&[it.mentee, it.mentor]));
    Ok(requests)
}

/// All of a cohort, for the house that counts them and looks for pairs; no page lists these.
pub(crate) fn in_cohort(tx: &mut Tx, cohort: Id) -> Result<Vec<Request>, Failure> {
    Ok(tx.rows(&IN_COHORT, values![cohort])?)
}

/// Requests that wait, in all cohorts.
pub(crate) fn open(tx: &mut Tx) -> Result<Vec<Request>, Failure> {
    Ok(tx.rows(&OPEN, values![])?)
}

pub(crate) fn overdue(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&OVERDUE, values![tx.now()])?)
}

pub(crate) struct NewRequest<'a> {
    pub(crate) cohort: Id,
    pub(crate) mentee: Id,
    pub(crate) mentor: Id,
    pub(crate) note: &'a str,
    pub(crate) choice: i64,
    pub(crate) due_at: Timestamp,
}

pub(crate) fn add(tx: &mut Tx, new: &NewRequest) -> Result<Id, Failure> {
    let id = tx.fresh_id();
    let place = NOTE.at(id).by(new.mentee);
    let note = keys::seal(tx, &scope(new.cohort, new.mentee), &place, new.note)?;
    let values = values![id, new.cohort, new.mentee, new.mentor, note, new.choice, tx.now(), new.due_at];
    tx.exec(&ADD, values)?;
    journal::record(tx, "mentor asked", id, Some(new.mentee), Some(new.cohort))?;
    Ok(id)
}

/// Ends a request. False when it was not open any more: someone was faster.
pub(crate) fn end(tx: &mut Tx, request: &Request, state: State, reason: &str, by: Option<Id>) -> Result<bool, Failure> {
    let reason = match reason {
        "" => None,
        words => Some(keys::seal(tx, &request.scope(), &REASON.at(request.id).by(request.mentor), words)?),
    };
    if tx.exec(&SET_STATE, values![request.id, state.key(), tx.now(), reason])? == 0 {
        return Ok(false);
    }
    let what = match state {
        State::Accepted => "request accepted",
        State::Declined => "request declined",
        State::Lapsed => "request lapsed",
        State::Taken => "request ended by another duo",
        State::Withdrawn | State::Asked => "request withdrawn",
    };
    journal::record(tx, what, request.id, by, Some(request.cohort))?;
    Ok(true)
}

pub(crate) fn set_reminded(tx: &mut Tx, request: Id, times: i64) -> Result<bool, Failure> {
    Ok(tx.exec(&SET_REMINDED, values![request, times])? == 1)
}

/// What the mentee wrote, for the two of them.
pub(crate) fn note(tx: &mut Tx, _: &Grant<of::MatchRequest>, request: &Request) -> Result<String, Failure> {
    let Some(sealed) = &request.note else { return Ok(WITHDRAWN.to_owned()) };
    let note = keys::open(tx, &request.scope(), &NOTE.at(request.id).by(request.mentee), sealed)?;
    Ok(note.unwrap_or_else(|| WITHDRAWN.to_owned()))
}

/// Why the mentor said no, for the chair; empty where that was not told.
pub(crate) fn decline_reason(
    tx: &mut Tx,
    _: &Grant<of::MatchRequest, may::Status>,
    request: &Request,
) -> Result<String, Failure> {
    let Some(sealed) = &request.decline_reason else { return Ok(String::new()) };
    let reason = keys::open(tx, &request.scope(), &REASON.at(request.id).by(request.mentor), sealed)?;
    Ok(reason.unwrap_or_default())
}

/// The same for the mentor who wrote it; nothing for the mentee.
pub(crate) fn own_reason(tx: &mut Tx, proof: &Grant<of::MatchRequest>, request: &Request) -> Result<String, Failure> {
    let Some(sealed) = request.decline_reason.as_ref().filter(|_| Id::from(proof.person()) == request.mentor) else {
        return Ok(String::new());
    };
    let reason = keys::open(tx, &request.scope(), &REASON.at(request.id).by(request.mentor), sealed)?;
    Ok(reason.unwrap_or_default())
}

/// What stands where somebody's words were.
pub(crate) const WITHDRAWN: &str = "These words were deleted.";

/// The key of what a mentee and the mentors they ask write to each other.
pub(crate) fn scope(cohort: Id, mentee: Id) -> Scope {
    Scope::owned("asking", mentee, cohort)
}
