//! A report on paper: the same parts and blocks as tagged PDF.

use print::{Block as Laid, Column as LaidColumn, Document};
use program::long_day;

use crate::{
    model::{Bar, Block, Part, Report},
    passages::{Passage, passages},
};

pub fn pdf(report: &Report) -> Result<Vec<u8>, print::Failure> {
    print::pdf(&document(report))
}

fn document(report: &Report) -> Document {
    let day = long_day(report.date);
    let state = if report.is_draft { format!("Draft, due on {day}") } else { format!("Submitted on {day}") };
    let title = format!("{} {}", report.title, report.cohort);
    let draft = if report.is_draft { "Draft · " } else { "" };
    let mut blocks = vec![Laid::Para(report.lead.clone())];
    if report.is_draft {
        blocks.push(Laid::Small(
            "Draft: these are the figures of this moment. The board has not been given them.".to_owned(),
        ));
    }
    for part in &report.parts {
        lay_part(part, &mut blocks);
    }
    Document {
        footer: format!("{draft}{title} · {}", report.program),
        title,
        language: "en".to_owned(),
        author: format!("{} · {} · {state}", report.association, report.program),
        date: (report.date.year(), report.date.month(), report.date.day()),
        blocks,
    }
}

fn lay_part(part: &Part, blocks: &mut Vec<Laid>) {
    let is_annex = part.key == "annex";
    if is_annex {
        blocks.push(Laid::PageBreak);
    }
    blocks.push(Laid::Heading(1, part.title.clone()));
    if part.is_request && !part.words.is_empty() {
        blocks.push(Laid::Small(format!("The committee writes here: {}", part.words)));
    }
    let words = if part.is_request { "" } else { part.words.as_str() };
    for passage in passages(words) {
        blocks.push(match passage {
            Passage::Heading(words) => Laid::Heading(2, words),
            Passage::Paragraph(words) if is_annex => Laid::Small(words),
            Passage::Paragraph(words) => Laid::Para(words),
            Passage::Points(points) => Laid::Bullets(points),
        });
    }
    blocks.extend(part.blocks.iter().map(laid));
}

fn laid(block: &Block) -> Laid {
    match block {
        Block::Sentences { text } => Laid::Para(text.clone()),
        Block::Note { text } => Laid::Small(text.clone()),
        Block::Figures { items } => Laid::Table {
            caption: String::new(),
            columns: items.iter().map(|it| column(&it.words, 1.0, false)).collect(),
            rows: vec![items.iter().map(|it| it.figure.clone()).collect()],
        },
        Block::Table { caption, columns, rows } => Laid::Table {
            caption: caption.clone(),
            columns: columns.iter().map(|it| column(&it.title, f32::from(it.share), it.numeric)).collect(),
            rows: rows.clone(),
        },
        Block::Bars { caption, alt, bars } | Block::Funnel { caption, alt, bars } => {
            let bar = |it: &Bar| (it.label.clone(), it.value as f32, it.words.clone());
            Laid::Bars { caption: caption.clone(), alt: alt.clone(), data: bars.iter().map(bar).collect() }
        }
    }
}

fn column(title: &str, share: f32, numeric: bool) -> LaidColumn {
    LaidColumn { title: title.to_owned(), share, numeric }
}
