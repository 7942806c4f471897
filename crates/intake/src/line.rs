//! The line: submissions take places in the order in which they are committed, and a
//! place that becomes free is offered to the next. Every function here is called under
//! the lock of the cohort (`places::lock`), which is taken before anything is read.

use platform::prelude::*;
use policy::Role;

use crate::{
    applications::{self, Application, Decision},
    call::Call,
    letters,
    offers::{self, Offer, OfferAnswer},
    order, places, review_rules,
    rules::{Verdict, queue, status::State},
};

/// A complete application is submitted: it has a place, joins the waiting list, or is
/// refused by the rule.
pub(crate) fn submit(tx: &mut Tx, call: &Call, application: &Application, verdict: &Verdict) -> Result<State, Failure> {
    if !verdict.eligible {
        let refused = applications::submit(tx, application.id, State::Refused, None, verdict, "")?;
        still(refused, application)?;
        record(tx, "application submitted", application, Some(application.person))?;
        letters::refused(tx, call, application, verdict)?;
        return Ok(State::Refused);
    }
    let state = seat(tx, call, application.role())?;
    let number = places::next_number(tx, call.cohort.id, application.role())?;
    let approval = review_rules::approval(tx, call.cohort.id, application.role())?;
    still(applications::submit(tx, application.id, state, Some(number), verdict, approval)?, application)?;
    record(tx, "application submitted", application, Some(application.person))?;
    letters::received(tx, call, application, number)?;
    settle(tx, call, application.id)?;
    Ok(state)
}

/// The committee admits an application that the rule refused; it takes its turn now. ELG6
pub(crate) fn admit(tx: &mut Tx, call: &Call, application: &Application, decision: &Decision) -> Result<(), Failure> {
    let state = seat(tx, call, application.role())?;
    let number = places::next_number(tx, call.cohort.id, application.role())?;
    still(applications::admit(tx, application.id, state, number, decision)?, application)?;
    record(tx, "eligibility overridden", application, Some(decision.by))?;
    membership::count_as_eligible(tx, application.cohort, application.person, decision.reason, decision.by)?;
    settle(tx, call, application.id)
}

/// Goes on only while the application is where it was read to be. Otherwise everything
/// of this unit of work is undone, the place that it took as well.
pub(crate) fn still(moved: bool, application: &Application) -> Result<(), Failure> {
    if moved {
        return Ok(());
    }
    let title = "This application has moved on meanwhile";
    let body = html! {
        (shell::page_head(title, "Somebody, perhaps you in another window, was a moment faster. Nothing was changed just now."))
        (shell::actions(shell::link_button(&application.path(), "See where it stands")))
    };
    Err(Failure::overtaken(title, body))
}

/// Takes a place when there is one and nobody waits for it. Mentors need none.
fn seat(tx: &mut Tx, call: &Call, role: Role) -> Result<State, Failure> {
    if role == Role::Mentor {
        return Ok(State::Placed);
    }
    let (board, waiting) = (places::board(tx, &call.cohort)?, applications::waiting(tx, call.cohort.id)?);
    let taken = queue::has_place(&board, waiting) && places::take(tx, call.cohort.id)?;
    Ok(if taken { State::Placed } else { State::Waiting })
}

/// What follows from having a place, or from waiting for one.
fn settle(tx: &mut Tx, call: &Call, application: Id) -> Result<(), Failure> {
    let application = applications::find(tx, application)?.ok_or(Failure::NotFound)?;
    if application.state() == State::Placed {
        return welcome(tx, call, &application);
    }
    record(tx, "waiting list joined", &application, Some(application.person))?;
    if let Some(place) = applications::place_in_line(tx, &application)? {
        letters::waiting(tx, call, &application, place)?;
    }
    Ok(())
}

/// The place is theirs in the order of the line, whatever the committee has still to say.
fn welcome(tx: &mut Tx, call: &Call, application: &Application) -> Result<(), Failure> {
    if application.role() == Role::Mentee {
        record(tx, "place taken", application, Some(application.person))?;
    }
    if application.awaits_approval() {
        return applicant_while_open(tx, call.cohort.id, application.person);
    }
    join(tx, call, application)
}

/// From now on they are a mentee or a mentor of the cohort.
fn join(tx: &mut Tx, call: &Call, application: &Application) -> Result<(), Failure> {
    let (cohort, person) = (&call.cohort, application.person);
    program::enrol(tx, person, Some(cohort.id), application.role())?;
    if application.role() == Role::Mentor {
        journal::record(tx, "mentor joined", person, Some(person), Some(cohort.id))?;
    }
    applicant_while_open(tx, cohort.id, person)?;
    letters::joined(tx, cohort, application)
}

/// APP7: the committee says yes. Whoever has a place joins; whoever waits keeps their turn.
pub(crate) fn approve(tx: &mut Tx, call: &Call, application: &Application, by: Id) -> Result<(), Failure> {
    still(applications::approve(tx, application.id, by)?, application)?;
    record(tx, "application approved", application, Some(by))?;
    let application = applications::find(tx, application.id)?.ok_or(Failure::NotFound)?;
    if application.state() == State::Placed { join(tx, call, &application) } else { Ok(()) }
}

/// The committee says "not this time": a place that was kept goes to the next in line.
pub(crate) fn decline(tx: &mut Tx, call: &Call, application: &Application, by: Id) -> Result<(), Failure> {
    let state = application.state();
    still(applications::decline(tx, application.id, state, by)?, application)?;
    give_back(tx, call, application)?;
    applicant_while_open(tx, call.cohort.id, application.person)?;
    record(tx, "application declined", application, Some(by))?;
    offer_free_places(tx, call)
}

/// The committee keeps somebody in reserve: the place goes to the next in line, and they
/// wait behind everybody who waits now, with the committee's yes.
pub(crate) fn to_the_end(tx: &mut Tx, call: &Call, application: &Application, by: Id) -> Result<(), Failure> {
    let number = places::next_number(tx, call.cohort.id, Role::Mentee)?;
    still(applications::to_the_end(tx, application.id, number, by)?, application)?;
    places::free(tx, call.cohort.id)?;
    record(tx, "place given up for the waiting list", application, Some(by))?;
    offer_free_places(tx, call)?;
    let application = applications::find(tx, application.id)?.ok_or(Failure::NotFound)?;
    settle(tx, call, application.id)
}

/// Whoever still has something open here is an applicant; nobody else is.
pub(crate) fn applicant_while_open(tx: &mut Tx, cohort: Id, person: Id) -> Result<(), Failure> {
    let open = |it: &Application| {
        let is_over = it.has_joined() || it.is_declined() || matches!(it.state(), State::Passed | State::Withdrawn);
        it.cohort == cohort && !is_over
    };
    if applications::of_person(tx, person)?.iter().any(open) {
        program::enrol(tx, person, Some(cohort), Role::Applicant)
    } else {
        program::leave(tx, person, cohort, Role::Applicant)
    }
}

/// APP5: taken back at any time; a place that becomes free goes to the next in line.
pub(crate) fn withdraw(tx: &mut Tx, call: &Call, application: &Application) -> Result<(), Failure> {
    let (cohort, state) = (&call.cohort, application.state());
    still(applications::move_on(tx, application.id, state, State::Withdrawn)?, application)?;
    give_back(tx, call, application)?;
    if state == State::Placed {
        program::leave(tx, application.person, cohort.id, application.role())?;
    }
    applicant_while_open(tx, cohort.id, application.person)?;
    if application.submitted_at.is_some() {
        record(tx, "application withdrawn", application, Some(application.person))?;
        letters::withdrawn(tx, cohort, application)?;
    } else {
        record(tx, "draft put aside", application, Some(application.person))?;
    }
    offer_free_places(tx, call)
}

/// The place that a mentee has or is offered; a mentor has none.
fn give_back(tx: &mut Tx, call: &Call, application: &Application) -> Result<(), Failure> {
    let cohort = call.cohort.id;
    match (application.role(), application.state()) {
        (Role::Mentee, State::Placed) => {
            places::free(tx, cohort)?;
        }
        (Role::Mentee, State::Offered) => {
            if let Some(offer) = offers::open_of(tx, application.id)? {
                offers::answer(tx, offer.id, OfferAnswer::Withdrawn)?;
            }
            places::let_go(tx, cohort)?;
        }
        _ => {}
    }
    Ok(())
}

/// CAP3: holds every free place for the next in line and asks them.
pub(crate) fn offer_free_places(tx: &mut Tx, call: &Call) -> Result<(), Failure> {
    let cohort = &call.cohort;
    if !cohort.is_open() {
        return Ok(());
    }
    let (board, waiting) = (places::board(tx, cohort)?, applications::waiting(tx, cohort.id)?);
    let today = call.calendar.today(tx.now());
    for id in applications::next_in_line(tx, cohort.id, queue::offers(&board, waiting, today, call.offers_end()))? {
        if !places::hold(tx, cohort.id)? {
            break;
        }
        let application = applications::find(tx, id)?.ok_or(Failure::NotFound)?;
        still(applications::move_on(tx, id, State::Waiting, State::Offered)?, &application)?;
        let offer = offers::add(tx, id, cohort.id)?;
        record(tx, "place offered", &application, None)?;
        letters::offered(tx, call, &application, &offer)?;
    }
    Ok(())
}

/// The place that was held becomes theirs.
pub(crate) fn accept_offer(tx: &mut Tx, call: &Call, offer: &Offer) -> Result<(), Failure> {
    let application = applications::find(tx, offer.application)?.ok_or(Failure::NotFound)?;
    still(offers::answer(tx, offer.id, OfferAnswer::Accepted)?, &application)?;
    still(applications::move_on(tx, application.id, State::Offered, State::Placed)?, &application)?;
    still(places::take_held(tx, call.cohort.id)?, &application)?;
    welcome(tx, call, &application)
}

/// The place goes to the next: they passed it on, or did not answer in time.
pub(crate) fn pass_on(tx: &mut Tx, call: &Call, offer: &Offer, why: OfferAnswer) -> Result<(), Failure> {
    let application = applications::find(tx, offer.application)?.ok_or(Failure::NotFound)?;
    still(offers::answer(tx, offer.id, why)?, &application)?;
    still(applications::move_on(tx, application.id, State::Offered, State::Passed)?, &application)?;
    still(places::let_go(tx, call.cohort.id)?, &application)?;
    let by = (why == OfferAnswer::Passed).then_some(application.person);
    record(tx, "place passed on", &application, by)?;
    applicant_while_open(tx, call.cohort.id, application.person)?;
    letters::passed_on(tx, &call.cohort, &application, offer.id)?;
    offer_free_places(tx, call)
}

/// CAP4: another number of places. Who waits longest is admitted at once, without an
/// offer: the committee has just seen their names.
pub(crate) fn change_places(tx: &mut Tx, call: &Call, wanted: i64, admits: i64, by: Id) -> Result<(), Failure> {
    let cohort = call.cohort.id;
    order::note_change(tx, cohort, call.cohort.places, wanted)?;
    places::set(tx, cohort, wanted)?;
    journal::record(tx, "places changed", cohort, Some(by), Some(cohort))?;
    for id in applications::next_in_line(tx, cohort, admits)? {
        if !places::take(tx, cohort)? {
            break;
        }
        let application = applications::find(tx, id)?.ok_or(Failure::NotFound)?;
        still(applications::move_on(tx, id, State::Waiting, State::Placed)?, &application)?;
        welcome(tx, call, &application)?;
    }
    Ok(())
}

fn record(tx: &mut Tx, what: &'static str, application: &Application, by: Option<Id>) -> Result<(), Failure> {
    Ok(journal::record(tx, what, application.id, by, Some(application.cohort))?)
}
