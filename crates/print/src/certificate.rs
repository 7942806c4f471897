//! The certificate: one page across, drawn by hand.

use std::num::NonZeroU16;

use krilla::tagging::{ArtifactType, Tag};

use crate::{
    Failure,
    flow::{Flow, Look},
    fonts::{self, Style},
    lines::plain,
    paint,
    sheet::{About, Branch, Circle, Draw, Ink, Outline},
};

/// What a certificate says. All words come from the caller, in the language of the person.
#[derive(Debug, Clone, PartialEq)]
pub struct Certificate {
    /// What it is, such as “Certificate of completion”.
    pub title: String,
    pub language: String,
    /// Who gives it.
    pub org: String,
    /// Who has it.
    pub name: String,
    /// What it is for; each entry is a paragraph.
    pub lines: Vec<String>,
    /// The day in words; may be empty.
    pub issued: String,
    /// Year, month and day; the date of the file itself.
    pub date: (i16, i8, i8),
    /// Below each line to sign on; a line feed parts the name from the office.
    pub signatures: Vec<String>,
    /// How the code can be checked; may be empty.
    pub check: String,
    pub code: String,
}

const WIDTH: f32 = 841.89;
const HEIGHT: f32 = 595.28;
const PANEL: f32 = 236.0;
const LEFT: f32 = PANEL + 58.0;
const MEASURE: f32 = WIDTH - LEFT - 64.0;
const TOP: f32 = 96.0;
/// Above it what the certificate says, below it the signatures and the code.
const SIGNED: f32 = 452.0;

const TITLE: Look = Look { style: Style::Strong, size: 13.0, lead: 18.0, ink: Ink::TEAL };
const NAME: Look = Look { style: Style::Display, size: 40.0, lead: 46.0, ink: Ink::DEEP };
const WORDS: Look = Look { style: Style::Body, size: 13.0, lead: 20.5, ink: Ink::TEXT };
const SIGNATURE: Look = Look { style: Style::Body, size: 9.4, lead: 13.0, ink: Ink::TEXT };
const CHECK: Look = Look { style: Style::Body, size: 8.2, lead: 11.5, ink: Ink::MUTED };
const CODE: Look = Look { style: Style::Strong, size: 11.0, lead: 15.0, ink: Ink::DEEP };
const ORG: Look = Look { style: Style::Display, size: 17.0, lead: 22.5, ink: Ink(255, 255, 255) };
const ISSUED: Look = Look { style: Style::Body, size: 10.0, lead: 14.0, ink: Ink(205, 226, 223) };

/// The certificate as a PDF on A4 across.
pub fn certificate(certificate: &Certificate) -> Result<Vec<u8>, Failure> {
    let fonts = fonts::house()?;
    let title = format!("{} – {}", plain(&certificate.title), plain(&certificate.name));
    let mut flow = Flow::begin(fonts, WIDTH, HEIGHT);
    flow.landmark(1, title.clone());
    panel(&mut flow);
    said(&mut flow, certificate)?;
    signed(&mut flow, certificate);
    given(&mut flow, certificate);
    let (org, language) = (&certificate.org, &certificate.language);
    let about = About { title: &title, language, author: org, date: certificate.date };
    paint::write(&flow.work, &about, fonts)
}

/// Two circles that share a part: a work of two. What reaches over the edge is cut by the page.
fn panel(flow: &mut Flow) {
    let ground = Draw::Box { x: -2.0, y: -2.0, width: PANEL + 2.0, height: HEIGHT + 4.0, ink: Ink::DEEP };
    let far = Circle { x: 8.0, y: 548.0, radius: 210.0 };
    let near = Circle { x: 214.0, y: 470.0, radius: 170.0 };
    let paper = Draw::Box { x: PANEL, y: -2.0, width: WIDTH, height: HEIGHT + 4.0, ink: Ink(255, 255, 255) };
    let left = Circle { x: 84.0, y: 132.0, radius: 44.0 };
    let right = Circle { x: 134.0, y: 132.0, radius: 44.0 };
    let draws = vec![
        ground,
        Draw::Shape(Outline::Circle(far), Ink(13, 72, 72)),
        Draw::Shape(Outline::Circle(near), Ink(12, 68, 69)),
        Draw::Shape(Outline::Inside(far, near), Ink(17, 82, 81)),
        paper,
        Draw::Shape(Outline::Circle(left), Ink::TEAL_LIGHT),
        Draw::Shape(Outline::Circle(right), Ink(120, 184, 176)),
        Draw::Shape(Outline::Inside(left, right), Ink::SAND),
    ];
    flow.ornament(ArtifactType::Layout, draws);
}

fn said(flow: &mut Flow, certificate: &Certificate) -> Result<(), Failure> {
    let words = (0..14)
        .map(|step| scaled(WORDS, 1.0 - step as f32 * 0.04))
        .map(|look| (look, Said::wrap(flow, certificate, look)))
        .find(|(_, said)| said.height() <= SIGNED - TOP - 24.0);
    let (look, said) = words.ok_or(Failure::Crowded)?;
    let heading = Tag::Hn(NonZeroU16::MIN, Some(plain(&certificate.title)));
    flow.y = TOP;
    put(flow, LEFT, &said.title, TITLE, heading);
    flow.y += 12.0;
    put(flow, LEFT, &said.name, said.name_look, Tag::P);
    flow.y += 12.0;
    let stroke = Draw::Box { x: LEFT, y: flow.y, width: 56.0, height: 3.0, ink: Ink::SAND };
    flow.ornament(ArtifactType::Layout, vec![stroke]);
    flow.y += 26.0;
    for paragraph in &said.paragraphs {
        put(flow, LEFT, paragraph, look, Tag::P);
        flow.y += look.lead * 0.4;
    }
    Ok(())
}

/// What stands above the signatures, in lines.
struct Said {
    title: Vec<String>,
    name: Vec<String>,
    name_look: Look,
    paragraphs: Vec<Vec<String>>,
    look: Look,
}

impl Said {
    fn wrap(flow: &Flow, certificate: &Certificate, look: Look) -> Said {
        let steps = [1.0, 0.92, 0.84, 0.76, 0.68, 0.6].map(|share| scaled(NAME, share));
        let lines = |it: &Look| flow.wrap(*it, &certificate.name, MEASURE).len();
        // A name that cannot stand on one line takes two; a smaller size comes before a third.
        let fits = |most: usize| steps.iter().find(|it| lines(it) <= most).copied();
        let name_look = fits(1).or_else(|| fits(2)).unwrap_or(steps[5]);
        Said {
            title: flow.wrap(TITLE, &certificate.title, MEASURE),
            name: flow.wrap(name_look, &certificate.name, MEASURE),
            name_look,
            paragraphs: certificate.lines.iter().map(|it| flow.wrap(look, it, MEASURE)).collect(),
            look,
        }
    }

    fn height(&self) -> f32 {
        let words: f32 = self.paragraphs.iter().map(|it| (it.len() as f32 + 0.4) * self.look.lead).sum();
        self.title.len() as f32 * TITLE.lead + self.name.len() as f32 * self.name_look.lead + 50.0 + words
    }
}

fn signed(flow: &mut Flow, certificate: &Certificate) {
    let count = certificate.signatures.len().max(2) as f32;
    let gap = 28.0;
    let width = (MEASURE - gap * (count - 1.0)) / count;
    for (number, signature) in certificate.signatures.iter().enumerate() {
        let x = LEFT + number as f32 * (width + gap);
        let line = Draw::Box { x, y: SIGNED, width, height: 0.8, ink: Ink::MUTED };
        flow.ornament(ArtifactType::Layout, vec![line]);
        flow.y = SIGNED + 6.0;
        let lines: Vec<String> = flow.wrap(SIGNATURE, signature, width).into_iter().take(4).collect();
        put(flow, x, &lines, SIGNATURE, Tag::P);
    }
    if !certificate.code.trim().is_empty() {
        flow.y = HEIGHT - 64.0;
        let code = plain(&certificate.code);
        let code_width = flow.fonts.width(CODE.style, CODE.size, &code);
        let lines: Vec<String> = flow.wrap(CHECK, &certificate.check, MEASURE - code_width - 24.0);
        put(flow, LEFT, &lines[lines.len().saturating_sub(2)..], CHECK, Tag::P);
        flow.y = HEIGHT - 64.0;
        put(flow, LEFT + MEASURE - code_width, &[code], CODE, Tag::P);
    }
}

/// Who gives it and when, at the foot of the panel.
fn given(flow: &mut Flow, certificate: &Certificate) {
    let (x, width) = (40.0, PANEL - 64.0);
    let org = flow.wrap(ORG, &certificate.org, width);
    let issued = flow.wrap(ISSUED, &certificate.issued, width);
    flow.y = HEIGHT - 52.0 - org.len() as f32 * ORG.lead - issued.len() as f32 * ISSUED.lead - 6.0;
    put(flow, x, &org, ORG, Tag::P);
    flow.y += 6.0;
    put(flow, x, &issued, ISSUED, Tag::P);
}

/// Lines below each other on this one page.
fn put(flow: &mut Flow, x: f32, lines: &[String], look: Look, tag: impl Into<krilla::tagging::TagKind>) {
    let mut leaves = Vec::new();
    for line in lines.iter().filter(|line| !line.trim().is_empty()) {
        leaves.push(flow.words(x, flow.y + look.lead * 0.76, look, line));
        flow.y += look.lead;
    }
    if !leaves.is_empty() {
        flow.work.tree.push(Branch::of(tag, leaves));
    }
}

fn scaled(look: Look, share: f32) -> Look {
    Look { size: look.size * share, lead: look.lead * share, ..look }
}
