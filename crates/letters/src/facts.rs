//! What the house fills in by itself: names of the program, days of the cohort.

use std::collections::BTreeSet;

use platform::{identity, prelude::*};
use policy::Role;
use program::{Calendar, Cohort, Program, calendar, long_day};

use crate::values::{Value, Values};

/// Where everyone reads what is kept about them.
pub const PRIVACY: &str = "/about/privacy";

/// Adds what is asked for and not given. Only what a text names is looked up.
pub fn add(
    tx: &mut Tx,
    values: &mut Values,
    wanted: &BTreeSet<String>,
    program: &Program,
    cohort: Option<&Cohort>,
    name: &str,
) -> Result<(), Failure> {
    let calendar = match cohort {
        Some(cohort) if wanted.iter().any(|name| needs_calendar(name)) => Some(calendar::of(tx, cohort)?),
        _ => None,
    };
    for wanted in wanted {
        if values.contains_key(wanted) {
            continue;
        }
        let known = match wanted.as_str() {
            "first_name" => Some(first_name(name)),
            "program" => Some(program.name.clone()),
            "org" => Some(program.association.clone()),
            "cohort" => cohort.map(|it| it.name.clone()),
            "chair_name" => Some(chair_name(tx, cohort)?),
            "alt_contact" => Some(alternative_contact(program)),
            "postal_address" => Some(program.postal_address.clone()),
            "orientation_place" => Some("the rooms of the annual meeting".to_owned()),
            "end_date" => cohort.map(|it| long_day(it.anchors().end())),
            other => calendar.as_ref().zip(cohort).and_then(|(days, cohort)| dated(other, days, cohort, tx)),
        };
        if let Some(known) = known {
            values.insert(wanted.clone(), Value::words(known));
        }
    }
    if wanted.contains("link_privacy") && !values.contains_key("link_privacy") {
        let link = Value::button(tx.url(PRIVACY), "Read what we keep");
        values.insert("link_privacy".to_owned(), link);
    }
    Ok(())
}

fn needs_calendar(name: &str) -> bool {
    name == "orientation_date" || name == "days_left" || step_key(name).is_some()
}

fn dated(name: &str, days: &Calendar, cohort: &Cohort, tx: &Tx) -> Option<String> {
    if name == "days_left" {
        let (today, orientation) = (days.today(tx.now()), days.day("orientation"));
        let until = if today <= orientation { orientation } else { cohort.anchors().end() };
        let left = until.since(today).ok()?.get_days();
        return Some(left.max(0).to_string());
    }
    let step = if name == "orientation_date" { "orientation" } else { step_key(name)? };
    Some(long_day(days.day(step)))
}

/// `T06` is a step of the calendar by its number.
fn step_key(name: &str) -> Option<&'static str> {
    calendar::steps().iter().find(|step| step.id == name).map(|step| step.key.as_str())
}

fn chair_name(tx: &mut Tx, cohort: Option<&Cohort>) -> Result<String, Failure> {
    let chairs = program::holders(tx, Role::Chair, cohort.map(|it| it.id).unwrap_or_default())?;
    let chair = match chairs.first() {
        Some(chair) => identity::find(tx, *chair)?,
        None => None,
    };
    Ok(chair.map_or_else(|| "The chair".to_owned(), |chair| chair.name))
}

fn alternative_contact(program: &Program) -> String {
    if program.alternative_contact.is_empty() {
        program.reply_address.clone()
    } else {
        program.alternative_contact.clone()
    }
}

/// The name somebody is greeted with.
fn first_name(name: &str) -> String {
    const TITLES: [&str; 6] = ["dr", "prof", "mr", "mrs", "ms", "mx"];
    let is_title = |word: &&str| TITLES.contains(&word.trim_end_matches('.').to_lowercase().as_str());
    let mut words = name.split_whitespace().skip_while(is_title);
    words.next().unwrap_or("colleague").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_greeted_with_their_first_name() {
        assert_eq!(first_name("Anna Anderson"), "Anna");
        assert_eq!(first_name("Prof. Dr. Anna Anderson"), "Anna");
        assert_eq!(first_name("  "), "colleague");
    }
}
