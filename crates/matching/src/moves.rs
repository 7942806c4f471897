//! What a question and an answer set in motion. Every function here works inside the unit
//! of work of whoever calls it, after that one has locked the cohort.

use platform::prelude::*;
use program::{Cohort, calendar};

use crate::{
    access, letters, profiles,
    requests::{self, NewRequest, Request},
    rules::{self, Advance, AdvanceFacts, MentorState, State, Wanted},
    terms, who, window, wishes,
};

/// The purpose of the links with which a mentor answers from a letter.
pub(crate) const LINK: &str = "match request";

/// Asks the next mentor on a mentee's list, if it is time to.
pub(crate) fn advance(tx: &mut Tx, cohort: &Cohort, mentee: Id) -> Result<(Advance, Option<Request>), Failure> {
    let list = match access::of_list(tx, cohort.id, mentee)? {
        Some(grant) => wishes::of_mentee(tx, &grant, cohort.id)?,
        None => Vec::new(),
    };
    let wanted: Vec<Wanted> = list
        .iter()
        .map(|wish| Wanted { mentor_state: MentorState::from_key(&wish.profile_state), waiting: wish.waiting })
        .collect();
    let facts = AdvanceFacts {
        waiting_at_most: terms::of(tx, cohort.id)?.waiting,
        directory_open: window::is_open(tx, cohort)?,
        mentee_paired: who::is_taken(tx, cohort.id, mentee)?,
        has_live_request: requests::live_of(tx, cohort.id, mentee)?.is_some(),
        wishes: &wanted,
    };
    let decision = rules::advance(&facts);
    let Advance::Ask(place) = decision else { return Ok((decision, None)) };
    let mut list = list;
    // Who is asked stands on top; those passed over keep their order below.
    let wish = list.remove(place);
    list.insert(0, wish.clone());
    wishes::write(tx, cohort.id, mentee, &list)?;
    let request = ask(tx, cohort, mentee, wish.mentor, &wish.note)?;
    Ok((decision, Some(request)))
}

fn ask(tx: &mut Tx, cohort: &Cohort, mentee: Id, mentor: Id, note: &str) -> Result<Request, Failure> {
    let calendar = calendar::of(tx, cohort)?;
    let due_day = program::rules::calendar::add(calendar.today(tx.now()), terms::of(tx, cohort.id)?.answer_days);
    let made = requests::of_mentee(tx, cohort.id, mentee)?;
    let choice = made.iter().filter(|it| it.state() != State::Withdrawn).count();
    let new = NewRequest {
        cohort: cohort.id,
        mentee,
        mentor,
        note,
        choice: i64::try_from(choice).unwrap_or(0) + 1,
        due_at: calendar.last_second(due_day),
    };
    let id = requests::add(tx, &new)?;
    profiles::count_waiting(tx, cohort.id, mentor)?;
    let request = requests::find(tx, id)?.ok_or(Failure::NotFound)?;
    letters::post_request(tx, cohort, &request)?;
    Ok(request)
}

/// Ends a request without a duo, tells the mentee, and moves on to the next on the list.
/// False when it was ended meanwhile.
pub(crate) fn end(
    tx: &mut Tx,
    cohort: &Cohort,
    request: &Request,
    state: State,
    reason: &str,
    by: Option<Id>,
) -> Result<bool, Failure> {
    if !requests::end(tx, request, state, reason, by)? {
        return Ok(false);
    }
    settle(tx, request)?;
    wishes::remove(tx, request.cohort, request.mentee, request.mentor)?;
    let (decision, next) = advance(tx, cohort, request.mentee)?;
    letters::tell_mentee(tx, cohort, request, state, decision, next.as_ref())?;
    Ok(true)
}

/// What is the same however a request ends: the profile says how many wait, and how long
/// an answer takes. The links in letters stay, so that they can say what became of it.
pub(crate) fn settle(tx: &mut Tx, request: &Request) -> Result<(), Failure> {
    profiles::count_waiting(tx, request.cohort, request.mentor)?;
    let answered = requests::answered_by(tx, request.cohort, request.mentor)?;
    let days: Vec<i64> = answered.iter().filter_map(Request::days_to_answer).collect();
    profiles::set_answer_days(tx, request.cohort, request.mentor, &days)
}
