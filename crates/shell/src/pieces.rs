use crate::icons::{icon, leaves};
use maud::{Markup, html};

/// The mood of a message. Colour never says it alone: an icon goes with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Info,
    Good,
    Warn,
    Bad,
    /// Says nothing but the words.
    Plain,
}

impl Tone {
    pub(crate) fn class(self) -> &'static str {
        match self {
            Tone::Info => "info",
            Tone::Good => "good",
            Tone::Warn => "warn",
            Tone::Bad => "bad",
            Tone::Plain => "plain",
        }
    }

    fn icon(self) -> &'static str {
        match self {
            Tone::Info | Tone::Plain => "info",
            Tone::Good => "good",
            Tone::Warn => "warn",
            Tone::Bad => "bad",
        }
    }
}

/// How loud a button is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Main,
    Quiet,
    /// For what is hard to take back.
    Danger,
}

pub fn page_head(title: &str, lead: &str) -> Markup {
    html! {
        header.page-head { div { h1 { (title) } @if !lead.is_empty() { p.lead { (lead) } } } }
    }
}

/// A head with something beside it: a button, a badge.
pub fn page_head_with(title: &str, lead: &str, aside: Markup) -> Markup {
    html! {
        header.page-head {
            div { h1 { (title) } @if !lead.is_empty() { p.lead { (lead) } } }
            div.aside { (aside) }
        }
    }
}

pub fn card(title: &str, body: Markup) -> Markup {
    html! { section.card { h2 { (title) } (body) } }
}

pub fn card_plain(body: Markup) -> Markup {
    html! { div.card { (body) } }
}

/// Cards side by side where there is room.
pub fn cards(body: Markup) -> Markup {
    html! { div.cards { (body) } }
}

/// The main thing, and beside it what goes with it.
pub fn columns(main: Markup, beside: Markup) -> Markup {
    html! { div.columns { div.stack { (main) } div.stack { (beside) } } }
}

/// A narrow sheet in the middle, for signing in and short forms.
pub fn sheet(body: Markup) -> Markup {
    html! { div.sheet { (body) } }
}

pub fn note(tone: Tone, words: Markup) -> Markup {
    html! { div class={ "note " (tone.class()) } { (icon(tone.icon())) div { (words) } } }
}

/// Sends the form it stands in.
pub fn button(words: &str) -> Markup {
    html! { button.button type="submit" { (words) } }
}

pub fn button_quiet(words: &str) -> Markup {
    html! { button.button.quiet type="submit" { (words) } }
}

/// One of several buttons of a form, each with an address of its own. Whom it is for is said
/// to those who cannot see what it stands beside.
pub fn button_quiet_to(action: &str, words: &str, whom: &str) -> Markup {
    html! { button.button.quiet type="submit" formaction=(action) { (words) span.vh { ": " (whom) } } }
}

pub fn link_button(href: &str, words: &str) -> Markup {
    html! { a.button href=(href) { (words) } }
}

pub fn link_quiet(href: &str, words: &str) -> Markup {
    html! { a.button.quiet href=(href) { (words) } }
}

/// A form of one button.
pub fn post_button(action: &str, words: &str, values: &[(&str, &str)], style: Style) -> Markup {
    post_button_for(action, words, "", values, style)
}

/// A button in a list: whom it is for is said to those who cannot see what it stands beside.
pub fn post_button_for(action: &str, words: &str, whom: &str, values: &[(&str, &str)], style: Style) -> Markup {
    let class = match style {
        Style::Main => "button",
        Style::Quiet => "button quiet",
        Style::Danger => "button danger",
    };
    html! {
        form.inline method="post" action=(action) {
            @for (name, value) in values { input type="hidden" name=(name) value=(value); }
            button class=(class) type="submit" {
                (words)
                @if !whom.is_empty() { span.vh { ": " (whom) } }
            }
        }
    }
}

/// What a stranger sees first, on a calm ground.
pub fn hero(body: Markup) -> Markup {
    html! { div.hero { (leaves()) (body) } }
}

/// Buttons in a row that wraps.
pub fn actions(buttons: Markup) -> Markup {
    html! { div.actions { (buttons) } }
}

/// Copies a text; without script it is not there, as the text itself is.
pub fn copy_button(text: &str, words: &str) -> Markup {
    html! {
        button.button.quiet type="button" data-copy=(text) hidden {
            (icon("link")) span { (words) }
        }
    }
}

pub fn badge(tone: Tone, words: &str) -> Markup {
    html! {
        span class={ "badge " (tone.class()) } {
            @if tone != Tone::Plain { (icon(tone.icon())) }
            (words)
        }
    }
}

pub fn empty_state(title: &str, words: &str, action: Option<(&str, &str)>) -> Markup {
    html! {
        div.empty {
            svg.picture viewBox="0 0 96 64" aria-hidden="true" focusable="false" {
                path.leaf-a d="M46 8a24 24 0 0 0 0 48z" {}
                path.leaf-b d="M50 8a24 24 0 0 1 0 48z" {}
            }
            h2 { (title) }
            p { (words) }
            @if let Some((href, words)) = action { (link_button(href, words)) }
        }
    }
}

/// Large figures in a row: figure, words.
pub fn figures(figures: &[(&str, &str)]) -> Markup {
    html! {
        dl.figures {
            @for (figure, words) in figures { div { dt { (words) } dd { (figure) } } }
        }
    }
}

/// Words that stay on one line, such as a day in a table.
pub fn unbroken(words: &str) -> Markup {
    html! { span.unbroken { (words) } }
}

/// Text of the committee's own, already turned from Markdown into markup.
pub fn prose(text: Markup) -> Markup {
    html! { div.prose { (text) } }
}

/// Who can read what is written here.
pub fn readers_line(words: &str) -> Markup {
    html! { p.readers { (icon("eye")) span { (words) } } }
}

/// Where the list of who has read a record stands on `/me/readings`.
pub fn readings_anchor(record: &str, about: Option<&str>) -> String {
    about.map_or_else(|| record.replace(' ', "-"), |about| format!("r-{about}"))
}

/// The line under a record of one's own that leads to who has read it.
pub fn who_has_read(record: &str, about: Option<&str>) -> Markup {
    html! { p.hint { a href={ "/me/readings#" (readings_anchor(record, about)) } { "Who has read this?" } } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_people_are_escaped() {
        let name = "<b>Ana</b> & \"Co\"";
        let drawn = [
            page_head(name, name).0,
            card(name, html! {}).0,
            badge(Tone::Good, name).0,
            empty_state(name, name, Some(("/x\"y", name))).0,
            post_button("/x", name, &[("a", name)], Style::Main).0,
            readers_line(name).0,
        ];
        for markup in drawn {
            assert!(!markup.contains("<b>"), "{markup}");
            assert!(markup.contains("&lt;b&gt;Ana"), "{markup}");
        }
    }

    #[test]
    fn a_button_that_changes_something_posts() {
        let drawn = post_button("/duos/7/end", "End", &[("reason", "moved")], Style::Danger).0;
        assert!(drawn.contains("method=\"post\" action=\"/duos/7/end\""));
        assert!(drawn.contains("name=\"reason\" value=\"moved\""));
        assert!(drawn.contains("button danger"));
    }

    #[test]
    fn a_button_in_a_list_names_whom_it_is_for() {
        let drawn = post_button_for("/wishes", "Move up", "Ana <i>Ruiz", &[], Style::Quiet).0;
        assert!(drawn.contains("Move up<span class=\"vh\">: Ana &lt;i&gt;Ruiz</span>"), "{drawn}");
    }

    #[test]
    fn a_badge_does_not_speak_by_colour_alone() {
        assert!(badge(Tone::Warn, "Quiet").0.contains("#warn"));
        assert!(!badge(Tone::Plain, "Draft").0.contains("<svg"));
    }
}
