//! The letters of surveys. Each carries a link of its reader's own, so that no sign-in
//! is needed.
//!
//! # Design
//! A link is never marked as used: the moment of its use beside the person's name would
//! tell who answered when. Whether somebody has answered stands in `survey_people`,
//! without a time, and closes all their links at once.

use jiff::SignedDuration;
use letters::{Kind, Post, To, Value, letter};
use platform::{identity, links, prelude::*};
use program::{Calendar, Cohort, long_day};

use crate::surveys::Survey;

letter! {
    SURVEY_BASELINE => "survey_baseline", audience "mentees and mentors in a duo", trigger "the orientation takes place", class Helpful;
    SURVEY_ORIENTATION => "survey_orientation", audience "mentees and mentors who were at the orientation", trigger "the Monday after the orientation", class Helpful;
    SURVEY_MIDWAY => "survey_midway", audience "mentees and mentors in a duo", trigger "the mid-way survey opens", class Essential;
    SURVEY_FINAL => "survey_final", audience "mentees and mentors in a duo", trigger "the final survey opens", class Essential;
    SURVEY_UNMATCHED => "survey_unmatched", audience "mentees and mentors who found no partner", trigger "the session starts without them", class Helpful;
    SURVEY_MIDWAY_REMINDER => "survey_midway_reminder", audience "those who have not answered", trigger "5, 12 and 18 days after the mid-way survey opened", class Helpful;
    SURVEY_FINAL_REMINDER => "survey_final_reminder", audience "those who have not answered", trigger "5, 12 and 18 days after the final survey opened", class Helpful
}

/// What a link in these letters is for.
pub const PURPOSE: &str = "survey";

/// Links outlive the close, so that one followed late says that the survey has closed
/// and not that it is unknown; the chair may also move the close.
const LASTS_AFTER_CLOSE: SignedDuration = SignedDuration::from_hours(120 * 24);

/// The letter of a survey, and the reminder, if it has any: at the start people are asked
/// once.
fn kinds(name: &str) -> (Option<&'static Kind>, Option<&'static Kind>) {
    match name.split('_').next() {
        Some("midway") => (Some(&SURVEY_MIDWAY), Some(&SURVEY_MIDWAY_REMINDER)),
        Some("final") => (Some(&SURVEY_FINAL), Some(&SURVEY_FINAL_REMINDER)),
        Some("orientation") => (Some(&SURVEY_ORIENTATION), None),
        Some("baseline") => (Some(&SURVEY_BASELINE), None),
        Some("unmatched") => (Some(&SURVEY_UNMATCHED), None),
        _ => (None, None),
    }
}

/// Asks one person.
pub fn ask(tx: &mut Tx, cohort: &Cohort, survey: &Survey, person: Id) -> Result<(), Failure> {
    let (Some(kind), _) = kinds(&survey.name) else { return Ok(()) };
    write(tx, Writing { kind, cohort, survey, person, once: survey.id.to_string(), last: false })
}

/// Reminds one person who has not answered.
pub fn remind(
    tx: &mut Tx,
    cohort: &Cohort,
    survey: &Survey,
    person: Id,
    (number, last): (i64, bool),
) -> Result<(), Failure> {
    let (_, Some(kind)) = kinds(&survey.name) else { return Ok(()) };
    write(tx, Writing { kind, cohort, survey, person, once: format!("{}|{number}", survey.id), last })
}

struct Writing<'a> {
    kind: &'static Kind,
    cohort: &'a Cohort,
    survey: &'a Survey,
    person: Id,
    once: String,
    last: bool,
}

fn write(tx: &mut Tx, writing: Writing) -> Result<(), Failure> {
    let Writing { kind, cohort, survey, person, once, last } = writing;
    let Some(account) = identity::find(tx, person)? else { return Ok(()) };
    let calendar = program::calendar::of(tx, cohort)?;
    let token = links::make(tx, PURPOSE, Some(person), survey.id, lasts(tx, &calendar, survey))?;
    let post = Post {
        kind,
        to: To::account(&account),
        cohort: Some(cohort),
        about: survey.id,
        once,
        values: vec![
            ("link", Value::button(tx.url(&format!("/survey/{token}")), "Answer the survey")),
            ("due", Value::words(long_day(survey.closes))),
            ("last", Value::yes(last)),
        ],
        sender: None,
        calendar: None,
    };
    letters::post(tx, post)?;
    Ok(())
}

fn lasts(tx: &Tx, calendar: &Calendar, survey: &Survey) -> SignedDuration {
    tx.now().duration_until(calendar.last_second(survey.closes)) + LASTS_AFTER_CLOSE
}
