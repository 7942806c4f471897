//! Proof that somebody may do something with one record, and the reason why.

use std::marker::PhantomData;

use crate::{
    facts::{Bound, Condition, Facts, Verb},
    matrix::{Column, Rule, rules},
    records::{Kind, Record},
    subject::{Role, Subject},
};

/// Who a stranger is: the number of no account.
const NOBODY: u128 = 0;

/// What may be done, as a type.
pub trait May {
    const VERB: Verb;
}

/// The verbs as types: `Grant<of::DuoMessage, may::Write>`.
pub mod may {
    macro_rules! verbs {
        ($($verb:ident)+) => { $(
            #[derive(Debug)]
            pub enum $verb {}
            impl super::May for $verb {
                const VERB: super::Verb = super::Verb::$verb;
            }
        )+ };
    }
    verbs! { Status Count Read Write Delete Export }
}

/// Proof that the matrix allows one thing with one record to one person. Only `grant`
/// makes one; a query that opens something confidential asks for it.
///
/// # Design
/// The record and the verb are types, so that a grant to read a meeting cannot open a
/// note. It can be neither copied nor kept: it is worth what the facts were worth.
#[derive(Debug)]
pub struct Grant<R: Kind, V: May = may::Read> {
    person: u128,
    right: Right,
    kind: PhantomData<(R, V)>,
}

impl<R: Kind, V: May> Grant<R, V> {
    /// Who may; the number of no account, for a stranger.
    pub fn person(&self) -> u128 {
        self.person
    }

    /// By what right; for those who ask who has read what is theirs.
    pub fn right(&self) -> Right {
        self.right
    }
}

/// Why somebody may: the column of the matrix, how they stand to the record, and what had
/// to be so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Right {
    pub column: Column,
    pub bound: Bound,
    pub when: Option<Condition>,
}

impl Right {
    /// Whether it follows from the committee or the office, and is told to whom it concerns.
    pub fn is_of_the_committee(self) -> bool {
        self.column.is_of_the_committee()
    }

    /// The right in words, after "as": "as your liaison".
    pub fn words(self) -> &'static str {
        match (self.when, self.column, self.bound) {
            (Some(Condition::GlassIsBroken), ..) => "chair and deputy together, for a written reason",
            (_, _, Bound::Own) => "whose it is",
            (_, _, Bound::Duo) => "one of the duo",
            (_, Column::Liaison | Column::Chair, Bound::Assigned) => "liaison of the duo",
            (_, Column::Liaison | Column::Council, _) => "member of the committee",
            (_, Column::Chair, _) => "chair or deputy",
            (_, Column::Staff, _) => "office",
            (_, Column::Board, _) => "reader of the board",
            (_, Column::Mentee, _) => "mentee of the cohort",
            (_, Column::Mentor, _) => "mentor of the cohort",
            (_, Column::Alumni, _) => "former participant",
            (_, Column::Applicant | Column::Public | Column::Operator, _) => "reader",
        }
    }
}

/// Decides whether a person may do this with a record, as the facts stand.
pub fn grant<R: Kind, V: May>(subject: &Subject, facts: &Facts) -> Option<Grant<R, V>> {
    let person = subject.person.unwrap_or(NOBODY);
    right(subject, R::RECORD, V::VERB, facts).map(|right| Grant { person, right, kind: PhantomData })
}

/// By what right somebody may do this with a record; the first that the matrix gives.
pub fn right(subject: &Subject, record: Record, verb: Verb, facts: &Facts) -> Option<Right> {
    let conflict = facts.conflict || is_conflict(record, facts);
    columns(subject, record, facts)
        .filter(|(column, _)| !(conflict && column.is_of_the_committee()))
        .find_map(|(column, reach)| {
            let reaches = |rule: &&Rule| reach == Reach::Full || !rule.bounds.has(Bound::Whole);
            rules(record, column).iter().filter(reaches).find_map(|rule| allowed(column, rule, verb, facts))
        })
        .or_else(|| broken_glass(subject, record, verb, facts, conflict))
}

/// Whoever is in a duo sees nothing of it from the committee's side.
fn is_conflict(record: Record, facts: &Facts) -> bool {
    facts.bounds.has(Bound::Duo) && record != Record::ProfileMentor && record != Record::ProfileMentee
}

/// The columns that are open to somebody for this record: those of the roles that they
/// hold where it belongs, what is everyone's own, what stays to former participants, and
/// what is open to all. A stranger has the last alone.
fn columns(subject: &Subject, record: Record, facts: &Facts) -> impl Iterator<Item = (Column, Reach)> {
    let covers = |of: Option<u128>| of.is_none() || facts.cohort.is_none() || of == facts.cohort;
    let is_known = subject.person.is_some();
    let held = subject.memberships.iter().filter(move |it| is_known && covers(it.cohort));
    let own = (is_known && facts.bounds.has(Bound::Own)).then_some(Column::Applicant);
    let was_here = |it: &u128| facts.cohort == Some(*it);
    let stays = is_known && facts.bounds.meets(STAYS) && subject.former.iter().any(was_here);
    let held = held.flat_map(move |it| Column::of_role(it.role, record)).map(|column| (*column, Reach::Full));
    held.chain(own.map(|column| (column, Reach::Narrow)))
        .chain(stays.then_some((Column::Alumni, Reach::Narrow)))
        .chain([(Column::Public, Reach::Full)])
}

/// How far a column reaches for somebody: without the role itself, no further than to
/// what is their own or their duo's.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Full,
    Narrow,
}

/// What former participants keep is their own and their duo's.
const STAYS: crate::facts::Bounds = crate::facts::Bounds::none().with(Bound::Own).with(Bound::Duo);

fn allowed(column: Column, rule: &Rule, verb: Verb, facts: &Facts) -> Option<Right> {
    let bound = bound_of(rule, facts)?;
    let holds = rule.when.is_none_or(|condition| facts.conditions.has(condition));
    (holds && rule.allows(verb)).then_some(Right { column, bound, when: rule.when })
}

/// How the rule reaches the record: everybody stands to it as to a part of the whole.
fn bound_of(rule: &Rule, facts: &Facts) -> Option<Bound> {
    let stands = |bound: &Bound| rule.bounds.has(*bound) && (*bound == Bound::Whole || facts.bounds.has(*bound));
    Bound::ALL.iter().copied().find(|bound| stands(bound))
}

/// Chair and deputy together, for an hour: never for what the duo wrote for itself.
fn broken_glass(subject: &Subject, record: Record, verb: Verb, facts: &Facts, conflict: bool) -> Option<Right> {
    let is_open = facts.conditions.has(Condition::GlassIsBroken) && record.may_break_glass();
    let runs = subject.person.is_some() && (subject.holds(Role::Chair) || subject.holds(Role::Deputy));
    let right = Right { column: Column::Chair, bound: Bound::Whole, when: Some(Condition::GlassIsBroken) };
    (is_open && runs && !conflict && matches!(verb, Verb::Read | Verb::Status)).then_some(right)
}
