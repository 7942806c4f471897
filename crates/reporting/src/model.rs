//! A report as it reads, before it is drawn on a page, printed or written as a table. It
//! is made from facts and words alone: the same facts and words give the same report.

use jiff::civil::Date;
use serde::Serialize;

use crate::{
    facts::{Facts, Kind},
    parts,
    texts::Words,
};

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    pub title: String,
    pub lead: String,
    pub kind: Kind,
    pub association: String,
    pub program: String,
    pub cohort: String,
    /// The day it was submitted; before that, the day it is due.
    pub date: Date,
    pub is_draft: bool,
    pub parts: Vec<Part>,
    /// SHA-256 of the facts below the report.
    pub data_hash: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Part {
    pub key: String,
    pub title: String,
    pub words: String,
    /// Whether the committee wrote the words, or they are those the report begins with.
    pub own_words: bool,
    /// Whether the words are a request to the committee to write them.
    pub is_request: bool,
    pub blocks: Vec<Block>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "block", rename_all = "snake_case")]
pub enum Block {
    Sentences {
        text: String,
    },
    Note {
        text: String,
    },
    Figures {
        items: Vec<Figure>,
    },
    Table {
        caption: String,
        columns: Vec<Column>,
        rows: Vec<Vec<String>>,
    },
    Bars {
        caption: String,
        alt: String,
        bars: Vec<Bar>,
    },
    /// Bars that follow from each other, from the widest group to the narrowest.
    Funnel {
        caption: String,
        alt: String,
        bars: Vec<Bar>,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    pub figure: String,
    pub words: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Column {
    pub title: String,
    pub numeric: bool,
    /// Its share of the width on paper.
    pub share: u8,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bar {
    pub label: String,
    pub value: f64,
    pub words: String,
}

/// What stands around the facts: which report, of which day.
#[derive(Clone, Debug)]
pub struct Cover {
    pub title: String,
    pub lead: String,
    pub date: Date,
    pub is_draft: bool,
}

/// Puts a report together. What stands in one part already is not drawn again in a later
/// one; and what the preset asks the committee to write is asked in a draft alone.
pub fn report(cover: &Cover, facts: &Facts, words: &[Words]) -> Report {
    let hash = facts.hash();
    let mut report_parts: Vec<Part> = Vec::new();
    for it in words {
        let drawn = it.figures.iter().flat_map(|figures| parts::blocks(figures, facts, &hash));
        let is_new = |block: &Block| !report_parts.iter().any(|part| part.blocks.contains(block));
        let blocks: Vec<Block> = drawn.filter(is_new).collect();
        let is_unwritten = it.is_request() && !cover.is_draft;
        if is_unwritten && blocks.is_empty() {
            continue;
        }
        let words = if is_unwritten { String::new() } else { it.text.clone() };
        report_parts.push(Part {
            key: it.key.clone(),
            title: it.title.clone(),
            words,
            own_words: it.own,
            is_request: it.is_request(),
            blocks,
        });
    }
    Report {
        title: cover.title.clone(),
        lead: cover.lead.clone(),
        kind: facts.kind,
        association: facts.association.clone(),
        program: facts.program.clone(),
        cohort: facts.cohort.clone(),
        date: cover.date,
        is_draft: cover.is_draft,
        parts: report_parts,
        data_hash: hash,
    }
}

impl Block {
    pub(crate) fn sentences(text: impl Into<String>) -> Self {
        Self::Sentences { text: text.into() }
    }

    pub(crate) fn note(text: impl Into<String>) -> Self {
        Self::Note { text: text.into() }
    }
}

impl Figure {
    pub(crate) fn new(figure: impl Into<String>, words: impl Into<String>) -> Self {
        Self { figure: figure.into(), words: words.into() }
    }
}

impl Column {
    pub(crate) fn text(title: &str, share: u8) -> Self {
        Self { title: title.to_owned(), numeric: false, share }
    }

    pub(crate) fn number(title: &str, share: u8) -> Self {
        Self { title: title.to_owned(), numeric: true, share }
    }
}
