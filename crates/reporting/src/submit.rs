//! `/cohorts/{cohort}/reports/{kind}/submission`: the chair submits a report to the board.

use platform::prelude::*;
use policy::{Grant, may, of};
use program::calendar;

use crate::{draft, letters, made, reports};

pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    tx.lock(visit.id("cohort")?)?;
    let (cohort, kind) = draft::asked(tx, visit)?;
    if let Some(report) = reports::head_of(tx, cohort.id, kind)? {
        let words = "This report was submitted a moment ago. It stands as it was then.";
        return Ok(Reply::go(format!("/reports/{}", report.id)).saying(words));
    }
    let person = visit.person()?;
    let proof: Grant<of::ReportDraft, may::Write> = reports::draft(visit, cohort.id)?;
    let facts = made::facts_now(tx, &proof, &cohort, kind)?;
    let words = made::words_now(tx, &proof, &cohort, kind)?;
    let today = calendar::of(tx, &cohort)?.today(tx.now());
    let id = reports::add(tx, cohort.id, today, person, &facts, &words)?;
    journal::record(tx, "report submitted", id, Some(person), Some(cohort.id))?;
    let told = letters::submitted(tx, &cohort, kind, id)?;
    let saying = match told {
        0 => "The report is submitted. Nobody is named as a reader of the board yet; appoint one on the committee's page.".to_owned(),
        1 => "The report is submitted. One reader of the board has been told.".to_owned(),
        many => format!("The report is submitted. {many} readers of the board have been told."),
    };
    Ok(Reply::go(format!("/reports/{id}")).saying(saying))
}
