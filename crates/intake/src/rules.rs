//! Who may take part, judged at once and said in plain words. Pure.

use jiff::civil::Date;

pub mod eligible;
pub mod proof;
pub mod queue;
pub mod review;
pub mod status;
#[cfg(test)]
mod tests;
pub mod withdrawal;

/// What the association's list of members says about somebody on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Member { first_year: bool },
    Lapsed,
    Unknown,
}

/// How a sentence of a verdict weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    Met,
    /// A preference: worth knowing, never a refusal.
    Note,
    Unmet,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    pub weight: Weight,
    pub words: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub eligible: bool,
    /// Eligible for now, because of a promise to join.
    pub by_promise: bool,
    pub first_year: bool,
    pub is_member: bool,
    /// The committee counts them as eligible whatever the rules say.
    pub overridden: bool,
    pub judged_on: Date,
    /// The day for which good standing was judged.
    pub judged_for: Date,
    pub words: Vec<Sentence>,
}

impl Verdict {
    /// The reasons against, one to a line, for a letter.
    pub fn reasons(&self) -> String {
        let unmet = self.words.iter().filter(|it| it.weight == Weight::Unmet);
        unmet.map(|it| it.words.as_str()).collect::<Vec<_>>().join("\n")
    }

    /// The verdict in a few words, for the committee's list.
    pub fn short(&self) -> &'static str {
        match (self.eligible, self.by_promise, self.first_year) {
            (false, ..) => "not eligible",
            (true, ..) if self.overridden => "counts as eligible",
            (true, true, _) => "promises to join",
            (true, false, true) => "member, first year",
            (true, false, false) if self.is_member => "member",
            (true, false, false) => "eligible, no member",
        }
    }
}

/// A day inside a sentence: "27 June 2026".
pub(crate) fn day(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}
