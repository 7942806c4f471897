use crate::assets::{integrity, version};
use crate::icons::{icon, logo};
use crate::people::avatar;
use maud::{DOCTYPE, Markup, html};

/// How many ways the bottom bar of a phone has room for; where there are more, the last
/// of them opens the rest.
const BAR: usize = 5;

/// Everything around a page.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    pub title: String,
    /// The program's name.
    pub brand: String,
    /// Whose program it is; empty for none.
    pub brand_line: String,
    /// Where this page is, with its query: marks the current way and is where
    /// the theme form returns to.
    pub path: String,
    pub lang: String,
    /// Empty for the device's own, or `light` or `dark`.
    pub theme: String,
    /// The name of who is signed in.
    pub person: Option<String>,
    /// What they are here, such as `Chair`.
    pub person_line: String,
    pub nav: Vec<NavItem>,
    /// Stands above everything, for the demo.
    pub banner: Option<Markup>,
    /// What just happened, said once.
    pub notice: Option<String>,
    pub wide: bool,
    /// Whether there is a program that the foot can lead to.
    pub has_program: bool,
    /// Puts `Error:` in front of the title, so that a screen reader says it first.
    pub has_faults: bool,
}

#[derive(Clone, Debug)]
pub struct NavItem {
    pub href: String,
    pub words: String,
    pub icon: &'static str,
}

pub fn page(frame: &Frame, body: Markup) -> Markup {
    let theme = (!frame.theme.is_empty()).then_some(frame.theme.as_str());
    html! {
        (DOCTYPE)
        html lang=(language(frame)) dir=[direction(frame)] data-theme=[theme] {
            (head(frame))
            body {
                a.skip href="#main" { "Skip to the content" }
                @if let Some(banner) = &frame.banner {
                    aside.banner aria-label="About this demo" { div.wrap { (banner) } }
                }
                (top_bar(frame))
                main #main .wrap .narrow[!frame.wide] tabindex="-1" {
                    @if let Some(words) = &frame.notice {
                        div.notice role="status" { (icon("good")) p { (words) } }
                    }
                    (body)
                }
                (foot(frame))
            }
        }
    }
}

fn head(frame: &Frame) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
            meta name="color-scheme" content="light dark";
            title {
                @if frame.has_faults { "Error: " }
                (frame.title)
                @if !frame.brand.is_empty() && frame.brand != frame.title { " – " (frame.brand) }
            }
            link rel="icon" type="image/svg+xml" href={ "/static/favicon.svg?v=" (version()) };
            link rel="stylesheet" href={ "/static/app.css?v=" (version()) } integrity=[integrity("app.css")];
            (script("app.js"))
        }
    }
}

fn top_bar(frame: &Frame) -> Markup {
    html! {
        header.top {
            div.wrap.first-row {
                a.brand href="/" {
                    (logo())
                    span {
                        span.name { (frame.brand) }
                        @if !frame.brand_line.is_empty() { span.line { (frame.brand_line) } }
                    }
                }
                div.end {
                    (theme_buttons(frame))
                    (menu(frame))
                }
            }
            @if !frame.nav.is_empty() {
                nav.ways aria-label="Main" {
                    ul.wrap role="list" {
                        @for (index, item) in frame.nav.iter().enumerate() {
                            li class=[(index >= bar(frame)).then_some("wide-only")] { (way(frame, item)) }
                        }
                        (rest_of_ways(frame))
                    }
                }
            }
        }
    }
}

/// How many ways stand in the bar itself.
fn bar(frame: &Frame) -> usize {
    if frame.nav.len() > BAR { BAR - 1 } else { BAR }
}

/// The ways that the bar of a phone has no room for, behind one that opens them.
fn rest_of_ways(frame: &Frame) -> Markup {
    let rest = frame.nav.get(bar(frame)..).unwrap_or_default();
    let is_here = rest.iter().any(|item| current_way(frame) == Some(item.href.as_str()));
    html! {
        @if !rest.is_empty() {
            li.narrow-only {
                details.menu.rest {
                    summary.here[is_here] { (icon("menu")) span { "More" } }
                    div.pop { @for item in rest { (way(frame, item)) } }
                }
            }
        }
    }
}

fn way(frame: &Frame, item: &NavItem) -> Markup {
    let current = current_way(frame) == Some(item.href.as_str());
    html! {
        a href=(item.href) aria-current=[current.then_some("page")] {
            (icon(item.icon)) span { (item.words) }
        }
    }
}

/// The way whose address is the longest beginning of the page's own.
fn current_way(frame: &Frame) -> Option<&str> {
    let path = frame.path.split(['?', '#']).next().unwrap_or_default();
    frame
        .nav
        .iter()
        .map(|item| item.href.as_str())
        .filter(|href| {
            path == *href || (*href != "/" && path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/')))
        })
        .max_by_key(|href| href.len())
}

/// Both buttons are in the page; the style sheet shows the one that changes
/// something, as only the browser knows the device's scheme.
fn theme_buttons(frame: &Frame) -> Markup {
    html! {
        form.theme method="post" action="/theme" {
            input type="hidden" name="back" value=(frame.path);
            button.round.to-dark name="theme" value="dark" title="Dark colours" {
                (icon("moon")) span.vh { "Dark colours" }
            }
            button.round.to-light name="theme" value="light" title="Light colours" {
                (icon("sun")) span.vh { "Light colours" }
            }
        }
    }
}

fn menu(frame: &Frame) -> Markup {
    html! {
        @if let Some(name) = &frame.person {
            details.menu {
                summary {
                    (avatar(name))
                    span.who { (name) }
                    span.vh { " – your menu" }
                    (icon("down"))
                }
                div.pop {
                    p.who { strong { (name) } @if !frame.person_line.is_empty() { (frame.person_line) } }
                    a href="/me" { (icon("person")) "My details" }
                    form method="post" action="/sign-out" {
                        button type="submit" { (icon("out")) "Sign out" }
                    }
                }
            }
        } @else {
            a.button.quiet.sign-in href="/sign-in" { "Sign in" }
        }
    }
}

fn foot(frame: &Frame) -> Markup {
    html! {
        footer.foot {
            div.wrap {
                p.imprint {
                    (logo())
                    span {
                        strong { (frame.brand) }
                        @if !frame.brand_line.is_empty() { ", " (frame.brand_line) }
                    }
                }
                @if frame.has_program {
                    nav aria-label="About" {
                        a href="/about" { "About the program" }
                        a href="/confidentiality" { "Who reads what" }
                        a href="/help" { "Help" }
                    }
                }
                form.theme.device method="post" action="/theme" {
                    input type="hidden" name="back" value=(frame.path);
                    button.as-link name="theme" value="" { "Use my device’s colours" }
                }
            }
        }
    }
}

fn language(frame: &Frame) -> &str {
    if frame.lang.is_empty() { "en" } else { &frame.lang }
}

fn direction(frame: &Frame) -> Option<&'static str> {
    let tongue = language(frame).split('-').next().unwrap_or_default();
    matches!(tongue, "ar" | "fa" | "he" | "ur").then_some("rtl")
}

/// A script of ours that only some pages need.
pub fn script(name: &str) -> Markup {
    html! { script src={ "/static/" (name) "?v=" (version()) } integrity=[integrity(name)] defer {} }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(path: &str) -> Frame {
        let way = |href: &str| NavItem { href: href.to_owned(), words: format!("Way to {href}"), icon: "home" };
        Frame {
            title: "Mentors".to_owned(),
            brand: "Mentoring".to_owned(),
            path: path.to_owned(),
            nav: ["/", "/duos", "/duos/mine", "/a", "/b", "/c", "/d"].map(way).to_vec(),
            ..Frame::default()
        }
    }

    #[test]
    fn the_longest_way_is_the_current_one() {
        let current = |path: &str| current_way(&frame(path)).map(str::to_owned);
        assert_eq!(current("/"), Some("/".to_owned()));
        assert_eq!(current("/duos/mine?page=2"), Some("/duos/mine".to_owned()));
        assert_eq!(current("/duos/7"), Some("/duos".to_owned()));
        assert_eq!(current("/duosomething"), None);
    }

    #[test]
    fn a_title_with_faults_says_so_first() {
        let mut frame = frame("/");
        assert!(page(&frame, html! {}).0.contains("<title>Mentors – Mentoring</title>"));
        frame.has_faults = true;
        assert!(page(&frame, html! {}).0.contains("<title>Error: Mentors – Mentoring</title>"));
    }

    #[test]
    fn who_is_signed_in_can_sign_out_and_a_stranger_can_sign_in() {
        let stranger = page(&frame("/"), html! {}).0;
        let signed_in = page(&Frame { person: Some("Ana <i>Ruiz</i>".to_owned()), ..frame("/") }, html! {}).0;
        assert!(stranger.contains("href=\"/sign-in\"") && !stranger.contains("/sign-out"));
        assert!(signed_in.contains("method=\"post\" action=\"/sign-out\""));
        assert!(signed_in.contains("Ana &lt;i&gt;Ruiz") && !signed_in.contains("<i>Ruiz"));
    }

    #[test]
    fn the_foot_leads_to_the_program_once_there_is_one() {
        assert!(!page(&frame("/"), html! {}).0.contains("href=\"/about\""));
        let drawn = page(&Frame { has_program: true, ..frame("/") }, html! {}).0;
        assert!(drawn.contains("href=\"/about\"") && drawn.contains("href=\"/help\""));
    }

    #[test]
    fn ways_beyond_those_of_the_bar_stand_behind_more_on_a_phone() {
        let frame = frame("/");
        let drawn = page(&frame, html! {}).0;
        let (bar, more) = drawn.split_once("<span>More</span>").unwrap();
        for (index, item) in frame.nav.iter().enumerate() {
            let words = format!("<span>{}</span>", item.words);
            assert_eq!(more.contains(&words), index >= BAR - 1, "{words}");
            assert!(bar.contains(&words), "{words} is there where there is room");
        }
        let few = Frame { nav: frame.nav.iter().take(BAR).cloned().collect(), ..frame };
        assert!(!page(&few, html! {}).0.contains("<span>More</span>"));
    }

    #[test]
    fn the_theme_form_comes_back_to_the_page() {
        let drawn = page(&frame("/mentors?text=a&page=2"), html! {}).0;
        assert!(drawn.contains("name=\"back\" value=\"/mentors?text=a&amp;page=2\""));
    }
}
