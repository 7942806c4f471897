//! Table `plan_reviews`: who was asked to look at the draft, and what they said. ALG7.

use jiff::Timestamp;
use platform::{
    keys::{self, Place},
    prelude::*,
};
use policy::{Grant, Opens, Role, of};

use crate::{
    proposals::{self, Proposal},
    rules::{self, Verdict},
    wishes,
};

row! {
    pub(crate) struct Review {
        pub(crate) reviewer: Id,
        pub(crate) reviewer_name: String,
        verdict: String,
        note: Option<Vec<u8>>,
        about: Option<i64>,
        pub(crate) said_at: Option<Timestamp>,
    }
}

sealed! {
    NOTE => "plan_reviews", "note", "what somebody who looked at a draft of pairs said of it";
}

sql! {
    OF_COHORT => "select r.reviewer, a.name, r.verdict, r.note, r.about, r.said_at from plan_reviews r join accounts a on a.id = r.reviewer where r.cohort = $1 order by a.name, r.reviewer";
    REVIEWERS => "select reviewer from plan_reviews where cohort = $1 order by reviewer";
    ASK => "insert into plan_reviews (cohort, reviewer, asked_by, asked_at, verdict) values ($1, $2, $3, $4, '') on conflict do nothing";
    LET_OFF => "delete from plan_reviews where cohort = $1 and reviewer = $2";
    SAY => "update plan_reviews set verdict = $3, note = $4, about = $5, said_at = $6 where cohort = $1 and reviewer = $2";
    CLEAR => "delete from plan_reviews where cohort = $1";
    OF_PERSON => "select cohort, said_at from plan_reviews where reviewer = $1 order by cohort";
    DROP_OF_PERSON => "delete from plan_reviews where reviewer = $1";
    EMPTY => "update plan_reviews set note = null where cohort = $1";
}

impl Review {
    /// What counts of it for the draft as it is now.
    pub(crate) fn verdict(&self, mark: i64) -> Verdict {
        match self.verdict.as_str() {
            "" => Verdict::Nothing,
            _ if self.about != Some(mark) => Verdict::OfEarlier,
            "yes" => Verdict::Yes,
            _ => Verdict::No,
        }
    }

    pub(crate) fn note(&self, tx: &mut Tx, _: &Grant<of::Proposal>, cohort: Id) -> Result<String, Failure> {
        let Some(sealed) = &self.note else { return Ok(String::new()) };
        let text = keys::open(tx, &wishes::scope(cohort), &place(cohort, self.reviewer), sealed)?;
        Ok(text.unwrap_or_default())
    }
}

pub(crate) fn of_cohort(tx: &mut Tx, _: &impl Opens<of::Proposal>, cohort: Id) -> Result<Vec<Review>, Failure> {
    Ok(tx.rows(&OF_COHORT, values![cohort])?)
}

/// What whoever the proof was given to said themselves.
pub(crate) fn own(tx: &mut Tx, proof: &Grant<of::Proposal>, cohort: Id) -> Result<Option<Review>, Failure> {
    let person = Id::from(proof.person());
    Ok(of_cohort(tx, proof, cohort)?.into_iter().find(|it| it.reviewer == person))
}

/// Whether somebody was asked to look at the draft.
pub(crate) fn is_asked(tx: &mut Tx, cohort: Id, person: Id) -> Result<bool, Failure> {
    Ok(of_person(tx, person)?.iter().any(|(asked_in, _)| *asked_in == cohort))
}

/// The draft of a cohort, and the number that changes with it.
pub(crate) fn draft(
    tx: &mut Tx,
    proof: &impl Opens<of::Proposal>,
    cohort: Id,
) -> Result<(Vec<Proposal>, i64), Failure> {
    let mut drafts = proposals::in_cohort(tx, proof, cohort)?;
    drafts.retain(|it| it.state == "draft");
    let pairs: Vec<(u128, u128)> = drafts.iter().map(|it| (it.mentee.number(), it.mentor.number())).collect();
    Ok((drafts, rules::mark(&pairs)))
}

/// Those of the committee who may be asked: everyone but whoever asks.
pub(crate) fn committee(tx: &mut Tx, cohort: Id, but: Id) -> Result<Vec<Id>, Failure> {
    let mut people = Vec::new();
    for role in [Role::Deputy, Role::Chair, Role::Council, Role::Liaison] {
        for person in program::holders(tx, role, cohort)? {
            if person != but && !people.contains(&person) {
                people.push(person);
            }
        }
    }
    Ok(people)
}

/// Asks exactly these people; whoever was asked before and is not among them is let off.
pub(crate) fn ask(tx: &mut Tx, cohort: Id, people: &[Id], by: Id) -> Result<(), Failure> {
    for reviewer in tx.rows::<Id>(&REVIEWERS, values![cohort])? {
        if !people.contains(&reviewer) {
            tx.exec(&LET_OFF, values![cohort, reviewer])?;
        }
    }
    for person in people {
        if tx.exec(&ASK, values![cohort, *person, by, tx.now()])? == 1 {
            journal::record(tx, "asked to look at the pairs", *person, Some(by), Some(cohort))?;
        }
    }
    Ok(())
}

pub(crate) fn say(tx: &mut Tx, cohort: Id, person: Id, yes: bool, note: &str, mark: i64) -> Result<(), Failure> {
    let sealed = match note {
        "" => None,
        note => Some(keys::seal(tx, &wishes::scope(cohort), &place(cohort, person), note)?),
    };
    let verdict = if yes { "yes" } else { "no" };
    tx.exec(&SAY, values![cohort, person, verdict, sealed, mark, tx.now()])?;
    journal::record(tx, "pairs looked at", cohort, Some(person), Some(cohort))?;
    Ok(())
}

/// A draft that went out is looked at no more.
pub(crate) fn clear(tx: &mut Tx, cohort: Id) -> Result<(), Failure> {
    tx.exec(&CLEAR, values![cohort])?;
    Ok(())
}

pub(crate) fn of_person(tx: &mut Tx, person: Id) -> Result<Vec<(Id, Option<Timestamp>)>, Failure> {
    Ok(tx.rows(&OF_PERSON, values![person])?)
}

pub(crate) fn forget_person(tx: &mut Tx, person: Id) -> Result<(), Failure> {
    tx.exec(&DROP_OF_PERSON, values![person])?;
    Ok(())
}

pub(crate) fn forget_notes(tx: &mut Tx, cohort: Id) -> Result<(), Failure> {
    tx.exec(&EMPTY, values![cohort])?;
    Ok(())
}

fn place(cohort: Id, reviewer: Id) -> Place {
    NOTE.at(format!("{cohort}:{reviewer}")).by(reviewer)
}
