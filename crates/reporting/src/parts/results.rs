//! What came of it: goals, change, the cohort before, the standards, and how it was counted.

use super::{decimal, interval};
use crate::{
    facts::{Change, Facts, Goals, Standard},
    model::{Block, Column},
};

pub fn goals(facts: &Facts) -> Vec<Block> {
    if facts.goals.is_empty() {
        return vec![nothing(facts, "Fewer than five people have said how far their goals were reached.")];
    }
    let row = |it: &Goals| {
        vec![
            format!("As {} see it", it.role),
            it.n.words(),
            it.reached.words(),
            it.score.map_or_else(|| "–".to_owned(), decimal),
        ]
    };
    let columns = vec![
        Column::text("Who says so", 4),
        Column::number("People", 2),
        Column::number("Goals reached as hoped or better", 4),
        Column::number("Score", 2),
    ];
    vec![
        Block::Table { caption: "Goals reached".to_owned(), columns, rows: facts.goals.iter().map(row).collect() },
        Block::note("The score is the middle one of all goal attainment scores; 50 means as hoped."),
    ]
}

pub fn skills(facts: &Facts) -> Vec<Block> {
    if facts.changes.is_empty() {
        return vec![nothing(facts, "Fewer than five people have answered both for then and for today.")];
    }
    let row = |it: &Change| {
        let sign = if it.change > 0.0 { "+" } else { "" };
        let between = interval(it.low, it.high, decimal).map(|words| format!(" ({words})")).unwrap_or_default();
        vec![
            it.title.clone(),
            it.n.words(),
            decimal(it.before),
            decimal(it.today),
            format!("{sign}{}{between}", decimal(it.change)),
        ]
    };
    let columns = vec![
        Column::text("Skill", 6),
        Column::number("People", 2),
        Column::number("Then", 2),
        Column::number("Today", 2),
        Column::number("Change (interval)", 4),
    ];
    vec![
        Block::Table {
            caption: "Looking back and today, on a scale from 1 to 5".to_owned(),
            columns,
            rows: facts.changes.iter().map(row).collect(),
        },
        Block::note(
            "Each figure is rounded by itself, the more the fewer answered, so the three need not add up. The interval speaks for a similar cohort in later years. Change during the session is no proof that the program caused it.",
        ),
    ]
}

/// Why there are no figures: the survey is not over, or too few answered.
fn nothing(facts: &Facts, too_few: &str) -> Block {
    Block::note(if facts.surveys.is_empty() { super::surveys::NOTHING } else { too_few })
}

pub fn comparison(facts: &Facts) -> Vec<Block> {
    let Some(before) = &facts.before else {
        return vec![Block::note("There is no cohort before this one to compare with.")];
    };
    let earlier = |key: &str| {
        before.headlines.iter().find(|it| it.key == key).map_or_else(|| "–".to_owned(), |it| it.words.clone())
    };
    let rows = facts.headlines().into_iter().map(|it| {
        let then = earlier(&it.key);
        vec![it.label, it.words, then]
    });
    let columns = vec![Column::text("Figure", 6), Column::number(&facts.cohort, 3), Column::number(&before.cohort, 3)];
    vec![Block::Table { caption: "This cohort and the one before".to_owned(), columns, rows: rows.collect() }]
}

pub fn standards(facts: &Facts) -> Vec<Block> {
    if facts.standards.is_empty() {
        return Vec::new();
    }
    let there = facts.standards.iter().filter(|it| it.is_there).count();
    let open: Vec<&str> =
        facts.standards.iter().filter(|it| !it.is_there).map(|it| it.requirement.trim_end_matches('.')).collect();
    let words = if open.is_empty() { String::new() } else { format!(" Still open: {}.", open.join("; ")) };
    vec![
        Block::sentences(format!("{there} of {} expectations have their evidence here.{words}", facts.standards.len())),
        Block::note("The whole list stands in the annex."),
    ]
}

fn all_standards(facts: &Facts) -> Option<Block> {
    let row = |it: &Standard| {
        let state = if it.is_there { "there" } else { "open" };
        vec![it.id.clone(), it.requirement.clone(), it.evidence.clone(), state.to_owned()]
    };
    let columns = vec![
        Column::text("No.", 1),
        Column::text("Expectation", 7),
        Column::text("Evidence", 6),
        Column::text("State", 2),
    ];
    (!facts.standards.is_empty()).then(|| Block::Table {
        caption: "The program against published expectations".to_owned(),
        columns,
        rows: facts.standards.iter().map(row).collect(),
    })
}

/// Rules that hold for every figure, the mark of the data, and what is too long for the
/// parts above.
pub fn method(facts: &Facts, hash: &str) -> Vec<Block> {
    let mut blocks = vec![
        Block::note(
            "Counts: a number is shown from five on, and only where it differs from every other number shown by nothing or by at least five; otherwise a range stands for it. Answers: means with intervals of 95 %, from five answers on; shares in steps of five percent. Targets are judged from what is shown.",
        ),
        Block::note(format!(
            "Figures of cohort {} of the {}, session from {} to {}. Mark of the data (SHA-256): {hash}",
            facts.cohort,
            facts.program,
            program::long_day(facts.begins),
            program::long_day(facts.ends)
        )),
    ];
    blocks.extend(super::surveys::in_numbers(facts));
    blocks.extend(all_standards(facts));
    blocks
}
