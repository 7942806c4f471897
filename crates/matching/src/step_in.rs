//! `/cohorts/{cohort}/matching/requests/{id}`: the chair answers, or takes a request back, for
//! somebody who cannot. Says why; both are told; what was written stays between the two. SLF6.

use membership::Stake;
use platform::prelude::*;
use policy::{Grant, may, of};
use program::{Cohort, calendar, long_day};
use shell::{Choice, Faults, Input, Tone};

use crate::{
    answer, letters, moves,
    requests::{self, Request},
    rules::{self, State, StepIn},
    who,
};

const TITLE: &str = "Step in for somebody";

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let (cohort, request) = of_cohort(tx, visit)?;
    Ok(Reply::page(TITLE, page(tx, &cohort, &request, &Fields::default(), &Faults::new())?))
}

pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let (cohort, request) = of_cohort(tx, visit)?;
    tx.lock(cohort.id)?;
    // Only now that others wait is it sure what has happened before.
    let request = requests::find(tx, request.id)?.ok_or(Failure::NotFound)?;
    let (what, why) = (visit.form.text("what"), visit.form.text("why").trim());
    let step = match rules::step_in(request.state(), what, why) {
        Ok(step) => step,
        Err(refusal) => return Err(refused(tx, visit, &cohort, &request, refusal.field(), &refusal.to_string())?),
    };
    let chair = visit.person()?;
    if let Err(sentence) = take(tx, &cohort, &request, step, chair)? {
        return Err(refused(tx, visit, &cohort, &request, "", &sentence)?);
    }
    journal::record(tx, "chair stepped in", request.id, Some(chair), Some(cohort.id))?;
    let name = who::name(tx, chair)?;
    for person in [request.mentee, request.mentor] {
        letters::post_stepped_in(tx, &cohort, &request, person, &name, (step, why))?;
    }
    Ok(Reply::go(format!("/cohorts/{}/matching", cohort.id)).saying("Done, and both are told by whom and why."))
}

/// An open request of this cohort. Whoever has a stake in it finds nothing here.
fn of_cohort(tx: &mut Tx, visit: &Visit) -> Result<(Cohort, Request), Failure> {
    let cohort = program::the_cohort(tx, visit.id("cohort")?)?;
    let _: Grant<of::MatchRequest, may::Status> = visit.grant(&policy::Facts::in_cohort(cohort.id.number()))?;
    let stake = Stake::of(tx, visit.person()?)?;
    let request = requests::find(tx, visit.id("id")?)?;
    let seen = |it: &Request| it.cohort == cohort.id && !stake.is_in(&[it.mentee, it.mentor]);
    Ok((cohort.clone(), request.filter(seen).ok_or(Failure::NotFound)?))
}

/// Nothing where it is done; a sentence where it counts no more.
fn take(
    tx: &mut Tx,
    cohort: &Cohort,
    request: &Request,
    step: StepIn,
    chair: Id,
) -> Result<Result<(), String>, Failure> {
    if step == StepIn::TakeBack {
        let done = moves::end(tx, cohort, request, State::Withdrawn, "", Some(chair))?;
        return Ok(if done { Ok(()) } else { Err(rules::StepInRefusal::Over.to_string()) });
    }
    let given = answer::give(tx, request, step == StepIn::Yes, "", chair)?;
    Ok(given.map(|_| ()))
}

fn refused(
    tx: &mut Tx,
    visit: &Visit,
    cohort: &Cohort,
    request: &Request,
    field: &'static str,
    sentence: &str,
) -> Result<Failure, Failure> {
    let mut faults = Faults::new();
    faults.add(field, sentence.to_owned());
    let page = page(tx, cohort, request, &visit.form, &faults)?;
    Ok(if field.is_empty() { Failure::overtaken(TITLE, page) } else { Failure::refused(TITLE, page) })
}

fn page(tx: &mut Tx, cohort: &Cohort, request: &Request, typed: &Fields, faults: &Faults) -> Result<Markup, Failure> {
    let calendar = calendar::of(tx, cohort)?;
    let day = |at| long_day(calendar.today(at));
    let board = format!("/cohorts/{}/matching", cohort.id);
    let asked = format!("{} asked {} on {}.", request.mentee_name, request.mentor_name, day(request.asked_at));
    Ok(html! {
        (shell::error_summary(faults))
        (shell::breadcrumbs(&[(&board, "Matching")], TITLE))
        (shell::page_head(TITLE, &asked))
        @if request.is_open() {
            p { "It waits for an answer until " strong { (day(request.due_at)) } ", and then goes on by itself. Step in where one of them asked you to, or cannot be reached." }
            (shell::form(&format!("{board}/requests/{}", request.id), fields(request, typed, faults)))
        } @else {
            (shell::note(Tone::Info, html! { "This request is settled. There is nothing to step in for." }))
        }
        (shell::readers_line(&policy::who_can_read_as(policy::Record::MatchRequest, policy::Column::Chair)))
        p.hint { "Your reason is read by both. You do not see what they wrote to each other." }
    })
}

fn fields(request: &Request, typed: &Fields, faults: &Faults) -> Markup {
    let (mentee, mentor) = (&request.mentee_name, &request.mentor_name);
    let words = |step| match step {
        StepIn::Yes => Choice::new(StepIn::Yes.key(), format!("{mentor} says yes")).hint("They become a duo at once."),
        StepIn::No => Choice::new(StepIn::No.key(), format!("{mentor} cannot this time"))
            .hint("The next on the mentee’s list is asked, if there is one."),
        StepIn::TakeBack => Choice::new(StepIn::TakeBack.key(), format!("{mentee} takes the request back"))
            .hint("The next on the list is asked, if there is one."),
    };
    let choices = StepIn::ALL.map(words);
    html! {
        (shell::choice_field(&Input::new("what", "What happens").value(typed.text("what")).required().faults(faults), &choices))
        (shell::long_field(&Input::new("why", "Why you do it for them").value(typed.text("why")).rows(2).required()
            .max(rules::WHY_AT_MOST).faults(faults).hint("Both of them read it in a letter. The journal keeps that you stepped in.")))
        (shell::actions(shell::button("Do it for them")))
    }
}
