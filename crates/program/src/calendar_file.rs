//! `/calendar.ics`: all dates that everyone may know, for one's own calendar.

use platform::prelude::*;
use policy::Action;

use crate::{
    calendar, cohorts,
    rules::calendar_file::{Entry, calendar_file},
};

pub(crate) fn doors() -> Doors {
    Doors::default().get("/calendar.ics", Action::ReadCalendar, get)
}

fn get(tx: &mut Tx, _: &Visit) -> Answer {
    let program = cohorts::the_program(tx)?;
    let cohort = cohorts::current(tx)?.filter(|cohort| !cohort.is_draft()).ok_or(Failure::NotFound)?;
    let calendar = calendar::of(tx, &cohort)?;
    let public = calendar.all().into_iter().filter(|(step, _)| step.public);
    let entries: Vec<Entry> = public
        .map(|(step, day)| Entry {
            uid: format!("{}-{}@duology", cohort.id, step.key),
            day,
            title: format!("{}: {}", program.name, step.title),
        })
        .collect();
    let name = format!("{} {}", program.name, cohort.name);
    let bytes = calendar_file(&name, tx.now(), &entries).into_bytes();
    Ok(Reply::download("calendar.ics", "text/calendar; charset=utf-8", bytes))
}
