//! The blocks of numbers that stand in the parts of a report, each from the facts alone.

mod people;
mod results;
mod surveys;

use crate::{
    facts::{Facts, Measure, Named, Target},
    model::{Bar, Block, Column},
};

type Draw = fn(&Facts) -> Vec<Block>;

/// The names under which `reports.toml` asks for them.
const DRAWN: &[(&str, Draw)] = &[
    ("participation", people::participation),
    ("funnel", people::funnel),
    ("startup", people::startup),
    ("contact", people::contact),
    ("checkins", people::checkins),
    ("endings", people::endings),
    ("hours", people::hours),
    ("survey_response", surveys::response),
    ("survey_items", surveys::items),
    ("survey_numbers", surveys::in_numbers),
    ("recommendation", surveys::recommendation),
    ("goals", results::goals),
    ("skills", results::skills),
    ("comparison", results::comparison),
    ("standards", results::standards),
];

#[cfg(test)]
pub fn is_known(figures: &str) -> bool {
    figures == "method" || DRAWN.iter().any(|(key, _)| *key == figures)
}

pub fn blocks(figures: &str, facts: &Facts, hash: &str) -> Vec<Block> {
    if figures == "method" {
        return results::method(facts, hash);
    }
    DRAWN.iter().find(|(key, _)| *key == figures).map(|(_, draw)| draw(facts)).unwrap_or_default()
}

/// Measures as a table, with their targets where one of them has one.
fn measures(caption: &str, measures: &[Measure]) -> Block {
    let with_targets = measures.iter().any(|it| it.target.is_some());
    let mut columns = vec![Column::text("What", 5), Column::number("How many", 4)];
    if with_targets {
        columns.extend([Column::number("Target", 2), Column::text("Result", 2)]);
    }
    let row = |it: &Measure| {
        let mut cells = vec![it.label.clone(), it.words()];
        if with_targets {
            let percent = |target: Target| format!("{} %", target.percent);
            cells.push(it.target.map(percent).unwrap_or_default());
            cells.push(it.target.map(|target| target.verdict.words().to_owned()).unwrap_or_default());
        }
        cells
    };
    Block::Table { caption: caption.to_owned(), columns, rows: measures.iter().map(row).collect() }
}

fn bars(named: &[Named]) -> Vec<Bar> {
    let bar = |it: &Named| Bar { label: it.label.clone(), value: it.count.middle(), words: it.count.words() };
    named.iter().map(bar).collect()
}

/// The bars once more as a sentence, for those who do not see them.
fn read_out(bars: &[Bar]) -> String {
    let said: Vec<String> = bars.iter().map(|it| format!("{}: {}", it.label, it.words)).collect();
    format!("{}.", said.join("; "))
}

/// The ends of an interval, where there is one.
fn interval(low: Option<f64>, high: Option<f64>, word: fn(f64) -> String) -> Option<String> {
    Some(format!("{} to {}", word(low?), word(high?)))
}

/// One decimal.
fn decimal(number: f64) -> String {
    format!("{number:.1}").replace('-', "−")
}
