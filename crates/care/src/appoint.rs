//! Appointing a liaison: by rule when a duo is formed, by hand, and handing over.

use std::collections::{BTreeMap, BTreeSet};

use duos::Duo;
use membership::Stake;
use platform::{identity, prelude::*};
use policy::Role;
use program::calendar;

use crate::{
    letters, liaisons,
    rules::{
        appoint::{self as rules, Candidate, Conflict, Partner},
        days,
    },
    tasks::{self, NewTask},
};

/// Appoints by rule. Where nobody is suitable the chair is asked, with the reason.
pub(crate) fn by_rule(tx: &mut Tx, duo: Id) -> Result<(), Failure> {
    let Some(duo) = duos::duo(tx, duo)?.filter(Duo::is_active) else { return Ok(()) };
    tx.lock(duo.cohort)?;
    if liaisons::of_duo(tx, duo.id)?.is_some() {
        return Ok(());
    }
    let (partners, candidates) = (partners(tx, &duo)?, candidates(tx, &duo)?);
    match rules::appoint(&partners, &candidates) {
        Ok(person) => install(tx, &duo, person, "by rule", None),
        Err(refusal) => ask_the_chair(tx, &duo, &refusal.to_string()),
    }
}

/// Appoints a person by hand, as the chair wishes; who steps aside may come back this way.
pub(crate) fn by_hand(tx: &mut Tx, duo: &Duo, person: Id, by: Id) -> Result<Result<(), Conflict>, Failure> {
    tx.lock(duo.cohort)?;
    if Stake::of(tx, by)?.is_in(&duo.people()) {
        let instead = membership::who_decides_instead(tx, duo.cohort, &duo.people())?;
        return Ok(Err(if duo.is_of(by) { Conflict::OwnChoice(instead) } else { Conflict::AsideChoice(instead) }));
    }
    if let Err(conflict) = may_accompany(tx, duo, person)? {
        return Ok(Err(conflict));
    }
    if liaisons::of_duo(tx, duo.id)?.is_some_and(|it| it.person == person) {
        return Ok(Ok(()));
    }
    install(tx, duo, person, "by the chair", Some(by))?;
    Ok(Ok(()))
}

/// A duo in which a person has no stake; any other is not there for them on this side of
/// the house.
pub(crate) fn duo_of_others(tx: &mut Tx, duo: Id, person: Id) -> Result<Duo, Failure> {
    let stake = Stake::of(tx, person)?;
    duos::duo(tx, duo)?.filter(|it| !stake.is_in(&it.people())).ok_or(Failure::NotFound)
}

/// Duos that are accompanied by somebody who has since come to have a stake in them.
pub(crate) fn in_conflict(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let mut found = Vec::new();
    for cohort in program::cohorts::all(tx)?.iter().filter(|it| !it.is_closed()) {
        let current = liaisons::in_cohort(tx, cohort.id)?;
        let people: BTreeSet<Id> = current.values().map(|it| it.person).collect();
        let stakes = people.into_iter().map(|person| Ok((person, Stake::of(tx, person)?)));
        let stakes = stakes.collect::<Result<BTreeMap<Id, Stake>, Failure>>()?;
        let has_stake = |duo: &Duo| {
            let stake = current.get(&duo.id).and_then(|it| stakes.get(&it.person));
            stake.is_some_and(|it| it.is_in(&duo.people()))
        };
        let duos = duos::in_cohort(tx, cohort.id)?;
        found.extend(duos.iter().filter(|it| it.is_active() && has_stake(it)).map(|it| it.id));
    }
    Ok(found)
}

/// Whoever cannot judge one of the two freely accompanies them no more.
pub(crate) fn pass_on(tx: &mut Tx, duo: Id) -> Result<(), Failure> {
    if in_conflict(tx)?.contains(&duo)
        && let Some(duo) = duos::duo(tx, duo)?
    {
        step_aside(tx, &duo)?;
    }
    Ok(())
}

/// Whether the chair may give a duo to a person.
pub(crate) fn may_accompany(tx: &mut Tx, duo: &Duo, person: Id) -> Result<Result<(), Conflict>, Failure> {
    let partners = partners(tx, duo)?;
    let found = candidates(tx, duo)?.into_iter().find(|it| it.person == person);
    let candidate = found.ok_or(Failure::NotFound)?;
    Ok(rules::may_accompany(&Candidate { stepped_aside: false, ..candidate }, &partners))
}

/// The liaison steps aside, without a reason; somebody else is looked for at once.
pub(crate) fn step_aside(tx: &mut Tx, duo: &Duo) -> Result<(), Failure> {
    tx.lock(duo.cohort)?;
    if liaisons::end(tx, duo.id, liaisons::STEPPED_ASIDE)? {
        duos::set_liaison_words(tx, duo.id, "", "")?;
        journal::record(tx, "liaison stepped aside", duo.id, None, Some(duo.cohort))?;
    }
    by_rule(tx, duo.id)?;
    let now = liaisons::of_duo(tx, duo.id)?.map(|it| it.person);
    tasks::pass_on(tx, duo.id, now)
}

fn install(tx: &mut Tx, duo: &Duo, person: Id, why: &str, by: Option<Id>) -> Result<(), Failure> {
    let replaces = liaisons::end(tx, duo.id, "replaced")? || !liaisons::stepped_aside(tx, duo.id)?.is_empty();
    liaisons::add(tx, duo.id, duo.cohort, person, why)?;
    let liaison = liaisons::of_duo(tx, duo.id)?.ok_or(Failure::NotFound)?;
    duos::set_liaison_words(tx, duo.id, &liaison.name, &liaison.email)?;
    tasks::settle_kind(tx, duo.id, tasks::APPOINT)?;
    tasks::pass_on(tx, duo.id, Some(person))?;
    journal::record(tx, "liaison appointed", duo.id, by, Some(duo.cohort))?;
    let cohort = program::the_cohort(tx, duo.cohort)?;
    if replaces {
        letters::changed(tx, &cohort, duo, &liaison)?;
    }
    letters::appointed(tx, &cohort, duo, &liaison)
}

fn ask_the_chair(tx: &mut Tx, duo: &Duo, reason: &str) -> Result<(), Failure> {
    let cohort = program::the_cohort(tx, duo.cohort)?;
    let today = calendar::of(tx, &cohort)?.today(tx.now());
    let title = format!("Duo {} needs a liaison: {} and {}", duo.number, duo.mentor_name, duo.mentee_name);
    let id = tx.fresh_id();
    tasks::add(
        tx,
        &NewTask {
            cohort: duo.cohort,
            duo: Some(duo.id),
            person: None,
            kind: tasks::APPOINT,
            title,
            words: reason.to_owned(),
            due: days::working_days_after(today, 5),
            once: format!("appoint|{}|{id}", duo.id),
        },
    )?;
    Ok(())
}

fn partners(tx: &mut Tx, duo: &Duo) -> Result<[Partner; 2], Failure> {
    Ok([partner(tx, duo.mentor, &duo.mentor_name)?, partner(tx, duo.mentee, &duo.mentee_name)?])
}

fn partner(tx: &mut Tx, person: Id, name: &str) -> Result<Partner, Failure> {
    Ok(Partner { person, name: name.to_owned(), employer: employer(tx, person)? })
}

fn employer(tx: &mut Tx, person: Id) -> Result<String, Failure> {
    let details = membership::person(tx, &policy::house(), person)?;
    Ok(details.map(|it| membership::employer_key(&it.employer)).unwrap_or_default())
}

/// Everyone who is a liaison today, with how many active duos of the cohort they accompany.
fn candidates(tx: &mut Tx, duo: &Duo) -> Result<Vec<Candidate>, Failure> {
    let aside = liaisons::stepped_aside(tx, duo.id)?;
    let mut candidates = Vec::new();
    for (account, duos) in loads(tx, duo.cohort)? {
        candidates.push(Candidate {
            person: account.id,
            employer: employer(tx, account.id)?,
            duos,
            stepped_aside: aside.contains(&account.id),
            conflicts: membership::declared_by(tx, account.id)?,
            name: account.name,
        });
    }
    Ok(candidates)
}

/// The liaisons of a cohort, by name, each with how many active duos they accompany.
pub(crate) fn loads(tx: &mut Tx, cohort: Id) -> Result<Vec<(Account, usize)>, Failure> {
    let current = liaisons::in_cohort(tx, cohort)?;
    let active: Vec<Id> = duos::in_cohort(tx, cohort)?.into_iter().filter(Duo::is_active).map(|it| it.id).collect();
    let accompanied: Vec<Id> = active.iter().filter_map(|duo| Some(current.get(duo)?.person)).collect();
    let mut loads = Vec::new();
    for person in program::holders(tx, Role::Liaison, cohort)? {
        if let Some(account) = identity::find(tx, person)? {
            loads.push((account, accompanied.iter().filter(|it| **it == person).count()));
        }
    }
    loads.sort_by(|one, other| one.0.name.cmp(&other.0.name).then(one.0.id.cmp(&other.0.id)));
    Ok(loads)
}
