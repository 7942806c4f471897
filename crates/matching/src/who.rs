//! Who asks, seen from this room.

use platform::{identity, prelude::*};
use policy::Role;
use program::Cohort;

const COMMITTEE: &[Role] = &[Role::Chair, Role::Deputy, Role::Liaison, Role::Council];

pub(crate) fn is_committee(visit: &Visit, cohort: Id) -> bool {
    visit.subject.reaches(COMMITTEE, Some(cohort.number()))
}

/// The cohorts in which a person holds a role.
pub(crate) fn cohorts_of(visit: &Visit, role: Role) -> Vec<Id> {
    let held = visit.subject.memberships.iter().filter(|it| it.role == role);
    held.filter_map(|it| it.cohort.map(Id::from)).collect()
}

/// The newest open cohort in which the person who asks holds a role.
pub(crate) fn cohort_as(tx: &mut Tx, visit: &Visit, role: Role) -> Result<Option<Cohort>, Failure> {
    let mut newest: Option<Cohort> = None;
    for id in cohorts_of(visit, role) {
        let cohort = program::cohort(tx, id)?.filter(Cohort::is_open);
        if let Some(cohort) = cohort
            && newest.as_ref().is_none_or(|it| it.annual_meeting < cohort.annual_meeting)
        {
            newest = Some(cohort);
        }
    }
    Ok(newest)
}

pub(crate) fn account(tx: &mut Tx, person: Id) -> Result<Account, Failure> {
    identity::find(tx, person)?.ok_or(Failure::NotFound)
}

pub(crate) fn name(tx: &mut Tx, person: Id) -> Result<String, Failure> {
    Ok(identity::name_of(tx, person)?)
}

/// Whether a person looks for nobody any more in this cohort: a mentee in a duo that has not
/// ended, or a mentor without room for another.
pub(crate) fn is_taken(tx: &mut Tx, cohort: Id, person: Id) -> Result<bool, Failure> {
    let duos = duos::of_person_any(tx, person)?;
    let live = |it: &&duos::Duo| it.cohort == cohort && it.state != "ended";
    let live: Vec<_> = duos.iter().filter(live).collect();
    Ok(live.iter().any(|it| it.mentee == person) || (!live.is_empty() && duos::slots_left(tx, cohort, person)? == 0))
}
