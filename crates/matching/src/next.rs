//! What is next for a person, from this room.

use jiff::{Timestamp, civil::Date};
use platform::prelude::*;
use policy::{Action, Facts, Role, Subject};
use program::{Calendar, Cohort, Next, calendar, long_day};

use crate::{access, board, desk::reviews, proposals, questions, requests, rules::Verdict, threshold, who, window};

pub fn next_steps(tx: &mut Tx, visit: &Visit) -> Result<Vec<Next>, Failure> {
    let mut steps = Vec::new();
    if let Some(cohort) = who::cohort_as(tx, visit, Role::Mentee)? {
        steps.extend(for_mentee(tx, visit, &cohort)?);
    }
    if let Some(cohort) = who::cohort_as(tx, visit, Role::Mentor)? {
        steps.extend(for_mentor(tx, visit, &cohort)?);
    }
    steps.extend(for_reviewer(tx, &visit.subject)?);
    steps.extend(for_chair(tx, visit)?);
    Ok(steps)
}

fn for_mentee(tx: &mut Tx, visit: &Visit, cohort: &Cohort) -> Result<Vec<Next>, Failure> {
    let person = visit.person()?;
    if who::is_taken(tx, cohort.id, person)? {
        return Ok(Vec::new());
    }
    let calendar = calendar::of(tx, cohort)?;
    let mut steps = proposals_for(tx, visit, &calendar, cohort)?;
    if let Some(live) = requests::live_of(tx, cohort.id, person)? {
        let day = calendar.today(live.due_at);
        if questions::stands(tx, live.id)?.is_some_and(|it| !it.has_reply) {
            let title = format!("{} has a question before answering", live.mentor_name);
            let step = Next::new(title, format!("/requests/{}", live.id), "Read and reply");
            steps.push(step.saying("A sentence or two is enough.").by(day));
            return Ok(steps);
        }
        let title = format!("Your request waits for {} until {}", live.mentor_name, long_day(day));
        let saying = "There is nothing to do. Without an answer we ask the next on your list, where there is one.";
        steps.push(Next::new(title, "/wishes", "See my list").saying(saying));
    } else if window::is_open(tx, cohort)? {
        let step = Next::new("Choose your mentors", "/mentors", "Read the profiles");
        let more = crate::terms::of(tx, cohort.id)?.wishes - 1;
        let saying = if more > 0 {
            format!("Ask one with a short note and rank up to {more} more.")
        } else {
            "Ask one with a short note.".to_owned()
        };
        steps.push(step.saying(saying).by(calendar.day("directory_closes")));
    }
    Ok(steps)
}

fn for_mentor(tx: &mut Tx, visit: &Visit, cohort: &Cohort) -> Result<Vec<Next>, Failure> {
    let person = visit.person()?;
    if who::is_taken(tx, cohort.id, person)? {
        return Ok(Vec::new());
    }
    let calendar = calendar::of(tx, cohort)?;
    let mut steps = proposals_for(tx, visit, &calendar, cohort)?;
    for request in requests::waiting_for(tx, cohort.id, person)? {
        let title = format!("Answer {}'s request", request.mentee_name);
        let step = Next::new(title, format!("/requests/{}", request.id), "Read and answer");
        steps.push(step.saying("Yes forms the duo; no needs no reason.").by(calendar.today(request.due_at)));
    }
    Ok(steps)
}

fn proposals_for(tx: &mut Tx, visit: &Visit, calendar: &Calendar, cohort: &Cohort) -> Result<Vec<Next>, Failure> {
    let day = |at: Option<Timestamp>| -> Option<Date> { at.map(|at| calendar.today(at)) };
    let own = Facts::in_cohort(cohort.id.number()).own(true);
    let Ok(proof) = visit.grant(&own) else { return Ok(Vec::new()) };
    let person = visit.person()?;
    let open = proposals::sent_to(tx, &proof)?;
    let open = open.into_iter().filter(|it| it.cohort == cohort.id && it.said_by(person).is_empty());
    Ok(open
        .map(|proposal| {
            let title = format!("Answer our proposal: {}", proposal.partner_name(person));
            let step = Next::new(title, format!("/proposals/{}", proposal.id), "Read and answer");
            Next { due: day(proposal.due_at), ..step.saying("You both decide, and no needs no reason.") }
        })
        .collect())
}

/// A draft that waits for somebody who was asked to look at it.
pub(crate) fn for_reviewer(tx: &mut Tx, subject: &Subject) -> Result<Vec<Next>, Failure> {
    let person = subject.person.map(Id::from).unwrap_or_default();
    let mut steps = Vec::new();
    for (cohort, _) in reviews::of_person(tx, person)? {
        let Some(proof) = access::of_review(subject, cohort, true) else { continue };
        let (drafts, mark) = reviews::draft(tx, &proof, cohort)?;
        let Some(review) = reviews::own(tx, &proof, cohort)? else { continue };
        if drafts.is_empty() || matches!(review.verdict(mark), Verdict::Yes | Verdict::No) {
            continue;
        }
        let step =
            Next::new("Look at the draft of pairs", format!("/cohorts/{cohort}/matching/review"), "Read the pairs");
        steps.push(
            step.saying("The chair asks you to say yes or no, with a note if you like. Nobody has heard of it yet."),
        );
    }
    Ok(steps)
}

fn for_chair(tx: &mut Tx, visit: &Visit) -> Result<Vec<Next>, Failure> {
    // Whoever is a chair of another cohort alone hears nothing of this one.
    let theirs = |it: &Cohort| it.is_open() && visit.may(Action::ReadPlans, Some(it.id));
    let Some(cohort) = program::current(tx)?.filter(theirs) else { return Ok(Vec::new()) };
    let calendar = calendar::of(tx, &cohort)?;
    let now = tx.now();
    let href = format!("/cohorts/{}/matching", cohort.id);
    if let Some(held) = threshold::held(tx, &cohort)?
        && calendar.has_begun("directory_opens", now)
        && !calendar.is_over("directory_closes", now)
    {
        let step =
            Next::new("The directory waits for more mentors", format!("{href}/threshold"), "See what is missing");
        return Ok(vec![step.saying(format!("{held} You can open it all the same, with a reason."))]);
    }
    if calendar.is_between("directory_opens", "directory_closes", now) {
        let step = Next::new("See how the choosing goes", href, "Open the matching board");
        return Ok(vec![
            step.saying("Who is paired, what waits, who has asked nobody yet.").by(calendar.day("directory_closes")),
        ]);
    }
    if !calendar.is_over("directory_closes", now) || calendar.is_over("duos_confirmed", now) {
        return Ok(Vec::new());
    }
    let left = board::left_mentees(tx, &cohort)?.len();
    if left == 0 {
        return Ok(Vec::new());
    }
    let people = if left == 1 { "one mentee".to_owned() } else { format!("{left} mentees") };
    let step = Next::new(format!("Propose a mentor to {people}"), href, "Open the matching board");
    let step = step.saying("Choosing is over. The board suggests pairs with reasons; both people decide.");
    Ok(vec![step.by(calendar.day("assisted_matching_done"))])
}
