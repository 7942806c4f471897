//! What the house does by itself once a session is over.

use jiff::SignedDuration;
use platform::{identity, jobs::Job, prelude::*};
use policy::Role;
use program::{Cohort, calendar, cohorts};

use crate::{
    certificates::{self, NewCertificate},
    letters, members,
};

/// Duos that close later than this after the session are not looked for any more.
const LOOKED_FOR: SignedDuration = SignedDuration::from_hours(180 * 24);

pub fn all() -> Vec<Job> {
    vec![
        Job { name: "issue certificates", find: find_finished, act: issue },
        Job { name: "let go who ended alumni letters", find: find_unsubscribed, act: let_go },
        Job { name: "forget who left the alumni", find: members::to_forget, act: members::forget },
    ]
}

fn find_finished(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let mut found = Vec::new();
    for cohort in cohorts::all(tx)? {
        if !is_season(tx, &cohort)? {
            continue;
        }
        let done = certificates::duos_with(tx, cohort.id)?;
        let duos = duos::in_cohort(tx, cohort.id)?;
        found.extend(duos.iter().filter(|duo| duo.state == "closed" && !done.contains(&duo.id)).map(|duo| duo.id));
    }
    Ok(found)
}

/// Whether the day of certificates has come, and not long ago.
fn is_season(tx: &mut Tx, cohort: &Cohort) -> Result<bool, Failure> {
    if cohort.is_draft() {
        return Ok(false);
    }
    let calendar = calendar::of(tx, cohort)?;
    let day = calendar.at(calendar.day("alumni_invited"), 9);
    Ok(tx.now() >= day && tx.now() < day + LOOKED_FOR)
}

fn issue(tx: &mut Tx, id: Id) -> Result<(), Failure> {
    let Some(duo) = duos::duo(tx, id)?.filter(|duo| duo.state == "closed") else { return Ok(()) };
    let cohort = program::the_cohort(tx, duo.cohort)?;
    let minutes = duos::facts(tx, id)?.minutes;
    let signed_by = chair_name(tx, cohort.id)?;
    for (person, role) in [(duo.mentee, "mentee"), (duo.mentor, "mentor")] {
        let Some(account) = identity::find(tx, person)? else { continue };
        let new = NewCertificate {
            person,
            cohort: cohort.id,
            duo: id,
            role,
            name: &account.name,
            minutes,
            signed_by: &signed_by,
        };
        if !certificates::issue(tx, &new)? {
            continue;
        }
        journal::record(tx, "certificate issued", person, None, Some(cohort.id))?;
        letters::certificate(tx, &cohort, &account, role, minutes)?;
        if !members::is_in(tx, person)? {
            letters::invite(tx, &cohort, &account)?;
        }
    }
    Ok(())
}

fn chair_name(tx: &mut Tx, cohort: Id) -> Result<String, Failure> {
    let chair = program::holders(tx, Role::Chair, cohort)?.into_iter().next();
    let chair = match chair {
        Some(chair) => identity::find(tx, chair)?,
        None => None,
    };
    Ok(chair.map_or_else(|| "The chair".to_owned(), |it| it.name))
}

/// Who ends the letters to the group by one click in one of them leaves it.
fn find_unsubscribed(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let mut found = Vec::new();
    for member in members::all(tx, &policy::house())?.into_iter().filter(|it| !it.without_letters) {
        if ::letters::has_unsubscribed(tx, member.person, ::letters::Class::Alumni)? {
            found.push(member.person);
        }
    }
    Ok(found)
}

fn let_go(tx: &mut Tx, person: Id) -> Result<(), Failure> {
    members::leave(tx, person).map(|_| ())
}
