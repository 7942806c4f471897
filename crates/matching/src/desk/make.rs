//! Making a run: the question is put together, answered and kept.

use pairing::{PairingFile, Refusal};
use platform::{prelude::*, storage::StorageError};
use program::Cohort;
use shell::Faults;

use super::{
    open_cohort,
    question::{self, Question},
    runs,
    settings::{Settings, Typed},
    settings_page,
};

pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = open_cohort(tx, visit)?;
    tx.lock(cohort.id)?;
    let typed = Typed::sent(&visit.form);
    let settings = match typed.read() {
        Ok(settings) => settings,
        Err(faults) => return Err(settings_page::refused(tx, visit, &cohort, &typed, &faults)?),
    };
    let stake = membership::Stake::of(tx, visit.person()?)?;
    if typed.people().iter().any(|it| stake.is_about(*it)) {
        let sentence = membership::who_decides_instead(tx, cohort.id, &typed.people())?;
        return Err(settings_page::refused(tx, visit, &cohort, &typed, &Faults::general(sentence))?);
    }
    match make(tx, visit, &cohort, &settings, &typed.locks)? {
        Ok(run) => {
            let words = "The run is kept. Nobody hears of it; it can be repeated as long as it is kept.";
            Ok(Reply::go(format!("{}/{run}", super::runs_path(cohort.id))).saying(words))
        }
        Err(faults) => Err(settings_page::refused(tx, visit, &cohort, &typed, &faults)?),
    }
}

/// Asks the engine about everybody who is left, and keeps question and answer.
pub(crate) fn make(
    tx: &mut Tx,
    visit: &Visit,
    cohort: &Cohort,
    settings: &Settings,
    locks: &[String],
) -> Result<Result<Id, Faults>, Failure> {
    let mut asked = question::of_those_left(tx, visit, cohort, settings)?;
    if let Err(faults) = ready(&mut asked, locks) {
        return Ok(Err(faults));
    }
    let file = PairingFile::new(asked.input, settings.seed);
    let broken = |error: serde_json::Error| StorageError::Other(format!("a question cannot be written: {error}"));
    let text = serde_json::to_string_pretty(&file).map_err(broken)?;
    match pairing::run_json(text.as_bytes(), settings.objective) {
        Ok(answer) => Ok(Ok(runs::keep(tx, cohort.id, visit.person()?, settings, &text, &answer)?)),
        Err(refusal) => Ok(Err(Faults::general(sentence(&refusal)))),
    }
}

/// Locks what is to stay, and says why nothing can be looked for.
pub(crate) fn ready(asked: &mut Question, locks: &[String]) -> Result<(), Faults> {
    let mut faults = Faults::new();
    for sentence in asked.lock(locks) {
        faults.add("lock_mentee", sentence);
    }
    if let Some(sentence) = nobody(asked) {
        faults.add("", sentence);
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

/// Why there is nothing to look for, where one side is empty.
pub(crate) fn nobody(asked: &Question) -> Option<&'static str> {
    if asked.input.mentees.is_empty() {
        return Some("Nobody is left without a mentor, so there is nothing to look for.");
    }
    let none = "No mentor is free now: all have a mentee, take a pause, or have a request or proposal to answer.";
    asked.input.mentors.is_empty().then_some(none)
}

/// The file was put together by the house, so its lines say nothing to people.
pub(crate) fn sentence(refusal: &Refusal) -> String {
    match refusal {
        Refusal::InLine { refusal, .. } => sentence(refusal),
        refusal => refusal.to_string(),
    }
}
