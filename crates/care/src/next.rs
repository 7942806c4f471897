//! What is next: for liaisons, for the chairs, and for those with an open check-in.

use platform::prelude::*;
use policy::Role;
use program::{Next, calendar, rules::calendar::add};

use crate::{
    checkins::{self, CheckIn},
    concerns, desk,
    opening::who_confirms,
    openings,
    rules::signal::State,
    tasks,
};

/// How long a check-in is asked for on the home page.
const CHECK_IN_DAYS: i64 = 30;

pub fn next_steps(tx: &mut Tx, visit: &Visit) -> Result<Vec<Next>, Failure> {
    let mut steps = Vec::new();
    steps.extend(concerns::list::next_steps(tx, visit)?);
    steps.extend(open_check_ins(tx, visit)?);
    if visit.holds(Role::Liaison) {
        steps.extend(for_liaison(tx, visit)?);
    }
    if visit.holds(Role::Chair) || visit.holds(Role::Deputy) {
        steps.extend(for_chair(tx, visit)?);
    }
    Ok(steps)
}

/// The newest check-in of each duo that waits.
fn open_check_ins(tx: &mut Tx, visit: &Visit) -> Result<Vec<Next>, Failure> {
    let mut newest: Vec<CheckIn> = Vec::new();
    for checkin in checkins::waiting_for(tx, visit.person()?)? {
        if newest.iter().all(|it| it.duo != checkin.duo) {
            newest.push(checkin);
        }
    }
    let mut steps = Vec::new();
    for checkin in &newest {
        steps.extend(open_check_in(tx, checkin)?);
    }
    Ok(steps)
}

fn open_check_in(tx: &mut Tx, checkin: &CheckIn) -> Result<Option<Next>, Failure> {
    let Some(duo) = duos::duo(tx, checkin.duo)?.filter(duos::Duo::is_active) else { return Ok(None) };
    let cohort = program::the_cohort(tx, checkin.cohort)?;
    let calendar = calendar::of(tx, &cohort)?;
    let until = add(calendar.today(checkin.sent_at), CHECK_IN_DAYS);
    if calendar.today(tx.now()) > until {
        return Ok(None);
    }
    let partner = duo.name_of(duo.partner_of(checkin.person));
    let next = Next::new("Answer the check-in", format!("/check-ins/{}", checkin.id), "Answer in a minute");
    Ok(Some(next.saying(format!("Four questions about you and {partner}. Only your liaison reads them.")).by(until)))
}

fn for_liaison(tx: &mut Tx, visit: &Visit) -> Result<Vec<Next>, Failure> {
    let mut steps = Vec::new();
    let tasks = desk::open_tasks(tx, &visit.subject)?;
    if let Some(first) = tasks.first() {
        let title = match tasks.len() {
            1 => first.title.clone(),
            many => format!("{many} things are due on your desk"),
        };
        let words = if tasks.len() == 1 { String::new() } else { format!("First: {}.", first.title) };
        steps.push(Next::new(title, "/desk", "Open your desk").saying(words).by(first.due));
    }
    let worried = desk::mine(tx, visit)?.into_iter().filter(|it| it.signal.state >= State::Amber).count();
    if worried > 0 && tasks.is_empty() {
        let title = if worried == 1 {
            "One of your duos needs a word".to_owned()
        } else {
            format!("{worried} of your duos need a word")
        };
        steps.push(Next::new(title, "/desk", "See why"));
    }
    Ok(steps)
}

fn for_chair(tx: &mut Tx, visit: &Visit) -> Result<Vec<Next>, Failure> {
    // Whoever is a chair of another cohort alone hears nothing of this one.
    let is_theirs = |id| visit.holds_in(Role::Deputy, id) || visit.holds_in(Role::Chair, id);
    let current = program::current(tx)?.filter(|it| it.is_open() && is_theirs(it.id));
    let Some(cohort) = current else { return Ok(Vec::new()) };
    let href = format!("/cohorts/{}/liaisons", cohort.id);
    let mut steps = Vec::new();
    let tasks = tasks::open_of_chairs(tx, &visit.scope(&policy::Facts::in_cohort(cohort.id.number()))?)?;
    // Only where the rule has looked and found nobody; a duo that was formed an hour ago waits for it.
    let without = tasks.iter().filter(|it| it.kind == tasks::APPOINT).count();
    if without > 0 {
        let title =
            if without == 1 { "One duo has no liaison".to_owned() } else { format!("{without} duos have no liaison") };
        steps.push(
            Next::new(title, &href, "Appoint one").saying("Nobody suitable was free; the reasons stand on the page."),
        );
    }
    steps.extend(to_confirm(tx, cohort.id, visit.person()?)?);
    if let Some(task) = tasks.iter().find(|it| it.kind != tasks::APPOINT) {
        steps.push(Next::new(task.title.clone(), href, "See what is waiting").by(task.due));
    }
    Ok(steps)
}

/// What one of chair and deputy asks the other to open together.
fn to_confirm(tx: &mut Tx, cohort: Id, person: Id) -> Result<Vec<Next>, Failure> {
    let mut steps = Vec::new();
    for opening in openings::waiting_in(tx, cohort)? {
        let Some(duo) = duos::duo(tx, opening.duo)? else { continue };
        if who_confirms(tx, &duo, opening.asked_by)?.contains(&person) {
            let title = format!("{} asks to open check-in answers of duo {}", opening.asker, duo.number);
            let next = Next::new(title, format!("/desk/duos/{}/opening", duo.id), "Read why");
            steps.push(next.saying("Nothing opens unless you confirm it."));
        }
    }
    Ok(steps)
}
