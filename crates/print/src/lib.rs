//! Pages for paper: tagged PDF (PDF/UA-1) with headings, tables and charts.
//!
//! | file | what it is for |
//! |---|---|
//! | `flow.rs` | lays the blocks of a document on pages |
//! | `table.rs`, `bars.rs` | the two blocks that may run over several pages |
//! | `certificate.rs` | the one page that is drawn by hand |
//! | `sheet.rs` | what lies on a page and what it means, before any PDF is written |
//! | `fonts.rs`, `lines.rs` | the faces, what they cover, how wide a text is and where it breaks |
//! | `paint.rs` | writes the pages, their tags and the outline as PDF |
//!
//! The same input gives the same bytes: nothing here asks for the time, for chance or for a file.

mod bars;
mod certificate;
mod flow;
mod fonts;
mod lines;
mod paint;
mod sheet;
mod table;
#[cfg(test)]
mod tests;

pub use certificate::{Certificate, certificate};

/// A document of many pages on A4. Its title opens the first page as the heading of level 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    pub title: String,
    /// A language tag such as `en-US`, for those who have the document read to them.
    pub language: String,
    pub author: String,
    /// Year, month and day; the date of the file itself.
    pub date: (i16, i8, i8),
    /// Stands at the foot of every page, beside the number of the page.
    pub footer: String,
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// Level 1 is a part of the document, 2 and 3 lie below it. A level that skips one is moved up.
    Heading(u8, String),
    /// A line feed in the text begins a new line.
    Para(String),
    Bullets(Vec<String>),
    /// The head of the table is repeated on every page that the table reaches.
    Table {
        caption: String,
        columns: Vec<Column>,
        rows: Vec<Vec<String>>,
    },
    /// One horizontal bar for each label, value and the words shown for the value.
    Bars {
        caption: String,
        /// What someone is told who cannot see the chart.
        alt: String,
        data: Vec<(String, f32, String)>,
    },
    Rule,
    PageBreak,
    /// A remark, set smaller than a paragraph.
    Small(String),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    pub title: String,
    /// The column's share of the width; shares need not add up to anything.
    pub share: f32,
    /// Numbers are set to the right.
    pub numeric: bool,
}

#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Failure {
    #[error("a document needs a title and a language before it can be printed")]
    Untitled,
    #[error("row {row} of the table “{caption}” has {cells} cells for {columns} columns")]
    Uneven { caption: String, row: usize, cells: usize, columns: usize },
    #[error("the words of the certificate do not fit on its page")]
    Crowded,
    #[error("the typefaces of the printed pages cannot be read")]
    Typefaces,
    #[error("the pages could not be written as an accessible PDF: {0}")]
    Refused(String),
}

/// The document as a PDF, or why it cannot be printed.
pub fn pdf(document: &Document) -> Result<Vec<u8>, Failure> {
    let fonts = fonts::house()?;
    let work = flow::lay(document, fonts)?;
    let about = sheet::About {
        title: &document.title,
        language: &document.language,
        author: &document.author,
        date: document.date,
    };
    paint::write(&work, &about, fonts)
}
