//! The desk of assisted matching: settings, runs, reasons, a draft that several look at.
//!
//! | what the chair does                                 | where                          |
//! |-----------------------------------------------------|--------------------------------|
//! | chooses weights, rules, the objective, what is fixed | `settings.rs`, `settings_page.rs`, `settings_view.rs`, `kept_settings.rs` |
//! | has the engine look                                 | `question.rs`, `make.rs`, `mark.rs` |
//! | finds what was asked and answered, years later      | `runs.rs`, `list.rs`           |
//! | reads a run: pairs with reasons, who is left        | `one.rs`, `one_view.rs`, `shown.rs` |
//! | asks why not somebody else                          | `why.rs`                       |
//! | lays two runs beside each other                     | `beside.rs`                    |
//! | takes a run as the draft                            | `draft.rs`                     |
//! | gives somebody in the draft another mentor         | `shift.rs`, `shift_view.rs`    |
//! | asks others to look at it; they say yes or no       | `reviews.rs`, `review.rs`      |
//! | brings in pairs decided elsewhere                  | `import.rs`, `pair_imports.rs` |
//! | reads the two letters with real names, and sends    | `publish.rs`                   |
//!
//! # Design
//! A run keeps the pairing file it was asked with and the bytes that came back. What people
//! wished in confidence stands in the file and decides; no page and no letter tells of it,
//! and every rule about people is told in the same words.

pub(crate) mod beside;
pub(crate) mod draft;
pub(crate) mod import;
pub(crate) mod kept_settings;
pub(crate) mod list;
pub(crate) mod make;
pub(crate) mod mark;
pub(crate) mod one;
mod one_view;
pub(crate) mod pair_imports;
pub(crate) mod publish;
pub(crate) mod question;
pub(crate) mod review;
pub(crate) mod reviews;
pub(crate) mod runs;
pub(crate) mod settings;
pub(crate) mod settings_page;
mod settings_view;
pub(crate) mod shift;
mod shift_view;
mod shown;
pub(crate) mod why;

use platform::prelude::*;
use program::Cohort;

/// The cohort in the path, while pairs can be made in it.
pub(crate) fn open_cohort(tx: &mut Tx, visit: &Visit) -> Result<Cohort, Failure> {
    program::cohort(tx, visit.id("cohort")?)?.filter(Cohort::is_open).ok_or(Failure::NotFound)
}

pub(crate) fn board_path(cohort: Id) -> String {
    format!("/cohorts/{cohort}/matching")
}

pub(crate) fn runs_path(cohort: Id) -> String {
    format!("/cohorts/{cohort}/matching/runs")
}

/// The way back from a page below the board.
pub(crate) fn way(cohort: &Cohort, here: &str) -> Markup {
    let (board, runs) = (board_path(cohort.id), runs_path(cohort.id));
    let home = format!("/cohorts/{}", cohort.id);
    let way: Vec<(&str, &str)> = match here {
        "Runs" => vec![(&home, &cohort.name), (&board, "Matching")],
        _ => vec![(&home, &cohort.name), (&board, "Matching"), (&runs, "Runs")],
    };
    shell::breadcrumbs(&way, here)
}

pub(crate) fn count(number: usize, one: &str, several: &str) -> String {
    match number {
        0 => format!("no {several}"),
        1 => format!("one {one}"),
        _ => format!("{number} {several}"),
    }
}

/// Who reads what stands at the desk.
pub(crate) fn readers() -> Markup {
    html! {
        (shell::readers_line(&policy::who_can_read_as(policy::Record::Proposal, policy::Column::Chair)))
        p.hint { "What people asked for in confidence decides too, and is shown nowhere; who sealed something sees that it was used." }
    }
}

/// What is said of two people whom a rule about people keeps apart, whichever it is.
pub(crate) const APART: &str = "A rule about people keeps these two apart, whatever the weights: they are one person, share an employer, were a duo before, or one of them asked for it in confidence. Which it is, is told nowhere.";
