//! What is next for the chair about the program itself.

use jiff::civil::Date;
use platform::prelude::*;
use policy::Role;

use crate::{
    calendar,
    cohorts::{self, Cohort, Program, saturday_from},
    next::Next,
    rules::calendar::{Anchors, add},
    setup,
};

/// How long before its call opens the next cohort is begun.
const BEFORE_THE_CALL: i64 = 28;

pub fn next_steps(tx: &mut Tx, visit: &Visit) -> Result<Vec<Next>, Failure> {
    let mut steps = Vec::new();
    if !visit.subject.holds_any(&[Role::Chair, Role::Deputy]) {
        return Ok(steps);
    }
    let cohorts = cohorts::all(tx)?;
    if let (Some(program), Some(newest)) = (cohorts::program(tx)?, cohorts.first()) {
        let opens = calendar::of(tx, newest)?.day("mentor_call_opens");
        steps.extend(settings(&program, opens));
    }
    for cohort in cohorts.iter().filter(|cohort| cohort.is_draft()) {
        let opens = calendar::of(tx, cohort)?.day("mentor_call_opens");
        let href = format!("/cohorts/{}/calendar", cohort.id);
        let title = format!("Look at the dates of cohort {} and open it", cohort.name);
        steps.push(
            Next::new(title, href, "See all dates")
                .saying("Until then nobody sees it and no letter goes out.")
                .by(opens),
        );
    }
    if let Some(newest) = cohorts.first().filter(|cohort| !cohort.is_draft()) {
        let today = cohorts::today(tx)?;
        steps.extend(successor(newest, today));
    }
    Ok(steps)
}

/// What the set-up did not ask for and every letter and page shows.
fn settings(program: &Program, call_opens: Date) -> Option<Next> {
    let missing = match (program.postal_address.is_empty(), program.alternative_contact.is_empty()) {
        (true, true) => "A postal address and another contact are missing",
        (true, false) => "A postal address is missing",
        (false, true) => "Another contact is missing",
        (false, false) => return None,
    };
    let words =
        format!("{missing}: two minutes. They stand under every letter and on the pages about privacy and conduct.");
    Some(Next::new("Complete the settings", "/program", "Open the settings").saying(words).by(call_opens))
}

/// Next year's cohort is begun some weeks before its call for mentors opens.
fn successor(newest: &Cohort, today: Date) -> Option<Next> {
    let meeting = newest.next_annual_meeting.unwrap_or_else(|| add(newest.annual_meeting, 364));
    let anchors = Anchors { saturday: saturday_from(meeting), midwinter: None, next_saturday: None };
    let opens = calendar::from_rules(&anchors).get("mentor_call_opens").copied()?;
    let words =
        "Forms, letters, pages and places come along, and every date moves. Its call for mentors opens on this day.";
    (today >= add(opens, -BEFORE_THE_CALL)).then(|| {
        let title = format!("Begin cohort {}", setup::cohort_name(meeting));
        Next::new(title, format!("/cohorts/{}/successor", newest.id), "Begin it").saying(words).by(opens)
    })
}
