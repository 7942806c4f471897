//! What is next for one of the two: gathered here, decided in `rules/next.rs`.

use platform::prelude::*;
use policy::Role;
use program::{Calendar, Next, calendar};

use crate::{
    agreements,
    duos::{self, Duo},
    facts::{self, Facts},
    going_on, pledge, pledges,
    rules::next::{NextFacts, NextStep, steps},
    wishes,
};

/// What this room has to say to the person who asks.
pub fn next_steps(tx: &mut Tx, visit: &Visit) -> Result<Vec<Next>, Failure> {
    let person = visit.person()?;
    let duos = duos::of_person_any(tx, person)?;
    let mut next = committee_pledge(tx, visit, person)?;
    for duo in duos.iter().filter(|it| it.state != "closed") {
        let facts = facts::facts(tx, duo.id)?;
        next.extend(of_duo(tx, duo, &facts, person)?);
    }
    Ok(next)
}

/// What is next in one duo for one of its two people.
pub(crate) fn of_duo(tx: &mut Tx, duo: &Duo, facts: &Facts, person: Id) -> Result<Vec<Next>, Failure> {
    let cohort = program::the_cohort(tx, duo.cohort)?;
    let calendar = calendar::of(tx, &cohort)?;
    let facts = gather(tx, duo, facts, &calendar, person)?;
    let next = steps(&facts).into_iter().map(|(step, due)| {
        let next = in_words(step, duo, person);
        match due {
            Some(day) => next.by(day),
            None => next,
        }
    });
    Ok(next.collect())
}

fn gather(tx: &mut Tx, duo: &Duo, facts: &Facts, calendar: &Calendar, person: Id) -> Result<NextFacts, Failure> {
    let newest = if facts.agreement_begun_at.is_some() { agreements::newest(tx, duo)? } else { None };
    let goes_on = going_on::by_both(tx, duo.cohort)?.contains(&duo.id);
    let last_day = calendar.day(if goes_on { "follow_up_session" } else { "session_ends" });
    let ended_by_partner = duo.ended_by.is_some_and(|by| by != person);
    Ok(NextFacts {
        today: calendar.today(tx.now()),
        is_mentor: person == duo.mentor,
        is_active: duo.is_active(),
        formed: calendar.today(duo.formed_at),
        orientation: calendar.day("orientation"),
        session_ends: last_day,
        agreement_step: calendar.day("agreement_due"),
        last_meeting: facts.last_meeting,
        has_signed_pledge: facts.pledges == 2 || pledges::has_pledged(tx, duo.cohort, person)?,
        agreement_is_begun: newest.is_some(),
        agreement_is_signed: newest.as_ref().is_some_and(|it| it.signed_at.is_some()),
        has_confirmed: newest.as_ref().is_some_and(|it| it.is_signed_by(duo, person)),
        has_goals: facts.goals_set_at.is_some(),
        owes_wish: ended_by_partner && !wishes::is_said(tx, duo.id, person)?,
    })
}

fn in_words(step: NextStep, duo: &Duo, person: Id) -> Next {
    let partner = duo.name_of(duo.partner_of(person));
    match step {
        NextStep::SayWish => Next::new("Say what you would like now", duo.path("/ending"), "Choose")
            .saying(format!("Your duo with {partner} has ended. A new partner, the next cohort, or enough for now?")),
        NextStep::SignPledge => Next::new("Read and sign the pledge", "/pledge", "Read the pledge")
            .saying("Two minutes: what you and everyone here promise each other."),
        NextStep::WriteFirst => Next::new(format!("Say hello to {partner}"), duo.path(""), "See how to reach them")
            .saying("You write first: three friendly lines are enough."),
        NextStep::SetFirstDate => {
            Next::new(format!("Set the first date with {partner}"), duo.path(""), "See how to reach them")
                .saying("Once you have met, log it in ten seconds.")
        }
        NextStep::WriteAgreement => {
            Next::new(format!("Write your agreement with {partner}"), duo.path("/agreement"), "Begin")
                .saying("Ten minutes together: why, one goal, a rhythm, the next date.")
        }
        NextStep::ConfirmAgreement => {
            Next::new(format!("Confirm your agreement with {partner}"), duo.path("/agreement"), "Read and confirm")
                .saying("It stands once both of you have confirmed it.")
        }
        NextStep::SetGoals => Next::new("Set your goals", duo.path("/goals"), "Set goals")
            .saying("One is enough: what you will be able to do, and how you will see it."),
        NextStep::LogMeeting => Next::new("Log your latest meeting", duo.path("#log"), "Log it")
            .saying(format!("Nothing was logged for a month. A day, a way and a length with {partner} are enough.")),
        NextStep::PlanClosing => Next::new("Plan your closing talk", "/guides/closing", "Read the guide")
            .saying("A good ending is planned: what changed, what was hard, what you thank each other for."),
    }
}

/// Those on the committee who have not signed their pledge yet.
fn committee_pledge(tx: &mut Tx, visit: &Visit, person: Id) -> Result<Vec<Next>, Failure> {
    if !visit.subject.holds_any(pledge::COMMITTEE) {
        return Ok(Vec::new());
    }
    let Some(cohort) = program::current(tx)? else { return Ok(Vec::new()) };
    let signed = pledges::of_person(tx, cohort.id, person)?;
    if signed.iter().any(|it| it.pledge == pledges::OF_COMMITTEE) {
        return Ok(Vec::new());
    }
    let words = "Two minutes: what everyone on the committee promises.";
    Ok(vec![Next::new("Read and sign the pledge of the committee", "/pledge", "Read the pledge").saying(words)])
}

/// Whether somebody takes part in a cohort as mentor or mentee.
pub(crate) fn takes_part(visit: &Visit, cohort: Id) -> bool {
    visit.holds_in(Role::Mentor, cohort) || visit.holds_in(Role::Mentee, cohort)
}
