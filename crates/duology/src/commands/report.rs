//! `duology report`: a report to the Board as a file. Same data, same bytes.

use std::path::Path;

use anyhow::{Context, Result, bail};
use platform::{app::App, doors::Failure};
use program::Cohort;

pub fn run(app: &App, cohort: Option<&str>, kind: &str, format: &str, out: &Path) -> Result<()> {
    let cohort = find(app, cohort)?;
    let (kind, wanted) = (kind.to_owned(), format.to_owned());
    let bytes = app
        .db
        .read(move |tx| reporting::produce(tx, cohort.id, &kind, &wanted))
        .map_err(|failure| anyhow::anyhow!("the report cannot be made: {failure}"))?;
    std::fs::write(out, bytes).with_context(|| format!("{} cannot be written", out.display()))
}

/// The cohort of that name; the newest that is not a draft when none is named.
fn find(app: &App, name: Option<&str>) -> Result<Cohort> {
    let all = app.db.read(program::cohorts::all).map_err(|failure: Failure| anyhow::anyhow!("{failure}"))?;
    let known: Vec<String> = all.iter().map(|cohort| cohort.name.clone()).collect();
    match name {
        Some(name) => {
            let fold = |text: &str| text.replace(['–', '—'], "-");
            let found = all.into_iter().find(|cohort| fold(&cohort.name) == fold(name));
            found.with_context(|| format!("there is no cohort `{name}`; there is: {}", known.join(", ")))
        }
        None => match all.into_iter().find(|cohort| !cohort.is_draft()) {
            Some(cohort) => Ok(cohort),
            None => bail!("no cohort has been opened in this folder yet"),
        },
    }
}
