//! The chair asks for pairs among those who are left, drops one, adds one by hand, and
//! sends them. Nobody hears of a draft. ALG4, ALG7.

use membership::Stake;
use platform::{doors::Work, prelude::*};
use program::Cohort;
use shell::Faults;

use crate::{
    board, board_view,
    desk::{APART, board_path, draft, kept_settings, make, open_cohort, question},
    inputs,
    proposals::{self, NewProposal},
};

/// What the engine is asked before anything is written.
pub(crate) fn look(tx: &mut Tx, visit: &Visit) -> Result<Work, Failure> {
    let cohort = open_cohort(tx, visit)?;
    let start = kept_settings::start(tx, cohort.id)?;
    match make::ask(tx, visit.person()?, &cohort, &start, &[])? {
        Ok(asked) => Ok(asked.work()),
        Err(faults) => Err(refused_with(tx, visit, &cohort, &faults)?),
    }
}

pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = open_cohort(tx, visit)?;
    tx.lock(cohort.id)?;
    match draft::quick(tx, visit, &cohort)? {
        Ok(words) => Ok(Reply::go(board_path(cohort.id)).saying(words)),
        Err(faults) => Err(refused_with(tx, visit, &cohort, &faults)?),
    }
}

/// Adds one pair by hand. A hard rule is set aside only for a reason that is written down.
pub(crate) fn add(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = open_cohort(tx, visit)?;
    tx.lock(cohort.id)?;
    let (mentee, mentor) = (Id::parse(visit.form.text("mentee")), Id::parse(visit.form.text("mentor")));
    let mut faults = Faults::new();
    if mentee.is_none() {
        faults.add("mentee", "Choose a mentee.");
    }
    if mentor.is_none() {
        faults.add("mentor", "Choose a mentor.");
    }
    let (Some(mentee), Some(mentor)) = (mentee, mentor) else { return Err(refused_with(tx, visit, &cohort, &faults)?) };
    let person = visit.person()?;
    if Stake::of(tx, person)?.is_in(&[mentee, mentor]) {
        let sentence = membership::who_decides_instead(tx, cohort.id, &[mentee, mentor])?;
        return Err(refused(tx, visit, &cohort, &sentence)?);
    }
    let input = question::of_two(tx, &cohort, mentee, mentor)?;
    let both = input
        .mentees
        .iter()
        .find(|it| it.id == mentee.to_string())
        .zip(input.mentors.iter().find(|it| it.id == mentor.to_string()));
    let Some((one, other)) = both else {
        let sentence = "One of the two cannot be proposed now: a duo, a request or a proposal was faster, or an application is missing.";
        return Err(refused(tx, visit, &cohort, sentence)?);
    };
    if let Some(rule) = pairing::excluded(one, other) {
        if rule == pairing::Reason::SamePerson || visit.form.text("why").is_empty() {
            let sentence = format!(
                "{APART} To propose them all the same, write why; your words stay with the proposal, for the chair alone."
            );
            faults.add("why", sentence);
            return Err(refused_with(tx, visit, &cohort, &faults)?);
        }
        journal::record(tx, "hard rule set aside for a proposal", mentee, Some(visit.person()?), Some(cohort.id))?;
    }
    let score = pairing::score(one, other, &input.weights);
    let mut reasons = inputs::reasons(&score);
    if !visit.form.text("note").is_empty() {
        reasons.insert(0, visit.form.text("note").to_owned());
    }
    let (mut parts, score) = (draft::parts(&score), draft::micro(score.total));
    if !visit.form.text("why").is_empty() {
        parts.push(format!("A rule was set aside: {}", visit.form.text("why")));
    }
    let new = NewProposal {
        cohort: cohort.id,
        mentee,
        mentor,
        score,
        reasons: &reasons,
        parts: &parts,
        alternatives: &[],
        by_hand: true,
        run: None,
    };
    if proposals::add(tx, &new)?.is_none() {
        return Err(refused(tx, visit, &cohort, "One of the two is in another draft. Drop that one first.")?);
    }
    Ok(Reply::go(board_path(cohort.id)).saying("The pair is drafted. Nobody hears of it before you send."))
}

pub(crate) fn remove(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = open_cohort(tx, visit)?;
    let proposal = proposals::head(tx, visit.id("proposal")?)?.filter(|it| it.cohort == cohort.id);
    let stake = Stake::of(tx, visit.person()?)?;
    let proposal = proposal.filter(|it| !stake.is_in(&[it.mentee, it.mentor])).ok_or(Failure::NotFound)?;
    if !proposals::drop_draft(tx, proposal.id)? {
        return Err(refused(
            tx,
            visit,
            &cohort,
            "This proposal was sent a moment ago, so it can no longer be dropped.",
        )?);
    }
    Ok(Reply::go(board_path(cohort.id)).saying("The draft is dropped."))
}

fn refused(tx: &mut Tx, visit: &Visit, cohort: &Cohort, sentence: &str) -> Result<Failure, Failure> {
    refused_with(tx, visit, cohort, &Faults::general(sentence))
}

fn refused_with(tx: &mut Tx, visit: &Visit, cohort: &Cohort, faults: &Faults) -> Result<Failure, Failure> {
    let facts = board::shown(tx, visit, cohort.id)?;
    Ok(Failure::refused("Matching", board_view::page(&facts, faults, &visit.form.typed())))
}
