//! A withdrawal: `POST /applications/{id}/withdrawal`. APP5

use platform::prelude::*;

use crate::{
    applications, call, line,
    rules::withdrawal::{Facts, withdraw},
};

pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let (id, person) = (visit.id("id")?, visit.person()?);
    let cohort = applications::own(tx, id, person)?.cohort;
    let call = call::locked(tx, cohort)?;
    let application = applications::own(tx, id, person)?;
    let facts =
        Facts { state: application.state(), today: call.calendar.today(tx.now()), orientation: call.orientation() };
    if let Err(refusal) = withdraw(&facts) {
        return Err(Failure::refused(
            "This cannot be withdrawn here",
            refused(&refusal.to_string(), &application.path()),
        ));
    }
    line::withdraw(tx, &call, &application)?;
    Ok(Reply::go(application.path()).saying("Your application is withdrawn."))
}

fn refused(words: &str, path: &str) -> Markup {
    html! {
        (shell::page_head("This cannot be withdrawn here", words))
        (shell::actions(shell::link_button(path, "Back to your application")))
    }
}
