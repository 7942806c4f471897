//! `/cohorts/{cohort}/matching/runs/{run}`: one run, and the same question put again.

use platform::prelude::*;
use program::{calendar, long_day};

use super::{
    one_view,
    runs::{self, Run},
    shown::Shown,
    way,
};

/// Pairs on one page.
pub(crate) const PAGE: usize = 50;

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let run = runs::of_path(tx, visit)?;
    let cohort = program::the_cohort(tx, run.cohort)?;
    let title = title(&run);
    let made = long_day(calendar::of(tx, &cohort)?.today(run.made_at));
    let Some(content) = runs::content(tx, run.id)? else {
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

/// Puts the kept question to the engine as it is now, and compares the bytes. ALG5.
pub(crate) fn again(tx: &mut Tx, visit: &Visit) -> Answer {
    let run = runs::of_path(tx, visit)?;
    let Some(content) = runs::content(tx, run.id)? else {
        return Ok(Reply::go(run.path()).saying("What this run was asked is gone, so it cannot be repeated."));
    };
    let words = match runs::again(&content, &run.settings()) {
        Ok(answer) if answer == content.answer => {
            format!("Repeated: the answer is the same, byte for byte, all {} of them.", answer.len())
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
