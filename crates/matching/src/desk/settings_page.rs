//! `/cohorts/{cohort}/matching/runs/new`: what decides, and what it would come to, before
//! anything is made. The state of the page is its address. ALG2, ALG3, ALG6, ALG9.

use membership::Stake;
use pairing::{Must, Outcome, RuleCount};
use platform::prelude::*;
use program::Cohort;
use shell::Faults;

use super::{
    kept_settings, make, open_cohort,
    question::{self, Question},
    settings::{MUSTS, Settings, Typed},
    settings_view::{self, Page},
};

/// What these settings would come to.
pub(crate) struct Look {
    pub(crate) outcomes: Vec<Outcome>,
    /// Pairs that rules about people keep apart, all of them together.
    pub(crate) kept_apart: usize,
    pub(crate) musts: Vec<(Must, Option<RuleCount>)>,
}

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = open_cohort(tx, visit)?;
    let typed = if visit.query.has("objective") {
        Typed::sent(&visit.query)
    } else {
        let start = kept_settings::start(tx, cohort.id)?;
        Typed { locks: Typed::sent(&visit.query).locks, ..Typed::of(&start) }
    };
    let settings = match typed.read() {
        Ok(settings) => settings,
        Err(faults) => return Err(refused(tx, visit, &cohort, &typed, &faults)?),
    };
    let mut asked = question::of_those_left(tx, visit.person()?, &cohort, &settings)?;
    if !visit.query.has("objective")
        && let Some(sentence) = make::nobody(&asked)
    {
        return Ok(Reply::page(TITLE, settings_view::nobody(&cohort, sentence)));
    }
    let faults = make::ready(&mut asked, &typed.locks).err().unwrap_or_default();
    let look = if faults.is_empty() { look(&asked, &settings) } else { Err(String::new()) };
    let faults = match &look {
        Err(sentence) if !sentence.is_empty() => Faults::general(sentence.clone()),
        _ => faults,
    };
    let body = settings_view::page(&page(tx, visit, &cohort, &asked, look.ok())?, &typed, &faults);
    if faults.is_empty() { Ok(Reply::wide(TITLE, body)) } else { Err(Failure::refused(TITLE, body)) }
}

pub(crate) const TITLE: &str = "Look for pairs";

/// The page again, with what was typed and what is wrong with it.
pub(crate) fn refused(
    tx: &mut Tx,
    visit: &Visit,
    cohort: &Cohort,
    typed: &Typed,
    faults: &Faults,
) -> Result<Failure, Failure> {
    let asked = question::of_those_left(tx, visit.person()?, cohort, &Settings::start())?;
    let body = settings_view::page(&page(tx, visit, cohort, &asked, None)?, typed, faults);
    Ok(Failure::refused(TITLE, body))
}

/// Nobody locks themselves, nor anybody from whom they step aside.
fn page<'a>(
    tx: &mut Tx,
    visit: &Visit,
    cohort: &'a Cohort,
    asked: &'a Question,
    look: Option<Look>,
) -> Result<Page<'a>, Failure> {
    Ok(Page { cohort, asked, look, stake: Stake::of(tx, visit.person()?)? })
}

fn look(asked: &Question, settings: &Settings) -> Result<Look, String> {
    let words = |refusal: pairing::Refusal| make::sentence(&refusal);
    let outcomes = pairing::outcomes(&asked.input, settings.seed).map_err(words)?;
    let rules = |must: Vec<Must>| {
        // What is locked may break the rule; its count is asked for without locks.
        let input = pairing::Input { must, locked: Vec::new(), ..asked.input.clone() };
        pairing::rules(&input, settings.objective, settings.seed).map_err(words)
    };
    let about_people = rules(Vec::new())?;
    let mut musts = Vec::new();
    for (must, ..) in MUSTS {
        let found = rules(vec![must])?.into_iter().find(|it| it.rule == must.rule());
        musts.push((must, found));
    }
    Ok(Look { outcomes, kept_apart: about_people.iter().map(|it| it.pairs).sum(), musts })
}
