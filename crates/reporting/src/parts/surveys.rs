//! What mentees and mentors said: how many answered, what they think, whom they would tell.

use super::{decimal, interval, measures, read_out};
use crate::{
    facts::{Facts, Item, Measure, Recommendation, Survey, signed},
    model::{Bar, Block, Column, Figure},
};

pub const NOTHING: &str =
    "There are no results yet. They exist once the survey has closed, and only where five or more answered.";

pub fn response(facts: &Facts) -> Vec<Block> {
    if facts.surveys.is_empty() {
        return vec![Block::note(NOTHING)];
    }
    let rows: Vec<Measure> = facts.surveys.iter().map(|it| it.response.clone()).collect();
    let said = facts.surveys.iter().filter_map(|it| match (&it.refusal, &it.band) {
        (Some(refusal), _) => Some(format!("{}: {refusal}", it.response.label)),
        (None, Some(band)) => Some(format!("The response of {} is {band}.", it.role)),
        (None, None) => None,
    });
    let said: Vec<String> = said.collect();
    let mut blocks = vec![measures("Who answered", &rows)];
    if !said.is_empty() {
        blocks.push(Block::note(said.join(" ")));
    }
    blocks
}

pub fn items(facts: &Facts) -> Vec<Block> {
    let bar = |it: &Item| Bar { label: it.label.clone(), value: it.mean, words: decimal(it.mean) };
    let chart = |survey: &Survey| {
        let drawn: Vec<Bar> = survey.items.iter().map(bar).collect();
        let caption = format!("What {} say: means, from 1 (no) to 5 (yes)", survey.role);
        Block::Bars { caption, alt: read_out(&drawn), bars: drawn }
    };
    let mut blocks: Vec<Block> = facts.surveys.iter().filter(|it| !it.items.is_empty()).map(chart).collect();
    if !blocks.is_empty() {
        blocks.push(Block::note("How many answered, with intervals: in the annex."));
    }
    blocks
}

/// The same answers in numbers, for the annex.
pub fn in_numbers(facts: &Facts) -> Vec<Block> {
    let row = |it: &Item| {
        let interval = interval(it.low, it.high, decimal).unwrap_or_else(|| "–".to_owned());
        vec![it.label.clone(), it.n.words(), decimal(it.mean), interval, it.agree.words()]
    };
    let table = |survey: &Survey| Block::Table {
        caption: format!("The answers of {} in numbers", survey.role),
        columns: vec![
            Column::text("Question", 7),
            Column::number("Answers", 2),
            Column::number("Mean", 2),
            Column::number("Interval", 3),
            Column::number("Agree", 3),
        ],
        rows: survey.items.iter().map(row).collect(),
    };
    facts.surveys.iter().filter(|it| !it.items.is_empty()).map(table).collect()
}

pub fn recommendation(facts: &Facts) -> Vec<Block> {
    let figure = |(survey, it): (&Survey, &Recommendation)| {
        let between = interval(it.low, it.high, signed).map(|words| format!("{words}, ")).unwrap_or_default();
        let words = format!("recommendation score of {} ({between}{} answers)", survey.role, it.n.words());
        Figure::new(signed(it.score), words)
    };
    let items: Vec<Figure> =
        facts.surveys.iter().filter_map(|it| Some((it, it.recommendation.as_ref()?))).map(figure).collect();
    if items.is_empty() {
        return Vec::new();
    }
    vec![
        Block::Figures { items },
        Block::note(
            "The share that answers 9 or 10 less the share that answers 0 to 6, from −100 to +100. It is shown from ten answers on.",
        ),
    ]
}
