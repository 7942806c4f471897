//! Table `report_words`: what the committee wrote into the parts of a report. Figures are
//! counted anew each time; the words stay.

use platform::prelude::*;
use policy::{Opens, of};
use program::{Cohort, calendar, long_day, preset};

use crate::{
    facts::Kind,
    texts::{self, Words},
};

sql! {
    NEWEST => "select w.part, w.version, w.text from report_words w where w.cohort = $1 and w.kind = $2 and w.version = (select max(v.version) from report_words v where v.cohort = w.cohort and v.kind = w.kind and v.part = w.part) order by w.part";
    ADD => "insert into report_words (cohort, kind, part, version, text, edited_by, edited_at) values ($1, $2, $3, $4, $5, $6, $7)";
}

/// The words of all parts. Words that were emptied give way to those the report begins with.
pub fn all(tx: &mut Tx, _: &impl Opens<of::ReportDraft>, cohort: &Cohort, kind: Kind) -> Result<Vec<Words>, Failure> {
    let outline = texts::outline(kind).ok_or(Failure::NotFound)?;
    let written: Vec<(String, i64, String)> = tx.rows(&NEWEST, values![cohort.id, kind.key()])?;
    let values = values_of(tx, cohort)?;
    let words = |it: &texts::PartOutline| {
        let own = written.iter().find(|(part, _, text)| *part == it.key && !text.is_empty());
        Words {
            key: it.key.clone(),
            title: it.title.clone(),
            text: own.map_or_else(|| filled(&it.text, &values), |(_, _, text)| text.clone()),
            own: own.is_some(),
            figures: it.figures.clone(),
        }
    };
    Ok(outline.parts.iter().map(words).collect())
}

/// Whether the committee wrote words of its own into a part.
pub fn is_own(tx: &mut Tx, cohort: &Cohort, kind: Kind, part: &str) -> Result<bool, Failure> {
    Ok(all(tx, &policy::house(), cohort, kind)?.iter().any(|it| it.key == part && it.own))
}

/// Counts the versions of a part; nought before the first.
pub fn version(
    tx: &mut Tx,
    _: &impl Opens<of::ReportDraft>,
    cohort: Id,
    kind: Kind,
    part: &str,
) -> Result<i64, Failure> {
    let written: Vec<(String, i64, String)> = tx.rows(&NEWEST, values![cohort, kind.key()])?;
    Ok(written.iter().find(|(it, ..)| it == part).map_or(0, |(_, version, _)| *version))
}

/// Keeps a new version. The caller holds the lock of the cohort and knows the last version.
pub fn write(tx: &mut Tx, cohort: Id, kind: Kind, part: &str, last: i64, text: &str, by: Id) -> Result<(), Failure> {
    tx.exec(&ADD, values![cohort, kind.key(), part, last + 1, text, by, tx.now()])?;
    Ok(())
}

fn values_of(tx: &mut Tx, cohort: &Cohort) -> Result<Vec<(&'static str, String)>, Failure> {
    let program = program::the_program(tx)?;
    let calendar = calendar::of(tx, cohort)?;
    Ok(vec![
        ("end_date", long_day(calendar.day("session_ends"))),
        ("cap", cohort.places.to_string()),
        ("org", program.association),
        ("program", program.name),
        ("cohort", cohort.name.clone()),
    ])
}

fn filled(text: &str, values: &[(&'static str, String)]) -> String {
    let pairs: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    preset::fill(text, &pairs)
}
