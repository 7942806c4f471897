//! Everybody who is left, as the engine is asked about them.

use std::collections::BTreeSet;

use pairing::{Exclusion, Input, Locked, Override};
use platform::{audit, prelude::*};
use policy::{Condition, Facts};
use program::{Cohort, calendar};

use super::settings::Settings;
use crate::{
    board,
    inputs::{Party, Pool},
    proposals::{self, Proposal},
    requests,
    rules::State,
    terms, wishes,
};

/// The step of the calendar with which lists are closed.
const CHOOSING_ENDS: &str = "directory_closes";

/// What sealed wishes are called where people see who has read theirs.
const WISHES: &str = "sealed wishes";

/// And what lists are called there.
const LISTS: &str = "ranked list";

pub(crate) struct Question {
    pub(crate) pool: Pool,
    pub(crate) input: Input,
    /// How many ranked somebody who is still free; nothing while the lists are sealed.
    pub(crate) lists: Option<usize>,
    /// How many mentees the cohort lets one mentor have.
    pub(crate) most: i64,
}

/// Those who are left. A pair that was put together by hand is there and stays.
pub(crate) fn of_those_left(tx: &mut Tx, by: Id, cohort: &Cohort, settings: &Settings) -> Result<Question, Failure> {
    let facts = board::facts(tx, &policy::house(), cohort.id)?;
    let people =
        |left: &[board::Left]| -> Vec<Id> { left.iter().filter(|it| it.can_be_proposed).map(|it| it.person).collect() };
    let pool = Pool::of(tx, cohort, &people(&facts.left_mentees), &people(&facts.left_mentors))?;
    note_wishes(tx, &pool);
    let mut input = pool.input(tx, cohort)?;
    input.weights = settings.weights;
    input.must.clone_from(&settings.must);
    input.least = settings.least;
    for mentor in &mut input.mentors {
        let left = facts.left_mentors.iter().find(|it| it.person.to_string() == mentor.id);
        let room = left.map_or(1, |it| u32::try_from(it.room).unwrap_or(1));
        // What the chair has put together by hand stays, whatever else there is room for.
        let by_hand = facts.drafts.iter().filter(|it| it.by_hand && it.mentor.to_string() == mentor.id).count();
        mentor.capacity = room.min(settings.mentees_each).max(u32::try_from(by_hand).unwrap_or(0));
    }
    for it in asked_before(tx, cohort)? {
        if is_in(&input, &it.mentee, &it.mentor) && !input.exclusions.contains(&it) {
            input.exclusions.push(it);
        }
    }
    let lists = rank(tx, by, cohort, &mut input)?;
    input.lists = settings.lists;
    for draft in facts.drafts.iter().filter(|it| it.by_hand) {
        stays(&mut input, draft);
    }
    Ok(Question { pool, input, lists, most: terms::of(tx, cohort.id)?.mentees_each })
}

/// Gives the engine each mentee's list, as far as the mentors on it are still free and have
/// not been asked before. Says how many there are; nothing while choosing goes on, for until
/// then the lists are sealed for everybody.
fn rank(tx: &mut Tx, by: Id, cohort: &Cohort, input: &mut Input) -> Result<Option<usize>, Failure> {
    let calendar = calendar::of(tx, cohort)?;
    if !calendar.is_over(CHOOSING_ENDS, tx.now()) {
        return Ok(None);
    }
    let facts = Facts::in_cohort(cohort.id.number()).when(true, Condition::ListsAreClosed);
    let grant = policy::grant(&program::subject(tx, by)?, &facts).ok_or(Failure::NotFound)?;
    let mentors: BTreeSet<&str> = input.mentors.iter().map(|it| it.id.as_str()).collect();
    let asked: BTreeSet<(&str, &str)> =
        input.exclusions.iter().map(|it| (it.mentee.as_str(), it.mentor.as_str())).collect();
    let mut ranked = 0;
    for (mentee, list) in wishes::of_cohort(tx, &grant, cohort.id)? {
        let id = mentee.to_string();
        let Some(asks) = input.mentees.iter_mut().find(|it| it.id == id) else { continue };
        let list = list.iter().map(ToString::to_string);
        asks.ranked =
            list.filter(|it| mentors.contains(it.as_str()) && !asked.contains(&(id.as_str(), it.as_str()))).collect();
        if !asks.ranked.is_empty() {
            ranked += 1;
            let right = "by the house for chair or deputy, to look for pairs; shown to nobody".to_owned();
            tx.has_read(audit::Reading { record: LISTS, about: mentee, whose: vec![mentee], right });
        }
    }
    Ok(Some(ranked))
}

/// Two people as the engine would compare them, where both are left or in a draft.
pub(crate) fn of_two(tx: &mut Tx, cohort: &Cohort, mentee: Id, mentor: Id) -> Result<Input, Failure> {
    let facts = board::facts(tx, &policy::house(), cohort.id)?;
    let free = |left: &[board::Left], person| -> Vec<Id> {
        left.iter().filter(|it| it.person == person && it.can_be_proposed).map(|it| it.person).collect()
    };
    let (mentees, mentors) = (free(&facts.left_mentees, mentee), free(&facts.left_mentors, mentor));
    let pool = Pool::of(tx, cohort, &mentees, &mentors)?;
    note_wishes(tx, &pool);
    pool.input(tx, cohort)
}

/// The same with what decides about a run: its weights, its rules, and who was asked before.
pub(crate) fn of_two_with(
    tx: &mut Tx,
    cohort: &Cohort,
    mentee: Id,
    mentor: Id,
    settings: &Settings,
) -> Result<Input, Failure> {
    let mut input = of_two(tx, cohort, mentee, mentor)?;
    input.weights = settings.weights;
    input.must.clone_from(&settings.must);
    input.least = settings.least;
    input.exclusions = asked_before(tx, cohort)?;
    input.exclusions.retain(|it| it.mentee == mentee.to_string() && it.mentor == mentor.to_string());
    input.exclusions.truncate(1);
    Ok(input)
}

impl Question {
    /// Pairs that the chair locks, each "mentee.mentor". What cannot be locked comes back.
    pub(crate) fn lock(&mut self, locks: &[String]) -> Vec<String> {
        let mut faults = Vec::new();
        for lock in locks {
            match self.locked(lock) {
                Ok(pair) if self.input.locked.contains(&pair) => {}
                Ok(pair) => self.input.locked.push(pair),
                Err(sentence) => faults.push(sentence),
            }
        }
        faults
    }

    fn locked(&self, lock: &str) -> Result<Locked, String> {
        let gone = || "A locked pair names somebody who is not left any more. Take the lock off.".to_owned();
        let (mentee, mentor) = lock.split_once('.').ok_or_else(gone)?;
        let mentee = self.input.mentees.iter().find(|it| it.id == mentee).ok_or_else(gone)?;
        let mentor = self.input.mentors.iter().find(|it| it.id == mentor).ok_or_else(gone)?;
        if pairing::excluded(mentee, mentor).is_some() {
            let names = format!("{} and {} cannot be locked.", mentee.name, mentor.name);
            return Err(format!("{names} {} Add them by hand, with the reason, if it must be.", super::APART));
        }
        Ok(Locked { mentee: mentee.id.clone(), mentor: mentor.id.clone() })
    }

    /// The people on both sides, by id.
    pub(crate) fn name(&self, id: &str) -> &str {
        let all = self.pool.mentees.iter().chain(&self.pool.mentors);
        all.map(|it: &Party| it).find(|it| it.person.to_string() == id).map_or("", |it| &it.name)
    }
}

/// A pair by hand is decided; where a rule spoke against it, the chair wrote down why.
fn stays(input: &mut Input, draft: &Proposal) {
    let (mentee, mentor) = (draft.mentee.to_string(), draft.mentor.to_string());
    if !is_in(input, &mentee, &mentor) {
        return;
    }
    input.exclusions.retain(|it| it.mentee != mentee || it.mentor != mentor);
    let why = "put together by hand, with the reason kept there".to_owned();
    input.overrides.push(Override { mentee: mentee.clone(), mentor: mentor.clone(), why });
    input.locked.push(Locked { mentee, mentor });
}

fn is_in(input: &Input, mentee: &str, mentor: &str) -> bool {
    input.mentees.iter().any(|it| it.id == mentee) && input.mentors.iter().any(|it| it.id == mentor)
}

/// Whoever sealed a wish sees that it was opened for this, though shown to nobody.
pub(crate) fn note_wishes(tx: &mut Tx, pool: &Pool) {
    for party in pool.mentees.iter().chain(&pool.mentors).filter(|it| it.has_sealed) {
        let right = "by the house for chair or deputy, to look for pairs; shown to nobody".to_owned();
        let whose = vec![party.person];
        tx.has_read(audit::Reading { record: WISHES, about: party.person, whose, right });
    }
}

/// Two of whom one has said no, or let the days pass, are not brought before each other
/// again; by hand the chair still may.
fn asked_before(tx: &mut Tx, cohort: &Cohort) -> Result<Vec<Exclusion>, Failure> {
    let proposed = proposals::in_cohort(tx, &policy::house(), cohort.id)?.into_iter();
    let proposed =
        proposed.filter(|it| ["refused", "lapsed"].contains(&it.state.as_str())).map(|it| (it.mentee, it.mentor));
    let requested = requests::in_cohort(tx, cohort.id)?.into_iter();
    let requested =
        requested.filter(|it| matches!(it.state(), State::Declined | State::Lapsed)).map(|it| (it.mentee, it.mentor));
    let exclusion = |(mentee, mentor): (Id, Id)| Exclusion {
        mentee: mentee.to_string(),
        mentor: mentor.to_string(),
        why: "asked before in this session.".to_owned(),
    };
    Ok(proposed.chain(requested).map(exclusion).collect())
}
