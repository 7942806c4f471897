//! Table `conflicts`: who of the committee or the office steps aside from whom.
//!
//! Invariant: a conflict that was declared by an address counts from the moment in which
//! somebody has that address, and whoever declared it is not told whether somebody has.

use jiff::Timestamp;
use platform::{identity, prelude::*};
use policy::{Opens, Scope, may, of};

/// Why somebody of the committee keeps out of what concerns a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    Oneself,
    SameEmployer,
    Declared,
}

row! {
    #[derive(PartialEq, Eq)]
    pub(crate) struct Conflict {
        pub id: Id,
        pub member: Id,
        pub member_name: String,
        /// Whom it is about; nobody while no account has the address.
        pub person: Option<Id>,
        pub person_name: Option<String>,
        /// As it was typed; empty where it was declared on a page about the person.
        pub email: String,
        pub declared_at: Timestamp,
        pub ended_at: Option<Timestamp>,
    }
}

sql! {
    ADD => "insert into conflicts (id, member, person, email, email_key, declared_at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing";
    OPEN => "select coalesce(c.person, a.id) as about from conflicts c left join accounts a on c.person is null and a.email_key = c.email_key where c.member = $1 and c.ended_at is null and coalesce(c.person, a.id) is not null";
    OF_MEMBER => "select c.id, c.member, m.name as member_name, coalesce(c.person, a.id) as person, coalesce(p.name, a.name) as person_name, c.email, c.declared_at, c.ended_at from conflicts c join accounts m on m.id = c.member left join accounts p on p.id = c.person left join accounts a on c.person is null and a.email_key = c.email_key where c.member = $1 order by c.declared_at, c.id";
    OF_OTHERS => "select c.id, c.member, m.name as member_name, coalesce(c.person, a.id) as person, coalesce(p.name, a.name) as person_name, c.email, c.declared_at, c.ended_at from conflicts c join accounts m on m.id = c.member left join accounts p on p.id = c.person left join accounts a on c.person is null and a.email_key = c.email_key where c.member <> $1 order by c.declared_at, c.id";
    COUNT => "select count(*) as open from conflicts where member = $1 and ended_at is null";
    END => "update conflicts set ended_at = $3 where id = $1 and member = $2 and ended_at is null";
    KEEP_TO => "update conflicts set person = $1 where person is null and email_key = $2 and not exists (select 1 from conflicts c where c.member = conflicts.member and c.person = $1 and c.ended_at is null)";
    DROP_OF => "delete from conflicts where member = $1 or person = $1";
    DROP_BY_ADDRESS => "delete from conflicts where email_key = $1";
}

/// Why a member of the committee keeps out of what concerns a person; nothing where they
/// need not.
pub fn steps_aside(tx: &mut Tx, member: Id, person: Id) -> Result<Option<Why>, Failure> {
    if member == person {
        return Ok(Some(Why::Oneself));
    }
    if crate::people::colleagues(tx, member)?.contains(&person) {
        return Ok(Some(Why::SameEmployer));
    }
    Ok(declared_by(tx, member)?.contains(&person).then_some(Why::Declared))
}

/// Everybody out of whose matters a member of the committee keeps: themselves, those who
/// work for the same employer, and those of whom they said so.
pub fn steps_aside_from(tx: &mut Tx, member: Id) -> Result<Vec<Id>, Failure> {
    let mut people = vec![member];
    people.extend(crate::people::colleagues(tx, member)?);
    people.extend(declared_by(tx, member)?);
    Ok(people)
}

/// The same without themselves: what is their own is theirs to see.
pub fn keeps_out_of(tx: &mut Tx, member: Id) -> Result<Vec<Id>, Failure> {
    let mut people = steps_aside_from(tx, member)?;
    people.retain(|it| *it != member);
    Ok(people)
}

/// From whom somebody steps aside because they said so.
pub fn declared_by(tx: &mut Tx, member: Id) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&OPEN, values![member])?)
}

/// A member of the committee steps aside from a person whose page they are on.
pub fn declare(tx: &mut Tx, member: Id, person: Id) -> Result<(), Failure> {
    add(tx, member, Some(person), "")
}

/// The same by an address, whether or not somebody here has it yet.
pub(crate) fn declare_by_address(tx: &mut Tx, member: Id, email: &str) -> Result<(), Failure> {
    let person = identity::find_by_email(tx, email)?.map(|it| it.id);
    add(tx, member, person, email.trim())
}

fn add(tx: &mut Tx, member: Id, person: Option<Id>, email: &str) -> Result<(), Failure> {
    let id = tx.fresh_id();
    let key = if email.is_empty() { String::new() } else { identity::email_key(email) };
    if tx.exec(&ADD, values![id, member, person, email, key, tx.now()])? == 1 {
        journal::record(tx, "conflict declared", id, Some(member), None)?;
    }
    Ok(())
}

/// The member takes it back; false where there is no such conflict of theirs.
pub(crate) fn end(tx: &mut Tx, id: Id, member: Id) -> Result<bool, Failure> {
    let is_ended = tx.exec(&END, values![id, member, tx.now()])? == 1;
    if is_ended {
        journal::record(tx, "conflict taken back", id, Some(member), None)?;
    }
    Ok(is_ended)
}

pub(crate) fn how_many(tx: &mut Tx, member: Id) -> Result<i64, Failure> {
    Ok(tx.one(&COUNT, values![member])?)
}

/// All that somebody ever declared, oldest first.
pub(crate) fn of_member(tx: &mut Tx, _: &impl Opens<of::Conflict>, member: Id) -> Result<Vec<Conflict>, Failure> {
    Ok(tx.rows(&OF_MEMBER, values![member])?)
}

/// All that others declared than whoever the right was given to, oldest first.
pub(crate) fn of_others(tx: &mut Tx, scope: &Scope<of::Conflict, may::Read>) -> Result<Vec<Conflict>, Failure> {
    Ok(tx.rows(&OF_OTHERS, values![Id::from(scope.person())])?)
}

/// A person leaves an address: what was declared by it stays with the person.
pub(crate) fn keep_to(tx: &mut Tx, person: Id, email: &str) -> Result<(), Failure> {
    tx.exec(&KEEP_TO, values![person, identity::email_key(email)])?;
    Ok(())
}

pub(crate) fn forget(tx: &mut Tx, person: Id) -> Result<(), Failure> {
    for address in crate::address_changes::addresses_of(tx, person)? {
        tx.exec(&DROP_BY_ADDRESS, values![identity::email_key(&address)])?;
    }
    tx.exec(&DROP_OF, values![person])?;
    Ok(())
}

/// Where somebody has a stake: in what is their own, and in what concerns whom they work
/// with or said they step aside from.
pub struct Stake {
    people: Vec<Id>,
}

impl Stake {
    pub fn of(tx: &mut Tx, person: Id) -> Result<Self, Failure> {
        Ok(Self { people: steps_aside_from(tx, person)? })
    }

    pub fn is_about(&self, person: Id) -> bool {
        self.people.contains(&person)
    }

    /// Whether they have one in what concerns several people, such as a duo.
    pub fn is_in(&self, people: &[Id]) -> bool {
        people.iter().any(|it| self.is_about(*it))
    }
}
