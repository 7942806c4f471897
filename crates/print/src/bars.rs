//! A chart of horizontal bars: label, bar, value in words.

use krilla::{
    geom::Rect,
    tagging::{BBox, Tag},
};

use crate::{
    flow::{CAPTION, Flow, LEFT, Look, MEASURE, draw_text},
    fonts::Style,
    lines::{plain, shorten},
    sheet::{Branch, Draw, Ink},
};

const LABEL: Look = Look { style: Style::Body, size: 9.0, lead: 11.5, ink: Ink::TEXT };
const VALUE: Look = Look { style: Style::Strong, size: 9.0, lead: 11.5, ink: Ink::TEXT };
const LABELS: f32 = MEASURE * 0.34;
const GAP: f32 = 9.0;
const THICK: f32 = 12.0;

pub(crate) fn lay(flow: &mut Flow, caption: &str, alt: &str, data: &[(String, f32, String)]) {
    let bars: Vec<Bar> = data.iter().map(|(label, value, shown)| Bar::new(flow, label, *value, shown)).collect();
    let title = flow.wrap(CAPTION, caption, MEASURE);
    let few = bars.len().min(if bars.len() <= 12 { 12 } else { 4 });
    let beginning: f32 = bars.iter().take(few).map(Bar::height).sum();
    flow.need(CAPTION.lead * title.len() as f32 + beginning + 16.0);
    flow.y += 5.0;
    let leaves = flow.lines(LEFT, &title, CAPTION);
    let heard = if alt.trim().is_empty() { plain(caption) } else { plain(alt) };
    let mut chart = Branch::new(Tag::Div);
    if !leaves.is_empty() {
        chart.push(Branch::of(Tag::Caption, leaves));
    }
    flow.y += 6.0;
    let scale = Scale::of(&bars);
    let mut rest = bars.as_slice();
    while !rest.is_empty() {
        flow.need(rest[0].height());
        let fit = rest.iter().scan(flow.room(), |room, bar| {
            *room -= bar.height();
            (*room >= 0.0).then_some(())
        });
        let (now, later) = rest.split_at(fit.count().max(1));
        chart.push(figure(flow, now, &scale, &heard));
        rest = later;
    }
    if bars.is_empty() {
        let nothing = flow.words(LEFT, flow.y + LABEL.lead, LABEL, "–");
        chart.push(Branch::of(Tag::P, [nothing]));
        flow.y += LABEL.lead;
    }
    flow.y += 12.0;
    flow.work.tree.push(chart);
}

struct Bar {
    label: Vec<String>,
    value: f32,
    shown: String,
    shown_width: f32,
}

impl Bar {
    fn new(flow: &Flow, label: &str, value: f32, shown: &str) -> Bar {
        let shown = shorten(flow.fonts, VALUE.style, VALUE.size, shown, MEASURE * 0.26);
        Bar {
            label: label_lines(flow, label),
            value: if value.is_finite() { value.max(0.0) } else { 0.0 },
            shown_width: flow.fonts.width(VALUE.style, VALUE.size, &shown),
            shown,
        }
    }

    fn height(&self) -> f32 {
        (self.label.len() as f32 * LABEL.lead).max(THICK) + 7.0
    }
}

/// A label of more than four lines would hide the chart; the table beside it has the whole text.
fn label_lines(flow: &Flow, label: &str) -> Vec<String> {
    let mut lines = flow.wrap(LABEL, label, LABELS - GAP);
    if lines.len() > 4 {
        let fourth = lines.swap_remove(3) + "…";
        lines.truncate(3);
        lines.push(fourth);
    }
    lines
}

struct Scale {
    /// How long the longest bar may be, so that its words still fit beside it.
    longest: f32,
    most: f32,
}

impl Scale {
    fn of(bars: &[Bar]) -> Scale {
        let words = bars.iter().map(|bar| bar.shown_width).fold(0.0, f32::max);
        let most = bars.iter().map(|bar| bar.value).fold(0.0, f32::max);
        Scale { longest: MEASURE - LABELS - words - GAP, most: if most > 0.0 { most } else { 1.0 } }
    }
}

fn figure(flow: &mut Flow, bars: &[Bar], scale: &Scale, alt: &str) -> Branch {
    let top = flow.y;
    let height: f32 = bars.iter().map(Bar::height).sum();
    let axis = Draw::Box { x: LEFT + LABELS - 0.7, y: top, width: 0.7, height, ink: Ink::LINE };
    let mut draws = vec![axis];
    for bar in bars {
        let space = bar.height() - 7.0;
        let (middle, lines) = (flow.y + bar.height() / 2.0, bar.label.len() as f32);
        let first = middle - lines * LABEL.lead / 2.0 + LABEL.lead * 0.76;
        for (number, line) in bar.label.iter().enumerate() {
            let x = LEFT + LABELS - GAP - flow.fonts.width(LABEL.style, LABEL.size, line.trim_end());
            draws.push(draw_text(x, first + number as f32 * LABEL.lead, LABEL, line));
        }
        let length = bar.value / scale.most * scale.longest;
        let thick = THICK.min(space);
        let (x, y) = (LEFT + LABELS, middle - thick / 2.0);
        if length > 0.0 {
            draws.push(Draw::Box { x, y, width: length.max(0.8), height: thick, ink: Ink::TEAL });
        }
        draws.push(draw_text(x + length + 6.0, middle + VALUE.size * 0.35, VALUE, &bar.shown));
        flow.y += bar.height();
    }
    let page = flow.page();
    let frame = Rect::from_xywh(LEFT, top, MEASURE, height).map(|it| BBox::new(page, it));
    let leaf = flow.picture(draws);
    Branch::of(Tag::Figure(Some(alt.to_owned())).with_bbox(frame), [leaf])
}
