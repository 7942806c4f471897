//! Memberships that lapse while their member takes part (ELG7). A lapse is written to the
//! journal; what follows is a task for people, and never a removal.

use std::collections::BTreeSet;

use jiff::civil::Date;
use platform::{prelude::*, settings};
use policy::Role;
use program::Cohort;

use crate::{people, rules::standing::Standing};

/// The line of the journal: about a person, in a cohort.
const LAPSED: &str = "member lapsed";
/// Up to which day memberships that ran out were looked for.
const LOOKED: &str = "lapses looked for until";

// Asked after every change, so it begins with the days: nearly nobody's membership ends
// between two of them. "= true" keeps SQLite from beginning with all who are on the list.
sql! {
    RAN_OUT => "select distinct a.id from roster r join accounts a on a.email_key = r.email_key where r.expires_on >= $1 and r.expires_on < $2 and r.standing = 'good' and (r.gone_at is null) = true union select p.account from roster r join people p on p.member_number = r.member_number where r.expires_on >= $1 and r.expires_on < $2 and r.standing = 'good' and r.member_number <> '' and (r.gone_at is null) = true";
}

/// Those who take part in an open cohort and are members in good standing today.
pub(crate) fn in_good_standing(tx: &mut Tx) -> Result<BTreeSet<(Id, Id)>, Failure> {
    let today = program::today(tx)?;
    let mut good = BTreeSet::new();
    for (cohort, person) in taking_part(tx)? {
        if is_good(tx, person, today)? {
            good.insert((cohort, person));
        }
    }
    Ok(good)
}

/// Writes down who of them is not any more.
pub(crate) fn note(tx: &mut Tx, before: &BTreeSet<(Id, Id)>) -> Result<(), Failure> {
    let today = program::today(tx)?;
    for (cohort, person) in before {
        if !is_good(tx, *person, today)? {
            journal::record(tx, LAPSED, *person, None, Some(*cohort))?;
        }
    }
    Ok(())
}

/// Whether memberships ran out since it was last looked, without a list that says so.
pub(crate) fn to_look_for(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let Some(program) = program::program(tx)? else { return Ok(Vec::new()) };
    let today = program::today(tx)?;
    let from = looked(tx, today)?;
    Ok(if ran_out(tx, from, today)?.is_empty() { Vec::new() } else { vec![program.id] })
}

/// Writes down who of those who take part is not in good standing any more.
pub(crate) fn look_for(tx: &mut Tx, _: Id) -> Result<(), Failure> {
    let today = program::today(tx)?;
    let from = looked(tx, today)?;
    let ran_out = ran_out(tx, from, today)?;
    settings::set(tx, LOOKED, &today.to_string())?;
    for (cohort, person) in taking_part(tx)? {
        if ran_out.contains(&person) && is_good(tx, person, from)? && !is_good(tx, person, today)? {
            journal::record(tx, LAPSED, person, None, Some(cohort))?;
        }
    }
    Ok(())
}

/// The day up to which it was looked; a month ago, where it never was.
fn looked(tx: &mut Tx, today: Date) -> Result<Date, Failure> {
    let looked = settings::get(tx, LOOKED)?.and_then(|day| day.parse().ok());
    Ok(looked.unwrap_or_else(|| today.saturating_sub(jiff::Span::new().days(30))))
}

/// Whose membership ran out between two days, the first of them included.
fn ran_out(tx: &mut Tx, from: Date, until: Date) -> Result<BTreeSet<Id>, Failure> {
    Ok(tx.rows::<Id>(&RAN_OUT, values![from, until])?.into_iter().collect())
}

fn is_good(tx: &mut Tx, person: Id, on: Date) -> Result<bool, Failure> {
    Ok(matches!(people::standing(tx, person, on)?, Standing::Member { .. }))
}

fn taking_part(tx: &mut Tx) -> Result<Vec<(Id, Id)>, Failure> {
    let mut people = Vec::new();
    for cohort in program::cohorts::all(tx)?.into_iter().filter(Cohort::is_open) {
        for role in [Role::Mentee, Role::Mentor] {
            people.extend(program::in_cohort(tx, role, cohort.id)?.into_iter().map(|person| (cohort.id, person)));
        }
    }
    Ok(people)
}
