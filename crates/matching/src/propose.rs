//! The chair asks for pairs among those who are left, drops one, adds one by hand, and
//! sends them. Nobody hears of a draft. ALG4, ALG7.

use membership::Stake;
use pairing::{Exclusion, Objective, Part, Plan, Points, Score};
use platform::{audit, prelude::*};
use program::Cohort;
use shell::Faults;

use crate::{
    board, board_view,
    inputs::{self, Pool},
    proposals::{self, NewProposal},
    requests,
    rules::State,
};

/// What sealed wishes are called where people see who has read theirs.
const WISHES: &str = "sealed wishes";
/// Decides ties alone; the same question has the same answer months later. ALG5.
const SEED: u64 = 1;

pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = open_cohort(tx, visit)?;
    tx.lock(cohort.id)?;
    proposals::drop_drafts(tx, cohort.id)?;
    let (pool, input) = question(tx, &cohort, &[])?;
    let plan = match pairing::plan(&input, Objective::MostPairs, SEED) {
        Ok(plan) => plan,
        Err(refusal) => return Err(refused(tx, visit, &cohort, &refusal.to_string())?),
    };
    let made = keep(tx, &cohort, &pool, &plan)?;
    journal::record(tx, "pairs proposed", cohort.id, Some(visit.person()?), Some(cohort.id))?;
    let words = match (made, plan.unmatched.len()) {
        (0, _) => "There is no pair to propose among those who are left.".to_owned(),
        (made, 0) => format!("{made} pairs are drafted. Nobody hears of them before you send them."),
        (made, left) => {
            format!("{made} pairs are drafted; {left} mentees find nobody. Nobody hears of it before you send.")
        }
    };
    Ok(Reply::go(board_path(&cohort)).saying(words))
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
    let (_, input) = question(tx, &cohort, &[mentee, mentor])?;
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
                "{} To propose them all the same, write why; your words stay with the proposal, for the chair alone.",
                rule.words()
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
    let (mut parts, score) = (parts(&score), micro(score.total));
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
    };
    if proposals::add(tx, &new)?.is_none() {
        return Err(refused(tx, visit, &cohort, "One of the two is in another draft. Drop that one first.")?);
    }
    Ok(Reply::go(board_path(&cohort)).saying("The pair is drafted. Nobody hears of it before you send."))
}

pub(crate) fn remove(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = open_cohort(tx, visit)?;
    let proposal = proposals::find(tx, visit.id("proposal")?)?.filter(|it| it.cohort == cohort.id);
    let person = visit.person()?;
    let stake = Stake::of(tx, person)?;
    let proposal = proposal.filter(|it| !stake.is_in(&it.people())).ok_or(Failure::NotFound)?;
    if !proposals::drop_draft(tx, proposal.id)? {
        return Err(refused(
            tx,
            visit,
            &cohort,
            "This proposal was sent a moment ago, so it can no longer be dropped.",
        )?);
    }
    Ok(Reply::go(board_path(&cohort)).saying("The draft is dropped."))
}

pub(crate) fn send(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = open_cohort(tx, visit)?;
    tx.lock(cohort.id)?;
    let person = visit.person()?;
    let mut sent = 0;
    let facts = board::facts(tx, cohort.id)?;
    let stake = Stake::of(tx, person)?;
    let drafts: Vec<_> = facts.drafts.iter().filter(|it| !stake.is_in(&it.people())).collect();
    for draft in &drafts {
        let free = |list: &[board::Left], person| list.iter().any(|it| it.person == person && it.can_be_proposed);
        // A draft may be days old; what has happened since counts.
        if !free(&facts.left_mentees, draft.mentee) || !free(&facts.left_mentors, draft.mentor) {
            proposals::drop_draft(tx, draft.id)?;
        } else if proposals::send(tx, &cohort, draft.id, person)? {
            sent += 1;
        }
    }
    let words = match (sent, drafts.len()) {
        (0, 0) => "There is no draft to send.".to_owned(),
        (sent, all) if sent == all => format!("{sent} proposals are on their way to both people each."),
        (sent, all) => format!(
            "{sent} proposals are on their way; {} were dropped, for somebody found a partner meanwhile.",
            all - sent
        ),
    };
    Ok(Reply::go(board_path(&cohort)).saying(words))
}

fn open_cohort(tx: &mut Tx, visit: &Visit) -> Result<Cohort, Failure> {
    program::cohort(tx, visit.id("cohort")?)?.filter(Cohort::is_open).ok_or(Failure::NotFound)
}

fn board_path(cohort: &Cohort) -> String {
    format!("/cohorts/{}/matching", cohort.id)
}

/// Everybody who is left, as the engine is asked. Whoever stands in a draft by hand is
/// spoken for, unless they are named in `also`.
fn question(tx: &mut Tx, cohort: &Cohort, also: &[Id]) -> Result<(Pool, pairing::Input), Failure> {
    let facts = board::facts(tx, cohort.id)?;
    let drafted = |person: Id| facts.drafts.iter().any(|it| it.is_of(person)) && !also.contains(&person);
    let people = |left: &[board::Left]| -> Vec<Id> {
        left.iter().filter(|it| it.can_be_proposed && !drafted(it.person)).map(|it| it.person).collect()
    };
    let pool = Pool::of(tx, cohort, &people(&facts.left_mentees), &people(&facts.left_mentors))?;
    note_wishes(tx, &pool);
    let mut input = pool.input(tx, cohort)?;
    for it in asked_before(tx, cohort)? {
        let in_pool =
            input.mentees.iter().any(|one| one.id == it.mentee) && input.mentors.iter().any(|one| one.id == it.mentor);
        if in_pool {
            input.exclusions.push(it);
        }
    }
    Ok((pool, input))
}

/// Whoever sealed a wish sees that it was opened for this, though shown to nobody.
fn note_wishes(tx: &mut Tx, pool: &Pool) {
    for party in pool.mentees.iter().chain(&pool.mentors).filter(|it| it.has_sealed) {
        let right = "by the house for chair or deputy, to look for pairs; shown to nobody".to_owned();
        let whose = vec![party.person];
        tx.has_read(audit::Reading { record: WISHES, about: party.person, whose, right });
    }
}

/// Two of whom one has said no, or let the days pass, are not brought before each other
/// again; by hand the chair still may.
fn asked_before(tx: &mut Tx, cohort: &Cohort) -> Result<Vec<Exclusion>, Failure> {
    let proposed = proposals::in_cohort(tx, cohort.id)?.into_iter();
    let proposed =
        proposed.filter(|it| ["refused", "lapsed"].contains(&it.state.as_str())).map(|it| (it.mentee, it.mentor));
    let requested = requests::in_cohort(tx, cohort.id)?.into_iter();
    let requested =
        requested.filter(|it| matches!(it.state(), State::Declined | State::Lapsed)).map(|it| (it.mentee, it.mentor));
    let exclusion = |(mentee, mentor): (Id, Id)| Exclusion {
        mentee: mentee.to_string(),
        mentor: mentor.to_string(),
        why: "asked before in this session".to_owned(),
    };
    Ok(proposed.chain(requested).map(exclusion).collect())
}

fn keep(tx: &mut Tx, cohort: &Cohort, pool: &Pool, plan: &Plan) -> Result<usize, Failure> {
    let name = |id: &str| {
        pool.mentors.iter().find(|it| it.person.to_string() == id).map(|it| it.name.clone()).unwrap_or_default()
    };
    let mut made = 0;
    for pair in &plan.pairs {
        let (Some(mentee), Some(mentor)) = (Id::parse(&pair.mentee), Id::parse(&pair.mentor)) else { continue };
        let alternatives: Vec<String> = pair
            .alternatives
            .iter()
            .map(|it| {
                format!(
                    "{}, {} of 100{}",
                    name(&it.mentor),
                    it.total,
                    if it.free { "" } else { ", with another in this plan" }
                )
            })
            .collect();
        let new = NewProposal {
            cohort: cohort.id,
            mentee,
            mentor,
            score: micro(pair.score.total),
            reasons: &inputs::reasons(&pair.score),
            parts: &parts(&pair.score),
            alternatives: &alternatives,
            by_hand: false,
        };
        made += usize::from(proposals::add(tx, &new)?.is_some());
    }
    Ok(made)
}

/// "goals and topics 32.5 of 40", a line for each part, with what the chair alone should know.
fn parts(score: &Score) -> Vec<String> {
    let line = |part: &Part| {
        let line = format!("{} {} of {}", part.key.words(), part.points, part.weight);
        [line].into_iter().chain(part.aside.iter().cloned()).collect::<Vec<_>>().join(". ")
    };
    score.parts.iter().map(line).collect()
}

fn micro(points: Points) -> i64 {
    i64::try_from(points.micro()).unwrap_or(i64::MAX)
}

fn refused(tx: &mut Tx, visit: &Visit, cohort: &Cohort, sentence: &str) -> Result<Failure, Failure> {
    refused_with(tx, visit, cohort, &Faults::general(sentence))
}

fn refused_with(tx: &mut Tx, visit: &Visit, cohort: &Cohort, faults: &Faults) -> Result<Failure, Failure> {
    let facts = board::shown(tx, visit, cohort.id)?;
    Ok(Failure::refused("Matching", board_view::page(&facts, faults, &visit.form.typed())))
}
