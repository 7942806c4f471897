//! What is next for a person, from this room.

use platform::prelude::*;
use policy::{Action, Role};
use program::Next;

use crate::{
    applications::{self, Application},
    call::{self, Call},
    letters, offers,
    rules::{day, status::State},
};

pub fn next_steps(tx: &mut Tx, visit: &Visit) -> Result<Vec<Next>, Failure> {
    let person = visit.person()?;
    let mut steps = Vec::new();
    for application in applications::of_person(tx, person)? {
        let cohort = program::the_cohort(tx, application.cohort)?;
        if cohort.is_open() {
            let call = call::of(tx, cohort)?;
            steps.extend(step_of(tx, &call, &application)?);
        }
    }
    steps.extend(invitation(tx, visit)?);
    steps.extend(to_look_at(tx, visit)?);
    Ok(steps)
}

fn step_of(tx: &mut Tx, call: &Call, application: &Application) -> Result<Option<Next>, Failure> {
    let (role, path) = (application.role(), application.path());
    let may_apply = call.may_apply(role, tx.now()).is_ok();
    let form = format!("/apply/{}", application.role);
    Ok(match application.state() {
        State::Draft if may_apply => Some(
            Next::new(format!("Finish your application as a {}", application.role), form, "Go on with it")
                .saying("A draft holds no place; it counts when you submit it.")
                .by(call.closes(role)),
        ),
        State::Refused if may_apply && !application.is_declined() => Some(
            Next::new("Look at your application again", path, "See why")
                .saying("As it stands it cannot be accepted. You can correct it, or ask for a second look.")
                .by(call.closes(role)),
        ),
        State::Offered => match offers::open_of(tx, application.id)? {
            Some(offer) => {
                let until = letters::until(call, offer.expires_at);
                let day = call.calendar.today(offer.expires_at);
                Some(
                    Next::new("A place is held for you: take it or pass it on", path, "Answer the offer")
                        .saying(format!("It is yours until {until}."))
                        .by(day),
                )
            }
            None => None,
        },
        State::Waiting if call.calendar.today(tx.now()) <= call.offers_end() => {
            let place = applications::place_in_line(tx, application)?.unwrap_or(1);
            let words = format!(
                "There is nothing to do. If a place becomes free for you we write; that can happen until {}.",
                day(call.offers_end())
            );
            Some(
                Next::new(format!("You are number {place} on the waiting list"), path, "See where you stand")
                    .saying(words),
            )
        }
        _ => None,
    })
}

/// Whoever has an account and nothing else yet came to take part.
fn invitation(tx: &mut Tx, visit: &Visit) -> Result<Option<Next>, Failure> {
    if !visit.subject.memberships.is_empty() {
        return Ok(None);
    }
    let Some(call) = call::current(tx)? else { return Ok(None) };
    let person = visit.person()?;
    let mine = applications::of_person(tx, person)?;
    if mine.iter().any(|it| it.cohort == call.cohort.id) || call.may_apply(Role::Mentee, tx.now()).is_err() {
        return Ok(None);
    }
    let step = Next::new("Apply as a mentee or as a mentor", "/apply", "See the call")
        .saying("It takes about 15 minutes, and you can save and come back.")
        .by(call.closes(Role::Mentee));
    Ok(Some(step))
}

/// For the chair: people who asked for a second look.
fn to_look_at(tx: &mut Tx, visit: &Visit) -> Result<Option<Next>, Failure> {
    let Some(cohort) = program::current(tx)? else { return Ok(None) };
    if !visit.may(Action::DecideApplications, Some(cohort.id)) {
        return Ok(None);
    }
    let waiting = applications::to_look_at(tx, cohort.id)?;
    if waiting == 0 {
        return Ok(None);
    }
    let title = if waiting == 1 {
        "Look again at one application".to_owned()
    } else {
        format!("Look again at {waiting} applications")
    };
    let href = format!("/cohorts/{}/applications", cohort.id);
    Ok(Some(
        Next::new(title, href, "See the applications")
            .saying("They were refused by the rule and ask for a second look."),
    ))
}
