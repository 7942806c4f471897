//! The faces that every page is set in, and which of them can show a character.

use std::sync::{Arc, LazyLock};

use krilla::text::Font;

use crate::Failure;

static HOUSE: LazyLock<Option<Fonts>> = LazyLock::new(Fonts::read);

/// What stands where no face has a picture for a character; the text behind it stays whole.
const MISSING: char = '□';

/// The faces of the house, read once.
pub(crate) fn house() -> Result<&'static Fonts, Failure> {
    HOUSE.as_ref().ok_or(Failure::Typefaces)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Body,
    Strong,
    Display,
}

pub(crate) struct Fonts {
    body: Face,
    strong: Face,
    display: Face,
    /// For the scripts that the others lack: Armenian, Georgian, Hebrew, Arabic and more.
    spare: Face,
}

pub(crate) struct Face {
    pub(crate) font: Font,
    metrics: ttf_parser::Face<'static>,
}

/// A stretch of text that one face can show.
pub(crate) struct Run<'a> {
    pub(crate) face: &'a Face,
    pub(crate) text: String,
}

impl Fonts {
    fn read() -> Option<Fonts> {
        Some(Fonts {
            body: Face::read(include_bytes!("../fonts/PlexSans-Regular.ttf"))?,
            strong: Face::read(include_bytes!("../fonts/PlexSans-SemiBold.ttf"))?,
            display: Face::read(include_bytes!("../fonts/PlexSerif-SemiBold.ttf"))?,
            spare: Face::read(include_bytes!("../fonts/DejaVuSansCondensed.ttf"))?,
        })
    }

    pub(crate) fn width(&self, style: Style, size: f32, text: &str) -> f32 {
        let usual = self.chain(style)[0];
        if text.chars().all(|letter| usual.covers(letter)) {
            return usual.width(text) * size;
        }
        self.runs(style, text).iter().map(|run| run.face.width(&run.text)).sum::<f32>() * size
    }

    /// The text, cut where the face changes.
    pub(crate) fn runs(&self, style: Style, text: &str) -> Vec<Run<'_>> {
        let mut runs: Vec<Run> = Vec::new();
        for letter in text.chars() {
            // Marks, spaces and points stay with the word before them: a word must not change
            // its face in the middle, and two Hebrew words keep their order.
            if let Some(last) = runs.last_mut()
                && !letter.is_alphanumeric()
                && last.face.covers(letter)
            {
                last.text.push(letter);
                continue;
            }
            let (face, letter) = self.face_for(style, letter);
            match runs.last_mut() {
                Some(last) if std::ptr::eq(last.face, face) => last.text.push(letter),
                Some(last) => {
                    // The space after a Hebrew word would be drawn on its left.
                    let spare = std::ptr::eq(last.face, &self.spare);
                    let kept = if spare { last.text.trim_end().len() } else { last.text.len() };
                    let mut text = last.text.split_off(kept);
                    text.push(letter);
                    runs.push(Run { face, text });
                }
                None => runs.push(Run { face, text: letter.to_string() }),
            }
        }
        runs.retain(|run| !run.text.is_empty());
        runs
    }

    /// Whether some character of the text can only be shown as an empty box.
    pub(crate) fn lacks(&self, text: &str) -> bool {
        text.chars().any(|letter| !self.chain(Style::Display).iter().any(|face| face.covers(letter)))
    }

    fn face_for(&self, style: Style, letter: char) -> (&Face, char) {
        let chain = self.chain(style);
        let found = chain.iter().find(|face| face.covers(letter));
        found.map_or((&self.spare, MISSING), |face| (*face, letter))
    }

    fn chain(&self, style: Style) -> [&Face; 4] {
        match style {
            Style::Body => [&self.body, &self.strong, &self.display, &self.spare],
            Style::Strong => [&self.strong, &self.body, &self.display, &self.spare],
            Style::Display => [&self.display, &self.strong, &self.body, &self.spare],
        }
    }
}

impl Face {
    fn read(bytes: &'static [u8]) -> Option<Face> {
        let font = Font::new(Arc::new(bytes.to_vec()).into(), 0)?;
        Some(Face { font, metrics: ttf_parser::Face::parse(bytes, 0).ok()? })
    }

    fn covers(&self, letter: char) -> bool {
        self.metrics.glyph_index(letter).is_some_and(|glyph| glyph.0 != 0)
    }

    /// The width at size 1.
    pub(crate) fn width(&self, text: &str) -> f32 {
        let advance = |letter| {
            let glyph = self.metrics.glyph_index(letter)?;
            self.metrics.glyph_hor_advance(glyph)
        };
        let units: f32 = text.chars().filter_map(advance).map(f32::from).sum();
        units / f32::from(self.metrics.units_per_em())
    }
}
