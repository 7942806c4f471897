//! Appointing to the committee, inviting again, and ending a term.

use jiff::civil::Date;
use platform::{identity, identity::is_email, prelude::*};
use policy::Role;
use program::memberships::{self, Member};
use shell::Faults;

use crate::{
    committee::{self, term_of},
    hand_overs, invitation,
    rules::{
        committee::{APPOINTED, Term, may_begin, may_end},
        names,
    },
};

/// Invitations that one person may send within a day.
const MOST_A_DAY: i64 = 20;

sql! {
    APPOINTED_SINCE => "select count(*) as invitations from journal where what = 'committee member appointed' and done_by = $1 and done_at > $2";
}

/// What the form asks for, read and found sound.
struct Appointment {
    name: String,
    email: String,
    role: Role,
    until: Option<Date>,
}

/// `POST /committee/members`
pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let today = program::today(tx)?;
    let appointment = match read(visit, today) {
        Ok(appointment) => appointment,
        Err(faults) => return Err(committee::refused(tx, visit, &faults)?),
    };
    let day_ago = tx.now() - jiff::SignedDuration::from_hours(24);
    if tx.one::<i64>(&APPOINTED_SINCE, values![visit.person()?, day_ago])? >= MOST_A_DAY {
        let faults = Faults::general("You have invited twenty people today. Please go on tomorrow.");
        return Err(committee::refused(tx, visit, &faults)?);
    }
    let account = match identity::find_by_email(tx, &appointment.email)? {
        Some(account) => account,
        None => invitation::find_or_make(tx, &appointment.name, &appointment.email)?,
    };
    if let Some(faults) = clear_the_way(tx, &account, appointment.role, today)? {
        return Err(committee::refused(tx, visit, &faults)?);
    }
    memberships::invite(tx, account.id, appointment.role, appointment.until)?;
    journal::record(tx, "committee member appointed", account.id, Some(visit.person()?), None)?;
    let once = format!("{} {}", appointment.role.key(), tx.now());
    invitation::invite_to_committee(tx, &account, appointment.role, appointment.until, once)?;
    let words = format!("{} is appointed {} and has a letter.", account.name, appointment.role.words().to_lowercase());
    Ok(Reply::go("/committee").saying(words))
}

/// `POST /committee/members/{id}/invite`
pub fn invite_again(tx: &mut Tx, visit: &Visit) -> Answer {
    let member = member(tx, visit)?;
    let account = identity::find(tx, member.person)?.ok_or(Failure::NotFound)?;
    let role = member.role().ok_or(Failure::NotFound)?;
    if member.status != "invited" {
        return Ok(Reply::go("/committee").saying(format!("{} has accepted already.", member.name)));
    }
    invitation::invite_to_committee(tx, &account, role, member.until, format!("{} {}", role.key(), tx.now()))?;
    Ok(Reply::go("/committee").saying(format!("{} has a new letter.", member.name)))
}

/// `POST /committee/members/{id}/end`: counts on the next request.
pub fn end(tx: &mut Tx, visit: &Visit) -> Answer {
    if let Some(program) = program::program(tx)? {
        tx.lock(program.id)?;
    }
    let member = member(tx, visit)?;
    let today = program::today(tx)?;
    let others: Vec<Term> = memberships::committee(tx)?
        .iter()
        .filter(|it| it.id != member.id && !(it.person == member.person && it.role == member.role))
        .filter_map(term_of)
        .collect();
    let term = term_of(&member).ok_or(Failure::NotFound)?;
    if let Err(refusal) = may_end(term, &others, today) {
        let faults = Faults::general(refusal.to_string());
        return Err(committee::refused(tx, visit, &faults)?);
    }
    if memberships::end(tx, member.id)? {
        journal::record(tx, "committee term ended", member.person, Some(visit.person()?), None)?;
        hand_overs::called_off(tx, member.id)?;
    }
    let to = if member.person == visit.person()? { "/" } else { "/committee" };
    Ok(Reply::go(to).saying(format!("{} is no longer {}.", member.name, term.role.words().to_lowercase())))
}

/// A membership that the committee's page lists; others are not found here.
fn member(tx: &mut Tx, visit: &Visit) -> Result<Member, Failure> {
    let member = memberships::find(tx, visit.id("id")?)?.ok_or(Failure::NotFound)?;
    let is_of_committee = member.role().is_some_and(|role| APPOINTED.contains(&role));
    if is_of_committee && member.status != "ended" { Ok(member) } else { Err(Failure::NotFound) }
}

fn read(visit: &Visit, today: Date) -> Result<Appointment, Faults> {
    let text = |name: &str| visit.form.text(name).to_owned();
    let mut faults = Faults::new();
    if let Some(words) = names::fault_of_name(&text("name")) {
        faults.add("name", words);
    }
    if !is_email(&text("email")) {
        faults.add("email", "Enter an e-mail address such as ana@example.org.");
    }
    let role = Role::from_key(&text("role")).filter(|role| APPOINTED.contains(role));
    if role.is_none() {
        faults.add("role", "Choose a role.");
    }
    let until = visit.form.date("until");
    if until.is_none() && !text("until").is_empty() {
        faults.add("until", "Enter a day such as 2027-06-30.");
    }
    if let Err(refusal) = may_begin(until, today) {
        faults.add("until", refusal.to_string());
    }
    match role {
        Some(role) if faults.is_empty() => Ok(Appointment { name: text("name"), email: text("email"), role, until }),
        _ => Err(faults),
    }
}

/// A term that is over makes room for a new one; one that runs, or waits for a yes, refuses it.
fn clear_the_way(tx: &mut Tx, account: &Account, role: Role, today: Date) -> Result<Option<Faults>, Failure> {
    let same = |it: &Member| it.person == account.id && it.role() == Some(role) && it.cohort.is_none();
    for member in memberships::committee(tx)?.into_iter().filter(same) {
        let is_over = member.status == "confirmed" && member.until.is_some_and(|until| until < today);
        if is_over {
            memberships::end(tx, member.id)?;
            continue;
        }
        let mut faults = Faults::new();
        let state = if member.status == "invited" { "has been invited as" } else { "is already" };
        faults.add("email", format!("{} {state} {}.", account.name, role.words().to_lowercase()));
        return Ok(Some(faults));
    }
    Ok(None)
}
