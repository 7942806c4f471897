//! What the chair sees of something that is there for everyone, or could be.

use maud::{Markup, html};

use crate::pieces::{Style, Tone, actions, note, post_button};

/// Something that is published with one act and taken back with another.
pub struct Publication<'a> {
    /// Where it is published; it is taken back at `/end` below.
    pub act: &'a str,
    /// Where everyone reads it.
    pub open: &'a str,
    /// Since which day it is published, in words; nothing where it is not.
    pub since: Option<&'a str>,
    /// What is published, in a word: "results".
    pub what: &'a str,
}

/// Whether it is published and who reads it then, what is said besides, and the act.
pub fn publication(it: &Publication, besides: Markup) -> Markup {
    const BACK: &str = "You can take it back at any time; copies that others made stay with them.";
    html! {
        @if let Some(day) = it.since {
            (note(Tone::Good, html! { p { "Published since " (day) " at " a href=(it.open) { (it.open) } ". " (BACK) } }))
        } @else {
            p { strong { "Who will be able to read it: " } "Everyone who took part, and anyone who has the address." }
        }
        (besides)
        @if it.since.is_some() {
            (actions(post_button(&format!("{}/end", it.act), &format!("Take the {} back", it.what), &[], Style::Quiet)))
        } @else {
            p.hint { "Below stands all that they will see. " (BACK) }
            (actions(post_button(it.act, &format!("Publish these {}", it.what), &[], Style::Main)))
        }
    }
}
