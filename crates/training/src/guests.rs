//! Who belongs to an event: the people of the duos, and the committee.

use std::collections::BTreeMap;

use duos::Duo;
use platform::{identity, prelude::*};
use policy::{Opens, Role, of};

use crate::{attendance, events::Event, invitations, rules::attendance::Presence};

pub(crate) struct Guest {
    pub person: Id,
    pub name: String,
    /// "Mentor, duo 7", "Committee".
    pub role: String,
    /// What they answered; empty for nothing yet.
    pub answer: String,
    pub presence: Option<Presence>,
}

/// Everyone by name.
pub(crate) fn of_event(tx: &mut Tx, proof: &impl Opens<of::Event>, event: &Event) -> Result<Vec<Guest>, Failure> {
    let answers = invitations::of_event(tx, proof, event.id)?;
    let seen = attendance::of_event(tx, proof, event.id)?;
    let mut guests = BTreeMap::new();
    for duo in duos::in_cohort(tx, event.cohort)?.into_iter().filter(|it| it.state != "ended") {
        for person in duo.people() {
            guests.insert(person, (duo.name_of(person).to_owned(), role_in(&duo, person)));
        }
    }
    if event.is_orientation() {
        for person in committee(tx, event.cohort)? {
            if let Some(account) = identity::find(tx, person)? {
                guests.entry(person).or_insert((account.name, "Committee".to_owned()));
            }
        }
    }
    let guest = |(person, (name, role)): (Id, (String, String))| Guest {
        answer: answers.get(&person).cloned().unwrap_or_default(),
        presence: seen.get(&person).copied(),
        person,
        name,
        role,
    };
    let mut guests: Vec<Guest> = guests.into_iter().map(guest).collect();
    guests.sort_by(|one, other| one.name.cmp(&other.name).then(one.person.cmp(&other.person)));
    Ok(guests)
}

/// Those of them who have had no invitation.
pub(crate) fn uninvited(tx: &mut Tx, proof: &impl Opens<of::Event>, event: &Event) -> Result<Vec<Id>, Failure> {
    let invited = invitations::of_event(tx, proof, event.id)?;
    let mut people: Vec<Id> =
        duos::in_cohort(tx, event.cohort)?.iter().filter(|it| it.state != "ended").flat_map(Duo::people).collect();
    if event.is_orientation() {
        people.extend(committee(tx, event.cohort)?);
    }
    people.retain(|it| !invited.contains_key(it));
    people.sort();
    people.dedup();
    Ok(people)
}

fn committee(tx: &mut Tx, cohort: Id) -> Result<Vec<Id>, Failure> {
    let mut people = Vec::new();
    for role in [Role::Chair, Role::Deputy, Role::Liaison, Role::Council] {
        people.extend(program::holders(tx, role, cohort)?);
    }
    Ok(people)
}

fn role_in(duo: &Duo, person: Id) -> String {
    let role = if person == duo.mentor { "Mentor" } else { "Mentee" };
    format!("{role}, duo {}", duo.number)
}
