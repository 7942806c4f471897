//! What is known of a mentee and a mentor. Whatever is left out is unknown, and unknown counts neither for nor
//! against anybody.

use serde::{Deserialize, Serialize};

/// The six working-style pairs, each answered from 1 (the left) to 5 (the right), as (left, right).
pub const STYLE_PAIRS: [(&str, &str); 6] = [
    ("planning ahead", "seeing what comes"),
    ("direct feedback", "gentle feedback"),
    ("talking it through", "thinking first"),
    ("the big picture", "the details"),
    ("being challenged", "being encouraged"),
    ("keeping strictly to work", "talking about life around work too"),
];

/// Answers to [`STYLE_PAIRS`]. The fifth is the mentee's wish and the mentor's habit.
pub type Style = [Option<u8>; 6];

/// Hours are counted from Monday 00:00 UTC, so people in any time zone are compared alike.
pub const HOURS_IN_A_WEEK: u8 = 168;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mentee {
    /// Unique among mentees. The same id in both pools is the same person, who is never paired with himself.
    pub id: String,
    /// For the reasons in words; the id serves where it is empty.
    #[serde(default)]
    pub name: String,
    /// Topics of the goals, most important first; the first counts double.
    #[serde(default)]
    pub goals: Vec<String>,
    /// Kinds of organisation aimed at, not the present one.
    #[serde(default)]
    pub kinds_wanted: Vec<String>,
    /// Answers to the six working-style pairs, 1 to 5.
    #[serde(default)]
    pub style: Style,
    /// Ways to meet: video, phone, in person, …
    #[serde(default)]
    pub channels: Vec<String>,
    /// Meetings wanted a month, 1 to 31.
    #[serde(default)]
    pub meetings_a_month: Option<u8>,
    /// Free hours of the week, 0 to 167, Monday 00:00 UTC being 0.
    #[serde(default)]
    pub hours: Vec<u8>,
    /// From wide to narrow: country, region, town.
    #[serde(default)]
    pub place: Vec<String>,
    /// Events the person will be at.
    #[serde(default)]
    pub events: Vec<String>,
    /// The association's key of the employer or school.
    #[serde(default)]
    pub employer: Option<String>,
    /// The domain of the work address; leave out the domains of public mail providers, which say nothing.
    #[serde(default)]
    pub mail_domain: Option<String>,
    /// Ids of people who supervise or evaluate this one, or did in the last two years.
    #[serde(default)]
    pub supervised_by: Vec<String>,
    /// Ids, names or employer keys of those this person asked not to be paired with.
    #[serde(default)]
    pub not_with: Vec<String>,
    /// Ids of earlier partners.
    #[serde(default)]
    pub past_partners: Vec<String>,
    /// The part that matters most to this person: its weight is doubled.
    #[serde(default)]
    pub matters_most: Option<crate::PartKey>,
    /// Was left without a mentor in an earlier cohort, which earns the full points for rotation.
    #[serde(default)]
    pub left_out_before: bool,
    /// Ids of mentors, most wanted first. Ids of nobody in the pool are passed over.
    #[serde(default)]
    pub ranked: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mentor {
    /// Unique among mentors.
    pub id: String,
    #[serde(default)]
    pub name: String,
    /// Topics named as strengths.
    #[serde(default)]
    pub strong_topics: Vec<String>,
    /// Other topics this person can help with.
    #[serde(default)]
    pub topics: Vec<String>,
    /// Kinds of organisation worked in, now or before.
    #[serde(default)]
    pub kinds_had: Vec<String>,
    #[serde(default)]
    pub style: Style,
    #[serde(default)]
    pub channels: Vec<String>,
    #[serde(default)]
    pub meetings_a_month: Option<u8>,
    #[serde(default)]
    pub hours: Vec<u8>,
    #[serde(default)]
    pub place: Vec<String>,
    #[serde(default)]
    pub events: Vec<String>,
    /// In how many cohorts this person was a mentor before; newer mentors get a small lift.
    #[serde(default)]
    pub cohorts_before: Option<u8>,
    #[serde(default)]
    pub employer: Option<String>,
    #[serde(default)]
    pub mail_domain: Option<String>,
    #[serde(default)]
    pub supervised_by: Vec<String>,
    #[serde(default)]
    pub not_with: Vec<String>,
    #[serde(default)]
    pub past_partners: Vec<String>,
    /// How many mentees this person takes. Nought is a mentor on pause.
    #[serde(default = "one")]
    pub capacity: u32,
    /// Ids of mentees, most wanted first.
    #[serde(default)]
    pub ranked: Vec<String>,
}

impl Default for Mentor {
    fn default() -> Self {
        Mentor {
            id: String::new(),
            name: String::new(),
            strong_topics: Vec::new(),
            topics: Vec::new(),
            kinds_had: Vec::new(),
            style: Style::default(),
            channels: Vec::new(),
            meetings_a_month: None,
            hours: Vec::new(),
            place: Vec::new(),
            events: Vec::new(),
            cohorts_before: None,
            employer: None,
            mail_domain: None,
            supervised_by: Vec::new(),
            not_with: Vec::new(),
            past_partners: Vec::new(),
            capacity: 1,
            ranked: Vec::new(),
        }
    }
}

impl Mentee {
    pub(crate) fn called(&self) -> &str {
        called(&self.name, &self.id)
    }
}

impl Mentor {
    pub(crate) fn called(&self) -> &str {
        called(&self.name, &self.id)
    }
}

/// Whether two keys or names are the same, whatever their capitals and the spaces around and between words.
pub(crate) fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.trim(), b.trim());
    // Nearly all keys are answered here; a plan compares millions of them.
    if a.eq_ignore_ascii_case(b) {
        return true;
    }
    let differ = |a: Option<&u8>, b: Option<&u8>| match (a, b) {
        (Some(a), Some(b)) => a.is_ascii() && b.is_ascii() && !a.eq_ignore_ascii_case(b),
        _ => false,
    };
    let (one, other) = (a.as_bytes(), b.as_bytes());
    if differ(one.first(), other.first()) || differ(one.last(), other.last()) {
        return false;
    }
    let simple = |text: &str| text.is_ascii() && !text.contains("  ") && !text.contains(char::is_control);
    if simple(a) && simple(b) {
        return false;
    }
    plain(a).eq(plain(b))
}

/// The one way of writing that all the same keys and names share.
pub(crate) fn plainly(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    // Ids and the preset's topics are written like that already.
    if text.bytes().all(is_plain) { text.to_string() } else { plain(text).collect() }
}

/// Words in small letters with one space between.
fn plain(text: &str) -> impl Iterator<Item = char> + '_ {
    text.split_whitespace().enumerate().flat_map(|(at, word)| {
        let space = (at > 0).then_some(' ');
        space.into_iter().chain(word.chars().flat_map(char::to_lowercase))
    })
}

/// Whether the list names this key.
pub(crate) fn lists(list: &[String], key: &str) -> bool {
    list.iter().any(|entry| same(entry, key))
}

pub(crate) fn called<'a>(name: &'a str, id: &'a str) -> &'a str {
    if name.trim().is_empty() { id } else { name }
}

fn one() -> u32 {
    1
}

#[cfg(test)]
mod tests {
    use super::same;
    use proptest::prelude::*;

    #[test]
    fn capitals_and_spaces_make_no_difference_in_any_script() {
        for (a, b) in [("Li Chen", " li  CHEN"), ("Émile", "éMILE "), ("a\tb", "A b"), ("", " ")] {
            assert!(same(a, b), "{a:?} {b:?}");
        }
        for (a, b) in [("li chen", "lichen"), ("a", ""), ("emile", "émile")] {
            assert!(!same(a, b), "{a:?} {b:?}");
        }
    }

    proptest! {
        #[test]
        fn the_short_way_and_the_long_way_agree(a in "[aAbBé1 \t-]{0,5}", b in "[aAbBé1 \t-]{0,5}") {
            prop_assert_eq!(same(&a, &b), super::plain(&a).eq(super::plain(&b)));
            prop_assert_eq!(same(&a, &b), super::plainly(&a) == super::plainly(&b));
        }
    }
}
