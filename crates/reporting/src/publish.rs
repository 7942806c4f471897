//! Page `/reports/{report}/publication`: the chair publishes the figures of a submitted
//! report, or takes them back, with what everyone will read before their eyes.

use platform::prelude::*;
use program::long_day;
use shell::Publication;

use crate::{
    page, publications,
    reports::{self, Submitted},
};

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let submitted = reports::theirs(tx, visit)?;
    Ok(Reply::page("Publish a report", drawn(tx, &submitted)?))
}

pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let report = reports::theirs(tx, visit)?;
    if publications::add(tx, report.id)? {
        journal::record(tx, "report published", report.id, Some(visit.person()?), Some(report.cohort))?;
    }
    Ok(Reply::go(path(report.id)).saying("The figures are published. Anyone who has the address can read them."))
}

pub fn end(tx: &mut Tx, visit: &Visit) -> Answer {
    let report = reports::theirs(tx, visit)?;
    if publications::remove(tx, report.id)? {
        journal::record(tx, "report taken back", report.id, Some(visit.person()?), Some(report.cohort))?;
    }
    Ok(Reply::go(path(report.id)).saying("The figures are no longer published. Nobody finds the page any more."))
}

pub fn path(report: Id) -> String {
    format!("/reports/{report}/publication")
}

fn drawn(tx: &mut Tx, submitted: &Submitted) -> Result<Markup, Failure> {
    let report = submitted.for_everyone()?;
    let title = format!("{} {}", report.title, report.cohort);
    let open = format!("/results/reports/{}", submitted.id);
    let since = match publications::since(tx, submitted.id)? {
        Some(at) => Some(long_day(program::day_of(tx, at)?)),
        None => None,
    };
    Ok(html! {
        (shell::breadcrumbs(&[("/reports", "Reports"), (&format!("/reports/{}", submitted.id), &title)], "Publish"))
        (shell::page_head(&format!("Publish: {title}"), "The figures about participants and what they said, as they were submitted."))
        (shell::publication(&Publication { act: &path(submitted.id), open: &open, since: since.as_deref(), what: "figures" }, html! {
            p { "What the committee wrote in its own words was written for the board and stays with it, and so does every sentence quoted there. Start-up, check-ins, hours, the standards and the comparison with another cohort stay inside too." }
        }))
        h2 { "What everyone sees" }
        (page::report(&report, &|_| html! {}))
    })
}
