//! Table `hand_overs`: the chair passes from one person to another.
//!
//! Invariant: the term of whoever goes ends only when the successor has said yes, on the
//! day before theirs begins; where the successor does not come after all, it goes on.

use jiff::civil::Date;
use letters::{Post, To, Value};
use platform::{identity, prelude::*};
use policy::Role;
use program::{
    Next, long_day,
    memberships::{self, Member},
};

use crate::{
    committee::term_of,
    invitation,
    letters::{CHAIR_HAND_OVER, CHAIR_HANDED_OVER},
    rules::{
        committee::Term,
        hand_over::{self, HandOverRefusal},
    },
};

row! {
    /// One plan that was not called off.
    #[derive(PartialEq, Eq)]
    pub struct HandOver {
        pub id: Id,
        /// The membership that ends, and whose it is.
        pub going: Id,
        pub giver: Id,
        /// The membership that begins, and whose it is.
        pub coming: Id,
        pub taker: Id,
        pub taker_name: String,
        pub begins: Date,
        /// The last day of the old term as it was before the successor said yes.
        pub until_before: Option<Date>,
        pub accepted_at: Option<jiff::Timestamp>,
    }
}

sql! {
    ADD => "insert into hand_overs (id, going, giver, coming, taker, begins, planned_by, planned_at) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    OF_GOING => "select h.id, h.going, h.giver, h.coming, h.taker, a.name, h.begins, h.until_before, h.accepted_at from hand_overs h join accounts a on a.id = h.taker where h.going = $1 and h.dropped_at is null";
    OF_COMING => "select h.id, h.going, h.giver, h.coming, h.taker, a.name, h.begins, h.until_before, h.accepted_at from hand_overs h join accounts a on a.id = h.taker where h.coming = $1 and h.dropped_at is null";
    WAITING_FOR => "select h.id, h.going, h.giver, h.coming, h.taker, a.name, h.begins, h.until_before, h.accepted_at from hand_overs h join accounts a on a.id = h.taker where h.taker = $1 and h.accepted_at is null and h.dropped_at is null order by h.id";
    COMING => "select coming from hand_overs where taker = $1 and dropped_at is null";
    ACCEPT => "update hand_overs set accepted_at = $2, until_before = $3 where id = $1 and accepted_at is null and dropped_at is null";
    DROP => "update hand_overs set dropped_at = $2 where id = $1 and dropped_at is null";
}

/// What somebody plans: who goes, who comes, from which day.
pub struct Plan<'a> {
    pub going: &'a Member,
    pub name: &'a str,
    pub email: &'a str,
    pub begins: Date,
    /// Words to the successor; they stand in the letter and are kept nowhere else.
    pub words: &'a str,
    pub by: &'a Account,
}

/// Those who are chair of the whole program today.
pub fn chairs(tx: &mut Tx) -> Result<Vec<Member>, Failure> {
    let today = program::today(tx)?;
    let runs = |it: &Member| it.role() == Some(Role::Chair) && term_of(it).is_some_and(|term| term.runs_on(today));
    Ok(memberships::committee(tx)?.into_iter().filter(runs).collect())
}

/// What is planned for the term of a chair.
pub fn of_chair(tx: &mut Tx, going: Id) -> Result<Option<HandOver>, Failure> {
    Ok(tx.row(&OF_GOING, values![going])?)
}

/// Asks somebody to take over, and tells whoever goes, if somebody else does this for them.
pub fn plan(tx: &mut Tx, plan: &Plan) -> Result<Result<HandOver, HandOverRefusal>, Failure> {
    if let Some(program) = program::program(tx)? {
        tx.lock(program.id)?;
    }
    if let Err(refusal) = judge(tx, plan)? {
        return Ok(Err(refusal));
    }
    let taker = invitation::find_or_make(tx, plan.name, plan.email)?;
    let coming = memberships::invite_from(tx, taker.id, Role::Chair, plan.begins, None)?;
    let id = tx.fresh_id();
    let giver = plan.going.person;
    let values = values![id, plan.going.id, giver, coming, taker.id, plan.begins, plan.by.id, tx.now()];
    tx.exec(&ADD, values)?;
    journal::record(tx, "hand-over of the chair planned", taker.id, Some(plan.by.id), None)?;
    invitation::offer_the_chair(tx, &taker, plan, id)?;
    if giver != plan.by.id {
        write_to_giver(
            tx,
            &CHAIR_HAND_OVER,
            giver,
            id,
            [("partner_name", &taker.name), ("note", &plan.by.name)],
            plan.begins,
        )?;
    }
    Ok(of_chair(tx, plan.going.id)?.ok_or(HandOverRefusal::Day))
}

fn judge(tx: &mut Tx, plan: &Plan) -> Result<Result<(), HandOverRefusal>, Failure> {
    let today = program::today(tx)?;
    if !hand_over::is_a_day_to_begin(plan.begins, today) {
        return Ok(Err(HandOverRefusal::Day));
    }
    let all = memberships::committee(tx)?;
    let chairs = |it: &Member| matches!(it.role(), Some(Role::Chair | Role::Deputy)) && it.status == "confirmed";
    let runs = |it: &Member| chairs(it) && term_of(it).is_some_and(|term| term.runs_on(today));
    let by_chairs = all.iter().any(|it| it.person == plan.by.id && runs(it));
    if !by_chairs && plan.begins < hand_over::first_day_for_office(today) {
        return Ok(Err(HandOverRefusal::TooSoon(long_day(hand_over::first_day_for_office(today)))));
    }
    if identity::email_key(plan.email) == identity::email_key(&plan.going.email) {
        return Ok(Err(HandOverRefusal::SamePerson(plan.going.name.clone())));
    }
    if identity::email_key(plan.email) == identity::email_key(&plan.by.email) {
        return Ok(Err(HandOverRefusal::Oneself));
    }
    let is_taker = |it: &&Member| identity::email_key(&it.email) == identity::email_key(plan.email);
    let is_or_will_be = |it: &&Member| {
        it.role() == Some(Role::Chair) && it.until.is_none_or(|until| until >= today) && it.cohort.is_none()
    };
    if let Some(already) = all.iter().filter(is_taker).find(is_or_will_be) {
        return Ok(Err(HandOverRefusal::ChairAlready(already.name.clone())));
    }
    let Some(going) = term_of(plan.going) else { return Err(Failure::NotFound) };
    let is_other = |it: &&Member| it.role() == Some(Role::Chair) && it.person != plan.going.person;
    let others: Vec<Term> = all.iter().filter(is_other).filter_map(term_of).collect();
    Ok(match hand_over::gap(going, &others, plan.begins) {
        None => Ok(()),
        Some(first) => Err(HandOverRefusal::Gap {
            name: plan.going.name.clone(),
            ends: long_day(going.until.unwrap_or(first)),
            latest: long_day(first),
        }),
    })
}

/// The person says yes to what they were invited to. Where that is the chair, the term of
/// whoever goes is given its last day.
pub(crate) fn confirm(tx: &mut Tx, person: Id) -> Result<(), Failure> {
    memberships::confirm(tx, person)?;
    for plan in tx.rows::<HandOver>(&WAITING_FOR, values![person])? {
        accept(tx, &plan)?;
    }
    Ok(())
}

fn accept(tx: &mut Tx, plan: &HandOver) -> Result<(), Failure> {
    let still = |it: &Member| it.status == "confirmed";
    let going = memberships::find(tx, plan.going)?.filter(still);
    let until_before = going.as_ref().and_then(|it| it.until);
    if tx.exec(&ACCEPT, values![plan.id, tx.now(), until_before])? == 0 {
        return Ok(());
    }
    journal::record(tx, "chair handed over", plan.taker, Some(plan.giver), None)?;
    let Some(going) = going else { return Ok(()) };
    let today = program::today(tx)?;
    let last = hand_over::last_day(plan.begins);
    if last < today {
        // The successor says yes on the day itself, or late: whoever goes has waited until now.
        memberships::set_until(tx, going.id, Some(today))?;
        memberships::end(tx, going.id)?;
    } else if going.until.is_none_or(|until| until > last) {
        memberships::set_until(tx, going.id, Some(last))?;
    }
    let words = [("partner_name", plan.taker_name.as_str()), ("date", &long_day(last.max(today)))];
    write_to_giver(tx, &CHAIR_HANDED_OVER, plan.giver, plan.id, words, plan.begins)
}

/// The membership of a successor ends before it began: whoever was to go stays.
pub(crate) fn called_off(tx: &mut Tx, membership: Id) -> Result<(), Failure> {
    let Some(plan) = tx.row::<HandOver>(&OF_COMING, values![membership])? else { return Ok(()) };
    let has_begun = plan.accepted_at.is_some() && plan.begins <= program::today(tx)?;
    if has_begun || tx.exec(&DROP, values![plan.id, tx.now()])? == 0 {
        return Ok(());
    }
    if plan.accepted_at.is_some() {
        memberships::set_until(tx, plan.going, plan.until_before)?;
    }
    journal::record(tx, "hand-over of the chair called off", plan.taker, None, None)?;
    Ok(())
}

/// Somebody who was asked to be chair is forgotten before they began.
pub(crate) fn forget(tx: &mut Tx, person: Id) -> Result<(), Failure> {
    for coming in tx.rows::<Id>(&COMING, values![person])? {
        called_off(tx, coming)?;
    }
    Ok(())
}

/// How long before the last day of a chair a successor is asked for.
const AHEAD_DAYS: i64 = 60;

/// For chair and deputy, while a term runs out and nobody comes after it.
pub(crate) fn next_step(tx: &mut Tx, visit: &Visit) -> Result<Option<Next>, Failure> {
    if !visit.subject.holds_any(&[Role::Chair, Role::Deputy]) {
        return Ok(None);
    }
    let today = program::today(tx)?;
    let terms: Vec<Term> = memberships::committee(tx)?.iter().filter_map(term_of).collect();
    let chairs: Vec<Term> = terms.into_iter().filter(|it| it.role == Role::Chair && it.is_confirmed).collect();
    let soon = today.saturating_add(jiff::Span::new().days(AHEAD_DAYS));
    let first = chairs.iter().filter(|it| it.runs_on(today)).find_map(|it| hand_over::gap(*it, &chairs, soon));
    Ok(first.map(|first| {
        Next::new("Find the next chair", "/committee/hand-over", "Hand over the chair")
            .saying("After this day nobody would be chair.")
            .by(hand_over::last_day(first))
    }))
}

/// Whether nobody would be chair, now or on the day of a hand-over, without this person.
pub fn is_needed_as_chair(tx: &mut Tx, person: Id) -> Result<bool, Failure> {
    let chairs = chairs(tx)?;
    if !chairs.is_empty() && chairs.iter().all(|it| it.person == person) {
        return Ok(true);
    }
    for chair in &chairs {
        let comes = of_chair(tx, chair.id)?.is_some_and(|it| it.taker == person && it.accepted_at.is_some());
        if comes {
            return Ok(true);
        }
    }
    Ok(false)
}

fn write_to_giver(
    tx: &mut Tx,
    kind: &'static letters::Kind,
    giver: Id,
    plan: Id,
    words: [(&'static str, &str); 2],
    begins: Date,
) -> Result<(), Failure> {
    let Some(account) = identity::find(tx, giver)? else { return Ok(()) };
    let mut values =
        vec![("due", Value::words(long_day(begins))), ("link", Value::link(tx.url("/committee/hand-over")))];
    values.extend(words.map(|(name, text)| (name, Value::words(text))));
    let to = To::account(&account);
    letters::post(
        tx,
        Post { kind, to, cohort: None, about: plan, once: plan.to_string(), values, sender: None, calendar: None },
    )?;
    Ok(())
}
