//! What is next: an invitation to answer, lessons to read, an orientation to make up for,
//! and the committee's list at the door.

use platform::prelude::*;
use policy::{Grant, Role, may, of};
use program::{Cohort, Next, calendar, rules::calendar::add};

use crate::{
    attendance::{self, MAKE_UP_DAYS},
    events::{self, ORIENTATION},
    invitations, lessons, readings,
    rules::attendance::Presence,
    visible,
};

pub fn next_steps(tx: &mut Tx, visit: &Visit) -> Result<Vec<Next>, Failure> {
    let mut steps = invitations_to_answer(tx, visit)?;
    if visit.holds(Role::Mentee) || visit.holds(Role::Mentor) {
        steps.extend(of_the_duo(tx, visit)?);
    }
    if let Some(cohort) = program::current(tx)?.filter(Cohort::is_open)
        && let Ok(proof) = visible::proof(visit, cohort.id)
    {
        steps.extend(list_to_take(tx, &proof, &cohort)?);
    }
    Ok(steps)
}

fn invitations_to_answer(tx: &mut Tx, visit: &Visit) -> Result<Vec<Next>, Failure> {
    let mut steps = Vec::new();
    for (event, cohort) in events::of_person(tx, visit.person()?)? {
        let Ok(proof) = visible::proof(visit, cohort) else { continue };
        let Some(event) = events::find(tx, &proof, event)? else { continue };
        if event.is_over(tx.now()) || invitations::own(tx, &proof, event.id)?.is_none_or(|it| !it.is_empty()) {
            continue;
        }
        let cohort = program::the_cohort(tx, event.cohort)?;
        let calendar = calendar::of(tx, &cohort)?;
        let (today, day) = (calendar.today(tx.now()), event.day(&calendar));
        let due = if add(day, -7) >= today { add(day, -7) } else { day };
        let title = format!("Say whether you come: {}", event.title);
        let next = Next::new(title, format!("/events/{}", event.id), "Answer with one click");
        steps.push(next.saying(event.when(&calendar)).by(due));
    }
    Ok(steps)
}

/// Lessons until they are due and a month longer; the orientation until it is made up for.
fn of_the_duo(tx: &mut Tx, visit: &Visit) -> Result<Vec<Next>, Failure> {
    let person = visit.person()?;
    let mut steps = Vec::new();
    for duo in duos::running_of(tx, person)? {
        let cohort = program::the_cohort(tx, duo.cohort)?;
        let calendar = calendar::of(tx, &cohort)?;
        let (today, due) = (calendar.today(tx.now()), calendar.day("training_due"));
        let all = lessons::eight().len();
        let read = readings::own(tx, &visit.own()?)?.iter().filter(|it| *it != "liaison").count();
        if read < all && today <= add(due, 30) {
            let words = format!("{read} of {all} read, about eight minutes each.");
            steps.push(Next::new("Read the lessons", "/lessons", "Go on reading").saying(words).by(due));
        }
        let Ok(proof) = visible::proof(visit, cohort.id) else { continue };
        if let Some(event) = events::of_kind(tx, &proof, cohort.id, ORIENTATION)?.filter(|it| it.closed_at.is_some()) {
            let presence = attendance::own(tx, &proof, event.id)?;
            if !presence.is_some_and(Presence::counts) {
                let from = event.day(&calendar).max(calendar.today(duo.formed_at));
                let next =
                    Next::new("Make up for the orientation", format!("/events/{}/make-up", event.id), "Make up for it");
                let words = "Read what was said and answer three questions; that counts as attended.";
                steps.push(next.saying(words).by(add(from, MAKE_UP_DAYS)));
            }
        }
    }
    Ok(steps)
}

fn list_to_take(tx: &mut Tx, proof: &Grant<of::Event, may::Write>, cohort: &Cohort) -> Result<Option<Next>, Failure> {
    let calendar = calendar::of(tx, cohort)?;
    let Some(event) = events::of_kind(tx, proof, cohort.id, ORIENTATION)?.filter(|it| it.closed_at.is_none()) else {
        return Ok(None);
    };
    let (today, day) = (calendar.today(tx.now()), event.day(&calendar));
    if today < day || invitations::of_event(tx, proof, event.id)?.is_empty() {
        return Ok(None);
    }
    let title = if today == day { "Note who is at the orientation" } else { "Complete the list of the orientation" };
    let words = "At the door on a phone, or from the printed list.";
    Ok(Some(Next::new(title, format!("/events/{}/door", event.id), "Open the list").saying(words).by(add(day, 1))))
}
