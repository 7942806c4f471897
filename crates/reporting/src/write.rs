//! Page `/cohorts/{cohort}/reports/{kind}/parts/{part}`: the committee's own words in one
//! part. They stay when the figures change. REP7.

use platform::prelude::*;
use policy::{Grant, may, of};
use program::Cohort;
use shell::{Faults, Input};

use crate::{
    draft,
    facts::Kind,
    page, reports,
    texts::{self, Words},
    words,
};

/// A report has at most five pages; a part of this length fills more than one of them.
const MOST: usize = 6000;

struct Form<'a> {
    text: &'a str,
    version: i64,
    faults: Faults,
    /// What somebody else saved meanwhile.
    other: Option<&'a str>,
}

pub fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let (cohort, kind, part, proof) = facts(tx, visit)?;
    if let Some(report) = reports::head_of(tx, cohort.id, kind)? {
        return Ok(Reply::go(format!("/reports/{}", report.id)).saying(SUBMITTED));
    }
    let version = words::version(tx, &proof, cohort.id, kind, &part.key)?;
    let text = if part.own { part.text.as_str() } else { "" };
    let form = Form { text, version, faults: Faults::new(), other: None };
    Ok(Reply::page(title(&part), drawn(&cohort, kind, &part, &form)))
}

pub fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = visit.id("cohort")?;
    tx.lock(cohort)?;
    let (cohort, kind, part, proof) = facts(tx, visit)?;
    let text = visit.form.text("text");
    let version = words::version(tx, &proof, cohort.id, kind, &part.key)?;
    let mut form = Form { text, version, faults: Faults::new(), other: None };
    if reports::head_of(tx, cohort.id, kind)?.is_some() {
        form.faults.add("text", SUBMITTED);
        return Err(Failure::overtaken(title(&part), drawn(&cohort, kind, &part, &form)));
    }
    if visit.form.number("version") != Some(version) {
        form.faults.add("text", "Somebody else saved this part meanwhile. Your words stand below, theirs beneath them; bring them together and save again.");
        form.other = Some(&part.text);
        return Err(Failure::overtaken(title(&part), drawn(&cohort, kind, &part, &form)));
    }
    if text.chars().count() > MOST {
        form.faults.add(
            "text",
            format!("This is longer than {MOST} characters. Please say it in fewer; the report has five pages."),
        );
        return Err(Failure::refused(title(&part), drawn(&cohort, kind, &part, &form)));
    }
    let saved = if text.is_empty() { "The part has its first words again." } else { "Your words are saved." };
    words::write(tx, cohort.id, kind, &part.key, version, text, visit.person()?)?;
    journal::record(tx, "report written", cohort.id, Some(visit.person()?), Some(cohort.id))?;
    Ok(Reply::go(draft::path(cohort.id, kind)).saying(saved))
}

const SUBMITTED: &str = "This report has been submitted, so its words stay as they are.";

fn facts(tx: &mut Tx, visit: &Visit) -> Result<(Cohort, Kind, Words, Grant<of::ReportDraft, may::Write>), Failure> {
    let (cohort, kind) = draft::asked(tx, visit)?;
    let key = visit.param("part");
    let proof = reports::draft(visit, cohort.id)?;
    let part = words::all(tx, &proof, &cohort, kind)?.into_iter().find(|it| it.key == key).ok_or(Failure::NotFound)?;
    Ok((cohort, kind, part, proof))
}

fn title(part: &Words) -> String {
    format!("Words for “{}”", part.title)
}

fn drawn(cohort: &Cohort, kind: Kind, part: &Words, form: &Form) -> Markup {
    let path = draft::path(cohort.id, kind);
    let suggested = texts::part(kind, &part.key).map(|it| it.text.as_str()).unwrap_or_default();
    let report = texts::outline(kind).map(|it| it.title.as_str()).unwrap_or_default();
    html! {
            (shell::breadcrumbs(&[("/reports", "Reports"), (&path, report)], &part.title))
            (shell::page_head(&title(part), "Figures are counted anew each time; your words stay as you write them."))
            (shell::error_summary(&form.faults))
            (shell::readers_line(&policy::who_can_read(policy::Record::ReportDraft)))
    p.hint { "Write no names and nothing by which a single person could be known." }
            @if !part.own || form.text.is_empty() { (shell::card("What belongs here", html! { (page::words(if part.own { suggested } else { &part.text })) })) }
            (shell::form(&format!("{path}/parts/{}", part.key), html! {
                (shell::hidden("version", &form.version.to_string()))
                (shell::long_field(&Input::new("text", "Your words")
                    .hint("An empty line begins a new paragraph, “- ” a point. Left empty, the part keeps the words it began with.")
                    .value(form.text).rows(14).max(MOST).unmarked().faults(&form.faults)))
                (shell::actions(html! { (shell::button("Save")) (shell::link_quiet(&path, "Leave it as it is")) }))
            }))
            @if let Some(other) = form.other { (shell::card("The words that were saved meanwhile", page::words(other))) }
        }
}
