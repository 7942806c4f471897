//! Table `review_rules` and page `/cohorts/{cohort}/review/rules`: whether the committee
//! approves people before they meet anybody (APP7), and by what it scores.

use platform::prelude::*;
use policy::Role;
use program::{Cohort, preset};
use serde::Deserialize;
use shell::{Faults, Input};

use crate::rules::{
    review::{LONGEST_CRITERION, MOST_CRITERIA},
    status::ASKED,
};

const TITLE: &str = "How we read applications";
pub(crate) const FIELDS: &[&str] = &["mentees", "mentors", "criteria"];

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rules {
    pub mentees: bool,
    pub mentors: bool,
    pub criteria: Vec<String>,
}

sql! {
    FIND => "select mentees, mentors, criteria from review_rules where cohort = $1";
    KEEP => "insert into review_rules (cohort, mentees, mentors, criteria, changed_by, changed_at) values ($1, $2, $3, $4, $5, $6) on conflict (cohort) do update set mentees = excluded.mentees, mentors = excluded.mentors, criteria = excluded.criteria, changed_by = excluded.changed_by, changed_at = excluded.changed_at";
}

pub(crate) fn of(tx: &mut Tx, cohort: Id) -> Result<Rules, Failure> {
    let row: Option<(bool, bool, String)> = tx.row(&FIND, values![cohort])?;
    Ok(match row {
        Some((mentees, mentors, criteria)) => {
            Rules { mentees, mentors, criteria: serde_json::from_str(&criteria).unwrap_or_default() }
        }
        None => Rules { criteria: of_preset().criteria, ..Rules::default() },
    })
}

/// What a submission of this role begins with: `asked` where the committee says yes first.
pub(crate) fn approval(tx: &mut Tx, cohort: Id, role: Role) -> Result<&'static str, Failure> {
    let rules = of(tx, cohort)?;
    let asks = if role == Role::Mentor { rules.mentors } else { rules.mentees };
    Ok(if asks { ASKED } else { "" })
}

/// What the preset says about the review desk.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Preset {
    pub criteria: Vec<String>,
    pub decline_subject: String,
    pub decline_text: String,
}

pub(crate) fn of_preset() -> Preset {
    #[derive(Deserialize)]
    struct File {
        review: Preset,
    }
    preset::toml::<File>("preset.toml").map(|it| it.review).unwrap_or_default()
}

pub(crate) fn get(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = program::the_cohort(tx, visit.id("cohort")?)?;
    let rules = of(tx, cohort.id)?;
    let typed = rules.criteria.join("\n");
    Ok(Reply::page(TITLE, markup(&cohort, &rules, &typed, &Faults::new())))
}

pub(crate) fn post(tx: &mut Tx, visit: &Visit) -> Answer {
    let cohort = program::the_cohort(tx, visit.id("cohort")?)?;
    let form = &visit.form;
    let typed = form.text("criteria");
    let rules = Rules { mentees: form.ticked("mentees"), mentors: form.ticked("mentors"), criteria: criteria(typed) };
    let mut faults = Faults::new();
    if let Some(fault) = fault(&rules.criteria) {
        faults.add("criteria", fault);
    }
    if cohort.is_closed() {
        faults.add("", "This cohort is closed, so nothing is changed any more.");
    }
    if !faults.is_empty() {
        return Err(Failure::refused(TITLE, markup(&cohort, &rules, typed, &faults)));
    }
    let text = serde_json::to_string(&rules.criteria).unwrap_or_default();
    let by = visit.person()?;
    tx.exec(&KEEP, values![cohort.id, rules.mentees, rules.mentors, text, by, tx.now()])?;
    journal::record(tx, "review rules changed", cohort.id, Some(by), Some(cohort.id))?;
    Ok(Reply::go(format!("/cohorts/{}/review", cohort.id)).saying("Kept. It holds for whoever submits from now on."))
}

fn criteria(typed: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for line in typed.lines().map(str::trim).filter(|it| !it.is_empty()) {
        if !found.iter().any(|it| it.eq_ignore_ascii_case(line)) {
            found.push(line.to_owned());
        }
    }
    found
}

fn fault(criteria: &[String]) -> Option<String> {
    if criteria.len() > MOST_CRITERIA {
        return Some(format!("Name up to {MOST_CRITERIA} criteria; these are {}.", criteria.len()));
    }
    let long = criteria.iter().find(|it| it.chars().count() > LONGEST_CRITERION)?;
    Some(format!("Shorten “{}…” to {LONGEST_CRITERION} characters.", long.chars().take(20).collect::<String>()))
}

fn markup(cohort: &Cohort, rules: &Rules, typed: &str, faults: &Faults) -> Markup {
    let desk = format!("/cohorts/{}/review", cohort.id);
    let tick = |name: &'static str, label: &'static str, on: bool| {
        shell::tick_field(&Input::new(name, label).value(if on { "yes" } else { "" }))
    };
    html! {
        (shell::breadcrumbs(&[(&desk, "Review desk")], TITLE))
        (shell::page_head(TITLE, "Places are given in the order of arrival either way. Here you choose whether the committee says yes before anybody meets anybody, and by what it scores."))
        (shell::error_summary(faults))
        (shell::form(&format!("{desk}/rules"), html! {
            h2 { "The committee’s yes" }
            (tick("mentees", "Mentees are read first: nobody reaches a mentor before the committee has said yes", rules.mentees))
            (tick("mentors", "Mentors are read first: nobody is in the directory before the committee has said yes", rules.mentors))
            p.hint { "This holds for whoever submits from now on. Whoever waits for a yes already still gets an answer." }
            h2 { "Points" }
            (shell::long_field(&Input::new("criteria", "Criteria").value(typed).rows(5).faults(faults)
                .hint("One a line, up to six. Reviewers give 1 to 5 for each. Leave it empty to collect words alone.")))
            (shell::actions(html! { (shell::button("Keep this")) (shell::link_quiet(&desk, "Back to the desk")) }))
        }))
        p.hint { "The chair and the deputy can read this page. What is asked of applicants stands in the call." }
    }
}
