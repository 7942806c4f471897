//! What lies on the pages and what it means, before any PDF is written.

use krilla::tagging::{ArtifactType, TagKind};

use crate::fonts::Style;

/// What the file says about itself.
pub(crate) struct About<'a> {
    pub(crate) title: &'a str,
    pub(crate) language: &'a str,
    pub(crate) author: &'a str,
    pub(crate) date: (i16, i8, i8),
}

/// Everything that is to be written.
pub(crate) struct Work {
    pub(crate) width: f32,
    pub(crate) height: f32,
    pub(crate) pages: Vec<Vec<Piece>>,
    pub(crate) tree: Vec<Branch>,
    pub(crate) outline: Vec<Landmark>,
}

/// What is drawn together and means one thing.
pub(crate) struct Piece {
    pub(crate) role: Role,
    pub(crate) draws: Vec<Draw>,
}

pub(crate) enum Role {
    /// Of no meaning to someone who listens; it has no leaf in the tree.
    Ornament(ArtifactType),
    /// Words, and what they truly are where a face cannot show them.
    Words(Option<String>),
    Picture,
}

pub(crate) enum Draw {
    Text { x: f32, y: f32, size: f32, style: Style, ink: Ink, text: String },
    Box { x: f32, y: f32, width: f32, height: f32, ink: Ink },
    Shape(Outline, Ink),
}

/// Closed outlines; an `Inside` shows the second only where it lies in the first.
pub(crate) enum Outline {
    Circle(Circle),
    Inside(Circle, Circle),
}

#[derive(Clone, Copy)]
pub(crate) struct Circle {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) radius: f32,
}

/// A part of the document for those who listen. Leaves count the pieces that are no ornament, from 0.
pub(crate) struct Branch {
    pub(crate) tag: TagKind,
    pub(crate) twigs: Vec<Twig>,
}

pub(crate) enum Twig {
    Branch(Branch),
    Leaf(usize),
}

/// A line of the outline beside the pages.
pub(crate) struct Landmark {
    pub(crate) level: u16,
    pub(crate) title: String,
    pub(crate) page: usize,
    pub(crate) y: f32,
}

impl Branch {
    pub(crate) fn new(tag: impl Into<TagKind>) -> Branch {
        Branch { tag: tag.into(), twigs: Vec::new() }
    }

    pub(crate) fn of(tag: impl Into<TagKind>, leaves: impl IntoIterator<Item = usize>) -> Branch {
        Branch { tag: tag.into(), twigs: leaves.into_iter().map(Twig::Leaf).collect() }
    }

    pub(crate) fn push(&mut self, branch: Branch) {
        self.twigs.push(Twig::Branch(branch));
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ink(pub(crate) u8, pub(crate) u8, pub(crate) u8);

impl Ink {
    pub(crate) const DEEP: Ink = Ink(10, 62, 63);
    pub(crate) const TEAL: Ink = Ink(0, 100, 97);
    pub(crate) const TEAL_LIGHT: Ink = Ink(24, 122, 117);
    pub(crate) const MIST: Ink = Ink(230, 241, 239);
    pub(crate) const SAND: Ink = Ink(232, 196, 126);
    pub(crate) const TEXT: Ink = Ink(27, 36, 40);
    pub(crate) const MUTED: Ink = Ink(84, 96, 101);
    pub(crate) const LINE: Ink = Ink(208, 217, 217);
}
