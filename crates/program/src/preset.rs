//! The preset: a whole program as data. Read once, from files that are in the binary.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

use include_dir::{Dir, include_dir};
use maud::{Markup, PreEscaped};
use serde::{Deserialize, de::DeserializeOwned};

static FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/preset/association");

/// The name under which the program keeps which preset it was begun from.
pub const KEY: &str = "association";
pub const TITLE: &str = "Association mentoring, 10 months";

/// A file of the preset as text; `None` where there is none of that name.
pub fn file(path: &str) -> Option<&'static str> {
    FILES.get_file(path)?.contents_utf8()
}

/// Names (without ending) of the files in a folder of the preset, in order.
pub fn names(folder: &str) -> Vec<&'static str> {
    let mut names: Vec<_> = FILES
        .get_dir(folder)
        .into_iter()
        .flat_map(|dir| dir.files())
        .filter_map(|file| file.path().file_stem()?.to_str())
        .collect();
    names.sort_unstable();
    names
}

/// A letter's default text: its subject on the first line, then its body.
pub fn letter(name: &str) -> Option<(&'static str, &'static str)> {
    let (subject, body) = file(&format!("letters/{name}.txt"))?.split_once('\n')?;
    Some((subject.trim(), body.trim()))
}

/// A file of the preset read as TOML. The files are part of the binary and a test reads
/// each of them, so what cannot be read is a fault of ours and shows in every test.
pub fn toml<T: DeserializeOwned>(path: &str) -> Result<T, String> {
    let text = file(path).ok_or_else(|| format!("the preset has no {path}"))?;
    toml::from_str(text).map_err(|error| format!("{path}: {error}"))
}

/// A text in Markdown with a few facts before it.
#[derive(Clone, Debug)]
pub struct Text {
    pub name: &'static str,
    pub facts: Arc<BTreeMap<String, toml::Value>>,
    pub body: &'static str,
}

impl Text {
    pub fn fact(&self, name: &str) -> &str {
        self.facts.get(name).and_then(toml::Value::as_str).unwrap_or_default()
    }

    pub fn number(&self, name: &str) -> i64 {
        self.facts.get(name).and_then(toml::Value::as_integer).unwrap_or_default()
    }
}

/// Each text is read once, for pages that show a dozen of them.
static TEXTS: LazyLock<BTreeMap<(&str, &str), Text>> = LazyLock::new(|| {
    let folders = ["lessons", "guides", "pages", "texts"];
    let names = folders.into_iter().flat_map(|folder| names(folder).into_iter().map(move |name| (folder, name)));
    names.filter_map(|(folder, name)| Some(((folder, name), read_text(folder, name)?))).collect()
});

/// All texts of a folder (`lessons`, `guides`, `pages`, `texts`), in the order of their names.
pub fn texts(folder: &str) -> Vec<Text> {
    names(folder).into_iter().filter_map(|name| text(folder, name)).collect()
}

pub fn text(folder: &str, name: &str) -> Option<Text> {
    TEXTS.get(&(folder, name)).cloned()
}

fn read_text(folder: &str, name: &'static str) -> Option<Text> {
    let whole = file(&format!("{folder}/{name}.md"))?;
    let (facts, body) = match whole.strip_prefix("+++").and_then(|rest| rest.split_once("\n+++")) {
        Some((facts, body)) => (toml::from_str(facts).unwrap_or_default(), body),
        None => (BTreeMap::new(), whole),
    };
    Some(Text { name, facts: Arc::new(facts), body: body.trim() })
}

/// Markdown as a page shows it. HTML inside it is shown as text, never as HTML; a link leads
/// to a page or to an address of mail, and pictures are their words alone.
pub fn markdown(text: &str) -> Markup {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};
    let mut is_shown = true;
    let events = Parser::new_ext(text, Options::ENABLE_TABLES).filter_map(|event| match event {
        Event::Html(html) | Event::InlineHtml(html) => Some(Event::Text(html)),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        Event::Start(Tag::Link { ref dest_url, .. }) => {
            is_shown = leads_to_a_page(dest_url);
            is_shown.then_some(event)
        }
        Event::End(TagEnd::Link) => is_shown.then_some(event),
        other => Some(other),
    });
    let mut out = String::new();
    html::push_html(&mut out, events);
    PreEscaped(out)
}

/// `javascript:` and `data:` bring a page along, and `//` leaves the house unseen.
fn leads_to_a_page(address: &str) -> bool {
    let ours = !address.starts_with("//") && !address.contains([':', '\\']);
    ours || ["https://", "http://", "mailto:"].iter().any(|it| address.starts_with(it))
}

/// Puts values into a text's `{{names}}`. A name without a value stays visible as a blank.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    // Most labels of a form name nothing, and a form has hundreds of them.
    if !text.contains("{{") {
        return text.to_owned();
    }
    values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{{{name}}}}}"), value))
}

#[derive(Deserialize)]
struct Lists {
    #[serde(default)]
    list: Vec<List>,
}

#[derive(Deserialize)]
struct List {
    key: String,
    options: Vec<String>,
}

static LISTS: LazyLock<Vec<List>> =
    LazyLock::new(|| toml::<Lists>("preset.toml").map(|it| it.list).unwrap_or_default());

/// A list that fields choose from: `topics`, `organisations`, `channels` …
pub fn list(key: &str) -> &'static [String] {
    LISTS.iter().find(|list| list.key == key).map_or(&[], |list| &list.options)
}

#[cfg(test)]
mod tests {
    use super::*;

    // V-05
    #[test]
    fn a_link_in_a_text_leads_to_a_page_and_a_picture_is_its_words() {
        for address in ["mentees", "/calendar.ics", "#part", "https://example.org/?a=b:c", "mailto:office@example.org"]
        {
            let shown = markdown(&format!("[words]({address})")).into_string();
            assert!(shown.contains(&format!("<a href=\"{address}\">words</a>")), "{shown}");
        }
        for address in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\\script:x",
            "&#106;avascript:x",
            "data:text/html,x",
            "vbscript:x",
            "blob:x",
            "//evil.example",
            "/\\\\evil.example",
        ] {
            for text in
                [format!("[words]({address})"), format!("<{address}>"), format!("[words]\n\n[words]: {address}")]
            {
                let shown = markdown(&text).into_string();
                assert!(!shown.contains("href"), "{text}: {shown}");
            }
        }
        let shown = markdown("![words](https://example.org/a.png) <b onclick=x>").into_string();
        assert!(shown.contains("words") && !shown.contains("<img") && !shown.contains("<b "), "{shown}");
    }

    // SET9: the preset is data in the repo, and all of it can be read.
    #[test]
    fn every_file_of_the_preset_can_be_read() {
        for folder in ["forms", "surveys"] {
            for name in names(folder) {
                toml::<toml::Table>(&format!("{folder}/{name}.toml")).unwrap();
            }
        }
        for file in ["preset.toml", "dates.toml", "reports.toml"] {
            toml::<toml::Table>(file).unwrap();
        }
        for name in names("letters") {
            let (subject, body) = letter(name).unwrap();
            assert!(!subject.is_empty() && body.len() > 40, "{name}");
            assert!(body.split_whitespace().count() <= 160, "{name} is too long for a letter");
        }
        for folder in ["lessons", "guides", "pages"] {
            for text in texts(folder) {
                assert!(!text.body.is_empty() && !text.facts.is_empty(), "{folder}/{}", text.name);
            }
        }
    }

    #[test]
    fn the_preset_is_whole() {
        assert_eq!(list("topics").len(), 31);
        assert!(names("letters").len() >= 50, "{}", names("letters").len());
        assert_eq!(texts("lessons").iter().filter(|it| it.name != "liaison").count(), 8);
        assert!(names("guides").len() >= 12);
        assert!(names("pages").len() >= 8);
    }

    #[test]
    fn html_in_a_text_is_shown_and_not_obeyed() {
        assert!(!markdown("<script>x</script>").into_string().contains("<script>"));
    }
}
