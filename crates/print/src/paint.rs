//! Writes the pages, their tags and the outline as PDF.

use krilla::{
    SerializeSettings,
    color::rgb,
    configure::{Accessibility, ConfigurationBuilder},
    destination::XyzDestination,
    geom::{Path, PathBuilder, Point, Rect},
    metadata::{DateTime, Metadata},
    num::NormalizedF32,
    outline::{Outline as Landmarks, OutlineNode},
    page::PageSettings,
    paint::{Fill, FillRule},
    surface::Surface,
    tagging::{Artifact, ContentTag, Identifier, SpanTag, TagGroup, TagTree},
    text::TextDirection,
};

use crate::{
    Failure,
    fonts::Fonts,
    lines::plain,
    sheet::{About, Branch, Circle, Draw, Ink, Landmark, Outline, Piece, Role, Twig, Work},
};

/// How far from the centre the handles of a quarter of a circle lie, for a radius of 1.
const HANDLE: f32 = 0.552_284_8;

pub(crate) fn write(work: &Work, about: &About, fonts: &Fonts) -> Result<Vec<u8>, Failure> {
    let (title, language) = (plain(about.title), plain(about.language));
    if title.trim().is_empty() || language.trim().is_empty() {
        return Err(Failure::Untitled);
    }
    let configuration = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish();
    let configuration = configuration.map_err(|it| Failure::Refused(format!("{it:?}")))?;
    let settings = SerializeSettings { configuration, enable_tagging: true, ..SerializeSettings::default() };
    let mut pdf = krilla::Document::new_with(settings);
    let size = PageSettings::from_wh(work.width, work.height)
        .ok_or_else(|| Failure::Refused("a page without a size".to_owned()))?;
    let mut leaves = Vec::new();
    for pieces in &work.pages {
        let mut page = pdf.start_page_with(size.clone());
        let mut surface = page.surface();
        for piece in pieces {
            leaves.extend(paint(&mut surface, piece, fonts));
        }
        surface.finish();
        page.finish();
    }
    let mut tree = TagTree::new().with_lang(Some(language.clone()));
    for branch in &work.tree {
        tree.push(group(branch, &leaves));
    }
    pdf.set_tag_tree(tree);
    pdf.set_outline(landmarks(&work.outline));
    let mut metadata = Metadata::new().title(title).language(language).creation_date(day(about.date));
    if !about.author.trim().is_empty() {
        metadata = metadata.authors(vec![plain(about.author)]);
    }
    pdf.set_metadata(metadata);
    pdf.finish().map_err(|it| Failure::Refused(format!("{it:?}")))
}

/// Draws the piece; what is more than an ornament has a leaf in the tree.
fn paint(surface: &mut Surface, piece: &Piece, fonts: &Fonts) -> Option<Identifier> {
    let leaf = match &piece.role {
        Role::Ornament(kind) => {
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(*kind)));
            None
        }
        Role::Words(truly) => {
            let span = SpanTag::empty().with_actual_text(truly.as_deref());
            Some(surface.start_tagged(ContentTag::Span(span)))
        }
        Role::Picture => Some(surface.start_tagged(ContentTag::Other)),
    };
    for draw in &piece.draws {
        match draw {
            Draw::Text { x, y, size, style, ink, text } => {
                surface.set_fill(Some(fill(*ink)));
                let mut x = *x;
                for run in fonts.runs(*style, text) {
                    let start = Point::from_xy(x, *y);
                    surface.draw_text(start, run.face.font.clone(), *size, &run.text, false, TextDirection::Auto);
                    x += run.face.width(&run.text) * size;
                }
            }
            Draw::Box { x, y, width, height, ink } => draw_path(surface, rectangle(*x, *y, *width, *height), *ink),
            Draw::Shape(Outline::Circle(it), ink) => draw_path(surface, circle(*it), *ink),
            Draw::Shape(Outline::Inside(frame, it), ink) => {
                let Some(frame) = circle(*frame) else { continue };
                surface.push_clip_path(&frame, &FillRule::NonZero);
                draw_path(surface, circle(*it), *ink);
                surface.pop();
            }
        }
    }
    surface.end_tagged();
    leaf
}

fn draw_path(surface: &mut Surface, path: Option<Path>, ink: Ink) {
    if let Some(path) = path {
        surface.set_fill(Some(fill(ink)));
        surface.draw_path(&path);
    }
}

fn fill(ink: Ink) -> Fill {
    let colour = rgb::Color::new(ink.0, ink.1, ink.2);
    Fill { paint: colour.into(), opacity: NormalizedF32::ONE, rule: FillRule::NonZero }
}

fn rectangle(x: f32, y: f32, width: f32, height: f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_xywh(x, y, width, height)?);
    path.finish()
}

fn circle(Circle { x, y, radius }: Circle) -> Option<Path> {
    let handle = radius * HANDLE;
    let mut path = PathBuilder::new();
    path.move_to(x + radius, y);
    path.cubic_to(x + radius, y + handle, x + handle, y + radius, x, y + radius);
    path.cubic_to(x - handle, y + radius, x - radius, y + handle, x - radius, y);
    path.cubic_to(x - radius, y - handle, x - handle, y - radius, x, y - radius);
    path.cubic_to(x + handle, y - radius, x + radius, y - handle, x + radius, y);
    path.close();
    path.finish()
}

fn group(branch: &Branch, leaves: &[Identifier]) -> TagGroup {
    let mut group = TagGroup::new(branch.tag.clone());
    for twig in &branch.twigs {
        match twig {
            Twig::Branch(it) => group.push(self::group(it, leaves)),
            Twig::Leaf(number) => group.push(leaves[*number]),
        }
    }
    group
}

/// Each heading lies below the last one of a higher level.
fn landmarks(all: &[Landmark]) -> Landmarks {
    let mut outline = Landmarks::new();
    let mut open: Vec<(u16, OutlineNode)> = Vec::new();
    for landmark in all {
        close(&mut open, landmark.level, &mut outline);
        let place = XyzDestination::new(landmark.page, Point::from_xy(0.0, landmark.y));
        open.push((landmark.level, OutlineNode::new(landmark.title.clone(), place).with_open(true)));
    }
    close(&mut open, 0, &mut outline);
    outline
}

fn close(open: &mut Vec<(u16, OutlineNode)>, level: u16, outline: &mut Landmarks) {
    while let Some((_, node)) = open.pop_if(|(it, _)| *it >= level) {
        match open.last_mut() {
            Some((_, parent)) => parent.push_child(node),
            None => outline.push_child(node),
        }
    }
}

fn day((year, month, day): (i16, i8, i8)) -> DateTime {
    let year = u16::try_from(year).unwrap_or_default();
    let month = u8::try_from(month).unwrap_or(1);
    DateTime::new(year).month(month).day(u8::try_from(day).unwrap_or(1))
}
