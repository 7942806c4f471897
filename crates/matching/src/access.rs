//! What the access matrix is told of requests and ranked lists. Whoever follows a link or
//! is written to stands here as themselves: the house opens nothing in anybody's name that
//! they might not open.

use membership::Stake;
use platform::prelude::*;
use policy::{Condition, Facts, Grant, May, Scope, Subject, may, of};

use crate::{
    proposals::{Head, Proposal},
    requests::Request,
};

/// Proof that one of the two may do this with what was written about a request.
pub(crate) fn of_request<V: May>(
    tx: &mut Tx,
    person: Id,
    request: &Request,
) -> Result<Grant<of::MatchRequest, V>, Failure> {
    let subject = program::subject(tx, person)?;
    let (sent, received) = (request.mentee == person, request.mentor == person);
    let facts = Facts::in_cohort(request.cohort.number())
        .own(sent || received)
        .when(sent, Condition::Sent)
        .when(received, Condition::Received);
    policy::grant(&subject, &facts).ok_or(Failure::NotFound)
}

/// Which requests of a cohort there are, their states and dates: the desk, the number above it
/// and what the dashboard says of those that wait long are all read by it.
pub(crate) fn of_requests(visit: &Visit, cohort: Id) -> Result<Scope<of::MatchRequest, may::Status>, Failure> {
    visit.scope(&Facts::in_cohort(cohort.number()))
}

/// Proof that the chair may see what a mentor said with a no; nobody whom it is about may,
/// and nobody who steps aside from one of them.
pub(crate) fn of_refusal(
    tx: &mut Tx,
    visit: &Visit,
    request: &Request,
) -> Result<Grant<of::MatchRequest, may::Status>, Failure> {
    let is_theirs = Stake::of(tx, visit.person()?)?.is_in(&[request.mentee, request.mentor]);
    visit.grant(&Facts::in_cohort(request.cohort.number()).conflict(is_theirs))
}

/// Proof that a mentor may read what a mentee shows of themselves: one who was asked, by a
/// request or by a proposal of the committee.
pub(crate) fn of_mentee(tx: &mut Tx, cohort: Id, mentor: Id) -> Result<Grant<of::ProfileMentee>, Failure> {
    let subject = program::subject(tx, mentor)?;
    let facts = Facts::in_cohort(cohort.number()).when(true, Condition::WasAsked);
    policy::grant(&subject, &facts).ok_or(Failure::NotFound)
}

/// Proof that a mentee may read the mentor whom the committee has proposed: while a proposal
/// waits, mentors are chosen.
pub(crate) fn of_proposed_mentor(tx: &mut Tx, proposal: &Proposal) -> Result<Grant<of::ProfileMentor>, Failure> {
    let subject = program::subject(tx, proposal.mentee)?;
    let facts = Facts::in_cohort(proposal.cohort.number()).when(true, Condition::DirectoryIsOpen);
    policy::grant(&subject, &facts).ok_or(Failure::NotFound)
}

/// Proof that somebody may do this with what the committee drafts for a cohort: pairs of a
/// file, runs of the engine, what those who look at a draft said of it.
pub(crate) fn of_drafts<V: May>(visit: &Visit, cohort: Id) -> Result<Grant<of::Proposal, V>, Failure> {
    visit.grant(&Facts::in_cohort(cohort.number()))
}

/// Proof that one of the two may do this with a proposal that was sent to them.
pub(crate) fn of_proposal<V: May>(tx: &mut Tx, person: Id, head: &Head) -> Result<Grant<of::Proposal, V>, Failure> {
    if !head.is_told_to(person) {
        return Err(Failure::NotFound);
    }
    let subject = program::subject(tx, person)?;
    policy::grant(&subject, &Facts::in_cohort(head.cohort.number()).own(true)).ok_or(Failure::NotFound)
}

/// Proof that whoever was asked to look at the draft of a cohort may read it, and the chairs.
pub(crate) fn of_review(subject: &Subject, cohort: Id, is_asked: bool) -> Option<Grant<of::Proposal>> {
    policy::grant(subject, &Facts::in_cohort(cohort.number()).when(is_asked, Condition::AskedToReview))
}

/// Proof that a mentee may read their own list; nothing once they take part no more.
pub(crate) fn of_list(tx: &mut Tx, cohort: Id, mentee: Id) -> Result<Option<Grant<of::RankList>>, Failure> {
    let subject = program::subject(tx, mentee)?;
    Ok(policy::grant(&subject, &Facts::in_cohort(cohort.number()).own(true)))
}
