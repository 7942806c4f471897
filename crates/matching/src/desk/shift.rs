//! `/cohorts/{cohort}/matching/move`: somebody in the draft gets another mentor, with what that
//! changes shown before it is kept. ALG4, ALG6.
//!
//! # Design
//! The state of the page is its address. What is shown is worked out from everybody who is left;
//! what is kept is looked at again for the people concerned alone, and only while the draft is
//! still the one that was shown, and the mentor still has as much room: whoever would have to
//! make place for another was named on the page.

use membership::Stake;
use pairing::{Input, Weighed};
use platform::prelude::*;
use policy::{Grant, of};
use program::Cohort;
use shell::Faults;

use super::{APART, board_path, draft, make, open_cohort, question, reviews, runs, settings::Settings, shift_view};
use crate::{
    access, board, inputs,
    proposals::{self, NewProposal, Proposal},
};

/// What the field `how` says of whoever had the mentor before.
pub(crate) const SWAP: &str = "swap";
const LEAVE: &str = "leave";
/// The choice of nobody.
pub(crate) const NOBODY: &str = "nobody";

/// One way to move somebody, and what it would come to.
pub(crate) struct Way {
    pub(crate) how: &'static str,
    pub(crate) shift: Shift,
    /// What it would come to, or why it cannot be.
    pub(crate) then: Result<Weighed, String>,
}

/// Pairs that go and pairs that come, as (mentee, mentor).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shift {
    pub(crate) goes: Vec<(String, String)>,
    pub(crate) comes: Vec<(String, String)>,
}

impl Shift {
    /// Gives a mentee another mentor, or nobody. Where the mentor has no room for another, whoever
    /// was given that mentor first gets the place that becomes free, or is left.
    pub(crate) fn of(pairs: &[(String, String)], mentee: &str, mentor: Option<&str>, swap: bool, room: usize) -> Self {
        let own = pairs.iter().find(|it| it.0 == mentee);
        let others: Vec<_> = pairs.iter().filter(|it| Some(it.1.as_str()) == mentor && it.0 != mentee).collect();
        let other = others.first().copied().filter(|_| others.len() >= room);
        let mut shift = Self { goes: own.into_iter().chain(other).cloned().collect(), comes: Vec::new() };
        shift.comes.extend(mentor.map(|mentor| (mentee.to_owned(), mentor.to_owned())));
        if let (true, Some(own), Some(other)) = (swap, own, other) {
            shift.comes.push((other.0.clone(), own.1.clone()));
        }
        shift
    }

    fn applied(&self, pairs: &[(String, String)]) -> Vec<(String, String)> {
        let stay = pairs.iter().filter(|it| !self.goes.contains(it));
        stay.chain(&self.comes).cloned().collect()
    }
}

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = open_cohort(tx, visit)?;
    let proof: Grant<of::Proposal> = access::of_drafts(visit, cohort.id)?;
    let (drafts, mark) = reviews::draft(tx, &proof, cohort.id)?;
    let settings = settings_of(tx, &drafts)?;
    let asked = question::of_those_left(tx, visit.person()?, &cohort, &settings)?;
    let stake = Stake::of(tx, visit.person()?)?;
    let fixed = fixed(tx, &proof, &drafts)?;
    let pairs = as_ids(&drafts);
    let mut page = shift_view::Page::new(&cohort, &asked, &drafts, &fixed, &stake, mark);
    let (mentee, mentor) = (visit.query.text("mentee"), visit.query.text("mentor"));
    (page.mentee, page.mentor) = (mentee.to_owned(), mentor.to_owned());
    let mut faults = Faults::new();
    if !mentee.is_empty() && !page.mentees.iter().any(|it| it.value == mentee) {
        faults.add("mentee", "This mentee cannot be moved: choose one from the list.");
    }
    if !mentor.is_empty() && mentor != NOBODY && !page.mentors.iter().any(|it| it.value == mentor) {
        faults.add("mentor", "This mentor cannot be chosen: take one from the list.");
    }
    if faults.is_empty() && !mentee.is_empty() && !mentor.is_empty() {
        let weighed = |pairs: &[(String, String)]| {
            pairing::weigh(&asked.input, pairs, settings.seed).map_err(|refusal| make::sentence(&refusal))
        };
        page.now = weighed(&pairs).ok();
        let mentor = Some(mentor).filter(|it| *it != NOBODY);
        page.room = room_now(tx, &cohort, mentor, &drafts)?;
        page.ways = ways(&asked.input, &pairs, (mentee, mentor, page.room), &weighed);
    }
    let body = shift_view::page(&page, &faults);
    if faults.is_empty() {
        Ok(Reply::wide(shift_view::TITLE, body))
    } else {
        Err(Failure::refused(shift_view::TITLE, body))
    }
}

/// What pairs come to, or why that cannot be told.
type Weigh<'a> = dyn Fn(&[(String, String)]) -> Result<Weighed, String> + 'a;

/// The ways in which somebody can be moved: with a swap where the mentor is taken, and without.
fn ways(
    input: &Input,
    pairs: &[(String, String)],
    (mentee, mentor, room): (&str, Option<&str>, usize),
    weighed: &Weigh,
) -> Vec<Way> {
    let mut ways: Vec<Way> = Vec::new();
    for how in [SWAP, LEAVE] {
        let shift = Shift::of(pairs, mentee, mentor, how == SWAP, room);
        let is_new = shift.goes != shift.comes && !ways.iter().any(|it| it.shift == shift);
        if is_new {
            let then = against(input, &shift).map_or_else(|| weighed(&shift.applied(pairs)), Err);
            ways.push(Way { how, shift, then });
        }
    }
    ways
}

/// What a page was made from: the draft, and the room of the mentor.
pub(crate) fn seen(mark: i64, room: usize) -> String {
    format!("{mark}.{room}")
}

/// To how many mentees a mentor can be given now.
fn room_now(tx: &mut Tx, cohort: &Cohort, mentor: Option<&str>, drafts: &[Proposal]) -> Result<usize, Failure> {
    let Some(mentor) = mentor.and_then(Id::parse) else { return Ok(1) };
    let settings = settings_of(tx, drafts)?;
    let facts = board::facts(tx, &policy::house(), cohort.id)?;
    let left = facts.left_mentors.iter().find(|it| it.person == mentor).map_or(1, |it| it.room);
    Ok(usize::try_from(left.min(i64::from(settings.mentees_each))).unwrap_or(1))
}

/// Why the pairs that would come must not be.
fn against(input: &Input, shift: &Shift) -> Option<String> {
    shift.comes.iter().find_map(|(mentee, mentor)| {
        let one = input.mentees.iter().find(|it| it.id == *mentee)?;
        let other = input.mentors.iter().find(|it| it.id == *mentor)?;
        let names = format!("{} and {}", one.name, other.name);
        if pairing::excluded(one, other).is_some() {
            return Some(format!("{names}: {APART}"));
        }
        let found = pairing::explain(input, mentee, mentor).ok()?;
        let under = || {
            let least = pairing::Points::new(input.least);
            let words = || format!("they fit with {} points, under the least score of {least}.", found.score.total);
            (found.score.total < least).then(words)
        };
        let words = found.excluded.as_ref().map(pairing::Reason::words).or_else(under)?;
        Some(format!("{names}: {words}"))
    })
}

pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = open_cohort(tx, visit)?;
    tx.lock(cohort.id)?;
    let (mentee, mentor) = (visit.form.text("mentee"), visit.form.text("mentor"));
    let here = format!("{}/move?mentee={mentee}&mentor={mentor}", board_path(cohort.id));
    let again = || Reply::go(here.clone());
    let proof: Grant<of::Proposal> = access::of_drafts(visit, cohort.id)?;
    let (drafts, mark) = reviews::draft(tx, &proof, cohort.id)?;
    let mentor = Some(mentor).filter(|it| *it != NOBODY);
    let left = room_now(tx, &cohort, mentor, &drafts)?;
    if visit.form.text("about") != seen(mark, left) {
        return Ok(again().saying("The draft has changed while you looked. This is what it would be now."));
    }
    let how = visit.form.text("how");
    let shift = Shift::of(&as_ids(&drafts), mentee, mentor, how == SWAP, left);
    let concerned: Vec<Id> = people(&shift).into_iter().filter_map(Id::parse).collect();
    if Stake::of(tx, visit.person()?)?.is_in(&concerned) {
        return Ok(again().saying(membership::who_decides_instead(tx, cohort.id, &concerned)?));
    }
    let fixed = fixed(tx, &proof, &drafts)?;
    if people(&shift).iter().any(|it| fixed.iter().any(|id| id == it)) {
        return Ok(
            again().saying("A pair that is locked or was put together by hand stays. Drop it on the board first.")
        );
    }
    shifted(tx, &cohort, &drafts, &shift)?;
    journal::record(tx, "pair of the draft moved", cohort.id, Some(visit.person()?), Some(cohort.id))?;
    Ok(Reply::go(board_path(cohort.id)).saying("The draft is changed. Nobody hears of it before you send."))
}

/// Takes the pairs that go out of the draft and puts those in that come; a refusal undoes both.
fn shifted(tx: &mut Tx, cohort: &Cohort, drafts: &[Proposal], shift: &Shift) -> Result<(), Failure> {
    let settings = settings_of(tx, drafts)?;
    let run = drafts.iter().find_map(|it| it.run);
    for (mentee, mentor) in &shift.goes {
        let draft = drafts.iter().find(|it| it.mentee.to_string() == *mentee && it.mentor.to_string() == *mentor);
        if let Some(draft) = draft {
            proposals::drop_draft(tx, draft.id)?;
        }
    }
    for (mentee, mentor) in &shift.comes {
        let gone = || Failure::refused(shift_view::TITLE, shift_view::gone(cohort));
        let (mentee, mentor) = (Id::parse(mentee).ok_or_else(gone)?, Id::parse(mentor).ok_or_else(gone)?);
        let input = question::of_two_with(tx, cohort, mentee, mentor, &settings)?;
        let (Some(one), Some(other)) = (input.mentees.first(), input.mentors.first()) else { return Err(gone()) };
        let comes = Shift { goes: Vec::new(), comes: vec![(one.id.clone(), other.id.clone())] };
        if let Some(sentence) = against(&input, &comes) {
            return Err(Failure::refused(shift_view::TITLE, shift_view::refused(cohort, &sentence)));
        }
        let score = pairing::score(one, other, &input.weights);
        let new = NewProposal {
            cohort: cohort.id,
            mentee,
            mentor,
            score: draft::micro(score.total),
            reasons: &inputs::reasons(&score),
            parts: &draft::parts(&score),
            alternatives: &[],
            by_hand: false,
            run,
        };
        if proposals::add(tx, &new)?.is_none() {
            return Err(gone());
        }
    }
    Ok(())
}

fn people(shift: &Shift) -> Vec<&str> {
    shift.goes.iter().chain(&shift.comes).flat_map(|(a, b)| [a.as_str(), b.as_str()]).collect()
}

fn as_ids(drafts: &[Proposal]) -> Vec<(String, String)> {
    drafts.iter().map(|it| (it.mentee.to_string(), it.mentor.to_string())).collect()
}

/// What decided about the run from which the draft was taken.
fn settings_of(tx: &mut Tx, drafts: &[Proposal]) -> Result<Settings, Failure> {
    let Some(run) = drafts.iter().find_map(|it| it.run) else { return Ok(Settings::start()) };
    Ok(runs::find(tx, run)?.map_or_else(Settings::start, |it| it.settings()))
}

/// Everybody in a pair of the draft that stays: by hand, or locked in its run.
fn fixed(tx: &mut Tx, proof: &Grant<of::Proposal>, drafts: &[Proposal]) -> Result<Vec<String>, Failure> {
    let mut locked = Vec::new();
    if let Some(run) = drafts.iter().find_map(|it| it.run)
        && let Some(content) = runs::content(tx, proof, run)?
    {
        locked = content.file.locked;
    }
    let stays = drafts.iter().filter(|it| {
        let (mentee, mentor) = (it.mentee.to_string(), it.mentor.to_string());
        it.by_hand || locked.iter().any(|lock| lock.mentee == mentee && lock.mentor == mentor)
    });
    Ok(stays.flat_map(|it| it.people()).map(|it| it.to_string()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
        of.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
    }

    #[test]
    fn a_mentor_who_is_taken_is_swapped_or_leaves_somebody_and_a_free_one_leaves_nobody() {
        let draft = pairs(&[("ana", "li"), ("bo", "mo"), ("cy", "ed")]);
        let swap = Shift::of(&draft, "ana", Some("mo"), true, 1);
        assert_eq!(swap.applied(&draft), pairs(&[("cy", "ed"), ("ana", "mo"), ("bo", "li")]));
        let leave = Shift::of(&draft, "ana", Some("mo"), false, 1);
        assert_eq!(leave.applied(&draft), pairs(&[("cy", "ed"), ("ana", "mo")]));
        let free = Shift::of(&draft, "ana", Some("zoe"), true, 1);
        assert_eq!(free.applied(&draft), pairs(&[("bo", "mo"), ("cy", "ed"), ("ana", "zoe")]));
        let nobody = Shift::of(&draft, "ana", None, true, 1);
        assert_eq!(nobody.applied(&draft), pairs(&[("bo", "mo"), ("cy", "ed")]));
        let new = Shift::of(&draft, "dan", Some("mo"), true, 1);
        assert_eq!(new.applied(&draft), pairs(&[("ana", "li"), ("cy", "ed"), ("dan", "mo")]));
        let beside = Shift::of(&draft, "ana", Some("mo"), true, 2);
        assert_eq!(beside.applied(&draft), pairs(&[("bo", "mo"), ("cy", "ed"), ("ana", "mo")]), "room for both");
        let third = Shift::of(&beside.applied(&draft), "cy", Some("mo"), true, 2);
        assert_eq!(third.goes, pairs(&[("cy", "ed"), ("bo", "mo")]), "whoever came first makes room");
        let same = Shift::of(&draft, "ana", Some("li"), true, 1);
        assert_eq!(same.goes, same.comes);
    }
}
