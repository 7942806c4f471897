//! Page `/reports`: submitted reports for all who may read them, drafts for the committee.

use platform::prelude::*;
use policy::Action;
use program::{Cohort, calendar, cohorts, short_day};
use shell::Column;

use crate::{draft, facts::Kind, reports, texts};

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohorts = cohorts::all(tx)?;
    let mut rows = Vec::new();
    for cohort in cohorts.iter().filter(|it| !it.is_draft() && visit.may(Action::ReadReportDraft, Some(it.id))) {
        rows.extend(drafts(tx, cohort)?);
    }
    for cohort in cohorts.iter().filter(|it| visit.may(Action::ReadReport, Some(it.id))) {
        let Ok(scope) = visit.scope(&reports::facts(cohort.id)) else { continue };
        for report in reports::in_scope(tx, &scope)? {
            let day = format!("Submitted on {}", short_day(report.submitted_on));
            rows.push(row(&format!("/reports/{}", report.id), report.kind()?, cohort, &day));
        }
    }
    let columns = [Column::text("Report"), Column::text("State")];
    Ok(Reply::page(
        "Reports",
        html! {
            (shell::page_head("Reports to the board", "Two for each cohort: one at midwinter, while there is time to change something, and one after the end."))
            @if rows.is_empty() {
                (shell::empty_state("No report yet", "A report appears here when the committee has submitted it.", None))
            } @else {
                (shell::table("All reports", &columns, rows))
            }
        },
    ))
}

/// What is not submitted yet, the one that is due first on top.
fn drafts(tx: &mut Tx, cohort: &Cohort) -> Result<Vec<Vec<Markup>>, Failure> {
    let calendar = calendar::of(tx, cohort)?;
    let mut rows = Vec::new();
    for kind in Kind::ALL {
        if reports::head_of(tx, cohort.id, kind)?.is_none() {
            let due = format!("Draft, due on {}", short_day(calendar.day(kind.due())));
            rows.push(row(&draft::path(cohort.id, kind), kind, cohort, &due));
        }
    }
    Ok(rows)
}

fn row(href: &str, kind: Kind, cohort: &Cohort, state: &str) -> Vec<Markup> {
    let title = texts::outline(kind).map(|it| it.title.as_str()).unwrap_or_default();
    vec![html! { a href=(href) { (title) " " (shell::unbroken(&cohort.name)) } }, html! { (state) }]
}
