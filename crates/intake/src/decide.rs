//! `POST /cohorts/{cohort}/applications/{id}/decision`: the chair decides otherwise than
//! the rule, or keeps to it after a second look; always with a reason. ELG6

use platform::prelude::*;
use policy::{Grant, may, of};
use shell::Faults;

use crate::{
    access,
    applications::{self, Application, Decision},
    call::{self, Call},
    letters, line, read,
    rules::status::State,
};

pub(crate) const LONGEST_REASON: usize = 600;

pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let (cohort, id, by) = (visit.id("cohort")?, visit.id("id")?, visit.person()?);
    let call = call::locked(tx, cohort)?;
    let application = applications::of_cohort(tx, id, cohort)?;
    let _: Grant<of::Application, may::Write> = access::of_committee(tx, visit, &call.cohort, &application)?;
    let reason = visit.form.text("reason");
    if let Some(fault) = fault(reason) {
        let mut faults = Faults::new();
        faults.add("reason", fault);
        return match read::show(tx, visit, &faults, reason)? {
            Reply::Page(page) => Err(Failure::refused(page.title, page.body)),
            other => Ok(other),
        };
    }
    let decision = Decision { by, reason };
    let words = match visit.form.text("answer") {
        "admit" => admit(tx, &call, &application, &decision)?,
        "keep" => keep(tx, &call, &application, &decision)?,
        _ => return Err(Failure::NotFound),
    };
    Ok(Reply::go(format!("/cohorts/{cohort}/applications/{id}")).saying(words))
}

fn fault(reason: &str) -> Option<String> {
    if reason.is_empty() {
        return Some("Please give your reason in a sentence.".to_owned());
    }
    let over = reason.chars().count().saturating_sub(LONGEST_REASON);
    (over > 0).then(|| format!("Please shorten this by {}. Up to {LONGEST_REASON} fit here.", forms::characters(over)))
}

fn admit(tx: &mut Tx, call: &Call, application: &Application, decision: &Decision) -> Result<&'static str, Failure> {
    line::still(matches!(application.state(), State::Refused | State::Review), application)?;
    line::admit(tx, call, application, decision)?;
    let after = applications::find(tx, application.id)?.ok_or(Failure::NotFound)?;
    Ok(match after.state() {
        State::Placed => "Admitted. The application has a place, and the person was told.",
        _ => "Admitted. All places are taken, so the application is on the waiting list; the person was told.",
    })
}

fn keep(tx: &mut Tx, call: &Call, application: &Application, decision: &Decision) -> Result<&'static str, Failure> {
    line::still(applications::keep_refused(tx, application.id, decision)?, application)?;
    journal::record(tx, "refusal kept", application.id, Some(decision.by), Some(application.cohort))?;
    letters::kept_refused(tx, call, application, decision.reason)?;
    Ok("The decision stands, and the person was told why.")
}
