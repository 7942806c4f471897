//! What several kinds of fields choose from: free hours, working styles, time zones.

use std::sync::LazyLock;

use program::preset;
use serde::Deserialize;

pub const WEEKDAYS: [(&str, &str); 7] = [
    ("mon", "Monday"),
    ("tue", "Tuesday"),
    ("wed", "Wednesday"),
    ("thu", "Thursday"),
    ("fri", "Friday"),
    ("sat", "Saturday"),
    ("sun", "Sunday"),
];

pub const DAY_PARTS: [(&str, &str); 3] = [("am", "morning"), ("mid", "midday"), ("eve", "evening")];

/// Zones offered by name; any other of the world's can be typed beside them.
pub(crate) const ZONES: [(&str, &str); 24] = [
    ("America/New_York", "New York (Eastern)"),
    ("America/Chicago", "Chicago (Central)"),
    ("America/Denver", "Denver (Mountain)"),
    ("America/Phoenix", "Phoenix (no summer time)"),
    ("America/Los_Angeles", "Los Angeles (Pacific)"),
    ("America/Anchorage", "Anchorage (Alaska)"),
    ("Pacific/Honolulu", "Honolulu (Hawaii)"),
    ("America/Puerto_Rico", "Puerto Rico (Atlantic)"),
    ("America/Halifax", "Halifax (Atlantic Canada)"),
    ("America/Mexico_City", "Mexico City"),
    ("America/Sao_Paulo", "São Paulo"),
    ("Europe/London", "London"),
    ("Europe/Berlin", "Berlin, Paris, Rome"),
    ("Europe/Athens", "Athens, Helsinki"),
    ("Africa/Lagos", "Lagos"),
    ("Africa/Johannesburg", "Johannesburg"),
    ("Africa/Nairobi", "Nairobi"),
    ("Asia/Dubai", "Dubai"),
    ("Asia/Kolkata", "India"),
    ("Asia/Shanghai", "Shanghai"),
    ("Asia/Singapore", "Singapore, Manila"),
    ("Asia/Tokyo", "Tokyo, Seoul"),
    ("Australia/Sydney", "Sydney"),
    ("Pacific/Auckland", "Auckland"),
];

/// A zone as people know it.
pub fn zone_words(zone: &str) -> String {
    let known = ZONES.iter().find(|(name, _)| *name == zone).map(|(_, words)| (*words).to_owned());
    known.unwrap_or_else(|| zone.replace('_', " "))
}

pub(crate) fn is_zone(name: &str) -> bool {
    jiff::tz::TimeZone::get(name).is_ok()
}

#[derive(Default, Deserialize)]
struct Preset {
    styles: Styles,
}

#[derive(Default, Deserialize)]
struct Styles {
    pairs: Vec<[String; 2]>,
}

static PAIRS: LazyLock<Vec<[String; 2]>> =
    LazyLock::new(|| preset::toml::<Preset>("preset.toml").map(|it| it.styles.pairs).unwrap_or_default());

/// The working-style pairs, left end and right end.
pub fn style_pairs() -> &'static [[String; 2]] {
    &PAIRS
}

pub(crate) fn is_free_hour(text: &str) -> bool {
    text.split_once('-').is_some_and(|(day, part)| {
        WEEKDAYS.iter().any(|(key, _)| *key == day) && DAY_PARTS.iter().any(|(key, _)| *key == part)
    })
}

/// `mon-am` as "Monday morning".
pub fn grid_words(hour: &str) -> String {
    let word = |list: &[(&str, &'static str)], key: &str| list.iter().find(|(it, _)| *it == key).map(|(_, it)| *it);
    let words = hour
        .split_once('-')
        .and_then(|(day, part)| Some(format!("{} {}", word(&WEEKDAYS, day)?, word(&DAY_PARTS, part)?)));
    words.unwrap_or_else(|| hour.to_owned())
}
