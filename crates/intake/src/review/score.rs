//! `POST /cohorts/{cohort}/applications/{id}/score`: one's own points for an application,
//! and for those beside it where they are complete.

use platform::{identity, prelude::*};
use program::Cohort;
use shell::Faults;

use crate::{
    applications::{self, Application},
    review::{
        compare::{self, Typed, comment_field, points_field},
        scores::{self, Score},
    },
    review_rules,
    rules::review::points,
};

pub(crate) const FIELDS: &[&str] = &["score_*", "comment_*", "pick+"];

pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = program::the_cohort(tx, visit.id("cohort")?)?;
    let application = applications::of_cohort(tx, visit.id("id")?, cohort.id)?;
    let mut picks: Vec<Id> = visit.form.all("pick").iter().filter_map(|it| Id::parse(it)).collect();
    if !picks.contains(&application.id) {
        picks.push(application.id);
    }
    let criteria = review_rules::of(tx, cohort.id)?.criteria;
    let typed = |of: &[Id]| of.iter().map(|it| (*it, Given::of(visit, *it, &criteria).score(&criteria))).collect();
    let others = beside(tx, visit, &cohort, &application, &picks, &criteria)?;
    if let Some(refusal) = keep(tx, visit, (&cohort, &application), &criteria)? {
        // Nothing of it all is kept then, so everything that was typed comes back.
        let all: Vec<Id> = others.iter().map(|it| it.id).chain([application.id]).collect();
        let typed = Typed { scores: typed(&all), faults: Faults::general(refusal) };
        return match compare::show(tx, visit, application.role(), &picks, Some(&typed))? {
            Reply::Page(page) => Err(Failure::refused(page.title, page.body)),
            other => Ok(other),
        };
    }
    let mut incomplete = Vec::new();
    let mut faults = Faults::new();
    for other in &others {
        if let Some(refusal) = keep(tx, visit, (&cohort, other), &criteria)? {
            incomplete.push(other.id);
            let name = identity::name_of(tx, other.person)?;
            faults.add("", format!("What you gave {name} is not kept yet, the rest is. {refusal}"));
        }
    }
    if incomplete.is_empty() {
        let to = compare::address(cohort.id, application.role(), &picks);
        return Ok(Reply::go(to).saying("Kept. What others think stands beside it now."));
    }
    let typed = Typed { scores: typed(&incomplete), faults };
    compare::show(tx, visit, application.role(), &picks, Some(&typed))
}

/// The others on the page for whom something was typed that may be said.
fn beside(
    tx: &mut Tx,
    visit: &Visit,
    cohort: &Cohort,
    application: &Application,
    picks: &[Id],
    criteria: &[String],
) -> Result<Vec<Application>, Failure> {
    let mut others = Vec::new();
    for id in picks.iter().filter(|it| **it != application.id && !Given::of(visit, **it, criteria).is_empty()) {
        let other = match applications::of_cohort(tx, *id, cohort.id) {
            Err(Failure::NotFound) => continue,
            found => found?,
        };
        if compare::may_score(tx, visit, cohort, &other).is_ok() {
            others.push(other);
        }
    }
    Ok(others)
}

/// Keeps one's points for an application; what is wrong with them, where they are not kept.
fn keep(
    tx: &mut Tx,
    visit: &Visit,
    (cohort, application): (&Cohort, &Application),
    criteria: &[String],
) -> Result<Option<String>, Failure> {
    let grant = compare::may_score(tx, visit, cohort, application)?;
    let given = Given::of(visit, application.id, criteria);
    if let Err(refusal) = points(criteria, &given.points, given.comment) {
        return Ok(Some(refusal.to_string()));
    }
    scores::keep(tx, &grant, application, &given.score(criteria))?;
    journal::record(tx, "application scored", application.id, Some(visit.person()?), Some(cohort.id))?;
    Ok(None)
}

/// What was typed for one of them.
struct Given<'a> {
    points: Vec<Option<i64>>,
    comment: &'a str,
}

impl<'a> Given<'a> {
    fn of(visit: &'a Visit, application: Id, criteria: &[String]) -> Self {
        let place = |place| visit.form.number(&points_field(place, application));
        Self {
            points: (1..=criteria.len()).map(place).collect(),
            comment: visit.form.text(&comment_field(application)),
        }
    }

    fn is_empty(&self) -> bool {
        self.comment.is_empty() && self.points.iter().all(Option::is_none)
    }

    fn score(&self, criteria: &[String]) -> Score {
        let named = criteria.iter().zip(&self.points).filter_map(|(name, it)| Some((name.clone(), (*it)?)));
        Score { points: named.collect(), comment: self.comment.to_owned() }
    }
}
