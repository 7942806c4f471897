use crate::assets::version;
use maud::{Markup, html};

/// The names in the sprite.
pub const ICONS: &[&str] = &[
    "alumni", "arrow", "back", "bad", "bell", "book", "bubble", "calendar", "chart", "check", "clock", "close", "down",
    "download", "duo", "edit", "eye", "file", "filter", "flag", "gear", "good", "heart", "help", "home", "info", "key",
    "letter", "link", "list", "lock", "menu", "moon", "notebook", "out", "people", "person", "place", "plus", "print",
    "search", "shield", "star", "sun", "target", "topic", "upload", "warn", "work",
];

/// A picture beside words; never alone, so it is hidden from screen readers.
pub fn icon(name: &str) -> Markup {
    debug_assert!(ICONS.contains(&name), "no icon {name:?}, only {ICONS:?}");
    html! {
        svg.icon aria-hidden="true" focusable="false" {
            use href={ "/static/icons.svg?v=" (version()) "#" (name) } {}
        }
    }
}

/// Two leaves of one work, set a little apart.
pub fn logo() -> Markup {
    html! {
        svg.logo viewBox="0 0 32 32" aria-hidden="true" focusable="false" {
            path.leaf-a d="M15 3.5a11 11 0 0 0 0 22z" {}
            path.leaf-b d="M17 6.5a11 11 0 0 1 0 22z" {}
        }
    }
}

/// The same two leaves, large and faint behind a text.
pub(crate) fn leaves() -> Markup {
    html! {
        svg.leaves viewBox="0 0 32 32" aria-hidden="true" focusable="false" {
            path.leaf-a d="M15 3.5a11 11 0 0 0 0 22z" {}
            path.leaf-b d="M17 6.5a11 11 0 0 1 0 22z" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_in_the_sprite_and_every_picture_has_a_name() {
        let sprite = include_str!("../assets/icons.svg");
        for name in ICONS {
            assert!(sprite.contains(&format!("id=\"{name}\"")), "{name}");
        }
        assert_eq!(sprite.matches("<symbol ").count(), ICONS.len());
    }
}
