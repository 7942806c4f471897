//! A table over as many pages as it takes, its head on each.

use krilla::tagging::{ArtifactType, TableHeaderScope, Tag};

use crate::{
    Column, Failure,
    flow::{CAPTION, Flow, LEFT, Look, MEASURE, draw_text},
    fonts::Style,
    sheet::{Branch, Draw, Ink},
};

const HEAD: Look = Look { style: Style::Strong, size: 8.6, lead: 11.5, ink: Ink::DEEP };
const CELL: Look = Look { style: Style::Body, size: 9.0, lead: 12.4, ink: Ink::TEXT };
const PAD: f32 = 6.0;
const ABOVE: f32 = 4.0;
/// Stands where there is nothing to say, so that an empty table is not taken for a mistake.
const NOTHING: &str = "–";

pub(crate) fn lay(flow: &mut Flow, caption: &str, columns: &[Column], rows: &[Vec<String>]) -> Result<(), Failure> {
    if let Some((row, cells)) = rows.iter().enumerate().find(|(_, cells)| cells.len() != columns.len()) {
        let (cells, columns) = (cells.len(), columns.len());
        return Err(Failure::Uneven { caption: caption.to_owned(), row: row + 1, cells, columns });
    }
    let grid = grid(columns);
    let head = Row::wrap(flow, &grid, HEAD, columns.iter().map(|column| column.title.as_str()));
    let nothing = vec![vec![NOTHING.to_owned(); columns.len()]];
    let rows = if rows.is_empty() && !columns.is_empty() { &nothing } else { rows };
    let rows: Vec<Row> =
        rows.iter().map(|cells| Row::wrap(flow, &grid, CELL, cells.iter().map(String::as_str))).collect();

    let title = flow.wrap(CAPTION, caption, MEASURE);
    let beginning = rows.iter().take(2).map(Row::height).sum::<f32>();
    flow.need(CAPTION.lead * title.len() as f32 + head.height() + beginning + 20.0);
    flow.y += 5.0;
    let mut table = Branch::new(Tag::Table.with_summary(Some(crate::lines::plain(caption))));
    let leaves = flow.lines(LEFT, &title, CAPTION);
    if !leaves.is_empty() {
        table.push(Branch::of(Tag::Caption, leaves));
    }
    flow.y += 4.0;
    if !columns.is_empty() {
        table.push(first_head(flow, &grid, &head));
        let mut body = Branch::new(Tag::TBody);
        for row in &rows {
            body.push(lay_row(flow, &grid, &head, row));
        }
        table.push(body);
    }
    flow.y += 14.0;
    if !table.twigs.is_empty() {
        flow.work.tree.push(table);
    }
    Ok(())
}

struct Slot {
    x: f32,
    width: f32,
    numeric: bool,
}

/// The lines of each cell of a row.
struct Row {
    cells: Vec<Vec<String>>,
    look: Look,
}

impl Row {
    fn wrap<'t>(flow: &Flow, grid: &[Slot], look: Look, texts: impl Iterator<Item = &'t str>) -> Row {
        let cells = texts.zip(grid).map(|(text, slot)| flow.wrap(look, text, slot.width - 2.0 * PAD)).collect();
        Row { cells, look }
    }

    fn lines(&self) -> usize {
        self.cells.iter().map(Vec::len).max().unwrap_or(0)
    }

    fn height(&self) -> f32 {
        self.lines() as f32 * self.look.lead + 2.0 * ABOVE
    }
}

fn grid(columns: &[Column]) -> Vec<Slot> {
    let share = |column: &Column| if column.share > 0.0 && column.share.is_finite() { column.share } else { 1.0 };
    let all: f32 = columns.iter().map(share).sum();
    let mut x = LEFT;
    let slot = |column: &Column| {
        let width = MEASURE * share(column) / all;
        x += width;
        Slot { x: x - width, width, numeric: column.numeric }
    };
    columns.iter().map(slot).collect()
}

fn first_head(flow: &mut Flow, grid: &[Slot], head: &Row) -> Branch {
    underlay(flow, head);
    let mut cells = Branch::new(Tag::TR);
    for (slot, lines) in grid.iter().zip(&head.cells) {
        let leaves = place(flow, slot, lines, head.look)
            .into_iter()
            .map(|(x, y, line)| flow.words(x, y, head.look, line))
            .collect::<Vec<_>>();
        cells.push(Branch::of(Tag::TH(TableHeaderScope::Column), leaves));
    }
    flow.y += head.height();
    let mut branch = Branch::new(Tag::THead);
    branch.push(cells);
    branch
}

/// The head once more on a later page; those who listen have heard it.
fn repeat_head(flow: &mut Flow, grid: &[Slot], head: &Row) {
    underlay(flow, head);
    let mut draws = Vec::new();
    for (slot, lines) in grid.iter().zip(&head.cells) {
        draws.extend(
            place(flow, slot, lines, head.look).into_iter().map(|(x, y, line)| draw_text(x, y, head.look, line)),
        );
    }
    flow.ornament(ArtifactType::PaginationOther, draws);
    flow.y += head.height();
}

/// A row stays on one page, unless it is taller than a page.
fn lay_row(flow: &mut Flow, grid: &[Slot], head: &Row, row: &Row) -> Branch {
    let mut leaves: Vec<Vec<usize>> = vec![Vec::new(); grid.len()];
    let (mut done, all) = (0, row.lines());
    while done < all {
        let left = (all - done) as f32 * row.look.lead + 2.0 * ABOVE;
        if flow.room() < left {
            flow.break_page();
            repeat_head(flow, grid, head);
        }
        let fits = ((flow.room() - 2.0 * ABOVE) / row.look.lead).max(1.0) as usize;
        let until = all.min(done + fits);
        for ((slot, lines), leaves) in grid.iter().zip(&row.cells).zip(&mut leaves) {
            let lines = &lines[done.min(lines.len())..until.min(lines.len())];
            for (x, y, line) in place(flow, slot, lines, row.look) {
                leaves.push(flow.words(x, y, row.look, line));
            }
        }
        flow.y += (until - done) as f32 * row.look.lead + 2.0 * ABOVE;
        let line = Draw::Box { x: LEFT, y: flow.y - 0.5, width: MEASURE, height: 0.5, ink: Ink::LINE };
        flow.ornament(ArtifactType::Layout, vec![line]);
        done = until;
    }
    let mut branch = Branch::new(Tag::TR);
    for leaves in leaves {
        branch.push(Branch::of(Tag::TD, leaves));
    }
    branch
}

/// Where each line of a cell stands. An empty cell has one empty line: a cell without content
/// would vanish from the tree and move those after it into the wrong column.
fn place<'l>(flow: &Flow, slot: &Slot, lines: &'l [String], look: Look) -> Vec<(f32, f32, &'l str)> {
    let top = flow.y + ABOVE + look.lead * 0.74;
    let at = |(number, line): (usize, &'l String)| {
        let text = line.trim_end();
        let x = if slot.numeric {
            slot.x + slot.width - PAD - flow.fonts.width(look.style, look.size, text)
        } else {
            slot.x + PAD
        };
        (x, top + number as f32 * look.lead, if line.is_empty() { " " } else { line.as_str() })
    };
    lines.iter().enumerate().map(at).collect()
}

fn underlay(flow: &mut Flow, head: &Row) {
    let (y, height) = (flow.y, head.height());
    let ground = Draw::Box { x: LEFT, y, width: MEASURE, height, ink: Ink::MIST };
    let line = Draw::Box { x: LEFT, y: y + height - 1.0, width: MEASURE, height: 1.0, ink: Ink::TEAL };
    flow.ornament(ArtifactType::Layout, vec![ground, line]);
}
