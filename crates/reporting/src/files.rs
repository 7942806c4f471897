//! A report as a file: CSV for a spreadsheet, JSON for a program, HTML to send along.

use maud::{DOCTYPE, PreEscaped, html};
use platform::storage::StorageError;
use serde::Serialize;

use crate::{
    facts::Facts,
    model::{Block, Report},
    page, paper,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Pdf,
    Html,
    Csv,
    Json,
}

impl Format {
    pub const ALL: [Self; 4] = [Self::Pdf, Self::Html, Self::Csv, Self::Json];

    pub fn key(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Html => "html",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.key() == key)
    }

    pub fn content_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Html => "text/html; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Json => "application/json",
        }
    }
}

/// Why a file could not be written, in words for the log.
#[derive(Debug, thiserror::Error)]
#[error("the report could not be written as {0}: {1}")]
pub struct Unwritten(&'static str, String);

pub fn written(report: &Report, facts: &Facts, format: Format) -> Result<Vec<u8>, Unwritten> {
    let because = |error: String| Unwritten(format.key(), error);
    match format {
        Format::Pdf => paper::pdf(report).map_err(|error| because(error.to_string())),
        Format::Html => Ok(html_file(report).into_bytes()),
        Format::Csv => csv_file(report).map_err(|error| because(error.to_string())),
        Format::Json => json_file(report, facts).map_err(|error| because(error.to_string())),
    }
}

/// A page with its own style: nothing is fetched from anywhere.
fn html_file(report: &Report) -> String {
    let style = shell::ASSETS.iter().find(|(name, ..)| *name == "app.css");
    let style = style.map(|(_, _, bytes)| String::from_utf8_lossy(bytes)).unwrap_or_default();
    let title = format!("{} {}", report.title, report.cohort);
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) @if report.is_draft { " – draft" } }
                style { (PreEscaped(style)) }
            }
            body {
                main.wrap.narrow {
                    (shell::page_head(&title, &report.lead))
                    @if report.is_draft { (shell::badge(shell::Tone::Warn, "Draft")) }
                    (page::report(report, &|_| html! {}))
                }
            }
        }
    };
    markup.into_string() + "\n"
}

/// One line for each cell: part, block, what it is about, column, value.
fn csv_file(report: &Report) -> Result<Vec<u8>, StorageError> {
    let mut lines = vec![["part", "block", "what", "column", "value"].map(str::to_owned)];
    for part in &report.parts {
        let mut line = |[block, what, column, value]: [String; 4]| {
            lines.push([part.title.clone(), block, what, column, value]);
        };
        if !part.words.is_empty() {
            line(["Words".to_owned(), String::new(), String::new(), part.words.clone()]);
        }
        part.blocks.iter().flat_map(cells).for_each(line);
    }
    lines.push(["", "Mark of the data (SHA-256)", "", "", &report.data_hash].map(str::to_owned));
    platform::tables::csv(lines)
}

/// Block, what it is about, column, value.
fn cells(block: &Block) -> Vec<[String; 4]> {
    let none = String::new;
    match block {
        Block::Sentences { text } => vec![["Sentence".to_owned(), none(), none(), text.clone()]],
        Block::Note { text } => vec![["Note".to_owned(), none(), none(), text.clone()]],
        Block::Figures { items } => {
            items.iter().map(|it| ["Figures".to_owned(), it.words.clone(), none(), it.figure.clone()]).collect()
        }
        Block::Table { caption, columns, rows } => rows
            .iter()
            .flat_map(|row| {
                let about = row.first().cloned().unwrap_or_default();
                let others = columns.iter().zip(row).skip(1);
                others.map(move |(column, cell)| [caption.clone(), about.clone(), column.title.clone(), cell.clone()])
            })
            .collect(),
        Block::Bars { caption, bars, .. } | Block::Funnel { caption, bars, .. } => {
            bars.iter().map(|it| [caption.clone(), it.label.clone(), none(), it.words.clone()]).collect()
        }
    }
}

#[derive(Serialize)]
struct File<'a> {
    report: &'a Report,
    facts: &'a Facts,
}

fn json_file(report: &Report, facts: &Facts) -> Result<Vec<u8>, serde_json::Error> {
    let mut bytes = serde_json::to_vec_pretty(&File { report, facts })?;
    bytes.push(b'\n');
    Ok(bytes)
}
