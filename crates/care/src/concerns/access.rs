//! What the access matrix is told of a concern, seen from somebody.

use membership::Stake;
use platform::prelude::*;
use policy::{Condition, Facts, Grant, May, Subject, of};

use super::{Concern, content, find, referred};
use crate::liaisons;

/// The concern in the path with the proof that whoever asks may do this with it; to those
/// whom it is about, and to those who were left out, it is not there.
pub(crate) fn of_path<V: May>(tx: &mut Tx, visit: &Visit) -> Result<(Concern, Grant<of::Escalation, V>), Failure> {
    let concern = find(tx, visit.id("concern")?)?.ok_or(Failure::NotFound)?;
    let grant = grant(tx, &visit.subject, &concern)?.ok_or(Failure::NotFound)?;
    Ok((concern, grant))
}

/// The proof that somebody may do this with a concern, as everything stands now.
pub(crate) fn grant<V: May>(
    tx: &mut Tx,
    subject: &Subject,
    concern: &Concern,
) -> Result<Option<Grant<of::Escalation, V>>, Failure> {
    let Some(person) = subject.person.map(Id::from) else { return Ok(None) };
    let facts = facts(tx, person, concern)?;
    Ok(policy::grant(subject, &facts))
}

fn facts(tx: &mut Tx, person: Id, concern: &Concern) -> Result<Facts, Failure> {
    let here = Facts::in_cohort(concern.cohort.number());
    if person == concern.reporter {
        return Ok(here.own(true));
    }
    let Some(content) = content(tx, concern)? else { return Ok(here.conflict(true)) };
    let duo = match concern.duo {
        Some(duo) => duos::duo(tx, duo)?,
        None => None,
    };
    let mut concerned = content.named();
    concerned.push(concern.reporter);
    let is_kept = content.is_kept_from(person);
    // Whoever is addressed in the office was chosen by the reporter: that is a referral.
    let is_chosen = concern.addressed == person && concern.addressed_as == "staff";
    let is_referred = is_chosen || referred(tx, concern.id)?.contains(&person);
    let facts = of_committee(tx, person, here, concerned, duo.as_ref(), is_kept)?;
    Ok(facts.when(!is_kept, Condition::NotSkipped).when(is_referred, Condition::Referred))
}

/// How somebody who serves stands to a concern of these people.
fn of_committee(
    tx: &mut Tx,
    person: Id,
    here: Facts,
    mut concerned: Vec<Id>,
    duo: Option<&duos::Duo>,
    is_kept: bool,
) -> Result<Facts, Failure> {
    concerned.extend(duo.iter().flat_map(|it| it.people()));
    let accompanies = match duo {
        Some(duo) => liaisons::of_duo(tx, duo.id)?.is_some_and(|it| it.person == person),
        None => false,
    };
    let has_stake = Stake::of(tx, person)?.is_in(&concerned);
    Ok(here.assigned(accompanies).conflict(is_kept || has_stake))
}

/// Whether somebody would read a concern that is addressed to another and leaves nobody out.
pub(crate) fn would_read(
    tx: &mut Tx,
    person: Id,
    (cohort, reporter): (Id, Id),
    duo: Option<&duos::Duo>,
) -> Result<bool, Failure> {
    let facts = of_committee(tx, person, Facts::in_cohort(cohort.number()), vec![reporter], duo, false)?;
    let facts = facts.when(true, Condition::NotSkipped);
    let subject = program::subject(tx, person)?;
    Ok(policy::right(&subject, policy::Record::Escalation, policy::Verb::Read, &facts).is_some())
}

/// Whether somebody who does not read it yet would, were it passed on to them.
pub(crate) fn could_be_referred_to(tx: &mut Tx, person: Id, concern: &Concern) -> Result<bool, Failure> {
    let subject = program::subject(tx, person)?;
    let facts = facts(tx, person, concern)?;
    let reads =
        |facts: &Facts| policy::right(&subject, policy::Record::Escalation, policy::Verb::Read, facts).is_some();
    Ok(!reads(&facts) && reads(&facts.when(true, Condition::Referred)))
}
