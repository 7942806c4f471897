//! Lays the blocks of a document on pages, from top to bottom.

use std::num::NonZeroU16;

use krilla::tagging::{ArtifactType, ListNumbering, Tag};

use crate::{
    Block, Document, Failure, bars,
    fonts::{Fonts, Style},
    lines::{plain, shorten, wrap},
    sheet::{Branch, Draw, Ink, Landmark, Piece, Role, Work},
    table,
};

const WIDTH: f32 = 595.28;
const HEIGHT: f32 = 841.89;
pub(crate) const LEFT: f32 = 64.0;
pub(crate) const MEASURE: f32 = WIDTH - 2.0 * LEFT;
const TOP: f32 = 60.0;
const BOTTOM: f32 = HEIGHT - 76.0;
/// A heading is never the last thing on a page: this much must fit below it.
const AFTER_HEADING: f32 = 64.0;

/// How words look.
#[derive(Clone, Copy)]
pub(crate) struct Look {
    pub(crate) style: Style,
    pub(crate) size: f32,
    /// From one line to the next.
    pub(crate) lead: f32,
    pub(crate) ink: Ink,
}

const BODY: Look = Look { style: Style::Body, size: 10.0, lead: 15.0, ink: Ink::TEXT };
const SMALL: Look = Look { style: Style::Body, size: 8.2, lead: 11.5, ink: Ink::MUTED };
const TITLE: Look = Look { style: Style::Display, size: 25.0, lead: 31.0, ink: Ink::DEEP };
const AUTHOR: Look = Look { style: Style::Body, size: 10.5, lead: 15.0, ink: Ink::MUTED };
pub(crate) const CAPTION: Look = Look { style: Style::Strong, size: 9.2, lead: 13.0, ink: Ink::TEXT };

/// The page being filled, and what already stands.
pub(crate) struct Flow<'a> {
    pub(crate) fonts: &'a Fonts,
    pub(crate) work: Work,
    /// Where the next line begins.
    pub(crate) y: f32,
    leaves: usize,
    level: u16,
}

pub(crate) fn lay(document: &Document, fonts: &Fonts) -> Result<Work, Failure> {
    let mut flow = Flow::begin(fonts, WIDTH, HEIGHT);
    flow.y = TOP;
    flow.opening(document);
    for block in &document.blocks {
        match block {
            Block::Heading(level, text) => flow.heading(*level, text),
            Block::Para(text) => flow.paragraph(text, BODY, 8.0),
            Block::Bullets(items) => flow.bullets(items),
            Block::Table { caption, columns, rows } => table::lay(&mut flow, caption, columns, rows)?,
            Block::Bars { caption, alt, data } => bars::lay(&mut flow, caption, alt, data),
            Block::Rule => flow.rule(),
            Block::PageBreak => flow.break_page(),
            Block::Small(text) => flow.paragraph(text, SMALL, 7.0),
        }
    }
    flow.foot(&document.footer);
    Ok(flow.work)
}

impl<'a> Flow<'a> {
    pub(crate) fn begin(fonts: &'a Fonts, width: f32, height: f32) -> Flow<'a> {
        let work = Work { width, height, pages: vec![Vec::new()], tree: Vec::new(), outline: Vec::new() };
        Flow { fonts, work, y: 0.0, leaves: 0, level: 1 }
    }

    pub(crate) fn page(&self) -> usize {
        self.work.pages.len() - 1
    }

    pub(crate) fn room(&self) -> f32 {
        BOTTOM - self.y
    }

    /// Goes on to the next page where less than `height` is left, unless this page is still empty.
    pub(crate) fn need(&mut self, height: f32) {
        if self.room() < height {
            self.break_page();
        }
    }

    pub(crate) fn break_page(&mut self) {
        if self.y > TOP {
            self.work.pages.push(Vec::new());
            self.y = TOP;
        }
    }

    /// One line of words with its baseline at `y`; the number of its leaf.
    pub(crate) fn words(&mut self, x: f32, y: f32, look: Look, text: &str) -> usize {
        let truly = self.fonts.lacks(text).then(|| text.to_owned());
        self.meaning(Role::Words(truly), vec![draw_text(x, y, look, text)])
    }

    pub(crate) fn picture(&mut self, draws: Vec<Draw>) -> usize {
        self.meaning(Role::Picture, draws)
    }

    pub(crate) fn ornament(&mut self, kind: ArtifactType, draws: Vec<Draw>) {
        self.put(Piece { role: Role::Ornament(kind), draws });
    }

    /// Lines below each other, over as many pages as they take; their leaves.
    /// Two lines of a paragraph stay together at its beginning and at its end.
    pub(crate) fn lines(&mut self, x: f32, lines: &[String], look: Look) -> Vec<usize> {
        let mut leaves = Vec::new();
        for (number, line) in lines.iter().enumerate() {
            let together = if number == 0 || number + 2 == lines.len() { 2.min(lines.len()) } else { 1 };
            self.need(look.lead * together as f32);
            if line.trim().is_empty() {
                self.y += look.lead / 2.0;
                continue;
            }
            leaves.push(self.words(x, self.y + look.lead * 0.74, look, line));
            self.y += look.lead;
        }
        leaves
    }

    pub(crate) fn wrap(&self, look: Look, text: &str, width: f32) -> Vec<String> {
        wrap(self.fonts, look.style, look.size, text, width)
    }

    pub(crate) fn landmark(&mut self, level: u16, title: String) {
        let (page, y) = (self.page(), self.y);
        self.work.outline.push(Landmark { level, title, page, y });
    }

    fn opening(&mut self, document: &Document) {
        let bar = Draw::Box { x: 0.0, y: 0.0, width: WIDTH, height: 7.0, ink: Ink::DEEP };
        self.ornament(ArtifactType::Layout, vec![bar]);
        self.y += 10.0;
        let title = plain(&document.title);
        self.landmark(1, title.clone());
        let lines = self.wrap(TITLE, &title, MEASURE);
        let leaves = self.lines(LEFT, &lines, TITLE);
        self.work.tree.push(Branch::of(Tag::Hn(NonZeroU16::MIN, Some(title)), leaves));
        if !document.author.trim().is_empty() {
            self.y += 4.0;
            self.paragraph(&document.author, AUTHOR, 0.0);
        }
        self.y += 12.0;
        let stroke = Draw::Box { x: LEFT, y: self.y, width: 44.0, height: 2.4, ink: Ink::SAND };
        self.ornament(ArtifactType::Layout, vec![stroke]);
        self.y += 22.0;
    }

    fn heading(&mut self, level: u8, text: &str) {
        let text = plain(text);
        if text.trim().is_empty() {
            return;
        }
        // The title is level 1, and a level must not be skipped for those who listen.
        let level = (u16::from(level).max(1) + 1).min(self.level + 1);
        self.level = level;
        let (look, above) = match level {
            2 => (Look { style: Style::Display, size: 15.5, lead: 20.0, ink: Ink::DEEP }, 16.0),
            3 => (Look { style: Style::Strong, size: 11.6, lead: 16.0, ink: Ink::TEAL }, 11.0),
            _ => (Look { style: Style::Strong, size: 10.2, lead: 15.0, ink: Ink::TEXT }, 8.0),
        };
        let lines = self.wrap(look, &text, MEASURE);
        self.need(above + look.lead * lines.len() as f32 + AFTER_HEADING);
        if self.y > TOP {
            self.y += above;
        }
        self.landmark(level, text.clone());
        let leaves = self.lines(LEFT, &lines, look);
        let level = NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
        self.work.tree.push(Branch::of(Tag::Hn(level, Some(text)), leaves));
        self.y += 5.0;
    }

    fn paragraph(&mut self, text: &str, look: Look, below: f32) {
        let lines = self.wrap(look, text, MEASURE);
        let leaves = self.lines(LEFT, &lines, look);
        if !leaves.is_empty() {
            self.work.tree.push(Branch::of(Tag::P, leaves));
            self.y += below;
        }
    }

    fn bullets(&mut self, items: &[String]) {
        let mut list = Branch::new(Tag::L(ListNumbering::Disc));
        for item in items.iter().filter(|item| !item.trim().is_empty()) {
            let lines = self.wrap(BODY, item, MEASURE - 16.0);
            self.need(BODY.lead * lines.len().min(2) as f32);
            let sign = Look { ink: Ink::TEAL, ..BODY };
            let label = self.words(LEFT + 3.0, self.y + BODY.lead * 0.74, sign, "•");
            let leaves = self.lines(LEFT + 16.0, &lines, BODY);
            let mut entry = Branch::new(Tag::LI);
            entry.push(Branch::of(Tag::Lbl, [label]));
            entry.push(Branch::of(Tag::LBody, leaves));
            list.push(entry);
            self.y += 3.0;
        }
        self.y += 5.0;
        if !list.twigs.is_empty() {
            self.work.tree.push(list);
        }
    }

    fn rule(&mut self) {
        self.need(24.0);
        let line = Draw::Box { x: LEFT, y: self.y + 6.0, width: MEASURE, height: 0.7, ink: Ink::LINE };
        self.ornament(ArtifactType::Layout, vec![line]);
        self.y += 16.0;
    }

    /// The foot of every page, once it is known how many there are.
    fn foot(&mut self, footer: &str) {
        let all = self.work.pages.len();
        let y = HEIGHT - 40.0;
        let footer = shorten(self.fonts, SMALL.style, SMALL.size, footer, MEASURE - 70.0);
        for (number, page) in self.work.pages.iter_mut().enumerate() {
            let count = format!("{} / {all}", number + 1);
            let x = LEFT + MEASURE - self.fonts.width(SMALL.style, SMALL.size, &count);
            let line = Draw::Box { x: LEFT, y: y - 15.0, width: MEASURE, height: 0.5, ink: Ink::LINE };
            let draws = vec![line, draw_text(LEFT, y, SMALL, &footer), draw_text(x, y, SMALL, &count)];
            page.push(Piece { role: Role::Ornament(ArtifactType::Footer), draws });
        }
    }

    fn meaning(&mut self, role: Role, draws: Vec<Draw>) -> usize {
        self.put(Piece { role, draws });
        self.leaves += 1;
        self.leaves - 1
    }

    fn put(&mut self, piece: Piece) {
        if let Some(page) = self.work.pages.last_mut() {
            page.push(piece);
        }
    }
}

pub(crate) fn draw_text(x: f32, y: f32, look: Look, text: &str) -> Draw {
    Draw::Text { x, y, size: look.size, style: look.style, ink: look.ink, text: text.to_owned() }
}
