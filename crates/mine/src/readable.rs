//! The page in the file: everything to read, with nothing beside it, on any device.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use program::mine::{Entry, Part};
use serde_json::Value;

use crate::archive::{Archive, Chapter};

const LOOK: &str = "
:root { color-scheme: light dark; --soft: #5b6470; --line: #d9dee4; --paper: #ffffff; --ground: #f5f6f8; --ink: #1c2430; }
@media (prefers-color-scheme: dark) { :root { --soft: #a3adba; --line: #37404c; --paper: #1d232b; --ground: #14181e; --ink: #e8ecf1; } }
body { margin: 0 auto; max-width: 46rem; padding: 2rem 1rem 4rem; background: var(--ground); color: var(--ink); font: 1rem/1.6 system-ui, sans-serif; }
h1 { line-height: 1.25; } h2 { margin-top: 3rem; } h3 { margin: 2rem 0 .5rem; font-size: 1.05rem; }
.soft { color: var(--soft); }
.entry { margin: 0 0 .75rem; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--paper); }
dl { margin: 0; display: grid; grid-template-columns: minmax(8rem, 13rem) 1fr; gap: .25rem 1rem; }
dt { color: var(--soft); } dd { margin: 0; white-space: pre-line; overflow-wrap: anywhere; }
@media (max-width: 34rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; } }
";

pub(crate) fn page(archive: &Archive) -> Markup {
    let title = format!("What is mine: {}", archive.person);
    let told = archive.chapters.iter().filter(|it| !it.parts.is_empty());
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(LOOK)) }
            }
            body {
                h1 { (title) }
                p { "All that the " (archive.program) " kept of you on " (archive.made_on) ", in your own words. The same stands in " a href="everything.json" { "everything.json" } " for programs." }
                p.soft { "What others wrote is theirs and not in it. Their names stand here only where they are a part of your story: with whom you were a duo, whom you asked." }
                ol { @for chapter in told.clone() { li { a href={ "#" (anchor(chapter.title)) } { (chapter.title) } } } }
                @for it in told { (chapter(it)) }
            }
        }
    }
}

fn anchor(title: &str) -> String {
    title.to_lowercase().replace(' ', "-")
}

fn chapter(chapter: &Chapter) -> Markup {
    html! {
        h2 id=(anchor(chapter.title)) { (chapter.title) }
        @for it in &chapter.parts { (part(it)) }
    }
}

fn part(part: &Part) -> Markup {
    html! {
        h3 { (part.title) }
        @if !part.note.is_empty() { p.soft { (part.note) } }
        @if part.entries.is_empty() && part.files.is_empty() { p.soft { "Nothing." } }
        @for it in &part.entries { (entry(it)) }
        @if !part.files.is_empty() {
            ul { @for (name, _) in &part.files { li { a href={ "files/" (name) } { (name) } } } }
        }
    }
}

fn entry(entry: &Entry) -> Markup {
    html! {
        div.entry {
            dl { @for (name, value) in &entry.0 { dt { (name) } dd { (words(value)) } } }
        }
    }
}

fn words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Array(list) => list.iter().map(words).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_wrote_never_becomes_a_part_of_the_page() {
        let entry_of = Entry::new().with("words", "<script>alert(1)</script>").with("and", vec!["one", "two"]);
        let chapters = vec![Chapter { title: "Notes", parts: vec![Part::new("All", vec![entry_of])] }];
        let archive = Archive { person: "Ana <b>".into(), program: "P".into(), made_on: "2026-03-01".into(), chapters };
        let page = page(&archive).into_string();
        assert!(!page.contains("<script") && !page.contains("<b>") && !page.contains("src="));
        assert!(page.contains("&lt;script&gt;") && page.contains("one, two"));
    }
}
