//! Table `alumni_members`: who joined the group of former participants.

use jiff::{SignedDuration, Timestamp};
use platform::{identity, prelude::*};
use policy::{Condition, Facts, Lists, Membership, Opens, Record, Role, Scope, Subject, Verb, may, of};

/// Whoever leaves is forgotten after this.
const FORGOTTEN_AFTER: SignedDuration = SignedDuration::from_hours(30 * 24);

row! {
    /// Who is in the group, or left it and is not forgotten yet.
    struct Line {
        person: Id,
        name: String,
        cohort: Id,
        helps: String,
        without_letters: bool,
        joined_at: Timestamp,
        left_at: Option<Timestamp>,
    }
}

/// Somebody in the group. Addresses are not part of it.
#[derive(Clone, Debug)]
pub struct Member {
    pub person: Id,
    pub name: String,
    /// The cohort they joined after.
    pub cohort: Id,
    /// What they offer to the next cohort.
    pub helps: Vec<String>,
    pub without_letters: bool,
    pub joined_at: Timestamp,
}

sql! {
    JOIN => "insert into alumni_members (person, cohort, helps, without_letters, joined_at) values ($1, $2, $3, $4, $5) on conflict (person) do update set cohort = excluded.cohort, helps = excluded.helps, without_letters = excluded.without_letters, joined_at = case when alumni_members.left_at is null then alumni_members.joined_at else excluded.joined_at end, left_at = null";
    LEAVE => "update alumni_members set left_at = $2, helps = '[]' where person = $1 and left_at is null";
    FIND => "select m.person, a.name, m.cohort, m.helps, m.without_letters, m.joined_at, m.left_at from alumni_members m join accounts a on a.id = m.person where m.person = $1 and m.left_at is null";
    ALL => "select m.person, a.name, m.cohort, m.helps, m.without_letters, m.joined_at, m.left_at from alumni_members m join accounts a on a.id = m.person where m.left_at is null order by a.name, m.person";
    KEPT => "select m.person, a.name, m.cohort, m.helps, m.without_letters, m.joined_at, m.left_at from alumni_members m join accounts a on a.id = m.person order by a.name, m.person";
    IS_IN => "select count(*) as found from alumni_members where person = $1 and left_at is null";
    LEFT_BEFORE => "select person from alumni_members where left_at is not null and left_at <= $1 order by person";
    FORGET => "delete from alumni_members where person = $1 and left_at is not null and left_at <= $2";
}

/// Somebody joins, or says anew what they offer.
pub fn join(tx: &mut Tx, person: Id, cohort: Id, helps: &[String]) -> Result<(), Failure> {
    let was_member = member(tx, &policy::house(), person)?;
    let without_letters = ::letters::has_unsubscribed(tx, person, ::letters::Class::Alumni)?;
    let helps = serde_json::Value::from(helps.to_vec()).to_string();
    let cohort = was_member.as_ref().map_or(cohort, |it| it.cohort);
    tx.exec(&JOIN, values![person, cohort, helps, without_letters, tx.now()])?;
    program::enrol(tx, person, Some(cohort), Role::Alumna)?;
    if was_member.is_none() {
        journal::record(tx, "alumna joined", person, Some(person), Some(cohort))?;
    }
    Ok(())
}

/// Somebody leaves: at once, with all they offered. False when they were not in the group.
pub fn leave(tx: &mut Tx, person: Id) -> Result<bool, Failure> {
    let Some(member) = member(tx, &policy::house(), person)? else { return Ok(false) };
    tx.exec(&LEAVE, values![person, tx.now()])?;
    program::leave(tx, person, member.cohort, Role::Alumna)?;
    journal::record(tx, "alumna left", person, Some(person), Some(member.cohort))?;
    Ok(true)
}

/// Whether somebody is in the group.
pub fn is_in(tx: &mut Tx, person: Id) -> Result<bool, Failure> {
    Ok(tx.one::<i64>(&IS_IN, values![person])? > 0)
}

pub fn member(tx: &mut Tx, _: &impl Opens<of::AlumniGroup>, person: Id) -> Result<Option<Member>, Failure> {
    Ok(tx.row::<Line>(&FIND, values![person])?.map(read))
}

/// Everybody in the group, by name.
pub fn all(tx: &mut Tx, _: &impl Lists<of::AlumniGroup>) -> Result<Vec<Member>, Failure> {
    Ok(tx.rows::<Line>(&ALL, values![])?.into_iter().map(read).collect())
}

/// Everybody whom the group finds in its directory, by name.
///
/// # Design
/// Whoever left is kept for a while; that they are not found any more is the matrix's word:
/// each is judged as for a former participant, whoever asks, by having opted in.
pub fn directory(tx: &mut Tx, scope: &Scope<of::AlumniGroup, may::Read>) -> Result<Vec<Member>, Failure> {
    let kept: Vec<Line> = tx.rows(&KEPT, values![])?;
    Ok(kept.into_iter().filter(|it| is_found(it, scope.person())).map(read).collect())
}

fn is_found(kept: &Line, by: u128) -> bool {
    let reader = Subject {
        person: Some(by),
        memberships: vec![Membership { role: Role::Alumna, cohort: None }],
        former: Vec::new(),
    };
    let facts = Facts::of_program().when(kept.left_at.is_none(), Condition::OptedIn);
    let reads = |record| policy::right(&reader, record, Verb::Read, &facts).is_some();
    reads(Record::ProfileMentee) && reads(Record::ProfileMentor)
}

/// Those in the group whom a letter reaches: whoever may send one is shown no address.
pub fn readers(tx: &mut Tx, _: &Scope<of::MailingList, may::Write>) -> Result<Vec<Account>, Failure> {
    let mut readers = Vec::new();
    for member in all(tx, &policy::house())? {
        if !::letters::has_unsubscribed(tx, member.person, ::letters::Class::Alumni)? {
            readers.extend(identity::find(tx, member.person)?);
        }
    }
    Ok(readers)
}

/// Who has left so long ago that nothing of them stays.
pub fn to_forget(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    Ok(tx.rows(&LEFT_BEFORE, values![tx.now() - FORGOTTEN_AFTER])?)
}

pub fn forget(tx: &mut Tx, person: Id) -> Result<(), Failure> {
    tx.exec(&FORGET, values![person, tx.now() - FORGOTTEN_AFTER])?;
    Ok(())
}

fn read(line: Line) -> Member {
    let helps = serde_json::from_str(&line.helps).unwrap_or_default();
    let Line { person, name, cohort, without_letters, joined_at, .. } = line;
    Member { person, name, cohort, helps, without_letters, joined_at }
}
