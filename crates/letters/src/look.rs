//! How a letter looks: plain text, and simple HTML with the same words.
//!
//! Mail programs drop style sheets, so this is the one place that writes styles into
//! markup. There is no picture and nothing that tells us who read what.

use maud::{DOCTYPE, Markup, html};

use crate::rules::{Run, lines};

/// A letter as it goes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// What stands under every letter.
pub struct Footer {
    /// The association with its postal address.
    pub from: String,
    /// Why one gets this letter.
    pub why: String,
    pub privacy: String,
    /// Where one click ends letters of this kind.
    pub unsubscribe: Option<String>,
}

type Line = Vec<Run>;

pub fn render(subject: Vec<Run>, body: Vec<Run>, footer: &Footer) -> Rendered {
    let subject = crate::values::folded(&line_text(&subject));
    let body = lines(body);
    let text = format!("{}\n\n{}", body_text(&body), footer_text(footer));
    let html = page(&subject, &body, footer).into_string();
    Rendered { subject, text, html }
}

fn body_text(body: &[Line]) -> String {
    let lines: Vec<String> = body.iter().map(|line| line_text(line).trim_end().to_owned()).collect();
    lines.join("\n").trim().to_owned()
}

fn line_text(line: &[Run]) -> String {
    line.iter()
        .map(|run| match run {
            Run::Words(words) => words.as_str(),
            Run::Link { url, .. } => url.as_str(),
        })
        .collect()
}

fn footer_text(footer: &Footer) -> String {
    let mut text =
        format!("--\n{}\n{}\nWhat we keep about you, and for how long: {}", footer.from, footer.why, footer.privacy);
    if let Some(link) = &footer.unsubscribe {
        text.push_str(&format!("\nNo more letters of this kind: {link}"));
    }
    text
}

const PAGE: &str = "margin:0;padding:24px 16px;background:#f7f4ee;color:#26231f;\
    font-family:Georgia,'Times New Roman',serif;font-size:17px;line-height:1.55";
const SHEET: &str = "max-width:612px;margin:0 auto;padding:28px 28px 20px;background:#ffffff;border-radius:10px";
const BUTTON: &str = "display:inline-block;padding:12px 20px;background:#1f5c57;color:#ffffff;border-radius:8px;\
    text-decoration:none;font-family:Helvetica,Arial,sans-serif;font-weight:bold;font-size:16px";
const LINK: &str = "color:#1f5c57";
const FOOT: &str = "max-width:612px;margin:16px auto 0;padding:0 28px;color:#5d574f;\
    font-family:Helvetica,Arial,sans-serif;font-size:13px;line-height:1.5";

fn page(subject: &str, body: &[Line], footer: &Footer) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (subject) }
            }
            body style=(PAGE) {
                div style=(SHEET) {
                    @for block in body.split(|line| line_text(line).trim().is_empty()) { (paragraph(block)) }
                }
                div style=(FOOT) {
                    p style="margin:0 0 6px" { (footer.from) }
                    p style="margin:0 0 6px" { (footer.why) }
                    p style="margin:0" {
                        a href=(footer.privacy) style=(LINK) { "What we keep about you, and for how long" }
                        @if let Some(link) = &footer.unsubscribe {
                            " · " a href=(link) style=(LINK) { "No more letters of this kind" }
                        }
                    }
                }
            }
        }
    }
}

/// Lines that belong together: a paragraph, points, a button on a line of its own.
fn paragraph(block: &[Line]) -> Markup {
    let parts = block.chunk_by(|one, other| Sort::of(one) == Sort::of(other) && Sort::of(one) != Sort::Button);
    html! {
        @for part in parts {
            @match part.first().map(|line| Sort::of(line)) {
                Some(Sort::Point) => ul style="margin:0 0 16px;padding-left:22px" {
                    @for line in part { li { (words(&without_bullet(line))) } }
                },
                Some(Sort::Button) => p style="margin:4px 0 20px" { (button(part)) },
                Some(Sort::Words) => p style="margin:0 0 16px" {
                    @for (index, line) in part.iter().enumerate() { @if index > 0 { br; } (words(line)) }
                },
                None => {},
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Words,
    Point,
    Button,
}

impl Sort {
    fn of(line: &[Run]) -> Self {
        match line {
            [Run::Link { .. }] => Self::Button,
            [Run::Words(words), ..] if BULLETS.iter().any(|it| words.starts_with(it)) => Self::Point,
            _ => Self::Words,
        }
    }
}

const BULLETS: [&str; 2] = ["• ", "- "];

fn without_bullet(line: &[Run]) -> Line {
    let mut line = line.to_vec();
    if let Some(Run::Words(words)) = line.first_mut() {
        *words = BULLETS.iter().find_map(|it| words.strip_prefix(it)).unwrap_or(words).to_owned();
    }
    line
}

fn button(part: &[Line]) -> Markup {
    html! {
        @for run in part.iter().flatten() {
            @if let Run::Link { url, words } = run { a href=(url) style=(BUTTON) { (words) } }
        }
    }
}

/// A link at the end of a few words becomes those words.
fn words(line: &[Run]) -> Markup {
    if let [Run::Words(before), Run::Link { url, .. }] = line
        && let Some(label) = before.trim_end().strip_suffix(':')
        && label.chars().count() <= 60
    {
        return html! { a href=(url) style=(LINK) { (label) } };
    }
    html! {
        @for run in line {
            @match run {
                Run::Words(words) => (words),
                Run::Link { url, words } => a href=(url) style=(LINK) { (words) },
            }
        }
    }
}

/// A letter's text on a page of ours. Only addresses that begin with `base` become links.
pub fn shown(text: &str, base: &str) -> Markup {
    html! {
        @for block in text.split("\n\n").filter(|block| !block.trim().is_empty()) {
            p {
                @for (index, line) in block.lines().enumerate() {
                    @if index > 0 { br; }
                    @for (index, word) in line.split(' ').enumerate() {
                        @if index > 0 { " " }
                        @let (link, rest) = word.split_at(word.trim_end_matches(['.', ',', ';', ')', '”']).len());
                        @if is_ours(link, base) { a href=(link) { (link) } (rest) } @else { (word) }
                    }
                }
            }
        }
    }
}

fn is_ours(word: &str, base: &str) -> bool {
    !base.is_empty() && word.strip_prefix(base).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
