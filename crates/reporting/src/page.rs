//! A report as a page: the same markup in the house and in the file that is saved.

use maud::{Markup, html};
use program::long_day;

use crate::{
    model::{Bar, Block, Part, Report},
    passages::{Passage, passages},
};

/// What goes beside a part's title: the way to edit it.
pub type Beside<'a> = &'a dyn Fn(&Part) -> Markup;

pub fn report(report: &Report, beside: Beside) -> Markup {
    html! {
        @for part in &report.parts { (section(report, part, beside)) }
        p.muted { (origin(report)) }
    }
}

/// Whose report it is, and of which day.
pub fn origin(report: &Report) -> String {
    let state = if report.is_draft { "Draft; due on" } else { "Submitted on" };
    format!("{}, {}, cohort {}. {state} {}.", report.association, report.program, report.cohort, long_day(report.date))
}

fn section(report: &Report, part: &Part, beside: Beside) -> Markup {
    shell::card(
        &part.title,
        html! {
            @if part.is_request && report.is_draft { (shell::note(shell::Tone::Info, html! { p { strong { "Yours to write: " } (part.words) } })) }
            @else { (words(&part.words)) }
            @for block in &part.blocks { (drawn(block)) }
            (beside(part))
        },
    )
}

pub fn words(text: &str) -> Markup {
    shell::prose(html! {
        @for passage in passages(text) {
            @match passage {
                Passage::Heading(words) => { h3 { (words) } }
                Passage::Paragraph(words) => { p { (lines(&words)) } }
                Passage::Points(points) => { ul { @for point in points { li { (point) } } } }
            }
        }
    })
}

fn lines(words: &str) -> Markup {
    html! { @for (at, line) in words.lines().enumerate() { @if at > 0 { br; } (line) } }
}

fn drawn(block: &Block) -> Markup {
    match block {
        Block::Sentences { text } => html! { p { (text) } },
        Block::Note { text } => html! { p.muted { (text) } },
        Block::Figures { items } => {
            let items: Vec<(&str, &str)> = items.iter().map(|it| (it.figure.as_str(), it.words.as_str())).collect();
            shell::figures(&items)
        }
        Block::Table { caption, columns, rows } => {
            let columns: Vec<shell::Column> = columns
                .iter()
                .map(|it| if it.numeric { shell::Column::number(&it.title) } else { shell::Column::text(&it.title) })
                .collect();
            let rows = rows.iter().map(|row| row.iter().map(|cell| html! { (cell) }).collect()).collect();
            shell::table(caption, &columns, rows)
        }
        Block::Bars { caption, bars, .. } => shell::bars(caption, &measured(bars)),
        Block::Funnel { caption, bars, .. } => html! {
            figure.chart { figcaption { (caption) } (funnel(bars)) }
        },
    }
}

/// Whole numbers are enough for the length of a bar; its words say the rest.
pub fn funnel(bars: &[Bar]) -> Markup {
    let stages: Vec<(&str, &str, u64)> =
        bars.iter().map(|it| (it.label.as_str(), it.words.as_str(), (it.value * 10.0).round() as u64)).collect();
    shell::funnel(&stages)
}

fn measured(bars: &[Bar]) -> Vec<(&str, f64, &str)> {
    bars.iter().map(|it| (it.label.as_str(), it.value, it.words.as_str())).collect()
}
