//! `POST /cohorts/{cohort}/applications/{id}/score`: one's own points for an application.

use platform::prelude::*;
use shell::Faults;

use crate::{
    applications,
    review::{
        compare::{self, Typed},
        scores::{self, Score},
    },
    review_rules,
    rules::review::points,
};

pub(crate) const FIELDS: &[&str] = &["score_*", "comment", "pick+"];

pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = program::the_cohort(tx, visit.id("cohort")?)?;
    let application = applications::of_cohort(tx, visit.id("id")?, cohort.id)?;
    let grant = compare::may_score(tx, visit, &cohort, &application)?;
    let criteria = review_rules::of(tx, cohort.id)?.criteria;
    let given: Vec<Option<i64>> =
        (1..=criteria.len()).map(|place| visit.form.number(&format!("score_{place}"))).collect();
    let comment = visit.form.text("comment");
    let mut picks: Vec<Id> = visit.form.all("pick").iter().filter_map(|it| Id::parse(it)).collect();
    if !picks.contains(&application.id) {
        picks.push(application.id);
    }
    let named = |points: &[Option<i64>]| {
        criteria.iter().zip(points).filter_map(|(name, it)| Some((name.clone(), (*it)?))).collect::<Vec<_>>()
    };
    match points(&criteria, &given, comment) {
        Ok(points) => {
            let points: Vec<Option<i64>> = points.into_iter().map(Some).collect();
            scores::keep(tx, &grant, &application, &Score { points: named(&points), comment: comment.to_owned() })?;
            journal::record(tx, "application scored", application.id, Some(visit.person()?), Some(cohort.id))?;
            let to = compare::address(cohort.id, application.role(), &picks);
            Ok(Reply::go(to).saying("Kept. What others think stands beside it now."))
        }
        Err(refusal) => {
            let score = Score { points: named(&given), comment: comment.to_owned() };
            let typed = Typed { application: application.id, score, faults: Faults::general(refusal.to_string()) };
            match compare::show(tx, visit, application.role(), &picks, Some(&typed))? {
                Reply::Page(page) => Err(Failure::refused(page.title, page.body)),
                other => Ok(other),
            }
        }
    }
}
