//! Whom somebody may turn to, and of whom they may say that it is about them.

use duos::Duo;
use membership::Stake;
use platform::{identity, prelude::*};
use policy::{Role, may};

use super::{Concern, access};
use crate::liaisons;

/// Somebody to turn to, and what makes them so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Contact {
    pub person: Id,
    pub name: String,
    /// As the table names it.
    pub role: &'static str,
    pub words: &'static str,
}

/// Where a concern of somebody belongs: their running duo, or the cohort in which they hold
/// a role, or the newest. Of several duos the one they chose; without a choice to none, for
/// nobody around one duo learns what concerns another.
pub(crate) fn home(tx: &mut Tx, visit: &Visit) -> Result<Option<(Id, Option<Duo>)>, Failure> {
    let duos = duos::running_of(tx, visit.person()?)?;
    let chosen = [&visit.form, &visit.query].into_iter().find_map(|it| Id::parse(it.text("duo")));
    if let [first, others @ ..] = duos.as_slice() {
        let chosen = if others.is_empty() { Some(first) } else { duos.iter().find(|it| Some(it.id) == chosen) };
        return Ok(Some((first.cohort, chosen.cloned())));
    }
    let held = visit.subject.memberships.iter().filter_map(|it| it.cohort.map(Id::from)).max();
    Ok(match held {
        Some(cohort) => Some((cohort, None)),
        None => program::current(tx)?.map(|it| (it.id, None)),
    })
}

/// Whom somebody may turn to: the liaison of their duo, chairs, deputies and the office.
pub(crate) fn contacts(tx: &mut Tx, person: Id, cohort: Id, duo: Option<&Duo>) -> Result<Vec<Contact>, Failure> {
    let mut found: Vec<(Id, &'static str, &'static str)> = Vec::new();
    if let Some(duo) = duo {
        found.extend(liaisons::of_duo(tx, duo.id)?.map(|it| (it.person, "liaison", "liaison of your duo")));
    }
    for (role, key, words) in
        [(Role::Chair, "chair", "chair"), (Role::Deputy, "deputy", "deputy chair"), (Role::Staff, "staff", "office")]
    {
        found.extend(program::holders(tx, role, cohort)?.into_iter().map(|it| (it, key, words)));
    }
    named(tx, person, found)
}

/// Of them those who would read it: nobody who steps aside from one of the people concerned.
pub(crate) fn free_contacts(tx: &mut Tx, person: Id, cohort: Id, duo: Option<&Duo>) -> Result<Vec<Contact>, Failure> {
    let mut concerned = vec![person];
    concerned.extend(duo.iter().flat_map(|it| it.people()));
    let mut free = Vec::new();
    for contact in contacts(tx, person, cohort, duo)? {
        if !Stake::of(tx, contact.person)?.is_in(&concerned) {
            free.push(contact);
        }
    }
    Ok(free)
}

/// Of whom one may say that it is about them: the partner, and everybody on the committee.
pub(crate) fn nameable(tx: &mut Tx, person: Id, cohort: Id, duo: Option<&Duo>) -> Result<Vec<Contact>, Failure> {
    let mut found: Vec<(Id, &'static str, &'static str)> = Vec::new();
    found.extend(duo.map(|it| (it.partner_of(person), "partner", "your partner")));
    let mut all = contacts(tx, person, cohort, duo)?;
    for (role, words) in [(Role::Liaison, "liaison"), (Role::Council, "council member")] {
        found.extend(program::holders(tx, role, cohort)?.into_iter().map(|it| (it, "", words)));
    }
    for contact in named(tx, person, found)? {
        if all.iter().all(|it| it.person != contact.person) {
            all.push(contact);
        }
    }
    all.sort_by_key(|it| (it.role != "partner", it.name.clone()));
    Ok(all)
}

/// To whom it may be passed on: those whom the matrix lets read it then, and who do not yet.
pub(crate) fn may_be_referred_to(tx: &mut Tx, concern: &Concern) -> Result<Vec<Contact>, Failure> {
    let mut found: Vec<(Id, &'static str, &'static str)> = Vec::new();
    for (role, words) in [(Role::Staff, "office"), (Role::Council, "council member"), (Role::Liaison, "liaison")] {
        found.extend(program::holders(tx, role, concern.cohort)?.into_iter().map(|it| (it, "", words)));
    }
    let mut free = Vec::new();
    for contact in named(tx, concern.reporter, found)? {
        if access::could_be_referred_to(tx, contact.person, concern)? {
            free.push(contact);
        }
    }
    Ok(free)
}

/// The names of those who read it at this moment, beside the reporter.
pub(crate) fn readers(tx: &mut Tx, concern: &Concern) -> Result<Vec<String>, Failure> {
    let mut names = Vec::new();
    for role in [Role::Chair, Role::Deputy, Role::Liaison, Role::Council, Role::Staff] {
        for person in program::holders(tx, role, concern.cohort)? {
            let subject = program::subject(tx, person)?;
            let reads = access::grant::<may::Read>(tx, &subject, concern)?.is_some();
            if let (true, Some(account)) = (reads && person != concern.reporter, identity::find(tx, person)?)
                && !names.contains(&account.name)
            {
                names.push(account.name);
            }
        }
    }
    Ok(names)
}

/// Those who would read it, to whomever it is addressed, with their names.
pub(crate) fn readers_anyway(
    tx: &mut Tx,
    (cohort, reporter): (Id, Id),
    duo: Option<&Duo>,
) -> Result<Vec<(Id, String)>, Failure> {
    let mut asked = vec![reporter];
    let mut readers = Vec::new();
    for role in [Role::Liaison, Role::Chair, Role::Deputy, Role::Council, Role::Staff] {
        for person in program::holders(tx, role, cohort)? {
            if asked.contains(&person) {
                continue;
            }
            asked.push(person);
            if access::would_read(tx, person, (cohort, reporter), duo)? {
                readers.extend(identity::find(tx, person)?.map(|it| (person, it.name)));
            }
        }
    }
    Ok(readers)
}

/// Who they are, each once, without whoever asks.
fn named(tx: &mut Tx, person: Id, found: Vec<(Id, &'static str, &'static str)>) -> Result<Vec<Contact>, Failure> {
    let mut contacts: Vec<Contact> = Vec::new();
    for (id, role, words) in found {
        if id == person || contacts.iter().any(|it| it.person == id) {
            continue;
        }
        if let Some(account) = identity::find(tx, id)? {
            contacts.push(Contact { person: id, name: account.name, role, words });
        }
    }
    Ok(contacts)
}
