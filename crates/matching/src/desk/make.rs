//! Making a run: the question is put together, answered and kept.
//!
//! # Design
//! Reading the question and keeping the answer are units of work; between them the engine
//! looks for pairs and nothing of the database is held, so that others can write meanwhile.
//! Where what the question rests on has changed by then, nothing is kept and the page says so.

use std::{any::Any, sync::Arc};

use pairing::{PairingFile, Refusal};
use platform::{doors::Work, prelude::*, storage::StorageError};
use program::Cohort;
use shell::Faults;

use super::{
    mark::{self, Mark},
    open_cohort,
    question::{self, Question},
    runs::{self, Content},
    settings::{Settings, Typed},
    settings_page,
};

/// What is to be looked for, ready to be worked out.
pub(crate) struct Asked {
    mark: Mark,
    settings: Settings,
    question: String,
}

/// And what came of it.
pub(crate) struct Worked {
    mark: Mark,
    settings: Settings,
    answer: Result<Content, Refusal>,
}

/// What is said where the pool is no longer what it was.
pub(crate) const CHANGED: &str = "Somebody answered, asked, or found a partner while this was worked out, so nothing was kept. Look at the numbers again and make the run once more.";

pub(crate) fn look(tx: &mut Tx, visit: &Visit) -> Result<Work, Failure> {
    let cohort = open_cohort(tx, visit)?;
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
    match ask(tx, visit.person()?, &cohort, &settings, &typed.locks)? {
        Ok(asked) => Ok(asked.work()),
        Err(faults) => Err(settings_page::refused(tx, visit, &cohort, &typed, &faults)?),
    }
}

pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = open_cohort(tx, visit)?;
    tx.lock(cohort.id)?;
    let typed = Typed::sent(&visit.form);
    match keep(tx, &cohort, visit.person()?, &*worked(visit)?)? {
        Kept::Run(run, _) => {
            let words = "The run is kept. Nobody hears of it; it can be repeated as long as it is kept.";
            Ok(Reply::go(format!("{}/{run}", super::runs_path(cohort.id))).saying(words))
        }
        Kept::Refused(sentence) => Err(settings_page::refused(tx, visit, &cohort, &typed, &Faults::general(sentence))?),
        Kept::Changed => Ok(Reply::go(typed.link(cohort.id)).saying(CHANGED)),
    }
}

/// Puts the question about everybody who is left together, or says why there is none.
pub(crate) fn ask(
    tx: &mut Tx,
    by: Id,
    cohort: &Cohort,
    settings: &Settings,
    locks: &[String],
) -> Result<Result<Asked, Faults>, Failure> {
    let mark = mark::of(tx, cohort.id)?;
    let mut asked = question::of_those_left(tx, by, cohort, settings)?;
    if let Err(faults) = ready(&mut asked, locks) {
        return Ok(Err(faults));
    }
    let file = PairingFile::new(asked.input, settings.seed);
    let question = serde_json::to_string_pretty(&file).map_err(unwritten)?;
    Ok(Ok(Asked { mark, settings: settings.clone(), question }))
}

impl Asked {
    /// For a door that works it out between its two units of work.
    pub(crate) fn work(self) -> Work {
        Box::new(move || Arc::new(self.answer()) as Arc<dyn Any + Send + Sync>)
    }

    /// Slow, and in need of nothing but a core.
    pub(crate) fn answer(self) -> Worked {
        let answer = pairing::run_json(self.question.as_bytes(), self.settings.objective);
        let answer = answer.and_then(|answer| {
            let unreadable = |error: serde_json::Error| Refusal::Unreadable(error.to_string());
            Content::of(self.question, answer).map_err(unreadable)
        });
        Worked { mark: self.mark, settings: self.settings, answer }
    }
}

/// What the door has worked out before this unit of work.
pub(crate) fn worked(visit: &Visit) -> Result<Arc<Worked>, Failure> {
    let worked = visit.prepared.worked_out.clone().and_then(|it| it.downcast::<Worked>().ok());
    worked.ok_or_else(|| StorageError::Other("nothing was worked out for this page".to_owned()).into())
}

/// What became of it.
pub(crate) enum Kept<'a> {
    Run(Id, &'a Content),
    Refused(String),
    Changed,
}

/// Keeps question and answer, while what they rest on is still the same.
pub(crate) fn keep<'a>(tx: &mut Tx, cohort: &Cohort, by: Id, worked: &'a Worked) -> Result<Kept<'a>, Failure> {
    Ok(match &worked.answer {
        Err(refusal) => Kept::Refused(sentence(refusal)),
        Ok(_) if mark::of(tx, cohort.id)? != worked.mark => Kept::Changed,
        Ok(content) => Kept::Run(runs::keep(tx, cohort.id, by, &worked.settings, content)?, content),
    })
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

fn unwritten(error: serde_json::Error) -> StorageError {
    StorageError::Other(format!("a question cannot be written: {error}"))
}
