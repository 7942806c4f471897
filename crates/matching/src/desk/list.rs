//! `/cohorts/{cohort}/matching/runs`: every run of a cohort, the newest first. ALG5.

use platform::prelude::*;
use program::{calendar, short_day};
use shell::Column;

use super::{readers, runs, runs_path, settings::objective_words, way};

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = program::cohort(tx, visit.id("cohort")?)?.ok_or(Failure::NotFound)?;
    let runs = runs::in_cohort(tx, cohort.id)?;
    let calendar = calendar::of(tx, &cohort)?;
    let new = format!("{}/new", runs_path(cohort.id));
    let columns = [
        Column::text("Run"),
        Column::text("Looked for"),
        Column::number("Pairs"),
        Column::number("Points"),
        Column::text("Made"),
    ];
    let rows: Vec<Vec<Markup>> = runs
        .iter()
        .map(|run| {
            vec![
                html! { a href=(run.path()) { "Run " (run.number) } },
                html! { (objective_words(run.settings().objective)) },
                html! { (run.pairs) " of " (run.mentees) },
                html! { (run.points()) },
                html! { (shell::unbroken(&short_day(calendar.today(run.made_at)))) ", " (run.made_by_name) },
            ]
        })
        .collect();
    let body = html! {
        (way(&cohort, "Runs"))
        (shell::page_head(
            "Runs",
            "Each keeps what the engine was asked and what it answered, so that a plan can be explained, repeated and compared months later.",
        ))
        @if rows.is_empty() {
            (shell::empty_state("No run yet", "Choose what counts, and let the house look for pairs.",
                cohort.is_open().then_some((new.as_str(), "Look for pairs"))))
        } @else {
            (shell::table("Runs, the newest first", &columns, rows))
            @if cohort.is_open() { (shell::actions(shell::link_button(&new, "Look for pairs"))) }
        }
        (readers())
    };
    Ok(Reply::wide("Runs", body))
}
