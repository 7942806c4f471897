//! `/cohorts/{cohort}/matching/runs/{run}`: one run, and the same question put again.

use std::sync::Arc;

use platform::{doors::Work, prelude::*};
use program::{calendar, long_day};

use super::{
    one_view,
    runs::{self, Run},
    shown::Shown,
    way,
};
use crate::access;

/// Pairs on one page.
pub(crate) const PAGE: usize = 50;

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let run = runs::of_path(tx, visit)?;
    let cohort = program::the_cohort(tx, run.cohort)?;
    let title = title(&run);
    let made = long_day(calendar::of(tx, &cohort)?.today(run.made_at));
    let Some(content) = runs::content(tx, &access::of_drafts(visit, run.cohort)?, run.id)? else {
        let body = html! {
            (way(&cohort, &title))
            (shell::page_head(&title, &format!("Made on {made} by {}.", run.made_by_name)))
            (gone())
        };
        return Ok(Reply::page(title, body));
    };
    let shown = Shown::to(tx, visit, &run, &content)?;
    let others = runs::in_cohort(tx, run.cohort)?.into_iter().filter(|it| it.id != run.id).collect();
    let page = usize::try_from(visit.query.number("page").unwrap_or(1)).unwrap_or(1).max(1);
    let facts = one_view::Facts { cohort, run, made, content, shown, others, page };
    Ok(Reply::wide(title, one_view::page(&facts)))
}

pub(crate) fn title(run: &Run) -> String {
    format!("Run {}", run.number)
}

pub(crate) fn gone() -> Markup {
    shell::note(
        shell::Tone::Info,
        html! { p { "What was asked and answered here is gone: its time was over, or somebody in it asked to be forgotten. The figures in the list of runs stay." } },
    )
}

/// What putting a kept question to the engine again came to.
enum Again {
    Gone,
    /// To the byte, so many of them.
    Same(usize),
    Other,
}

/// Puts the kept question to the engine as it is now, and compares the bytes. ALG5.
pub(crate) fn ask_again(tx: &mut Tx, visit: &Visit) -> Result<Work, Failure> {
    let run = runs::of_path(tx, visit)?;
    let content = runs::content(tx, &access::of_drafts(visit, run.cohort)?, run.id)?;
    let settings = run.settings();
    Ok(Box::new(move || {
        Arc::new(match content.map(|it| (runs::again(&it, &settings), it.answer)) {
            None => Again::Gone,
            Some((Ok(answer), before)) if answer == before => Again::Same(answer.len()),
            Some(_) => Again::Other,
        })
    }))
}

pub(crate) fn again(tx: &mut Tx, visit: &Visit) -> Answer {
    let run = runs::of_path(tx, visit)?;
    let done = visit.prepared.worked_out.clone().and_then(|it| it.downcast::<Again>().ok());
    let words = match done.as_deref() {
        None | Some(Again::Gone) => {
            return Ok(Reply::go(run.path()).saying("What this run was asked is gone, so it cannot be repeated."));
        }
        Some(Again::Same(bytes)) => {
            format!("Repeated: the answer is the same, byte for byte, all {bytes} of them.")
        }
        _ if run.engine != i64::from(pairing::VERSION) => format!(
            "Repeated: version {} of the engine answers otherwise than version {}, with which this run was made.",
            pairing::VERSION,
            run.engine
        ),
        _ => "Repeated: the answer differs, although the engine is the same. Please tell whoever runs the house."
            .to_owned(),
    };
    journal::record(tx, "matching run repeated", run.id, Some(visit.person()?), Some(run.cohort))?;
    Ok(Reply::go(run.path()).saying(words))
}
