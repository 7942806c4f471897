//! Pages `/results` and `/results/reports/{report}`: what the chair has published, for
//! everyone. Before that, and when it is taken back, there is no such page.

use std::collections::BTreeMap;

use platform::prelude::*;
use policy::{Condition, Facts, Subject};
use program::{cohorts, long_day};

use crate::{page, publications, reports};

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let head = reports::head(tx, visit.id("report")?)?;
    let proof = publications::proof(tx, head.id, head.cohort)?;
    let submitted = reports::the_report(tx, &proof, head.id)?;
    let report = submitted.for_everyone()?;
    let title = format!("{} {}", report.title, report.cohort);
    let lead = format!(
        "The figures about participants and what they said, from the report of {}.",
        long_day(submitted.submitted_on)
    );
    Ok(Reply::page(
        title.clone(),
        html! {
            (shell::breadcrumbs(&[("/results", "Results")], &title))
            (shell::page_head(&title, &lead))
            (shell::readers_line(&policy::who_can_read(policy::Record::ReportDraft)))
            (page::report(&report, &|_| html! {}))
        },
    ))
}

/// A published page by its address and title.
type Way = (String, String);

pub fn list(tx: &mut Tx, _: &Visit) -> Answer {
    let by_cohort = by_cohort(tx)?;
    let mut cohorts = cohorts::all(tx)?;
    cohorts.retain(|it| by_cohort.contains_key(&it.id));
    Ok(Reply::page(
        "Results",
        html! {
            (shell::page_head("Results", "What came of the program, as the committee has published it: totals of five or more, and nothing about single people."))
            @if cohorts.is_empty() {
                (shell::empty_state("Nothing is published yet", "When the committee publishes results, they stand here.", Some(("/about", "About the program"))))
            }
            @for cohort in &cohorts {
                (shell::card(&format!("Cohort {}", cohort.name), html! {
                    ul.links { @for (href, title) in &by_cohort[&cohort.id] { li { a href=(href) { (title) } } } }
                }))
            }
        },
    ))
}

fn by_cohort(tx: &mut Tx) -> Result<BTreeMap<Id, Vec<Way>>, Failure> {
    let mut ways: BTreeMap<Id, Vec<Way>> = BTreeMap::new();
    for id in reports_of_everyone(tx)? {
        let head = reports::head(tx, id)?;
        let proof = publications::proof(tx, id, head.cohort)?;
        let submitted = reports::the_report(tx, &proof, id)?;
        let title = submitted.report()?.title;
        ways.entry(submitted.cohort).or_default().push((format!("/results/reports/{id}"), title));
    }
    for it in evaluation::published(tx)? {
        ways.entry(it.cohort).or_default().push((format!("/results/surveys/{}", it.survey), it.title));
    }
    Ok(ways)
}

/// The reports that are published, as a stranger may find them.
fn reports_of_everyone(tx: &mut Tx) -> Result<Vec<Id>, Failure> {
    let facts = Facts::of_program().when(true, Condition::IsPublished);
    policy::scope(&Subject::default(), &facts).map_or_else(|| Ok(Vec::new()), |scope| publications::all(tx, &scope))
}

/// Whether there is anything to read on the page of results. Every home asks, so no report
/// is opened for it.
pub fn is_anything(tx: &mut Tx) -> Result<bool, Failure> {
    Ok(!reports_of_everyone(tx)?.is_empty() || evaluation::is_anything_published(tx)?)
}
