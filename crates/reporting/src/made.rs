//! A report as it stands at this moment: the submitted one, or else a draft made anew from
//! the data and the words.

use platform::{prelude::*, storage::StorageError};
use policy::{Opens, of};
use program::{Cohort, calendar};

use crate::{
    facts::{Facts, Kind},
    files::{self, Format},
    gather,
    model::{self, Cover, Report},
    reports::{self, Frozen, Submitted},
    rules::disclose,
    texts, words,
};

pub struct Made {
    pub report: Report,
    pub facts: Facts,
}

/// The draft, with the figures of this moment.
pub fn draft(tx: &mut Tx, proof: &impl Opens<of::ReportDraft>, cohort: &Cohort, kind: Kind) -> Result<Made, Failure> {
    let frozen = words_now(tx, proof, cohort, kind)?;
    let facts = facts_now(tx, proof, cohort, kind)?;
    let date = calendar::of(tx, cohort)?.day(kind.due());
    let cover = Cover { title: frozen.title, lead: frozen.lead, date, is_draft: true };
    Ok(Made { report: model::report(&cover, &facts, &frozen.parts), facts })
}

pub fn submitted(submitted: &Submitted) -> Result<Made, Failure> {
    Ok(Made { report: submitted.report()?, facts: submitted.facts()? })
}

pub fn words_now(
    tx: &mut Tx,
    proof: &impl Opens<of::ReportDraft>,
    cohort: &Cohort,
    kind: Kind,
) -> Result<Frozen, Failure> {
    let outline = texts::outline(kind).ok_or(Failure::NotFound)?;
    let parts = words::all(tx, proof, cohort, kind)?;
    Ok(Frozen { title: outline.title.clone(), lead: outline.lead.clone(), parts })
}

pub fn facts_now(
    tx: &mut Tx,
    proof: &impl Opens<of::ReportDraft>,
    cohort: &Cohort,
    kind: Kind,
) -> Result<Facts, Failure> {
    Ok(disclose::facts(&gather::figures(tx, proof, cohort, kind)?))
}

/// A report as a file: the submitted one if there is one, else the draft.
pub fn produce(tx: &mut Tx, cohort: Id, kind: &str, format: &str) -> Result<Vec<u8>, Failure> {
    let kind = Kind::from_key(kind).ok_or(Failure::NotFound)?;
    let format = Format::from_key(format).ok_or(Failure::NotFound)?;
    let cohort = program::the_cohort(tx, cohort)?;
    // Whoever has the machine asks, by its command.
    let server = policy::house();
    let made = match reports::of_cohort(tx, &server, cohort.id, kind)? {
        Some(report) => submitted(&report)?,
        None => draft(tx, &server, &cohort, kind)?,
    };
    written(&made, format)
}

pub fn written(made: &Made, format: Format) -> Result<Vec<u8>, Failure> {
    files::written(&made.report, &made.facts, format).map_err(|error| StorageError::Other(error.to_string()).into())
}

/// A file with a name that says what it is: `interim-report-2026-27.pdf`.
pub fn file(made: &Made, format: Format) -> Answer {
    let cohort: String =
        made.report.cohort.chars().map(|it| if it.is_ascii_alphanumeric() { it } else { '-' }).collect();
    let draft = if made.report.is_draft { "-draft" } else { "" };
    let name = format!("{}-report-{cohort}{draft}.{}", made.report.kind.key(), format.key());
    Ok(Reply::download(name, format.content_type(), written(made, format)?))
}
