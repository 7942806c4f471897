//! Table `memberships`: who is what in the program, from when to when. The spine of the
//! house: rooms write here who has become a mentee, a mentor, a liaison.

use jiff::civil::Date;
use platform::prelude::*;
use policy::{Membership, Role, Subject};

use crate::cohorts::today;

row! {
    pub struct Member {
        pub id: Id,
        pub person: Id,
        pub name: String,
        pub email: String,
        pub cohort: Option<Id>,
        pub role: String,
        pub status: String,
        pub since: Date,
        pub until: Option<Date>,
    }
}

impl Member {
    pub fn role(&self) -> Option<Role> {
        Role::from_key(&self.role)
    }
}

sql! {
    EVER_HELD => "select role, cohort, (status = 'confirmed' and since <= $2 and (until is null or until >= $2)) as holds from memberships where person = $1 and since <= $2 and status in ('confirmed', 'ended')";
    HOLDERS => "select distinct person from memberships where role = $1 and (cohort = $2 or cohort is null) and status = 'confirmed' and since <= $3 and (until is null or until >= $3) order by person";
    IN_COHORT => "select distinct person from memberships where role = $1 and cohort = $2 and status = 'confirmed' order by person";
    NAMED_IN_COHORT => "select distinct m.person, a.name from memberships m join accounts a on a.id = m.person where m.role = $1 and m.cohort = $2 and m.status = 'confirmed' order by a.name, m.person";
    MEMBERS => "select m.id, m.person, a.name, a.email, m.cohort, m.role, m.status, m.since, m.until from memberships m join accounts a on a.id = m.person where m.role in ('chair', 'deputy', 'council', 'liaison', 'staff', 'board') and m.status <> 'ended' order by a.name, m.role, m.id";
    OF_PERSON => "select m.id, m.person, a.name, a.email, m.cohort, m.role, m.status, m.since, m.until from memberships m join accounts a on a.id = m.person where m.person = $1 order by m.since desc, m.id desc";
    EXISTING => "select id from memberships where person = $1 and role = $2 and status <> 'ended' and (cohort = $3 or (cohort is null and $4))";
    ADD => "insert into memberships (id, person, cohort, role, status, since, until, changed_at) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    CONFIRM => "update memberships set status = 'confirmed', changed_at = $2 where person = $1 and status = 'invited'";
    SET_UNTIL => "update memberships set until = $2, changed_at = $3 where id = $1 and status = 'confirmed'";
    END_ONE => "update memberships set status = 'ended', until = $2, changed_at = $3 where id = $1 and status <> 'ended'";
    END_ROLE => "update memberships set status = 'ended', until = $4, changed_at = $5 where person = $1 and role = $2 and cohort = $3 and status <> 'ended'";
    FIND => "select m.id, m.person, a.name, a.email, m.cohort, m.role, m.status, m.since, m.until from memberships m join accounts a on a.id = m.person where m.id = $1";
}

/// The roles a person holds at the time of this unit of work. A term begins and ends at
/// midnight in the program's zone.
pub fn subject(tx: &mut Tx, person: Id) -> platform::storage::Result<Subject> {
    let today = today(tx)?;
    let rows: Vec<(String, Option<Id>, bool)> = tx.rows(&EVER_HELD, values![person, today])?;
    let mut subject = Subject { person: Some(person.number()), ..Subject::default() };
    for (role, cohort, holds) in rows {
        let (Some(role), cohort) = (Role::from_key(&role), cohort.map(|it| it.number())) else { continue };
        match cohort {
            _ if holds => subject.memberships.push(Membership { role, cohort }),
            Some(cohort) if matches!(role, Role::Mentee | Role::Mentor) => subject.former.push(cohort),
            _ => {}
        }
    }
    Ok(subject)
}

/// Everyone who holds a role in a cohort (or in the whole program) today.
pub fn holders(tx: &mut Tx, role: Role, cohort: Id) -> Result<Vec<Id>, Failure> {
    let today = today(tx)?;
    Ok(tx.rows(&HOLDERS, values![role.key(), cohort, today])?)
}

/// Everyone who holds a role in exactly this cohort, whatever the day.
pub fn in_cohort(tx: &mut Tx, role: Role, cohort: Id) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&IN_COHORT, values![role.key(), cohort])?)
}

/// The same with their names, and by them.
pub fn named_in_cohort(tx: &mut Tx, role: Role, cohort: Id) -> Result<Vec<(Id, String)>, Failure> {
    Ok(tx.rows(&NAMED_IN_COHORT, values![role.key(), cohort])?)
}

/// The committee, the office and the board's readers, with those invited.
pub fn committee(tx: &mut Tx) -> Result<Vec<Member>, Failure> {
    Ok(tx.rows(&MEMBERS, values![])?)
}

pub fn of_person(tx: &mut Tx, person: Id) -> Result<Vec<Member>, Failure> {
    Ok(tx.rows(&OF_PERSON, values![person])?)
}

pub fn find(tx: &mut Tx, id: Id) -> Result<Option<Member>, Failure> {
    Ok(tx.row(&FIND, values![id])?)
}

/// Gives a role at once: of one cohort, or of the whole program. Safe to call twice.
pub fn enrol(tx: &mut Tx, person: Id, cohort: Option<Id>, role: Role) -> Result<(), Failure> {
    add(tx, person, cohort, role, "confirmed", None)
}

/// Offers a role with a term; it counts once the person has confirmed.
pub fn invite(tx: &mut Tx, person: Id, role: Role, until: Option<Date>) -> Result<(), Failure> {
    add(tx, person, None, role, "invited", until)
}

/// Offers a role of the whole program for a term that begins on a day of its own; it counts
/// from that day, once the person has confirmed.
pub fn invite_from(tx: &mut Tx, person: Id, role: Role, since: Date, until: Option<Date>) -> Result<Id, Failure> {
    let id = tx.fresh_id();
    let none: Option<Id> = None;
    tx.exec(&ADD, values![id, person, none, role.key(), "invited", since, until, tx.now()])?;
    Ok(id)
}

/// Moves the last day of a confirmed term.
pub fn set_until(tx: &mut Tx, membership: Id, until: Option<Date>) -> Result<(), Failure> {
    tx.exec(&SET_UNTIL, values![membership, until, tx.now()])?;
    Ok(())
}

fn add(
    tx: &mut Tx,
    person: Id,
    cohort: Option<Id>,
    role: Role,
    status: &str,
    until: Option<Date>,
) -> Result<(), Failure> {
    if tx.row::<Id>(&EXISTING, values![person, role.key(), cohort, cohort.is_none()])?.is_some() {
        return Ok(());
    }
    let today = today(tx)?;
    let id = tx.fresh_id();
    tx.exec(&ADD, values![id, person, cohort, role.key(), status, today, until, tx.now()])?;
    Ok(())
}

/// The person confirms what they were invited to; an account that is confirmed holds it.
pub fn confirm(tx: &mut Tx, person: Id) -> Result<(), Failure> {
    tx.exec(&CONFIRM, values![person, tx.now()])?;
    Ok(())
}

/// Ends one membership now; it counts on the next request.
pub fn end(tx: &mut Tx, membership: Id) -> Result<bool, Failure> {
    let today = today(tx)?;
    Ok(tx.exec(&END_ONE, values![membership, today, tx.now()])? == 1)
}

/// Ends a role in a cohort: a withdrawal.
pub fn leave(tx: &mut Tx, person: Id, cohort: Id, role: Role) -> Result<(), Failure> {
    let today = today(tx)?;
    tx.exec(&END_ROLE, values![person, role.key(), cohort, today, tx.now()])?;
    Ok(())
}
