//! The totals of a survey that closes: gathers what they are made of, and freezes them.

use std::collections::HashMap;

use forms::Answers;
use platform::{prelude::*, storage::StorageError};
use serde::Deserialize;

use crate::{
    answers::{self, Given},
    plan, results,
    rules::{
        scales::Definition,
        totals::{self, Closing},
    },
    surveys::{self, Survey},
};

#[derive(Deserialize)]
struct ScaleFile {
    scale: Vec<Definition>,
    reverse: Reverse,
}

#[derive(Deserialize)]
struct Reverse {
    items: Vec<String>,
}

/// Works out the totals of a survey and keeps them.
pub fn freeze(tx: &mut Tx, survey: &Survey) -> Result<(), Failure> {
    let file: ScaleFile = program::preset::toml("surveys/scales.toml").map_err(StorageError::Other)?;
    let form = surveys::form(tx, survey)?;
    let given = answers::given(tx, survey.id)?;
    let start = match plan::baseline(&survey.name) {
        Some(name) => given_to(tx, survey.cohort, name)?,
        None => Vec::new(),
    };
    let (mentees, mentors) = both_sides(tx, survey)?;
    let pairs = pairs(tx, survey, &mentees, &mentors)?;
    let closing = Closing {
        form: &form,
        role: &survey.role,
        invited: surveys::asked_count(tx, survey.id)?,
        answers: given.iter().map(|it| &it.answers).collect(),
        definitions: &file.scale,
        reversed: &file.reverse.items,
        since_start: by_code(&start, &given),
        pairs,
    };
    results::keep(tx, survey.id, &totals::lines(&closing))
}

fn given_to(tx: &mut Tx, cohort: Id, name: &str) -> Result<Vec<Given>, Failure> {
    match surveys::named(tx, cohort, name)? {
        Some(survey) => answers::given(tx, survey.id),
        None => Ok(Vec::new()),
    }
}

/// What the same codes said then and now.
fn by_code<'a>(then: &'a [Given], now: &'a [Given]) -> Vec<(&'a Answers, &'a Answers)> {
    let then: HashMap<&[u8], &Answers> = then.iter().map(|it| (it.code.as_slice(), &it.answers)).collect();
    now.iter().filter_map(|it| Some((*then.get(it.code.as_slice())?, &it.answers))).collect()
}

/// The answers of mentees and mentors, once both surveys have closed; the one that
/// closes second has the comparison in its results.
fn both_sides(tx: &mut Tx, survey: &Survey) -> Result<(Vec<Given>, Vec<Given>), Failure> {
    let other = match plan::counterpart(&survey.name) {
        Some(name) => surveys::named(tx, survey.cohort, name)?.filter(Survey::is_closed),
        None => None,
    };
    let Some(other) = other else { return Ok((Vec::new(), Vec::new())) };
    let (own, others) = (answers::given(tx, survey.id)?, answers::given(tx, other.id)?);
    Ok(if survey.role == "mentee" { (own, others) } else { (others, own) })
}

fn pairs<'a>(
    tx: &mut Tx,
    survey: &Survey,
    mentees: &'a [Given],
    mentors: &'a [Given],
) -> Result<Vec<(&'a Answers, &'a Answers)>, Failure> {
    let mut pairs = Vec::new();
    if mentees.is_empty() || mentors.is_empty() {
        return Ok(pairs);
    }
    let index = |all: &'a [Given]| -> HashMap<&'a [u8], &'a Answers> {
        all.iter().map(|it| (it.code.as_slice(), &it.answers)).collect()
    };
    let (mentees, mentors) = (index(mentees), index(mentors));
    let of = |role: &str| Survey { role: role.to_owned(), ..survey.clone() };
    for duo in duos::in_cohort(tx, survey.cohort)? {
        let mentee = answers::code_of(tx, &of("mentee"), duo.mentee)?;
        let mentor = answers::code_of(tx, &of("mentor"), duo.mentor)?;
        let found = mentee
            .zip(mentor)
            .and_then(|(mentee, mentor)| Some((*mentees.get(mentee.as_slice())?, *mentors.get(mentor.as_slice())?)));
        pairs.extend(found);
    }
    Ok(pairs)
}
