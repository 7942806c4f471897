//! One cell of a member list: a day, a year, a standing.

use jiff::civil::{Date, date};

/// A day in one of the ways offices write it: 2026-06-25, 25.06.2026, 06/25/2026.
/// With slashes the month comes first, unless it cannot be one.
pub fn day(cell: &str) -> Option<Date> {
    let cell = cell.trim();
    let cell = cell.split(['T', ' ']).next().unwrap_or(cell);
    if let Some((day, month, year)) = three(cell, '.') {
        return make(year, month, day);
    }
    if let Some((first, second, year)) = three(cell, '/') {
        return make(year, first, second).or_else(|| make(year, second, first));
    }
    three(cell, '-').and_then(|(year, month, day)| make(year, month, day))
}

/// The year of a day, or a year alone.
pub fn year(cell: &str) -> Option<i64> {
    let year = match cell.trim().parse::<i64>() {
        Ok(year) => year,
        Err(_) => i64::from(day(cell)?.year()),
    };
    (1900..=2100).contains(&year).then_some(year)
}

const GOOD: &[&str] = &[
    "good",
    "good standing",
    "in good standing",
    "active",
    "current",
    "member",
    "paid",
    "yes",
    "y",
    "ok",
    "regular",
    "full",
    "student",
    "retired",
    "life",
    "lifetime",
    "honorary",
    "1",
    "true",
];
const LAPSED: &[&str] = &[
    "lapsed",
    "expired",
    "inactive",
    "former",
    "unpaid",
    "overdue",
    "suspended",
    "cancelled",
    "canceled",
    "resigned",
    "terminated",
    "deceased",
    "not current",
    "not active",
    "no",
    "n",
    "0",
    "false",
];

/// Whether a standing in the office's words is a good one; `None` where we do not know the words.
pub fn is_good(cell: &str) -> Option<bool> {
    let words = platform::folding::folded(cell);
    let words = words.strip_suffix(" member").unwrap_or(&words);
    if GOOD.contains(&words) {
        return Some(true);
    }
    LAPSED.contains(&words).then_some(false)
}

/// The standing a word resembles, for somebody who mistyped it.
pub fn nearest_standing(cell: &str) -> Option<bool> {
    let words = platform::folding::folded(cell);
    if words.chars().count() < 3 {
        return None;
    }
    let near = |known: &&str| strsim::damerau_levenshtein(known, &words) <= 2 && known.len() > 3;
    let far = |known: &&str| strsim::damerau_levenshtein(known, &words);
    let best = |all: &[&'static str]| all.iter().filter(|it| near(it)).map(far).min();
    match (best(GOOD), best(LAPSED)) {
        (Some(good), Some(lapsed)) if good == lapsed => None,
        (Some(good), Some(lapsed)) => Some(good < lapsed),
        (Some(_), None) => Some(true),
        (None, Some(_)) => Some(false),
        (None, None) => None,
    }
}

/// The last day of the month for a day that its month does not have: 31.02.2027.
pub fn last_of_month(cell: &str) -> Option<Date> {
    let (year, month, day) = three(cell.trim(), '-')
        .or_else(|| three(cell.trim(), '.').map(|(day, month, year)| (year, month, day)))
        .or_else(|| three(cell.trim(), '/').map(|(month, day, year)| (year, month, day)))?;
    let first = make(year, month, 1).filter(|_| (29..=31).contains(&day))?;
    Some(first.last_of_month())
}

fn three(cell: &str, by: char) -> Option<(i16, i16, i16)> {
    let mut parts = cell.split(by).map(|part| part.trim().parse::<i16>().ok());
    let three = (parts.next()??, parts.next()??, parts.next()??);
    parts.next().is_none().then_some(three)
}

fn make(year: i16, month: i16, day: i16) -> Option<Date> {
    let day = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    (date(1900, 1, 1)..=date(2200, 12, 31)).contains(&day).then_some(day)
}
