use crate::icons::icon;
use crate::pieces::{Tone, badge};
use maud::{Markup, html};

/// A card in the mentors' directory.
#[derive(Clone, Debug)]
pub struct Person<'a> {
    pub name: &'a str,
    pub role: &'a str,
    pub place: &'a str,
    /// A few sentences; the card shows the first lines.
    pub words: &'a str,
    pub topics: &'a [&'a str],
    pub badge: Option<(Tone, &'a str)>,
    /// Where there is more to read; empty where this is all.
    pub href: &'a str,
    /// What one can do from here: a button, or nothing.
    pub aside: Markup,
}

/// The letters of a name on a colour that stays with the name.
pub fn avatar(name: &str) -> Markup {
    html! { span class={ "avatar h" (hue(name)) } aria-hidden="true" { (initials(name)) } }
}

pub fn person_card(person: &Person) -> Markup {
    html! {
        article.person {
            header {
                (avatar(person.name))
                div {
                    h2 { @if person.href.is_empty() { (person.name) } @else { a href=(person.href) { (person.name) } } }
                    @if !person.role.is_empty() { p.role { (person.role) } }
                    @if !person.place.is_empty() {
                        p.place { (icon("place")) span { (person.place) } }
                    }
                }
            }
            @if !person.words.is_empty() { p.words { (person.words) } }
            @if !person.topics.is_empty() {
                ul.topics role="list" aria-label="Topics" {
                    @for topic in person.topics { li { (topic) } }
                }
            }
            @if person.badge.is_some() || !person.aside.0.is_empty() {
                footer {
                    @if let Some((tone, words)) = person.badge { (badge(tone, words)) }
                    (person.aside)
                }
            }
        }
    }
}

/// The grid the cards of people stand in.
pub fn people(cards: Markup) -> Markup {
    html! { div.people { (cards) } }
}

/// A panel of filters beside what they leave. With script the results follow
/// the fields at once; without it the button sends them.
pub fn filters(action: &str, fields: Markup, results: Markup) -> Markup {
    html! {
        div.split {
            details.filters {
                summary { (icon("filter")) "Search and filter" (icon("down")) }
                form method="get" action=(action) role="search" data-live {
                    (fields)
                    div.actions {
                        button.button type="submit" { "Show" }
                        a.button.quiet href=(action) { "Clear" }
                    }
                }
            }
            div #results { (results) }
        }
        (crate::frame::script("filters.js"))
    }
}

/// The same where whom somebody looks for stands in no address.
pub fn filters_by_post(action: &str, fields: Markup, results: Markup) -> Markup {
    html! {
        div.split {
            details.filters {
                summary { (icon("filter")) "Search and filter" (icon("down")) }
                form method="post" action=(action) role="search" {
                    (fields)
                    div.actions {
                        button.button type="submit" { "Show" }
                        a.button.quiet href=(action) { "Clear" }
                    }
                }
            }
            div #results { (results) }
        }
    }
}

fn initials(name: &str) -> String {
    let mut words = name
        .split_whitespace()
        .filter(|word| !word.ends_with('.'))
        .filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()));
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

fn hue(name: &str) -> u32 {
    name.chars().fold(7, |sum: u32, letter| sum.wrapping_mul(31).wrapping_add(u32::from(letter))) % 9
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_the_first_and_the_last_name() {
        assert_eq!(initials("Ana María Ruiz"), "AR");
        assert_eq!(initials("Dr. Chen Nakamura"), "CN");
        assert_eq!(initials("Ødegård"), "Ø");
        assert_eq!(initials("  "), "");
        assert_eq!(initials("<script> x"), "SX");
    }

    #[test]
    fn a_name_keeps_its_colour() {
        assert_eq!(hue("Ana Ruiz"), hue("Ana Ruiz"));
        assert!(hue("Zoë") < 9);
    }

    #[test]
    fn a_card_escapes_what_people_wrote() {
        let drawn = person_card(&Person {
            name: "<img src=x>",
            role: "<u>",
            place: "<u>",
            words: "<u>",
            topics: &["<u>"],
            badge: Some((Tone::Good, "<u>")),
            href: "/mentors/1",
            aside: html! {},
        })
        .0;
        assert!(!drawn.contains("<img") && !drawn.contains("<u>"));
    }

    #[test]
    fn the_filters_work_as_a_plain_form() {
        let drawn = filters("/mentors", html! { "fields" }, html! { "rows" }).0;
        assert!(drawn.contains("method=\"get\" action=\"/mentors\""));
        assert!(drawn.contains("type=\"submit\""));
        assert!(drawn.contains("<div id=\"results\">rows</div>"));
    }
}
