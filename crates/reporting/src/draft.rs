//! Page `/cohorts/{cohort}/reports/{kind}`: the draft with the figures of this moment and
//! the committee's words. REP1, REP7.

use platform::prelude::*;
use policy::{Action, may};
use program::{Cohort, long_day};
use shell::Tone;

use crate::{
    facts::Kind,
    files::Format,
    made::{self, Made},
    model::Part,
    page, reports,
};

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let (cohort, kind) = asked(tx, visit)?;
    if let Some(report) = reports::head_of(tx, cohort.id, kind)? {
        return Ok(Reply::go(format!("/reports/{}", report.id)));
    }
    let made = made::draft(tx, &reports::draft::<may::Read>(visit, cohort.id)?, &cohort, kind)?;
    let title = format!("{} {}", made.report.title, cohort.name);
    Ok(Reply::page(title, drawn(visit, &cohort, kind, &made)))
}

pub fn pdf(tx: &mut Tx, visit: &Visit) -> Answer {
    let (cohort, kind) = asked(tx, visit)?;
    made::file(&made::draft(tx, &reports::draft::<may::Read>(visit, cohort.id)?, &cohort, kind)?, Format::Pdf)
}

/// The cohort and the kind of report in the path; what is none is not found.
pub fn asked(tx: &mut Tx, visit: &Visit) -> Result<(Cohort, Kind), Failure> {
    let cohort = program::the_cohort(tx, visit.id("cohort")?)?;
    let kind = Kind::from_key(visit.param("kind")).ok_or(Failure::NotFound)?;
    Ok((cohort, kind))
}

pub fn path(cohort: Id, kind: Kind) -> String {
    format!("/cohorts/{cohort}/reports/{}", kind.key())
}

fn drawn(visit: &Visit, cohort: &Cohort, kind: Kind, made: &Made) -> Markup {
    let report = &made.report;
    let path = path(cohort.id, kind);
    let may = |action| visit.may(action, Some(cohort.id));
    let edits = may(Action::WriteReport);
    let beside = |part: &Part| {
        let words = if part.own_words { "Edit the words" } else { "Write the words" };
        let href = format!("{path}/parts/{}", part.key);
        html! { @if edits { (shell::actions(html! { a.button.quiet href=(href) { (words) span.vh { " of " (part.title) } } })) } }
    };
    let lead = format!("{} It is due on {}.", report.lead, long_day(report.date));
    html! {
        (shell::breadcrumbs(&[(&format!("/cohorts/{}", cohort.id), &format!("Cohort {}", cohort.name)), ("/reports", "Reports")], &report.title))
        (shell::page_head_with(&format!("{} {}", report.title, cohort.name), &lead, shell::badge(Tone::Warn, "Draft")))
        (shell::readers_line(&policy::who_can_read(policy::Record::ReportDraft)))
        (shell::actions(shell::link_quiet(&format!("{path}/report.pdf"), "Draft as PDF")))
        (page::report(report, &beside))
        @if may(Action::SubmitReport) { (submission(&path, made)) }
    }
}

/// What submitting means, and what is still unwritten.
fn submission(path: &str, made: &Made) -> Markup {
    let unwritten: Vec<&str> =
        made.report.parts.iter().filter(|it| it.is_request).map(|it| it.title.as_str()).collect();
    shell::card(
        "Submit to the board",
        html! {
            p { "The figures are frozen as they stand today, with your words. The readers of the board get a letter with a link. Nothing can be changed after that." }
            @if !unwritten.is_empty() {
                (shell::note(Tone::Info, html! { p { "Still without words of your own: " (unwritten.join(", ")) ". The board sees the figures of these parts alone, and no part that has none." } }))
            }
            form method="post" action={ (path) "/submission" } { (shell::actions(shell::button("Submit the report"))) }
        },
    )
}
