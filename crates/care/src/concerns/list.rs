//! `/concerns`: what somebody raised themselves, and what they may read of others.

use platform::prelude::*;
use policy::{Record, Role, may};
use program::{Calendar, Next, calendar, short_day};
use shell::{Column, Tone};

use super::{Concern, access, all, is_looked_after, of_reporter};
use crate::rules::{concern as rules, days::working_days_after};

const TITLE: &str = "Concerns";

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let mine = of_reporter(tx, visit.person()?)?;
    let others = of_others(tx, visit)?;
    let zone = program::calendar::zone_named(&program::program(tx)?.map(|it| it.zone).unwrap_or_default());
    let day = |at: jiff::Timestamp| short_day(at.to_zoned(zone.clone()).date());
    Ok(Reply::page(
        TITLE,
        html! {
            (shell::page_head_with(TITLE, "What somebody told in confidence, to a person of their choice.", shell::link_button("/concerns/new", "Raise a concern")))
            @if others.is_empty() && mine.is_empty() {
                (shell::empty_state("Nothing here", "When something is not right, you can tell somebody you trust; only they and who you see named on its page read it.", None))
            }
            @if !others.is_empty() { (table("To look after", &others, &|it| it.reporter_name.clone(), "From", &day)) }
            @if !mine.is_empty() { (table("Raised by you", &mine, &|it| it.addressed_name.clone(), "To", &day)) }
            @if others.is_empty() || !mine.is_empty() { (shell::readers_line(&policy::who_can_read(Record::Escalation))) }
            @else { (shell::readers_line(&policy::who_can_read_as(Record::Escalation, &visit.subject))) }
        },
    ))
}

fn table(
    caption: &str,
    concerns: &[Concern],
    who: &dyn Fn(&Concern) -> String,
    whose: &str,
    day: &dyn Fn(jiff::Timestamp) -> String,
) -> Markup {
    let columns = [Column::text("Raised"), Column::text(whose), Column::text("State")];
    let row = |it: &Concern| {
        let state = match it.closed_at {
            None => shell::badge(Tone::Info, "Open"),
            Some(at) => shell::badge(Tone::Plain, &format!("Closed {}", day(at))),
        };
        vec![
            html! { a href={ "/concerns/" (it.id) } { (shell::unbroken(&day(it.raised_at))) } },
            html! { (who(it)) },
            state,
        ]
    };
    shell::table(caption, &columns, concerns.iter().map(row).collect())
}

/// What others raised and whoever asks may read; what is kept from them is not counted either.
fn of_others(tx: &mut Tx, visit: &Visit) -> Result<Vec<Concern>, Failure> {
    let person = visit.person()?;
    let mut found = Vec::new();
    if visit.subject.memberships.is_empty() {
        return Ok(found);
    }
    for concern in all(tx)? {
        let reads = access::grant::<may::Read>(tx, &visit.subject, &concern)?.is_some();
        if reads && concern.reporter != person {
            found.push(concern);
        }
    }
    Ok(found)
}

/// What waits for whoever was chosen, until somebody has noted what is done. Where the one
/// who was chosen no longer reads it, it waits for the chairs who do.
pub(crate) fn next_steps(tx: &mut Tx, visit: &Visit) -> Result<Vec<Next>, Failure> {
    let person = visit.person()?;
    let mut steps = Vec::new();
    for concern in of_others(tx, visit)?.into_iter().filter(|it| it.closed_at.is_none()) {
        if let Some(step) = still_open(tx, visit, &concern)? {
            steps.push(step);
            continue;
        }
        if is_looked_after(tx, &concern)? || !is_theirs_to_look_after(tx, person, &concern)? {
            continue;
        }
        let cohort = program::the_cohort(tx, concern.cohort)?;
        let calendar: Calendar = calendar::of(tx, &cohort)?;
        let due = working_days_after(calendar.today(concern.raised_at), 2);
        let next = Next::new("Something was told to you in confidence", format!("/concerns/{}", concern.id), "Read it");
        steps.push(next.saying("Please say within two working days that you look after it.").by(due));
    }
    Ok(steps)
}

/// What is open for a year is brought back to the chairs who may close it: no clock does it
/// for them.
fn still_open(tx: &mut Tx, visit: &Visit, concern: &Concern) -> Result<Option<Next>, Failure> {
    let runs = visit.holds_in(Role::Chair, concern.cohort) || visit.holds_in(Role::Deputy, concern.cohort);
    let is_old = rules::is_open_for_long(concern.raised_at, tx.now());
    if !is_old || !runs || access::grant::<may::Write>(tx, &visit.subject, concern)?.is_none() {
        return Ok(None);
    }
    let next = Next::new("A concern is still open", format!("/concerns/{}", concern.id), "Look at it");
    Ok(Some(
        next.saying(
            "It was told more than a year ago. Close it once nothing more is to be done: until then it is kept.",
        ),
    ))
}

fn is_theirs_to_look_after(tx: &mut Tx, person: Id, concern: &Concern) -> Result<bool, Failure> {
    if concern.addressed == person {
        return Ok(true);
    }
    let addressed = program::subject(tx, concern.addressed)?;
    let subject = program::subject(tx, person)?;
    let is_orphaned = access::grant::<may::Read>(tx, &addressed, concern)?.is_none();
    Ok(is_orphaned && access::grant::<may::Write>(tx, &subject, concern)?.is_some())
}
