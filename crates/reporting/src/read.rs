//! Page `/reports/{report}`: a submitted report, for the board and the committee, and the
//! same as a file. It reads as it did on the day it was submitted.

use platform::prelude::*;
use shell::Tone;

use crate::{
    files::Format,
    made::{self, Made},
    page, publish, reports,
};

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let submitted = reports::theirs(tx, visit)?;
    let report = submitted.report()?;
    let title = format!("{} {}", report.title, report.cohort);
    let path = format!("/reports/{}", submitted.id);
    let publishes = visit.may(policy::Action::Publish, Some(submitted.cohort));
    Ok(Reply::page(
        title.clone(),
        html! {
                    (shell::breadcrumbs(&[("/reports", "Reports")], &title))
                    (shell::page_head_with(&title, &report.lead, shell::badge(Tone::Good, "Submitted")))
                    (shell::readers_line(&policy::who_can_read(policy::Record::ReportDraft)))
        p.hint { "It holds totals alone." }
                    (shell::actions(html! {
                        (shell::link_button(&format!("{path}/report.pdf"), "Save as PDF"))
                        (shell::link_quiet(&format!("{path}/report.html"), "Page"))
                        (shell::link_quiet(&format!("{path}/report.csv"), "CSV"))
                        (shell::link_quiet(&format!("{path}/report.json"), "JSON"))
                        @if publishes { (shell::link_quiet(&publish::path(submitted.id), "Publish, or take back")) }
                    }))
                    (page::report(&report, &|_| html! {}))
                },
    ))
}

pub fn pdf(tx: &mut Tx, visit: &Visit) -> Answer {
    made::file(&submitted(tx, visit)?, Format::Pdf)
}

pub fn html(tx: &mut Tx, visit: &Visit) -> Answer {
    made::file(&submitted(tx, visit)?, Format::Html)
}

pub fn csv(tx: &mut Tx, visit: &Visit) -> Answer {
    made::file(&submitted(tx, visit)?, Format::Csv)
}

pub fn json(tx: &mut Tx, visit: &Visit) -> Answer {
    made::file(&submitted(tx, visit)?, Format::Json)
}

fn submitted(tx: &mut Tx, visit: &Visit) -> Result<Made, Failure> {
    let report = reports::theirs(tx, visit)?;
    made::submitted(&report)
}
