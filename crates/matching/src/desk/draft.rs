//! Takes the pairs of a run as the draft. Nobody hears of it. ALG7.

use pairing::{Part, Plan, Points, Score};
use platform::prelude::*;
use program::Cohort;
use shell::Faults;

use super::{
    board_path, count,
    make::{self, Kept},
    open_cohort,
    runs::{self, Content},
};
use crate::{
    access, board, inputs,
    proposals::{self, NewProposal},
};

/// Takes what was looked for with what the newest run counted, or what a program begins with, at once.
pub(crate) fn quick(tx: &mut Tx, visit: &Visit, cohort: &Cohort) -> Result<Result<String, Faults>, Failure> {
    let by = visit.person()?;
    let worked = make::worked(visit)?;
    let (run, content) = match make::keep(tx, cohort, by, &worked)? {
        Kept::Run(run, content) => (run, content),
        Kept::Refused(sentence) => return Ok(Err(Faults::general(sentence))),
        Kept::Changed => return Ok(Ok(make::CHANGED.to_owned())),
    };
    let made = take(tx, cohort, by, run, content)?;
    Ok(Ok(match (made, content.plan.unmatched.len()) {
        (0, _) => "There is no pair to propose among those who are left.".to_owned(),
        (made, 0) => format!("{made} pairs are drafted. Nobody hears of them before you send them."),
        (made, left) => {
            format!("{made} pairs are drafted; {left} mentees find nobody. Nobody hears of it before you send.")
        }
    }))
}

pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = open_cohort(tx, visit)?;
    tx.lock(cohort.id)?;
    let run = runs::of_path(tx, visit)?;
    let Some(content) = runs::content(tx, &access::of_drafts(visit, run.cohort)?, run.id)? else {
        return Ok(Reply::go(run.path()).saying("What this run answered is gone, so it cannot be taken."));
    };
    let made = take(tx, &cohort, visit.person()?, run.id, &content)?;
    let over = content.plan.pairs.iter().filter(|it| !it.locked).count().saturating_sub(made);
    let words = match (made, over) {
        (0, _) => "Nobody of this run is still left, so no pair was drafted.".to_owned(),
        (made, 0) => format!("{} drafted. Nobody hears of it before you send.", count(made, "pair is", "pairs are")),
        (made, over) => format!(
            "{} drafted; {} were passed over, for somebody has found a partner or answers another request.",
            count(made, "pair is", "pairs are"),
            over
        ),
    };
    Ok(Reply::go(board_path(cohort.id)).saying(words))
}

/// Puts the pairs in the place of what was drafted before. Pairs by hand stay.
fn take(tx: &mut Tx, cohort: &Cohort, by: Id, run: Id, content: &Content) -> Result<usize, Failure> {
    proposals::drop_drafts(tx, cohort.id)?;
    let facts = board::facts(tx, &policy::house(), cohort.id)?;
    let is_left = |list: &[board::Left], person| list.iter().any(|it| it.person == person && it.can_be_proposed);
    let plan = &content.plan;
    let mut made = 0;
    for pair in &plan.pairs {
        let (Some(mentee), Some(mentor)) = (Id::parse(&pair.mentee), Id::parse(&pair.mentor)) else { continue };
        // A run may be days old; what has happened since counts.
        if !is_left(&facts.left_mentees, mentee) || !is_left(&facts.left_mentors, mentor) {
            continue;
        }
        let new = NewProposal {
            cohort: cohort.id,
            mentee,
            mentor,
            score: micro(pair.score.total),
            reasons: &inputs::reasons(&pair.score),
            parts: &parts(&pair.score),
            alternatives: &alternatives(content, plan, &pair.mentee),
            by_hand: false,
            run: Some(run),
        };
        made += usize::from(proposals::add(tx, &new)?.is_some());
    }
    journal::record(tx, "pairs proposed", cohort.id, Some(by), Some(cohort.id))?;
    Ok(made)
}

fn alternatives(content: &Content, plan: &Plan, mentee: &str) -> Vec<String> {
    let name = |id: &str| content.file.mentors.iter().find(|it| it.id == id).map_or("", |it| it.name.as_str());
    let pair = plan.pairs.iter().find(|it| it.mentee == mentee);
    let words = |it: &pairing::Alternative| {
        let place = if it.free { "" } else { ", with another in this plan" };
        format!("{}, {} of 100{place}", name(&it.mentor), it.total)
    };
    pair.map(|it| it.alternatives.iter().map(words).collect()).unwrap_or_default()
}

/// "goals and topics 32.5 of 40", a line for each part, with what the chair alone should know.
pub(crate) fn parts(score: &Score) -> Vec<String> {
    let line = |part: &Part| {
        let line = format!("{} {} of {}", part.key.words(), part.points, part.weight);
        [line].into_iter().chain(part.aside.iter().cloned()).collect::<Vec<_>>().join(". ")
    };
    score.parts.iter().map(line).collect()
}

pub(crate) fn micro(points: Points) -> i64 {
    i64::try_from(points.micro()).unwrap_or(i64::MAX)
}
