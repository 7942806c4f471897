//! Who is a member in good standing, by the association's own list.

use jiff::civil::Date;

/// What the roster says of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// In good standing on the day that was asked for.
    Member { number: String, first_year: bool },
    /// On the roster once, or on it without being in good standing.
    Lapsed { number: String },
    /// The roster does not have them.
    Unknown,
}

/// What the roster keeps of one member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub number: String,
    pub is_good: bool,
    pub joined_year: Option<i64>,
    pub expires_on: Option<Date>,
    pub is_gone: bool,
}

/// Judges one entry for one day. A membership counts through the day it expires on.
pub fn judge(entry: Option<&Entry>, told_year: Option<i64>, on: Date) -> Standing {
    let Some(entry) = entry else { return Standing::Unknown };
    let runs = entry.expires_on.is_none_or(|last| last >= on);
    if entry.is_gone || !entry.is_good || !runs {
        return Standing::Lapsed { number: entry.number.clone() };
    }
    let first_year = entry.joined_year.or(told_year).is_some_and(|year| is_first_year(year, on));
    Standing::Member { number: entry.number.clone(), first_year }
}

/// Associations write down the year of joining, not the day. Whoever joined in this
/// calendar year or the one before may still be within the first twelve months, so both count.
pub fn is_first_year(joined: i64, on: Date) -> bool {
    joined >= i64::from(on.year()) - 1
}
