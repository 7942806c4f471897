//! `/cohorts/{cohort}/applications.csv`: the list of who applied, as it stands on its page,
//! as a file for a chair or the office.

use membership::TakenList;
use platform::prelude::*;
use policy::Facts;
use program::short_day;

use crate::{access, applications, list::View, rules::status};

pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = program::the_cohort(tx, visit.id("cohort")?)?;
    let scope = access::of_list(tx, visit, &cohort)?;
    let view = View::of(visit.form.text("view"));
    let calendar = program::calendar::of(tx, &cohort)?;
    let waiting = applications::waiting_numbers(tx, &scope)?;
    let mut lines = vec![["Number", "Name", "Submitted", "Eligibility", "Status"].map(str::to_owned).to_vec()];
    for it in view.lines(tx, &scope, (i64::MAX, 0))? {
        let number = it.number.map(|number| number.to_string()).unwrap_or_default();
        let day = it.submitted_at.map(|at| short_day(calendar.today(at))).unwrap_or_default();
        let status = status::words(it.shown_state(), it.place_in(&waiting));
        lines.push(vec![number, it.name, day, it.verdict, status]);
    }
    let file = format!("{}-{}.csv", view.key(), cohort.name);
    let list = TakenList { file: &file, action: "list of applications taken away", about: Some(cohort.id), lines };
    membership::copy_for(tx, visit, &Facts::in_cohort(cohort.id.number()), list)
}
